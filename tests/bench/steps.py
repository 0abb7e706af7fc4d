"""Where the time goes: what each step of the walk takes for one amendment, in milliseconds of the processor."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from docgen import readers, writers
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.workspace.select import Paper
from docgen.writers import pdf
from tests.conftest import ROOT


def table(runs: int, large: Path) -> str:
    """A Markdown table of the steps, for the seed's amendment and for one of the large workspace's middle plan."""
    middle = chosen(large).papers
    papers = {"the seed": chosen(ROOT, ["aim-class-b/002"]).papers[0], "110 rows": middle[len(middle) // 2]}
    found = {name: _steps(paper, runs) for name, paper in papers.items()}
    lines = [f"| step, both documents of an amendment | {' | '.join(found)} |", "|---|---|---|"]
    took = {step: " | ".join(f"{steps[step]:.1f} ms" for steps in found.values()) for step in found["the seed"]}
    lines += [f"| {step} | {said} |" for step, said in took.items()]
    return "\n".join(lines) + "\n"


def _steps(paper: Paper, runs: int) -> dict[str, float]:
    trees = {name: produce.document(paper, name) for name in paper.documents()}
    layout = produce.layout(paper)
    taken = {"template to tree": _took(runs, lambda: [produce.document(paper, name) for name in trees])}
    pages = [pdf.print_html(tree) for tree in trees.values()]
    taken["(WeasyPrint alone, both PDFs)"] = _took(runs, lambda: _weasyprint(pages, paper.folders))
    for suffix, write in writers.WRITERS.items():
        made = {name: write(tree, layout) for name, tree in trees.items()}
        taken[f"{suffix}: write"] = _took(runs, lambda w=write: [w(tree, layout) for tree in trees.values()])  # type: ignore[misc]
        taken[f"{suffix}: read back"] = _took(
            runs,
            lambda s=suffix, m=made: [readers.difference(tree, s, m[name]) for name, tree in trees.items()],  # type: ignore[misc]
        )
        files = {f"{name}.{suffix}": data for name, data in made.items()}
        taken[f"{suffix}: EDGAR's rules"] = _took(runs, lambda f=files: produce.held(paper, f))  # type: ignore[misc]
    return taken


def _weasyprint(pages: Sequence[str], folders: Sequence[Path]) -> list[bytes]:
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    css, fonts = folders[-1] / "print.css", FontConfiguration()
    sheet = weasyprint.CSS(filename=css, font_config=fonts)
    read = [weasyprint.HTML(string=page, base_url=css.as_uri()) for page in pages]
    return [page.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-2a") for page in read]


def _took(runs: int, work: Callable[[], object]) -> float:
    """The median of milliseconds of the processor; garbage is looked for between the works only, as in a build."""
    found = []
    for _ in range(runs):
        gc.collect()
        gc.disable()
        began = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began))
        gc.enable()
    return statistics.median(found)
