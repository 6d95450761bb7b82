"""A plan that looks copied is asked about; an activity is guessed to serve the task that it speaks of."""

import pytest

from lantoa.plans import asking
from lantoa.plans.guess import Offered, guess
from tests.orgs import world as worlds
from tests.plans import planning

LONG = "Học tập phong cách quần chúng, dân chủ; mỗi quý một buổi sinh hoạt chuyên đề có liên hệ bản thân"
OTHER = "Mỗi tháng một buổi kể chuyện về Bác ở nhà văn hóa, người trẻ kể, người già nghe và góp lời"


@pytest.mark.django_db
def test_words_of_a_neighbour_and_of_last_year_are_asked_about():
    world = worlds.small_province()
    planning.approved(world["M.du"], world["TU"], on=world.party)
    beside = planning.plan(world["M.du"], on=world.party, year=2027, study=LONG, follow=OTHER)
    planning.task(beside)
    planning.send(beside)
    planning.plan(world["N.du"], on=world.party, study=OTHER, follow="Làm đường")
    plan = planning.plan(world["N.du"], on=world.party, year=2027, study=LONG, follow=OTHER)
    planning.task(plan, content="Sửa 2 bể nước sạch cho 40 hộ ở xóm trên")

    first, second = asking.questions(plan, planning.AT.date())

    assert "của Đảng ủy Xã M" in first.vi
    assert "kế hoạch năm 2026 của chính đơn vị" in second.vi
    assert "your own plan for 2026" in second.en


@pytest.mark.django_db
def test_a_task_that_nobody_can_measure_is_asked_about_by_name():
    world = worlds.small_province()
    plan = planning.plan(world["N.du"], on=world.party, study=LONG)
    planning.task(plan, content="Nâng cao chất lượng sinh hoạt", product="", target_number=None, target_unit="")  # fmt: skip

    [asked] = asking.questions(plan, planning.AT.date())

    assert asked.vi.startswith("“Nâng cao chất lượng sinh hoạt”: câu này chưa có gì đo được")
    assert asked.en.startswith("“Nâng cao chất lượng sinh hoạt”: nothing measurable")


@pytest.mark.django_db
def test_words_of_ones_own_are_asked_nothing():
    world = worlds.small_province()
    plan = planning.plan(world["N.du"], on=world.party, study=LONG)
    planning.task(plan)

    assert asking.questions(plan, planning.AT.date()) == []


ROAD, FLAG = Offered(1, "Đổ bê tông 400 m đường xóm"), Offered(2, "Chào cờ sáng thứ Hai đầu tháng")


@pytest.mark.parametrize(
    ("about", "found"),
    [
        ("Lao động: đổ bê tông đường xóm", 1),
        ("chao co dau thang", 2),
        ("Tiếp dân", None),
        ("", None),
    ],
)
def test_a_task_is_guessed_by_the_words_it_shares(about, found):
    assert guess([ROAD, FLAG], about=about) == found


def test_a_task_is_guessed_by_the_measure_that_the_kind_takes():
    measured = Offered(3, "Sinh hoạt chuyên đề", measure="luot-nguoi")

    assert guess([ROAD, measured], about="Buổi học", measures=["luot-nguoi"]) == 3
    assert guess([], about="Buổi học") is None
