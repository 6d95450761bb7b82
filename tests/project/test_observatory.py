"""What MDN's Observatory asks of a site, asked here without a network: its marks for what our public pages answer.

Source: the scoring of Mozilla's HTTP Observatory (github.com/mozilla/http-observatory, httpobs/docs/scoring.md): 100 to
begin with, less for what is missing, more for what is strict; from 100 on it is an A+.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as site
from django.test import Client

ROOT = Path(site.ROOT)
HALF_A_YEAR = 15_768_000
TOP = 100
SAID = "import django; django.setup(); from django.conf import settings as s; print(s.SECURE_HSTS_SECONDS, s.SECURE_SSL_REDIRECT)"  # fmt: skip


def policy(answer):
    parts = [each.split() for each in answer["Content-Security-Policy"].split(";") if each.strip()]
    return {name: values for name, *values in parts}


def lost(answer, plain):
    """Marks lost, by what is missing."""
    said = policy(answer)
    values = {each for many in said.values() for each in many}
    stays = answer.get("Strict-Transport-Security", "max-age=0").split(";")[0]
    return {
        "unsafe policy": 20 * bool(values & {"'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"}),
        "no https": 20 * (plain.status_code != 301 or not plain["Location"].startswith("https://")),
        "no strict transport": 20 * (int(stays.removeprefix("max-age=")) < HALF_A_YEAR),
        "may be framed": 20 * (said.get("frame-ancestors") != ["'none'"]),
        "types are guessed": 5 * (answer.get("X-Content-Type-Options") != "nosniff"),
        "open to other origins": 50 * ("Access-Control-Allow-Origin" in answer.headers),
        "cookies": 20 * bool(answer.cookies),
    }  # fmt: skip


def won(answer):
    """Marks above, given only to who has lost few."""
    said = policy(answer)
    return {
        "nothing but what is named": 10 * (said["default-src"] == ["'none'"]),
        "no address handed on": 5 * (answer["Referrer-Policy"] == "same-origin"),
        "framed by nobody": 5 * (said["frame-ancestors"] == ["'none'"]),
    }


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/tim/", "/hoi-dap/gui/", "/so-do-trang/", "/khong-co/"])
def test_a_public_page_gets_an_a_plus(settings, path):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 2 * HALF_A_YEAR
    client = Client()
    plain, answer = client.get(path), client.get(path, secure=True)

    missing = {name: marks for name, marks in lost(answer, plain).items() if marks}

    assert missing == {}
    assert TOP + sum(won(answer).values()) >= TOP + 10 + 5 + 5


@pytest.mark.parametrize(
    ("address", "proxies", "said"),
    [
        ("https://hoi.example", "1", "63072000 True"),
        ("https://hoi.example", "0", "0 False"),
        ("http://hoi.example", "1", "0 False"),
    ],
)
def test_behind_a_proxy_that_speaks_tls_nothing_is_answered_in_the_clear(
    tmp_path, address, proxies, said
):
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "lantoa.project.settings", "LANTOA_VAR": str(tmp_path),
        "LANTOA_ADDRESS": address, "LANTOA_PROXIES": proxies,
    }  # fmt: skip
    got = subprocess.run(
        [sys.executable, "-c", SAID], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )  # fmt: skip

    assert got.stdout.strip() == said
