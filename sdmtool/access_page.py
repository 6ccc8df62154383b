"""docs/access.md: who may do what, in plain words, for a clinical lead to read and sign.

Made from access.py by `manage.py access_page`. Tests: tests/sdmtool/test_access_page.py.
"""

from sdmtool.access import GRANTS, IN_WORDS, SEES, Action, Field, Role, roles_granting

TOP = """# Who may do what

Made from `sdmtool/access.py` by `manage.py access_page`; do not edit it here.
A test fails when it is out of date.

- A role is held in one clinic, from a day to a day. Somebody may hold several.
  Outside their clinics no record exists for them.
- A change counts from the next page somebody opens. A closed account opens nothing.
- Nobody gives themselves a role. A clinic keeps an administrator.
  Nobody approves a profile they wrote.
- There is no account that may do everything.
- People and carers have no account. An invitation opens one sheet, their own, and nothing else.
- Everything staff do here, and every refusal, is in the audit.
"""
END = """## Signed

This is who may do what in our service.

| Name | Post | Signature | Date |
| --- | --- | --- | --- |
| | | | |
"""


def page() -> str:
    """The whole page, as Markdown."""
    return "\n".join([TOP, *_by_role(), *_by_action(), *_by_field(), END])


def _by_role() -> list[str]:
    lines = ["## By role", ""]
    for role in Role:
        may = [action for action in Action if action in GRANTS[role]]
        lines += [f"**{_capital(role.label)}** may", ""]
        lines += [f"- {IN_WORDS[action]}" for action in may]
        lines += [""]
    return [*lines, f"Everybody with an account may {IN_WORDS[Action.SIGNED_IN]}.", ""]


def _by_action() -> list[str]:
    lines = ["## By what is done", "", "| What | Who |", "| --- | --- |"]
    for action in Action:
        who = (
            ", ".join(role.label for role in roles_granting(action)) or "everybody with an account"
        )
        lines += [f"| {_capital(IN_WORDS[action])} | {who} |"]
    return [*lines, ""]


def _by_field() -> list[str]:
    lines = ["## What each role is shown", "", "| What | Who |", "| --- | --- |"]
    for field in Field:
        who = ", ".join(role.label for role in Role if field in SEES[role])
        lines += [f"| {_capital(field.words)} | {who} |"]
    return [*lines, ""]


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
