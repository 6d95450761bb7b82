"""Figures: the value, its map, table and trend, the comparison, the downloads, and the door with its proof."""

import datetime as dt
import json
import re

import pytest

from tests.portal import world as worlds
from tests.portal.seen import rows, text

FIGURE = "/so-lieu/hoi-nghi-truc-tiep/"
DOOR = FIGURE + "ho-so/"
CONFERENCES = 1 + 2 + 3 + 4 + 5 + 6
PEOPLE = CONFERENCES * 30 + 5

pytestmark = pytest.mark.django_db


def test_the_figure_of_the_province_is_the_sum_of_its_records(client, world):
    assert f"{CONFERENCES} hội nghị" in text(client.get(FIGURE + "?ky=2023"))


def test_completeness_is_said_beside_the_figure(client, world):
    assert "5/6 đơn vị đã gửi" in text(client.get(FIGURE + "?ky=2023"))


def test_the_table_has_a_row_a_district_and_a_foot_that_is_the_figure(client, world):
    got = text(client.get(FIGURE + "?ky=2023&xem=bang"))

    assert f"Huyện Hà Quảng {1 + 2 + 4 + 5}" in got
    assert f"Huyện Bảo Lạc {3 + 6}" in got
    assert f"Tỉnh Cao Bằng {CONFERENCES}" in got


def test_on_the_structure_of_today_the_rows_are_the_new_communes_and_nothing_is_lost(client, world):
    got = text(client.get(FIGURE + "?ky=2023&moc=01/07/2025&xem=bang"))

    assert f"Xã Thanh Long {1 + 2 + 3}" in got
    assert f"Xã Cần Yên {4 + 5 + 6}" in got
    assert "Huyện" not in got.split("Đơn vị ")[-1].split("Chưa tính")[0]


def test_the_trend_shows_the_year_beside_the_one_before(client, world):
    got = text(client.get(FIGURE + "?ky=2023&xem=xu-huong"))

    assert "tháng 01/2023 6" in got
    assert "tháng 5/2023 2 1" in got or "tháng 05/2023 2 1" in got


def test_the_year_before_is_offered_for_a_new_commune_as_the_sum_of_the_old_ones(client, world):
    commune = world.new["can-yen"].pk
    got = text(client.get(f"{FIGURE}?ky=2026&don-vi={commune}&so-voi=cung-ky"))

    assert "năm 2025, các đơn vị cũ cộng lại theo mốc" not in got  # 2025 ends on the new structure
    assert "Cùng kỳ, năm 2025:" in got


def test_the_year_before_the_reform_is_the_sum_of_the_old_ones(client, world):
    for code in ("01360", "01361"):
        worlds.hold(world.parties[code], dt.date(2024, 5, 9), people=20)
    commune = world.new["can-yen"].pk
    got = text(client.get(f"{FIGURE}?ky=2025&don-vi={commune}&so-voi=cung-ky"))

    assert "các đơn vị cũ cộng lại theo mốc 31/12/2025: 2" in got


def test_a_year_before_of_which_nothing_is_known_is_not_compared_with(client, world):
    got = text(client.get(f"{FIGURE}?ky=2025&don-vi={world.new['can-yen'].pk}&so-voi=cung-ky"))

    assert "Cùng kỳ, năm 2024: chưa có hồ sơ nào để so." in got


def test_the_year_before_is_refused_for_an_old_district_with_the_reason(client, world):
    district = world.districts["045"].pk
    got = text(client.get(f"{FIGURE}?ky=2025&don-vi={district}&so-voi=cung-ky"))

    assert "Không so được với cùng kỳ: Huyện Hà Quảng kết thúc hoạt động từ 01/07/2025" in got


def test_the_csv_adds_up_to_the_figure(client, world):
    got = rows(client.get(FIGURE + "tai.csv?ky=2023"))

    assert sum(int(row["gia_tri"]) for row in got if row["gia_tri"]) == CONFERENCES


def test_the_csv_of_a_hostile_name_starts_no_formula(client, world):
    got = rows(client.get(FIGURE + f"tai.csv?ky=2023&don-vi={world.districts['043'].pk}"))

    assert not any(
        cell.lstrip().startswith(("=", "+", "@")) for row in got for cell in row.values()
    )


def test_the_json_says_its_licence_its_completeness_and_that_it_is_a_sample(client, world):
    got = json.loads(client.get(FIGURE + "tai.json?ky=2023").content)

    assert got["gia_tri"] == CONFERENCES
    assert got["giay_phep"] == "CC BY 4.0"
    assert (got["da_gui"], got["phai_gui"]) == (5, 6)
    assert got["luu_y"].startswith("Số liệu minh họa")


def test_a_table_is_sorted_by_its_links(client, world):
    up = text(client.get(FIGURE + "?ky=2023&xem=bang&xep=so"))
    down = text(client.get(FIGURE + "?ky=2023&xem=bang&xep=-so"))

    assert up.index("Huyện Bảo Lạc") < up.index("Huyện Hà Quảng")
    assert down.index("Huyện Hà Quảng") < down.index("Huyện Bảo Lạc")


def test_the_door_lists_the_records_and_proves_their_sum(client, world):
    got = text(client.get(DOOR + "?ky=2023"))

    assert f"tổng các dòng ({CONFERENCES} dòng) = {CONFERENCES}" in got
    assert got.count("Hội nghị học tập trực tiếp") >= CONFERENCES


def test_a_correction_stands_as_a_row_of_its_own_with_its_reason(client, world):
    people = "/so-lieu/luot-nguoi-truc-tiep/ho-so/"
    all_rows = text(client.get(people + "?ky=2023"))
    corrections = text(client.get(people + "?ky=2023&xem=sua"))

    assert f"({CONFERENCES + 1} dòng) = {PEOPLE}" in all_rows
    assert "Đếm lại danh sách dự" in corrections


def test_the_door_pages_by_a_hundred_and_every_page_has_its_own_sum(client, world):
    members = client.get("/so-lieu/dang-vien/ho-so/?ky=2023")

    assert f"= {100 + 101 + 102 + 103 + 104}" in text(members)


def test_a_stated_number_is_marked_as_one(client, world):
    assert "số đơn vị tự khai" in text(client.get("/so-lieu/mo-hinh/ho-so/?ky=2023"))


def test_the_door_leads_down_to_a_branch_in_three_taps(client, world):
    found = client.get(DOOR + "?ky=2023")
    for name in ("Huyện Hà Quảng", "Xã Cần Yên", "Đảng ủy xã cần yên"):
        (href,) = re.findall(
            rf'<a href="([^"]+)">{name}</a> <span class="meta num">', found.content.decode()
        )
        found = client.get(href.replace("&amp;", "&"))

    assert "tổng các dòng (4 dòng) = 4" in text(found)


def test_the_csv_of_the_records_holds_all_of_them(client, world):
    got = rows(client.get(DOOR + "tai.csv?ky=2023"))

    assert len(got) == CONFERENCES
    assert sum(int(row["gia_tri"]) for row in got) == CONFERENCES


def test_no_public_page_shows_the_title_of_a_record_or_who_wrote_it(client, world):
    page = client.get(DOOR + "?ky=2023").content.decode()
    file = b"".join(client.get(DOOR + "tai.csv?ky=2023").streaming_content).decode()

    for told in (page, file):
        assert "Học tập chuyên đề năm 2023" not in told
        assert "Quản trị" not in told


def test_a_ratio_opens_its_two_totals(client, world):
    got = text(client.get("/so-lieu/ty-le-dang-vien-tham-gia/ho-so/?ky=2023"))

    assert f"{CONFERENCES * 20} lượt" in got
    assert f"{100 + 101 + 102 + 103 + 104}" in got


def test_what_nobody_said_is_a_dash_and_never_a_zero(client, world):
    assert "– " in text(client.get("/so-lieu/kiem-tra/?ky=2023"))


def test_the_list_of_measures_shows_each_with_its_figure(client, world):
    got = text(client.get("/so-lieu/?ky=2023"))

    assert f"Hội nghị học tập trực tiếp {CONFERENCES}" in got
    assert f"Lượt người dự hội nghị trực tiếp {PEOPLE}" in got


def test_an_unknown_measure_is_not_there(client, world):
    assert client.get("/so-lieu/khong-co/").status_code == 404
