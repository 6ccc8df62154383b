"""The sitting an invitation opens: how it begins and ends, and what it cannot reach."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions import tries
from consultations.codes import new_code
from consultations.loading import SESSION_KEY
from consultations.models import Attempt, Consultation, Invitation, Sheet
from consultations.queries import respond
from consultations.views.respond import sitting as sitting_views
from sdmtool.models import AuditEvent
from tests import stories
from tests.access import crawl
from tests.access.actors import Actor
from tests.access.census import addresses, census
from tests.access.targets import targets
from tests.consultations.sitting import Sitting, at, said
from tests.signing_in import code_of, signed_in, with_app, with_password_only

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]
OWN_PAGES = (
    "before", "matters", "lived", "choose", "both-ways", "narrow", "order", "taking", "check",
    "sent", "own-sheet", "welcome",
)  # fmt: skip


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def form(rowan):
    return Sitting(rowan)


def enter(client, code, **extra):
    return client.post("/i/", {"code": code}, **extra)


def later(monkeypatch, seconds):
    now = time.time()
    monkeypatch.setattr(sitting_views.time, "time", lambda: now + seconds)


# --- Coming in -----------------------------------------------------------------------------------


@pytest.mark.catalogue("B3")
def test_a_mail_scanner_may_open_the_address_as_often_as_it_likes(rowan, client):
    issued = stories.invited(rowan)
    for _ in range(50):
        client.get("/i/", headers={"purpose": "prefetch"})
        client.head("/i/")
        assert client.get("/i/exchange/", {"secret": issued.link_secret}).status_code == 405
        assert client.head("/i/exchange/").status_code == 405
    assert Invitation.objects.get().used_at is None
    assert at(client.post("/i/exchange/", {"secret": issued.link_secret})) == "before"


def test_the_link_can_be_opened_again_until_the_answers_are_sent(rowan):
    issued = stories.invited(rowan)
    for _ in range(3):
        answer = Client().post("/i/exchange/", {"secret": issued.link_secret})
        assert at(answer) == "before"


@pytest.mark.catalogue("C1")
def test_coming_in_gets_a_new_session_and_ends_the_one_before(rowan, client):
    client.get("/i/")
    session = client.session
    session["planted"] = "by a stranger"
    session.save()
    planted = session.session_key
    enter(client, stories.invited(rowan).code)
    assert client.session.session_key != planted
    assert "planted" not in client.session
    assert not client.session.exists(planted)


@pytest.mark.catalogue("C7")
def test_a_member_of_staff_who_hands_the_tablet_over_is_signed_out(rowan, client):
    signed_in(rowan.consultation.opened_by, client)
    assert client.get("/consultations/").status_code == 200
    enter(client, stories.invited(rowan).code)
    assert client.get("/consultations/").status_code == 302
    assert "_auth_user_id" not in client.session


@pytest.mark.catalogue("C7")
def test_a_member_of_staff_who_signs_in_ends_the_form_that_was_open(form):
    nurse = form.participant.consultation.opened_by
    with_password_only(with_app(nurse), stories.PASSWORD, form.client)
    assert form.client.post("/sign-in/code/", {"code": code_of(nurse)}).status_code == 302
    assert form.client.get("/consultations/").status_code == 200
    assert at(form.see("choose")) == "start"


def wrong_ways(rowan, client):
    """Code and link for each way in which an invitation can be dead."""
    nobody = (new_code().shown, "x" * 43)
    expired = stories.invited(rowan)
    Invitation.objects.update(expires=timezone.now() - timedelta(seconds=1))
    revoked, _ = stories.invited(rowan), stories.invited(rowan)
    used = stories.invited(rowan)
    Invitation.objects.filter(pk=used.invitation.pk).update(used_at=timezone.now(), used_by="x")
    dead = [(one.code, one.link_secret) for one in (expired, revoked, used)]
    return [nobody, *dead]


def uniform(answer, typed):
    words = answer.text.replace(typed, "")
    for name in ("csrfmiddlewaretoken",):
        words = "".join(part.partition('"')[2] for part in words.split(f'name="{name}" value="'))
    return answer.status_code, words


@pytest.mark.catalogue("B5")
def test_unknown_expired_withdrawn_and_used_look_exactly_alike(rowan, client):
    by_code, by_link = set(), set()
    for code, secret in wrong_ways(rowan, client):
        by_code.add(uniform(enter(client, code), code))
        by_link.add(uniform(client.post("/i/exchange/", {"secret": secret}), secret))
        Attempt.objects.all().delete()
    assert (len(by_code), len(by_link)) == (1, 1)
    assert "This code does not open anything" in by_code.pop()[1]


@pytest.mark.catalogue("B5")
def test_control_a_slip_does_not_look_like_them(client):
    code = new_code().shown
    slip = ("Z" if code[0] != "Z" else "Y") + code[1:]
    assert "There is a slip in this code" in said(enter(client, slip))
    assert "There is a slip" not in said(enter(client, code))


@pytest.mark.parametrize("typed", ["", " ", "\x00", "🌻" * 17, "x" * 5_000])
def test_whatever_is_typed_as_a_code_is_answered_in_words_and_still_there(client, typed):
    answer = enter(client, typed)
    assert answer.status_code == 200
    assert "<title>Error:" in answer.text


@pytest.mark.parametrize("secret", ["", "\x00", "é" * 5_000])
def test_whatever_stands_behind_a_link_is_answered_in_words(client, secret):
    answer = client.post("/i/exchange/", {"secret": secret})
    assert "This link does not open anything" in said(answer)


@pytest.mark.catalogue("B4")
def test_after_ten_wrong_codes_the_place_waits_and_is_told_how_long(rowan, client):
    code = stories.invited(rowan).code
    for _ in range(10):
        assert enter(client, new_code().shown).status_code == 200
    answer = enter(client, code)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300
    assert "Nothing is wrong with your code" in said(answer)
    assert at(enter(Client(), code, REMOTE_ADDR="198.51.100.7")) == "before"


@pytest.mark.catalogue("B4")
def test_a_made_up_forwarding_header_gains_no_tries(client):
    for n in range(10):
        enter(client, new_code().shown, headers={"x-forwarded-for": f"203.0.113.{n}"})
    answer = enter(client, new_code().shown, headers={"x-forwarded-for": "203.0.113.99"})
    assert answer.status_code == 429


@pytest.mark.catalogue("B4")
def test_control_without_the_limit_an_eleventh_wrong_code_is_answered(client, monkeypatch):
    monkeypatch.setattr(tries, "_free_again", lambda earlier, now: None)
    answers = [enter(client, new_code().shown).status_code for _ in range(12)]
    assert answers == [200] * 12


@pytest.mark.catalogue("C8")
@pytest.mark.parametrize("page", ["start", "exchange", "leave", "stop", "stay", "choose", "send"])
def test_a_form_on_another_site_cannot_press_any_button_here(rowan, page):
    client = Client(enforce_csrf_checks=True)
    refused = client.post(reverse(f"respond:{page}"), {"code": stories.invited(rowan).code})
    assert refused.status_code == 403
    assert SESSION_KEY not in client.session


# --- What it reaches -----------------------------------------------------------------------------


def reached_by(client, records):
    """Every address that is not for everybody, by GET and POST, on every record: where it let this
    browser through. Whatever it wrote is taken back.
    """
    rows, found, calls = census(), set(), 0
    actor = Actor("this browser", client)
    for address in addresses():
        if rows[address.name]["access"] == "public":
            continue
        for target in targets(address, records):
            for method in ("GET", "POST"):
                attempt = crawl.Try(address, rows[address.name], actor, target, method)
                if crawl.ask(attempt).came_back == "through":
                    found.add(address.name)
                calls += 1
    return found, calls


@pytest.fixture
def records(form):
    return {
        "own, open": form.participant.consultation,
        "own, listed": stories.listed(form.participant.consultation.opened_by),
        "other clinic": stories.listed(stories.a_prescriber(stories.a_clinic("Sample Lane"))),
    }


@pytest.mark.catalogue("B8", "A2")
def test_a_persons_session_reaches_their_own_pages_and_no_others(form, records, say):
    form.choose("tremor")
    form.send_off()
    reached, calls = reached_by(form.client, records)
    own = {address.name for address in addresses() if address.name.startswith("respond:")}
    say(f"B8: {calls} calls with one person's session: {len(reached)} pages, all their own")
    assert calls > 200
    assert reached <= own
    assert {"respond:before", "respond:choose", "respond:sent", "respond:own-sheet"} <= reached


@pytest.mark.catalogue("B8")
def test_control_a_browser_that_kept_the_staff_session_would_reach_more(form, records):
    nurse = form.participant.consultation.opened_by
    signed_in(nurse, form.client)
    reached, _ = reached_by(form.client, records)
    assert {"consultations:my_list", "consultations:worklist"} <= reached


@pytest.mark.catalogue("B8")
def test_no_page_of_theirs_takes_a_number_of_a_record(form):
    for address in addresses():
        assert not address.name.startswith("respond:") or "<" not in address.route


@pytest.mark.catalogue("B2")
def test_the_session_holds_no_secret_and_no_answer(form):
    form.choose("tremor", "nausea", own="Behind glass")
    form.send("order", up="nausea")
    held = str(dict(form.client.session))
    for word in (form.issued.code, form.issued.link_secret, "tremor", "nausea", "glass", "Rowan"):
        assert word not in held
    assert str(form.issued.invitation.public_id) in held  # control: this is what it is


def test_without_an_invitation_every_page_leads_to_the_start(client):
    for name in OWN_PAGES:
        assert at(client.get(reverse(f"respond:{name}"))) == "start"
        assert client.get(reverse(f"respond:{name}")).text == ""


@pytest.mark.catalogue("G1")
def test_each_look_is_in_the_audit_as_the_person_and_not_by_name(form):
    form.see("choose")
    last = AuditEvent.objects.order_by("-pk").first()
    assert (last.by_label, last.kind) == ("the person, by invitation", "read")
    assert last.subject == form.participant.consultation.public_id


# --- Its end -------------------------------------------------------------------------------------


def test_a_new_invitation_ends_the_session_of_the_old_one(form):
    stories.invited(form.participant)
    assert at(form.see("choose")) == "start"
    assert SESSION_KEY not in form.client.session


def test_an_invitation_that_expires_ends_its_session_and_keeps_the_draft(form, rowan):
    form.choose("tremor")
    Invitation.objects.update(expires=timezone.now())
    assert at(form.see("check")) == "start"
    assert respond.progress(rowan).answers.items == ("tremor",)


@pytest.mark.catalogue("C2")
@pytest.mark.parametrize(("seconds", "is_in"), [(20 * 60 - 5, True), (20 * 60 + 5, False)])
def test_twenty_quiet_minutes_close_the_page(form, monkeypatch, seconds, is_in):
    form.see("choose")
    later(monkeypatch, seconds)
    answer = form.see("choose")
    assert (answer.status_code == 200) is is_in
    if not is_in:
        assert "Clear-Site-Data" in answer.headers
        assert "What you saved is kept" in said(form.client.get(answer.headers["Location"]))


@pytest.mark.catalogue("C2")
def test_a_late_press_of_the_button_still_saves_what_was_on_the_page(form, rowan, monkeypatch):
    form.see("choose")
    later(monkeypatch, 60 * 60)
    answer = form.client.post("/i/choose/", {"revision": 0, "avoid": ["tremor", "nausea"]})
    assert at(answer) == "start"
    assert set(respond.progress(rowan).answers.items) == {"tremor", "nausea"}
    assert at(form.see("choose")) == "start"


def test_a_late_press_never_sends(form, monkeypatch):
    form.choose("tremor")
    later(monkeypatch, 60 * 60)
    assert at(form.client.post("/i/check/send/", {})) == "start"
    assert not Sheet.objects.exists()


def test_somebody_who_says_that_they_are_still_there_stays(form, monkeypatch):
    later(monkeypatch, 19 * 60)
    assert form.client.post("/i/stay/").status_code == 204
    later(monkeypatch, 18 * 60)
    assert form.see("choose").status_code == 200


@pytest.mark.catalogue("C3")
@pytest.mark.parametrize(("way", "then"), [("leave", "left"), ("stop", "stopped")])
def test_leaving_ends_the_session_and_clears_the_browser(form, way, then):
    form.choose("tremor")
    old = form.client.session.session_key
    cookie = form.client.cookies["session"].value
    answer = form.client.post(reverse(f"respond:{way}"))
    assert at(answer) == then
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    form.client.cookies["session"] = cookie
    assert at(form.see("check")) == "start"
    assert not form.client.session.exists(old)


@pytest.mark.parametrize("page", ["before", "choose"])
def test_stopping_for_now_saves_first(form, rowan, page):
    answer = form.send(page, stop="1", avoid=["tremor"], filled_in="scribe")
    assert at(answer) == "stopped"
    answers = respond.progress(rowan).answers
    assert answers.items == ("tremor",) or answers.filled_in == "scribe"
    assert SESSION_KEY not in form.client.session


def test_the_page_after_leaving_says_nothing_about_this_one(client):
    page = client.get("/i/left/").text
    for word in ("medicine", "clinic", "Choosing together", "health"):
        assert word not in page


@pytest.mark.catalogue("B6")
def test_once_sent_and_left_the_code_opens_nothing(form):
    form.choose("tremor")
    form.send_off()
    form.client.post("/i/leave/")
    assert "This code does not open anything" in said(enter(Client(), form.issued.code))


@pytest.mark.catalogue("C5")
def test_nothing_of_it_may_be_kept_by_a_browser(form):
    form.choose("tremor")
    for name in ("start", *OWN_PAGES):
        assert "no-store" in form.see(name).headers["Cache-Control"]


def test_the_number_of_queries_is_the_same_however_many_consultations(
    form, django_assert_max_num_queries
):
    form.choose("tremor", "nausea")
    for _ in range(5):
        stories.a_consultation()
    for name in ("before", "choose", "order", "check"):
        with django_assert_max_num_queries(16):
            assert form.see(name).status_code == 200
    assert Consultation.objects.count() == 6
