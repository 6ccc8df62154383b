"""The demonstration release, imported once for each file of tests, and what is read from a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import transaction

from medications import content, evidence, queries
from medications.snapshots import Release
from sdmtool.models import User

FIXTURES = Path(__file__).parents[2] / "fixtures"


@pytest.fixture(scope="session")
def files() -> evidence.Evidence:
    """The five evidence files."""
    return evidence.read(FIXTURES / "evidence")


@pytest.fixture(scope="session")
def words() -> content.Content:
    """The words of the cards."""
    return content.read(FIXTURES / "vocabulary")


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The import, in a transaction that the whole file stands in and that is then undone."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        call_command("import_profiles", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def release(published: None, db: None) -> Release:
    """The demonstration release, through the door."""
    return queries.current_release()


@pytest.fixture
def author(db: None) -> User:
    return User.objects.create_user("curator@clinic.example", "Curator Test")


@pytest.fixture
def approver(db: None) -> User:
    return User.objects.create_user("approver@clinic.example", "Approver Test")
