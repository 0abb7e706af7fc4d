"""Package and seal: what would be filed and what stands in its way, then a name to type; and files as zips."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from docgen.files import lock
from docgen.filing import filing_facts, package, packages, seal, verify
from docgen.page import catalog, papers, previews, saving
from docgen.page.catalog import Subject
from docgen.page.schedule_page import attached
from docgen.page.visits import Absent, PageData, Shown, Visit
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, as_data, errors
from docgen.reports import exhibit_list
from docgen.workspace.select import Paper, Selection, buildable, select
from docgen.writers import WRITERS

OFFICIAL = ("htm", "txt")  # the formats that EDGAR takes as the official document
FACTS = ("accession", "form", "pea", "on", "cik", "file_name", "signed")  # of a filing, as docgen seal takes them
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # that a zip can say: the same bytes on each day


def package_page(visit: Visit) -> Shown:
    """What a package of one amendment would be, and what stands in its way."""
    return _package_page(visit, ())


def _package_page(visit: Visit, faults: tuple[Problem, ...], status: int = 200) -> Shown:
    about = catalog.subject(visit)
    paper = about.paper
    stops = [*(package.not_ready(paper) if paper else ()), *errors(about.snapshot.problems_of(about.file))]
    data: PageData = {
        "name": about.name,
        "plan": about.plan_id,
        "id": about.id,
        "sealed": about.is_sealed,
        "exhibit": "; ".join(paper.amendment.facts.captions.values()) if paper else None,
        "registrants": list(paper.amendment.facts.exhibits) if paper else [],
        "description": exhibit_list.description(paper) if paper else "",
        "problems": [as_data(problem) for problem in dict.fromkeys((*faults, *stops))],
        "packaged": packages.by_paper(visit.snapshot.root).get(about.name),
        **_preview(about),
    }
    return Shown("package.html", data, status)


def _preview(about: Subject) -> PageData:
    """What it changes, and the documents to look at before a name is typed."""
    if about.paper is None:
        return {"sentences": [], "documents": []}
    return {"sentences": previews.changes(about.paper.amendment), "documents": list(about.paper.documents())[:1]}


def _confirmed(visit: Visit, name: str) -> None:
    """UsageProblem unless the amendment's name was typed."""
    if visit.text("confirm").strip() != name:
        raise UsageProblem([Problem(Where("confirm"), "is not the amendment's name", f"type {name}")])


def pack(visit: Visit) -> Shown | Response:
    """Lays an amendment out for EDGAR, as `docgen package` does."""
    about = catalog.subject(visit)
    try:
        _confirmed(visit, about.name)
        selection = verify.with_seals(_selection(visit, about.name))
        chosen, registrant = package.of_registrant(buildable(selection), visit.text("registrant").strip())
        package.refuse_unapproved(chosen, selection.problems)
        official = visit.text("official")
        with lock.held(visit.snapshot.root, saving.COMMAND, lambda line: None):
            official = official if official in OFFICIAL else OFFICIAL[0]
            package.pack(visit.snapshot.root, chosen, official, registrant=registrant)
    except DocgenError as error:
        return _package_page(visit, error.problems, 422)
    return RedirectResponse(f"/package/{about.plan_id}/{about.id}", 303)


def _selection(visit: Visit, name: str) -> Selection:
    if visit.snapshot.workspace is None:
        raise DataProblem(visit.snapshot.problems)
    return select(visit.snapshot.workspace, [name])


def seal_page(visit: Visit) -> Shown:
    """What sealing means, and what stands in its way."""
    return _seal_page(visit, ())


def _seal_page(visit: Visit, faults: tuple[Problem, ...], status: int = 200) -> Shown:
    about = catalog.subject(visit)
    stops = errors(about.snapshot.problems_of(about.file))
    data: PageData = {
        "name": about.name,
        "plan": about.plan_id,
        "id": about.id,
        "sealed": about.is_sealed,
        "draft": bool(about.paper and about.paper.amendment.facts.draft),
        "facts": {key: visit.text(key) for key in FACTS},
        "registrants": list(about.paper.amendment.facts.exhibits) if about.paper else [],
        **_preview(about),
        "problems": [as_data(problem) for problem in dict.fromkeys((*faults, *stops))],
    }
    return Shown("seal.html", data, status)


def seal_it(visit: Visit) -> Shown | Response:
    """Seals an amendment, as `docgen seal` does."""
    about = catalog.subject(visit)
    try:
        _confirmed(visit, about.name)
        texts = filing_facts.from_options({key: visit.text(key).strip() or None for key in FACTS})
        paper = seal.sealable(_selection(visit, about.name), about.name)
        facts = filing_facts.by_registrant(paper, texts, visit.text("registrant").strip())
        with lock.held(visit.snapshot.root, saving.COMMAND, lambda line: None):
            seal.seal_paper(visit.snapshot.root, paper, list(WRITERS), facts)
    except DocgenError as error:
        return _seal_page(visit, error.problems, 422)
    return RedirectResponse(f"/plans/{about.plan_id}/{about.id}", 303)


def zip_of_paper(visit: Visit) -> Response:
    """All files of an amendment, in every format."""
    paper: Paper = catalog.paper(visit)
    files: dict[str, bytes] = {}
    for suffix in WRITERS:
        files |= papers.made(paper, suffix)
    return _zip(paper.name, files)


def zip_of_package(visit: Visit) -> Response:
    """The package that an amendment lies in, as it stands under build/."""
    about = catalog.subject(visit)
    folder = packages.by_paper(visit.snapshot.root).get(about.name)
    if folder is None:
        raise Absent(f"{about.name} is in no package.")
    place = visit.snapshot.root / packages.PACKAGE / folder
    files = {path.name: path.read_bytes() for path in sorted(place.iterdir()) if path.is_file()}
    return _zip(f"{folder}-package", files)


def _zip(name: str, files: Mapping[str, bytes]) -> Response:
    """Files as one zip; the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, data in files.items():
            archive.writestr(zipfile.ZipInfo(file, FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return Response(buffer.getvalue(), media_type="application/zip", headers=attached(f"{name}.zip"))
