"""Opening a consultation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from consultations.actions import opening
from consultations.forms.clinic.opening import OpenForm
from consultations.loading import StaffRequest
from medications import queries as medications
from sdmtool.access import Action, clinics_where, requires

PLAIN = (
    "reference", "person_name", "name_to_use", "birth_year", "question", "situation",
    "not_up_for_choice", "current_medicine", "current_dose", "needs",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.OPEN_CONSULTATION)
def open_consultation(request: StaffRequest) -> HttpResponse:
    """One form; then the page from which the person and their carers are invited."""
    clinics = {str(c.public_id): c for c in clinics_where(request.user, Action.OPEN_CONSULTATION)}
    form = OpenForm(
        request.POST or None,
        clinics=[(key, clinic.name) for key, clinic in clinics.items()],
        today=timezone.localdate(),
    )
    if form.is_valid():
        given = form.cleaned_data
        consultation = opening.open_consultation(
            clinic=clinics[given["clinic"]],
            appointment=form.appointment,
            carers=[opening.Carer(*carer) for carer in given["carers"]],
            by=request.user,
            **{name: given[name] for name in PLAIN},
        )
        messages.success(request, "The consultation is open. Now invite the person.")
        return redirect("consultations:invitations", consultation.public_id)
    context = {"form": form, "medicines": _medicines()}
    return render(request, "consultations/clinic/open.html", context)


def _medicines() -> list[str]:
    try:
        return [profile.name for profile in medications.current_release().profiles]
    except medications.NoRelease:
        return []
