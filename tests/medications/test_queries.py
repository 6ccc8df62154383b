"""The door: what it gives, what it costs, and what it refuses."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from medications import queries
from medications.models import Release as ReleaseRow
from medications.snapshots import Release
from sdmtool import frozen


@pytest.fixture(autouse=True)
def nothing_read_yet() -> Iterator[None]:
    queries._load.cache_clear()
    yield
    queries._load.cache_clear()


def altered(table: str, change: str) -> None:
    """Somebody with the owner's rights changes what is stored, triggers out of the way."""
    with frozen.lifted(connection), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {change}")


def test_the_first_reading_takes_three_queries_and_every_later_one_takes_one(
    release: Release, django_assert_num_queries: Any
) -> None:
    queries._load.cache_clear()
    with django_assert_num_queries(3):
        first = queries.current_release()
    with django_assert_num_queries(1):
        assert queries.current_release() is first
    with django_assert_num_queries(1):
        assert queries.release(1) is first


def test_who_holds_the_pinned_hash_asks_nothing_more(
    release: Release, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        assert queries.release(1, content_hash=release.content_hash) is release


def test_another_hash_than_the_pinned_one_is_refused(release: Release) -> None:
    with pytest.raises(queries.ReleaseAltered):
        queries.release(1, content_hash="0" * 64)


@pytest.mark.catalogue("H5")
@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("medications_release", "content = replace(content, 'demonstration 1', 'demonstration 2')"),
        ("medications_release", "content_hash = replace(content_hash, 'a', 'b')"),
        (
            "medications_releaseprofile",
            'content = replace(content, \'"rating":"U"\', \'"rating":"0"\')',
        ),
    ],
)
def test_what_was_altered_behind_our_back_is_not_shown(
    release: Release, table: str, change: str
) -> None:
    altered(table, change)
    queries._load.cache_clear()
    with pytest.raises(queries.ReleaseAltered):
        queries.current_release()


@pytest.mark.catalogue("H5")
def test_control_an_alteration_that_changes_nothing_is_not_noticed(release: Release) -> None:
    altered("medications_releaseprofile", "content = content")
    queries._load.cache_clear()
    assert queries.current_release() == release


def test_the_hash_covers_what_the_row_itself_says(release: Release) -> None:
    row = ReleaseRow.objects.get()
    assert (row.number, row.name, row.review_by) == (1, release.name, release.review_by)


def test_a_card_for_a_medicine_the_release_does_not_hold_is_a_key_error(release: Release) -> None:
    with pytest.raises(KeyError):
        queries.card_page(release, "aspirin")


def test_cards_take_no_query(release: Release, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        for profile in release.profiles:
            queries.card_page(release, profile.slug)
            queries.card_print(release, profile.slug, reference="ref 7")
