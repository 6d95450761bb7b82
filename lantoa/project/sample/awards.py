"""Seasons of commendation: councils, nominations made of records, votes, decisions.

The totals of 2023 are the article's (27 and 1.428); how they fall on units, and every other year, is illustrative. Nobody
has a name: "Cá nhân số 12".
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from lantoa.awards import actions, councils, deciding, law
from lantoa.awards.actions import Draft, Meeting
from lantoa.awards.models import Award, Ballot, Council, Kind, Level, Nomination
from lantoa.awards.sources import ACTIVITY, Source
from lantoa.orgs import accounts
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.plans.models import Movement
from lantoa.project.sample import draw, people
from lantoa.project.sample.history import HANOI, NOW
from lantoa.project.sample.places import printed
from lantoa.project.sample.structure import DIRECT, PARTY_PROVINCE, Structure
from lantoa.work.models import Activity

SEATS, FEW_SEATS = 5, 3
LARGE = (Unit.Kind.PARTY_PROVINCE, Unit.Kind.PARTY_DISTRICT)
# Two sittings of one council lie further apart.
SEEN_BEFORE = dt.timedelta(days=150)
COLLECTIVES_IN_100, DIRECT_IN_100, AGREED_IN_100 = 25, 62, 80
POSTS = ("Nông dân", "Trưởng xóm", "Giáo viên", "Công nhân", "Nhân viên y tế", "Bí thư chi bộ")
ACHIEVEMENT = (
    "Thành tích xuất sắc trong học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh"
)
OF_2023 = "Thành tích xuất sắc trong 2 năm thực hiện Kết luận số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị"
MOVEMENT = "Dân vận khéo"
LAST = dt.datetime(2026, 12, 31, 17, tzinfo=HANOI)
FOR_MOVEMENT = "Thành tích xuất sắc trong phong trào thi đua “Dân vận khéo” năm {}"
# The season in which every second council commended what was done for the movement.
OF_MOVEMENT = 2024
LACKING = "Báo cáo chưa nêu kết quả bằng con số; bổ sung giúp (minh họa)."
AT_THE_TOP = (Post.Role.BOARD, Post.Role.LEADER, Post.Role.APPROVER)
UNSURE = "Thành tích khai chưa đúng hồ sơ gốc; đã xác minh lại (minh họa)."


@dataclass(frozen=True)
class Sitting:
    """What one council gives in a year: how many, to whom, from which day on.

    Attributes:
        units: keys of those that may be commended, or whose people may.
    """

    year: int
    unit: str
    total: int
    units: tuple[str, ...]
    start: dt.date


def plan(built: Structure, *, seed: int) -> list[Sitting]:
    """Who sits, year by year. 2023: forty councils, 27 awards of the province and 1.428 below it."""
    old = list(built.old_teams)
    old_keys = [f"huyen-uy-{code}" for code in sorted({team.district for team in old})]
    most = sorted(old, key=lambda team: (-len(team.cells), team.code))
    communes = {team.party: team.cells for team in most[:25]}
    below = {
        **{key: _of_district(built, key, set(communes)) for key in old_keys},
        **{key: built.direct_cells[key] for key in DIRECT},
        **communes,
    }
    weights = [70] * len(old_keys) + [20] * len(DIRECT) + [24] * len(communes)
    districts = {key: below[key] for key in old_keys}
    now = sorted(built.new_teams, key=lambda team: (-len(team.cells), team.code))[:6]
    today = {team.party: team.cells for team in now}
    whole = tuple(team.party for team in built.old_teams)
    new = tuple(team.party for team in built.new_teams)
    of_2023 = printed("khen-co-so-tap-the khen-co-so-ca-nhan")
    top_2023 = printed("khen-tinh-tap-the khen-tinh-ca-nhan")
    return [
        *_year(dt.date(2023, 10, 9), (top_2023, whole), of_2023, below, weights, seed),
        *_year(dt.date(2024, 10, 7), (33, whole), 1_512, districts, [1] * 10, seed),
        *_year(dt.date(2025, 3, 10), (0, whole), 90, dict([*districts.items()][:3]), [1] * 3, seed),
        *_year(dt.date(2025, 10, 6), (30, new), 260, today, [1] * 6, seed),
        *_year(dt.date(2026, 9, 14), (24, new), 215, today, [1] * 6, seed),
    ]


def givers(built: Structure, *, seed: int) -> set[tuple[int, str]]:
    """Which units give awards in which year: the others report that there was nothing."""
    return {(each.year, each.unit) for each in plan(built, seed=seed) if each.total}


def load(
    built: Structure, placed: dict[str, Unit], by: Person, *, seed: int
) -> Iterator[tuple[int, int]]:
    """Hold every sitting through the actions that people use, then leave some work of November 2026 on the desks."""
    sittings = plan(built, seed=seed)
    given, total = 0, sum(each.total for each in sittings)
    season = Season(
        by, placed, _records(), Line.objects.get(code="dang"), Movement.objects.get(name=MOVEMENT)
    )
    yield 0, total
    for each in sittings:
        if each.total:
            season.hold(each, draw.stream(seed, "award", each.year, each.unit))
            given += each.total
            yield given, total
    season.leave_open(sittings[-1], draw.stream(seed, "award", "open"))


@dataclass
class Season:
    """The founder presses every button, batch by batch, as each day would have it; members vote one by one."""

    by: Person
    placed: dict[str, Unit]
    records: dict[int, list[tuple[dt.date, int]]]
    line: Line
    movement: Movement
    councils: dict[str, Council] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def hold(self, sitting: Sitting, chance: Random) -> None:
        """From the first dossier to the published decision."""
        council = self.council(sitting.unit, sitting.start)
        made = self.nominate(sitting, self.drafts(sitting, sitting.total, chance), 0)
        self.send(made, sitting, 3)
        ballot = self.open(council, made, sitting, chance)
        councils.close(ballot=ballot, by=self.by, at=_at(sitting, 31))
        made = list(Nomination.objects.filter(questions__ballot=ballot).order_by("pk"))
        self.decide(made, sitting, 45)

    def nominate(self, sitting: Sitting, drafts: list[Draft], days: int) -> list[Nomination]:
        return actions.nominate_many(drafts=drafts, by=self.by, at=_at(sitting, days))

    def send(self, made: list[Nomination], sitting: Sitting, days: int) -> None:
        meeting = Meeting(_at(sitting, days).date(), members=9, present=8, in_favour=8)
        at = _at(sitting, days + 1)
        actions.write_papers(nominations=made, meeting=meeting, by=self.by, at=at)
        actions.confirm(nominations=made, by=self.by, at=at)
        actions.send(nominations=made, by=self.by, at=at)

    def open(
        self, council: Council, made: list[Nomination], sitting: Sitting, chance: Random
    ) -> Ballot:
        actions.appraise(nominations=made, by=self.by, at=_at(sitting, 20))
        opened, closes = _at(sitting, 25), _at(sitting, 30)
        ballot = councils.open_ballot(
            council=council, nominations=made, closes_at=closes, by=self.by, at=opened
        )
        # One of them now and then has doubts; nothing fails by it.
        doubter = chance.randrange(FEW_SEATS)
        for number, seat in enumerate(council.seats.select_related("person").order_by("pk")):
            answers = {
                place: number != doubter or chance.randrange(9) > 0 for place in range(len(made))
            }
            councils.vote(ballot=ballot, answers=answers, by=seat.person, at=opened)
        return ballot

    def decide(self, made: list[Nomination], sitting: Sitting, days: int) -> None:
        day = min(_at(sitting, days), NOW)
        unit = self.placed[sitting.unit]
        text = deciding.Text(
            date=day.date(),
            achievement=_achievement(sitting),
            bases=tuple(each.code for each in law.bases_on(day.date(), law.family_of(unit))),
            signer_post="Phó Bí thư",
        )
        decision = deciding.decide(nominations=made, text=text, by=self.by, at=day)
        deciding.publish(decision=decision, by=self.by, at=day)

    def council(self, key: str, day: dt.date) -> Council:
        if key not in self.councils:
            unit, number = self.placed[key], len(self.councils) + 1
            seats = SEATS if unit.kind in LARGE else FEW_SEATS
            people = [self.member(unit, number, seat) for seat in range(1, seats + 1)]
            titles = ("Chủ tịch Hội đồng", "Phó Chủ tịch Thường trực", *["Ủy viên"] * SEATS)
            self.councils[key] = councils.seat(
                unit=unit,
                name="Hội đồng thi đua – khen thưởng",
                members=list(zip(people, titles, strict=False)),
                by=self.by,
                at=_moment(day),
            )
        return self.councils[key]

    def member(self, unit: Unit, council: int, seat: int) -> Person:
        """Numbered; at the top those who can enter the sample too, so that they have something to vote on."""
        name, role = f"Thành viên số {seat}, hội đồng số {council} (mẫu)", Post.Role.BOARD
        if unit.kind == Unit.Kind.PARTY_PROVINCE and seat <= len(AT_THE_TOP):
            role = AT_THE_TOP[seat - 1]
            name = people.name_of(role)
        return accounts.enrol(
            name=name,
            unit=unit,
            line=self.line,
            role=role,
            date=unit.opened_date,
            by=self.by,
            at=NOW,
        )

    def drafts(self, sitting: Sitting, total: int, chance: Random) -> list[Draft]:
        """Collectives first, each unit once; then individuals, numbered within the year."""
        count = min(total * COLLECTIVES_IN_100 // 100 or 1, len(sitting.units))
        if law.level_of(self.placed[sitting.unit]) == Level.PROVINCE:
            count = total * 4 // 10
        order = draw.some(chance, sitting.units, total)
        kinds = [Kind.COLLECTIVE] * count + [Kind.INDIVIDUAL] * (total - count)
        return [
            self.draft(sitting, key, kind, chance) for key, kind in zip(order, kinds, strict=True)
        ]

    def draft(self, sitting: Sitting, key: str, kind: Kind, chance: Random) -> Draft:
        decider, recipient = self.placed[sitting.unit], self.placed[key]
        is_high = law.level_of(decider) == Level.PROVINCE
        is_one = kind == Kind.INDIVIDUAL
        individual = self.individual(sitting, chance) if is_one else {}
        return Draft(
            unit=decider,
            decider=decider,
            kind=kind,
            form="bang-khen" if is_high else "giay-khen",
            recipient=recipient,
            achievement=_achievement(sitting),
            movement=self.movement if _is_of_movement(sitting) else None,
            merits=self.merits(sitting, recipient, decider),
            conditions=("hai-nam",) if is_high and is_one else (),
            **individual,
        )

    def individual(self, sitting: Sitting, chance: Random) -> dict[str, Any]:
        self.numbers[f"{sitting.year}-{sitting.unit}"] += 1
        agreed = sitting.start if chance.randrange(100) < AGREED_IN_100 else None
        return {
            "name": f"Cá nhân số {self.numbers[f'{sitting.year}-{sitting.unit}']}",
            "post": chance.choice(POSTS),
            "is_direct_worker": chance.randrange(100) < DIRECT_IN_100,
            "consent_date": agreed,
        }

    def merits(self, sitting: Sitting, recipient: Unit, decider: Unit) -> tuple[Source, ...]:
        """Up to three of the recipient's last records, or else of the level above, or of those beside it.

        None that an earlier sitting saw.
        """
        since = sitting.start - SEEN_BEFORE
        for unit in (recipient, decider, *(self.placed[key] for key in sitting.units)):
            its = self.records.get(unit.pk, ())
            found = [pk for date, pk in its if since < date <= sitting.start]
            if found:
                return tuple((ACTIVITY, pk) for pk in found[-3:])
        raise LookupError(f"nothing was recorded for {sitting.unit} before {sitting.start}")

    def leave_open(self, like: Sitting, chance: Random) -> None:
        """What lies on the desks on 23 November 2026: drafts, dossiers to appraise, one sent back, a vote, a notice."""
        for key, total, start in (
            (like.unit, 20, dt.date(2026, 11, 2)),
            (PARTY_PROVINCE, 12, dt.date(2026, 11, 4)),
        ):
            sitting = Sitting(2026, key, total, like.units, start)
            made = self.nominate(sitting, self.fresh(sitting, chance), 0)
            self.send(made[2:], sitting, 1)
            sent_back = made[3]
            actions.send_back(
                nomination=sent_back,
                seen=sent_back.version,
                remark=LACKING,
                by=self.by,
                at=_at(sitting, 4),
            )
            self.vote_now(made[total // 2 :], sitting)
        noticed = Sitting(2026, like.unit, 6, like.units, dt.date(2026, 10, 12))
        made = self.nominate(noticed, self.fresh(noticed, chance), 0)
        self.send(made, noticed, 1)
        ballot = self.open(self.council(like.unit, like.start), made, noticed, chance)
        councils.close(ballot=ballot, by=self.by, at=_at(noticed, 31))
        award = Award.objects.filter(decision__unit=self.placed[like.unit]).latest("pk")
        deciding.revoke(award=award, reason=UNSURE, by=self.by, at=NOW)

    def fresh(self, sitting: Sitting, chance: Random) -> list[Draft]:
        """For something else than what the season commended, shown by other records."""
        return [
            dataclasses.replace(
                each,
                achievement=FOR_MOVEMENT.format(sitting.year),
                movement=self.movement,
                merits=each.merits[-1:],
            )
            for each in self.drafts(sitting, sitting.total, chance)
        ]

    def vote_now(self, made: list[Nomination], sitting: Sitting) -> None:
        """A ballot in which two have voted: it runs for four more days, the province's until the year ends.

        The latter is for whoever looks at the sample: there is something to vote on.
        """
        council = self.council(sitting.unit, sitting.start)
        actions.appraise(nominations=made, by=self.by, at=_at(sitting, 12))
        ballot = councils.open_ballot(
            council=council,
            nominations=made,
            closes_at=LAST if sitting.unit == PARTY_PROVINCE else NOW + dt.timedelta(days=4),
            by=self.by,
            at=_at(sitting, 14),
        )
        last_two = council.seats.select_related("person").order_by("-pk")[:2]
        for seat in last_two:
            yes = dict.fromkeys(range(len(made)), True)
            councils.vote(ballot=ballot, answers=yes, by=seat.person, at=_at(sitting, 15))


def _of_district(built: Structure, key: str, taken: set[str]) -> tuple[str, ...]:
    """The cells below a district committee whose own commune has no council."""
    teams = [team for team in built.old_teams if f"huyen-uy-{team.district}" == key]
    free = [team for team in teams if team.party not in taken] or teams
    return tuple(cell for team in free for cell in team.cells)


def _year(
    start: dt.date,
    province: tuple[int, tuple[str, ...]],
    of_others: int,
    below: dict[str, tuple[str, ...]],
    weights: Sequence[int],
    seed: int,
) -> list[Sitting]:
    """The sittings that begin on a day: the province's, and of the others each with its part of their total."""
    chance = draw.stream(seed, "sittings", start)
    parts = draw.spread(of_others, draw.weights(chance, weights), least=1)
    lower = zip(below.items(), parts, strict=True)
    return [
        Sitting(start.year, PARTY_PROVINCE, *province, start),
        *(Sitting(start.year, key, total, units, start) for (key, units), total in lower),
    ]


def _records() -> dict[int, list[tuple[dt.date, int]]]:
    """Records that count, by unit, the newest last. One query."""
    held = Activity.objects.filter(withdrawn_at=None).order_by("date", "pk")
    found: dict[int, list[tuple[dt.date, int]]] = defaultdict(list)
    for pk, unit, date in held.values_list("pk", "unit", "date").iterator():
        found[unit].append((date, pk))
    return found


def _achievement(sitting: Sitting) -> str:
    if sitting.year == 2023:
        return OF_2023
    if _is_of_movement(sitting):
        return FOR_MOVEMENT.format(sitting.year)
    span = "nhiệm kỳ 2020 - 2025" if sitting.start.month < 7 else f"năm {sitting.year}"
    return f"{ACHIEVEMENT}, {span}"


def _is_of_movement(sitting: Sitting) -> bool:
    """In one season, of district committees whose code is even."""
    return sitting.year == OF_MOVEMENT and sitting.unit[-1] in "02468"


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(9), HANOI)


def _at(sitting: Sitting, days: int) -> dt.datetime:
    return min(_moment(sitting.start) + dt.timedelta(days=days), NOW)
