"""A practice in the small province of the public pages: recognised, followed by three units, of which one has stopped."""

import datetime as dt

from tests.practices.telling import adopted, ended, recognised, registered, shown, told


def spread(world):
    """Began at a Party committee of Thanh Long; learned there by Cần Yên's and, from that one, by Lương Thông's."""
    units = world.parties
    practice = recognised(registered(units["01357"], cost=0, needs="Cấp ủy, trưởng xóm"))
    second = adopted(practice, units["01360"])
    told(second, people=42, saved=3_000_000)
    shown(second, dt.date(2023, 9, 1))
    ended(adopted(practice, units["01361"], source=second))
    adopted(practice, units["01362"], start=dt.date(2024, 9, 1))
    practice.refresh_from_db()
    return practice


def pages(world):
    """The public pages about it, with their states."""
    number = spread(world).pk
    here = f"/mo-hinh/{number}-nuoi-lon-nhua-tiet-kiem/"
    found = [
        "/mo-hinh/",
        "/mo-hinh/?tim=khong+co&lan-toa=3",
        here,
        here + "lan-toa/",
        here + "lan-toa/?den=2023-12-31",
        here + "noi-lam-theo/",
        here + "noi-lam-theo/?xem=da-dung",
    ]
    return [*found, *("/en" + path for path in found)]
