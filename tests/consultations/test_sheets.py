"""Drafts that are kept, and sheets that never change once they are sent."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from consultations.actions import sheets
from consultations.actions.invitations import WrongCode, exchange_code
from consultations.actions.sheets import ChangedElsewhere, SentDifferently
from consultations.answers import OWN, Answers
from consultations.lifecycle import NotPossible, Status
from consultations.models import Consultation, Draft, Sheet, StatusChange, Wish
from consultations.queries.respond import respondent
from consultations.ranking import NotAList
from sdmtool.models import AuditEvent
from tests import stories

pytestmark = pytest.mark.django_db
LIST = stories.ROWANS_LIST
OTHER = Answers(places=(("tremor",),))


@pytest.fixture
def rowan():
    return stories.the_person(stories.a_consultation())


@pytest.fixture
def jo(rowan):
    return stories.the_carer(rowan.consultation)


def send(participant, answers=LIST, key=None):
    draft = stories.a_draft(participant, answers)
    return sheets.send_sheet(
        participant=participant,
        answers=answers,
        sending_key=key or draft.sending_key,
        by=respondent(participant),
    )


def status_of(participant):
    return Status(Consultation.objects.get(pk=participant.consultation_id).status)


# --- Drafts --------------------------------------------------------------------------------------


def test_a_draft_is_kept_as_it_was_given_however_untidy(rowan):
    six = Answers().choose(
        ["tremor", "nausea", "memory", "tension", "sweating", "dry_mouth"], "", []
    )
    assert Answers.from_json(stories.a_draft(rowan, six).answers) == six


def test_a_page_from_before_the_last_save_overwrites_nothing(rowan):
    draft = stories.a_draft(rowan)
    stories.a_draft(rowan, OTHER)
    with pytest.raises(ChangedElsewhere):
        sheets.save_draft(
            participant=rowan, answers=LIST, revision=draft.revision, by=respondent(rowan)
        )
    assert Answers.from_json(Draft.objects.get().answers) == OTHER


def test_an_answer_that_stands_alone_keeps_what_another_window_saved(rowan):
    stories.a_draft(rowan)
    sheets.amend_draft(
        participant=rowan,
        change=lambda kept: kept.choose(["tremor"], "", []),
        by=respondent(rowan),
    )
    assert Answers.from_json(Draft.objects.get().answers).filled_in == LIST.filled_in


# --- Sending -------------------------------------------------------------------------------------


def test_a_sent_sheet_says_what_was_answered_line_by_line(rowan):
    answers = Answers(
        places=(("weight_gain",), ("tremor", OWN)),
        own_words="Behind glass",
        also=("nausea",),
        helpful=("evening_sleepiness",),
    )
    sheet = send(rowan, answers)
    assert Answers.from_json(sheet.answers) == answers
    assert list(sheet.wishes.values_list("kind", "effect", "own_words", "place")) == [
        ("avoid", "weight_gain", "", 1),
        ("avoid", "tremor", "", 2),
        ("avoid", "", "Behind glass", 2),
        ("also", "nausea", "", None),
        ("helpful", "evening_sleepiness", "", None),
    ]


@pytest.mark.catalogue("F5")
def test_sending_twice_with_one_key_makes_one_sheet(rowan):
    draft = stories.a_draft(rowan)
    first = send(rowan, key=draft.sending_key)
    assert send(rowan, key=draft.sending_key) == first
    assert Sheet.objects.count() == 1
    assert StatusChange.objects.count() == 1


@pytest.mark.catalogue("F5")
def test_one_key_never_sends_two_different_lists(rowan):
    draft = stories.a_draft(rowan)
    send(rowan, key=draft.sending_key)
    with pytest.raises(SentDifferently):
        send(rowan, OTHER, key=draft.sending_key)
    assert Sheet.objects.count() == 1


@pytest.mark.catalogue("F5")
def test_control_without_the_key_the_same_list_would_be_there_twice(rowan):
    send(rowan)
    send(rowan)
    assert Sheet.objects.count() == 2


def test_a_key_from_somebody_elses_form_sends_nothing(rowan, jo):
    key = stories.a_draft(jo).sending_key
    with pytest.raises(SentDifferently):
        send(rowan, key=key)
    sent = send(jo, key=key)
    with pytest.raises(SentDifferently):
        send(rowan, key=key)
    assert list(Sheet.objects.all()) == [sent]


def test_a_changed_list_is_a_new_sheet_beside_the_old_one(rowan):
    first, second = send(rowan), send(rowan, OTHER)
    assert (first.number, second.number) == (1, 2)
    assert Answers.from_json(Sheet.objects.get(pk=first.pk).answers) == LIST
    events = list(StatusChange.objects.order_by("pk").values_list("event", flat=True))
    assert events == ["share_list", "change_list"]


def test_a_persons_list_moves_the_consultation_on_and_a_carers_does_not(rowan, jo):
    send(jo)
    assert status_of(rowan) is Status.OPEN
    send(rowan)
    assert status_of(rowan) is Status.LISTED


@pytest.mark.parametrize("status", ["signed", "abandoned"])
def test_no_list_reaches_a_decision_that_is_closed(rowan, jo, status):
    Consultation.objects.update(status=status)
    for participant in (rowan, jo):
        with pytest.raises(NotPossible):
            send(participant)
    assert not Sheet.objects.exists()
    assert Draft.objects.count() == 2  # what was written is still there


@pytest.mark.catalogue("H10")
@pytest.mark.parametrize(
    "answers",
    [
        Answers(),
        Answers(places=tuple((code,) for code in ("a", "b", "c", "d", "e", "f"))),
        Answers(places=(("tremor",),), helpful=("tremor",)),
        Answers(places=(("tremor",),), also=("nausea",), helpful=("nausea",)),
        Answers(places=((OWN,),)),
    ],
)
def test_what_is_no_list_is_not_sent(rowan, answers):
    with pytest.raises(NotAList):
        send(rowan, answers)
    assert not Sheet.objects.exists()


@pytest.mark.catalogue("B6")
def test_sending_uses_the_invitation_up(rowan):
    issued = stories.invited(rowan)
    send(rowan)
    with pytest.raises(WrongCode):
        exchange_code(typed=issued.code, address="192.0.2.1")


def test_control_until_it_is_sent_the_invitation_opens(rowan):
    issued = stories.invited(rowan)
    stories.a_draft(rowan)
    assert exchange_code(typed=issued.code, address="192.0.2.1") == issued.invitation


# --- Typed by staff ------------------------------------------------------------------------------


def test_a_typed_sheet_says_who_typed_and_who_helped(rowan):
    nurse = rowan.consultation.opened_by
    answers = Answers(places=(("tremor",),), helped_by="Jo, my sister")
    sheet = stories.a_paper_sheet(rowan, nurse, answers)
    assert (sheet.typed_by, sheet.sent_by) == (nurse, "Dr Ada Example")
    assert Answers.from_json(sheet.answers).helped_by == "Jo, my sister"
    assert AuditEvent.objects.filter(action="type a paper sheet", by=nurse).count() == 1


def test_a_typed_sheet_leaves_the_persons_own_way_in_open(rowan):
    issued = stories.invited(rowan)
    stories.a_paper_sheet(rowan, rowan.consultation.opened_by)
    assert exchange_code(typed=issued.code, address="192.0.2.1") == issued.invitation


def test_typing_the_same_paper_twice_makes_one_sheet(rowan):
    nurse, key = rowan.consultation.opened_by, uuid4()
    typed = [
        sheets.type_paper_sheet(participant=rowan, answers=LIST, sending_key=key, by=nurse)
        for _ in range(2)
    ]
    assert typed[0] == typed[1]
    assert Sheet.objects.count() == 1


# --- The database knows it too -------------------------------------------------------------------


@pytest.mark.catalogue("H10")
def test_the_database_holds_no_side_effect_both_ways(rowan):
    sheet = send(rowan)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wish(sheet=sheet, kind="helpful", effect="weight_gain", position=99).save()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE consultations_sheet SET number = 9",
        "DELETE FROM consultations_sheet",
        "UPDATE consultations_wish SET place = 1",
        "DELETE FROM consultations_wish",
    ],
)
def test_a_sent_sheet_cannot_be_changed_in_the_database(rowan, statement):
    send(rowan)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_each_save_and_each_sheet_is_in_the_audit_without_a_word_of_it(rowan):
    send(rowan, Answers(places=((OWN,),), own_words="Behind glass"))
    rows = AuditEvent.objects.filter(subject=rowan.consultation.public_id, kind="write")
    said = [(row.by_label, row.action) for row in rows.order_by("pk")][-3:]
    person = "the person, by invitation"
    assert said == [(person, "save answers"), (person, "send a sheet"), (person, "share_list")]
    assert "glass" not in str(list(rows.values()))
