"""Recording what was done, as a plain form: without scripts, and with everything that can be typed wrongly."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from lantoa.work.models import Activity, Evidence
from tests import make
from tests.desk import recording
from tests.desk.recording import TODAY
from tests.work.photos import photo

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


@pytest.fixture(autouse=True)
def _place_and_time(settings, tmp_path):
    settings.MEDIA, settings.NOW = tmp_path / "media", make.NOON


@pytest.fixture
def kinds():
    return recording.kinds()


@pytest.fixture
def unit(world):
    return world["A1.cb"]


@pytest.fixture
def client(entered, unit, world):
    return entered(unit, line=world.party)


@pytest.fixture
def send(client, unit, kinds):
    """Send the form as a browser does; what is not named is what a good form holds."""

    def send(**boxes):
        typed = {
            "ma": str(uuid.uuid4()),
            "don-vi": unit.pk,
            "viec": "lao-dong",
            "ngay": TODAY.isoformat(),
            "so": "27",
        }
        typed |= {name.replace("_", "-"): value for name, value in boxes.items()}
        return client.post(reverse("desk:record"), typed)

    return send


def text(answer):
    return answer.content.decode()


def test_three_answers_and_a_number_are_a_record(send, client, unit):
    answer = send(noi_dung="Đổ thêm 80 m, bà con góp 27 công.")

    made = Activity.objects.get()
    assert answer.status_code == 302
    assert (made.unit, made.date, made.kind.code) == (unit, TODAY, "lao-dong")
    assert [value.value for value in made.values.all()] == [27]
    assert made.recorded_by == client.person
    page = text(client.get(answer["Location"]))
    assert "Đã lưu." in page
    assert "Lao động vì cộng đồng, 23/11/2026, 27 người" in page
    assert "Hoàn tác" in page


def test_what_was_just_saved_is_taken_back_by_one_button(send, client):
    send()
    made = Activity.objects.get()

    answer = client.post(reverse("desk:record-undo"), {"ma": made.uuid}, follow=True)

    made.refresh_from_db()
    assert made.withdrawn_at is not None
    assert "Đã bỏ việc vừa ghi." in text(answer)
    assert made.versions.get(number=2).reason == "Hoàn tác ngay sau khi ghi"


def test_sent_twice_by_a_double_click_it_counts_once(send):
    number = str(uuid.uuid4())

    answers = [send(ma=number) for _ in range(2)]

    assert {answer["Location"] for answer in answers} == {
        f"{reverse('desk:record')}?da-luu={number}"
    }
    assert Activity.objects.count() == 1


def test_the_same_number_with_other_content_shows_both_and_lets_the_person_choose(send, client):
    number = str(uuid.uuid4())
    send(ma=number, so="27")

    answer = send(ma=number, so="37")

    assert answer.status_code == 400
    assert "27 người" in text(answer)
    assert "37 người" in text(answer)
    assert "Ghi bản vừa gõ thành việc mới" in text(answer)
    assert [value.value for value in Activity.objects.get().values.all()] == [27]


def test_the_kinds_this_unit_uses_most_come_first_and_the_last_number_stands_beside(
    client, unit, kinds
):
    for heads in (20, 23):
        recording.held(
            kinds["sinh-hoat-chuyen-de"], unit, heads, date=TODAY - dt.timedelta(days=40 - heads)
        )
    recording.held(kinds["lao-dong"], unit, 99, date=TODAY - dt.timedelta(days=90))

    page = text(client.get(reverse("desk:record")))

    chips = page[: page.index("viec-khac")]
    assert chips.index("Sinh hoạt chuyên đề") < chips.index("Lao động vì cộng đồng")
    assert 'value="sinh-hoat-chuyen-de" checked' in page
    shown = page[page.index('id="so-truoc"') :]
    assert '<span class="num">23</span>' in shown[: shown.index("</p>")]


def test_a_kind_that_needs_more_than_heads_is_asked_for_by_itself(client, kinds):
    first = text(client.get(reverse("desk:record")))
    assert 'type="radio" name="viec" value="truc-tuyen"' not in first

    assert "Hội nghị trực tuyến" in text(client.get(reverse("desk:record"), {"viec": "khac"}))
    page = text(client.get(reverse("desk:record"), {"viec": "truc-tuyen"}))
    assert 'name="so-diem-cau"' in page
    assert 'name="so-luot-truc-tuyen"' in page
    assert 'name="so-dang-vien-tham-gia"' in page


def test_a_kind_with_more_numbers_is_recorded_with_all_of_them(send):
    send(
        viec="truc-tuyen",
        so="",
        so_diem_cau="21",
        so_luot_truc_tuyen="1.103",
        so_dang_vien_tham_gia="1 000",
    )

    values = {each.measure.code: each.value for each in Activity.objects.get().values.all()}
    assert values == {"diem-cau": 21, "luot-truc-tuyen": 1103, "dang-vien-tham-gia": 1000}


@pytest.mark.parametrize("typed", ["1103", "1.103", "1 103", " 1103 "])
def test_a_thousand_may_be_typed_as_people_write_it(send, typed):
    send(so=typed)

    assert Activity.objects.get().values.get().value == 1103


BAD = {
    "letters in a number": ({"so": "27 người"}, "không phải số", "so"),
    "a fraction": ({"so": "1.10"}, "không phải số nguyên", "so"),
    "a number with two readings": ({"so": "1,103"}, "chưa rõ là 1.103", "so"),
    "a negative number": ({"so": "-5"}, "dấu cộng hoặc trừ", "so"),
    "a number too long": ({"so": "9" * 25}, "quá lớn", "so"),
    "no number": ({"so": ""}, "Nếu không có ai thì ghi 0", "so"),
    "tomorrow": ({"ngay": "khac", "ngay_khac": "24/11/2026"}, "Ngày 24/11/2026 chưa tới", "ngay"),
    "before the unit opened": ({"ngay": "khac", "ngay_khac": "31/12/2019"}, "chưa thành lập", "ngay"),
    "month before day": ({"ngay": "khac", "ngay_khac": "11/23/2026"}, "không có tháng 23", "ngay"),
    "no day": ({"ngay": "khac", "ngay_khac": ""}, "Chưa chọn ngày", "ngay"),
    "no kind": ({"viec": ""}, "Chưa chọn việc gì", "viec"),
    "a kind that is not there": ({"viec": "khong-co"}, "Chưa chọn việc gì", "viec"),
    "a title too long": ({"noi_dung": "chữ " * 90}, "dài quá 300", "ket-qua"),
    "more members than heads": (
        {"so_dang_vien_tham_gia": "30"}, "nhiều hơn", "so-dang-vien-tham-gia",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("boxes", "sentence", "box"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_at_its_box_and_what_was_typed_stays(send, boxes, sentence, box):
    boxes = {"noi_dung": "Đổ thêm 80 m đường", **boxes}

    answer = send(**boxes)

    page = text(answer).split("<template")[0]  # what comes after is for scripts
    assert answer.status_code == 400
    assert "<title>Lỗi:" in page
    assert "Có 1 chỗ cần sửa" in page
    assert page.count(sentence) == 2
    assert f'href="#{box}"' in page
    assert f'id="{box}"' in page
    for typed in boxes.values():
        assert typed.strip() in page or typed in ("khac", "khong-co")
    assert not Activity.objects.exists()


def test_all_that_is_wrong_is_said_at_once(send):
    page = text(send(so="nhiều", ngay="khac", ngay_khac="mai", viec=""))

    assert "Có 3 chỗ cần sửa" not in page  # without a kind the number has no name yet
    assert "Có 2 chỗ cần sửa" in page


def test_an_emoji_in_the_title_is_kept(send):
    send(noi_dung="Vui quá 🎉👍🏽")

    assert Activity.objects.get().title == "Vui quá 🎉👍🏽"


def test_photos_come_with_the_form(send):
    sent = SimpleUploadedFile("IMG_1.jpg", photo(), "image/jpeg")

    send(anh=sent)

    assert Evidence.objects.get().activity == Activity.objects.get()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"Day la chu", "không phải ảnh"), (bytes(40 * MB), "40 MB, chỉ nhận tới 20 MB")],
    ids=["a text called .jpg", "forty megabytes"],
)
def test_a_bad_photo_is_refused_and_nothing_is_half_saved(send, content, sentence):
    answer = send(anh=SimpleUploadedFile("anh.jpg", content, "image/jpeg"), noi_dung="Giữ câu này")

    assert answer.status_code == 400
    assert sentence in text(answer)
    assert "Giữ câu này" in text(answer)
    assert not Activity.objects.exists()
    assert not Evidence.objects.exists()


def test_for_a_foreign_unit_nothing_is_recorded(send, world):
    answer = send(don_vi=world["B1.cb"].pk)

    assert answer.status_code == 403
    assert not Activity.objects.exists()


def test_a_leader_has_no_form(entered, unit, world):
    leader = entered(unit, "leader", line=world.party)

    assert leader.get(reverse("desk:record")).status_code == 403


def test_an_english_reader_gets_english_words(entered, unit, world, kinds):
    page = text(entered(unit, line=world.party, language="en").get(reverse("desk:record")))

    assert "Record an activity" in page
    assert "Việc gì?" not in page


def test_the_form_asks_a_fixed_number_of_questions(
    client, unit, kinds, django_assert_max_num_queries
):
    for days in range(12):
        recording.held(kinds["lao-dong"], unit, 20 + days, date=TODAY - dt.timedelta(days=days))

    with django_assert_max_num_queries(23):
        client.get(reverse("desk:record"))
