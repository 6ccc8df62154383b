"""What may happen to a profile next: statuses, events and the one table. Standard library only.

An approved profile never changes again; it goes into the next release. Published is derived (there
is a release that holds it), and so is superseded (a later release holds a later one). Tests:
tests/medications/test_lifecycle.py.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where one revision of a medicine's profile stands."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    DISCARDED = "discarded"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class Event(StrEnum):
    """Something a curator or an approver does with a profile."""

    SUBMIT = "submit"
    SEND_BACK = "send_back"
    APPROVE = "approve"
    DISCARD = "discard"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class NotPossible(Exception):
    """This event cannot happen to a profile that stands where this one stands."""


TRANSITIONS: dict[tuple[Status, Event], Status] = {
    (Status.DRAFT, Event.SUBMIT): Status.IN_REVIEW,
    (Status.DRAFT, Event.DISCARD): Status.DISCARDED,
    (Status.IN_REVIEW, Event.SEND_BACK): Status.DRAFT,
    (Status.IN_REVIEW, Event.APPROVE): Status.APPROVED,
}
OPEN = (Status.DRAFT, Status.IN_REVIEW)


def after(status: Status, event: Event) -> Status:
    """The status `event` leads to. NotPossible when the table has no such step."""
    try:
        return TRANSITIONS[status, event]
    except KeyError:
        raise NotPossible(f"You cannot {event.words} a profile that is {status.words}.") from None


def allowed(status: Status) -> tuple[Event, ...]:
    """The events that may happen now, in the order of the enum."""
    return tuple(event for event in Event if (status, event) in TRANSITIONS)
