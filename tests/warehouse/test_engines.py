"""`lantoa rollup` by any engine, and `lantoa ledger`, as a person calls them."""

import datetime as dt
import importlib.util
import io
import os
import shutil

import pytest
from django.core.management import CommandError, call_command

from lantoa.ledger import actions as ledger
from lantoa.ledger.actions import Fact
from lantoa.rollup.tables import TotalTooLargeError
from lantoa.warehouse import engine, figures, segments, store
from tests import make
from tests.orgs import world as worlds

pytestmark = pytest.mark.django_db
MARCH = dt.date(2024, 3, 4)
HAS_SPARK = bool(shutil.which("java") and importlib.util.find_spec("pyspark"))
NO_SPARK = "skipped: Spark; to run it: apt-get install default-jre-headless, and the spark extra"


@pytest.fixture(autouse=True)
def _sealed_in_a_folder_of_its_own(settings, tmp_path):
    settings.SEGMENTS = tmp_path
    store.forget()


@pytest.fixture
def world():
    made = worlds.small_province()
    flow = make.measure("heads")
    kept = make.measure("kept", nature="balance")
    best = make.measure("best", nature="level", along_time="max", along_units="max")
    for number, (key, value) in enumerate([("A1", 30), ("B1.cb", 8), ("P", 5), ("A2.pn", 12)]):
        post(number, *(Fact(each.pk, made[key].pk, MARCH, value) for each in (flow, kept, best)))
    segments.seal(at=make.NOON)
    post(9, Fact(flow.pk, made["A3"].pk, MARCH, 100))
    return made


def post(source, *facts):
    ledger.post(source_kind="test", source_id=source, facts=facts, by=make.clerk(), at=make.NOON)


def said(*words, **options):
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("structure", [None, "01/07/2025", "31/12/2024"])
@pytest.mark.parametrize("line", ["dia-ban", "dang"])
def test_duckdb_says_what_the_arrays_say(world, line, structure):
    asked = {"period": "2024", "line": line, "structure": structure}

    ours = said("rollup", engine="arrays", **asked)
    theirs = said("rollup", engine="duckdb", **asked)

    assert ours.splitlines()[:-1] == theirs.splitlines()[:-1] != []
    assert ours.split(" · ")[-1] == theirs.split(" · ")[-1]


@pytest.mark.spark
def test_a_cluster_of_two_workers_says_what_the_arrays_say(world):
    if not HAS_SPARK and not os.environ.get("LANTOA_NO_SKIPS"):
        pytest.skip(NO_SPARK)
    asked = {"period": "2024", "line": "dia-ban"}

    ours = said("rollup", engine="arrays", **asked)
    theirs = said("rollup", engine="spark", master="local-cluster[2,1,1024]", **asked)

    assert ours.split(" · ")[-1] == theirs.split(" · ")[-1]


def test_the_province_holds_everything_that_was_posted(world):
    rows = said("rollup", period="2024", measure=["heads"]).splitlines()

    assert f"heads\t{world['P'].pk}\tTỉnh\t{30 + 8 + 5 + 12 + 100}" in rows


def test_an_unknown_measure_is_named(world):
    with pytest.raises(CommandError, match="no-such"):
        said("rollup", period="2024", measure=["no-such"])


@pytest.mark.parametrize("name", ["arrays", "duckdb"])
def test_a_total_that_does_not_fit_is_an_error_on_every_engine(name):
    world, huge = worlds.small_province(), make.measure("huge")
    for source, key in enumerate(("A1", "A2")):
        post(source, Fact(huge.pk, world[key].pk, MARCH, 2**62 + 5))

    with pytest.raises(TotalTooLargeError):
        engine.ask(name, figures.questions(measures=[huge], line=world.territory, period=_year()))


def _year():
    from lantoa.lib.periods import period

    return period("2024")


def test_the_ledger_is_sealed_and_verified_from_the_command_line(world):
    assert "Đoạn 2" in said("ledger", "seal")
    assert "không có bút toán mới" in said("ledger", "seal").lower()
    assert segments.newest().chain in said("ledger", "verify")


def test_one_changed_byte_of_a_segment_is_found_and_named(world, capsys):
    path = segments.path_of(1)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)

    with pytest.raises(CommandError):
        call_command("ledger", "verify")
    assert path.name in capsys.readouterr().err
