"""The passages of an information card, in the order a card prints them. Standard library only."""

from enum import StrEnum


class CardField(StrEnum):
    """One passage of a card in our own words. The value is the name used in content files."""

    SERIOUS_NOW = "serious_now"
    SERIOUS_TODAY = "serious_today"
    SERIOUS_SOON = "serious_soon"
    HELPS = "helps"
    WORKS = "works"
    HOW_LONG = "how_long"
    CHECKS = "checks"
    INTERACTIONS = "interactions"
    DRIVING = "driving"
    ALCOHOL = "alcohol"
    PREGNANCY = "pregnancy"
    STOPPING = "stopping"

    @property
    def heading(self) -> str:
        return _HEADINGS[self]


_HEADINGS = {
    CardField.SERIOUS_NOW: "Call 999",
    CardField.SERIOUS_TODAY: "Call us today, or 111 when we are closed",
    CardField.SERIOUS_SOON: "Tell us this week",
    CardField.HELPS: "How it may help",
    CardField.WORKS: "How it works",
    CardField.HOW_LONG: "How long it takes",
    CardField.CHECKS: "Checks",
    CardField.INTERACTIONS: "Other medicines",
    CardField.DRIVING: "Driving",
    CardField.ALCOHOL: "Alcohol",
    CardField.PREGNANCY: "Pregnancy and breastfeeding",
    CardField.STOPPING: "Stopping",
}

SERIOUS = (CardField.SERIOUS_NOW, CardField.SERIOUS_TODAY, CardField.SERIOUS_SOON)
ABOUT = (CardField.HELPS, CardField.WORKS, CardField.HOW_LONG)
TAKING = (
    CardField.CHECKS,
    CardField.INTERACTIONS,
    CardField.DRIVING,
    CardField.ALCOHOL,
    CardField.PREGNANCY,
    CardField.STOPPING,
)
