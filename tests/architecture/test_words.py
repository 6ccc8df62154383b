"""Words that reach a page from Python, from fixtures and from scripts: none of them advises."""

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.architecture import markup
from tests.architecture.source import PACKAGES, ROOT, python_files

# Spoken to a person or a carer, who are nobody's patients on these pages.
TO_SERVICE_USERS = re.compile(r"respond|/person|my_list|invitation")


def strings(source: str) -> Iterator[str]:
    """Every text in Python source but the docstrings."""
    tree = ast.parse(source)
    docstrings = {id(doc) for node in ast.walk(tree) for doc in _docstring(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield from [node.value] if isinstance(node.value, str) else []


def _docstring(node: ast.AST) -> list[ast.expr]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    if isinstance(node, owners) and node.body and isinstance(node.body[0], ast.Expr):
        return [node.body[0].value]
    return []


def values(told: Any) -> Iterator[str]:
    """Every text inside what a TOML file holds; keys are for us."""
    if isinstance(told, str):
        yield told
    elif isinstance(told, dict):
        for inner in told.values():
            yield from values(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from values(inner)


def texts() -> Iterator[tuple[str, str]]:
    """Each file of ours that holds words for a page, and each text in it."""
    for path in python_files(*PACKAGES):
        for text in strings(path.read_text()):
            yield str(path.relative_to(ROOT)), text
    for path in sorted((ROOT / "fixtures").rglob("*.toml")):
        for text in values(tomllib.loads(path.read_text())):
            yield str(path.relative_to(ROOT)), text
    for path in sorted((ROOT / "static" / "js").rglob("*.js")):
        for text in re.findall(r"\"[^\"\n]*\"|'[^'\n]*'|`[^`]*`", path.read_text()):
            yield str(path.relative_to(ROOT)), text


def prose(text: str) -> bool:
    """Whether it is words rather than a name, a path or a pattern."""
    return " " in text.strip()


def test_no_text_advises() -> None:
    found = [(n, c) for n, text in texts() if prose(text) for c in markup.advising(text)]
    assert found == []


def test_texts_for_service_users_speak_to_people() -> None:
    spoken = ((n, text) for n, text in texts() if TO_SERVICE_USERS.search(n) and prose(text))
    assert [(name, complaint) for name, text in spoken for complaint in markup.unkind(text)] == []


def test_texts_are_found_where_they_stand() -> None:
    source = (
        '"""The best."""\nname = "Medicine A"\ndef f():\n    """Best."""\n    return f"so {x}"\n'
    )
    assert list(strings(source)) == ["Medicine A", "so "]
    assert list(values({"best": ["one", {"two": "three"}], "n": 4})) == ["one", "three"]
    assert len({name.split("/")[0] for name, _ in texts()}) >= 4


@pytest.mark.parametrize("text", ["This is the best choice", "We recommend it", "The safest one"])
def test_a_text_that_advises_is_noticed(text: str) -> None:
    assert prose(text)
    assert list(markup.advising(text))
