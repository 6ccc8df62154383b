"""The Compare page of the mock-up, place by place and word by word, from the real evidence."""

import pytest

from consultations.ranking import Ranking
from consultations.reasons import Reason, WhyAside
from tests.consultations import evidence
from tests.consultations.comparison_pages import by_name, page_for, said, symbols

WORRIES = Ranking(
    (("weight_gain",), ("daytime_sleepiness",), ("low_sex_drive", "restlessness"), ("dry_mouth",)),
    helpful=frozenset({"evening_sleepiness"}),
)
TWO_TRIALS = Reason(WhyAside.NEEDS_HISTORY, "Two fair trials come first.", "release 0")
NOT_AGAIN = Reason(WhyAside.NOT_AGAIN, "Would not take it again.", "Rowan")
ASIDE = {"clozapine": TWO_TRIALS, "olanzapine": NOT_AGAIN}


@pytest.fixture(scope="module")
def page():
    return page_for(evidence.release(), WORRIES, ASIDE, current="risperidone")


class TestTheMockUpFromTheRealEvidence:
    def test_the_twelve_places_are_those_of_the_mock_up(self, page):
        assert [f"{row.place} {row.name}" for row in page.rows] == [
            "1 Cariprazine",
            "2 Amisulpride",
            "3= Aripiprazole",
            "3= Lurasidone",
            "5 Asenapine",
            "6 Haloperidol",
            "7 Paliperidone",
            "8 Risperidone",
            "9 Quetiapine",
            "10 Flupentixol",
            "11 Chlorpromazine",
            "12 Zuclopenthixol",
        ]
        assert [row.name for row in page.rows if row.joint] == ["Aripiprazole", "Lurasidone"]

    def test_the_sums_of_the_working_are_those_of_the_mock_up(self, page):
        sums = [(row.sum_high, row.sum_low, row.known) for row in page.working.rows]
        assert sums == [
            (247, 211, "24/25"),
            (285, 285, "1"),
            (325, 325, "1"),
            (325, 325, "1"),
            (414, 414, "1"),
            (460, 460, "1"),
            (523, 523, "1"),
            (560, 560, "1"),
            (615, 615, "1"),
            (649, 649, "1"),
            (714, 603, "263/300"),
            (726, 726, "1"),
        ]
        assert (page.working.of, page.working.weights) == (300, (137, 77, 37, 37, 12))

    def test_the_cells_are_the_ratings_in_the_order_of_the_list(self, page):
        rows = by_name(page)
        assert symbols(rows["Cariprazine"].cells) == "+ 0 0 ++ ?"
        assert symbols(rows["Cariprazine"].welcome) == "0"
        assert symbols(rows["Chlorpromazine"].cells) == "++ +++ ? ++ ++"
        assert rows["Amisulpride"].cells[2].label == "3= Less sex drive"

    def test_the_order_depends_between_one_and_two_and_between_six_and_seven(self, page):
        assert {row.place: row.between for row in page.rows if row.between} == {
            "1": (
                "The order here depends on how much more your first worry matters. If all five "
                "mattered the same, cariprazine and amisulpride would change places."
            ),
            "6": (
                "The order here depends on how much more your first worry matters. If all five "
                "mattered the same, haloperidol and paliperidone would change places."
            ),
        }

    @pytest.mark.parametrize(
        ("name", "lines"),
        [
            ("Cariprazine", ["◇ No medicine does better on your list."]),
            (
                "Lurasidone",
                [
                    "◇ No medicine does better on your list.",
                    "▲ Does better than haloperidol, paliperidone and risperidone, however much "
                    "more your first worry matters.",
                ],
            ),
            (
                "Asenapine",
                [
                    "◇ Four medicines do better on your five worries, but none of them is as "
                    "sleepy at night.",
                    "▲ Does better than flupentixol and risperidone, however much more your first "
                    "worry matters.",
                ],
            ),
            (
                "Risperidone",
                [
                    "▽ Aripiprazole, asenapine, haloperidol, lurasidone and paliperidone do "
                    "better, however much more your first worry matters."
                ],
            ),
            (
                "Quetiapine",
                [
                    "◇ Six medicines do better on your five worries, but none of them is as sleepy "
                    "at night.",
                    "▲ Does better than zuclopenthixol, however much more your first worry "
                    "matters.",
                ],
            ),
            (
                "Chlorpromazine",
                [
                    "◇ Five medicines do better on your five worries, but none of them is as "
                    "sleepy at night."
                ],
            ),
            (
                "Zuclopenthixol",
                ["▽ Quetiapine does better, however much more your first worry matters."],
            ),
        ],
    )
    def test_the_claims_are_those_of_the_mock_up(self, page, name, lines):
        assert said(by_name(page)[name]) == lines

    @pytest.mark.parametrize(
        ("name", "reason"),
        [
            (
                "Cariprazine",
                "Weight gain is uncommon or mild; difficulty staying awake during the day and less "
                "sex drive are rated none. Restlessness is commoner or moderately severe. Dry "
                "mouth is not known, so it is counted as if it were common or more severe.",
            ),
            ("Lurasidone", "The same ratings as aripiprazole on all five."),
            (
                "Haloperidol",
                "Your first two worries are uncommon or mild. Less sex drive and restlessness are "
                "common or more severe.",
            ),
            (
                "Risperidone",
                "Weight gain, restlessness and dry mouth are commoner or moderately severe. Less "
                "sex drive is common or more severe. The evidence on less sex drive is weak.",
            ),
        ],
    )
    def test_the_reason_is_said_in_the_words_of_the_ratings(self, page, name, reason):
        assert by_name(page)[name].why == reason

    def test_what_is_not_known_well_enough_stands_apart_with_what_is_missing(self, page):
        told = [(entry.names, entry.missing, entry.how_much) for entry in page.not_enough]
        assert told == [
            (
                ("Pimozide",),
                "weight gain and less sex drive",
                "2 of your 5 worries are missing, and the first is one of them",
            ),
            (
                ("Sulpiride",),
                "weight gain, less sex drive and dry mouth",
                "3 of your 5 worries are missing, and the first is one of them",
            ),
            (
                ("Trifluoperazine",),
                "weight gain, difficulty staying awake during the day, less sex drive and dry "
                "mouth",
                "4 of your 5 worries are missing, and the first is one of them",
            ),
            (
                ("Benperidol", "Levomepromazine", "Pericyazine", "Prochlorperazine", "Promazine"),
                "all five",
                "nothing is rated in this release",
            ),
        ]
        assert page.not_enough_count == 8

    def test_what_is_set_aside_says_why_who_and_how_to_ask(self, page):
        clozapine, olanzapine = page.set_aside
        assert (clozapine.name, clozapine.words, clozapine.given_by) == (
            "Clozapine",
            TWO_TRIALS.words,
            "release 0",
        )
        assert "missing from the record" in clozapine.how_to_ask
        assert "only the person" in olanzapine.how_to_ask

    def test_the_medicine_taken_now_is_marked_and_no_other(self, page):
        assert [row.name for row in page.rows if row.is_current] == ["Risperidone"]

    def test_the_head_shows_each_place_and_where_a_shared_one_begins(self, page):
        assert [(c.place, c.begins_place) for c in page.columns] == [
            ("1", True),
            ("2", True),
            ("3=", True),
            ("3=", False),
            ("5", True),
        ]
        assert [e.code for e in page.welcome] == ["evening_sleepiness"]
