"""What a clinician decides before a copy is given."""

from django import forms

from consultations.forms.clinic.fields import Words
from sdmtool.nhsuk.forms import NHSForm
from sdmtool.nhsuk.widgets import Radios

WORDS = (
    ("carer", "What a carer or supporter wrote"),
    ("staff", "What staff wrote for the team only"),
)


class HarmForm(NHSForm):
    """Which words, given or kept back, and why."""

    words = forms.ChoiceField(label="About what?", choices=WORDS, widget=Radios)
    answer = forms.ChoiceField(
        label="Would giving it be likely to cause serious harm, or break a confidence?",
        choices=(("give", "No: give it"), ("keep", "Yes: keep it back")),
        widget=Radios,
    )
    reason = Words(label="Why", max_length=500)
