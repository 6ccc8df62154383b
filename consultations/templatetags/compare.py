"""The cells of Compare: six kinds, each drawn once in a process from its component."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from medications.ratings import Rating

register = template.Library()


@register.simple_tag
def hundred_x(index: int) -> int:
    """How far from the left the `index`th of a hundred people stands, ten in a row."""
    return index % 10 * 20


@register.simple_tag
def hundred_y(index: int) -> int:
    """How far from the top."""
    return index // 10 * 20


@register.simple_tag
@lru_cache(maxsize=len(Rating) + 1)
def rating_cell(rating: Rating | None) -> SafeString:
    """What stands in one cell; None is a concern in own words, on which nothing is rated."""
    if rating is None:
        return render_to_string("consultations/clinic/partials/not_compared.html")
    return render_to_string("components/rating.html", {"rating": rating})
