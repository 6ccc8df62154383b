"""The evidence files and the words of the cards -> profiles -> a demonstration release, through
the actions.

All or nothing, and safe to run again: a medicine whose files say what its newest published profile
says is left alone, and when nothing changed no release is made.
"""

from calendar import monthrange
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from medications import actions, content, evidence, stored
from medications.entries import MedicineEntry, RatingEntry, TextEntry
from medications.models import Medicine, Profile, Release
from sdmtool import audit
from sdmtool.models import User

REVIEW_AFTER_MONTHS = 6
# Two accounts, because the rules want two people even for a demonstration. Neither can sign in.
AUTHOR = ("demonstration-importer@example.invalid", "Demonstration importer (no person)")
APPROVER = ("demonstration-approver@example.invalid", "Demonstration approver (no person)")


class Command(BaseCommand):
    help = "Publishes fixtures/evidence and fixtures/vocabulary as the demonstration release."

    def handle(self, *args: Any, **options: Any) -> None:
        fixtures = Path(settings.FIXTURES_DIR)
        try:
            files = evidence.read(fixtures / "evidence")
            words = content.read(fixtures / "vocabulary")
            release = import_profiles(files, words)
        except (evidence.EvidenceError, content.ContentError) as wrong:
            raise CommandError(str(wrong)) from wrong
        if release is None:
            self.stdout.write("Nothing changed: the current release says what the files say.")
            return
        held = release.profiles.count()
        self.stdout.write(f"Published release {release.number} ({release.name}): {held} medicines.")


@transaction.atomic
def import_profiles(files: evidence.Evidence, words: content.Content) -> Release | None:
    """Bring the current release to what the files say. None when it already says it."""
    author, approver = _account(*AUTHOR), _account(*APPROVER)
    effects = words.worded(files.effects)
    sources = tuple(sorted(words.cited(files.sources), key=lambda source: source.code))
    medicines = tuple(
        replace(medicine, sources=tuple(sorted(medicine.sources)))
        for medicine in words.noted(files.medicines)
    )
    is_new = not (
        stored.effect_entries() == effects
        and stored.source_entries() == sources
        and stored.medicine_entries() == medicines
    )
    if is_new:
        actions.record_vocabulary(effects=effects, sources=sources, medicines=medicines, by=author)
    changed = [
        medicine
        for medicine in medicines
        if _bring_up_to_date(
            medicine,
            words.marked(medicine.slug, files.ratings[medicine.slug]),
            words.texts(medicine.slug),
            author=author,
            approver=approver,
        )
    ]
    if not (is_new or changed):
        return None
    number = Release.objects.count() + 1
    return actions.publish_release(
        name=f"demonstration {number}",
        review_by=_months_later(timezone.localdate(), REVIEW_AFTER_MONTHS),
        second_signer=author,
        is_demonstration=True,
        by=approver,
    )


def _bring_up_to_date(
    medicine: MedicineEntry,
    ratings: tuple[RatingEntry, ...],
    texts: tuple[TextEntry, ...],
    *,
    author: User,
    approver: User,
) -> bool:
    """A new approved revision, if what is approved says something else."""
    row = Medicine.objects.get(slug=medicine.slug)
    newest = stored.newest_approved(row)
    if newest and _says(newest) == (ratings, texts):
        return False
    profile = actions.start_profile(medicine=row, by=author)
    actions.rate(profile=profile, ratings=ratings, by=author)
    actions.write_card_texts(profile=profile, texts=texts, by=author)
    actions.submit_profile(profile=profile, by=author)
    actions.approve_profile(profile=profile, by=approver)
    return True


def _says(profile: Profile) -> tuple[tuple[RatingEntry, ...], tuple[TextEntry, ...]]:
    return stored.rating_entries(profile), stored.text_entries(profile)


def _account(email: str, full_name: str) -> User:
    """A system account: no password, not active, its name says what it is."""
    account = User.objects.filter(email=email).first()
    if account is None:
        account = User.objects.create_user(email=email, full_name=full_name)
        account.is_active = False
        account.save(update_fields=["is_active"])
        audit.record(by=None, kind=audit.Kind.WRITE, action="make a system account", obj=account)
    return account


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
