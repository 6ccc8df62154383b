"""How the same pages speak to the person and to a carer. Standard library only, words already
chosen.

Tests: tests/consultations/test_respond_pages.py.
"""

from dataclasses import dataclass, replace

from consultations.answers import FilledIn, Way
from consultations.living import Again, Role


@dataclass(frozen=True)
class Wording:
    """Every sentence that differs between the person and a carer. `is_carer` says which it is."""

    is_carer: bool
    lead: str
    sent_lead: str
    who_asks: str
    filled_in: dict[FilledIn, str]
    choose_title: str
    choose_hint: str
    group_hint: str
    own_label: str
    own_hint: str
    helpful_title: str
    helpful_intro: str
    nothing_ticked: str
    most_title: str
    order_intro: str
    list_title: str
    helpful_title_short: str
    also_title: str
    ways: dict[Way, str]
    matters_title: str
    goals_label: str
    role_label: str
    roles: dict[Role, str]
    lived_title: str
    lived_intro: str
    again_label: str
    bothers_label: str
    taking_title: str
    taking_label: str


AGAIN = {Again.YES: "Yes", Again.UNSURE: "Not sure", Again.NO: "No"}
FORM_WORDS = {
    "tablet": "Tablets",
    "liquid": "A liquid",
    "melts": "Something that melts in the mouth",
    "injection": "An injection every few weeks",
}
TIME_WORDS = {
    "morning": "In the morning",
    "daytime": "During the day",
    "evening": "In the evening",
    "bedtime": "At bedtime",
}
OWN_HINT = (
    "Write it in your own words. It counts as one of your five. Medicines cannot be compared on it."
)
PERSON = Wording(
    is_carer=False,
    lead=(
        "This is about your medicine. You tell us which side effects you most want to avoid. "
        "We talk about it together when you come in."
    ),
    sent_lead="You look at your list together, and at how the medicines compare.",
    who_asks="Who is filling this in?",
    filled_in={
        FilledIn.ALONE: "Me, on my own",
        FilledIn.ACCOMPANIED: "Me, and someone is with me",
        FilledIn.SCRIBE: "Someone is writing down what I say",
    },
    choose_title="Which side effects do you most want to avoid?",
    choose_hint=(
        "Most people do not get most of these. You do not have to read them all. "
        "There are no wrong answers."
    ),
    group_hint="tick any you want to avoid",
    own_label="Is there something you want to avoid that is not here?",
    own_hint=OWN_HINT,
    helpful_title="Would any of these help you?",
    helpful_intro=(
        "Some people are glad of a side effect. Sleepy at night can help if you sleep badly. "
        "You can skip this."
    ),
    nothing_ticked="Tick at least one side effect, or write your own",
    most_title="matter most",
    order_intro="Number 1 is the one you most want to avoid.",
    list_title="What I most want to avoid",
    helpful_title_short="Would help me",
    also_title="Also matters to me",
    ways={
        Way.AVOID: "I want to avoid it",
        Way.HELPFUL: "It would help me",
        Way.NEITHER: "Neither. Take it off my list",
    },
    matters_title="What matters to you",
    goals_label="What would a good life look like for you?",
    role_label="Who should decide this time?",
    roles={
        Role.ME: "I decide",
        Role.TOGETHER: "We decide together",
        Role.YOU_DECIDE: "You decide for me today",
    },
    lived_title="Medicines you have had",
    lived_intro="Tell us only what you want to. You can skip this.",
    again_label="Would you take it again?",
    bothers_label="What bothers you now?",
    taking_title="How would you take it?",
    taking_label="Is there more to say about it?",
)


def for_carer(name: str) -> Wording:
    """The same pages for somebody close to `name`: what is not named here is said alike."""
    return replace(
        PERSON,
        is_carer=True,
        lead=(
            f"You know {name}. You tell us which side effects would worry you most for {name}. "
            "Your sheet is your own. It is kept apart and never mixed with another."
        ),
        sent_lead=f"{name}’s own list comes first. Yours is kept beside it, under your name.",
        choose_title=f"Which side effects would worry you most for {name}?",
        choose_hint=(
            "Most people do not get most of these. You do not have to read them all. The sentences "
            "say what it is like for the one who has it. "
            f"Say what you think, not what {name} would say."
        ),
        group_hint="tick any that would worry you",
        own_label="Is there something else that would worry you?",
        helpful_title=f"Would any of these help {name}?",
        helpful_intro="Sleepy at night can help somebody who sleeps badly. You can skip this.",
        most_title="worry you most",
        order_intro="Number 1 is the one that would worry you most.",
        list_title=f"What would worry me most for {name}",
        helpful_title_short=f"Would help {name}",
        also_title="Would worry me too",
        ways={
            Way.AVOID: "It would worry me",
            Way.HELPFUL: f"It would help {name}",
            Way.NEITHER: "Neither. Take it off my list",
        },
        matters_title="What matters, as you see it",
        goals_label=f"What would a good life look like for {name}?",
        role_label="",
        roles={},
        lived_title=f"Medicines {name} has had",
        lived_intro="Tell us only what you have seen yourself. You can skip this.",
        again_label=f"Would you want {name} to take it again?",
        bothers_label=f"What do you think bothers {name} now?",
        taking_title=f"What would work for {name}?",
    )
