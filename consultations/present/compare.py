"""Compare as a page: the order, the other real options beside it in the same table, and what
changed since it was pinned. The order and its words are `comparison.py`'s.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from consultations import pinning
from consultations.answers import Answers
from consultations.option_texts import Edition, OptionText
from consultations.present import days
from consultations.present.comparison import Cell, Column, ComparisonPage, Row, comparison
from consultations.present.options import code_of
from consultations.present.sentences import capital, number
from consultations.ranking import Ranking
from consultations.reasons import Reason, WhyAside
from consultations.snapshots import Compared, SentSheet
from medications.snapshots import Release


@dataclass(frozen=True)
class Medicine:
    """One medicine of the order with its box and the address of its card."""

    row: Row
    code: str
    card_url: str
    is_ticked: bool


@dataclass(frozen=True)
class Unranked:
    """A medicine of which too little is known; it can be talked about all the same."""

    slug: str
    name: str
    code: str
    card_url: str
    is_ticked: bool


@dataclass(frozen=True)
class Gap:
    """Medicines without a place for the same reason."""

    medicines: tuple[Unranked, ...]
    missing: str
    how_much: str


@dataclass(frozen=True)
class Other:
    """An option without ratings. `cells` are those of the medicine taken now, for staying as
    now.
    """

    code: str
    title: str
    detail: str
    on_list: str
    otherwise: str
    welcome: str
    cells: tuple[Cell, ...]
    welcome_cells: tuple[Cell, ...]
    is_ticked: bool


@dataclass(frozen=True)
class Aside:
    """A medicine out of the order. `is_ruled_out`: a prescriber can put it back."""

    slug: str
    name: str
    words: str
    given_by: str
    how_to_ask: str
    is_ruled_out: bool
    needs_history: bool


@dataclass(frozen=True)
class Spans:
    """How many columns a cell of the table covers."""

    all: int
    why: int
    concerns: int


@dataclass(frozen=True)
class ComparePage:
    """The page. `changed`: sentences about what is newer than what is shown; then it can be
    pinned again.
    """

    order: ComparisonPage
    medicines: tuple[Medicine, ...]
    others: tuple[Other, ...]
    gaps: tuple[Gap, ...]
    asides: tuple[Aside, ...]
    own_words: str
    spans: Spans
    changed: tuple[str, ...]
    pinned: str
    options_source: str
    sources: tuple[OptionText, ...]


def compare_page(
    public_id: UUID,
    compared: Compared,
    release: Release,
    ticked: Collection[str],
    changed: tuple[str, ...],
) -> ComparePage:
    """The pinned comparison with its pinned release; nothing on it is worked out anew."""
    shown = compared.inputs["shown"]
    ranking = Ranking.of(Answers.from_json(shown["answers"]))
    taking = slug_of_name(release, shown["current_medicine"])
    order = pinned_order(compared, release)
    edition = Edition.from_json(shown["options"])
    return ComparePage(
        order=order,
        medicines=tuple(_medicine(public_id, row, ticked) for row in order.rows),
        others=others(edition, order, release, taking, _taking_words(shown), ticked),
        gaps=_gaps(public_id, order, ticked),
        asides=_asides(compared, order),
        own_words=ranking.own_words if any(c.words for c in ranking.concerns) else "",
        spans=_spans(order),
        changed=changed,
        pinned=pinned_words(compared),
        options_source=_options_source(edition),
        sources=edition.options,
    )


def pinned_order(compared: Compared, release: Release) -> ComparisonPage:
    """The order and its words, from what was kept."""
    shown = compared.inputs["shown"]
    return comparison(
        release,
        pinning.from_json(compared.result),
        Ranking.of(Answers.from_json(shown["answers"])),
        current=slug_of_name(release, shown["current_medicine"]),
    )


def what_changed(
    compared: Compared,
    *,
    newest: SentSheet | None,
    current: Release,
    aside: dict[str, Reason],
    rules: str,
    name: str,
) -> tuple[str, ...]:
    """One sentence for each thing that is newer than what is shown. Nothing is worked out by
    itself.
    """
    kept = {slug: reason["words"] for slug, reason in compared.inputs["set_aside"].items()}
    found = {
        f"{name} has sent a changed list. This page still shows the one before.": newest is not None
        and newest.id != compared.sheet_id,
        f"Release {current.number} was published on {days.day(current.published_on)}. "
        f"This page still shows release {compared.release_number}.": current.number
        != compared.release_number,
        "What is set aside has changed. This page still shows it as it was.": kept
        != {slug: reason.words for slug, reason in aside.items()}
        and current.number == compared.release_number,
        "The rules of the order have changed. This page still shows the earlier ones.": rules
        != compared.rules_version,
    }
    return tuple(sentence for sentence, has_changed in found.items() if has_changed)


def others(
    edition: Edition,
    order: ComparisonPage,
    release: Release,
    taking: str,
    taking_words: str,
    ticked: Collection[str],
) -> tuple[Other, ...]:
    """The six options, in the same detail as a medicine. `taking`: slug of the medicine taken
    now.
    """
    return tuple(
        Other(
            code=text.code,
            title=text.title,
            detail=taking_words if text.shows_current_ratings and taking_words else text.detail,
            on_list=text.on_list,
            otherwise=text.otherwise,
            welcome=text.welcome,
            cells=_now(order.columns, release, taking) if text.shows_current_ratings else (),
            welcome_cells=_welcome_now(order, release, taking)
            if text.shows_current_ratings
            else (),
            is_ticked=text.code in ticked,
        )
        for text in edition.options
    )


def slug_of_name(release: Release, typed: str) -> str:
    """The medicine of the release that somebody typed by name; "" when it is none of them."""
    wanted = typed.strip().lower()
    return next((p.slug for p in release.profiles if wanted in (p.slug, p.name.lower())), "")


def name_of(release: Release, slug: str) -> str:
    """A medicine's name with a capital."""
    return capital(release.profile(slug).name)


def heading_counts(page: ComparePage) -> tuple[tuple[str, str], ...]:
    """Where to go on the page, with how many stand there."""
    known, aside = page.order.not_enough_count, len(page.asides)
    found = [
        ("order", f"{len(page.medicines)} medicines in order"),
        ("options", f"{len(page.others)} other real options"),
        ("gaps", f"{known} not known well enough"),
        ("aside", f"{aside} set aside"),
    ]
    return tuple(found)


def worries(page: ComparePage) -> str:
    """ "Five worries", "one worry": how many are compared."""
    count = sum(column.is_compared for column in page.order.columns)
    return f"{number(count)} worr{'y' if count == 1 else 'ies'}"


def _medicine(public_id: UUID, row: Row, ticked: Collection[str]) -> Medicine:
    code = code_of(row.slug)
    return Medicine(row, code, card_url(public_id, row.slug), code in ticked)


def card_url(public_id: UUID, slug: str) -> str:
    return reverse("consultations:card", args=[public_id, slug])


def _gaps(public_id: UUID, order: ComparisonPage, ticked: Collection[str]) -> tuple[Gap, ...]:
    return tuple(
        Gap(
            medicines=tuple(
                Unranked(
                    slug, name, code_of(slug), card_url(public_id, slug), code_of(slug) in ticked
                )
                for slug, name in zip(entry.slugs, entry.names, strict=True)
            ),
            missing=entry.missing,
            how_much=entry.how_much,
        )
        for entry in order.not_enough
    )


def _asides(compared: Compared, order: ComparisonPage) -> tuple[Aside, ...]:
    why = {slug: WhyAside(kept["why"]) for slug, kept in compared.inputs["set_aside"].items()}
    return tuple(
        Aside(
            slug=entry.slug,
            name=entry.name,
            words=entry.words,
            given_by=entry.given_by,
            how_to_ask=entry.how_to_ask,
            is_ruled_out=why.get(entry.slug) is WhyAside.RULED_OUT,
            needs_history=why.get(entry.slug) is WhyAside.NEEDS_HISTORY,
        )
        for entry in order.set_aside
    )


def _spans(order: ComparisonPage) -> Spans:
    concerns = len(order.columns)
    beside = 1 + len(order.welcome) if order.welcome else 0
    return Spans(all=concerns + beside + 3, why=concerns + beside + 1, concerns=concerns)


def _now(columns: tuple[Column, ...], release: Release, taking: str) -> tuple[Cell, ...]:
    if not taking:
        return ()
    profile = release.profile(taking)
    return tuple(
        Cell(f"{c.place} {c.label}", profile.rating(c.code) if c.is_compared else None)
        for c in columns
    )


def _welcome_now(order: ComparisonPage, release: Release, taking: str) -> tuple[Cell, ...]:
    if not taking:
        return ()
    profile = release.profile(taking)
    return tuple(Cell(f"Welcome: {e.label}", profile.rating(e.code)) for e in order.welcome)


def _taking_words(shown: dict[str, Any]) -> str:
    return " ".join(filter(None, (shown["current_medicine"], shown["current_dose"])))


def pinned_words(compared: Compared) -> str:
    """What was pinned, when and by whom, in one line."""
    return (
        f"Compared {days.moment(compared.compared_at)} by {compared.compared_by}: "
        f"list {compared.sheet_number}, release {compared.release_number}, "
        f"rules {compared.rules_version}."
    )


def _options_source(edition: Edition) -> str:
    demo = "Demonstration text" if edition.is_demonstration else "Text"
    checked = (
        f"reviewed by {edition.reviewer}" if edition.reviewer else "nobody has reviewed it yet"
    )
    return f"{demo} of {days.day(edition.dated)}; {checked}."
