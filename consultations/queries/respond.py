"""What a respondent's pages ask: their own draft and sheets, and who they will meet. No one
else's.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from consultations.answers import Answers
from consultations.models import Consultation, Draft, Invitation, Participant, Sheet
from sdmtool.audit import Actor

Visitor = Invitation  # the row behind a sitting, for views, which know no model


@dataclass(frozen=True)
class Receipt:
    """A sheet as its sender may see it again."""

    number: int
    sent_at: datetime
    answers: Answers


@dataclass(frozen=True)
class Progress:
    """How far one participant has come. `revision` is 0 and `sending_key` None before the first
    save.
    """

    answers: Answers
    revision: int
    sending_key: UUID | None
    receipt: Receipt | None

    @property
    def is_sent(self) -> bool:
        """Whether everything answered has been sent as it stands."""
        return self.receipt is not None and self.receipt.answers == self.answers


def respondent(participant: Participant) -> Actor:
    """Who the audit names: a person or a carer by what they are, never by name."""
    return Actor(f"{participant.get_kind_display()}, by invitation")


def progress(participant: Participant) -> Progress:
    """Two queries."""
    draft = Draft.objects.filter(participant=participant).first()
    sheet = Sheet.objects.filter(participant=participant).order_by("-number").first()
    return Progress(
        answers=Answers.from_json(draft.answers) if draft else Answers(),
        revision=draft.revision if draft else 0,
        sending_key=draft.sending_key if draft else None,
        receipt=_receipt(sheet) if sheet else None,
    )


def professionals(consultation: Consultation) -> list[str]:
    """The names of those who will be at the appointment for the clinic. One query."""
    staff = consultation.participants.filter(kind=Participant.Kind.PROFESSIONAL)
    return list(staff.order_by("pk").values_list("name", flat=True))


def _receipt(sheet: Sheet) -> Receipt:
    return Receipt(sheet.number, sheet.sent_at, Answers.from_json(sheet.answers))
