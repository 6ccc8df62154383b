"""Writing in a draft: from what is published, cell by cell, with who, when and why."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from medications import actions, curation, stored
from medications.actions import drafts
from medications.models import CellChange, Profile
from medications.ratings import Rating
from sdmtool.access import Role
from tests import stories
from tests.medications import curating
from tests.medications.curating import CELL, SENT, address, cell, save
from tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("published")]


@pytest.fixture
def cura():
    return curating.a_curator()


@pytest.fixture
def draft(cura):
    return curating.a_draft(cura)


def test_a_draft_begins_as_what_is_published(draft):
    published = stored.newest_approved(draft.medicine)
    assert stored.rating_entries(draft) == stored.rating_entries(published)
    assert stored.text_entries(draft) == stored.text_entries(published)
    assert draft.revision == published.revision + 1


def test_a_medicine_has_one_draft_at_a_time(draft, cura):
    with pytest.raises(drafts.AlreadyOpen):
        drafts.start_draft(medicine=draft.medicine, by=cura)
    answer = signed_in(cura).post(reverse("medications:start_draft", args=["aripiprazole"]))
    assert answer.status_code == 302
    assert Profile.objects.filter(medicine=draft.medicine, status="draft").count() == 1


def test_a_cell_is_saved_with_who_when_and_why_and_keeps_its_trial_figures(draft, cura):
    before = cell(draft)
    assert save(signed_in(cura), draft).status_code == 302
    after = cell(draft)
    assert (after.rating, after.sources) == (Rating.TWO, ("huhn2019_armdata",))
    assert after.numbers == before.numbers
    change = CellChange.objects.get()
    assert (change.changed_by, change.why) == (cura, "The newer trials say so.")
    assert (change.was["rating"], change.became["rating"]) == (before.rating.value, "2")
    page = signed_in(cura).get(address(draft)).content.decode()
    assert "The newer trials say so." in page


def test_saving_what_it_says_already_changes_nothing(draft, cura):
    entry = replace(cell(draft), numbers=())
    drafts.rate_cell(profile_id=draft.pk, entry=entry, version=0, why="", by=cura)
    assert not CellChange.objects.exists()


@pytest.mark.catalogue("F7")
def test_two_people_on_one_draft_see_both_texts_and_nothing_is_written_over(draft, cura):
    other = stories.a_member(stories.a_clinic(), Role.CURATOR)
    save(signed_in(cura), draft)
    late = save(signed_in(other), draft, version=0, rating="3")
    page = late.content.decode()
    assert late.status_code == 409
    assert "What it says now" in page
    assert "commoner or moderately severe" in page
    assert cell(draft).rating is Rating.TWO
    assert 'name="version" value="1"' in page
    assert save(signed_in(other), draft, version=1, rating="3").status_code == 302
    assert cell(draft).rating is Rating.THREE


@pytest.mark.parametrize(
    "missing",
    [{"sources": []}, {"confidence": ""}, {"rating": "0"}, {"on_card": "on", "card_wording": ""}],
)
def test_what_a_known_rating_needs_is_asked_for_in_words(draft, cura, missing):
    answer = save(signed_in(cura), draft, **missing)
    assert answer.status_code == 422
    assert "Error:" in answer.content.decode()
    assert not CellChange.objects.exists()


@pytest.mark.catalogue("H1")
def test_not_known_can_be_said_and_takes_its_trust_and_its_place_on_the_card_with_it(draft, cura):
    save(signed_in(cura), draft, rating="U", on_card="on", card_wording="Weight")
    entry = cell(draft)
    assert entry.rating is Rating.NOT_KNOWN
    assert (entry.confidence, entry.on_card) == ("", False)


@pytest.mark.catalogue("H6")
def test_whoever_wrote_in_a_draft_does_not_approve_it(draft, cura):
    prue = stories.a_member(stories.a_clinic(), Role.CURATOR)
    save(signed_in(prue), draft)
    actions.submit_profile(profile=draft, by=cura)
    with pytest.raises(actions.OwnWork):
        actions.approve_profile(profile=draft, by=prue)
    third = stories.a_member(stories.a_clinic(), Role.APPROVER)
    actions.approve_profile(profile=draft, by=third)


def test_a_draft_is_submitted_from_its_page_and_then_nobody_writes_in_it(draft, cura):
    browser = signed_in(cura)
    version = drafts.version_of(draft)
    assert browser.post(reverse("medications:submit", args=[draft.pk])).status_code == 302
    draft.refresh_from_db()
    assert draft.status == "in_review"
    assert save(browser, draft, version=version).status_code == 302
    assert not CellChange.objects.exists()


@pytest.mark.parametrize("answer", ["", "row"])
def test_a_cell_is_saved_in_one_request_under_ten_queries(draft, cura, say, answer):
    browser, named = signed_in(cura), list(cell(draft).sources)
    told = {}
    for version, (what, sources) in enumerate(
        {
            "the rating": named,
            "a source more": [*named, "sider41"],
            "another source and the trust": [*named[1:], "atc_who"],
        }.items()
    ):
        confidence = "low" if "trust" in what else "high"
        with CaptureQueriesContext(connection) as asked:
            assert (
                save(
                    browser,
                    draft,
                    version=version,
                    answer=answer,
                    sources=sources,
                    confidence=confidence,
                ).status_code
                < 400
            )
        sql = [
            q["sql"] for q in asked if not q["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN"))
        ]
        told[what] = len(sql)
    say(f"saving one cell: {told} queries")
    assert max(told.values()) < 10


def test_sources_stay_in_their_order_and_what_is_new_comes_last(draft, cura):
    browser, first = signed_in(cura), cell(draft).sources
    assert len(first) > 1
    save(browser, draft, sources=[*reversed(first)])
    assert cell(draft).sources == first
    save(browser, draft, sources=["atc_who", *first[1:]])
    save(browser, draft, sources=["atc_who", "sider41", *first[1:]])
    assert cell(draft).sources == (*first[1:], "atc_who", "sider41")


def test_the_history_says_in_words_what_changed_and_in_which_revision(draft, cura):
    save(signed_in(cura), draft, sources=list(cell(draft).sources))
    (change,) = curation.history(draft, CELL)
    assert [(line.label, line.now, line.sent) for line in change.what] == [
        ("Rating", "+ uncommon or mild", "++ commoner or moderately severe")
    ]
    assert (change.revision, change.who, change.why) == (2, cura.full_name, SENT["why"])


def test_the_figures_of_trials_are_told_as_of_a_hundred_people(draft, cura):
    page = signed_in(cura).get(address(draft)).content.decode()
    assert "8 in 100 people, 4 in 100 on a dummy pill" in page


def test_the_grid_is_answered_with_the_row_and_the_version_alone(draft, cura):
    answer = save(signed_in(cura), draft, answer="row")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="weight_gain" data-saved="1"' in page
    assert "commoner or moderately severe" in page


def test_a_reason_alone_is_kept_too(draft, cura):
    entry = replace(cell(draft), numbers=())
    words = {"profile_id": draft.pk, "entry": entry, "by": cura}
    assert drafts.rate_cell(version=0, why="Looked at again.", **words) == 1
    assert [change.why for change in CellChange.objects.all()] == ["Looked at again."]


def test_the_grid_has_all_36_in_their_groups_with_their_words(draft, cura):
    page = signed_in(cura).get(reverse("medications:draft", args=[draft.pk])).content.decode()
    for entry in stored.rating_entries(draft):
        assert f'id="{entry.effect}"' in page
    assert page.count('class="rating rating--') >= 36


@pytest.mark.parametrize("role", [Role.PRESCRIBER, Role.APPROVER, Role.ADMINISTRATOR])
def test_only_a_curator_writes(draft, role):
    browser = signed_in(stories.a_member(stories.a_clinic(), role))
    assert browser.get(address(draft)).status_code == 403
    assert save(browser, draft).status_code == 403
