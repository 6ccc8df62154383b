"""The direction of the house. Each rule is also shown a tree that breaks it."""

from pathlib import Path

import pytest

from tests.architecture import layers, source
from tests.architecture.source import Module


def tree(**imports: str) -> dict[str, Module]:
    """A made-up tree: tree(medications__views="medications.models django.http")."""
    named = {name.replace("__", "."): found.split() for name, found in imports.items()}
    return {
        name: Module(name, Path(f"{name}.py"), frozenset(found)) for name, found in named.items()
    }


@pytest.mark.parametrize("rule", layers.RULES, ids=lambda rule: rule.__name__)
def test_imports_point_one_way(rule) -> None:  # type: ignore[no-untyped-def]
    assert list(rule(source.modules())) == []


BROKEN = {
    layers.impure_by_mistake: tree(
        medications__ratings="enum django.db", consultations__matching="medications.ratings"
    ),
    layers.kernel_knows_an_app: tree(
        sdmtool__audit="medications.ratings", sdmtool__urls="medications"
    ),
    layers.medications_knows_consultations: tree(medications__queries="consultations.matching"),
    layers.consultations_goes_round_the_door: tree(
        consultations__actions__meeting="medications.models.releases medications.queries"
    ),
    layers.apps_know_the_wiring: tree(consultations__pages="sdmtool.settings"),
    layers.view_knows_a_model: tree(
        medications__views__library="medications.models.profiles", medications__models__profiles=""
    ),
    layers.action_knows_a_page: tree(medications__actions__releases="django.http"),
    layers.lower_knows_upper: tree(
        consultations__queries__records="consultations.actions.meeting",
        consultations__actions__meeting="",
    ),
    layers.page_object_knows_too_much: tree(
        consultations__present__comparison="consultations.queries",
        consultations__queries="django.db",
    ),
    layers.weasyprint_elsewhere: tree(
        sdmtool__pdf="weasyprint", medications__cards="weasyprint.urls"
    ),
}


@pytest.mark.parametrize("rule", layers.RULES, ids=lambda rule: rule.__name__)
def test_a_tree_that_breaks_the_rule_is_noticed(rule) -> None:  # type: ignore[no-untyped-def]
    complaints = list(rule(BROKEN[rule]))
    assert complaints
    assert all("imports" in complaint for complaint in complaints)


def test_a_module_that_reaches_django_through_another_is_not_pure() -> None:
    found = layers.pure(
        tree(a__b="a.c enum", a__c="a.d", a__d="django.db", a__e="a.f", a__f="enum")
    )
    assert found == {"a.e", "a.f"}


def test_imports_are_read_wherever_and_however_they_are_written() -> None:
    text = (
        "from . import views\nfrom ..ratings import Rating\n"
        "def f():\n    import django.db\n    from django import forms\n"
    )
    known = frozenset({"medications.actions.views", "medications.ratings"})
    found = set(source.imported("medications.actions.x", Path("x.py"), text, known))
    assert found == {
        "medications.actions.views",
        "medications.ratings",
        "django.db",
        "django.forms",
    }


def test_the_whole_product_is_read() -> None:
    assert {module.package for module in source.modules().values()} == set(source.PACKAGES)
    assert "medications.ratings" in layers.pure(source.modules())
