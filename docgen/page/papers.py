"""Files to look at and to take away: the preview in its frame, a paper in any format, its redline."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping

from starlette.responses import HTMLResponse, Response

from docgen.build import inputs, pool, produce
from docgen.files import fingerprint
from docgen.page import catalog, previews, source_page
from docgen.page.schedule_page import attached
from docgen.page.visits import Absent, Visit
from docgen.problems import Problem, UsageProblem, Where, WriterProblem, errors
from docgen.redline import baseline, make
from docgen.workspace.select import Paper
from docgen.writers import WRITERS

KINDS = {
    "txt": "text/plain; charset=us-ascii",
    "htm": "text/html; charset=us-ascii",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
FRAME = {
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox",
    "x-frame-options": "SAMEORIGIN",
}
LINKED = {
    **FRAME,
    "content-security-policy": f"{FRAME['content-security-policy']} {previews.ONLY_LINKS}; form-action 'none'",
}
IN_SIGHT = ("pdf", "txt")  # what a browser shows by itself
MOST = 60  # files that stay in memory
AUTHOR = "docgen"
Cache = OrderedDict[str, Mapping[str, bytes]]
_cache: Cache = OrderedDict()
_lock = threading.Lock()


def preview(visit: Visit) -> Response:
    """A document as EDGAR HTML, for a frame that can do nothing: of the last text that could be made.

    On a page that says which it is, its words are links, which are all that the frame can do then.
    """
    about, document = catalog.subject(visit), visit.names["document"]
    _, last = visit.desk.previews.last.get(about.name, (0, None))
    if last is None or "n" not in visit.query:
        last = previews.of_paper(catalog.paper(visit))
        visit.desk.previews.add(about.name, last)
    if document not in last.documents:
        text = "There is nothing to show yet: see the problems."
        return HTMLResponse(f'<!DOCTYPE html><html lang="en"><title>{text}</title><p>{text}</p></html>', headers=FRAME)
    data, place = last.documents[document], visit.query.get("at", "")
    if place not in source_page.PLACES or last.paper is None:
        return Response(data, media_type=KINDS["htm"], headers=FRAME)
    return Response(
        source_page.linked(about, last.paper, document, data, place), media_type=KINDS["htm"], headers=LINKED
    )


def file(visit: Visit) -> Response:
    """A document of an amendment in a format, as `docgen build` would make it now; of a sealed one, what was filed."""
    paper, name = catalog.paper(visit), visit.names["file"]
    suffix = name.rpartition(".")[2]
    if suffix not in WRITERS or name not in paper.file_names([suffix]):
        raise Absent(f"{paper.name} has no {name}.")
    return answer(f"{paper.name}/{name}", made(paper, suffix)[name])


def answer(name: str, data: bytes) -> Response:
    """A file as an answer: HTML in a frame that can do nothing, PDF and text in sight, all others to be saved."""
    suffix = name.rpartition(".")[2]
    headers = FRAME if suffix == "htm" else {} if suffix in IN_SIGHT else attached(name)
    return Response(data, media_type=KINDS[suffix], headers=headers)


def made(paper: Paper, suffix: str) -> Mapping[str, bytes]:
    """The files of a paper in a format, a PDF by a process of its own; from memory where nothing has changed."""

    def files() -> Mapping[str, bytes]:
        workers = [pool.start(True)] if suffix == "pdf" and not paper.seal else []
        (output,) = pool.make([paper], [suffix], 1, workers)
        if errors(output.problems):
            raise WriterProblem(output.problems)
        return output.files

    return remembered(f"{paper.name} {suffix} {_origin(paper)}", files)


def redline(visit: Visit) -> Response:
    """What an amendment changes, marked: its schedule against the one before, or a document against another's."""
    paper, suffix = catalog.paper(visit), visit.names["suffix"]
    against = visit.query.get("against", "")
    if suffix not in make.FORMATS:
        raise Absent(f"A redline has no .{suffix}.")
    if against and against not in every_paper(visit):
        raise Absent(f"There is no amendment {against} in this workspace.")
    workspace = visit.snapshot.workspace
    kind = "amendment" if against else "schedule"
    document = kind if kind in paper.documents() else paper.documents()[0]

    def files() -> Mapping[str, bytes]:
        if workspace is None:
            raise Absent("Nothing can be read.")
        marked_up = make.redline(paper, document, baseline.against(workspace, paper, against, document))
        if not marked_up.marked.is_redline:
            raise UsageProblem([Problem(Where(paper.name), f"changes nothing in its {document}", "compare another")])
        return make.files(marked_up, [suffix], produce.layout(paper), (AUTHOR, f"{make.day(paper)}T00:00:00Z"))

    made_files = remembered(f"redline {paper.name} {suffix} {against} {_origin(paper)}", files)
    ((name, data),) = made_files.items()
    return answer(f"{paper.name}/{name}", data)


def every_paper(visit: Visit) -> list[str]:
    """The names of all amendments, as `plan/amendment`."""
    return [f"{plan}/{name}" for plan, names in visit.snapshot.files.items() for name in names]


def remembered(key: str, work: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Files by what they come from: made at the first call, and from memory after it."""
    with _lock:
        if key not in _cache:
            _cache[key] = work()
        _cache.move_to_end(key)
        while len(_cache) > MOST:
            _cache.popitem(last=False)
        return _cache[key]


def _origin(paper: Paper) -> str:
    (origin,) = inputs.origins([paper])
    return fingerprint.together(f"{part}\0{digest}" for part, digest in sorted(origin.items()))
