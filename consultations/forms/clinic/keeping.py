"""Why a record is held, or to be erased."""

from consultations.forms.clinic.fields import Line
from sdmtool.nhsuk.forms import NHSForm


class ReasonForm(NHSForm):
    """One line that says why."""

    reason = Line(label="Why", max_length=300)
