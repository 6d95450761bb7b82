"""What a maker builds into a database, built once a run and laid down again as rows wherever a test asks for it.

To build the small province by its actions takes a hundred times as long as to put its rows back. The rows go into the very
rows of a database among which they were first built; among any others they are built anew. So a test cannot tell the one
from the other.
"""

import pickle
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from django.db import connection, transaction

from tests import make

Rows = dict[str, list[tuple[Any, ...]]]


class _Kept(NamedTuple):
    before: Rows
    added: Rows
    files: dict[Path, bytes]
    said: bytes


# Of each maker, one for each state in which a database was when it built: as migrated, and as flushed.
_kept: dict[tuple[Any, ...], list[_Kept]] = defaultdict(list)
STATES = 3


def once(build: Callable[..., Any], *args: Any, folder: Path | None = None, **named: Any) -> Any:
    """What `build(*args, **named)` returns, with its rows in the database and its files in `folder`.

    What it returns must be its own to give away: each caller gets a copy, with the clerk of `make` as it was then.
    """
    if connection.vendor != "sqlite":
        return build(*args, **named)
    if make._clerk or (folder and _files(folder)):
        return build(*args, **named)
    key = (build.__module__, build.__qualname__, repr(args), repr(sorted(named.items())))
    before = _rows()
    for kept in _kept[key]:
        if kept.before == before:
            return _laid(kept, folder)
    made = build(*args, **named)
    added = {table: _new(before[table], rows) for table, rows in _rows().items()}
    files = _files(folder) if folder else {}
    said = pickle.dumps((made, make._clerk))
    _kept[key].append(_Kept(before, {t: rows for t, rows in added.items() if rows}, files, said))
    del _kept[key][:-STATES]
    return made


@transaction.atomic  # rows that lead to one another come together
def _laid(kept: _Kept, folder: Path | None) -> Any:
    base = connection.connection
    for table, rows in kept.added.items():
        holes = ", ".join("?" * len(rows[0]))
        base.executemany(f'INSERT INTO "{table}" VALUES ({holes})', rows)  # noqa: S608
    for path, content in kept.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    made, make._clerk[:] = pickle.loads(kept.said)  # noqa: S301
    return made


def _rows() -> Rows:
    """All that stands in the tables of models. Those of the search index are left out: they follow from others."""
    connection.ensure_connection()
    base = connection.connection
    plain = {name for (name,) in base.execute("SELECT name FROM pragma_table_list WHERE type = 'table'")}  # fmt: skip
    return {
        table: list(map(tuple, base.execute(f'SELECT * FROM "{table}"')))  # noqa: S608
        for table in connection.introspection.django_table_names()
        if table in plain
    }


def _new(before: list[tuple[Any, ...]], after: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    was = set(before)
    new = [row for row in after if row not in was]
    if len(before) + len(new) != len(after):
        raise AssertionError("what is kept may only add rows: this changes what stood there before")
    return new


def _files(folder: Path) -> dict[Path, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in found}
