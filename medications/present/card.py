"""One information card, for a screen or for paper. Standard library only.

*Main side effects* are the lines of the published card where there is one, in its own wording.
Where there is none they are, by rule, every side effect rated +++ and then every one rated ++, in
the order and the words of the paper form: we shorten nothing and choose nothing.
Tests: tests/medications/test_present_card.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from medications.card_fields import ABOUT, SERIOUS, TAKING, CardField
from medications.present.formulations import forms_in_words
from medications.present.numbers import NumberLine, number_line
from medications.ratings import PLUSES, Confidence, Rating
from medications.snapshots import CardText, Profile, RatingRow, Release, SourceRef

MAIN_BY_RULE = (Rating.THREE, Rating.TWO)
SUREST_FIRST = (
    Confidence.PUBLISHED_CARD,
    Confidence.HIGH,
    Confidence.MODERATE,
    Confidence.LOW,
    Confidence.NOT_RATED,
)
NONE_MEANS = {
    "no excess or rated none": "",
    "label figure no higher than placebo": (
        "None: the label's figure is no higher than on a dummy pill"
    ),
}


@dataclass(frozen=True)
class SourceLine:
    """A source with the number the card's rows point at."""

    number: int
    citation: str
    year: str
    address: str


@dataclass(frozen=True)
class Row:
    """One side effect.

    `certainty` is empty only where there is nothing to be certain of; `surest` sorts by it.
    """

    code: str
    label: str
    rating: Rating
    is_serious: bool
    certainty: str
    surest: int
    numbers: tuple[NumberLine, ...]
    sources: tuple[SourceLine, ...]

    @property
    def source_numbers(self) -> str:
        """ "1–3, 7": the numbers of the sources, neighbours joined."""
        runs: list[list[int]] = []
        for number in sorted(source.number for source in self.sources):
            if runs and runs[-1][-1] == number - 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        return ", ".join(f"{run[0]}–{run[-1]}" if run[1:] else f"{run[0]}" for run in runs)


@dataclass(frozen=True)
class Group:
    """Side effects under one heading: a body area, or one rating among the main side effects."""

    heading: str
    rows: tuple[Row, ...]
    rating: Rating | None = None


@dataclass(frozen=True)
class Main:
    """The box a person may stop after: published `lines`, or else `groups` by rule."""

    lines: tuple[Row, ...]
    groups: tuple[Group, ...]
    note: str

    @property
    def codes(self) -> frozenset[str]:
        rows = (*self.lines, *(row for group in self.groups for row in group.rows))
        return frozenset(row.code for row in rows)


@dataclass(frozen=True)
class Passage:
    """A passage in our own words. An empty `text` is shown as nothing written yet."""

    field: str
    heading: str
    text: str
    source: str
    address: str
    dated: str
    reviewer: str


@dataclass(frozen=True)
class CardPage:
    """One card.

    `groups` hold all 36; `others` hold those that are not among the main side effects.
    """

    slug: str
    name: str
    release: Release
    is_rated: bool
    needs_two_trials: bool
    note: str
    main: Main
    key: tuple[Rating, ...]
    serious: tuple[Passage, ...]
    about: tuple[Passage, ...]
    groups: tuple[Group, ...]
    others: tuple[Group, ...]
    comes_as: str
    long_acting: tuple[str, ...]
    taking: tuple[Passage, ...]
    with_numbers: tuple[Row, ...]
    sources: tuple[SourceLine, ...]
    count: str
    certainty: str

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage that says something."""
        return tuple(p for p in (*self.serious, *self.about, *self.taking) if p.text)

    @property
    def is_reviewed(self) -> bool:
        """Whether somebody has put their name to every passage."""
        return all(passage.reviewer for passage in self.passages)


def card(release: Release, profile: Profile) -> CardPage:
    """The card of one medicine of one release."""
    sources = _numbered(profile.rows)
    rows = [(row, _row(row, sources)) for row in profile.rows]
    main = _main(profile, rows)
    groups = _grouped(rows)
    return CardPage(
        slug=profile.slug,
        name=profile.name.capitalize(),
        release=release,
        is_rated=profile.is_rated,
        needs_two_trials=profile.needs_two_trials,
        note=profile.note,
        main=main,
        key=PLUSES,
        serious=_passages(profile.texts, SERIOUS, but_empty=True),
        about=_passages(profile.texts, ABOUT),
        groups=groups,
        others=_without(groups, main.codes),
        comes_as=forms_in_words(profile.forms, has_long_acting=bool(profile.long_acting)),
        long_acting=profile.long_acting,
        taking=_passages(profile.texts, TAKING),
        with_numbers=tuple(shown for _, shown in rows if shown.numbers),
        sources=tuple(sources.values()),
        count=_count(profile.rows, main),
        certainty=_certainties(profile.rows),
    )


def _main(profile: Profile, rows: Sequence[tuple[RatingRow, Row]]) -> Main:
    printed = [(row, shown) for row, shown in rows if row.on_card]
    printed.sort(
        key=lambda pair: -(pair[0].rating.level or 0)
    )  # the paper's order: most pluses first
    lines = tuple(_as_printed(row, shown) for row, shown in printed)
    if lines:
        return Main(lines, (), "As printed on the published card.")
    if not profile.is_rated:
        return Main((), (), "Nothing is rated yet, so every side effect is not known.")
    groups = tuple(
        Group(rating.words, tuple(shown for row, shown in rows if row.rating is rating), rating)
        for rating in MAIN_BY_RULE
    )
    return Main(
        (),
        tuple(group for group in groups if group.rows),
        "There is no published card. These are all its side effects rated +++ or ++.",
    )


def _as_printed(row: RatingRow, shown: Row) -> Row:
    return Row(**{**vars(shown), "label": row.card_wording})


def _row(row: RatingRow, sources: Mapping[str, SourceLine]) -> Row:
    return Row(
        code=row.effect.code,
        label=row.effect.label,
        rating=row.rating,
        is_serious=row.serious,
        certainty=_certainty(row),
        surest=SUREST_FIRST.index(row.confidence),
        numbers=tuple(number_line(number) for number in row.numbers),
        sources=tuple(sources[source.code] for source in _sources_of(row)),
    )


def _certainty(row: RatingRow) -> str:
    if not row.rating.is_known:
        return "Not rated: too little to go on." if row.numbers else ""
    parts = [row.confidence.words.capitalize()]
    if row.borrowed:
        parts.append("from a wider measure")
    if row.sources_disagree:
        parts.append("sources disagree")
    means = NONE_MEANS.get(row.zero_means, row.zero_means)
    return f"{', '.join(parts)}. {means}".rstrip(". ") + "."


def _sources_of(row: RatingRow) -> Iterable[SourceRef]:
    """The sources of the rating, then those of the numbers that are not among them."""
    yield from row.sources
    named = {source.code for source in row.sources}
    for number in row.numbers:
        if number.source.code not in named:
            yield number.source
            named.add(number.source.code)


def _numbered(rows: Iterable[RatingRow]) -> dict[str, SourceLine]:
    found: dict[str, SourceLine] = {}
    for row in rows:
        for source in _sources_of(row):
            if source.code not in found:
                found[source.code] = SourceLine(
                    len(found) + 1, source.citation, source.year, source.address
                )
    return found


def _grouped(rows: Iterable[tuple[RatingRow, Row]]) -> tuple[Group, ...]:
    grouped: dict[str, list[Row]] = {}
    for row, shown in rows:
        grouped.setdefault(row.effect.group, []).append(shown)
    return tuple(Group(heading, tuple(shown)) for heading, shown in grouped.items())


def _without(groups: Iterable[Group], codes: frozenset[str]) -> tuple[Group, ...]:
    left = (
        Group(group.heading, tuple(row for row in group.rows if row.code not in codes))
        for group in groups
    )
    return tuple(group for group in left if group.rows)


def _passages(
    texts: Mapping[str, CardText], fields: Iterable[CardField], *, but_empty: bool = False
) -> tuple[Passage, ...]:
    passages = tuple(_passage(texts.get(field.value), field) for field in fields)
    return tuple(passage for passage in passages if passage.text or not but_empty)


def _passage(text: CardText | None, field: CardField) -> Passage:
    if text is None:
        return Passage(field.value, field.heading, "", "", "", "", "")
    return Passage(
        field=field.value,
        heading=field.heading,
        text=text.text,
        source=text.source,
        address=text.address,
        dated=text.dated,
        reviewer=text.reviewer,
    )


def _count(rows: Sequence[RatingRow], main: Main) -> str:
    unknown = sum(not row.rating.is_known for row in rows)
    others = len(rows) - len(main.codes)
    shown = f"{len(main.codes)} main and {others} here" if main.codes else f"{others} here"
    return f"{shown}: all {len(rows)} on the form. Not known: {unknown}."


def _certainties(rows: Iterable[RatingRow]) -> str:
    known = [row.confidence for row in rows if row.rating.is_known]
    counted = [
        f"{known.count(confidence)} {confidence.words}"
        for confidence in Confidence
        if confidence in known
    ]
    return ", ".join(counted)
