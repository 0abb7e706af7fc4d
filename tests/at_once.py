"""Runs two docgen commands at once in one workspace, again and again: python -m tests.at_once.

Both must end well, or say that the other is at work or was first; and nothing that one wrote may be lost.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import PLAIN, Workspace
from tests.kill import EVENTFUL, TEXT, load, run, start, tree

Command = tuple[str, ...]
FIRST = (
    "is sealed already",
    "is its amendment already",
    "is a draft that stands in the way",
    "a draft of p is open",
    "is an open draft",
)
SEAL = ("seal", "p/001", "--document", "build/p/001/amendment.txt")
IMPORT = ("import", "fees.csv", "--plan", "p", "--write")
BUILD = ("build", *TEXT)
PAIRS: tuple[tuple[Command, Command], ...] = (
    (("new", "p"), ("new", "p")),
    (SEAL, SEAL),
    (("event", "rename.yaml"), ("event", "rename.yaml")),
    (("event", "rename.yaml"), ("new", "p")),
    (IMPORT, ("new", "p")),
    (BUILD, (*BUILD, "--force")),
    ((*BUILD, "--force"), SEAL),
    (("schema",), ("check",)),
    (("event", "rename.yaml"), ("check",)),
)


@dataclass(frozen=True)
class Pair:
    """Two commands, and what the workspace is after one and then the other, in both orders."""

    commands: tuple[Command, Command]
    ready: Path

    def outcomes(self, folder: Path) -> list[dict[str, bytes]]:
        """The files after one command and then the other, in both orders."""
        trees = []
        for number, order in enumerate(itertools.permutations(self.commands)):
            root = Path(shutil.copytree(self.ready, folder / f"order-{number}"))
            for command in order:
                run(root, command)
            trees.append(tree(root))
        return trees

    def at_once(self, root: Path, outcomes: list[dict[str, bytes]]) -> list[str]:
        """What was wrong when both ran at once."""
        shutil.copytree(self.ready, root)
        ended = [running.wait() for running in [start(root, command) for command in self.commands]]
        known = (*FIRST, "is at work in this workspace\n")
        wrong = [text for code, _, text in ended if code and not any(reason in text for reason in known)]
        if tree(root) not in outcomes:
            wrong.append("the files are not as after one command and then the other")
        shutil.rmtree(root)
        return wrong


def ready(root: Path) -> Path:
    """A workspace with two plans, an event, built papers and an edited export."""
    Workspace(root).write({**PLAIN, **EVENTFUL})
    for command in (BUILD, ("export", "p", "fees.csv")):
        run(root, command)
    fees = root / "fees.csv"
    fees.write_bytes(fees.read_bytes().replace(b"0.75%", b"0.70%"))
    return root


def main() -> None:
    """Runs each pair so many times; says what was wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.at_once", description=main.__doc__)
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--pairs", type=int, default=len(PAIRS), help="only so many of the pairs")
    typed, faults = parser.parse_args(), 0
    times = typed.times
    load()
    with tempfile.TemporaryDirectory() as folder:
        start_from = ready(Path(folder) / "ready")
        for number, commands in enumerate(PAIRS[: typed.pairs]):
            home = Path(folder) / str(number)
            pair = Pair(commands, start_from)
            outcomes = pair.outcomes(home)
            wrong = [fault for time in range(times) for fault in pair.at_once(home / str(time), outcomes)]
            faults += len(wrong)
            names = " and ".join(" ".join(command[:2]) for command in commands)
            sys.stdout.write("\n    ".join([f"{names}: {times} times, {len(wrong)} wrong", *wrong]) + "\n")
            sys.stdout.flush()
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
