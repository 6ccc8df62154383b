"""Pages on paper. The only module that imports WeasyPrint.

A template and a context go in, the bytes of a tagged PDF (PDF/UA-1) come out; no file is written.
The fetcher reads our own style sheets and fonts and nothing else: no host, no data, no other file.
"""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core import checks
from django.http import HttpResponse
from django.template.loader import render_to_string

VARIANT = "pdf/ua-1"
HERE = "https://print.invalid/"  # a made-up address: {% static %} stays relative to it
KINDS = {".css": "text/css", ".ttf": "font/ttf", ".woff2": "font/woff2"}
MISSING = "The Pango library is not installed here, so no PDF can be made. Print from the browser."
_fonts = threading.local()

Page = tuple[str, dict[str, Any]]


class PdfUnavailable(Exception):
    """Pango is missing on this machine, so no PDF can be made here."""


def render(template: str, context: dict[str, Any]) -> bytes:
    """One template as a PDF. PdfUnavailable without Pango."""
    return packet([(template, context)])


def packet(pages: Iterable[Page]) -> bytes:
    """Several templates as one PDF, in order, tags kept; each keeps its own page count."""
    documents = [_layout(template, context) for template, context in pages]
    every_page = [page for document in documents for page in document.pages]
    written: bytes = documents[0].copy(every_page).write_pdf(pdf_variant=VARIANT)
    return written


def response(content: bytes, filename: str, *, download: bool = False) -> HttpResponse:
    """`content` as an answer that is never cached. `filename` carries no name of a person."""
    answer = HttpResponse(content, content_type="application/pdf")
    way = "attachment" if download else "inline"
    answer["Content-Disposition"] = f'{way}; filename="{filename}"'
    return answer


def _layout(template: str, context: dict[str, Any]) -> Any:
    weasyprint = _weasyprint()
    html = render_to_string(template, {"product_name": settings.PRODUCT_NAME, **context})
    page = weasyprint.HTML(string=html, base_url=HERE, url_fetcher=_fetcher(weasyprint))
    if not hasattr(_fonts, "configuration"):
        _fonts.configuration = weasyprint.text.fonts.FontConfiguration()
    return page.render(font_config=_fonts.configuration)


def _weasyprint() -> Any:
    try:
        import weasyprint
        import weasyprint.text.fonts
    except OSError as missing:
        raise PdfUnavailable(MISSING) from missing
    return weasyprint


def _fetcher(weasyprint: Any) -> Any:
    class OwnFilesOnly(weasyprint.urls.URLFetcher):
        """Reads static style sheets and fonts; anything else is refused."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            path = own_file(url)
            kind = {"Content-Type": KINDS[path.suffix]}
            return weasyprint.urls.URLFetcherResponse(url, path.read_bytes(), kind)

    return OwnFilesOnly(allowed_protocols=[], allow_redirects=False)


def own_file(url: str) -> Path:
    """The static file behind `url`. ValueError for every other address."""
    prefix = HERE.rstrip("/") + settings.STATIC_URL
    if not url.startswith(prefix):
        raise ValueError("Only the service's own style sheets and fonts are read.")
    name = unquote(urlsplit(url).path.removeprefix(settings.STATIC_URL))
    root = Path(settings.STATIC_ROOT).resolve()
    collected = (root / name).resolve()
    if Path(name).suffix in KINDS and ".." not in Path(name).parts:
        if collected.is_relative_to(root) and collected.is_file():
            return collected
        if found := finders.find(name):
            return Path(found)
    raise ValueError("There is no such style sheet or font.")


@checks.register()
def pango_is_there(**kwargs: Any) -> list[checks.CheckMessage]:
    """A warning at start, so that nobody finds out in clinic."""
    try:
        _weasyprint()
    except PdfUnavailable:
        return [checks.Warning(MISSING, id="sdmtool.W001")]
    return []
