"""What the clinic's three screens ask, in a fixed number of queries. Answers are snapshots, not
rows.
"""

from datetime import datetime

from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone

from consultations.answers import Answers
from consultations.lifecycle import Status
from consultations.models import (
    Comparison,
    Consultation,
    Decision,
    DecisionDraft,
    Invitation,
    Participant,
    RuledOut,
    Sheet,
    Voice,
)
from consultations.setting_aside import RuledOutBy
from consultations.snapshots import (
    PERSON,
    Compared,
    Deciding,
    Invited,
    Meeting,
    Place,
    Said,
    SentSheet,
    Signed,
    Somebody,
    Visit,
)
from sdmtool.access import Field

Record = Consultation  # what a view is handed by the loader; it asks this module about it
ORDER = {kind: place for place, kind in enumerate(Participant.Kind.values)}


def visit(consultation: Consultation) -> Visit:
    """The consultation as the loader fetched it. One query only when it was put off or closed."""
    clinic = consultation.clinic
    return Visit(
        public_id=consultation.public_id,
        clinic=Place(clinic.name, clinic.phone, clinic.opening_hours, clinic.contacts),
        reference=consultation.reference,
        person_name=consultation.person_name,
        name_to_use=consultation.name_to_use,
        birth_year=consultation.birth_year,
        appointment=_local(consultation.appointment),
        question=consultation.question,
        situation=consultation.situation,
        not_up_for_choice=consultation.not_up_for_choice,
        current_medicine=consultation.current_medicine,
        current_dose=consultation.current_dose,
        trials=tuple(filter(None, consultation.trials_recorded.split(","))),
        needs=consultation.needs,
        status=Status(consultation.status),
        version=consultation.version,
        offer_again_on=consultation.offer_again_on,
        situation_since=_local(consultation.situation_since),
        texts_edition=consultation.texts_edition,
        reason=_reason(consultation),
    )


def people(consultation: Consultation) -> tuple[Somebody, ...]:
    """Everybody who takes part, the person first, each with their newest sheet. Three queries.

    A carer is left out for a role that is not shown what carers write.
    """
    rows = (
        Participant.objects.filter(consultation=consultation)
        .select_related("draft")
        .prefetch_related(
            Prefetch("sheets", _sheets(), to_attr="sent"),
            Prefetch("invitations", _live(), to_attr="live"),
        )
    )
    if Field.CARERS_SHEET not in consultation.seen:
        rows = rows.exclude(kind=Participant.Kind.CARER)
    return tuple(map(_somebody, sorted(rows, key=lambda row: (ORDER[row.kind], row.pk))))


def guest(consultation: Consultation, participant_id: int) -> Participant | None:
    """The person or a carer of this consultation, or None. One query."""
    kinds = (Participant.Kind.PERSON, Participant.Kind.CARER)
    return consultation.participants.filter(pk=participant_id, kind__in=kinds).first()


def live_invitation(participant: Participant) -> Invitation | None:
    """The invitation that still opens something, or None. One query."""
    return _live().filter(participant=participant).first()


def newest_sheet(consultation: Consultation) -> SentSheet | None:
    """The list the order is made from: the person's own, never anybody else's. One query."""
    row = _sheets().filter(participant__consultation=consultation, participant__kind=PERSON).first()
    return _sent(row) if row else None


def newest_comparison(consultation: Consultation) -> Compared | None:
    """The comparison that counts now. One query."""
    row = (
        Comparison.objects.filter(consultation=consultation)
        .select_related("sheet", "compared_by")
        .order_by("-number")
        .first()
    )
    return _compared(row) if row else None


def ruled_out(consultation: Consultation) -> tuple[RuledOutBy, ...]:
    """What prescribers set aside and nobody put back, oldest first. One query."""
    rows = (
        RuledOut.objects.filter(consultation=consultation, put_back_at__isnull=True)
        .select_related("set_aside_by")
        .order_by("set_aside_at")
    )
    return tuple(RuledOutBy(row.medicine, row.reason, row.set_aside_by.full_name) for row in rows)


def deciding(consultation: Consultation) -> Deciding:
    """The Decide page as last saved. One query."""
    row = DecisionDraft.objects.filter(consultation=consultation).first()
    if row is None:
        return Deciding()
    if Field.NOTES not in consultation.seen:
        return Deciding(options=tuple(row.options))
    return Deciding(
        options=tuple(row.options),
        outcome=row.outcome,
        chosen=row.chosen,
        details=row.details,
        plan=row.plan,
        watch_for=row.watch_for,
        review_on=row.review_on,
        no_review_because=row.no_review_because,
        copy_given=row.copy_given,
    )


def voices(consultation: Consultation) -> tuple[Said, ...]:
    """What everybody said about the decision, oldest first. One query."""
    rows = (
        Voice.objects.filter(participant__consultation=consultation)
        .select_related("participant", "kept_by")
        .order_by("kept_at", "pk")
    )
    if Field.NOTES not in consultation.seen:
        rows = rows.filter(participant__kind=PERSON)
    return tuple(
        Said(
            kind=row.participant.kind,
            name=row.participant.name,
            words=row.words,
            kept_at=timezone.localtime(row.kept_at),
            kept_by=row.kept_by.full_name,
        )
        for row in rows
    )


def signed(consultation: Consultation) -> Signed | None:
    """The signed decision. One query."""
    if Field.NOTES not in consultation.seen:
        return None
    row = Decision.objects.filter(consultation=consultation).select_related("signed_by").first()
    if row is None:
        return None
    return Signed(
        record=row.record,
        content_hash=row.content_hash,
        signed_at=timezone.localtime(row.signed_at),
        signed_by=row.signed_by.full_name,
    )


def meeting(consultation: Consultation) -> Meeting:
    """Everything at once, for Decide and for the sheet. Eight queries, nine when put off or
    closed.
    """
    return Meeting(
        visit=visit(consultation),
        people=people(consultation),
        compared=newest_comparison(consultation),
        ruled_out=ruled_out(consultation),
        deciding=deciding(consultation),
        voices=voices(consultation),
        signed=signed(consultation),
    )


def _sheets() -> QuerySet[Sheet]:
    asked = Max("confirmations__asked_at")
    return Sheet.objects.select_related("typed_by").annotate(asked=asked).order_by("-number")


def _live() -> QuerySet[Invitation]:
    now = timezone.now()
    return Invitation.objects.filter(revoked_at__isnull=True, used_at__isnull=True, expires__gt=now)


def _reason(consultation: Consultation) -> str:
    if Status(consultation.status) not in (Status.POSTPONED, Status.ABANDONED):
        return ""
    if Field.STAFF_ONLY not in consultation.seen:
        return ""
    last = consultation.changes.order_by("-pk").values_list("reason", flat=True).first()
    return last or ""


def _somebody(row: Participant) -> Somebody:
    sent, live = row.sent, row.live  # type: ignore[attr-defined]
    return Somebody(
        id=row.pk,
        kind=row.kind,
        name=row.name,
        relation=row.relation,
        sheet=_sent(sent[0]) if sent else None,
        has_begun=hasattr(row, "draft") and bool(row.draft.answers),
        invitation=_invited(live[0]) if live else None,
    )


def _sent(row: Sheet) -> SentSheet:
    return SentSheet(
        id=row.pk,
        number=row.number,
        answers=Answers.from_json(row.answers),
        sent_at=timezone.localtime(row.sent_at),
        sent_by=row.sent_by,
        typed_by=row.typed_by.full_name if row.typed_by else "",
        confirmed_at=_local(row.asked),  # type: ignore[attr-defined]
    )


def _invited(row: Invitation) -> Invited:
    return Invited(
        row.public_id, timezone.localtime(row.issued_at), timezone.localtime(row.expires)
    )


def _compared(row: Comparison) -> Compared:
    return Compared(
        number=row.number,
        sheet_id=row.sheet_id,
        sheet_number=row.sheet.number,
        release_number=row.release_number,
        release_hash=row.release_hash,
        rules_version=row.rules_version,
        inputs=row.inputs,
        result=row.result,
        compared_at=timezone.localtime(row.compared_at),
        compared_by=row.compared_by.full_name,
    )


def _local(moment: datetime | None) -> datetime | None:
    return timezone.localtime(moment) if moment else None
