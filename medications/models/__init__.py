"""The tables. Vocabulary is what profiles are written in; a release is what was signed."""

from medications.models.history import CellChange
from medications.models.profiles import (
    CardText,
    Observation,
    Profile,
    ProfileRating,
    RatingSource,
    StatusChange,
)
from medications.models.releases import Release, ReleaseProfile
from medications.models.vocabulary import Medicine, SideEffect, Source

__all__ = [
    "CardText",
    "CellChange",
    "Medicine",
    "Observation",
    "Profile",
    "ProfileRating",
    "RatingSource",
    "Release",
    "ReleaseProfile",
    "SideEffect",
    "Source",
    "StatusChange",
]
