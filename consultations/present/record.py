"""Everything that was on the page at a decision, in the words shown: what signing freezes, and what
the tool sheet prints. Plain JSON, so that it reads the same for ever; `EDITION` names its layout.
Tests: tests/consultations/test_record.py.
"""

from dataclasses import asdict
from typing import Any

from consultations import references, situations
from consultations.answers import Answers
from consultations.option_texts import Edition, current_edition
from consultations.present import compare, days, wording
from consultations.present.comparison import Cell, ComparisonPage
from consultations.present.my_list import filled_in, limits, ranked
from consultations.present.options import slug_of
from consultations.present.outcome import decided
from consultations.present.own_list import life, medicine_names
from consultations.snapshots import PERSON, PROFESSIONAL, Compared, Meeting, Said, SentSheet
from medications.ratings import Rating
from medications.snapshots import Release

EDITION = 1
Json = dict[str, Any]
SCOPE = (
    "This sheet shows how medicines fit my own list of side effects. It does not show how well a "
    "medicine works, and it is not advice to take one."
)
DO_NOT_STOP = (
    "Do not stop or change a medicine without talking to the clinic first. Stopping suddenly can "
    "make you ill."
)


def record(meeting: Meeting, release: Release) -> Json:
    """The record of one meeting. `release`: the one its comparison pinned. Nobody else's words."""
    order = compare.pinned_order(meeting.compared, release) if meeting.compared else None
    sheet = meeting.person.sheet
    return {
        "edition": EDITION,
        "is_demonstration": release.is_demonstration,
        "who": _who(meeting),
        "limits": _limits(meeting),
        "list": _list(meeting, sheet, release) if sheet else None,
        "effects": _effects(sheet, release) if sheet else [],
        "order": _order(meeting.compared, order) if meeting.compared and order else None,
        "talked_about": _talked_about(meeting, order, release),
        "views": {kind: _views(meeting.said_by(kind)) for kind in (PERSON, PROFESSIONAL)},
        "decision": decided(meeting.deciding, _titles(meeting, release)),
        "release": _release(release, meeting.compared),
        "home": _home(meeting),
        "cards": [slug for code in meeting.deciding.options if (slug := slug_of(code))],
    }


def _who(meeting: Meeting) -> Json:
    visit = meeting.visit
    return {
        "name": visit.person_name,
        "name_to_use": visit.name_to_use,
        "reference": references.spaced(visit.reference),
        "born": visit.birth_year,
        "when": days.moment(visit.appointment) if visit.appointment else "",
        "question": visit.question,
        "clinic": visit.clinic.name,
        "professional": meeting.professional.name,
        "needs": visit.needs,
        "taking": " ".join(filter(None, (visit.current_medicine, visit.current_dose))),
    }


def _limits(meeting: Meeting) -> Json:
    said = limits(meeting.visit, situations.edition_of(meeting.visit.texts_edition))
    return {
        "title": said.title,
        "can_choose": list(said.can_choose),
        "closed_here": said.closed_here,
        "cannot_choose": list(said.cannot_choose),
        "rights": list(said.rights),
        "asks": [{"title": ask.title, "contact": ask.contact} for ask in said.asks],
        "source": said.source,
    }


def _list(meeting: Meeting, sheet: SentSheet, release: Release) -> Json:
    labels = {effect.code: effect.label for effect in release.effects}
    name = meeting.visit.name_to_use
    return {
        "number": sheet.number,
        "sent": days.day(sheet.sent_at),
        "filled_in": filled_in(sheet, name),
        "ranked": [
            {"place": line.place, "label": line.label, "is_own_words": line.is_own_words}
            for line in ranked(sheet.answers, labels)
        ],
        "also": [labels.get(item, sheet.answers.own_words) for item in sheet.answers.also],
        "welcome": [labels.get(item, item) for item in sheet.answers.helpful],
        "life": asdict(life(medicine_names(release), sheet.answers.living, wording.PERSON)),
    }


def _effects(sheet: SentSheet, release: Release) -> list[Json]:
    """All 36 in the paper's order, each with its place and its tick."""
    places = _places(sheet.answers)
    return [
        {
            "label": effect.label,
            "place": places.get(effect.code, ""),
            "is_welcome": effect.code in sheet.answers.helpful,
            "is_also": effect.code in sheet.answers.also,
        }
        for effect in release.effects
    ]


def _places(answers: Answers) -> dict[str, str]:
    found, number = {}, 1
    for shared in answers.places:
        found.update({item: f"{number}{'=' if len(shared) > 1 else ''}" for item in shared})
        number += len(shared)
    return found


def _order(compared: Compared, order: ComparisonPage) -> Json:
    welcome = [effect.label for effect in order.welcome]
    return {
        "columns": [{"place": c.place, "label": c.label, "note": c.note} for c in order.columns],
        "welcome": welcome,
        "rows": [
            {
                "place": row.place,
                "name": row.name,
                "slug": row.slug,
                "is_current": row.is_current,
                "cells": [_cell(cell) for cell in row.cells],
                "welcome": [
                    {"label": label, **(_cell(cell) or {})}
                    for label, cell in zip(welcome, row.welcome, strict=True)
                ],
                "why": " ".join((row.why, *row.notes)),
                "claims": [f"{claim.sign} {claim.words}" for claim in row.claims],
                "between": row.between,
            }
            for row in order.rows
        ],
        "not_enough": [
            {"names": list(e.names), "missing": e.missing, "how_much": e.how_much}
            for e in order.not_enough
        ],
        "set_aside": [
            {"name": a.name, "words": a.words, "given_by": a.given_by, "how_to_ask": a.how_to_ask}
            for a in order.set_aside
        ],
        "nothing_to_compare": order.nothing_to_compare,
        "pinned": compare.pinned_words(compared),
    }


def _cell(cell: Cell) -> Json | None:
    return _rating(cell.rating) if cell.rating is not None else None


def _rating(rating: Rating) -> Json:
    return {"symbol": rating.symbol, "words": rating.words, "tone": rating.tone}


def _talked_about(meeting: Meeting, order: ComparisonPage | None, release: Release) -> list[Json]:
    """What was discussed, in the order it was ticked, in the same detail for each."""
    others = {text.code: text for text in _edition(meeting).options}
    placed = {row.slug: row for row in order.rows} if order else {}
    taking = _who(meeting)["taking"]
    found = []
    for code in meeting.deciding.options:
        slug = slug_of(code)
        if slug:
            row = placed.get(slug)
            where = f"place {row.place} on my list" if row else "no place: not enough is known"
            title, says = compare.name_of(release, slug), row.why if row else ""
            found.append({"title": title, "detail": where, "says": says})
        else:
            text = others[code]
            detail = taking if text.shows_current_ratings and taking else text.detail
            says = f"{text.on_list} {text.otherwise}"
            found.append({"title": text.title, "detail": detail, "says": says})
    return found


def _views(said: tuple[Said, ...]) -> list[Json]:
    return [
        {"name": one.name, "words": one.words, "when": days.moment(one.kept_at)} for one in said
    ]


def _titles(meeting: Meeting, release: Release) -> dict[str, str]:
    titles = {text.code: text.title for text in _edition(meeting).options}
    return titles | {
        f"medicine:{profile.slug}": compare.name_of(release, profile.slug)
        for profile in release.profiles
    }


def _edition(meeting: Meeting) -> Edition:
    compared = meeting.compared
    return Edition.from_json(compared.inputs["shown"]["options"]) if compared else current_edition()


def _release(release: Release, compared: Compared | None) -> Json:
    return {
        "number": release.number,
        "name": release.name,
        "published_on": days.day(release.published_on),
        "review_by": days.day(release.review_by),
        "is_demonstration": release.is_demonstration,
        "content_hash": release.content_hash,
        "rules_version": compared.rules_version if compared else "",
    }


def _home(meeting: Meeting) -> Json:
    """What stands first on every sheet that goes home."""
    clinic = meeting.visit.clinic
    hours = f"({clinic.opening_hours})" if clinic.opening_hours else ""
    reach = " ".join(filter(None, (clinic.phone, hours)))
    return {
        "do_not_stop": DO_NOT_STOP,
        "scope": SCOPE,
        "clinic": f"{clinic.name}: {reach}" if reach else clinic.name,
        "crisis": [
            {"number": line.number, "words": line.words}
            for line in situations.current_edition().crisis
        ],
    }
