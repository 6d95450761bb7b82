"""Zalo's double in a test, and the settings that point at it."""

import datetime as dt

from lantoa.enquiries import deliveries
from lantoa.enquiries.models import Asker, Enquiry, Message, ZaloAccount
from tests import make
from tests.zalo import fake


def point_at(settings, folder, port=0):
    settings.VAR = settings.MEDIA = folder
    settings.ZALO_APP, settings.ZALO_SECRET, settings.ZALO_OA = fake.APP, fake.SECRET, fake.OA
    settings.ZALO_APP_SECRET = fake.APP_SECRET
    settings.ZALO_API = settings.ZALO_OAUTH = f"http://127.0.0.1:{port}"
    settings.ZALO_INSIDE = [f"127.0.0.1:{port}"]
    settings.ADDRESS = "https://hoi.example"


def connected(at=make.NOON, *, lasts=dt.timedelta(hours=20)):
    pair = {"access_token": "access-0", "refresh_token": "refresh-0"}
    return ZaloAccount.objects.create(oa_id=fake.OA, expires_at=at + lasts, **pair)


class Clock:
    """The double's clock, and ours: the same."""

    def __init__(self, at=make.NOON):
        self.at = at

    def __call__(self):
        return self.at.timestamp()

    def go(self, **span):
        self.at += dt.timedelta(**span)


def keep(zalo, body, at, header=None):
    deliveries.keep(body=body, header=header or zalo.mac(body), at=at)


def state():
    """What the citizens' side of the database says: of each person, their questions with their words, in order."""
    return {
        asker.address: [
            [each.text for each in Message.objects.filter(enquiry=one).order_by("sent_at", "pk")]
            for one in Enquiry.objects.filter(asker=asker).order_by("received_at", "pk")
        ]
        for asker in Asker.objects.filter(kind="zalo")
    }
