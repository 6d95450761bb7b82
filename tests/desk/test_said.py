"""A sentence said once is carried to the next page by the browser, not by the login's row."""

from django.contrib.messages import SUCCESS
from django.http import HttpResponse
from django.test import RequestFactory

from lantoa.desk.said import Said

SENTENCE = "Đã gửi cấp trên."


def carried():
    """The cookie that leaves with a page on which something was said."""
    said, response = Said(RequestFactory().get("/lam-viec/")), HttpResponse()
    said.add(SUCCESS, SENTENCE)
    said.update(response)
    return response.cookies[Said.cookie_name]


def test_the_next_page_says_it():
    request = RequestFactory().get("/lam-viec/")
    request.COOKIES[Said.cookie_name] = carried().value

    assert [str(each) for each in Said(request)] == [SENTENCE]


def test_once_it_was_said_the_cookie_goes_from_where_it_lay(settings):
    request, response = RequestFactory().get("/lam-viec/"), HttpResponse()
    request.COOKIES[Said.cookie_name] = carried().value
    said = Said(request)
    list(said)
    said.update(response)

    gone = response.cookies[Said.cookie_name]
    assert (gone.value, gone["max-age"], gone["path"]) == ("", 0, settings.WORK_PATH)


def test_no_public_page_gets_it_and_no_script_reads_it(settings):
    cookie = carried()

    assert (cookie["path"], cookie["httponly"]) == (settings.WORK_PATH, True)


def test_another_hand_cannot_write_it():
    request = RequestFactory().get("/lam-viec/")
    request.COOKIES[Said.cookie_name] = "x" + carried().value

    assert list(Said(request)) == []
