"""The look keeps its promises: contrast, nothing from elsewhere, no class that has no style."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from medications.ratings import Rating

ROOT = Path(settings.BASE_DIR)
VENDORED = ROOT / "static/vendor/nhsuk/nhsuk-frontend.min.css"
STYLES = [VENDORED, *sorted((ROOT / "static/css").glob("*.css"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ERROR_PAGES = ("400", "403", "403_csrf", "404", "413", "429", "500", "503")
KEY = (Rating.NONE, Rating.ONE, Rating.TWO, Rating.THREE, Rating.NOT_KNOWN)


def tokens() -> dict[str, str]:
    app = (ROOT / "static/css/app.css").read_text()
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", app))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance of #rgb or #rrggbb."""
    digits = colour.lstrip("#")
    pairs = [d * 2 for d in digits] if len(digits) == 3 else [digits[i : i + 2] for i in (0, 2, 4)]
    channels = [int(pair, 16) / 255 for pair in pairs]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_of_contrast_is_right() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", ["tone-none", "tone-one", "tone-two", "tone-three", "mark"])
def test_words_on_every_tone_can_be_read(ground: str) -> None:
    assert contrast(tokens()["ink"], tokens()[ground]) >= 6.5


@pytest.mark.parametrize("text", ["ink", "soft", "link", "error", "go", "deep"])
def test_text_on_the_page_can_be_read(text: str) -> None:
    for ground in ("#fff", "#f0f4f5", tokens()["ground"]):
        assert contrast(tokens()[text], ground) >= 4.5


def test_each_rating_has_a_tone_of_its_own_in_steps_from_light_to_dark() -> None:
    tones = [luminance(tokens()[f"tone-{rating.tone}"]) for rating in KEY[:4]]
    assert tones == sorted(tones, reverse=True)
    assert len(set(tones)) == 4


def test_a_rating_is_a_symbol_a_word_and_a_tone() -> None:
    for rating in KEY:
        html = render_to_string("components/rating.html", {"rating": rating})
        assert f"rating--{rating.tone}" in html
        assert f'aria-hidden="true">{rating.symbol}<' in html
        assert rating.words in html


def test_not_known_never_looks_like_none() -> None:
    none, not_known = (
        render_to_string("components/rating.html", {"rating": rating})
        for rating in (Rating.NONE, Rating.NOT_KNOWN)
    )
    assert "none" not in not_known
    assert "unknown" not in none
    key = render_to_string("components/key.html", {"ratings": KEY})
    assert "not known: never counted as none" in key


@pytest.mark.parametrize("sheet", STYLES, ids=lambda sheet: sheet.name)
def test_no_style_comes_from_elsewhere(sheet: Path) -> None:
    styles = sheet.read_text()
    assert "sourceMappingURL" not in styles
    assert "Frutiger" not in styles
    assert not re.search(r"url\((?!\"\.\./fonts/Andika)", styles)
    assert "@import" not in styles


def test_every_nhsuk_class_in_a_template_has_a_style() -> None:
    shipped = set(re.findall(r"\.(nhsuk-[\w-]+)", "".join(path.read_text() for path in STYLES)))
    missing = {
        name: str(path.relative_to(ROOT))
        for path in TEMPLATES
        for name in re.findall(r"\bnhsuk-[\w-]*\w", _classes(path.read_text()))
        if name not in shipped and f"{name}--" not in "".join(shipped)
    }
    assert not missing, "Not in static/vendor/nhsuk: name its block in KEPT and run bin/vendor"


def _classes(html: str) -> str:
    """What stands in class attributes, without template tags and half-built names."""
    found = " ".join(re.findall(r'class="([^"]*)"', html))
    return re.sub(r"[\w-]*\{\{.*?\}\}[\w-]*|\{%.*?%\}", " ", found)


def test_the_test_above_would_see_a_class_that_is_not_shipped() -> None:
    assert "nhsuk-hero" in _classes('<p class="a nhsuk-hero{% if x %} b{% endif %}">')
    assert ".nhsuk-hero" not in VENDORED.read_text()


def everything_a_form_page_loads() -> Iterator[Path]:
    yield from (VENDORED, ROOT / "static/css/app.css", ROOT / "static/js/person.js")


def test_a_form_page_loads_three_small_files() -> None:
    sizes = [len(gzip.compress(path.read_bytes())) for path in everything_a_form_page_loads()]
    assert sum(sizes) < 16 * 1024


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_an_error_page_needs_nothing_and_gives_the_crisis_lines(name: str) -> None:
    html = render_to_string(f"{name}.html")
    assert "<h1>" in html
    assert 'href="tel:999"' in html
    assert 'href="tel:116123"' in html
    assert "patient" not in html.lower()


def test_error_pages_say_the_same_whether_or_not_a_record_exists(client: Client) -> None:
    html = render_to_string("404.html", {"request_path": "/consultations/x/", "exception": "gone"})
    assert html == render_to_string("404.html")


def test_error_pages_ask_for_no_hashed_file_name() -> None:
    html = render_to_string("500.html")
    assert 'href="/static/css/app.css"' in html


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client: Client) -> None:
    page = client.get(reverse("gallery"), {"errors": ""})
    assert page.status_code == 200
    html = page.content.decode()
    assert "<title>Error: Components – Choosing together</title>" in html
    for name in (
        "rating--unknown",
        "voice--carer",
        "compare__between",
        "order__move",
        "choice-card",
    ):
        assert name in html
    assert not re.search(r"<script(?![^>]*\bsrc=)|\bstyle=|\bon\w+=", html)
