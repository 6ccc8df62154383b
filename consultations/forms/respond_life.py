"""What stands beside the list: what matters, medicines lived with, how somebody would take one.

Nothing here has to be answered. Tests: tests/consultations/test_respond_life.py.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms

from consultations.forms.clinic.fields import Line, Words
from consultations.living import MOST_MEDICINES, Again, LivedWith, Living, Role
from consultations.present.wording import AGAIN, FORM_WORDS, TIME_WORDS, Wording
from medications.snapshots import Release
from sdmtool.nhsuk.forms import NHSForm
from sdmtool.nhsuk.widgets import Checkboxes, Radios

OTHER = "other"
LINE, WORDS = 200, 500
TOO_MANY = f"There is room for {MOST_MEDICINES} medicines. Take one off first."


def _words(label: str = "", letters: int = WORDS, rows: int = 3) -> Words:
    area = forms.Textarea(attrs={"rows": str(rows)})
    return Words(label=label, required=False, max_length=letters, widget=area)


class MattersForm(NHSForm):
    """What matters, and who should decide; a carer is not asked who decides."""

    goals = _words()
    role = forms.ChoiceField(required=False, widget=Radios)

    def __init__(self, *args: Any, words: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["goals"].label = words.goals_label
        self.fields["goals"].help_text = "People, work, sleep, getting out. You can skip this."
        self.fields["role"].label = words.role_label
        self.fields["role"].choices = [(role.value, says) for role, says in words.roles.items()]  # type: ignore[attr-defined]
        if words.is_carer:
            del self.fields["role"]

    def applied_to(self, living: Living) -> Living:
        given = self.cleaned_data
        return replace(living, goals=given["goals"], role=Role(given.get("role", "")))


class LivedForm(NHSForm):
    """One medicine more, and what bothers somebody now. Anything typed about a medicine needs its
    name; otherwise nothing does.
    """

    medicine = forms.ChoiceField(label="Medicine", required=False)
    other = Line(label="Its name, if it is not in the list", required=False, max_length=60)
    helped = Line(label="How did it help?", required=False, max_length=LINE)
    harmed = Line(label="What was bad about it?", required=False, max_length=LINE)
    stopped = Line(label="Why did it stop?", required=False, max_length=LINE)
    again = forms.ChoiceField(
        required=False,
        choices=[(again.value, says) for again, says in AGAIN.items()],
        widget=Radios,
    )
    bothers_now = _words(letters=300)

    def __init__(
        self, *args: Any, words: Wording, release: Release, living: Living, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.living = living
        names = [(profile.slug, profile.name.capitalize()) for profile in release.profiles]
        self.fields["medicine"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"), *names, (OTHER, "Another medicine"),
        ]  # fmt: skip
        self.fields["again"].label = words.again_label
        self.fields["bothers_now"].label = words.bothers_label

    def clean(self) -> None:
        if self.is_about_a_medicine and not self.named and "medicine" not in self.errors:
            self.add_error("medicine", "Say which medicine this is about")
        known = {lived.medicine for lived in self.living.medicines}
        if self.named and self.named not in known and len(known) >= MOST_MEDICINES:
            self.add_error("medicine", TOO_MANY)

    @property
    def named(self) -> str:
        """The medicine as a slug, or as it was typed."""
        picked: str = self.cleaned_data.get("medicine", "")
        typed: str = self.cleaned_data.get("other", "")
        return typed if picked in ("", OTHER) else picked

    @property
    def is_about_a_medicine(self) -> bool:
        names = ("medicine", "other", "helped", "harmed", "stopped", "again")
        return any(self.cleaned_data.get(name) for name in names)

    def applied_to(self, living: Living) -> Living:
        given = self.cleaned_data
        living = replace(living, bothers_now=given["bothers_now"])
        if not self.named:
            return living
        said = {name: given[name] for name in ("helped", "harmed", "stopped")}
        return living.with_medicine(LivedWith(self.named, **said, again=Again(given["again"])))


class TakingForm(NHSForm):
    """Which forms and times of day would work."""

    comes_as = forms.MultipleChoiceField(
        label="Which of these would work?",
        required=False,
        choices=list(FORM_WORDS.items()),
        widget=Checkboxes,
    )
    times = forms.MultipleChoiceField(
        label="At what time of day?",
        required=False,
        choices=list(TIME_WORDS.items()),
        widget=Checkboxes,
    )
    taking = _words(letters=300)

    def __init__(self, *args: Any, words: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["taking"].label = words.taking_label

    def applied_to(self, living: Living) -> Living:
        given = self.cleaned_data
        return replace(
            living,
            comes_as=tuple(given["comes_as"]),
            times=tuple(given["times"]),
            taking=given["taking"],
        )


def initial(living: Living, names: Iterable[str]) -> dict[str, Any]:
    """What was answered before, for the boxes of these names."""
    return {name: getattr(living, name) for name in names}
