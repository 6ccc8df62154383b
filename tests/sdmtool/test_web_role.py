"""The web role of PostgreSQL tries everything on rows that never change; then the owner does."""

import io
from collections import Counter
from contextlib import contextmanager

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, connections, models, transaction
from django.utils import timezone

from sdmtool import audit, web_role
from sdmtool.models import AuditEvent
from tests import stories
from tests.sdmtool.production import DATABASE, OWNER, WEB
from tests.signing_in import signed_in

AUDIT = "sdmtool_auditevent"

# Each on every table that never changes. {t}: the table, {k}: its key, {c}: a column to fill.
STATEMENTS = {
    "update": "UPDATE {t} SET {c} = {c}",
    "update one row": "UPDATE {t} SET {c} = {c} WHERE {k} = 1",
    "update in a with": "WITH changed AS (UPDATE {t} SET {c} = {c} RETURNING 1) TABLE changed",
    "delete": "DELETE FROM {t}",
    "truncate": "TRUNCATE {t} CASCADE",
    "upsert": (
        "INSERT INTO {t} ({c}) SELECT {c} FROM {t} ON CONFLICT ({k}) DO UPDATE SET {c} = {t}.{c}"
    ),
    "merge": "MERGE INTO {t} USING {t} AS s ON {t}.{k} = s.{k} WHEN MATCHED THEN DELETE",
    "copy from a program": "COPY {t} FROM PROGRAM 'true'",
    "lock against everybody": "LOCK TABLE {t} IN ACCESS EXCLUSIVE MODE",
    "hold a row": "SELECT 1 FROM {t} FOR UPDATE",
    "switch the triggers off": "ALTER TABLE {t} DISABLE TRIGGER USER",
    "drop a trigger": "DROP TRIGGER frozen_{t}_update ON {t}",
    "a trigger of its own": (
        "CREATE TRIGGER mine BEFORE UPDATE ON {t} FOR EACH ROW "
        "EXECUTE FUNCTION suppress_redundant_updates_trigger()"
    ),
    "drop the table": "DROP TABLE {t} CASCADE",
    "rename the table": "ALTER TABLE {t} RENAME TO {t}_old",
    "drop a column": "ALTER TABLE {t} DROP COLUMN {c}",
    "change a type": "ALTER TABLE {t} ALTER COLUMN {c} TYPE text",
    "take the table": "ALTER TABLE {t} OWNER TO CURRENT_USER",
    "give itself rights": "GRANT ALL ON {t} TO CURRENT_USER; UPDATE {t} SET {c} = {c}",
    "a rule": "CREATE RULE mine AS ON INSERT TO {t} DO INSTEAD NOTHING",
    "a policy": "CREATE POLICY mine ON {t} USING (false)",
    "row security": "ALTER TABLE {t} ENABLE ROW LEVEL SECURITY",
    "a table in front": "CREATE TEMPORARY TABLE {t} (id bigint)",
    "a table that inherits": "CREATE TABLE other () INHERITS ({t})",
}
# Where the database gives the number.
STATEMENTS_ABOUT_NUMBERS = {
    "a number of its own choice": "INSERT INTO {t} (id, {c}) SELECT -1, {c} FROM {t}",
    "copy in": "COPY {t} FROM STDIN",
    "copy in with numbers": "COPY {t} (id, {c}) FROM STDIN",
    "turn the numbers back": "SELECT setval(pg_get_serial_sequence('{t}', 'id'), 1)",
}
# Once for the whole database.
ROUND_THE_TABLES = {
    "triggers that sleep": "SET session_replication_role = replica",
    "another body for the trigger": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NEW; END $$"
    ),
    "drop the trigger's function": "DROP FUNCTION refuse_change() CASCADE",
    "the catalogue itself": "UPDATE pg_trigger SET tgenabled = 'D'",
    "become the owner": f"SET ROLE {OWNER}",
    "sign in as the owner": f"SET SESSION AUTHORIZATION {OWNER}",
    "join the owner": f"GRANT {OWNER} TO {WEB}",
    "become a superuser": f"ALTER ROLE {WEB} SUPERUSER",
    "take everything the owner has": f"REASSIGN OWNED BY {OWNER} TO {WEB}",
    "a schema in front": "CREATE SCHEMA mine",
    "read a file": "SELECT pg_read_file('/etc/passwd')",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'cat >/dev/null'",
    "log what people write": "SET log_min_error_statement = error",
    "a function of the server's own": (
        "CREATE FUNCTION public.mine() RETURNS trigger "
        "LANGUAGE internal AS 'suppress_redundant_updates_trigger'"
    ),
    "no triggers in the body": "DO $$ BEGIN PERFORM set_config('session_replication_role', "
    "'replica', false); END $$",
}

OUTSIDE_A_TRANSACTION = {
    "drop the database": f"DROP DATABASE {DATABASE}",
    "settings of the server": "ALTER SYSTEM SET session_replication_role = replica",
}


def attempts():
    """Every (way, table, statement) on frozen tables; each is right but for the rights."""
    for table in web_role.tables():
        if table.is_frozen:
            key = table.key
            ways = STATEMENTS | (STATEMENTS_ABOUT_NUMBERS if key == "id" else {})
            for way, sql in ways.items():
                yield way, table.name, sql.format(t=table.name, k=key, c=table.insert_columns[-1])


def outcome(connection, sql, *, begin="BEGIN"):
    """ "refused" for want of rights, "done", or what else went wrong; nothing of it stays."""
    with connection.cursor() as cursor:
        try:
            cursor.execute(begin or "SELECT 1")
            if "FROM STDIN" in sql:
                cursor.copy_expert(sql, io.StringIO())
            else:
                cursor.execute(sql)
            return "done"
        except psycopg2.errors.InsufficientPrivilege:
            return "refused"
        except psycopg2.Error as other:
            return f"{type(other).__name__}: {other}"
        finally:
            if begin:
                cursor.execute("ROLLBACK")


@pytest.mark.catalogue("G2")
def test_the_web_role_is_refused_every_way_of_changing_what_never_changes(installed):
    web = installed.connect(WEB)
    tried = {(way, table): outcome(web, sql) for way, table, sql in attempts()}
    tried |= {(way, ""): outcome(web, sql) for way, sql in ROUND_THE_TABLES.items()}
    for way, sql in OUTSIDE_A_TRANSACTION.items():
        tried[way, ""] = outcome(web, sql, begin="")
    print(
        f"\nG2: {len({way for way, _ in tried})} kinds of statement, {len(tried)} tried, ", end=""
    )
    print(f"{len(web_role.frozen_tables())} frozen tables: {dict(Counter(tried.values()))}")
    assert {attempt: end for attempt, end in tried.items() if end != "refused"} == {}


@pytest.mark.catalogue("G2")
def test_for_the_owner_the_same_statements_are_right_and_most_succeed(installed):
    """The control: it is the rights that refuse, and the owner has them."""
    owner = installed.connect(OWNER)
    done = Counter(way for way, table, sql in attempts() if outcome(owner, sql) == "done")
    refused_to_an_owner_too = {"truncate", "copy from a program"}
    ways = STATEMENTS.keys() | STATEMENTS_ABOUT_NUMBERS.keys()
    assert ways - done.keys() == refused_to_an_owner_too
    superuser = installed.connect("tests")
    assert [way for way, sql in ROUND_THE_TABLES.items() if outcome(superuser, sql) != "done"] == []


@pytest.mark.catalogue("G2", "G3")
def test_the_owner_gets_round_the_triggers_and_only_the_chain_shows_it(installed, orm):
    """The control of the triggers themselves: first refused, then switched off."""
    with orm(OWNER) as database:
        _one_row(database)
        with installed.connect(OWNER).cursor() as cursor:
            with pytest.raises(psycopg2.IntegrityError, match="never changes"):
                cursor.execute(f"UPDATE {AUDIT} SET action = 'other'")
            cursor.execute(f"ALTER TABLE {AUDIT} DISABLE TRIGGER USER")
            cursor.execute(f"UPDATE {AUDIT} SET action = 'other'")
            assert cursor.rowcount >= 1
            found = installed.manage("check_audit")
            cursor.execute(f"DELETE FROM {AUDIT}")
            cursor.execute(f"ALTER TABLE {AUDIT} ENABLE TRIGGER USER")
    assert found.returncode == 1
    assert "does not say what it said" in found.stderr


@pytest.fixture
def orm(installed, django_db_blocker):
    """The product's models over a connection of a given role."""

    @contextmanager
    def signed_in_as(role):
        there = {"HOST": str(installed.socket_folder), "NAME": DATABASE, "USER": role}
        connections.settings["there"] = {**connections.settings["default"], **there}
        with django_db_blocker.unblock():
            try:
                yield "there"
            finally:
                connections["there"].close()
                del connections["there"], connections.settings["there"]

    return signed_in_as


def _one_row(database):
    """A row put in as `audit.record` puts it in, over another connection."""
    last = AuditEvent.objects.using(database).last()
    row = AuditEvent(
        at=timezone.now(),
        by_label="the service itself",
        kind="write",
        action="something",
        previous_hash=last.own_hash if last else audit.FIRST,
    )
    row.own_hash = audit.hash_of(row)
    row.save(using=database)
    return row


@pytest.mark.catalogue("G2")
def test_the_web_role_adds_and_reads_and_nothing_else_through_the_models(installed, orm):
    with orm(WEB) as database:
        row = _one_row(database)
        rows = models.QuerySet(AuditEvent, using=database).filter(pk=row.pk)
        row.action = "other"
        for attempt in (
            lambda: rows.update(action="other"),
            lambda: rows.delete(),
            lambda: rows._raw_delete(database),
            lambda: rows.bulk_update([row], ["action"]),
            lambda: rows.bulk_create(
                [row], update_conflicts=True, unique_fields=["id"], update_fields=["action"]
            ),
            lambda: row.save_base(force_update=True, using=database),
            lambda: list(rows.select_for_update()),
            lambda: AuditEvent(pk=-1, at=row.at, own_hash="f" * 64).save_base(
                force_insert=True, using=database
            ),
        ):
            with (
                pytest.raises(ProgrammingError, match="permission denied"),
                transaction.atomic(using=database),
            ):
                attempt()
        assert rows.get().action == "something"


# --- The command and its own check --------------------------------------------------------------


@pytest.mark.catalogue("G2")
def test_the_web_role_owns_nothing(installed):
    with installed.connect("tests").cursor() as cursor:
        assert web_role.complaints(cursor, WEB) == []
        complaints = web_role.complaints(cursor, OWNER)
    owned = [complaint for complaint in complaints if complaint.startswith("it owns")]
    print(f"\nG2: the web role owns 0 objects; of the owner's, {len(owned)} are listed")
    assert owned


WRONG = {
    f"GRANT UPDATE ON {AUDIT} TO {WEB}": f"it may UPDATE {AUDIT}",
    f"GRANT UPDATE (action) ON {AUDIT} TO {WEB}": f"it may UPDATE {AUDIT}",
    f"GRANT DELETE ON {AUDIT} TO PUBLIC": f"it may DELETE {AUDIT}",
    f"GRANT TRUNCATE ON sdmtool_clinic TO {WEB}": "it may TRUNCATE sdmtool_clinic",
    f"GRANT TRIGGER ON consultations_sheet TO {WEB}": "it may TRIGGER consultations_sheet",
    f"GRANT DELETE ON django_migrations TO {WEB}": "it may DELETE django_migrations",
    f"REVOKE INSERT ON {AUDIT} FROM {WEB}": f"it may not INSERT {AUDIT}",
    f"REVOKE UPDATE ON sdmtool_clinic FROM {WEB}": "it may not UPDATE sdmtool_clinic",
    f"GRANT INSERT ON {AUDIT} TO {WEB}": f"it may number the rows of {AUDIT} itself",
    f"GRANT CREATE ON SCHEMA public TO {WEB}": "it may make tables of its own",
    f"GRANT TEMPORARY ON DATABASE {DATABASE} TO PUBLIC": "it may make temporary tables",
    f"ALTER TABLE {AUDIT} OWNER TO {WEB}": f"it owns table {AUDIT}",
    f"ALTER ROLE {WEB} CREATEROLE": "it is allowed to make roles",
    f"ALTER ROLE {WEB} SUPERUSER": "it is a superuser",
    f"GRANT {OWNER} TO {WEB}": "it is a member of another role",
    f"GRANT pg_write_all_data TO {WEB}": f"it may UPDATE {AUDIT}",
}


@pytest.mark.catalogue("D3", "G2")
@pytest.mark.parametrize("mistake", WRONG)
def test_a_right_too_many_or_too_few_is_complained_about(installed, mistake):
    with installed.connect("tests").cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(mistake)
        complaints = web_role.complaints(cursor, WEB)
        cursor.execute("ROLLBACK")
    assert any(WRONG[mistake] in complaint for complaint in complaints), complaints


def test_a_second_run_of_the_command_changes_nothing(installed):
    owner = {"DATABASE_URL": installed.url(OWNER)}
    before = _rights(installed)
    done = installed.manage("web_role", WEB, **owner)
    assert (done.returncode, _rights(installed)) == (0, before)
    assert "has its rights" in done.stdout


def test_the_first_run_told_what_only_a_superuser_may_set(installed):
    assert "A superuser of PostgreSQL must still run:" in installed.said
    assert installed.said.count("ALTER ROLE") == len(web_role.SETTINGS)
    with installed.connect(WEB).cursor() as cursor:
        for name, value in web_role.SETTINGS.items():
            cursor.execute("SELECT current_setting(%s)", [name])
            assert cursor.fetchone() == (value,)


def _rights(installed):
    with installed.connect("tests").cursor() as cursor:
        cursor.execute("SELECT relname, relacl::text, relowner FROM pg_class ORDER BY relname, oid")
        classes = cursor.fetchall()
        cursor.execute("SELECT attrelid, attname, attacl::text FROM pg_attribute ORDER BY 1, 2")
        return classes, cursor.fetchall()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("role", "says"),
    [
        ("nobody_here", "There is no role nobody_here"),
        ("the_owner", "run by the owner of the tables, for another role"),
        ("powerful", "powerful cannot be the web role: it is allowed to make roles"),
        ("x; DROP TABLE y", "A role's name is small letters"),
    ],
)
def test_a_role_that_cannot_be_the_web_role_is_refused_in_words(role, says):
    if connection.vendor != "postgresql":
        pytest.skip("about PostgreSQL")
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE the_owner SUPERUSER; CREATE ROLE powerful CREATEROLE")
        cursor.execute("SET LOCAL ROLE the_owner")
    with pytest.raises(CommandError, match=says):
        call_command("web_role", role)


@pytest.mark.django_db
def test_on_sqlite_there_are_no_roles():
    if connection.vendor == "postgresql":
        pytest.skip("about SQLite")
    with pytest.raises(CommandError, match="another kind"):
        call_command("web_role", WEB)


# --- And it can do all that the clinic does -----------------------------------------------------


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "postgresql", reason="about PostgreSQL")
def test_signed_in_as_the_web_role_a_clinic_goes_from_a_release_to_a_signed_decision(client):
    """Whatever right an action or a page needs and the role lacks shows here."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE a_web_role")
        call_command("web_role", "a_web_role")
        cursor.execute("SET LOCAL SESSION AUTHORIZATION a_web_role")
    stories.the_release()
    prescriber = stories.a_prescriber()
    consultation = stories.signed(prescriber)
    signed_in(prescriber, client)
    pages = ["/", "/medicines/", *(_pages_of(consultation))]
    statuses = {page: client.get(page).status_code for page in pages}
    print(f"\nG2: a release, a signed decision and {len(pages)} pages as the web role")
    assert set(statuses.values()) <= {200, 302}, statuses
    client.post("/sign-out/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        assert cursor.fetchone() == ("a_web_role",)


def _pages_of(consultation):
    one = f"/consultations/{consultation.public_id}"
    return ["/consultations/", *(f"{one}/{page}/" for page in ("my-list", "compare", "decide"))]
