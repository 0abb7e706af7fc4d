"""Each setting of the wording in a sentence: what the amendment says under it, drafted with the setting."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from docgen.build import produce
from docgen.document.tree import Document, Table, plain
from docgen.importing.trials import OPTIONS
from docgen.model.settings import Form
from docgen.page import catalog, form_fields
from docgen.page.fields import Input
from docgen.page.jinja_pages import field_id
from docgen.page.visits import PageData, Shown, Visit
from docgen.problems import DocgenError
from docgen.workspace.select import Paper

TEXTS = {key: tuple(filter(None, values)) for key, values in OPTIONS} | {"effective": ("effective", "as of", "none")}
SILENT = ("formats",)  # which says nothing in a paper
BESIDE: tuple[dict[str, str], ...] = (  # settings without which some others say nothing
    {}, {"recital": "list"}, {"recital": "whereas"}, {"schedule": "attached"}, {"frame": "contract"},
)  # fmt: skip
WORDS, BEFORE, MOST = 16, 5, 20  # of a sentence from its first word that differs on, before it, and from its beginning
NOTHING, NO_DIFFERENCE = "prints nothing", "makes no difference in this amendment"


def examples(visit: Visit) -> Shown:
    """The settings with their values, each in a sentence of the last text that could be made."""
    about = catalog.subject(visit)
    _, preview = visit.desk.previews.last.get(about.name, (0, None))
    paper = (preview.paper if preview else None) or catalog.paper(visit)
    settings = [
        _setting(paper, field)
        for field in form_fields.wording({}, {}).inputs
        if field.path[-1] not in SILENT and (field.options or field.path[-1] in TEXTS)
    ]
    data: PageData = {"name": about.name, "plan": about.plan_id, "id": about.id, "settings": settings}
    return Shown("examples.html", data)


def _setting(paper: Paper, field: Input) -> PageData:
    """A setting with its values, under the first of some others under which they differ."""
    key = str(field.path[-1])
    values: list[dict[str, str]] = []
    for beside in BESIDE:
        values = [*_values(paper, key, field.options or TEXTS[key], beside)] if key not in beside else []
        if values:
            break
    condition = ", ".join(f"{name}: {value}" for name, value in beside.items()) if values else ""
    data: PageData = {"id": field_id(field.name), "label": field.label, "help": field.help, "values": values}
    return {**data, "beside": condition, "remark": "" if values else NO_DIFFERENCE}


def _values(paper: Paper, key: str, options: Sequence[str], beside: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Each value, and what the paper says under it that it does not say under all; nothing where they do not differ."""
    drafts = {value: _texts(paper, {**beside, key: value}) for value in options}
    common = set.intersection(*map(set, drafts.values()))
    special = {value: [text for text in texts if text not in common] for value, texts in drafts.items()}
    if not any(special.values()):
        return
    for value, texts in special.items():
        others = [text for option, listed in special.items() if option != value for text in listed]
        yield {"value": value, "sentence": _sentence([text for text in texts if text not in others] or texts, others)}


def _texts(paper: Paper, settings: Mapping[str, str]) -> list[str]:
    """What the paper says under settings, paragraph by paragraph and row by row; nothing where it cannot be drafted."""
    amendment = paper.amendment
    settings_of_both = {**amendment.facts.form.model_dump(exclude_unset=True, by_alias=True), **settings}
    facts = amendment.facts.model_copy(update={"form": Form.model_validate(settings_of_both)})
    draft = paper.with_amendment(replace(amendment, facts=facts))
    try:
        return [*_paragraphs(produce.document(draft, produce.named_documents(draft)[0]))]
    except DocgenError:
        return []


def _paragraphs(document: Document) -> Iterator[str]:
    if document.draft_mark:
        yield document.draft_mark
    for block in document.blocks:
        if isinstance(block, Table):
            yield from (" ".join(" ".join(plain(cell.content).split()) for cell in row.cells) for row in block.rows)
        else:
            yield " ".join(plain(block.content).split())


def _sentence(special: Sequence[str], others: Sequence[str]) -> str:
    """The first paragraph of its own, from a little before the first word that differs from the others' first."""
    if not special:
        return NOTHING
    words, beside = special[0].split(), (others[0].split() if others else [])
    alike = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(words, beside, strict=False)))
    start = alike - BEFORE if alike > MOST else 0
    end = alike + WORDS
    return ("... " if start else "") + " ".join(words[start:end]) + (" ..." if end < len(words) else "")
