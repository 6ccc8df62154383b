"""Every actor at every address, by every method, on every record: what should come back.

The expectation is written from product.md's roles and the census, not from the views.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from consultations.actions.invitations import Issued
from consultations.models import Consultation
from sdmtool.access import GRANTS, Action, Role
from tests import stories
from tests.access.census import Address
from tests.signing_in import signed_in

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
SAFE = {"GET", "HEAD"}
# What fills the placeholders of a route that names no record: nothing that exists.
NOWHERE = {"whose": "MQ", "token": "none", "factor_id": 0, "session_id": 0}
OUTSIDE = {"other clinic", "nowhere", "somebody else's participant"}


@dataclass(frozen=True)
class Actor:
    """Somebody at a browser. `role` is what they are in clinic "a" or "b"."""

    name: str
    client: Client
    role: Role | None = None
    clinic: str = ""
    is_invited: bool = False
    is_closed: bool = False


@dataclass(frozen=True)
class Target:
    """What fills the placeholders of a route, and whose it is."""

    ownership: str
    values: dict[str, Any]


@dataclass(frozen=True)
class Try:
    """One combination."""

    address: Address
    row: dict[str, Any]
    actor: Actor
    target: Target
    method: str

    def __str__(self) -> str:
        return f"{self.actor.name}: {self.method} {self.address.name} ({self.target.ownership})"


def by_invitation(issued: Issued) -> Client:
    """A browser that came in by this invitation's link."""
    client = Client()
    came = client.post(reverse("respond:exchange"), {"secret": issued.link_secret})
    if came.headers.get("Location") != reverse("respond:before"):
        raise AssertionError("the invitation did not open")
    return client


def cast() -> tuple[list[Actor], dict[str, Consultation]]:
    """Two clinics with their people, and one consultation in each state that matters."""
    a, b = stories.a_clinic(), stories.a_clinic("Sample Lane Clinic")
    members = {role: stories.a_member(a, role) for role in Role}
    closed = stories.a_prescriber(a)
    records = {
        "own, open": stories.a_consultation(members[Role.PRESCRIBER]),
        "own, listed": stories.listed(members[Role.PRESCRIBER]),
        "own, signed": stories.signed(members[Role.PRESCRIBER]),
        "other clinic": stories.listed(stories.a_prescriber(b)),
    }
    actors = [Actor("nobody signed in", Client())]
    actors += [Actor(role.label, signed_in(user), role, "a") for role, user in members.items()]
    for role in (Role.PRESCRIBER, Role.TEAM_MEMBER, Role.SERVICE_MANAGER):
        user = stories.a_member(b, role)
        actors.append(Actor(f"{role.label} of the other clinic", signed_in(user), role, "b"))
    actors += [_closed(closed), *_invited(records["own, open"])]
    return actors, records


def _closed(user: Any) -> Actor:
    client = signed_in(user)
    user.is_active = False
    user.save()
    return Actor("a closed account", client, Role.PRESCRIBER, "a", is_closed=True)


def _invited(consultation: Consultation) -> Iterator[Actor]:
    """The two with a live invitation, one whose invitation was replaced, one who has left."""
    person, carer = stories.the_person(consultation), stories.the_carer(consultation)
    replaced = by_invitation(stories.invited(person))
    live = stories.invited(person)
    left = by_invitation(live)
    left.post(reverse("respond:leave"))
    stories.a_draft(person)
    yield Actor("the person", by_invitation(live), is_invited=True)
    yield Actor("the carer", by_invitation(stories.invited(carer)), is_invited=True)
    yield Actor("somebody whose invitation was replaced", replaced)
    yield Actor("somebody who pressed leave", left)


def targets(address: Address, records: dict[str, Consultation]) -> list[Target]:
    """The records this route can name; one empty target for a route that names none."""
    if "<uuid:clinic_id>" in address.route:
        return [
            _in_clinic(address, "own", records["own, open"]),
            _in_clinic(address, "other clinic", records["other clinic"]),
            _in_clinic(address, "nowhere", None),
        ]
    if "<slug:slug>" in address.route and "<uuid:" not in address.route:
        return [Target("anybody's", {"slug": "aripiprazole"})]
    if "<uuid:public_id>" not in address.route:
        names = re.findall(r"<\w+:(\w+)>", address.route)
        return [Target("nowhere" if names else "none", {name: NOWHERE[name] for name in names})]
    found = [_of(address, name, record) for name, record in records.items()]
    found.append(_of(address, "nowhere", None))
    if "participant_id" in address.route:
        foreign = stories.the_person(records["other clinic"]).pk
        own = _of(address, "somebody else's participant", records["own, open"])
        found.append(Target(own.ownership, {**own.values, "participant_id": foreign}))
    return found


def _in_clinic(address: Address, ownership: str, record: Consultation | None) -> Target:
    """A clinic, and where the route names them, its prescriber and their role there."""
    values: dict[str, Any] = {"clinic_id": record.clinic.public_id if record else uuid4()}
    if "<int:user_id>" in address.route:
        values["user_id"] = record.opened_by.pk if record else 0
    if "<int:membership_id>" in address.route:
        values["membership_id"] = record.opened_by.memberships.get().pk if record else 0
    return Target(ownership, values)


def _of(address: Address, ownership: str, record: Consultation | None) -> Target:
    values: dict[str, Any] = {"public_id": record.public_id if record else uuid4()}
    if "<slug:slug>" in address.route:
        values["slug"] = "aripiprazole"
    if "<int:number>" in address.route:
        values["number"] = 1
    if "participant_id" in address.route:
        values["participant_id"] = stories.the_person(record).pk if record else 0
    return Target(ownership, values)


def expected(attempt: Try) -> str:
    """One of: not this way, sign in, start, refused, not there, through."""
    actor, access = attempt.actor, attempt.row["access"]
    allowed = set(attempt.row["methods"]) | ({"HEAD"} if "GET" in attempt.row["methods"] else set())
    if attempt.method not in allowed:
        return "not this way"
    if access == "public":
        return "not there" if attempt.target.ownership == "nowhere" else "through"
    if access == "by invitation":
        return "through" if actor.is_invited else "start"
    if actor.role is None or actor.is_closed:
        return "sign in"
    if access != Action.SIGNED_IN and access not in GRANTS[actor.role]:
        return "refused"
    return _of_record(attempt)


def _of_record(attempt: Try) -> str:
    ownership = attempt.target.ownership
    if ownership in {"none", "anybody's"}:
        return "through"
    if ownership in {"nowhere", "somebody else's participant"}:
        return "not there"
    is_own = (ownership == "other clinic") == (attempt.actor.clinic == "b")
    return "through" if is_own else "not there"


def came_back(response: HttpResponse) -> str:
    """What an answer means, in the words of `expected`; anything else is its status."""
    location = response.headers.get("Location", "")
    if response.status_code == 302 and location.startswith(reverse("sign-in") + "?next="):
        return "sign in"
    if response.status_code == 302 and location.partition("?")[0] == reverse("respond:start"):
        return "start"
    words = {405: "not this way", 403: "refused", 404: "not there"}
    if response.status_code in words:
        return words[response.status_code]
    return "through" if response.status_code < 500 else f"error {response.status_code}"


def ask(attempt: Try) -> HttpResponse:
    """The answer to one attempt; whatever it wrote, also into the browser, is taken back."""
    path = reverse(attempt.address.name, kwargs=attempt.target.values)
    cookies = copy.deepcopy(attempt.actor.client.cookies)
    with transaction.atomic():
        response = attempt.actor.client.generic(
            attempt.method, path, content_type="application/x-www-form-urlencoded"
        )
        transaction.set_rollback(True)
    attempt.actor.client.cookies = cookies
    return response  # type: ignore[return-value]


def is_same_as_nowhere(response: HttpResponse, nowhere: HttpResponse | None) -> bool:
    """Whether an answer about another clinic's record tells no more than one about no record."""
    if nowhere is None:
        return False
    return response.status_code == nowhere.status_code and response.content == nowhere.content
