"""How documents come down from one another: a tree from left to right, a card a document. The list beside it says the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

WIDE, HIGH, ACROSS, BETWEEN = 228, 66, 44, 14  # a card, and the room around it
LEFT, TOP, BEND = 2, 8, 8
TITLE_SIGNS, SMALL_SIGNS, HEAD_SIGNS = 24, 31, 22
MOST_COLUMNS = 4  # more of them are read by scrolling sideways


@dataclass(frozen=True, slots=True)
class Node:
    """A document in the tree, or several alike that stand together.

    Attributes:
        key: what others name it by; "" where nobody does.
        head: what it does to the one above it, in words.
        way: the same as a word of style: continues, replaces, amends, implements, or "" for a first one.
        line: its line in words. `is_sector`: not the territory's nor the Party's.
        count: of how many documents this one card stands; 1 is a document of its own.
        rests_on: keys of others in the tree that it rests on besides the one above it.
        is_here: the one whose page this is.
    """

    key: str
    title: str
    sub: str
    day: str
    head: str
    way: str
    line: str
    is_sector: bool
    href: str
    count: int = 1
    rests_on: Sequence[str] = ()
    is_here: bool = False
    children: "Sequence[Node]" = ()


@dataclass(frozen=True, slots=True)
class Card:
    """A node where it is drawn, its words cut to the card; whole they stand in its name."""

    node: Node
    x: int
    y: int
    head: str
    title: str
    sub: str
    name: str


@dataclass(frozen=True, slots=True)
class Way:
    path: str
    kind: str


@dataclass(frozen=True, slots=True)
class Descent:
    width: int
    height: int
    cards: tuple[Card, ...]
    ways: tuple[Way, ...]
    kinds: tuple[str, ...]
    is_wide: bool
    has_sectors: bool


def descent(roots: Sequence[Node]) -> Descent:
    """Lay the trees out: a column a generation, a row a leaf; a parent stands level with its first child."""
    places = list(_placed(roots))
    cards = tuple(_card(node, column, row) for node, column, row, _above in places)
    where = {card.node.key: card for card in cards if card.node.key}
    ways = [
        Way(_elbow(cards[above], card), card.node.way or "implements")
        for card, (_node, _column, _row, above) in zip(cards, places, strict=True)
        if above >= 0
    ]
    for card in cards:
        ways += [Way(_bow(where[key], card), "also") for key in card.node.rests_on if key in where]
    columns = 1 + max((column for _node, column, _row, _above in places), default=0)
    rows = 1 + max((row for _node, _column, row, _above in places), default=0)
    return Descent(
        width=2 * LEFT + columns * WIDE + (columns - 1) * ACROSS + 8,
        height=2 * TOP + rows * (HIGH + BETWEEN),
        cards=cards,
        ways=tuple(ways),
        kinds=tuple(dict.fromkeys(way.kind for way in ways)),
        is_wide=columns > MOST_COLUMNS,
        has_sectors=any(card.node.is_sector for card in cards),
    )


def _placed(roots: Sequence[Node]) -> Iterator[tuple[Node, int, int, int]]:
    """Each node in the order in which it is read: its column, its row, and which of these stands above it (-1: none)."""
    number, row = 0, -1
    waiting = [(node, 0, -1, True) for node in reversed(roots)]
    while waiting:
        node, column, above, starts_a_row = waiting.pop()
        row += starts_a_row
        yield node, column, row, above
        below = [(each, column + 1, number, at > 0) for at, each in enumerate(node.children)]
        waiting += reversed(below)
        number += 1


def _card(node: Node, column: int, row: int) -> Card:
    said = (node.head, node.title, node.sub, node.day, node.line)
    return Card(
        node=node,
        x=LEFT + column * (WIDE + ACROSS),
        y=TOP + row * (HIGH + BETWEEN),
        head=_cut(node.head or node.line, HEAD_SIGNS),
        title=_cut(node.title, TITLE_SIGNS),
        sub=_cut(node.sub, SMALL_SIGNS),
        name=", ".join(each for each in said if each),
    )


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"


def _elbow(above: Card, below: Card) -> str:
    """From the right edge of one card to the left edge of the other, along the gutter between the columns."""
    x, y = above.x + WIDE, above.y + HIGH // 2
    end, down = below.x, below.y + HIGH // 2
    middle = x + ACROSS // 2
    if y == down:
        return f"M{x} {y}H{end}"
    return f"M{x} {y}H{middle - BEND}Q{middle} {y} {middle} {y + BEND}V{down - BEND}Q{middle} {down} {middle + BEND} {down}H{end}"


def _bow(above: Card, below: Card) -> str:
    """A second ground: a curve that passes beside the straight ways."""
    x, y = above.x + WIDE, above.y + HIGH - 12
    end, down = below.x, below.y + 12
    return f"M{x} {y}C{x + ACROSS} {y} {end - ACROSS} {down} {end} {down}"
