"""The page with all side effects, and the smaller one that asks which matter most. Standard
library only.

Tests: tests/consultations/test_respond_pages.py.
"""

from collections.abc import Collection
from dataclasses import dataclass

from consultations.answers import MOST, OWN, Answers
from medications.snapshots import Effect, Release

COMMONLY_WELCOME = ("evening_sleepiness", "weight_loss", "weight_gain", "low_sex_drive")
ALIKE = 3
CLUSTERS = (
    (
        "about being sleepy",
        ("daytime_sleepiness", "sleeping_late", "evening_sleepiness", "tiredness"),
    ),
    (
        "about moving, or not being able to keep still",
        (
            "slowed_movement",
            "stiff_muscles",
            "muscle_spasms",
            "restlessness",
            "moving_body_parts",
            "abnormal_movements",
            "tremor",
        ),
    ),
    ("about sex", ("low_sex_drive", "erection_difficulty", "orgasm_difficulty")),
    ("about weight and sugar", ("weight_gain", "high_blood_sugar", "high_cholesterol")),
)


@dataclass(frozen=True)
class Card:
    """One side effect to tick. `id` is that of its checkbox."""

    id: str
    item: str
    label: str
    sentence: str
    is_ticked: bool


@dataclass(frozen=True)
class Group:
    """The cards of one part of the body."""

    id: str
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class Choices:
    """Everything that can be ticked: to avoid in groups, welcome in two halves."""

    groups: tuple[Group, ...]
    welcome: tuple[Card, ...]
    rest: tuple[Card, ...]
    count: int

    @property
    def rest_is_open(self) -> bool:
        """Whether one of the folded ones is ticked, so that it must not be hidden."""
        return any(card.is_ticked for card in self.rest)


@dataclass(frozen=True)
class Cluster:
    """Several ticks that say nearly the same."""

    labels: tuple[str, ...]
    about: str


def effects_as_shown(release: Release) -> tuple[Effect, ...]:
    """The 36, group by group; the checkboxes are numbered in this order."""
    return tuple(effect for _, effects in release.groups() for effect in effects)


def welcome_as_shown(release: Release) -> tuple[Effect, ...]:
    """The same 36 with the four that people are most often glad of in front."""
    first = [release.effect(code) for code in COMMONLY_WELCOME]
    return (*first, *(e for e in effects_as_shown(release) if e not in first))


def choices(release: Release, answers: Answers) -> Choices:
    numbers = {effect.code: n for n, effect in enumerate(effects_as_shown(release))}
    welcome = _cards("helpful", welcome_as_shown(release), answers.helpful)
    groups = (
        Group(
            id=f"group_{n}",
            title=title,
            cards=_cards("avoid", effects, answers.ticked, first=numbers[effects[0].code]),
        )
        for n, (title, effects) in enumerate(release.groups(), 1)
    )
    return Choices(
        groups=tuple(groups),
        welcome=welcome[: len(COMMONLY_WELCOME)],
        rest=welcome[len(COMMONLY_WELCOME) :],
        count=len(answers.ticked),
    )


def narrowing(release: Release, answers: Answers) -> tuple[Card, ...]:
    """Everything ticked, what is on the list now with its tick."""
    return tuple(
        Card(
            id=f"id_keep_{n}",
            item=item,
            label=label(release, answers, item),
            sentence="" if item == OWN else release.effect(item).sentence,
            is_ticked=item in answers.items,
        )
        for n, item in enumerate(answers.ticked)
    )


def cluster(release: Release, answers: Answers) -> Cluster | None:
    """Three or more picks that are alike; it is offered as a thought, never forbidden."""
    for about, codes in CLUSTERS:
        alike = [item for item in answers.items if item in codes]
        if len(alike) >= ALIKE:
            return Cluster(tuple(release.effect(code).label for code in alike), about)
    return None


def label(release: Release, answers: Answers, item: str) -> str:
    """What a line is called: the paper's words, or the participant's own in quotation marks."""
    return f"“{answers.own_words}”" if item == OWN else release.effect(item).label


def surplus(answers: Answers) -> int:
    """How many ticks must come off the list."""
    return max(0, len(answers.items) - MOST)


def _cards(
    name: str, effects: tuple[Effect, ...], ticked: Collection[str], first: int = 0
) -> tuple[Card, ...]:
    return tuple(
        Card(
            id=f"id_{name}_{n}",
            item=effect.code,
            label=effect.label,
            sentence=effect.sentence,
            is_ticked=effect.code in ticked,
        )
        for n, effect in enumerate(effects, first)
    )
