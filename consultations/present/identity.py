"""Who this is about, and the way through the three screens: the strip at the top of each."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse

from consultations import references
from consultations.lifecycle import Status
from consultations.present import days
from consultations.snapshots import Visit

SCREENS = (("My list", "my_list"), ("Compare", "compare"), ("Decide", "decide"))


@dataclass(frozen=True)
class Who:
    """Two ways to tell a person from another on every page: the name, and reference with birth
    year.
    """

    name: str
    called: str
    reference: str
    born: int
    when: str
    question: str


@dataclass(frozen=True)
class Tab:
    """One of the three screens."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Strip:
    """What every page of a consultation has at its top."""

    who: Who
    tabs: tuple[Tab, ...]
    clinic_name: str


def strip(visit: Visit, today: date, current: str = "") -> Strip:
    return Strip(who(visit, today), tabs(visit.public_id, current), visit.clinic.name)


def who(visit: Visit, today: date) -> Who:
    called = visit.name_to_use if visit.name_to_use != visit.person_name else ""
    return Who(
        name=visit.person_name,
        called=called,
        reference=references.spaced(visit.reference),
        born=visit.birth_year,
        when=_when(visit, today),
        question=visit.question,
    )


def tabs(public_id: UUID, current: str) -> tuple[Tab, ...]:
    return tuple(
        Tab(label, reverse(f"consultations:{name}", args=[public_id]), name == current)
        for label, name in SCREENS
    )


def _when(visit: Visit, today: date) -> str:
    if visit.appointment is None:
        return ""
    said = days.moment(visit.appointment)
    return f"Today, {said}" if visit.appointment.date() == today else said


@dataclass(frozen=True)
class Standing:
    """Said on every page of a consultation that is put off or ended."""

    heading: str
    words: str
    is_signed: bool


def standing(visit: Visit) -> Standing | None:
    """None while the consultation is going on."""
    if visit.status is Status.POSTPONED and visit.offer_again_on:
        again = f"Offer again on {days.weekday(visit.offer_again_on)}."
        return Standing("Put off to another day.", f"{visit.reason} {again}", False)
    if visit.status is Status.ABANDONED:
        return Standing("Closed without a decision.", visit.reason, False)
    if visit.status is Status.SIGNED:
        return Standing("Signed.", "Nothing on these pages changes any more.", True)
    return None
