"""Our own source as data: which modules there are, and what each imports. Nothing is executed."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("sdmtool", "medications", "consultations")
TEMPLATES = ROOT / "templates"


@dataclass(frozen=True)
class Module:
    """One Python file of ours. `imports` are dotted names, as deep as modules of ours go."""

    name: str  # medications.actions.releases
    path: Path
    imports: frozenset[str]

    @property
    def package(self) -> str:
        return self.name.split(".")[0]


def dotted_name(path: Path) -> str:
    """medications/actions/__init__.py -> medications.actions"""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def python_files(*folders: str) -> Iterator[Path]:
    """The Python files under these folders of the tree, migrations left out."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


@cache
def modules() -> dict[str, Module]:
    """Every module of the product by its dotted name."""
    paths = {dotted_name(path): path for path in python_files(*PACKAGES)}
    return {name: read(name, path, frozenset(paths)) for name, path in paths.items()}


def read(name: str, path: Path, known: frozenset[str]) -> Module:
    return Module(name, path, frozenset(imported(name, path, path.read_text(), known)))


def imported(name: str, path: Path, text: str, known: frozenset[str]) -> Iterator[str]:
    """What the source `text` of module `name` imports anywhere, inside functions too.

    Ours are named down to the module, others down to what is taken (django.http.Http404).
    """
    for node in ast.walk(ast.parse(text, str(path))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origin = _origin(node, name, path)
            for alias in node.names:
                deeper = f"{origin}.{alias.name}"
                yield origin if origin in known and deeper not in known else deeper


def _origin(node: ast.ImportFrom, name: str, path: Path) -> str:
    if not node.level:
        return node.module or ""
    inside = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    base = inside[: len(inside) - node.level + 1]
    return ".".join([*base, *([node.module] if node.module else [])])


def templates() -> list[Path]:
    """Every template of ours."""
    return sorted(TEMPLATES.rglob("*.html")) + sorted(TEMPLATES.rglob("*.txt"))


def tracked_files() -> list[Path]:
    """Every file the repository has or would take: what git tracks, and what it does not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.is_file()]
