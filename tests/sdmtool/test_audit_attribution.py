"""Many people at once in one process: each row of the audit is by whoever asked.

REQUESTS=600 bin/test tests/sdmtool/test_audit_attribution.py      fewer, while you work
"""

import os
import threading
from collections import Counter

import pytest
from django.db import connections, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from sdmtool import audit
from sdmtool.models import AuditEvent, User
from tests.signing_in import signed_in

REQUESTS = int(os.environ.get("REQUESTS", "10000"))
THREADS, PEOPLE = 8, 5
last_seen = None  # what the control remembers, as a careless audit would


def asked(request):
    with transaction.atomic():
        _write(request, by=request.user)
    return HttpResponse("well")


def asked_carelessly(request):
    """Whoever came last, kept for the whole process."""
    global last_seen
    last_seen = request.user
    with transaction.atomic():
        audit._one_writer_at_a_time()
        _write(request, by=last_seen)
    return HttpResponse("well")


def _write(request, *, by):
    asked_as = int(request.GET["as"])
    audit.record(by=by, kind=audit.Kind.READ, action="asked", detail={"as": asked_as})


urlpatterns = [path("asked/", asked), path("asked-carelessly/", asked_carelessly)]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.urls(__name__)]


@pytest.mark.catalogue("G8")
def test_every_row_is_by_whoever_asked():
    statuses, wrong = ask_all_at_once("/asked/", REQUESTS)
    print(f"\nG8: {THREADS} threads, {PEOPLE} people, {REQUESTS} requests: {wrong} wrong")
    assert statuses == {200: REQUESTS}
    assert wrong == 0
    assert audit.broken_links() == []


@pytest.mark.catalogue("G8")
def test_a_person_remembered_for_the_whole_process_would_be_the_wrong_one():
    """The control."""
    _, wrong = ask_all_at_once("/asked-carelessly/", 400)
    assert wrong > 0


def ask_all_at_once(address, requests):
    """How the answers ended, and how many rows are by somebody other than the one who asked."""
    people = [User.objects.create_user(f"p{n}@clinic.example", f"P {n}") for n in range(PEOPLE)]
    browsers = [Client() for _ in people]
    for browser, person in zip(browsers, people, strict=True):
        signed_in(person, browser)
    together, statuses = threading.Barrier(THREADS), []

    def run(number):
        together.wait()
        for turn in range(number, requests, THREADS):
            which = turn * 7 % PEOPLE
            mine = Client()  # its own, with that person's cookies: a client is not made for threads
            mine.cookies = browsers[which].cookies
            statuses.append(mine.get(address, {"as": people[which].pk}).status_code)
        connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rows = AuditEvent.objects.values_list("by_id", "detail")
    return Counter(statuses), sum(by != detail["as"] for by, detail in rows)
