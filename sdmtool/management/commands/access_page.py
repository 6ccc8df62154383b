"""Writes docs/access.md from sdmtool/access.py."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from sdmtool import access_page


class Command(BaseCommand):
    help = "Writes docs/access.md: who may do what, for a clinical lead to sign."

    def handle(self, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "access.md"
        path.write_text(access_page.page(), encoding="utf-8")
        self.stdout.write(f"Written: {path}")
