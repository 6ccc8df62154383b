"""What may happen to a consultation next: statuses, events and the one table.

Standard library only. A list that is new or changed always leads back to LISTED, so nothing is
decided on an old one. Comparing again pins the release and the rules afresh. SIGNED is final: an
amendment is a new record beside it, a review a new consultation linked to this one. ABANDONED is
final too and needs a reason; POSTPONED needs a reason and a date to offer again (the actions ask).
Tests: tests/consultations/test_lifecycle.py.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where one decision with one person stands."""

    OPEN = "open"
    LISTED = "listed"
    COMPARED = "compared"
    DECIDED = "decided"
    SIGNED = "signed"
    POSTPONED = "postponed"
    ABANDONED = "abandoned"

    @property
    def words(self) -> str:
        return _STATUS_WORDS[self]

    @property
    def is_final(self) -> bool:
        """Whether nothing may happen to it any more."""
        return not allowed(self)


class Event(StrEnum):
    """Something that happens to a consultation."""

    SHARE_LIST = "share_list"
    CHANGE_LIST = "change_list"
    COMPARE = "compare"
    DECIDE = "decide"
    SIGN = "sign"
    POSTPONE = "postpone"
    REOPEN = "reopen"
    ABANDON = "abandon"

    @property
    def words(self) -> str:
        return _EVENT_WORDS[self]


class NotPossible(Exception):
    """This event cannot happen to a consultation that stands where this one stands."""


_STATUS_WORDS = {
    Status.OPEN: "waiting for a list",
    Status.LISTED: "list sent",
    Status.COMPARED: "compared",
    Status.DECIDED: "decided, not signed yet",
    Status.SIGNED: "signed",
    Status.POSTPONED: "put off to another day",
    Status.ABANDONED: "closed without a decision",
}
_EVENT_WORDS = {
    Event.SHARE_LIST: "send a list for",
    Event.CHANGE_LIST: "change the list of",
    Event.COMPARE: "compare medicines in",
    Event.DECIDE: "record a decision in",
    Event.SIGN: "sign",
    Event.POSTPONE: "put off",
    Event.REOPEN: "offer again",
    Event.ABANDON: "close",
}

# A list sent while the choice is put off opens it again: the person has come back by themselves.
TRANSITIONS: dict[tuple[Status, Event], Status] = {
    (Status.OPEN, Event.SHARE_LIST): Status.LISTED,
    (Status.OPEN, Event.POSTPONE): Status.POSTPONED,
    (Status.OPEN, Event.ABANDON): Status.ABANDONED,
    (Status.LISTED, Event.SHARE_LIST): Status.LISTED,
    (Status.LISTED, Event.CHANGE_LIST): Status.LISTED,
    (Status.LISTED, Event.COMPARE): Status.COMPARED,
    (Status.LISTED, Event.POSTPONE): Status.POSTPONED,
    (Status.LISTED, Event.ABANDON): Status.ABANDONED,
    (Status.COMPARED, Event.SHARE_LIST): Status.LISTED,
    (Status.COMPARED, Event.CHANGE_LIST): Status.LISTED,
    (Status.COMPARED, Event.COMPARE): Status.COMPARED,
    (Status.COMPARED, Event.DECIDE): Status.DECIDED,
    (Status.COMPARED, Event.POSTPONE): Status.POSTPONED,
    (Status.COMPARED, Event.ABANDON): Status.ABANDONED,
    (Status.DECIDED, Event.SHARE_LIST): Status.LISTED,
    (Status.DECIDED, Event.CHANGE_LIST): Status.LISTED,
    (Status.DECIDED, Event.COMPARE): Status.COMPARED,
    (Status.DECIDED, Event.DECIDE): Status.DECIDED,
    (Status.DECIDED, Event.SIGN): Status.SIGNED,
    (Status.DECIDED, Event.POSTPONE): Status.POSTPONED,
    (Status.DECIDED, Event.ABANDON): Status.ABANDONED,
    (Status.POSTPONED, Event.SHARE_LIST): Status.LISTED,
    (Status.POSTPONED, Event.REOPEN): Status.OPEN,
    (Status.POSTPONED, Event.ABANDON): Status.ABANDONED,
}

# The step the three screens lead to; a consultation that is final leads nowhere.
COMES_NEXT: dict[Status, Event] = {
    Status.OPEN: Event.SHARE_LIST,
    Status.LISTED: Event.COMPARE,
    Status.COMPARED: Event.DECIDE,
    Status.DECIDED: Event.SIGN,
    Status.POSTPONED: Event.REOPEN,
}


def after(status: Status, event: Event) -> Status:
    """The status `event` leads to. NotPossible when the table has no such step."""
    try:
        return TRANSITIONS[status, event]
    except KeyError:
        raise NotPossible(
            f"You cannot {event.words} a consultation that is {status.words}."
        ) from None


def allowed(status: Status) -> tuple[Event, ...]:
    """The events that may happen now, in the order of the enum."""
    return tuple(event for event in Event if (status, event) in TRANSITIONS)


def comes_next(status: Status) -> Event | None:
    """The one step that leads on from here; None when nothing may happen any more."""
    return COMES_NEXT.get(status)
