"""What gunicorn, with the shipped configuration and settings, sends and writes down."""

import re
import socket
import time
from types import SimpleNamespace

import django
import psycopg2
import pytest
from allauth.mfa.totp.internal import auth as totp
from gunicorn.http import wsgi

from sdmtool import serving
from tests.sdmtool.production import HOST, WEB, ask
from tests.sdmtool.trouble import places, word

TROUBLED = {"DJANGO_SETTINGS_MODULE": "tests.sdmtool.troubled_settings"}
LIMIT = 256 * 1024
FORM = {"Content_Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("gunicorn") / "log"


@pytest.fixture(scope="module")
def port(installed, log):
    with installed.serving(log, **TROUBLED) as number:
        yield number


def a_style_sheet(port):
    page = ask(port, "/sign-in/").body.decode()
    return re.search(r'href="(/static/css/app\.[0-9a-f]{12}\.css)"', page).group(1)


CLASSES = {
    "200": (200, "/sign-in/", {}),
    "302": (302, "/consultations/", {}),
    "400": (400, "/trouble/bad/", {}),
    "400 for another host": (400, "/", {"Host": "elsewhere.example"}),
    "400 for a NUL": (400, "/sign-in/?next=%00", {}),
    "403": (403, "/trouble/forbidden/", {}),
    "403 without a token": (403, "/sign-in/", {"method": "POST", "body": b"email=a"} | FORM),
    "404": (404, "/nowhere/at/all/", {}),
    "405": (405, "/trouble/only-post/", {}),
    "413": (413, "/sign-in/", {"method": "POST", "body": b"x" * (LIMIT + 1)} | FORM),
    "429": (429, "/trouble/too-often/", {}),
    "500": (500, "/trouble/fails/", {}),
    "503": (503, "/trouble/no-records/", {}),
    "PDF": (200, "/trouble/sheet/", {}),
    "static": (200, a_style_sheet, {}),
    "static without fingerprint": (200, "/static/css/app.css", {}),
    "health": (200, "/health/", {}),
    "security.txt": (200, "/.well-known/security.txt", {}),
}


@pytest.mark.catalogue("D2", "C5", "C6")
@pytest.mark.parametrize("kind", CLASSES)
def test_every_kind_of_answer_carries_the_headers(port, kind):
    status, path, request = CLASSES[kind]
    answer = ask(port, path(port) if callable(path) else path, **request)
    told = answer.headers
    assert answer.status == status
    assert int(re.match(r"max-age=(\d+)", told["strict-transport-security"])[1]) >= 31_536_000
    assert "includeSubDomains" in told["strict-transport-security"]
    assert told["x-content-type-options"] == "nosniff"
    assert told["referrer-policy"] == "same-origin"
    assert told["cross-origin-opener-policy"] == "same-origin"
    assert told["cross-origin-resource-policy"] == "same-origin"
    assert told["x-frame-options"] == "DENY"
    assert "camera=()" in told["permissions-policy"]
    assert "default-src 'none'" in told["content-security-policy"]
    assert "unsafe" not in told["content-security-policy"]
    assert not {"server", "x-powered-by", "via", "access-control-allow-origin"} & told.keys()
    if kind == "static":
        assert told["cache-control"] == "max-age=315360000, public, immutable"
    elif kind == "static without fingerprint":
        assert told["cache-control"] == "max-age=0, public"
    else:
        assert told["cache-control"] == "no-store, private"
    for cookie in answer.cookies:
        _is_well_made(cookie)


def _is_well_made(cookie):
    parts = [part.strip() for part in cookie.split(";")]
    assert parts[0].split("=")[0] in {"__Host-session", "__Host-csrf"}
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= set(parts)
    assert not any(part.lower().startswith("domain") for part in parts)
    assert len(cookie) < 1024


@pytest.mark.catalogue("D2")
def test_without_https_every_page_leads_there_and_nothing_is_answered(port):
    answer = ask(port, "/sign-in/?next=/x", X_Forwarded_Proto="http")
    assert (answer.status, answer.headers["location"]) == (301, f"https://{HOST}/sign-in/?next=/x")
    assert answer.headers["cache-control"] == "no-store, private"
    assert "content-security-policy" in answer.headers
    assert answer.cookies == ()
    assert ask(port, "/health/", X_Forwarded_Proto="http").status == 200


@pytest.mark.catalogue("C6")
def test_signing_in_sets_two_cookies_and_is_audited_by_the_web_role(installed, port):
    with installed.connect("tests").cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sdmtool_auditevent")
        before = cursor.fetchone()[0]
    installed.manage("shell", "-c", MAKE_AN_ACCOUNT)
    jar = {}
    sent = _send_form(port, jar, "/sign-in/", f"email=real%40clinic.example&password={PASSWORD}")
    assert (sent.status, sent.headers["location"]) == (302, "/sign-in/code/"), sent.body
    page = ask(port, "/sign-in/set-up/", Cookie=_of(jar)).body.decode()
    secret = "".join(re.search(r'<p class="code">([^<]+)<', page).group(1).split())
    code = totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))
    sent = _send_form(port, jar, "/sign-in/set-up/", f"code={code}")
    assert (sent.status, sent.body.count(b'class="code"')) == (200, 10), sent.body
    assert {cookie.split("=")[0] for cookie in sent.cookies} == {"__Host-session", "__Host-csrf"}
    assert ask(port, "/account/", Cookie=_of(jar)).status == 200
    with installed.connect("tests").cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sdmtool_auditevent")
        assert cursor.fetchone()[0] == before + 1


def _send_form(port, jar, path, body):
    """The answer to a form that was first looked at; the jar keeps the cookies, each well made."""
    page = ask(port, path, Cookie=_of(jar))
    _keep(jar, page)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.body.decode()).group(1)
    whole = f"csrfmiddlewaretoken={token}&{body}".encode()
    come_from = f"https://{HOST}{path}"
    answer = ask(port, path, "POST", whole, Cookie=_of(jar), Referer=come_from, **FORM)
    _keep(jar, answer)
    return answer


def _keep(jar, answer):
    for cookie in answer.cookies:
        _is_well_made(cookie)
        name, _, value = cookie.split(";")[0].partition("=")
        jar[name] = value


def _of(jar):
    return "; ".join(f"{name}={value}" for name, value in jar.items())


PASSWORD = "four+words+nobody+guesses"
MAKE_AN_ACCOUNT = (
    "from sdmtool.models import User;"
    f"User.objects.create_user('real@clinic.example', 'Real', '{PASSWORD.replace('+', ' ')}')"
)


# --- Sizes --------------------------------------------------------------------------------------


@pytest.mark.catalogue("E12")
def test_a_page_at_the_limit_is_read_and_one_byte_more_is_refused_in_words(port):
    body = b"words=" + b"x" * (LIMIT - 6)
    assert ask(port, "/trouble/reads-the-body/", "POST", body, **FORM).status == 200
    refused = ask(port, "/trouble/reads-the-body/", "POST", body + b"x", **FORM)
    assert refused.status == 413
    assert b"longer than this page can take" in refused.body


@pytest.mark.catalogue("E12")
def test_four_hundred_fields_are_read_and_one_more_is_refused_in_words(port):
    fields = b"&".join(b"a%d=1" % number for number in range(400))
    assert ask(port, "/trouble/reads-the-body/", "POST", fields, **FORM).body == b"400"
    refused = ask(port, "/trouble/reads-the-body/", "POST", fields + b"&b=1", **FORM)
    assert refused.status == 400
    assert b"could not be read" in refused.body


SENSELESS = {
    "no request": b"zqlinezq zqlinezq\r\n\r\n",
    "no version": b"GET /zqlinezq\r\n\r\n",
    "too long a line": b"GET /" + b"zqlinezq" * 1000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "too long a header": b"GET / HTTP/1.1\r\nA: " + b"zqheaderzq" * 2000 + b"\r\n\r\n",
    "too many headers": b"GET / HTTP/1.1\r\n" + b"A: zqheaderzq\r\n" * 200 + b"\r\n",
    "a header's name": b"GET / HTTP/1.1\r\nzqheader zq: x\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "a strange length": b"POST / HTTP/1.1\r\nContent-Length: zqheaderzq\r\n\r\n",
    "a strange coding": b"POST / HTTP/1.1\r\nTransfer-Encoding: zqheaderzq\r\n\r\n",
    "a strange piece": b"POST / HTTP/1.1\r\nHost: choosing.example\r\n"
    b"X-Forwarded-Proto: https\r\nTransfer-Encoding: chunked\r\n\r\nzqbodyzq\r\n",
}


@pytest.mark.catalogue("D4", "E12")
@pytest.mark.parametrize("kind", SENSELESS)
def test_what_is_no_request_is_answered_without_repeating_it(port, kind):
    with socket.create_connection(("127.0.0.1", port), 20) as line:
        line.sendall(SENSELESS[kind])
        line.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: line.recv(65536), b"")).decode("latin-1")
    assert re.match(r"HTTP/1\.1 4\d\d ", answer), answer
    assert places(answer) == set()
    assert "gunicorn" not in answer.lower()


# --- Nothing comes out --------------------------------------------------------------------------

INSIDE = re.compile(
    r"Traceback|\.py\b|site-packages|/(tmp|usr|home|root|work)/|SELECT |INSERT |psycopg|"
    rf"[Dd]jango|gunicorn|[Pp]ython|{re.escape(django.__version__)}|choosing_web|auditevent"
)
TROUBLES = [
    *(400, "bad"),
    *(400, "unreadable"),
    *(403, "forbidden"),
    *(404, "missing"),
    *(500, "fails"),
    *(500, "fails-in-sql"),
    *(500, "fails-in-a-constraint"),
    *(500, "fails-in-a-value"),
    *(503, "no-records"),
    *(500, "says-too-much"),
]


def asked_with_words_everywhere(port, name):
    return ask(
        port,
        f"/trouble/{name}/{word('path')}/?{word('query')}={word('query')}",
        "POST" if name == "fails" else "GET",
        f"{word('body')}={word('body')}".encode(),
        Cookie=f"{word('cookie')}={word('cookie')}; __Host-session={word('cookie')}",
        User_Agent=word("header"),
        Referer=f"https://{HOST}/{word('header')}",
        X_Forwarded_For=word("header"),
        X_Request_ID=word("header"),
        Authorization=word("header"),
        **FORM,
    )


@pytest.mark.catalogue("D4", "G4")
def test_error_pages_and_logs_say_nothing_of_what_was_sent_or_went_wrong(installed, port, log):
    pairs = list(zip(TROUBLES[::2], TROUBLES[1::2], strict=True))
    for status, name in pairs:
        answer = asked_with_words_everywhere(port, name)
        everything = repr(answer.headers) + answer.body.decode()
        assert (name, answer.status) == (name, status)
        assert (name, places(everything)) == (name, set())
        assert (name, INSIDE.search(everything)) == (name, None)
    for kind in SENSELESS:
        test_what_is_no_request_is_answered_without_repeating_it(port, kind)
    time.sleep(0.2)
    written, kept = log.read_text(), installed.database_log()
    print(f"\nG4: {len(pairs)} troubles; {len(written.splitlines())} lines of gunicorn: ", end="")
    print(f"{len(places(written))} words; {len(places(kept))} in PostgreSQL's log")
    assert written.count('"RuntimeError"') + written.count("RuntimeError") > 0
    assert places(written) == set()
    assert places(kept) == set()


@pytest.mark.catalogue("G4")
def test_without_the_settings_of_its_role_postgresqls_log_tells_what_people_write(installed):
    """The control of web_role.SETTINGS."""
    with installed.connect("tests").cursor() as cursor:
        cursor.execute("CREATE ROLE talkative LOGIN; GRANT SELECT ON sdmtool_clinic TO talkative")
        for role, place in (("talkative", "control"), (WEB, "silent")):
            with installed.connect(role).cursor() as theirs, pytest.raises(psycopg2.Error):
                theirs.execute("SELECT * FROM nowhere WHERE words = %s", [word(place)])
        cursor.execute("DROP OWNED BY talkative; DROP ROLE talkative")
    assert places(installed.database_log()) == {"control"}


@pytest.mark.catalogue("D2")
def test_gunicorn_left_to_itself_would_name_itself():
    """The control of sdmtool/serving.py."""
    answer = wsgi.Response.__new__(wsgi.Response)
    answer.req = answer.cfg = SimpleNamespace(version=(1, 1), headers=[], should_close=lambda: True)
    answer.upgrade = answer.chunked = answer.must_close = False
    answer.status, answer.version = "200 OK", wsgi.SERVER
    assert any(line.startswith("Server: gunicorn") for line in serving._all_headers(answer))
    assert not any(line.startswith("Server") for line in answer.default_headers())


def test_security_txt_says_whom_to_tell_and_until_when(port):
    lines = dict(
        line.split(": ", 1)
        for line in ask(port, "/.well-known/security.txt").body.decode().splitlines()
    )
    assert lines["Contact"] == "mailto:security@choosing.example"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", lines["Expires"])
    assert lines["Canonical"] == f"https://{HOST}/.well-known/security.txt"
