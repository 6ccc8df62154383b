"""What a person or a carer may type and tick. A form says what is wrong; it never drops what was
given.

Tests: tests/consultations/test_respond_pages.py.
"""

from dataclasses import replace
from typing import Any, cast
from uuid import UUID

from django import forms
from django.http import QueryDict

from consultations.answers import MOST, OWN_WORDS_LETTERS, Answers, FilledIn, Way
from consultations.forms.clinic.fields import Line
from consultations.moves import Move
from consultations.present.choices import effects_as_shown, welcome_as_shown
from consultations.present.wording import Wording
from medications.snapshots import Effect, Release
from sdmtool.nhsuk.forms import NHSForm
from sdmtool.nhsuk.widgets import Radios
from sdmtool.text import one_line

NOT_IN_THE_LIST = (
    "One tick is not a side effect we know, so it was left out. The others are still here."
)


class CodeForm(NHSForm):
    """The code from a letter, typed in any way people type."""

    code = forms.CharField(
        label="Your code",
        max_length=200,
        help_text="17 letters and numbers, like 4F7K-92QD-M0XA-7TRB-C. Capitals do not matter.",
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"required": "Type the code from your letter"},
    )


class BeforeForm(NHSForm):
    """Who is at the form; for a carer also whether the person may see it. Both can be left open."""

    filled_in = forms.ChoiceField(required=False, widget=Radios)
    person_may_see = forms.ChoiceField(
        required=False,
        choices=[("yes", "Yes"), ("no", "No, only the clinic’s staff")],
        widget=Radios,
    )

    def __init__(self, *args: Any, words: Wording, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["filled_in"].label = words.who_asks
        _offer(self.fields["filled_in"], [(w.value, text) for w, text in words.filled_in.items()])
        self.fields["person_may_see"].label = f"May {name} see your sheet?"
        self.fields[
            "person_may_see"
        ].help_text = "If you do not say, only the clinic’s staff see it."
        if not words.is_carer:
            del self.fields["person_may_see"]

    def applied_to(self, answers: Answers, texts_shown: str) -> Answers:
        return replace(
            answers,
            texts_shown=texts_shown,
            filled_in=FilledIn(self.cleaned_data["filled_in"]),
            person_may_see=self.cleaned_data.get("person_may_see") == "yes",
        )


class Revision(forms.IntegerField):
    """The revision of the draft the page was drawn from; hidden. A page without one is an old
    page.
    """

    widget = forms.HiddenInput

    def __init__(self) -> None:
        super().__init__(required=False, min_value=0, max_value=2**31 - 1)

    def clean(self, value: Any) -> int:
        try:
            number = super().clean(value)
        except forms.ValidationError:
            return -1
        return -1 if number is None else int(number)


class SavedForm(NHSForm):
    """A form that knows which draft it was drawn from."""

    revision = Revision()


class ChooseForm(SavedForm):
    """All side effects: to avoid, in own words, welcome. `applied_to` keeps every tick that is
    known.
    """

    avoid = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)
    own = Line(required=False, widget=forms.Textarea(attrs={"rows": "2"}))
    helpful = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, release: Release, words: Wording, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.words = words
        _offer(self.fields["avoid"], _choices(effects_as_shown(release)))
        _offer(self.fields["helpful"], _choices(welcome_as_shown(release)))
        for name in ("avoid", "helpful"):
            self.fields[name].error_messages["invalid_choice"] = NOT_IN_THE_LIST
        self.fields["own"].label = words.own_label

    def clean_own(self) -> str:
        words: str = self.cleaned_data["own"]
        if len(words) > OWN_WORDS_LETTERS:
            raise forms.ValidationError(
                f"Make your own words {OWN_WORDS_LETTERS} letters or fewer. There are {len(words)}."
            )
        return words

    def clean(self) -> None:
        if not self.ticked("avoid") and not self.typed_words():
            self.add_error("avoid", self.words.nothing_ticked)

    def ticked(self, name: str) -> tuple[str, ...]:
        """The known ticks of one set, in the order of the page, whatever else came with them."""
        given = set(_values(self.data, name))
        return tuple(code for code in _offered(self.fields[name]) if code in given)

    def applied_to(self, answers: Answers) -> Answers:
        """`answers` with this page's ticks; own words that are too long leave the earlier ones."""
        own = self.cleaned_data.get("own", answers.own_words)
        return answers.choose(self.ticked("avoid"), own, self.ticked("helpful"))

    def typed_words(self) -> str:
        """What stands in the box, short enough to keep or not."""
        return one_line(self.data.get("own", ""))


class NarrowForm(SavedForm):
    """Which of too many matter most."""

    keep = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["keep"], [(item, item) for item in answers.ticked])
        self.fields["keep"].error_messages["invalid_choice"] = NOT_IN_THE_LIST

    def ticked(self) -> tuple[str, ...]:
        """The known ticks, whatever else came with them."""
        given = set(_values(self.data, "keep"))
        return tuple(item for item in _offered(self.fields["keep"]) if item in given)

    def clean_keep(self) -> list[str]:
        kept: list[str] = self.cleaned_data["keep"]
        if not kept:
            raise forms.ValidationError(f"Keep at least one, and up to {MOST}")
        if len(kept) > MOST:
            raise forms.ValidationError(
                f"You have ticked {len(kept)}. Take the tick off {len(kept) - MOST} more."
            )
        return kept


class BothWaysForm(SavedForm):
    """One question for each side effect that was ticked both ways."""

    def __init__(
        self, *args: Any, answers: Answers, release: Release, words: Wording, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for item in answers.clashes:
            self.fields[f"way_{item}"] = forms.ChoiceField(
                label=release.effect(item).label,
                help_text=release.effect(item).sentence,
                choices=[(way.value, text) for way, text in words.ways.items()],
                widget=Radios,
                error_messages={"required": f"Choose one for “{release.effect(item).label}”"},
            )

    def applied_to(self, answers: Answers) -> Answers:
        for item in answers.clashes:
            if f"way_{item}" in self.cleaned_data:
                answers = answers.settle(item, Way(self.cleaned_data[f"way_{item}"]))
        return answers


class MoveForm(SavedForm):
    """One press of a button on the page that puts the list in order.

    `move` and `item` say which; `move` is None for the button that makes everything equal.
    """

    def __init__(self, *args: Any, answers: Answers, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answers = answers
        self.move: Move | None = None
        self.item = ""

    def clean(self) -> None:
        if "all_equal" in self.data or "go" in self.data:
            return
        pressed = [move for move in Move if move.value in self.data]
        self.move = pressed[0] if pressed else None
        self.item = self.data[pressed[0].value] if pressed else ""
        if self.item not in self.answers.items:
            raise forms.ValidationError("That is not on your list. This is how it stands now.")


class SendForm(SavedForm):
    """The sending key of the draft that was on the page."""

    sending_key = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def key(self) -> UUID | None:
        return self.cleaned_data.get("sending_key")


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    cast(forms.ChoiceField, field).choices = choices


def _offered(field: forms.Field) -> list[str]:
    return [
        value for value, _ in cast(list[tuple[str, str]], cast(forms.ChoiceField, field).choices)
    ]


def _choices(effects: tuple[Effect, ...]) -> list[tuple[str, str]]:
    return [(effect.code, effect.label) for effect in effects]


def _values(sent: Any, name: str) -> list[str]:
    return sent.getlist(name) if isinstance(sent, QueryDict) else list(sent.get(name, []))
