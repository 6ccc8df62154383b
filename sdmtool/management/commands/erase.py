"""Erases the records somebody asked to erase. Run as the owner of the tables.

manage.py erase             those that were asked for, and are not held
manage.py erase --replay    after a restore: what the ledger says was removed before
"""

from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from consultations.actions import keeping


class Command(BaseCommand):
    help = "Erases what was asked for, or once more after a restore."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--replay", action="store_true", help="what the ledger says")

    def handle(self, *, replay: bool, **options: Any) -> None:
        ledger = settings.ERASURE_LEDGER
        if ledger is None:
            raise CommandError("SDM_ERASURE_LEDGER is not set: see docs/privacy.md.")
        if replay:
            self.stdout.write(f"{keeping.replay(ledger)} records erased again.")
            return
        erased = 0
        for consultation in list(keeping.asked_to_erase()):
            with suppress(keeping.Held):  # since it was found to be asked for
                keeping.remove(consultation, ledger=ledger, why="asked for")
                erased += 1
        self.stdout.write(f"{erased} records erased.")
