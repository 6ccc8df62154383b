"""The forms a medicine comes in, in plain words. Standard library only. The terms are dm+d's."""

from collections.abc import Iterable

PLAIN = {
    "oral solution": "liquid",
    "oral suspension": "liquid",
    "orodispersible tablet": "tablet that melts in the mouth",
    "oral lyophilisate": "tablet that melts in the mouth",
    "sublingual tablet": "tablet that melts under the tongue",
    "buccal tablet": "tablet that melts by the gum",
    "modified-release tablet": "slow-release tablet",
    "effervescent": "form that fizzes in water",
    "solution for injection": "injection",
    "other": "another form",
}
ORDER = ("tablet", "capsule")
LASTING = "injection that lasts for weeks"


def forms_in_words(forms: Iterable[str], *, has_long_acting: bool) -> str:
    """ "Tablet, liquid, injection": each plain word once, tablets and capsules first."""
    words = dict.fromkeys(PLAIN.get(form, form) for form in forms)
    first = [word for word in ORDER if word in words]
    rest = [word for word in words if word not in ORDER]
    lasting = [LASTING] if has_long_acting else []
    return ", ".join([*first, *rest, *lasting]).capitalize()
