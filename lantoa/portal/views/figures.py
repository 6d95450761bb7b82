"""Open figures: the list of measures, and a measure's page with map, table, trend and downloads."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from lantoa.ledger.models import Measure
from lantoa.lib import dates, text
from lantoa.lib.periods import Period
from lantoa.look import clock
from lantoa.orgs.models import Line
from lantoa.portal import (
    asking,
    choosing,
    citing,
    comparing,
    exports,
    issued,
    reading,
    rows,
    sample,
)
from lantoa.portal.asking import Question
from lantoa.portal.doors import door, lang, page
from lantoa.portal.reading import Scene, Value

VIEWS = ("ban-do", "bang", "xu-huong")
SORTS = ("", "ten", "-ten", "so", "-so", "gui", "-gui")
COMPARED = ("", "cung-ky")
HEAD = ["ma_chi_tieu", "ky", "he_thong", "moc_don_vi", "don_vi_id", "ma_don_vi", "don_vi",
        "gia_tri", "don_vi_tinh", "da_gui", "phai_gui", "uoc_tinh"]  # fmt: skip
TEXTS = {"ma_chi_tieu", "ky", "he_thong", "moc_don_vi", "ma_don_vi", "don_vi", "don_vi_tinh"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what was read to answer it."""

    question: Question
    scene: Scene
    value: Value
    lines: list[Line]
    moment: dt.datetime


@door
def measures(request: HttpRequest) -> HttpResponse:
    moment = clock.now()
    lines = asking.lines()
    line = asking.line(request.GET, lines)
    period = issued.asked_period(request, dates.day_of(moment))
    typed = asking.said(request.GET, "chi-tieu")
    known = asking.measures()
    scene = reading.scene(line=line, unit=None, period=period, structure_day=None, measures=known)
    found = [
        row for row in rows.measure_rows(scene, known) if text.fold(typed) in text.fold(row.name)
    ]
    context = {
        "section": "figures",
        "period": period,
        "period_name": period.name(lang()),
        "line": line,
        "place": scene.named(scene.unit),
        "typed": typed,
        "groups": _grouped([row for row in found if row.value is not None]),
        "silent": [row for row in found if row.value is None],
        "moment": dates.show_moment(moment, lang()),
        **_choices(line, lines, period, moment),
    }
    return page(request, "portal/measures.html", context)


def _choices(line: Line, lines: list[Line], period: Period, moment: dt.datetime) -> dict[str, Any]:
    today = dates.day_of(moment)
    return {
        "lines": [(each, asking.line_name(each)) for each in lines],
        "periods": choosing.periods(period, today, choosing.first_day(line, today)),
    }


def _grouped(found: list[rows.MeasureRow]) -> list[tuple[str, list[rows.MeasureRow]]]:
    natures = {
        Measure.Nature.FLOW: _("Phát sinh trong kỳ"),
        Measure.Nature.BALANCE: _("Hiện có đến cuối kỳ"),
        Measure.Nature.LEVEL: _("Số đo"),
        Measure.Nature.RATIO: _("Tỷ lệ"),
    }
    groups = [
        (title, [row for row in found if row.nature == nature]) for nature, title in natures.items()
    ]
    return [(title, group) for title, group in groups if group]


def ask(request: HttpRequest, code: str, *, with_months: bool = False) -> Asked:
    """Read what the address asks for; what it does not say is the newest report's period, the territory, its root."""
    moment = clock.now()
    measure = asking.measure(code)
    lines = asking.lines()
    line = asking.line(request.GET, lines)
    period = issued.asked_period(request, dates.day_of(moment))
    structure = asking.day(request.GET, "moc")
    number = asking.unit_number(request.GET)
    scene = reading.scene(
        line=line,
        unit=number,
        period=period,
        structure_day=structure,
        measures=[measure],
        sheet=reading.sheet_of(measure),
        others=rows.months_beside(period) if with_months else (),
        position=asking.position(request.GET, "vi-tri"),
    )
    if scene.unit not in scene.names:
        asking.unit(scene.unit)
    question = scene.question(measure)
    return Asked(question, scene, reading.value_of(scene, measure, scene.unit), lines, moment)


@door
def figure(request: HttpRequest, code: str) -> HttpResponse:
    view = asking.choice(request.GET, "xem", VIEWS)
    sort = asking.choice(request.GET, "xep", SORTS)
    compared = asking.choice(request.GET, "so-voi", COMPARED)
    asked = ask(request, code, with_months=view == "xu-huong")
    question, scene = asked.question, asked.scene
    cited = _cited(request, asked)
    context = {
        **about(asked),
        "view": view,
        "sort": sort,
        "asked_unit": asking.unit_number(request.GET),
        "missing": _missing(scene),
        "comparison": comparing.with_year_before(question, scene, asked.value)
        if compared
        else None,
        "files": [(name, question.address(route)) for route, name, _kind in citing.FILES],
        "citation": cited,
        "seal": citing.seal(),
        "dataset": citing.dataset(request, scene, question, cited),
        "structures": choosing.structures(
            question.line, question.structure, dates.day_of(asked.moment)
        ),
        **_choices(question.line, asked.lines, question.period, asked.moment),
    }
    if view == "xu-huong":
        context |= rows.trend_of(scene, question.measure, dates.day_of(asked.moment))
    else:
        context |= table(asked, sort)
    return page(request, "portal/figure.html", context)


def about(asked: Asked) -> dict[str, Any]:
    """What every page of one figure says of it."""
    question, scene = asked.question, asked.scene
    return {
        "section": "figures",
        "measure": question.measure,
        "name": asking.measure_name(question.measure),
        "measure_unit": asking.measure_unit(question.measure),
        "definition": asking.definition(question.measure),
        "reading": asked.value,
        "completeness": scene.answers.of(scene.unit),
        "period": question.period,
        "period_name": question.period.name(lang()),
        "year": reading.year_of(question.period).year,
        "line": question.line,
        "line_name": asking.line_name(question.line),
        "structure": question.structure,
        "place": scene.named(scene.unit),
        "crumbs": reading.crumbs(scene, question.measure),
        "door": question.address("records"),
        "moment": dates.show_moment(asked.moment, lang()),
        "position": question.position,
    }


def table(asked: Asked, sort: str, *, page_of_rows: str = "records") -> dict[str, Any]:
    """The units below: as rows, and as squares."""
    measure = asked.question.measure
    found = rows.below(asked.scene, measure, page=page_of_rows)
    shown, folded = rows.fold(rows.with_something(found), measure)
    title = _("%(name)s, %(period)s, theo đơn vị trực thuộc %(place)s") % {
        "name": asking.measure_name(measure),
        "period": asked.question.period.name(lang()),
        "place": asked.scene.named(asked.scene.unit),
    }
    places = issued.places(asked.scene.day)
    return {
        "rows": rows.sort(shown, sort),
        "folded": folded,
        "left_out": len(found) - len(rows.with_something(found)),
        "highest": max((row.value for row in found if row.value), default=1),
        "map": rows.tiles(found, places),
        "off_the_map": rows.off_the_map(found, places),
        "table_href": asked.question.address(xem="bang"),
        "map_title": title,
        "no_value": no_value(asked.scene),
    }


def no_value(scene: Scene) -> str:
    """Why a unit has no value: it had to send something and did not, or there was nothing to send and no record."""
    is_asked = scene.answers.of(scene.unit).expected > 0
    return _("chưa gửi") if is_asked else _("chưa có hồ sơ")


def _missing(scene: Scene) -> list[tuple[str, str]]:
    found = [unit for unit in scene.answers.missing if unit in scene.names]
    found.sort(key=lambda unit: scene.names[unit].sort_key)
    return [(scene.named(unit), asking.unit_address(unit, scene.names[unit])) for unit in found]


def _cited(request: HttpRequest, asked: Asked) -> str:
    return citing.citation(request, asked.scene, asked.question, asked.value.text, asked.moment)


@door
def as_csv(request: HttpRequest, code: str) -> HttpResponseBase:
    asked = ask(request, code)
    found = _cells(asked)
    name = f"{code}-{asked.question.period.code}.csv"
    return exports.csv_file(name, HEAD, found, count=len(found))


@door
def as_parquet(request: HttpRequest, code: str) -> HttpResponse:
    """The rows of the CSV file with their types, and in the file's own notes where they come from."""
    asked = ask(request, code)
    notes = {
        "nguon": _cited(request, asked),
        "giay_phep": citing.LICENCE_URL,
        "ma_niem_phong": citing.seal().get("chain", ""),
        "luu_y": sample.notice(),
    }
    texts = {*TEXTS, *(["gia_tri"] if asked.value.places else [])}
    name = f"{code}-{asked.question.period.code}.parquet"
    return exports.parquet_file(name, HEAD, _cells(asked), texts=texts, notes=notes)


@door
def as_json(request: HttpRequest, code: str) -> HttpResponseBase:
    asked = ask(request, code)
    question, sent = asked.question, asked.scene.answers.of(asked.scene.unit)
    said = {
        "chi_tieu": asking.measure_name(question.measure),
        "cach_dem": asking.definition(question.measure),
        "ky": {"ma": question.period.code, "tu": question.period.start.isoformat(),
               "den": question.period.last_day.isoformat()},
        "gia_tri": asked.value.value if not asked.value.places else None,
        "hien_thi": asked.value.text,
        "tu_so": asked.value.top if asked.value.places else None,
        "mau_so": asked.value.bottom,
        "da_gui": sent.reported,
        "phai_gui": sent.expected,
        "ho_so": request.build_absolute_uri(question.address("records")),
        "vi_tri_so_cai": asked.scene.table.position,
        "ma_niem_phong": citing.seal().get("chain"),
        "trich_dan": _cited(request, asked),
        "giay_phep": citing.LICENCE,
        "luu_y": sample.notice(),
        "dong": [dict(zip(HEAD, row, strict=True)) for row in _cells(asked)],
    }  # fmt: skip
    response = JsonResponse(said, json_dumps_params={"ensure_ascii": False, "indent": 1})
    return exports.named(response, f"{code}-{question.period.code}.json")


def _cells(asked: Asked) -> list[list[str | int | None]]:
    """A row a unit, then what none of them accounts for: of a plain total they add up to the figure."""
    question = asked.question
    found = [*rows.below(asked.scene, question.measure), *rows.rest(asked.value)]
    return [
        [
            question.measure.code,
            question.period.code,
            question.line.code,
            question.structure.isoformat() if question.structure else "",
            row.unit or None,
            row.code,
            row.name,
            row.text if asked.value.places and row.value is not None else row.value,
            asking.measure_unit(question.measure),
            row.reported,
            row.expected,
            1 if row.is_estimated else 0,
        ]
        for row in found
    ]
