"""An open figure is cited so that its number stays, and offered as files that hold the same rows."""

import datetime as dt
import html
import io
import json
import re

import pyarrow.parquet as pq
import pytest

from lantoa.warehouse import segments
from tests import make
from tests.portal import world as worlds
from tests.portal.seen import rows, text, total

FIGURE = "/so-lieu/hoi-nghi-truc-tiep/"
RATIO = "/so-lieu/ty-le-dang-vien-tham-gia/"
CONFERENCES = 1 + 2 + 3 + 4 + 5 + 6

pytestmark = pytest.mark.django_db


def cited(response):
    return html.unescape(re.search(r'<p class="cite">([^<]+)</p>', response.content.decode())[1])


def dataset(response):
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.DOTALL)  # fmt: skip
    return json.loads(block[1])


def parquet(response):
    return pq.read_table(io.BytesIO(response.content))


@pytest.mark.parametrize("path", [FIGURE, RATIO])
def test_the_parquet_holds_the_rows_of_the_csv(client, world, path):
    table = parquet(client.get(path + "tai.parquet?ky=2023")).to_pylist()
    csv = rows(client.get(path + "tai.csv?ky=2023"))

    said = [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in table
    ]
    assert said == [{name: cell.removeprefix("'") for name, cell in row.items()} for row in csv]


def test_the_parquet_has_types_and_adds_up_to_the_figure(client, world):
    table = parquet(client.get(FIGURE + "tai.parquet?ky=2023"))

    assert {str(table.schema.field(name).type) for name in ("gia_tri", "da_gui", "don_vi_id")} == {"int64"}  # fmt: skip
    assert sum(filter(None, table.column("gia_tri").to_pylist())) == CONFERENCES


def test_the_parquet_carries_its_source_its_licence_and_that_it_is_a_sample(client, world):
    notes = parquet(client.get(FIGURE + "tai.parquet?ky=2023")).schema.metadata

    assert b"by/4.0" in notes[b"giay_phep"]
    assert f"{CONFERENCES} hội nghị" in notes[b"nguon"].decode()
    assert notes[b"luu_y"].decode().startswith("Số liệu minh họa")
    assert notes[b"ma_niem_phong"].decode() == segments.newest().chain


def test_the_address_of_a_citation_says_the_same_number_after_more_was_recorded(client, world):
    line = cited(client.get(FIGURE + "?ky=2023"))
    address = line.split()[-1].replace("http://testserver", "")

    worlds.hold(world.parties["01357"], dt.date(2023, 9, 9), at=make.NOON)

    again = client.get(address)
    assert f"{CONFERENCES} hội nghị" in line
    assert f"Hội nghị học tập trực tiếp {CONFERENCES} hội nghị" in text(again)
    assert f"{CONFERENCES + 1} hội nghị" in text(client.get(FIGURE + "?ky=2023"))
    assert "Số liệu như ở vị trí sổ cái" in text(again)
    door = re.search(r'<a class="fig[^"]*" href="([^"]+)"', again.content.decode())[1]
    assert total(client.get(html.unescape(door))) == CONFERENCES


def test_the_page_prints_the_newest_hash_of_the_chain(client, world):
    assert segments.newest().chain in text(client.get(FIGURE + "?ky=2023"))


def test_every_file_that_the_data_set_names_is_there(client, world):
    told = dataset(client.get(FIGURE + "?ky=2023"))

    assert told["@type"] == "Dataset"
    assert told["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert told["temporalCoverage"] == "2023-01-01/2023-12-31"
    kinds = {each["encodingFormat"] for each in told["distribution"]}
    assert kinds == {"text/csv", "application/json", "application/vnd.apache.parquet"}
    for each in told["distribution"]:
        got = client.get(each["contentUrl"].replace("http://testserver", ""))
        assert got.status_code == 200
        assert got["Content-Type"].startswith(each["encodingFormat"])


def test_a_hostile_name_does_not_end_the_data_block(client, world):
    got = client.get(f"{FIGURE}?ky=2023&don-vi={world.old['01362'].pk}")

    assert worlds.HOSTILE in dataset(got)["name"]
    assert "<script>alert" not in got.content.decode()


def test_the_data_set_is_told_in_english_too(client, world):
    told = dataset(client.get("/en" + FIGURE + "?ky=2023"))

    assert told["inLanguage"] == "en"
    assert "read at" in told["citation"]
