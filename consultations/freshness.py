"""Whether a list has to be asked about again before medicines are compared with it. Standard
library only.

A list older than 28 days, or older than a change of the person's situation, may no longer say what
they want. Asking is one question, and its answer is kept with who asked. Tests:
tests/consultations/test_freshness.py.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from consultations.snapshots import SentSheet, Visit

STILL_RIGHT_AFTER = timedelta(days=28)


class Ask(StrEnum):
    """Why a list has to be asked about, or NOT."""

    NOT = ""
    OLD = "old"
    SITUATION = "situation"


def must_ask(visit: Visit, sheet: SentSheet, today: date) -> Ask:
    """Whether, and why, somebody has to ask today if `sheet` is still right."""
    said = last_said(sheet)
    if visit.situation_since and visit.situation_since > said:
        return Ask.SITUATION
    return Ask.OLD if today - said.date() > STILL_RIGHT_AFTER else Ask.NOT


def last_said(sheet: SentSheet) -> datetime:
    """When the person last stood by this list: by sending it, or when somebody asked."""
    return max(sheet.sent_at, sheet.confirmed_at or sheet.sent_at)
