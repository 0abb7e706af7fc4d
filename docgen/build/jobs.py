"""The making of papers in pieces: one document each, done by any process, and put together to whole papers again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.build import memory, produce
from docgen.build.produce import BUILD
from docgen.files import atomic
from docgen.problems import DocgenError, Problem, Where, errors
from docgen.workspace import seals
from docgen.workspace.select import DOCUMENTS, Paper


@dataclass(frozen=True)
class Made:
    """A paper's finished files by name, and EDGAR's warnings; no files, and every problem, where one is wrong."""

    name: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Piece:
    """One document of a paper, to be made in some formats."""

    paper: Paper
    document: str
    formats: tuple[str, ...]

    @property
    def length(self) -> int:
        """How many rows it has, which is how long it takes."""
        return sum(len(group.rows) for schedule in self.paper.amendment.schedules for group in schedule.groups)

    def alone(self) -> Piece:
        """The same, with no more of its plan than it needs: so it travels light."""
        return replace(self, paper=self.paper.alone())


def make(paper: Paper, formats: Sequence[str]) -> Made:
    """A whole paper, by this process."""
    return filed(paper, formats) if paper.seal else _whole([do(piece) for piece in pieces(paper, formats)])


def filed(paper: Paper, formats: Sequence[str]) -> Made:
    """A sealed paper: its files are those that were filed, whatever data, templates and rules say by now."""
    files = {name: paper.seal.files[name] for name in file_names(paper, formats)} if paper.seal else {}
    return Made(paper.name, files, () if files or not paper.seal else (nothing_filed(paper.seal, formats),))


def nothing_filed(filed: seals.Seal, formats: Sequence[str]) -> Problem:
    """What is said of a sealed paper that has no file of the formats that were asked for."""
    found = f"is what was filed, and has no {' or '.join(formats)}: nothing was written for it"
    return Problem(Where(filed.folder), found, "it has " + ", ".join(filed.files), severity="warning", check="sealed")


def pieces(paper: Paper, formats: Sequence[str]) -> list[Piece]:
    """The documents of a paper that is not sealed."""
    return [Piece(paper, name, tuple(formats)) for name in document_names(paper)]


def document_names(paper: Paper) -> list[str]:
    """The documents that were filed of a paper, or those that are made of it."""
    if paper.seal:
        return list(dict.fromkeys(name.partition(".")[0] for name in paper.seal.files))
    return paper.documents() or list(DOCUMENTS[:1])


def file_names(paper: Paper, formats: Sequence[str]) -> list[str]:
    """The files that a paper has in some formats: of those that were filed, or each document in each format."""
    if paper.seal:
        return [name for name in paper.seal.files if name.rpartition(".")[2] in formats]
    return [f"{name}.{suffix}" for name in document_names(paper) for suffix in formats]


def do(piece: Piece) -> Made:
    """Steps 3 to 5 for one document, and what EDGAR's rules find in its files; no files when one breaks a rule."""
    with memory.garbage_left():
        return memory.with_room(_done, piece)


def _done(piece: Piece) -> Made:
    paper = piece.paper
    try:
        produce.named_documents(paper)
        made = produce.document_files(paper, piece.document, piece.formats)
    except DocgenError as error:
        return Made(paper.name, {}, error.problems)
    found = produce.held(paper, made)
    return Made(paper.name, {} if errors(found) else made, found)


def lost(piece: Piece, found: str, remedy: str) -> Made:
    """What is said of a piece that nobody could do."""
    return Made(piece.paper.name, {}, (Problem(Where(f"{BUILD}/{piece.paper.name}/{piece.document}"), found, remedy),))


def gathered(done: Iterable[Made], asked: Sequence[Piece]) -> Iterator[Made]:
    """Whole papers, each as soon as the last of its pieces is done."""
    left = Counter(piece.paper.name for piece in asked)
    there: dict[str, list[Made]] = {}
    for made in done:
        there.setdefault(made.name, []).append(made)
        left[made.name] -= 1
        if not left[made.name]:
            yield _whole(there.pop(made.name))


def _whole(done: Sequence[Made]) -> Made:
    """The pieces of one paper together: no files, when one of them has an error."""
    problems = tuple(dict.fromkeys(problem for made in done for problem in made.problems))
    files = {
        name: data for made in sorted(done, key=lambda made: sorted(made.files)) for name, data in made.files.items()
    }
    return Made(done[0].name, {} if errors(problems) else files, problems)


def put(root: Path, made: Made) -> list[Path]:
    """Step 6: saves the files of a paper under `build/<plan>/<amendment>/`, all or none, and gives their paths."""
    return atomic.save(root / BUILD, {f"{made.name}/{name}": data for name, data in made.files.items()})
