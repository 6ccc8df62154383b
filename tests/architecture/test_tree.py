"""The repository stands alone: it points at nothing beside it and at no host but its sources."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.architecture.source import PACKAGES, ROOT, python_files, tracked_files
from tests.network import is_local

# Folders and files that cite sources, with their addresses, or that others wrote.
CITING = (
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "SECURITY.md",
    "docs/",
    "fixtures/",
    "static/fonts/",
    "static/vendor/",
    "tests/content/",
)
# Hosts that a file may name all the same: why.
ALLOWED = {
    "www.w3.org": "the name of SVG's namespace, not a place",
    "www.bbc.co.uk": "where Leave quickly can lead: an everyday page",
    "www.metoffice.gov.uk": "where Leave quickly can lead: an everyday page",
}
RESERVED = (".example", ".invalid", ".test")  # RFC 2606: no machine has them
TEXT = {"", ".css", ".html", ".js", ".lock", ".md", ".py", ".sh", ".svg", ".toml", ".txt", ".yaml"}

ADDRESS = re.compile(r"\b(?:https?|wss?|ftp):?//[^\s\"'<>)`,;{}]+", re.I)
BESIDE = re.compile(r"\.\./shared\b|(?<![\w.\-/])/(?:work|farm)/")
CARELESS = {
    "mark_safe": re.compile(r"\bmark_safe\b|\bSafe(String|Text)\("),
    'fields = "__all__"': re.compile(r"\bfields\s*=\s*[\"']__all__[\"']"),
    "a form without named fields": re.compile(r"^\s+exclude\s*=\s*[\[(\"']", re.M),
    "csrf_exempt": re.compile(r"\bcsrf_exempt\b"),
}


def texts() -> Iterator[tuple[str, str]]:
    """Each text file of the repository: its name and what it says."""
    for path in tracked_files():
        if path.suffix in TEXT:
            yield str(path.relative_to(ROOT)), path.read_text(errors="replace")


def outside_hosts(text: str) -> list[str]:
    """The addresses in `text` that lead to a machine somewhere else."""
    found = []
    for address in ADDRESS.findall(text):
        try:
            host = urlsplit(address).hostname
        except ValueError:
            continue
        reserved = (host or "").endswith(RESERVED)
        if host and "." in host and not (is_local(host) or reserved or host in ALLOWED):
            found.append(address)
    return found


def careless(text: str) -> list[str]:
    return [what for what, pattern in CARELESS.items() if pattern.search(text)]


def product_files() -> Iterator[tuple[str, str]]:
    for path in python_files(*PACKAGES):
        yield str(path.relative_to(ROOT)), path.read_text()


def test_nothing_points_outside_the_repository() -> None:
    assert [name for name, text in texts() if BESIDE.search(text)] == []


def test_no_file_names_a_host_but_where_sources_are_cited() -> None:
    hosts = {name: outside_hosts(text) for name, text in texts() if not name.startswith(CITING)}
    assert {name: found for name, found in hosts.items() if found} == {}


def test_no_product_code_goes_round_escaping_or_takes_every_field() -> None:
    found = {name: careless(text) for name, text in product_files()}
    assert {name: complaints for name, complaints in found.items() if complaints} == {}


@pytest.mark.parametrize(
    "text",
    ["/".join(["see ..", "shared", "design"]), "/".join(["", "work", "main"])],
)
def test_a_path_beside_the_repository_is_noticed(text: str) -> None:
    assert BESIDE.search(text)


def test_a_host_is_noticed_and_this_machine_is_not() -> None:
    outside = "https:" + "//cdn.clinic.org/x.js"
    assert outside_hosts(f'<script src="{outside}">') == [outside]
    assert outside_hosts("http://127.0.0.1:8000/ http://localhost/ https://nobody.example/") == []
    assert outside_hosts('xmlns="http://www.w3.org/2000/svg" postgres://user@host/db') == []


@pytest.mark.parametrize(
    "text",
    [
        "from django.utils.safestring import " + "mark_safe",
        'fields = "__all__"',
        "class Meta:\n    exclude = ['role']",
        "@csrf_exempt",
    ],
)
def test_careless_code_is_noticed(text: str) -> None:
    assert careless(text)


def test_this_file_is_read_too() -> None:
    assert Path(__file__).relative_to(ROOT) in {p.relative_to(ROOT) for p in tracked_files()}
