"""The test database is of the kind that is shipped, and empties although rows in it are frozen."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from sdmtool import audit, frozen
from sdmtool.models import AuditEvent


def _one_audit_row() -> None:
    with transaction.atomic():
        audit.record(by=None, kind=AuditEvent.Kind.WRITE, action="something")


def test_sqlite_runs_with_the_options_that_are_shipped(db: None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    with connection.cursor() as cursor:
        for pragma, shipped in (("journal_mode", "wal"), ("recursive_triggers", 1)):
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (shipped,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert str(connection.settings_dict["NAME"]).endswith(".sqlite3")


@pytest.mark.parametrize("time", ["first", "second"])
def test_each_journey_starts_with_an_empty_audit(transactional_db: None, time: str) -> None:
    assert not AuditEvent.objects.exists()
    _one_audit_row()
    assert AuditEvent.objects.count() == 1


def test_without_lifting_the_triggers_the_audit_cannot_be_emptied(transactional_db: None) -> None:
    _one_audit_row()
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert AuditEvent.objects.count() == 1


def test_the_triggers_are_back_after_an_emptying(transactional_db: None) -> None:
    with frozen.lifted(connection):
        call_command("flush", interactive=False, verbosity=0)
    test_without_lifting_the_triggers_the_audit_cannot_be_emptied(transactional_db)
