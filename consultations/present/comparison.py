"""The page on which the medicines stand beside one person's list: Compare, and the same on paper.

Frozen page objects with every word chosen. The order, the places and the claims come from
matching.py; what is said never goes further than they do. Standard library only.
Tests: tests/consultations/test_comparison_words.py.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from consultations.answers import OWN
from consultations.matching import Match, Placed, SetAside, Unplaced
from consultations.present.claims import Circle, Claim, claims, notice
from consultations.present.sentences import COMPARED, all_of, as_noun, as_nouns, capital
from consultations.present.why import Worry, same_as, why
from consultations.present.working import Working, working
from consultations.ranking import Concern, Ranking
from consultations.reasons import Reason
from medications.ratings import Confidence, Rating
from medications.snapshots import Effect, Profile, RatingRow, Release

OWN_WORDS_NOTE = "own words, not compared"
NOTHING_TO_COMPARE = (
    "The list is in own words, and no medicine is rated on those. So the medicines have no order "
    "here: talk about them one by one."
)


@dataclass(frozen=True)
class Column:
    """One concern in the head of the table. `code` is empty for own words: not compared. `number`
    counts those that are, from 1.
    """

    place: str
    label: str
    code: str
    is_shared: bool
    begins_place: bool
    note: str
    number: int = 0

    @property
    def is_compared(self) -> bool:
        return bool(self.code)


@dataclass(frozen=True)
class Cell:
    """One rating in its column, with a `label` for narrow screens. None only under own words."""

    label: str
    rating: Rating | None
    is_weak: bool = False
    is_borrowed: bool = False
    sources_disagree: bool = False


@dataclass(frozen=True)
class Row:
    """One medicine in the order. `between` is the notice under it, before the next place."""

    place: str
    joint: bool
    slug: str
    name: str
    is_current: bool
    cells: tuple[Cell, ...]
    welcome: tuple[Cell, ...]
    why: str
    notes: tuple[str, ...]
    claims: tuple[Claim, ...]
    between: str


@dataclass(frozen=True)
class NotEnough:
    """Medicines of which too little is known about this list, with what is missing."""

    slugs: tuple[str, ...]
    names: tuple[str, ...]
    missing: str
    how_much: str


@dataclass(frozen=True)
class Aside:
    """A medicine out of the order, the reason, who gave it, and how to ask for another look."""

    slug: str
    name: str
    words: str
    given_by: str
    how_to_ask: str


@dataclass(frozen=True)
class ComparisonPage:
    """The whole page. `nothing_to_compare` is a sentence when the list is in own words alone."""

    columns: tuple[Column, ...]
    welcome: tuple[Effect, ...]
    rows: tuple[Row, ...]
    not_enough: tuple[NotEnough, ...]
    set_aside: tuple[Aside, ...]
    working: Working | None
    nothing_to_compare: str
    rules_version: str

    @property
    def not_enough_count(self) -> int:
        return sum(len(entry.slugs) for entry in self.not_enough)


def comparison(
    release: Release, match: Match, ranking: Ranking, *, current: str = ""
) -> ComparisonPage:
    """The page for one match. `current` is the slug of the medicine taken now, if there is one."""
    table = _Table(release, match, ranking, current)
    return ComparisonPage(
        columns=table.columns,
        welcome=table.welcome,
        rows=table.rows(),
        not_enough=table.not_enough(),
        set_aside=tuple(table.aside(entry) for entry in match.set_aside),
        working=working(match, table.effects, table.profiles),
        nothing_to_compare="" if match.effects else NOTHING_TO_COMPARE,
        rules_version=match.rules_version,
    )


@dataclass(frozen=True)
class _Table:
    release: Release
    match: Match
    ranking: Ranking
    current: str

    @cached_property
    def effects(self) -> dict[str, Effect]:
        return {effect.code: effect for effect in self.release.effects}

    @cached_property
    def profiles(self) -> dict[str, Profile]:
        return {profile.slug: profile for profile in self.release.profiles}

    @cached_property
    def welcome(self) -> tuple[Effect, ...]:
        return tuple(e for e in self.release.effects if e.code in self.ranking.helpful)

    @cached_property
    def circle(self) -> Circle:
        places, own_first = self.ranking.for_matching(), OWN in self.ranking.places[0]
        first = [self.effects[code] for code in places[0]] if places else []
        usual = "your first worry" if len(first) == 1 else "your first worries"
        return Circle(
            match=self.match,
            profiles=self.profiles,
            welcome=self.welcome,
            help={slug: self._known_help(profile) for slug, profile in self.profiles.items()},
            first=as_nouns(first) if own_first else usual,
            firsts=len(first),
            partly=self.partly,
        )

    def _known_help(self, profile: Profile) -> dict[str, int]:
        wanted = [row for row in profile.rows if row.effect.code in self.ranking.helpful]
        return {row.effect.code: x for row in wanted if (x := row.rating.level) is not None}

    @property
    def partly(self) -> bool:
        """Whether the list holds own words beside what is compared."""
        return OWN in self.ranking.items

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        lines = self.ranking.concerns
        found: list[Column] = []
        for before, line in zip((None, *lines), lines, strict=False):
            begins = before is None or before.place != line.place
            compared = sum(column.is_compared for column in found)
            found.append(self._column(line, begins, compared + 1 if line.effect else 0))
        return tuple(found)

    def _column(self, line: Concern, begins: bool, number: int) -> Column:
        return Column(
            place=line.label,
            label=self.effects[line.effect].label if line.effect else f"“{line.words}”",
            code=line.effect,
            is_shared=line.is_shared,
            begins_place=begins,
            note="" if line.effect else OWN_WORDS_NOTE,
            number=number,
        )

    def rows(self) -> tuple[Row, ...]:
        placed = self.match.placed
        return tuple(
            self._row(entry, placed[:i], ends=placed[i + 1 : i + 2])
            for i, entry in enumerate(placed)
        )

    def _row(self, entry: Placed, above: Sequence[Placed], ends: Sequence[Placed]) -> Row:
        profile = self.profiles[entry.medicine]
        rated = {row.effect.code: row for row in profile.rows}
        ends_place = bool(ends) and ends[0].place != entry.place
        return Row(
            place=f"{entry.place}=" if entry.joint else str(entry.place),
            joint=entry.joint,
            slug=profile.slug,
            name=capital(profile.name),
            is_current=profile.slug == self.current,
            cells=tuple(_cell(f"{c.place} {c.label}", rated.get(c.code), c) for c in self.columns),
            welcome=tuple(_cell(f"Welcome: {as_noun(e)}", rated.get(e.code)) for e in self.welcome),
            why=self._why(entry, above, rated),
            notes=tuple(self._notes(entry, above)),
            claims=claims(entry, self.circle),
            between=self._between(entry.place) if ends_place else "",
        )

    def _why(self, entry: Placed, above: Sequence[Placed], rated: dict[str, RatingRow]) -> str:
        worries = [
            Worry(
                self.effects[line.effect],
                line.place,
                rated[line.effect].rating if line.effect in rated else Rating.NOT_KNOWN,
                rated[line.effect].confidence if line.effect in rated else Confidence.NOT_RATED,
            )
            for line in self.ranking.concerns
            if line.effect
        ]
        for twin in above:
            if twin.levels == entry.levels:
                return same_as(self.profiles[twin.medicine].name, worries, partly=self.partly)
        return why(worries, partly=self.partly)

    def _notes(self, entry: Placed, above: Sequence[Placed]) -> list[str]:
        notes = []
        if entry.could_be_first:
            gaps = as_nouns([self.effects[code] for code in entry.missing])
            notes.append(f"Could be first if we knew about {gaps}.")
        if unknown := [e for e in self.welcome if e.code in entry.helpful_missing]:
            notes.append(f"You would welcome {as_nouns(unknown)}: not known here.")
        level = [a for a in above if a.place < entry.place and a.burden_high == entry.burden_high]
        if level:
            name = self.profiles[level[-1].medicine].name
            notes.append(f"As close to your list as {name}: what you would welcome puts it below.")
        return notes

    def _between(self, place: int) -> str:
        shelf = [entry for entry in self.match.placed if entry.place == place]
        return notice([swap for entry in shelf for swap in entry.swaps_below], self.circle)

    def not_enough(self) -> tuple[NotEnough, ...]:
        """One entry for each, and one together for those of which nothing on the list is known."""
        some = [u for u in self.match.unplaced if len(u.missing) < len(self.match.effects)]
        none = [u for u in self.match.unplaced if u not in some]
        entries = [self._some_missing(entry) for entry in some]
        return (*entries, self._all_missing(none)) if none else tuple(entries)

    def _some_missing(self, entry: Unplaced) -> NotEnough:
        k, gone = len(self.match.effects), len(entry.missing)
        of = f"the {k} worries{COMPARED}" if self.partly else f"your {k} worries"
        said = f"{gone} of {of} {'is' if gone == 1 else 'are'} missing"
        first = self.circle.firsts == 1 and OWN not in self.ranking.places[0]
        if first and self.match.effects[0] in entry.missing:
            said += ", and it is the first" if gone == 1 else ", and the first is one of them"
        missing = as_nouns([self.effects[code] for code in entry.missing])
        return NotEnough((entry.medicine,), self._names([entry]), missing, said)

    def _all_missing(self, entries: Sequence[Unplaced]) -> NotEnough:
        k = len(self.match.effects)
        missing = {0: "", 1: as_nouns([self.effects[c] for c in self.match.effects])}
        rated = any(self.profiles[entry.medicine].is_rated for entry in entries)
        said = "nothing on your list is known" if rated else "nothing is rated in this release"
        return NotEnough(
            tuple(entry.medicine for entry in entries),
            self._names(entries),
            missing.get(k, all_of(k, partly=self.partly)),
            said if k else "",
        )

    def _names(self, entries: Sequence[Unplaced]) -> tuple[str, ...]:
        return tuple(capital(self.profiles[entry.medicine].name) for entry in entries)

    def aside(self, entry: SetAside) -> Aside:
        name, reason = capital(self.profiles[entry.medicine].name), entry.reason
        if isinstance(reason, Reason):
            ask = reason.why.how_to_ask
            return Aside(entry.medicine, name, reason.words, reason.given_by, ask)
        return Aside(entry.medicine, name, str(reason), "", "")


def _cell(label: str, row: RatingRow | None, column: Column | None = None) -> Cell:
    if column and not column.is_compared:
        return Cell(label, None)
    if row is None:
        return Cell(label, Rating.NOT_KNOWN)
    weak = row.confidence is Confidence.LOW
    return Cell(label, row.rating, weak, row.borrowed, row.sources_disagree)
