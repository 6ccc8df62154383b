"""The service's figures: what may be shown of a count, and what a run of them says.

Standard library only. Nobody may be found in a figure, also not by taking one page from another.
So figures are made in two steps. First, `periods` cuts each clinic's months into stretches that do
not overlap, each as many whole months as it takes to reach `ENOUGH` visits; of a stretch the exact
count is shown only when both sides of it are five or more. Then everything else on the page, a
total, another filter, another span of time, is added up from what was already shown (`added`), so
it tells nothing more.

A stretch depends only on the months up to its own end, and a month counts once nothing in it can
change (`closed`), so a page read today and one read later agree wherever both speak.
Tests: tests/consultations/test_measures.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

FEW = 5
ENOUGH = 2 * FEW
ANSWERS_CHANGE_FOR = timedelta(days=14)

# A median is drawn from ten points on, and six in a row on one side of it are a shift: the run
# chart rules of Perla, Provost and Murray, BMJ Quality & Safety 2011;20:46-51.
POINTS_FOR_A_MEDIAN = 10
SHIFT = 6


@dataclass(frozen=True)
class Count:
    """How many visits there were, and of how many of them something is true. `yes` ≤ `of`."""

    yes: int
    of: int

    def __post_init__(self) -> None:
        if not 0 <= self.yes <= self.of:
            raise ValueError(f"{self.yes} of {self.of}")


@dataclass(frozen=True)
class Shown:
    """A count as it may be shown: from `low` to `high` of `of`; exact when the two agree."""

    low: int
    high: int
    of: int

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    @property
    def rate(self) -> float:
        """The middle of what is said, from 0 to 1."""
        return (self.low + self.high) / 2 / self.of if self.of else 0.0


@dataclass(frozen=True)
class Period:
    """Whole months of one clinic, from the first day of `first` to the last day of `last`."""

    first: date
    last: date
    shown: Shown


@dataclass(frozen=True)
class Run:
    """A run chart: `centre` is the median of the points, None while they are too few; each of
    `shifts` is the index of the first and of the last point of a shift.
    """

    rates: tuple[float, ...]
    centre: float | None
    shifts: tuple[tuple[int, int], ...]


def month_of(day: date) -> date:
    """The first day of its month, which stands for the month."""
    return day.replace(day=1)


def closed(month: date, today: date) -> bool:
    """Whether nothing in `month` can change any more: answers may be changed for 14 days."""
    return today >= month_after(month) + ANSWERS_CHANGE_FOR


def month_after(month: date) -> date:
    """The month after `month`."""
    return (month + timedelta(days=31)).replace(day=1)


def periods(months: Mapping[date, Count], today: date) -> tuple[Period, ...]:
    """The closed months of one clinic and one measure, in stretches large enough to be shown.

    Months still short of `ENOUGH` at the end are left out until others have come to them.
    """
    found: list[Period] = []
    first, yes, of = None, 0, 0
    for month in sorted(month for month in months if closed(month, today)):
        first = first or month
        yes, of = yes + months[month].yes, of + months[month].of
        if of >= ENOUGH:
            found.append(Period(first, month, shown(Count(yes, of))))
            first, yes, of = None, 0, 0
    return tuple(found)


def shown(count: Count) -> Shown:
    """What may be said of `count`, which has at least `ENOUGH` visits."""
    if count.of < ENOUGH:
        raise ValueError(f"{count.of} are too few to show")
    if count.yes < FEW:
        return Shown(0, FEW - 1, count.of)
    if count.of - count.yes < FEW:
        return Shown(count.of - FEW + 1, count.of, count.of)
    return Shown(count.yes, count.yes, count.of)


def added(parts: Iterable[Shown]) -> Shown:
    """The total of what is shown already, and no more exact than that."""
    told = tuple(parts)
    return Shown(
        sum(part.low for part in told),
        sum(part.high for part in told),
        sum(part.of for part in told),
    )


def by_last_month(clinics: Iterable[Sequence[Period]]) -> tuple[Period, ...]:
    """Several clinics together: each stretch is counted in the month in which it ends."""
    ending: dict[date, list[Period]] = {}
    for stretches in clinics:
        for stretch in stretches:
            ending.setdefault(stretch.last, []).append(stretch)
    return tuple(
        Period(min(part.first for part in parts), last, added(part.shown for part in parts))
        for last, parts in sorted(ending.items())
    )


def within(stretches: Iterable[Period], first: date, last: date) -> tuple[Period, ...]:
    """Those that end in one of the months from `first` to `last`."""
    return tuple(stretch for stretch in stretches if first <= stretch.last <= last)


def run_chart(rates: Sequence[float]) -> Run:
    """The median line and the shifts of a run of rates.

    A point on the line neither makes a shift nor breaks one.
    """
    if len(rates) < POINTS_FOR_A_MEDIAN:
        return Run(tuple(rates), None, ())
    centre = median(rates)
    shifts: list[tuple[int, int]] = []
    side: list[int] = []
    for index, rate in enumerate(rates):
        if rate == centre:
            continue
        if side and (rates[side[-1]] > centre) != (rate > centre):
            side = []
        side.append(index)
        if len(side) == SHIFT:
            shifts.append((side[0], index))
        elif len(side) > SHIFT:
            shifts[-1] = (side[0], index)
    return Run(tuple(rates), centre, tuple(shifts))


@dataclass(frozen=True)
class Pairs:
    """How two people rated the same visits: the person lower, the same, the person higher."""

    lower: int
    same: int
    higher: int

    @property
    def of(self) -> int:
        return self.lower + self.same + self.higher


@dataclass(frozen=True)
class Gap:
    """What may be shown of `Pairs`. `lower` and `higher` are None where showing them would give
    somebody away.
    """

    first: date
    last: date
    same: Shown
    lower: int | None
    higher: int | None


def gaps(months: Mapping[date, Pairs], today: date) -> tuple[Gap, ...]:
    """The closed months in stretches of at least `ENOUGH` pairs, cut as in `periods`."""
    found = []
    for stretch in periods({month: Count(p.same, p.of) for month, p in months.items()}, today):
        inside = [p for month, p in months.items() if stretch.first <= month <= stretch.last]
        lower, higher = sum(p.lower for p in inside), sum(p.higher for p in inside)
        tells = stretch.shown.is_exact and lower >= FEW and higher >= FEW
        found.append(
            Gap(
                stretch.first,
                stretch.last,
                stretch.shown,
                lower if tells else None,
                higher if tells else None,
            )
        )
    return tuple(found)
