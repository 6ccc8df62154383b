"""Rows that never change: guards on the model, and triggers in the database.

The model guard stops an honest mistake. The trigger stops `bulk_create(update_conflicts=True)`,
loaddata and raw SQL. On SQLite INSERT OR REPLACE would go round a trigger without
PRAGMA recursive_triggers=ON, which the settings set. On PostgreSQL the owner of a table could
switch its trigger off, so the web process is not the owner (web_role.py).
Tests: tests/sdmtool/test_frozen.py, tests/sdmtool/test_web_role.py.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

from django.db import connection, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython


class Frozen(Exception):
    """Something tried to change a row that never changes."""


class FrozenQuerySet(models.QuerySet[Any]):
    """A queryset that can only read and add."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise Frozen(f"{self.model.__name__} rows never change.")

    def delete(self) -> NoReturn:
        raise Frozen(f"{self.model.__name__} rows are never deleted.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(f"{self.model.__name__} rows never change.")


class FrozenModel(models.Model):
    """A row that is written once. Subclasses declare `mutability` as "frozen" or "append-only"."""

    objects = FrozenQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Frozen(f"{type(self).__name__} {self.pk} never changes.")
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Frozen(f"{type(self).__name__} {self.pk} is never deleted.")


def one_writer(model: type[FrozenModel]) -> None:
    """Until this transaction ends, whoever else asks for the same model waits.

    For "the next number": `select_for_update` needs the right to UPDATE, which the web role lacks.
    """
    # SQLite's IMMEDIATE transactions already let in one writer at a time.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [model._meta.db_table])


def freeze(table: str, *, when_old: str = "") -> Operation:
    """A migration operation: from now on the database refuses UPDATE and DELETE on `table`.

    `when_old` narrows it to rows as they stood before, in SQL both databases read, for example
    "OLD.status = 'published'". It is written by us, never by a person.
    """
    return RunPython(_Install(table, when_old), _Remove(table))


class _Install:
    def __init__(self, table: str, when_old: str) -> None:
        self.table, self.when_old = table, when_old

    def __call__(self, apps: Any, schema_editor: Any) -> None:
        for statement in _statements(self.table, self.when_old, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


class _Remove:
    def __init__(self, table: str) -> None:
        self.table = table

    def __call__(self, apps: Any, schema_editor: Any) -> None:
        for event in ("update", "delete", "truncate"):
            on = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(
                f"DROP TRIGGER IF EXISTS frozen_{self.table}_{event}{on}", params=None
            )


def _statements(table: str, when_old: str, vendor: str) -> list[str]:
    when = f"WHEN ({when_old})" if when_old else ""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER frozen_{table}_{event} BEFORE {event.upper()} ON {table} {when} "
            f"BEGIN SELECT RAISE(ABORT, 'frozen: {table} never changes'); END"
            for event in ("update", "delete")
        ]
    refuse = (
        # Runs as whoever tries; its search path is fixed so that no table or operator of theirs,
        # put before ours, is ever looked up in it.
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql "
        "SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS "
        "$$ BEGIN RAISE EXCEPTION 'frozen: % never changes', TG_TABLE_NAME "
        "USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    rows = [
        f"CREATE TRIGGER frozen_{table}_{event} BEFORE {event.upper()} ON {table} "
        f"FOR EACH ROW {when} EXECUTE FUNCTION refuse_change()"
        for event in ("update", "delete")
    ]
    truncate = (
        f"CREATE TRIGGER frozen_{table}_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
    )
    return [refuse, *rows, truncate]


@contextmanager
def lifted(connection: Any) -> Iterator[None]:
    """The triggers out of the way while a test's database is emptied. Needs the owner's rights."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = origin")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='trigger' AND name LIKE 'frozen_%'"
        )
        triggers = cursor.fetchall()
        for name, _ in triggers:
            cursor.execute(f"DROP TRIGGER {name}")
        try:
            yield
        finally:
            for _, sql in triggers:
                cursor.execute(sql)


@contextmanager
def lifted_from(tables: list[str]) -> Iterator[None]:
    """The triggers of `tables` off until the block ends, for the removal of a person's record.

    Only the owner of the tables can do it, and only inside a transaction, so that no row of anybody
    else is ever without them: ProgrammingError for the web process's role.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("Triggers are lifted inside the transaction of what is removed.")
    switch = _switched_off if connection.vendor == "postgresql" else _dropped
    with switch(tables):
        yield


@contextmanager
def _switched_off(tables: list[str]) -> Iterator[None]:
    """PostgreSQL alters no table while checks on its rows still wait for the end."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
            "WHERE starts_with(tgname, 'frozen_') AND tgrelid::regclass::text = ANY(%s)",
            [tables],
        )
        found = cursor.fetchall()
        for way in ("DISABLE", "ENABLE"):
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for name, table in found:
                cursor.execute(f"ALTER TABLE {table} {way} TRIGGER {name}")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            if way == "DISABLE":
                yield


@contextmanager
def _dropped(tables: list[str]) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql, tbl_name FROM sqlite_master "
            "WHERE type = 'trigger' AND name LIKE 'frozen_%'"
        )
        found = [(name, sql) for name, sql, table in cursor.fetchall() if table in tables]
        for name, _ in found:
            cursor.execute(f"DROP TRIGGER {name}")
        yield
        for _, sql in found:
            cursor.execute(sql)
