"""What the audit calls an act, in the words of the person whose record it was.

Standard library only. Every act on a record has its words here; a test fails for one that has none.
Tests: tests/consultations/test_looks.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

WORDS = {
    # pages of the clinic
    "my_list": "opened your answers",
    "compare": "opened the comparison of medicines",
    "second_screen": "opened the comparison of medicines",
    "worry": "opened one worry of your list",
    "what_if": "tried your list in another order, kept nowhere",
    "card": "opened an information card from your record",
    "decide": "opened the decision page",
    "invitations": "opened the page about who takes part",
    "paper_sheet": "opened the page to type in your paper sheet",
    "situation": "opened the page about your situation",
    "another_day": "opened the page to put this off",
    "tool_sheet": "printed the sheet",
    "copy": "opened the page about a copy for you",
    "keeping": "opened the page about how long this is kept",
    "lift_hold": "worked on how long this is kept",
    "ask_erasure": "worked on how long this is kept",
    "copy_pdf": "made a copy of everything kept about you",
    "copy_json": "made a copy of everything kept about you",
    # what a press on those pages begins
    "compare_now": "asked for a comparison of medicines",
    "shorten": "chose what to talk about",
    "save_decision": "worked on the decision page",
    "keep_words": "worked on the decision page",
    "sign": "signed the decision",
    "rule_out": "worked on the medicines set aside",
    "put_back": "worked on the medicines set aside",
    "record_trials": "worked on the medicines you have had",
    "issue": "worked on your invitation",
    "revoke": "worked on your invitation",
    "letter": "worked on your invitation",
    "hand_over": "worked on your invitation",
    "keep_list": "asked whether your list is still right",
    "postpone": "put this off to another day",
    "reopen": "offered this again",
    "abandon": "closed this without a decision",
    # what was written
    "open a consultation": "opened this consultation",
    "set a medicine aside": "set a medicine aside",
    "put a medicine back": "put a medicine back",
    "record fair trials": "wrote down which medicines you have had",
    "save the decision page": "wrote on the decision page",
    "keep the view of the person": "wrote down what you said",
    "keep the view of the professional": "wrote down what they think",
    "issue an invitation": "made an invitation",
    "hand the tablet over": "handed the clinic’s tablet over",
    "withdraw an invitation": "took an invitation back",
    "print an invitation letter": "printed the letter with a code",
    "open an invitation": "came in with an invitation",
    "save answers": "saved answers",
    "send a sheet": "sent answers",
    "type a paper sheet": "typed in a sheet from paper",
    "change the situation": "changed your situation here",
    "ask whether the list is still right": "wrote down that your list is still right",
    "decide what the copy leaves out": "decided what a copy for you leaves out",
    "open a record of another clinic": "opened your record from another clinic",
    "hold the record": "held your record, so that it is not removed",
    "lift the hold": "lifted the hold on your record",
    "ask for erasure": "asked that your record be erased",
    "remove a record": "removed your record",
    # steps
    "share_list": "put a new list in your record",
    "change_list": "put a changed list in your record",
}
# The pages of whoever came in by an invitation.
OWN_FORM = "was on a page of the form"
OWN_PAGES = frozenset(
    {
        "before", "matters", "lived", "choose", "both_ways", "narrow", "order", "taking", "check",
        "send", "sent", "own_sheet", "stay", "welcome", "looked",
    }
)  # fmt: skip
STEPS = frozenset({"compare", "decide", "sign", "postpone", "reopen", "abandon"})
REFUSED = "tried, and was not let in"


@dataclass(frozen=True)
class Act:
    """One row of the audit about a record."""

    at: datetime
    who: str
    kind: str
    action: str


@dataclass(frozen=True)
class Look:
    """The same act by the same one on one day, told once. `times`: how many rows it stands for."""

    day: date
    who: str
    words: str
    times: int


def in_words(act: Act) -> str:
    """What was done. KeyError for an act nobody has found words for."""
    if act.kind == "refusal":
        return REFUSED
    if act.action in OWN_PAGES and act.who.endswith("by invitation"):
        return OWN_FORM
    if act.kind == "write" and act.action in STEPS:
        return f"wrote in your record: {WORDS[act.action]}"
    return WORDS[act.action]


def told(acts: Iterable[Act]) -> tuple[Look, ...]:
    """Everything that happened, the newest day first; nothing is left out."""
    counts: dict[tuple[date, str, str], int] = {}
    for act in acts:
        key = (act.at.date(), act.who, in_words(act))
        counts[key] = counts.get(key, 0) + 1
    found = [Look(*key, times) for key, times in counts.items()]
    return tuple(sorted(found, key=lambda look: look.day, reverse=True))
