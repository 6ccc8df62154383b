"""Every actor at every address, by every method, on every record: what should come back, and what
did.

The expectation is written from the roles and the census, not from the views. Each answer is kept
with what it took from the database, so that several tests can ask about one crawl.
"""

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.urls import reverse

from sdmtool.access import GRANTS, Action
from sdmtool.models import AuditEvent
from tests.access import sentinels
from tests.access.actors import Actor, Cast
from tests.access.census import Address, addresses, census
from tests.access.targets import Target, targets

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
SAFE = frozenset({"GET", "HEAD"})
STATEMENT = re.compile(
    r'^\s*(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b.*?"(\w+)"', re.IGNORECASE | re.DOTALL
)
FROM = re.compile(r'(?:FROM|JOIN) "(\w+)"')
# Tables a look may write to: the audit of it, the browser's session, and counters of wrong tries.
MAY_BE_WRITTEN = (
    "sdmtool_auditevent", "django_session", "consultations_attempt", "sdmtool_wrongtry",
    "usersessions_usersession",
)  # fmt: skip


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


@dataclass
class Seen:
    """What one try brought: the outcome in the words of `expected`, and what it did on the way."""

    attempt: Try
    came_back: str
    status: int
    content: bytes
    headers: str
    is_kept_nowhere: bool
    tags: set[str]
    read: set[str] = field(default_factory=set)
    written: set[str] = field(default_factory=set)
    audited: list[AuditEvent] = field(default_factory=list)

    @property
    def foreign(self) -> set[str]:
        """Whose words came back that this actor may not read."""
        return {tag for tag in self.tags if not self.attempt.actor.may_read(tag)}


def attempts(cast: Cast) -> Iterator[Try]:
    """Every combination. What is not there comes first: it is what the others are held against."""
    rows = census()
    for address in addresses():
        found = sorted(targets(address, cast.records), key=lambda one: one.ownership != "nowhere")
        for target in found:
            for actor in cast.actors:
                for method in METHODS:
                    yield Try(address, rows[address.name], actor, target, method)


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
    if actor.user is None or actor.is_invited or actor.is_closed:
        return "sign in"
    granted = GRANTS[actor.role] if actor.role else frozenset()
    if access != Action.SIGNED_IN and access not in granted:
        return "refused"
    return _of_record(attempt)


def _of_record(attempt: Try) -> str:
    ownership = attempt.target.ownership
    if ownership in {"none", "anybody's"}:
        return "through"
    if ownership in {"nowhere", "something of another record"}:
        return "not there"
    is_own = ownership.startswith("other clinic") == (attempt.actor.clinic == "b")
    return "through" if is_own else "not there"


def ask(attempt: Try) -> Seen:
    """The answer to one attempt; whatever it wrote, also into the browser, is taken back."""
    path = reverse(attempt.address.name, kwargs=attempt.target.values)
    client = attempt.actor.client
    cookies = copy.deepcopy(client.cookies)
    watch = _Watch()
    with transaction.atomic():
        last = AuditEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
        with connection.execute_wrapper(watch):
            response = client.generic(
                attempt.method, path, content_type="application/x-www-form-urlencoded"
            )
        audited = list(AuditEvent.objects.filter(pk__gt=last))
        transaction.set_rollback(True)
    client.cookies = cookies
    return _seen(attempt, response, watch, audited)  # type: ignore[arg-type]


class _Watch:
    """Notes which tables are read and written."""

    def __init__(self) -> None:
        self.read: set[str] = set()
        self.written: set[str] = set()

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = STATEMENT.match(sql)
        if found:
            if found[1].upper() == "SELECT":
                self.read |= set(FROM.findall(sql))
            else:
                self.written.add(found[2])
        return execute(sql, params, many, context)


def _seen(attempt: Try, response: HttpResponse, watch: _Watch, audited: list[AuditEvent]) -> Seen:
    content = response.content if not response.streaming else b"".join(response.streaming_content)
    headers = " ".join(f"{name}: {value}" for name, value in response.headers.items())
    return Seen(
        attempt=attempt,
        came_back=_in_words(response),
        status=response.status_code,
        content=content,
        headers=headers,
        is_kept_nowhere=response.headers.get("Cache-Control") == "no-store, private",
        tags=sentinels.tags_in(content.decode("utf-8", "replace") + headers),
        read=watch.read & personal_tables(),
        written=watch.written,
        audited=audited,
    )


def _in_words(response: HttpResponse) -> str:
    location = response.headers.get("Location", "")
    if response.status_code == 302 and location.startswith(reverse("sign-in") + "?next="):
        return "sign in"
    if response.status_code == 302 and location.partition("?")[0] == reverse("respond:start"):
        return "start"
    words = {405: "not this way", 403: "refused", 404: "not there"}
    if response.status_code in words:
        return words[response.status_code]
    return "through" if response.status_code < 500 else f"error {response.status_code}"


def personal_tables() -> frozenset[str]:
    """The tables that hold something about a person."""
    models = apps.get_app_config("consultations").get_models()
    return frozenset(model._meta.db_table for model in models) - {"consultations_attempt"}


def crawled(tries: Iterable[Try]) -> list[Seen]:
    return [ask(attempt) for attempt in tries]


def unexplained(seen: Seen) -> str:
    """Why the audit does not tell of what this try touched; "" when it does."""
    touched = seen.read | (seen.written & personal_tables())
    record = seen.attempt.target.record
    if not touched or _looked_for_an_invitation(seen):
        return ""
    by = {event.by_id for event in seen.audited}
    subjects = {event.subject for event in seen.audited}
    if seen.attempt.actor.role and seen.attempt.actor.user.pk not in by:
        return f"{seen.attempt} touched {sorted(touched)} and is not in the audit"
    if not seen.audited:
        return f"{seen.attempt} touched {sorted(touched)} and nothing is in the audit"
    if record and seen.came_back == "through" and record.public_id not in subjects:
        return f"{seen.attempt} read a record that the audit does not name"
    return ""


def _looked_for_an_invitation(seen: Seen) -> bool:
    """An invitation was looked up for a browser that has none, and nobody's record was opened."""
    looked = {"consultations_invitation", "consultations_participant", "consultations_consultation"}
    is_for_it = str(seen.attempt.row["access"]) in {"by invitation", "public"}
    return is_for_it and seen.read <= looked and not seen.tags and not seen.attempt.actor.is_invited
