"""My list: one page, one minute. Each sheet in a frame of its own, in its writer's words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from consultations.answers import OWN, Answers, FilledIn
from consultations.freshness import STILL_RIGHT_AFTER, Ask, last_said, must_ask
from consultations.present import days, wording
from consultations.present.own_list import Life, life
from consultations.ranking import Concern, Ranking
from consultations.situations import Edition
from consultations.snapshots import CARER, SentSheet, Somebody, Visit


@dataclass(frozen=True)
class Ranked:
    """One concern in its place. `place` is "3=" when shared."""

    place: str
    label: str
    note: str
    is_shared: bool
    is_own_words: bool


@dataclass(frozen=True)
class Frame:
    """One participant's sheet, kept apart from every other."""

    kind: str
    heading: str
    about: str
    ranked: tuple[Ranked, ...]
    also: tuple[str, ...]
    welcome: tuple[str, ...]
    life: Life


@dataclass(frozen=True)
class AskFor:
    """Something a person can ask for, and whom here. `contact` is "" where nobody is named."""

    title: str
    words: str
    contact: str


@dataclass(frozen=True)
class Limits:
    """What is up for choice, what is not, and the rights: dated content, and what staff wrote."""

    title: str
    can_choose: tuple[str, ...]
    closed_here: str
    cannot_choose: tuple[str, ...]
    rights: tuple[str, ...]
    asks: tuple[AskFor, ...]
    source: str
    law_note: str


@dataclass(frozen=True)
class MyList:
    """The page. `person` is None until a list was sent."""

    name: str
    sent: str
    age: str
    must_ask: Ask
    person: Frame | None
    carers: tuple[Frame, ...]
    limits: Limits
    taking: str
    needs: str


def my_list(
    visit: Visit,
    people: tuple[Somebody, ...],
    labels: Mapping[str, str],
    edition: Edition,
    today: date,
) -> MyList:
    """The page of one visit. `labels`: effect code to its words on the form, slug to name."""
    person = people[0]
    sheet = person.sheet
    return MyList(
        name=visit.name_to_use,
        sent=_sent(sheet, visit.name_to_use, today) if sheet else "",
        age=_age(visit, sheet, today) if sheet else "",
        must_ask=must_ask(visit, sheet, today) if sheet else Ask.NOT,
        person=_persons_frame(visit, sheet, labels) if sheet else None,
        carers=tuple(
            carers_frame(visit, carer, carer.sheet, labels)
            for carer in people
            if carer.kind == CARER and carer.sheet and carer.sheet.answers.person_may_see
        ),
        limits=limits(visit, edition),
        taking=" · ".join(filter(None, (visit.current_medicine, visit.current_dose))),
        needs=visit.needs,
    )


def ranked(answers: Answers, labels: Mapping[str, str]) -> tuple[Ranked, ...]:
    """The list to avoid, in order. Own words stand at their place and are marked."""
    return tuple(_ranked(concern, labels) for concern in Ranking.of(answers).concerns)


def limits(visit: Visit, edition: Edition) -> Limits:
    """What can be chosen in this situation, with what staff wrote about this visit first."""
    text = edition.situation(visit.situation)
    said = f"{edition.country}, {days.day(edition.dated)}: {edition.status}. {text.citation}."
    return Limits(
        title=text.title,
        can_choose=text.can_choose,
        closed_here=visit.not_up_for_choice,
        cannot_choose=text.cannot_choose,
        rights=text.rights,
        asks=tuple(
            AskFor(one.title, one.words, visit.clinic.contacts.get(one.code, ""))
            for one in edition.entitled_to(visit.situation)
        ),
        source=said,
        law_note=edition.law_note,
    )


def carers_frame(
    visit: Visit, carer: Somebody, sheet: SentSheet, labels: Mapping[str, str]
) -> Frame:
    """A carer's own sheet. It never changes the order."""
    relation = f" ({carer.relation})" if carer.relation else ""
    typed = f", typed from paper by {sheet.typed_by}" if sheet.typed_by else ""
    return Frame(
        kind=CARER,
        heading=f"{carer.name}{relation}",
        about=f"Own sheet, sent {days.day(sheet.sent_at)}{typed}. It does not change the order.",
        ranked=ranked(sheet.answers, labels),
        also=_named(sheet.answers.also, sheet.answers.own_words, labels),
        welcome=_named(sheet.answers.helpful, "", labels),
        life=life(labels, sheet.answers.living, wording.for_carer(visit.name_to_use)),
    )


def _persons_frame(visit: Visit, sheet: SentSheet, labels: Mapping[str, str]) -> Frame:
    name = visit.name_to_use
    return Frame(
        kind="person",
        heading=name,
        about=f"in {name}’s own words; nobody else can change this frame",
        ranked=ranked(sheet.answers, labels),
        also=_named(sheet.answers.also, sheet.answers.own_words, labels),
        welcome=_named(sheet.answers.helpful, "", labels),
        life=life(labels, sheet.answers.living, wording.PERSON),
    )


def _ranked(concern: Concern, labels: Mapping[str, str]) -> Ranked:
    notes = ["own words: on every page, could not be compared"] if concern.words else []
    notes += ["shares this place"] if concern.is_shared else []
    return Ranked(
        place=concern.label,
        label=concern.words or labels.get(concern.effect, concern.effect),
        note="; ".join(notes),
        is_shared=concern.is_shared,
        is_own_words=bool(concern.words),
    )


def _named(items: tuple[str, ...], own_words: str, labels: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(own_words if item == OWN else labels.get(item, item) for item in items)


def _sent(sheet: SentSheet, name: str, today: date) -> str:
    on = sheet.sent_at.date()
    return f"Sent {days.day_in_year(on, today)}, {days.ago(on, today)} · {filled_in(sheet, name)}"


def filled_in(sheet: SentSheet, name: str) -> str:
    """Who sat at the form, who helped, and who typed it."""
    answers = sheet.answers
    who = {
        FilledIn.NOT_SAID: f"filled in by {name}",
        FilledIn.ALONE: f"filled in by {name}, alone",
        FilledIn.ACCOMPANIED: f"filled in by {name}, with somebody there",
        FilledIn.SCRIBE: f"somebody wrote down what {name} said",
    }[answers.filled_in]
    helped = f"{answers.helped_by} helped" if answers.helped_by else ""
    typed = f"typed from paper by {sheet.typed_by}" if sheet.typed_by else ""
    return " · ".join(filter(None, (who, helped, typed)))


def _age(visit: Visit, sheet: SentSheet, today: date) -> str:
    name = visit.name_to_use
    last, why = last_said(sheet), must_ask(visit, sheet, today)
    if why is Ask.SITUATION:
        return f"{name}’s situation has changed since. Ask {name}: is it still right?"
    if why is Ask.OLD:
        old = (today - last.date()).days
        return f"This list is {old} days old. Ask {name}: is it still right?"
    said = days.ago(last.date(), today)
    if sheet.confirmed_at:
        return f"{name} said so {said}."
    return f"{said.capitalize()}: no need to ask. Asked after {STILL_RIGHT_AFTER.days} days."
