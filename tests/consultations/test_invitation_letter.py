"""The letter that brings somebody their code: for the person, for a carer, and in large print."""

import re

import pytest

from consultations.models import Invitation
from sdmtool import pdf, qr
from sdmtool.models import AuditEvent
from tests import stories
from tests.consultations.sitting import said
from tests.consultations.test_paper import needs_pdftotext, pages_of
from tests.content.reading import GRADE_FOR_AGE_11, grade
from tests.medications.paper import facts_of, read_aloud
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("release")]
MEDICAL = re.compile(r"medicin|drug|tablet|side effect|psych|mental|crisis|illness|health", re.I)


@pytest.fixture
def consultation():
    return stories.a_consultation()


@pytest.fixture
def staff(consultation):
    return signed_in(consultation.opened_by)


def paths(participant):
    one = f"/consultations/{participant.consultation.public_id}/invitations/"
    return f"{one}{participant.pk}/issue/", f"{one}{participant.pk}/letter/"


def code_on(page):
    return re.search(r'name="code" value="([^"]+)"', page.text)[1]


def a_letter(staff, participant, **sent):
    """As reception makes it: the code first, then the button for the letter beside it."""
    issue, letter = paths(participant)
    code = code_on(staff.post(issue))
    return code, staff.post(letter, {"code": code, **sent})


def test_the_letter_has_the_code_that_the_page_shows_and_the_code_works(
    consultation, staff, client
):
    code, answer = a_letter(staff, stories.the_person(consultation))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    came = client.post("/i/", {"code": code})
    assert came.headers["Location"] == "/i/before-you-start/"


@needs_pdftotext
@pytest.mark.parametrize("sent", [{}, {"size": "large"}], ids=["ordinary", "large"])
@pytest.mark.parametrize("whose", [stories.the_person, stories.the_carer])
def test_whatever_somebody_needs_to_come_in_is_in_the_letter(consultation, staff, whose, sent):
    code, answer = a_letter(staff, whose(consultation), **sent)
    pages = pages_of(answer.content)
    everything = "".join("".join(pages).split())  # a line may break anywhere in an address
    for words in (
        "".join(code.split("-")),
        "http://testserver/i/",
        "http://testserver/print/tool-sheet.pdf",
        consultation.clinic.name,
        "01632 960123",
        "about 5 minutes",
        "until the end of",
        "Whoever has it can answer in your place",
        "Nobody watches them for emergencies",
        "999",
        "111",
        "116 123",
    ):
        assert "".join(words.split()) in everything, words
    assert len(pages) <= (3 if sent else 1)
    assert all(consultation.reference in page for page in pages)


@needs_pdftotext
def test_a_carers_letter_speaks_to_the_carer_and_the_persons_to_the_person(consultation, staff):
    to_rowan, to_jo = (
        " ".join(pages_of(a_letter(staff, whose(consultation))[1].content))
        for whose in (stories.the_person, stories.the_carer)
    )
    assert "Dear Rowan" in to_rowan
    assert "Dear Jo Sample" in to_jo
    assert "would worry you most for Rowan" in to_jo
    assert "Rowan does not see them unless you agree" in to_jo
    assert "Jo" not in to_rowan
    assert "about your medicine" not in to_jo


@needs_pdftotext
@pytest.mark.catalogue("H7")
def test_nothing_medical_shows_before_the_letter_is_read_and_no_name_beside_it(consultation, staff):
    _, answer = a_letter(staff, stories.the_person(consultation))
    outside, greeting, _ = " ".join(pages_of(answer.content)).partition("Dear Rowan")
    assert greeting
    assert not MEDICAL.search(outside), outside
    facts = facts_of(answer.content)
    beside = f"{facts} {answer.headers}"
    assert facts["Title"] == "Invitation"
    for secret in ("Rowan", "Sample", consultation.reference):
        assert secret not in beside
    assert not MEDICAL.search(facts["Title"])
    assert 'filename="invitation.pdf"' in answer.headers["Content-Disposition"]


@needs_pdftotext
def test_read_aloud_the_square_has_words_and_says_the_address(consultation, staff):
    _, answer = a_letter(staff, stories.the_person(consultation))
    assert facts_of(answer.content)["Tagged"] == "yes"
    assert "We would like to hear from you" in read_aloud(answer.content)
    assert b"A square for the camera" in answer.content or "square" in read_aloud(answer.content)


@pytest.mark.catalogue("B7")
def test_the_square_says_only_the_address_where_a_code_is_typed(consultation, staff, monkeypatch):
    drawn = []
    monkeypatch.setattr(qr, "square", lambda text: drawn.append(text) or real(text))
    a_letter(staff, stories.the_person(consultation))
    assert drawn == ["http://testserver/i/"]


real = qr.square


def test_the_square_has_its_three_corners_and_a_white_rim():
    drawn = square_of(real("https://choosing.clinic.example/i/"))
    side = len(drawn)
    finder = ["#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"]
    corner = slice(4, 11), slice(side - 11, side - 4)
    for rows, columns in ((corner[0], corner[0]), (corner[0], corner[1]), (corner[1], corner[0])):
        assert [row[columns] for row in drawn[rows]] == finder
    assert all("#" not in row[:4] + row[-4:] for row in drawn)
    assert "#" not in "".join(drawn[:4] + drawn[-4:])


def square_of(square):
    """The path drawn as text."""
    rows = [["."] * square.side for _ in range(square.side)]
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)", square.path):
        rows[int(y)][int(x) : int(x) + int(width)] = "#" * int(width)
    return ["".join(row) for row in rows]


@needs_pdftotext
def test_what_is_asked_is_said_in_plain_words(consultation, staff, say):
    for whose in (stories.the_person, stories.the_carer):
        text = " ".join(pages_of(a_letter(staff, whose(consultation))[1].content))
        body = text.partition("hear from you")[2].partition("If you need help now")[0]
        body = body.replace(consultation.clinic.name, "the clinic")
        plain = re.sub(r"http://\S+|(?<=your code) .*?(?= Capitals)", ".", body)
        say(f"letter to {whose.__name__}: school grade {grade(plain):.1f}")
        assert grade(plain) <= GRADE_FOR_AGE_11


# --- Which code may be printed -------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["", "x", "\x00", "0000-0000-0000-0000-0", "🌻" * 17])
def test_a_code_that_is_not_the_live_one_is_not_printed(consultation, staff, typed):
    rowan = stories.the_person(consultation)
    stories.invited(rowan)
    answer = staff.post(paths(rowan)[1], {"code": typed}, follow=True)
    assert "no letter was made" in said(answer)


def test_a_code_that_was_replaced_or_is_somebody_elses_is_not_printed(consultation, staff):
    rowan, jo = stories.the_person(consultation), stories.the_carer(consultation)
    old = stories.invited(rowan).code
    for code in (stories.invited(jo).code, old):
        stories.invited(rowan)
        assert staff.post(paths(rowan)[1], {"code": code}).status_code == 302
    assert not AuditEvent.objects.filter(kind="print").exists()


def test_printing_is_in_the_audit_and_uses_nothing_up(consultation, staff):
    rowan = stories.the_person(consultation)
    a_letter(staff, rowan)
    (row,) = AuditEvent.objects.filter(kind="print")
    assert (row.action, row.subject) == ("print an invitation letter", consultation.public_id)
    assert Invitation.objects.get(participant=rowan).used_at is None


@pytest.mark.catalogue("B2")
def test_a_printed_code_is_kept_nowhere(consultation, staff):
    code, _ = a_letter(staff, stories.the_person(consultation))
    kept = str([list(model.objects.values()) for model in (Invitation, AuditEvent)])
    assert code not in kept
    assert code.replace("-", "") not in kept
    assert code not in str(dict(staff.session))


def test_where_no_pdf_can_be_made_the_page_says_that_the_code_still_works(
    consultation, staff, monkeypatch
):
    def missing(*args):
        raise pdf.PdfUnavailable("No Pango here.")

    monkeypatch.setattr(pdf, "render", missing)
    _, answer = a_letter(staff, stories.the_person(consultation))
    assert answer.status_code == 503
    assert "No Pango here. The code still works" in said(answer)
