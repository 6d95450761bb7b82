"""Pictures for the articles of the sample, drawn when it is loaded: nobody's photo, and no place that could be looked for.

A scene is flat shapes on 960 × 540 points, in the colours of the site; each is drawn at twice that, so that what is cut
from it has smooth edges.
"""

import math
import random
from collections.abc import Callable, Iterable
from io import BytesIO

from PIL import Image, ImageDraw

Point = tuple[float, float]
WIDTH, HEIGHT, FINE = 960, 540, 2
SKY = ((243, 217, 168), (235, 220, 195), (214, 220, 230))
SUN, PAPER, WALL, FLOOR = "#F8EBCB", "#FBFAF6", "#F1E6D0", "#DCCBA6"
FAR, HILL, NEAR, NIGHT = "#A9B7CF", "#6F86AE", "#3C5789", "#20386B"
LEAF, RICE, GRASS = "#8FB79B", "#BCD3B4", "#5C8F78"
ROAD, BRASS, SON, ROSE, GOLD = "#E9E2D2", "#C6962D", "#A8242B", "#E3A9A0", "#F6CF3C"


class Canvas:
    """Flat shapes, one over the other."""

    def __init__(self, ground: str = WALL) -> None:
        self.image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), ground)
        self._pen = ImageDraw.Draw(self.image)

    def shape(self, points: Iterable[Point], colour: str) -> None:
        self._pen.polygon([(x * FINE, y * FINE) for x, y in points], fill=colour)

    def line(self, points: Iterable[Point], colour: str, width: float) -> None:
        fine = [(x * FINE, y * FINE) for x, y in points]
        self._pen.line(fine, fill=colour, width=round(width * FINE), joint="curve")

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, soft: float = 0) -> None:  # fmt: skip
        ends = (x * FINE, y * FINE, (x + width) * FINE - 1, (y + height) * FINE - 1)
        self._pen.rounded_rectangle(ends, radius=soft * FINE, fill=colour)

    def round(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        """An ellipse around a point, by its two radii."""
        ends = ((x - across) * FINE, (y - down) * FINE, (x + across) * FINE, (y + down) * FINE)
        self._pen.ellipse(ends, fill=colour)

    def sky(self) -> None:
        for y in range(HEIGHT * FINE):
            self._pen.line([(0, y), (WIDTH * FINE, y)], fill=_between(y / (HEIGHT * FINE)))

    def png(self) -> bytes:
        kept = BytesIO()
        self.image.save(kept, "PNG", compress_level=1)
        return kept.getvalue()


def picture(scene: str, seed: int) -> bytes:
    """A scene as a PNG; what is left to chance in it is always the same for a seed."""
    canvas = Canvas()
    SCENES[scene](canvas, random.Random(seed))  # noqa: S311 - a drawing
    return canvas.png()


def _between(share: float) -> tuple[int, int, int]:
    first, second = (SKY[0], SKY[1]) if share < 0.5 else (SKY[1], SKY[2])
    there = (share * 2) % 1
    one, two, three = (round(a + (b - a) * there) for a, b in zip(first, second, strict=True))
    return one, two, three


def _hills(canvas: Canvas, chance: random.Random, *, down: float = 0) -> None:
    """Sky, sun, and four ridges of limestone one before the other."""
    canvas.sky()
    canvas.round(chance.randint(620, 780), 140 + down, 46, 46, SUN)
    ridges = ((300, 120, FAR), (360, 104, HILL), (416, 66, NEAR), (474, 30, NIGHT))
    for base, rise, colour in ridges:
        canvas.shape(_ridge(chance, base + down, rise), colour)


def _ridge(chance: random.Random, base: float, rise: float) -> list[Point]:
    line, start = [], -chance.uniform(0, 120)
    while start < WIDTH:
        width, high = chance.uniform(92, 210), chance.uniform(0.35, 1) * rise
        for step in range(0, round(width), 4):
            line.append((start + step, base - high * math.sin(math.pi * step / width) ** 1.6))
        start += width
    return [(0, HEIGHT), *line, (WIDTH, HEIGHT)]


def _road(canvas: Canvas, chance: random.Random) -> None:
    _hills(canvas, chance)
    edges: list[list[Point]] = [[], []]
    for step in range(61):
        there = step / 60
        middle = 470 + 150 * math.sin(there * 5.2) * (0.35 + there * 0.65)
        half = 8 + 86 * there**2
        y = 404 + (HEIGHT - 404) * there
        edges[0].append((middle - half, y))
        edges[1].append((middle + half, y))
    canvas.shape([*edges[0], *reversed(edges[1])], ROAD)


def _terraces(canvas: Canvas, chance: random.Random) -> None:
    _hills(canvas, chance, down=-70)
    for step, colour in enumerate([RICE, LEAF, RICE, GRASS, LEAF, RICE, GRASS]):
        base = 366 + step * 27
        swing, turn = 12 + step * 3, step * 0.9
        top = [(x, base + swing * math.sin(x / 150 + turn)) for x in range(0, WIDTH + 1, 6)]
        canvas.shape([*top, (WIDTH, HEIGHT), (0, HEIGHT)], colour)
        canvas.line(top, PAPER, 2)


def _people(
    canvas: Canvas, y: float, size: float, colour: str, *, step: float, start: float
) -> None:
    """A row of those who listen, from behind."""
    x = start
    while x < WIDTH + size * 2:
        canvas.box(x - size * 1.5, y, size * 3, size * 5, colour, soft=size * 1.3)
        canvas.round(x, y - size * 0.75, size, size * 1.12, colour)
        x += step


def _hall(canvas: Canvas, _chance: random.Random) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, WALL)
    canvas.box(0, 330, WIDTH, 210, FLOOR)
    canvas.box(250, 56, 460, 232, NIGHT, soft=10)
    canvas.box(262, 68, 436, 208, PAPER, soft=4)
    for line, width in enumerate((300, 352, 250)):
        canvas.box(306, 108 + line * 44, width, 14, NEAR if line else SON, soft=7)
    canvas.box(112, 214, 84, 116, BRASS, soft=8)
    canvas.round(154, 178, 20, 23, NEAR)
    canvas.box(122, 200, 64, 40, NEAR, soft=18)
    canvas.box(100, 226, 108, 14, NIGHT, soft=4)
    _people(canvas, 366, 17, HILL, step=76, start=24)
    _people(canvas, 418, 20, NEAR, step=92, start=60)
    _people(canvas, 482, 24, NIGHT, step=112, start=10)


def _flag(canvas: Canvas, chance: random.Random) -> None:
    _hills(canvas, chance)
    canvas.line([(300, 84), (300, HEIGHT)], ROAD, 9)
    canvas.round(300, 80, 9, 9, BRASS)
    wave = [(x, 7 * math.sin((x - 304) / 34)) for x in range(304, 545, 4)]
    canvas.shape([*((x, 96 + y) for x, y in wave), *((x, 256 + y) for x, y in reversed(wave))], SON)
    canvas.shape(_star(424, 176, 44), GOLD)
    _people(canvas, 486, 18, "#162849", step=84, start=30)


def _star(x: float, y: float, size: float) -> list[Point]:
    corners = []
    for corner in range(10):
        far = size if corner % 2 == 0 else size * 0.382
        turn = math.pi * corner / 5 - math.pi / 2
        corners.append((x + far * math.cos(turn), y + far * math.sin(turn)))
    return corners


def _table(canvas: Canvas) -> None:
    canvas.sky()
    canvas.box(0, 396, WIDTH, 144, BRASS)
    canvas.box(0, 396, WIDTH, 8, "#A87C1F")


def _piggy(canvas: Canvas, _chance: random.Random) -> None:
    _table(canvas)
    for leg in (316, 372, 508, 560):
        canvas.box(leg, 372, 40, 62, "#C98579", soft=14)
    canvas.round(460, 296, 180, 122, ROSE)
    canvas.shape([(318, 226), (330, 150), (388, 196)], "#C98579")
    canvas.round(288, 300, 46, 50, "#C98579")
    canvas.round(274, 296, 7, 11, NIGHT)
    canvas.round(298, 296, 7, 11, NIGHT)
    canvas.round(352, 258, 9, 9, NIGHT)
    canvas.box(430, 182, 84, 13, NIGHT, soft=6)
    canvas.line([(636, 286), (662, 262), (652, 240), (672, 224)], "#C98579", 11)
    canvas.round(472, 128, 38, 38, GOLD)
    canvas.round(472, 128, 27, 27, BRASS)
    canvas.shape([(690, 470), (716, 352), (906, 352), (880, 470)], PAPER)
    canvas.shape([(690, 470), (880, 470), (880, 484), (690, 484)], NEAR)
    for line in range(4):
        canvas.line([(730 - line * 5, 376 + line * 24), (872 - line * 5, 376 + line * 24)], FAR, 5)


def _phone(canvas: Canvas, _chance: random.Random) -> None:
    _table(canvas)
    canvas.box(370, 46, 230, 430, NIGHT, soft=30)
    canvas.box(384, 78, 202, 362, PAPER, soft=10)
    canvas.box(400, 104, 124, 46, FAR, soft=20)
    canvas.box(446, 166, 124, 46, NEAR, soft=20)
    canvas.box(400, 228, 142, 62, FAR, soft=20)
    canvas.box(462, 306, 108, 46, NEAR, soft=20)
    canvas.box(400, 384, 170, 34, WALL, soft=17)
    canvas.box(96, 150, 206, 84, PAPER, soft=40)
    canvas.shape([(236, 222), (270, 222), (276, 262)], PAPER)
    canvas.box(668, 236, 214, 84, NEAR, soft=40)
    canvas.shape([(702, 306), (738, 306), (694, 350)], NEAR)
    for dot in range(3):
        canvas.round(158 + dot * 42, 192, 12, 12, HILL)
        canvas.round(734 + dot * 42, 278, 12, 12, PAPER)


def _papers(canvas: Canvas, _chance: random.Random) -> None:
    _table(canvas)
    for x, y, colour in ((236, 66, "#E6DCC4"), (258, 52, PAPER)):
        canvas.box(x, y, 330, 398, colour, soft=8)
    canvas.box(292, 92, 190, 16, SON, soft=8)
    for line in range(5):
        y = 146 + line * 56
        canvas.box(292, y, 30, 30, RICE if line < 4 else WALL, soft=6)
        if line < 4:
            canvas.line([(298, y + 16), (305, y + 23), (317, y + 8)], "#1A6549", 5)
        canvas.box(340, y + 8, 196 - line % 2 * 52, 13, FAR, soft=6)
    canvas.line([(742, 366), (826, 462)], NIGHT, 24)
    canvas.round(684, 298, 96, 96, NIGHT)
    canvas.round(684, 298, 78, 78, "#DCE6F0")
    canvas.box(640, 276, 88, 14, HILL, soft=7)
    canvas.box(640, 306, 62, 14, HILL, soft=7)


def _screens(canvas: Canvas, _chance: random.Random) -> None:
    _table(canvas)
    canvas.box(440, 392, 80, 46, NIGHT)
    canvas.box(360, 432, 240, 16, NIGHT, soft=8)
    canvas.box(196, 50, 568, 350, NIGHT, soft=16)
    tones = (WALL, "#DCE6F0", RICE, "#DCE6F0", RICE, WALL)
    for at, tone in enumerate(tones):
        x, y = 214 + at % 3 * 180, 68 + at // 3 * 160
        canvas.box(x, y, 172, 152, tone, soft=6)
        colour = (NEAR, HILL, SON, HILL, NEAR, HILL)[at]
        canvas.round(x + 86, y + 58, 28, 32, colour)
        canvas.box(x + 34, y + 98, 104, 54, colour, soft=26)
        canvas.box(x, y + 140, 172, 12, tone)


def _mosaic(canvas: Canvas, chance: random.Random) -> None:
    """Small squares on the left, a few large ones of the same on the right."""
    canvas.sky()
    tones = (FAR, HILL, NEAR, NIGHT)
    for row in range(6):
        for column in range(6):
            x, y = 86 + column * 60, 92 + row * 60
            canvas.box(x, y, 52, 52, chance.choice(tones), soft=8)
    canvas.line([(474, 268), (548, 268)], SON, 12)
    canvas.shape([(540, 240), (584, 268), (540, 296)], SON)
    for x, y, width, height, tone in (
        (610, 92, 144, 172, NEAR), (762, 92, 112, 112, HILL), (762, 212, 112, 232, FAR), (610, 272, 144, 172, NIGHT),
    ):  # fmt: skip
        canvas.box(x, y, width, height, tone, soft=14)


def _award(canvas: Canvas, _chance: random.Random) -> None:
    canvas.box(0, 0, WIDTH, HEIGHT, WALL)
    canvas.box(0, 430, WIDTH, 110, FLOOR)
    canvas.box(236, 64, 488, 330, BRASS, soft=6)
    canvas.box(256, 84, 448, 290, PAPER)
    canvas.box(330, 128, 300, 20, SON, soft=10)
    for line, width in enumerate((340, 280, 310)):
        canvas.box(480 - width / 2, 178 + line * 36, width, 12, FAR, soft=6)
    canvas.shape([(448, 318), (430, 434), (480, 402), (530, 434), (512, 318)], SON)
    canvas.round(480, 320, 56, 56, BRASS)
    canvas.round(480, 320, 42, 42, GOLD)
    canvas.shape(_star(480, 322, 28), SON)


def _branches(canvas: Canvas, chance: random.Random) -> None:
    """A tree: what began at one place, and goes on from there."""
    _hills(canvas, chance, down=60)
    joints = {(480, 300): [(330, 214), (480, 176), (640, 222)], (330, 214): [(214, 178), (300, 122)],
              (480, 176): [(430, 92), (536, 88)], (640, 222): [(660, 126), (764, 176)]}  # fmt: skip
    canvas.line([(480, HEIGHT), (480, 300)], "#7A5A12", 26)
    for start, ends in joints.items():
        for end in ends:
            canvas.line([start, end], "#7A5A12", 10)
    for end in [each for ends in joints.values() for each in ends]:
        canvas.round(*end, 44, 40, GRASS)
    for x, y in [each for ends in joints.values() for each in ends]:
        canvas.round(x - 8, y - 8, 26, 23, LEAF)
    canvas.round(480, 300, 22, 22, GOLD)


SCENES: dict[str, Callable[[Canvas, random.Random], None]] = {
    "award": _award,
    "branches": _branches,
    "flag": _flag,
    "hall": _hall,
    "mosaic": _mosaic,
    "papers": _papers,
    "phone": _phone,
    "piggy": _piggy,
    "road": _road,
    "screens": _screens,
    "terraces": _terraces,
}
