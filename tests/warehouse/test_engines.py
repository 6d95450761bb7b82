"""`lantoa rollup` by any engine, and `lantoa ledger`, as a person calls them."""

import duckdb
import pytest
from django.core.management import CommandError, call_command

from lantoa.ledger.actions import Fact
from lantoa.lib.periods import period
from lantoa.rollup.tables import TotalTooLargeError
from lantoa.warehouse import engine, figures, segments
from tests import make
from tests.orgs import world as worlds
from tests.warehouse import ledgers
from tests.warehouse.ledgers import MARCH, said

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("structure", [None, "01/07/2025", "31/12/2024"])
@pytest.mark.parametrize("line", ["dia-ban", "dang"])
def test_duckdb_says_what_the_arrays_say(world, line, structure):
    asked = {"period": "2024", "line": line, "structure": structure}

    ours = said("rollup", engine="arrays", **asked)
    theirs = said("rollup", engine="duckdb", **asked)

    assert ours.splitlines()[:-1] == theirs.splitlines()[:-1] != []
    assert ours.split(" · ")[-1] == theirs.split(" · ")[-1]


def test_spark_runs_where_it_is_told_to(world, monkeypatch):
    told = {}
    monkeypatch.setattr(
        engine, "ask", lambda name, questions, **how: told.update(how, on=name) or []
    )

    said("rollup", period="2024", engine="spark", master="spark://there:7077")

    assert told == {"on": "spark", "master": "spark://there:7077"}


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
        ledgers.said_by_a_source(source, Fact(huge.pk, world[key].pk, MARCH, 2**62 + 5))

    with pytest.raises(TotalTooLargeError):
        engine.ask(
            name, figures.questions(measures=[huge], line=world.territory, period=period("2024"))
        )


def test_duckdb_reaches_nothing_but_what_it_is_given(world, monkeypatch, tmp_path):
    """RELIABILITY D12: a text that reached a statement could else read and write the machine's files."""
    opened, connect = [], duckdb.connect
    monkeypatch.setattr(
        duckdb, "connect", lambda **how: opened.append(connect(**how)) or opened[-1]
    )
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")

    with engine._on_duckdb():
        (connection,) = opened
        for statement in (
            f"SELECT * FROM '{secret}'",  # noqa: S608
            f"COPY (SELECT 1) TO '{tmp_path}/written.csv'",
            f"ATTACH '{tmp_path}/other.db'",
            "SET enable_external_access = true",
            "SET memory_limit = '64GB'",
        ):
            with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
                connection.execute(statement)
        (limit,) = connection.execute("SELECT current_setting('memory_limit')").fetchone()
    assert limit == "3.7 GiB"


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
