"""Days and times in words. Standard library only."""

from datetime import date, datetime


def day(when: date) -> str:
    """23 November 2026"""
    return f"{when.day} {when:%B %Y}"


def day_in_year(when: date, today: date) -> str:
    """23 November, with the year only when it is not this one."""
    return f"{when.day} {when:%B}" if when.year == today.year else day(when)


def weekday(when: date) -> str:
    """Monday 23 November"""
    return f"{when:%A} {when.day} {when:%B}"


def clock(when: datetime) -> str:
    return f"{when:%H:%M}"


def moment(when: datetime) -> str:
    """23 November 2026, 10:30"""
    return f"{day(when)}, {clock(when)}"


def ago(when: date, today: date) -> str:
    days = (today - when).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{days} days ago"
