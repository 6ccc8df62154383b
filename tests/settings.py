"""The shipped settings as the tests run them: a throw-away database, and a quick password hasher.

DATABASE_URL picks PostgreSQL (`tests/postgres.py` starts one). Without it each run has its own
SQLite *file* with the shipped options, because a database in memory takes other locks.
"""

import os
import tempfile
from pathlib import Path

os.environ.setdefault(
    "SDM_SECRET_KEY", "only for the tests, and long enough for every check of its length"
)
os.environ["SDM_DEMO"] = "1"
os.environ.pop("SDM_DEBUG", None)

from sdmtool.settings import *  # noqa: F403
from sdmtool.settings import DATABASES

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _file = Path(tempfile.gettempdir()) / f"choosing-together-{os.getpid()}.sqlite3"
    # Never opened: the tests have a database of their own. Not ":memory:", or a live server that
    # starts first shares the tests' own connection and closes it under them.
    _database["NAME"] = str(_file.with_name(f"never-made-{os.getpid()}.sqlite3"))
    _database["TEST"] = {"NAME": str(_file)}
_database["CONN_MAX_AGE"] = (
    0  # a connection kept by the live server would stop the database being dropped
)

# Hundreds of accounts are made; the shipped hasher, slow on purpose, is tested by name.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.MD5PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
WHITENOISE_AUTOREFRESH = True  # reads static files where they lie; nothing has been collected
