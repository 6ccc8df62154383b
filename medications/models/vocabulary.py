"""What profiles are written in: side effects, medicines and sources.

Their codes are primary keys: everything points at a code, so the database lets none of them
change. Words may be bettered here at any time; a published release keeps the words it was signed
with.
"""

from django.db import models
from django.db.models import Q

GENERATIONS = ("first", "second", "third")


class Source(models.Model):
    """A paper, table, label or data file that ratings and numbers were taken from."""

    mutability = "mutable"

    code = models.SlugField(primary_key=True)
    citation = models.TextField()
    year = models.CharField(max_length=60, blank=True)
    address = models.TextField(blank=True)
    licence = models.TextField(blank=True)
    kind = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.citation


class SideEffect(models.Model):
    """One of the tool's 36, with its number and label from the paper form and our one sentence."""

    mutability = "mutable"

    code = models.SlugField(primary_key=True)
    number = models.PositiveSmallIntegerField(unique=True)
    label = models.CharField(max_length=120, unique=True)
    group = models.CharField(max_length=60)
    sentence = models.CharField(max_length=200)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__gte=1) & Q(number__lte=36), name="side_effect_is_one_of_36"
            ),
            models.CheckConstraint(condition=~Q(sentence=""), name="side_effect_has_a_sentence"),
        ]

    def __str__(self) -> str:
        return self.label


class Medicine(models.Model):
    """An antipsychotic marketed in the UK.

    `needs_two_trials`: for use after two others have not helped.
    """

    mutability = "mutable"

    slug = models.SlugField(primary_key=True)
    name = models.CharField(max_length=80, unique=True)
    generation = models.CharField(max_length=10, choices=[(word, word) for word in GENERATIONS])
    chemical_class = models.CharField(max_length=120)
    atc_code = models.CharField(max_length=10, unique=True)
    forms = models.JSONField(default=list)
    long_acting = models.JSONField(default=list, blank=True)
    needs_two_trials = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)
    sources = models.ManyToManyField(Source, related_name="+", blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(generation__in=GENERATIONS), name="medicine_known_generation"
            )
        ]

    def __str__(self) -> str:
        return self.name
