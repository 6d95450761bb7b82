"""Mô hình hay: what is recognised, one of them with its how-to and its tree, how it spread, and the units behind a number."""

import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from lantoa.lib import text
from lantoa.lib.dates import day_of, show_day
from lantoa.look import clock, spreading
from lantoa.look.spread import FEW
from lantoa.look.spreading import Door
from lantoa.orgs import queries as orgs
from lantoa.portal import asking, exports
from lantoa.portal.doors import door, page
from lantoa.practices import published, queries
from lantoa.practices.models import Practice
from lantoa.practices.queries import Wanted
from lantoa.practices.reach import How
from lantoa.practices.spread import Node

A_PAGE, MARKS = 24, 30
ORDERS = ("", "moi", "re", "ten")
REACHES = (1, 3, 10, 30)
COSTS = (0, 1_000_000, 5_000_000, 20_000_000)
HEAD = ["don_vi", "hoc_tu", "tu_ngay", "den_ngay", "trang_thai", "ly_do_dung", "nguoi_tham_gia",
        "tiet_kiem_dong", "dau_hieu_gan_nhat"]  # fmt: skip


@door
def practices(request: HttpRequest) -> HttpResponse:
    """Searched and filtered by what stands in the address."""
    today = day_of(clock.now())
    wanted = _wanted(request)
    number = asking.page_number(request.GET)
    part = Paginator(published.library(wanted, today), A_PAGE).get_page(number)
    context = {
        "section": "practices",
        "part": part,
        "cards": cards(list(part), today),
        "wanted": wanted,
        "is_filtered": wanted != Wanted(order=wanted.order),
        "fields": Practice.Field.choices,
        "kinds": Practice.Kind.choices,
        "areas": spreading.places(today),
        "reaches": REACHES,
        "costs": COSTS,
    }
    return page(request, "portal/practices.html", context)


def _wanted(request: HttpRequest) -> Wanted:
    asked = request.GET
    cost = asking.said(asked, "chi-phi")
    return Wanted(
        words=asking.said(asked, "tim")[:200],
        field=asking.choice(asked, "linh-vuc", ("", *Practice.Field.values)),
        kind=asking.choice(asked, "loai", ("", *Practice.Kind.values)),
        place=asking.said(asked, "noi")[:20],
        reach=min(asking.whole(asking.said(asked, "lan-toa")) or 0, 10**6),
        cost=asking.whole(cost) if cost else None,
        order=asking.choice(asked, "xep", ORDERS),
    )


def cards(found: list[Practice], today: dt.date) -> list[dict[str, Any]]:
    """What a list says of each: its page, where it began, who follows it."""
    names = queries.names_of({each.unit_id for each in found}, today)
    people = published.people_in([each.pk for each in found])
    return [
        {
            "practice": each,
            "href": address(each),
            "unit": names.get(each.unit_id, ""),
            "door": door_of(each)(How.AT_WORK),
            "people": people.get(each.pk),
            "marks": [9 * at for at in range(1, min(getattr(each, "followers", 0), MARKS) + 1)],
        }
        for each in found
    ]


@door
def bare(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponsePermanentRedirect(address(_found(pk)))


@door
def practice(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """What it is, how it is done, whom to ask, what it came to, who learned it from whom."""
    asked = _found(pk)
    if slug != _slug(asked):
        return HttpResponsePermanentRedirect(address(asked))
    today = day_of(clock.now())
    nodes = queries.spread_of(asked, today)
    context = {
        **_about(asked, nodes, today),
        "unit_name": orgs.name_near(asked.unit_id, today),
        "contact_name": orgs.name_near(asked.contact_unit_id, today),
        "drawn": spreading.drawn(nodes, today),
        "moves": spreading.moves(nodes),
        "rest": range(nodes[-1].depth) if nodes else (),
        "is_long": len(nodes) > FEW,
        "events": queries.events_of(asked),
        "alike": [
            (each.practice, address(each.practice))
            for each in queries.similar(asked.title, leave_out=asked.pk, most=8)
            if published.practice(each.practice.pk)
        ],
    }
    return page(request, "portal/practice.html", context)


@door
def spread(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """The map year by year, and the curve."""
    asked = _found(pk)
    today = day_of(clock.now())
    day = min(asking.day(request.GET, "den") or today, today)
    nodes, opens = queries.spread_of(asked, today), door_of(asked)
    context = {
        **_about(asked, nodes, today),
        "atlas": spreading.atlas(nodes, day, today, opens),
        "curve": spreading.curve_of(nodes, today),
        "month_rows": spreading.month_rows(nodes, today, opens),
    }
    return page(request, "portal/practice_spread.html", context)


@door
def followers(request: HttpRequest, pk: int, slug: str) -> HttpResponseBase:
    """The units behind a number: as a table, or as CSV."""
    asked = _found(pk)
    today = day_of(clock.now())
    nodes = queries.spread_of(asked, today)
    listed = spreading.listed(request.GET, nodes, today)
    if asking.choice(request.GET, "tai", ("", "csv")):
        cells = [
            [
                row.unit, row.learned_from, _day(row.start), _day(row.end), row.tag.words, row.reason,
                row.participants, row.saved, _day(row.sign),
            ]
            for row in listed.rows
        ]  # fmt: skip
        return exports.csv_file(f"noi-lam-theo-{pk}.csv", HEAD, cells, count=len(cells))
    context = {
        **_about(asked, nodes, today),
        "caption": listed.caption,
        "rows": listed.rows,
        "total": listed.total,
    }
    return page(request, "portal/practice_followers.html", context)


def _day(day: dt.date | None) -> str:
    return show_day(day) if day else ""


def _about(asked: Practice, nodes: list[Node], today: dt.date) -> dict[str, Any]:
    """What every page of one practice says of it."""
    return {
        "section": "practices",
        "practice": asked,
        "is_stopped": asked.state == Practice.State.STOPPED,
        "href": address(asked),
        "spread_href": _path("practice-spread", asked),
        "followers_href": _path("practice-followers", asked),
        "numbers": spreading.numbers_of(nodes, today, door_of(asked)),
    }


def address(asked: Practice) -> str:
    return _path("practice", asked)


def door_of(asked: Practice) -> Door:
    """The list of a practice's adoptions that a number opens."""
    there = _path("practice-followers", asked)

    def opens(how: How, **said: object) -> str:
        return there + spreading.query_of(how, **said)

    return opens


def _path(name: str, asked: Practice) -> str:
    return reverse(f"portal:{name}", args=[asked.pk, _slug(asked)])


def _slug(asked: Practice) -> str:
    return text.slug(asked.title)[:80].strip("-") or "mo-hinh"


def _found(pk: int) -> Practice:
    """What is not for the public answers like what is not there."""
    found = published.practice(pk) if pk < 2**63 else None
    if found is None:
        raise Http404
    return found
