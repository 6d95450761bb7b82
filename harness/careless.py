"""Settings of a product that forgets: the negative control of `harness.power`. What refuses them at the start is silenced."""

import os

from lantoa.project.settings import *  # noqa: TID251 - settings stand on settings

DATABASES = globals()["DATABASES"]

DATABASES["default"]["OPTIONS"] |= {
    "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={os.environ['LANTOA_HARNESS_SYNCHRONOUS']};"
}
SILENCED_SYSTEM_CHECKS = ["lantoa.E001"]
