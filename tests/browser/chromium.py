"""Finding Chromium, starting it so that it keeps to itself, reading what it connected to."""

import json
import os
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tests.network import is_local

SYSTEM_NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
)
QUIET = (
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-default-browser-check",
    "--no-first-run",
    "--no-pings",
    "--no-proxy-server",
    # Names of other machines resolve to nothing, whatever asks for them.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


class NoChromium(Exception):
    """There is no browser here; the message says how to have one."""


def find(playwright: Playwright) -> str:
    """The path of a Chromium: TEST_BROWSER, Playwright's own, or the system's."""
    asked = os.environ.get("TEST_BROWSER")
    if asked:
        found = shutil.which(asked)
        if not found:
            raise NoChromium(f"TEST_BROWSER is {asked}, and there is no such program.")
        return found
    if Path(playwright.chromium.executable_path).exists():
        return playwright.chromium.executable_path
    for name in SYSTEM_NAMES:
        if found := shutil.which(name):
            return found
    raise NoChromium("There is no Chromium. On Debian and Ubuntu: apt-get install -y chromium")


def start(playwright: Playwright, *, net_log: Path) -> Browser:
    """A headless Chromium that writes every address it asks for into `net_log`."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return playwright.chromium.launch(
        executable_path=find(playwright),
        args=[*QUIET, f"--log-net-log={net_log}", *(["--no-sandbox"] if root else [])],
        # Playwright switches it off, and so hides what Back brings up after signing out.
        ignore_default_args=["--disable-back-forward-cache"],
    )


def outside_connections(net_log: str) -> list[str]:
    """The machines, other than this one, that a net log says something was sent to.

    The browser also tries to reach its maker now and then; those names resolve to nothing, and an
    address is only in here when a connection was tried. The UDP socket it opens to see whether the
    machine has IPv6 sends nothing and is not counted.
    """
    log = json.loads(net_log)
    kinds = log["constants"]["logEventTypes"]
    sending = {kinds["TCP_CONNECT_ATTEMPT"], kinds["UDP_BYTES_SENT"]}
    addresses = {
        event["params"]["address"]
        for event in log["events"]
        if event["type"] in sending and "address" in event.get("params", {})
    }
    return sorted(address for address in addresses if not is_local(address.rpartition(":")[0]))
