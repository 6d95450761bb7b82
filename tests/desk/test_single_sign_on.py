"""Single sign-on by settings alone: off unless a server is named, and then for people who are known here already."""

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from django.test import Client
from django.urls import reverse

from tests import make
from tests.desk.conftest import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = {"provider_id": "sso"}


class Server(HTTPServer):
    """An OpenID Connect server on the loopback: it says who came, and trusts the code it gave."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.who = "so-123"


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *_):
        """Say nothing."""

    def do_GET(self):
        here = self.server.address
        if self.path.endswith("/.well-known/openid-configuration"):
            self.say(
                {
                    "issuer": here,
                    "authorization_endpoint": f"{here}/authorize",
                    "token_endpoint": f"{here}/token",
                    "userinfo_endpoint": f"{here}/who",
                    "jwks_uri": f"{here}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        else:
            self.say({"sub": self.server.who, "preferred_username": "khac"})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        said = {
            "sub": self.server.who,
            "iss": self.server.address,
            "aud": "lantoa",
            "exp": 4102444800,
        }
        token = jwt.encode(said, "x" * 32, algorithm="HS256")
        self.say({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def say(self, told):
        body = json.dumps(told).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server(settings):
    running = Server()
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    app = {
        "provider_id": "sso", "name": "Tỉnh", "client_id": "lantoa", "secret": "bi-mat",
        "settings": {"server_url": running.address},
    }  # fmt: skip
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
    }
    yield running
    running.shutdown()
    running.server_close()
    thread.join()


def through(client, process="login"):
    """To the server and back, as a browser goes."""
    there = client.post(reverse("openid_connect_login", kwargs=LOGIN) + f"?process={process}")
    asked = parse_qs(urlsplit(there["Location"]).query)
    back = reverse("openid_connect_callback", kwargs=LOGIN)
    return asked, client.get(back, {"code": "c", "state": asked["state"][0]})


@pytest.fixture
def account(entered):
    return entered(make.unit()).person.account


def test_it_is_off_unless_a_server_is_named(settings):
    assert settings.OIDC_SERVER == ""
    assert Client().get(reverse("openid_connect_login", kwargs=LOGIN)).status_code == 404
    assert "Đăng nhập qua" not in Client().get(reverse("account_login")).content.decode()
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] == ["'self'"]


def test_the_environment_alone_switches_it_on(tmp_path):
    """And a form may be sent on to that server, and to no other."""
    named = {
        "LANTOA_OIDC_SERVER": "https://sso.tinh.vn/realms/x",
        "LANTOA_OIDC_NAME": "Tỉnh",
        "LANTOA_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lantoa.project.settings",
    }
    read = (
        "import json; from django.conf import settings as s; print(json.dumps(["
        "s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'],"
        "s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0]['name']]))"
    )
    said = subprocess.run(
        [sys.executable, "-c", read], env=os.environ | named, capture_output=True, check=True
    )

    assert json.loads(said.stdout) == [["'self'", "https://sso.tinh.vn"], "Tỉnh"]


def test_a_stranger_gets_no_account(server):
    client = Client()
    asked, answer = through(client)

    assert "code_challenge" in asked
    assert "Chưa có tài khoản ở đây" in answer.content.decode()
    assert client.get(reverse("desk:mine")).status_code == 302


def test_whoever_has_linked_it_enters_with_it(server, account):
    inside = Client()
    inside.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    through(inside, "connect")
    page = inside.get(reverse("socialaccount_connections")).content.decode()
    assert "so-123" in page

    fresh = Client()
    assert "Đăng nhập qua Tỉnh" in fresh.get(reverse("account_login")).content.decode()
    through(fresh)
    assert fresh.get(reverse("desk:mine")).status_code == 200

    server.who = "so-456"
    other = Client()
    through(other)
    assert other.get(reverse("desk:mine")).status_code == 302


def test_an_answer_that_nobody_asked_for_lets_nobody_in(server, account):
    client = Client()
    answer = client.get(
        reverse("openid_connect_callback", kwargs=LOGIN), {"code": "c", "state": "bia"}
    )

    assert answer.status_code == 401
    assert "Chưa đăng nhập được" in answer.content.decode()
