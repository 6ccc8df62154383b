"""What somebody says beside their list: what matters, what they have had, how they would take it.

Standard library only. Everything here can be left out. Tests: tests/consultations/test_living.py.
"""

from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from typing import Any

MOST_MEDICINES = 10


class Role(StrEnum):
    """Who decides this time, as the person would have it."""

    NOT_SAID = ""
    ME = "me"
    TOGETHER = "together"
    YOU_DECIDE = "you_decide"


class Again(StrEnum):
    """Whether somebody would take a medicine again."""

    NOT_SAID = ""
    YES = "yes"
    UNSURE = "unsure"
    NO = "no"


@dataclass(frozen=True)
class LivedWith:
    """One medicine somebody has had. `medicine` is a slug of the release, or a name as typed."""

    medicine: str
    helped: str = ""
    harmed: str = ""
    stopped: str = ""
    again: Again = Again.NOT_SAID


@dataclass(frozen=True)
class Living:
    """Everything beside the list. `comes_as` and `times` are ticks, the rest is in own words."""

    goals: str = ""
    role: Role = Role.NOT_SAID
    medicines: tuple[LivedWith, ...] = ()
    bothers_now: str = ""
    comes_as: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    taking: str = ""

    @property
    def has_words(self) -> bool:
        """Whether anything is in words of their own, which somebody should read."""
        said = (self.goals, self.bothers_now, self.taking)
        return any(said) or any(m.helped or m.harmed or m.stopped for m in self.medicines)

    def refused(self) -> dict[str, str]:
        """Medicine to why, for those somebody would not take again."""
        return {m.medicine: m.harmed or m.stopped for m in self.medicines if m.again is Again.NO}

    def with_medicine(self, lived: LivedWith) -> "Living":
        """One more; the same medicine said again replaces what was said before."""
        kept = tuple(m for m in self.medicines if m.medicine != lived.medicine)
        return replace(self, medicines=(*kept, lived))

    def without_medicine(self, medicine: str) -> "Living":
        return replace(self, medicines=tuple(m for m in self.medicines if m.medicine != medicine))

    def as_json(self) -> dict[str, Any]:
        """As JSON gives it back: lists, not tuples, so that what was sent can be compared."""
        lists = {name: list(getattr(self, name)) for name in ("comes_as", "times")}
        return {**asdict(self), **lists, "medicines": [asdict(m) for m in self.medicines]}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Living":
        """`as_json` read back; answers sent before there was such a part have none."""
        if not stored:
            return cls()
        return cls(
            goals=stored["goals"],
            role=Role(stored["role"]),
            medicines=tuple(
                LivedWith(**{**lived, "again": Again(lived["again"])})
                for lived in stored["medicines"]
            ),
            bothers_now=stored["bothers_now"],
            comes_as=tuple(stored["comes_as"]),
            times=tuple(stored["times"]),
            taking=stored["taking"],
        )


NOTHING_SAID = Living()
