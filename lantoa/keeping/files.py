"""Where photos and papers lie: outside the web root, under names that are drawn and say nothing."""

import os
import secrets
from pathlib import Path

from django.conf import settings


def keep(content: bytes, suffix: str) -> str:
    """Write a file so that it is whole or not there, and give the name under which it lies."""
    drawn = secrets.token_hex(16)
    name = f"{drawn[:2]}/{drawn[2:]}{suffix}"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".half")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return name


def forget(name: str) -> None:
    """Take away a file whose row was never kept."""
    path_of(name).unlink(missing_ok=True)


def path_of(name: str) -> Path:
    return Path(settings.MEDIA) / name
