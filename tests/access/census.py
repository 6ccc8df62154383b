"""Every address of the service, from the URL resolver, beside what census.toml says."""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

CENSUS = Path(__file__).with_name("census.toml")


@dataclass(frozen=True)
class Address:
    """One pattern: its name with namespace, its route, and the view behind it."""

    name: str
    route: str
    view: Callable[..., Any]

    @property
    def access(self) -> str | None:
        """What the view's decorator declares; None when it declares nothing."""
        return getattr(self.view, "access", None)


def addresses(
    resolver: URLResolver | None = None, before: str = "", within: str = ""
) -> Iterator[Address]:
    """All patterns below `resolver`, whole routes and names."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            space = f"{within}{entry.namespace}:" if entry.namespace else within
            yield from addresses(entry, route, space)
        elif isinstance(entry, URLPattern):
            yield Address(f"{within}{entry.name}", route, entry.callback)


def census() -> dict[str, dict[str, Any]]:
    """The rows of census.toml by name."""
    return tomllib.loads(CENSUS.read_text())


def faults(found: list[Address], rows: dict[str, dict[str, Any]]) -> list[str]:
    """Where the addresses and the census disagree, in words."""
    told = [f"{a.name} ({a.route}) is not in census.toml" for a in found if a.name not in rows]
    told += [f"{a.name} declares no access" for a in found if a.access is None]
    told += [
        f"{a.name} declares {a.access!r}, the census says {rows[a.name]['access']!r}"
        for a in found
        if a.name in rows and a.access is not None and str(a.access) != rows[a.name]["access"]
    ]
    names = {a.name for a in found}
    return told + [
        f"{name} is in census.toml and nowhere else" for name in rows if name not in names
    ]
