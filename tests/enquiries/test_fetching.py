"""Files that strangers point at: never from inside the network, never more than is kept, never what is not kept (A8)."""

import http.server
import threading

import pytest

from lantoa.enquiries import attachments, fetching, working
from lantoa.enquiries.fetching import RefusedAddressError
from lantoa.enquiries.models import Attachment
from tests import make
from tests.enquiries import zaloing
from tests.enquiries.asking import answerer
from tests.enquiries.zaloing import Clock, keep
from tests.zalo import fake

MINH = "246845883529197922"


@pytest.fixture
def knocks():
    """A listener inside the network that nothing may reach."""
    heard = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            """Quiet."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield heard, server.server_port
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "inside",
    ["127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.9", "169.254.169.254", "::1", "fd00::1", "fe80::1",
     "::ffff:127.0.0.1", "224.0.0.1", "100.64.0.1", "no address"],
)  # fmt: skip
def test_a_right_name_that_leads_inside_is_not_followed(inside):
    for found in ([inside], ["1.1.1.1", inside]):
        with pytest.raises(RefusedAddressError, match="inside"):
            fetching.fetch("https://f1.zadn.vn/a.jpg", lambda _host, _port, found=found: found)


@pytest.mark.parametrize(
    "address",
    ["http://f1.zadn.vn/a.jpg", "https://f1.zadn.vn:8443/a.jpg", "https://evil.example/a.jpg", "https://zadn.vn.evil.example/",
     "https://me@f1.zadn.vn/a", "https://f1.zadn.vn@127.0.0.1/", "file:///etc/passwd", "gopher://f1.zadn.vn/", "https://[::1]/",
     "https://127.0.0.1/", "//f1.zadn.vn/a", "", "https://f1.zadn.vn:99999/", "https://xzadn.vn/a"],
)  # fmt: skip
def test_an_address_elsewhere_is_not_even_resolved(address):
    def never(host, port):
        raise AssertionError(host)

    with pytest.raises(RefusedAddressError):
        fetching.fetch(address, never)


def test_nothing_inside_is_ever_spoken_to(knocks, settings):
    heard, port = knocks
    for address in (
        f"http://127.0.0.1:{port}/a",
        f"http://localhost:{port}/a",
        f"https://127.0.0.1:{port}/a",
    ):
        with pytest.raises(RefusedAddressError):
            fetching.fetch(address)

    assert heard == []


@pytest.fixture
def double(settings, tmp_path):
    zalo = fake.Zalo(now=Clock())
    server = fake.serve(zalo)
    zaloing.point_at(settings, tmp_path, server.server_port)
    yield zalo, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_redirect_is_not_followed(double):
    with pytest.raises(RefusedAddressError, match="HTTP 302"):
        fetching.fetch(f"{double[1]}/elsewhere")


def test_what_is_too_heavy_is_left_off(double, monkeypatch):
    monkeypatch.setattr(fetching, "LARGEST", 10)

    with pytest.raises(RefusedAddressError, match="size"):
        fetching.fetch(f"{double[1]}/anh.png")


@pytest.mark.parametrize(
    "content",
    [b"MZ\x90", b"<svg onload=alert(1)>", b"#!/bin/sh", b"", b"PK\x03\x04x", b"<html>", b"GIF"],
)
def test_what_a_file_is_is_told_by_its_content(content):
    with pytest.raises(RefusedAddressError, match="kind"):
        fetching.media_type(content)


@pytest.mark.django_db
def test_a_picture_is_kept_sealed_and_opens_again(double, world, settings):
    zalo, there = double
    answerer(world["P"])
    sent = [
        {"type": "image", "payload": {"url": f"{there}/anh.png"}},
        {"type": "image", "payload": {"url": "http://169.254.169.254/latest/"}},
    ]
    keep(zalo, zalo.event("user_send_image", MINH, text="Đèn hỏng", attachments=sent), make.NOON)
    working.work(make.NOON)
    kept, refused = Attachment.objects.order_by("position")
    lies = (settings.MEDIA / kept.file).read_bytes()

    assert (kept.state, kept.media_type, kept.address) == ("kept", "image/png", "")
    assert fake.PICTURE not in lies
    assert attachments.content_of(kept) == fake.PICTURE
    assert (refused.state, refused.fault) == ("refused", "address")
