"""Opening a consultation: who, when, and the decision it is about."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from datetime import time as Clock
from typing import Any

from django import forms
from django.utils import timezone

from consultations import references, situations
from consultations.forms.clinic.fields import Line, Words
from consultations.forms.clinic.meeting import PageForm
from sdmtool import text
from sdmtool.nhsuk.forms import DateField, NHSForm
from sdmtool.nhsuk.widgets import Radios

FIRST_YEAR = 1900
MOST_CARERS = 4
NAME_LENGTH = 120
RELATION_LENGTH = 60
TIME = re.compile(r"([01]?[0-9]|2[0-3])[:. ]?([0-5][0-9])")


def not_up_for_choice() -> Words:
    """What staff close for this visit, in words of their own."""
    return Words(
        label="What is not up for choice today",
        required=False,
        max_length=300,
        help_text="In plain words. It is said first. Leave empty if nothing is closed.",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )


def situation_choices() -> list[tuple[str, str]]:
    """Every situation with the words staff know it by."""
    shown = situations.current_edition().situations
    return [(situation.code, SITUATION_WORDS[situation.code]) for situation in shown]


class OpenForm(NHSForm):
    """One decision with one person. `clinics`: the ones this member of staff may open one in."""

    clinic = forms.ChoiceField(label="Clinic")
    reference = Line(
        label="Reference",
        max_length=20,
        help_text="Your own reference, or an NHS number (ten digits).",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    person_name = Line(label="Name", max_length=NAME_LENGTH)
    name_to_use = Line(
        label="Name to use", max_length=60, help_text="What the person likes to be called."
    )
    birth_year = forms.CharField(
        label="Year of birth",
        max_length=4,
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}
        ),
    )
    day = DateField(
        label="Date of the appointment",
        required=False,
        help_text="Leave empty if there is none yet.",
    )
    time = Line(
        label="Time",
        required=False,
        max_length=5,
        help_text="For example 10:30.",
        widget=forms.TextInput(attrs={"class": "nhsuk-input--width-5", "autocomplete": "off"}),
    )
    question = Line(
        label="The decision, in one sentence",
        max_length=200,
        help_text="For example: Stay on risperidone, or change?",
    )
    situation = forms.ChoiceField(label="Situation", widget=Radios)
    not_up_for_choice = not_up_for_choice()
    current_medicine = Line(
        label="Medicine taken now",
        required=False,
        max_length=60,
        help_text="Leave empty if there is none.",
        widget=forms.TextInput(attrs={"list": "medicine-names", "autocomplete": "off"}),
    )
    current_dose = Line(
        label="Form and dose",
        required=False,
        max_length=80,
        help_text="For example: tablets, 4 mg.",
    )
    needs = Words(
        label="So that the person can follow",
        required=False,
        max_length=200,
        help_text="For example large print, an interpreter, one thing at a time.",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    carers = Words(
        label="Carers or supporters to invite",
        required=False,
        max_length=4 * (NAME_LENGTH + RELATION_LENGTH),
        help_text="One on each line, with what they are to the person: Jo Sample, sister.",
        widget=forms.Textarea(attrs={"rows": "3"}),
    )

    def __init__(
        self, *args: Any, clinics: Iterable[tuple[str, str]], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        choices = list(clinics)
        self.fields["clinic"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["clinic"].widget = forms.HiddenInput()
            self.initial["clinic"] = choices[0][0]
        self.fields["situation"].choices = situation_choices()  # type: ignore[attr-defined]

    def clean_reference(self) -> str:
        reference = references.tidy(self.cleaned_data["reference"])
        if references.is_possible(reference):
            return reference
        if references.is_ten_digits(reference):
            raise forms.ValidationError(
                "Check the NHS number: its last digit does not fit the other nine."
            )
        raise forms.ValidationError("Use letters, numbers, spaces, - / and . only, at least two.")

    def clean_birth_year(self) -> int:
        typed = self.cleaned_data["birth_year"].strip()
        year = int(typed) if re.fullmatch(r"[0-9]{4}", typed) else 0
        if not FIRST_YEAR <= year <= self.today.year:
            raise forms.ValidationError(
                f"Put in a year with 4 numbers, from {FIRST_YEAR} to {self.today.year}."
            )
        return year

    def clean_time(self) -> Clock | None:
        typed = self.cleaned_data["time"]
        if not typed:
            return None
        found = TIME.fullmatch(typed)
        if not found:
            raise forms.ValidationError("Put in a time like 10:30 or 14:05.")
        return Clock(int(found[1]), int(found[2]))

    def clean_carers(self) -> tuple[tuple[str, str], ...]:
        lines = [text.one_line(line) for line in self.cleaned_data["carers"].splitlines()]
        carers = tuple(_name_and_relation(line) for line in lines if line)
        if len(carers) > MOST_CARERS:
            raise forms.ValidationError(f"There is room for {MOST_CARERS} carers or supporters.")
        if any(len(name) > NAME_LENGTH or len(rel) > RELATION_LENGTH for name, rel in carers):
            raise forms.ValidationError("One of these names is too long.")
        return carers

    def clean(self) -> None:
        day, at = self.cleaned_data.get("day"), self.cleaned_data.get("time")
        if at and not day and "day" not in self.errors:
            self.add_error("day", "Put in the date as well, or leave the time empty.")
        if day and not at and "time" not in self.errors:
            self.add_error("time", "Put in the time as well, for example 10:30.")

    @property
    def appointment(self) -> datetime | None:
        day, at = self.cleaned_data["day"], self.cleaned_data["time"]
        return timezone.make_aware(datetime.combine(day, at)) if day and at else None


class SituationForm(PageForm):
    """Another situation in the middle of a consultation, or other limits."""

    situation = forms.ChoiceField(label="Situation", widget=Radios)
    not_up_for_choice = not_up_for_choice()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["situation"].choices = situation_choices()  # type: ignore[attr-defined]


SITUATION_WORDS = {
    "informal": "Comes freely",
    "detained": "In hospital under a section",
    "community_order": "On a community treatment order",
    "lacks_capacity": "Cannot make this decision just now",
    "crisis": "In a crisis",
}


def _name_and_relation(line: str) -> tuple[str, str]:
    name, _, relation = line.partition(",")
    return name.strip(), relation.strip()
