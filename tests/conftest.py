"""What every test gets: no network, printed seeds, and a flush that knows frozen tables."""

import os
import random
from collections.abc import Callable, Generator, Iterator

import hypothesis
import pytest
from django.db import connections
from django.test import TransactionTestCase

from sdmtool import frozen
from tests import network

DATABASE_FIXTURES = frozenset(
    {"db", "transactional_db", "live_server", "django_db_setup", "installed"}
)

_flush = TransactionTestCase._fixture_teardown


def _flush_with_triggers_lifted(case: TransactionTestCase) -> None:
    with frozen.lifted(connections["default"]):
        _flush(case)


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "catalogue(*ids): the test catalogue's entries this test proves"
    )
    if config.option.hypothesis_seed is None:
        config.option.hypothesis_seed = str(random.SystemRandom().randrange(2**32))
    hypothesis.settings.register_profile("clinic", deadline=None, print_blob=True)
    hypothesis.settings.load_profile("clinic")
    TransactionTestCase._fixture_teardown = _flush_with_triggers_lifted  # type: ignore[method-assign]
    network.guard()


def pytest_report_header(config: pytest.Config) -> list[str]:
    database = connections["default"].vendor
    seed = config.option.hypothesis_seed
    return [f"database: {database}", f"seed: {seed} (again with --hypothesis-seed={seed})"]


@pytest.fixture(autouse=True)
def only_this_machine() -> Iterator[None]:
    """Fails a test that reached outside, even when what it called swallowed the refusal."""
    network.reached.clear()
    yield
    tried = list(network.reached)
    network.reached.clear()
    assert not tried, f"reached outside this machine: {tried}"


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """Random numbers that the printed seed brings back."""
    return random.Random(f"{request.config.option.hypothesis_seed} {request.node.nodeid}")


def in_ci() -> bool:
    """Whether a missing browser is a failure rather than a skip."""
    return os.environ.get("CI", "").lower() not in {"", "0", "false"}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only",
        action="store_true",
        help="leave out tests that use no database: another database tells nothing new about them",
    )


def uses_database(item: pytest.Item) -> bool:
    """Whether the test may reach a database; pytest-django refuses it to all others."""
    fixtures = set(getattr(item, "fixturenames", ()))
    return bool(fixtures & DATABASE_FIXTURES) or item.get_closest_marker("django_db") is not None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Browser journeys last: they are slow, and most of what breaks them shows sooner elsewhere."""
    if config.getoption("--database-only"):
        left_out = [item for item in items if not uses_database(item)]
        items[:] = [item for item in items if uses_database(item)]
        config.hook.pytest_deselected(items=left_out)
    items.sort(key=lambda item: "tests/browser/" in item.nodeid.replace(os.sep, "/"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test skipped on SQLite must come again on PostgreSQL, or it would never be run."""
    report = yield
    excused = hasattr(report, "wasxfail") or uses_database(item)
    if report.skipped and not excused and connections["default"].vendor == "sqlite":
        report.outcome = "failed"
        report.longrepr = (
            f"{report.longrepr}: skipped here, and --database-only leaves it out there"
        )
    return report


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]) -> Callable[[str], None]:
    """Call it with a figure that belongs in the record of the run, even when the test passes."""

    def out(figure: str) -> None:
        with capsys.disabled():
            print(f"\n  {figure}")

    return out
