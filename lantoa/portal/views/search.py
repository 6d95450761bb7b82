"""Tìm: everything public in one box. What bears the very marks that were typed comes first, then the newest."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy

from lantoa.articles import queries as articles
from lantoa.enquiries import publishing
from lantoa.lib import dates, text
from lantoa.look import clock, documents, spreading
from lantoa.orgs import queries as orgs
from lantoa.plans.queries import directives
from lantoa.plans.queries.directives import Wanted as WantedDirective
from lantoa.portal import asking
from lantoa.portal.doors import door, page
from lantoa.portal.views import practices as shelf
from lantoa.practices import published
from lantoa.practices import queries as practices
from lantoa.practices.queries import Wanted as WantedPractice

# In a part that is not opened so many are shown; of a part never more than MOST, the newest, are put in order.
FEW, A_PAGE, MOST, TYPED = 5, 20, 400, 200
FIRST_YEAR = 2016  # that of Directive 05-CT/TW


class Hit(NamedTuple):
    """Something found: what it is called, where it stands, what is said below it. `exact`: how near to what was typed."""

    title: str
    href: str
    meta: str
    exact: int


class Asked(NamedTuple):
    """What is looked for: words, a part of the site, the units of a place, a year. None and "" ask for nothing."""

    words: str
    part: str
    place: str
    units: Sequence[int] | None
    year: int | None

    @property
    def composed(self) -> str:
        return text.nfc(self.words).strip().casefold()


def _of_articles(asked: Asked) -> Iterable[Hit]:
    found = articles.search(asked.words, units=asked.units, year=asked.year)[:MOST]
    for each in found:
        when = dates.show_day(dates.day_of(each.dated)) if each.dated else ""
        yield Hit(each.title, each.address(), when, _near(asked, each.title, each.lead))


def _of_practices(asked: Asked) -> Iterable[Hit]:
    today = dates.day_of(clock.now())
    wanted = WantedPractice(words=asked.words, place=asked.place, order="moi")
    found = published.library(wanted, today)
    if asked.year:
        found = found.filter(registered_date__year=asked.year)
    shown = list(found[:MOST])
    names = practices.names_of({each.unit_id for each in shown}, today)
    for each in shown:
        near = _near(asked, each.title, each.summary)
        yield Hit(each.title, shelf.address(each), names.get(each.unit_id, ""), near)


def _of_directives(asked: Asked) -> Iterable[Hit]:
    wanted = WantedDirective(words=asked.words, year=asked.year)
    found = directives.search(directives.public(), wanted).order_by("-date", "-pk")
    if asked.units is not None:
        found = found.filter(unit__in=asked.units)
    for row in documents.rows(list(found[:MOST])):
        title = f"{row.kind} {row.code}"
        meta = f"{row.extract} · {dates.show_day(row.date)}"
        near = _near(asked, f"{row.kind} {row.code}", row.extract)
        yield Hit(title, reverse("portal:directive", args=[row.pk]), meta, near)


def _of_questions(asked: Asked) -> Iterable[Hit]:
    found = publishing.search(asked.words)
    if asked.units is not None:
        found = found.filter(unit__in=asked.units)
    if asked.year:
        found = found.filter(published_at__year=asked.year)
    for each in found[:MOST]:
        title = text.one_line(each.question)
        near = _near(asked, title, each.answer)
        yield Hit(title[:160], reverse("portal:answer", args=[each.pk]), "", near)


def _of_figures(asked: Asked) -> Iterable[Hit]:
    """Figures are of every unit and year, so those filters leave none out."""
    words = text.fold(asked.words).split()
    for each in asking.measures():
        name, said = asking.measure_name(each), asking.definition(each)
        if all(word in text.fold(f"{name} {said}") for word in words):
            href = reverse("portal:figure", args=[each.code])
            if asked.year:
                href += f"?{urlencode({'ky': asked.year})}"
            yield Hit(name, href, said, _near(asked, name, said))


def _of_units(asked: Asked) -> Iterable[Hit]:
    day = dt.date(asked.year, 12, 31) if asked.year else None
    for row in orgs.find(asked.words, day, most=MOST):
        if asked.units is None or row.unit_id in set(asked.units):
            yield Hit(row.name, asking.unit_address(row.unit_id, row), "", _near(asked, row.name))


PARTS: dict[str, tuple[Any, Callable[[Asked], Iterable[Hit]]]] = {
    "bai-viet": (gettext_lazy("Bài viết"), _of_articles),
    "mo-hinh": (gettext_lazy("Mô hình"), _of_practices),
    "van-ban": (gettext_lazy("Văn bản"), _of_directives),
    "hoi-dap": (gettext_lazy("Hỏi đáp"), _of_questions),
    "so-lieu": (gettext_lazy("Số liệu"), _of_figures),
    "don-vi": (gettext_lazy("Đơn vị"), _of_units),
}


@door
def search(request: HttpRequest) -> HttpResponse:
    """By words without their marks, narrowed to a part, a place and a year; each part shows its best few."""
    today = dates.day_of(clock.now())
    asked = _asked(request, today)
    found = _found(asked) if asked.words else {}
    context: dict[str, Any] = {
        "section": "search",
        "asked": asked,
        "typed_find": asked.words,
        "parts": [(code, name) for code, (name, _find) in PARTS.items()],
        "places": spreading.places(today),
        "years": range(today.year, FIRST_YEAR - 1, -1),
        "total": sum(len(hits) for hits in found.values()),
        "groups": [
            (code, PARTS[code][0], hits[:FEW], len(hits)) for code, hits in found.items() if hits
        ],
    }
    if asked.part and asked.words:
        shown = Paginator(found[asked.part], A_PAGE).get_page(asking.page_number(request.GET))
        context |= {"shown": shown, "part_name": PARTS[asked.part][0]}
    return page(request, "portal/search.html", context)


def _asked(request: HttpRequest, today: dt.date) -> Asked:
    query = request.GET
    place = asking.choice(query, "noi", ("", *(code for code, _name in spreading.places(today))))
    years = tuple(str(year) for year in range(FIRST_YEAR, today.year + 1))
    year = asking.choice(query, "nam", ("", *years))
    return Asked(
        words=text.one_line(asking.said(query, "tim"))[:TYPED],
        part=asking.choice(query, "muc", ("", *PARTS)),
        place=place,
        units=practices.units_at(place, today) if place else None,
        year=int(year) if year else None,
    )


def _found(asked: Asked) -> dict[str, list[Hit]]:
    """The hits of each part that was asked for, the nearest first; among as near ones the order of the part."""
    looked = [asked.part] if asked.part else list(PARTS)
    return {part: sorted(PARTS[part][1](asked), key=lambda hit: -hit.exact) for part in looked}


def _near(asked: Asked, title: str, more: str = "") -> int:
    """4: the title bears what was typed with its marks, 3: the rest does, 2: the title without marks, 1: as words."""
    name, rest = text.nfc(title).casefold(), text.nfc(more).casefold()
    if asked.composed in name:
        return 4
    if asked.composed in rest:
        return 3
    return 2 if text.fold(asked.words) in text.fold(title) else 1
