"""Why a record is held, or to be erased."""

from consultations.forms.clinic.fields import Line
from sdmtool.nhsuk.forms import NHSForm


class HoldForm(NHSForm):
    """Why it must not be removed."""

    reason = Line(label="Why it is held", max_length=300)


class EraseForm(NHSForm):
    """Why it is to be erased."""

    reason = Line(label="Who asked, and why", max_length=300)
