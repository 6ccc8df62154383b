"""The letter that brings somebody the code: what it says to the person, and what to a carer.

Standard library only. Tests: tests/consultations/test_invitation_letter.py.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from consultations.present import days
from consultations.snapshots import CARER, Place, Visit


@dataclass(frozen=True)
class Paper:
    """One letter, its words chosen. `groups`: the code as it is printed; `start`: the address."""

    to: str
    written_on: str
    clinic: Place
    reference: str
    appointment: str
    purpose: tuple[str, ...]
    answers: tuple[str, ...]
    start: str
    form: str
    groups: tuple[str, ...]
    until: str
    is_carer: bool
    is_large: bool


def letter(
    visit: Visit,
    *,
    to: str,
    kind: str,
    start: str,
    form: str,
    code: str,
    expires: datetime,
    now: datetime,
    is_large: bool,
) -> Paper:
    """`expires` and `now` in the clinic's time."""
    is_carer = kind == CARER
    answers = _answers_of_a_carer(visit) if is_carer else _answers_of_the_person(visit)
    return Paper(
        to=to if is_carer else visit.name_to_use,
        written_on=days.day(now),
        clinic=visit.clinic,
        reference=visit.reference,
        appointment=_appointment(visit, now.date(), is_carer),
        purpose=_purpose_for_a_carer(visit) if is_carer else _purpose_for_the_person(),
        answers=answers,
        start=start,
        form=form,
        groups=tuple(code.split("-")),
        until=days.weekday(expires - timedelta(minutes=1)),
        is_carer=is_carer,
        is_large=is_large,
    )


def _appointment(visit: Visit, today: date, is_carer: bool) -> str:
    """ "" when there is none ahead."""
    when = visit.appointment
    if when is None or when.date() < today:
        return ""
    whose = f"{visit.name_to_use} has" if is_carer else "You have"
    day = "today" if when.date() == today else f"on {days.weekday(when)}"
    return f"{whose} an appointment with us {day}, at {days.clock(when)}."


def _purpose_for_the_person() -> tuple[str, ...]:
    return (
        "This is about your medicine. You tell us which side effects you most want to avoid. "
        "We look at your list together when we meet.",
        "It takes about 5 minutes. You can stop and go on later. There are no wrong answers.",
        "You do not have to do it. If you would rather not, come as you are and we talk.",
    )


def _purpose_for_a_carer(visit: Visit) -> tuple[str, ...]:
    name = visit.name_to_use
    return (
        f"You know {name} well, so we ask you too: which side effects of a medicine would worry "
        f"you most for {name}?",
        "It takes about 5 minutes. You can stop and go on later. There are no wrong answers. "
        "You do not have to do it.",
    )


def _answers_of_the_person(visit: Visit) -> tuple[str, ...]:
    return (
        f"The people who look after you at {visit.clinic.name} see them, and talk about them with "
        "you. Nobody else does, unless you say so.",
        "Each time somebody looks at them, it is written down.",
        "They are read for the appointment, not before. Nobody watches them for emergencies.",
    )


def _answers_of_a_carer(visit: Visit) -> tuple[str, ...]:
    name = visit.name_to_use
    return (
        f"They are kept apart from what {name} writes. {name} does not see them unless you agree, "
        f"and you do not see what {name} wrote.",
        f"{name}’s own list decides the order in which medicines are looked at, not yours.",
        f"The people who look after {name} at {visit.clinic.name} see them. Each time somebody "
        "looks, it is written down.",
        "They are read for the appointment, not before. Nobody watches them for emergencies.",
    )
