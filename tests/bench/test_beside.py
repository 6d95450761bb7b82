"""An article beside another system's: ratios are taken round by round, and a refused view is no view."""

import subprocess

import pytest

from bench import beside
from bench.beside import Seen


def test_a_ratio_is_the_middle_of_the_rounds_ratios():
    ours = Seen(kept=[100.0, 50.0, 90.0], drawn=[20.0, 10.0, 30.0], requests=9, kilobytes=60.0)
    other = Seen(kept=[10.0, 10.0, 10.0], drawn=[10.0, 10.0, 10.0], requests=18, kilobytes=240.0)

    said = {row[0]: row[3] for row in beside.rows(ours, other)}

    assert said["views a second, drawn anew"] == "2.00"
    assert said["views a second, ours kept and the other's drawn"] == "9.00"
    assert (said["KB over the wire"], said["requests"]) == ("0.25", "0.50")


def test_views_that_were_refused_stop_the_bench(monkeypatch):
    said = "Requests/sec:   900.00\n  Non-2xx or 3xx responses: 4500\n"
    answer = subprocess.CompletedProcess([], 0, stdout=said)
    monkeypatch.setattr(subprocess, "run", lambda *words, **how: answer)

    with pytest.raises(RuntimeError, match="refused"):
        beside.views("http://127.0.0.1/", is_anew=False)
