"""Compare pages without a database: from the real evidence, or for made-up medicines."""

from consultations.answers import OWN
from consultations.matching import match
from consultations.present.comparison import comparison
from tests.consultations import evidence, matching_cases


def page_for(release, ranking, aside=None, current=""):
    found = match(
        ranking.for_matching(), release.levels(), helpful=ranking.helpful, set_aside=aside or {}
    )
    return comparison(release, found, ranking, current=current)


def made_up(ranking, **profiles):
    """A page for made-up medicines with levels in the order of the list, then of the helpful."""
    codes = [item for item in ranking.items if item != OWN] + sorted(ranking.helpful)
    levels = {name: matching_cases.medicine(codes, line) for name, line in profiles.items()}
    return page_for(evidence.made_up([evidence.effect(code) for code in codes], levels), ranking)


def by_name(page):
    return {row.name: row for row in page.rows}


def said(row):
    return [f"{claim.sign} {claim.words}" for claim in row.claims]


def symbols(cells):
    return " ".join(cell.rating.symbol for cell in cells)
