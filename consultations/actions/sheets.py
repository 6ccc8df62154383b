"""Keeping a draft, sending it as a sheet that never changes, and typing back one written on paper.

A draft has a revision: a page drawn from an older one saves nothing and says so. A sheet has a
sending key: sending twice makes one sheet. Tests: tests/consultations/test_sheets.py.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from consultations import lifecycle
from consultations.actions import steps
from consultations.actions.noting import note
from consultations.answers import OWN, Answers, Line
from consultations.lifecycle import Event, Status, allowed
from consultations.models import Consultation, Draft, Invitation, Participant, Sheet, Wish
from consultations.queries.respond import respondent
from consultations.ranking import Ranking
from sdmtool import audit
from sdmtool.models import User


class ChangedElsewhere(Exception):
    """The draft was saved from another page after this one was drawn. Nothing was saved now."""


class SentDifferently(Exception):
    """This key has sent other answers already, or is not this draft's. Nothing was sent now."""


@transaction.atomic
def save_draft(*, participant: Participant, answers: Answers, revision: int, by: audit.By) -> Draft:
    """Keep `answers`. `revision` is that of the draft the page was drawn from, 0 for none."""
    _hold(participant)
    draft = _draft(participant)
    if draft.revision != revision:
        raise ChangedElsewhere
    return _keep(draft, answers, by)


@transaction.atomic
def amend_draft(
    *, participant: Participant, change: Callable[[Answers], Answers], by: audit.By
) -> Draft:
    """Change the part of a draft that `change` touches, whatever another page saved meanwhile."""
    _hold(participant)
    draft = _draft(participant)
    return _keep(draft, change(Answers.from_json(draft.answers)), by)


@transaction.atomic
def send_sheet(
    *,
    participant: Participant,
    answers: Answers,
    sending_key: UUID,
    by: audit.By,
    typed_by: User | None = None,
) -> Sheet:
    """The sheet of `sending_key`, made now unless it is there already; then it never changes.

    A person's sheet takes the consultation one step on; a carer's does not. Sending by invitation
    uses the invitation up. ranking.NotAList, SentDifferently; lifecycle.NotPossible once closed.
    """
    consultation = _hold(participant)
    sent = Sheet.objects.filter(sending_key=sending_key).first()
    if sent is not None:
        return _same(sent, participant, answers)
    Ranking.of(answers)
    lifecycle.after(Status(consultation.status), Event.SHARE_LIST)
    if typed_by is None:
        _use_up(participant, sending_key)
    sheet = _write(participant, answers, sending_key, by, typed_by)
    if participant.kind == Participant.Kind.PERSON:
        steps.apply(consultation=consultation, event=_event(consultation, sheet), by=by)
    return sheet


def type_paper_sheet(
    *, participant: Participant, answers: Answers, sending_key: UUID, by: User
) -> Sheet:
    """A paper sheet as staff typed it; the record says who typed and who helped."""
    return send_sheet(
        participant=participant, answers=answers, sending_key=sending_key, by=by, typed_by=by
    )


def _draft(participant: Participant) -> Draft:
    return Draft.objects.filter(participant=participant).first() or Draft(participant=participant)


def _keep(draft: Draft, answers: Answers, by: audit.By) -> Draft:
    written = _note(draft.participant, by, "save answers")
    draft.answers, draft.revision = answers.as_json(), draft.revision + 1
    draft.saved_at, draft.saved_by = written.at, written.by_label
    draft.save()
    return draft


def _hold(participant: Participant) -> Consultation:
    """One writer at a time for everything of this consultation."""
    return Consultation.objects.select_for_update().get(pk=participant.consultation_id)


def _same(sent: Sheet, participant: Participant, answers: Answers) -> Sheet:
    if sent.participant_id != participant.pk or sent.answers != answers.as_json():
        raise SentDifferently
    return sent


def _use_up(participant: Participant, sending_key: UUID) -> None:
    """The draft's key is spent and the invitation opens nothing more. Its session may stay."""
    drafts = Draft.objects.filter(participant=participant, sending_key=sending_key)
    if not drafts.update(sending_key=uuid4()):
        raise SentDifferently
    live = Invitation.objects.filter(participant=participant, revoked_at__isnull=True)
    live.filter(used_at__isnull=True).update(
        used_at=timezone.now(), used_by=respondent(participant).label
    )


def _write(
    participant: Participant,
    answers: Answers,
    sending_key: UUID,
    by: audit.By,
    typed_by: User | None,
) -> Sheet:
    written = _note(participant, by, "type a paper sheet" if typed_by else "send a sheet")
    sheet = Sheet(
        participant=participant,
        number=Sheet.objects.filter(participant=participant).count() + 1,
        sending_key=sending_key,
        answers=answers.as_json(),
        typed_by=typed_by,
        sent_at=written.at,
        sent_by=written.by_label,
    )
    sheet.save()
    for position, line in enumerate(answers.lines(), 1):
        Wish(sheet=sheet, position=position, **_wish(line, answers)).save()
    return sheet


def _wish(line: Line, answers: Answers) -> dict[str, Any]:
    is_own = line.item == OWN
    return {
        "kind": line.kind,
        "place": line.place,
        "effect": "" if is_own else line.item,
        "own_words": answers.own_words if is_own else "",
    }


def _event(consultation: Consultation, sheet: Sheet) -> Event:
    changed = sheet.number > 1 and Event.CHANGE_LIST in allowed(Status(consultation.status))
    return Event.CHANGE_LIST if changed else Event.SHARE_LIST


def _note(participant: Participant, by: audit.By, action: str) -> Any:
    return note(participant.consultation, by, action, obj=participant)
