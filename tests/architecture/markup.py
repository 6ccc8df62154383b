"""Rules over the text of templates, each answering with complaints."""

import re
from collections.abc import Iterator

from django.template.base import Lexer, TokenType

UNSAFE = {
    "a filter that switches escaping off": re.compile(r"\|\s*(safe|safeseq)\b"),
    "escaping switched off": re.compile(r"{%\s*autoescape\s+off"),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.I),
    "an inline handler": re.compile(r"<[^>{]*\son[a-z]+\s*=", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "an outside address": re.compile(
        r"(src|srcset|action|@import)\s*=?\s*[\"']?\s*(https?:)?//", re.I
    ),
    "crispy_field, which writes class names into widgets": re.compile(r"{%\s*crispy_field\b"),
}
# Script elements may hold data; the browser does not run these.
DATA_SCRIPT = re.compile(r"<script\b[^>]*type=[\"']application/json[\"'][^>]*>", re.I)

ADVICE = re.compile(r"\b(recommend(ed|s|ation)?|best|safest)\b", re.I)
OF_SERVICE_USERS = re.compile(r"\b(patients?|complian(ce|t)|non-?complian(ce|t))\b", re.I)


def unsafe(source: str) -> Iterator[str]:
    """Ways round escaping and round the content security policy."""
    source = DATA_SCRIPT.sub("", without_comments(source))
    for what, pattern in UNSAFE.items():
        for found in pattern.finditer(source):
            yield f"{what}: {_line(source, found.start())}"


def advising(source: str) -> Iterator[str]:
    """Words that advise. The tool orders medicines by one person's list; it does not advise."""
    yield from _words(ADVICE, source)


def unkind(source: str) -> Iterator[str]:
    """Words a service user is not called, or told."""
    yield from _words(OF_SERVICE_USERS, source)


def _words(pattern: re.Pattern[str], source: str) -> Iterator[str]:
    text = prose(source)
    for found in pattern.finditer(text):
        yield f"{found.group()!r} in: {_line(text, found.start())}"


def without_comments(source: str) -> str:
    """The template without what is written for us and not for a page; lines stay where they are."""
    source = re.sub(r"{#.*?#}", "", source)
    return re.sub(r"{%\s*comment.*?endcomment\s*%}", _blank, source, flags=re.S)


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n")


def prose(source: str) -> str:
    """Only what a page can show: text and the quoted words of tags, without names of variables."""
    parts = []
    for token in Lexer(without_comments(source)).tokenize():
        if token.token_type == TokenType.TEXT:
            parts.append(token.contents)
        elif token.token_type == TokenType.BLOCK and token.contents.startswith(("include", "with")):
            parts.append(" ".join(re.findall(r"=[\"']([^\"']*)[\"']", token.contents)))
    return re.sub(r"\b(class|id|name|for|href|data-[\w-]+)=\"[^\"]*\"", "", " ".join(parts))


def _line(text: str, position: int) -> str:
    start = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return text[start : end if end >= 0 else None].strip()[:120]
