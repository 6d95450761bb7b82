"""What is typed about a directive: read into a draft, with all that is wrong at once."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lantoa.desk.doors import lang, sentence
from lantoa.desk.forms import boxes
from lantoa.desk.forms.boxes import Box, Boxes
from lantoa.lib import secrecy, symbols
from lantoa.lib.errors import LantoaError
from lantoa.lib.symbols import Symbol
from lantoa.orgs.models import Line, Unit
from lantoa.plans.drafts import Asked, DirectiveDraft, Related
from lantoa.plans.models import Directive, DirectiveDuty, DirectiveRelation
from lantoa.plans.queries import directives as queries

BOX_OF = {
    "symbol": "so", "kind": "loai", "date": "ngay", "extract": "trich-yeu", "line": "he-thong", "issuer": "co-quan",
    "signer": "nguoi-ky", "related": "van-ban-goc", "asked": "viec",
}  # fmt: skip


def form(lines: Sequence[Line], typed: Mapping[str, Sequence[str]] | None = None) -> Boxes:
    """The boxes of a directive that is filed."""
    levels = [("khong", _("Không mật")), *((each, each.capitalize()) for each in secrecy.LEVELS)]
    return boxes.of(
        [
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
            Box("van-ban-goc", _("Căn cứ văn bản"), is_needed=False, hint=_("Số và ký hiệu của văn bản đã vào sổ.")),
            Box("quan-he", _("Văn bản này làm gì với văn bản đó"), "choice", [(str(k), str(v)) for k, v in DirectiveRelation.Kind.choices], is_needed=False),
            Box("viec", _("Giao việc gì"), "choice", [(str(k), str(v)) for k, v in DirectiveDuty.What.choices], is_needed=False),
            Box("loai-don-vi", _("Loại đơn vị phải làm"), "many", [(str(k), str(v)) for k, v in Unit.Kind.choices], is_needed=False),
            Box("han", _("Hạn"), "day", is_needed=False),
            Box("tep", _("Tệp văn bản (PDF hoặc Word)"), "file", is_needed=False),
        ],
        typed or {"do-mat": ["khong"], "he-thong": [lines[0].code] if lines else []},
    )  # fmt: skip


def read(
    form: Boxes, unit: Unit, lines: Sequence[Line], found: QuerySet[Directive]
) -> DirectiveDraft | None:
    """The directive as typed; None, and sentences in the form, if it cannot be read."""
    level = form.text("do-mat")
    symbol, kind = _symbol(form)
    date = form.day("ngay") or _cited_day(form)
    if date is None and "ngay" not in form.wrong:
        form.wrong["ngay"] = _("Ghi ngày, tháng, năm.")
    line = next((each for each in lines if each.code == form.choice("he-thong")), None)
    if level not in ("khong", *secrecy.LEVELS):
        form.wrong["do-mat"] = _("Chọn một mục.")
    related, asked = _related(form, found), _asked(form, line)
    if symbol is None or date is None or line is None or form.wrong:
        return None
    return DirectiveDraft(
        unit=unit, symbol=symbol, kind=kind, date=date, extract=form.text("trich-yeu"), line=line,
        issuer=form.text("co-quan"), signer=form.text("nguoi-ky"),
        secrecy="" if level == "khong" else level, related=related, asked=asked,
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


def _related(form: Boxes, found: QuerySet[Directive]) -> list[Related]:
    typed, kind = form.text("van-ban-goc"), form.choice("quan-he")
    if not typed:
        return []
    other = queries.by_code(found, typed)
    if other is None:
        form.wrong["van-ban-goc"] = _(
            "Không thấy văn bản này trong sổ. Vào sổ văn bản đó trước, hoặc bỏ trống."
        )
        return []
    return [Related(kind or DirectiveRelation.Kind.IMPLEMENTS, other)]


def _asked(form: Boxes, line: Line | None) -> list[Asked]:
    what, due = form.choice("viec"), form.day("han")
    if not what or line is None:
        return []
    if due is None:
        form.wrong.setdefault("han", _("Giao việc thì phải ghi hạn."))
        return []
    return [Asked(what, line, tuple(form.many("loai-don-vi")), due)]


def _kinds() -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in Directive.Kind.choices]


def _lines(lines: Sequence[Line]) -> list[tuple[str, str]]:
    return [(each.code, each.name_en if lang() == "en" else each.name_vi) for each in lines]
