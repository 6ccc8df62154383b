"""What was approved or published never changes: tried by every way round the guards."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from medications.models import (
    CardText,
    Observation,
    Profile,
    ProfileRating,
    RatingSource,
    Release,
    ReleaseProfile,
    StatusChange,
)
from medications.snapshots import Release as ReleaseSnapshot
from sdmtool import frozen
from sdmtool.frozen import Frozen

pytestmark = pytest.mark.catalogue("G2", "H5")

FROZEN = [Release, ReleaseProfile, StatusChange]
PARTS = [ProfileRating, CardText, RatingSource, Observation]
COLUMN = {
    Release: "name",
    ReleaseProfile: "content",
    StatusChange: "reason",
    Profile: "status",
    ProfileRating: "rating",
    CardText: "text",
    RatingSource: "place",
    Observation: "people",
}


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused(change: Callable[[], Any], *, match: str = "frozen") -> None:
    with pytest.raises(DatabaseError, match=match), transaction.atomic():
        change()


@pytest.mark.parametrize("model", [*FROZEN, Profile, *PARTS])
def test_raw_sql_changes_and_deletes_nothing(release: ReleaseSnapshot, model: Any) -> None:
    table, column = model._meta.db_table, COLUMN[model]
    assert model._base_manager.exists()
    refused(lambda: sql(f"UPDATE {table} SET {column} = {column}"))
    refused(lambda: sql(f"DELETE FROM {table}"))


@pytest.mark.parametrize("model", [*FROZEN, Profile, *PARTS])
def test_a_row_cannot_be_saved_or_deleted_through_its_model(
    release: ReleaseSnapshot, model: Any
) -> None:
    row = model._base_manager.first()
    with pytest.raises(Frozen):
        row.save()
    with pytest.raises(Frozen):
        row.delete()


@pytest.mark.parametrize("model", [Profile, *PARTS])
def test_a_queryset_cannot_change_what_was_approved(release: ReleaseSnapshot, model: Any) -> None:
    same = {COLUMN[model]: getattr(model._base_manager.first(), COLUMN[model])}
    refused(lambda: model._base_manager.update(**same))
    refused(lambda: model._base_manager.all()._raw_delete(using="default"))


def test_bulk_create_does_not_write_over_a_published_row(release: ReleaseSnapshot) -> None:
    row = Release.objects.get()
    row.name = "quietly renamed"
    refused(
        lambda: Release.objects.bulk_create(
            [row], update_conflicts=True, unique_fields=["number"], update_fields=["name"]
        )
    )


def test_nor_over_an_approved_rating(release: ReleaseSnapshot) -> None:
    row = ProfileRating.objects.filter(rating="U").first()
    assert row is not None
    row.rating, row.confidence = "0", "high"
    refused(
        lambda: ProfileRating.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["profile", "effect"],
            update_fields=["rating", "confidence"],
        )
    )


def test_nothing_is_slipped_in_beside_what_was_approved(release: ReleaseSnapshot) -> None:
    profile = Profile.objects.get(medicine="prochlorperazine")
    passage = CardText(profile=profile, field="helps", text="It helps.", source="nobody")
    refused(lambda: CardText.objects.bulk_create([passage]))
    rating = profile.ratings.first()
    assert rating is not None
    named = RatingSource(rating=rating, source_id="sider41", place=9)
    refused(lambda: RatingSource.objects.bulk_create([named]))


def test_the_ways_only_this_database_has_are_closed_too(release: ReleaseSnapshot) -> None:
    statement = {
        "sqlite": "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
        "postgresql": "TRUNCATE {table} CASCADE",
    }[connection.vendor]
    connection.check_constraints()  # the import's own are still waiting in this transaction
    for model in (*FROZEN, *PARTS):
        table = model._meta.db_table
        refused(lambda table=table: sql(statement.format(table=table)))


@pytest.mark.parametrize("model", [*FROZEN, Profile, *PARTS])
def test_control_with_the_triggers_lifted_the_same_change_goes_through(
    release: ReleaseSnapshot, model: Any
) -> None:
    column = COLUMN[model]
    with frozen.lifted(connection):
        sql(f"UPDATE {model._meta.db_table} SET {column} = {column}")
