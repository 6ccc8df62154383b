"""Prints the link with which somebody sets a password and joins.

    manage.py join_link ana@trust.example --name "Ana Name" --clinic "Name of the clinic"

makes the account and makes it an administrator of that clinic, which is made too if it is new: how
the first administrator begins. Without --name the account must exist, and gets a fresh link; its
password and second factor are gone from then on.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from sdmtool import audit
from sdmtool.access import Role
from sdmtool.accounts import joining
from sdmtool.models import Clinic, Membership, User


class Command(BaseCommand):
    help = "Prints a link to join for an administrator, or for somebody who lost their way in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="", help="full name; makes the account")
        parser.add_argument("--clinic", default="", help="administrator of this clinic")

    @transaction.atomic
    def handle(self, *, email: str, name: str, clinic: str, **options: Any) -> None:
        if not name:
            user = User.objects.filter(email=email.lower()).first()
            if user is None:
                raise CommandError("There is no such account. --name makes one.")
            link = joining.new_link(user=user, by=None)
        else:
            if not clinic:
                raise CommandError("--clinic: of which clinic?")
            try:
                user, link = joining.invite_to_join(email=email, full_name=name, by=None)
            except ValidationError as problem:
                raise CommandError(" ".join(problem.messages)) from None
            self._make_administrator(user, clinic)
        self.stdout.write(link)

    def _make_administrator(self, user: User, name: str) -> None:
        clinic, _ = Clinic.objects.get_or_create(name=name)
        made = Membership.objects.create(
            user=user, clinic=clinic, role=Role.ADMINISTRATOR, starts_on=timezone.localdate()
        )
        audit.record(
            by=None,
            kind=audit.Kind.WRITE,
            action="make an administrator",
            clinic=clinic,
            obj=made,
        )
