"""What a redline is against, by what a person names: the ends that are found, or why none is: `ends.golden`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from docgen.problems import DocgenError, count
from docgen.redline import baseline
from docgen.workspace.load import Workspace as Loaded
from docgen.workspace.load import load
from docgen.workspace.seals import Seal
from docgen.workspace.select import papers_of
from tests.conftest import AMENDMENT, HERE, PLAIN, PLAN, Golden, Workspace
from tests.test_conform import TEXT

CHANGE = "changes: [{{add: Fund {0}, to: 'AIM BOND FUNDS, INC.'}}]\n"
LATER = "effective: 2005-01-03"
PLANS = {
    **PLAIN,
    "schedules/p/text/plan.html": TEXT,
    "schedules/p/amendments/002.yaml": "effective: 2003-12-01\n" + CHANGE.format("Two"),
    "schedules/p/amendments/003.yaml": f"number: 3\n{LATER}\nform: {{number: words}}\n"
    + "changes: [{add: Fund Three, to: 'AIM BOND FUNDS, INC.'}, {replace_words: Third, to: Last}]\n",
    "schedules/p/amendments/004.yaml": "draft: true\nnumber: 4\n" + CHANGE.format("Four"),
    "schedules/p/amendments/005.yaml": "draft: true\n" + CHANGE.format("Five"),
    "schedules/p/amendments/006.yaml": AMENDMENT.replace("number: 1\neffective: 2003-11-03", "effective: 2007-09-19"),
    "schedules/p/amendments/007.yaml": "number: 7\neffective: 2007-09-19\n"
    + CHANGE.format("Late").replace("}]", ", effective: 2007-09-20}]"),
    "schedules/q/plan.yaml": PLAN.replace("Master", "Class B").replace("title: ", "restates: p\ntitle: "),
    "schedules/q/amendments/000.yaml": "effective: 2007-09-20\nentire_plan: true\n",
    "schedules/q/amendments/001.yaml": "number: 1\neffective: 2007-10-01\n" + CHANGE.format("Six"),
    "schedules/r/plan.yaml": PLAN.replace("Master", "Second").replace("Class B", "Class R"),
    "schedules/r/amendments/000.yaml": AMENDMENT.replace("number: 1\n", "opening: true\n"),
    "schedules/r/amendments/001.yaml": "number: 1\neffective: 2004-01-05\n" + CHANGE.format("Seven"),
    "schedules/r/amendments/002.yaml": "number: 2\neffective: 2004-02-05\nplan: {title: Third Plan}\nchanges:\n"
    "  - {rename_group: 'AIM BOND FUNDS, INC.', to: AIM BOND TRUST}\n  - {add: Fund Eight, to: AIM BOND TRUST}\n",
    "schedules/s/plan.yaml": PLAN.replace("Class B", "Class S"),
    "schedules/s/text/plan.html": TEXT.replace("AMENDED AND RESTATED", "EARLIER"),
    "schedules/t/plan.yaml": PLAN.replace("title: ", "restates: s\ntitle: ").replace("Class B", "Class S"),
    "schedules/t/amendments/000.yaml": "draft: true\nentire_plan: true\n" + AMENDMENT.replace("number: 1\n", ""),
    "schedules/t/amendments/001.yaml": "draft: true\nentire_plan: true\n",
    "old.yaml": "number: 2\neffective: 2004-02-05\n" + CHANGE.format("Nine"),
    "older.YAML": "number: 2\neffective: 2004-02-05\n" + CHANGE.format("Ten"),
    "bad.yml": "number: two\n",
    "new.htm": "<html><body><p>THIRD PLAN</p></body></html>",
}
SEALED = {
    "p/001": {"amendment.htm": b"<p>ONE</p>", "schedule.htm": b"<p>TWO</p>", "schedule.docx": b""},
    "p/002": {"amendment.txt": b"ONE", "ex99.html": b"<p>TWO</p>", "ex98.htm": b"<p>THREE</p>", "ex97.pdf": b""},
    "p/003": {"amendment.txt": b"ONE", "amendment.pdf": b""},
}
ASKED = [
    "p/001 schedule", "p/001 plan", "p/001 amendment filed", "p/001 schedule filed",
    "p/002 schedule", "p/002 plan", "p/002 schedule p/001", "p/002 amendment p/003", "p/002 amendment filed",
    "p/003 schedule", "p/003 plan", "p/003 schedule schedules/p/amendments/001.yaml", "p/003 schedule r/001",
    "p/003 amendment p", "p/003 amendment p/009", "p/003 amendment filed",
    "p/004 schedule", "p/004 plan", "p/004 amendment p/001", "p/004 schedule filed",
    "p/005 schedule", "p/005 plan", "p/005 amendment p/003",
    "p/006 schedule", "p/006 plan", "p/006 schedule p/004", "p/006 amendment p/005", "p/007 schedule",
    "q/000 plan", "q/001 plan", "q/001 schedule", "q/001 amendment q/000",
    "r/001 schedule", "r/001 plan", "r/001 amendment p/001",
    "t/000 plan", "t/000 plan t/001", "t/001 plan",
    "r/002 schedule r/001", "r/002 amendment old.yaml", "r/002 schedule older.YAML", "r/002 schedule bad.yml",
    "r/002 schedule new.htm", "r/002 schedule no.docx",
]  # fmt: skip


def told(root: Path, loaded: Loaded, asked: str) -> Iterator[str]:
    """The end that is found: its names, its file, its schedules, what is listed since; or why there is none."""
    name, document, *others = asked.split()
    other = "".join(others)
    against = str(root / other) if baseline.is_file(other) else other
    paper = next(paper for plan in loaded.plans for paper in papers_of(loaded, plan) if paper.name == name)
    try:
        end = baseline.against(loaded, paper, against, document)
    except DocgenError as error:
        yield from (f"{problem.where} {problem.found} / {problem.remedy}" for problem in error.problems)
        return
    rows = [row.name for schedule in end.schedules for _, row, _ in schedule.lines()]
    since = "; ".join(f"{schedule}: {count(len(steps), 'change')}" for schedule, steps in end.steps.items())
    yield f"{end.title} ({end.name}), {end.source}: {' '.join(next(end.document.lines()))[:80]}"
    papers, files = baseline.sources(paper, against)
    yield f"made from {' and '.join([*papers, *files])}{', which somebody sent back' if end.is_returned else ''}"
    if rows:
        yield f"{count(len(rows), 'row')} from {rows[0]} on; since then {since or 'nothing listed'}"


def test_what_a_redline_is_against(empty: Workspace, golden: Golden) -> None:
    root = empty.write(PLANS).root
    loaded = replace(load(root), seals={name: Seal("", files, {}) for name, files in SEALED.items()})
    lines = [line for asked in ASKED for line in (asked, *(f"  {line}" for line in told(root, loaded, asked)))]
    golden.holds(HERE / "ends.golden", "\n".join(lines).replace(f"{root}/", "") + "\n")
