"""Files to look at and to take away: the preview in its frame, a paper in any format, its redline."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from concurrent.futures import Future

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
Cache = OrderedDict[str, Future[Mapping[str, bytes]]]
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
    """What an amendment changes, marked: its schedule against the one before."""
    paper, suffix, workspace = catalog.paper(visit), visit.names["suffix"], visit.snapshot.workspace
    if suffix not in make.FORMATS or workspace is None:
        raise Absent(f"A redline has no .{suffix}.")
    document = "schedule" if "schedule" in paper.documents() else paper.documents()[0]

    def files() -> Mapping[str, bytes]:
        marked_up = make.redline(paper, document, baseline.against(workspace, paper, "", document))
        if not marked_up.marked.is_redline:
            raise UsageProblem([Problem(Where(paper.name), f"changes nothing in its {document}", "compare another")])
        return make.files(marked_up, [suffix], produce.layout(paper), (AUTHOR, f"{make.day(paper)}T00:00:00Z"))

    ((name, data),) = remembered(f"redline {paper.name} {suffix} {_origin(paper)}", files).items()
    return answer(f"{paper.name}/{name}", data)


def remembered(key: str, work: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Files by what they come from: made by who asks first, while others ask for other files, and kept in memory."""
    with _lock:
        is_first, files = key not in _cache, _cache.setdefault(key, Future())
        _cache.move_to_end(key)
        while len(_cache) > MOST:
            _cache.popitem(last=False)
    if is_first:
        try:
            files.set_result(work())
        except BaseException as error:
            with _lock:
                _cache.pop(key, None)  # so that whoever asks again has it tried again
            files.set_exception(error)
    return files.result()


def _origin(paper: Paper) -> str:
    (origin,) = inputs.origins([paper])
    return fingerprint.together(f"{part}\0{digest}" for part, digest in sorted(origin.items()))
