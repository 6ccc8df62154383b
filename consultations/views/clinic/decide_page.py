"""Decide put together: the page before it is signed, and the signed one, which only reads."""

from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from consultations import pinning
from consultations.forms.clinic.meeting import DecideForm
from consultations.lifecycle import Event, allowed
from consultations.loading import StaffRequest
from consultations.matching import Match
from consultations.option_texts import Edition, current_edition
from consultations.present import decision as present
from consultations.present.compare import pinned_order
from consultations.present.options import Option, choices_of, options, titles
from consultations.present.sentences import as_noun
from consultations.queries import clinic as queries
from consultations.queries import signers
from consultations.snapshots import Meeting
from consultations.views.clinic.compare_page import marked, pinned_release
from consultations.views.clinic.surroundings import around
from medications import queries as medications
from sdmtool.access import Action, Field, can


def decide_form(
    request: StaffRequest, meeting: Meeting, kind: type[DecideForm] = DecideForm, **more: Any
) -> DecideForm:
    """The form of one meeting, with what was saved last. `more`: `data`, `is_checked`."""
    return kind(
        options=choices_of(everything(meeting)),
        today=timezone.localdate(),
        name=meeting.visit.name_to_use,
        by=meeting.professional.name,
        initial=asdict(meeting.deciding),
        **more,
    )


def everything(meeting: Meeting) -> tuple[Option, ...]:
    """Every option that may be discussed, as the pinned comparison knows them."""
    compared, visit = meeting.compared, meeting.visit
    edition: Edition = current_edition()
    match: Match | None = None
    if compared is not None:
        edition = Edition.from_json(compared.inputs["shown"]["options"])
        match = pinning.from_json(compared.result)
    taking = " ".join(filter(None, (visit.current_medicine, visit.current_dose)))
    return options(pinned_release(compared), match, edition, taking)


def show(
    request: StaffRequest,
    consultation: queries.Record,
    *,
    form: DecideForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page as it stands: signed, not yet possible, or to be filled in."""
    if status == 409:
        consultation.refresh_from_db()
    meeting = queries.meeting(consultation)
    may_decide = can(request.user, Action.DECIDE, consultation.clinic)
    context = around(meeting.visit, "decide", may_decide=may_decide, form=form, **more)
    if meeting.signed is not None:
        context |= {"record": meeting.signed.record, "signed": meeting.signed}
        return render(request, "consultations/clinic/decided.html", context, status=status)
    context["is_kept_from_view"] = Field.NOTES not in consultation.seen
    if form is None and (Event.DECIDE not in allowed(meeting.visit.status) or not may_decide):
        return render(request, "consultations/clinic/decide_first.html", context, status=status)
    context |= _page(request, consultation, meeting, form)
    return render(request, "consultations/clinic/decide.html", context, status=status)


def _page(
    request: StaffRequest, consultation: queries.Record, meeting: Meeting, form: DecideForm | None
) -> dict[str, Any]:
    form = form or decide_form(request, meeting)
    compared, current = meeting.compared, medications.current_release()
    is_older = compared is not None and compared.release_number != current.number
    may_sign = can(request.user, Action.SIGN, consultation.clinic)
    return {
        "form": form,
        "page": present.decide_page(
            meeting, everything(meeting), form["options"].value() or (), worries(meeting)
        ),
        "compared": compared,
        "must_compare": Event.DECIDE not in allowed(meeting.visit.status),
        "newer_release": current if is_older else None,
        "may_sign": may_sign,
        **marked(pinned_release(compared)),
        "signers": () if may_sign else signers.names(consultation.clinic),
    }


def worries(meeting: Meeting) -> tuple[str, ...]:
    """The person's list as words in a sentence."""
    if meeting.compared is None:
        return ()
    release = pinned_release(meeting.compared)
    order = pinned_order(meeting.compared, release)
    return tuple(
        as_noun(release.effect(column.code)) if column.code else column.label
        for column in order.columns
    )


def conflict(meeting: Meeting, form: DecideForm) -> tuple[present.Difference, ...]:
    """Where the record now says something else than the page that was sent."""
    names = titles(everything(meeting))
    return present.differences(meeting.deciding, form.cleaned_data, names)
