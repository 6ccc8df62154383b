"""The blank tool sheet on paper, for anybody: the 36 side effects to number and to tick by hand."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from consultations.present import blank_sheet
from medications.queries import NoRelease, current_release
from sdmtool import pdf
from sdmtool.access import public


@require_safe
@public
def tool_sheet(request: HttpRequest) -> HttpResponse:
    """A4, one page; `?size=large` is large print, one group after another."""
    is_large = request.GET.get("size") == "large"
    template = "tool_sheet_blank_large.html" if is_large else "tool_sheet_blank.html"
    try:
        release = current_release()
        sheet = blank_sheet.blank_sheet(release)
        context = {"sheet": sheet, "release": release, "demo": release.is_demonstration}
        content = pdf.render(f"consultations/print/{template}", context)
    except NoRelease:
        return render(request, "consultations/respond/not_ready.html", status=503)
    except pdf.PdfUnavailable as missing:
        page = {"why": missing}
        return render(request, "consultations/respond/unprintable.html", page, status=503)
    return pdf.response(content, "tool-sheet-large.pdf" if is_large else "tool-sheet.pdf")
