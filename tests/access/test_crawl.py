"""One crawl, and what is asked of it: who gets where, whose words come back, what is audited."""

from datetime import date
from html import escape

import pytest
from django.db import transaction
from django.template.loader import render_to_string

from consultations import loading
from consultations.queries import records as scope
from sdmtool import audit, pdf
from sdmtool.access import Role
from sdmtool.models import Clinic
from tests.access import actors, crawl, sentinels

FEWEST = 20_000
OUTSIDE = ("other clinic", "other clinic, signed")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The cast, in a transaction the whole file stands in and that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield actors.cast()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def light():
    """A PDF here is the words that would be in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pdf, "packet", lambda pages: b"".join(map(_words, pages)))
        patch.setattr(pdf, "render", lambda template, context: _words((template, context)))
        yield patch


def _words(page):
    return render_to_string(*page).encode()


@pytest.fixture(scope="module")
def crawled(world, light, django_db_blocker):
    from django.conf import settings

    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock():
        patch.setattr(settings, "SECURITY_CONTACT", "mailto:security@clinic.example")
        patch.setattr(settings, "SECURITY_EXPIRES", date(2030, 1, 1))
        return crawl.crawled(crawl.attempts(world))


pytestmark = pytest.mark.django_db


@pytest.mark.catalogue("A2")
def test_everybody_gets_exactly_where_their_role_and_clinic_let_them(crawled, say):
    wrong = [
        f"{seen.attempt}: {seen.came_back}, not {crawl.expected(seen.attempt)}"
        for seen in crawled
        if seen.came_back != crawl.expected(seen.attempt)
    ]
    say(f"A2: {len(crawled)} combinations, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong[:40])
    assert len(crawled) >= FEWEST


@pytest.mark.catalogue("A2")
def test_what_is_not_yours_answers_exactly_as_what_is_not_there(crawled):
    nowhere, telling = {}, []
    for seen in crawled:
        one = seen.attempt
        key = (one.actor.name, one.method, one.address.name)
        if one.target.ownership == "nowhere":
            nowhere[key] = seen
        elif seen.came_back == "not there":
            like = nowhere[key]
            if (seen.status, seen.content) != (like.status, like.content):
                telling.append(str(one))
    assert not telling, "\n".join(telling[:40])


@pytest.mark.catalogue("A3")
def test_nobody_is_shown_a_word_that_is_not_theirs_to_read(crawled, say):
    leaks = [f"{seen.attempt}: {sorted(seen.foreign)}" for seen in crawled if seen.foreign]
    shown = {tag for seen in crawled for tag in seen.tags}
    say(
        f"A3: {len(crawled)} answers with {len(shown)} kinds of words in them: {len(leaks)} foreign"
    )
    assert not leaks, "\n".join(leaks[:40])
    assert {"clinicasignedshared", "clinicbperson", "clinicaopencarer"} <= shown


@pytest.mark.catalogue("A3")
def test_every_text_of_a_record_has_a_word_that_would_be_found(world):
    assert sentinels.texts_without_a_word({"clinica", "clinicb"}) == []


@pytest.mark.catalogue("A2", "A3")
def test_control_without_the_clinics_in_the_query_the_crawl_goes_red(world, light, monkeypatch):
    """The scope left out of the one place it is in."""
    monkeypatch.setattr(scope, "clinics_where", lambda user, action: Clinic.objects.all())
    monkeypatch.setattr(loading, "roles_today", lambda *args: frozenset({Role.PRESCRIBER}))
    asked = [
        one
        for one in crawl.attempts(world)
        if one.address.name == "consultations:my_list" and one.method == "GET"
    ]
    seen = crawl.crawled(asked)
    assert any(s.came_back != crawl.expected(s.attempt) for s in seen)
    assert any(s.foreign for s in seen)


@pytest.mark.catalogue("A5")
def test_looking_changes_nothing_but_the_audit_the_session_and_the_counters(crawled):
    wrote = [
        f"{seen.attempt}: {sorted(changed)}"
        for seen in crawled
        if seen.attempt.method in crawl.SAFE
        and (changed := seen.written - set(crawl.MAY_BE_WRITTEN))
    ]
    assert not wrote, "\n".join(wrote[:40])


@pytest.mark.catalogue("A5")
def test_a_method_nobody_lists_is_refused_everywhere(world, light, monkeypatch):
    monkeypatch.setattr(crawl, "METHODS", ("PATCH", "TRACE", "OPTIONS"))
    asked = [
        one
        for one in crawl.attempts(world)
        if one.actor.role == Role.PRESCRIBER or one.actor.is_invited
    ]
    assert {seen.status for seen in crawl.crawled(asked)} == {405}


@pytest.mark.catalogue("B8")
def test_an_invitation_opens_its_own_sheet_and_nothing_else(crawled, say):
    asked = [seen for seen in crawled if seen.attempt.actor.is_invited]
    opened = {
        seen.attempt.address.name
        for seen in asked
        if seen.came_back == "through" and seen.attempt.row["access"] != "public"
    }
    say(f"B8: {len(asked)} tries by invitation, {len(opened)} addresses opened, all of the sheet")
    assert opened
    assert all(name.startswith("respond:") for name in opened)


@pytest.mark.catalogue("C5")
def test_no_answer_may_be_kept_by_a_browser_or_a_proxy(crawled):
    kept = [str(seen.attempt) for seen in crawled if not seen.is_kept_nowhere]
    assert not kept, "\n".join(kept[:40])


@pytest.mark.catalogue("G1")
def test_the_audit_tells_of_every_touch_of_a_persons_record(crawled, say):
    untold = [reason for seen in crawled if (reason := crawl.unexplained(seen))]
    touches = sum(bool(seen.read) for seen in crawled)
    say(f"G1: {len(crawled)} requests, {touches} touched a person's tables, {len(untold)} untold")
    assert not untold, "\n".join(untold[:40])


@pytest.mark.catalogue("G1")
def test_every_refusal_and_every_record_not_there_is_told_too(crawled):
    untold = [
        str(seen.attempt)
        for seen in crawled
        if seen.came_back == "refused"
        or (seen.came_back == "not there" and seen.attempt.target.ownership in OUTSIDE)
        if seen.attempt.row["access"] != "public"
        if not any(event.kind == audit.Kind.REFUSAL for event in seen.audited)
    ]
    assert not untold, "\n".join(untold[:40])


@pytest.mark.catalogue("G1")
def test_control_a_page_without_its_audit_is_found(world, light, monkeypatch):
    monkeypatch.setattr(loading.audit, "record", lambda **words: None)
    asked = [
        one
        for one in crawl.attempts(world)
        if one.address.name == "consultations:my_list" and one.method == "GET"
    ]
    assert any(crawl.unexplained(seen) for seen in crawl.crawled(asked))


def test_no_answer_is_a_failure_of_ours(crawled):
    assert [str(seen.attempt) for seen in crawled if seen.status >= 500] == []


def test_a_word_is_found_whatever_is_around_it():
    word = sentinels.word("clinica")
    assert sentinels.tags_in(escape(f"<b>“{word}”</b>")) == {"clinica"}
