"""Text as people type it: nothing invisible kept, and one clear sentence when it is too long."""

from typing import Any

from django import forms

from sdmtool import text


class Line(forms.CharField):
    """Words on one line."""

    def to_python(self, value: Any) -> str:
        return text.one_line(super().to_python(value) or "")


class Words(forms.CharField):
    """Somebody's words, line breaks kept."""

    widget = forms.Textarea(attrs={"rows": "4"})

    def to_python(self, value: Any) -> str:
        return text.plain(super().to_python(value) or "")


class Version(forms.IntegerField):
    """The version of the record the page was drawn from; hidden. A page without one is a stale
    page.
    """

    widget = forms.HiddenInput
    STALE = -1

    def __init__(self) -> None:
        super().__init__(required=False)

    def clean(self, value: Any) -> int:
        try:
            number = super().clean(value)
        except forms.ValidationError:
            return self.STALE
        return self.STALE if number is None or not 0 < number < 2**31 else number
