"""Somebody at their own form, over HTTP: what they see, and what their browser sends back."""

import re
from html import unescape

from django.test import Client
from django.urls import reverse

from tests import stories

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
PAGES = (
    "start", "before", "matters", "lived", "choose", "both-ways", "narrow", "order", "taking",
    "check", "sent", "left", "stopped", "welcome", "give-back", "looked",
)  # fmt: skip
FIVE = ["weight_gain", "tiredness", "restlessness", "dry_mouth", "tremor"]


class Sitting:
    """One browser with one invitation. `send` sends a page's hidden fields with what is given."""

    def __init__(self, participant, client=None):
        self.participant = participant
        self.client = client or Client()
        self.issued = stories.invited(participant)
        self.answer = self.client.post(reverse("respond:start"), {"code": self.issued.code})

    def see(self, name):
        return self.client.get(reverse(f"respond:{name}"))

    def send(self, name, *, to="", **given):
        """`given` on the page `name`, whose form posts to `to` when that is another address."""
        hidden = dict(HIDDEN.findall(self.see(name).text))
        hidden.pop("csrfmiddlewaretoken", None)
        return self.client.post(reverse(f"respond:{to or name}"), {**hidden, **given})

    def choose(self, *codes, **given):
        return self.send("choose", avoid=list(codes), **given)

    def fill_in(self, codes=FIVE, **given):
        """Everything up to the check."""
        self.send("before", filled_in="alone")
        self.choose(*codes, **given)

    def send_off(self):
        return self.send("check", to="send")


def at(answer):
    """Where an answer leads: the name of the respondent's page, without its #."""
    places = {reverse(f"respond:{name}"): name for name in PAGES}
    return places[answer.headers["Location"].partition("#")[0].partition("?")[0]]


def said(answer):
    """The words of a page, without its markup."""
    body = answer.text.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
