"""Compare put together: what was pinned, what has changed since, and the forms under the table."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from consultations import pinning, setting_aside
from consultations.forms.clinic.meeting import RuleOutForm, TrialsForm
from consultations.lifecycle import Event, allowed
from consultations.loading import StaffRequest
from consultations.matching import RULES_VERSION
from consultations.option_texts import Edition
from consultations.present import compare as present
from consultations.present.options import choices_of, options
from consultations.present.sentences import capital
from consultations.queries import clinic as queries
from consultations.snapshots import Compared
from consultations.views.clinic.surroundings import around
from medications import queries as medications
from medications.ratings import PLUSES, Rating
from medications.snapshots import Release
from sdmtool.access import Action, can

KEY = (Rating.NONE, *PLUSES, Rating.NOT_KNOWN)


def show(
    request: StaffRequest,
    consultation: queries.Record,
    *,
    status: int = 200,
    template: str = "compare.html",
    **sent: Any,
) -> HttpResponse:
    """The page. `sent` are forms somebody has sent, shown again as they sent them."""
    if status == 409:
        consultation.refresh_from_db()
    visit, compared = queries.visit(consultation), queries.newest_comparison(consultation)
    context = around(
        visit,
        "compare",
        may_compare=can(request.user, Action.COMPARE, consultation.clinic),
        may_pin=Event.COMPARE in allowed(visit.status),
        has_errors=any(form.errors for form in sent.values()),
        **sent,
    )
    if compared is None:
        context["has_list"] = queries.newest_sheet(consultation) is not None
        return render(request, "consultations/clinic/compare_first.html", context, status=status)
    context |= _pinned(consultation, compared, sent)
    context["may_rule_out"] = can(request.user, Action.SIGN, consultation.clinic)
    return render(request, f"consultations/clinic/{template}", context, status=status)


def pinned_release(compared: Compared | None) -> Release:
    """The release a comparison pinned; the current one before there is a comparison."""
    if compared is None:
        return medications.current_release()
    return medications.release(compared.release_number, content_hash=compared.release_hash)


def choices(compared: Compared) -> list[tuple[str, str]]:
    """Every code that may be ticked beside this comparison, with its name."""
    edition = Edition.from_json(compared.inputs["shown"]["options"])
    match = pinning.from_json(compared.result)
    return choices_of(options(pinned_release(compared), match, edition, ""))


def medicines(release: Release) -> list[tuple[str, str]]:
    """The medicines of a release, for a select."""
    return [(profile.slug, capital(profile.name)) for profile in release.profiles]


def _pinned(
    consultation: queries.Record, compared: Compared, sent: dict[str, Any]
) -> dict[str, Any]:
    ticking, visit = sent.get("ticking"), queries.visit(consultation)
    ticked = ticking["options"].value() if ticking else queries.deciding(consultation).options
    release, current = pinned_release(compared), medications.current_release()
    changed = _changed(consultation, compared, current)
    page = present.compare_page(visit.public_id, compared, release, ticked, changed)
    known = medicines(current)
    return {
        "page": page,
        "key": KEY,
        "counts": present.heading_counts(page),
        "worries": present.worries(page),
        "ruling": sent.get("ruling") or RuleOutForm(medicines=known, prefix="aside"),
        "trials": sent.get("trials")
        or TrialsForm(medicines=known, prefix="trials", initial={"medicines": visit.trials}),
        **marked(release),
    }


def marked(release: Release) -> dict[str, Any]:
    """The release a page is about, for its banner and its last line."""
    return {"release": release, **({"demo": True} if release.is_demonstration else {})}


def _changed(consultation: queries.Record, compared: Compared, current: Release) -> tuple[str, ...]:
    visit, newest = queries.visit(consultation), queries.newest_sheet(consultation)
    return present.what_changed(
        compared,
        newest=newest,
        current=current,
        aside=setting_aside.reasons(
            current,
            queries.ruled_out(consultation),
            visit.trials,
            newest.answers.living.refused() if newest else {},
            visit.name_to_use,
        ),
        rules=RULES_VERSION,
        name=visit.name_to_use,
    )
