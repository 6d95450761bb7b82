"""An editor at work in Wagtail: a draft may be anything, what comes out is looked at; what is taken down says why."""

import io
import json
import re
from pathlib import Path

import pytest
import wagtail.admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Pillow
from wagtail.images.models import Image

from lantoa.articles import actions, rating
from lantoa.articles.models import ArticlePage, SectionPage
from lantoa.orgs.models import Post
from tests import make
from tests.articles import writing
from tests.desk import recording

pytestmark = pytest.mark.django_db
GOOD = {"title": "Một bài", "slug": "mot-bai", "lead": "Sa-pô của bài."}


@pytest.fixture
def editor(world, entered, settings, tmp_path):
    settings.MEDIA_ROOT, settings.NOW = tmp_path, make.NOON
    actions.lay_out(by=make.clerk(), at=make.NOON)
    return entered(world["P"], Post.Role.EDITOR, line=world.territory)


def form(text="<p>Chữ.</p>", **said):
    """What the form of an article sends."""
    from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

    fields = {
        **GOOD,
        "photo": "", "photo_alt": "", "photo_caption": "", "photo_credit": "",
        "author": "", "source": "", "source_url": "", "unit": "", "theme": "", "practice": "",
        "tags": "", "audio": "", "transcript": "", "change_note": "", "withdrawn_why": "",
        "go_live_at": "", "expire_at": "",
        "body": streamfield([("text", rich_text(text, features=["figure", "bold"]))]),
        "attachments-TOTAL_FORMS": "0", "attachments-INITIAL_FORMS": "0",
        "attachments-MIN_NUM_FORMS": "0", "attachments-MAX_NUM_FORMS": "1000",
        "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0", "comments-MAX_NUM_FORMS": "",
    }  # fmt: skip
    return nested_form_data(fields | said)


def add(client, **said):
    section = SectionPage.objects.get(slug="hoc-tap")
    there = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])
    return client.post(there, form(**said))


def test_a_draft_may_be_anything_and_is_not_out(editor, client):
    answer = add(editor, lead="Gọi 0912 345 678")

    article = ArticlePage.objects.get()
    assert answer.status_code == 302
    assert not article.live
    assert client.get("/tin-tuc/").status_code == 200
    assert b"mot-bai" not in client.get("/tin-tuc/").content


def test_what_comes_out_is_looked_at_and_what_was_typed_stays(editor):
    answer = add(editor, lead="Gọi 0912 345 678", **{"action-publish": "1"})

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Có số giống số điện thoại: 0912 345 678" in page
    assert "Gọi 0912 345 678" in page
    assert not ArticlePage.objects.exists()


def test_a_good_article_comes_out_under_todays_month(editor, client):
    add(editor, **{"action-publish": "1"})

    article = ArticlePage.objects.get()
    assert article.live
    assert client.get(article.address()).status_code == 200


def test_a_script_that_is_pasted_is_only_words(editor, client):
    add(editor, text="<p>Chữ</p><script>alert(1)</script>", **{"action-publish": "1"})

    assert b"<script>alert" not in client.get(ArticlePage.objects.get().address()).content


def test_a_figure_goes_through_the_editor_and_comes_back(editor, client):
    kind = recording.kinds()["lao-dong"]
    assert kind
    question = "nguoi-tham-gia?ky=2026"
    add(editor, text=f"<p>{writing.figure('7 người', question)}</p>")

    kept = ArticlePage.objects.get().get_latest_revision_as_object().body[0].value.source
    assert f'linktype="figure" question="{question}"' in kept or f'question="{question}"' in kept


def test_a_figure_whose_words_say_something_else_does_not_come_out(editor):
    answer = add(editor, text=f"<p>{writing.figure('9 việc', 'khong-co?ky=2026')}</p>", **{"action-publish": "1"})  # fmt: skip

    assert "chưa mở được hồ sơ nào" in answer.content.decode()


def test_nothing_is_taken_down_without_a_reason(editor, client):
    add(editor, **{"action-publish": "1"})
    article = ArticlePage.objects.get()
    there = reverse("wagtailadmin_pages:unpublish", args=[article.pk])

    editor.post(there)
    still = client.get(article.address()).status_code
    ArticlePage.objects.filter(pk=article.pk).update(withdrawn_why="Sai số liệu.")
    editor.post(there)

    assert still == 200
    assert client.get(article.address()).status_code == 410


def test_two_articles_cannot_have_one_address_whatever_their_sections(editor):
    add(editor, **{"action-publish": "1"})
    section = SectionPage.objects.get(slug="guong")
    there = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", section.pk])

    answer = editor.post(there, form())

    assert answer.status_code == 200
    assert "Đã có bài khác mang địa chỉ" in answer.content.decode()


@pytest.mark.parametrize("name", ["anh.svg", "anh.html", "anh.jpg"])
def test_what_is_no_picture_is_not_taken(editor, name):
    sent = SimpleUploadedFile(name, b"<svg onload='alert(1)' xmlns='http://www.w3.org/2000/svg'/>")
    answer = editor.post(reverse("wagtailimages:add"), {"title": "Ảnh", "file": sent})

    assert answer.status_code == 200
    assert not Image.objects.exists()


@pytest.mark.parametrize(("width", "height"), [(8000, 6000), (1, 1)])
def test_a_photo_of_more_points_than_any_needs_is_not_taken(editor, width, height):
    """A small file may swell to gigabytes; it is turned away by what its head says."""
    sent = io.BytesIO()
    Pillow.new("1", (width, height)).save(sent, "PNG")
    file = SimpleUploadedFile("anh.png", sent.getvalue())

    editor.post(reverse("wagtailimages:add"), {"title": "Ảnh", "file": file})

    assert Image.objects.count() == (width == 1)


def test_editors_read_vietnamese(editor):
    from bs4 import BeautifulSoup

    add(editor)
    article = ArticlePage.objects.get()
    pages = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[article.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[article.pk]),
        reverse("wagtailadmin_pages:history", args=[article.pk]),
        reverse("wagtailadmin_pages:workflow_history", args=[article.pk]),
        reverse("wagtailadmin_pages:unpublish", args=[article.pk]),
        reverse("wagtailadmin_pages:delete", args=[article.pk]),
        reverse("wagtailadmin_pages:move", args=[article.pk]),
        reverse("wagtailadmin_pages:copy", args=[article.pk]),
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:index"),
        reverse("wagtaildocs:add"),
        reverse("wagtailadmin_account"),
        reverse("wagtailadmin_reports:locked_pages"),
        reverse("wagtailadmin_reports:workflow"),
    ]
    english = re.compile(r"\b(the|this|page|save|publish|draft|status|history|live|search|edit|images|documents|localhost|guide)\b", re.IGNORECASE)  # fmt: skip
    left = {}
    for path in pages:
        soup = BeautifulSoup(editor.get(path).content, "html.parser")
        for each in soup(["script", "style", "template", "svg", "noscript"]):
            each.decompose()
        lines = {line.strip() for line in soup.get_text("\n").splitlines() if english.search(line)}
        if lines:
            left[path] = sorted(lines)[:40]

    assert left == {}


def test_what_scripts_say_to_editors_is_vietnamese_too(editor):
    """Every text of Wagtail's own scripts has its Vietnamese in the catalogue that they are sent."""
    home = Path(wagtail.admin.__file__).parent / "locale/en/LC_MESSAGES/djangojs.po"
    texts = set(re.findall(r'^msgid "(.+)"$', home.read_text("utf-8"), re.MULTILINE))

    said = json.loads(re.search(r"const newcatalog = ({.*?});\n", editor.get(reverse("wagtailadmin_javascript_catalog")).content.decode(), re.DOTALL)[1])  # fmt: skip

    assert len(texts) > 70
    assert sorted(texts - set(said)) == []


def test_an_editor_counts_the_votes_that_came_in_a_crowd(editor, settings):
    settings.RATING_FROM_ADDRESS = 1
    add(editor, **{"action-publish": "1"})
    article = ArticlePage.objects.get()
    for number in range(4):
        rating.rate(article=article, stars=5, address="10.0.0.1", browser=f"{number}", at=make.NOON)

    page = editor.get(reverse("held-ratings")).content.decode()
    editor.post(reverse("held-ratings"), {"bai": article.slug, "viec": "tinh"})

    assert "Một bài" in page
    assert rating.score(article).votes == 4
