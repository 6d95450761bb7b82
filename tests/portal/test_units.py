"""A unit's page with its time, and the structure of every day."""

import re

import pytest

from tests.portal.seen import figures, text, total
from tests.portal.world import HOSTILE

pytestmark = pytest.mark.django_db


def page_of(client, unit, query=""):
    return client.get(f"/don-vi/{unit.pk}/{query}", follow=True)


def test_the_timeline_tells_from_what_a_unit_came(client, world):
    got = text(page_of(client, world.new["can-yen"]))

    assert "01/07/2025 Thành lập, kế thừa 3 đơn vị: Xã Cần Yên , Xã Lương Thông" in got
    assert "Nghị quyết 1657/NQ-UBTVQH15" in got


def test_the_timeline_tells_what_became_of_a_unit(client, world):
    got = text(page_of(client, world.old["01361"]))

    assert "01/07/2025 Sáp nhập vào Xã Cần Yên" in got
    assert "kết thúc từ 01/07/2025" in got


def test_the_figures_of_a_unit_open_records_that_add_up_to_them(client, world):
    found = figures(page_of(client, world.old["01360"], "?ky=2023"))
    plain = {href: said for said, href in found if said.isdecimal()}

    assert "4" in plain.values()
    assert {href: str(total(client.get(href))) for href in plain} == plain


def test_a_new_commune_shows_for_an_old_year_what_its_old_ones_did_and_says_so(client, world):
    got = page_of(client, world.new["can-yen"], "?ky=2023")
    plain = {href: said for said, href in figures(got) if said.isdecimal()}

    assert "Đơn vị này chưa có trong năm 2023: các số dưới đây là của các đơn vị cũ" in text(got)
    assert str(4 + 5 + 6) in plain.values()
    assert {href: str(total(client.get(href))) for href in plain} == plain


def test_a_unit_without_records_says_so_and_shows_no_zero(client, world):
    got = text(page_of(client, world.old["01360"], "?ky=2021"))

    assert "Chưa có hồ sơ nào trong kỳ này" in got
    assert not re.search(r"Hội nghị học tập trực tiếp 0", got)


def test_a_unit_is_read_as_it_stood_on_a_day(client, world):
    today, then = (page_of(client, world.province, query) for query in ("", "?ngay=18/01/2024"))

    assert "Xã Cần Yên" in text(today)
    assert "Huyện Hà Quảng" not in text(today)
    assert "Huyện Hà Quảng" in text(then)
    assert "xem theo ngày 18/01/2024" in text(then)


def test_the_address_of_a_unit_stays_when_its_name_in_it_is_wrong(client, world):
    response = client.get(f"/don-vi/{world.new['can-yen'].pk}-ten-khac/?ky=2023")

    assert response.status_code == 301
    assert response["Location"] == f"/don-vi/{world.new['can-yen'].pk}-xa-can-yen/?ky=2023"


def test_a_hostile_name_stays_text(client, world):
    got = page_of(client, world.old["01362"]).content.decode()

    assert "<script>alert" not in got
    assert HOSTILE in text(page_of(client, world.old["01362"]))


def test_the_page_of_a_unit_asks_at_most_sixteen_times(
    client, world, django_assert_max_num_queries
):
    page_of(client, world.province)

    with django_assert_max_num_queries(16):
        client.get(f"/don-vi/{world.province.pk}-tinh-cao-bang/")


def test_the_tree_of_a_day_has_that_days_units(client, world):
    before, after = (
        text(client.get(f"/don-vi/?ngay={day}")) for day in ("30/06/2025", "01/07/2025")
    )

    assert "Huyện Hà Quảng 045" in before
    assert "Cây đơn vị ngày 30/06/2025" in before
    assert "Huyện Hà Quảng" not in after.split("Cây đơn vị")[1].split("Sáp nhập ngày")[0]


def test_the_count_of_units_is_that_of_the_tree(client, world):
    territory = 1 + 1 + 2 + 6 + 6

    assert f"Ngày 18/01/2024 hệ thống này có {territory} đơn vị" in text(
        client.get("/don-vi/?ngay=18/01/2024")
    )


def test_the_slider_leads_to_an_address_with_the_day_in_it(client, world):
    response = client.get("/don-vi/?so=1400&he=dia-ban")

    assert response.status_code == 302
    assert response["Location"] == "/don-vi/?he=dia-ban&ngay=2023-12-31"


def test_a_branch_is_opened_by_its_link(client, world):
    district = world.districts["045"].pk
    got = text(client.get(f"/don-vi/?ngay=18/01/2024&don-vi={district}"))

    assert "Xã Lương Thông 01361" in got


def test_the_merger_is_told_in_words_beside_the_drawing(client, world):
    got = text(client.get("/don-vi/"))

    assert "6 đơn vị cũ thành 2 đơn vị" in got
    assert "Xã Cần Yên ← " in got


def test_another_line_has_its_own_tree(client, world):
    got = text(client.get("/don-vi/?he=dang&ngay=18/01/2024"))

    assert "Tỉnh ủy Cao Bằng 6 đơn vị bên dưới" in got


@pytest.mark.parametrize("typed", ["luong thong", "LƯƠNG THÔNG", "Lương Thông", "01361"])
def test_a_unit_that_was_merged_is_found_however_it_is_typed(client, world, typed):
    got = text(client.get("/don-vi/", {"tim": typed}))

    assert "Xã Lương Thông 01361 đến trước 01/07/2025" in got


def test_a_search_on_a_day_finds_the_units_of_that_day_alone(client, world):
    got = text(client.get("/don-vi/?tim=luong+thong&ngay=25/11/2026"))

    assert "Không thấy kết quả cho “luong thong”" in got


def test_the_structure_page_asks_at_most_ten_times(client, world, django_assert_max_num_queries):
    client.get("/don-vi/")

    with django_assert_max_num_queries(10):
        client.get("/don-vi/")
