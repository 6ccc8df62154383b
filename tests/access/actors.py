"""Who asks: everybody with a role in either clinic, with a way in, and with none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.actions import elsewhere, invitations, keeping
from consultations.actions.copies import decide_about_harm
from consultations.actions.invitations import Issued
from consultations.models import Consultation, Invitation
from sdmtool.access import GRANTS, Action, Role
from sdmtool.models import Membership
from tests import stories
from tests.access import sentinels
from tests.access.sentinels import CARER, PERSON, SHARED
from tests.signing_in import signed_in, with_app, with_password_only

CLINICS = ("clinica", "clinicb")
READERS = frozenset(role for role, granted in GRANTS.items() if Action.READ_RECORD in granted)


@dataclass(frozen=True)
class Actor:
    """Somebody at a browser. `role` is what they are in clinic "a" or "b"; `reads` are the tags of
    the words they may see.
    """

    name: str
    client: Client
    role: Role | None = None
    clinic: str = ""
    is_invited: bool = False
    is_closed: bool = False
    reads: tuple[str, ...] = ()
    user: Any = None

    def may_read(self, tag: str) -> bool:
        return tag.startswith(self.reads) if self.reads else False


@dataclass(frozen=True)
class Cast:
    """The actors, and the records by whose they are."""

    actors: tuple[Actor, ...]
    records: dict[str, Consultation]


def cast() -> Cast:
    """Two clinics with their people, and a record in each state that matters."""
    a, b = stories.a_clinic(), stories.a_clinic("Sample Lane Clinic")
    members = {role: stories.a_member(a, role) for role in Role}
    by, other = members[Role.PRESCRIBER], stories.a_prescriber(b)
    records = _records(by, other)
    actors = [
        Actor("nobody signed in", Client()),
        *(_staff(user, role, "a") for role, user in members.items()),
        *(_staff(stories.a_member(b, role), role, "b") for role in _ABROAD),
        _several_roles(a),
        _closed(stories.a_prescriber(a)),
        _ended(stories.a_prescriber(a)),
        Actor("a password alone", with_password_only(with_app(by), stories.PASSWORD)),
        *_invited(records["own, open"]),
    ]
    return Cast(tuple(actors), records)


def _records(by: Any, other: Any) -> dict[str, Consultation]:
    """Records whose every text is a sentinel, some of them put off, begun or opened elsewhere."""
    records = {
        "own, open": sentinels.opened("clinicaopen", by),
        "own, listed": sentinels.listed("clinicalisted", by),
        "own, compared": sentinels.compared("clinicacompared", by),
        "own, signed": sentinels.signed("clinicasigned", by),
        "other clinic": sentinels.listed("clinicb", other),
        "other clinic, signed": sentinels.signed("clinicb", other),
    }
    sentinels.postponed("clinicaputoff", by)
    sentinels.postponed("clinicb", other)
    sentinels.decided("clinicb", other)
    begun = records["own, open"]
    stories.a_draft(stories.the_person(begun), sentinels.answers("clinicaopenperson"))
    stories.a_draft(stories.the_carer(begun), sentinels.answers("clinicaopencarer"))
    elsewhere.break_glass(
        reference=records["own, signed"].reference,
        birth_year=records["own, signed"].birth_year,
        reason="Called at night: " + sentinels.word("clinicasignedshared"),
        by=stories.a_prescriber(other.memberships.get().clinic),
    )
    decide_about_harm(
        consultation=records["own, signed"],
        words="carer",
        is_released=False,
        reason=sentinels.word("clinicasignedstaff"),
        by=by,
    )
    about = {"consultation": records["own, signed"], "by": by}
    keeping.hold(reason=sentinels.word("clinicasignedstaff"), **about)
    keeping.ask_for_erasure(reason=sentinels.word("clinicasignedshared"), **about)
    return records


_ABROAD = (Role.PRESCRIBER, Role.TEAM_MEMBER, Role.CURATOR, Role.ADMINISTRATOR)


def _staff(user: Any, role: Role, clinic: str) -> Actor:
    name = role.label if clinic == "a" else f"{role.label} of the other clinic"
    reads = (f"clinic{clinic}",) if role in READERS else ()
    return Actor(name, signed_in(user), role, clinic, reads=reads, user=user)


def _several_roles(clinic: Any) -> Actor:
    """Somebody whose second role gives nothing of a record; the first one's rules stand."""
    user = stories.a_member(clinic, Role.SERVICE_MANAGER)
    return Actor("a manager elsewhere too", signed_in(user), Role.SERVICE_MANAGER, "a", user=user)


def _closed(user: Any) -> Actor:
    client = signed_in(user)
    user.is_active = False
    user.save()
    return Actor("a closed account", client, Role.PRESCRIBER, "a", is_closed=True, user=user)


def _ended(user: Any) -> Actor:
    """Signed in, and the role ended yesterday: an account that may do nothing."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=user).update(starts_on=yesterday, ends_on=yesterday)
    return Actor("a role that has ended", signed_in(user), None, "a", user=user)


def by_invitation(issued: Issued) -> Client:
    """A browser that came in by this invitation's link."""
    client = Client()
    came = client.post(reverse("respond:exchange"), {"secret": issued.link_secret})
    if came.headers.get("Location") != reverse("respond:before"):
        raise AssertionError("the invitation did not open")
    return client


def _invited(consultation: Consultation) -> Iterator[Actor]:
    """The two with a live invitation; one replaced, one withdrawn, one expired, one who left."""
    person, carer = stories.the_person(consultation), stories.the_carer(consultation)
    replaced = by_invitation(stories.invited(person))
    withdrawn = stories.invited(carer)
    ended = by_invitation(withdrawn)
    invitations.revoke(invitation=withdrawn.invitation, by=consultation.opened_by)
    live = stories.invited(person)
    left = by_invitation(live)
    left.post(reverse("respond:leave"))
    another = stories.the_person(sentinels.opened("clinicalate", consultation.opened_by))
    late = stories.invited(another)
    expired = by_invitation(late)
    Invitation.objects.filter(pk=late.invitation.pk).update(expires=timezone.now())
    shared = "clinicaopen" + SHARED
    yield Actor(
        "the person",
        by_invitation(live),
        is_invited=True,
        reads=(shared, "clinicaopen" + PERSON),
        user=person,
    )
    yield Actor(
        "the carer",
        by_invitation(stories.invited(carer)),
        is_invited=True,
        reads=(shared, "clinicaopen" + CARER),
        user=carer,
    )
    yield Actor("somebody whose invitation was replaced", replaced)
    yield Actor("somebody whose invitation was withdrawn", ended)
    yield Actor("somebody whose invitation is over", expired)
    yield Actor("somebody who pressed leave", left)
