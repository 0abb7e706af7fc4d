"""The lines that make a paper: where a word of the preview leads, and the files that stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from docgen.build import produce
from docgen.document import render
from docgen.files import resources
from docgen.page import form_page, saving, word_links
from docgen.page.catalog import Subject
from docgen.page.jinja_pages import field_id
from docgen.page.live_workspace import Snapshot
from docgen.page.visits import Absent, Shown, Visit
from docgen.page.word_links import WordLink
from docgen.problems import quote_url
from docgen.redline import data_lines
from docgen.redline.data_lines import DataLine
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.select import Paper

PLACES = ("plans", "form", "text", "check")  # pages that show a preview, by what their addresses begin with
TEMPLATES = "templates"


def source(visit: Visit) -> Shown:
    """A file of the data or of the wording, line by line, as it stands."""
    name = visit.query.get("file", "")
    path = _files(visit.snapshot).get(name)
    if path is None:
        raise Absent(f"There is no file {name} in this workspace.")
    lines = saving.shown(path.read_bytes()).split("\n")
    folder, _, rest = name.removeprefix(f"{SCHEDULES}/").partition("/amendments/")
    edit = f"/plans/{folder}/{rest.removesuffix('.yaml')}?tab=text" if rest else ""
    return Shown("source.html", {"file": name, "lines": lines, "edit": edit})


def _files(snapshot: Snapshot) -> Mapping[str, Path]:
    """The files that papers are made of, by their names: the data, the workspace's wording, and docgen's."""
    shipped = {f"{TEMPLATES}/{path.relative_to(resources.TEMPLATES).as_posix()}": path
               for path in resources.TEMPLATES.rglob("*.j2")}  # fmt: skip
    data = (f"{SCHEDULES}/", f"{TEMPLATES}/")
    own = {name: snapshot.root / name for name in snapshot.stamps if name.startswith(data)}
    return {**shipped, **{name: path for name, path in own.items() if path.suffix in (".yaml", ".yml", ".j2")}}


def linked(about: Subject, paper: Paper, document: str, data: bytes, place: str) -> bytes:
    """A preview whose words lead to where they come from; `place` is the page that it is on."""
    tree = produce.document(paper, document)
    origins = render.places(paper.plan, paper.amendment, document, paper.folders)
    lines = [*data_lines.origins([*word_links.words(tree)], paper, tree.blocks, origins)]
    fields = () if place in ("text", "check") else form_page.ids(about, paper.amendment.source.data)
    page = {"plans": about.page, "text": f"{about.page}?tab=text"}.get(place, f"/{place}/{about.name}")

    def link(line: DataLine) -> WordLink:
        file = _named(line.where.file, paper)
        title = f"{file}:{line.where.line}" + (f" {line.key}" if line.key else "")
        if file == about.file and place in ("text", "check"):
            return WordLink(f"{page}#line-{line.where.line}", title, True)
        ids = [field_id(key) for key in _keys(line)] if file == about.file else []
        if field := next((id for id in ids if id in fields), ""):
            return WordLink(f"{page}#{field}", title, True)
        return WordLink(f"/source?{quote_url(file)}#line-{line.where.line}", title, False)

    return word_links.linked(tree, data, lines, link)
