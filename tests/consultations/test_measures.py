"""A figure that tells about nobody, and run charts that say when something has changed."""

from dataclasses import replace
from datetime import date
from itertools import pairwise, product
from statistics import median

import pytest

from consultations import measures
from consultations.measures import Count, Pairs, Period, Shown

CLINICS = 2_000
MONTHS = [date(2025 + number // 12, number % 12 + 1, 1) for number in range(18)]
GROUPS = ("person", "carer", "professional")
LATER = date(2027, 1, 1)


def a_clinic(rng):
    """Of each group and month, the answers that came: up to 40 people, mostly few of them."""
    size, leaning = rng.choice((1, 3, 6, 12, 40)), rng.choice((0.02, 0.3, 0.5, 0.9, 0.99))

    def month():
        of = rng.randint(0, size)
        return Count(sum(rng.random() < leaning for _ in range(of)), of)

    return {group: {when: month() for when in MONTHS} for group in GROUPS}


def pages(groups, cut):
    """Every view somebody may ask for: whose answers, on which day, over which months.

    A view is which people it is about (group and month), and what it says of them.
    """
    days = [measures.month_after(measures.month_after(month)) for month in MONTHS[5::4]]
    for day in days:
        series = {group: cut(months, day) for group, months in groups.items()}
        for first, last in product((MONTHS[0], MONTHS[6]), (MONTHS[11], MONTHS[-1])):
            for chosen in (*((group,) for group in GROUPS), GROUPS):
                inside = {group: measures.within(series[group], first, last) for group in chosen}
                for group, stretches in inside.items():
                    for stretch in stretches:
                        yield people({group: (stretch,)}), stretch.shown
                told = [stretch.shown for stretches in inside.values() for stretch in stretches]
                if told:
                    yield people(inside), measures.added(told)


def people(inside):
    return frozenset(
        (group, month)
        for group, stretches in inside.items()
        for stretch in stretches
        for month in MONTHS
        if stretch.first <= month <= stretch.last
    )


def given_away(groups, views):
    """Groups of one to four people of whom something is known exactly, alone or by a difference."""
    seen = {}
    for about, said in views:
        seen.setdefault(about, set()).add(said)
    told = {about: narrowest(said) for about, said in seen.items()}
    told[frozenset()] = Shown(0, 0, 0)
    found = set()
    for one, other in product(told, told):
        if other < one:
            rest = one - other
            yes = sum(groups[group][month].yes for group, month in rest)
            of = sum(groups[group][month].of for group, month in rest)
            exact = told[one].is_exact and told[other].is_exact
            if 0 < of < measures.FEW or (exact and of and (0 < yes < 5 or 0 < of - yes < 5)):
                found.add(rest)
    return found


def narrowest(said):
    """What somebody knows who has read all of `said` about the same people."""
    return Shown(max(s.low for s in said), min(s.high for s in said), next(iter(said)).of)


@pytest.mark.catalogue("A9")
def test_no_page_and_no_difference_of_pages_tells_about_fewer_than_five(rng, say):
    """Two dates, two spans and two filters, each against each."""
    views = 0
    for _ in range(CLINICS):
        groups = a_clinic(rng)
        asked = list(pages(groups, measures.periods))
        views += len(asked)
        assert not given_away(groups, asked), groups
    say(f"A9: {CLINICS} clinics, {views} views, each taken from each other: 0 disclosures")


@pytest.mark.catalogue("A9")
@pytest.mark.parametrize("naive", ["every month", "hides under five only", "open months too"])
def test_control_simpler_ways_of_hiding_give_people_away(rng, naive):
    def cut(months, day):
        if naive == "open months too":
            return months_as_they_are(months, day)
        if naive == "every month":
            return single(months, day, lambda count: count.of > 0)
        return single(months, day, lambda count: count.yes >= 5)

    caught = 0
    for _ in range(50):
        groups = a_clinic(rng)
        caught += bool(given_away(groups, list(pages(groups, cut))))
    assert caught > 5, f"found in {caught} of 50 clinics only"


def single(months, day, may_be_shown):
    return tuple(
        Period(month, month, Shown(count.yes, count.yes, count.of))
        for month, count in months.items()
        if measures.closed(month, day) and may_be_shown(count)
    )


def months_as_they_are(months, day):
    """From the start to today as one figure, which grows by the day."""
    past = {month: count for month, count in months.items() if month <= day}
    yes, of = sum(c.yes for c in past.values()), sum(c.of for c in past.values())
    if of < 5:
        return ()
    return (Period(min(past), max(past), Shown(yes, yes, of)),)


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (Count(0, 10), Shown(0, 4, 10)),
        (Count(4, 10), Shown(0, 4, 10)),
        (Count(5, 10), Shown(5, 5, 10)),
        (Count(6, 10), Shown(6, 10, 10)),
        (Count(20, 20), Shown(16, 20, 20)),
        (Count(15, 20), Shown(15, 15, 20)),
    ],
)
def test_both_sides_of_a_count_are_five_or_more_or_it_is_not_said_exactly(count, said):
    assert measures.shown(count) == said


def test_fewer_than_ten_are_not_shown_at_all():
    with pytest.raises(ValueError, match="too few"):
        measures.shown(Count(5, 9))


def test_quiet_months_wait_for_others_and_no_month_is_counted_twice():
    quiet = {MONTHS[0]: Count(2, 4), MONTHS[1]: Count(3, 5), MONTHS[2]: Count(1, 1)}
    assert measures.periods(quiet, LATER) == (Period(MONTHS[0], MONTHS[2], Shown(6, 10, 10)),)
    assert measures.periods({MONTHS[0]: Count(2, 4)}, LATER) == ()


@pytest.mark.parametrize(
    ("day", "is_closed"), [(date(2025, 2, 14), False), (date(2025, 2, 15), True)]
)
def test_a_month_is_shown_when_no_answer_in_it_can_change_any_more(day, is_closed):
    assert measures.closed(date(2025, 1, 1), day) is is_closed
    assert bool(measures.periods({date(2025, 1, 1): Count(8, 16)}, day)) is is_closed


def test_what_was_shown_once_is_shown_the_same_later(rng):
    for _ in range(200):
        months = a_clinic(rng)["person"]
        days = [measures.month_after(measures.month_after(month)) for month in MONTHS]
        for earlier, later in pairwise(days):
            before = measures.periods(months, earlier)
            assert measures.periods(months, later)[: len(before)] == before


def test_clinics_together_are_the_sum_of_what_each_shows():
    one = (
        Period(MONTHS[0], MONTHS[1], Shown(5, 5, 12)),
        Period(MONTHS[2], MONTHS[2], Shown(0, 4, 10)),
    )
    two = (Period(MONTHS[1], MONTHS[1], Shown(6, 10, 10)),)
    assert measures.by_last_month([one, two]) == (
        Period(MONTHS[0], MONTHS[1], Shown(11, 15, 22)),
        Period(MONTHS[2], MONTHS[2], Shown(0, 4, 10)),
    )


def test_how_two_people_saw_the_same_visits_is_told_only_in_parts_of_five_or_more():
    told = {MONTHS[0]: Pairs(lower=5, same=7, higher=6)}
    (gap,) = measures.gaps(told, LATER)
    assert (gap.lower, gap.same, gap.higher) == (5, Shown(7, 7, 18), 6)
    (gap,) = measures.gaps({MONTHS[0]: replace(told[MONTHS[0]], higher=4)}, LATER)
    assert (gap.lower, gap.higher) == (None, None)
    assert gap.same == Shown(7, 7, 16)


def slow_shifts(rates, centre):
    """Every longest stretch of points on one side, points on the line skipped, of six or more."""
    off = [(index, rate > centre) for index, rate in enumerate(rates) if rate != centre]
    found, start = [], 0
    for end in range(1, len(off) + 1):
        if end == len(off) or off[end][1] != off[start][1]:
            if end - start >= 6:
                found.append((off[start][0], off[end - 1][0]))
            start = end
    return tuple(found)


def test_a_shift_is_six_in_a_row_on_one_side_of_the_median():
    rates = [0.5, 0.4, 0.5, 0.4, 0.4, 0.5, 0.4, 0.8, 0.8, 0.9, 0.8, 0.8, 0.9]
    run = measures.run_chart(rates)
    assert run.centre == 0.5
    assert run.shifts == ((7, 12),)
    assert measures.run_chart(rates[:9]).centre is None


def test_run_charts_agree_with_a_slow_reading_of_the_same_rule(rng):
    for _ in range(2_000):
        rates = [rng.randint(0, 6) / 6 for _ in range(rng.randint(10, 30))]
        run = measures.run_chart(rates)
        assert run.centre == median(rates)
        assert run.shifts == slow_shifts(rates, run.centre)
