"""Small modules and short functions. The aims are lower; these are where we stop."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.source import PACKAGES, ROOT, python_files

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_VIEW = 25

FILES = list(python_files(*PACKAGES, "tests"))


def functions(text: str) -> Iterator[tuple[str, int]]:
    """Each function with its length in lines: from `def` to its end, without its docstring."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node, clean=False) is not None:
                lines -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield node.name, lines


def too_long(text: str, most: int) -> list[str]:
    return [f"{name} has {lines} lines" for name, lines in functions(text) if lines > most]


def limit(path: Path) -> int:
    """How long a function in `path` may be; views are shorter than the rest."""
    parts = path.relative_to(ROOT).parts
    return LONGEST_VIEW if parts[0] in PACKAGES and "views" in parts else LONGEST_FUNCTION


def test_every_module_is_small() -> None:
    lengths = {path: len(path.read_text().splitlines()) for path in FILES}
    assert {str(path): lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_every_function_is_short() -> None:
    long = {str(path.relative_to(ROOT)): too_long(path.read_text(), limit(path)) for path in FILES}
    assert {name: found for name, found in long.items() if found} == {}


def test_a_long_function_is_noticed() -> None:
    body = "    x = 1\n" * 50
    assert too_long(f"def long():\n{body}", LONGEST_FUNCTION) == ["long has 51 lines"]
    words = '    """' + "words\n" * 60 + '    """\n'
    assert too_long(f"def short():\n{words}    x = 1\n", LONGEST_FUNCTION) == []
