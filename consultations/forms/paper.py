"""A paper sheet, typed back by staff in the paper's own order: a number, a tick, own words, who
helped.

What was written may be no list yet (a gap, six numbers); the form says so and keeps it all. Tests:
tests/consultations/test_paper.py.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django import forms
from django.forms.boundfield import BoundField

from consultations.answers import MOST, OWN, OWN_WORDS_LETTERS, Answers
from consultations.forms.clinic.fields import Line
from consultations.ranking import (
    BothWays,
    NotAList,
    NoWords,
    Ranking,
    places_from_numbers,
)
from medications.snapshots import Release
from sdmtool.nhsuk.forms import NHSForm

NUMBER_BOX = {"class": "nhsuk-input--width-2", "inputmode": "numeric", "autocomplete": "off"}


class Place(Line):
    """What stands in a number box: 1 to 5 as an int, or None when it is empty."""

    widget = forms.TextInput(attrs=NUMBER_BOX)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> int | None:
        written = super().clean(value)
        if not written:
            return None
        if written not in {str(number) for number in range(1, MOST + 1)}:
            raise forms.ValidationError(f"{self.label}: put in a number from 1 to {MOST}")
        return int(written)


class Row(NamedTuple):
    """One line of the paper: its words and its two boxes."""

    label: str
    place: BoundField
    helpful: BoundField


class PaperForm(NHSForm):
    """`rows` are the 36 lines in the paper's order. Valid means: `answers()` is a list."""

    own_words = Line(
        label="Something else, in their own words",
        required=False,
        help_text="As it is written on the paper. Leave it empty if nothing is.",
        widget=forms.Textarea(attrs={"rows": "2"}),
    )
    own_place = Place(label="Its number")
    helped_by = Line(
        label="Who helped with writing",
        required=False,
        max_length=80,
        help_text="As it is written on the paper. Leave it empty if nobody did.",
    )
    sending_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, release: Release, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.release = release
        for effect in release.effects:
            self.fields[f"place_{effect.code}"] = Place(label=effect.label)
            self.fields[f"help_{effect.code}"] = forms.BooleanField(
                label=f"{effect.label}: would help", required=False
            )
        self.fields["sending_key"].initial = uuid4

    @property
    def rows(self) -> Iterator[Row]:
        for effect in self.release.effects:
            yield Row(effect.label, self[f"place_{effect.code}"], self[f"help_{effect.code}"])

    def clean_own_words(self) -> str:
        words: str = self.cleaned_data["own_words"]
        if len(words) > OWN_WORDS_LETTERS:
            raise forms.ValidationError(
                f"There is room for {OWN_WORDS_LETTERS} letters. These are {len(words)}."
            )
        return words

    def clean(self) -> None:
        if self.errors:
            return
        try:
            Ranking.of(self.answers())
        except BothWays as wrong:
            label = self.release.effect(wrong.item).label
            self.add_error(
                f"place_{wrong.item}", f"“{label}” has a number and a tick. Which did they mean?"
            )
        except NoWords as wrong:
            self.add_error("own_words", str(wrong))
        except NotAList as wrong:
            self.add_error(None, str(wrong))

    def answers(self) -> Answers:
        """What stands on the paper. ranking.PlaceGap when the numbers make no order."""
        codes = [effect.code for effect in self.release.effects]
        numbers = {code: self.cleaned_data[f"place_{code}"] for code in codes}
        numbers[OWN] = self.cleaned_data["own_place"]
        return Answers(
            places=places_from_numbers({item: n for item, n in numbers.items() if n}),
            own_words=self.cleaned_data["own_words"],
            also=self._also(),
            helpful=tuple(code for code in codes if self.cleaned_data[f"help_{code}"]),
            helped_by=self.cleaned_data["helped_by"],
        )

    def key(self) -> UUID:
        """The key that makes pressing the button twice one sheet."""
        return self.cleaned_data.get("sending_key") or uuid4()

    def _also(self) -> tuple[str, ...]:
        """Own words without a number are kept beside the list."""
        words, number = self.cleaned_data["own_words"], self.cleaned_data["own_place"]
        return (OWN,) if words and not number else ()
