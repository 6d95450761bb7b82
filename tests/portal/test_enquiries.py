"""The public pages of questions: three answers, a code, a page of one's own; no cookie, no word elsewhere."""

import datetime as dt
import html
import re

import pytest
from django.test import Client

from lantoa.enquiries import actions, publishing
from lantoa.enquiries.models import Enquiry
from lantoa.orgs.models import Unit
from tests import make
from tests.enquiries.asking import WORDS, ask, asked, now
from tests.orgs import world as orgs_worlds
from tests.portal import world as worlds

pytestmark = pytest.mark.django_db
OURS = {"HTTP_SEC_FETCH_SITE": "same-origin"}


@pytest.fixture
def small():
    return orgs_worlds.small_province()


def sent(client, place, **changes):
    form = {"cau-hoi": WORDS, "noi": place.pk, "cach": "web", "dien-thoai": "", **changes}
    return client.post("/hoi-dap/gui/", form, **OURS)


def test_a_question_is_asked_and_read_again_by_its_code(small, client):
    answer = sent(client, small["N"])
    there = answer["Location"]
    page = client.get(there).content.decode()

    assert answer.status_code == 303
    assert re.fullmatch(r"/hoi-dap/theo-doi/DH-\d{4}-\d{4}-\w{4}-\w{4}/\?moi=1", there)
    assert WORDS in page
    assert "Hãy giữ dòng mã này" in page
    assert not client.cookies


def test_what_was_typed_stays_where_it_was_refused(small, client):
    long = "Dài lắm. " * 600
    answer = sent(client, small["N"], **{"cau-hoi": long})
    page = answer.content.decode()

    assert answer.status_code == 400
    assert long.strip() in page
    assert "ô này nhận tới 4.000" in page
    assert not Enquiry.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_SEC_FETCH_SITE": "cross-site"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_REFERER": "https://evil.example/testserver"},
        {},
    ],
)
def test_a_form_from_elsewhere_asks_nothing(small, headers):
    form = {"cau-hoi": WORDS, "noi": small["N"].pk, "cach": "web"}
    answer = Client().post("/hoi-dap/gui/", form, **headers)

    assert answer.status_code == 403
    assert WORDS in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_pages_with_words_are_kept_by_nobody(small, client):
    whole = asked(small["N"]).whole_code
    for there in ("/hoi-dap/gui/", f"/hoi-dap/theo-doi/{whole}/", f"/en/hoi-dap/theo-doi/{whole}/"):
        answer = client.get(there)
        assert answer["Cache-Control"] == "no-store", there
        assert answer["X-Robots-Tag"] == "noindex", there


def test_an_unknown_code_says_what_to_look_at(small, client):
    code = ask(small["N"]).code
    half = client.post("/hoi-dap/theo-doi/", {"ma": code}, **OURS)
    wrong = client.post("/hoi-dap/theo-doi/", {"ma": f"{code}-7KQM-X4TP"}, **OURS)

    assert "còn thiếu tám chữ cuối" in half.content.decode()
    assert "Không thấy mã này" in wrong.content.decode()
    assert {half.status_code, wrong.status_code} == {404}
    assert client.get(f"/hoi-dap/theo-doi/{code}-7KQM-X4TP/").status_code == 404


def test_a_code_typed_in_any_way_leads_to_its_page(small, client):
    whole = asked(small["N"]).whole_code
    answer = client.post("/hoi-dap/theo-doi/", {"ma": whole.lower().replace("-", " ")}, **OURS)

    assert answer["Location"] == f"/hoi-dap/theo-doi/{whole}/"


def test_the_citizen_says_more_on_the_page(small, client):
    asking = asked(small["N"])
    there = f"/hoi-dap/theo-doi/{asking.whole_code}/"
    empty = client.post(there, {"viec": "them", "them": " "}, **OURS)
    said = client.post(there, {"viec": "them", "them": "Ở xóm Nà Mòn."}, **OURS)

    assert (empty.status_code, said.status_code) == (400, 303)
    assert "Ở xóm Nà Mòn." in client.get(there).content.decode()


def test_only_communes_of_today_are_offered(small, client):
    page = client.get("/hoi-dap/gui/").content.decode()
    offered = {int(each) for each in re.findall(r'<option value="(\d+)"', page)}

    assert offered == {small["N"].pk, small["M"].pk}
    assert Unit.objects.filter(kind="commune").count() > len(offered)


def published(place, by, **changes):
    enquiry = ask(place)
    actions.answer(enquiry=enquiry, text="Nộp ở một cửa.", seen=1, by=by, at=make.NOON)
    said = {"question": WORDS, "answer": "Nộp ở một cửa.", "is_read": True, **changes}
    return publishing.publish(enquiry=now(enquiry), **said, by=by, at=make.NOON)


def test_a_question_that_was_answered_is_shown_before_the_same_is_sent(small, client):
    known = published(small["N"], make.clerk())
    first = sent(client, small["N"])
    again = sent(client, small["N"], **{"da-xem": "1"})

    assert first.status_code == 200
    assert f"/hoi-dap/{known.pk}/" in first.content.decode()
    assert WORDS in first.content.decode()
    assert again.status_code == 303


def test_it_was_my_question_too_is_counted_and_nothing_else(small, client):
    known = published(small["N"], make.clerk())
    answer = client.post(f"/hoi-dap/{known.pk}/cung-hoi/", **OURS)
    foreign = Client().post(f"/hoi-dap/{known.pk}/cung-hoi/", HTTP_SEC_FETCH_SITE="cross-site")

    known.refresh_from_db()
    assert known.asked == 1 + 1
    assert answer["Location"].endswith("?da-ghi=1")
    assert foreign["Location"] == "/hoi-dap/"


def test_published_questions_are_listed_found_and_taken_off(small, client):
    known = published(small["N"], make.clerk())
    listed = client.get("/hoi-dap/").content.decode()
    found = client.get("/hoi-dap/?tim=xoa+nha+tam").content.decode()
    nothing = client.get("/hoi-dap/?tim=den+duong").content.decode()
    publishing.withdraw(enquiry=known.enquiry, by=make.clerk(), at=make.NOON)

    assert WORDS in listed
    assert WORDS in found
    assert "Không thấy câu nào" in nothing
    assert client.get(f"/hoi-dap/{known.pk}/").status_code == 404


def test_the_page_counts_this_year_and_every_figure_opens(client, settings, tmp_path):
    settings.NOW = make.NOON
    world = worlds.build()
    by = make.clerk()
    place = world.new["thanh-long"]
    published(place, by)
    page = client.get("/hoi-dap/").content.decode()

    assert "Hộp thư" in page
    assert 'href="/so-lieu/cau-tra-loi/ho-so/' in page
    assert "trong ngày" in page


def test_the_page_on_personal_data_says_how_long_words_are_kept(small, client, settings):
    settings.ENQUIRY_KEPT = dt.timedelta(days=90)

    assert "xóa 90 ngày sau lời cuối" in client.get("/du-lieu-ca-nhan/").content.decode()


@pytest.mark.parametrize("language", ["", "/en"])
def test_whoever_holds_a_figure_to_be_wrong_asks_with_its_page_in_the_box(client, world, language):
    commune = world.new["thanh-long"]
    door = f"{language}/so-lieu/hoi-nghi-truc-tiep/ho-so/?ky=2023&don-vi={commune.pk}"
    [there] = re.findall(
        rf'href="({language}/hoi-dap/gui/\?ve=[^"]+)"', client.get(door).content.decode()
    )

    page = client.get(html.unescape(there)).content.decode()
    [written] = re.findall(r"<textarea[^>]*>([^<]*)</textarea>", page)

    assert f"http://testserver{language}/so-lieu/hoi-nghi-truc-tiep/ho-so/?ky=2023" in written
    assert f'<option value="{commune.pk}" selected' in page


@pytest.mark.parametrize(
    "other",
    ["https://evil.example/so-lieu/x/", "/mo-hinh/", "Hãy gọi 0912", "/so-lieu/a/?ky=Gọi 0912"],
)
def test_nobody_writes_words_into_the_box_of_another(client, world, other):
    page = client.get("/hoi-dap/gui/", {"ve": other}).content.decode()

    assert "></textarea>" in page
