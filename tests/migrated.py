"""A database in which all migrations have run, made once and copied wherever a test needs a new one.

To migrate takes half a minute, a copy none. The copy is kept in `.cache` for as long as the migrations, the guards that
they lay, the models and the locked libraries stay what they are.
"""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache"
# What the outcome of the migrations rests on.
READ = ("*/migrations/*.py", "*/guards.py", "*/models.py", "*/models/*.py", "project/settings.py")


def lay(file: Path) -> None:
    """A migrated database at `file`, in place of what was there."""
    shutil.copyfile(_template(), file)


def _template() -> Path:
    CACHE.mkdir(exist_ok=True)
    kept = CACHE / f"migrated-{_digest()}.sqlite3"
    with (CACHE / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            for old in CACHE.glob("migrated-*.sqlite3"):
                old.unlink()
            _build(kept)
    return kept


def _digest() -> str:
    said = hashlib.sha256()
    for path in (*_sources(), *sorted(ROOT.glob("requirements*.lock"))):
        said.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return said.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for pattern in READ:
        yield from sorted((ROOT / "lantoa").glob(pattern))


def _build(kept: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "LANTOA_DATABASE_URL"}
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        subprocess.run(
            [sys.executable, "-m", "lantoa.project.cli", "migrate", "--verbosity=0"],
            cwd=ROOT, env=environment | {"LANTOA_VAR": folder}, check=True,
        )  # fmt: skip
        made = Path(folder) / "lantoa.sqlite3"
        with closing(
            sqlite3.connect(made)
        ) as base:  # what still lies in the log goes into the file
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        made.rename(kept)
