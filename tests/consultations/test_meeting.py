"""What happens in the appointment, action by action."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from consultations import lifecycle, pinning
from consultations.actions import meeting, steps
from consultations.answers import OWN, Answers
from consultations.lifecycle import Event, Status
from consultations.models import Comparison, Decision, DecisionDraft, Voice
from consultations.present import record
from consultations.queries import clinic as queries
from consultations.snapshots import Deciding
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.clinic import a_newer_release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def sign(consultation, **words):
    deciding = words.pop("deciding", stories.THE_DECISION)
    return stories.act(consultation, meeting.sign, deciding=deciding, words=record.record, **words)


# --- one step, one version ----------------------------------------------------------------------


def test_every_step_adds_a_row_with_what_when_and_who():
    consultation = stories.signed()
    told = [(c.event, c.from_status, c.to_status) for c in consultation.changes.order_by("pk")]
    assert told == [
        ("share_list", "open", "listed"),
        ("compare", "listed", "compared"),
        ("decide", "compared", "decided"),
        ("decide", "decided", "decided"),
        ("sign", "decided", "signed"),
    ]
    assert {c.changed_by for c in consultation.changes.all()} == {
        "the person, by invitation",
        "Dr Ada Example",
    }


def test_every_step_is_audited():
    consultation = stories.signed()
    told = AuditEvent.objects.filter(subject=consultation.public_id, kind="write")
    assert {"open a consultation", "compare", "decide", "sign"} <= set(
        told.values_list("action", flat=True)
    )


def test_a_step_that_is_not_in_the_table_writes_nothing():
    consultation = stories.a_consultation()
    with pytest.raises(lifecycle.NotPossible):
        steps.apply(consultation=consultation, event=Event.SIGN, by=consultation.opened_by)
    consultation.refresh_from_db()
    assert (consultation.status, consultation.version) == ("open", 1)
    assert not consultation.changes.exists()


# --- compare ------------------------------------------------------------------------------------


def test_there_is_nothing_to_compare_before_the_person_has_sent_a_list():
    consultation = stories.a_consultation()
    stories.a_sent_sheet(stories.the_carer(consultation), stories.JOS_LIST)
    with pytest.raises(meeting.NoList):
        stories.act(consultation, meeting.compare)


@pytest.mark.catalogue("H12")
def test_a_carers_list_never_feeds_the_order():
    consultation = stories.compared()
    kept = Comparison.objects.get()
    assert kept.sheet.participant == stories.the_person(consultation)
    assert kept.result["effects"] == list(stories.ROWANS_LIST.items)


@pytest.mark.catalogue("H5")
def test_what_was_kept_gives_the_same_result_again_byte_for_byte():
    stories.compared()
    kept = Comparison.objects.get()
    assert pinning.canonical(pinning.replay(kept.inputs)) == pinning.canonical(kept.result)


@pytest.mark.catalogue("H5")
def test_with_one_level_changed_the_replay_differs():
    """The control: the result does come from the inputs."""
    stories.compared()
    inputs = Comparison.objects.get().inputs
    first = pinning.canonical(pinning.replay(inputs))
    inputs["levels"]["cariprazine"]["weight_gain"] = 3
    assert pinning.canonical(pinning.replay(inputs)) != first


@pytest.mark.catalogue("H5")
def test_a_newer_release_changes_nothing_that_was_compared():
    consultation = stories.compared()
    before = queries.newest_comparison(consultation)
    with transaction.atomic():
        a_newer_release()
        assert queries.newest_comparison(consultation) == before
        stories.act(consultation, meeting.compare)
        assert queries.newest_comparison(consultation).release_number == before.release_number + 1
        transaction.set_rollback(True)


def test_own_words_stand_on_the_page_and_weigh_nothing():
    answers = Answers(
        places=(("weight_gain",), (OWN,), ("restlessness",)), own_words="Behind glass"
    )
    stories.compared(answers=answers)
    kept = Comparison.objects.get()
    assert kept.inputs["concerns"] == [["weight_gain"], ["restlessness"]]
    assert kept.inputs["shown"]["answers"]["own_words"] == "Behind glass"


def test_a_list_of_own_words_alone_is_kept_without_an_order():
    stories.compared(answers=Answers(places=((OWN,),), own_words="Behind glass"))
    kept = Comparison.objects.get()
    assert kept.result["placed"] == []
    assert pinning.canonical(pinning.replay(kept.inputs)) == pinning.canonical(kept.result)


def test_clozapine_is_set_aside_until_two_trials_are_recorded():
    from consultations.actions import opening

    consultation = stories.compared()
    assert "clozapine" in Comparison.objects.get().inputs["set_aside"]
    stories.act(consultation, opening.record_trials, medicines=["olanzapine", "risperidone"])
    stories.act(consultation, meeting.compare)
    assert "clozapine" not in Comparison.objects.get(number=2).inputs["set_aside"]


def test_a_changed_list_asks_to_be_compared_again_and_does_not_compare_itself():
    consultation = stories.decided()
    stories.a_sent_sheet(stories.the_person(consultation), Answers(places=(("dry_mouth",),)))
    consultation.refresh_from_db()
    assert consultation.status == Status.LISTED
    assert Comparison.objects.count() == 1
    with pytest.raises(lifecycle.NotPossible):
        sign(consultation)


# --- short list, voices, decision ---------------------------------------------------------------


def test_the_short_list_keeps_what_was_already_written_on_decide():
    consultation = stories.compared()
    stories.act(
        consultation, meeting.save_decision, deciding=Deciding(("stay", "wait"), plan="Ring")
    )
    stories.act(consultation, meeting.shorten, options=["stay", "stop", "stop"])
    saved = queries.deciding(consultation)
    assert (saved.options, saved.plan) == (("stay", "stop"), "Ring")


def test_a_decision_between_fewer_than_two_options_is_not_saved():
    consultation = stories.compared()
    for options in ((), ("stay",), ("stay", "stay")):
        with pytest.raises(meeting.TooFewOptions):
            stories.act(consultation, meeting.save_decision, deciding=Deciding(options))
    assert not DecisionDraft.objects.exists()


def test_words_that_were_kept_stay_and_newer_ones_stand_beside_them():
    consultation = stories.compared()
    for words in ("I will try it.", "I will try it.", "After the exam."):
        stories.act(consultation, meeting.keep_voice, kind="person", words=words)
    assert [said.words for said in queries.voices(consultation)] == [
        "I will try it.",
        "After the exam.",
    ]


def test_the_person_and_the_professional_each_keep_their_own_voice():
    consultation = stories.decided()
    told = {said.kind: said.words for said in queries.voices(consultation)}
    assert told == {"person": "I will try it.", "professional": "It fits the list."}


def test_a_saved_page_without_a_decision_is_not_decided():
    consultation = stories.compared()
    stories.act(consultation, meeting.save_decision, deciding=Deciding(("stay", "wait")))
    assert consultation.status == Status.COMPARED


# --- signing ------------------------------------------------------------------------------------


def test_a_page_that_does_not_say_how_it_ended_is_not_signed():
    consultation = stories.compared()
    with pytest.raises(meeting.NothingDecided):
        sign(consultation, deciding=Deciding(("stay", "wait")))


@pytest.mark.catalogue("F5")
def test_signing_the_same_page_twice_makes_one_decision():
    consultation = stories.decided()
    version = consultation.version
    first = sign(consultation)
    again = meeting.sign(
        consultation=consultation,
        version=version,
        deciding=stories.THE_DECISION,
        words=record.record,
        by=consultation.opened_by,
    )
    assert first == again
    assert Decision.objects.count() == 1


@pytest.mark.catalogue("F5")
def test_signing_another_page_after_that_is_refused():
    consultation = stories.signed()
    with pytest.raises(steps.StalePage):
        sign(consultation, deciding=Deciding(("stay", "wait"), "option", "wait"))


def test_signing_an_old_page_writes_nothing():
    consultation = stories.decided()
    old = consultation.version
    stories.act(consultation, meeting.shorten, options=["stay", "wait"])
    with pytest.raises(steps.StalePage):
        meeting.sign(
            consultation=consultation,
            version=old,
            deciding=stories.THE_DECISION,
            words=record.record,
            by=consultation.opened_by,
        )
    assert not Decision.objects.exists()
    assert queries.deciding(consultation).options == ("stay", "wait")


@pytest.mark.catalogue("T11")
def test_a_newer_release_is_asked_about_before_signing():
    consultation = stories.decided()
    with transaction.atomic():
        newer = a_newer_release()
        with pytest.raises(meeting.NewerRelease):
            sign(consultation)
        assert not Decision.objects.exists()
        decision = sign(consultation, keeps_release=newer.number - 1)
        assert decision.record["release"]["number"] == newer.number - 1
        transaction.set_rollback(True)


def test_what_was_signed_carries_the_fingerprint_of_everything_that_was_shown():
    stories.signed()
    decision = Decision.objects.get()
    assert decision.content_hash == pinning.fingerprint(decision.record)
    changed = {**decision.record, "edition": 2}
    assert decision.content_hash != pinning.fingerprint(changed)


def test_if_the_audit_fails_nothing_is_signed(monkeypatch):
    consultation = stories.decided()
    monkeypatch.setattr(steps.audit, "record", lambda **words: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign(consultation)
    assert not Decision.objects.exists()


# --- another day --------------------------------------------------------------------------------


def test_what_is_put_off_has_a_reason_and_a_day_and_comes_back_with_its_list():
    consultation = stories.listed()
    again = timezone.localdate() + timedelta(days=7)
    stories.act(consultation, meeting.postpone, reason="Too tired.", offer_again_on=again)
    assert queries.visit(consultation).reason == "Too tired."
    assert (consultation.status, consultation.offer_again_on) == (Status.POSTPONED, again)
    stories.act(consultation, meeting.reopen)
    assert (consultation.status, consultation.offer_again_on) == (Status.LISTED, None)


def test_a_closed_consultation_takes_nothing_more():
    consultation = stories.listed()
    stories.act(consultation, meeting.abandon, reason="Moved away.")
    for action, words in (
        (meeting.compare, {}),
        (meeting.shorten, {"options": ["stay"]}),
        (meeting.keep_voice, {"kind": "person", "words": "late"}),
    ):
        with pytest.raises(lifecycle.NotPossible):
            stories.act(consultation, action, **words)
    assert not Voice.objects.exists()
