"""What an action leaves in the audit about a record: the one shape of it.

Every act on a record has its words in `consultations/looks.py`; a test looks for the calls here.
"""

from typing import Any

from consultations.models import Consultation
from sdmtool import audit
from sdmtool.models import AuditEvent


def note(
    consultation: Consultation,
    by: audit.By,
    action: str,
    *,
    kind: str = audit.Kind.WRITE,
    obj: Any = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """One row about `consultation`, inside the transaction of the act."""
    return audit.record(
        by=by,
        kind=kind,
        action=action,
        clinic=consultation.clinic,
        subject=consultation.public_id,
        obj=obj,
        detail=detail,
    )
