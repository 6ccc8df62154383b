"""A copy of everything kept about somebody: whole, and without what is not theirs to read."""

import json
from dataclasses import replace

import pytest
from django.apps import apps

from consultations.actions import elsewhere
from consultations.actions.copies import decide_about_harm
from consultations.answers import FilledIn
from consultations.models import HarmDecision
from consultations.present import copies as present
from consultations.queries import copies
from consultations.queries.copies import EXCUSED, PARTS
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.access import sentinels
from tests.consultations.clinic import a_colleague, at, the_opener
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]
PEOPLE = 200


def written(consultation):
    return present.as_json(copies.copy_of(consultation).sections)


def decide(consultation, words, is_released):
    decide_about_harm(
        consultation=consultation,
        words=words,
        is_released=is_released,
        reason="We talked about it.",
        by=consultation.opened_by,
    )


# --- that nothing is forgotten ----------------------------------------------------------------


@pytest.mark.catalogue("G5")
def test_every_table_and_column_that_is_kept_is_in_the_copy_or_left_out_for_a_reason():
    parts = {part.model.__name__: part for part in PARTS}
    forgotten = []
    for model in apps.get_app_config("consultations").get_models():
        if model.__name__ in EXCUSED:
            continue
        part = parts.get(model.__name__)
        if part is None:
            forgotten.append(model.__name__)
            continue
        told = {name.partition("__")[0] for name in part.shows} | set(part.leaves)
        told |= {"id", part.leads.partition("__")[0]}
        forgotten += [
            f"{model.__name__}.{column.name}"
            for column in model._meta.concrete_fields
            if column.name not in told
        ]
    assert forgotten == []


def test_every_reason_to_leave_a_column_out_is_said():
    assert all(why for part in PARTS for why in part.leaves.values())
    assert all(EXCUSED.values())


# --- what is in it ------------------------------------------------------------------------------


@pytest.mark.catalogue("G5")
def test_two_hundred_people_get_all_of_theirs_and_nothing_of_anybody_elses(say):
    by = stories.a_prescriber()
    made = [
        (
            f"clinicp{chr(97 + n // 26)}{chr(97 + n % 26)}",
            sentinels.signed if n % 20 == 0 else sentinels.listed,
        )
        for n in range(PEOPLE)
    ]
    records = {name: make(name, by) for name, make in made}
    foreign, missing, words = 0, [], 0
    for name, consultation in records.items():
        found = written(consultation)
        tags = sentinels.tags_in(found)
        foreign += len(tags - {f"{name}shared", f"{name}person"})
        held = set(sentinels.WORD.finditer(everything(consultation)))
        own = {m.group() for m in held if not m.group(1).endswith("carer")}
        words += len(own)
        missing += [word for word in own if word not in found]
    say(f"G5: {PEOPLE} people, {words} words of theirs, {len(missing)} missing, {foreign} foreign")
    assert not missing
    assert not foreign


def everything(consultation):
    """What the tables hold of one record, read without the copy's own table."""
    told = []
    for part in PARTS:
        rows = part.model._default_manager.filter(**{part.leads: consultation.pk})
        told += [str(row) for row in rows.values()]
    return " ".join(told)


@pytest.mark.catalogue("G5")
def test_control_without_the_fence_the_carers_words_are_in_it(monkeypatch):
    consultation = sentinels.listed("clinicx", stories.a_prescriber())
    assert "clinicxcarer" not in sentinels.tags_in(written(consultation))
    monkeypatch.setattr(copies, "_may_be_given", lambda released: True)
    assert "clinicxcarer" in sentinels.tags_in(written(consultation))


def test_a_carer_who_said_that_the_person_may_see_their_sheet_is_in_it():
    consultation = stories.a_consultation()
    stories.a_sent_sheet(stories.the_person(consultation))
    told = sentinels.answers("clinicopencarer")
    may_see = type(told)(**{**vars(told), "person_may_see": True, "filled_in": FilledIn.ALONE})
    stories.a_sent_sheet(stories.the_carer(consultation), may_see)
    assert told.own_words in written(consultation)


def test_a_carer_who_changed_their_mind_is_not_in_it_nor_what_they_have_not_sent():
    consultation = stories.a_consultation()
    carer = stories.the_carer(consultation)
    yes, no = (
        replace(sentinels.answers(f"clinic{word}carer"), person_may_see=word == "yes")
        for word in ("yes", "no")
    )
    stories.a_draft(carer, yes)
    assert yes.own_words not in written(consultation)
    stories.a_sent_sheet(carer, yes)
    assert yes.own_words in written(consultation)
    stories.a_sent_sheet(carer, no)
    found = written(consultation)
    assert yes.own_words not in found
    assert no.own_words not in found


def test_who_looked_is_told_in_plain_words_with_what_staff_are():
    consultation = stories.listed()
    the_opener(consultation).get(at(consultation, "my_list"))
    found = written(consultation)
    assert "opened your answers" in found
    assert "Dr Ada Example, prescriber" in found
    assert "my_list" not in found


def test_a_carers_words_come_in_when_a_clinician_has_decided_so_and_go_out_again():
    consultation = sentinels.listed("clinicy", stories.a_prescriber())
    kept_back = copies.copy_of(consultation).kept_back
    assert kept_back == {HarmDecision.Words.CARER}
    decide(consultation, "carer", True)
    assert "clinicycarer" in sentinels.tags_in(written(consultation))
    assert not copies.copy_of(consultation).kept_back
    decide(consultation, "carer", False)
    assert "clinicycarer" not in sentinels.tags_in(written(consultation))


def test_what_staff_wrote_for_the_team_is_kept_back_until_it_is_decided():
    consultation = sentinels.postponed("clinicz", stories.a_prescriber())
    reason = consultation.changes.exclude(reason="").get().reason
    assert reason not in written(consultation)
    decide(consultation, "staff", True)
    assert reason in written(consultation)


def test_who_looked_is_in_it_also_from_another_clinic():
    consultation = stories.listed()
    stranger = stories.a_prescriber(stories.a_clinic("Sample Lane Clinic"))
    elsewhere.break_glass(
        reference=consultation.reference,
        birth_year=consultation.birth_year,
        reason="Called at night by the ward.",
        by=stranger,
    )
    found = written(consultation)
    assert "Called at night by the ward." in found
    assert (
        found.count('"kind": "read"')
        == AuditEvent.objects.filter(subject=consultation.public_id, kind="read").count()
    )


# --- the page and the files --------------------------------------------------------------------


def test_the_page_says_what_is_kept_back_and_the_decision_is_kept_and_audited():
    consultation = stories.listed()
    browser = the_opener(consultation)
    page = browser.get(at(consultation, "copy")).content.decode()
    assert "Kept back for now" in page
    sent = {"words": "carer", "answer": "give", "reason": "Jo agreed on the telephone."}
    assert browser.post(at(consultation, "copy"), sent).status_code == 302
    page = browser.get(at(consultation, "copy")).content.decode()
    assert "Nothing is kept back" in page
    assert "Jo agreed on the telephone." in page
    event = AuditEvent.objects.get(action="decide what the copy leaves out")
    assert event.detail == {"words": "carer", "given": True}
    assert "telephone" not in str(event.detail)


def test_a_decision_needs_a_reason():
    consultation = stories.listed()
    answer = the_opener(consultation).post(
        at(consultation, "copy"), {"words": "carer", "answer": "give"}
    )
    assert "Error:" in answer.content.decode()
    assert not HarmDecision.objects.exists()


def test_both_files_hold_the_same_and_say_no_name_and_are_audited_as_exports():
    consultation = stories.signed()
    browser = the_opener(consultation)
    paper = browser.get(at(consultation, "copy_pdf"))
    assert paper.content.startswith(b"%PDF")
    machine = browser.get(at(consultation, "copy_json"))
    assert json.loads(machine.content)[0]["rows"][0]["name"] == "Rowan Sample"
    for answer in (paper, machine):
        assert "Rowan" not in str(answer.headers)
    kinds = AuditEvent.objects.filter(action__startswith="copy_").values_list("kind", flat=True)
    assert set(kinds) == {"export"}


@pytest.mark.parametrize("role", [Role.TEAM_MEMBER, Role.PEER_WORKER])
def test_only_a_prescriber_gives_it(role):
    consultation = stories.listed()
    browser = signed_in(a_colleague(consultation, role))
    for name in ("copy", "copy_pdf", "copy_json"):
        assert browser.get(at(consultation, name)).status_code == 403
    assert b"A copy of everything kept" not in browser.get(at(consultation, "my_list")).content
