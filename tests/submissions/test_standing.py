"""The official figure, beside the live one: "hồ sơ nay là 433 (+2)"."""

import pytest

from lantoa.ledger import queries as ledger
from lantoa.lib.periods import period
from lantoa.orgs.models import Post
from lantoa.submissions import actions, queries, reviews, standing
from lantoa.submissions.reviews import Shown
from lantoa.work import actions as work
from tests import make
from tests.submissions.world import holder, typed

pytestmark = pytest.mark.django_db
YEAR = period("2023")


@pytest.fixture
def approve(sheet, top):
    above = holder(top, Post.Role.REVIEWER)

    def approve(unit, *, version=1, seen=0, reason="", **boxes):
        sent = actions.answer(
            sheet=sheet, unit=unit, period="2023", typed=typed(**boxes), seen=seen, reason=reason,
            by=make.clerk(), at=make.NOON,
        )  # fmt: skip
        shown = Shown(version, ledger.position())
        return reviews.approve(submission=sent, shown=shown, by=above, at=make.NOON)

    return approve


def read(sheet, units, code="luot-nguoi"):
    found = standing.standing(sheet, YEAR, [unit.pk for unit in units])
    return next(each for each in found.readings if each.measure.code == code), found


def test_a_later_correction_changes_the_live_figure_and_not_the_official_one(
    sheet, unit, record, approve
):
    activity = record(431)
    approve(unit)

    work.correct(
        activity=activity, seen=1, values={"luot-nguoi": 433}, by=make.clerk(), at=make.NOON
    )

    reading, _ = read(sheet, [unit])
    assert (reading.official, reading.live, reading.change) == (431, 433, 433 - 431)


def test_official_is_the_sum_of_what_was_approved_alone(sheet, communes, approve, send, heads):
    approve(communes[0], luot_nguoi=30)
    approve(communes[1], luot_nguoi=12)
    send((heads, 100), unit=communes[2])

    reading, found = read(sheet, communes)

    assert reading.official == 30 + 12
    assert reading.change == 0
    assert (found.approved, found.expected) == (2, 3)


def test_an_adjustment_is_official_when_it_is_approved(sheet, unit, approve):
    approve(unit, luot_nguoi=30)
    actions.answer(
        sheet=sheet, unit=unit, period="2023", typed=typed(luot_nguoi=31), seen=1,
        reason="sót một buổi", by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    waiting, _ = read(sheet, [unit])
    assert (waiting.official, waiting.live) == (30, 31)

    above = holder(unit.placements.get().parent, Post.Role.REVIEWER)
    adjusted = queries.submission_of(sheet, unit, YEAR)
    shown = Shown(2, ledger.position())
    reviews.approve(submission=adjusted, shown=shown, by=above, at=make.NOON)

    assert read(sheet, [unit])[0].official == 31


def test_an_emptied_box_is_no_value_in_the_sum(sheet, communes, approve):
    approve(communes[0], luot_nguoi=None)

    assert read(sheet, communes)[0].official is None
    approve(communes[1], luot_nguoi=0)
    assert read(sheet, communes)[0].official == 0


def test_what_the_top_sends_stands_without_anybody_above(sheet, top, send, heads):
    type(sheet).objects.update(unit_kinds=["party_province", "party_commune"])
    sheet.refresh_from_db()
    send((heads, 7), unit=top)

    reading, found = read(sheet, [top])

    assert reading.official == 7
    assert found.approved == 1
