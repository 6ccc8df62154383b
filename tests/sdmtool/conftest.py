"""An installation for the tests of this folder that need a whole one."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.sdmtool import production


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """An installation is on PostgreSQL: left out of the run on SQLite, rather than skipped."""
    if connection.vendor == "postgresql":
        return
    away = [item for item in items if "installed" in getattr(item, "fixturenames", ())]
    if away:
        config.hook.pytest_deselected(items=away)
        items[:] = [item for item in items if item not in away]


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[production.Installation]:
    """As docs/deploy.md says; made once, and only in the run on PostgreSQL."""
    with production.installation(tmp_path_factory.mktemp("installed")) as made:
        yield made
