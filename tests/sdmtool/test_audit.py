import pytest
from django.db import connection, transaction

from sdmtool import audit, frozen
from sdmtool.models import AuditEvent

pytestmark = pytest.mark.django_db


def three_rows():
    for action in ("my list", "compare", "sign"):
        audit.record(by=audit.Actor("a test"), kind=audit.Kind.READ, action=action)


def test_an_untouched_chain_holds():
    three_rows()
    assert AuditEvent.objects.count() == 3
    assert audit.broken_links() == []


def test_a_row_changed_by_the_owner_of_the_database_shows():
    three_rows()
    second = AuditEvent.objects.all()[1]
    with frozen.lifted(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sdmtool_auditevent SET by_label = 'somebody else' WHERE id = %s",
            [second.pk],
        )
    assert audit.broken_links() == [second.pk]


def test_a_row_taken_out_of_the_middle_shows():
    three_rows()
    _first, second, third = AuditEvent.objects.all()
    with frozen.lifted(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM sdmtool_auditevent WHERE id = %s", [second.pk])
    assert audit.broken_links() == [third.pk]


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused():
    with pytest.raises(RuntimeError, match="inside the transaction"):
        audit.record(by=None, kind=audit.Kind.WRITE, action="lost")


@pytest.mark.django_db(transaction=True)
def test_the_audit_of_an_act_that_is_rolled_back_goes_with_it():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(by=None, kind=audit.Kind.WRITE, action="half done")
        raise ZeroDivisionError
    assert not AuditEvent.objects.exists()
