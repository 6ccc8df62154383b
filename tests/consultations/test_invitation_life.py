"""The whole life of a person's invitations against a model of it: any steps, in any order."""

import os
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from consultations.actions import invitations, sheets
from consultations.actions.invitations import WrongCode, exchange_code, exchange_link
from consultations.models import Invitation, Sheet
from consultations.queries.respond import progress, respondent
from tests import stories

pytestmark = pytest.mark.django_db
# Two and a half minutes; the other database is asked less: the rules are not the database's.
LIVES = {"sqlite": "2000"}.get(connection.vendor, "250")
RUNS, STEPS = int(os.environ.get("LIVES", LIVES)), 9
LONG_RUNS, LONG_STEPS = 12, 50
AT_MOST = 600  # lives a control may take until it is found
LISTS = (stories.ROWANS_LIST, stories.JOS_LIST)


class Life(RuleBasedStateMachine):
    """`issued` is every invitation so far, `live` the one that opens, `sent` how many lists are.

    Every life begins with the same consultation, in which a draft was begun, and is undone.
    """

    rowan = None

    def __init__(self):
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.issued, self.live, self.sent, self.draft = [], None, 0, LISTS[0]

    def teardown(self):
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @rule()
    def staff_issue_one(self):
        self.live = stories.invited(self.rowan)
        self.issued.append(self.live)

    @precondition(lambda self: self.issued)
    @rule(number=st.integers(0, 99), by_link=st.booleans())
    def somebody_tries_one(self, number, by_link):
        tried = self.issued[number % len(self.issued)]
        invitations.Attempt.objects.all().delete()
        try:
            if by_link:
                opened = exchange_link(secret=tried.link_secret, address="192.0.2.1")
            else:
                opened = exchange_code(typed=tried.code, address="192.0.2.1")
        except WrongCode:
            assert tried is not self.live, "the live one must open"
        else:
            assert tried is self.live, "only the live one may open"
            assert opened == tried.invitation

    @rule(answers=st.sampled_from(LISTS))
    def answers_are_saved(self, answers):
        stories.a_draft(self.rowan, answers)
        self.draft = answers

    @precondition(lambda self: self.draft)
    @rule()
    def the_list_is_sent(self):
        now = progress(self.rowan)
        sheets.send_sheet(
            participant=self.rowan,
            answers=now.answers,
            sending_key=now.sending_key,
            by=respondent(self.rowan),
        )
        self.sent += 1
        self.live = None

    @precondition(lambda self: self.live)
    @rule()
    def staff_withdraw_it(self):
        invitations.revoke(invitation=self.live.invitation, by=self.live.invitation.issued_by)
        self.live = None

    @precondition(lambda self: self.live)
    @rule()
    def its_time_runs_out(self):
        past = timezone.now() - timedelta(seconds=1)
        Invitation.objects.filter(pk=self.live.invitation.pk).update(expires=past)
        self.live = None

    def check_invariants(self, *args, **kwargs):
        super().check_invariants(*args, **kwargs)
        open_ones = Invitation.objects.filter(revoked_at__isnull=True, used_at__isnull=True)
        assert open_ones.count() <= 1
        assert Sheet.objects.count() == self.sent


@pytest.fixture(autouse=True)
def rowan(monkeypatch):
    rowan = stories.the_person(stories.a_consultation())
    stories.a_draft(rowan, LISTS[0])
    monkeypatch.setattr(Life, "rowan", rowan)


def live_through(runs=RUNS, steps=STEPS, phases=tuple(Phase)):
    suppressed = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=runs,
            stateful_step_count=steps,
            phases=phases,
            suppress_health_check=suppressed,
        ),
    )


@pytest.mark.catalogue("B6")
def test_an_invitation_opens_exactly_while_it_is_live(say):
    live_through()
    live_through(LONG_RUNS, LONG_STEPS)
    say(
        f"B6: {RUNS} lives of up to {STEPS} steps and {LONG_RUNS} of up to {LONG_STEPS}, "
        "no divergence from the model"
    )


@pytest.mark.catalogue("B6")
@pytest.mark.parametrize("forgotten", ["used_at", "revoked_at", "expires"])
def test_control_a_forgotten_ending_is_found(monkeypatch, forgotten):
    real = invitations._is_live

    def forgetful(invitation):
        never = timezone.now() + timedelta(days=1) if forgotten == "expires" else None
        setattr(invitation, forgotten, never)
        return real(invitation)

    monkeypatch.setattr(invitations, "_is_live", forgetful)
    with pytest.raises(AssertionError, match="only the live one may open"):
        live_through(AT_MOST, phases=[Phase.generate])  # found is enough; no need to make it small
