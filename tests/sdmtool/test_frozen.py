"""Every way of changing a row that never changes, tried on the audit."""

import pytest
from django.db import DatabaseError, connection, transaction

from consultations.actions import elsewhere, standing
from consultations.actions.copies import decide_about_harm
from medications.actions import drafts
from medications.entries import RatingEntry
from medications.models import Medicine
from sdmtool import audit, frozen, web_role
from sdmtool.models import AuditEvent
from tests import stories

pytestmark = pytest.mark.django_db

T = "sdmtool_auditevent"
COLUMNS = (
    "id, at, by_id, by_label, kind, {}, clinic_id, subject, obj, detail, previous_hash, own_hash"
)
TO, FROM = COLUMNS.format("action"), COLUMNS.format("'other'")
RAW = {
    "update": f"UPDATE {T} SET action = 'other'",
    "update in a with": f"WITH one AS (SELECT 1) UPDATE {T} SET action = 'other'",
    "delete": f"DELETE FROM {T}",
    "upsert": (
        f"INSERT INTO {T} ({TO}) SELECT {FROM} FROM {T} WHERE true "
        "ON CONFLICT (id) DO UPDATE SET action = 'other'"
    ),
}
RAW |= {
    "sqlite": {
        "insert or replace": f"INSERT OR REPLACE INTO {T} ({TO}) SELECT {FROM} FROM {T}",
        "replace by another key": (
            f"REPLACE INTO {T} ({TO.removeprefix('id, ')}) "
            f"SELECT {FROM.removeprefix('id, ')} FROM {T}"
        ),
        "update or replace": f"UPDATE OR REPLACE {T} SET action = 'other'",
    },
    "postgresql": {
        "truncate": f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {T} CASCADE",
        "merge": f"MERGE INTO {T} USING {T} AS s ON {T}.id = s.id WHEN MATCHED THEN DELETE",
    },
}[connection.vendor]


@pytest.fixture
def row():
    return audit.record(by=None, kind=audit.Kind.WRITE, action="as it was")


def as_it_was(row):
    return AuditEvent.objects.get(pk=row.pk).action == "as it was"


def test_saving_or_deleting_a_row_again_is_refused(row):
    row.action = "other"
    with pytest.raises(frozen.Frozen):
        row.save()
    with pytest.raises(frozen.Frozen):
        row.delete()
    assert as_it_was(row)


def test_a_queryset_cannot_change_or_remove_rows(row):
    for attempt in (
        lambda: AuditEvent.objects.update(action="other"),
        lambda: AuditEvent.objects.all().delete(),
        lambda: AuditEvent.objects.bulk_update([row], ["action"]),
    ):
        with pytest.raises(frozen.Frozen):
            attempt()
    assert as_it_was(row)


def test_the_database_refuses_an_upsert_that_goes_round_the_model(row):
    row.action = "other"
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEvent.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["id"], update_fields=["action"]
        )
    assert as_it_was(row)


@pytest.mark.catalogue("G2")
@pytest.mark.parametrize("way", RAW)
def test_the_database_refuses_raw_sql(row, way):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        _execute(RAW[way])
    assert as_it_was(row)


@pytest.mark.parametrize("way", RAW)
def test_with_the_triggers_lifted_raw_sql_would_succeed(row, way):
    """The control: it is the trigger that refuses, nothing else."""
    with frozen.lifted(connection):
        _execute(RAW[way])
    assert not AuditEvent.objects.filter(pk=row.pk, action="as it was").exists()


@pytest.mark.catalogue("G2")
@pytest.mark.skipif(connection.vendor != "sqlite", reason="about SQLite")
def test_without_recursive_triggers_sqlite_lets_a_replace_go_round_them(row):
    """The control of the setting: INSERT OR REPLACE deletes the old row without asking anybody."""
    _execute("PRAGMA recursive_triggers = OFF")
    try:
        _execute(RAW["insert or replace"])
    finally:
        _execute("PRAGMA recursive_triggers = ON")
    assert not as_it_was(row)


def test_every_table_whose_rows_never_change_has_its_triggers():
    """Whatever a migration forgets shows here, on both databases."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        found = {name for (name,) in cursor.fetchall()}
    events = ["update", "delete"] + (["truncate"] if connection.vendor == "postgresql" else [])
    tables = web_role.frozen_tables()
    assert {f"frozen_{t}_{event}" for t in tables for event in events} - found == set()
    assert T in tables


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled = 'O' AND NOT tgisinternal",
}


def _execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


WAYS = {
    "update": "UPDATE {t} SET {c} = {c}",
    "delete": "DELETE FROM {t}",
    "replace": "REPLACE INTO {t} SELECT * FROM {t}",
}


@pytest.mark.catalogue("G2")
def test_after_a_whole_consultation_every_row_of_every_frozen_table_stays_as_it_is():
    consultation = stories.listed()
    stories.act(consultation, standing.keep_list)
    signed = stories.signed()
    elsewhere.break_glass(
        reference=signed.reference,
        birth_year=signed.birth_year,
        reason="Called at night by the ward.",
        by=stories.a_prescriber(stories.a_clinic("Sample Lane Clinic")),
    )
    decide_about_harm(
        consultation=signed, words="carer", is_released=False, reason="No.", by=signed.opened_by
    )
    draft = drafts.start_draft(
        medicine=Medicine.objects.get(slug="aripiprazole"), by=signed.opened_by
    )
    drafts.rate_cell(
        profile_id=draft.pk,
        entry=RatingEntry("weight_gain"),
        version=0,
        why="",
        by=signed.opened_by,
    )
    tables = [table for table in web_role.tables() if table.is_frozen]
    tried = 0
    for table in tables:
        before = _rows(table)
        assert before, f"the story leaves no row in {table.name}"
        for way, sql in WAYS.items():
            if way == "replace" and connection.vendor != "sqlite":
                continue
            statement = sql.format(t=table.name, c=table.insert_columns[-1])
            with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
                _execute(statement)
            tried += 1
        assert _rows(table) == before
    print(f"\nG2: {tried} statements on {len(tables)} tables with rows, all refused by a trigger")


def _rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table.name} ORDER BY {table.key}")
        return cursor.fetchall()
