"""What is ticked and typed on Compare and Decide. Nothing typed is ever dropped: an error says
where.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from consultations.forms.clinic.fields import Line, Version, Words
from consultations.outcomes import COPY_CHOICES, OUTCOME_CHOICES, Outcome
from consultations.snapshots import Deciding
from sdmtool.nhsuk.forms import DateField, NHSForm
from sdmtool.nhsuk.widgets import Checkboxes, Radios

FEWEST = 2
MEDICINE = "medicine:"
UNKNOWN = "One tick is not an option we know, so it was left out. The others are still here."
HINTS = {
    Outcome.MEDICINE: "which one, and its dose and form, below",
    Outcome.OPTION: "stay as now, lower dose, other form, wait, stop, help without medicine",
    Outcome.NOT_TODAY: "why, until when, and what is needed, below",
    Outcome.YOU_DECIDE: "the person asks the professional to decide; in the person’s words above",
    Outcome.NO_AGREEMENT: "both views stand; what happens until the next time, below",
}
MISSING_DETAILS = {
    Outcome.NOT_TODAY: "Say why not today, until when, and what is needed",
    Outcome.NO_AGREEMENT: "Say what happens until the next time",
}

Choices = Iterable[tuple[str, str]]


class PageForm(NHSForm):
    """A button without boxes: only the version of the page it stands on."""

    version = Version()


class ShortListForm(PageForm):
    """The ticks on Compare. None is a short list too."""

    options = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": UNKNOWN})

    def __init__(self, *args: Any, options: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["options"].choices = list(options)  # type: ignore[attr-defined]


class RuleOutForm(PageForm):
    """One medicine set aside by the prescriber, with the reason the person will read."""

    medicine = forms.ChoiceField(label="Medicine")
    reason = Line(
        label="Why, in words the person can read",
        max_length=200,
        error_messages={"required": "Say why: the person reads it on this page and on the sheet"},
    )

    def __init__(self, *args: Any, medicines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medicine"].choices = [("", "Choose a medicine"), *medicines]  # type: ignore[attr-defined]


class PutBackForm(PageForm):
    """One medicine a prescriber set aside, taken back into the order."""

    medicine = forms.ChoiceField()

    def __init__(self, *args: Any, medicines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medicine"].choices = list(medicines)  # type: ignore[attr-defined]


class TrialsForm(PageForm):
    """Which medicines have each had a fair trial."""

    medicines = forms.MultipleChoiceField(
        label="Medicines that have each had a fair trial",
        help_text="Long enough, at a dose that could work, and taken.",
        required=False,
        widget=Checkboxes,
    )
    MOST = 6

    def __init__(self, *args: Any, medicines: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medicines"].choices = list(medicines)  # type: ignore[attr-defined]

    def clean_medicines(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["medicines"]
        if len(ticked) > self.MOST:
            raise forms.ValidationError(f"There is room for {self.MOST}. Keep the most telling.")
        return ticked


class DecideForm(PageForm):
    """The Decide page. `options`: every code that may be ticked, with its words."""

    options = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": UNKNOWN})
    person_says = Words(label="", required=False, max_length=1000)
    professional_says = Words(label="", required=False, max_length=1000)
    outcome = forms.ChoiceField(
        label="How the meeting ended",
        required=False,
        choices=OUTCOME_CHOICES,
        widget=Radios(hints={outcome.value: hint for outcome, hint in HINTS.items()}),
    )
    chosen = forms.ChoiceField(
        label="Which one",
        required=False,
        help_text="For a medicine or another option. It has to be ticked above as talked about.",
    )
    details = Words(
        label="Dose and form; or why not today, until when and what is needed",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3"}),
    )
    plan = Words(label="What happens next, and who does it", required=False, max_length=1000)
    watch_for = Words(label="What we will watch for", required=False, max_length=1000)
    review_on = DateField(label="Date of the review", required=False)
    no_review_because = Line(label="No review, because", required=False, max_length=300)
    copy_given = forms.ChoiceField(
        label="Copy", required=False, choices=COPY_CHOICES, widget=Radios
    )
    keeps_release = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        options: Choices,
        today: date,
        name: str,
        by: str,
        is_checked: bool = True,
        **kwargs: Any,
    ) -> None:
        self.is_checked = is_checked
        super().__init__(*args, **kwargs)
        known = list(options)
        self.today, self.names = today, dict(known)
        self.fields["options"].choices = known  # type: ignore[attr-defined]
        self.fields["chosen"].choices = [("", "Choose one"), *known]  # type: ignore[attr-defined]
        self.fields["person_says"].label = f"What {name} says now"
        self.fields[
            "person_says"
        ].help_text = f"{name} types or says it. Read it back. Once kept, nobody can change it."
        self.fields["professional_says"].label = f"What {by} says now"
        self.fields[
            "professional_says"
        ].help_text = (
            "In your own words. A plan may differ from it; that is recorded without blame."
        )

    def clean_options(self) -> list[str]:
        ticked: list[str] = self.cleaned_data["options"]
        if len(set(ticked)) < FEWEST:
            raise forms.ValidationError(
                "Tick at least two options that were talked about. One alone is not a choice."
            )
        return ticked

    def clean_review_on(self) -> date | None:
        on: date | None = self.cleaned_data["review_on"]
        if on and on <= self.today:
            raise forms.ValidationError("Choose a day after today.")
        return on

    def clean(self) -> None:
        outcome, chosen = self.cleaned_data.get("outcome"), self.cleaned_data.get("chosen", "")
        if outcome:
            self._check_chosen(Outcome(outcome), chosen)
            if outcome in MISSING_DETAILS and not self.cleaned_data.get("details"):
                self.add_error("details", MISSING_DETAILS[Outcome(outcome)])
        elif chosen:
            self.add_error("outcome", "Say how the meeting ended, or leave “Which one” empty")
        if self.cleaned_data.get("review_on") and self.cleaned_data.get("no_review_because"):
            self.add_error("no_review_because", "Put in a date or a reason for none, not both")

    def _check_chosen(self, outcome: Outcome, chosen: str) -> None:
        ticked = self.cleaned_data.get("options", ())
        if not chosen:
            if outcome.names_an_option and "chosen" not in self.errors:
                self.add_error("chosen", "Choose which one")
        elif ticked and chosen not in ticked:
            self.add_error("chosen", f"{self.names[chosen]} is not ticked above as talked about")
        elif outcome is Outcome.MEDICINE and not chosen.startswith(MEDICINE):
            self.add_error(
                "chosen", "This is not a medicine. Choose a medicine, or “Another option”"
            )
        elif outcome is Outcome.OPTION and chosen.startswith(MEDICINE):
            self.add_error("chosen", "This is a medicine. Choose an option, or “A medicine”")
        elif outcome in MISSING_DETAILS:
            self.add_error("chosen", "Leave this empty: nothing was chosen")

    def full_clean(self) -> None:
        """With `is_checked=False` the page shows what was typed and complains of nothing."""
        if self.is_checked:
            super().full_clean()
        else:
            self._errors, self.cleaned_data = ErrorDict(), {}

    def only(self, field: str) -> "DecideForm":
        """This form with the complaints about one field alone."""
        for other in [name for name in self.errors if name != field]:
            del self.errors[other]
        return self

    def without(self, field: str) -> Any:
        """What was sent, with one field emptied."""
        sent: Any = self.data
        left = sent.copy()
        left[field] = ""
        return left

    @property
    def deciding(self) -> Deciding:
        """What the page says, for the actions."""
        given = self.cleaned_data
        fields = {name: given[name] for name in Deciding.__dataclass_fields__ if name != "options"}
        return Deciding(options=tuple(dict.fromkeys(given["options"])), **fields)


class SignForm(DecideForm):
    """The same page on its way to a signature: nothing a sheet needs may be open."""

    def clean(self) -> None:
        super().clean()
        given = self.cleaned_data
        if not given.get("outcome") and "outcome" not in self.errors:
            self.add_error("outcome", "Say how the meeting ended")
        if not {"review_on", "no_review_because"} & set(self.errors) and not (
            given.get("review_on") or given.get("no_review_because")
        ):
            self.add_error("review_on", "Put in a date for the review, or say why there is none")
        if not given.get("copy_given"):
            self.add_error("copy_given", "Say whether the person has their copy")
