"""How directives come down from one another: the trees of those that somebody may read, many alike put together."""

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from lantoa.orgs.models import Line
from lantoa.plans.models import Directive, DirectiveRelation

# So many alike under one directive stand as one; so many generations are drawn at once.
FEW, DEEP = 4, 12
IDS_A_QUERY = 500


@dataclass(frozen=True, slots=True)
class Told:
    """A directive as far as a tree tells of it: thousands stand in one, so they are no rows of a model."""

    pk: int
    kind: str
    code: str
    extract: str
    date: dt.date
    issuer: str
    unit_id: int
    unit_kind: str
    line: Line


@dataclass
class Branch:
    """A directive in the tree, with what it does to the one above it, and what rests on it.

    Attributes:
        also: others that it rests on besides, by number.
    """

    directive: Told
    relation: str
    children: "list[Branch]" = field(default_factory=list)
    also: list[int] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many directives stand in it, itself among them."""
        return sum(1 for _each in walked([self]))


@dataclass(frozen=True)
class Group:
    """Directives of one kind, line and kind of unit under one directive, nothing resting on them: too many to draw each."""

    key: str
    members: Sequence[Branch]


def tree(found: QuerySet[Directive]) -> list[Branch]:
    """The directives that rest on one another, from the first ones down: each under the newest that it rests on. Four queries.

    Relations to directives that the reader does not see are left out, and so is what stands alone.
    """
    ways = _ways(_standing(found))
    branches = {each.pk: Branch(each, "") for each in _told(found, _ends(ways))}
    grounds: dict[int, list[tuple[int, str]]] = {}
    for below, above, kind in ways:
        grounds.setdefault(below, []).append((above, kind))
    roots = []
    for pk, branch in branches.items():
        *others, newest = grounds.get(pk, [None])
        if newest is None:
            roots.append(branch)
            continue
        above, branch.relation = newest
        branch.also = [each[0] for each in others if each]
        branches[above].children.append(branch)
    return roots


def alone(found: QuerySet[Directive]) -> list[int]:
    """Those that rest on none that is seen, and on which none rests, by number, the newest first. Two queries."""
    seen = _standing(found)
    related = _ends(_ways(seen))
    return [each for each in seen if each not in related]


def _standing(found: QuerySet[Directive]) -> list[int]:
    """The numbers of what was not withdrawn, the newest first. The database is asked what somebody may see once, not for each way."""
    standing = found.filter(withdrawn_at=None).order_by("-date", "-pk")
    return list(standing.values_list("pk", flat=True))


def _ways(seen: Collection[int]) -> list[tuple[int, int, str]]:
    """From which directive to which, and how, the oldest above first, as far as both are seen."""
    among = frozenset(seen)
    ways = DirectiveRelation.objects.order_by("other__date", "other_id")
    found = ways.values_list("directive_id", "other_id", "kind")
    return [each for each in found if each[0] in among and each[1] in among]


def _ends(ways: Sequence[tuple[int, int, str]]) -> set[int]:
    return {pk for below, above, _kind in ways for pk in (below, above)}


def _told(found: QuerySet[Directive], wanted: set[int]) -> list[Told]:
    """Some of them, the oldest first."""
    lines = {each.pk: each for each in Line.objects.all()}
    if len(wanted) <= IDS_A_QUERY:
        found = found.filter(pk__in=wanted)
    told = found.order_by("date", "pk").values_list(
        "pk", "kind", "code", "extract", "date", "issuer", "unit_id", "unit__kind", "line_id"
    )  # fmt: skip
    return [
        Told(pk, kind, code, extract, date, issuer, unit, unit_kind, lines[line])
        for pk, kind, code, extract, date, issuer, unit, unit_kind, line in told
        if pk in wanted
    ]


def walked(branches: Sequence[Branch]) -> Iterator[Branch]:
    """Every branch of some trees, in no order that means anything."""
    waiting = list(branches)
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting += branch.children


def around(found: QuerySet[Directive], number: int) -> Branch | None:
    """The tree as one directive sees it: the way up from it, and all that rests on it. None where it stands alone.

    Five queries; what is far from it is not read, unless very much is near.
    """
    ways = DirectiveRelation.objects.filter(directive__withdrawn_at=None, other__withdrawn_at=None)
    up: dict[int, list[int]] = {}
    down: dict[int, list[int]] = {}
    for below, above in ways.values_list("directive_id", "other_id"):
        up.setdefault(below, []).append(above)
        down.setdefault(above, []).append(below)
    near = reached(number, up) | reached(number, down)
    branches = tree(found.filter(pk__in=near) if len(near) <= IDS_A_QUERY else found)
    return _seen_from(branches, number)


def reached(number: int, ways: Mapping[int, Sequence[int]]) -> set[int]:
    """Itself and all to which the ways lead."""
    found, waiting = {number}, [number]
    while waiting:
        further = [each for each in ways.get(waiting.pop(), ()) if each not in found]
        found.update(further)
        waiting += further
    return found


def _seen_from(branches: Sequence[Branch], number: int) -> Branch | None:
    above = {below.directive.pk: each for each in walked(branches) for below in each.children}
    top = next((each for each in walked(branches) if each.directive.pk == number), None)
    while top is not None and top.directive.pk in above:
        over = above[top.directive.pk]
        top = Branch(over.directive, over.relation, [top], over.also)
    return top


def gathered(branch: Branch, depth: int = 0) -> list[Branch | Group]:
    """What stands right under a directive, as it is drawn: those on which others rest one by one, many alike as one.

    `depth`: generations above it in the drawing; below the twelfth all stand as one.
    """
    if depth >= DEEP and branch.children:
        return [Group("", [each for each in walked([branch]) if each is not branch])]
    alike: dict[str, list[Branch]] = {}
    for each in branch.children:
        if not each.children:
            alike.setdefault(key_of(each.directive), []).append(each)
    shown: list[Branch | Group] = []
    for each in branch.children:
        same = alike.get(key_of(each.directive), []) if not each.children else []
        if len(same) < FEW:
            shown.append(each)
        elif each is same[0]:
            shown.append(Group(key_of(each.directive), same))
    return shown


def key_of(directive: Told) -> str:
    """What directives that stand together share."""
    return f"{directive.kind}.{directive.line.code}.{directive.unit_kind}"
