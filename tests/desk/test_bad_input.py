"""The bad input that people send, item by item, at every door where it can come in: a page, a phone's JSON, a workbook.

Each time: a sentence in the reader's language, at its box or cell; what was typed is still there; nothing is half-saved.
docs/promises.md lists the items with their sentences. What a visitor may type into an address: tests/portal/test_bad_input.py.
"""

import datetime as dt
import html
import inspect
import io
import re
import uuid
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from lantoa.desk import csvs
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Post
from lantoa.project.routes import routes
from lantoa.submissions.models import Submission, Version
from lantoa.work import evidence
from lantoa.work.models import Activity
from tests import make
from tests.desk import recording, reporting
from tests.desk.test_matrix import everything
from tests.desk.test_sheets import fields
from tests.intake import books
from tests.intake.test_workbooks import HOSTILE, a_million_far_cells, bomb
from tests.work.photos import photo

pytestmark = pytest.mark.django_db
MB = 1024 * 1024
THIRD = {"code": "hoc-tap", "period": "2026-Q3"}
TOMORROW, BEFORE = "2026-11-24", "2019-12-31"


@pytest.fixture(autouse=True)
def _place_and_time(settings, tmp_path):
    settings.MEDIA, settings.NOW = tmp_path / "media", make.NOON


@dataclass
class Hands:
    """Somebody who records and sends for a commune, by whichever door."""

    client: object
    unit: object

    def form(self, **boxes):
        """The form of a record, good but for what is named."""
        typed = {
            "ma": str(uuid.uuid4()), "don-vi": self.unit.pk, "viec": "lao-dong", "ngay": "2026-11-23",
            "so": "27", "noi-dung": "Đổ thêm 80 m",
        }  # fmt: skip
        return self.client.post(reverse("desk:record"), typed | boxes)

    def phone(self, **more):
        """The same as a phone sends it."""
        item = {
            "v": 1, "uuid": str(uuid.uuid4()), "unit": self.unit.pk, "kind": "lao-dong", "date": "2026-11-23",
            "values": {"so": "27"}, "title": "Đổ thêm 80 m", "base": 0, "saved_at": "",
        }  # fmt: skip
        return self.client.post(
            reverse("intake:record"), item | more, content_type="application/json"
        )

    def phone_photo(self, content):
        number = uuid.uuid4()
        self.phone(uuid=str(number))
        there = reverse("intake:photo", args=[number, uuid.uuid4()]) + "?ten=IMG_1.jpg"
        return self.client.post(there, content, content_type="image/jpeg")

    def sheet(self, period="2026-Q3", **boxes):
        told = {
            "ban": "0", "nhap": "", "viec": "gui", "so-luot-nguoi": "8", "so-hoi-nghi": "2",
            "ly-do-luot-nguoi": "sổ họp", "ly-do-hoi-nghi": "sổ họp",
        }  # fmt: skip
        return self.client.post(reverse("desk:sheet", args=["hoc-tap", period]), told | boxes)

    def blank(self, **changes):
        return self.client.get(reverse("desk:workbook", kwargs=THIRD | changes)).content

    def book(self, content, name="bang.xlsx"):
        file = SimpleUploadedFile(name, content)
        return self.client.post(reverse("desk:take-workbook", kwargs=THIRD), {"bang": file})

    def cells(self, **values):
        return self.book(books.filled(values, book=self.blank()))


@pytest.fixture
def hands(world, entered):
    reporting.quarterly(world)
    recording.kinds()

    def of(unit="N.du", *, language="vi"):
        return Hands(entered(world[unit], line=world.party, language=language), world[unit])

    return of


def said(answer):
    """All that is read in an answer, whichever door gave it."""
    if answer["Content-Type"] == "application/json":
        told = answer.json()
        wrong = " ".join(each["sentence"] for each in told.get("wrong", []))
        return f"{told.get('sentence', '')} {wrong}"
    page = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r" ([:.,])(?= )", r"\1", html.unescape(re.sub(r"\s+", " ", page)))


def jpg(content):
    return {"anh": SimpleUploadedFile("IMG_1.jpg", content, content_type="image/jpeg")}


def heavy():
    return photo() + bytes(40 * MB)


# ---- what is refused: who does what, what is said in both languages, and what must still stand on the page

FUTURE = ("Ngày 24/11/2026 chưa tới. Chọn hôm nay hoặc trước đó.", "24/11/2026 is in the future. Choose today or earlier.")  # fmt: skip
EARLY = ("Ngày 31/12/2019 đơn vị chưa thành lập (thành lập 01/07/2025). Hãy xem lại ngày hoặc đơn vị.", "On 31/12/2019 the unit was not open yet (it opened on 01/07/2025). Check the day or the unit.")  # fmt: skip
LETTERS = ("“27 người” không phải số. Ghi bằng chữ số 0–9, ví dụ 1103 hoặc 1.103.", "“27 người” is not a number. Write digits 0–9, for example 1103 or 1.103.")  # fmt: skip
GROUPS = ("“1.10” không phải số nguyên. Chỗ này chỉ đếm số nguyên; dấu chấm tách từng nhóm ba chữ số", "“1.10” is not a whole number. Only whole numbers are counted here; a dot parts groups of three digits")  # fmt: skip
HEAVY = ("Ảnh nặng 40 MB, chỉ nhận tới 20 MB. Hãy chụp lại ở cỡ nhỏ hơn, hoặc lưu việc không kèm ảnh.", "The photo weighs 40 MB; at most 20 MB are taken. Take it again at a smaller size, or save the record without it.")  # fmt: skip
HEAVY_ON_A_PHONE = ("Ảnh này nặng hơn mức điện thoại được gửi. Hãy chụp lại ở cỡ nhỏ hơn, hoặc mở việc này trên trang rồi thêm ảnh.", "This photo is heavier than a phone may send. Take it again at a smaller size, or open the record on its page and add the photo there.")  # fmt: skip
NO_PHOTO = ("Tệp này không phải ảnh, hoặc ảnh đã hỏng. Hãy chọn ảnh JPEG, PNG hoặc WebP.", "This file is no photo, or it is damaged. Choose a JPEG, PNG or WebP photo.")  # fmt: skip
NOT_BEGUN = ("Kỳ quý I/2027 chưa bắt đầu nên chưa gửi được. Hãy gửi khi kỳ đã bắt đầu.", "has not begun, so nothing can be sent for it. Send it once it has.")  # fmt: skip
MACROS = ("Bảng có macro (lệnh tự chạy) nên không nhận. Hãy Lưu thành .xlsx, loại không có macro, rồi nộp lại.", "The workbook holds macros and is not taken. Save it as .xlsx, the kind without macros, and send it again.")  # fmt: skip
BOMB = ("Tệp nén chứa quá nhiều dữ liệu so với một bảng báo cáo. Hãy tải bảng mới từ trang này, chép số sang rồi nộp.", "The file unpacks to far more than a report's workbook holds. Download a new workbook from this page")  # fmt: skip
FAR = ("Ô ZZ100000 có nội dung mà nằm quá xa bảng. Hãy xóa ô ấy rồi nộp lại.", "The cell ZZ100000 holds something far away from the table. Clear it and send the workbook again.")  # fmt: skip

REFUSED = {
    "a future date, on the page": (
        lambda by: by.form(**{"ngay": "khac", "ngay-khac": "24/11/2026"}), FUTURE, 'value="24/11/2026"'),
    "a future date, from a phone": (lambda by: by.phone(date=TOMORROW), FUTURE, ""),
    "a future period, on the page": (lambda by: by.sheet(period="2027-Q1"), NOT_BEGUN, 'value="sổ họp"'),
    "a date before the unit opened, on the page": (
        lambda by: by.form(**{"ngay": "khac", "ngay-khac": "31/12/2019"}), EARLY, 'value="31/12/2019"'),
    "a date before the unit opened, from a phone": (lambda by: by.phone(date=BEFORE), EARLY, ""),
    "letters in a number, on the page": (lambda by: by.form(so="27 người"), LETTERS, 'value="27 người"'),
    "letters in a number, from a phone": (lambda by: by.phone(values={"so": "27 người"}), LETTERS, ""),
    "letters in a number, in a report": (
        lambda by: by.sheet(**{"so-luot-nguoi": "27 người"}), LETTERS, 'value="27 người"'),
    "letters in a number, in a workbook": (lambda by: by.cells(E9="27 người"), LETTERS, "Ô E9|Cell E9"),
    "1.10, on the page": (lambda by: by.form(so="1.10"), GROUPS, 'value="1.10"'),
    "1.10, from a phone": (lambda by: by.phone(values={"so": "1.10"}), GROUPS, ""),
    "1.10, in a report": (lambda by: by.sheet(**{"so-luot-nguoi": "1.10"}), GROUPS, 'value="1.10"'),
    "1.10, in a workbook": (lambda by: by.cells(E9="1.10"), GROUPS, "Ô E9|Cell E9"),
    "a photo of 40 MB, on the page": (lambda by: by.form(**jpg(heavy())), HEAVY, "Đổ thêm 80 m"),
    "a photo of 40 MB, from a phone": (lambda by: by.phone_photo(heavy()), HEAVY_ON_A_PHONE, ""),
    "a text called .jpg, on the page": (lambda by: by.form(**jpg(b"chu thuong")), NO_PHOTO, "Đổ thêm 80 m"),
    "a text called .jpg, from a phone": (lambda by: by.phone_photo(b"chu thuong"), NO_PHOTO, ""),
    "a workbook with macros": (
        lambda by: by.book(HOSTILE["macros"][0]()), MACROS, ""),
    "a workbook called .xlsm": (
        lambda by: by.book(HOSTILE["macros"][0](), "bang.xlsm"), MACROS, ""),
    "a workbook that is a zip bomb": (lambda by: by.book(bomb()), BOMB, ""),
    "a workbook with a million far cells": (lambda by: by.book(a_million_far_cells()), FAR, ""),
}  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("item", REFUSED)
def test_it_is_refused_in_words_and_nothing_is_half_saved(item, language, hands):
    does, sentences, kept = REFUSED[item]
    by = hands(language=language)
    before = everything()

    answer = does(by)

    assert sentences[language == "en"] in said(answer)
    assert 400 <= answer.status_code < 500
    if kept:
        assert any(each in answer.content.decode() for each in kept.split("|"))
    if "page" in item or not {"photo", ".jpg"} & {*re.split(r"[ ,]+", item)}:
        assert everything() == before


@pytest.mark.parametrize("content", [heavy, lambda: b"chu thuong"])
def test_a_record_whose_photo_is_refused_has_arrived_without_it(content, hands):
    """A phone sends the text first: the photo's refusal takes nothing of it back."""
    by = hands()

    by.phone_photo(content())

    assert Activity.objects.get().evidence.count() == 0


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_workbook_of_another_unit_is_refused(language, hands):
    theirs = hands("M.du").blank()
    by = hands(language=language)
    before = everything()

    page = said(by.book(theirs))

    vi, en = (
        "Bảng này tạo cho một đơn vị khác. Hãy tải bảng của đơn vị mình từ trang này.",
        "This workbook was made for another unit. Download your own unit's from this page.",
    )
    assert (en if language == "en" else vi) in page
    assert everything() == before


# ---- what is taken, and must come back as it is

CLAPS = "Tổ 👏🏽 Đoàn kết"


def test_an_emoji_in_a_name_is_kept_from_every_door(hands, world, entered):
    by = hands()
    by.form(**{"noi-dung": CLAPS})
    by.phone(title=CLAPS)
    by.sheet(**{"ly-do-luot-nguoi": CLAPS})
    admin = entered(world["N"], Post.Role.ADMINISTRATOR, line=world.territory)
    there = f"{reverse('desk:new-person')}?noi={world.territory.pk}-{world['N'].pk}"
    admin.post(there, {"ten": CLAPS, "vai": "recorder", "ngay": "23/11/2026"})

    assert {each.title for each in Activity.objects.all()} == {CLAPS}
    assert Submission.objects.get().statements.filter(reason=CLAPS).exists()
    assert Person.objects.filter(name=CLAPS).exists()
    page = by.client.get(reverse("desk:records")).content.decode()
    assert page.count(CLAPS) == 2


def test_an_emoji_in_a_workbook_goes_out_and_comes_back(hands):
    by = hands()
    shown = by.cells(E9=2, F9=CLAPS)

    assert shown.status_code == 200
    assert CLAPS in shown.content.decode()


FORMULAS = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://a.example";"b")', "＝1+1", "\t=1+1"]  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_in_a_text_comes_back_as_text(formula, hands):
    """Typed as a reason, it goes out in a workbook and in a list: a spreadsheet shows it and works nothing out."""
    by = hands()
    by.sheet(**{"ly-do-hoi-nghi": formula})
    book = openpyxl.load_workbook(io.BytesIO(by.blank())).worksheets[0]
    row = csvs.csv_file("a.csv", ["a"], [[formula]]).content.decode().splitlines()[1]

    cells = [cell for line in book.iter_rows() for cell in line if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert any(cell.value == formula.strip() and cell.quotePrefix for cell in cells)
    assert row.lstrip('"').startswith("'")


# ---- what comes at the wrong moment


def test_a_login_that_ended_in_mid_form_gives_back_what_was_typed(hands, settings):
    by = hands()
    settings.LOGIN_IDLE = dt.timedelta()

    asked = by.form(so="31", **{"noi-dung": "Lời đã gõ"})
    settings.LOGIN_IDLE = dt.timedelta(minutes=30)
    assert asked.status_code == 302
    assert "/vao/" in asked["Location"]
    by.client.force_login(by.client.person.account)
    page = by.client.get(reverse("desk:typed"))

    assert "Lúc bấm gửi thì phiên làm việc đã hết, nên chưa có gì được gửi." in said(page)
    assert "Lời đã gõ" in page.content.decode()
    assert 'name="so" value="31"' in page.content.decode()
    assert not Activity.objects.exists()


def test_a_login_that_ended_tells_a_phone_so_and_the_phone_keeps_what_it_has(hands):
    by = hands()
    by.client.logout()

    answer = by.phone()

    assert (answer.status_code, answer.json()["state"]) == (401, "enter")
    assert not Activity.objects.exists()


def test_a_login_that_ended_sends_no_workbook(hands):
    by = hands()
    book = by.blank()
    by.client.logout()

    answer = by.book(book)

    assert answer.status_code in {302, 401, 403}
    assert not Submission.objects.exists()


def test_a_double_click_counts_once_at_every_door(hands):
    by, number, other = hands(), str(uuid.uuid4()), str(uuid.uuid4())

    for _ in range(2):
        by.form(ma=number)
        by.phone(uuid=other)
        by.sheet()

    assert Activity.objects.count() == 2
    assert Version.objects.count() == 1


def test_a_workbook_agreed_to_twice_counts_once(hands):
    by = hands()
    shown = by.cells(E8=8, F8="sổ họp", E9=2, F9="sổ họp")
    kept = re.search(r'name="ket-qua" value="([^"]+)"', shown.content.decode())[1]
    told = {"ket-qua": kept, "viec": "gui"}

    for _ in range(2):
        by.client.post(reverse("desk:agree-workbook", kwargs=THIRD), told)

    assert Version.objects.count() == 1


TWO_TABS = ("Việc này vừa được sửa hoặc rút ở nơi khác. Chọn bản giữ lại.", "Choose the version to keep")  # fmt: skip


def test_of_two_tabs_the_second_overwrites_nothing_on_the_page(hands):
    by = hands()
    by.form()
    there = reverse("desk:correct-record", args=[Activity.objects.get().pk])
    opened = fields(by.client.get(there))

    by.client.post(there, opened | {"so": "30", "ly-do": "đếm lại"})
    late = by.client.post(there, opened | {"so": "40", "ly-do": "đếm lại"})

    assert TWO_TABS[0] in said(late)
    assert {"30 người", "40 người"} <= set(re.findall(r"\d+ người", said(late)))
    assert Activity.objects.get().values.get().value == 30


def test_of_two_devices_the_second_overwrites_nothing(hands):
    by, number = hands(), str(uuid.uuid4())
    by.phone(uuid=number)
    by.phone(uuid=number, base=1, values={"so": "30"})

    late = by.phone(uuid=number, base=1, values={"so": "40"})

    assert late.status_code == 409
    assert late.json()["there"]["values"] == {"luot-nguoi-lao-dong": "30"}
    assert late.json()["sentence"].endswith(".")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_two_tabs_of_a_report_the_second_overwrites_nothing(language, hands):
    by = hands(language=language)
    by.sheet()

    late = by.sheet(**{"so-luot-nguoi": "9"})

    vi, en = (
        "Báo cáo này vừa đổi: nay là bản 1",
        "This report has just changed: it is now version 1",
    )
    assert (en if language == "en" else vi) in said(late)
    assert 'value="9"' in late.content.decode()
    assert Submission.objects.get().version == 1


def test_a_workbook_from_before_another_sending_is_outdated(hands):
    by = hands()
    early = by.blank()
    by.sheet()

    assert "Bảng này đã cũ: từ lúc tải về, báo cáo hoặc biểu đã đổi." in said(by.book(early))
    assert Submission.objects.get().version == 1


def test_evidence_added_later_is_held_to_the_same_rules(hands):
    by = hands()
    by.form()
    there = reverse("desk:add-evidence", args=[Activity.objects.get().pk])

    answers = [
        by.client.post(there, jpg(content), follow=True) for content in (heavy(), b"chu thuong")
    ]

    assert HEAVY[0] in said(answers[0])
    assert NO_PHOTO[0] in said(answers[1])
    assert not evidence.Evidence.objects.exists()


NAMED = re.compile(r"""(?:GET|asked|said|query)\.get\("([a-z-]+)\"""")
# A number beyond all reach, below it, a day that is none, a zero byte.
NO_VALUES = ("9999999", "-1", "2026-13-45", "\x00")
PLAIN = [
    route
    for route in routes()
    if route.name.startswith("desk:") and "<" not in route.address and route.needs != "public"
]


def asked_by(route):
    """What the page of a route may read in its address: the names in its module, or else those of every list."""
    module = Path(inspect.getfile(inspect.unwrap(resolve(reverse(route.name)).func)))
    return {*NAMED.findall(module.read_text("utf-8")), "nam", "trang", "xep"}


def test_no_value_in_an_address_breaks_a_page_of_the_work_area(world, entered):
    """Each page is asked by somebody who may open it."""
    clients = {role: entered(world["P"], role, line=world.territory) for role in Post.Role}
    broken = [
        (route.name, name, value)
        for route in PLAIN
        for name in sorted(asked_by(route))
        for value in NO_VALUES
        if clients[min(rights.ACTS[route.needs].roles)]
        .get(reverse(route.name), {name: value})
        .status_code
        >= 500
    ]

    assert broken == []
