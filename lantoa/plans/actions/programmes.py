"""What one may do about programmes: found them, set milestones, themes and objectives; know terms and study topics."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from django.db import IntegrityError, models, transaction

from lantoa.lib import secrecy, text, tomls
from lantoa.lib.dates import show_day
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Unit
from lantoa.plans.models import (
    Directive,
    Milestone,
    Objective,
    Programme,
    StudyTopic,
    Term,
    Theme,
)
from lantoa.plans.refusals import RefusedError

FIRST_YEAR = 2000
Made = TypeVar("Made", bound=models.Model)


def found(
    *,
    unit: Unit,
    name: str,
    start_date: dt.date,
    end_date: dt.date | None = None,
    directive: Directive | None = None,
    by: Person,
    at: dt.datetime,
) -> Programme:
    """Begin a programme, led by a unit, on the ground of a directive.

    Raises:
        RefusedError: no name, days the wrong way round, or there is one of that name.
    """
    rights.require(by, "plans.define", unit, at)
    if end_date is not None and end_date <= start_date:
        raise RefusedError(
            where="end_date",
            vi=f"Ngày kết thúc {show_day(end_date)} không sau ngày bắt đầu {show_day(start_date)}. Hãy xem lại hai ngày này.",
            en=f"The end {show_day(end_date)} is not after the start {show_day(start_date)}. Check both days.",
        )
    made = Programme(
        unit=unit, name=_named(name, "name", Programme, "name"), directive=directive,
        start_date=start_date, end_date=end_date, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    return _kept(
        made, "name", "Đơn vị đã có chương trình tên này.", "The unit has a programme of this name."
    )


def set_milestone(
    *,
    programme: Programme,
    kind: str,
    name: str,
    date: dt.date,
    directive: Directive | None = None,
    by: Person,
    at: dt.datetime,
) -> Milestone:
    """Set a day on which the programme is looked back upon.

    Raises:
        RefusedError: no name, or a day outside the programme.
    """
    rights.require(by, "plans.define", programme.unit, at)
    if date < programme.start_date or (programme.end_date and date > programme.end_date):
        raise RefusedError(
            where="date",
            vi=f"Ngày {show_day(date)} ngoài thời gian của chương trình. Hãy chọn ngày khác.",
            en=f"{show_day(date)} is outside the programme's span. Choose another day.",
        )
    if kind not in Milestone.Kind.values:
        raise RefusedError(where="kind", vi="Chọn loại mốc.", en="Choose a kind of milestone.")
    made = Milestone(
        programme=programme, kind=kind, name=_named(name, "name", Milestone, "name"), date=date,
        directive=directive,
    )  # fmt: skip
    return _kept(made, "date", "Mốc này đã có.", "This milestone is there already.")


def set_theme(
    *,
    programme: Programme,
    unit: Unit,
    year: int,
    title: str,
    directive: Directive | None = None,
    topics: Sequence[StudyTopic] = (),
    by: Person,
    at: dt.datetime,
) -> Theme:
    """Say what a year is about, under the full title. One a year for each unit that issues one.

    Raises:
        RefusedError: no title, a year outside the programme, or the year has a theme.
    """
    rights.require(by, "plans.define", unit, at)
    last = programme.end_date.year if programme.end_date else 2100
    if not max(FIRST_YEAR, programme.start_date.year) <= year <= last:
        raise RefusedError(
            where="year",
            vi=f"Năm {year} ngoài thời gian của chương trình. Hãy chọn năm khác.",
            en=f"{year} is outside the programme's span. Choose another year.",
        )
    made = Theme(
        programme=programme, unit=unit, year=year, title=_named(title, "title", Theme, "title"),
        directive=directive, recorded_at=at, recorded_by=by,
    )  # fmt: skip
    _kept(
        made, "year", f"Năm {year} đơn vị đã có chuyên đề. Mỗi năm một chuyên đề.",
        f"The unit has a theme for {year}. There is one a year.",
    )  # fmt: skip
    made.topics.set(topics)
    return made


def set_objective(
    *, unit: Unit, term: Term, kind: str, position: int, title: str, by: Person, at: dt.datetime
) -> Objective:
    """Set an objective of the term at its place, or say it in other words.

    Raises:
        RefusedError: no title, or no such kind.
    """
    rights.require(by, "plans.define", unit, at)
    if kind not in Objective.Kind.values:
        raise RefusedError(where="kind", vi="Chọn loại mục tiêu.", en="Choose a kind of objective.")
    return Objective.objects.update_or_create(
        unit=unit, term=term, kind=kind, position=position,
        defaults={"title": _named(title, "title", Objective, "title")},
    )[0]  # fmt: skip


@transaction.atomic
def load_topics(*, path: Path, by: Person, at: dt.datetime) -> None:
    """Bring study topics in line with a file (`topics.toml`). A topic it no longer names is closed.

    Raises:
        tomls.DefinitionError: a definition is wrong.
    """
    rights.require(by, "work.define", None, at)
    tables = tomls.read(path)
    for place, (code, table) in enumerate(tables.items(), start=1):
        tomls.only(code, table, needed=["name"], optional=[])
        vi, en = tomls.both_languages(code, table, "name")
        StudyTopic.objects.update_or_create(
            code=code, defaults={"name_vi": vi, "name_en": en, "position": place, "is_open": True}
        )
    StudyTopic.objects.exclude(code__in=tables).update(is_open=False)


def open_term(
    *,
    level: str,
    name: str,
    ordinal: str,
    start_date: dt.date,
    end_date: dt.date | None,
    by: Person,
    at: dt.datetime,
) -> Term:
    """Know a term from one congress to the next, at a level. Saying it twice is saying it once."""
    rights.require(by, "plans.define", None, at)
    return Term.objects.update_or_create(
        level=level,
        name=name,
        defaults={"ordinal": ordinal, "start_date": start_date, "end_date": end_date},
    )[0]


def _named(said: str, where: str, model: type[models.Model], column: str) -> str:
    said = text.one_line(said)
    secrecy.refuse(said)
    most = getattr(model._meta.get_field(column), "max_length", 0)
    if not said or len(said) > most:
        raise RefusedError(
            where=where,
            vi=f"Mục này chưa ghi, hoặc dài quá {most} ký tự. Hãy ghi lại.",
            en=f"This is empty, or longer than {most} characters. Write it again.",
        )
    return said


def _kept(made: Made, where: str, vi: str, en: str) -> Made:
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise RefusedError(
            where=where, vi=f"{vi} Hãy mở cái đã có.", en=f"{en} Open the one that is there."
        ) from None
    return made
