"""After sending: the receipt, and the list on paper. No order of medicines is shown here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from consultations import situations
from consultations.present import own_list
from consultations.queries import respond
from consultations.queries.respond import Visitor
from consultations.views.respond import page
from consultations.views.respond.sitting import for_respondent
from medications.queries import current_release
from sdmtool import pdf


@require_safe
@for_respondent()
def sent(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """What was sent and when, what happens next, and what to ask."""
    progress = respond.progress(invitation.participant)
    if progress.receipt is None:
        return redirect(page.next_page(progress.answers))
    consultation = invitation.participant.consultation
    return page.show(
        request,
        invitation,
        "sent.html",
        consultation=consultation,
        receipt=progress.receipt,
        has_changed=not progress.is_sent,
        professionals=respond.professionals(consultation),
    )


@require_safe
@for_respondent()
def own_sheet(request: HttpRequest, invitation: Visitor) -> HttpResponse:
    """The sent list as a PDF, with nothing on it that was not written by its sender."""
    progress = respond.progress(invitation.participant)
    if progress.receipt is None:
        return redirect(page.next_page(progress.answers))
    words, release = page.words_for(invitation), current_release()
    context = {
        "consultation": invitation.participant.consultation,
        "receipt": progress.receipt,
        "list": own_list.own_list(release, progress.receipt.answers, words),
        "words": words,
        "crisis": situations.current_edition().crisis,
        "release": release,
        "demo": release.is_demonstration,
    }
    try:
        content = pdf.render("consultations/print/own_list.html", context)
    except pdf.PdfUnavailable as missing:
        return page.show(request, invitation, "unprintable.html", status=503, why=missing)
    return pdf.response(content, "my-list.pdf")
