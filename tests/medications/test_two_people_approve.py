"""Nobody approves what they wrote: the database refuses it in plain SQL, whoever asks.

A CHECK holds for every role; only the table's owner can drop it, and the web role owns nothing
(tests/sdmtool/test_web_role.py).
"""

import pytest
from django.db import IntegrityError, connection, transaction

from medications.models import Profile
from sdmtool.access import Role
from tests import stories

pytestmark = [pytest.mark.django_db, pytest.mark.catalogue("A8")]
INSERT = (
    "INSERT INTO medications_profile (medicine_id, revision, status, author_id, approver_id) "
    "SELECT medicine_id, 999, 'approved', %(who)s, %(who)s "
    "FROM medications_profile WHERE id = %(id)s"
)
RAISE = (
    "UPDATE medications_profile SET status = 'approved', approver_id = author_id WHERE id = %(id)s"
)


@pytest.fixture
def draft():
    """A curator's draft of a medicine that is published already."""
    stories.the_release()
    curator = stories.a_member(stories.a_clinic(), Role.CURATOR, "Cura Example")
    published = Profile.objects.order_by("pk").first()
    return Profile.objects.create(medicine=published.medicine, revision=500, author=curator)


def went_through(sql, draft):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, {"who": draft.author_id, "id": draft.pk})
    except IntegrityError:
        return False
    return True


@pytest.mark.parametrize("sql", [INSERT, RAISE], ids=["a row of one's own", "one's own draft"])
def test_plain_sql_does_not_approve_ones_own_draft(draft, sql):
    assert not went_through(sql, draft)


@pytest.mark.parametrize("sql", [INSERT, RAISE], ids=["a row of one's own", "one's own draft"])
def test_without_the_constraint_it_would(draft, sql):
    """The control."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "ALTER TABLE medications_profile DROP CONSTRAINT profile_approver_is_not_author"
            )
    try:
        assert went_through(sql, draft)
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA ignore_check_constraints = OFF")
