"""Paper is an equal: the blank sheet, somebody's own list, and a filled sheet typed back."""

import re
import shutil
import subprocess
from uuid import uuid4

import pytest
from django.http import QueryDict

from consultations.actions import sheets
from consultations.answers import OWN, Answers
from consultations.forms.paper import PaperForm
from consultations.models import Sheet
from medications.queries import NoRelease
from sdmtool import pdf
from tests import stories
from tests.consultations.sitting import FIVE, Sitting, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]
needs_pdftotext = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is missing")


def pages_of(content, *options):
    """The text of each page of a PDF."""
    ran = subprocess.run(
        ["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True
    )
    return [" ".join(page.split()) for page in ran.stdout.decode().split("\f")[:-1]]


# --- The blank sheet -----------------------------------------------------------------------------


@needs_pdftotext
def test_the_blank_sheet_is_one_page_with_all_36_in_the_papers_words(client, release):
    (page,) = pages_of(client.get("/print/tool-sheet.pdf").content, "-layout")
    found = [effect.label for effect in release.effects if label_in(effect.label, page)]
    print(f"{len(found)} of {len(release.effects)} side effects on the sheet")
    assert len(found) == 36
    assert "Something else, in my own words" in page
    assert "Demonstration, not for care" in page
    assert "Page 1 of 1" in page


def label_in(label, page):
    """A long label may stand on two lines, with the other column between them."""
    return all(word in page for word in label.split())


@needs_pdftotext
def test_no_item_number_is_printed_that_could_be_taken_for_a_place(client):
    (page,) = pages_of(client.get("/print/tool-sheet.pdf").content)
    numbers = set(re.findall(r"\b\d+\b", page.partition("Demonstration, not for care. ")[0]))
    assert numbers <= {"1", "2", "3", "5"}  # the three steps, and "1 to 5"


@needs_pdftotext
def test_large_print_has_every_group_whole_on_one_page(client, release):
    pages = pages_of(client.get("/print/tool-sheet.pdf?size=large").content)
    for title, effects in release.groups():
        (page,) = [page for page in pages if title in page]
        assert all(label_in(effect.label, page) for effect in effects), title
    assert "Page 5 of 5" in pages[-1]


def test_anybody_may_have_the_blank_sheet(client):
    answer = client.get("/print/tool-sheet.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "tool-sheet.pdf" in answer.headers["Content-Disposition"]
    assert client.get("/print/tool-sheet.pdf?size=%F0%9F%8C%BB").status_code == 200


def test_where_no_pdf_can_be_made_a_page_says_so(client, monkeypatch):
    def missing(*args):
        raise pdf.PdfUnavailable("No Pango here.")

    monkeypatch.setattr(pdf, "render", missing)
    answer = client.get("/print/tool-sheet.pdf")
    assert answer.status_code == 503
    assert "No Pango here." in said(answer)


def test_before_there_is_a_release_a_page_says_so(client, monkeypatch):
    def none():
        raise NoRelease

    monkeypatch.setattr("consultations.views.paper.current_release", none)
    assert client.get("/print/tool-sheet.pdf").status_code == 503


# --- Somebody's own list -------------------------------------------------------------------------


@needs_pdftotext
@pytest.mark.catalogue("H7", "H11")
def test_the_own_list_on_paper_has_the_five_in_order_and_the_reference(release):
    rowan = stories.the_person(stories.a_consultation())
    other = stories.a_consultation(reference="CT-OTHER")
    form = Sitting(rowan)
    form.fill_in()
    form.send("order", up="tremor")
    form.send_off()
    pages = pages_of(form.see("own-sheet").content, "-layout")
    five = Answers.from_json(Sheet.objects.get().answers).items
    where = [pages[0].index(release.effect(code).label) for code in five]
    assert where == sorted(where)
    assert set(five) == set(FIVE)
    for page in pages:
        assert rowan.consultation.reference in page
        assert other.reference not in page
    everything = " ".join(pages)
    for said_always in ("Do not stop or change a medicine", "999", "Release 1"):
        assert said_always in everything
    assert not [p.name for p in release.profiles if p.name.lower() in everything.lower()]


@needs_pdftotext
def test_what_somebody_wrote_cannot_hide_or_add_a_line_on_paper():
    rowan = stories.the_person(stories.a_consultation())
    form = Sitting(rowan)
    form.choose("tremor", own="</td></table><style>*{display:none}</style>\u202e9 Weight gain")
    form.send_off()
    (page,) = pages_of(form.see("own-sheet").content)
    assert "Shaking or tremor" in page
    assert "</td></table><style>" in page
    assert "\u202e" not in page


# --- Typed back by staff -------------------------------------------------------------------------


def typed(release, places=(), ticks=(), **rest):
    sent = QueryDict(mutable=True)
    sent.update({f"place_{code}": number for code, number in dict(places).items()})
    sent.update({f"help_{code}": "on" for code in ticks})
    sent.update(rest)
    return PaperForm(sent, release=release)


def complaints(form):
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def test_the_form_is_in_the_papers_order_so_that_nobody_loses_the_line(release):
    rows = list(PaperForm(release=release).rows)
    assert [row.label for row in rows] == [effect.label for effect in release.effects]


def test_a_filled_sheet_becomes_the_same_answers(release):
    form = typed(
        release,
        {"tremor": 1, "nausea": 2, "memory": 2},
        ["weight_loss"],
        own_words="Behind\x00 glass",
        own_place="4",
        helped_by="Jo, my sister",
    )
    assert form.is_valid(), form.errors
    answers = form.answers()
    assert answers.places[0] == ("tremor",)
    assert set(answers.places[1]) == {"nausea", "memory"}
    assert answers.places[2] == (OWN,)
    assert (answers.own_words, answers.helpful) == ("Behind glass", ("weight_loss",))
    assert answers.helped_by == "Jo, my sister"


@pytest.mark.parametrize("numbers", [(1, 2, 2, 3), (1, 2, 2, 4), (1, 1, 1, 4), (1, 1, 2, 3)])
def test_people_count_after_a_shared_number_in_two_ways_and_mean_the_same(release, numbers):
    codes = ("tremor", "nausea", "memory", "tension")
    assert typed(release, zip(codes, numbers, strict=True)).is_valid()


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ({}, "Choose at least one"),
        ({"tremor": 1, "nausea": 3}, "nothing is number 2"),
        ({"tremor": 2}, "nothing is number 1"),
        ({"tremor": 6}, "Shaking or tremor: put in a number from 1 to 5"),
        ({"tremor": "first"}, "Shaking or tremor: put in a number from 1 to 5"),
        (dict.fromkeys(("a1", *FIVE), 1), ""),
    ],
)
def test_what_makes_no_list_is_said_in_words(release, places, words):
    form = typed(release, places)
    if words:
        assert not form.is_valid()
        assert words in complaints(form)
    else:
        assert form.is_valid()  # a box nobody knows is not looked at


def test_six_numbers_are_said_in_words_and_all_still_there(release):
    codes = (*FIVE, "nausea")
    form = typed(release, dict.fromkeys(codes, 1))
    assert "There are 6 on the list" in complaints(form)
    assert [form[f"place_{code}"].value() for code in codes] == [1] * 6


@pytest.mark.catalogue("H10")
def test_a_number_and_a_tick_on_one_line_is_asked_about_where_it_happened(release):
    form = typed(release, {"tremor": 1}, ["tremor"])
    assert "“Shaking or tremor” has a number and a tick" in form.errors["place_tremor"][0]


def test_a_number_for_own_words_without_words_is_asked_about(release):
    assert "own words" in typed(release, {"tremor": 1}, own_place="2").errors["own_words"][0]


def test_own_words_without_a_number_are_kept_beside_the_list(release):
    form = typed(release, {"tremor": 1}, own_words="Behind glass")
    assert form.is_valid()
    assert (form.answers().also, form.answers().own_words) == ((OWN,), "Behind glass")


def test_long_words_are_counted_and_kept(release):
    form = typed(release, {"tremor": 1}, own_words="x" * 201, own_place="2")
    assert "There is room for 200 letters. These are 201." in complaints(form)
    assert form["own_words"].value() == "x" * 201


def test_the_record_says_who_typed_and_who_helped(release):
    rowan = stories.the_person(stories.a_consultation())
    nurse, key = rowan.consultation.opened_by, uuid4()
    form = typed(release, {"tremor": 1}, helped_by="Jo", sending_key=str(key))
    assert form.is_valid()
    sheet = sheets.type_paper_sheet(
        participant=rowan, answers=form.answers(), sending_key=form.key(), by=nurse
    )
    assert (sheet.typed_by, sheet.sending_key) == (nurse, key)
    assert sheet.answers["helped_by"] == "Jo"
