"""Who gets where: every actor, address, method and record, against what the roles say."""

from datetime import date

import pytest

from consultations.queries import records as scope
from sdmtool import pdf
from sdmtool.models import Clinic
from tests.access import matrix
from tests.access.census import addresses, census

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick(monkeypatch, settings):
    """Who may have a PDF is the question here, not what is in it."""
    settings.SECURITY_CONTACT = "mailto:security@clinic.example"
    settings.SECURITY_EXPIRES = date(2030, 1, 1)
    monkeypatch.setattr(pdf, "packet", lambda pages: b"%PDF-1.7")


def attempts():
    """Every combination, for the people and records of `matrix.cast`."""
    actors, records = matrix.cast()
    rows = census()
    return [
        matrix.Try(address, rows[address.name], actor, target, method)
        for address in addresses()
        for target in matrix.targets(address, records)
        for actor in actors
        for method in matrix.METHODS
    ]


@pytest.mark.catalogue("A2", "A5")
def test_everybody_gets_exactly_where_their_role_and_clinic_let_them():
    wrong, nowhere, tried = [], {}, attempts()
    for attempt in sorted(tried, key=lambda one: one.target.ownership != "nowhere"):
        answer = matrix.ask(attempt)
        if matrix.came_back(answer) != matrix.expected(attempt):
            wrong.append(f"{attempt}: {matrix.came_back(answer)}, not {matrix.expected(attempt)}")
        key = (attempt.actor.name, attempt.method, attempt.address.name)
        if attempt.target.ownership == "nowhere":
            nowhere[key] = answer
        told = matrix.came_back(answer) == "not there"
        if told and not matrix.is_same_as_nowhere(answer, nowhere.get(key)):
            wrong.append(f"{attempt}: tells more than about a record that is not there")
    print(f"\nA2: {len(tried)} combinations, {len(wrong)} wrong")
    assert not wrong, "\n".join(wrong[:40])


def test_without_the_clinics_in_the_query_the_matrix_goes_red(monkeypatch):
    """The control: the scope left out of the one place it is in."""
    monkeypatch.setattr(scope, "clinics_where", lambda user, action: Clinic.objects.all())
    wrong = [
        str(attempt)
        for attempt in attempts()
        if attempt.address.name == "consultations:my_list"
        and attempt.method == "GET"
        and matrix.came_back(matrix.ask(attempt)) != matrix.expected(attempt)
    ]
    assert any("other clinic" in one for one in wrong)
