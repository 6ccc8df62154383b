"""Side effects, sources and medicines: what profiles are written in."""

from collections.abc import Iterable

from django.db import transaction

from medications.entries import EffectEntry, MedicineEntry, SourceEntry, values
from medications.models import Medicine, SideEffect, Source
from sdmtool import audit
from sdmtool.models import User


@transaction.atomic
def record_vocabulary(
    *,
    effects: Iterable[EffectEntry],
    sources: Iterable[SourceEntry],
    medicines: Iterable[MedicineEntry],
    by: User,
) -> None:
    """Bring side effects, sources and medicines to what the entries say.

    Codes are added, never renamed.
    """
    for effect in effects:
        SideEffect.objects.update_or_create(code=effect.code, defaults=values(effect, "code"))
    for source in sources:
        Source.objects.update_or_create(code=source.code, defaults=values(source, "code"))
    for medicine in medicines:
        row, _ = Medicine.objects.update_or_create(
            slug=medicine.slug, defaults=values(medicine, "slug", "sources")
        )
        row.sources.set(Source.objects.filter(code__in=medicine.sources))
    audit.record(by=by, kind=audit.Kind.WRITE, action="record the vocabulary")
