"""The worklist in words and signs: whose visit is next, and where their sheets are. Never what is
written.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from consultations import references
from consultations.lifecycle import Status
from consultations.present import days
from consultations.snapshots import CARER, PERSON, Waited, Waiting

OLD_AFTER = timedelta(days=28)
SITUATIONS = {
    "detained": "under a section",
    "community_order": "community treatment order",
    "lacks_capacity": "cannot decide just now",
    "crisis": "in a crisis",
}


@dataclass(frozen=True)
class State:
    """A sign and the words that say the same. `is_due` and `is_unread` ask to be looked at."""

    sign: str
    words: str
    note: str = ""
    is_due: bool = False
    is_unread: bool = False


@dataclass(frozen=True)
class Line:
    """One consultation."""

    when: tuple[str, ...]
    name: str
    about: str
    url: str
    sheets: tuple[State, ...]
    own_words: State
    step: State
    next_words: str
    next_url: str


@dataclass(frozen=True)
class Section:
    """Consultations that wait for the same thing. `empty` is said when there is none."""

    heading: str
    anchor: str
    first_column: str
    lines: tuple[Line, ...]
    empty: str
    is_capped: bool


@dataclass(frozen=True)
class Worklist:
    """The page. `unread` counts people whose own words nobody has opened yet."""

    heading: str
    unread: int
    sections: tuple[Section, ...]


HEADINGS = {
    "today": ("Today", "Time", "Nobody is expected today."),
    "coming": ("Coming: next 14 days", "Time", "Nobody is expected in the next 14 days."),
    "undated": ("Without a date", "Opened", ""),
    "earlier": ("Earlier visits, still open", "Was on", ""),
    "offer_again": ("Offer again", "On", ""),
    "signed": ("Signed in the last 14 days", "Signed", ""),
}


def worklist(
    found: Mapping[str, tuple[Waiting, ...]], today: date, most: int, *, may_invite: bool
) -> Worklist:
    """The page for one day. Sections nobody is in are left out unless their absence is worth a
    word.
    """
    sections = tuple(
        _section(name, found[name], today, most, may_invite)
        for name in HEADINGS
        if found[name] or HEADINGS[name][2]
    )
    everybody = {row.public_id: row for rows in found.values() for row in rows}
    unread = sum(_own_words(row).is_unread for row in everybody.values())
    return Worklist(days.weekday(today), unread, sections)


def search(
    found: tuple[Waiting, ...], reference: str, today: date, most: int, *, may_invite: bool
) -> Section:
    """What was found for a reference somebody typed."""
    lines = tuple(_line("found", row, today, may_invite) for row in found)
    typed = references.spaced(references.tidy(reference))
    empty = f"There is no consultation with the reference {typed} in your clinics."
    return Section(f"Reference {typed}", "found", "Visit", lines, empty, len(found) >= most)


def _section(
    name: str, rows: tuple[Waiting, ...], today: date, most: int, may_invite: bool
) -> Section:
    heading, column, empty = HEADINGS[name]
    lines = tuple(_line(name, row, today, may_invite) for row in rows)
    return Section(heading, name, column, lines, empty, len(rows) >= most)


def _line(section: str, row: Waiting, today: date, may_invite: bool) -> Line:
    address = [row.public_id]
    words, name = _next(row, may_invite)
    return Line(
        when=_when(section, row, today),
        name=row.person_name,
        about=_about(row),
        url=reverse("consultations:my_list", args=address),
        sheets=_sheets(row, today),
        own_words=_own_words(row),
        step=_step(row, today),
        next_words=words,
        next_url=reverse(f"consultations:{name}", args=address),
    )


def _when(section: str, row: Waiting, today: date) -> tuple[str, ...]:
    if section == "offer_again" and row.offer_again_on:
        return (_short(row.offer_again_on),)
    if section == "signed" and row.signed_on:
        return (_short(row.signed_on),)
    if row.appointment is None:
        return ("no date",)
    at = days.clock(row.appointment)
    return (at,) if section == "today" else (_short(row.appointment), at)


def _about(row: Waiting) -> str:
    situation = SITUATIONS.get(row.situation, "")
    parts = (references.spaced(row.reference), situation, f"“{row.question}”")
    return " · ".join(filter(None, parts))


def _sheets(row: Waiting, today: date) -> tuple[State, ...]:
    return tuple(
        _sheet(somebody, today)
        for somebody in row.people
        if somebody.kind == PERSON or somebody.sent_at
    )


def _sheet(somebody: Waited, today: date) -> State:
    if somebody.kind == CARER:
        return State("✓", "carer’s own sheet")
    if somebody.sent_at:
        return _sent(somebody.sent_at.date(), somebody.is_paper, today)
    if somebody.has_begun:
        return State("…", "begun, not sent")
    return State("–", "not sent", "" if somebody.is_invited else "not invited yet")


def _sent(on: date, is_paper: bool, today: date) -> State:
    sign, words = ("▤", "typed from paper") if is_paper else ("✓", "sent")
    if today - on > OLD_AFTER:
        return State("?", f"{words} {_short(on)}", "“Still right?” will be asked")
    return State(sign, f"{words} {_short(on)}")


def _own_words(row: Waiting) -> State:
    written = [p.sent_at for p in row.people if p.has_own_words and p.sent_at]
    if not written:
        return State("", "nothing written")
    if row.last_opened is None or row.last_opened < max(written):
        return State("!", "not read yet", is_unread=True)
    return State("✓", "read")


def _step(row: Waiting, today: date) -> State:
    if row.review_on and row.status is Status.SIGNED:
        return _review(row.review_on, today)
    if row.status is Status.POSTPONED and row.offer_again_on:
        due = row.offer_again_on <= today
        said = "offer again today" if due else f"offer again {_short(row.offer_again_on)}"
        return State("◇", said, is_due=due)
    return State("", row.status.words)


def _review(on: date, today: date) -> State:
    late = (today - on).days
    if late > 0:
        return State("◆", f"review {late} {'day' if late == 1 else 'days'} late", is_due=True)
    return (
        State("◆", "review today", is_due=True) if late == 0 else State("◆", f"review {_short(on)}")
    )


def _next(row: Waiting, may_invite: bool) -> tuple[str, str]:
    """The words and the page of the step that leads on."""
    person = next(somebody for somebody in row.people if somebody.kind == PERSON)
    if row.status is Status.OPEN and not may_invite:
        return "Open", "my_list"
    if row.status is Status.OPEN and not person.is_invited:
        return "Invite, or type paper", "invitations"
    return {
        Status.OPEN: ("Invitation", "invitations"),
        Status.LISTED: ("Open", "my_list"),
        Status.COMPARED: ("Compare", "compare"),
        Status.DECIDED: ("Sign", "decide"),
        Status.SIGNED: ("Read", "decide"),
        Status.POSTPONED: ("Offer again", "my_list"),
        Status.ABANDONED: ("Read", "my_list"),
    }[row.status]


def _short(when: date) -> str:
    """Tue 24 Nov"""
    return f"{when:%a} {when.day} {when:%b}"
