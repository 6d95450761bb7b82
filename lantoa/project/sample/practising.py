"""The practices of the sample go into the books year by year, by the same actions that people use."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from django.db import transaction

from lantoa.orgs import accounts
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.plans.models import Movement, Objective
from lantoa.practices import actions, adoptions, register
from lantoa.practices.adoptions import Result
from lantoa.practices.models import Adoption, Practice
from lantoa.practices.refusals import Draft
from lantoa.practices.register import Life, Since
from lantoa.project.sample import practices as rows
from lantoa.project.sample.history import HANOI, NOW, History, standing
from lantoa.project.sample.practice_titles import OF_MOVEMENTS, OF_SECURITY
from lantoa.project.sample.spreading import Follower, Told, everyone
from lantoa.project.sample.structure import OPENED, PROVINCE, TERRITORY, Structure
from lantoa.work.models import Activity

JUDGE = "Cán bộ thẩm định mô hình (mẫu)"
STOPPED = "Không còn hợp với cách tổ chức mới"
# Of chapters and of police units: the records that can show a practice.
SHOWING = ("lao-dong", "mang-xa-hoi")
STEPS = ("registered", "appraised", "recognised", "kept")
# What a practice of a field is said to serve: objectives of each term, by the beginning of their name.
AIMS = {
    "kinh-te": ("Nông nghiệp hàng hóa", "Nông sản đặc hữu"),
    "van-hoa-xa-hoi": ("Nguồn nhân lực",),
    "quoc-phong-an-ninh": ("Cửa khẩu",),
    "he-thong-chinh-tri": ("Cải cách hành chính", "Chất lượng cán bộ cơ sở"),
}
ACTS = (actions.register, actions.appraise, actions.recognise, actions.keep)


class Books(NamedTuple):
    """What the loading works with: units by key, who writes, who judges, the records that can be shown, what there is to serve."""

    placed: Mapping[str, Unit]
    by: Person
    judge: Person
    shown: Mapping[tuple[int, str], Sequence[Activity]]
    movements: Mapping[str, Movement]
    objectives: Sequence[Objective]


def load(
    built: Structure, told: History, placed: Mapping[str, Unit], by: Person, *, seed: int
) -> Iterator[tuple[int, int]]:
    """Yields how many years of how many."""
    shows: dict[str, set[str]] = defaultdict(set)
    for record in standing(told):
        if record.kind in SHOWING:
            shows[record.unit].add(record.title)
    found = rows.practices(built, shows, seed=seed)
    movements = {each.name: each for each in Movement.objects.all()}
    goals = list(Objective.objects.order_by("pk"))
    books = Books(placed, by, _judge(placed[PROVINCE], by), _activities(), movements, goals)
    made: dict[int, Practice] = {}
    followed: dict[int, Adoption] = {}
    years = range(min(each.start.year for each in found), NOW.year + 1)
    for done, year in enumerate(years, start=1):
        with transaction.atomic():
            _begin(found, year, made, books)
            _take_up(found, year, made, followed, books)
            _go_on(found, year, made, followed, books)
            _end(found, year, made, books)
        yield done, len(years) + 1
    with transaction.atomic():
        _leave_waiting(built, found, made, books)
    yield len(years) + 1, len(years) + 1


def _judge(province: Unit, by: Person) -> Person:
    """Somebody above all of them: whoever proposes does not judge."""
    judge = accounts.register(name=JUDGE, by=by, at=NOW)
    accounts.appoint(
        person=judge,
        unit=province,
        line=Line.objects.get(code=TERRITORY),
        role=Post.Role.APPROVER,
        date=OPENED,
        by=by,
        at=NOW,
    )
    return judge


def _activities() -> dict[tuple[int, str], list[Activity]]:
    found: dict[tuple[int, str], list[Activity]] = defaultdict(list)
    held = Activity.objects.filter(kind__code__in=SHOWING, withdrawn_at=None).order_by("date", "pk")
    for each in held:
        found[each.unit_id, each.title].append(each)
    return found


def _moment(day: dt.date) -> dt.datetime:
    return min(dt.datetime.combine(day, dt.time(15), HANOI), NOW)


def _close(year: int) -> dt.datetime:
    """When the year's register is written up."""
    return _moment(dt.date(year, 12, 31))


def _begin(found: Iterable[Told], year: int, made: dict[int, Practice], books: Books) -> None:
    for each in found:
        if each.start.year == year:
            made[id(each)] = _propose(each, books)
        for step, act in zip(STEPS, ACTS, strict=True):
            day: dt.date | None = getattr(each, step)
            if day and day.year == year:
                practice = made[id(each)]
                by, at = books.judge, _moment(day)
                act(practice=practice, date=day, seen=practice.version, by=by, at=at)


def _propose(each: Told, books: Books) -> Practice:
    unit, aims = books.placed[each.unit], AIMS[each.field]
    draft = Draft(
        kind=each.kind,
        field=each.field,
        title=each.title,
        summary=each.summary,
        steps=each.steps,
        contact_unit=unit,
        contact_role=Post.Role.LEADER,
        holder=each.holder,
        cost=each.cost,
        needs=each.needs,
        movement=_movement(each, books),
        objectives=[goal for goal in books.objectives if goal.title.startswith(aims)],
    )
    at = _moment(each.start)
    return actions.propose(unit=unit, draft=draft, start=each.start, by=books.by, at=at)


def _movement(each: Told, books: Books) -> Movement | None:
    """The movement that it is kept for; none that was launched after it began."""
    is_guard = each.field == "quoc-phong-an-ninh" and each.title not in OF_MOVEMENTS
    found = books.movements.get(OF_SECURITY if is_guard else OF_MOVEMENTS.get(each.title, ""))
    return found if found and found.start_date <= each.start else None


def _take_up(
    found: Iterable[Told],
    year: int,
    made: Mapping[int, Practice],
    followed: dict[int, Adoption],
    books: Books,
) -> None:
    """All that began in the year, at once; one may have learned from another of the same year."""
    told: list[tuple[Follower, Life]] = []
    for each in found:
        lives: dict[int, Life] = {}
        for who in each.followers:
            if who.start.year == year:
                source = _source(each, who, made[id(each)], lives, followed)
                lives[id(who)] = Life(made[id(each)], books.placed[who.unit], source, who.start)
                told.append((who, lives[id(who)]))
    made_now = register.adopt_many(lives=[life for _, life in told], by=books.by, at=_close(year))
    followed.update((id(who), one) for (who, _), one in zip(told, made_now, strict=True))


def _source(
    each: Told,
    who: Follower,
    practice: Practice,
    lives: Mapping[int, Life],
    followed: dict[int, Adoption],
) -> Adoption | Life:
    if who.source >= 0:
        teacher = id(each.followers[who.source])
        return lives[teacher] if teacher in lives else followed[teacher]
    if id(each) not in followed:
        followed[id(each)] = practice.adoptions.get(learned_from=None)
    return followed[id(each)]


def _go_on(
    found: Iterable[Told],
    year: int,
    made: Mapping[int, Practice],
    followed: dict[int, Adoption],
    books: Books,
) -> None:
    """What the year brought each: results, records that show it, an end."""
    since = []
    for each in found:
        for who in everyone(each):
            if id(who) not in followed and isinstance(who, Told) and id(who) in made and who.origin:
                followed[id(who)] = made[id(who)].adoptions.get(learned_from=None)
            adoption = followed.get(id(who))
            if adoption and adoption.state == Adoption.State.CONFIRMED:
                since.append(_since(who, adoption, each.shown_by, year, books))
    since = [each for each in since if each.results or each.signs or each.end]
    register.keep_many(told=since, by=books.by, at=_close(year))


def _since(who: Told | Follower, adoption: Adoption, title: str, year: int, books: Books) -> Since:
    results = who.origin if isinstance(who, Told) else who.results
    end = (who.end, who.reason) if isinstance(who, Follower) and who.end else None
    first = max(dt.date(year, 1, 1), adoption.start_date or dt.date.max)
    last = min(_close(year).date(), end[0] if end else dt.date.max)
    signs = [
        each
        for each in books.shown.get((adoption.unit_id, title), ())
        if title and first <= each.date <= last
    ]
    told = [Result(day, people, saved) for day, people, saved in results if day.year == year]
    return Since(adoption, told, signs, end if end and end[0].year == year else None)


def _end(found: Iterable[Told], year: int, made: Mapping[int, Practice], books: Books) -> None:
    for each in found:
        if each.stopped and each.stopped.year == year:
            practice = made[id(each)]
            practice.refresh_from_db()
            actions.stop(
                practice=practice,
                date=each.stopped,
                reason=STOPPED,
                seen=practice.version,
                by=books.by,
                at=_close(year),
            )


def _leave_waiting(
    built: Structure, found: Sequence[Told], made: Mapping[int, Practice], books: Books
) -> None:
    """For the branch of the sample's recorder: two proposals that wait above it, and a practice that waits for it."""
    cell = books.placed[built.old_teams[0].cells[0]]
    for kind, field, title, summary in rows.PROPOSED:
        draft = Draft(
            kind, field, title, summary, rows.PROPOSED_STEPS, cell, Post.Role.LEADER
        )  # fmt: skip
        start = dt.date(NOW.year, 9, 8)
        actions.propose(unit=cell, draft=draft, start=start, by=books.by, at=NOW)
    spreading = max(found, key=lambda each: (each.kind == "cach-lam", len(each.followers)))
    practice = made[id(spreading)]
    adoptions.ask(
        practice=practice,
        unit=cell,
        source=practice.adoptions.get(learned_from=None),
        by=books.by,
        at=NOW,
    )
