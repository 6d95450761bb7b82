"""What editors wrote, as readers meet it: at its address, in its section, on the front page, with figures that open."""

import datetime as dt
import re

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file

from lantoa.articles.models import ArticlePage, Attachment
from tests import make
from tests.articles import writing
from tests.portal import practising
from tests.portal.seen import text, total
from tests.portal.world import hold

CONFERENCES = 1 + 2 + 3 + 4 + 5 + 6

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def test_an_article_stands_under_the_month_it_came_out_in(client, world):
    article = writing.article("Học và làm theo Bác")

    answer = client.get("/tin-tuc/2024/01/hoc-va-lam-theo-bac/")

    assert answer.status_code == 200
    assert article.address() == "/tin-tuc/2024/01/hoc-va-lam-theo-bac/"
    assert "09:36 Thứ Năm, 18/01/2024" in text(answer)


def test_under_another_month_or_number_it_leads_to_its_own_address(client, world):
    writing.article("Học và làm theo Bác")

    for wrong in ("/tin-tuc/2023/12/", "/tin-tuc/2024/1/", "/en/tin-tuc/2023/12/"):
        answer = client.get(f"{wrong}hoc-va-lam-theo-bac/")
        prefix = "/en" if wrong.startswith("/en") else ""
        assert answer.status_code == 301
        assert answer["Location"] == f"{prefix}/tin-tuc/2024/01/hoc-va-lam-theo-bac/"


def test_a_figure_in_it_opens_records_that_add_up_to_it(client, world):
    writing.article("Bài", text=f"<p>Đã mở {writing.figure(f'{CONFERENCES} hội nghị')}.</p>")

    page = client.get("/tin-tuc/2024/01/bai/").content.decode()
    [door] = re.findall(r'class="fig fig--chip" href="([^"]+)"', page)

    assert total(client.get(door.replace("&amp;", "&"))) == CONFERENCES
    assert f"{CONFERENCES} hội nghị<span" in page


def test_a_figure_stays_as_it_was_and_says_so_when_the_books_say_more(client, world):
    writing.article("Bài", text=f"<p>Đã mở {writing.figure(f'{CONFERENCES} hội nghị')}.</p>")
    before = text(client.get("/tin-tuc/2024/01/bai/"))
    hold(world.parties["01357"], dt.date(2023, 12, 30))

    after = text(client.get("/tin-tuc/2024/01/bai/"))

    assert "nay là" not in before
    assert f"{CONFERENCES} hội nghị" in after
    assert f"nay là {CONFERENCES + 1}; số trong bài là của ngày 23/11/2026" in after


def test_a_sum_of_figures_opens_the_figures_it_is_the_sum_of(client, world):
    question = "luot-nguoi-truc-tiep+luot-nguoi-truc-tuyen?ky=2023"
    writing.article("Bài", text=f"<p>{writing.figure('nhiều lượt', question)}</p>")

    page = client.get("/tin-tuc/2024/01/bai/").content.decode()
    [door] = re.findall(r'class="fig fig--chip" href="([^"]+)"', page)
    opened = text(client.get(door.replace("&amp;", "&")))

    assert "Lượt người dự hội nghị trực tiếp" in opened


def test_a_figure_that_is_no_longer_known_is_plain_text(client, world):
    writing.article("Bài", text=f"<p>{writing.figure('5 việc', 'khong-co?ky=2023')}</p>")

    assert "5 việc (chưa công khai)" in text(client.get("/tin-tuc/2024/01/bai/"))


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<svg onload="alert(1)"></svg>',
        '<a href="javascript:alert(1)">x</a>',
        '<p onclick="alert(1)" hx-get="/x">x</p>',
        '<a linktype="figure" question="&quot;><script>alert(1)</script>">x</a>',
    ],
)
def test_no_script_comes_out_of_a_text_whatever_went_in(client, world, bad):
    writing.article("Bài", text=f"<p>Chữ</p>{bad}")

    body = client.get("/tin-tuc/2024/01/bai/").content.decode().split("prose--article")[1]
    body = body.split('<div class="source">')[0]

    assert not re.search(r"<script|<svg|<img|onerror|onload|onclick|hx-get|javascript:", body)


def test_the_neighbours_are_those_of_its_section_in_the_order_of_their_days(client, world):
    for day in range(1, 8):
        writing.article(f"Bài {day}", dated=writing.DAY + dt.timedelta(days=day))
    writing.article("Mục khác", section="guong", dated=writing.DAY + dt.timedelta(days=4))

    seen = text(client.get("/tin-tuc/2024/01/bai-4/"))
    newer = seen.split("Những tin mới hơn")[1].split("Những tin cũ hơn")

    assert re.findall(r"Bài \d", newer[0]) == ["Bài 5", "Bài 6", "Bài 7"]
    assert re.findall(r"Bài \d", newer[1])[:3] == ["Bài 3", "Bài 2", "Bài 1"]
    assert "Mục khác" not in seen


def test_a_section_lists_its_own_and_the_news_list_all(client, world):
    writing.article("Bài học")
    writing.article("Bài gương", section="guong")

    assert "Bài gương" not in text(client.get("/tin-tuc/hoc-tap/"))
    assert {"Bài học", "Bài gương"} <= set(re.findall(r"Bài \w+", text(client.get("/tin-tuc/"))))
    assert client.get("/tin-tuc/khong-co/").status_code == 404
    assert client.get("/tin-tuc/?trang=9").status_code == 404


def test_the_front_page_leads_with_what_editors_put_there(client, world):
    writing.article("Bài cũ đứng đầu", is_headline=True)
    writing.article("Bài mới", dated=writing.DAY + dt.timedelta(days=9))

    page = client.get("/").content.decode()

    assert page.count("<h1") == 1
    assert re.search(r"<h1[^>]*><a[^>]*>Bài cũ đứng đầu", page)
    assert "Bài mới" in page


def test_what_was_taken_down_says_why_and_what_was_never_out_is_not_there(client, world):
    article = writing.article("Bài", withdrawn_why="Ảnh chưa được người trong ảnh đồng ý.")
    article.unpublish()
    writing.article("Nháp")
    ArticlePage.objects.filter(title="Nháp").update(live=False, first_published_at=None)

    gone = client.get("/tin-tuc/2024/01/bai/")

    assert gone.status_code == 410
    assert "Ảnh chưa được người trong ảnh đồng ý." in text(gone)
    assert client.get("/tin-tuc/2024/01/nhap/").status_code == 404


def test_an_address_that_an_article_once_had_leads_to_it(client, world):
    article = writing.article("Bài")
    article.slug = "ten-moi"
    article.save_revision().publish()

    answer = client.get("/tin-tuc/2024/01/bai/")

    assert (answer.status_code, answer["Location"]) == (301, "/tin-tuc/2024/01/ten-moi/")


def everything(world):
    """An article with all that one can have: photo, figure, tags, a file, unit, theme, practice, and others beside it."""
    about = {"unit": world.new["thanh-long"], "practice": practising.spread(world)}
    writing.shelf()
    kept = Image.objects.create(title="Ảnh", file=get_test_image_file(size=(1000, 600)))
    photo = {"photo": kept, "photo_alt": "Bà con đang đổ bê tông đường xóm.", "photo_credit": "Người ghi"}  # fmt: skip
    said = f"<p>{writing.figure('21 hội nghị')}</p>"
    found = writing.article("Bài", text=said, tags=("một", "hai"), **about, **photo)
    paper = Document.objects.create(title="Kế hoạch", file=ContentFile(b"x", name="ke-hoach.txt"))
    Attachment.objects.create(article=found, document=paper)
    for number in (1, 2, 3):
        day = writing.DAY + dt.timedelta(days=2 - number)
        writing.article(f"Bài {number}", dated=day, **about)
    return found


def test_a_view_writes_nothing_sets_no_cookie_and_asks_at_most_ten_times(
    client, world, settings, tmp_path, django_assert_max_num_queries
):
    settings.MEDIA_ROOT, settings.NOW = tmp_path, make.NOON
    there = everything(world).address()
    client.get(there)
    writing.article("Bài khác", section="guong")  # so that what was kept is drawn again

    with django_assert_max_num_queries(10) as asked:
        answer = client.get(there)

    got = text(answer)
    assert not answer.cookies
    assert [each["sql"] for each in asked.captured_queries if not each["sql"].startswith("SELECT")] == []  # fmt: skip
    assert "Những tin mới hơn Bài 2" in got
    assert "Những tin cũ hơn Bài 3" in got
    assert "Cùng mô hình, cùng đơn vị Bài 1" in got
    assert "Kế hoạch TXT" in got
    assert "Muốn làm theo?" in got


def test_a_recording_is_played_on_the_page_beside_its_words(client, world):
    writing.shelf()
    article = writing.article("Bài", audio=writing.recording(), transcript="Một năm học.\nLàm.")

    answer = client.get(article.address())
    [there] = re.findall(r'<audio controls preload="none" src="([^"]+)">', answer.content.decode())
    file = client.get(there)

    assert "Lời của bản đọc Một năm học. Làm." in text(answer)
    assert (file.status_code, file["Content-Type"]) == (200, "audio/mpeg")
    assert len(b"".join(file.streaming_content)) == 20 * 417


def test_a_recording_is_given_in_parts(client, world):
    writing.shelf()
    kept = writing.recording()

    whole = client.get(kept.url)
    part = client.get(kept.url, headers={"Range": "bytes=417-420"})
    beyond = client.get(kept.url, headers={"Range": "bytes=99999-"})

    assert (whole["Accept-Ranges"], len(b"".join(whole.streaming_content))) == ("bytes", 8340)
    assert (part.status_code, part["Content-Range"]) == (206, "bytes 417-420/8340")
    assert b"".join(part.streaming_content) == bytes.fromhex("fffb9064")
    assert beyond.status_code == 416


def test_a_file_comes_with_its_kind_and_size_and_is_kept_not_shown(client, world):
    writing.shelf()
    article = writing.article("Bài")
    paper = Document.objects.create(title="Kế hoạch", file=ContentFile(b"x" * 3000, name="kh.docx"))
    Attachment.objects.create(article=article, document=paper, title="Kế hoạch năm")

    answer = client.get(article.address())
    [there] = re.findall(r'<a href="(/tai-lieu/[^"]+)" download', answer.content.decode())

    assert "Tệp kèm theo Kế hoạch năm DOCX, 2,9 KB" in text(answer)
    file = client.get(there)
    assert file["Content-Disposition"].startswith("attachment")
    assert b"".join(file.streaming_content) == b"x" * 3000


def test_the_photo_above_the_text_comes_at_once_in_two_widths_and_those_inside_later(
    client, world, settings, tmp_path
):
    settings.MEDIA_ROOT, settings.NOW = tmp_path, make.NOON
    page = client.get(everything(world).address()).content.decode()
    [photo] = re.findall(r"<img [^>]+>", page)

    assert re.search(r'srcset="\S+ 480w, \S+ 960w"', photo)
    assert 'width="960" height="540"' in photo
    assert 'alt="Bà con đang đổ bê tông đường xóm."' in photo
    assert 'loading="lazy"' not in photo
