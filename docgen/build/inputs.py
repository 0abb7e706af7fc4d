"""Which files a paper is made from: its data, the templates that it really loads, the style sheet and its fonts."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment, TemplateNotFound, meta

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document.jinja_sandbox import environment
from docgen.files import fingerprint, resources
from docgen.workspace import seals
from docgen.workspace.select import ENTIRE, Paper

Origin = Mapping[str, str]  # what a paper comes from, in a person's words, and the hash of each
FETCHED = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")
LOADING = re.compile(r"\{%[-+]?\s*(?:import|from|include|extends)\b.*?%\}", re.DOTALL)  # the tags that name templates
SYNTAX = Environment(autoescape=True)  # which reads such tags, and fills none in
SETTINGS = ("layout.yaml",)
STYLE = "print.css"
LIBRARIES = ("docgen", "jinja2", "weasyprint", "pydyf", "fonttools", "tinycss2")


def data(plan: PlanFolder, amendment: AmendmentFile) -> dict[str, str]:
    """The hash of each YAML file that the amendment follows from, by its path in the workspace."""
    before = plan.amendments[: plan.amendments.index(amendment)]
    final = [earlier for earlier in before if not earlier.facts.draft]
    sources = [plan.source, *(earlier.source for earlier in (*final, amendment))]
    return {source.file: source.digest for source in sources}


def wording(kind: str, documents: Iterable[str], folders: tuple[Path, ...]) -> dict[str, str]:
    """The hash of each template, setting, style sheet and font that the documents load, by its name in templates/."""
    names = [*_templates([f"{kind}/{name}.html.j2" for name in documents], folders)]
    names += [f"{kind}/{name}" for name in SETTINGS] + _styles(STYLE, folders, [])
    paths = {name: resources.first(folders, name) for name in names}
    return {name: fingerprint.digest(path.read_bytes()) for name, path in sorted(paths.items()) if path}


def _templates(names: list[str], folders: tuple[Path, ...]) -> Iterator[str]:
    """The templates of these names and all that they import or include; all there are, where a name is worked out."""
    jinja, visited = environment(folders), set[str]()
    while names:
        name = names.pop()
        if name in visited:
            continue
        visited.add(name)
        try:
            text, _, _ = jinja.loader.get_source(jinja, name) if jinja.loader else ("", None, None)
        except TemplateNotFound:
            continue
        yield name
        for reference in _references(text):
            names += [reference] if reference else _all(folders)


@functools.lru_cache(maxsize=256)
def _references(text: str) -> tuple[str | None, ...]:
    """The names that a template imports or includes; None for one that is worked out.

    No more than the tags that say so is read, since the whole of a template takes Jinja long to read.
    """
    return tuple(meta.find_referenced_templates(SYNTAX.parse("".join(LOADING.findall(text)))))


def _all(folders: tuple[Path, ...]) -> list[str]:
    return [path.relative_to(folder).as_posix() for folder in folders for path in sorted(folder.rglob("*.j2"))]


def _styles(name: str, folders: tuple[Path, ...], visited: list[str]) -> list[str]:
    """A style sheet and all that it fetches, fonts, images and further style sheets."""
    path = resources.first(folders, name)
    if path is None or name in visited:
        return visited
    visited.append(name)
    if name.endswith(".css"):
        for reference in FETCHED.findall(path.read_text(encoding="utf-8-sig", errors="replace")):
            _styles(reference, folders, visited)
    return visited


def origins(papers: Iterable[Paper]) -> Iterator[Origin]:
    """All that each paper comes from, as it is today."""
    tool = {"docgen itself": fingerprint.code(), "a library": fingerprint.libraries()}
    chains: dict[str, dict[str, str]] = {}
    templates: dict[tuple[str, tuple[str, ...]], str] = {}
    for paper in papers:
        plan, kind, documents = paper.plan, paper.plan.facts.kind, tuple(paper.documents())
        if plan.id not in chains:
            chains[plan.id] = _chain(plan)
        if (kind, documents) not in templates:
            templates[kind, documents] = _wording_and_fonts(kind, documents, paper.folders)
        yield {
            "plan.yaml": fingerprint.digest(plan.source.text),
            "the plan that it restates": _restated(plan.continues),
            "an amendment before it": chains[plan.id][paper.amendment.id],
            f"{paper.amendment.id}.yaml": fingerprint.digest(paper.amendment.source.text),
            "what was filed of it": _filed(paper),
            "the plan's own text": _text(plan) if ENTIRE in documents else "",
            "a template, the style sheet or a font": templates[kind, documents],
            **tool,
        }


def _text(plan: PlanFolder) -> str:
    """The hash of the plan's own text, and of that of the plan that it restates."""
    files = [f"{source.file} {source.digest}" for source in plan.text]
    return fingerprint.together([*files, _text(plan.continues) if plan.continues else ""])


def _filed(paper: Paper) -> str:
    """The hash of what was filed of a paper, which its receipt has."""
    return str(paper.seal.receipt.get(seals.SEAL_KEY)) if paper.seal else ""


def _chain(plan: PlanFolder) -> dict[str, str]:
    """For each amendment the hash of all before it."""
    digest, chain = "", {}
    for amendment in plan.amendments:
        chain[amendment.id] = digest
        digest = fingerprint.together([digest, amendment.id, amendment.source.text])
    return chain


def _restated(plan: PlanFolder | None) -> str:
    """The hash of a plan with all its amendments, and of the one that it restates."""
    if plan is None:
        return ""
    texts = [text for amendment in plan.amendments for text in (amendment.id, amendment.source.text)]
    return fingerprint.together([plan.id, plan.source.text, *texts, _restated(plan.continues)])


def _wording_and_fonts(kind: str, documents: Sequence[str], folders: tuple[Path, ...]) -> str:
    """The hash of the templates that the documents load, and of every file that a style sheet could fetch."""
    try:
        files = wording(kind, documents, folders)
    except Exception:  # a template that cannot be read; the making says why, and any change may mend it
        return fingerprint.everything(folders)
    for folder in folders:
        for path in folder.rglob("*"):
            name = path.relative_to(folder).as_posix()
            if path.is_file() and not name.endswith((".j2", ".md", ".yaml")):
                files[name] = f"{files.get(name, '')} {fingerprint.file(path)}"
    return fingerprint.together(f"{name}\0{digest}" for name, digest in sorted(files.items()))


def versions() -> dict[str, str]:
    """The versions of docgen and of what the bytes of its files depend on."""
    from docgen.writers import pdf_libraries

    pdf_libraries.load()
    from importlib import metadata  # takes a moment to load, as does the next

    from weasyprint.text.ffi import pango

    return {name: metadata.version(name) for name in LIBRARIES} | {"pango": str(pango.pango_version())}
