"""Everything a page did that it should not have, collected while a journey runs."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# Runs before the page's own scripts; what it reports arrives as a console error.
REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.effectiveDirective} refused ${event.blockedURI} ${event.sample}`));
"""
# The browser's own comment on a status; `on_response` knows which of them matter.
STATUS_COMMENT = "Failed to load resource"


@dataclass
class Watch:
    """What one browser context asked for and complained about. `faults` must stay empty.

    A document may answer 4xx, because a journey goes there on purpose. Anything else that does,
    and a document that answers 5xx, is a fault; `may_answer` names what a script goes on from.
    """

    origin: str  # the one address pages may ask, e.g. http://127.0.0.1:40123
    faults: list[str] = field(default_factory=list)
    may_answer: tuple[int, ...] = ()

    def follow(self, context: BrowserContext) -> None:
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self.on_console)
        context.on("weberror", self.on_exception)
        context.on("request", self.on_request)
        context.on("response", self.on_response)

    def on_console(self, message: ConsoleMessage) -> None:
        wanted = message.type == "error" or "Content Security Policy" in message.text
        if wanted and not message.text.startswith(STATUS_COMMENT):
            where = message.page.url if message.page else "?"
            self.faults.append(f"console on {where}: {message.text}")

    def on_exception(self, error: WebError) -> None:
        self.faults.append(f"uncaught in a script: {error.error}")

    def on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"about", "blob", "data"}:
            return
        if f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"asked another address: {request.method} {request.url}")

    def on_response(self, response: Response) -> None:
        document = response.request.is_navigation_request()
        if response.status in self.may_answer and not document:
            return
        if response.status >= (500 if document else 400):
            self.faults.append(f"answered {response.status}: {response.url}")
