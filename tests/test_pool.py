"""Papers made by several processes are the same papers; a process that dies takes one with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from docgen.build import jobs, pool, produce
from docgen.build.jobs import Output, Piece
from docgen.build.pool import Task, Worker
from docgen.cli.options import chosen
from docgen.document.layout import Layout
from docgen.document.tree import Document, Paragraph, Run
from docgen.problems import WriterProblem
from docgen.workspace.select import DOCUMENTS
from tests import making
from tests.bench import workspaces
from tests.conftest import ROOT, Workspace, each

DOCGEN = [sys.executable, "-m", "docgen"]
TXT = ("txt",)
A_DOCUMENT = Document((Paragraph("exhibit", (Run("A & B Fund, Inc."),)),))
LONG = 300  # seconds: a bound against hanging, however busy the machine is


@pytest.fixture
def many(tmp_path: Path) -> Workspace:
    """Two plans with eight amendments each."""
    return Workspace(workspaces.make(tmp_path / "many", 2, 8, (20, 40)))


def files(made: Iterator[Output]) -> dict[str, Output]:
    found: dict[str, Output] = {}
    for one in made:
        assert one.name not in found
        found[one.name] = one
    return found


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 3])
def test_many_processes_make_the_same_bytes(many: Workspace, jobs: int) -> None:
    papers = chosen(many.root).papers
    alone = files(pool.make(papers, ("txt", "htm"), 1))
    assert len(alone) == 16
    assert each(made.files and not made.problems for made in alone.values())
    assert files(pool.make(papers, ("txt", "htm"), jobs)) == alone


def test_few_papers_are_made_without_further_processes(many: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(pool, "start")
    few = chosen(many.root).papers[: pool.FEW // 2]  # of two documents each
    assert len(files(pool.make(few, TXT, 8))) == len(few)


@pytest.mark.slow
def test_a_process_that_dies_is_reported_with_its_paper_and_the_rest_goes_on(
    many: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process of the second paper is killed as soon as it has it."""
    assign = pool._assign
    killed: list[Piece] = []

    def kills(worker: Worker, queue: deque[Piece], tasks: dict[Connection, Task]) -> None:
        if len(queue) == 31:
            worker.process.kill()
            worker.process.join()
            killed.append(queue[0])
        assign(worker, queue, tasks)

    monkeypatch.setattr(pool, "_assign", kills)
    made = files(pool.make(chosen(many.root).papers, TXT, 2))
    assert len(made) == 16
    (lost,) = killed
    assert [name for name, one in made.items() if not one.files] == [lost.paper.name]
    (problem,) = made[lost.paper.name].problems
    assert problem.where.file == f"build/{lost.paper.name}/{lost.document}"
    assert "its process ended with code -9" in problem.found


@pytest.mark.slow
def test_processes_that_were_started_ahead_make_the_pdf_of_one_paper_and_end(
    many: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = chosen(many.root).papers[:1]
    with pool.early_workers(2, ("pdf",)) as workers:
        assert len(workers) == 2
        monkeypatch.delattr(pool, "start")
        assert files(pool.make(papers, ("pdf",), 2, workers)) == files(pool.make(papers, ("pdf",), 1))
    assert each(worker.process.exitcode is not None for worker in workers)


@pytest.mark.slow
@pytest.mark.parametrize("killed", [True, False])
def test_a_process_leaves_nothing_of_its_own_on_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, killed: bool
) -> None:
    """WeasyPrint unpacks fonts into a folder for temporary files."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    worker = pool.start(pdf=True)
    assert pool.files(A_DOCUMENT, ("pdf",), making.LAYOUT, [worker])
    assert [path.name[:11] for path in tmp_path.glob("docgen-*/*")] == ["weasyprint-"]
    if killed:
        worker.process.kill()
    else:
        worker.pipe.close()
    worker.process.join()
    assert killed or not list(tmp_path.iterdir())
    del worker
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("jobs", "formats", "processes"), [pytest.param(1, ("pdf",), 3, marks=pytest.mark.long), (1, ("txt",), 0)]
)
def test_no_process_makes_more_than_some_documents_with_a_pdf(
    many: Workspace, monkeypatch: pytest.MonkeyPatch, jobs: int, formats: Sequence[str], processes: int
) -> None:
    """What WeasyPrint keeps of each document is returned as the process ends."""
    workers: list[Worker] = []
    start = pool.start

    def counted(pdf: bool) -> Worker:
        workers.append(start(pdf))
        return workers[-1]

    monkeypatch.setattr(pool, "start", counted)
    monkeypatch.setattr(pool, "MOST", 2)
    papers = chosen(many.root).papers[:3]
    assert len(files(pool.make(papers, formats, jobs))) == 3
    for worker in workers:
        worker.process.join(timeout=LONG)
        assert worker.process.exitcode == 0
    assert len(workers) == processes


@pytest.mark.slow
@pytest.mark.parametrize("dies", [False, True])
def test_a_worker_makes_the_pdf_of_a_document_and_this_process_where_it_dies(
    monkeypatch: pytest.MonkeyPatch, dies: bool
) -> None:
    tree = A_DOCUMENT
    alone = pool.files(tree, ("docx", "pdf"), making.LAYOUT, ())
    formats: list[str] = []
    proved = produce.proved

    def counted(tree: Document, suffix: str, layout: Layout) -> bytes:
        formats.append(suffix)
        return proved(tree, suffix, layout)

    monkeypatch.setattr(produce, "proved", counted)
    with pool.early_workers(2, ("pdf",), 1) as workers:
        assert len(workers) == 1
        if dies:
            workers[0].process.kill()
        assert pool.files(tree, ("docx", "pdf"), making.LAYOUT, workers) == alone
    assert formats == (["docx", "pdf"] if dies else ["docx"])


@pytest.mark.slow
def test_what_a_worker_cannot_make_is_said_by_this_process(tmp_path: Path) -> None:
    style = tmp_path / "print.css"
    style.write_text("p { display: none }", encoding="utf-8")
    layout = replace(making.LAYOUT, css=style)
    with pool.early_workers(2, ("pdf",), 1) as workers, pytest.raises(WriterProblem, match=r"print\.css"):
        pool.files(A_DOCUMENT, ("pdf",), layout, workers)


@pytest.mark.parametrize(("jobs", "formats"), [(1, ("pdf",)), (4, ("txt", "htm"))])
def test_no_process_is_started_ahead_where_nothing_takes_long_to_load(jobs: int, formats: Sequence[str]) -> None:
    with pool.early_workers(jobs, formats) as workers:
        assert not workers


@pytest.mark.slow
def test_ctrl_c_ends_at_once_and_leaves_whole_files_and_no_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next build makes only what is left. There is so much to make that it is never all made before Ctrl-C."""
    many = Workspace(workspaces.make(tmp_path / "many", 2, 40, (20, 40)))
    command = [*DOCGEN, "build", "--jobs", "2", "--format", "txt,htm,pdf"]
    started = subprocess.Popen(
        command,
        cwd=many.root,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    )
    first = many.root / "build"
    while not list(first.glob("*/*/amendment.pdf")):
        assert started.poll() is None, started.communicate()
        time.sleep(0.02)
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=LONG)  # which waits until no process has these pipes open any more
    assert started.returncode == 1
    assert [line for line in said.split("\n") if line and ": note: " not in line] == ["Aborted!"]
    made = {path.parent for path in first.glob("*/*/*.pdf")}
    assert 0 < len(made) < 80
    assert each({path.name for path in folder.iterdir()} == NAMES for folder in made)
    assert not list(first.rglob("*.part"))
    again: set[Path] = set()

    def do(piece: Piece) -> Output:
        again.add(first / piece.paper.name)
        return jobs.lost(piece, "was not made", "")

    monkeypatch.setattr(jobs, "do", do)
    monkeypatch.setattr(pool, "MOST", 1_000)  # all by this process
    ran = many.run("build", "--format", "txt,htm,pdf", "--explain")
    assert ran.out.count(": current\n") == len(made)
    assert len(again) == 80 - len(made)
    assert not again & made


NAMES = {f"{document}.{suffix}" for document in DOCUMENTS for suffix in ("txt", "htm", "pdf")}


@pytest.mark.slow
def test_the_command_takes_a_number_of_processes(many: Workspace) -> None:
    alone, two = many.run("build", "--format", "txt"), many.run("build", "--format", "txt", "--jobs", "2", "--force")
    assert alone.code == two.code == 0
    assert alone.out == two.out == "32 files written under build/\n"
    assert many.run("build", "--jobs", "0").code == 2
