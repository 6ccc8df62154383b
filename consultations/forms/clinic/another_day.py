"""Not today: why, and when it is offered again; or closing without a decision."""

from datetime import date, timedelta
from typing import Any

from django import forms

from consultations.forms.clinic.fields import Version, Words
from sdmtool.nhsuk.forms import DateField, NHSForm

FURTHEST = timedelta(days=366)
REASON_LENGTH = 300


class PostponeForm(NHSForm):
    """Why somebody cannot take part today, in their words where they have any, and the next day."""

    reason = Words(
        label="Why not today",
        max_length=REASON_LENGTH,
        help_text="In the person’s own words where you can.",
        error_messages={"required": "Say why not today"},
    )
    offer_again_on = DateField(
        label="Offer it again on",
        error_messages={"required": "Put in the day on which it is offered again"},
    )
    version = Version()

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_offer_again_on(self) -> date:
        on: date = self.cleaned_data["offer_again_on"]
        if not self.today <= on <= self.today + FURTHEST:
            raise forms.ValidationError("Choose a day from today on, within a year.")
        return on


class AbandonForm(NHSForm):
    """Why this ends without a decision."""

    reason = Words(
        label="Why it ends without a decision",
        max_length=REASON_LENGTH,
        error_messages={"required": "Say why it ends without a decision"},
    )
    version = Version()
