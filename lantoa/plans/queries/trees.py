"""How directives come down from one another: the trees of those that somebody may read, many alike put together."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from lantoa.plans.models import Directive, DirectiveRelation

# So many alike under one directive stand as one; so many generations are drawn at once.
FEW, DEEP = 4, 12
IDS_A_QUERY = 500


@dataclass
class Branch:
    """A directive in the tree, with what it does to the one above it, and what rests on it.

    Attributes:
        also: others that it rests on besides, by number.
    """

    directive: Directive
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
    """The directives that rest on one another, from the first ones down: each under the newest that it rests on. Two queries.

    Relations to directives that the reader does not see are left out, and so is what stands alone.
    """
    told = {each.pk: each for each in _related(found).order_by("date", "pk")}
    branches = {pk: Branch(each, "") for pk, each in told.items()}
    ways = DirectiveRelation.objects.filter(directive__withdrawn_at=None, other__withdrawn_at=None)
    grounds: dict[int, list[DirectiveRelation]] = {}
    for way in ways.order_by("other__date", "other_id"):
        if way.directive_id in told and way.other_id in told:
            grounds.setdefault(way.directive_id, []).append(way)
    roots = []
    for pk, branch in branches.items():
        *others, newest = grounds.get(pk, [None])
        if newest is None:
            roots.append(branch)
            continue
        branch.relation = newest.kind
        branch.also = [each.other_id for each in others if each]
        branches[newest.other_id].children.append(branch)
    return roots


def alone(found: QuerySet[Directive]) -> QuerySet[Directive]:
    """Those that rest on none that is seen, and on which none rests."""
    standing = found.filter(withdrawn_at=None)
    return standing.exclude(pk__in=_related(found).order_by().values("pk"))


def _related(found: QuerySet[Directive]) -> QuerySet[Directive]:
    standing = found.filter(withdrawn_at=None)
    seen = standing.order_by().values("pk")
    up = DirectiveRelation.objects.filter(directive=OuterRef("pk"), other__in=seen)
    down = DirectiveRelation.objects.filter(other=OuterRef("pk"), directive__in=seen)
    return standing.filter(Exists(up) | Exists(down))


def walked(branches: Sequence[Branch]) -> Iterator[Branch]:
    """Every branch of some trees, in no order that means anything."""
    waiting = list(branches)
    while waiting:
        branch = waiting.pop()
        yield branch
        waiting += branch.children


def around(found: QuerySet[Directive], number: int) -> Branch | None:
    """The tree as one directive sees it: the way up from it, and all that rests on it. None where it stands alone.

    Three queries; what is far from it is not read, unless very much is near.
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


def key_of(directive: Directive) -> str:
    """What directives that stand together share."""
    return f"{directive.kind}.{directive.line.code}.{directive.unit.kind}"
