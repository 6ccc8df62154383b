"""What the tests of consultations share."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from consultations.actions import invitations
from medications.snapshots import Release
from tests import stories


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Prints a figure that belongs in the record of a test run, even when the test passes."""

    def out(figure: str) -> None:
        with capsys.disabled():
            print(f"\n  {figure}")

    return out


@pytest.fixture(autouse=True)
def quick_codes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Codes under a quick hash; the shipped one, slow on purpose, is tested by name."""
    monkeypatch.setattr(invitations, "HASHER", "md5")
    invitations._nobody.cache_clear()
    yield
    invitations._nobody.cache_clear()


@pytest.fixture(scope="module")
def published(django_db_setup: None, django_db_blocker: object) -> Iterator[None]:
    """The demonstration release, in a transaction the whole file stands in and that is undone."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        stories.the_release()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def release(published: None, db: None) -> Release:
    """The demonstration release, through the door."""
    return stories.the_release()
