"""Kinds of activity from their file. Editing and loading again is how they change."""

from pathlib import Path
from typing import Any, NamedTuple

from lantoa.ledger.models import Measure
from lantoa.lib import tomls
from lantoa.work.models import ActivityKind, KindMeasure

WORDS = ("one", "needed", "optional", "parts", "may_recur", "is_open")
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
