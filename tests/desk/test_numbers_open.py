"""On every page of the work area that counts something, each number is opened, and what it opens says the same number."""

import datetime as dt
from pathlib import Path

import pytest
from django.urls import reverse
from lxml import html

from lantoa import ledger
from lantoa.awards.models import Nomination
from lantoa.ledger import actions as measures
from lantoa.orgs.models import Post
from lantoa.plans.actions import movements, programmes
from lantoa.plans.drafts import Asked
from lantoa.work import actions as work
from lantoa.work.serving import Serves
from tests import make
from tests.desk import awarding, walking
from tests.plans import planning
from tests.plans.directing import filed
from tests.practices import telling
from tests.practices.telling import registered

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 2, 3)


@pytest.fixture(autouse=True)
def _now(settings, tmp_path):
    settings.NOW, settings.MEDIA = make.NOON, tmp_path
    planning.measures()
    make.measure("van-ban-ban-hanh")
    make.measure("don-vi-trong-phong-trao", nature="balance")


@pytest.fixture
def above(world, entered):
    """Of the provincial committee, who oversees all of the Party's line."""
    return entered(world["TU"], Post.Role.APPROVER, line=world.party)


def walked(client, name, *args, query="", least=1):
    faults, opened = walking.walk(client, reverse(f"desk:{name}", args=args) + query)

    assert faults == []
    assert opened >= least


@pytest.fixture
def _all_measures():
    path = Path(ledger.__file__).parent / "measures.toml"
    measures.load_measures(path=path, by=make.clerk(), at=make.NOON)


def held(unit, **serves):
    kind = make.kind()
    return work.record(
        kind=kind, unit=unit, date=DAY, values={}, serves=Serves(**serves), by=make.clerk(), at=make.NOON
    )  # fmt: skip


def test_what_a_directive_asks_of_whom(world, above):
    asked = Asked("document", world.party, ("party_commune",), dt.date(2026, 3, 31))
    directive = filed(world["TU"], "06-KH/TU", on=world.party, asked=[asked])

    walked(above, "directive", directive.pk, least=3)


def test_who_takes_part_in_a_movement_and_what_was_done_for_it(world, above):
    by = {"by": make.clerk(), "at": make.NOON}
    movement = movements.launch(
        kind="movement",
        name="Dân vận khéo",
        unit=world["TU"],
        line=world.party,
        start_date=DAY,
        **by,
    )
    for key in ("N.du", "M.du"):
        movements.join(movement=movement, unit=world[key], date=DAY, **by)
    for _ in range(3):
        held(world["N.du"], movement=movement)

    walked(above, "movement", movement.pk, least=2)


def test_who_took_part_in_a_movement_that_is_over(world, above):
    by = {"by": make.clerk(), "at": make.NOON}
    movement = movements.launch(
        kind="movement", name="Dân vận khéo", unit=world["TU"], line=world.party,
        start_date=DAY, end_date=dt.date(2026, 6, 1), **by,
    )  # fmt: skip
    for key in ("N.du", "M.du"):
        movements.join(movement=movement, unit=world[key], date=DAY, **by)

    page = html.fromstring(above.get(reverse("desk:movement", args=[movement.pk])).content)

    [count] = page.xpath("//div[dt='Đơn vị đã tham gia']//a[@href='#tham-gia']")
    assert count.text == "2"
    rows = page.get_element_by_id("tham-gia").xpath("following-sibling::ul[1]/li")
    assert len(rows) == 2
    walked(above, "movement", movement.pk)


def test_which_practices_and_awards_refer_to_a_movement(world, above):
    by = {"by": make.clerk(), "at": make.NOON}
    movement, other = (
        movements.launch(kind="movement", name=name, unit=world["TU"], line=world.party, start_date=DAY, **by)
        for name in ("Dân vận khéo", "Nông dân sản xuất, kinh doanh giỏi")
    )  # fmt: skip
    for key in ("N.du", "M.du"):
        awarding.things_of(world[key], key, DAY)
        telling.proposed(world[key], start=DAY, title=f"Hiến đất {key}", movement=movement)
    telling.proposed(world["N.du"], start=DAY, title="Trồng dẻ", movement=other)
    Nomination.objects.filter(state="decided", unit=world["N.du"]).update(movement=movement)

    faults, _opened = walking.walk(above, reverse("desk:movement", args=[movement.pk]))
    page = html.fromstring(above.get(reverse("desk:movement", args=[movement.pk])).content)
    said = {each.href.split("?")[0]: each.text for each in walking.openings(page)}

    assert faults == []
    assert (said[reverse("desk:practices")], said[reverse("desk:awards")]) == ("2", "1")


@pytest.mark.usefixtures("_all_measures")
def test_how_far_each_objective_is_served(world, above):
    by = {"by": make.clerk(), "at": make.NOON}
    term = programmes.open_term(
        level="province", name="2025-2030", ordinal="", start_date=make.START, end_date=None, **by
    )
    objective = programmes.set_objective(
        unit=world["TU"], term=term, kind="advantage", position=1, title="Cửa khẩu", **by
    )
    held(world["N.du"], objectives=[objective])
    held(world["M.du"], objectives=[objective])
    registered(world["TU"], objectives=[objective])

    walked(above, "programmes", query="?nam=2026", least=4)
    walked(above, "objective", objective.pk, query="?nam=2026")
    seen = html.fromstring(above.get(reverse("desk:programmes") + "?nam=2026").content.decode())
    counted = [
        each.text_content().split()[0]
        for each in seen.find_class("fig")
        if "muc-tieu" in each.get("href")
    ]
    assert counted == ["3", "0", "2", "1"]


def test_what_was_said_and_done_in_plans(world, above):
    planning.approved(world["N.du"], world["TU"], on=world.party)
    planning.approved(world["M.du"], world["TU"], on=world.party)

    for name in ("plans", "tasks", "board"):
        faults, _opened = walking.walk(above, reverse(f"desk:{name}") + "?nam=2026")
        assert faults == [], name


def test_who_is_commended(world, entered):
    awarding.things_of(world["N.du"], "một", DAY)
    awarding.things_of(world["M.du"], "hai", DAY)

    walked(entered(world["P"], Post.Role.BOARD), "awards-balance", query="?nam=2026", least=2)


def test_what_was_inspected_and_must_be_mended(world, entered):
    inspector = entered(world["TU"], Post.Role.INSPECTOR, line=world.party)

    for name in ("inspections", "findings", "verifications"):
        assert walking.walk(inspector, reverse(f"desk:{name}"))[0] == [], name


def test_a_number_that_opens_to_another_is_found():
    """Or the walk would prove nothing."""
    behind = (200, {4}, "4 nơi")

    assert walking._compared("5", behind) == "says [4]"
    assert walking._compared("4", behind) == ""
    assert walking._compared("2/4", behind) == ""
    assert walking._compared("5", (200, set(), "15 nơi, 5.000 đồng")) == "not said"
    assert walking._compared("5", (404, set(), "5")) == "answered 404"
