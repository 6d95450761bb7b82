"""The rules of places on plain rows: what no action would write is found all the same."""

import datetime as dt

import pytest

from lantoa.orgs import checks
from lantoa.orgs.checks import FOREVER, Life, Stay

TERRITORY, PARTY = 1, 2
PROVINCE, COMMUNE = 10, 11
START, LEAVES = dt.date(2020, 1, 1), dt.date(2024, 5, 1)
LIVES = {unit: Life(START, FOREVER) for unit in (PROVINCE, COMMUNE)}
IN_TERRITORY = [
    Stay(TERRITORY, PROVINCE, None, START, FOREVER),
    Stay(TERRITORY, COMMUNE, PROVINCE, START, FOREVER),
]


def found(*stays, about):
    problems = checks.problems(
        [*IN_TERRITORY, *stays], LIVES, territory=TERRITORY, sectors={PARTY}, about=about
    )
    return [(each.error, each.unit, each.day) for each in problems]


@pytest.mark.parametrize("about", [{PROVINCE}, {COMMUNE}])
def test_a_parent_that_leaves_a_line_leaves_nobody_behind(about):
    stays = (
        Stay(PARTY, PROVINCE, None, START, LEAVES),
        Stay(PARTY, COMMUNE, PROVINCE, START, FOREVER),
    )

    assert found(*stays, about=about) == [(checks.ParentNotStandingError, COMMUNE, LEAVES)]


def test_whoever_leaves_with_its_parent_is_no_problem_and_may_come_back():
    stays = [
        Stay(PARTY, unit, parent, start, end)
        for unit, parent in ((PROVINCE, None), (COMMUNE, PROVINCE))
        for start, end in ((START, LEAVES), (LEAVES + dt.timedelta(days=9), FOREVER))
    ]

    assert found(*stays, about={PROVINCE, COMMUNE}) == []
