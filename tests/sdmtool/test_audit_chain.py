"""A thousand tamperings with the audit, each of them seen; and what only a kept head can show."""

import json
import threading
import time
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import hypothesis
import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.utils import timezone
from hypothesis import strategies as st

from sdmtool import audit, frozen
from sdmtool.models import AuditEvent, Clinic, User

ROWS = 10_000
TAMPERINGS = 1_000
WRITERS = 20


def a_chain(length):
    """Rows as `record` would have written them, without a database."""
    rows, previous, at = [], audit.FIRST, timezone.now() - timedelta(days=30)
    for number in range(1, length + 1):
        row = audit.Row(
            id=number,
            at=at + timedelta(seconds=number),
            by_id=number % 7 or None,
            by_label=f"member {number % 7}",
            kind=("read", "write", "print")[number % 3],
            action="my list",
            clinic_id=number % 3 or None,
            subject=UUID(int=number),
            obj=f"sheet {number}",
            detail={"page": number % 5},
            previous_hash=previous,
            own_hash="",
        )
        rows.append(row._replace(own_hash=audit.hash_of(row)))
        previous = rows[-1].own_hash
    return rows


# --- Ways to tamper: each takes the rows and a place, and gives other rows ------------------------

OTHER = {
    "at": lambda row: row.at + timedelta(seconds=1),
    "by_id": lambda row: (row.by_id or 0) + 1,
    "by_label": lambda row: row.by_label + " ",
    "kind": lambda row: "export",
    "action": lambda row: row.action.upper(),
    "clinic_id": lambda row: None if row.clinic_id else 1,
    "subject": lambda row: UUID(int=row.subject.int ^ 1),
    "obj": lambda row: "",
    "detail": lambda row: {**row.detail, "more": True},
    "previous_hash": lambda row: audit.FIRST[:-1] + "1",
    "own_hash": lambda row: row.own_hash[::-1],
}


def edit(rows, place, rng):
    field = rng.choice(list(OTHER))
    changed = rows[place]._replace(**{field: OTHER[field](rows[place])})
    return [*rows[:place], changed, *rows[place + 1 :]]


def edit_and_hash_again(rows, place, rng):
    changed = rows[place]._replace(by_label="somebody else")
    changed = changed._replace(own_hash=audit.hash_of(changed))
    return [*rows[:place], changed, *rows[place + 1 :]]


def delete(rows, place, rng):
    return rows[:place] + rows[place + 1 :]


def reorder(rows, place, rng):
    other = rng.choice([n for n in (place - 1, place + 1, place // 2) if 0 <= n < len(rows)])
    moved = list(rows)
    moved[place], moved[other] = moved[other], moved[place]
    return moved if other != place else delete(rows, place, rng)


def insert(rows, place, rng):
    return [*rows[:place], rows[place]._replace(id=0, action="slipped in"), *rows[place:]]


def cut_the_end(rows, place, rng):
    return rows[:place]


def write_again_from(rows, place, rng):
    """The owner, who knows the recipe, makes a whole chain that holds."""
    kept, previous = rows[:place], rows[place].previous_hash
    for row in rows[place:]:
        changed = row._replace(by_label="nobody", previous_hash=previous)
        kept.append(changed._replace(own_hash=audit.hash_of(changed)))
        previous = kept[-1].own_hash
    return kept


SEEN_BY_THE_CHAIN = [edit, delete, reorder, insert]
SEEN_BY_THE_KEPT_HEAD = [cut_the_end, write_again_from, edit_and_hash_again]


@pytest.fixture(scope="module")
def rows():
    return a_chain(ROWS)


@pytest.mark.catalogue("G3")
def test_every_one_of_a_thousand_tamperings_with_ten_thousand_rows_is_seen(rows, rng):
    kept, faults = audit.check(rows)
    assert (kept.count, faults) == (ROWS, [])
    before = the_check_before_each(rows, kept)
    ways, missed, recent = SEEN_BY_THE_CHAIN + SEEN_BY_THE_KEPT_HEAD, [], ROWS // 20
    for number in range(TAMPERINGS):
        way = ways[number % len(ways)]
        place = rng.randrange(ROWS - recent if way is write_again_from else 0, ROWS)
        tampered = way(rows, place, rng)
        if not is_seen(tampered, rows, before, whole=number < 2 * len(ways), kept=kept):
            missed.append((way.__name__, place))
    print(f"\nG3: {TAMPERINGS} tamperings with {ROWS} rows, {len(missed)} missed")
    assert missed == []


def the_check_before_each(rows, kept):
    """The state of the check before every row of the untouched chain."""
    chain, states = audit.Chain(kept), []
    for row in rows:
        states.append(replace(chain))
        assert chain.add(row) == []
    return states


def is_seen(tampered, rows, before, *, whole, kept):
    """Whether the check finds anything. Rows before the first touched one need no second check, and
    one fault is enough; only a `whole` check walks all the way."""
    if whole:
        return bool(audit.check(tampered, kept=kept)[1])
    pairs = enumerate(zip(tampered, rows, strict=False))
    first = next((n for n, (new, old) in pairs if new is not old), min(len(tampered), ROWS - 1))
    chain = replace(before[first])
    return any(chain.add(row) for row in tampered[first:]) or bool(chain.finish())


@pytest.mark.catalogue("G3")
@pytest.mark.parametrize("way", [cut_the_end, write_again_from])
def test_without_a_kept_head_a_missing_end_or_a_rewritten_chain_is_missed(rows, way, rng):
    """The control: this is what the head, kept on another machine, is for."""
    tampered = way(rows, ROWS - 100, rng)
    assert audit.check(tampered)[1] == []
    assert audit.check(tampered, kept=audit.check(rows)[0])[1] != []


def test_rows_added_since_the_head_was_kept_are_no_fault(rows):
    kept, _ = audit.check(rows[: ROWS // 2])
    assert audit.check(rows, kept=kept)[1] == []
    assert audit.check(rows, kept=audit.check([])[0])[1] == []


@pytest.mark.catalogue("G3")
def test_a_hundred_thousand_rows_are_checked_within_ten_seconds(rows):
    """Worked out from ten thousand, so that the tests stay quick."""
    began = time.process_time()
    audit.check(rows)
    seconds = (time.process_time() - began) * 100_000 / ROWS
    print(f"\nG3: 100,000 rows in {seconds:.1f} s, without reading them")
    assert seconds < 10


# --- In the database ----------------------------------------------------------------------------


@pytest.fixture
def three(db):
    for action in ("my list", "compare", "sign"):
        audit.record(by=audit.Actor("a test"), kind=audit.Kind.READ, action=action)
    return list(AuditEvent.objects.values_list("pk", flat=True))


def as_owner(sql, *values):
    with frozen.lifted(connection), connection.cursor() as cursor:
        cursor.execute(sql, values)


TABLE = "sdmtool_auditevent"
BY_THE_OWNER = {
    "edit": f"UPDATE {TABLE} SET action = 'other' WHERE id = %s",
    "move in time": f"UPDATE {TABLE} SET at = '2020-01-01 00:00:00+00:00' WHERE id = %s",
    "other person's record": f"UPDATE {TABLE} SET subject = '{UUID(int=1).hex}' WHERE id = %s",
    "detail": f"""UPDATE {TABLE} SET detail = '{{"more": 1}}' WHERE id = %s""",
    "delete": f"DELETE FROM {TABLE} WHERE id = %s",
    "move to the end": f"UPDATE {TABLE} SET id = id + 1000 WHERE id = %s",
}


@pytest.mark.catalogue("G3")
@pytest.mark.parametrize("way", BY_THE_OWNER)
def test_what_the_owner_of_the_database_does_to_a_row_shows(three, way):
    assert audit.broken_links() == []
    as_owner(BY_THE_OWNER[way], three[1])
    assert audit.broken_links() != []


def a_forged_row(**wrong):
    """A row written round `record`, correct in everything but what is wrong."""
    last = audit.Row(*AuditEvent.objects.values_list(*audit.Row._fields).last())
    right = {"id": last.id + 1, "at": timezone.now(), "previous_hash": last.own_hash}
    forged = last._replace(**{**right, "action": "nothing at all", **wrong})
    if "own_hash" not in wrong:
        forged = forged._replace(own_hash=audit.hash_of(forged))
    AuditEvent.objects.bulk_create([AuditEvent(**forged._asdict())])


LONG_AGO = timezone.now() - timedelta(days=400)


@pytest.mark.catalogue("G2", "G3")
@pytest.mark.parametrize(
    "wrong",
    [
        {"id": 0},
        {"id": 10_000_000, "previous_hash": audit.FIRST},
        {"at": LONG_AGO},
        {"at": timezone.now() + timedelta(days=1)},
        {"previous_hash": "f" * 64},
        {"own_hash": "f" * 64},
    ],
    ids=lambda wrong: " ".join(wrong),
)
def test_a_row_put_in_with_another_number_time_or_link_shows(three, wrong):
    if wrong.get("id") == 0:
        wrong = {"id": three[0] - 1}
    a_forged_row(**wrong)
    assert audit.broken_links() != []


def test_a_row_put_in_with_a_number_far_ahead_shows_as_soon_as_the_next_one_is_written(three):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite counts on from the highest number, PostgreSQL from its own")
    a_forged_row(id=three[-1] + 1000)
    audit.record(by=None, kind=audit.Kind.WRITE, action="next")
    assert audit.broken_links() != []


words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=8)
plain_values = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | words
details = st.dictionaries(
    words, st.recursive(plain_values, lambda inner: st.lists(inner, max_size=3), max_leaves=5)
)


@hypothesis.given(detail=details)
@hypothesis.settings(
    max_examples=50, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture]
)
def test_a_detail_reads_back_as_it_was_hashed(db, detail):
    written = audit.record(by=None, kind=audit.Kind.WRITE, action="something", detail=detail)
    (row,) = [row for row in audit.stored_rows() if row.id == written.pk]
    assert audit.hash_of(row) == row.own_hash


@pytest.mark.parametrize("number", [0.5, 1e22, float("nan"), float("inf")])
def test_a_fraction_which_the_databases_give_back_differently_is_refused(db, number):
    with pytest.raises(ValueError, match="whole numbers"):
        audit.record(by=None, kind=audit.Kind.WRITE, action="x", detail={"share": number})


# --- The command --------------------------------------------------------------------------------


def test_the_command_prints_where_the_chain_ends(three, capsys):
    call_command("check_audit")
    printed = capsys.readouterr()
    head = json.loads(printed.out)
    last = AuditEvent.objects.last()
    assert (head["count"], head["last_id"], head["last_hash"]) == (3, last.pk, last.own_hash)
    assert "holds: 3 rows" in printed.err


@pytest.mark.catalogue("G3")
def test_the_command_with_yesterdays_head_sees_that_the_end_is_gone(three, tmp_path, capsys):
    kept = tmp_path / "kept.json"
    call_command("check_audit", export=kept)
    call_command("check_audit", head=kept, export=kept)
    yesterday = kept.read_text()
    as_owner(f"DELETE FROM {TABLE} WHERE id = %s", three[-1])
    call_command("check_audit")
    with pytest.raises(CommandError, match="does not hold"):
        call_command("check_audit", head=kept, export=kept)
    assert "the end is missing: 3 rows were there, 2 are" in capsys.readouterr().err
    assert kept.read_text() == yesterday


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"count": 1}', "not json"])
def test_a_file_that_is_no_head_is_refused(db, tmp_path, text):
    wrong = tmp_path / "wrong.json"
    wrong.write_text(text)
    with pytest.raises(CommandError, match="not a head"):
        call_command("check_audit", head=wrong)
    with pytest.raises(CommandError, match="no kept head"):
        call_command("check_audit", head=tmp_path / "none.json")


# --- Many at once -------------------------------------------------------------------------------

EACH = 10


@pytest.mark.catalogue("G3", "G8")
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_write_one_chain_and_every_row_is_by_who_did_it():
    members = [User.objects.create_user(f"m{n}@demo.example", f"Member {n}") for n in range(5)]
    clinic = Clinic.objects.create(name="Demonstration clinic")
    faults = in_threads(lambda number: _ten_rows(members[number % 5], number, clinic))
    assert faults == []
    assert AuditEvent.objects.count() == WRITERS * EACH
    assert audit.broken_links() == []
    for event in AuditEvent.objects.all():
        assert event.by_label == event.by.full_name == members[event.detail["writer"] % 5].full_name


def _ten_rows(member, number, clinic):
    for _ in range(EACH):
        with transaction.atomic():
            audit.record(
                by=member,
                kind=audit.Kind.READ,
                action="my list",
                clinic=clinic,
                detail={"writer": number},
            )


@pytest.mark.catalogue("G3")
@pytest.mark.django_db(transaction=True)
def test_without_one_writer_at_a_time_the_chain_breaks(monkeypatch):
    """The control: the same twenty writers with the lock left out."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets in one writer at a time whatever we do")
    monkeypatch.setattr(audit, "_one_writer_at_a_time", lambda: None)
    slow_hash = audit.hash_of

    def hash_after_a_moment(row):
        time.sleep(0.005)
        return slow_hash(row)

    monkeypatch.setattr(audit, "hash_of", hash_after_a_moment)
    member = User.objects.create_user("m@demo.example", "Member")
    clinic = Clinic.objects.create(name="Demonstration clinic")
    in_threads(lambda number: _ten_rows(member, number, clinic))
    monkeypatch.undo()
    assert audit.broken_links() != []


def in_threads(work):
    """Runs `work(number)` in twenty threads that start together; what went wrong in them."""
    together, wrong = threading.Barrier(WRITERS), []

    def run(number):
        try:
            together.wait()
            work(number)
        except Exception as problem:
            wrong.append(problem)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong
