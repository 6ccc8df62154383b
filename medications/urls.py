"""The public library."""

from django.urls import path

from medications.views import library

app_name = "medications"
urlpatterns = [
    path("", library.library, name="library"),
    path("<slug:slug>/", library.card, name="card"),
    path("<slug:slug>/card.pdf", library.card_pdf, name="card_pdf"),
    path("<slug:slug>/card-large.pdf", library.card_pdf_large, name="card_pdf_large"),
]
