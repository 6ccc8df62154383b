"""What every table promises: whether it changes, and who did what stands in it."""

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models

from sdmtool.frozen import FrozenModel
from tests.architecture.source import PACKAGES

MUTABILITY = {"mutable", "append-only", "frozen"}
# A time that is nobody's act: the field, and why.
NOBODYS = {
    "expires_at": "a time limit, not something a person did",
    "locked_until_at": "a time limit, not something a person did",
}

Model = type[models.Model]


def our_models() -> list[Model]:
    return [model for model in apps.get_models() if model._meta.app_label in PACKAGES]


def undeclared(found: Iterable[Model]) -> list[str]:
    """Models that do not say whether their rows change, or whose base class says otherwise."""
    complaints = []
    for model in found:
        says = vars(model).get("mutability")
        if says not in MUTABILITY:
            complaints.append(f"{model.__name__}: mutability is {says!r}")
        elif (says != "mutable") != issubclass(model, FrozenModel):
            complaints.append(f"{model.__name__} is {says}, and its base class says otherwise")
    return complaints


def acts_of_nobody(found: Iterable[Model]) -> list[str]:
    """Times of an act (x_at, or at) without the person who did it (x_by, or by) beside them."""
    complaints = []
    for model in found:
        names = {field.name for field in model._meta.get_fields()}
        for name in sorted(names):
            time = name == "at" or name.endswith("_at")
            if time and name not in NOBODYS and name.removesuffix("at") + "by" not in names:
                complaints.append(f"{model.__name__}.{name} has no {name.removesuffix('at')}by")
    return complaints


def frozen_tables() -> set[str]:
    """The tables in which a trigger refuses UPDATE and one refuses DELETE."""
    listing = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, relname FROM pg_trigger "
        "JOIN pg_class ON pg_class.oid = tgrelid",
    }
    with connection.cursor() as cursor:
        cursor.execute(listing[connection.vendor])
        rows = set(cursor.fetchall())
    return {
        table
        for name, table in rows
        if name == f"frozen_{table}_update" and (f"frozen_{table}_delete", table) in rows
    }


def test_every_table_says_whether_it_changes() -> None:
    assert undeclared(our_models()) == []


def test_every_act_has_somebody_who_did_it() -> None:
    assert acts_of_nobody(our_models()) == []


@pytest.mark.catalogue("G2")
def test_what_never_changes_is_frozen_in_the_database_too(db: None) -> None:
    promised = {model._meta.db_table for model in our_models() if issubclass(model, FrozenModel)}
    assert promised
    assert promised - frozen_tables() == set()


def test_a_consultation_leans_on_no_row_of_medications_that_leads_back() -> None:
    """Keys from consultations into medications are one-way: related_name="+"."""
    back = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("consultations").get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignObject)
        and field.related_model._meta.app_label == "medications"
        and field.remote_field.related_name != "+"
    ]
    assert back == []


def test_the_migrations_say_what_the_models_say(db: None) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


class _Loose(models.Model):
    """The control: a model that breaks each rule."""

    noted_at = models.DateTimeField()

    class Meta:
        managed = False
        app_label = "tests"

    def __str__(self) -> str:
        return "loose"


class _Careless(_Loose):
    mutability = "frozen"

    class Meta:
        managed = False
        app_label = "tests"
        proxy = True


def test_models_that_break_the_promises_are_noticed() -> None:
    assert undeclared([_Loose, _Careless]) == [
        "_Loose: mutability is None",
        "_Careless is frozen, and its base class says otherwise",
    ]
    assert acts_of_nobody([_Loose]) == ["_Loose.noted_at has no noted_by"]
