"""What happens in the appointment: compare, short list, own words, decision, signature; or another
day.

Each takes the version of the page it came from (`steps.expect`), so nobody writes over what they
have not seen, and each is audited. Tests: tests/consultations/test_meeting.py.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from consultations import freshness, option_texts, pinning, setting_aside
from consultations.actions import steps
from consultations.actions.noting import note
from consultations.lifecycle import Event
from consultations.matching import RULES_VERSION
from consultations.models import (
    Comparison,
    Consultation,
    Decision,
    DecisionDraft,
    Participant,
    Voice,
)
from consultations.queries import clinic as queries
from consultations.ranking import Ranking
from consultations.snapshots import Deciding, Meeting, SentSheet
from medications import queries as medications
from medications.snapshots import Release
from sdmtool.models import User

FEWEST_OPTIONS = 2
Words = Callable[[Meeting, Release], dict[str, Any]]


class NoList(Exception):
    """The person has not sent a list, so there is nothing to compare with."""


class AskFirst(Exception):
    """The list is old, or older than the person's situation: ask whether it is still right."""


class TooFewOptions(Exception):
    """A decision between fewer than two options is no decision."""


class NothingDecided(Exception):
    """It does not yet say how the meeting ended, so it cannot be signed."""


class NewerRelease(Exception):
    """A newer release was published after this was compared; somebody has to say which one
    counts.
    """


@transaction.atomic
def compare(*, consultation: Consultation, version: int, by: User) -> Comparison:
    """Pin the newest list, the current release and today's rules, and work out the order.
    NoList, AskFirst.
    """
    steps.expect(consultation=consultation, version=version)
    sheet = queries.newest_sheet(consultation)
    if sheet is None:
        raise NoList
    if freshness.must_ask(queries.visit(consultation), sheet, timezone.localdate()):
        raise AskFirst
    release = medications.current_release()
    kept = _inputs(consultation, sheet, release)
    comparison = Comparison(
        consultation=consultation,
        number=consultation.comparisons.count() + 1,
        sheet_id=sheet.id,
        release_number=release.number,
        release_hash=release.content_hash,
        rules_version=RULES_VERSION,
        inputs=kept,
        result=pinning.replay(kept),
        compared_at=timezone.now(),
        compared_by=by,
    )
    comparison.save()
    steps.apply(consultation=consultation, event=Event.COMPARE, by=by)
    return comparison


@transaction.atomic
def shorten(*, consultation: Consultation, version: int, options: Iterable[str], by: User) -> None:
    """Which options are on the short list. What else was written on Decide stays as it is."""
    steps.expect(consultation=consultation, version=version)
    _save_draft(consultation, by, options=list(dict.fromkeys(options)))
    note(consultation, by, "shorten", obj=consultation)


@transaction.atomic
def keep_voice(
    *, consultation: Consultation, version: int, kind: str, words: str, by: User
) -> None:
    """Keep what somebody said about the decision, as they said it. It never changes; a newer one is
    added.
    """
    steps.expect(consultation=consultation, version=version)
    _keep(consultation, kind, words, by)


@transaction.atomic
def save_decision(
    *,
    consultation: Consultation,
    version: int,
    deciding: Deciding,
    person_says: str = "",
    professional_says: str = "",
    by: User,
) -> None:
    """Save the Decide page, not signed. TooFewOptions. Words in the two views are kept as they
    are.
    """
    steps.expect(consultation=consultation, version=version)
    if len(set(deciding.options)) < FEWEST_OPTIONS:
        raise TooFewOptions
    _keep(consultation, Participant.Kind.PERSON, person_says, by)
    _keep(consultation, Participant.Kind.PROFESSIONAL, professional_says, by)
    _save_draft(consultation, by, **_columns(deciding))
    if deciding.outcome:
        steps.apply(consultation=consultation, event=Event.DECIDE, by=by)
    else:
        note(consultation, by, "save the decision page", obj=consultation)


@transaction.atomic
def sign(
    *,
    consultation: Consultation,
    version: int,
    deciding: Deciding,
    person_says: str = "",
    professional_says: str = "",
    keeps_release: int | None = None,
    words: Words,
    by: User,
) -> Decision:
    """Save the page and freeze it, once. `words` gives everything that was shown, in the words
    shown.

    `keeps_release` names the release somebody said counts although there is a newer one. Signing
    the same page again answers with the same decision. TooFewOptions, NothingDecided,
    NewerRelease.
    """
    Consultation.objects.select_for_update().get(pk=consultation.pk)
    already = Decision.objects.filter(consultation=consultation).first()
    if already is not None:
        return _same(already, consultation, deciding)
    if not deciding.outcome:
        raise NothingDecided
    save_decision(
        consultation=consultation,
        version=version,
        deciding=deciding,
        person_says=person_says,
        professional_says=professional_says,
        by=by,
    )
    compared = consultation.comparisons.order_by("-number").first()
    if compared and keeps_release != compared.release_number:
        _same_release(compared)
    return _freeze(consultation, compared, deciding, words, by)


@transaction.atomic
def postpone(
    *, consultation: Consultation, version: int, reason: str, offer_again_on: date, by: User
) -> None:
    """Not able to take part today: why, and the day it is offered again."""
    steps.expect(consultation=consultation, version=version)
    steps.apply(
        consultation=consultation,
        event=Event.POSTPONE,
        by=by,
        reason=reason,
        offer_again_on=offer_again_on,
    )


@transaction.atomic
def reopen(*, consultation: Consultation, version: int, by: User) -> None:
    """Offer the choice again. A list that was sent before counts again at once."""
    steps.expect(consultation=consultation, version=version)
    steps.apply(consultation=consultation, event=Event.REOPEN, by=by)
    if queries.newest_sheet(consultation):
        steps.apply(consultation=consultation, event=Event.SHARE_LIST, by=by)


@transaction.atomic
def abandon(*, consultation: Consultation, version: int, reason: str, by: User) -> None:
    """Close without a decision, with the reason. Nothing is deleted."""
    steps.expect(consultation=consultation, version=version)
    steps.apply(consultation=consultation, event=Event.ABANDON, by=by, reason=reason)


def _inputs(consultation: Consultation, sheet: SentSheet, release: Release) -> dict[str, Any]:
    visit = queries.visit(consultation)
    aside = setting_aside.reasons(
        release,
        queries.ruled_out(consultation),
        visit.trials,
        sheet.answers.living.refused(),
        visit.name_to_use,
    )
    ranking = Ranking.of(sheet.answers)
    return pinning.inputs(
        concerns=ranking.for_matching(),
        helpful=ranking.helpful,
        levels=release.levels(),
        set_aside=aside,
        shown={
            "answers": sheet.answers.as_json(),
            "current_medicine": visit.current_medicine,
            "current_dose": visit.current_dose,
            "options": option_texts.current_edition().as_json(),
        },
    )


def _columns(deciding: Deciding) -> dict[str, Any]:
    columns = {name: getattr(deciding, name) for name in Deciding.__dataclass_fields__}
    return {**columns, "options": list(dict.fromkeys(deciding.options))}


def _save_draft(consultation: Consultation, by: User, **columns: Any) -> None:
    stamp = {"saved_at": timezone.now(), "saved_by": by}
    DecisionDraft.objects.update_or_create(consultation=consultation, defaults={**columns, **stamp})


def _keep(consultation: Consultation, kind: str, words: str, by: User) -> None:
    """Add a voice, unless there are no words or they are the ones kept last."""
    speaker = consultation.participants.filter(kind=kind).order_by("pk").first()
    if not words or speaker is None:
        return
    last = speaker.voices.order_by("-pk").values_list("words", flat=True).first()
    if last != words:
        Voice(participant=speaker, words=words, kept_at=timezone.now(), kept_by=by).save()
        note(consultation, by, f"keep the view of the {kind.replace('_', ' ')}", obj=consultation)


def _same(decision: Decision, consultation: Consultation, deciding: Deciding) -> Decision:
    """The decision that stands, for a second click; StalePage for a page that says something
    else.
    """
    if queries.deciding(consultation) != deciding:
        raise steps.StalePage
    return decision


def _same_release(compared: Comparison) -> None:
    if medications.current_release().number != compared.release_number:
        raise NewerRelease


def _freeze(
    consultation: Consultation,
    compared: Comparison | None,
    deciding: Deciding,
    words: Words,
    by: User,
) -> Decision:
    steps.apply(consultation=consultation, event=Event.SIGN, by=by)
    signed_at = timezone.now()
    record = words(queries.meeting(consultation), _pinned(compared))
    record |= {"signed_by": by.full_name, "signed_at": timezone.localtime(signed_at).isoformat()}
    decision = Decision(
        consultation=consultation,
        comparison=compared,
        outcome=deciding.outcome,
        chosen=deciding.chosen,
        review_on=deciding.review_on,
        record=record,
        content_hash=pinning.fingerprint(record),
        signed_at=signed_at,
        signed_by=by,
    )
    decision.save()
    return decision


def _pinned(compared: Comparison | None) -> Release:
    if compared is None:
        return medications.current_release()
    return medications.release(compared.release_number, content_hash=compared.release_hash)
