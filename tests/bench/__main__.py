"""Runs every measure several times and writes the tables of tests/bench/RESULTS.md: python -m tests.bench."""

from __future__ import annotations

import argparse
import datetime
import platform
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from docgen import hands
from tests.bench import measures, steps
from tests.bench.rows import Row, table
from tests.conftest import ROOT

RESULTS = ROOT / "tests/bench/RESULTS.md"


def machine() -> str:
    """The machine's processor, cores and system."""
    told = (
        subprocess.run(["lscpu"], capture_output=True, text=True, check=False).stdout if shutil.which("lscpu") else ""
    )
    named = [line.split(":", 1)[1].strip() for line in told.splitlines() if line.startswith("Model name")]
    return f"{(named or [platform.processor() or platform.machine()])[0]}, {hands.cores()} cores, {platform.system()}"


def measured(size: measures.Size, folder: Path, large: Path) -> Iterator[Row]:
    """Every row, as soon as it is there; the longest last."""
    yield from measures.starting(size)
    yield from measures.rate(size, large)
    yield from measures.seed(size, folder)
    yield from measures.growth(size, folder)
    yield from measures.memory(size, folder)
    yield from measures.together(size, large)
    yield from measures.again(size, large)
    yield from measures.cold(size, folder)


def write(size: measures.Size, rows: Sequence[Row], taken: str) -> None:
    """Writes RESULTS.md up to its line `## Remarks`, which people write."""
    before = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    remarks = before[before.index("## Remarks") :] if "## Remarks" in before else "## Remarks\n"
    load = f"{size.amendments} amendments, {size.rows:,} rows, medians of {size.runs}"
    head = f"# Results\n\n{datetime.date.today()}: {machine()}, Python {platform.python_version()}; {load}.\n\n"
    RESULTS.write_text(f"{head}{table(rows)}\n## Where the time goes\n\n{taken}\n{remarks}", encoding="utf-8")


def main() -> None:
    """Measures, and writes what there is after each row."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=main.__doc__)
    parser.add_argument("--amendments", type=int, default=500)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold", type=int, default=500)
    parser.add_argument("--cold-runs", type=int, default=5)
    parser.add_argument("--batch", type=int, default=50)
    size = measures.Size(**vars(parser.parse_args()))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = measures.large(folder / "large", size.amendments)
        taken, rows = steps.table(size.runs, large), []
        for row in measured(size, folder, large):
            rows.append(row)
            print(table([row]).splitlines()[-1], flush=True)  # noqa: T201  # the door of the benchmarks
            write(size, rows, taken)


if __name__ == "__main__":
    main()
