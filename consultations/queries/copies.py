"""All that is kept about one person in one record, for the copy they may ask for.

One table says what is in it. A column that is nowhere in it fails a test, so that nothing new is
forgotten. Words of a carer and words for the team only are kept back until a clinician has decided.
Tests: tests/consultations/test_copies.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from consultations import looks, models
from consultations.models import Consultation, HarmDecision
from consultations.queries.looks import acts

Words = HarmDecision.Words
EVERYBODYS = ""
KEY = "names the row in the database and says nothing"
CHECK = "a number made from the rest, to show a change"


@dataclass(frozen=True)
class Part:
    """One table: what leads from it to the consultation, what its columns are called, and why the
    others are left out. `whose` names the column that says whose words they are.
    """

    model: type[Model]
    title: str
    leads: str
    shows: Mapping[str, str]
    leaves: Mapping[str, str] = field(default_factory=dict)
    whose: str = ""
    staff_only: tuple[str, ...] = ()


WHO = "participant__kind"
PARTS = (
    Part(
        Consultation,
        "The consultation",
        "pk",
        {
            "reference": "reference",
            "person_name": "name",
            "name_to_use": "name to use",
            "birth_year": "year of birth",
            "appointment": "appointment",
            "question": "the decision it is about",
            "situation": "situation",
            "situation_since": "situation since",
            "texts_edition": "edition of the texts about the law",
            "not_up_for_choice": "not up for choice",
            "current_medicine": "medicine taken now",
            "current_dose": "its dose",
            "trials_recorded": "medicines that had a fair trial",
            "needs": "communication needs",
            "status": "where it stands",
            "offer_again_on": "to be offered again on",
            "opened_at": "opened at",
            "opened_by__full_name": "opened by",
            "clinic__name": "clinic",
            "previous__reference": "the consultation before",
        },
        {"public_id": KEY, "version": "counts the writes to the row"},
    ),
    Part(
        models.Participant,
        "Who takes part",
        "consultation",
        {"kind": "as", "name": "name", "relation": "relation", "user__full_name": "account"},
        whose="kind",
    ),
    Part(
        models.Draft,
        "Answers not sent yet",
        "participant__consultation",
        {"answers": "answers", "saved_at": "saved at", "saved_by": "saved by"},
        {"revision": "counts the savings", "sending_key": KEY, "participant": KEY},
        whose=WHO,
    ),
    Part(
        models.Sheet,
        "Answers as they were sent",
        "participant__consultation",
        {
            "number": "sheet",
            "answers": "answers",
            "sent_at": "sent at",
            "sent_by": "sent by",
            "typed_by__full_name": "typed from paper by",
        },
        {"sending_key": KEY, "participant": KEY},
        whose=WHO,
    ),
    Part(
        models.Wish,
        "The same answers, one by one",
        "sheet__participant__consultation",
        {"kind": "to avoid or welcome", "effect": "side effect", "own_words": "in own words",
         "place": "place"},
        {"sheet": KEY, "position": "the line it stands in"},
        whose="sheet__participant__kind",
    ),
    Part(
        models.StillRight,
        "When somebody asked whether a list is still right",
        "sheet__participant__consultation",
        {"asked_at": "asked at", "asked_by__full_name": "asked by"},
        {"sheet": KEY},
        whose="sheet__participant__kind",
    ),
    Part(
        models.Invitation,
        "Invitations",
        "participant__consultation",
        {
            "issued_at": "made at",
            "issued_by__full_name": "made by",
            "expires": "good until",
            "revoked_at": "taken back at",
            "revoked_by__full_name": "taken back by",
            "used_at": "used at",
            "used_by": "used by",
        },
        {"public_id": KEY, "participant": KEY, "selector": "part of a code that is kept secret",
         "code_hash": CHECK, "link_hash": CHECK},
        whose=WHO,
    ),
    Part(
        models.StatusChange,
        "What happened when",
        "consultation",
        {"event": "what", "from_status": "from", "to_status": "to", "reason": "reason",
         "changed_at": "at", "changed_by": "by"},
        staff_only=("reason",),
    ),
    Part(
        models.RuledOut,
        "Medicines set aside",
        "consultation",
        {
            "medicine": "medicine",
            "reason": "reason",
            "set_aside_at": "at",
            "set_aside_by__full_name": "by",
            "put_back_at": "put back at",
            "put_back_by__full_name": "put back by",
        },
    ),
    Part(
        models.Comparison,
        "Comparisons",
        "consultation",
        {
            "number": "comparison",
            "sheet__number": "of sheet",
            "release_number": "with release",
            "rules_version": "rules",
            "inputs": "what went in",
            "result": "what came out",
            "compared_at": "at",
            "compared_by__full_name": "by",
        },
        {"release_hash": CHECK},
    ),
    Part(
        models.Voice,
        "What was said about the decision",
        "participant__consultation",
        {"participant__kind": "said by", "words": "words", "kept_at": "kept at",
         "kept_by__full_name": "kept by"},
        whose=WHO,
    ),
    Part(
        models.DecisionDraft,
        "The decision in the making",
        "consultation",
        {
            "options": "talked about",
            "outcome": "outcome",
            "chosen": "chosen",
            "details": "details",
            "plan": "plan",
            "watch_for": "what to watch for",
            "review_on": "review on",
            "no_review_because": "no review because",
            "copy_given": "copy given",
            "saved_at": "saved at",
            "saved_by__full_name": "saved by",
        },
    ),
    Part(
        models.Decision,
        "The signed decision",
        "consultation",
        {
            "outcome": "outcome",
            "chosen": "chosen",
            "review_on": "review on",
            "record": "everything on the page",
            "signed_at": "signed at",
            "signed_by__full_name": "signed by",
        },
        {"comparison": KEY, "content_hash": CHECK},
    ),
    Part(
        models.BrokenGlass,
        "Opened from another clinic",
        "consultation",
        {"reason": "reason", "day": "until the end of", "opened_at": "at",
         "opened_by__full_name": "by"},
    ),
    Part(
        models.HarmDecision,
        "What a clinician decided about this copy",
        "consultation",
        {"words": "about", "is_released": "given", "decided_at": "at",
         "decided_by__full_name": "by"},
        {"reason": "may tell what was kept back; the clinic answers for it when asked"},
    ),
    Part(
        models.LegalHold,
        "Holds on this record",
        "consultation",
        {"held_at": "held at", "held_by__full_name": "by", "lifted_at": "lifted at",
         "lifted_by__full_name": "lifted by", "reason": "reason"},
        staff_only=("reason",),
    ),
    Part(
        models.ErasureRequest,
        "That it was asked to be erased",
        "consultation",
        {"asked_at": "asked at", "asked_by__full_name": "by", "reason": "reason"},
    ),
)  # fmt: skip
EXCUSED = {"Attempt": "wrong codes from an address; names nobody, and goes after a day"}


@dataclass(frozen=True)
class Section:
    """One table of the copy: its rows as labels and values."""

    title: str
    rows: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Copy:
    """The copy as it may be given now. `kept_back`: kinds of words that are held and left out."""

    sections: tuple[Section, ...]
    kept_back: frozenset[str]


def copy_of(consultation: Consultation) -> Copy:
    """One query for each table, and one for what was decided."""
    released = released_words(consultation)
    kept_back: set[str] = set()
    shown = _shown_sheets(consultation)
    sections = [_section(part, consultation, released, kept_back, shown) for part in PARTS]
    sections.append(_audited(consultation))
    return Copy(tuple(one for one in sections if one.rows), frozenset(kept_back))


def released_words(consultation: Consultation) -> frozenset[str]:
    """The kinds of words whose newest decision is to give them."""
    newest = {row.words: row.is_released for row in HarmDecision.objects.filter(
        consultation=consultation).order_by("pk")}  # fmt: skip
    return frozenset(words for words, is_released in newest.items() if is_released)


def decisions(consultation: Consultation) -> list[HarmDecision]:
    """What was decided, newest first."""
    rows = HarmDecision.objects.filter(consultation=consultation).select_related("decided_by")
    return list(rows.order_by("-pk"))


def _section(
    part: Part,
    consultation: Consultation,
    released: frozenset[str],
    kept_back: set[str],
    shown: frozenset[int],
) -> Section:
    names = ["pk", *part.shows, *({part.whose} - {"", *part.shows})]
    found = part.model._default_manager.filter(Q(**{part.leads: consultation.pk})).order_by("pk")
    rows = []
    for values in found.values(*names):
        is_carers = part.whose and values[part.whose] == "carer"
        is_shown = part.model is models.Sheet and values["pk"] in shown
        if is_carers and not is_shown and not _may_be_given(released):
            kept_back.add(Words.CARER)
            continue
        rows.append({label: _told(part, name, values, released, kept_back)
                     for name, label in part.shows.items()})  # fmt: skip
    return Section(part.title, tuple(rows))


def _may_be_given(released: frozenset[str]) -> bool:
    return Words.CARER in released


def _shown_sheets(consultation: Consultation) -> frozenset[int]:
    """Carers' newest sheets, where they say that the person may see them: a carer may change it."""
    carers = models.Sheet.objects.filter(
        participant__consultation=consultation, participant__kind="carer"
    )
    newest = {sheet.participant_id: sheet for sheet in carers.order_by("number")}
    return frozenset(one.pk for one in newest.values() if one.answers.get("person_may_see"))


def _told(
    part: Part,
    name: str,
    values: dict[str, Any],
    released: frozenset[str],
    kept_back: set[str],
) -> Any:
    value = values[name]
    if name in part.staff_only and value and Words.STAFF not in released:
        kept_back.add(Words.STAFF)
        return "kept back"
    return value


def _audited(consultation: Consultation) -> Section:
    """Who looked at the record and who wrote to it, in the words of the person's own page."""
    return Section(
        "Who looked at it, and who wrote to it",
        tuple(
            {"at": act.at, "by": act.who, "kind": act.kind, "what": looks.in_words(act)}
            for act in acts(consultation)
        ),
    )
