"""A record of another clinic, to read, for today, with a reason."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from consultations.actions import elsewhere as actions
from consultations.forms.clinic.elsewhere import BreakGlassForm
from consultations.loading import StaffRequest
from sdmtool.access import Action, requires

NOTHING = (
    "Nothing is opened with this reference and year of birth. After five wrong tries, wait ten "
    "minutes."
)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.BREAK_GLASS)
def elsewhere(request: StaffRequest) -> HttpResponse:
    form = BreakGlassForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            found = actions.break_glass(by=request.user, **form.cleaned_data)
        except actions.NothingOpened:
            form.add_error("reference", NOTHING)
        else:
            return redirect("consultations:my_list", found.public_id)
    return render(request, "consultations/clinic/elsewhere.html", {"form": form})
