"""What leaves the database for a page: frozen dataclasses. Standard library only.

Queries make them, presenters read them. Times are aware and in the clinic's own zone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from consultations.answers import Answers
from consultations.lifecycle import Status
from consultations.setting_aside import RuledOutBy

PERSON = "person"
CARER = "carer"
PROFESSIONAL = "professional"


@dataclass(frozen=True)
class Place:
    """The clinic a consultation belongs to. `contacts`: whom to ask there, by entitlement."""

    name: str
    phone: str
    opening_hours: str
    contacts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Visit:
    """One decision with one person, as it stands. `trials`: medicines that had a fair trial."""

    public_id: UUID
    clinic: Place
    reference: str
    person_name: str
    name_to_use: str
    birth_year: int
    appointment: datetime | None
    question: str
    situation: str
    not_up_for_choice: str
    current_medicine: str
    current_dose: str
    trials: tuple[str, ...]
    needs: str
    status: Status
    version: int
    offer_again_on: date | None
    situation_since: datetime | None = None
    texts_edition: str = ""
    reason: str = ""  # why it was put off or closed, when it was


@dataclass(frozen=True)
class SentSheet:
    """One participant's answers as they were sent. `typed_by`: the member of staff who typed
    paper. `confirmed_at`: when the person last said that it is still right.
    """

    id: int
    number: int
    answers: Answers
    sent_at: datetime
    sent_by: str
    typed_by: str
    confirmed_at: datetime | None = None


@dataclass(frozen=True)
class Invited:
    """The live invitation of a participant."""

    public_id: UUID
    issued_at: datetime
    expires: datetime


@dataclass(frozen=True)
class Somebody:
    """One participant with their newest sheet, whether they have begun one, and their way in."""

    id: int
    kind: str
    name: str
    relation: str
    sheet: SentSheet | None
    has_begun: bool
    invitation: Invited | None


@dataclass(frozen=True)
class Said:
    """What a participant said about the decision, in their own words."""

    kind: str
    name: str
    words: str
    kept_at: datetime
    kept_by: str


@dataclass(frozen=True)
class Compared:
    """A comparison as it was pinned: see `pinning.py` for `inputs` and `result`."""

    number: int
    sheet_id: int
    sheet_number: int
    release_number: int
    release_hash: str
    rules_version: str
    inputs: dict[str, Any]
    result: dict[str, Any]
    compared_at: datetime
    compared_by: str


@dataclass(frozen=True)
class Deciding:
    """The Decide page as last saved; also what the page sends. `options`: codes ticked as
    discussed.
    """

    options: tuple[str, ...] = ()
    outcome: str = ""
    chosen: str = ""
    details: str = ""
    plan: str = ""
    watch_for: str = ""
    review_on: date | None = None
    no_review_because: str = ""
    copy_given: str = ""


@dataclass(frozen=True)
class Signed:
    """A decision as it was signed. `record` is everything that was on the page, in the words
    shown.
    """

    record: dict[str, Any]
    content_hash: str
    signed_at: datetime
    signed_by: str


@dataclass(frozen=True)
class Meeting:
    """Everything the three screens need to know about one consultation."""

    visit: Visit
    people: tuple[Somebody, ...]
    compared: Compared | None
    ruled_out: tuple[RuledOutBy, ...]
    deciding: Deciding
    voices: tuple[Said, ...]
    signed: Signed | None

    @property
    def person(self) -> Somebody:
        return next(somebody for somebody in self.people if somebody.kind == PERSON)

    @property
    def professional(self) -> Somebody:
        return next(somebody for somebody in self.people if somebody.kind == PROFESSIONAL)

    def said_by(self, kind: str) -> tuple[Said, ...]:
        """The voices of one kind of participant, oldest first."""
        return tuple(said for said in self.voices if said.kind == kind)


@dataclass(frozen=True)
class Waiting:
    """One line of the worklist. `last_opened`: when a member of staff last opened My list."""

    public_id: UUID
    clinic_name: str
    reference: str
    person_name: str
    question: str
    situation: str
    status: Status
    appointment: datetime | None
    offer_again_on: date | None
    signed_on: date | None
    review_on: date | None
    people: tuple["Waited", ...]
    last_opened: datetime | None


@dataclass(frozen=True)
class Waited:
    """One participant's sheet, as far as the worklist may say."""

    kind: str
    sent_at: datetime | None
    is_paper: bool
    has_own_words: bool
    has_begun: bool
    is_invited: bool
