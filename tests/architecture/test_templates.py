"""Every template parses, finds what it includes, keeps to the policy and to our words."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache

import pytest
from django.contrib.staticfiles import finders
from django.template import Engine, TemplateDoesNotExist, engines
from django.template.base import Node, Template
from django.template.defaulttags import URLNode
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode
from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture import markup
from tests.architecture.source import TEMPLATES, templates

LONGEST = 120
OF_SERVICE_USERS = ("consultations/respond/", "layouts/person.html", "components/")


def complaints(rule: Callable[[str], Iterable[str]], *folders: str) -> list[str]:
    """What `rule` says about each template, with its name; `folders` narrows them."""
    named = ((str(path.relative_to(TEMPLATES)), path.read_text()) for path in templates())
    return [
        f"{name}: {complaint}"
        for name, source in named
        if not folders or name.startswith(folders)
        for complaint in rule(source)
    ]


def engine() -> Engine:
    return engines["django"].engine


def parsed(source: str) -> Template:
    return Template(source, engine=engine())


def nodes(template: Template) -> Iterator[Node]:
    yield from template.nodelist.get_nodes_by_type(Node)


def constant(expression: object) -> str | None:
    """The text in a tag's argument when it is written there, None when a variable says it."""
    written = getattr(expression, "var", expression)
    return written if isinstance(written, str) else None


@cache
def route_names() -> set[str]:
    """Every name an address has: "sign-in", "consultations:compare"."""

    def under(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            if isinstance(pattern, URLPattern):
                yield f"{prefix}{pattern.name}"
            else:
                inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
                yield from under(pattern, inner)

    return set(under(get_resolver(), ""))


def dangling(template: Template) -> Iterator[str]:
    """Templates, files and addresses that a template names and nobody has."""
    for node in nodes(template):
        if isinstance(node, IncludeNode | ExtendsNode):
            name = constant(node.template if isinstance(node, IncludeNode) else node.parent_name)
            try:
                engine().get_template(name) if name else None
            except TemplateDoesNotExist:
                yield f"no template {name}"
        elif isinstance(node, StaticNode):
            name = constant(node.path)
            if name and not finders.find(name):
                yield f"no static file {name}"
        elif isinstance(node, URLNode):
            name = constant(node.view_name)
            if name and name not in route_names():
                yield f"no address named {name}"


def too_long(source: str) -> Iterator[str]:
    lines = len(source.splitlines())
    if lines > LONGEST:
        yield f"{lines} lines"


def test_every_template_parses_and_finds_what_it_names() -> None:
    assert complaints(lambda source: dangling(parsed(source))) == []


def test_every_template_escapes_and_keeps_to_the_policy() -> None:
    assert complaints(markup.unsafe) == []


def test_no_template_advises() -> None:
    assert complaints(markup.advising) == []


def test_the_pages_of_service_users_speak_to_people() -> None:
    assert complaints(markup.unkind, *OF_SERVICE_USERS) == []


def test_every_template_is_short() -> None:
    assert complaints(too_long) == []


def test_a_long_template_is_noticed() -> None:
    assert list(too_long("<p>\n" * (LONGEST + 1)))


@pytest.mark.parametrize(
    "source",
    [
        "{{ words|safe }}",
        "{{ list | safeseq }}",
        "{% autoescape off %}{{ words }}{% endautoescape %}",
        '<p style="color: red">',
        "<p class='a' style = 'color: red'>",
        "<style>p {}</style>",
        '<button class="b" onclick="go()">',
        "<body onload='go()'>",
        "<script>go()</script>",
        '<script type="module">go()</script>',
        '<a href="javascript:go()">',
        '<img src="https://elsewhere.example/x.png">',
        '<form action="//elsewhere.example/">',
    ],
)
def test_unsafe_markup_is_noticed(source: str) -> None:
    assert list(markup.unsafe(source))


@pytest.mark.parametrize(
    "source",
    [
        '<script type="module" src="{% static \'js/page.js\' %}"></script>',
        "{# never |safe #}{% comment %}\n<style>\n{% endcomment %}",
        '<p class="style" data-on="x">{{ one }} on = two</p>',
        '<script type="application/json" id="x">{}</script>',
    ],
)
def test_sound_markup_is_left_alone(source: str) -> None:
    assert list(markup.unsafe(source)) == []


def test_words_that_advise_or_belittle_are_noticed() -> None:
    assert list(markup.advising("<p>The best medicine, the Safest, is recommended</p>"))
    assert list(markup.advising('{% include "x.html" with title="Our recommendation" %}'))
    assert list(markup.unkind("<p>Patients and compliance</p>")) != []
    assert not list(markup.advising('{{ best }}{# best #}<p class="best">Bestow</p>'))


@pytest.mark.parametrize(
    "source",
    [
        '{% include "components/nobody.html" %}',
        '{% extends "layouts/nobody.html" %}',
        "{% load static %}{% static 'css/nobody.css' %}",
        "{% url 'nobody:home' %}",
    ],
)
def test_a_name_that_leads_nowhere_is_noticed(source: str) -> None:
    assert list(dangling(parsed(source)))
