"""The making of papers in pieces: one document each, done by any process, and put together to whole papers again."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.build import memory, produce
from docgen.build.produce import BUILD
from docgen.document.layout import Layout
from docgen.document.tree import Document
from docgen.files import atomic
from docgen.problems import DocgenError, Problem, Where, errors
from docgen.workspace.select import Paper


@dataclass(frozen=True)
class Output:
    """A paper's finished files by name, and EDGAR's warnings; no files, and every problem, where one is wrong.

    `too_wide` says of files that are missing that their formats have no room for them: the others stand without them.
    """

    name: str
    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    too_wide: tuple[Problem, ...] = ()


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


def make(paper: Paper, formats: Sequence[str]) -> Output:
    """A whole paper, by this process."""
    return filed(paper, formats) if paper.seal else _assembled([do(piece) for piece in pieces(paper, formats)])


def filed(paper: Paper, formats: Sequence[str]) -> Output:
    """A sealed paper: its files are those that were filed, whatever data, templates and rules say by now."""
    files = {name: paper.seal.files[name] for name in paper.file_names(formats)} if paper.seal else {}
    return Output(paper.name, files, tuple(without_files(paper, formats)))


def without_files(paper: Paper, formats: Sequence[str]) -> Iterator[Problem]:
    """What is said of a paper that has no file of the formats that were asked for, as it was filed or is made."""
    if paper.file_names(formats):
        return
    fault = f"has no {' or '.join(formats)}: nothing was written for it"
    if paper.seal:
        remedy, where = "it has " + ", ".join(paper.seal.files), Where(paper.seal.folder)
        yield Problem(where, f"is what was filed, and {fault}", remedy, severity="warning", check="sealed")
    else:
        allowed = ", ".join(paper.amendment.form.formats)
        where = paper.amendment.source.where()
        yield Problem(where, fault, f"its form says formats: [{allowed}]", severity="note")


def pieces(paper: Paper, formats: Sequence[str]) -> list[Piece]:
    """The documents of a paper that is not sealed."""
    return [Piece(paper, name, tuple(paper.formats(formats))) for name in paper.documents()]


def do(piece: Piece, pdf: bytes = b"") -> Output:
    """Steps 3 to 5 for one document, and what EDGAR's rules find in its files; no files when one breaks a rule.

    A PDF that was made elsewhere is proved in place of one made here.
    """
    paper = piece.paper
    with memory.without_collection():
        try:
            produce.named_documents(paper)
            output = produce.document_files(paper, piece.document, piece.formats, pdf)
        except DocgenError as error:
            return Output(paper.name, {}, error.problems)
        problems = produce.held(paper, output.files)
        return Output(paper.name, {} if errors(problems) else output.files, problems, output.too_wide)


def pdf(tree: Document, layout: Layout) -> bytes:
    """The PDF of a document that is of no amendment, read back; nothing where it cannot be made."""
    with memory.without_collection(), contextlib.suppress(DocgenError):
        return produce.proved(tree, "pdf", layout)
    return b""


def lost(piece: Piece, fault: str, remedy: str) -> Output:
    """What is said of a piece that nobody could do."""
    return Output(
        piece.paper.name, {}, (Problem(Where(f"{BUILD}/{piece.paper.name}/{piece.document}"), fault, remedy),)
    )


def gathered(done: Iterable[Output], due: Sequence[Piece]) -> Iterator[Output]:
    """Whole papers, each as soon as the last of its pieces is done."""
    remaining = Counter(piece.paper.name for piece in due)
    finished: dict[str, list[Output]] = {}
    for output in done:
        finished.setdefault(output.name, []).append(output)
        remaining[output.name] -= 1
        if not remaining[output.name]:
            yield _assembled(finished.pop(output.name))


def _assembled(done: Sequence[Output]) -> Output:
    """The pieces of one paper together: no files, when one of them has an error."""
    problems = tuple(dict.fromkeys(problem for output in done for problem in output.problems))
    files = {
        name: data
        for output in sorted(done, key=lambda output: sorted(output.files))
        for name, data in output.files.items()
    }
    too_wide = tuple(problem for output in done for problem in output.too_wide)
    return Output(done[0].name, {} if errors(problems) else files, problems, too_wide)


def put(root: Path, output: Output) -> list[Path]:
    """Step 6: saves the files of a paper under `build/<plan>/<amendment>/`, all or none, and gives their paths."""
    return atomic.save(root, atomic.under(f"{BUILD}/{output.name}", output.files))
