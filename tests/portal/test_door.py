"""The door of a figure: how it is counted, what it was read from, its records, and the proof that they are the figure."""

import datetime as dt
import re

import pytest

from tests.portal import world as worlds
from tests.portal.seen import figures, rows, text, total

FIGURE = "/so-lieu/hoi-nghi-truc-tiep/"
DOOR = FIGURE + "ho-so/"
PEOPLE = "/so-lieu/luot-nguoi-truc-tiep/ho-so/"
CONFERENCES = 1 + 2 + 3 + 4 + 5 + 6

pytestmark = pytest.mark.django_db


def test_the_head_says_how_it_is_counted_and_what_was_counted(client, world):
    got = text(client.get(DOOR + "?ky=2023"))

    assert f"{CONFERENCES} hội nghị Hội nghị học tập trực tiếp" in got
    assert "Cách đếm Mỗi hội nghị học tập" in got
    assert "Đơn vị có hồ sơ 6" in got
    assert "mỗi hồ sơ theo cấp trên của ngày ghi trên hồ sơ" in got
    assert "01/01/2023–31/12/2023" in got
    assert "5/6 đơn vị đã gửi" in got


def test_a_chosen_structure_is_named_with_its_day(client, world):
    got = text(client.get(DOOR + "?ky=2023&moc=01/07/2025"))

    assert "mọi hồ sơ theo cấu trúc ngày 01/07/2025" in got


@pytest.mark.parametrize("structure", ["", "01/07/2025", "30/06/2025"])
@pytest.mark.parametrize("page", ["", "xem=bang", "xem=xu-huong"])
def test_every_figure_of_the_figures_page_is_the_sum_of_its_door(client, world, structure, page):
    found = figures(client.get(f"{FIGURE}?ky=2023&moc={structure}&{page}"))
    doors = {href: said for said, href in found}

    assert doors
    assert {href: str(total(client.get(href))) for href in doors} == doors


def test_the_units_of_the_tab_by_unit_add_up_to_the_figure(client, world):
    got = client.get(DOOR + "?ky=2023&xem=don-vi")
    body = got.content.decode().split("<tbody>")[1].split("</tbody>")[0]
    parts = [int(each) for each in re.findall(r'<a class="fig"[^>]*>(\d+)<', body)]

    assert sum(parts) == CONFERENCES
    assert f"Tỉnh Cao Bằng {CONFERENCES}" in text(got)


def test_the_months_add_up_to_the_figure(client, world):
    got = text(client.get(DOOR + "?ky=2023&xem=thang"))
    values = re.findall(r"tháng \d+/2023 (\d+)", got)

    assert len(values) == 12
    assert sum(map(int, values)) == CONFERENCES


def test_a_month_of_a_year_of_which_nobody_answered_is_a_dash_and_not_a_zero(client, world):
    got = text(client.get(DOOR + "?ky=2023&xem=thang"))

    assert (
        "tháng 7/2023 0 –" in got
    )  # of 2023 five answered; of 2022 nobody did, and May alone has a record
    assert "tháng 5/2023 2 1" in got


def test_the_history_lists_the_corrections_alone_with_the_reason(client, world):
    got = text(client.get(PEOPLE + "?ky=2023&xem=sua"))

    assert "Đếm lại danh sách dự" in got
    assert "1 dòng đã sửa số trước đó" in got
    assert "5" in got.split("Tổng của trang này")[1][:4]


def test_a_record_taken_back_stands_with_its_opposite_and_the_sum_follows(client, world):
    from lantoa.work import actions as work
    from tests import make

    work.withdraw(
        activity=world.activities[3], seen=1, reason="Ghi hai lần", by=make.clerk(), at=make.NOON
    )
    got = client.get(DOOR + "?ky=2023")

    assert total(got) == CONFERENCES - 1
    assert f"({CONFERENCES + 1} dòng)" in text(got)


def test_a_hundred_records_stand_on_a_page_and_the_last_page_holds_the_rest(client, world):
    for day in range(1, 29):
        for month in range(1, 5):
            worlds.hold(world.parties["01357"], dt.date(2023, month, day))
    first, second = client.get(DOOR + "?ky=2023"), client.get(DOOR + "?ky=2023&trang=2")

    assert f"Dòng 1–100 trên {CONFERENCES + 112}, tổng của trang này 100" in text(first)
    assert f"Dòng 101–{CONFERENCES + 112}" in text(second)
    assert f"tổng của trang này {CONFERENCES + 12}" in text(second)
    assert total(first) == total(second) == CONFERENCES + 112


def test_records_are_sorted_by_the_links_of_the_columns(client, world):
    up, down = (text(client.get(f"{PEOPLE}?ky=2023&xep={key}")) for key in ("so", "-so"))

    assert up.index(" 5 ") < up.index(" 30 ")
    assert down.index(" 30 ") < down.index(" 5 ")


def test_the_file_holds_the_records_of_the_page(client, world):
    got = rows(client.get(PEOPLE + "tai.csv?ky=2023"))

    assert sum(int(row["gia_tri"]) for row in got) == CONFERENCES * 30 + 5


def test_a_figure_nobody_said_anything_of_has_a_door_that_says_so(client, world):
    got = text(client.get("/so-lieu/cau-hoi/ho-so/?ky=2023"))

    assert "Không có hồ sơ nào trong phạm vi này." in got
    assert "– câu hỏi" in got


@pytest.mark.parametrize("tab", ["", "don-vi", "thang", "cach-dem", "sua"])
def test_a_tab_asks_the_database_at_most_eighteen_times_however_many_records(
    client, world, tab, django_assert_max_num_queries
):
    for day in range(1, 29):
        worlds.hold(world.parties["01357"], dt.date(2023, 2, day))
    client.get(f"{DOOR}?ky=2023&xem={tab}")

    with django_assert_max_num_queries(18):
        client.get(f"{DOOR}?ky=2023&xem={tab}")


def test_a_saved_record_is_in_every_figure_above_it_at_the_next_reading(client, world):
    """From the branch to the province, on the map, in the trend and at the door: no job runs in between."""
    district, commune = world.districts["045"].pk, world.old["01360"].pk
    pages = [f"{FIGURE}?ky=2023&don-vi={unit}" for unit in (world.province.pk, district, commune)]
    before = [client.get(page) for page in pages]

    worlds.hold(world.parties["01360"], dt.date(2023, 12, 20))

    for page, old in zip(pages, before, strict=True):
        (was, _href), (now, door) = figures(old)[0], figures(client.get(page))[0]
        assert int(now) == int(was) + 1
        assert total(client.get(door)) == int(now)
    assert f"Đã tổ chức {CONFERENCES + 1} hội nghị" in text(client.get("/"))
    assert "tháng 12/2023 1" in text(client.get(FIGURE + "?ky=2023&xem=xu-huong"))
