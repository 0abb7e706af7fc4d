"""Runs the measures several times each and writes the tables of tests/bench/RESULTS.md: python -m tests.bench."""

from __future__ import annotations

import argparse
import datetime
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docgen.build import pool
from tests.bench import measures, page, steps
from tests.bench.rows import Row, merged, table
from tests.conftest import ROOT

RESULTS = ROOT / "tests/bench/RESULTS.md"
STEPS = "## Where the time goes"
REMARKS = "## Remarks"


def machine() -> str:
    """The machine's processor, cores and system."""
    told = (
        subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout if shutil.which("lscpu") else ""
    )
    named = [line.split(":", 1)[1].strip() for line in told.splitlines() if line.startswith("Model name")]
    return f"{(named or [platform.processor() or platform.machine()])[0]}, {pool.cores()} cores, {platform.system()}"


def measured(size: measures.Size, folder: Path, large: Path) -> Mapping[str, Iterator[Row]]:
    """The measures by name, each with its rows, which are taken as they are asked for; the longest last."""
    return {
        "starting": measures.starting(size),
        "rate": measures.rate(size, large),
        "seed": measures.seed(size, folder),
        "importing": measures.importing(size, folder),
        "growth": measures.growth(size, folder),
        "comparing": measures.comparing(size, folder),
        "memory": measures.memory(size, folder),
        "page": page.page(large),
        "together": measures.together(size, large),
        "again": measures.again(size, large),
        "cold": measures.cold(size, folder),
    }


def write(size: measures.Size, before: str, rows: Sequence[Row], taken: str) -> None:
    """Writes RESULTS.md; rows that were not measured stay as they were, as do the steps and what people wrote."""
    said, _, rest = before.partition(STEPS)
    steps_before, _, remarks = rest.partition(REMARKS)
    load = f"{size.amendments} amendments, {size.rows:,} rows, medians of {size.runs}"
    head = f"# Results\n\n{datetime.date.today()}: {machine()}, Python {platform.python_version()}; {load}.\n\n"
    kept = said if not taken else ""
    body = f"{merged(kept, table(rows))}\n{STEPS}\n\n{taken or steps_before.strip()}\n\n{REMARKS}{remarks or chr(10)}"
    RESULTS.write_text(head + body, encoding="utf-8")


def main() -> None:
    """Measures, and writes what there is after each row."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("--amendments", type=int, default=500)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold", type=int, default=500)
    parser.add_argument("--cold-runs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--only", nargs="+", metavar="NAME", help="the rows of these, in place of what the file has")
    asked = vars(parser.parse_args())
    only, size = asked.pop("only"), measures.Size(**asked)
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        large = measures.large(folder / "large", size.amendments)
        taken, rows, found = "" if only else steps.table(size.runs, large), [], measured(size, folder, large)
        for name in only or found:
            for row in found[name]:
                rows.append(row)
                print(table([row]).splitlines()[-1], flush=True)  # noqa: T201  # the door of the benchmarks
                write(size, before, rows, taken)


if __name__ == "__main__":
    main()
