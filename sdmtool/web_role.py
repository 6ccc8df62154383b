"""What the web process may do in PostgreSQL: one home for the command that grants and the check.

Two roles. The owner migrates. The web role owns nothing, reads and writes rows that may change, and
may only read and add rows that never change; it cannot even choose their number. As the owner of a
table it could switch a trigger off. Tests: tests/sdmtool/test_web_role.py.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models

READ = ("SELECT",)
ADD = ("SELECT", "INSERT")
CHANGE = ("SELECT", "INSERT", "UPDATE", "DELETE")
NEVER_ON_FROZEN = ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER")
NEVER_CHANGE = frozenset({"append-only", "frozen"})
ONLY_READ = frozenset({"django_migrations", "django_content_type", "auth_permission", "auth_group"})

# For every session of the role. A message of the server may hold what a person wrote ("Failing row
# contains …"), and psycopg2 puts values into the statement itself: so none of it is logged there.
# The web process logs what kind of error it was.
SETTINGS = {
    "statement_timeout": "30s",
    "lock_timeout": "10s",
    "idle_in_transaction_session_timeout": "1min",
    "log_parameter_max_length_on_error": "0",
    "log_parameter_max_length": "0",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_min_duration_statement": "-1",
    "log_statement": "none",
}


class Table(NamedTuple):
    """One table and what the web role may do with it; a frozen one, the columns it may fill."""

    name: str
    rights: tuple[str, ...]
    key: str = ""
    insert_columns: tuple[str, ...] = ()

    @property
    def is_frozen(self) -> bool:
        return self.rights == ADD


def tables() -> Iterator[Table]:
    """Every table the product uses, from each model's `mutability`."""
    yield Table("django_migrations", READ)
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield _table_of(model)


def frozen_tables() -> list[str]:
    """The names of the tables whose rows never change."""
    return sorted(table.name for table in tables() if table.is_frozen)


def _table_of(model: type[models.Model]) -> Table:
    name, owner = model._meta.db_table, model._meta.auto_created or model
    if name in ONLY_READ:
        return Table(name, READ)
    if getattr(owner, "mutability", "mutable") not in NEVER_CHANGE:
        return Table(name, CHANGE)
    given = [
        field.column
        for field in model._meta.local_concrete_fields
        if not isinstance(field, models.AutoField) and field.column
    ]
    return Table(name, ADD, model._meta.pk.column or "", tuple(given))


def grants(role: str, quote: Any) -> Iterator[str]:
    """The statements that give `role` exactly its rights, and everybody else none."""
    who = quote(role)
    for things in ("TABLES", "SEQUENCES"):
        yield f"REVOKE ALL ON ALL {things} IN SCHEMA public FROM {who}, PUBLIC"
    yield f"REVOKE CREATE ON SCHEMA public FROM {who}, PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {who}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {who}"
    for table in tables():
        if table.is_frozen:
            columns = ", ".join(quote(column) for column in table.insert_columns)
            yield f"GRANT SELECT, INSERT ({columns}) ON {quote(table.name)} TO {who}"
        else:
            yield f"GRANT {', '.join(table.rights)} ON {quote(table.name)} TO {who}"


def complaints(cursor: Any, role: str) -> list[str]:
    """What `role` may do and should not, or needs and may not. Empty when all is well."""
    told = [f"it owns {thing}" for thing in _owned(cursor, role)]
    told += [f"it is {power}" for power in _powers(cursor, role)]
    if _one(cursor, "SELECT has_schema_privilege(%s, 'public', 'CREATE')", role):
        told.append("it may make tables of its own in the schema public")
    if _one(cursor, "SELECT has_database_privilege(%s, current_database(), 'TEMPORARY')", role):
        told.append("it may make temporary tables, which can stand before the real ones")
    for table in tables():
        told += _wrong_rights(cursor, role, table)
    return told


def settings_to_make(cursor: Any, role: str, quote: Any) -> list[str]:
    """The statements for those of SETTINGS that the role has not got yet."""
    cursor.execute(
        "SELECT unnest(setconfig) FROM pg_db_role_setting s JOIN pg_roles r ON r.oid = s.setrole "
        "WHERE r.rolname = %s AND s.setdatabase = 0",
        [role],
    )
    made = dict(setting.split("=", 1) for (setting,) in cursor.fetchall())
    return [
        f"ALTER ROLE {quote(role)} SET {name} = '{value}'"
        for name, value in SETTINGS.items()
        if made.get(name) != value
    ]


def _owned(cursor: Any, role: str) -> list[str]:
    cursor.execute(
        "SELECT pg_describe_object(d.classid, d.objid, 0) FROM pg_shdepend d "
        "JOIN pg_roles r ON r.oid = d.refobjid AND d.refclassid = 'pg_authid'::regclass "
        "WHERE r.rolname = %s AND d.deptype = 'o' "
        "AND d.dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database())) "
        "ORDER BY 1 LIMIT 10",
        [role],
    )
    return [thing for (thing,) in cursor.fetchall()]


def _powers(cursor: Any, role: str) -> list[str]:
    cursor.execute(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls, "
        "EXISTS (SELECT FROM pg_auth_members WHERE member = r.oid) "
        "FROM pg_roles r WHERE rolname = %s",
        [role],
    )
    words = (
        "a superuser",
        "allowed to make roles",
        "allowed to make databases",
        "allowed to replicate",
        "allowed past row security",
        "a member of another role",
    )
    return [word for word, held in zip(words, cursor.fetchone(), strict=True) if held]


def _wrong_rights(cursor: Any, role: str, table: Table) -> list[str]:
    may = {
        right: _one(cursor, "SELECT has_table_privilege(%s, %s, %s)", role, table.name, right)
        for right in (*CHANGE, "TRUNCATE", "TRIGGER")
    }
    columns = "SELECT has_any_column_privilege(%s, %s, 'UPDATE')"
    if table.is_frozen:
        may["INSERT"] = all(_may_fill(cursor, role, table.name, c) for c in table.insert_columns)
        may["UPDATE"] = _one(cursor, columns, role, table.name)
    too_much = [right for right in may if may[right] and right not in table.rights]
    too_little = [right for right in table.rights if not may[right]]
    told = [f"it may {right} {table.name}" for right in too_much]
    is_numbered_here = table.is_frozen and table.key not in table.insert_columns
    if is_numbered_here and _may_fill(cursor, role, table.name, table.key):
        told.append(f"it may number the rows of {table.name} itself")
    return told + [f"it may not {right} {table.name}" for right in too_little]


def _may_fill(cursor: Any, role: str, table: str, column: str) -> bool:
    return _one(cursor, "SELECT has_column_privilege(%s, %s, %s, 'INSERT')", role, table, column)


def _one(cursor: Any, sql: str, *values: str) -> bool:
    cursor.execute(sql, values)
    return bool(cursor.fetchone()[0])
