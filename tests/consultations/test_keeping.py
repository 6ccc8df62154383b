"""How long a record is kept: exact to the day, held when it must be, gone when it is gone."""

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from consultations.actions import keeping
from consultations.models import Consultation, Decision, Sheet
from sdmtool import audit, frozen
from sdmtool.models import AuditEvent, WrongTry
from tests import stories
from tests.access import sentinels
from tests.access.actors import by_invitation
from tests.consultations.clinic import at, the_opener

pytestmark = pytest.mark.django_db
DAYS, UNFINISHED = 100, 30


@pytest.fixture(autouse=True)
def decided(settings, tmp_path):
    """The trust decided: 100 days, 30 when never finished."""
    settings.RETENTION_DAYS, settings.RETENTION_UNFINISHED_DAYS = DAYS, UNFINISHED
    settings.ERASURE_LEDGER = tmp_path / "ledger"
    return settings.ERASURE_LEDGER


def due(days):
    """References of the records that would be due so many days from now."""
    now = timezone.now() + timedelta(days=days)
    found = keeping.due(now, signed_days=DAYS, other_days=UNFINISHED)
    return {one.reference for one in found}


def tags_left():
    """Whose words stand anywhere in the tables of records, of sessions, and of the audit."""
    told = []
    models = [*apps.get_app_config("consultations").get_models(), AuditEvent]
    for model in models:
        told += [str(row) for row in model._base_manager.values()]
    for session in apps.get_model("sessions", "Session").objects.all():
        told.append(str(session.get_decoded()))
    return sentinels.tags_in(" ".join(told))


@pytest.mark.catalogue("G7")
def test_each_kind_is_due_to_the_day_and_not_before(say):
    stories.the_release()
    signed, opened = stories.signed(), stories.listed()
    asked = {days: due(days) for days in (29, 30, 31, 99, 100, 101)}
    assert asked[29] == set()
    assert asked[30] == asked[31] == asked[99] == {opened.reference}
    assert asked[100] == asked[101] == {opened.reference, signed.reference}
    say("G7: due exactly at 30 and at 100 days, not a day before")


@pytest.mark.catalogue("G7")
def test_a_record_that_is_held_or_that_a_later_one_goes_on_from_is_not_due():
    stories.the_release()
    held, earlier = stories.signed(), stories.signed()
    keeping.hold(consultation=held, reason="A complaint is open.", by=held.opened_by)
    later = stories.a_consultation(earlier.opened_by)
    Consultation.objects.filter(pk=later.pk).update(previous=earlier)
    assert due(1000) == {later.reference}
    keeping.lift(consultation=held, by=held.opened_by)
    assert due(1000) == {later.reference, held.reference}


def test_when_nothing_was_decided_nothing_is_due_and_the_job_says_what_is_missing(settings):
    stories.listed()
    assert not keeping.due(timezone.now() + timedelta(9999), signed_days=None, other_days=None)
    settings.ERASURE_LEDGER = None
    for command in ("retention", "erase"):
        with pytest.raises(CommandError, match="SDM_ERASURE_LEDGER"):
            call_command(command)


@pytest.mark.catalogue("G6")
def test_what_was_erased_is_nowhere_and_the_audit_names_only_a_number(decided, say):
    by = stories.a_prescriber()
    gone, stays = sentinels.signed("clinicgone", by), sentinels.signed("clinicstays", by)
    by_invitation(stories.invited(stories.the_person(sentinels.opened("clinicgone", by))))
    for consultation in Consultation.objects.exclude(pk=stays.pk):
        keeping.ask_for_erasure(consultation=consultation, reason="Asked by letter.", by=by)
    before = AuditEvent.objects.count()
    call_command("erase", verbosity=0)
    left = tags_left()
    assert not {tag for tag in left if tag.startswith("clinicgone")}
    assert {tag for tag in left if tag.startswith("clinicstays")}
    assert Decision.objects.get().consultation_id == stays.pk
    assert AuditEvent.objects.filter(subject=gone.public_id).count() > 5
    assert AuditEvent.objects.count() == before + 2
    assert audit.check(audit.stored_rows())[1] == []
    say(f"G6: 2 records erased, 0 of their words left, {before + 2} rows of the audit stand")


@pytest.mark.catalogue("G6")
def test_after_a_restore_the_ledger_takes_out_again_what_was_erased(decided):
    consultation = sentinels.signed("clinicback", stories.a_prescriber())
    decided.write_text(
        json.dumps(
            {
                "subject": str(consultation.public_id),
                "at": timezone.now().isoformat(),
                "why": "asked for",
            }
        )
        + '\n{"subject": "half a li'
    )
    call_command("erase", "--replay", verbosity=0)
    assert "clinicbackperson" not in tags_left()
    assert not Consultation.objects.exists()
    call_command("erase", "--replay", verbosity=0)


@pytest.mark.catalogue("G6")
def test_control_without_the_triggers_lifted_nothing_frozen_can_be_removed(decided, monkeypatch):
    consultation = stories.signed()

    class NotLifted:
        def __enter__(self):
            return self

        def __exit__(self, *raised):
            return False

    monkeypatch.setattr(frozen, "lifted_from", lambda tables: NotLifted())
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        keeping.remove(consultation, ledger=decided, why="retention")
    assert Decision.objects.filter(consultation=consultation).exists()


def test_after_a_removal_the_triggers_stand_again(decided):
    gone, stays = stories.signed(), stories.signed()
    keeping.remove(gone, ledger=decided, why="retention")
    for sql in ("UPDATE consultations_sheet SET number = 9", "DELETE FROM consultations_sheet"):
        refused = pytest.raises(DatabaseError, match="never changes")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    assert Sheet.objects.filter(participant__consultation=stays).exists()


def test_a_record_that_is_held_is_not_removed_even_when_it_is_named(decided):
    consultation = stories.signed()
    keeping.hold(consultation=consultation, reason="A claim.", by=consultation.opened_by)
    with pytest.raises(keeping.Held):
        keeping.remove(consultation, ledger=decided, why="retention")
    keeping.ask_for_erasure(consultation=consultation, reason="Asked.", by=consultation.opened_by)
    call_command("erase", verbosity=0)
    assert Consultation.objects.filter(pk=consultation.pk).exists()


def test_a_hold_is_neither_written_down_as_a_removal_nor_undone_by_a_replay(decided):
    consultation = stories.signed()
    keeping.hold(consultation=consultation, reason="A claim.", by=consultation.opened_by)
    with pytest.raises(keeping.Held):
        keeping.remove(consultation, ledger=decided, why="retention")
    assert not decided.exists()
    killed = timezone.now() - timedelta(hours=1)  # a run that wrote its line and was killed
    decided.write_text(
        json.dumps({"subject": str(consultation.public_id), "at": killed.isoformat()}) + "\n"
    )
    call_command("erase", "--replay", verbosity=0)
    assert Consultation.objects.filter(pk=consultation.pk).exists()


def test_a_hold_of_the_backup_that_was_lifted_before_the_removal_stops_no_replay(decided):
    consultation = stories.signed()
    keeping.hold(consultation=consultation, reason="A claim.", by=consultation.opened_by)
    later = timezone.now() + timedelta(hours=1)
    decided.write_text(
        json.dumps({"subject": str(consultation.public_id), "at": later.isoformat()}) + "\n"
    )
    call_command("erase", "--replay", verbosity=0)
    assert not Consultation.objects.filter(pk=consultation.pk).exists()


def test_old_counters_are_swept_also_when_nothing_was_decided(settings):
    settings.ERASURE_LEDGER = None
    WrongTry.objects.create(account="x", tried=timezone.now() - timedelta(days=2))
    with pytest.raises(CommandError):
        call_command("retention")
    assert not WrongTry.objects.exists()


def test_somebody_who_was_in_the_middle_of_their_form_is_out(decided):
    stories.the_release()
    consultation = stories.a_consultation()
    browser = by_invitation(stories.invited(stories.the_person(consultation)))
    assert browser.get("/i/choose/").status_code == 200
    keeping.remove(consultation, ledger=decided, why="asked for")
    assert browser.get("/i/choose/").headers["Location"].startswith("/i/")


KILLED = """
import os, signal
from consultations.actions import keeping
done, kept = 0, keeping._delete_rows
def deadly(consultation):
    global done
    kept(consultation)
    done += 1
    if done == 3:
        os.kill(os.getpid(), signal.SIGKILL)
keeping._delete_rows = deadly
from django.core.management import call_command
call_command("retention")
"""


@pytest.mark.catalogue("G7")
@pytest.mark.django_db(transaction=True)
def test_a_job_that_is_killed_in_the_middle_is_made_good_by_the_next(decided, say):
    stories.the_release()
    for _ in range(6):
        stories.listed()
    kept = stories.signed()
    past = timezone.now() - timedelta(days=UNFINISHED + 1)
    lifted = frozen.lifted_from(["consultations_statuschange"])
    with transaction.atomic(), lifted, connection.cursor() as cursor:
        cursor.execute(
            "UPDATE consultations_statuschange SET changed_at = %s WHERE consultation_id <> %s",
            [past, kept.pk],
        )
    Consultation.objects.exclude(pk=kept.pk).update(opened_at=past)
    ended = subprocess.run(
        [sys.executable, "-c", SET_UP + KILLED],
        env={**os.environ, **_environment(decided)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr[-2000:]
    assert Consultation.objects.count() == 5  # two gone for good, the third one whole again
    call_command("retention", verbosity=0)
    call_command("retention", verbosity=0)
    assert [one.pk for one in Consultation.objects.all()] == [kept.pk]
    assert audit.check(audit.stored_rows())[1] == []
    say("G7: killed after 3 of 6, 2 gone and 1 whole; the next run removed the other 4 and no more")


SET_UP = "import django; django.setup()\n"


def _environment(ledger):
    database = connection.settings_dict
    url = (
        f"sqlite:///{database['NAME']}"
        if connection.vendor == "sqlite"
        else urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database['NAME']}").geturl()
    )
    return {
        "DJANGO_SETTINGS_MODULE": "sdmtool.settings",
        "SDM_DEMO": "1",
        "SDM_SECRET_KEY": "only for this test, and long enough for every check",
        "DATABASE_URL": url,
        "SDM_RETENTION_DAYS": str(DAYS),
        "SDM_RETENTION_UNFINISHED_DAYS": str(UNFINISHED),
        "SDM_ERASURE_LEDGER": str(ledger),
    }


def test_the_page_holds_lifts_and_asks_and_each_is_audited_and_needs_a_reason():
    consultation = stories.listed()
    browser = the_opener(consultation)
    assert browser.post(at(consultation, "keeping"), {}).status_code == 422
    browser.post(at(consultation, "keeping"), {"hold-reason": "A complaint is open."})
    assert "A complaint is open." in browser.get(at(consultation, "keeping")).content.decode()
    browser.post(at(consultation, "lift_hold"))
    assert browser.post(at(consultation, "ask_erasure"), {}).status_code == 422
    browser.post(at(consultation, "ask_erasure"), {"erase-reason": "Asked by letter."})
    assert "Asked by letter." in browser.get(at(consultation, "keeping")).content.decode()
    acts = AuditEvent.objects.filter(subject=consultation.public_id).values_list(
        "action", flat=True
    )
    assert {"hold the record", "lift the hold", "ask for erasure"} <= set(acts)
