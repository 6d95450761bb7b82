"""Commendation as pages show it: tags, rows, checklists, clocks. Plain values, in the language of the reader."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from lantoa.awards import dossiers, fairness, queries, sources
from lantoa.awards.dossiers import Condition
from lantoa.awards.models import DossierPaper, Kind, Level, Nomination
from lantoa.awards.queries import TERRITORY_ALONE, TIMES_OFTEN, Filter
from lantoa.awards.sources import Shown
from lantoa.desk.doors import lang
from lantoa.desk.http import DeskRequest
from lantoa.lib import dates, numbers
from lantoa.lib.dates import day_of
from lantoa.orgs import people
from lantoa.orgs import queries as orgs
from lantoa.plans.models import Movement
from lantoa.plans.queries import movements

State = Nomination.State
# How far back a council looks (UX S11).
YEARS_BEFORE = 3
# So many rows of a section of the fairness page at first: there are as many areas as communes.
FIRST = 30
# Where a record of a dossier opens.
DOORS = {
    sources.ACTIVITY: "desk:one-record",
    sources.TASK: "desk:task",
    sources.PRACTICE: "desk:practice",
    sources.ADOPTION: "desk:practice",
    sources.FINDING: "desk:finding",
}
TAGS = {
    State.DRAFT: ("", "pencil"),
    State.SENT: ("info", "clock"),
    State.INCOMPLETE: ("warn", "rotate-ccw"),
    State.APPRAISED: ("info", "check"),
    State.VOTING: ("info", "lock"),
    State.PASSED: ("ok", "megaphone"),
    State.DECIDED: ("ok", "award"),
    State.REFUSED: ("err", "circle-x"),
    State.WITHDRAWN: ("", "undo-2"),
}


@dataclass(frozen=True, slots=True)
class Tag:
    text: str
    kind: str
    icon: str


@dataclass(frozen=True, slots=True)
class Row:
    """One nomination or award of a list."""

    href: str
    name: str
    unit: str
    form: str
    decider: str
    tag: Tag
    decision: str


@dataclass(frozen=True, slots=True)
class Beyond:
    """A condition of a list without a box. `without`: the query string that leaves it out."""

    key: str
    value: str
    text: str
    without: str


def tag(nomination: Nomination, *, revoked: bool = False) -> Tag:
    if revoked:
        return Tag(_("Đã thu hồi"), "err", "trash-2")
    kind, icon = TAGS[State(nomination.state)]
    label = str(nomination.get_state_display())
    return Tag(label[:1].upper() + label[1:], kind, icon)


def rows(found: Sequence[Nomination]) -> list[Row]:
    """The rows of a page, with the names of all units in two queries."""
    names, above = _names(found)
    return [
        Row(
            href=reverse("desk:award", args=[each.pk]),
            name=each.called,
            unit=_under(each, names, above),
            form=str(each.get_form_display()),
            decider=names.get(each.decider_id, ""),
            tag=tag(each, revoked=_is_revoked(each)),
            decision=_decision(each),
        )
        for each in found
    ]


def _names(found: Sequence[Nomination]) -> tuple[dict[int, str], dict[int, str]]:
    """What units are called, or were called last; and of each recipient, what the unit right above it is."""
    if not found:
        return {}, {}
    ids = {pk for each in found for pk in (each.recipient_id, each.decider_id, each.unit_id)}
    return people.last_names(ids), queries.places_of(found)


def _under(nomination: Nomination, names: dict[int, str], above: dict[int, str]) -> str:
    """Where an individual or a collective stands: many cells are called "Chi bộ 1"."""
    unit = names.get(nomination.recipient_id, "")
    own = ", ".join(word for word in (nomination.post, unit) if word)
    if nomination.kind == Kind.COLLECTIVE:
        own = _capital(str(nomination.get_kind_display()))
    return ", ".join(word for word in (own, above.get(nomination.recipient_id, "")) if word)


def _is_revoked(nomination: Nomination) -> bool:
    award = getattr(nomination, "award", None)
    return award is not None and award.revoked_at is not None


def _decision(nomination: Nomination) -> str:
    award = getattr(nomination, "award", None)
    if award is None:
        return ""
    said = {"n": award.decision.said_number, "day": dates.show_day(award.decision.date)}
    return _("Quyết định số %(n)s ngày %(day)s") % said


def told(records: Iterable[Shown]) -> list[dict[str, Any]]:
    """Records as a dossier shows them; each opens where it was recorded."""
    english = lang() == "en"
    return [
        {
            "key": each.key,
            "what": each.what_en if english else each.what_vi,
            "title": each.title,
            "day": dates.show_day(each.date),
            "photos": each.photos,
            "is_withdrawn": each.is_withdrawn,
            "href": reverse(DOORS[each.source_kind], args=[each.home_id])
            if each.source_kind in DOORS
            else "",
        }
        for each in records
    ]


def lines(checked: Iterable[Condition]) -> list[dict[str, Any]]:
    english = lang() == "en"
    return [
        {
            "where": each.where,
            "text": _capital(each.en if english else each.vi),
            "is_met": each.is_met,
        }
        for each in checked
    ]


def clocks(nomination: Nomination, today: dt.date) -> list[Tag]:
    """`Thẩm định xong trước 15/10/2026: còn 23 ngày làm việc`."""
    said = {"incomplete": _("Báo thiếu giấy tờ trước"), "appraisal": _("Thẩm định xong trước")}
    found = []
    for each in dossiers.clocks(nomination, today):
        is_late = each.left < 0
        left = _("trễ %(n)s ngày làm việc") if is_late else _("còn %(n)s ngày làm việc")
        text = f"{said[each.what]} {dates.show_day(each.due)}: {left % {'n': abs(each.left)}}"
        found.append(Tag(text, "warn" if is_late else "info", "clock"))
    return found


def papers(nomination: Nomination) -> list[dict[str, Any]]:
    """The three papers, those that are there with their address."""
    there = {each.kind: each for each in nomination.papers.all()}
    return [
        {
            "name": _capital(str(kind.label)),
            "href": reverse("desk:award-paper", args=[nomination.pk, kind.value])
            if kind in there
            else "",
            "day": dates.show_day(there[kind].date) if kind in there else "",
            "is_confirmed": kind in there and there[kind].confirmed_at is not None,
            "needs_word": kind == DossierPaper.Kind.REPORT,
        }
        for kind in DossierPaper.Kind
    ]


def balance(seen: fairness.View, year: int, *, is_whole: bool) -> list[dict[str, Any]]:
    """The sections of the fairness page, each count with the address of the list that holds exactly it.

    Args:
        is_whole: with every row; else the first of a long section, and how many are left.
    """
    titles = {
        "direct": _("Trực tiếp lao động"),
        "level": _("Cấp khen, tập thể và cá nhân"),
        "line": _("Hệ thống của người, tập thể được khen"),
        "area": _("Địa bàn"),
        "often": _("Được khen mấy lần"),
    }
    address, names = reverse("desk:awards"), line_names()
    return [
        {
            "code": section.code,
            "title": titles[section.code],
            "rows": [
                {
                    "name": _counted(section.code, each, names),
                    "count": each.count,
                    "href": _door(each, year, address),
                }
                for each in (section.counts if is_whole else section.counts[:FIRST])
            ],
            "left": 0 if is_whole else max(len(section.counts) - FIRST, 0),
        }
        for section in seen.sections
    ]


def beyond(request: DeskRequest, asked: Filter, now: dt.datetime) -> list[Beyond]:
    """What narrows the list by its address and has no box there: said in words, and left out by a link."""
    said = {
        "phong-trao": _in_movement(movements.one(request.person, asked.movement, now)),
        "he-thong": line_names().get(asked.line, "") if asked.line else "",
        "dia-ban": unit_name(asked.area, now) if asked.area else "",
        "lan": _times(str(min(asked.times, TIMES_OFTEN))) if asked.times else "",
    }
    found = []
    for key, text in said.items():
        value = request.GET.get(key, "")[:50]
        left = request.GET.copy()
        for name in (key, "trang"):
            left.pop(name, None)
        found += [Beyond(key, value, text or value, f"?{left.urlencode()}")] if value else []
    return found


def _in_movement(movement: Movement | None) -> str:
    return _("Phong trào “%(name)s”") % {"name": movement.name} if movement else ""


def line_names() -> dict[str, str]:
    """The lines by their codes, in the language of the reader; "dia-ban" is the territory alone. One query."""
    names = {each.code: each.name_en if lang() == "en" else each.name_vi for each in orgs.lines()}
    return names | {TERRITORY_ALONE: _("Chỉ theo địa bàn")}


def _times(number: str) -> str:
    return _("%(n)s lần") % {"n": number} if number != str(TIMES_OFTEN) else _("Từ 3 lần")


def over_years(found: Iterable[fairness.OfYear]) -> list[dict[str, Any]]:
    """The share of direct workers year by year; both numbers open the lists that hold exactly them."""
    address = reverse("desk:awards")
    return [
        {
            "year": each.year,
            "share": numbers.divide(100 * each.count, each.of, 0),
            "text": numbers.show_percent(each.count, each.of, 0, lang()),
            "count": each.count,
            "of": each.of,
            "href": f"{address}?nam={each.year}&tinh=decided&ai=individual&truc-tiep=co",
            "href_of": f"{address}?nam={each.year}&tinh=decided&ai=individual",
        }
        for each in found
    ]


def _counted(section: str, count: fairness.Count, lines: Mapping[str, str]) -> str:
    if section == "direct":
        is_one = count.asked["truc-tiep"] == "co"
        return _("Người trực tiếp lao động") if is_one else _("Cá nhân khác")
    if section == "level":
        level, kind = Level(count.asked["cap"]), Kind(count.asked["ai"])
        return _capital(f"{level.label}, {kind.label}")
    if section == "often":
        return _times(count.name)
    return lines[count.asked["he-thong"]] if section == "line" else count.name


def _door(count: fairness.Count, year: int, address: str) -> str:
    asked = {"nam": str(year), "tinh": "decided", **count.asked}
    return f"{address}?{'&'.join(f'{k}={v}' for k, v in asked.items())}"


def on_desk(found: Sequence[Nomination], now: dt.datetime) -> list[dict[str, Any]]:
    """The rows of a council's desk: complete or not, votes, how often commended before. A few queries."""
    checked = {each.pk: its for each, its in queries.checked(found)}
    names, above = _names(found)
    today = day_of(now)
    before = dossiers.years_awarded(found, today.replace(year=today.year - YEARS_BEFORE, day=1))
    return [
        {
            "pk": each.pk,
            "href": reverse("desk:award", args=[each.pk]),
            "name": each.called,
            "unit": _under(each, names, above),
            "met": sum(line.is_met for line in checked[each.pk]),
            "of": len(checked[each.pk]),
            "is_whole": all(line.is_met for line in checked[each.pk]),
            "tag": tag(each),
            "state": each.state,
            "form": each.form,
            "form_name": str(each.get_form_display()),
            "clocks": clocks(each, today),
            "votes": _votes(each),
            "before": ", ".join(str(year) for year in before[each.pk]),
        }
        for each in found
    ]


def _votes(nomination: Nomination) -> str:
    counted = [each for each in nomination.questions.all() if each.yes is not None]
    if not counted:
        return ""
    last = counted[-1]
    return _("%(yes)s/%(of)s đồng ý") % {"yes": last.yes, "of": last.ballot.members}


def unit_name(unit_id: int, now: dt.datetime) -> str:
    return orgs.name_near(unit_id, day_of(now))


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
