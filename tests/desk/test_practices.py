"""Mô hình hay: the library, one practice and its tree, and what one may do from there."""

import datetime as dt
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from lxml import html
from openpyxl import load_workbook

from lantoa import ledger
from lantoa.ledger import actions as measures
from lantoa.orgs.models import Post
from lantoa.plans.actions import movements, programmes
from lantoa.practices import adoptions
from lantoa.practices.models import Adoption, Practice
from tests import make
from tests.desk import walking
from tests.practices.telling import (
    adopted,
    ended,
    held,
    proposed,
    registered,
    shown,
    step,
    told,
    total,
)

pytestmark = pytest.mark.django_db
# At a unit that the reform has made.
LATELY = {"start": dt.date(2025, 9, 1), "date": dt.date(2025, 9, 30)}


@pytest.fixture(autouse=True)
def _counted(settings, world):
    settings.NOW = make.NOON
    path = Path(ledger.__file__).parent / "measures.toml"
    measures.load_measures(path=path, by=make.clerk(), at=make.NOON)


@pytest.fixture
def practice(world):
    return registered(world["A1.pn"])


def text(answer):
    return answer.content.decode()


def test_the_library_finds_without_marks_and_says_what_to_do_when_nothing_is_found(
    world, entered, practice
):
    client = entered(world["M"])

    assert practice.title in text(client.get("/lam-viec/mo-hinh/?tim=lon+nhua"))
    assert "Thử bớt chữ" in text(client.get("/lam-viec/mo-hinh/?tim=khong+co"))


def test_the_library_stands_among_the_places_of_the_work_area(world, entered, practice):
    page = html.fromstring(text(entered(world["M"]).get("/lam-viec/mo-hinh/")))

    assert "/lam-viec/mo-hinh/" in page.xpath("//nav[@class='places']//a/@href")
    assert "/lam-viec/van-ban/" in page.xpath("//nav[@class='places']//a/@href")


def test_the_library_takes_as_many_questions_with_thirty_practices_as_with_one(
    world, entered, practice, django_assert_max_num_queries
):
    for number in range(30):
        registered(world["A2.pn"], title=f"Mô hình số {number}")
    client = entered(world["M"])

    with django_assert_max_num_queries(30):
        client.get("/lam-viec/mo-hinh/")


def test_a_practice_shows_its_tree_as_nested_lists_and_as_a_hidden_drawing(
    world, entered, practice
):
    first = adopted(practice, world["A2.pn"])
    adopted(practice, world["A3.pn"], source=first)
    adopted(practice, world["B1.pn"])

    page = text(entered(world["M"]).get(reverse("desk:practice", args=[practice.pk])))

    tree = page[page.index('<ul class="tree">') : page.index("</details>")]
    assert tree.count("<ul") == tree.count("</ul>") == 3
    assert tree.count("<li") == tree.count("</li>") == 4
    assert 'aria-hidden="true"' in page[page.index('class="spread"') :][:80]
    drawing = page[page.index('class="spread"') : page.index("<figcaption")]
    assert drawing.count('class="spread__origin"') == 1
    assert drawing.count('class="spread__elbow"') == 3


def test_an_adoption_is_asked_for_confirmed_and_told_about_on_the_page(world, entered, practice):
    client = entered(world["A2.pn"])
    there = reverse("desk:adopt-practice", args=[practice.pk])
    origin = practice.adoptions.get()
    client.post(there, {"tu": origin.pk})
    mine = Adoption.objects.get(unit=world["A2.pn"])
    follow = reverse("desk:follow-practice", args=[mine.pk])

    client.post(follow, {"viec": "xac-nhan", "ngay": "01/03/2026", "ban": mine.version})
    mine.refresh_from_db()
    client.post(
        follow, {"viec": "ket-qua", "ngay": "01/06/2026", "nguoi": "1.200", "ban": mine.version}
    )

    assert total("nguoi-tham-gia-mo-hinh") == 1_200
    mine.refresh_from_db()
    refused = client.post(follow, {"viec": "dung", "ngay": "01/07/2026", "ban": mine.version})
    assert (refused.status_code, "Chưa ghi lý do" in text(refused)) == (400, True)


def test_those_above_register_what_a_unit_proposed(world, entered):
    practice = proposed(world["A1.pn"])
    client = entered(world["P"], Post.Role.REVIEWER)
    there = reverse("desk:step-practice", args=[practice.pk])

    assert "Đăng ký" in text(client.get(reverse("desk:practice", args=[practice.pk])))
    client.post(there, {"buoc": "dang-ky", "ngay": "01/02/2026", "ban": practice.version})

    practice.refresh_from_db()
    assert practice.registered_date == dt.date(2026, 2, 1)


def test_a_step_is_taken_back_from_the_page_within_its_seconds(world, entered, settings):
    practice = proposed(world["A1.pn"])
    client = entered(world["P"], Post.Role.REVIEWER)
    page = reverse("desk:practice", args=[practice.pk])
    step = {"buoc": "dang-ky", "ngay": "01/02/2026", "ban": practice.version}
    client.post(reverse("desk:step-practice", args=[practice.pk]), step)
    said = practice.events.get(state="registered")
    assert f'name="buoc" value="{said.pk}"' in text(client.get(page))

    client.post(reverse("desk:undo-practice-step"), {"buoc": said.pk})

    practice.refresh_from_db()
    assert (practice.state, practice.registered_date) == ("proposed", None)
    seen = text(client.get(page))
    assert "Hoàn tác trong" not in seen
    assert "hoàn tác lúc" in seen


def test_the_button_that_takes_back_goes_when_it_would_be_too_late(world, entered, settings):
    practice = proposed(world["A1.pn"])
    client = entered(world["P"], Post.Role.REVIEWER)
    step = {"buoc": "dang-ky", "ngay": "01/02/2026", "ban": practice.version}
    client.post(reverse("desk:step-practice", args=[practice.pk]), step)
    settings.NOW = make.NOON + dt.timedelta(minutes=1)

    assert "Hoàn tác trong" not in text(client.get(reverse("desk:practice", args=[practice.pk])))
    said = practice.events.get(state="registered").pk
    client.post(reverse("desk:undo-practice-step"), {"buoc": said})
    practice.refresh_from_db()
    assert practice.state == "registered"


def test_a_proposal_of_another_place_is_not_there(world, entered):
    practice = proposed(world["N.du"], start=dt.date(2025, 8, 1))

    answer = entered(world["M"]).get(reverse("desk:practice", args=[practice.pk]))

    assert answer.status_code == 404


def test_what_stopped_says_why(world, entered, practice):
    told(adopted(practice, world["A2.pn"]), people=3)
    page = text(entered(world["M"]).get(reverse("desk:practice", args=[practice.pk])))

    assert "im lặng" in page


def test_what_is_alike_is_shown_before_a_practice_is_proposed(world, entered, practice):
    client = entered(world["N"])
    sent = {
        "ten": "Nuôi heo nhựa để tiết kiệm",
        "tom-tat": "Mỗi hội viên một con lợn nhựa, mỗi tháng mổ một lần để giúp nhau làm ăn.",
        "cach-lam": "1. Phát lợn\n2. Mổ lợn",
        "loai": "mo-hinh", "linh-vuc": "kinh-te", "cua": "tap-the", "hoi-ai": "leader", "tu-ngay": "01/09/2025",
    }  # fmt: skip
    there = reverse("desk:propose-practice")

    asked = client.post(there, sent)
    assert practice.title in text(asked)
    assert Practice.objects.count() == 1

    client.post(there, sent | {"da-xem": "1"})
    made = Practice.objects.get(unit=world["N"])
    assert (made.steps, made.state) == (["Phát lợn", "Mổ lợn"], "proposed")


def test_my_work_says_what_waits_to_be_confirmed_and_what_waits_above(world, entered, practice):
    origin = practice.adoptions.get()
    adoptions.ask(
        practice=practice, unit=world["A2.pn"], source=origin, by=make.clerk(), at=make.NOON
    )
    proposed(world["A1.pn"], title="Đường hoa thay rác")

    assert "Xác nhận: đơn vị mình" in text(entered(world["A2.pn"]).get("/lam-viec/"))
    assert "Đường hoa thay rác" in text(entered(world["P"], Post.Role.REVIEWER).get("/lam-viec/"))


@pytest.fixture
def spread(world, practice):
    """From A1: A2 learned it and shows something, B1 of A2 and ended, A3 has not confirmed; Tỉnh ủy has no square."""
    second = adopted(practice, world["A2.pn"])
    told(second, people=40, saved=2_000_000)
    shown(second, dt.date(2026, 10, 1))
    ended(adopted(practice, world["B1.pn"], source=second))
    adopted(practice, world["TU"], start=dt.date(2025, 2, 1))
    adoptions.ask(
        practice=practice, unit=world["A3.pn"], source=second, by=make.clerk(), at=make.NOON
    )
    return practice


@pytest.mark.parametrize("name", ["practice", "practice-spread", "practice-followers"])
def test_every_number_of_a_spread_opens_to_as_many_adoptions(world, entered, spread, name):
    faults, opened = walking.walk(entered(world["M"]), reverse(f"desk:{name}", args=[spread.pk]))

    assert faults == []
    assert opened >= 6 or name == "practice-followers"


def test_the_map_of_a_year_is_an_address_and_its_squares_open(world, entered, spread):
    client, there = entered(world["M"]), reverse("desk:practice-spread", args=[spread.pk])

    now, before = (text(client.get(there + query)) for query in ("", "?den=2023-12-31"))

    assert 'aria-label="Xã N: 1"' in now
    assert 'aria-label="Xã N: 2"' in before
    square = re.search(r'href="([^"]+)" aria-label="Xã N: 2"', before)[1].replace("&amp;", "&")
    behind = text(client.get(square))
    assert "Chi hội 1, Xã A2" in behind
    assert "Chi hội 1, Xã B1" in behind


def test_a_day_that_is_none_is_answered_with_a_sentence(world, entered, spread):
    client = entered(world["M"])

    for name, query in (("practice-spread", "den=32/13"), ("practice-followers", "ngay=hôm+kia")):
        answer = client.get(f"{reverse(f'desk:{name}', args=[spread.pk])}?{query}")
        assert answer.status_code == 400


def test_the_list_of_followers_adds_up_and_is_taken_along_as_csv_and_as_a_workbook(
    world, entered, spread
):
    client, there = entered(world["M"]), reverse("desk:practice-followers", args=[spread.pk])

    page = text(client.get(there))
    assert page.count('<th scope="row">') == 2 + 1
    assert "2.000.000" in page[page.index("<tfoot>") :]
    rows = text(client.get(f"{there}?tai=csv&xem=da-dung")).splitlines()
    assert len(rows) == 1 + 1
    assert "thiếu người theo dõi" in rows[1]
    book = load_workbook(BytesIO(client.get(f"{there}?tai=xlsx").content))
    told_there = {row[0]: row[6:8] for row in book.active.iter_rows(min_row=2, values_only=True)}
    assert told_there == {"Chi hội 1, Xã A2": (40, 2_000_000), "Tỉnh ủy": (None, None)}


def test_a_spread_takes_as_many_questions_with_thirty_followers_as_with_one(
    world, entered, practice, django_assert_max_num_queries
):
    for number in range(30):
        adopted(practice, make.unit(f"Chi hội {number}", under=world["P"]))
    client = entered(world["M"])

    for name in ("practice-spread", "practice-followers"):
        with django_assert_max_num_queries(36):
            client.get(reverse(f"desk:{name}", args=[practice.pk]))


def test_a_record_is_shown_from_a_page_and_only_once(world, entered, practice):
    adoption = adopted(practice, world["A2.pn"])
    told(adoption, people=40)
    record = held(world["A2.pn"], dt.date(2026, 10, 1))
    client, there = entered(world["A2.pn"]), reverse("desk:show-adoption", args=[adoption.pk])

    assert record.kind.name_vi in text(client.get(there))
    client.post(there, {"ho-so": record.pk})
    again = client.post(there, {"ho-so": record.pk})

    assert total("mo-hinh-nhan-rong") == 1
    assert (again.status_code, "Hãy chọn hồ sơ khác" in text(again)) == (400, True)
    assert "Không có việc nào để nêu" in text(client.get(there))
    page = text(client.get(reverse("desk:practice", args=[practice.pk])))
    assert "01/10/2026" in page.split("Dấu hiệu gần đây")[1].split("</ul>")[0]


def test_what_is_like_a_practice_stands_below_it(world, entered, practice):
    near = registered(world["B1.pn"], title="Nuôi lợn nhựa ở chi hội")
    far = registered(world["A2.pn"], title="Tổ tự quản đường biên", summary="Hai hộ đi cùng dân quân.")  # fmt: skip

    page = text(entered(world["M"]).get(reverse("desk:practice", args=[practice.pk])))

    below = page.split("<h2>Gần giống</h2>")[1]
    assert near.title in below
    assert far.title not in below


def test_another_units_adoption_is_not_there_to_be_shown(world, entered, practice):
    adoption = adopted(practice, world["A2.pn"])

    there = reverse("desk:show-adoption", args=[adoption.pk])

    assert entered(world["A3.pn"]).get(there).status_code == 404


def test_a_practice_is_amended_and_what_it_said_before_can_be_read(world, entered, practice):
    client = entered(world["A1.pn"])
    page, there = (
        reverse(f"desk:{name}", args=[practice.pk]) for name in ("practice", "amend-practice")
    )
    assert "Phát lợn nhựa\nMỗi ngày" in text(client.get(there))
    sent = {
        "ten": practice.title, "tom-tat": practice.summary, "cach-lam": "Phát lợn\nMổ lợn", "loai": "mo-hinh",
        "linh-vuc": "kinh-te", "cua": "tap-the", "hoi-ai": "recorder", "chi-phi": "50.000", "ban": practice.version,
    }  # fmt: skip

    refused = client.post(there, sent)
    assert (refused.status_code, 'id="ly-do-loi"' in text(refused)) == (400, True)
    assert "Phát lợn\nMổ lợn" in text(refused)
    client.post(there, sent | {"ly-do": "bớt một bước"})

    practice.refresh_from_db()
    assert (practice.steps, practice.cost) == (["Phát lợn", "Mổ lợn"], 50_000)
    shown_now = text(client.get(page))
    assert "bớt một bước" in shown_now
    assert "cách làm, chi phí" in shown_now
    assert "Mỗi ngày bỏ một ít" in shown_now
    late = client.post(there, sent | {"ly-do": "sửa lại"})
    assert (late.status_code, "vừa được người khác sửa" in text(late)) == (400, True)


def test_only_its_own_unit_and_those_above_amend_a_practice(world, entered, practice):
    there = reverse("desk:amend-practice", args=[practice.pk])

    assert entered(world["M"]).get(there).status_code == 404
    assert "Sửa mô hình" not in text(entered(world["M"]).get(there.removesuffix("sua/")))


def test_all_that_is_wrong_in_a_proposal_stands_at_its_box_and_what_was_typed_stays(world, entered):
    sent = {
        "ten": "Đường hoa",
        "tom-tat": "",
        "cach-lam": "",
        "chi-phi": "vài nghìn",
        "tu-ngay": "32/13",
    }

    page = text(entered(world["N"]).post(reverse("desk:propose-practice"), sent))

    for box in ("tom-tat", "cach-lam", "loai", "linh-vuc", "chi-phi", "hoi-ai", "tu-ngay"):
        assert f'id="{box}-loi"' in page
    assert 'value="Đường hoa"' in page
    assert 'value="vài nghìn"' in page


def test_what_is_missing_is_named_and_listed_in_the_order_of_the_boxes(world, entered):
    page = html.fromstring(text(entered(world["N"]).post(reverse("desk:propose-practice"), {"ten": "Đường hoa"})))  # fmt: skip

    listed = [each.text_content() for each in page.xpath("//div[@role='alert']//li/a")]
    where = [each.get("href")[1:] for each in page.xpath("//div[@role='alert']//li/a")]
    assert "Lĩnh vực: chọn một mục." in listed
    assert len(set(listed)) == len(listed) > 3
    assert where == [each for each in page.xpath("//form//*[@name]/@name") if each in where]


def test_what_a_practice_serves_is_chosen_with_it(world, entered):
    sent = {
        "ten": "Đường hoa thay rác", "tom-tat": "Mỗi nhà một đoạn, mỗi tháng một buổi.", "cach-lam": "Bàn\nLàm",
        "loai": "phan-viec", "linh-vuc": "van-hoa-xa-hoi", "cua": "tap-the", "hoi-ai": "leader", "tu-ngay": "01/09/2025",
    }  # fmt: skip
    movement = movements.launch(
        kind="movement", name="Dân vận khéo", unit=world["P"], line=world.territory,
        start_date=dt.date(2023, 1, 1), by=make.clerk(), at=make.NOON,
    )  # fmt: skip

    there = reverse("desk:propose-practice")
    client = entered(world["N"])
    assert movement.name in text(client.get(there))
    client.post(there, sent | {"phong-trao": movement.pk})

    assert Practice.objects.get(unit=world["N"]).movement == movement


@pytest.fixture
def objectives(world):
    """One of a term that is over, one of the term that runs."""
    by = {"by": make.clerk(), "at": make.NOON}
    kept = []
    for name, start, end in (("XIX", dt.date(2020, 10, 1), dt.date(2025, 9, 1)), ("XX", dt.date(2025, 9, 1), None)):  # fmt: skip
        term = programmes.open_term(
            level="province", name=name, ordinal="", start_date=start, end_date=end, **by
        )
        kept.append(programmes.set_objective(unit=world["P"], term=term, kind="advantage", position=1, title=f"Du lịch {name}", **by))  # fmt: skip
    return kept


def test_a_practice_says_how_what_it_takes_and_whom_to_ask(world, entered, practice):
    Practice.objects.filter(pk=practice.pk).update(needs="Một người giữ sổ")
    client, there = entered(world["M"]), reverse("desk:practice", args=[practice.pk])
    role = practice.get_contact_role_display()

    page = text(client.get(there))
    assert all(f"<li>{said}</li>" in page for said in practice.steps)
    assert "<dd>Một người giữ sổ</dd>" in page
    assert "chưa tính" in page
    assert "Muốn làm theo?" in page
    assert re.search(rf"Hỏi {role}, .*A1", page)
    step("stop", practice, dt.date(2026, 3, 1), reason="thiếu người giữ sổ")
    page = text(client.get(there))
    assert "Muốn làm theo?" not in page
    assert "</time> đã dừng: “thiếu người giữ sổ”" in page
    assert f"Hỏi {role}, " in page


def test_a_practice_is_tagged_with_objectives_of_the_term_that_runs(world, entered, objectives):
    over, runs = objectives
    client, there = entered(world["N"]), reverse("desk:propose-practice")

    assert runs.title in text(client.get(there))
    assert over.title not in text(client.get(there))
    served = registered(world["N"], **LATELY, objectives=[over])
    amended = text(client.get(reverse("desk:amend-practice", args=[served.pk])))
    assert re.search(rf'value="{over.pk}" checked', amended)


def test_a_practice_says_what_it_serves_and_each_opens(world, entered, objectives):
    movement = movements.launch(
        kind="movement", name="Dân vận khéo", unit=world["P"], line=world.territory,
        start_date=dt.date(2023, 1, 1), by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    served = registered(world["N"], **LATELY, movement=movement, objectives=objectives[1:])
    client = entered(world["N"])

    page = html.fromstring(text(client.get(reverse("desk:practice", args=[served.pk]))))
    for thing, name in ((movement, "movement"), (objectives[1], "objective")):
        there = reverse(f"desk:{name}", args=[thing.pk])
        assert there in page.xpath("//dl//a/@href")
        assert client.get(there).status_code == 200


def test_the_library_of_an_objective_says_so_and_keeps_it_while_it_is_searched(
    world, entered, objectives, practice
):
    registered(world["N"], **LATELY, title="Đường hoa", objectives=objectives[1:])
    client, library = entered(world["P"], Post.Role.LEADER), reverse("desk:practices")

    page = text(client.get(library, {"muc-tieu": objectives[1].pk, "nam": 2026}))
    assert "Đường hoa" in page
    assert practice.title not in page
    assert f"Phục vụ: {objectives[1].title}, 2026" in page
    assert f'<input type="hidden" name="muc-tieu" value="{objectives[1].pk}">' in page
    for foreign in ({"muc-tieu": 999_999}, {"muc-tieu": "x"}):
        assert client.get(library, foreign).status_code == 404


def test_a_refusal_stands_at_the_box_of_the_form_it_came_from(world, entered, practice):
    mine = adopted(practice, world["A2.pn"])
    client, follow = entered(world["A2.pn"]), reverse("desk:follow-practice", args=[mine.pk])

    page = text(
        client.post(
            follow, {"viec": "ket-qua", "ngay": "01/02/2026", "nguoi": "nhiều", "ban": mine.version}
        )
    )

    assert f'id="nguoi-{mine.pk}-loi"' in page
    assert 'value="nhiều"' in page
    above = entered(world["P"], Post.Role.REVIEWER)
    step = reverse("desk:step-practice", args=[practice.pk])
    page = text(
        above.post(
            step,
            {"buoc": "tham-dinh", "ngay": "01/01/2020", "ly-do": "đã xem", "ban": practice.version},
        )
    )
    assert 'id="ngay-loi"' in page
    assert 'value="đã xem"' in page


def test_the_successor_of_a_closed_unit_finds_its_adoption_on_the_page(world, entered):
    practice = registered(world["A3.du"])
    adopted(practice, world["A2.du"])

    page = text(entered(world["N.du"]).get(reverse("desk:practice", args=[practice.pk])))

    assert "Đảng ủy Xã A2: đang làm theo" in page
    assert "Đăng ký làm theo</button>" not in page


def test_the_library_is_taken_along_whole_as_it_was_asked_for(world, entered, practice):
    for number in range(30):
        registered(world["A2.pn"], title=f"=Mô hình số {number}", field="quoc-phong-an-ninh")
    client, there = entered(world["M"]), "/lam-viec/mo-hinh/?linh-vuc=quoc-phong-an-ninh"

    lines = text(client.get(there + "&tai=csv")).splitlines()
    book = load_workbook(BytesIO(client.get(there + "&tai=xlsx").content)).active

    assert len(lines) == book.max_row == 1 + 30
    assert lines[1].startswith("'=Mô hình")
    assert book.cell(2, 1).data_type == "s"
