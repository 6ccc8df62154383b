"""A record of another clinic: which, and why."""

from django import forms

from consultations.forms.clinic.fields import Line, Words
from sdmtool.nhsuk.forms import NHSForm

REASON_LETTERS = (15, 300)


class BreakGlassForm(NHSForm):
    """Exact reference, year of birth, and a reason that others will read."""

    reference = Line(
        label="Reference",
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    birth_year = forms.IntegerField(
        label="Year of birth",
        min_value=1900,
        max_value=2200,
        widget=forms.TextInput(
            attrs={"class": "nhsuk-input--width-4", "inputmode": "numeric", "autocomplete": "off"}
        ),
        error_messages={"invalid": "Put in the year with 4 numbers, like 1991"},
    )
    reason = Words(
        label="Why you need to read it now",
        max_length=REASON_LETTERS[1],
        help_text="The person, and the clinic whose record it is, can read this.",
    )

    def clean_reason(self) -> str:
        reason: str = self.cleaned_data["reason"].strip()
        if len(reason) < REASON_LETTERS[0]:
            raise forms.ValidationError(f"Say why, in at least {REASON_LETTERS[0]} letters.")
        return reason
