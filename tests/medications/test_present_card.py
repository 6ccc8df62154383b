"""What a card says: the published lines, the rule for the rest, and every gap in words."""

from dataclasses import replace

import pytest

from medications import present
from medications.card_fields import TAKING
from medications.present.card import CardPage
from medications.present.formulations import forms_in_words
from medications.ratings import Rating
from medications.snapshots import Profile, Release


def the_card(release: Release, slug: str) -> CardPage:
    return present.card(release, release.profile(slug))


def shown_as(release: Release, profile: Profile) -> CardPage:
    return present.card(release, profile)


def test_aripiprazole_shows_the_papers_three_lines_in_the_papers_order(release: Release) -> None:
    main = the_card(release, "aripiprazole").main
    assert [(row.label, row.rating.symbol) for row in main.lines] == [
        ("Poor sleep", "++"),
        ("Restlessness", "++"),
        ("Feeling sick, not hungry", "+"),
    ]
    assert main.groups == ()


def test_where_no_card_was_published_every_two_and_three_pluses_is_main_and_nothing_else(
    release: Release,
) -> None:
    for profile in release.profiles:
        if profile.slug == "aripiprazole" or not profile.is_rated:
            continue
        main = the_card(release, profile.slug).main
        assert main.lines == ()
        assert [group.rating for group in main.groups if group.rows] == [
            rating
            for rating in (Rating.THREE, Rating.TWO)
            if rating in {row.rating for row in profile.rows}
        ]
        assert main.codes == {
            row.effect.code for row in profile.rows if (row.rating.level or 0) >= 2
        }


def test_main_side_effects_by_rule_keep_the_papers_full_labels(release: Release) -> None:
    labels = {effect.label for effect in release.effects}
    for group in the_card(release, "zuclopenthixol").main.groups:
        assert {row.label for row in group.rows} <= labels


def test_all_36_are_on_every_card_once_and_main_and_others_add_up(release: Release) -> None:
    for profile in release.profiles:
        card = the_card(release, profile.slug)
        codes = [row.code for group in card.groups for row in group.rows]
        assert sorted(codes) == sorted(effect.code for effect in release.effects)
        others = {row.code for group in card.others for row in group.rows}
        assert others.isdisjoint(card.main.codes)
        assert len(others) + len(card.main.codes) == 36


@pytest.mark.catalogue("H1")
def test_what_is_not_known_says_so_and_is_counted(release: Release) -> None:
    for profile in release.profiles:
        card = the_card(release, profile.slug)
        unknown = [row for group in card.groups for row in group.rows if not row.rating.is_known]
        assert card.count.endswith(f"Not known: {len(unknown)}.")
        assert all(row.rating.words == "not known" for row in unknown)
        assert all("evidence" not in row.certainty for row in unknown)


@pytest.mark.catalogue("H1")
def test_control_a_rating_changed_to_none_changes_the_card(release: Release) -> None:
    profile = release.profile("benperidol")
    rows = tuple(replace(row, rating=Rating.NONE) for row in profile.rows)
    assert the_card(release, "benperidol").count.endswith("Not known: 36.")
    assert shown_as(release, replace(profile, rows=rows)).count.endswith("Not known: 0.")


def test_a_medicine_nobody_has_rated_says_that_everything_is_not_known(release: Release) -> None:
    card = the_card(release, "promazine")
    assert not card.is_rated
    assert card.main.note == "Nothing is rated yet, so every side effect is not known."


def test_certainty_is_said_in_words_with_what_weakens_it(release: Release) -> None:
    rows = {row.code: row for g in the_card(release, "aripiprazole").groups for row in g.rows}
    assert rows["daytime_sleepiness"].certainty == "Good evidence, sources disagree."
    assert rows["evening_sleepiness"].certainty == "Some evidence, from a wider measure."
    assert rows["restlessness"].certainty == "As on the published card."


def test_a_number_without_a_rating_says_that_it_is_too_little(release: Release) -> None:
    rows = {row.code: row for g in the_card(release, "clozapine").groups for row in g.rows}
    assert rows["palpitations"].rating is Rating.NOT_KNOWN
    assert rows["palpitations"].certainty == "Not rated: too little to go on."
    assert rows["palpitations"].numbers[0].people == "only 40 people in 2 trials, so rough"


def test_every_known_rating_points_at_a_source_that_the_card_lists(release: Release) -> None:
    for profile in release.profiles:
        card = the_card(release, profile.slug)
        listed = {source.number for source in card.sources}
        assert listed == set(range(1, len(card.sources) + 1))
        for row in (row for group in card.groups for row in group.rows):
            assert {source.number for source in row.sources} <= listed
            assert bool(row.sources) or not row.rating.is_known


def test_neighbouring_source_numbers_are_joined(release: Release) -> None:
    rows = {row.code: row for g in the_card(release, "aripiprazole").groups for row in g.rows}
    assert rows["high_blood_sugar"].source_numbers == "1–2, 9"
    assert rows["weight_loss"].source_numbers == "8"


@pytest.mark.catalogue("H11")
def test_clozapine_says_blood_tests_and_marks_bowel_and_heart_as_serious(release: Release) -> None:
    card = the_card(release, "clozapine")
    rows = {row.code: row for group in card.groups for row in group.rows}
    assert rows["constipation"].is_serious
    assert rows["heart_problems"].is_serious
    assert rows["heart_problems"].rating is Rating.ONE  # mild by its pluses: that is why
    assert card.needs_two_trials
    assert "Regular blood tests" in next(p.text for p in card.taking if p.field == "checks")


def test_a_passage_nobody_has_written_is_there_and_empty(release: Release) -> None:
    card = the_card(release, "prochlorperazine")
    helps = next(passage for passage in card.about if passage.field == "helps")
    assert (helps.heading, helps.text) == ("How it may help", "")
    bare = shown_as(release, replace(release.profile("promazine"), texts={}))
    assert [passage.text for passage in bare.taking] == [""] * len(TAKING)
    assert (bare.serious, bare.passages) == ((), ())


def test_forms_are_said_in_plain_words_once_each() -> None:
    forms = ("oral solution", "oral suspension", "orodispersible tablet", "tablet")
    assert forms_in_words(forms, has_long_acting=True) == (
        "Tablet, liquid, tablet that melts in the mouth, injection that lasts for weeks"
    )


def test_both_columns_of_the_front_are_about_as_long(release: Release) -> None:
    for profile in release.profiles:
        paper = present.paper(the_card(release, profile.slug), is_large=False)
        left, right = (sum(len(group.rows) + 1 for group in column) for column in paper.columns)
        assert abs(left - right) <= 8
        assert [g for column in paper.columns for g in column] == list(paper.card.others)
