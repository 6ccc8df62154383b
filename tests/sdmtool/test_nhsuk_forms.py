"""A form as whoever fills it in meets it: labels, hints, messages, and where the links lead."""

import datetime
import re

import pytest
from django import forms
from django.template import engines

from sdmtool.nhsuk.forms import DateField, NHSForm
from sdmtool.nhsuk.templatetags.nhsuk import error_links
from sdmtool.nhsuk.widgets import Checkboxes, Radios


class VisitForm(NHSForm):
    name = forms.CharField(label="Name to use", help_text="As on the letter.", max_length=5)
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    situation = forms.ChoiceField(label="Situation", choices=[("", "Choose"), ("free", "Freely")])
    role = forms.ChoiceField(
        label="Who decides?",
        choices=[("me", "I decide"), ("you", "You decide")],
        widget=Radios(hints={"you": "This once."}),
    )
    takes = forms.MultipleChoiceField(
        label="How do you take it?",
        choices=[("By mouth", [("tablet", "Tablet")]), ("Else", [("depot", "Injection")])],
        widget=Checkboxes,
    )
    review = DateField(label="Review", help_text="For example, 7 April 2027")
    agreed = forms.BooleanField(label="A copy was given")
    version = forms.IntegerField(widget=forms.HiddenInput)


def drawn(form: forms.Form, prefix: str = "") -> str:
    page = "{% load crispy_forms_tags %}" + prefix + "{% crispy form %}"
    return engines["django"].from_string(page).render({"form": form})


def ids(html: str) -> set[str]:
    return set(re.findall(r'\bid="([^"]+)"', html))


@pytest.fixture(params=[None, {}, {"review_day": "31", "name": "<script>"}])
def html(request: pytest.FixtureRequest) -> str:
    return drawn(VisitForm(request.param))


def test_every_control_has_a_label(html: str) -> None:
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html)
    shown = [control for control in controls if 'type="hidden"' not in control]
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    assert len(shown) == 11
    for control in shown:
        assert re.search(r'\bid="([^"]+)"', control)[1] in labelled  # type: ignore[index]


def test_no_id_is_given_twice(html: str) -> None:
    given = re.findall(r'\bid="([^"]+)"', html)
    assert len(given) == len(set(given))


def test_hints_and_errors_named_as_descriptions_are_on_the_page(html: str) -> None:
    named = " ".join(re.findall(r'aria-describedby="([^"]+)"', html)).split()
    assert named
    assert set(named) <= ids(html)


def test_every_link_of_the_error_summary_leads_to_a_control() -> None:
    form = VisitForm({"review_day": "31", "review_month": "April"})
    links = error_links(form)
    controls = re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"', drawn(form))
    assert [link.target for link in links if link.target not in controls] == [""]
    assert len(links) == len(form.errors)


def test_the_hidden_field_is_told_without_a_link() -> None:
    (link,) = [link for link in error_links(VisitForm({})) if not link.target]
    assert link.message == "Fill this in: Version"


def test_an_error_of_the_whole_form_leads_to_its_first_control() -> None:
    form = VisitForm({})
    form.add_error(None, "These two do not go together")
    assert error_links(form)[0].target == "id_name"


def test_links_to_radios_and_dates_lead_to_the_box_that_is_wrong() -> None:
    form = VisitForm({"review_day": "7", "review_month": "Smarch", "review_year": "2027"})
    targets = [link.target for link in error_links(form)]
    assert "id_role_0" in targets
    assert "id_takes_0_0" in targets
    assert "id_review_1" in targets


def test_a_form_that_was_not_sent_has_no_errors_to_list() -> None:
    assert list(error_links(VisitForm())) == []
    assert list(error_links("")) == []


def test_what_was_typed_comes_back_and_is_only_text() -> None:
    html = drawn(VisitForm({"name": '"><script>x</script>', "words": "</textarea>kept"}))
    assert "<script>" not in html
    assert "&lt;/textarea&gt;kept" in html


def test_choices_in_no_group_stand_in_one_list_and_grouped_ones_keep_their_names() -> None:
    html = drawn(VisitForm())
    assert html.count('<div class="nhsuk-radios">') == 1
    assert re.findall(r'option-group"><legend>([^<]+)', html) == ["By mouth", "Else"]


def test_a_choice_may_have_a_line_of_its_own() -> None:
    html = drawn(VisitForm())
    assert 'aria-describedby="id_role_1_hint"' in html
    assert re.search(r'id="id_role_1_hint">This once\.', html)


def test_what_was_chosen_stays_chosen() -> None:
    html = drawn(VisitForm({"role": "you", "takes": ["depot"], "situation": "free"}))
    assert re.search(r'value="you"[^>]* checked', html)
    assert not re.search(r'value="me"[^>]* checked', html)
    assert re.search(r'value="depot"[^>]* checked', html)
    assert re.search(r'value="free" selected', html)


def test_the_browser_neither_blocks_nor_cuts_off() -> None:
    html = drawn(VisitForm())
    assert not re.search(r"\b(required|maxlength|minlength)\b", html)


def test_messages_say_what_to_do() -> None:
    form = VisitForm({"name": "Rowan Sample", "situation": "moon"})
    assert form.errors["name"] == ["This is too long: 12 letters. There is room for 5."]
    assert form.errors["situation"] == ["Choose from those shown"]
    assert form.errors["role"] == ["Choose one: Who decides"]
    assert form.errors["takes"] == ["Tick at least one: How do you take it"]
    assert form.errors["agreed"] == ["Tick this to go on: A copy was given"]


def test_a_form_may_have_its_own_words() -> None:
    class Own(NHSForm):
        why = forms.CharField(label="Why", error_messages={"required": "Say why it waits"})

    assert Own({}).errors["why"] == ["Say why it waits"]


def test_an_error_shows_by_its_field_and_marks_the_control() -> None:
    html = drawn(VisitForm({}))
    assert '<div class="nhsuk-error-message" id="id_name_error">' in html
    name = re.search(r'<input[^>]*id="id_name"[^>]*>', html)
    assert name and 'aria-invalid="true"' in name[0]
    assert 'aria-describedby="id_name_helptext id_name_error"' in name[0]


class DayForm(NHSForm):
    day = DateField(label="Review", required=False)


def sent(day: str, month: str, year: str) -> DayForm:
    return DayForm({"day_day": day, "day_month": month, "day_year": year})


@pytest.mark.parametrize(
    "month", ["4", "04", "April", "april", " Apr ", "apr."], ids=lambda month: repr(month)
)
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    form = sent("7", month, "2027")
    assert form.is_valid()
    assert form.cleaned_data["day"] == datetime.date(2027, 4, 7)


def test_an_empty_date_is_no_date() -> None:
    form = sent("", " ", "")
    assert form.is_valid()
    assert form.cleaned_data["day"] is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("", "4", "2027"), "Put in the day as a number, like 7"),
        (("7", "13", "2027"), "Put in the month, like 4 or April"),
        (("7", "ma", "2027"), "Put in the month, like 4 or April"),
        (("7", "4", "27"), "Put in the year with 4 numbers, like 2027"),
        (("x", "", "2027"), "Put in the day and the month"),
        (("", "4", ""), "Put in the day and the year"),
        (("7", "", "20270"), "Put in the month and the year"),
        (("0", "0", "0"), "Put in a day, a month and a year, like 7 4 2027"),
        (("31", "4", "2027"), "There is no such day. Check the day and the month"),
        (("²", "4", "2027"), "Put in the day as a number, like 7"),
        (("9" * 5000, "4", "2027"), "Put in the day as a number, like 7"),
    ],
)
def test_a_date_that_is_none_is_told_by_its_part(typed: tuple[str, str, str], message: str) -> None:
    assert sent(*typed).errors["day"] == [message]


def test_a_known_date_is_shown_in_its_three_boxes() -> None:
    html = drawn(DayForm(initial={"day": datetime.date(2027, 4, 7)}))
    assert re.findall(r'value="([^"]*)"', html) == ["7", "4", "2027"]


def test_only_the_wrong_box_is_marked() -> None:
    html = drawn(sent("7", "Smarch", "2027"))
    marked = re.findall(r'id="(id_day_\d)"[^>]*aria-invalid', html)
    assert marked == ["id_day_1"]


def test_a_date_left_as_it_was_has_not_changed() -> None:
    same = DayForm(
        {"day_day": "7", "day_month": "4", "day_year": "2027"},
        initial={"day": datetime.date(2027, 4, 7)},
    )
    assert not same.has_changed()
    assert sent("8", "4", "2027").has_changed()
