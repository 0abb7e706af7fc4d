"""Runs every measure several times and writes the table of tests/bench/RESULTS.md: python -m tests.bench."""

from __future__ import annotations

import argparse
import datetime
import math
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen import build, hands, shipped, work
from docgen.writers import pdf
from tests.bench import peers, workspaces
from tests.conftest import ROOT

DOCGEN = [sys.executable, "-m", "docgen"]
BARE = [sys.executable, "-c", "pass"]
RESULTS = ROOT / "tests/bench/RESULTS.md"
CSS = shipped.TEMPLATES / "print.css"


@dataclass(frozen=True)
class Size:
    """How much is measured: amendments of the large workspace, rows of the long schedule, runs of each measure."""

    amendments: int
    rows: int
    runs: int
    batch: int


@dataclass(frozen=True)
class Row:
    """One row of the table: docgen beside another, and the ratio that was to be reached."""

    measure: str
    docgen: float
    beside: float
    ratio: float
    goal: str
    reached: bool
    unit: str = "s"


def medians(size: Size, *measured: Callable[[], float]) -> list[float]:
    """The median of each one's numbers; they take turns, so that both meet the same noise."""
    found: list[list[float]] = [[] for _ in measured]
    for _ in range(size.runs):
        for numbers, measure in zip(found, measured, strict=True):
            numbers.append(measure())
    return [statistics.median(numbers) for numbers in found]


def at_most(measure: str, docgen: float, beside: float, goal: float, unit: str = "s") -> Row:
    """A row whose ratio may not be above the goal."""
    return Row(measure, docgen, beside, docgen / beside, f"at most {goal:g}", docgen / beside <= goal, unit)


def built(folder: Path, *options: str) -> peers.Spent:
    """One `docgen build`, as a person types it."""
    return peers.run([*DOCGEN, "build", "--workspace", folder, *options], ROOT)


def ready(papers: Sequence[build.Paper], folder: Path) -> list[Path]:
    """The HTML from which the PDFs of papers are made."""
    folder.mkdir(parents=True)
    pages = []
    for number, paper in enumerate(papers):
        for name in paper.documents():
            pages.append(folder / f"{number:05}-{name}.html")
            pages[-1].write_text(pdf.print_html(build.document(paper, name)), encoding="utf-8")
    return pages


def starting(size: Size) -> Iterator[Row]:
    """`docgen --help` beside Python itself."""
    bare, helped = medians(size, lambda: peers.run(BARE).wall, lambda: peers.run([*DOCGEN, "--help"], ROOT).wall)
    yield at_most("`docgen --help` beside `python -c pass`", helped, bare, 10)


def cold(size: Size, folder: Path) -> Iterator[Row]:
    """Every amendment from nothing, beside WeasyPrint making the same PDFs in one process; and with two processes."""
    pages = ready(build.check(folder).papers, folder / "ready")

    def one(jobs: str) -> peers.Spent:
        shutil.rmtree(folder / "build", ignore_errors=True)
        return built(folder, "--jobs", jobs)

    walls: list[float] = []

    def alone() -> float:
        spent = one("1")
        walls.append(spent.wall)
        return spent.cpu

    weasy, cpu, two = medians(size, lambda: peers.run(peers.weasyprint(CSS, pages)).cpu, alone, lambda: one("2").wall)
    yield at_most(f"cold build of {size.amendments} amendments, CPU, beside WeasyPrint alone, warm", cpu, weasy, 1.3)
    yield at_most("the same with 2 jobs beside 1 job, wall clock", two, statistics.median(walls), 0.6)


def again(size: Size, folder: Path) -> Iterator[Row]:
    """Nothing changed, and one line edited; the workspace is built."""
    begun = [sys.executable, "-c", "import docgen.cli"]
    start, nothing = medians(size, lambda: peers.run(begun, ROOT).wall, lambda: built(folder).wall)
    yield at_most(f"nothing changed, {size.amendments} amendments, beside `import docgen.cli`", nothing, start, 3)
    newest = build.check(folder).papers[-1]
    pages = ready([newest], folder / "ready-newest")
    file = folder / newest.amendment.source.file

    def edited() -> float:
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace("Opportunity", "Opportunity X", 1), encoding="utf-8")
        return built(folder).wall

    weasy, one = medians(size, lambda: peers.run(peers.weasyprint(CSS, pages)).wall, edited)
    yield at_most(
        f"one line edited in the newest of {size.amendments}, beside WeasyPrint alone, fresh", one, weasy, 1.3
    )


def seed(size: Size, folder: Path) -> Iterator[Row]:
    """The seed's exhibit: warm, and in a batch beside programs that print HTML."""
    paper = build.check(ROOT, ["aim-class-b/002"]).papers[0]
    tree, layout = build.document(paper, "amendment"), build.layout(paper)
    untuned = folder / "untuned.css"
    text = CSS.read_text(encoding="utf-8").replace("table-layout: fixed;", "")
    untuned.write_text(text.replace("url(fonts/", f"url({shipped.TEMPLATES.as_uri()}/fonts/"), encoding="utf-8")
    (page,) = ready([paper], folder / "seed")[:1]
    warm, plain = medians(
        size,
        lambda: timed(lambda: pdf.write(tree, layout)),
        lambda: timed(lambda: untuned_pdf(page, untuned)),
    )
    yield at_most("one seed exhibit to PDF, warm, beside WeasyPrint with an untuned style sheet", warm, plain, 0.7)
    pages = [folder / "seed" / f"copy-{number:02}.html" for number in range(size.batch)]
    for copy in pages:
        shutil.copy(page, copy)
    mine = statistics.median(
        timed(lambda: [build.proved(tree, "pdf", layout) for _ in pages]) for _ in range(size.runs)
    )
    for name, peer, goal in (
        ("Chromium", peers.chromium(pages), 3),
        ("LibreOffice", peers.libreoffice(pages), 5),
    ):
        if peer is not None:
            took = statistics.median(timed(peer) for _ in range(size.runs))
            measure = f"the seed exhibit beside {name}, a document in a batch of {size.batch}"
            times = took / mine
            goal_said = f"at least {goal} times as fast"
            yield Row(measure, mine / len(pages), took / len(pages), times, goal_said, times >= goal)


def untuned_pdf(page: Path, css: Path) -> None:
    """The page by WeasyPrint as most people call it."""
    import weasyprint

    weasyprint.HTML(filename=page).write_pdf(stylesheets=[weasyprint.CSS(filename=css)])


def timed(work: Callable[[], object]) -> float:
    """Seconds by the clock."""
    began = time.monotonic()
    work()
    return time.monotonic() - began


def rate(size: Size, folder: Path) -> Iterator[Row]:
    """Text and HTML of many exhibits on one core."""
    papers = build.check(folder).papers[:100]
    work.make(papers[0], ("txt", "htm"))
    (took,) = medians(size, lambda: timed(lambda: [work.make(paper, ("txt", "htm")) for paper in papers]))
    (written,) = medians(size, lambda: timed(lambda: [build.files(paper, ("txt", "htm")) for paper in papers]))
    each = len(papers) / took
    goal = "at least 300"
    yield Row("text and htm only, exhibits a second", each, len(papers) / written, each, goal, each >= 300, "1/s")


def growth(size: Size, folder: Path) -> Iterator[Row]:
    """How the time grows with rows and with amendments, as the slope of the log-log line; memory of a long schedule."""
    txt = ("--format", "txt,htm", "--jobs", "1", "--force")
    for what, counts in (("rows", (size.rows // 16, size.rows // 4, size.rows)), ("amendments", (30, 100, 300))):
        spent = []
        for count in counts:
            one = (1, 1, (count, count)) if what == "rows" else (1, count, (20, 20))
            made = workspaces.make(folder / f"{what}-{count}", *one)
            spent.append(medians(size, lambda made=made: built(made, *txt).cpu)[0])  # type: ignore[misc]
        slope = math.log(spent[-1] / spent[-2]) / math.log(counts[-1] / counts[-2])
        measure = f"growth in {what}, slope from {counts[-2]:,} to {counts[-1]:,}"
        yield Row(measure, spent[-1], spent[-2], slope, "at most 1.1", slope <= 1.1)
    long = folder / f"rows-{size.rows}"
    paper = build.check(long).papers[0]
    pages = ready([paper], folder / "ready-long")
    mine = built(long, "--format", "pdf", "--jobs", "1", "--force").memory / 1e6
    theirs = peers.run(peers.weasyprint(CSS, pages)).memory / 1e6
    yield at_most(f"peak memory of a schedule of {size.rows:,} rows, beside WeasyPrint alone", mine, theirs, 1.5, "MB")


def machine() -> str:
    """The machine's processor, cores and system."""
    told = (
        subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout if shutil.which("lscpu") else ""
    )
    named = [line.split(":", 1)[1].strip() for line in told.splitlines() if line.startswith("Model name")]
    return f"{(named or [platform.processor() or platform.machine()])[0]}, {hands.cores()} cores, {platform.system()}"


def table(rows: Sequence[Row]) -> str:
    """The rows as Markdown."""
    lines = ["| measure | docgen | beside it | ratio | to reach | reached |", "|---|---|---|---|---|---|"]
    for row in rows:
        numbers = f"{row.docgen:.3g} {row.unit} | {row.beside:.3g} {row.unit} | {row.ratio:.2f}"
        lines.append(f"| {row.measure} | {numbers} | {row.goal} | {'yes' if row.reached else 'no'} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measures, and writes RESULTS.md up to its line `## Remarks`, which people write."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("--amendments", type=int, default=500)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=50)
    size = Size(**vars(parser.parse_args()))
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = workspaces.make(folder / "large", 10, max(1, size.amendments // 10), (20, 200))
        for measure in (
            starting(size), cold(size, large), again(size, large), rate(size, large),
            seed(size, folder), growth(size, folder),
        ):  # fmt: skip
            for row in measure:
                rows.append(row)
                print(table([row]).splitlines()[-1], flush=True)  # noqa: T201  # the door of the benchmarks
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    remarks = before[before.index("## Remarks") :] if "## Remarks" in before else "## Remarks\n"
    load = f"{size.amendments} amendments, {size.rows:,} rows, medians of {size.runs}"
    head = f"# Results\n\n{datetime.date.today()}: {machine()}, Python {platform.python_version()}; {load}.\n\n"
    RESULTS.write_text(f"{head}{table(rows)}\n{remarks}", encoding="utf-8")


if __name__ == "__main__":
    main()
