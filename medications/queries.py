"""The door: what the rest of the product may ask about medicines.

A release is read once per process, checked against its hash and shared; after that, asking for it
is one query, or none for a caller who already holds the hash it pinned.
"""

from functools import lru_cache
from typing import Any

from medications import editions, present
from medications.editions import ReleaseAltered
from medications.models import Release as ReleaseRow
from medications.models import ReleaseProfile
from medications.present import CardPage
from medications.present.numbers import number_line
from medications.snapshots import Release

__all__ = [
    "CardPage",
    "NoRelease",
    "ReleaseAltered",
    "card_page",
    "card_print",
    "current_release",
    "number_line",
    "release",
]


class NoRelease(LookupError):
    """There is no such release; on a new machine, none at all."""


def current_release() -> Release:
    """The newest release. NoRelease before the first is published. One query."""
    newest = ReleaseRow.objects.order_by("-number").values_list("number", "content_hash").first()
    if newest is None:
        raise NoRelease("No release has been published yet.")
    return _load(*newest)


def release(number: int, *, content_hash: str = "") -> Release:
    """One release, however old. One query; none when the caller gives the hash it has pinned.

    ReleaseAltered when what is stored is not what was signed, or not what the caller pinned.
    """
    if not content_hash:
        found = ReleaseRow.objects.filter(pk=number).values_list("content_hash", flat=True).first()
        if found is None:
            raise NoRelease(f"There is no release {number}.")
        content_hash = found
    return _load(number, content_hash)


@lru_cache(maxsize=8)
def _load(number: int, content_hash: str) -> Release:
    content = ReleaseRow.objects.filter(pk=number).values_list("content", flat=True).first()
    if content is None:
        raise NoRelease(f"There is no release {number}.")
    texts = ReleaseProfile.objects.filter(release=number).values_list("medicine", "content")
    return editions.read_release(content, content_hash, dict(texts))


def card_page(release: Release, slug: str) -> CardPage:
    """One information card, for `templates/medications/partials/card.html`.

    KeyError for another slug.
    """
    return present.card(release, release.profile(slug))


def card_print(
    release: Release, slug: str, *, reference: str = "", is_large: bool = False
) -> tuple[str, dict[str, Any]]:
    """The same card on paper: a template and its context, for `pdf.render` or `pdf.packet`.

    `reference` stands at the top of every page, so that a card in a person's packet can be told
    from another's.
    """
    return "medications/print/card.html", {
        "paper": present.paper(card_page(release, slug), is_large=is_large),
        "release": release,
        "demo": release.is_demonstration,
        "reference": reference,
    }
