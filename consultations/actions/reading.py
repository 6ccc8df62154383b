"""Reads of many people's records at once: the audit of pages that are not about one person."""

from django.db import transaction

from sdmtool import audit
from sdmtool.models import User


@transaction.atomic
def note_worklist(*, people: int, searched: bool, by: User) -> None:
    """Somebody saw names on the worklist, or looked for a reference. Not which."""
    audit.record(
        by=by,
        kind=audit.Kind.READ,
        action="search the worklist" if searched else "worklist",
        detail={"people": people},
    )
