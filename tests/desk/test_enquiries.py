"""The citizens' inbox in the work area: the first due first, an answer in two taps, notes apart."""

import pytest
from django.urls import reverse

from lantoa.desk import answering
from lantoa.enquiries import queries
from lantoa.enquiries.models import AnswerTemplate, Enquiry
from lantoa.orgs.models import Post
from tests import make
from tests.enquiries.asking import WORDS, ask, asked, now

pytestmark = pytest.mark.django_db
Role = Post.Role


@pytest.fixture(autouse=True)
def _moment(settings, noon):
    settings.NOW = noon


@pytest.fixture
def client(world, entered):
    return entered(world["N"], Role.ANSWERER)


def act(client, enquiry, what, **boxes):
    there = reverse("desk:enquiry-act", args=[enquiry.pk])
    return client.post(there, {"viec": what, "ban": now(enquiry).version, **boxes})


def test_a_question_travels_from_the_form_to_the_answer_on_its_page(client, world):
    question = asked(world["N"])
    inbox = client.get("/lam-viec/hoi-dap/").content.decode()
    opened = client.get(f"/lam-viec/hoi-dap/{question.enquiry.pk}/").content.decode()
    act(client, question.enquiry, "tra-loi", **{"tra-loi": "Có, nộp ở bộ phận một cửa."})

    seen = client.get(f"/hoi-dap/theo-doi/{question.whole_code}/").content.decode()
    assert WORDS[:40] in inbox
    assert WORDS in opened
    assert "Có, nộp ở bộ phận một cửa." in seen
    assert "Trả lời này có giải quyết được việc không?" in seen


def test_an_answer_takes_at_most_four_taps_and_the_text(client, world):
    """The inbox is in the bar (1), the question in the list (2), the box is on its page (3), and so is the button (4)."""
    question = ask(world["N"])
    bar = client.get("/lam-viec/").content.decode()
    inbox = client.get("/lam-viec/hoi-dap/").content.decode()
    opened = client.get(f"/lam-viec/hoi-dap/{question.pk}/").content.decode()

    assert 'href="/lam-viec/hoi-dap/"' in bar.partition('class="thumb"')[2]
    assert f'href="/lam-viec/hoi-dap/{question.pk}/"' in inbox
    assert 'name="tra-loi"' in opened
    assert 'value="tra-loi"' in opened


def test_the_inbox_shows_the_first_due_first_and_counts_what_is_late(client, world, settings):
    first, second = ask(world["N"]), ask(world["N"], "Đêm qua có trộm, báo công an nào ở xã?")
    page = client.get("/lam-viec/hoi-dap/").content.decode()
    settings.NOW = first.due_at.replace(year=2027)
    late = client.get("/lam-viec/hoi-dap/").content.decode()

    assert page.index(second.code) < page.index(first.code)
    assert "2 câu đang mở" in page
    assert "2 quá hạn" in late


def test_both_counts_above_the_list_open_as_many(client, world, settings):
    first, second = ask(world["N"]), ask(world["N"], "Đêm qua có trộm, báo công an nào ở xã?")
    Enquiry.objects.filter(pk=second.pk).update(answerer=make.person())
    settings.NOW = first.due_at.replace(year=2027)
    act(client, first, "hoi-lai", **{"tra-loi": "Ở thôn nào?"})

    mine, both, late = (client.get("/lam-viec/hoi-dap/", {"xem": xem}).content.decode() for xem in ("", "dang-mo", "qua-han"))  # fmt: skip

    assert "2 câu đang mở" in mine
    assert second.code not in mine
    assert (first.code in both, second.code in both) == (True, True)
    assert "1 quá hạn" in mine
    assert (first.code in late, second.code in late) == (False, True)


def test_a_question_is_found_by_any_part_of_its_code_and_by_what_it_is_about(client, world):
    first, second = ask(world["N"]), ask(world["N"], "Đêm qua có trộm, báo công an nào ở xã?")
    typed = second.code.replace("-", "").lower()[-6:]

    by_code = client.get("/lam-viec/hoi-dap/", {"ma": typed}).content.decode()
    by_topic = client.get("/lam-viec/hoi-dap/", {"ve": second.topic}).content.decode()
    none = client.get("/lam-viec/hoi-dap/", {"ma": "9999"}).content.decode()

    assert (first.code in by_code, second.code in by_code) == (False, True)
    assert (first.code in by_topic, second.code in by_topic) == (False, True)
    assert "Không thấy câu hỏi nào" in none
    assert 'name="ma"' in client.get("/lam-viec/hoi-dap/", {"xem": "tat-ca"}).content.decode()
    assert 'name="ma"' not in client.get("/lam-viec/hoi-dap/").content.decode()


def test_what_was_typed_stays_when_it_is_refused(client, world):
    question = ask(world["N"])
    answer = act(client, question, "chuyen", **{"ly-do": "Việc của tỉnh", "don-vi": ""})

    assert answer.status_code == 400
    assert 'value="Việc của tỉnh"' in answer.content.decode()
    assert "Chọn một đơn vị khác" in answer.content.decode()


def test_an_old_page_changes_nothing(client, world):
    question = ask(world["N"])
    act(client, question, "nhan")
    answer = act(client, question, "tra-loi", **{"tra-loi": "Có.", "ban": 1})

    assert answer.status_code == 400
    assert "vừa có người khác xử lý" in answer.content.decode()
    assert "Có.</textarea>" in answer.content.decode()
    assert not now(question).replies.exists()


def test_what_was_handed_on_leaves_no_word_behind(client, world, entered):
    entered(world["P"], Role.ANSWERER)
    question = ask(world["N"])
    act(client, question, "chuyen", **{"ly-do": "Việc của tỉnh", "don-vi": world["P"].pk})
    handed = client.get("/lam-viec/hoi-dap/?xem=chuyen").content.decode()

    assert question.code in handed
    assert WORDS[:40] not in handed
    assert client.get(f"/lam-viec/hoi-dap/{question.pk}/").status_code == 404


def test_my_work_has_one_row_for_all_questions(client, world):
    ask(world["N"])
    ask(world["N"])

    assert "Trả lời 2 câu dân hỏi" in client.get("/lam-viec/").content.decode()


def test_the_inbox_asks_the_database_as_often_for_many_as_for_few(
    client, world, django_assert_max_num_queries
):
    for _ in range(3):
        ask(world["N"])
    with django_assert_max_num_queries(40) as few:
        client.get("/lam-viec/hoi-dap/")
    for _ in range(12):
        ask(world["N"])
    with django_assert_max_num_queries(len(few)):
        client.get("/lam-viec/hoi-dap/")


def test_leaders_and_recorders_read_no_question(world, entered):
    question = ask(world["N"])
    for role in set(Role) - {Role.ANSWERER, Role.ADMINISTRATOR}:
        page = entered(world["P"], role).get(f"/lam-viec/hoi-dap/{question.pk}/")
        assert page.status_code == 403, role
        assert WORDS[:40] not in page.content.decode()


def test_whoever_answers_above_sees_it_too(world, entered, noon):
    question = ask(world["N"])

    assert queries.one(entered(world["P"], Role.ANSWERER).person, question.pk, noon) == question


def test_an_answer_is_published_after_somebody_has_read_it(client, world):
    question = ask(world["N"], "Tôi tên là Lý Thị Mẩy, hỏi hồ sơ xóa nhà tạm gồm gì?")
    answered = act(client, question, "tra-loi-cong-khai", **{"tra-loi": "Nộp ở một cửa."})
    there = f"/lam-viec/hoi-dap/{question.pk}/cong-khai/"
    draft = client.get(there).content.decode()
    boxes = {
        "cau-hoi-cong-khai": "Hồ sơ xóa nhà tạm gồm gì?",
        "tra-loi-cong-khai": "Nộp ở một cửa.",
    }
    unread = client.post(there, boxes)
    read = client.post(there, {**boxes, "da-doc": "1"})
    public = client.get("/hoi-dap/").content.decode()

    assert answered["Location"] == there
    assert "tôi tên là [tên]" in draft.lower()
    assert (unread.status_code, read.status_code) == (400, 302)
    assert "Hồ sơ xóa nhà tạm gồm gì?" in public
    assert "Mẩy" not in public


def test_words_used_often_begin_an_answer(client, world):
    question = ask(world["N"])
    empty = client.post("/lam-viec/hoi-dap/mau/", {"ten-mau": "", "loi-mau": "x"})
    client.post("/lam-viec/hoi-dap/mau/", {"ten-mau": "Đã nhận", "loi-mau": "Đã nhận hồ sơ."})
    kept = AnswerTemplate.objects.get()
    page = client.get(f"/lam-viec/hoi-dap/{question.pk}/?mau={kept.pk}").content.decode()

    assert empty.status_code == 400
    assert ">Đã nhận hồ sơ.</textarea>" in page


def test_an_administrator_says_who_answers_what(client, world, entered):
    admin = entered(world["P"], Role.ADMINISTRATOR)
    there = "/lam-viec/hoi-dap/phan-cong/"
    unclear = admin.post(there, {"linh-vuc": "an-ninh", "don-vi": "không có đơn vị này"})
    admin.post(there, {"linh-vuc": "an-ninh", "don-vi": "Hội tỉnh"})

    assert unclear.status_code == 400
    assert "Hội tỉnh" in admin.get(there).content.decode()
    assert ask(world["N"], "Đêm qua có trộm, báo công an nào ở xã?").unit == world["W"]
    assert client.get(there).status_code == 403


@pytest.mark.parametrize(
    ("said", "most", "title"),
    [
        ("Gần đây có người lạ gọi điện", 15, "Gần đây có…"),
        ("Đường ở đây,  rất xấu", 13, "Đường ở đây…"),
        ("Vừa đủ", 6, "Vừa đủ"),
        ("a" * 12, 10, "a" * 9 + "…"),
    ],
)
def test_a_title_is_cut_at_the_end_of_a_word(said, most, title):
    assert answering.short(said, most) == title
