"""Definitions kept as data: TOML files that are edited and loaded again."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from lantoa.lib import text
from lantoa.lib.errors import LantoaError


class DefinitionError(LantoaError):
    """A definition that cannot be loaded. Nothing of its file is."""


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Read a file of tables, one a code, in NFC.

    Raises:
        DefinitionError: it is not TOML, or something in it is not a table.
    """
    try:
        tables = tomllib.loads(text.nfc(path.read_text("utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DefinitionError(
            vi=f"Tệp {path.name} không đọc được: {error}. Hãy sửa rồi nạp lại.",
            en=f"The file {path.name} cannot be read: {error}. Mend it and load it again.",
        ) from error
    for code, table in tables.items():
        if not isinstance(table, dict):
            raise wrong(code, "không phải một bảng", "is not a table")
    return tables


def only(
    code: str, table: dict[str, Any], *, needed: Iterable[str], optional: Iterable[str]
) -> None:
    """Refuse a definition that lacks a word, or has one that means nothing."""
    if missing := sorted(set(needed) - table.keys()):
        raise wrong(code, f"thiếu {', '.join(missing)}", f"lacks {', '.join(missing)}")
    if unknown := sorted(table.keys() - {*needed, *optional}):
        raise wrong(
            code, f"có chữ lạ {', '.join(unknown)}", f"has unknown words {', '.join(unknown)}"
        )


def both_languages(code: str, table: dict[str, Any], word: str) -> tuple[str, str]:
    """The Vietnamese and the English of `word = { vi = …, en = … }`."""
    said = table[word]
    if not isinstance(said, dict) or not (said.get("vi") and said.get("en")):
        raise wrong(code, f"thiếu vi hoặc en ở {word}", f"lacks vi or en in {word}")
    return str(said["vi"]), str(said["en"])


def wrong(code: str, vi: str, en: str) -> DefinitionError:
    return DefinitionError(
        vi=f"Định nghĩa “{code}” {vi}. Hãy sửa tệp rồi nạp lại.",
        en=f"The definition “{code}” {en}. Mend the file and load it again.",
    )
