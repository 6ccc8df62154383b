"""Checks the audit's chain and says where it ends.

    manage.py check_audit                      faults to stderr, the head to stdout as JSON
    manage.py check_audit --export kept.json   the head into a file, for another machine
    manage.py check_audit --head kept.json     also: do the rows of that day still stand?

Run it every day with the same file for both, and keep the file where whoever owns the database
cannot write. Exit code 1, and no new head, when anything does not hold.
"""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sdmtool import audit

SHOWN = 50  # faults; after a broad change every row would be one


class Command(BaseCommand):
    help = "Checks the chain of the audit, and compares it with a head kept elsewhere."
    requires_migrations_checks = True

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--head", type=Path, help="a head exported earlier, to compare with")
        parser.add_argument(
            "--export", type=Path, help="where to write the head; stdout without it"
        )

    def handle(self, *, head: Path | None, export: Path | None, **options: Any) -> None:
        found, faults = audit.check(audit.stored_rows(), kept=_read(head) if head else None)
        for fault in faults[:SHOWN]:
            self.stderr.write(f"row {fault.row} {fault.what}")
        if faults:
            raise CommandError(
                f"The audit does not hold: {len(faults)} faults in {found.count} rows. "
                "Keep the database as it is and call whoever answers for it."
            )
        self.stderr.write(f"The audit holds: {found.count} rows.")
        _write(found, export) if export else self.stdout.write(json.dumps(asdict(found)))


def _read(path: Path) -> audit.Head:
    try:
        head = audit.Head(**json.loads(path.read_text()))
        if not (isinstance(head.count, int) and isinstance(head.last_id, int)):
            raise TypeError
    except FileNotFoundError as missing:
        raise CommandError(f"There is no kept head at {path}.") from missing
    except (ValueError, TypeError) as wrong:
        raise CommandError(f"{path} is not a head that check_audit wrote.") from wrong
    return head


def _write(head: audit.Head, path: Path) -> None:
    """All of it or nothing: a full disk leaves the head of yesterday."""
    beside = path.with_name(path.name + ".new")
    beside.write_text(json.dumps(asdict(head)) + "\n")
    os.replace(beside, path)
