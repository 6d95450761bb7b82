"""Mô hình hay: the library, one practice and its tree, and what one may do from there."""

import datetime as dt
import re
from io import BytesIO
from pathlib import Path

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from lantoa import ledger
from lantoa.ledger import actions as measures
from lantoa.orgs.models import Post
from lantoa.practices import adoptions
from lantoa.practices.models import Adoption, Practice
from tests import make
from tests.desk import walking
from tests.practices.telling import adopted, ended, proposed, registered, shown, told, total

pytestmark = pytest.mark.django_db


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
