"""The product in a process group of its own, on an empty database: started, killed, started again, counted."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
PATIENCE = 60


class House:
    """`folder` holds the database file and what else the product keeps; `database` names another one."""

    def __init__(self, folder: Path, database: str = "") -> None:
        self.environment = os.environ | {"LANTOA_VAR": str(folder), "LANTOA_SECRET_KEY": ""}
        self.environment.pop("LANTOA_DATABASE_URL", None)
        if database:
            self.environment["LANTOA_DATABASE_URL"] = database
        self.port = free_port()
        self.server: subprocess.Popen[bytes] | None = None

    def world(self, branches: int) -> dict[str, Any]:
        return self._told("harness.world", str(branches))

    def count(self) -> dict[str, Any]:
        return self._told("harness.world", "0", "--count")

    def open(self, workers: int = 2, under: Sequence[str] = ()) -> None:
        """Serve; `under` is a command that runs the product and watches it."""
        command = [*under, sys.executable, "-m", "lantoa.project.cli", "serve"]
        self.server = subprocess.Popen(
            [*command, f"--port={self.port}", f"--workers={workers}"],
            cwd=ROOT, env=self.environment, start_new_session=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        deadline = time.monotonic() + PATIENCE
        while not self._answers():
            if time.monotonic() > deadline:
                raise TimeoutError("the server did not answer")
            time.sleep(0.1)

    def kill(self) -> None:
        """Everything at once, without a word: kill -9 of the whole group."""
        assert self.server is not None
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait()

    def close(self) -> None:
        if self.server and self.server.poll() is None:
            os.killpg(self.server.pid, signal.SIGTERM)
            try:
                self.server.wait(PATIENCE)
            except subprocess.TimeoutExpired:  # seen under a recorder on a busy machine
                self.kill()

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _told(self, module: str, *arguments: str) -> dict[str, Any]:
        said = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=ROOT, env=self.environment, check=True, capture_output=True, text=True,
        )  # fmt: skip
        found: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
        return found


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
