"""The page a clinical lead signs says what the code does."""

from django.conf import settings

from sdmtool import access, access_page
from sdmtool.access import GRANTS, IN_WORDS, Action, Role


def written():
    return (settings.BASE_DIR / "docs" / "access.md").read_text(encoding="utf-8")


def test_the_page_is_up_to_date():
    assert written() == access_page.page(), "run: python manage.py access_page"


def test_a_right_more_would_be_noticed(monkeypatch):
    """The control."""
    more = {**GRANTS, Role.PEER_WORKER: GRANTS[Role.PEER_WORKER] | {Action.SIGN}}
    monkeypatch.setattr(access_page, "GRANTS", more)
    monkeypatch.setattr(access, "GRANTS", more)
    assert written() != access_page.page()


def test_every_action_and_role_stands_on_it_in_plain_words():
    page = access_page.page().lower()
    assert set(IN_WORDS) == set(Action)
    assert [words for words in IN_WORDS.values() if words.lower() not in page] == []
    assert [role for role in Role if f"**{role.label}**" not in page] == []
