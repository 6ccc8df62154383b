"""From an address to the clinic it names, for somebody who administers it. Any other is a 404."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse

from sdmtool import audit
from sdmtool.access import Action, requires
from sdmtool.administration import queries

View = Callable[..., HttpResponse]


def with_clinic(view: View) -> View:
    """The view gets `(request, clinic)`; its URL carries `<uuid:clinic_id>`. A view whose URL also
    carries `<int:user_id>` gets `user`: somebody who holds or held a role in that clinic.
    """

    @requires(Action.ADMINISTER)
    @wraps(view)
    def loaded(request: Any, clinic_id: UUID, **kwargs: Any) -> HttpResponse:
        clinic = queries.clinic(request.user, clinic_id)
        if clinic and "user_id" in kwargs:
            kwargs["user"] = queries.members(clinic).filter(pk=kwargs.pop("user_id")).first()
        if clinic is None or kwargs.get("user", True) is None:
            audit.record_refusal(by=request.user, action=view.__name__, clinic=clinic)
            raise Http404
        return view(request, clinic, **kwargs)

    return loaded
