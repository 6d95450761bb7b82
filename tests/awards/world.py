"""A committee, its cell, a council of five, and the short way from a record to a decision."""

import datetime as dt
from dataclasses import dataclass, field

from lantoa.awards import actions, councils, deciding
from lantoa.awards.actions import Draft, Meeting
from lantoa.awards.deciding import Text
from lantoa.orgs.models import Person, Post
from lantoa.work import actions as work
from tests import make
from tests.orgs import world as worlds

NOW = make.NOON
TODAY = dt.date(2026, 11, 23)
RECORDED = dt.datetime(2026, 9, 1, 3, tzinfo=dt.UTC)
SENT = dt.datetime(2026, 9, 10, 3, tzinfo=dt.UTC)
OPENED = dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC)
CLOSES = dt.datetime(2026, 10, 8, 10, tzinfo=dt.UTC)
CLOSED = dt.datetime(2026, 10, 8, 11, tzinfo=dt.UTC)
DECIDED = dt.date(2026, 10, 20)
ACHIEVEMENT = "Thành tích xuất sắc trong học tập và làm theo Bác năm 2026"
BASES = ("luat-06-2022-sua-doi", "ket-luan-01")


@dataclass
class Awarding:
    """The small province after its reform: committee N.du above the cell A1.cb; TU above all in the Party's line."""

    world: worlds.World
    by: Person
    members: list[Person] = field(default_factory=list)
    council: object = None

    def __getitem__(self, key):
        return self.world[key]


def awarding(*, members=5, unit="N.du"):
    world = worlds.small_province()
    load_measures()
    made = Awarding(world, make.clerk())
    made.members = [member(world, unit, number) for number in range(members)]
    made.council = councils.seat(
        unit=world[unit],
        name="Hội đồng thi đua – khen thưởng",
        members=[(each, "Ủy viên") for each in made.members],
        by=made.by,
        at=SENT,
    )
    return made


def load_measures():
    """What an award counts in."""
    for code in {code for many in deciding.MEASURES.values() for code in many} | {deciding.DIRECT}:
        make.measure(code)


def member(world, unit, number, role=Post.Role.BOARD):
    made = Person.objects.create(name=f"Thành viên {number}")
    Post.objects.create(
        person=made, unit=world[unit], line=world.party, role=role, start_date=make.START
    )
    return made


def record(made, unit="A1.cb", title="Hiến 640 m² đất làm đường"):
    kind = make.kind(one=make.measure())
    return work.record(
        kind=kind,
        unit=made[unit],
        date=dt.date(2026, 8, 3),
        values={},
        title=title,
        by=made.by,
        at=RECORDED,
    )


def draft(made, **changed):
    """A cell nominated by itself; an individual when a name is given."""
    unit = changed.pop("unit", "A1.cb")
    name = changed.get("name", "")
    merits = changed.pop("merits", None)
    if merits is None:
        merits = (("activity", record(made, unit).pk),)
    said = {
        "unit": made[unit],
        "decider": made[changed.pop("decider", "N.du")],
        "kind": "individual" if name else "collective",
        "form": "giay-khen",
        "recipient": made[changed.pop("recipient", unit)],
        "is_direct_worker": True if name else None,
        "achievement": ACHIEVEMENT,
        "merits": merits,
    }
    return Draft(**(said | changed))


MEETING = Meeting(date=dt.date(2026, 9, 5), members=7, present=6, in_favour=6)


def nominated(made, **changed):
    return actions.nominate(draft=draft(made, **changed), by=made.by, at=RECORDED)


def sent(made, *nominations):
    for unit in {each.unit_id for each in nominations}:
        some = [each for each in nominations if each.unit_id == unit]
        actions.write_papers(nominations=some, meeting=MEETING, by=made.by, at=SENT)
    actions.confirm(nominations=nominations, by=made.by, at=SENT)
    actions.send(nominations=nominations, by=made.by, at=SENT)
    return nominations


def opened(made, *nominations, closes_at=CLOSES):
    waiting = [each for each in nominations if each.state == "draft"]
    if waiting:
        sent(made, *waiting)
    actions.appraise(nominations=nominations, by=made.by, at=SENT)
    return councils.open_ballot(
        council=made.council, nominations=nominations, closes_at=closes_at, by=made.by, at=OPENED
    )


def vote(ballot, person, *answers, receipt="", at=OPENED):
    return councils.vote(
        ballot=ballot, answers=dict(enumerate(answers)), receipt=receipt, by=person, at=at
    )


def passed(made, *nominations):
    """Everybody says yes."""
    ballot = opened(made, *nominations)
    for each in made.members:
        vote(ballot, each, *[True] * len(nominations))
    councils.close(ballot=ballot, by=made.by, at=CLOSED)
    for each in nominations:
        each.refresh_from_db()
    return ballot


def text(**changed):
    said = {
        "date": DECIDED,
        "achievement": ACHIEVEMENT,
        "bases": BASES,
        "signer_post": "Bí thư",
    }
    return Text(**(said | changed))


def decided(made, *nominations, **changed):
    passed(made, *nominations)
    return deciding.decide(nominations=nominations, text=text(**changed), by=made.by, at=NOW)


HIGHEST = "bang-khen-thu-tuong"


def highest(members=5):
    """The council of the province's committee, and a collective that it agrees should get the Prime Minister's award."""
    made = awarding(members=members, unit="TU")
    nomination = nominated(made, unit="N.du", decider="TU", form=HIGHEST)
    passed(made, nomination)
    return made, nomination
