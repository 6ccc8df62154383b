"""The public library: every medicine of the current release, its card on screen and on paper."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from medications import present, queries
from medications.loading import with_card
from medications.snapshots import Release
from sdmtool import pdf
from sdmtool.access import public


@require_safe
@public
def library(request: HttpRequest) -> HttpResponse:
    """Every medicine, with how much is known about each. Before the first release it says so."""
    try:
        page = present.library(queries.current_release())
    except queries.NoRelease:
        page = None
    return render(request, "medications/library.html", {"page": page})


@require_safe
@public
@with_card
def card(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    return render(request, "medications/card.html", {"card": queries.card_page(release, slug)})


@require_safe
@public
@with_card
def card_pdf(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    return _on_paper(request, release, slug, is_large=False)


@require_safe
@public
@with_card
def card_pdf_large(request: HttpRequest, release: Release, slug: str) -> HttpResponse:
    return _on_paper(request, release, slug, is_large=True)


def _on_paper(request: HttpRequest, release: Release, slug: str, *, is_large: bool) -> HttpResponse:
    """The card as a PDF; where no PDF can be made, the same page to print from the browser."""
    template, context = queries.card_print(release, slug, is_large=is_large)
    try:
        content = pdf.render(template, context)
    except pdf.PdfUnavailable as missing:
        return render(request, "medications/card_unprintable.html", {"why": missing}, status=503)
    return pdf.response(content, f"{slug}-card.pdf")
