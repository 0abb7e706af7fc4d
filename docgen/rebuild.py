"""Builds what is out of date: finds it, has it made, saves it as it comes, and remembers what it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen import current, records, save, work
from docgen.build import BUILD
from docgen.current import Standing
from docgen.problems import DocgenError, Problem, errors, in_order
from docgen.records import Last, Record
from docgen.work import Made
from docgen.workspace.select import Paper, Selection

Maker = Callable[[Sequence[Paper], Sequence[str]], Iterator[Made]]
Bar = Callable[[Iterable[Made], int], Iterable[Made]]


@dataclass(frozen=True)
class Asked:
    """What a person asked to be built: the names as typed, the formats, and the state of things at that moment."""

    what: tuple[str, ...]
    formats: tuple[str, ...]
    state: str
    force: bool = False


@dataclass(frozen=True)
class Outcome:
    """What came of it: files written and taken away, how each paper stood, and every problem."""

    written: tuple[Path, ...]
    removed: tuple[Path, ...]
    standings: tuple[Standing, ...]
    problems: tuple[Problem, ...]

    @property
    def current(self) -> int:
        """How many papers did not have to be made."""
        return sum(not standing.why for standing in self.standings)


def run(root: Path, asked: Asked, checked: Selection, maker: Maker, bar: Bar) -> Outcome:
    """Steps 3 to 6 for every paper that is out of date; `bar` shows how far the work is.

    What is remembered is saved even when the work breaks off, so that the next build goes on from there.
    """
    known = records.papers(root / BUILD)
    found = current.standings(root, checked.papers, asked.formats, known)
    standings = tuple(replace(s, why=s.why or "was asked for by --force") if asked.force else s for s in found)
    removed = current.tidy(root, checked.plans, not asked.what, known)
    problems = [warning for s in standings if not s.why for warning in known[s.paper.name].warnings]
    problems += [p for s in standings if not s.why for p in _unfiled(s.paper, asked.formats)]
    last = None
    written: dict[str, list[Path]] = {}
    try:
        due = [s for s in standings if s.why]
        problems += _make(root, asked, due, known, maker, bar, written, removed)
        if not errors(problems) and (root / BUILD).exists() and records.state(root) == asked.state:
            papers = tuple(paper.name for paper in checked.papers)
            last = Last(asked.what, asked.formats, asked.state, papers, checked.problems)
    finally:
        with save.signals_wait():
            records.remember(root / BUILD, known, last)
    in_turn = tuple(path for s in standings for path in written.get(s.paper.name, ()))
    return Outcome(in_turn, tuple(removed), standings, in_order(problems))


def _unfiled(paper: Paper, formats: Sequence[str]) -> list[Problem]:
    """A warning for a sealed paper that has no file of these formats, and so is current with nothing made."""
    filed = paper.seal
    none = filed is not None and not any(name.endswith(tuple(f".{f}" for f in formats)) for name in filed.files)
    return [work.nothing_filed(filed, formats)] if filed and none else []


def _make(
    root: Path,
    asked: Asked,
    due: Sequence[Standing],
    known: dict[str, Record],
    maker: Maker,
    bar: Bar,
    written: dict[str, list[Path]],
    removed: list[Path],
) -> list[Problem]:
    """Has the papers made and saves each; notes what was written, taken away and is to be remembered."""
    of = {standing.paper.name: standing for standing in due}
    problems: list[Problem] = []
    saved: list[Standing] = []
    try:
        for made in bar(maker([standing.paper for standing in due], asked.formats), len(due)):
            problems += made.problems
            with save.signals_wait():  # what is on the disk is also remembered
                try:
                    written[made.name] = work.put(root, made)
                except DocgenError as error:
                    problems += error.problems
                    continue
                if made.files or not errors(made.problems):
                    standing = of[made.name]
                    known[made.name] = current.record(standing, made, known.get(made.name))
                    saved.append(standing)
                    removed += current.drop(root, standing.paper, known)
    finally:
        with save.signals_wait():
            for name in current.unsteady(root, saved, asked.formats):
                known[name] = replace(known[name], origin={})
    return problems
