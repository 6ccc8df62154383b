"""One file of settings, grouped. A forgotten variable leaves the safer behaviour.

Read from the environment, each through env.py:
SDM_SECRET_KEY        signs sessions; no default
SDM_DEMO              1: demonstration clinic on this machine (loopback hosts, plain http)
SDM_DEBUG             1: Django's debug pages; never with real people
SDM_HOSTS             host names this service answers to, with commas
SDM_TRUSTED_PROXIES   addresses or networks of our own proxies, with commas; none when not set
SDM_SECURITY_CONTACT  whom to tell about a weakness: mailto:… or https://…
SDM_SECURITY_EXPIRES  until when that holds, as 2027-01-31
SDM_RETENTION_DAYS    days after the last step that a finished record is kept; for ever when not set
SDM_RETENTION_UNFINISHED_DAYS   the same for one that was never finished
SDM_ERASURE_LEDGER    file, outside the database, that says what was removed
SDM_STATIC_ROOT       where collectstatic puts files; staticfiles in the checkout when not set
SDM_OIDC_ISSUER       the trust's own sign-in, as https://…; off without it and the two after it
SDM_OIDC_CLIENT_ID, SDM_OIDC_CLIENT_SECRET   what that sign-in knows this service by
SDM_OIDC_NAME         what staff call that sign-in; on the button
SDM_OIDC_SECOND_FACTOR  1: that sign-in asks for a second factor itself, so we do not
DATABASE_URL          where the records are; SQLite in the checkout when not set
"""

import logging
from pathlib import Path

import dj_database_url

from sdmtool import env

BASE_DIR = Path(__file__).resolve().parent.parent
PRODUCT_NAME = "Choosing together"

# --- What kind of running this is -------------------------------------------------------------

DEMO = env.flag("SDM_DEMO")
DEBUG = env.flag("SDM_DEBUG")
SECRET_KEY = env.required("SDM_SECRET_KEY", "a long random text that signs sessions and forms")
ALLOWED_HOSTS = [
    *env.csv_list("SDM_HOSTS"),
    *(["127.0.0.1", "localhost"] if DEMO else []),
]
TRUSTED_PROXIES = env.csv_list("SDM_TRUSTED_PROXIES")
SECURITY_CONTACT = env.text("SDM_SECURITY_CONTACT")
SECURITY_EXPIRES = env.day("SDM_SECURITY_EXPIRES")

# --- Applications and the way a request takes --------------------------------------------------

INSTALLED_APPS = [
    "sdmtool",
    "sdmtool.nhsuk",
    "medications",
    "consultations",
    "crispy_forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    # Outermost, so that redirects, refusals and errors of all the others carry the headers too.
    "sdmtool.logs.RequestLogMiddleware",
    "sdmtool.headers.ContentSecurityPolicyMiddleware",
    "sdmtool.headers.NoStoreMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "sdmtool.headers.ClientAddressMiddleware",
    "sdmtool.headers.PlainInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "sdmtool.sessions.StaffSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "sdmtool.access.GrantsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "sdmtool.urls"
WSGI_APPLICATION = "sdmtool.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "sdmtool.views.surroundings",
            ],
            "builtins": ["sdmtool.nhsuk.templatetags.nhsuk"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["nhsuk"]
CRISPY_TEMPLATE_PACK = "nhsuk"

# --- Records ----------------------------------------------------------------------------------

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{BASE_DIR / 'demo.sqlite3'}",
        conn_max_age=600,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Django's defaults answered 444 of 3,000 writes with "database is locked"; these, none.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- People who sign in -----------------------------------------------------------------------

AUTH_USER_MODEL = "sdmtool.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "sdmtool.accounts.passwords.EasilyGuessed"},
]
PASSWORD_HASHERS = [  # the first makes new ones; the second reads what was made before
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
OIDC_ISSUER = env.text("SDM_OIDC_ISSUER")
OIDC_CLIENT_ID = env.text("SDM_OIDC_CLIENT_ID")
OIDC_CLIENT_SECRET = env.text("SDM_OIDC_CLIENT_SECRET")
OIDC_NAME = env.text("SDM_OIDC_NAME") or "your trust’s account"
OIDC_SECOND_FACTOR = env.flag("SDM_OIDC_SECOND_FACTOR")
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3  # how long a link to join is good for
# django-allauth: second factors and the list of sessions. Its sign-up and its pages are not used.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
MFA_ADAPTER = "sdmtool.accounts.second_factor.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_TOLERANCE = 1
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_NAME = "session" if DEMO else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if DEMO else "__Host-csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser's window, like the session
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no cookie of its own
CSRF_FAILURE_VIEW = "sdmtool.views.form_too_old"

# --- What browsers are told -------------------------------------------------------------------

SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked by machines beside us, without https
SECURE_HSTS_SECONDS = 0 if DEMO else 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
# Not "no-referrer": with it browsers send "Origin: null" and every form is refused. Nothing goes to
# another host either way, and an invitation's secret is in the fragment, which no header carries.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Named as in Django 6, so that the middleware can be dropped there.
SECURE_CSP = {
    "default-src": ["'none'"],
    "object-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    # A form that leads to the trust's own sign-in is a form sent there.
    "form-action": ["'self'", *env.origin_list("SDM_OIDC_ISSUER")],
    "manifest-src": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
# The longest page a person can send is a few thousand characters; more is refused in words.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400

# --- How long records are kept (docs/privacy.md) -------------------------------------------------

RETENTION_DAYS = env.number("SDM_RETENTION_DAYS")
RETENTION_UNFINISHED_DAYS = env.number("SDM_RETENTION_UNFINISHED_DAYS")
ERASURE_LEDGER = Path(env.text("SDM_ERASURE_LEDGER")) if env.text("SDM_ERASURE_LEDGER") else None

# --- Files ------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("SDM_STATIC_ROOT") or BASE_DIR / "staticfiles")
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = DEMO or DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MAX_AGE = 0  # names with a fingerprint may be kept for ever, the others be asked again
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEMO or DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
# The ttf fonts are for PDFs, which we make ourselves; packing them takes half a minute.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("woff2", "ttf", "png", "ico")
FIXTURES_DIR = BASE_DIR / "fixtures"

# --- Words and time ---------------------------------------------------------------------------

LANGUAGE_CODE = "en-gb"
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- Log: what happened, never what a person wrote (sdmtool/logs.py) ----------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "sdmtool.logs.Line"},
        "readable": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {
        "stderr": {
            "class": "sdmtool.logs.QuietHandler",
            "formatter": "readable" if DEBUG else "line",
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Django's own, which print whole addresses and send mail, are emptied.
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "level": "ERROR", "propagate": True},
        "django.db.backends": {"level": "WARNING"},
        "sdmtool.requests": {"level": "WARNING" if DEMO else "INFO"},
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "sdmtool.logs.NothingPersonal"
if not (DEMO or DEBUG):
    logging.captureWarnings(True)
