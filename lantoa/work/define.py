"""Kinds of activity, and duties, from their files. Editing and loading again is how they change."""

import datetime as dt
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from lantoa.ledger.models import Measure
from lantoa.lib import recurrence, tomls
from lantoa.orgs.models import Line, Unit
from lantoa.work.models import ActivityKind, Duty, KindMeasure

WORDS = ("one", "needed", "optional", "parts", "may_recur", "is_open")
DUTY_WORDS = ("name", "kind", "line", "unit_kinds", "rule", "start")
DUTY_MORE = ("early_days", "grace_days", "end")
A_YEAR = dt.timedelta(days=366)
Takes = KindMeasure.Takes


class Take(NamedTuple):
    """A measure that a kind takes: how, and of which whole it is a part."""

    how: str
    part_of: str | None


def load(path: Path) -> None:
    """Bring the kinds in line with the file, in its order. One that it no longer names is closed, never removed."""
    tables = tomls.read(path)
    measures = {measure.code: measure for measure in Measure.objects.all()}
    for place, (code, table) in enumerate(tables.items(), start=1):
        tomls.only(code, table, needed=["name"], optional=WORDS)
        taken = _takes(code, table, measures)
        kind = _kind(code, table, place)
        _settle(kind, taken, measures)
    ActivityKind.objects.exclude(code__in=tables).update(is_open=False)


def _kind(code: str, table: dict[str, Any], place: int) -> ActivityKind:
    vi, en = tomls.both_languages(code, table, "name")
    return ActivityKind.objects.update_or_create(
        code=code,
        defaults={
            "name_vi": vi,
            "name_en": en,
            "may_recur": table.get("may_recur", False),
            "is_open": table.get("is_open", True),
            "position": place,
        },
    )[0]


def _takes(code: str, table: dict[str, Any], measures: dict[str, Measure]) -> dict[str, Take]:
    """By measure code, in the order in which they are asked for."""
    named = [(each, Take(how, None)) for how in Takes.values for each in table.get(how, [])]
    for whole, parts in table.get("parts", {}).items():
        if whole not in dict(named):
            raise tomls.wrong(
                code, f"không ghi {whole} mà chia", f"parts {whole} without taking it"
            )
        named += [(each, Take(Takes.OPTIONAL, whole)) for each in parts]
    taken = dict(named)
    if not taken or len(taken) != len(named):
        raise tomls.wrong(
            code,
            "phải ghi ít nhất một chỉ tiêu, mỗi chỉ tiêu một lần",
            "takes nothing, or one twice",
        )
    for each in taken:
        if each not in measures or measures[each].nature != Measure.Nature.FLOW:
            raise tomls.wrong(
                code, f"ghi chỉ tiêu lạ {each}", f"takes {each}, which is no flow that is known"
            )
    return taken


def _settle(kind: ActivityKind, taken: dict[str, Take], measures: dict[str, Measure]) -> None:
    KindMeasure.objects.filter(kind=kind).exclude(measure__code__in=taken).delete()
    for place, (code, take) in enumerate(taken.items()):
        KindMeasure.objects.update_or_create(
            kind=kind,
            measure=measures[code],
            defaults={
                "takes": take.how,
                "part_of": measures[take.part_of] if take.part_of else None,
                "position": place,
            },
        )


def load_duties(path: Path) -> None:
    """Bring the duties in line with the file. One that it no longer names stays, with its past."""
    lines = {line.code: line for line in Line.objects.all()}
    kinds = {kind.code: kind for kind in ActivityKind.objects.all()}
    for code, table in tomls.read(path).items():
        tomls.only(code, table, needed=DUTY_WORDS, optional=DUTY_MORE)
        _refuse_unknown_duty(code, table, lines, kinds)
        vi, en = tomls.both_languages(code, table, "name")
        Duty.objects.update_or_create(
            code=code,
            defaults={
                "name_vi": vi,
                "name_en": en,
                "kind": kinds[table["kind"]],
                "line": lines[table["line"]],
                "unit_kinds": table["unit_kinds"],
                "rule": table["rule"],
                "early_days": table.get("early_days", 0),
                "grace_days": table.get("grace_days", 0),
                "start_date": table["start"],
                "end_date": table.get("end"),
            },
        )


def _refuse_unknown_duty(
    code: str, table: dict[str, Any], lines: dict[str, Line], kinds: dict[str, ActivityKind]
) -> None:
    asked = {
        "kind": ({table["kind"]}, kinds.keys()),
        "line": ({table["line"]}, lines.keys()),
        "unit_kinds": (set(table["unit_kinds"]), set(Unit.Kind.values)),
    }
    for word, (said, known) in asked.items():
        unknown = ", ".join(sorted(said - known))
        if unknown or not said:
            raise tomls.wrong(
                code,
                f"có {word} lạ: {unknown or 'trống'}",
                f"has unknown {word}: {unknown or 'none'}",
            )
    start = table["start"]
    year = recurrence.days(table["rule"], start=start, first=start, last=start + A_YEAR)
    window = table.get("early_days", 0) + table.get("grace_days", 0)
    gaps = [(later - earlier).days for earlier, later in pairwise(year)]
    if gaps and min(gaps) <= window:
        raise tomls.wrong(
            code,
            f"chờ tới {window} ngày mà {min(gaps)} ngày đã lặp lại",
            f"waits for {window} days but recurs after {min(gaps)}",
        )
