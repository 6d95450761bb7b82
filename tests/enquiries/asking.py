"""Questions of citizens, as tests need them."""

import itertools

from lantoa.enquiries import asking
from lantoa.enquiries.facts import CODES
from lantoa.enquiries.models import Enquiry
from lantoa.ledger.models import Entry, Measure
from lantoa.orgs.models import Post
from tests import make

WORDS = "Nhà tôi có thuộc diện xóa nhà tạm không, hồ sơ gồm những gì?"
_forms = itertools.count(1)


def answerer(unit, *, on=None):
    person = make.person()
    Post.objects.create(
        person=person,
        unit=unit,
        line=on or make.line(),
        role=Post.Role.ANSWERER,
        start_date=make.START,
    )
    return person


def asked(place, text=WORDS, *, way="web", phone="", form="", at=make.NOON):
    """The whole of what asking gives back: with the code to follow it."""
    form = form or f"form-{next(_forms)}"
    return asking.ask(text=text, place=place, way=way, phone=phone, form=form, at=at)


def ask(place, text=WORDS, **more):
    return asked(place, text, **more).enquiry


def now(enquiry):
    return Enquiry.objects.select_related("unit", "asker").get(pk=enquiry.pk)


def counted(code, unit=None):
    """What the ledger says of a measure, of one unit or of all."""
    entries = Entry.objects.filter(measure__code=code)
    return sum(each.value for each in (entries.filter(unit=unit) if unit else entries))


def measures():
    for code in CODES:
        if not Measure.objects.filter(code=code).exists():
            make.measure(code)
