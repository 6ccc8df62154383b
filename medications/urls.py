"""The public library, and the pharmacists' workplace."""

from django.urls import path

from medications.views import curation, library

app_name = "medications"
urlpatterns = [
    path("", library.library, name="library"),
    path("curation/board/", curation.board, name="board"),
    path("curation/drafts/<int:profile_id>/", curation.draft, name="draft"),
    path("curation/drafts/<int:profile_id>/submit/", curation.submit, name="submit"),
    path("curation/drafts/<int:profile_id>/<slug:slug>/", curation.cell, name="cell"),
    path("curation/<slug:slug>/start-draft/", curation.start_draft, name="start_draft"),
    path("<slug:slug>/", library.card, name="card"),
    path("<slug:slug>/card.pdf", library.card_pdf, name="card_pdf"),
    path("<slug:slug>/card-large.pdf", library.card_pdf_large, name="card_pdf_large"),
]
