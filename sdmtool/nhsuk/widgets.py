"""Form controls that HTML and Django do not have as we need them."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms


class _Hinted:
    """A set of choices in which some have a line of explanation under their label."""

    def __init__(self, *args: Any, hints: Mapping[Any, str] | None = None, **kwargs: Any) -> None:
        self.hints = {str(value): hint for value, hint in (hints or {}).items()}
        super().__init__(*args, **kwargs)

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(*args, **kwargs)  # type: ignore[misc]
        hint = self.hints.get(str(option["value"]))
        if hint:
            option["hint"] = hint
            option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_hint"
        return option


class Radios(_Hinted, forms.RadioSelect):
    """One of several, all to be seen at once. `hints`: a choice's value -> one line about it."""


class Checkboxes(_Hinted, forms.CheckboxSelectMultiple):
    """Any of several. `hints` as for Radios."""


class DateInput(forms.MultiWidget):
    """Day, month and year in three boxes, so that nobody meets a calendar or another date order."""

    use_fieldset = True
    parts = (("day", "Day", "2"), ("month", "Month", "4"), ("year", "Year", "4"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({part: forms.TextInput() for part, _, _ in self.parts}, attrs)

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, datetime.date):
            return [value.day, value.month, value.year]
        return ["", "", ""]
