"""The front page: the newest period in a sentence, in pairs of said and done, on the map and over the year."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from lantoa.articles import queries as articles
from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.look import clock
from lantoa.portal import asking, fronts, issued, reading, rows, story, structure, telling
from lantoa.portal.doors import door, lang, page
from lantoa.portal.reading import Scene
from lantoa.portal.reporting import Listed, listed
from lantoa.portal.rows import MeasureRow
from lantoa.portal.views import news
from lantoa.portal.views.figures import no_value
from lantoa.portal.views.units import told

MAPPED = "hoi-nghi-truc-tiep"
LATEST, CHANGES, CARDS, NEWS, KEYS = 4, 3, 2, 5, 9


@dataclass(frozen=True, slots=True)
class Card:
    """What had to be done, beside what was."""

    title: str
    text: str
    href: str
    words: str
    note: str
    more: str
    more_words: str
    said: int
    done: int


@door
def home(request: HttpRequest) -> HttpResponse:
    moment = clock.now()
    today = dates.day_of(moment)
    reports = issued.reports()
    newest = reports[0] if reports else None
    line = asking.line(request.GET, asking.lines())
    period = issued.period_of_report(newest) if newest else issued.last_year(today)
    known = {measure.code: measure for measure in asking.measures()}
    scene = reading.scene(
        line=line,
        unit=None,
        period=period,
        # Today's communes on the map, whatever the period: closed units count under their successors.
        structure_day=today,
        measures=list(known.values()),
        sheet=reading.sheet_of(known[MAPPED]) if MAPPED in known else None,
        others=rows.months_beside(period),
    )
    found = {row.code: row for row in rows.measure_rows(scene, list(known.values()))}
    context: dict[str, Any] = {
        "section": "home",
        "period_name": period.name(lang()),
        "place": scene.named(scene.unit),
        "headline": _("%(period)s, %(place)s đã làm được gì")
        % {"period": _capital(period.name(lang())), "place": _within(scene.named(scene.unit))},
        "story": story.told(found),
        "reports": listed(reports[:LATEST]),
        "completeness": listed(reports[:1])[0] if newest else None,
        "moment": dates.show_moment(moment, lang()),
        "cards": _cards(listed(reports[:1]), found),
        "key_figures": _key(found),
        "measure_count": len(known),
        "changes": [
            (each, told(each)) for each in structure.changes(structure.history(line))[:CHANGES]
        ],
        **_drawn(scene, known, today),
        **_news(),
        **fronts.beside(today),
    }
    return page(request, "portal/home.html", context)


def _key(found: dict[str, MeasureRow]) -> list[MeasureRow]:
    """The first of the key figures that anybody said anything of."""
    return [found[code] for code in story.KEY if code in found and found[code].value][:KEYS]


def _news() -> dict[str, Any]:
    """The article that leads, and the newest beside it; nothing where nothing was written yet."""
    newest = list(articles.articles().select_related("photo")[: NEWS + 1])
    if not newest:
        return {}
    first = articles.headline() or newest[0]
    told = news.rows(
        [first, *(each for each in newest if each.pk != first.pk)], articles.sections()
    )
    return {
        "headline_article": told[0],
        "lead_photo": telling.lead_photo(first, telling.sizes(first)),
        "newest": told[1 : NEWS + 1],
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _within(place: str) -> str:
    """A unit's name inside a Vietnamese sentence: `tỉnh Cao Bằng`."""
    said = place[:1].lower() + place[1:] if lang() == "vi" else place
    return said.replace(" ", "\u00a0")  # a name is not broken over two lines


def _cards(newest: list[Listed], found: dict[str, MeasureRow]) -> list[Card]:
    """The pairs: who had to answer and did, and every share whose whole is known."""
    shares = [
        row for row in found.values() if row.nature == Measure.Nature.RATIO and _is_share(row)
    ]
    return [_answered(each) for each in newest if each.expected] + [
        _share(row) for row in shares[:CARDS]
    ]


def _answered(report: Listed) -> Card:
    return Card(
        title=_("Đơn vị đã gửi báo cáo"),
        text=numbers.show(report.reported, lang()),
        href=f"{report.href}#dau",
        words=_("trên %(n)s đơn vị phải gửi") % {"n": numbers.show(report.expected, lang())},
        note=_answer_note(report.expected - report.reported),
        more=f"{report.href}#dau",
        more_words=_("xem báo cáo"),
        said=report.expected,
        done=report.reported,
    )


def _is_share(row: MeasureRow) -> bool:
    """A part of a whole, and records of both."""
    return row.unit == reading.PERCENT and bool(row.top) and bool(row.bottom)


def _share(row: MeasureRow) -> Card:
    return Card(
        title=row.name,
        text=row.text,
        href=row.href,
        words=_("%(top)s trên %(bottom)s")
        % {
            "top": _counted(row.top, row.measure.top),
            "bottom": _counted(row.bottom, row.measure.bottom),
        },
        note="",
        more=row.page,
        more_words=_("xem cách đếm"),
        said=row.bottom or 0,
        done=row.top or 0,
    )


def _counted(value: int | None, measure: Measure | None) -> str:
    unit = asking.measure_unit(measure) if measure else ""
    return f"{numbers.show(value or 0, lang())} {unit}".strip()


def _answer_note(missing: int) -> str:
    if not missing:
        return _("Không còn đơn vị nào chưa gửi.")
    return _("Chưa gửi: %(n)s.") % {"n": numbers.show(missing, lang())}


def _drawn(scene: Scene, known: dict[str, Measure], today: dt.date) -> dict[str, Any]:
    """The map and the trend of one measure."""
    measure = known.get(MAPPED)
    if measure is None:
        return {}
    below = rows.below(scene, measure)
    question, places = scene.question(measure), issued.places(scene.day)
    drawn = rows.tiles(below, places) if any(row.value for row in below) else None
    return {
        "map": drawn,
        "off_the_map": rows.off_the_map(below, places),
        "table_href": question.address(xem="bang"),
        "map_title": f"{asking.measure_name(measure)}, {scene.period.name(lang())}",
        "map_heading": _("Ở từng xã, phường"),
        "no_value": no_value(scene),
        "map_href": question.address(),
        "trend_href": question.address(xem="xu-huong"),
        **rows.trend_of(scene, measure, today),
    }
