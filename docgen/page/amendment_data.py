"""What a page shows of an amendment: how it stands, its text, its problems, what it changes, how it prints."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from docgen.build.produce import BUILD
from docgen.model import english
from docgen.page import previews
from docgen.page.catalog import Subject
from docgen.page.preview import Preview
from docgen.page.visits import PageData, Visit
from docgen.problems import Problem, as_data, errors
from docgen.redline import baseline
from docgen.reports.moment_names import name_of, title_of
from docgen.workspace.points_in_time import Moment
from docgen.writers import WRITERS

TEXT = "text"  # the tab with the file as it stands
FIXED = "read"  # the page of one that cannot be edited


def shown(visit: Visit, about: Subject, text: str, basis: str) -> PageData:
    """All that the page shows of an amendment: `text` is what stands in the editor, `basis` the hash of the file."""
    paper = about.paper
    file_problems = about.snapshot.problems_of(about.file)
    preview = previews.of_paper(paper) if paper and not errors(file_problems) else Preview({}, (), file_problems)
    plan = about.snapshot.plan(about.plan_id)
    facts = paper.amendment.facts if paper else None
    return {
        "name": about.name,
        "plan": about.plan_id,
        "id": about.id,
        "file": about.file,
        "plan_title": title_of(plan.facts) if plan else about.plan_id,
        "title": name_of(Moment(about.id, paper.plan, (), paper.amendment)) if paper else about.id,
        "effective": english.day(facts.effective) if facts and facts.effective else "",
        "draft": bool(facts and facts.draft),
        "sealed": about.is_sealed,
        "editable": not about.is_sealed,
        "reason": about.snapshot.reasons.get(about.name, ""),
        "tab": TEXT,
        "text": text,
        "unplaced": [],
        "basis": basis,
        "undo": visit.desk.saves.last,
        "documents_made": list(paper.documents()) if paper else [],
        "has_redline": bool(paper and baseline.predecessor(paper)),
        "formats": {suffix: paper.file_names([suffix]) for suffix in WRITERS} if paper else {},
        **result(visit, about, preview, file_problems),
        **({"at": FIXED} if about.is_sealed else {}),
    }


def result(visit: Visit, about: Subject, preview: Preview, also: Sequence[Problem] = ()) -> PageData:
    """What comes of a text: its problems at their lines, what it changes, and the number of the last good preview."""
    number = visit.desk.previews.add(about.name, preview)
    last = visit.desk.previews.last.get(about.name)
    every = tuple(dict.fromkeys((*also, *preview.problems)))
    return {
        "problems": [as_data(problem) for problem in _by_line(every)],
        "sentences": list(preview.sentences),
        "file": about.file,
        "edgar": any(problem.where.file.startswith(f"{BUILD}/") for problem in preview.problems),
        "number": number,
        "documents": list(last[1].documents) if last else [],
        "current": bool(preview.documents),
        "at": visit.text("at") or ("text" if visit.query.get("tab") == TEXT else "plans"),
        "frame": previews.ONLY_LINKS,
        "rules_come": False,
    }


def _by_line(problems: Iterable[Problem]) -> list[Problem]:
    """Errors first, each kind from top to bottom."""
    return sorted(problems, key=lambda problem: (problem.severity != "error", problem.where, problem.key))
