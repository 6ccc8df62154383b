"""What anybody may print: the blank tool sheet."""

from django.urls import path

from consultations.views import paper

app_name = "paper"
urlpatterns = [path("tool-sheet.pdf", paper.tool_sheet, name="tool-sheet")]
