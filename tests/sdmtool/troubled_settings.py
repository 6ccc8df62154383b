"""The shipped settings, and addresses at which everything goes wrong."""

from sdmtool.settings import *  # noqa: F403

ROOT_URLCONF = "tests.sdmtool.trouble"
