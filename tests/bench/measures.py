"""The measures, one function each: it makes what it needs, runs docgen and the other in turns, and gives rows."""

from __future__ import annotations

import math
import shutil
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.build import jobs, produce
from docgen.cli.options import chosen
from docgen.document.layout import Layout
from docgen.document.tree import Document
from docgen.files import resources
from docgen.workspace.select import Paper
from docgen.writers import pdf
from tests.bench import peers, workspaces
from tests.bench.rows import Row, at_most, medians, missing, timed, times_as_fast
from tests.conftest import ROOT

DOCGEN = [sys.executable, "-m", "docgen"]
BARE = [sys.executable, "-c", "pass"]
CSS = resources.TEMPLATES / "print.css"
CHEAP = ("txt", "htm")
TEXT = ("--format", "txt,htm", "--jobs", "1", "--force")
RATE = 300  # text and HTML of so many exhibits a second were asked for
IMPORT = 2.0  # seconds that an exhibit may take, in a process of its own


@dataclass(frozen=True)
class Size:
    """How much is measured: amendments of the large workspace, rows of the long schedule, runs of each measure.

    `cold` and `cold_runs` are the amendments and the runs of the builds from nothing, which take longest by far;
    `batch` the copies of the seed.
    """

    amendments: int
    rows: int
    runs: int
    cold: int
    cold_runs: int
    batch: int


def large(folder: Path, amendments: int) -> Path:
    """Ten plans of 20 to 200 portfolios, with so many amendments together."""
    return workspaces.make(folder, 10, max(1, amendments // 10), (20, 200))


def built(folder: Path, *options: str) -> peers.Spent:
    """One `docgen build`, as a person types it."""
    return peers.run([*DOCGEN, "build", "--workspace", folder, *options], ROOT)


def ready(papers: Sequence[Paper], folder: Path) -> list[Path]:
    """The HTML from which the PDFs of papers are made."""
    folder.mkdir(parents=True)
    pages = []
    for number, paper in enumerate(papers):
        for name in paper.documents():
            pages.append(folder / f"{number:05}-{name}.html")
            pages[-1].write_text(pdf.print_html(produce.document(paper, name)), encoding="utf-8")
    return pages


def starting(size: Size) -> Iterator[Row]:
    """`docgen --help` beside Python itself."""
    bare, helped = medians(size.runs, lambda: peers.run(BARE).wall, lambda: peers.run([*DOCGEN, "--help"], ROOT).wall)
    yield at_most("`docgen --help` beside `python -c pass`", helped, bare, 10)


def cold(size: Size, folder: Path) -> Iterator[Row]:
    """Every amendment from nothing, beside WeasyPrint making the same PDFs in one process; and with two processes."""
    home = large(folder / "cold", size.cold)
    pages = ready(chosen(home).papers, folder / "ready-cold")
    walls: list[float] = []

    def one(jobs: str) -> peers.Spent:
        shutil.rmtree(home / "build", ignore_errors=True)
        return built(home, "--jobs", jobs)

    def alone() -> float:
        spent = one("1")
        walls.append(spent.wall)
        return spent.cpu

    def weasyprint() -> float:
        return peers.run(peers.weasyprint(CSS, pages)).cpu

    weasy, cpu, two = medians(size.cold_runs, weasyprint, alone, lambda: one("2").wall)
    measure = f"cold build of {size.cold} amendments, CPU, beside WeasyPrint alone, warm; medians of {size.cold_runs}"
    yield at_most(measure, cpu, weasy, 1.3)
    yield at_most("the same with 2 jobs beside 1 job, wall clock", two, statistics.median(walls), 0.6)


def together(size: Size, folder: Path) -> Iterator[Row]:
    """What two cores of this machine can give at most: two WeasyPrints at once beside both one after the other."""
    pages = ready(chosen(folder).papers[-4:], folder / "ready-together")
    halves = [peers.weasyprint(CSS, pages[0::2]), peers.weasyprint(CSS, pages[1::2])]
    after, once = medians(
        size.runs, lambda: sum(peers.run(half).wall for half in halves), lambda: peers.at_once(halves)
    )
    yield Row("(two WeasyPrints at once beside both one after the other)", once, after, once / after, "-", True)


def again(size: Size, folder: Path) -> Iterator[Row]:
    """Nothing changed, and one line edited, in a workspace that is built."""
    built(folder)
    begun = [*DOCGEN, "--help"]  # which loads every command, and no more
    start, nothing = medians(size.runs, lambda: peers.run(begun, ROOT).wall, lambda: built(folder).wall)
    yield at_most(f"nothing changed, {size.amendments} amendments, beside `docgen --help`", nothing, start, 3)
    newest = chosen(folder).papers[-1]
    pages = ready([newest], folder / "ready-newest")
    file = folder / newest.amendment.source.file

    def edited() -> float:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(" Fund\n", " X Fund\n", 1), encoding="utf-8")
        return built(folder, "--format", "txt,htm,pdf").wall

    weasy, one = medians(size.runs, lambda: peers.run(peers.weasyprint(CSS, pages)).wall, edited)
    measure = f"one line edited in the newest of {size.amendments}, to txt, htm and pdf, beside WeasyPrint alone, fresh"
    yield at_most(measure, one, weasy, 1.3)


def seed(size: Size, folder: Path) -> Iterator[Row]:
    """The seed's exhibit: warm, and in a batch beside programs that print HTML."""
    paper = chosen(ROOT, ["aim-class-b/002"]).papers[0]
    tree, layout = produce.document(paper, "amendment"), produce.layout(paper)
    untuned = folder / "untuned.css"
    text = CSS.read_text(encoding="utf-8").replace("table-layout: fixed;", "")
    untuned.write_text(text.replace("url(fonts/", f"url({resources.TEMPLATES.as_uri()}/fonts/"), encoding="utf-8")
    (page,) = ready([paper], folder / "seed")[:1]
    warm, plain = medians(
        size.runs,
        lambda: timed(lambda: pdf.write(tree, layout)),
        lambda: timed(lambda: untuned_pdf(page, untuned)),
    )
    yield at_most("one seed exhibit to PDF, warm, beside WeasyPrint with an untuned style sheet", warm, plain, 0.7)
    pages, word = (
        [folder / "seed" / f"copy-{n:02}{suffix}" for n in range(size.batch)] for suffix in (".html", ".docx")
    )
    for copy in pages:
        shutil.copy(page, copy)
    for copy in word:
        copy.write_bytes(produce.proved(tree, "docx", layout))
    for name, peer, goal in (
        ("Chromium", peers.chromium(pages), 3),
        ("LibreOffice", peers.libreoffice(pages), 5),
        ("LibreOffice, from its Word file", peers.libreoffice(word), 5),
    ):
        measure = f"the seed exhibit beside {name}, a document in a batch of {size.batch}"
        if peer is None:
            yield missing(measure, "it is not on this machine")
            continue
        mine, theirs = medians(size.runs, lambda: timed(lambda: _proved(tree, layout, len(pages))), peer)
        yield times_as_fast(measure, mine / len(pages), theirs / len(pages), goal)


def _proved(tree: Document, layout: Layout, times: int) -> None:
    for _ in range(times):
        produce.proved(tree, "pdf", layout)


def untuned_pdf(page: Path, css: Path) -> None:
    """The page by WeasyPrint as most people call it."""
    import weasyprint

    weasyprint.HTML(filename=page).write_pdf(stylesheets=[weasyprint.CSS(filename=css)])


def importing(size: Size, folder: Path) -> Iterator[Row]:
    """The seed's exhibit from each format, by `docgen import` as a person types it, once the patterns are kept."""
    home = folder / "importing"
    peers.run([*DOCGEN, "init", home], ROOT)
    built(home)
    exhibits = [home / f"build/aim-class-b/002/amendment.{suffix}" for suffix in ("txt", "htm", "docx", "pdf")]
    commands: list[list[str | Path]] = [[*DOCGEN, "import", exhibit, "--workspace", home] for exhibit in exhibits]
    peers.run(commands[0], ROOT)
    for exhibit, cpu in zip(exhibits, medians(size.runs, *(_cpu_of(command) for command in commands)), strict=True):
        measure = f"`docgen import` of the seed exhibit, {exhibit.suffix[1:]}, CPU, beside the 2 seconds it may take"
        yield at_most(measure, cpu, IMPORT, 1)


def _cpu_of(command: Sequence[str | Path]) -> Callable[[], float]:
    return lambda: peers.run(command, ROOT).cpu


def rate(size: Size, folder: Path) -> Iterator[Row]:
    """Text and HTML of exhibits on one core; beside it, the same without EDGAR's rules."""
    seed = chosen(ROOT, ["aim-class-b/002"]).papers * 50
    for what, papers in (("the seed", seed), ("20 to 200 portfolios", chosen(folder).papers[::5][:100])):
        count = sum(len(paper.documents()) for paper in papers)
        jobs.make(papers[0], CHEAP)
        took, written = medians(
            size.runs,
            lambda p=papers: timed(lambda: [jobs.make(paper, CHEAP) for paper in p]),  # type: ignore[misc]
            lambda p=papers: timed(lambda: [produce.files(paper, CHEAP) for paper in p]),  # type: ignore[misc]
        )
        each, reached = count / took, count / took >= RATE
        measure = f"text and htm only, exhibits a second, {what}; beside: without EDGAR's rules"
        yield Row(measure, each, count / written, each, f"at least {RATE}", reached, "1/s")


def growth(size: Size, folder: Path) -> Iterator[Row]:
    """How the time grows with rows and with amendments, as the slope of the log-log line; memory of a long schedule."""
    amendments = (size.amendments // 10, size.amendments // 3, size.amendments)
    counted = {"rows": (size.rows // 16, size.rows // 4, size.rows), "amendments": amendments}
    for what, counts in counted.items():
        made = [_grown(folder / f"{what}-{count}", what, count) for count in counts]
        spent = medians(size.runs, *(lambda one=one: built(one, *TEXT).cpu for one in made))
        slope = statistics.linear_regression([math.log(n) for n in counts], [math.log(t) for t in spent]).slope
        measure = f"growth in {what}, slope over {', '.join(f'{n:,}' for n in counts)}; last and first of them"
        yield Row(measure, spent[-1], spent[0], slope, "at most 1.1", slope <= 1.1)


def _grown(folder: Path, what: str, count: int) -> Path:
    """A workspace of one amendment of so many rows, or of so many amendments of twenty."""
    amendments, rows = (1, count) if what == "rows" else (count, 20)
    return workspaces.make(folder, 1, amendments, (rows, rows))


def comparing(size: Size, folder: Path) -> Iterator[Row]:
    """What the comparison of two amendments as Word and PDF adds to saying what changed."""
    home = workspaces.make(folder / "comparing", 1, size.amendments, (20, 20))
    ends = [f"plan-000/{number:03}" for number in (size.amendments - 1, size.amendments)]
    diff: list[str | Path] = [*DOCGEN, "diff", *ends, "--workspace", home]
    paper, sentences = medians(
        size.runs,
        lambda: timed(lambda: peers.run([*diff, "--format", "table"], ROOT)),
        lambda: timed(lambda: peers.run(diff, ROOT)),
    )
    measure = f"`docgen diff --format table`, a plan of {size.amendments} amendments, beside `docgen diff`"
    yield at_most(measure, paper, sentences, 1.5)


def memory(size: Size, folder: Path) -> Iterator[Row]:
    """The most memory that a long schedule takes as PDF."""
    long = workspaces.make(folder / "long", 1, 1, (size.rows, size.rows))
    pages = ready(chosen(long).papers, folder / "ready-long")
    mine = built(long, "--format", "pdf", "--jobs", "1").memory / 1e6
    theirs = peers.run(peers.weasyprint(CSS, pages)).memory / 1e6
    yield at_most(f"peak memory of a schedule of {size.rows:,} rows, beside WeasyPrint alone", mine, theirs, 1.5, "MB")
