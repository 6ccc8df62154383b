"""When a list has to be asked about again: after 28 days, and after a change of situation."""

from dataclasses import replace
from datetime import timedelta

import pytest

from consultations.freshness import Ask, must_ask
from consultations.queries import clinic as queries
from tests import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent():
    consultation = stories.listed()
    return queries.visit(consultation), queries.newest_sheet(consultation)


@pytest.mark.catalogue("H9")
@pytest.mark.parametrize(("days", "asked"), [(0, Ask.NOT), (28, Ask.NOT), (29, Ask.OLD)])
def test_a_list_is_asked_about_from_the_29th_day_on(sent, days, asked):
    visit, sheet = sent
    assert must_ask(visit, sheet, sheet.sent_at.date() + timedelta(days=days)) is asked


def test_saying_so_counts_as_long_as_sending_it(sent):
    visit, sheet = sent
    later = sheet.sent_at + timedelta(days=40)
    confirmed = replace(sheet, confirmed_at=later)
    assert must_ask(visit, sheet, later.date()) is Ask.OLD
    assert must_ask(visit, confirmed, later.date()) is Ask.NOT
    assert must_ask(visit, confirmed, later.date() + timedelta(days=29)) is Ask.OLD


def test_a_change_of_situation_asks_until_somebody_has_asked(sent):
    visit, sheet = sent
    changed = replace(visit, situation_since=sheet.sent_at + timedelta(hours=1))
    today = sheet.sent_at.date()
    assert must_ask(changed, sheet, today) is Ask.SITUATION
    asked = replace(sheet, confirmed_at=sheet.sent_at + timedelta(hours=2))
    assert must_ask(changed, asked, today) is Ask.NOT
