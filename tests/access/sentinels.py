"""Words that nobody would write, one for each text of a record, so that a leak shows whose it is.

A sentinel names its owner: "Qzclinicb" is what clinic b's staff may read, "Qzopenperson" what the
person of one record wrote. Records are made by the actions the pages call.
"""

import re
from dataclasses import replace
from itertools import count
from typing import Any

from django.db import models

from consultations.actions import meeting, opening
from consultations.answers import OWN, Answers, FilledIn
from consultations.living import Again, LivedWith, Living
from consultations.models import Consultation
from consultations.present import record
from sdmtool.models import User
from tests import stories

WORD = re.compile(r"Qz(clinic[a-z]+)x\d+")
SHARED, PERSON, CARER, STAFF = "shared", "person", "carer", "staff"
_numbers = count(1)
# Texts that hold codes, hashes and names of choices: nobody writes into them.
NOT_WORDS = frozenset(
    {
        "chosen", "code_hash", "content_hash", "copy_given", "current_medicine", "effect", "event",
        "from_status", "link_hash", "kind", "medicine", "options", "outcome", "reference",
        "release_hash", "result", "rules_version", "saved_by", "selector", "sent_by", "situation",
        "status", "texts_edition", "to_status", "trials_recorded", "used_by", "changed_by",
        "address", "session_key",
    }
)  # fmt: skip


def word(tag: str) -> str:
    """A new sentinel of `tag`, in letters and figures."""
    return f"Qz{tag}x{next(_numbers)}"


def tags_in(text: str) -> set[str]:
    """Whose words stand in `text`."""
    return set(WORD.findall(text))


def answers(tag: str) -> Answers:
    """A list with words in every place that takes them."""
    lived = LivedWith(
        "haloperidol", helped=word(tag), harmed=word(tag), stopped=word(tag), again=Again.NO
    )
    return Answers(
        places=(("weight_gain",), (OWN,), ("restlessness", "dry_mouth")),
        own_words=word(tag),
        helpful=("evening_sleepiness",),
        filled_in=FilledIn.ALONE,
        living=Living(goals=word(tag), medicines=(lived,), bothers_now=word(tag), taking=word(tag)),
    )


def opened(name: str, by: User) -> Consultation:
    """A record whose every text is a sentinel of `name`."""
    tag = name + SHARED
    return stories.a_consultation(
        by,
        person_name=word(tag),
        name_to_use=word(tag),
        question=word(tag),
        not_up_for_choice=word(tag),
        current_dose=word(tag),
        needs=word(tag),
        carers=[opening.Carer(word(name + CARER), word(name + CARER))],
    )


def listed(name: str, by: User) -> Consultation:
    consultation = opened(name, by)
    person, carer = stories.the_person(consultation), stories.the_carer(consultation)
    stories.a_sent_sheet(person, answers(name + PERSON))
    stories.a_sent_sheet(carer, answers(name + CARER))
    consultation.refresh_from_db()
    return consultation


def compared(name: str, by: User) -> Consultation:
    stories.the_release()
    consultation = listed(name, by)
    stories.act(consultation, opening.rule_out, medicine="clozapine", reason=word(name + SHARED))
    stories.act(consultation, meeting.compare)
    return consultation


def decided(name: str, by: User) -> Consultation:
    consultation = compared(name, by)
    said = {"person_says": word(name + PERSON), "professional_says": word(name + SHARED)}
    stories.act(consultation, meeting.save_decision, deciding=_deciding(name), **said)
    return consultation


def signed(name: str, by: User) -> Consultation:
    consultation = decided(name, by)
    stories.act(consultation, meeting.sign, deciding=_deciding(name), words=record.record)
    return consultation


def postponed(name: str, by: User) -> Consultation:
    consultation = listed(name, by)
    again = consultation.appointment.date().replace(year=consultation.appointment.year + 1, day=1)
    stories.act(consultation, meeting.postpone, reason=word(name + SHARED), offer_again_on=again)
    return consultation


def _deciding(name: str) -> Any:
    tag = name + SHARED
    return replace(
        stories.THE_DECISION,
        details=word(tag),
        plan=word(tag),
        watch_for=word(tag),
        no_review_because=word(tag),
    )


def texts_without_a_word(names: set[str]) -> list[str]:
    """Columns of the records' tables that hold people's words and no sentinel of `names`."""
    from django.apps import apps

    missing = []
    for model in apps.get_app_config("consultations").get_models():
        for field in model._meta.get_fields():
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if not is_text or field.name in NOT_WORDS or field.choices:
                continue
            held = " ".join(map(str, model.objects.values_list(field.name, flat=True)))
            if not any(tag.startswith(tuple(names)) for tag in tags_in(held)):
                missing.append(f"{model.__name__}.{field.name}")
    return missing
