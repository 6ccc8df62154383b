"""The sheet that goes home, with the cards of what was talked about behind it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.loading import StaffRequest, with_consultation
from consultations.present import record as present
from consultations.present import tool_sheet as sheet
from consultations.queries import clinic as queries
from consultations.snapshots import Meeting
from consultations.views.clinic.answers import in_words
from consultations.views.clinic.compare_page import pinned_release
from consultations.views.clinic.surroundings import around
from medications import queries as medications
from sdmtool import audit, pdf
from sdmtool.access import Action

FILENAME = "tool-sheet.pdf"


@require_safe
@with_consultation(Action.PRINT_SHEET, kind=audit.Kind.PRINT)
@in_words
def tool_sheet(request: StaffRequest, consultation: queries.Record) -> HttpResponse:
    """The signed sheet; before that, as it would print, and it says so. Never a carer's words."""
    meeting = queries.meeting(consultation)
    release = pinned_release(meeting.compared)
    page = sheet.tool_sheet(
        _record(meeting),
        is_signed=meeting.signed is not None,
        current=medications.current_release().number,
    )
    pages = [("consultations/print/tool_sheet.html", page)]
    pages += [
        medications.card_print(release, slug, reference=page["reference_line"])
        for slug in page["record"]["cards"]
    ]
    try:
        return pdf.response(pdf.packet(pages), FILENAME)
    except pdf.PdfUnavailable:
        context = around(meeting.visit, **page)
        return render(request, "consultations/clinic/unprintable.html", context, status=503)


def _record(meeting: Meeting) -> present.Json:
    if meeting.signed is not None:
        return meeting.signed.record
    return present.record(meeting, pinned_release(meeting.compared))
