"""One cell of a draft, as a pharmacist fills it in."""

from collections.abc import Iterable
from typing import Any

from django import forms

from medications.entries import RatingEntry
from medications.ratings import Confidence, Rating
from sdmtool.nhsuk.forms import NHSForm
from sdmtool.nhsuk.widgets import Checkboxes, Radios

RATINGS = [(rating.value, f"{rating.symbol} {rating.words}") for rating in Rating]
CONFIDENCES = [(one.value, one.words) for one in Confidence if one] + [("", "not rated")]


class CellForm(NHSForm):
    """Everything one cell says, the sources it names first. `entry` is what was sent."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    rating = forms.ChoiceField(label="Rating", choices=RATINGS, widget=Radios)
    confidence = forms.ChoiceField(
        label="How far it can be trusted", choices=CONFIDENCES, required=False
    )
    why = forms.CharField(label="Why this changes", max_length=300, required=False)
    sources = forms.MultipleChoiceField(label="Sources", required=False, widget=Checkboxes)
    zero_means = forms.CharField(
        label="What none means here", max_length=80, required=False, help_text="Only for none."
    )
    sources_disagree = forms.BooleanField(label="The sources do not agree", required=False)
    borrowed = forms.BooleanField(
        label="Taken over from a wider measure, or from another medicine", required=False
    )
    serious = forms.BooleanField(
        label="Serious, act on it: apart from how often it happens", required=False
    )
    on_card = forms.BooleanField(label="Stands on the short card", required=False)
    card_wording = forms.CharField(label="Wording on the card", max_length=80, required=False)

    def __init__(
        self, *args: Any, effect: str, sources: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.effect = effect
        named = self["sources"].value() or ()
        choices = sorted(sources, key=lambda source: source[0] not in named)
        self.fields["sources"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> None:
        """What belongs to a rating goes with it: not known has no confidence and no card."""
        said = self.cleaned_data
        if "rating" not in said:
            return
        is_known = said["rating"] != Rating.NOT_KNOWN.value
        if is_known and not said.get("confidence"):
            self.add_error("confidence", "Say how far this rating can be trusted")
        if is_known and not said.get("sources"):
            self.add_error("sources", "Name at least one source")
        if said["rating"] == Rating.NONE.value and not said.get("zero_means"):
            self.add_error("zero_means", "Say what none means here")
        if is_known and said.get("on_card") and not said.get("card_wording"):
            self.add_error("card_wording", "It stands on the card, so it needs its wording")

    @property
    def entry(self) -> RatingEntry:
        said = self.cleaned_data
        rating = Rating(said["rating"])
        return RatingEntry(
            effect=self.effect,
            rating=rating,
            confidence=Confidence(said["confidence"]) if rating.is_known else Confidence(""),
            borrowed=said["borrowed"],
            zero_means=said["zero_means"] if rating is Rating.NONE else "",
            sources_disagree=said["sources_disagree"],
            serious=said["serious"],
            on_card=said["on_card"] and rating.is_known,
            card_wording=said["card_wording"],
            sources=tuple(said["sources"]),
        )

    @staticmethod
    def initial_of(entry: RatingEntry, version: int) -> dict[str, Any]:
        """What the page shows of a stored cell."""
        return {
            "version": version,
            "rating": entry.rating.value,
            "confidence": entry.confidence.value,
            "sources": list(entry.sources),
            **{
                name: getattr(entry, name)
                for name in (
                    "zero_means", "sources_disagree", "borrowed", "serious", "on_card",
                    "card_wording",
                )
            },
        }  # fmt: skip
