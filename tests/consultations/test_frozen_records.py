"""Sent sheets, what was compared, what was said and what was signed: tried by every way round."""

import pytest
from django.core import serializers
from django.db import DatabaseError, connection, transaction

from consultations.models import Comparison, Decision, Sheet, StatusChange, Voice, Wish
from sdmtool import frozen
from tests import stories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]

# Each table with a column somebody might want to change, and what to.
TABLES = {
    Sheet: ("sent_by", "somebody else"),
    Wish: ("position", 99),
    StatusChange: ("changed_by", "somebody else"),
    Comparison: ("rules_version", "0"),
    Voice: ("words", "I never said that."),
    Decision: ("chosen", "medicine:haloperidol"),
}
RAW = {
    "update": "UPDATE {table} SET {column} = {value}",
    "delete": "DELETE FROM {table}",
}
RAW |= {
    "sqlite": {
        "replace": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "update or ignore": "UPDATE OR IGNORE {table} SET {column} = {value}",
    },
    "postgresql": {
        "truncate": "SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {table} CASCADE",
    },
}[connection.vendor]

tables = pytest.mark.parametrize("model", TABLES, ids=lambda model: model.__name__)


@pytest.fixture
def record():
    return stories.signed()


def rows(model):
    return list(model._base_manager.order_by("pk").values())


def sql(way, model):
    column, value = TABLES[model]
    quoted = value if isinstance(value, int) else f"'{value}'"
    return RAW[way].format(table=model._meta.db_table, column=column, value=quoted)


@tables
def test_the_model_refuses(model, record):
    before = rows(model)
    row = model.objects.order_by("pk")[0]
    setattr(row, *TABLES[model])
    column, value = TABLES[model]
    for attempt in (
        row.save,
        row.delete,
        lambda: model.objects.update(**{column: value}),
        lambda: model.objects.all().delete(),
        lambda: model.objects.bulk_update([row], [column]),
    ):
        with pytest.raises(frozen.Frozen):
            attempt()
    assert rows(model) == before


@tables
def test_the_database_refuses_an_upsert_and_a_fixture(model, record):
    before = rows(model)
    row = model.objects.order_by("pk")[0]
    setattr(row, *TABLES[model])
    loaded = serializers.serialize("json", [row])
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        model.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[TABLES[model][0]],
        )
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        for kept in serializers.deserialize("json", loaded):
            kept.save()
    assert rows(model) == before


@tables
@pytest.mark.parametrize("way", RAW)
def test_the_database_refuses_raw_sql(way, model, record):
    before = rows(model)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        execute(sql(way, model))
    assert rows(model) == before


@tables
def test_with_the_triggers_lifted_raw_sql_would_succeed(model, record):
    """The control: it is the trigger that refuses, nothing else."""
    before = rows(model)
    with frozen.lifted(connection):
        execute(sql("update", model))
    assert rows(model) != before


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
