"""A report's template, read and checked: every placeholder names a figure that exists, or it is not loaded.

Plain values; `ReportTemplate.body` keeps the file as JSON.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lantoa.lib.errors import LantoaError
from lantoa.lib.text import nfc

FOLDER = Path(__file__).with_name("templates_data")
WORDS = frozenset({"period", "year", "scope", "whole", "issuer", "last-day"}) | {
    f"appendix-{number}" for number in range(1, 10)
}
OPTIONS = {"line", "kind", "when"}
YEAR_BEFORE = "year-before"
CHARTS = ("bars", "trend", "tiles")

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FOLLOWING = ("text", "part", "heading", "write", "chart", "answers", "corrections")


class TemplateError(LantoaError):
    """A template that cannot be loaded: what is wrong, and where."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a placeholder asks for: a sum of measures, perhaps along another line, of one kind, or a year earlier."""

    measures: tuple[str, ...]
    line: str = ""
    kind: str = ""
    when: str = ""

    @property
    def key(self) -> str:
        said = [f"{name}={getattr(self, name)}" for name in ("line", "kind", "when")]
        return " ".join([" + ".join(self.measures), *(each for each in said if each[-1] != "=")])


def asked(words: str) -> Asked:
    """Read a placeholder's words: `khen-tinh-tap-the + khen-tinh-ca-nhan line=dang`.

    Raises:
        TemplateError: they are not of this form.
    """
    parts = words.split()
    options = dict(part.split("=", 1) for part in parts if "=" in part)
    codes = [part for part in parts if "=" not in part]
    measures = codes[::2]
    is_sum = all(sign == "+" for sign in codes[1::2]) and len(codes) % 2 == 1
    is_known = options.keys() <= OPTIONS and options.get("when", YEAR_BEFORE) == YEAR_BEFORE
    if not (is_sum and is_known and all(_CODE.fullmatch(code) for code in measures)):
        raise TemplateError(
            vi=f"Chỗ chèn số “{words}” chưa đúng. Ghi như {{hoi-nghi-truc-tiep}} hoặc {{a + b line=dang}}.",
            en=f"The placeholder “{words}” is not right. Write {{hoi-nghi-truc-tiep}} or {{a + b line=dang}}.",
        )
    return Asked(tuple(measures), **options)


def read(path: Path) -> dict[str, Any]:
    """A template file as JSON: dates become text.

    Raises:
        TemplateError: it is not TOML.
    """
    try:
        body = tomllib.loads(nfc(path.read_text("utf-8")))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise TemplateError(
            vi=f"Không đọc được mẫu báo cáo {path.name}: {error}.",
            en=f"The report template {path.name} cannot be read: {error}.",
        ) from error
    plain: dict[str, Any] = _plain(body)
    return plain


def check(
    body: Mapping[str, Any],
    *,
    measures: Collection[str],
    lines: Collection[str],
    kinds: Collection[str],
    sheets: Collection[str],
) -> None:
    """Refuse a template that names anything unknown; all faults at once.

    Raises:
        TemplateError: the faults, one a sentence.
    """
    faults = list(_faults(body, measures, lines, kinds, sheets))
    if faults:
        raise TemplateError(
            vi="Mẫu báo cáo có chỗ chưa đúng: " + "; ".join(vi for vi, _ in faults) + ".",
            en="The report template is not right: " + "; ".join(en for _, en in faults) + ".",
        )


def figures_of(body: Mapping[str, Any]) -> list[Asked]:
    """Every figure a template asks for, once, in the order of its first appearance."""
    found = {words: asked(words) for words in _places(body)}
    return list({each.key: each for each in found.values()}.values())


def holds_for(block: Mapping[str, Any], last_day: dt.date) -> bool:
    """Whether a text that is dated holds for a period with this last day."""
    start, end = block.get("from", ""), block.get("until", "")
    return (not start or start <= last_day.isoformat()) and (not end or last_day.isoformat() < end)


def unwritten(body: Mapping[str, Any], prose: Mapping[str, str], last_day: dt.date) -> list[str]:
    """The titles above the passages that a person should write and has not."""
    missing, title = [], ""
    for block in body["block"]:
        title = block.get("heading", block.get("part", title))
        if (
            holds_for(block, last_day)
            and "write" in block
            and not prose.get(block["write"], "").strip()
        ):
            missing.append(title)
    return missing


def _places(body: Mapping[str, Any]) -> Iterator[str]:
    for block in body["block"]:
        for words in PLACEHOLDER.findall(block.get("text", "")):
            if words not in WORDS:
                yield words
        yield from block.get("needs", [])
        if "chart" in block:
            yield block["figure"]
    for table in body.get("table", []):
        yield from (column["figure"] for column in table["columns"])


def _faults(
    body: Mapping[str, Any],
    measures: Collection[str],
    lines: Collection[str],
    kinds: Collection[str],
    sheets: Collection[str],
) -> Iterator[tuple[str, str]]:
    needed = ("code", "name", "line", "sheet", "kind", "symbol", "abstract", "block")
    if missing := [word for word in needed if word not in body]:
        yield f"thiếu {', '.join(missing)}", f"it lacks {', '.join(missing)}"
        return
    yield from _unknown([body["line"]], lines, "hệ thống", "line")
    said = [body["sheet"], *(table["sheet"] for table in body.get("table", []))]
    yield from _unknown(said, sheets, "biểu", "sheet")
    folded = body.get("fold", {})
    said = [*folded, *(kind for inside in folded.values() for kind in inside)]
    yield from _unknown(said, kinds, "loại đơn vị", "kind of unit")
    for block in body["block"]:
        if sum(word in block for word in _FOLLOWING) != 1:
            yield f"khối {block} không rõ là gì", f"the block {block} says what it is not once"
        elif block.get("chart", CHARTS[0]) not in CHARTS:
            yield f"không có loại biểu đồ {block['chart']}", f"there is no chart {block['chart']}"
    for words in dict.fromkeys(_places(body)):
        try:
            place = asked(words)
        except TemplateError as error:
            yield error.vi.rstrip("."), error.en.rstrip(".")
            continue
        yield from _unknown(place.measures, measures, "chỉ tiêu", "measure")
        yield from _unknown([place.line] if place.line else [], lines, "hệ thống", "line")
        yield from _unknown(
            [place.kind] if place.kind else [], kinds, "loại đơn vị", "kind of unit"
        )


def _unknown(
    said: Collection[str], known: Collection[str], vi: str, en: str
) -> Iterator[tuple[str, str]]:
    for each in said:
        if each not in known:
            yield f"không có {vi} “{each}”", f"there is no {en} “{each}”"


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(each) for name, each in value.items()}
        case list():
            return [_plain(each) for each in value]
        case dt.date():
            return value.isoformat()
        case _:
            return value
