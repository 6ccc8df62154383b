"""The run on PostgreSQL leaves out only what cannot reach a database."""

import pytest

from tests.conftest import DATABASE_FIXTURES, uses_database


def names(item: pytest.Item) -> set[str]:
    return set(getattr(item, "fixturenames", ()))


def test_a_journey_and_a_test_of_a_record_use_the_database(request: pytest.FixtureRequest) -> None:
    items = {item.name: item for item in request.session.items}
    mine = {name: item for name, item in items.items() if item.path == request.path}
    assert not uses_database(mine["test_one_with_no_database"])
    assert uses_database(mine["test_one_with_a_mark"])
    assert uses_database(mine["test_one_with_a_fixture"])


def test_one_with_no_database() -> None:
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        _ask()


@pytest.mark.django_db
def test_one_with_a_mark() -> None:
    assert _ask() == 0


def test_one_with_a_fixture(transactional_db: None, request: pytest.FixtureRequest) -> None:
    assert names(request.node) & DATABASE_FIXTURES
    assert _ask() == 0


def _ask() -> int:
    from sdmtool.models import AuditEvent

    return AuditEvent.objects.count()
