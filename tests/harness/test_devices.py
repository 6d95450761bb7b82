"""Devices on and off the net, a few seeds of them: the long form is `script/prove devices` with a thousand."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("careless", "says"), [([], "0 lost"), (["--careless"], "lost")])
def test_nothing_typed_is_lost_or_overwritten_in_silence(careless, says):
    """And a device that claims to have seen what it has not is found out, or the trial would prove nothing."""
    said = subprocess.run(
        [sys.executable, "-m", "harness.devices", "--seeds", "2", "--first", "7", "--busy", "0.2", *careless],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert said.returncode == 0, said.stdout + said.stderr
    assert says in said.stdout
