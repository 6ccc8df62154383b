"""The sheet that goes home: one person's, with their reference on every page, nobody else's words.

One packet is printed for the whole file; what needs no paper is read before it is printed.
"""

import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from django.http import HttpResponse
from django.template.loader import render_to_string

from consultations.actions import meeting
from consultations.answers import OWN, Answers
from consultations.present import tool_sheet
from consultations.present.record import record
from consultations.queries import clinic as queries
from consultations.snapshots import Deciding
from sdmtool import pdf
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.clinic import a_colleague, a_newer_release, at, the_opener
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


def words_of(content):
    """The text of a PDF, one string for each page, runs of space folded."""
    run = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=content, capture_output=True, check=True
    )
    pages = run.stdout.decode().split("\f")[:-1]
    return [" ".join(page.split()) for page in pages]


def printed(consultation):
    return the_opener(consultation).get(at(consultation, "tool_sheet"))


@dataclass(frozen=True)
class Packet:
    """One signed consultation and its packet on paper."""

    reference: str
    answer: HttpResponse
    pages: list[str]
    record: dict


@pytest.fixture(scope="module")
def packet(published, django_db_blocker):
    with django_db_blocker.unblock():
        consultation = stories.signed()
        answer = printed(consultation)
        kept = queries.signed(consultation).record
    return Packet(consultation.reference, answer, words_of(answer.content), kept)


@pytest.fixture
def unprinted(monkeypatch):
    """The words of a packet without the paper: {consultation} -> one text."""

    def as_text(pages):
        made = [render_to_string(template, context) for template, context in pages]
        return " ".join(" ".join(made).split()).encode()

    monkeypatch.setattr(pdf, "packet", as_text)
    return lambda consultation: printed(consultation).content.decode()


# --- what stands on it --------------------------------------------------------------------------


def test_the_persons_five_stand_in_order_and_the_reference_on_every_page(packet):
    assert all(f"Reference {packet.reference}" in page for page in packet.pages)
    first = packet.pages[0][packet.pages[0].index("My list") :]
    order = [
        first.index(label)
        for label in ("Weight gain", "Difficulty staying awake", "Less sex drive", "Restlessness")
    ]
    assert order == sorted(order)
    assert first.index("Restlessness") < first.index("Dry mouth")


@pytest.mark.catalogue("H11")
def test_what_must_be_said_first_is_said_first(packet):
    first = packet.pages[0]
    start = first.index("Do not stop or change a medicine without talking to the clinic")
    assert start < first.index("My list")
    for words in ("999", "111", "116 123", "01632 960123", "It does not show how well"):
        assert start < first.index(words, start) < first.index("My list")


def test_all_36_stand_on_it_with_their_places_and_ticks(packet):
    effects = packet.record["effects"]
    assert [row["label"] for row in effects] == [e.label for e in stories.the_release().effects]
    places = {row["label"]: row["place"] for row in effects if row["place"]}
    assert sorted(places.values()) == ["1", "2", "3=", "3=", "5"]
    assert [row["label"] for row in effects if row["is_welcome"]] == [
        "Sleepy in the evening or at night"
    ]
    the_form = next(page for page in packet.pages if "All 36 side effects" in page)
    for row in effects:
        assert row["label"].split("(")[0].split("/")[0][:12] in the_form


@pytest.mark.catalogue("H8")
def test_every_rating_of_the_match_is_on_paper_as_it_was_pinned(packet):
    pages, release = " ".join(packet.pages[:4]), stories.the_release()
    for row in packet.record["order"]["rows"]:
        profile = release.profile(row["slug"])
        wanted = [profile.rating(code).words for code in stories.ROWANS_LIST.items]
        assert [cell["words"] for cell in row["cells"]] == wanted
        assert row["name"] in pages
        assert row["why"].split(".")[0][:40] in pages


def test_the_decision_both_views_and_the_plan_are_on_it(packet):
    for words in ("Aripiprazole", "I will try it.", "It fits the list.", "Start low, after"):
        assert words in packet.pages[0]


def test_the_cards_of_what_was_talked_about_are_behind_it(packet):
    behind = [page for page in packet.pages if "Information card" in page]
    assert any("Cariprazine" in page for page in behind)
    assert any("Aripiprazole" in page for page in behind)
    assert all(re.search(r"Page \d of \d", page) for page in packet.pages)


def test_before_it_is_signed_it_says_so(unprinted, packet):
    assert "Not signed" in unprinted(stories.decided())
    assert "Not signed" not in packet.pages[0]


def test_a_list_of_own_words_and_no_cards_still_prints():
    answers = Answers(places=((OWN,),), own_words="Behind </td></table><b>glass")
    consultation = stories.compared(answers=answers)
    deciding = Deciding(("stay", "wait"), "option", "wait", copy_given="later")
    stories.act(consultation, meeting.sign, deciding=deciding, words=record)
    pages = words_of(printed(consultation).content)
    assert "Behind </td></table><b>glass" in pages[0]
    assert "the medicines have no order here" in " ".join(pages)


# --- whose it is --------------------------------------------------------------------------------


@pytest.mark.catalogue("H12")
def test_a_carers_words_are_never_on_it(unprinted):
    consultation = stories.a_consultation()
    stories.a_sent_sheet(stories.the_person(consultation))
    carers = Answers(places=((OWN,),), own_words="CARERSENTINEL", person_may_see=True)
    stories.a_sent_sheet(stories.the_carer(consultation), carers)
    stories.act(consultation, meeting.compare)
    deciding = Deciding(("stay", "wait"), "option", "wait", copy_given="later")
    stories.act(consultation, meeting.sign, deciding=deciding, words=record)
    whole = unprinted(consultation)
    assert "CARERSENTINEL" not in whole
    assert "Jo Sample" not in whole
    assert "CARERSENTINEL" not in str(queries.signed(consultation).record)


def of_others(text, name, people):
    """Whose name or reference stands on pages that are not theirs."""
    return [
        other
        for other, (reference, _) in people.items()
        if other != name and (other in text or reference in text)
    ]


@pytest.mark.catalogue("H7")
def test_of_many_people_each_gets_their_own_sheet_and_nobody_elses(say):
    people = {}
    for number in range(4):
        name = f"Sentinel{number}x Sample"
        consultation = stories.signed(person_name=name, name_to_use=f"Sentinel{number}x")
        page = tool_sheet.tool_sheet(queries.signed(consultation).record, is_signed=True, current=1)
        people[name] = (consultation.reference, [("consultations/print/tool_sheet.html", page)])
    with ThreadPoolExecutor(3) as pool:
        papers = pool.map(pdf.packet, [pages for _, pages in people.values()])
        made = {name: words_of(paper) for name, paper in zip(people, papers, strict=True)}
    for name, pages in made.items():
        assert name in pages[0]
        assert all(people[name][0] in page for page in pages)
        assert of_others(" ".join(pages), name, people) == []
    mixed = " ".join(" ".join(pages) for pages in made.values())
    assert len(of_others(mixed, "Sentinel0x Sample", people)) == 3  # the control
    say(f"H7: {len(made)} sheets made three at a time, 0 foreign")


def test_neither_file_name_nor_title_names_anybody(packet):
    answer = packet.answer
    assert answer["Content-Disposition"] == 'inline; filename="tool-sheet.pdf"'
    assert "no-store" in answer["Cache-Control"]
    info = subprocess.run(["pdfinfo", "-"], input=answer.content, capture_output=True, check=True)
    assert b"Rowan" not in info.stdout
    assert b"Tagged:          yes" in info.stdout


@pytest.mark.catalogue("H5", "T11")
def test_printed_again_after_a_newer_release_it_is_the_same_and_says_it_is_old(
    unprinted,
):
    consultation = stories.signed()
    before = unprinted(consultation)
    newer = a_newer_release()
    after = unprinted(consultation)
    says = re.search(r"<p><b>Release \d+ has come out since.*?</p> ?", after)
    assert f"Release {newer.number}" in says[0]
    assert after.replace(says[0], "") == before


def test_a_sheet_can_be_printed_before_there_is_a_list(unprinted):
    words = unprinted(stories.a_consultation())
    assert "No list was sent." in words
    assert "Nothing is decided yet." in words


def test_printing_is_audited_as_printing(unprinted):
    consultation = stories.signed()
    unprinted(consultation)
    event = AuditEvent.objects.filter(action="tool_sheet").last()
    assert (event.kind, event.subject) == ("print", consultation.public_id)


def test_a_peer_worker_prints_nothing_and_another_clinic_finds_nothing():
    consultation = stories.signed()
    worker = a_colleague(consultation, Role.PEER_WORKER)
    assert signed_in(worker).get(at(consultation, "tool_sheet")).status_code == 403
    stranger = stories.a_prescriber(stories.a_clinic("Sample Lane Clinic"))
    assert signed_in(stranger).get(at(consultation, "tool_sheet")).status_code == 404


def test_without_the_library_that_draws_it_the_page_says_so(monkeypatch):
    def missing(pages):
        raise pdf.PdfUnavailable

    monkeypatch.setattr(pdf, "packet", missing)
    answer = printed(stories.signed())
    assert answer.status_code == 503
    assert b"Pango" in answer.content
