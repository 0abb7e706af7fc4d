"""A paper that came back, in Word or HTML, with changes in it: what to type for it, and the typing of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from starlette.responses import RedirectResponse, Response

from docgen.drafting import edited_text, next_amendment
from docgen.files import atomic
from docgen.page import apart, saving, sheet_page, source_page
from docgen.page.uploads import Upload
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DataProblem, as_data
from docgen.redline import baseline, comeback
from docgen.redline.baseline import End
from docgen.redline.data_lines import DataLine
from docgen.spreadsheet import proposal
from docgen.spreadsheet.proposal import Proposal, ReturnedPaper
from docgen.workspace.load import Workspace

SUFFIXES = (".docx", ".htm", ".html")
MOST = 60  # differences that a page lists


def submit(visit: Visit, upload: Upload, page: PageData) -> Shown | Response:
    """Says what the paper would have us type, or asks; types it where the button says so."""
    workspace = _workspace(visit)
    sheet_page.chosen_plan(visit, page["of"])
    name = f"{page['of']}/{page['paper']}" if page["paper"] else page["of"]
    end: End = apart.done(upload.name, baseline.file, upload.name, upload.data)
    item = proposal.returned_paper(workspace, name, end)
    answers = sheet_page.answers(visit)
    drafted = proposal.proposal(item, answers)
    filed, ready = not item.texts, not (drafted.doubts or drafted.problems)
    ready = ready and bool(drafted.texts or (filed and drafted.later))
    if visit.text("do") == "type" and ready:
        return _saved(visit, item, drafted)
    data = {
        **page,
        **sheet_page.questions(drafted.doubts, answers),
        "paper": item.paper.amendment.id,
        "of": item.paper.plan.id,
        "returned": _report(item, drafted, end),
        "refused": [as_data(problem) for problem in drafted.problems],
        "ready": ready,
    }
    return Shown("import.html", data)


def _workspace(visit: Visit) -> Workspace:
    if visit.snapshot.workspace is None:
        raise DataProblem(visit.snapshot.problems)
    return visit.snapshot.workspace


def _report(item: ReturnedPaper, drafted: Proposal, end: End) -> PageData:
    """What is said of the paper, as data."""
    mark = item.paper.amendment.form.draft_mark
    is_empty = not (drafted.lines or drafted.steps or drafted.rest or drafted.doubts or drafted.problems)
    return {
        "name": item.paper.name,
        "document": item.document,
        "filed": not item.texts,
        "sections": [{"heading": head, "sentences": list(texts)} for head, texts in comeback.sections(end, (), mark)],
        "lines": _lines(item, drafted.lines),
        "changes": next_amendment.as_yaml(drafted.steps).rstrip() if drafted.steps else "",
        "by_hand": next_amendment.as_yaml(drafted.later).rstrip() if drafted.later and item.texts else "",
        "rest": _lines(item, drafted.rest),
        "is_same": is_empty,
    }


def _lines(item: ReturnedPaper, lines: Sequence[DataLine]) -> list[PageData]:
    """Each difference at the line that it comes from, and what to type there."""
    listed: list[PageData] = []
    for line in lines[:MOST]:
        place = {"file": source_page.file_name(line.where.file, item.paper), "line": line.where.line, "key": line.key}
        listed.append({**place, "sentence": line.edit.sentence, "typing": line.typing, "remedy": line.remedy})
    return listed


def _saved(visit: Visit, item: ReturnedPaper, drafted: Proposal) -> Response:
    """Types it into the amendment and plan.yaml; where it was filed, begins the next amendment with the changes."""
    root, plan = visit.snapshot.root, item.paper.plan
    if not item.texts:
        later = list(drafted.later)
        (save,) = saving.write(visit.snapshot, visit.desk.saves, lambda: [next_amendment.write(root, plan, later)])
        return RedirectResponse(f"/plans/{plan.id}/{PurePath(save.file).stem}", 303)
    texts = edited_text.of_files(root, drafted.texts)
    saving.write(visit.snapshot, visit.desk.saves, lambda: atomic.save(root, texts))
    return RedirectResponse(f"/plans/{item.paper.name}", 303)
