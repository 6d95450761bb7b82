"""The form that records what was done: three answers and a number, then whatever there is to add.

A form that was sent badly comes back as it was typed, each box with its sentence.
"""

import datetime as dt
import uuid as uuids
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from lantoa.desk.doors import lang, sentence
from lantoa.desk.forms import purposes
from lantoa.desk.forms.purposes import Offered as Purposed
from lantoa.desk.forms.purposes import Purposes
from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.lib.errors import RefusedError
from lantoa.orgs.models import Unit
from lantoa.plans.guess import Offered, guess
from lantoa.plans.models import Task
from lantoa.plans.queries import plans
from lantoa.work import queries, typed
from lantoa.work.models import Activity, ActivityKind, KindMeasure
from lantoa.work.typed import HEADS, THE_NUMBER, Typed

MOST_USED = 5  # with "something else" six tiles, so that all three answers stand above the button on a phone
OTHER_DAY = "khac"
# Stands in a form that asks what the record serves besides its task.
ASKS = "hoi-phuc-vu"
A_YEAR = dt.timedelta(days=365)
# Where a mistake is, and the id of its box.
PLACES = {
    "kind": "viec",
    "date": "ngay",
    "title": "ket-qua",
    "photos": "anh",
    "reason": "ly-do",
    "task": "nhiem-vu",
    "theme": "phuc-vu",
    "movement": "phuc-vu",
    "directive": "phuc-vu",
    "objectives": "phuc-vu",
}
ICONS = {
    "hoi-nghi-truc-tiep": "users", "hoi-nghi-truc-tuyen": "globe", "sinh-hoat-chuyen-de": "book-open",
    "chao-co": "flag", "lop-boi-duong": "book-open", "lao-dong": "hand-helping", "giup-do": "hand-helping",
    "trao-doi": "users", "phat-dong": "flag", "ve-nguon": "house", "tiep-dan": "message-circle",
    "doi-thoai": "message-circle", "tra-loi-dan": "message-circle", "ban-hanh-van-ban": "file-text",
    "tin-bai": "file-text", "kiem-tra": "clipboard-check", "giam-sat": "clipboard-check",
}  # fmt: skip


@dataclass(frozen=True)
class Box:
    """A number to type: `name` in the form, `last` what the unit wrote the last time."""

    id: str
    name: str
    label: str
    unit: str
    value: str = ""
    last: str = ""
    wrong: str = ""


@dataclass(frozen=True)
class Served:
    """A task that the activity may serve."""

    pk: int
    name: str
    is_chosen: bool
    # What it is part of, by the names of the boxes: the records that serve it are too.
    part_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """A kind as it is offered, with its boxes. `task`: the one that it most likely serves."""

    code: str
    name: str
    icon: str
    is_chosen: bool
    last: str
    needed: list[Box]
    optional: list[Box]
    task: int | None = None


@dataclass(frozen=True)
class Form:
    """All that the page shows."""

    uuid: uuids.UUID
    unit: Unit
    offers: list[Offer]
    chips: list[Offer]
    chosen: Offer | None
    is_of_one_kind: bool
    today: dt.date
    yesterday: dt.date
    day: str
    other_day: str
    title: str
    tasks: list[Served] = field(default_factory=list)
    # By its number, as text; empty for none.
    serves: str = ""
    has_chosen_task: bool = False
    purposes: Purposes = field(default_factory=Purposes)
    wrong: dict[str, str] = field(default_factory=dict)
    mistakes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def day_typed(self) -> str:
        """The day as the one box of a correction holds it."""
        if self.day == OTHER_DAY:
            return self.other_day
        return dates.show_day(dt.date.fromisoformat(self.day))

    @property
    def short(self) -> Offer:
        """The one number, of whatever kind is chosen in the end."""
        return self.chosen or Offer(
            "", "", "", is_chosen=False, last="", needed=[_the_box()], optional=[]
        )


@dataclass(frozen=True)
class Known:
    """What the form is made of, read once: the kinds, and what the unit has recorded so far."""

    kinds: dict[str, ActivityKind]
    uses: Mapping[int, int]
    last: Mapping[int, Activity]
    unit: Unit
    today: dt.date
    tasks: Sequence[Task] = ()
    purposes: Purposed = field(default_factory=Purposed)


def known(unit: Unit, today: dt.date) -> Known:
    return Known(
        kinds={kind.code: kind for kind in queries.open_kinds()},
        uses=queries.uses_of_kinds(unit, today - A_YEAR),
        last=queries.last_of_each_kind(unit),
        unit=unit,
        today=today,
        tasks=plans.open_tasks(unit, today),
        purposes=purposes.offered(unit, today),
    )


def known_of_one(activity: Activity, today: dt.date) -> Known:
    """For a record that is there: its kind alone, though it may no longer be offered."""
    kind = queries.kind_of(activity)
    tasks = plans.open_tasks(activity.unit, today)
    if activity.task is not None and activity.task not in tasks:
        tasks = [activity.task, *tasks]
    there = purposes.with_those_of(purposes.offered(activity.unit, activity.date), activity)
    return Known({kind.code: kind}, {}, {}, activity.unit, today, tasks, there)


def as_it_stands(activity: Activity) -> Typed:
    """A record as its boxes hold it."""
    return Typed(
        kind=activity.kind.code,
        date=dates.show_day(activity.date),
        values={each.measure.code: numbers.show(each.value) for each in activity.values.all()},
        title=activity.title,
        uuid=activity.uuid,
        serves={
            "task": str(activity.task_id or ""),
            "theme": str(activity.theme_id or ""),
            "movement": str(activity.movement_id or ""),
            "directive": str(activity.directive_id or ""),
            "objectives": ",".join(str(each.pk) for each in activity.objectives.all()),
        },
    )


def understood(post: QueryDict, *, kind: str = "") -> Typed:
    """The boxes of a request, as text."""
    day = post.get("ngay", "")
    return Typed(
        kind=kind or post.get("viec", ""),
        date=post.get("ngay-khac", "") if day == OTHER_DAY else day,
        values={
            name.removeprefix("so-"): post.get(name, "") for name in post if _is_a_number(name)
        },
        title=post.get("noi-dung", ""),
        uuid=_number(post.get("ma", "")),
        serves=_served(post),
    )


def _served(post: QueryDict) -> dict[str, str] | None:
    """What the form asked about what the record serves; None where it asked nothing."""
    said = {"task": str(post["nhiem-vu"])} if "nhiem-vu" in post else {}
    if ASKS in post:
        said |= {name: ",".join(post.getlist(box)) for name, box in purposes.BOXES.items()}
    return said or None


def _is_a_number(name: str) -> bool:
    return name == THE_NUMBER or name.startswith("so-")


def _number(text: str) -> uuids.UUID:
    try:
        return uuids.UUID(text)
    except ValueError:
        return uuids.uuid4()


def blank(known: Known, kind: str = "") -> Form:
    """A form to fill in: with what the unit recorded last already chosen."""
    kind_asked = kind if kind in known.kinds else ""
    chosen = kind_asked or _newest(known)
    told = Typed(chosen, known.today.isoformat(), {}, "", uuids.uuid4())
    return of(known, told, is_of_one_kind=bool(kind_asked))


def of(
    known: Known, told: Typed, *, wrong: Sequence[RefusedError] = (), is_of_one_kind: bool = False
) -> Form:
    """The form as it was typed, with its mistakes."""
    sentences = {each.where: sentence(each) for each in wrong}
    offers = [_offer(known, kind, told, sentences) for kind in known.kinds.values()]
    chosen = next((offer for offer in offers if offer.is_chosen), None)
    yesterday = known.today - dt.timedelta(days=1)
    is_near = told.date in (known.today.isoformat(), yesterday.isoformat())
    heads = {box.name: box.id for box in _boxes(chosen)}
    serves = _serves(told, chosen)
    task = next((each for each in known.tasks if str(each.pk) == serves), None)
    is_said = bool(told.serves and purposes.BOXES.keys() & told.serves.keys())
    served = told.serves if is_said and told.serves else purposes.guessed(task)
    return Form(
        uuid=told.uuid,
        unit=known.unit,
        offers=offers,
        chips=_chips(known, offers),
        chosen=chosen,
        is_of_one_kind=is_of_one_kind or _is_long(chosen, told),
        today=known.today,
        yesterday=yesterday,
        day=told.date if is_near else OTHER_DAY,
        other_day="" if is_near else told.date,
        title=told.title,
        tasks=[
            Served(each.pk, each.content, str(each.pk) == serves, purposes.guessed(each))
            for each in known.tasks
        ],
        serves=serves,
        has_chosen_task=told.serves is not None,
        purposes=purposes.drawn(known.purposes, served, is_chosen=is_said),
        wrong=sentences,
        mistakes=[(_box_id(where, chosen, heads), text) for where, text in sentences.items()],
    )


def _serves(told: Typed, chosen: Offer | None) -> str:
    """The task that was chosen, by its number; before that, the one that was guessed."""
    if told.serves is not None:
        return told.serves.get("task", "")
    return str(chosen.task or "") if chosen else ""


def _guessed(known: Known, kind: ActivityKind, takes: Sequence[KindMeasure]) -> int | None:
    offered = [
        Offered(each.pk, f"{each.content} {each.product}", getattr(each.target_measure, "code", ""))
        for each in known.tasks
    ]
    return guess(offered, about=kind.name_vi, measures=[take.measure.code for take in takes])


def _boxes(offer: Offer | None) -> Iterable[Box]:
    return [*offer.needed, *offer.optional] if offer else []


def _box_id(where: str, chosen: Offer | None, ids: Mapping[str, str]) -> str:
    if where in PLACES:
        return PLACES[where]
    return ids.get(f"so-{where}", THE_NUMBER if chosen and _is_short(chosen) else "ket-qua")


def _is_long(offer: Offer | None, told: Typed) -> bool:
    """Whether the short form would hide something that was typed or is wanted."""
    typed_in = any(text.strip() for code, text in told.values.items() if code != THE_NUMBER)
    return offer is not None and (typed_in or not _is_short(offer))


def _is_short(offer: Offer) -> bool:
    return any(box.name == THE_NUMBER for box in offer.needed)


def _newest(known: Known) -> str:
    """What the unit recorded last, if the short form takes it."""
    short = [each for each in known.last.values() if _code(known, each.kind_id)]
    newest = max(short, key=lambda each: (each.date, each.pk), default=None)
    return _code(known, newest.kind_id) if newest else ""


def _code(known: Known, kind_id: int) -> str:
    kinds = (kind for kind in known.kinds.values() if kind.pk == kind_id)
    return next((kind.code for kind in kinds if typed.heads_of(list(kind.takes.all()))), "")


def _chips(known: Known, offers: Sequence[Offer]) -> list[Offer]:
    """Those that this unit uses most; a unit without records gets the first of the list."""
    short = [offer for offer in offers if _is_short(offer)]
    uses = {code: known.uses.get(kind.pk, 0) for code, kind in known.kinds.items()}
    return sorted(short, key=lambda offer: -uses[offer.code])[:MOST_USED]


def _offer(known: Known, kind: ActivityKind, told: Typed, wrong: Mapping[str, str]) -> Offer:
    takes = list(kind.takes.all())
    heads = typed.heads_of(takes)
    before = known.last.get(kind.pk)
    values = {each.measure_id: each.value for each in before.values.all()} if before else {}
    is_chosen = kind.code == told.kind

    def box(take: KindMeasure) -> Box:
        measure, is_heads = take.measure, take.measure == heads
        text = told.values.get(measure.code, "") if is_chosen else ""
        if is_heads:
            text = text or told.values.get(THE_NUMBER, "")
        last = values.get(measure.pk)
        return Box(
            id=THE_NUMBER if is_heads else f"so-{measure.code}",
            name=THE_NUMBER if is_heads else f"so-{measure.code}",
            label=_label(measure),
            unit=_unit(measure),
            value=text,
            last="" if last is None else numbers.show(last, lang()),
            wrong=wrong.get(measure.code, "") if is_chosen else "",
        )

    typed_in = [take for take in takes if take.takes != KindMeasure.Takes.ONE]
    needed = [box(take) for take in typed_in if take.takes == KindMeasure.Takes.NEEDED]
    return Offer(
        code=kind.code,
        name=kind.name_en if lang() == "en" else kind.name_vi,
        icon=ICONS.get(kind.code, "calendar-check"),
        is_chosen=is_chosen,
        last=needed[0].last if needed else "",
        needed=needed,
        optional=[box(take) for take in typed_in if take.takes == KindMeasure.Takes.OPTIONAL],
        task=_guessed(known, kind, takes),
    )


def _the_box() -> Box:
    return Box(THE_NUMBER, THE_NUMBER, _("Bao nhiêu người tham gia?"), "")


def _unit(measure: Measure) -> str:
    """Of one event the heads are people; attendances come of adding events up (DOMAIN.md)."""
    if measure.unit_vi == HEADS:
        return _("người")
    return measure.unit_en if lang() == "en" else measure.unit_vi


def _label(measure: Measure) -> str:
    """Heads are asked for as people say it; anything else by its name."""
    if measure.unit_vi == HEADS:
        return _("Bao nhiêu người tham gia?")
    return measure.name_en if lang() == "en" else measure.name_vi
