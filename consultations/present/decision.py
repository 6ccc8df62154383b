"""Decide: what was talked about, each view in its own words, how it ended, and the plan."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from consultations.present import days
from consultations.present.options import Option
from consultations.present.outcome import copy_words, outcome_words
from consultations.present.record import record as record
from consultations.present.sentences import listed
from consultations.snapshots import PERSON, PROFESSIONAL, Deciding, Meeting, Said


@dataclass(frozen=True)
class Tick:
    """One option with its box. `id` is that of the box."""

    id: str
    code: str
    title: str
    detail: str
    is_ticked: bool


@dataclass(frozen=True)
class View:
    """One participant's frame: the words that were kept, newest last, and the box for new ones."""

    kind: str
    heading: str
    about: str
    kept: tuple["KeptWords", ...]


@dataclass(frozen=True)
class KeptWords:
    """Words that nobody can change any more."""

    words: str
    when: str


@dataclass(frozen=True)
class Difference:
    """One field that somebody else saved otherwise than it was typed here."""

    label: str
    saved: str


@dataclass(frozen=True)
class DecidePage:
    """The page before it is signed. `ticks` are always there, `more` opens."""

    ticks: tuple[Tick, ...]
    more: tuple[Tick, ...]
    person: View
    professional: View
    worries: str


def decide_page(
    meeting: Meeting, found: tuple[Option, ...], ticked: Collection[str], worries: tuple[str, ...]
) -> DecidePage:
    """`found`: every option; `ticked`: the codes the page has ticked now."""
    shown = [option for option in found if not option.is_medicine or option.code in ticked]
    more = [option for option in found if option not in shown and not option.is_aside]
    shown.sort(key=lambda option: option.code not in ticked)
    return DecidePage(
        ticks=tuple(_tick(option, ticked) for option in shown),
        more=tuple(_tick(option, ticked) for option in more),
        person=_view(meeting, PERSON),
        professional=_view(meeting, PROFESSIONAL),
        worries=listed(worries),
    )


def differences(
    saved: Deciding, typed: Mapping[str, object], titles: Mapping[str, str]
) -> tuple[Difference, ...]:
    """What the record holds now, field by field, where the page says something else."""
    found = (
        Difference(label, _in_words(name, getattr(saved, name), titles))
        for name, label in LABELS.items()
        if not _same(getattr(saved, name), typed.get(name))
    )
    return tuple(found)


LABELS = {
    "options": "What was talked about",
    "outcome": "How the meeting ended",
    "chosen": "Which one",
    "details": "Details",
    "plan": "What happens next",
    "watch_for": "What we will watch for",
    "review_on": "Date of the review",
    "no_review_because": "No review, because",
    "copy_given": "Copy",
}


def _tick(option: Option, ticked: Collection[str]) -> Tick:
    anchor = f"option-{option.code.replace(':', '-')}"
    return Tick(anchor, option.code, option.title, option.detail, option.code in ticked)


def _view(meeting: Meeting, kind: str) -> View:
    name = meeting.visit.name_to_use if kind == PERSON else meeting.professional.name
    about = {
        PERSON: f"{name} types or says it; staff cannot change it",
        PROFESSIONAL: "the professional’s own words",
    }[kind]
    kept = tuple(_kept(said, kind) for said in meeting.said_by(kind))
    return View(kind, f"{name}’s view", about, kept)


def _kept(said: Said, kind: str) -> KeptWords:
    read_back = "Read back and kept" if kind == PERSON else "Kept"
    return KeptWords(said.words, f"{read_back} {days.moment(said.kept_at)}, by {said.kept_by}")


def _same(saved: object, typed: object) -> bool:
    if isinstance(saved, tuple):
        return isinstance(typed, list | tuple) and set(saved) == set(typed)
    return bool((saved or "") == (typed or ""))


def _in_words(name: str, value: object, titles: Mapping[str, str]) -> str:
    if not value:
        return "nothing"
    if name == "options" and isinstance(value, tuple):
        return ", ".join(titles.get(code, code) for code in value)
    if name == "review_on":
        return days.day(value)  # type: ignore[arg-type]
    words = {"outcome": outcome_words, "copy_given": copy_words}.get(name)
    text = str(value)
    return words(text) if words else titles.get(text, text)
