"""`docgen build --watch` builds on every save, says what is wrong, and stays alive."""

from __future__ import annotations

import queue
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.conftest import AMENDMENT, PLAIN, PLAN, Workspace

pytest.importorskip("watchfiles", reason="install the extra: pip install docgen[watch]")
LONG = 300  # seconds: a bound against hanging, however busy the machine is


@dataclass
class Watcher:
    """A watching docgen and the lines that it says."""

    process: subprocess.Popen[str]
    lines: queue.Queue[str]

    def says(self, meant: str) -> None:
        """Waits for a line with these words."""
        heard: list[str] = []
        try:
            while not heard or meant not in heard[-1]:
                heard.append(self.lines.get(timeout=LONG))
        except queue.Empty:
            raise AssertionError(f"no {meant!r} in {heard}, exit code {self.process.poll()}") from None


@pytest.fixture
def watcher(workspace: Workspace) -> Iterator[Watcher]:
    command = [sys.executable, "-u", "-m", "docgen", "build", "--format", "txt", "--watch"]
    process = subprocess.Popen(command, cwd=workspace.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    lines: queue.Queue[str] = queue.Queue()

    def listen() -> None:
        for line in process.stdout or ():
            lines.put(line)

    ear = threading.Thread(target=listen)
    ear.start()
    yield Watcher(process, lines)
    process.kill()
    process.wait()
    ear.join()
    if process.stdout:
        process.stdout.close()


@pytest.mark.slow
def test_it_builds_on_every_save_and_stays_alive(workspace: Workspace, watcher: Watcher) -> None:
    path, exhibit = "schedules/p/amendments/001.yaml", workspace.root / "build/p/001/schedule.txt"
    watcher.says("2 files written")
    watcher.says("Watching")
    workspace.write({path: AMENDMENT.replace("Tax-Free", "Taxed")})
    watcher.says("2 files written")
    assert b"Taxed" in exhibit.read_bytes()
    for wrong in (b"\xff\xfe", b"number: [", b"number: x\n", b""):
        watcher.says("Watching")
        workspace.write({path: wrong})
        watcher.says("Nothing was written")
    watcher.says("Watching")
    assert b"Taxed" in exhibit.read_bytes(), "what was there stays"
    shutil.rmtree(workspace.root / "schedules")
    watcher.says("Watching")
    workspace.write(PLAIN)
    watcher.says("2 files written")
    watcher.says("Watching")
    assert b"Tax-Free" in exhibit.read_bytes()
    workspace.write({"schedules/p/plan.yaml": PLAN + "  subject: Fees of All Kinds\n"})
    watcher.says("2 files written")
    watcher.says("Watching")
    workspace.write({"templates/distribution-plan/schedule.html.j2": "{% if %}"})
    watcher.says("schedule.html.j2")
    watcher.says("Watching")
    assert watcher.process.poll() is None


@pytest.mark.slow
def test_ctrl_c_ends_it(workspace: Workspace, watcher: Watcher) -> None:
    watcher.says("Watching")
    watcher.process.send_signal(signal.SIGINT)
    watcher.says("Aborted!")
    assert watcher.process.wait(LONG) == 1
