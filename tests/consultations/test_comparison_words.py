"""Every sentence of the Compare page, and what must be true of any such page."""

import re
from dataclasses import asdict

import pytest
from hypothesis import given, settings

from consultations.answers import OWN
from consultations.matching import match
from consultations.present import claims as claiming
from consultations.present import comparison as presenting
from consultations.present.comparison import comparison
from consultations.present.sentences import are, as_noun, listed, medicines, number, worries
from consultations.present.why import Worry, why
from consultations.ranking import Ranking
from medications.ratings import Confidence, Rating
from tests.consultations import evidence, matching_cases
from tests.consultations.comparison_pages import by_name, made_up, page_for, said, symbols
from tests.consultations.test_matching_laws import cases


class TestOwnWords:
    RANKING = Ranking((("tremor",), (OWN,), ("nausea",)), own_words="Behind glass")

    def test_they_stand_at_their_place_and_are_not_compared(self):
        page = made_up(self.RANKING, m="1 2")
        column, cell = page.columns[1], page.rows[0].cells[1]
        assert (column.place, column.label) == ("2", "“Behind glass”")
        assert column.note == "own words, not compared"
        assert not column.is_compared
        assert cell.rating is None
        assert symbols([page.rows[0].cells[0], page.rows[0].cells[2]]) == "+ ++"

    def test_counts_speak_of_what_could_be_compared(self):
        page = made_up(self.RANKING, m="1 1", n="1 1")
        assert page.rows[1].why == "The same ratings as m on both that could be compared."

    def test_a_list_that_begins_with_own_words_calls_the_first_compared_worry_by_name(self):
        ranking = Ranking(((OWN,), ("tremor",), ("nausea",)), own_words="Behind glass")
        page = made_up(ranking, m="0 1", n="1 1")
        assert said(page.rows[0])[1] == "▲ Does better than n, however much more tremor matters."
        assert page.rows[1].why.startswith("Tremor is uncommon or mild")

    def test_a_list_of_own_words_alone_places_nothing_and_says_so(self):
        ranking = Ranking(((OWN,),), own_words="Behind glass")
        release = evidence.release()
        found = match((("tremor",),), release.levels())
        empty = type(found)((), found.unplaced, (), (), ())
        page = comparison(release, empty, ranking)
        assert page.nothing_to_compare.startswith("The list is in own words")
        assert page.rows == ()
        assert page.working is None


class TestClaimsNeverGoFurtherThanTheRules:
    def test_one_who_does_better_is_said_in_the_singular(self):
        page = made_up(Ranking((("a",), ("b",))), m="0 1", n="1 1", o="3 3")
        rows = by_name(page)
        assert said(rows["N"])[0] == "▽ M does better, however much more your first worry matters."
        assert said(rows["O"])[0].startswith("▽ M and n do better")

    def test_more_than_five_are_counted_and_all_are_kept(self):
        levels = {f"m{n}": "0" for n in range(7)}
        page = made_up(Ranking((("a",),)), **levels, worse="1")
        (claim,) = by_name(page)["Worse"].claims
        assert claim.words == "Seven medicines do better on your one worry."
        assert claim.medicines == tuple(sorted(levels))

    def test_where_all_worries_are_equal_none_is_called_the_first(self):
        page = made_up(Ranking((("a", "b"),)), m="0 0", n="1 0")
        assert said(page.rows[0])[1] == (
            "▲ Does better than n, whichever of these worries matters most."
        )

    def test_help_that_is_not_known_is_not_called_less_help(self):
        """Two worries alone are clear, but whether n is sleepier at night nobody knows."""
        ranking = Ranking((("a",),), helpful=frozenset({"evening_sleepiness"}))
        rows = by_name(made_up(ranking, m="0 1", n="1 ?"))
        assert said(rows["N"]) == [
            "◇ One medicine does better on your one worry, but too little is known of what you "
            "would welcome to say more."
        ]
        assert rows["N"].notes == (
            "You would welcome being sleepy in the evening or at night: not known here.",
        )

    def test_help_of_the_better_that_is_not_known_is_not_called_less_help_either(self):
        ranking = Ranking((("a",),), helpful=frozenset({"evening_sleepiness"}))
        rows = by_name(made_up(ranking, m="0 ?", n="1 2"))
        assert "too little is known" in said(rows["N"])[0]

    @pytest.mark.parametrize(
        ("code", "but"),
        [
            ("evening_sleepiness", "but it is not as sleepy at night"),
            ("weight_loss", "but it does not have as many pluses for weight loss"),
        ],
    )
    def test_less_help_is_said_for_the_effect_that_was_ticked(self, code, but):
        ranking = Ranking((("a",),), helpful=frozenset({code}))
        rows = by_name(made_up(ranking, m="0 1", n="1 2"))
        assert said(rows["N"]) == [f"◇ One medicine does better on your one worry, {but}."]

    def test_different_lacks_of_help_are_not_put_into_one(self):
        ranking = Ranking((("a",),), helpful=frozenset({"weight_loss", "zeal"}))
        rows = by_name(made_up(ranking, m="0 0 3", n="0 3 0", o="1 1 1"))
        assert said(rows["O"]) == [
            "◇ Two medicines do better on your one worry, but each of them has fewer pluses for "
            "something you would welcome."
        ]

    def test_one_without_a_place_that_does_better_is_named_as_such(self):
        page = made_up(Ranking((("a",), ("b",))), m="? 0", n="3 1")
        assert said(by_name(page)["N"]) == [
            "▽ M (no place) does better, however much more your first worry matters."
        ]

    def test_a_gap_that_could_make_it_first_is_said(self):
        page = made_up(
            Ranking(tuple((c,) for c in "abcde")),
            h="0 ? 0 1 0",
            i="1 0 0 1 0",
            q="2 1 ? 0 0",
        )
        assert by_name(page)["H"].notes == ("Could be first if we knew about b.",)
        assert by_name(page)["Q"].notes == ()

    def test_help_that_decides_between_two_is_said(self):
        ranking = Ranking((("a",),), helpful=frozenset({"weight_loss"}))
        rows = by_name(made_up(ranking, m="1 3", n="1 1"))
        assert rows["M"].notes == ()
        assert rows["N"].notes == (
            "As close to your list as m: what you would welcome puts it below.",
        )

    def test_several_that_would_change_places_are_each_said(self):
        page = made_up(
            Ranking((("a",), ("b",), ("c",))), m="0 2 3", n="0 2 3", o="2 0 0", p="2 0 0"
        )
        assert page.rows[0].between == ""
        assert page.rows[1].between == (
            "The order here depends on how much more your first worry matters. If all three "
            "mattered the same, o would stand above m and n and p would stand above m and n."
        )


class TestWhy:
    @staticmethod
    def worries(line, places="12345"):
        rating = {"?": Rating.NOT_KNOWN, **{str(r.level): r for r in Rating if r.is_known}}
        weak = {True: Confidence.LOW, False: Confidence.HIGH}
        return [
            Worry(evidence.effect(f"effect_{n}"), int(place), rating[x[0]], weak[x.endswith("w")])
            for n, (x, place) in enumerate(zip(line.split(), places, strict=False), 1)
        ]

    @pytest.mark.parametrize(
        ("line", "reason"),
        [
            ("0", "Effect 1 is rated none."),
            ("?", "Effect 1 is not known, so it is counted as if it were common or more severe."),
            ("1 1", "Both of your worries are uncommon or mild."),
            ("0 0 0", "All three of your worries are rated none."),
            ("0 1 0", "Effect 1 and effect 3 are rated none."),
            ("1 2 1", "Effect 1 is uncommon or mild. Effect 2 is commoner or moderately severe."),
            (
                "3 2 3",
                "Effect 1 and effect 3 are common or more severe. Effect 2 is commoner or "
                "moderately severe.",
            ),
            (
                "? ? 1",
                "Effect 1 and effect 2 are not known, so they are counted as if they were common "
                "or more severe.",
            ),
            (
                "2w 2",
                "Both of your worries are commoner or moderately severe. The evidence on "
                "effect 1 is weak.",
            ),
            (
                "1w 1w 1w",
                "All three of your worries are uncommon or mild. The evidence on all "
                "three is weak.",
            ),
            (
                "1w 1w 1w 1",
                "All four of your worries are uncommon or mild. The evidence on three "
                "of the four is weak.",
            ),
        ],
    )
    def test_the_sentence_for(self, line, reason):
        assert why(self.worries(line)) == reason

    def test_the_first_two_of_three_that_share_a_place_are_not_called_the_first_two(self):
        assert why(self.worries("0 0 1", places="111")) == "Effect 1 and effect 2 are rated none."

    def test_nothing_is_called_the_first_two_beside_own_words(self):
        assert why(self.worries("1 1"), partly=True) == "Effect 1 is uncommon or mild."


class TestEnglish:
    def test_lists_have_commas_and_one_and(self):
        told = [listed(names) for names in ([], ["a"], ["a", "b"], ["a", "b", "c"])]
        assert told == ["", "a", "a and b", "a, b and c"]

    def test_numbers_and_nouns_agree(self):
        assert [medicines(1), medicines(6), number(14)] == ["one medicine", "six medicines", "14"]
        assert [worries(1), worries(5)] == ["your one worry", "your five worries"]
        assert worries(4, partly=True) == "the four worries that could be compared"

    def test_every_label_reads_in_a_sentence_and_agrees_with_its_verb(self):
        for effect in evidence.release().effects:
            assert as_noun(effect)[0].islower()
            assert are([effect]) == ("are" if effect.code.startswith(("stiff", "muscle")) else "is")


UNBEATEN = "No medicine does better on your list."
FORBIDDEN = re.compile(r"recommend|\bbest\b|\bsafe|\bpatient|compliance|\bbetter choice", re.I)


def every_text(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in every_text(item)]
    return [str(value)] if isinstance(value, str) else []


def check(page, case):
    """What must be true of any page; a control below breaks it in several ways."""
    slugs = [row.slug for row in page.rows]
    slugs += [slug for entry in page.not_enough for slug in entry.slugs]
    assert sorted(slugs + [entry.slug for entry in page.set_aside]) == sorted(case.profiles)
    for row in page.rows:
        levels = [case.profiles[row.slug].get(code) for code in case.effects]
        assert [cell.rating.level for cell in row.cells] == levels
        if not row.why.startswith("The same rating"):
            assert (None in levels) == ("not known, so" in row.why)
        assert row.joint == row.place.endswith("=")
        assert 1 <= len(row.claims) <= 2
        for text in (row.why, *row.notes, *(claim.words for claim in row.claims), row.between):
            assert not text or (text[0].isupper() and text.endswith(".") and "  " not in text)
        for claim in row.claims:
            if claim.sign != "◇" and len(claim.medicines) <= 5:
                assert all(slug in claim.words.lower() for slug in claim.medicines)
        none_better = row.claims[0].words == UNBEATEN
        assert none_better == (row.claims[0].medicines == ())
        assert none_better == (_beaten_on_worries(page, row) == "none")
    assert not FORBIDDEN.search(" ".join(every_text(asdict(page))))


def _beaten_on_worries(page, row):
    return next(w.beaten_on_worries for w in page.working.rows if w.name == row.name)


def as_page(case):
    codes = {*case.effects, *case.helpful, *(c for p in case.profiles.values() for c in p)}
    release = evidence.made_up([evidence.effect(code) for code in sorted(codes)], case.profiles)
    ranking = Ranking(case.concerns, helpful=case.helpful)
    return page_for(release, ranking, case.set_aside)


@pytest.mark.catalogue("H1", "H2")
@settings(max_examples=150)
@given(case=cases())
def test_any_page_shows_every_medicine_once_every_gap_as_a_gap_and_whole_sentences(case):
    check(as_page(case), case)


@pytest.mark.catalogue("H1", "H4")
@pytest.mark.parametrize(
    ("module", "name", "broken"),
    [
        (presenting, "why", lambda worries, partly: "All is well."),
        (presenting, "_cell", lambda label, row, column=None: presenting.Cell(label, Rating.NONE)),
        (presenting._Table, "not_enough", lambda table: ()),
        (presenting._Table, "aside", lambda table, entry: presenting.Aside("", "", "", "", "")),
        (claiming, "NAMED", -1),
        (claiming, "_others", lambda placed, circle: claiming.Claim("◇", UNBEATEN)),
    ],
    ids=[
        "gaps are not said",
        "a gap is shown as none",
        "what is not known enough vanishes",
        "what is set aside vanishes",
        "nobody is ever named",
        "all are called unbeaten",
    ],
)
def test_the_check_finds_out_a_page_that_says_something_else(
    module, name, broken, monkeypatch, rng
):
    monkeypatch.setattr(module, name, broken)
    with pytest.raises(AssertionError):
        for _ in range(300):
            case = matching_cases.generate(rng)
            check(as_page(case), case)
