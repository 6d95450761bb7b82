"""Certificates of a decision as one PDF of as many pages as it has awards that stand, through typst, as `pdf` draws reports."""

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from lantoa.awards.models import Award, Decision, Kind
from lantoa.lib import dates
from lantoa.lib.text import nfc
from lantoa.orgs import queries as orgs
from lantoa.reports import charts, commending, issuing, layout
from lantoa.reports.issuing import Issuer
from lantoa.reports.paper import STATE, Head

_DRAWING = Path(__file__).with_name("certificate.typ")


def render(decision: Decision, awards: Sequence[Award], *, notice: str = "") -> bytes:
    """Draw a page for each award; an award that was revoked gets none. The same bytes for the same decision."""
    made: bytes = typst.compile(
        str(_DRAWING),
        root=str(_DRAWING.parent),
        font_paths=[str(charts.FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_drawn(decision, awards, notice), ensure_ascii=False)},
        timestamp=int(dt.datetime.combine(decision.date, dt.time(), dates.VIETNAM).timestamp()),
    )
    return made


def _drawn(decision: Decision, awards: Sequence[Award], notice: str) -> dict[str, Any]:
    row = commending.issuer_of(decision.unit, decision.date)
    head = issuing.head_for(
        decision.unit,
        row,
        date=decision.date,
        kind="",
        symbol="QĐ",
        abstract="",
        number=decision.number,
    )
    look = layout.layout_for(family=head.family, date=head.date)
    number = commending.number_of(decision)
    standing = [each for each in awards if each.revoked_at is None]
    names = orgs.names_on(decision.date, [each.nomination.recipient_id for each in standing])
    return {
        "title": f"{decision.get_form_display()}, Quyết định số {number}",
        "mottos": [each.text for each in look.mottos],
        "issuer": _issuer(row, head),
        "gives": "tặng",
        "form": decision.get_form_display().upper(),
        "dated": layout.show_place_and_date(head),
        "decision": f"Quyết định số {number} {dates.show_long(decision.date)}",
        "book": "Số thứ tự trong sổ khen thưởng:",
        "signing": _signing(row, decision),
        "signer": decision.signer_name,
        "notice": notice,
        "awards": [_award(each, {pk: row.name for pk, row in names.items()}) for each in standing],
    }


def _issuer(row: Issuer, head: Head) -> str:
    name = " ".join(head.issuer)
    return f"CHỦ TỊCH {name}" if row.family == STATE else f"{row.body.upper()} {name}"


def _signing(row: Issuer, decision: Decision) -> list[str]:
    post = decision.signer_post.upper()
    return [post] if row.family == STATE else [f"T/M {row.body.upper()}", post]


def _award(award: Award, names: dict[int, str]) -> dict[str, Any]:
    nomination = award.nomination
    unit = names.get(nomination.recipient_id, nomination.called)
    is_one = nomination.kind == Kind.INDIVIDUAL
    of = ", ".join(word for word in (nomination.post, unit) if word) if is_one else ""
    said = nomination.achievement
    return {
        "name": nfc(nomination.name if is_one else unit),
        "of": nfc(of),
        "achievement": nfc(f"Đã có {said[:1].lower()}{said[1:]}"),
        "position": str(award.position),
    }
