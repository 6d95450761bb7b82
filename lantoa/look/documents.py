"""Directives as both doors show them: a row of a list, and the cards of the tree. Each door says where a card leads."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lantoa.lib.dates import show_day
from lantoa.look.descent import Node
from lantoa.orgs.models import Line, Unit
from lantoa.plans.models import Directive, DirectiveRelation
from lantoa.plans.queries import directives, trees
from lantoa.plans.queries.trees import Branch, Group, Told

# The territory and the Party go down through all levels; what goes along another line is marked in the drawing.
PARTY = "dang"


@dataclass(frozen=True, slots=True)
class Row:
    """A directive in a list."""

    pk: int
    code: str
    kind: str
    extract: str
    issuer: str
    date: dt.date


@dataclass(frozen=True)
class Addresses:
    """Where the cards lead: of a directive, and of a group under a directive ("" is all that stands below), by its number."""

    one: Callable[[int], str]
    group: Callable[[int, str], str]


def rows(found: Sequence[Directive] | Sequence[Told]) -> list[Row]:
    issuers = directives.issuers(found)
    return [
        Row(each.pk, each.code, kind(each), each.extract, issuers[each.pk], each.date)
        for each in found
    ]


def kind(directive: Directive | Told) -> str:
    word = _kind(directive)
    return word[:1].upper() + word[1:]


def _kind(directive: Directive | Told) -> str:
    return str(Directive.Kind(directive.kind).label)


def nodes(roots: Sequence[Branch], lead: Addresses, *, here: int = 0) -> list[Node]:
    """The cards of some trees. One query for every 500 units that issued them.

    Args:
        here: the directive whose page it is.
    """
    told = [each.directive for each in trees.walked(roots)]
    known = _Known(
        lead, directives.issuers(told), {str(k): str(v) for k, v in DirectiveRelation.Kind.choices}, here
    )  # fmt: skip
    return [_node(each, known, 0) for each in roots]


@dataclass(frozen=True)
class _Known:
    lead: Addresses
    issuers: Mapping[int, str]
    words: Mapping[str, str]
    here: int


def _node(branch: Branch, known: _Known, depth: int) -> Node:
    told = branch.directive
    below = [
        _group(each, told, known)
        if isinstance(each, Group)
        else _node(each, known, depth + 1)
        for each in trees.gathered(branch, depth)
    ]  # fmt: skip
    return Node(
        key=str(told.pk),
        title=f"{kind(told)} {told.code}",
        sub=known.issuers[told.pk],
        day=show_day(told.date),
        head=known.words.get(branch.relation, ""),
        way=branch.relation,
        line=line_name(told.line),
        is_sector=is_sector(told.line),
        href=known.lead.one(told.pk),
        rests_on=[str(each) for each in branch.also],
        is_here=told.pk == known.here,
        children=below,
    )


def _group(group: Group, above: Told, known: _Known) -> Node:
    first, count = group.members[0], len(group.members)
    told = first.directive
    relations = {each.relation for each in group.members}
    word = _("văn bản") if not group.key else _kind(told)
    years = sorted({each.directive.date.year for each in group.members})
    return Node(
        key="",
        title=_("%(n)s %(kind)s") % {"n": count, "kind": word},
        sub=_("của các cấp dưới") if not group.key else _whose(told),
        day=str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}",
        head=known.words.get(first.relation, "") if len(relations) == 1 else "",
        way=first.relation if len(relations) == 1 else "implements",
        line=line_name(told.line),
        is_sector=is_sector(told.line),
        href=known.lead.group(above.pk, group.key),
        count=count,
    )


def _whose(told: Told) -> str:
    return _("cơ quan ngoài") if told.issuer else str(Unit.Kind(told.unit_kind).label)


def line_name(line: Line) -> str:
    return line.name_en if (get_language() or "vi")[:2] == "en" else line.name_vi


def is_sector(line: Line) -> bool:
    return line.kind == Line.Kind.SECTOR and line.code != PARTY
