"""What is installed: few packages, each with its reason, each pinned by hash, from no host."""

import re
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.architecture.source import ROOT

MOST_AT_RUN_TIME = 10
# Below these, known holes.
FLOORS = {"weasyprint": "70.0", "django": "5.2.19"}

PROJECT = (ROOT / "pyproject.toml").read_text()
LOCK = (ROOT / "requirements.lock").read_text()


def declared() -> dict[str, list[Requirement]]:
    project = tomllib.loads(PROJECT)
    return {
        "run": [Requirement(line) for line in project["project"]["dependencies"]],
        "dev": [Requirement(line) for line in project["dependency-groups"]["dev"]],
    }


def locked(lock: str) -> dict[str, str]:
    """Each package of the lock with its version."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock, re.M))


def unhashed(lock: str) -> list[str]:
    """Packages of the lock without a hash."""
    entries = re.split(r"^(?=[a-z0-9-]+==)", lock, flags=re.M)[1:]
    return [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry]


def unexplained(project: str) -> list[str]:
    """Dependencies without a reason beside them."""
    lines = re.findall(r'^    "([a-z][a-z0-9\[\],-]*[<>=][^"]*)",(.*)$', project, re.M)
    return [name for name, rest in lines if not re.match(r"\s+# \w{2,}", rest)]


def test_few_packages_are_needed_at_run_time() -> None:
    assert 0 < len(declared()["run"]) <= MOST_AT_RUN_TIME


def test_every_dependency_has_its_reason_beside_it() -> None:
    assert unexplained(PROJECT) == []


@pytest.mark.catalogue("I2")
def test_every_locked_package_has_its_hash_and_no_host() -> None:
    assert unhashed(LOCK) == []
    assert re.findall(r"^\s*-[-a-z]*(?:index|find-links|trusted|url)\S*", LOCK, re.M) == []
    assert "//" not in LOCK


def test_the_lock_holds_what_is_declared() -> None:
    pinned = locked(LOCK)
    for requirement in [*declared()["run"], *declared()["dev"]]:
        assert requirement.specifier.contains(pinned[requirement.name.lower()]), requirement


@pytest.mark.catalogue("I1")
def test_nothing_installed_is_older_than_its_last_known_hole() -> None:
    old = {name: version(name) for name in FLOORS if Version(version(name)) < Version(FLOORS[name])}
    assert old == {}


def test_what_is_installed_is_what_is_locked() -> None:
    direct = [r.name for group in declared().values() for r in group]
    assert {name: version(name) for name in direct} == {n: locked(LOCK)[n.lower()] for n in direct}


def test_a_bad_lock_and_a_silent_dependency_are_noticed() -> None:
    assert unhashed("django==5.2 \\\n    --hash=sha256:00\nflask==3.0\n") == ["flask"]
    assert unexplained('    "django>=5",  # why\n    "flask>=3",\n    "six>=1",  #\n') == [
        "flask>=3",
        "six>=1",
    ]
