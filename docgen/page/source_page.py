"""The lines that make a paper: where a word of the preview leads, and the files that stand behind it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlencode

from docgen.build import produce
from docgen.document import render
from docgen.drafting import edited_text
from docgen.files import resources
from docgen.model.yaml_reader import KeyPath
from docgen.page import form_page, word_links
from docgen.page.catalog import Subject
from docgen.page.jinja_pages import field_id
from docgen.page.live_workspace import Snapshot
from docgen.page.visits import Absent, Shown, Visit
from docgen.page.word_links import WordLink
from docgen.problems import key_path
from docgen.redline import data_lines
from docgen.redline.data_lines import DataLine
from docgen.workspace.plan_reading import SCHEDULES
from docgen.workspace.select import Paper

BY_LINES = ("text", "check", "read")  # pages that show a preview beside the lines of a file
PLACES = ("plans", "form", *BY_LINES)
TEMPLATES = "templates"


def source(visit: Visit) -> Shown:
    """A file of the data or of the wording, line by line, as it stands."""
    name = visit.query.get("file", "")
    path = _files(visit.snapshot).get(name)
    if path is None:
        raise Absent(f"There is no file {name} in this workspace.")
    text = edited_text.shown(path.read_bytes())
    folder, _, rest = name.removeprefix(f"{SCHEDULES}/").partition("/amendments/")
    edit = f"/plans/{folder}/{rest.removesuffix('.yaml')}?tab=text" if rest else ""
    return Shown("source.html", {"file": name, "text": text, "edit": edit})


def _files(snapshot: Snapshot) -> Mapping[str, Path]:
    """The files that papers are made of, by their names: the data, the workspace's wording, and docgen's."""
    shipped = {f"{TEMPLATES}/{path.relative_to(resources.TEMPLATES).as_posix()}": path
               for path in resources.TEMPLATES.rglob("*.j2")}  # fmt: skip
    data = (f"{SCHEDULES}/", f"{TEMPLATES}/")
    local = {name: snapshot.root / name for name in snapshot.stamps if name.startswith(data)}
    return {**shipped, **{name: path for name, path in local.items() if path.suffix in (".yaml", ".yml", ".j2")}}


def linked(about: Subject, paper: Paper, document: str, data: bytes, place: str) -> bytes:
    """A preview whose words lead to where they come from; `place` is the page that it is on."""
    tree = produce.document(paper, document)
    origins = render.places(paper.plan, paper.amendment, document, paper.folders)
    lines = [*data_lines.origins([*word_links.words(tree)], paper, document, tree.blocks, origins)]
    fields = () if place in BY_LINES else form_page.ids(about, paper.amendment.source.data)
    page = {"form": f"/form/{about.name}", "check": f"/check/{about.name}", "text": f"{about.page}?tab=text"}.get(
        place, about.page
    )

    def link(line: DataLine) -> WordLink:
        file = file_name(line.where.file, paper)
        title = f"{file}:{line.where.line}" + (f" {line.key}" if line.key else "")
        if file == about.file and place in BY_LINES:
            return WordLink(f"{page}#line-{line.where.line}", title, True)
        steps = _steps(line, paper) if file == about.file else ()
        prefixes = [field_id(key_path(steps[:end])) for end in range(len(steps), 0, -1)]
        if field := next((name for name in prefixes if name in fields), ""):
            return WordLink(f"{page}#{field}", title, True)
        return WordLink(f"/source?{urlencode({'file': file})}#line-{line.where.line}", title, False)

    return word_links.linked(tree, data, lines, link)


def file_name(file: str, paper: Paper) -> str:
    """A file's name as a person knows it: that of a template from the folder that has it."""
    for folder in paper.folders:
        if Path(file).is_relative_to(folder):
            return f"{TEMPLATES}/{Path(file).relative_to(folder).as_posix()}"
    return file


def _steps(line: DataLine, paper: Paper) -> KeyPath:
    """The key of a line of the amendment: the one that is told, else the first on it."""
    source = paper.amendment.source
    return line.path or next((path for path, _ in source.leaves() if source.where(*path) == line.where), ())
