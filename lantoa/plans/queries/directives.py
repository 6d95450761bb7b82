"""What one may ask about directives: the register, the tree, what they ask of whom and who has done it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from lantoa.ledger.queries import SourceRow
from lantoa.lib import symbols, text
from lantoa.lib.errors import LantoaError
from lantoa.orgs.models import Closure, Person, Unit, UnitName
from lantoa.orgs.queries import names_near, valid_on
from lantoa.plans.models import Directive, DirectiveDuty, DirectiveRelation, DirectiveVersion, Plan
from lantoa.plans.queries.trees import Told
from lantoa.plans.reach import seen_units

IDS_A_QUERY = 500
# Above the communes: those that a list of issuers offers by name.
LEADING = (
    "province",
    "party_province",
    "party_district",
    "party_direct",
    "women",
    "police",
    "military",
)
What = DirectiveDuty.What
# What a document that carries out a directive answers, by its kind.
ANSWERS = {
    What.PLAN: (Directive.Kind.PLAN, Directive.Kind.PROGRAMME),
    What.REPORT: (Directive.Kind.REPORT,),
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for in the register; "" and None ask for nothing.

    Attributes:
        issuer: exactly: a name outside, or the number of a unit.
        issued_by: words of the name outside, or of any name that the unit ever had; marks and case are immaterial.
    """

    words: str = ""
    kind: str = ""
    issuer: str = ""
    issued_by: str = ""
    signer: str = ""
    year: int | None = None
    line: str = ""
    withdrawn: bool = False


class State(StrEnum):
    DONE = "done"
    LATE = "late"
    MISSED = "missed"
    OPEN = "open"


class Answer(NamedTuple):
    """What a unit did about a duty: when, and the record that says so (`directive`, `plan` or `activity`)."""

    date: dt.date
    source: str
    number: int


class Standing(NamedTuple):
    """How a unit stands to a duty."""

    duty: DirectiveDuty
    unit_id: int
    state: State
    answer: Answer | None


def seen_by(by: Person, at: dt.datetime) -> QuerySet[Directive]:
    """The directives that somebody may read, with their units and lines; those withdrawn too."""
    units = seen_units(by, at).values("pk")
    return Directive.objects.filter(unit__in=units).select_related("unit", "line", "recorded_by")


def public() -> QuerySet[Directive]:
    """What anybody may read: marked so, and not withdrawn."""
    found = Directive.objects.filter(is_public=True, withdrawn_at=None)
    return found.select_related("unit", "line")


def changed(found: QuerySet[Directive]) -> QuerySet[Directive]:
    """Each with `corrected`: when the register last said something else of it, or None."""
    versions = DirectiveVersion.objects.filter(directive=OuterRef("pk")).order_by("-at")
    return found.annotate(corrected=Subquery(versions.values("at")[:1]))


def issuing(found: QuerySet[Directive]) -> tuple[list[str], list[int]]:
    """Who issued some directives: names outside, and units. Two queries."""
    outside = found.exclude(issuer="").order_by("issuer").values_list("issuer", flat=True)
    units = found.filter(issuer="", unit__kind__in=LEADING).order_by("unit")
    return list(outside.distinct()), list(units.values_list("unit", flat=True).distinct())


def years(found: QuerySet[Directive]) -> list[int]:
    """The years of some directives, the newest first. One query."""
    return [each.year for each in found.order_by().dates("date", "year", order="DESC")]


def search(found: QuerySet[Directive], wanted: Wanted) -> QuerySet[Directive]:
    """Those of a register that are looked for: all words, without marks, in number, kind, extract, signer or issuer."""
    found = found.filter(withdrawn_at__isnull=not wanted.withdrawn)
    for word in text.fold(wanted.words).split():
        found = found.filter(folded__contains=word)
    exactly = {"kind": wanted.kind, "date__year": wanted.year, "line__code": wanted.line}
    found = found.filter(**{name: value for name, value in exactly.items() if value})
    if wanted.signer:
        found = found.filter(folded__contains=text.fold(wanted.signer))
    if wanted.issuer:
        issued = Q(issuer=wanted.issuer)
        if wanted.issuer.isascii() and wanted.issuer.isdigit():
            issued |= Q(issuer="", unit=int(wanted.issuer[:18]))
        found = found.filter(issued)
    if wanted.issued_by:
        found = found.filter(_issued_by(text.fold(wanted.issued_by)))
    return found


def _issued_by(folded: str) -> Q:
    """Names outside are few, and kept as they were written: they are read through. Two queries."""
    outside = Directive.objects.exclude(issuer="").order_by().values_list("issuer", flat=True)
    alike = [each for each in outside.distinct() if folded in text.fold(each)]
    bore = UnitName.objects.filter(folded__contains=folded).values("unit")
    return Q(issuer__in=alike) | Q(issuer="", unit__in=bore)


def by_code(found: QuerySet[Directive], typed: str) -> Directive | None:
    """The newest directive that is cited so: `05-CT/TW`, or a whole citation. None when nothing is."""
    try:
        code = symbols.read_cited(typed).symbol.code
    except LantoaError:
        return None
    return found.filter(code=code, withdrawn_at=None).order_by("-date", "-pk").first()


def issuers(directives: Iterable[Directive | Told]) -> dict[int, str]:
    """Who issued each directive, by its number: the name outside, or the unit's name of the document's day."""
    told = list(directives)
    names = names_near((each.unit_id, each.date) for each in told if not each.issuer)
    return {each.pk: each.issuer or names[each.unit_id, each.date] for each in told}


def related(directive: Directive, found: QuerySet[Directive]) -> tuple[
    list[tuple[str, Directive]], list[tuple[str, Directive]]
]:  # fmt: skip
    """What a directive does to earlier ones, and later ones to it, as far as `found` holds them."""
    seen = found.filter(withdrawn_at=None).values("pk")
    up = directive.upwards.filter(other__in=seen).select_related("other").order_by("other__date")
    down = directive.downwards.filter(directive__in=seen).select_related("directive")
    return (
        [(str(each.get_kind_display()), each.other) for each in up],
        [
            (str(each.get_kind_display()), each.directive)
            for each in down.order_by("directive__date")
        ],
    )


def versions_of(directive: Directive) -> QuerySet[DirectiveVersion]:
    """What the register said of it, the oldest first; nothing where it was never corrected."""
    return directive.versions.select_related("by").order_by("number")


def duties_of(directive: Directive) -> list[DirectiveDuty]:
    return list(
        directive.duties.select_related("line", "directive__unit").order_by("due_date", "pk")
    )


def duties_for(unit: Unit, *, first: dt.date, last: dt.date) -> list[DirectiveDuty]:
    """The duties of a span that bind a unit: of its kind, and below the directing unit in the line. Two queries."""
    above = Closure.objects.filter(unit=unit).exclude(ancestor=unit)
    stands = set(above.values_list("line_id", "ancestor_id"))
    found = DirectiveDuty.objects.filter(
        due_date__gte=first, due_date__lte=last, directive__withdrawn_at=None
    ).select_related("directive", "line")
    return [
        each
        for each in found.order_by("due_date", "pk")
        if unit.kind in each.unit_kinds and (each.line_id, each.directive.unit_id) in stands
    ]


def asking_for_plan(unit: Unit, year: int) -> list[Directive]:
    """The directives that ask a unit for its plan, by a day of the plan's year. Two queries."""
    found = duties_for(unit, first=dt.date(year, 1, 1), last=dt.date(year, 12, 31))
    asked = {each.directive_id: each.directive for each in found if each.what == What.PLAN}
    return list(asked.values())


def bound(duty: DirectiveDuty, today: dt.date) -> list[int]:
    """The units that a duty binds: as the line stands on the due day, or today while that is to come. One query."""
    day = min(duty.due_date, today)
    below = Closure.objects.filter(
        valid_on(day), line=duty.line_id, ancestor=duty.directive.unit_id, depth__gt=0
    )
    found = below.filter(unit__kind__in=duty.unit_kinds).order_by("unit_id")
    return list(found.values_list("unit_id", flat=True))


def standings(
    duties: Sequence[DirectiveDuty],
    held: Mapping[tuple[int, int], Answer],
    *,
    today: dt.date,
    units: Collection[int] | None = None,
) -> list[Standing]:
    """How each bound unit stands to each duty. Two queries for all answers, one more a duty.

    Args:
        held: what was held that names a directive, by directive and unit: the room above knows it.
        units: of these alone; None: of all that are bound.
    """
    answered = _answers({each.directive_id for each in duties})
    found = []
    for duty in duties:
        for unit in bound(duty, today) if units is None else units:
            key = (duty.directive_id, unit)
            said = held.get(key) if duty.what == What.BRIEF else answered.get((duty.what, *key))
            found.append(Standing(duty, unit, _state(duty, said, today), said))
    return found


def _answers(directive_ids: Collection[int]) -> dict[tuple[str, int, int], Answer]:
    """The first answer of each unit to each thing asked: by plans that were sent, and by documents of its own."""
    found: dict[tuple[str, int, int], Answer] = {}

    def say(what: str, directive: int, unit: int, answer: Answer) -> None:
        before = found.get((what, directive, unit))
        if before is None or answer.date < before.date:
            found[what, directive, unit] = answer

    plans = Plan.directives.through.objects.filter(
        directive_id__in=directive_ids, plan__versions__number=1
    )
    for directive, unit, plan, sent in plans.values_list(
        "directive_id", "plan__unit_id", "plan_id", "plan__versions__sent_at__date"
    ):
        say(What.PLAN, directive, unit, Answer(sent, "plan", plan))
    ways = DirectiveRelation.objects.filter(
        other__in=directive_ids,
        kind="implements",
        directive__withdrawn_at=None,
        directive__issuer="",
    )
    for other, each, unit, kind, date in ways.values_list(
        "other_id", "directive_id", "directive__unit_id", "directive__kind", "directive__date"
    ):
        answer = Answer(date, "directive", each)
        for what in (What.DOCUMENT, What.PLAN, What.REPORT):
            if kind in ANSWERS.get(what, (kind,)):
                say(what, other, unit, answer)
    return found


def _state(duty: DirectiveDuty, answer: Answer | None, today: dt.date) -> State:
    if answer:
        return State.DONE if answer.date <= duty.due_date else State.LATE
    return State.OPEN if today <= duty.due_date else State.MISSED


def rows_for(source_ids: Iterable[int]) -> dict[int, SourceRow]:
    """The directives behind ledger entries of source kind "directive". One query for every 500."""
    ids, rows = sorted(set(source_ids)), {}
    for start in range(0, len(ids), IDS_A_QUERY):
        found = Directive.objects.filter(pk__in=ids[start : start + IDS_A_QUERY])
        for each in found:
            rows[each.pk] = SourceRow(
                source_id=each.pk,
                date=each.date,
                unit_id=each.unit_id,
                unit="",
                kind_vi="Văn bản chỉ đạo",
                kind_en="Directive",
                title=each.code,
                is_withdrawn=each.withdrawn_at is not None,
            )
    return rows
