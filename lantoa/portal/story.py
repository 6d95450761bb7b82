"""The front page's sentence, clause by clause. Every number in it is a figure that opens; none is typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lantoa.portal.rows import MeasureRow

# What the front page shows of all measures, in this order; the page of figures has the rest.
KEY = (
    "hoi-nghi-truc-tiep", "luot-nguoi-truc-tiep", "hoi-nghi-truc-tuyen", "diem-cau", "luot-nguoi-truc-tuyen",
    "sinh-hoat-chuyen-de", "chao-co", "lao-dong", "luot-nguoi-lao-dong", "van-ban-ban-hanh", "mo-hinh",
    "chi-hoi-co-mo-hinh", "nguoi-tham-gia-mo-hinh", "kiem-tra", "giam-sat", "khen-tinh-tap-the",
    "khen-tinh-ca-nhan", "khen-co-so-tap-the", "khen-co-so-ca-nhan",
)  # fmt: skip
PLACE = re.compile(r"\{([a-z-]+)\}")


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    href: str = ""
    name: str = ""


def clauses() -> list[str]:
    """What may be said, in order. A clause is left out when one of its figures is unknown or nothing."""
    return [
        _(
            "Đã tổ chức {hoi-nghi-truc-tiep} hội nghị học tập trực tiếp với {luot-nguoi-truc-tiep} lượt người. "
        ),
        _(
            "{hoi-nghi-truc-tuyen} hội nghị trực tuyến nối {diem-cau} điểm cầu với {luot-nguoi-truc-tuyen} lượt người. "
        ),
        _(
            "{chi-hoi-co-mo-hinh} chi hội phụ nữ có mô hình, {nguoi-tham-gia-mo-hinh} người tham gia. "
        ),
        _("Các đơn vị đang giữ {mo-hinh} mô hình, phần việc, cách làm. "),
        _("{chao-co} buổi chào cờ, sinh hoạt dưới cờ với {luot-nguoi-chao-co} lượt người. "),
    ]


def told(found: Mapping[str, MeasureRow]) -> list[list[Piece]]:
    """The clauses whose figures are all there, cut into words and figures."""
    return [
        _pieces(clause, found)
        for clause in clauses()
        if all(code in found and found[code].value for code in PLACE.findall(clause))
    ]


def _pieces(clause: str, found: Mapping[str, MeasureRow]) -> list[Piece]:
    pieces = []
    for at, part in enumerate(PLACE.split(clause)):
        if at % 2:
            row = found[part]
            pieces.append(Piece(row.text, row.href, row.name))
        elif part:
            pieces.append(Piece(part))
    return pieces
