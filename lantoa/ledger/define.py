"""Measures from their file. Editing and loading again is how they change."""

from pathlib import Path
from typing import Any

from lantoa.ledger.models import Entry, Measure
from lantoa.lib import tomls

WHAT_IT_MEANS = ("nature", "along_time", "along_units", "top_id", "bottom_id")
ALONG_TIME = {"flow": {"sum"}, "balance": {"last"}, "level": {"last", "average", "min", "max"}}
ALONG_UNITS = {"sum", "average", "min", "max"}
WHAT_IT_IS_CALLED = ("name_vi", "name_en", "unit_vi", "unit_en", "definition_vi", "definition_en")


def load(path: Path) -> None:
    """Bring the measures in line with the file, in its order. Those it no longer names stay as they are."""
    tables = tomls.read(path)
    kept = {measure.code: measure for measure in Measure.objects.all()}
    # A ratio names two others: they go first, wherever the file has them.
    order = sorted(tables, key=lambda code: tables[code].get("nature") == Measure.Nature.RATIO)
    places = {code: place for place, code in enumerate(tables, start=1)}
    for code in order:
        wanted = _measure(code, tables[code], kept)
        wanted.position = places[code]
        _settle(wanted, kept.get(code))
        kept[code] = wanted


def _settle(wanted: Measure, before: Measure | None) -> None:
    if before is None:
        wanted.save(force_insert=True)
        return
    differs = [each for each in WHAT_IT_MEANS if getattr(wanted, each) != getattr(before, each)]
    if differs and Entry.objects.filter(measure=before).exists():
        raise tomls.wrong(
            wanted.code,
            "đã có số liệu nên không đổi được bản chất hay cách cộng; hãy dùng mã mới",
            "has entries, so its nature and rules stay; use a new code",
        )
    wanted.pk = before.pk
    wanted.save(force_update=True, update_fields=[*WHAT_IT_IS_CALLED, *WHAT_IT_MEANS, "position"])


def _measure(code: str, table: dict[str, Any], known: dict[str, Measure]) -> Measure:
    is_ratio = table.get("nature") == Measure.Nature.RATIO
    needed = ["name", "unit", "definition", "nature", *(["top", "bottom"] if is_ratio else [])]
    tomls.only(code, table, needed=needed, optional=["along_time", "along_units"])
    measure = Measure(
        code=code, nature=table["nature"], along_units=table.get("along_units", "sum")
    )
    for word in ("name", "unit", "definition"):
        vi, en = tomls.both_languages(code, table, word)
        setattr(measure, f"{word}_vi", vi)
        setattr(measure, f"{word}_en", en)
    measure.along_time = table.get("along_time", "last" if measure.nature == "balance" else "sum")
    _refuse_unknown_rules(measure)
    if is_ratio:
        measure.top, measure.bottom = (
            _part(code, table[word], known) for word in ("top", "bottom")
        )
    return measure


def _refuse_unknown_rules(measure: Measure) -> None:
    times = ALONG_TIME.get(measure.nature, {"sum"} if measure.nature == "ratio" else set())
    if measure.along_time not in times or measure.along_units not in ALONG_UNITS:
        raise tomls.wrong(
            measure.code,
            f"không cộng được theo {measure.nature}, {measure.along_time}, {measure.along_units}",
            f"cannot add up by {measure.nature}, {measure.along_time}, {measure.along_units}",
        )


def _part(code: str, part: str, known: dict[str, Measure]) -> Measure:
    found = known.get(part)
    if found is None or found.nature == Measure.Nature.RATIO:
        raise tomls.wrong(code, f"chia cho chỉ tiêu lạ {part}", f"is made of an unknown {part}")
    return found
