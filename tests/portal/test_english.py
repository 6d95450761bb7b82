"""The English pages: complete. What stays Vietnamese is a name: of a unit, a place, a document."""

import re

import pytest

from tests.portal.seen import text
from tests.portal.world import pages

pytestmark = pytest.mark.django_db

# Words of the interface that no English page may show, and that no name of the small province holds.
VIETNAMESE = re.compile(
    r"\b(năm|tháng|quý|đơn vị|kỳ|hồ sơ|chưa|số liệu|hội nghị|lượt người|ngày|trang|biểu|chỉ tiêu|xem|mở|cộng|theo)\b",
    re.IGNORECASE,
)
# A title of the site, the names of sample documents and stated reasons are what people wrote.
TITLE = "Học và Làm theo Bác"
SAID = re.compile(r'<(\w+)[^>]* lang="vi"[^>]*>.*?</\1>', re.DOTALL)


def test_no_word_of_the_interface_is_left_in_vietnamese(client, world):
    left = {}
    for path in pages(world):
        if not path.startswith("/en/") or "/thanh-phan/" in path or "/bao-cao/" in path:
            continue
        response = client.get(path, follow=True)
        response.content = SAID.sub(" ", response.content.decode()).encode()
        if found := VIETNAMESE.findall(text(response).replace(TITLE, "")):
            left[path] = found

    assert left == {}


def test_an_english_page_is_marked_as_one_and_names_its_twin(client, world):
    got = client.get("/en/so-lieu/hoi-nghi-truc-tiep/?ky=2023").content.decode()

    assert '<html lang="en">' in got
    assert 'href="/so-lieu/hoi-nghi-truc-tiep/?ky=2023" lang="vi"' in got


def test_numbers_and_periods_are_english_on_an_english_page(client, world):
    got = text(client.get("/en/so-lieu/hoi-nghi-truc-tiep/?ky=2023-Q4"))

    assert "Q4 2023" in got
    assert "quý IV/2023" not in got
