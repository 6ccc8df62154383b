"""What an installation must be before real people are in it: clean as described, red when not."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import get_commands
from django.db import connections
from django.utils import timezone

from sdmtool import checks, web_role
from sdmtool import settings as shipped
from sdmtool.models import User
from tests.sdmtool.production import DATABASE, OWNER, ROOT, WEB


def check(installed, **changes):
    done = installed.manage("check", "--deploy", "--fail-level", "WARNING", **changes)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.catalogue("D3")
def test_an_installation_as_described_has_no_warning(installed):
    code, said = check(installed)
    assert code == 0, said
    assert "no issues (0 silenced)" in said


@pytest.mark.catalogue("D3")
def test_everything_wrong_at_once_is_an_error_each(installed):
    """The whole command once with many mistakes; each mistake by itself is below."""
    code, said = check(
        installed,
        SDM_DEMO="1",
        SDM_DEBUG="1",
        SDM_SECRET_KEY="short",
        SDM_SECURITY_CONTACT=None,
        SDM_STATIC_ROOT="/nowhere",
        SDM_RETENTION_DAYS=None,
        DATABASE_URL="sqlite:////nowhere/at-all.sqlite3",
    )
    found = {number for number in range(30) if f"(sdmtool.E{number:03})" in said}
    assert (code, found) == (1, {1, 2, 3, 4, 6, 7, 10, 20}), said


YEARS_AHEAD = timezone.localdate() + timedelta(days=800)
YESTERDAY = timezone.localdate() - timedelta(days=1)
BROKEN = [
    (checks.the_demonstration_stays_on_this_machine, {"DEMO": True}, "E001"),
    (checks.no_demonstration_and_no_debug_pages, {"DEMO": True}, "E002"),
    (checks.no_demonstration_and_no_debug_pages, {"DEBUG": True}, "E003"),
    (checks.the_secret_key_is_long, {"SECRET_KEY": "a" * 80}, "E004"),
    (checks.the_secret_key_is_long, {"SECRET_KEY": "0123456789abcdef"}, "E004"),
    (checks.links_have_a_host, {"ALLOWED_HOSTS": []}, "E005"),
    (checks.links_have_a_host, {"ALLOWED_HOSTS": ["a.example", "*"]}, "E005"),
    (checks.links_have_a_host, {"ALLOWED_HOSTS": [".example"]}, "E005"),
    (checks.somebody_hears_of_a_weakness, {"SECURITY_CONTACT": ""}, "E006"),
    (checks.somebody_hears_of_a_weakness, {"SECURITY_CONTACT": "a@b.example"}, "E006"),
    (checks.somebody_hears_of_a_weakness, {"SECURITY_EXPIRES": YESTERDAY}, "E006"),
    (checks.somebody_hears_of_a_weakness, {"SECURITY_EXPIRES": YEARS_AHEAD}, "E006"),
    (checks.somebody_hears_of_a_weakness, {"SECURITY_EXPIRES": None}, "E006"),
    (checks.nobody_signs_in_by_less, {"PASSWORD_HASHERS": ["x.MD5PasswordHasher"]}, "E017"),
    (checks.nobody_signs_in_by_less, {"AUTH_PASSWORD_VALIDATORS": []}, "E017"),
    (checks.nobody_signs_in_by_less, {"MFA_TOTP_TOLERANCE": 2}, "E017"),
    (checks.nobody_signs_in_by_less, {"MIDDLEWARE": []}, "E017"),
    (checks.the_trusts_sign_in_is_whole, {"OIDC_ISSUER": "https://id.example"}, "E022"),
    (checks.the_trusts_sign_in_is_whole, {"OIDC_SECOND_FACTOR": True}, "E022"),
    (checks.it_is_decided_how_long_records_are_kept, {"RETENTION_DAYS": None}, "E020"),
    (checks.it_is_decided_how_long_records_are_kept, {"ERASURE_LEDGER": None}, "E020"),
    (checks.static_files_have_been_collected, {"STATIC_ROOT": "/nowhere"}, "E007"),
]


@pytest.fixture
def well(settings, tmp_path):
    """The settings of an installation as described, as far as the checks look at them."""
    (tmp_path / "staticfiles.json").write_text("{}")
    settings.DEMO = settings.DEBUG = False
    settings.SECRET_KEY = "0123456789abcdef" * 4
    settings.ALLOWED_HOSTS = ["choosing.example"]
    settings.SECURITY_CONTACT = "https://choosing.example/weakness"
    settings.RETENTION_DAYS, settings.RETENTION_UNFINISHED_DAYS = 7300, 365
    settings.ERASURE_LEDGER = tmp_path / "erasures"
    settings.SECURITY_EXPIRES = timezone.localdate() + timedelta(days=90)
    settings.STATIC_ROOT = tmp_path
    settings.PASSWORD_HASHERS = shipped.PASSWORD_HASHERS
    return settings


@pytest.mark.catalogue("D3")
@pytest.mark.parametrize(("ask", "broken", "number"), BROKEN)
def test_one_broken_setting_is_one_error(well, ask, broken, number):
    assert ask() == []
    for name, value in broken.items():
        setattr(well, name, value)
    (error,) = ask()
    assert error.id == f"sdmtool.{number}"
    assert error.hint


# --- Asked of the database ----------------------------------------------------------------------


@pytest.mark.catalogue("D3")
def test_records_in_sqlite_are_an_error(monkeypatch):
    monkeypatch.setattr(checks, "connection", _OfAnotherKind())
    assert ids() == ["sdmtool.E010"]


class _OfAnotherKind:
    vendor = "sqlite"


@pytest.mark.catalogue("D3")
def test_a_database_that_does_not_answer_is_an_error(at):
    with at("nobody_here"):
        assert ids() == ["sdmtool.E011"]


@pytest.mark.catalogue("D3")
@pytest.mark.parametrize(
    ("mistake", "number"),
    [
        (f"ALTER ROLE {WEB} SET synchronous_commit = off", "E012"),
        (f"GRANT UPDATE ON sdmtool_auditevent TO {WEB}", "E013"),
        (f"ALTER TABLE sdmtool_clinic OWNER TO {WEB}", "E013"),
        (f"ALTER ROLE {WEB} RESET statement_timeout", "E014"),
        (f"ALTER ROLE {WEB} RESET lock_timeout", "E014"),
        (f"ALTER ROLE {WEB} RESET log_min_messages", "E015"),
        (f"ALTER ROLE {WEB} SET log_parameter_max_length_on_error = 100", "E015"),
        (f"ALTER ROLE {WEB} SET log_min_duration_statement = 0", "E015"),
    ],
)
def test_one_mistake_in_the_database_is_one_error(installed, at, mistake, number):
    with at(WEB):
        assert ids() == []
    with installed.connect("tests").cursor() as cursor:
        cursor.execute(mistake)
    try:
        with at(WEB):
            assert ids() == [f"sdmtool.{number}"]
    finally:
        mend(installed)


@pytest.mark.catalogue("D3")
def test_the_web_process_signed_in_as_the_owner_is_an_error(at):
    with at(OWNER):
        assert {"sdmtool.E013", "sdmtool.E014", "sdmtool.E015"} == set(ids())


@pytest.mark.catalogue("D3")
def test_a_demonstration_account_among_the_records_is_an_error(installed, at):
    with at(WEB):
        account = User.objects.create_user("ada@demo.example", "Dr Ada Example", None)
        try:
            assert ids() == ["sdmtool.E016"]
        finally:
            account.delete()


def ids():
    return [error.id for error in checks.the_records_are_where_they_should_be()]


def mend(installed):
    """Back to what web_role makes, whatever a test did."""
    with installed.connect("tests").cursor() as cursor:
        cursor.execute(f"ALTER ROLE {WEB} RESET synchronous_commit")
        cursor.execute(f"ALTER TABLE sdmtool_clinic OWNER TO {OWNER}")
        for statement in web_role.settings_to_make(cursor, WEB, '"{}"'.format):
            cursor.execute(statement)
    with installed.connect(OWNER).cursor() as cursor:
        for statement in web_role.grants(WEB, '"{}"'.format):
            cursor.execute(statement)


@pytest.fixture
def at(installed, django_db_blocker):
    """The product's own connection, signed in to the installation as a given role."""

    @contextmanager
    def signed_in_as(role):
        connection = connections["default"]
        before = dict(connection.settings_dict)
        connection.close()
        there = {"HOST": str(installed.socket_folder), "NAME": DATABASE, "USER": role}
        connection.settings_dict.update(there)
        with django_db_blocker.unblock():
            try:
                yield
            finally:
                connection.close()
                connection.settings_dict.update(before)

    return signed_in_as


# --- The page that tells how --------------------------------------------------------------------


def test_the_page_on_running_it_names_every_variable_and_only_commands_there_are():
    page = (ROOT / "docs" / "deploy.md").read_text()
    read = set(re.findall(r"\b(?:SDM_[A-Z_]+|DATABASE_URL)\b", shipped.__doc__))
    assert set(re.findall(r"\b(?:SDM_[A-Z_]+|DATABASE_URL)\b", page)) == read
    assert set(re.findall(r"manage\.py (\w+)", page)) <= get_commands().keys()
    for named in re.findall(r"`((?:tests|sdmtool)/[\w/.]+)`", page):
        assert (ROOT / named).is_file(), named
