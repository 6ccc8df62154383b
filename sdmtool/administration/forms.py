"""The forms of the administration pages."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from consultations.forms.clinic.fields import Line
from sdmtool.access import Role
from sdmtool.administration.events import Looked
from sdmtool.models import AuditEvent
from sdmtool.nhsuk.forms import DateField, NHSForm

ROLES = [(role.value, role.label.capitalize()) for role in Role]


class ClinicForm(NHSForm):
    """A clinic, and whom to ask there for each thing somebody has a right to ask for."""

    name = Line(label="Name of the clinic", max_length=120)
    phone = Line(label="Telephone", max_length=40, required=False)
    opening_hours = Line(label="When somebody answers", max_length=120, required=False)
    shows_order_at_home = forms.BooleanField(
        label="People see the order of the medicines at home, before the appointment",
        required=False,
        help_text="If this is not ticked, the order is first seen together, in the appointment.",
    )

    def __init__(self, *args: Any, entitlements: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entitlements = entitlements
        for code, title in entitlements:
            self.fields[f"ask_{code}"] = Line(
                label=f"Whom to ask: {title}", max_length=120, required=False
            )

    def said(self, kept: dict[str, str]) -> dict[str, Any]:
        """As an action takes it. A contact under a code of another edition stays as it was."""
        told = dict(self.cleaned_data)
        asked = {code: told.pop(f"ask_{code}") for code, _ in self.entitlements}
        contacts = {**kept, **asked}
        return {**told, "contacts": {code: words for code, words in contacts.items() if words}}


class RoleForm(NHSForm):
    """A role, from a day to a day."""

    role = forms.ChoiceField(label="Role", choices=ROLES, widget=forms.RadioSelect)
    starts_on = DateField(label="First day", required=False, help_text="Empty means from today.")
    ends_on = DateField(
        label="Last day", required=False, help_text="Empty means until it is ended."
    )

    def clean_starts_on(self) -> date:
        on: date = self.cleaned_data["starts_on"] or timezone.localdate()
        if on < timezone.localdate():
            raise forms.ValidationError("Choose today or a later day.")
        return on

    def clean(self) -> None:
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", "The last day comes after the first.")


class InviteForm(NHSForm):
    """Who joins, and their first role here."""

    email = forms.EmailField(label="E-mail address", max_length=254)
    full_name = Line(label="Full name", max_length=120)
    role = forms.ChoiceField(label="First role here", choices=ROLES, widget=forms.RadioSelect)
    ends_on = DateField(
        label="Last day", required=False, help_text="Empty means until it is ended."
    )

    def clean_ends_on(self) -> date | None:
        return _not_over(self.cleaned_data["ends_on"])


class EndForm(NHSForm):
    """The last day of a role."""

    last_day = DateField(label="Last day", required=False, help_text="Empty means at once.")

    def clean_last_day(self) -> date | None:
        return _not_over(self.cleaned_data["last_day"])


def _not_over(day: date | None) -> date | None:
    if day and day < timezone.localdate():
        raise forms.ValidationError("Choose today or a later day.")
    return day


class LookForm(NHSForm):
    """What to look for in the audit. Nothing filled in means everything."""

    day = DateField(label="Day", required=False)
    who = forms.TypedChoiceField(
        label="Person of staff", required=False, coerce=int, empty_value=None
    )
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Any"), *AuditEvent.Kind.choices]
    )
    reference = Line(label="Reference of the record", required=False, max_length=20)

    def __init__(self, *args: Any, staff: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [("", "Anybody"), *staff]  # type: ignore[attr-defined]

    def looked(self) -> Looked:
        return Looked(**self.cleaned_data)
