"""A report as an Excel workbook: given out, filled in, shown, agreed to. Nothing is loaded before that."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve, reverse

from lantoa.intake import stamps, workbooks
from lantoa.orgs.models import Post
from lantoa.submissions import reviews
from lantoa.submissions.models import Submission
from lantoa.submissions.reviews import Shown
from tests import make
from tests.desk import reporting
from tests.intake import books

pytestmark = pytest.mark.django_db
THIRD = {"code": "hoc-tap", "period": "2026-Q3"}


@pytest.fixture(autouse=True)
def _at_noon(settings):
    settings.NOW = make.NOON


@pytest.fixture
def sheet(world):
    return reporting.quarterly(world)


@pytest.fixture
def unit(world):
    return world["N.du"]


@pytest.fixture
def client(world, sheet, unit, entered):
    reporting.record(world["A1.cb"], 1240)
    return entered(unit, line=world.party)


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def download(client, **changes) -> bytes:
    answer = client.get(reverse("desk:workbook", kwargs=THIRD | changes))
    assert answer.status_code == 200, text(answer)
    return answer.content


def send(client, book, **changes):
    file = SimpleUploadedFile("bang.xlsx", book)
    return client.post(reverse("desk:take-workbook", kwargs=THIRD | changes), {"bang": file})


def agree(client, shown, **told):
    kept = re.search(r'name="ket-qua" value="([^"]+)"', shown.content.decode())[1]
    told = {"ket-qua": kept, "viec": "gui"} | told
    return client.post(reverse("desk:agree-workbook", kwargs=THIRD), told)


def filled(client, cells, **more):
    return books.filled(cells, book=download(client), **more)


GOOD = {"E9": 2, "F9": "chưa ghi hồ sơ"}


def test_it_is_given_out_filled_from_records(client):
    answer = client.get(reverse("desk:workbook", kwargs=THIRD))

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert 'filename="hoc-tap-2026-q3-dang-uy-xa-n.xlsx"' in answer["Content-Disposition"]
    assert [cell.value for cell in sheet[8]] == [
        "luot-nguoi", "luot-nguoi", "lượt", 1240, 1240, None,
    ]  # fmt: skip
    assert [cell.value for cell in sheet[9]][3:] == ["–", None, None]
    assert sheet["A2"].value == "Đảng ủy Xã N · Học tập chuyên đề · 01/07/2026–30/09/2026"


def test_nothing_is_loaded_until_somebody_agrees(client, unit):
    shown = send(client, filled(client, GOOD))
    before = Submission.objects.count()
    answered = agree(client, shown)

    assert shown.status_code == 200
    assert "Ô E9 · chưa ghi hồ sơ" in text(shown)
    assert before == 0
    sent = Submission.objects.get()
    assert answered.status_code == 302
    assert (sent.unit, sent.state, sent.version) == (unit, "sent", 1)
    assert [(each.total, each.reason) for each in sent.statements.all()] == [(2, "chưa ghi hồ sơ")]


def test_every_bad_cell_stands_on_the_page_with_its_address(client):
    page = send(client, filled(client, {"E8": 1.103, "E9": "ba mươi"}))

    assert page.status_code == 400
    assert "Có 2 ô cần sửa" in text(page)
    assert re.search(r"Ô E8 : “1\.103” chưa rõ là 1\.103 hay là số lẻ", text(page))
    assert re.search(r"Ô E9 : “ba mươi” không phải số", text(page))
    assert "ket-qua" not in page.content.decode()


def test_what_sending_would_refuse_is_told_before_by_cell(client):
    page = send(client, filled(client, {"E8": 1200, "E9": 3}))

    assert "riêng các đơn vị bên dưới đã ghi 1.240" in text(page)
    assert re.search(r"Ô F9 : Hãy ghi vì sao tự khai", text(page))
    assert not Submission.objects.exists()


def test_an_empty_cell_is_asked_about_once_more(client):
    shown = send(client, download(client))

    asked = agree(client, shown)
    meant = agree(client, shown, **{"co-y": "1"})

    assert asked.status_code == 400
    assert "Còn trống: hoi-nghi" in text(asked)
    assert meant.status_code == 302
    values = Submission.objects.get().versions.get().values.order_by("measure__position")
    assert [each.value for each in values] == [1240, None]


def test_agreed_to_as_a_draft_it_waits_on_the_form(client):
    agree(client, send(client, filled(client, GOOD)), viec="nhap")

    form = client.get(reverse("desk:sheet", kwargs=THIRD)).content.decode()

    assert Submission.objects.get().state == "draft"
    assert re.search(r'name="so-hoi-nghi" value="2"', form)
    assert "chưa ghi hồ sơ" in form


def test_old_text_is_converted_only_as_somebody_saw_it(client):
    book = filled(client, {"E9": 2, "F9": "sæ cña chi bé"}, fonts={"F9": ".VnTime"})

    shown = send(client, book)
    agree(client, shown, **{"chuyen-hoi-nghi": "1"})

    assert "Ô F9 (TCVN3): sæ cña chi bé" in text(shown)
    assert "Chuyển thành sổ của chi bộ" in text(shown)
    assert Submission.objects.get().statements.get().reason == "sổ của chi bộ"


def test_who_does_not_want_it_converted_keeps_it(client):
    book = filled(client, {"E9": 2, "F9": "sæ cña chi bé"}, fonts={"F9": ".VnTime"})

    agree(client, send(client, book))

    assert Submission.objects.get().statements.get().reason == "sæ cña chi bé"


def test_the_workbook_of_another_unit_is_refused_wherever_its_stamp_came_from(
    client, world, entered
):
    other = entered(world["M.du"], line=world.party)
    theirs = download(other)

    page = send(client, theirs)

    assert page.status_code == 400
    assert "tạo cho một đơn vị khác" in text(page)


def test_the_workbook_of_another_period_is_refused(client):
    page = send(client, download(client, period="2026-Q4"))

    assert "của một kỳ khác" in text(page)


def test_a_workbook_from_before_another_sending_is_outdated(client, unit):
    early = filled(client, GOOD)
    reporting.answer(unit, hoi_nghi=3)

    page = send(client, early)

    assert "Bảng này đã cũ" in text(page)


def test_what_was_shown_before_another_sending_is_no_longer_agreed_to(client, unit):
    shown = send(client, filled(client, GOOD))
    reporting.answer(unit, hoi_nghi=3)

    page = agree(client, shown)

    assert page.status_code == 400
    assert "Báo cáo đã đổi" in text(page)
    assert Submission.objects.get().version == 1


def test_what_one_person_was_shown_another_cannot_agree_to(client, world, unit, entered):
    shown = send(client, filled(client, GOOD))
    colleague = entered(unit, line=world.party)

    page = agree(colleague, shown)

    assert page.status_code == 400
    assert not Submission.objects.exists()


def test_an_edited_result_is_none(client):
    page = client.post(
        reverse("desk:agree-workbook", kwargs=THIRD), {"ket-qua": "abc:def:ghi", "viec": "gui"}
    )

    assert page.status_code == 400
    assert not Submission.objects.exists()


def test_after_approval_an_adjustment_asks_why(client, world, unit):
    above = make.person()
    Post.objects.create(
        person=above, unit=world["TU"], line=world.party, role=reporting.REVIEWER,
        start_date=make.START,
    )  # fmt: skip
    submission = reporting.answer(unit, hoi_nghi=1)
    reviews.approve(submission=submission, shown=Shown(1, 10**6), by=above, at=make.NOON)
    shown = send(client, filled(client, GOOD))

    refused = agree(client, shown)
    made = agree(client, shown, **{"dieu-chinh": "sót một buổi"})

    assert "đã khóa" in text(refused)
    assert made.status_code == 302
    submission.refresh_from_db()
    assert (submission.version, submission.approved_version) == (2, 1)


def test_nothing_to_report_is_refused_where_there_are_records(client):
    page = send(client, filled(client, {"B5": "Không phát sinh", "E8": None}))

    assert page.status_code == 400
    assert "đã có hồ sơ" in text(page)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"STT;So\n1;3\n", "không phải bảng Excel"),
        (b"PK\x03\x04" + b"\0" * (6 * 1024 * 1024), "nặng quá 5 MB"),
        (b"", "không phải bảng Excel|Chưa chọn tệp"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_in_words(client, content, says):
    page = send(client, content)

    assert page.status_code == 400
    assert re.search(says, text(page))
    assert 'aria-invalid="true"' in page.content.decode()


def test_without_a_file_it_asks_for_one(client):
    page = client.post(reverse("desk:take-workbook", kwargs=THIRD))

    assert "Chưa chọn tệp" in text(page)


def test_a_file_without_the_forms_token_is_not_looked_at(client):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(client.person.account)

    assert send(strict, b"x").status_code == 403


def test_a_unit_that_need_not_answer_gets_no_workbook(world, sheet, entered):
    cell = entered(world["A1.cb"], line=world.party)

    page = cell.get(reverse("desk:workbook", kwargs=THIRD))

    assert page.status_code == 400
    assert "không phải gửi biểu" in text(page)


def test_in_english_all_of_it_is_english(world, sheet, unit, entered):
    client = entered(unit, line=world.party, language="en")

    book = download(client)
    page = send(client, books.filled({"E8": 1.103}, book=book))

    heads = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(book)).worksheets[0][7]]
    assert heads[0] == "Code"
    assert "1 cell to mend" in text(page)
    assert "may be 1,103 or a fraction" in text(page)


def test_the_stamp_says_whose_it_is(client, unit):
    hidden = openpyxl.load_workbook(io.BytesIO(download(client))).worksheets[1]

    stamps.check(
        hidden["A1"].value,
        stamps.About(unit.pk, "hoc-tap", "2026-Q3", 0, ["luot-nguoi", "hoi-nghi"]),
    )


def test_what_is_too_large_is_let_go_while_it_streams_and_the_token_is_asked_for_all_the_same(
    client, monkeypatch
):
    address = reverse("desk:take-workbook", kwargs=THIRD)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(client.person.account)
    token = re.search(
        r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(address).content.decode()
    )[1]
    monkeypatch.setattr(workbooks, "read", lambda *_, **__: pytest.fail("it was kept and read"))

    page = strict.post(
        address,
        {
            "csrfmiddlewaretoken": token,
            "bang": SimpleUploadedFile("a.xlsx", b"\0" * (6 * 1024 * 1024)),
        },
    )

    assert resolve(address).func.csrf_exempt  # or the whole file would be read before the cap stood
    assert "nặng quá 5 MB" in text(page)
