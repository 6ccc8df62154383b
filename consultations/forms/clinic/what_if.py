"""One press of a button in "what if": the order so far, and what to do with one worry of it."""

from typing import Any

from django import forms

from consultations import moves, what_if
from consultations.answers import Places
from consultations.moves import Move

NOT_THIS_LIST = "That was not this list, so here it is again as it was sent."


class WhatIfForm(forms.Form):
    """`places` is the order after the press; one that is not this list starts from the list."""

    order = forms.CharField(max_length=400)

    def __init__(self, *args: Any, sent: Places, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = self.sent = sent

    def clean_order(self) -> str:
        try:
            self.places = what_if.read(self.cleaned_data["order"], self.sent)
        except what_if.NotTheSameList:
            raise forms.ValidationError(NOT_THIS_LIST) from None
        return str(self.cleaned_data["order"])

    def clean(self) -> None:
        if "as_sent" in self.data:
            self.places = self.sent
        for move in Move:
            if move.value in self.data:
                self.places = moves.moved(self.places, move, self.data[move.value])
