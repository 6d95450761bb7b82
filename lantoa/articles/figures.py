"""A figure that an article quotes: its question as kept in the text, and what the books say to it now.

A question is what the address of a figure's page holds: `mo-hinh?ky=2023&he=phu-nu`; `a+b?ky=2023` adds up two. Words in it: `ky` the period,
`chot` its rule, `he` the line, `moc` the day of the structure, `don-vi` the unit.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from lantoa.ledger.models import Measure
from lantoa.lib import dates, numbers
from lantoa.lib.errors import LantoaError
from lantoa.lib.periods import CALENDAR, Period
from lantoa.lib.periods import period as period_of
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Line
from lantoa.warehouse import figures

WORDS = ("ky", "chot", "he", "moc", "don-vi")
PLACE = re.compile(r"/so-lieu/([a-z0-9-]+)/(?:ho-so/)?$")
QUOTED = re.compile(
    r'<a\b[^>]*\blinktype="figure"[^>]*\bquestion="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL
)
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+|\d+")
PERCENT, PLUS = "%", "+"
LONGEST = 18  # digits


class Reading(NamedTuple):
    """What the books say: a total, or two that are divided when they are shown. None: nobody has said."""

    value: int | None
    bottom: int | None = None


class _Asked(NamedTuple):
    measures: tuple[Measure, ...]
    period: Period
    line: Line
    structure: dt.date | None
    unit: int


def question_of(address: str) -> str:
    """The question in the address of a figure's page or of its records; "" when it is none."""
    parts = urlsplit(address.strip())
    found = PLACE.search(parts.path)
    if not found:
        return ""
    said = {name: values[0] for name, values in parse_qs(parts.query).items() if name in WORDS}
    kept = {name: said[name] for name in WORDS if name in said}
    return f"{found[1]}?{urlencode(kept)}" if "ky" in kept else ""


def quoted(markup: str) -> list[tuple[str, str]]:
    """The questions in a rich text, each with the words it stands behind."""
    return [(question.replace("&amp;", "&"), words) for question, words in QUOTED.findall(markup)]


def read(questions: Iterable[str]) -> dict[str, Reading]:
    """What the books say now to each question that can be understood; as few readings as lines and structures differ."""
    asked = _understood(set(questions))
    together: dict[tuple[int, dt.date | None, int], list[str]] = defaultdict(list)
    for question, one in asked.items():
        together[one.line.pk, one.structure, one.unit].append(question)
    said: dict[str, Reading] = {}
    for group in together.values():
        some = [asked[each] for each in group]
        table = figures.family(
            measures=list({each.pk: each for one in some for each in one.measures}.values()),
            unit=some[0].unit,
            line=some[0].line,
            periods=list({one.period: None for one in some}),
            structure=some[0].structure,
        )
        for question, one in zip(group, some, strict=True):
            found = [table.figure(each, one.unit, one.period) for each in one.measures]
            said[question] = _together(found)
    return said


def _together(found: list[figures.Figure]) -> Reading:
    """One figure, or the sum of several plain ones."""
    tops = [each.top for each in found if each.top is not None]
    if len(tops) < len(found) or any(each.bottom == 0 for each in found):
        return Reading(None)
    return Reading(sum(tops), found[0].bottom)


def codes(question: str) -> list[str]:
    """The measures of a question: one, or several that are added up."""
    return question.partition("?")[0].split(PLUS)


def show(question: str, reading: Reading, lang: str) -> str:
    """The reading as it is written: `1.103`, `87,20%`."""
    if reading.value is None:
        return numbers.NO_VALUE
    if reading.bottom is None:
        return numbers.show(reading.value, lang)
    is_share = Measure.objects.filter(code=codes(question)[0], unit_vi=PERCENT).exists()
    write = numbers.show_percent if is_share else numbers.show_ratio
    return write(reading.value, reading.bottom, 2 if is_share else 1, lang)


def says_otherwise(words: str, reading: Reading) -> bool:
    """Whether words hold numbers, and none of them is the whole number that was read."""
    written = [int(each.replace(".", "")) for each in NUMBER.findall(words)]
    return bool(written) and reading.bottom is None and reading.value not in written


def _understood(questions: set[str]) -> dict[str, _Asked]:
    """What each question asks; without those of which a word is no longer known."""
    split = {each: each.partition("?")[::2] for each in questions}
    measures = Measure.objects.select_related("top", "bottom").in_bulk(
        {code for each in questions for code in codes(each)}, field_name="code"
    )
    lines = orgs.lines() if measures else []
    roots: dict[tuple[int, dt.date], int | None] = {}
    found = {}
    for question, (_code, query) in split.items():
        said = {name: values[0] for name, values in parse_qs(query).items()}
        many = [measures[code] for code in codes(question) if code in measures]
        one = _parsed(many, said, lines, roots) if len(many) == len(codes(question)) else None
        if one:
            found[question] = one
    return found


def _parsed(
    measures: list[Measure],
    said: dict[str, str],
    lines: list[Line],
    roots: dict[tuple[int, dt.date], int | None],
) -> _Asked | None:
    code = said.get("he", "")
    line = next((each for each in lines if each.code == code or (not code and each.kind == Line.Kind.TERRITORY)), None)  # fmt: skip
    try:
        period = period_of(said.get("ky", ""), said.get("chot") or CALENDAR)
        structure = dates.read_day(said["moc"]) if said.get("moc") else None
    except LantoaError:
        return None
    is_sum_of_ratios = len(measures) > 1 and any(each.nature == Measure.Nature.RATIO for each in measures)  # fmt: skip
    if line is None or is_sum_of_ratios:
        return None
    number = said.get("don-vi", "")
    if number.isascii() and number.isdecimal() and len(number) < LONGEST:
        return _Asked(tuple(measures), period, line, structure, int(number))
    day = structure or period.last_day
    if (line.pk, day) not in roots:
        root = orgs.root_on(line, day)
        roots[line.pk, day] = root.pk if root else None
    unit = roots[line.pk, day]
    return _Asked(tuple(measures), period, line, structure, unit) if unit else None
