"""Gives PostgreSQL's web role its rights, exactly: run as the owner after every migration.

    manage.py web_role choosing_web

The role must exist (`CREATE ROLE choosing_web LOGIN PASSWORD …`). A second run changes nothing.
What only a superuser may set is printed as the lines to run; the exit code is 1 until that is done.
"""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import ProgrammingError, connection, transaction

from sdmtool import web_role

SHOWN = 10  # complaints; a superuser would earn hundreds


class Command(BaseCommand):
    help = "Gives the web role its rights in PostgreSQL, and none besides."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", help="the role the web process signs in with")

    def handle(self, *, role: str, **options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("Roles are a matter of PostgreSQL; this database is another kind.")
        with transaction.atomic(), connection.cursor() as cursor:
            _refuse_unfit(cursor, role)
            for statement in web_role.grants(role, connection.ops.quote_name):
                cursor.execute(statement)
            for statement in _about_the_database(cursor, role):
                cursor.execute(statement)
            complaints = web_role.complaints(cursor, role)
            if complaints:
                told = "; ".join(complaints[:SHOWN])
                raise CommandError(f"{role} cannot be the web role: {told}")
            left = _set(cursor, role)
        self.stdout.write(f"{role} has its rights in {len(list(web_role.tables()))} tables.")
        if left:
            lines = "\n".join(f"  {statement};" for statement in left)
            raise CommandError(f"A superuser of PostgreSQL must still run:\n{lines}")


def _refuse_unfit(cursor: Any, role: str) -> None:
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", role):
        raise CommandError("A role's name is small letters, digits and underlines here.")
    cursor.execute("SELECT current_user, count(*) FROM pg_roles WHERE rolname = %s", [role])
    owner, found = cursor.fetchone()
    if not found:
        raise CommandError(f"There is no role {role}: CREATE ROLE {role} LOGIN PASSWORD '…'")
    if owner == role:
        raise CommandError("This is run by the owner of the tables, for another role.")


def _about_the_database(cursor: Any, role: str) -> list[str]:
    cursor.execute("SELECT current_database()")
    quote = connection.ops.quote_name
    database, who = quote(cursor.fetchone()[0]), quote(role)
    return [
        f"REVOKE ALL ON DATABASE {database} FROM {who}",
        f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC",
        f"GRANT CONNECT ON DATABASE {database} TO {who}",
    ]


def _set(cursor: Any, role: str) -> list[str]:
    """Makes the role's settings; gives back the statements this owner may not run."""
    left = []
    for statement in web_role.settings_to_make(cursor, role, connection.ops.quote_name):
        try:
            with transaction.atomic():
                cursor.execute(statement)
        except ProgrammingError:  # InsufficientPrivilege
            left.append(statement)
    return left
