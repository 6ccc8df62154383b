"""The meeting's records. Views never import these: they ask queries and call actions."""

from consultations.models.consultation import (
    Consultation,
    Participant,
    RuledOut,
    StatusChange,
)
from consultations.models.copies import HarmDecision
from consultations.models.elsewhere import BrokenGlass
from consultations.models.invitations import Attempt, Invitation
from consultations.models.keeping import ErasureRequest, LegalHold
from consultations.models.meeting import Comparison, Decision, DecisionDraft, Voice
from consultations.models.sheets import Draft, Sheet, StillRight, Wish

__all__ = [
    "Attempt",
    "BrokenGlass",
    "Comparison",
    "Consultation",
    "Decision",
    "DecisionDraft",
    "Draft",
    "ErasureRequest",
    "HarmDecision",
    "Invitation",
    "LegalHold",
    "Participant",
    "RuledOut",
    "Sheet",
    "StatusChange",
    "StillRight",
    "Voice",
    "Wish",
]
