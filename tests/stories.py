"""How a clinic comes to be in a state: by the same actions the pages call, never by setting fields.

Every person here is made up. A later story begins where an earlier one ended.
"""

from collections.abc import Callable
from itertools import count
from typing import Any
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from consultations.actions import invitations, meeting, opening, sheets
from consultations.answers import Answers, FilledIn
from consultations.models import Consultation, Draft, Participant, Sheet
from consultations.present import record
from consultations.queries.respond import respondent
from consultations.snapshots import Deciding
from medications import queries as medications
from sdmtool.access import Role
from sdmtool.models import Clinic, Membership, User

_numbers = count(1)
PASSWORD = "a test clinic's long password"
ROWANS_LIST = Answers(
    places=(
        ("weight_gain",),
        ("daytime_sleepiness",),
        ("low_sex_drive", "restlessness"),
        ("dry_mouth",),
    ),
    helpful=("evening_sleepiness",),
    filled_in=FilledIn.ALONE,
)
JOS_LIST = Answers(places=(("restlessness",), ("daytime_sleepiness",)), filled_in=FilledIn.ALONE)
THE_DECISION = Deciding(
    options=("stay", "medicine:cariprazine", "medicine:aripiprazole"),
    outcome="medicine",
    chosen="medicine:aripiprazole",
    plan="Start low, after the exam.",
    watch_for="Pacing.",
    no_review_because="Rowan moves to another town.",
    copy_given="printed",
)


def the_release() -> medications.Release:
    """The demonstration release, imported from fixtures/ unless it is there already."""
    try:
        return medications.current_release()
    except medications.NoRelease:
        call_command("import_profiles", verbosity=0)
        return medications.current_release()


def a_clinic(name: str = "Placeholder Street Clinic") -> Clinic:
    return Clinic.objects.get_or_create(
        name=name, defaults={"phone": "01632 960123", "opening_hours": "weekdays 9 to 5"}
    )[0]


def a_member(clinic: Clinic, role: Role, name: str = "") -> User:
    number = next(_numbers)
    user = User.objects.create_user(
        f"{role}{number}@clinic.example",
        name or f"{role.label.capitalize()} Test {number}",
        PASSWORD,
    )
    Membership.objects.create(user=user, clinic=clinic, role=role, starts_on=timezone.localdate())
    return user


def a_prescriber(clinic: Clinic | None = None) -> User:
    return a_member(clinic or a_clinic(), Role.PRESCRIBER, "Dr Ada Example")


def a_consultation(by: User | None = None, **changes: object) -> Consultation:
    """Open, for Rowan Sample with the carer Jo Sample, unless `changes` say otherwise."""
    by = by or a_prescriber()
    number = next(_numbers)
    said: dict[str, object] = {
        "clinic": by.memberships.get().clinic,
        "reference": f"CT-{number:04}",
        "person_name": "Rowan Sample",
        "name_to_use": "Rowan",
        "birth_year": 1991,
        "appointment": timezone.now(),
        "question": "Stay on risperidone, or change?",
        "situation": "informal",
        "current_medicine": "risperidone",
        "current_dose": "tablets, 4 mg",
        "carers": [opening.Carer("Jo Sample", "sister")],
    }
    return opening.open_consultation(by=by, **{**said, **changes})  # type: ignore[arg-type]


def the_person(consultation: Consultation) -> Participant:
    return consultation.participants.get(kind=Participant.Kind.PERSON)


def the_carer(consultation: Consultation) -> Participant:
    return consultation.participants.get(kind=Participant.Kind.CARER)


def invited(participant: Participant, by: User | None = None) -> invitations.Issued:
    return invitations.issue(participant=participant, by=by or participant.consultation.opened_by)


def a_draft(participant: Participant, answers: Answers = ROWANS_LIST) -> Draft:
    """Answers kept but not sent; a second call keeps them again."""
    kept = Draft.objects.filter(participant=participant).first()
    return sheets.save_draft(
        participant=participant,
        answers=answers,
        revision=kept.revision if kept else 0,
        by=respondent(participant),
    )


def a_sent_sheet(participant: Participant, answers: Answers = ROWANS_LIST) -> Sheet:
    """Invited, filled in and sent, as a person does it at home."""
    invited(participant)
    draft = a_draft(participant, answers)
    return sheets.send_sheet(
        participant=participant,
        answers=answers,
        sending_key=draft.sending_key,
        by=respondent(participant),
    )


def a_paper_sheet(participant: Participant, by: User, answers: Answers = ROWANS_LIST) -> Sheet:
    return sheets.type_paper_sheet(
        participant=participant, answers=answers, sending_key=uuid4(), by=by
    )


def listed(
    by: User | None = None, answers: Answers = ROWANS_LIST, **changes: object
) -> Consultation:
    """The person's list is in, and the carer's beside it."""
    consultation = a_consultation(by, **changes)
    a_sent_sheet(the_person(consultation), answers)
    a_sent_sheet(the_carer(consultation), JOS_LIST)
    consultation.refresh_from_db()
    return consultation


def act(consultation: Consultation, action: Callable[..., Any], **words: Any) -> Any:
    """One act of whoever opened the consultation, from a page that is not stale."""
    consultation.refresh_from_db()
    by = words.pop("by", consultation.opened_by)
    done = action(consultation=consultation, version=consultation.version, by=by, **words)
    consultation.refresh_from_db()
    return done


def compared(by: User | None = None, **changes: Any) -> Consultation:
    """The list is in and was put against the current release."""
    the_release()
    consultation = listed(by, **changes)
    act(consultation, meeting.compare)
    return consultation


def decided(by: User | None = None, **changes: Any) -> Consultation:
    """Three options were talked about and one was chosen; nobody has signed."""
    consultation = compared(by, **changes)
    said = {"person_says": "I will try it.", "professional_says": "It fits the list."}
    act(consultation, meeting.save_decision, deciding=THE_DECISION, **said)
    return consultation


def signed(by: User | None = None, **changes: Any) -> Consultation:
    """Decided and signed by whoever opened it."""
    consultation = decided(by, **changes)
    act(consultation, meeting.sign, deciding=THE_DECISION, words=record.record)
    return consultation
