"""What every page of one consultation has around it."""

from typing import Any

from django.utils import timezone

from consultations.present import identity
from consultations.present.own_list import medicine_names
from consultations.snapshots import Visit
from medications import queries as medications


def around(visit: Visit, current: str = "", **more: Any) -> dict[str, Any]:
    """The strip with two ways to tell a person from another, the three screens, and the version."""
    strip = identity.strip(visit, timezone.localdate(), current)
    return {
        "who": strip.who,
        "tabs": strip.tabs,
        "clinic_name": strip.clinic_name,
        "standing": identity.standing(visit),
        "version": visit.version,
        "public_id": visit.public_id,
        "name": visit.name_to_use,
        **more,
    }


def labels() -> dict[str, str]:
    """Effect code to its words on the form, and slug to the medicine's name, in the current
    release.
    """
    release = medications.current_release()
    effects = {effect.code: effect.label for effect in release.effects}
    return effects | medicine_names(release)
