"""The staff's own page of who takes part: how they come in, and carers' sheets that are for staff
only.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from consultations.present import days
from consultations.present.my_list import Frame, carers_frame
from consultations.snapshots import CARER, PERSON, Somebody, Visit

INVITED = (PERSON, CARER)


@dataclass(frozen=True)
class Row:
    """One participant who can be invited. `frame`: a carer's sheet, for staff to read here."""

    id: int
    kind: str
    name: str
    relation: str
    sheet_words: str
    sign: str
    invited_words: str
    is_invited: bool
    frame: Frame | None
    frame_note: str


@dataclass(frozen=True)
class Letter:
    """What one person needs to come in. Shown once."""

    name: str
    start: str
    link: str
    code: str
    groups: tuple[str, ...]
    question: str


def rows(visit: Visit, people: tuple[Somebody, ...], labels: Mapping[str, str]) -> tuple[Row, ...]:
    return tuple(_row(visit, one, labels) for one in people if one.kind in INVITED)


def letter(visit: Visit, name: str, start: str, secret: str, code: str) -> Letter:
    """`start`: the address at which a code is typed; the link is the same with the secret behind
    #.
    """
    return Letter(name, start, f"{start}#{secret}", code, tuple(code.split("-")), visit.question)


def _row(visit: Visit, one: Somebody, labels: Mapping[str, str]) -> Row:
    sign, words = _sheet(one)
    is_carers = one.kind == CARER and one.sheet is not None
    return Row(
        id=one.id,
        kind=one.kind,
        name=one.name,
        relation=one.relation or ("the person" if one.kind == PERSON else "carer or supporter"),
        sheet_words=words,
        sign=sign,
        invited_words=_invited(one),
        is_invited=one.invitation is not None,
        frame=carers_frame(visit, one, one.sheet, labels) if is_carers and one.sheet else None,
        frame_note=_frame_note(visit, one),
    )


def _sheet(one: Somebody) -> tuple[str, str]:
    if one.sheet is not None:
        on = days.moment(one.sheet.sent_at)
        if one.sheet.typed_by:
            return "▤", f"typed from paper by {one.sheet.typed_by}, {on}"
        return "✓", f"sent {on}"
    return ("…", "begun, not sent") if one.has_begun else ("–", "not sent")


def _invited(one: Somebody) -> str:
    if one.invitation is None:
        return "no live invitation"
    issued, until = one.invitation.issued_at, one.invitation.expires
    return f"invited {days.day(issued)}, works until {days.moment(until)}"


def _frame_note(visit: Visit, one: Somebody) -> str:
    if one.sheet and one.sheet.answers.person_may_see:
        return f"{one.name} said that {visit.name_to_use} may see this, so it is on My list too."
    return f"For staff only. {one.name} did not say that {visit.name_to_use} may see it."
