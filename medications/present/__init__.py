"""What a page about medicines needs to know, with its words already chosen."""

from medications.present.card import CardPage, card
from medications.present.library import LibraryPage, library
from medications.present.paper import PaperCard, paper

__all__ = ["CardPage", "LibraryPage", "PaperCard", "card", "library", "paper"]
