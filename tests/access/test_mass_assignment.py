"""Fields nobody offered, sent with every form, change nothing."""

import copy
import uuid

import pytest
from django.apps import apps
from django.db import transaction
from django.forms import model_to_dict, modelform_factory
from django.urls import reverse
from django.utils import timezone

from consultations.models import Consultation
from sdmtool.access import Role
from sdmtool.models import AuditEvent
from tests import stories
from tests.access.census import addresses, census
from tests.access.targets import targets
from tests.consultations.clinic import a_decision
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
APPS = ("sdmtool", "medications", "consultations")
# Names a form does offer beside what `filled_in` sends: sending them is filling it in.
_DECIDING = {"no_review_because", "keeps_release"}
_CLINIC = {"name", "phone", "opening_hours", "shows_order_at_home"}
_ROLE = {"email", "full_name", "role", "starts_on", "ends_on"}
OFFERED = {
    "consultations:situation": {"not_up_for_choice"},
    "consultations:save_decision": _DECIDING,
    "consultations:sign": _DECIDING,
    "administration:make_clinic": _CLINIC,
    "administration:clinic": _CLINIC,
    "administration:invite": _ROLE,
    "administration:person": _ROLE,
}
# What is drawn by lot; the clock stands still.
BY_ITSELF = ("hash", "public_id", "session", "selector", "last_login")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        by = stories.a_prescriber()
        records = {
            "own, open": stories.a_consultation(by),
            "own, compared": stories.compared(by),
            "other clinic": stories.listed(stories.a_prescriber(stories.a_clinic("Sample Lane"))),
        }
        yield by, records
        transaction.set_rollback(True)


def every_name():
    """The names of all columns of ours, and of what they point to."""
    found = {"id", "pk", "is_staff", "is_superuser", "roles", "next_status"}
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.get_fields():
                found |= {field.name, getattr(field, "attname", field.name)}
    return sorted(found)


def everything():
    """All rows of ours but the audit, without what is drawn by lot."""
    told = {}
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            if model is AuditEvent or model.__name__ in {"Attempt", "WrongTry"}:
                continue
            names = [
                field.attname
                for field in model._meta.concrete_fields
                if field.attname != "id" and not any(part in field.attname for part in BY_ITSELF)
            ]
            told[model.__name__] = list(model.objects.order_by("pk").values_list(*names))
    return told


def foreign(name, other):
    """A value that would do harm if it were taken."""
    if name.endswith("_id") or name in {"id", "pk", "clinic", "consultation", "participant"}:
        return other.pk
    if name in {"public_id"}:
        return uuid.uuid4()
    if name.startswith(("is_", "shows_")):
        return "on"
    if name.endswith(("_at", "_on", "expires")):
        return timezone.now().isoformat()
    return "signed" if name == "status" else "administrator" if name == "role" else "1"


def filled_in(address, record):
    """What its page sends when it is filled in, for the forms that write a record."""
    whole = {
        "consultations:save_decision": lambda: a_decision(record),
        "consultations:sign": lambda: a_decision(record),
        "consultations:shorten": lambda: {"options": ["stay"]},
        "consultations:rule_out": lambda: {"aside-medicine": "clozapine", "aside-reason": "No."},
        "consultations:keep_words": lambda: {"person_says": "I will try it."},
        "consultations:situation": lambda: {"situation": "crisis"},
        "consultations:open": lambda: {
            "clinic": record.clinic_id,
            "reference": "CT-7777",
            "person_name": "Rowan Sample",
            "name_to_use": "Rowan",
            "birth_year": "1991",
            "question": "Stay, or change?",
            "situation": "informal",
        },
        "respond:before": lambda: {"filled_in": "alone"},
        "respond:choose": lambda: {"avoid": ["weight_gain"]},
    }
    sent = whole.get(address.name, dict)()
    return {"version": record.version, **sent}


def after(client, path, sent):
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        client.post(path, sent)
        told = everything()
        transaction.set_rollback(True)
    client.cookies = cookies
    return told


def tries(world):
    """Every form of the service with somebody who may send it."""
    records = world[1]
    rows = census()
    for address in addresses():
        row = rows[address.name]
        if "POST" not in row["methods"]:
            continue
        for target in targets(address, records):
            if target.ownership in {"own, open", "own, compared", "none"}:
                yield address, row["access"], target


def browser_for(access, world):
    by, records = world
    if access == "by invitation":
        from tests.access.actors import by_invitation

        person = stories.the_person(records["own, open"])
        client = by_invitation(stories.invited(person))
        stories.a_draft(person)
        return client
    users = {"administer": Role.ADMINISTRATOR, "curate": Role.CURATOR}  # and `by` for the rest
    if access in users:
        return signed_in(stories.a_member(by.memberships.first().clinic, users[access]))
    return signed_in(by)


@pytest.mark.catalogue("A4")
def test_a_column_that_is_not_on_the_form_cannot_be_set_by_sending_it(world, say, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    _, records = world
    names, other = every_name(), records["other clinic"]
    browsers, sent_fields, forms, changed = {}, 0, 0, []
    for address, access, target in tries(world):
        client = browsers.setdefault(access, browser_for(access, world))
        record = target.record or records["own, open"]
        record.refresh_from_db()
        given = filled_in(address, record)
        path = reverse(address.name, kwargs=target.values)
        before = after(client, path, given)
        offered = OFFERED.get(address.name, set()) | given.keys()
        extra = {name: foreign(name, other) for name in names if name not in offered}
        got = after(client, path, {**extra, **given})
        forms, sent_fields = forms + 1, sent_fields + len(extra)
        changed += [f"{address.name}: {t}" for t in before if before[t] != got[t]]
    say(f"A4: {forms} forms with {sent_fields} fields nobody offered: {len(changed)} changed")
    assert not changed, "\n".join(changed[:40])
    assert sent_fields >= 3_000


@pytest.mark.catalogue("A4")
def test_control_a_form_that_takes_every_column_is_found(world):
    _, records = world
    record, other = records["own, open"], records["other clinic"]
    loose = modelform_factory(Consultation, fields="__all__")
    sent = {name: foreign(name, other) for name in every_name()} | model_to_dict(record)
    form = loose({**sent, "clinic": other.clinic_id, "needs": "none"}, instance=record)
    with transaction.atomic():
        before = everything()
        form.full_clean()
        form.instance.save()
        assert everything()["Consultation"] != before["Consultation"]
        transaction.set_rollback(True)
    record.refresh_from_db()
