"""The articles of the sample: read, filled from whatever books there are, and out since their days."""

import csv
import io
from pathlib import Path

import pytest
from PIL import Image as Pillow

from lantoa.articles import publishing, words
from lantoa.articles.checking import Photo, photo_faults
from lantoa.articles.models import ArticlePage, FrozenFigure
from lantoa.practices.models import Practice
from lantoa.project.sample import pictures, stories
from tests import make
from tests.portal import practising
from tests.portal import world as worlds
from tests.portal.seen import text

pytestmark = pytest.mark.django_db
CONFERENCES = 1 + 2 + 3 + 4 + 5 + 6


def load(settings, tmp_path):
    settings.SEGMENTS, settings.MEDIA_ROOT = tmp_path / "segments", tmp_path / "media"
    settings.NOW = make.NOON
    practising.spread(worlds.build())
    return stories.load(make.clerk(), at=make.NOON)


@pytest.fixture
def drawn(db, settings, tmp_path):
    """With the pictures as they are drawn, which takes its time."""
    return load(settings, tmp_path)


@pytest.fixture
def loaded(db, settings, tmp_path, monkeypatch):
    """With a plain square in place of each picture."""
    square = io.BytesIO()
    Pillow.new("RGB", (16, 9), "#24407A").save(square, "PNG")
    monkeypatch.setattr(pictures, "picture", lambda scene, seed: square.getvalue())
    return load(settings, tmp_path)


@pytest.fixture
def world_practice(loaded):
    return Practice.objects.get(title="Nuôi lợn nhựa tiết kiệm")


def test_a_score_of_them_is_out_and_the_first_leads_the_front_page(client, loaded):
    assert loaded == ArticlePage.objects.live().count() >= 20

    page = client.get("/").content.decode()
    first = ArticlePage.objects.get(is_headline=True)

    assert first.title in page
    assert first.source == "Theo Báo Cao Bằng, 18/01/2024"


def test_each_opens_and_says_what_the_books_say(client, loaded):
    for article in ArticlePage.objects.live():
        assert client.get(article.address()).status_code == 200, article.slug
    first = ArticlePage.objects.get(is_headline=True)

    assert f"{CONFERENCES} hội nghị trực tiếp" in text(client.get(first.address()))
    assert FrozenFigure.objects.filter(question="hoi-nghi-truc-tiep?ky=2023", value=CONFERENCES)


def test_the_figures_of_the_first_come_as_a_file_too(client, loaded):
    first = ArticlePage.objects.get(is_headline=True)
    [paper] = first.attachments.all()
    lines = Path(paper.document.file.path).read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(lines))

    assert "Tệp kèm theo Các con số trong bài CSV" in text(client.get(first.address()))
    assert [f"{CONFERENCES} hội nghị trực tiếp", "hoi-nghi-truc-tiep?ky=2023", first.source] in rows
    assert len(rows) > 5


def test_drawn_pictures_say_that_they_are_drawn_and_weigh_little(client, drawn):
    told = ArticlePage.objects.exclude(photo=None).select_related("photo")
    sizes = publishing.renditions([each.photo_id for each in told])
    phone = [cut.file.size for (_pk, size), cut in sizes.items() if size == publishing.NARROW]

    assert len(told) == len({each.photo_id for each in told}) == len(phone) >= 10
    assert {each.photo_credit for each in told} == {stories.DRAWN}
    assert not [each.slug for each in told if photo_faults(described(each))]
    assert max(phone) < 8_000
    assert stories.DRAWN in text(client.get(told[0].address()))


def described(article):
    return Photo(article.photo_alt, article.photo_caption, article.photo_credit, "", "")


def test_a_story_of_a_practice_opens_it(client, loaded, world_practice):
    story = ArticlePage.objects.filter(practice=world_practice)

    assert story.count() == 2
    assert "Muốn làm theo?" in text(client.get(story[0].address()))


def test_no_address_and_no_words_are_given_twice(loaded):
    slugs = list(ArticlePage.objects.values_list("slug", flat=True))

    assert len(set(slugs)) == len(slugs)
    assert not [each for each in ArticlePage.objects.all() if "](" in words.plain(each.body)]
