"""What holds a record, and whether somebody asked to erase it."""

from consultations.models import Consultation, ErasureRequest, LegalHold


def standing_hold(consultation: Consultation) -> LegalHold | None:
    """The hold that stands now."""
    standing = LegalHold.objects.filter(consultation=consultation, lifted_at=None)
    return standing.select_related("held_by").first()


def erasure_request(consultation: Consultation) -> ErasureRequest | None:
    asked = ErasureRequest.objects.filter(consultation=consultation)
    return asked.select_related("asked_by").first()
