"""Every part of a page on one page, for those who build pages and for the browser tests. Not in production."""

import datetime as dt

from django.http import HttpRequest, HttpResponse

from lantoa.look.bands import Flow, bands
from lantoa.look.tilemap import Tile, tile_map
from lantoa.look.trend import Series, trend
from lantoa.portal.doors import door, page

SIXTH = dt.date(2026, 11, 23)


@door
def gallery(request: HttpRequest) -> HttpResponse:
    return page(request, "portal/gallery.html", parts())


def parts() -> dict[str, object]:
    """Made-up values, one of each kind: known, zero, not sent."""
    values = [57, 92, 73, 0, None, 58, 44, 85, 1103, 71]
    tiles = [
        Tile(
            f"Xã số {at}",
            value,
            "–" if value is None else f"{value}",
            "#o",
            at % 5 + 1,
            at // 5 + 1,
        )
        for at, value in enumerate(values)
    ]
    months = tuple(str(month) for month in range(1, 13))
    now = Series("2023", (12, 18, 20, 31, 34, 40, 42, 48, 51, 57, 61, None))
    before = Series("2022", (8, 11, 16, 20, 24, 28, 33, 35, 40, 44, 48, 56))
    flows = [
        Flow("Huyện A", "Xã Một", 3),
        Flow("Huyện A", "Xã Hai", 2),
        Flow("Huyện B", "Xã Hai", 1),
    ]
    return {
        "map": tile_map(tiles),
        "trend": trend(months, now, before),
        "bands": bands([*flows, Flow("Huyện B", "Xã Ba", 4)]),
        "day": SIXTH,
        "letters": "Ễ Ỗ Ặ Ữ Ỵ ễ ỗ ặ ữ ỵ đ Đ 0123456789",
        "rows": [("Xã Một", 1103), ("Xã Hai", 312), ("Xã Ba", None)],
    }
