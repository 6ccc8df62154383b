"""The options without ratings: dated content with a source, never a claim that is not known."""

import json

import pytest

from consultations import option_texts
from consultations.option_texts import CODES, Edition

EDITION = option_texts.current_edition()


def test_the_newest_edition_holds_the_six_options_in_order():
    assert tuple(option.code for option in EDITION.options) == CODES


@pytest.mark.parametrize("code", CODES)
def test_every_option_has_the_same_detail_and_a_source(code):
    option = EDITION.option(code)
    assert all((option.title, option.detail, option.on_list, option.otherwise, option.welcome))
    assert option.citation
    assert option.address.startswith("https://") or "No outside source" in option.citation


@pytest.mark.parametrize("code", ["lower_dose", "other_form", "stop"])
def test_what_is_not_known_about_the_list_is_said_to_be_not_known(code):
    assert "not known" in EDITION.option(code).on_list


def test_it_is_marked_as_a_demonstration_nobody_has_reviewed():
    assert EDITION.is_demonstration
    assert EDITION.reviewer == ""


def test_an_edition_reads_back_as_it_was_kept():
    assert Edition.from_json(json.loads(json.dumps(EDITION.as_json()))) == EDITION


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text.replace('code = "wait"', 'code = "later"'),
        lambda text: text.replace('title = "Wait"', 'title = ""'),
        lambda text: text[: text.rindex("[[options]]")],
    ],
    ids=["an unknown code", "an empty title", "one missing"],
)
def test_a_file_that_lacks_something_is_refused(tmp_path, spoil):
    newest = max(option_texts.FOLDER.glob("*.toml"))
    spoilt = tmp_path / "2030-01-01.toml"
    spoilt.write_text(spoil(newest.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(option_texts.UnfitEdition):
        option_texts.read_edition(spoilt)


def test_no_text_advises():
    words = json.dumps(EDITION.as_json()).lower()
    for word in ("recommend", "best", "safest", "should take", "compliance"):
        assert word not in words
