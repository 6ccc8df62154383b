"""What a PDF may read: our own style sheets and fonts, and nothing else."""

import socket
import subprocess
import threading

import pytest
from django.template import engines

from sdmtool import pdf

VECTORS = {
    "image": '<img src="{url}">',
    "style sheet": '<link rel="stylesheet" href="{url}">',
    "attachment": '<link rel="attachment" href="{url}">',
    "import": "<style>@import url({url});</style>",
    "font": "<style>@font-face{{font-family:x;src:url({url})}} body{{font-family:x}}</style>",
    "background": "<style>body{{background:url({url})}}</style>",
    "list image": "<style>li{{list-style-image:url({url})}}</style><li>x</li>",
    "svg image": '<svg xmlns="http://www.w3.org/2000/svg"><image href="{url}"/></svg>',
    "svg use": '<svg xmlns="http://www.w3.org/2000/svg"><use href="{url}#a"/></svg>',
    "object": '<object data="{url}"></object>',
    "embed": '<embed src="{url}">',
    "iframe": '<iframe src="{url}"></iframe>',
    "base": '<base href="{url}"><img src="x.png">',
    "content": "<style>p::before{{content:url({url})}}</style><p>x</p>",
}


@pytest.fixture
def canary():
    """A listener on loopback that counts who knocks."""
    knocks = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        stop = threading.Event()

        def listen():
            while not stop.is_set():
                try:
                    visitor, _ = server.accept()
                except TimeoutError:
                    continue
                knocks.append(visitor.recv(200))
                visitor.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/canary.png", knocks
        stop.set()
        thread.join()


@pytest.fixture
def page(monkeypatch):
    """Renders any text as a page, as if it had been a template of ours."""

    def layout(source):
        monkeypatch.setattr(
            pdf,
            "render_to_string",
            lambda *_: engines["django"].from_string(source).render(),
        )
        return pdf.render("any.html", {})

    return layout


@pytest.mark.catalogue("E5")
@pytest.mark.parametrize("vector", VECTORS)
def test_a_page_calls_no_host_and_reads_no_file(vector, canary, page, tmp_path):
    url, knocks = canary
    secret = tmp_path / "secret.png"
    secret.write_text("a file of this machine")
    for target in (url, secret.as_uri(), "data:text/css,body{}"):
        written = page(f"<html lang=en><title>t</title>{VECTORS[vector].format(url=target)}")
        assert written.startswith(b"%PDF")
        assert b"EmbeddedFile" not in written
    assert knocks == []


@pytest.mark.catalogue("E5")
def test_with_weasyprints_own_fetcher_the_same_pages_would_knock(canary):
    """The control."""
    import weasyprint

    url, knocks = canary
    for vector in ("image", "style sheet", "background"):
        weasyprint.HTML(string=VECTORS[vector].format(url=url), base_url=pdf.HERE).write_pdf()
    assert len(knocks) >= 3


@pytest.mark.parametrize(
    "url",
    [
        "https://print.invalid/static/../sdmtool/settings.py",
        "https://print.invalid/static/%2e%2e/manage.py",
        "https://print.invalid/static/js/enabled.js",
        "https://print.invalid.example/static/css/print.css",
        "file:///etc/hostname",
    ],
)
def test_only_our_style_sheets_and_fonts_are_own_files(url):
    with pytest.raises(ValueError):
        pdf.own_file(url)


def test_a_pdf_is_tagged_so_that_it_can_be_read_aloud(page, tmp_path):
    file = tmp_path / "page.pdf"
    file.write_bytes(page("<html lang=en><title>A page</title><h1>Aripiprazole</h1>"))
    told = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in told


def test_without_pango_the_answer_is_a_sentence(monkeypatch):
    def missing():
        raise pdf.PdfUnavailable(pdf.MISSING)

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    with pytest.raises(pdf.PdfUnavailable, match="Print from the browser"):
        pdf.render("any.html", {})
    assert [warning.id for warning in pdf.pango_is_there()] == ["sdmtool.W001"]
