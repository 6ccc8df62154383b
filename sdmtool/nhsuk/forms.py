"""The base of every form of ours, and the date field.

A page shows such a form with `{% crispy form %}` between its own form tags, button and csrf token,
or one field with `{{ form.name|as_crispy_field }}`. The error summary comes with the layout.
Tests: tests/sdmtool/test_nhsuk_forms.py.
"""

import datetime
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.forms.utils import pretty_name

from sdmtool.nhsuk.widgets import DateInput

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july",
    "august", "september", "october", "november", "december",
)  # fmt: skip


class NHSForm(forms.Form):
    """A form in the nhsuk template pack, with messages that say what to do.

    The browser's own checks are off: the server answers in words, and keeps everything typed.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            _speak_plainly(field, str(field.label or pretty_name(name)).rstrip("?:. "))
            _let_the_server_answer(field.widget)

    @property
    def helper(self) -> FormHelper:
        """How crispy draws it: without a form tag and token, which the page writes."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        return helper


def _speak_plainly(field: forms.Field, label: str) -> None:
    """Messages for what can go wrong with any field, unless the form said its own."""
    ours = {
        "required": f"{_what_to_do(field)}: {label}",
        "invalid_choice": "Choose from those shown",
    }
    for code, message in ours.items():
        if field.error_messages.get(code) in _DJANGOS_OWN[code]:
            field.error_messages[code] = message
    field.error_messages.setdefault(
        "max_length", "This is too long: %(show_value)d letters. There is room for %(limit_value)d."
    )


_DJANGOS_OWN = {
    "required": (forms.Field.default_error_messages["required"],),
    "invalid_choice": (forms.ChoiceField.default_error_messages["invalid_choice"],),
}


def _what_to_do(field: forms.Field) -> str:
    if isinstance(field, forms.MultipleChoiceField):
        return "Tick at least one"
    if isinstance(field, forms.BooleanField):
        return "Tick this to go on"
    return "Choose one" if isinstance(field, forms.ChoiceField) else "Fill this in"


def _let_the_server_answer(widget: forms.Widget) -> None:
    """A browser's maxlength cuts off what is pasted without a word; our limit is told instead."""
    widget.attrs.pop("maxlength", None)
    widget.attrs.pop("minlength", None)
    if isinstance(widget, forms.Textarea) and widget.attrs.get("rows") == "10":
        widget.attrs["rows"] = "4"


class DateField(forms.Field):
    """A day in three boxes. Gives a datetime.date, or None when left empty and not required.

    A month may be typed as a number or as a word. The code of each error says which boxes are
    wrong: day, month, year, joined with a plus sign.
    """

    widget = DateInput
    default_error_messages = {
        "day": "Put in the day as a number, like 7",
        "month": "Put in the month, like 4 or April",
        "year": "Put in the year with 4 numbers, like 2027",
        "day+month": "Put in the day and the month",
        "day+year": "Put in the day and the year",
        "month+year": "Put in the month and the year",
        "day+month+year": "Put in a day, a month and a year, like 7 4 2027",
        "no_such_day": "There is no such day. Check the day and the month",
    }

    def to_python(self, value: Any) -> datetime.date | None:
        typed = [str(part or "").strip() for part in value or ("", "", "")]
        if not any(typed):
            return None
        numbers = (_number(typed[0], 1, 31), _month(typed[1]), _number(typed[2], 1900, 2200))
        parts = zip(("day", "month", "year"), numbers, strict=True)
        wrong = "+".join(part for part, number in parts if not number)
        if wrong:
            raise forms.ValidationError(self.error_messages[wrong], code=wrong)
        day, month, year = numbers
        try:
            return datetime.date(year, month, day)
        except ValueError:
            raise forms.ValidationError(
                self.error_messages["no_such_day"], code="no_such_day"
            ) from None

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = [str(part) for part in DateInput().decompress(initial)]
        return before != [str(part or "").strip() for part in data or ("", "", "")]


def _number(typed: str, lowest: int, highest: int) -> int:
    """The number, or 0 when it is none or out of bounds."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        return 0
    number = int(typed)
    return number if lowest <= number <= highest else 0


def _month(typed: str) -> int:
    """1 to 12 from "4", "04", "April" or "apr"; 0 when it is no month."""
    word = typed.lower().rstrip(".")
    if len(word) >= 3 and word.isalpha():
        found = [number for number, name in enumerate(MONTHS, 1) if name.startswith(word)]
        return found[0] if len(found) == 1 else 0
    return _number(typed, 1, 12)
