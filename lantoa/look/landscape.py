"""A landscape of limestone hills, drawn from a number: what stands where a photo is missing. Never twice the same."""

import random

WIDTH, HEIGHT, PEAKS = 960, 540, 6
LAYERS = (
    (300, 130),
    (368, 110),
    (424, 80),
    (476, 44),
)  # the height of a ridge, and how far it rises


def landscape(seed: int) -> list[str]:
    """The outlines of the ridges, the farthest first, as the `d` of an SVG path each."""
    chance = random.Random(seed)  # noqa: S311 - a drawing
    return [_ridge(chance, base, rise) for base, rise in LAYERS]


def _ridge(chance: random.Random, base: int, rise: int) -> str:
    step = WIDTH // PEAKS
    parts = [f"M0 {base}"]
    for number in range(PEAKS):
        top = base - chance.randint(rise // 3, rise)
        lean = chance.randint(-12, 12)
        x = number * step
        parts.append(
            f"C{x + 36} {base - 8} {x + 44 + lean} {top} {x + step // 2 + lean} {top}"
            f"S{x + step - 34} {base - 8} {x + step} {base}"
        )
    return "".join([*parts, f"V{HEIGHT}H0Z"])
