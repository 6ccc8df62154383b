import pytest
from django.core.exceptions import ImproperlyConfigured

from sdmtool import env


def test_a_missing_setting_says_what_it_is_for_and_how_to_set_it(monkeypatch):
    monkeypatch.delenv("SDM_MISSING", raising=False)
    with pytest.raises(
        ImproperlyConfigured, match="SDM_MISSING is not set. It is a long random text"
    ):
        env.required("SDM_MISSING", "a long random text")


@pytest.mark.parametrize(
    ("word", "meaning"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_a_flag_reads_yes_and_no(monkeypatch, word, meaning):
    monkeypatch.setenv("SDM_FLAG", word)
    assert env.flag("SDM_FLAG") is meaning


def test_a_mistyped_flag_is_refused_and_never_taken_for_yes(monkeypatch):
    monkeypatch.setenv("SDM_FLAG", "flase")
    with pytest.raises(ImproperlyConfigured, match="write 1 for yes or 0 for no"):
        env.flag("SDM_FLAG")


def test_a_list_of_hosts_forgives_spaces(monkeypatch):
    monkeypatch.setenv("SDM_LIST", " one.example , ,two.example")
    assert env.csv_list("SDM_LIST") == ["one.example", "two.example"]


@pytest.mark.parametrize(("given", "read"), [("", None), ("30", 30), (" 7300 ", 7300)])
def test_a_number_is_a_number_or_not_set(monkeypatch, given, read):
    monkeypatch.setenv("SDM_DAYS", given)
    assert env.number("SDM_DAYS") == read


@pytest.mark.parametrize("given", ["0", "-3", "3.5", "thirty", "³"])
def test_what_is_no_whole_number_stops_the_start(monkeypatch, given):
    monkeypatch.setenv("SDM_DAYS", given)
    with pytest.raises(ImproperlyConfigured, match="SDM_DAYS"):
        env.number("SDM_DAYS")
