"""Removes what has been kept long enough. Run once a day, as the owner of the tables.

    manage.py retention            removes it
    manage.py retention --count    says how much that would be

It may be killed at any moment and run again: each record goes in a transaction of its own.
"""

from argparse import ArgumentParser
from contextlib import suppress
from datetime import timedelta
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from consultations.actions import keeping
from consultations.models import Attempt
from sdmtool.models import WrongTry

SWEPT_AFTER = timedelta(days=1)


class Command(BaseCommand):
    help = "Removes records whose time is over, and old sessions and counters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", action="store_true", help="remove nothing, say how many")

    def handle(self, *, count: bool, **options: Any) -> None:
        if not count:
            self._sweep()
        ledger = settings.ERASURE_LEDGER
        if ledger is None:
            raise CommandError("SDM_ERASURE_LEDGER is not set: see docs/privacy.md.")
        if count:
            self.stdout.write(f"{self._due().count()} records are due.")
            return
        removed = 0
        while due := list(self._due()[:100]):
            for consultation in due:
                with suppress(keeping.Held):  # since it was found to be due
                    keeping.remove(consultation, ledger=ledger, why="retention")
                    removed += 1
        self.stdout.write(f"{removed} records removed.")

    def _due(self) -> Any:
        return keeping.due(
            timezone.now(),
            signed_days=settings.RETENTION_DAYS,
            other_days=settings.RETENTION_UNFINISHED_DAYS,
        )

    def _sweep(self) -> None:
        now = timezone.now()
        Session.objects.filter(expire_date__lt=now).delete()
        live = Session.objects.values("session_key")
        UserSession.objects.exclude(session_key__in=live).delete()
        Attempt.objects.filter(tried__lt=now - SWEPT_AFTER).delete()
        WrongTry.objects.filter(tried__lt=now - SWEPT_AFTER).delete()
