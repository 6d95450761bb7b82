"""What no plan, directive or movement may say, walked page by page: refused with its sentence, in the reader's own language."""

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post
from lantoa.plans.actions import programmes
from lantoa.plans.models import Directive, Movement, Task, TaskExtension
from tests import make
from tests.plans import planning
from tests.plans.directing import filed

pytestmark = pytest.mark.django_db
RIGHT = {
    "so": "07-KH/TU", "ngay": "03/02/2026", "trich-yeu": "Về chuyên đề", "he-thong": "dang", "do-mat": "khong",
}  # fmt: skip
# What is changed, and the sentence in both languages.
BAD_DIRECTIVES = [
    ({"do-mat": "tối mật"}, "bí mật nhà nước", "marked secret"),
    ({"trich-yeu": "Về việc X (Mật)"}, "bí mật nhà nước", "marked secret"),
    ({"so": "7"}, "chưa phải số và ký hiệu", "not a number and symbol"),
    ({"so": "07/KH-UBND"}, "của cơ quan khác", "another body"),
    ({"ngay": "03/02/2099"}, "chưa tới", "has not come yet"),
    ({"trich-yeu": " "}, "Chưa ghi trích yếu", "abstract is missing"),
    ({"van-ban-goc": "99-KH/TU"}, "Không thấy văn bản này", "no such directive in the register"),
    ({"viec": "plan", "loai-don-vi": ["party_commune"]}, "phải ghi hạn", "needs a"),
    ({"viec": "plan", "loai-don-vi": ["party_commune"], "han": "01/01/2026"}, "trước ngày ban hành", "before the date"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _now(settings, tmp_path):
    settings.NOW, settings.MEDIA = make.NOON, tmp_path
    make.measure("van-ban-ban-hanh")
    make.measure("don-vi-trong-phong-trao", nature="balance")


@pytest.fixture(params=["vi", "en"])
def language(request):
    return request.param


def enter(entered, unit, line, role, language):
    return entered(unit, role, line=line, language=language)


def page_of(answer):
    return answer.content.decode()


def said(language, vi, en):
    return vi if language == "vi" else en


@pytest.mark.parametrize(("changes", "vi", "en"), BAD_DIRECTIVES)
def test_a_directive_that_cannot_be_filed(world, entered, language, changes, vi, en):
    client = enter(entered, world["TU"], world.party, Post.Role.REVIEWER, language)

    answer = client.post(reverse("desk:file-directive"), RIGHT | changes)

    assert answer.status_code == 400
    assert said(language, vi, en) in page_of(answer)
    assert f"<title>{said(language, 'Lỗi:', 'Error:')}" in page_of(answer)
    assert not Directive.objects.exists()


def test_a_correction_without_a_reason(world, entered, language):
    client = enter(entered, world["TU"], world.party, Post.Role.REVIEWER, language)
    own = filed(world["TU"], "07-KH/TU", on=world.party)

    answer = client.post(
        reverse("desk:correct-directive", args=[own.pk]), RIGHT | {"ban": "1", "ly-do": ""}
    )

    assert answer.status_code == 400
    assert said(language, "phải ghi lý do", "needs a reason") in page_of(answer)


def test_a_third_focus_task(world, entered, language):
    client = enter(entered, world["N.du"], world.party, Post.Role.RECORDER, language)
    begin = reverse("desk:begin-task")
    for _ in range(2):
        assert client.post(begin, {"nam": "2026", "loai": "focus"}).status_code == 302

    answer = client.post(begin, {"nam": "2026", "loai": "focus"})

    assert answer.status_code == 400
    assert said(language, "Chỉ chọn 1–2 việc trọng tâm", "Choose 1–2 focus tasks") in page_of(
        answer
    )
    assert Task.objects.count() == 2


def test_a_due_date_before_the_start(world, entered, language):
    client = enter(entered, world["N.du"], world.party, Post.Role.RECORDER, language)
    client.post(reverse("desk:begin-task"), {"nam": "2026", "loai": "focus"})
    task = Task.objects.get()
    sent = {"lan": task.edit, "bat-dau": "01/03/2026", "han": "01/02/2026"}

    answer = client.post(reverse("desk:task-question", args=[task.pk, 4]), sent)

    assert answer.status_code == 400
    assert said(language, "trước ngày bắt đầu", "before it starts") in page_of(answer)
    assert 'value="01/02/2026"' in page_of(answer)


def test_an_extension_without_a_reason_and_one_to_an_earlier_day(world, entered, language):
    client = enter(entered, world["N.du"], world.party, Post.Role.RECORDER, language)
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    address = reverse("desk:extend-task", args=[task.pk])

    without = client.post(address, {"han": "30/11/2026", "ly-do": " "})
    earlier = client.post(address, {"han": "30/09/2026", "ly-do": "Mưa lũ"})

    assert (without.status_code, earlier.status_code) == (400, 400)
    assert said(language, "phải ghi lý do", "needs a reason") in page_of(without)
    assert said(language, "không sau hạn cũ", "is not after") in page_of(earlier)
    assert not TaskExtension.objects.exists()


def test_a_movement_that_ends_before_it_begins(world, entered, language):
    client = enter(entered, world["TU"], world.party, Post.Role.REVIEWER, language)
    sent = {
        "ten": "X",
        "loai": "movement",
        "he-thong": "dang",
        "tu": "02/02/2026",
        "den": "01/02/2026",
    }

    answer = client.post(reverse("desk:launch"), sent)

    assert answer.status_code == 400
    assert said(language, "không sau ngày bắt đầu", "after") in page_of(answer)
    assert not Movement.objects.exists()


def test_a_number_of_an_address_that_is_none_is_no_error_of_ours(world, entered):
    client = enter(entered, world["TU"], world.party, Post.Role.REVIEWER, "vi")
    for name, asked in (
        ("desk:directives", {"nam": "năm ngoái", "loai": "lạ", "trang": "x", "co-quan": "9" * 40}),
        ("desk:directive-tree", {"tu": "abc", "nhom": "x"}),
        ("desk:tasks", {"nam": "x", "muc-tieu": "x", "phong-trao": "9" * 30, "chuyen-de": "-1"}),
        ("desk:programmes", {"nam": "99999999999"}),
        ("desk:plans", {"nam": "x"}),
    ):
        assert client.get(reverse(name), asked).status_code == 200, name


@pytest.mark.parametrize("year", ["0", "99999", "999999999", "2026.5", "٢٠٢٦"])
def test_a_year_out_of_all_reach_counts_as_none(world, entered, year):
    client = enter(entered, world["TU"], world.party, Post.Role.REVIEWER, "vi")
    term = programmes.open_term(
        level="province", name="2025-2030", ordinal="", start_date=make.START, end_date=None,
        by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    goal = programmes.set_objective(
        unit=world["TU"], term=term, kind="advantage", position=1, title="Cửa khẩu", by=make.clerk(), at=make.NOON
    )  # fmt: skip
    pages = [reverse("desk:objective", args=[goal.pk])]
    pages += [reverse(f"desk:{name}") for name in ("directives", "tasks", "programmes", "plans", "visits")]  # fmt: skip

    for there in pages:
        answer = client.get(there, {"nam": year})

        assert answer.status_code == 200, there
        assert heading(answer) == heading(client.get(there)), there


def heading(answer):
    return page_of(answer).split("<h1>")[1].split("</h1>")[0]
