"""What was approved, signed or recorded never changes: triggers on SQLite and PostgreSQL.

Releases, what they hold and status changes: no UPDATE, no DELETE. An approved profile: the same. What belongs to
an approved profile: no INSERT either, so nothing can be slipped in beside what was approved.
"""

from django.db import migrations

from sdmtool.frozen import freeze

BY_PROFILE = "SELECT p.status FROM medications_profile p WHERE p.id = {row}.profile_id"
BY_RATING = (
    "SELECT p.status FROM medications_profile p "
    "JOIN medications_profilerating r ON r.profile_id = p.id WHERE r.id = {row}.rating_id"
)
PARTS = {
    "medications_profilerating": BY_PROFILE,
    "medications_cardtext": BY_PROFILE,
    "medications_ratingsource": BY_RATING,
    "medications_observation": BY_RATING,
}
ROWS = {"insert": ("NEW",), "update": ("OLD", "NEW"), "delete": ("OLD",)}


def install(apps, schema_editor):
    for table, status in PARTS.items():
        for event, rows in ROWS.items():
            approved = " OR ".join(f"({status.format(row=row)}) = 'approved'" for row in rows)
            for statement in statements(schema_editor.connection.vendor, table, event, approved):
                schema_editor.execute(statement, params=None)


def statements(vendor, table, event, approved):
    name, refusal = (
        f"frozen_{table}_{event}",
        f"frozen: {table} of an approved profile never changes",
    )
    if vendor == "sqlite":
        yield (
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} WHEN {approved} "
            f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        )
        return
    kept = "OLD" if event == "delete" else "NEW"
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {approved} THEN RAISE EXCEPTION '{refusal}' "
        f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept}; END $$"
    )
    yield f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
    if event == "delete":
        yield (
            f"CREATE TRIGGER frozen_{table}_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
        )


def remove(apps, schema_editor):
    on_postgresql = schema_editor.connection.vendor == "postgresql"
    for table in PARTS:
        for event in [*ROWS, *(["truncate"] if on_postgresql else [])]:
            name = f"frozen_{table}_{event}"
            on = f" ON {table}" if on_postgresql else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on}", params=None)
            if on_postgresql and event != "truncate":
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()", params=None)


class Migration(migrations.Migration):
    dependencies = [("medications", "0001_initial")]

    operations = [
        freeze("medications_release"),
        freeze("medications_releaseprofile"),
        freeze("medications_statuschange"),
        freeze("medications_profile", when_old="OLD.status = 'approved'"),
        migrations.RunPython(install, remove),
    ]
