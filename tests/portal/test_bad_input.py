"""What an address may hold and must not: one clear sentence in both languages, what was typed stays, never a 500."""

import pytest

pytestmark = pytest.mark.django_db

FIGURE = "/so-lieu/hoi-nghi-truc-tiep/"
BAD = [
    (FIGURE, "ky", "năm ngoái"),
    (FIGURE, "ky", "2023-Q5"),
    (FIGURE, "ky", "99999"),
    (FIGURE, "chot", "nd99"),
    (FIGURE, "he", "khong-co"),
    (FIGURE, "moc", "31/02/2024"),
    (FIGURE, "moc", "02/18/2024"),
    (FIGURE, "don-vi", "abc"),
    (FIGURE, "don-vi", "-1"),
    (FIGURE, "don-vi", "1e32"),
    (FIGURE, "xem", "3d"),
    (FIGURE, "xep", "mau"),
    (FIGURE, "so-voi", "hom-qua"),
    (FIGURE + "ho-so/", "trang", "0"),
    (FIGURE + "ho-so/", "trang", "9999999999999999999999"),
    (FIGURE + "ho-so/", "trang", "99"),
    ("/don-vi/", "ngay", "hôm kia"),
    ("/don-vi/", "so", "-3"),
    ("/don-vi/", "so", "999999"),
    ("/don-vi/", "su-kien", "1/13/2025"),
    ("/so-lieu/", "ky", "<script>"),
]


@pytest.mark.parametrize("language", ["", "/en"])
def test_a_bad_value_is_named_kept_and_answered_with_400(client, world, language):
    wrong = []
    for path, name, value in BAD:
        response = client.get(language + path, {name: value})
        body = response.content.decode()
        holds = [
            response.status_code == 400,
            f'id="o-{name}"' in body,
            'aria-invalid="true"' in body,
            "<script>" not in body,
            ("Có 1 chỗ cần sửa" in body) != bool(language),
        ]
        if not all(holds):
            wrong.append((path, name, value, holds))

    assert wrong == []


def test_no_value_breaks_a_page(client, world):
    """A zero byte, half a letter, a percent sign, five thousand letters, digits of other scripts."""
    values = ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "%", "a" * 5000, "٣", "²"]
    broken = [
        (path, name, value)
        for path in ("/", FIGURE, FIGURE + "ho-so/", "/don-vi/", "/bao-cao/")
        for name in ("ky", "chot", "he", "moc", "don-vi", "trang", "tim", "ngay", "so", "xep")
        for value in values
        if client.get(path, {name: value}).status_code not in (200, 302, 400, 404)
    ]

    assert broken == []


def test_a_unit_that_does_not_exist_is_not_there(client, world):
    for path in (FIGURE + "?don-vi=999999", "/don-vi/999999/", "/don-vi/99999999999999999999-x/"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_nothing_can_be_sent_to_a_public_page(client, world, method):
    for path in ("/", FIGURE, "/don-vi/", "/bao-cao/"):
        assert getattr(client, method)(path).status_code == 405


def test_a_missing_page_says_what_and_where_to_go(client, world):
    response = client.get("/khong-co/")

    assert response.status_code == 404
    assert "Không có trang này" in response.content.decode()
    assert 'href="/don-vi/"' in response.content.decode()


def test_a_broken_database_is_a_page_that_says_when_to_come_back(client, world, monkeypatch):
    from django.db import OperationalError

    from lantoa.portal import asking

    def broken():
        raise OperationalError

    monkeypatch.setattr(asking, "lines", broken)
    response = client.get("/don-vi/")

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    assert "Các con số vẫn còn nguyên" in response.content.decode()


def test_a_broken_page_is_drawn_without_a_request(client, world, monkeypatch):
    from lantoa.portal import asking

    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(asking, "lines", broken)
    client.raise_request_exception = False
    response = client.get("/don-vi/")

    assert response.status_code == 500
    assert "Số liệu vẫn còn nguyên" in response.content.decode()
    assert "Học và Làm theo Bác" in response.content.decode()
