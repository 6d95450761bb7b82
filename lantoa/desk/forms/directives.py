"""What is typed about a directive: read into a draft, with all that is wrong at once."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantoa.desk.doors import lang, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes, Drawn
from lantoa.lib import secrecy, symbols
from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError
from lantoa.lib.symbols import Symbol
from lantoa.orgs.models import Line, Unit
from lantoa.plans.drafts import Asked, DirectiveDraft, Related
from lantoa.plans.models import Directive, DirectiveDuty, DirectiveRelation
from lantoa.plans.queries import directives as queries

BOX_OF = {
    "symbol": "so", "kind": "loai", "date": "ngay", "extract": "trich-yeu", "line": "he-thong", "issuer": "co-quan",
    "signer": "nguoi-ky", "related": "van-ban-goc", "asked": "viec", "reason": "ly-do",
}  # fmt: skip


MOST_ROWS = 10
PUBLIC = "co"
# What the buttons that add a row are called in the form.
ADD, A_GROUND, A_DUTY = "them", "can-cu", "viec"
GROUND, DUTY = ("van-ban-goc", "quan-he"), ("viec", "loai-don-vi", "han")


@dataclass(frozen=True)
class Section:
    """Boxes that belong together. `more`: what is added by its button, "" where there is none."""

    title: str
    drawn: list[Drawn]
    more: str = ""
    more_words: str = ""


def form(
    lines: Sequence[Line],
    typed: Mapping[str, Sequence[str]] | None = None,
    *,
    corrects: bool = False,
) -> Boxes:
    """The boxes of a directive that is filed, or corrected: as many rows of grounds and duties as were typed or asked for."""
    told = typed or {"do-mat": ["khong"], "he-thong": [lines[0].code] if lines else []}
    grounds, duties = _count(told, GROUND, A_GROUND), _count(told, DUTY, A_DUTY)
    rows = [box for row in range(1, grounds + 1) for box in _ground(row)]
    rows += [box for row in range(1, duties + 1) for box in _duty(row)]
    last = (
        [Box("ly-do", _("Vì sao sửa?"))]
        if corrects
        else [Box("tep", _("Tệp văn bản (PDF hoặc Word)"), "file", is_needed=False)]
    )
    return boxes.of([*_about(lines), *rows, *last], told)


def sections(form: Boxes) -> list[Section]:
    """The form as it is drawn: what it is, what it rests on, what it asks, and the rest."""
    drawn = {each.box.name: each for each in form.drawn}
    parts: list[list[Drawn]] = [[], []]
    found: list[Section] = []
    rows = {name for base in (*GROUND, *DUTY) for name in drawn if _base(name) == base}
    for name, each in drawn.items():
        if name not in rows:
            parts[name in ("ly-do", "tep")].append(each)
    found.append(Section("", parts[0]))
    for names, add, title, words in (
        (GROUND, A_GROUND, _("Căn cứ"), _("Thêm căn cứ")),
        (DUTY, A_DUTY, _("Việc giao cho cấp dưới"), _("Thêm việc")),
    ):
        count = sum(1 for name in drawn if _base(name) == names[0])
        for row in range(1, count + 1):
            is_last = row == count and count < MOST_ROWS
            heading = title if count == 1 else f"{title} {row}"
            inside = [drawn[_name(name, row)] for name in names]
            found.append(Section(heading, inside, add if is_last else "", words))
    return [*found, Section("", parts[1])]


def as_filed(directive: Directive, told: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the boxes of a correction hold at first. `told`: what the register says, in plain values."""
    typed = {
        "so": [directive.code], "loai": [directive.kind], "ngay": [show_day(directive.date)],
        "co-quan": [directive.issuer], "trich-yeu": [directive.extract], "nguoi-ky": [directive.signer],
        "he-thong": [directive.line.code], "do-mat": ["khong"],
        "cong-khai": [PUBLIC] if directive.is_public else [],
    }  # fmt: skip
    for row, (kind, code) in enumerate(told["related"], start=1):
        typed |= {_name("van-ban-goc", row): [code], _name("quan-he", row): [kind]}
    for row, (what, _line, kinds, due) in enumerate(told["asked"], start=1):
        day = show_day(dt.date.fromisoformat(due))
        typed |= {
            _name("viec", row): [what],
            _name("loai-don-vi", row): kinds,
            _name("han", row): [day],
        }
    return typed


def _name(base: str, row: int) -> str:
    return base if row == 1 else f"{base}-{row}"


def _base(name: str) -> str:
    """`han` of `han-3`; a name whose last word is no number stays."""
    base, _hyphen, row = name.rpartition("-")
    return base if row.isascii() and row.isdigit() else name


def _count(typed: Mapping[str, Sequence[str]], names: Sequence[str], add: str) -> int:
    """How many rows: the last in which something was typed, and one more if that was asked for."""
    filled = [
        row
        for row in range(1, MOST_ROWS + 1)
        if any(any(each.strip() for each in typed.get(_name(base, row), ())) for base in names)
    ]
    count = max(filled, default=1)
    return min(count + (add in typed.get(ADD, ())), MOST_ROWS)


def _about(lines: Sequence[Line]) -> list[Box]:
    levels = [("khong", _("Không mật")), *((each, each.capitalize()) for each in secrecy.LEVELS)]
    return [
        Box(
            "so", _("Số và ký hiệu"),
            hint=_("Ghi như trên văn bản: 05-CT/TW, 15/QĐ-UBND. Dán cả câu “Chỉ thị số 05-CT/TW, ngày 15/5/2016” cũng được."),
        ),
        Box("loai", _("Loại văn bản"), "choice", _kinds(), is_needed=False, hint=_("Chỉ cần chọn khi ký hiệu dùng cho hai loại, như QĐ.")),
        Box("ngay", _("Ngày ban hành"), "day", is_needed=False, hint=_("Để trống nếu đã ghi ngày cùng số.")),
        Box("co-quan", _("Cơ quan ban hành, nếu không phải đơn vị mình"), most=200, is_needed=False, hint=_("Ví dụ: Bộ Chính trị.")),
        Box("trich-yeu", _("Trích yếu"), "long", most=500),
        Box("nguoi-ky", _("Người ký"), most=120, is_needed=False),
        Box("he-thong", _("Đi theo hệ thống"), "choice", _lines(lines)),
        Box("do-mat", _("Độ mật"), "choice", levels, hint=_("Văn bản mật không đưa lên hệ thống này.")),
        Box("cong-khai", _("Đăng trên trang công khai"), "many", [(PUBLIC, _("Đăng: ai cũng đọc được văn bản này và tệp của nó"))], is_needed=False),
    ]  # fmt: skip


def _ground(row: int) -> list[Box]:
    ways = [(str(value), str(label)) for value, label in DirectiveRelation.Kind.choices]
    return [
        Box(_name("van-ban-goc", row), _("Căn cứ văn bản"), is_needed=False, hint=_("Số và ký hiệu của văn bản đã vào sổ.")),
        Box(_name("quan-he", row), _("Văn bản này làm gì với văn bản đó"), "choice", ways, is_needed=False),
    ]  # fmt: skip


def _duty(row: int) -> list[Box]:
    told = [(str(value), str(label)) for value, label in DirectiveDuty.What.choices]
    kinds = [(str(value), str(label)) for value, label in Unit.Kind.choices]
    return [
        Box(_name("viec", row), _("Giao việc gì"), "choice", told, is_needed=False),
        Box(_name("loai-don-vi", row), _("Loại đơn vị phải làm"), "many", kinds, is_needed=False),
        Box(_name("han", row), _("Hạn"), "day", is_needed=False),
    ]


def read(
    form: Boxes, unit: Unit, lines: Sequence[Line], found: QuerySet[Directive]
) -> DirectiveDraft | None:
    """The directive as typed; None, and sentences in the form, if it cannot be read."""
    level = form.text("do-mat")
    symbol, kind = _symbol(form)
    date = form.day("ngay") or _cited_day(form)
    if date is None and "ngay" not in form.wrong:
        form.wrong["ngay"] = boxes.no_day(_("Ngày ban hành"))
    line = next((each for each in lines if each.code == form.choice("he-thong")), None)
    if level not in ("khong", *secrecy.LEVELS):
        form.wrong["do-mat"] = boxes.not_chosen(_("Độ mật"))
    related, asked = _related(form, found), _asked(form, line)
    if symbol is None or date is None or line is None or form.wrong:
        return None
    return DirectiveDraft(
        unit=unit, symbol=symbol, kind=kind, date=date, extract=form.text("trich-yeu"), line=line,
        issuer=form.text("co-quan"), signer=form.text("nguoi-ky"),
        secrecy="" if level == "khong" else level, is_public=PUBLIC in form.many("cong-khai"), related=related, asked=asked,
    )  # fmt: skip


def _symbol(form: Boxes) -> tuple[Symbol | None, str]:
    try:
        cited = symbols.read_cited(form.text("so"))
    except LantoaError as error:
        form.wrong["so"] = sentence(error)
        return None, ""
    kind = form.choice("loai") or cited.kind
    if not kind and "loai" not in form.wrong:
        form.wrong["loai"] = _("Ký hiệu này dùng cho hai loại văn bản. Chọn một loại.")
    return cited.symbol, kind


def _cited_day(form: Boxes) -> dt.date | None:
    try:
        return symbols.read_cited(form.text("so")).date
    except LantoaError:
        return None


def _rows(form: Boxes, base: str) -> list[int]:
    names = {each.name for each in form.boxes}
    return [row for row in range(1, MOST_ROWS + 1) if _name(base, row) in names]


def _related(form: Boxes, found: QuerySet[Directive]) -> list[Related]:
    told = []
    for row in _rows(form, "van-ban-goc"):
        box = _name("van-ban-goc", row)
        typed, kind = form.text(box), form.choice(_name("quan-he", row))
        if not typed:
            continue
        other = queries.by_code(found, typed)
        if other is None:
            form.wrong[box] = _(
                "Không thấy văn bản này trong sổ. Vào sổ văn bản đó trước, hoặc bỏ trống."
            )
        else:
            told.append(Related(kind or DirectiveRelation.Kind.IMPLEMENTS, other))
    return told


def _asked(form: Boxes, line: Line | None) -> list[Asked]:
    told = []
    for row in _rows(form, "viec"):
        what, due = form.choice(_name("viec", row)), form.day(_name("han", row))
        if not what or line is None:
            continue
        if due is None:
            form.wrong.setdefault(_name("han", row), _("Giao việc thì phải ghi hạn."))
        else:
            told.append(Asked(what, line, tuple(form.many(_name("loai-don-vi", row))), due))
    return told


def _kinds() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Directive.Kind.choices]


def _lines(lines: Sequence[Line]) -> list[tuple[str, str]]:
    return [(each.code, each.name_en if lang() == "en" else each.name_vi) for each in lines]
