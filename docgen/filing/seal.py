"""Seals papers that were filed: what docgen made of them, or a document that somebody else made."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from docgen.build import inputs, produce
from docgen.build.produce import BUILD
from docgen.consolidation import history
from docgen.edgar import characters, file_words
from docgen.edgar.rule import File
from docgen.files import atomic, fingerprint, ooxml
from docgen.model.english import value_text
from docgen.model.schedule import Line, Schedule
from docgen.model.values import Blank
from docgen.problems import DataProblem, Problem, UsageProblem, Where, WriterProblem, errors
from docgen.readers import word_file
from docgen.workspace import seals
from docgen.workspace.seals import Seal
from docgen.workspace.select import Paper, Selection, buildable

FilingFacts = Mapping[str, Any]  # what a person says of a filing, as a receipt keeps it
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._ -]*\.(txt|htm|pdf|docx)")


def sealable(selection: Selection, amendment: str) -> Paper:
    """The one amendment of a selection, to be sealed; DataProblem for what stands in its way."""
    in_the_way = tuple(problem for problem in selection.problems if not _is_broken_off(problem, amendment))
    (paper,) = buildable(replace(selection, problems=in_the_way))
    return paper


def _is_broken_off(problem: Problem, amendment: str) -> bool:
    """Whether a problem is that a seal of the amendment was broken off, which sealing it puts right."""
    plan, _, name = amendment.strip("/").removeprefix("schedules/").partition("/")
    return problem.check == seals.BROKEN_OFF and problem.where.file.startswith(seals.folder(plan, name) + "/")


def seal_paper(root: Path, paper: Paper, formats: Sequence[str], filing: FilingFacts) -> list[Path]:
    """Seals what docgen makes of a paper in every format, with what a person typed: `accession`, `signed`.

    DataProblem for a paper that is a draft or sealed already, or whose files in build/ are not these.
    """
    _refuse(root, paper)
    files = produce.files(paper, formats)
    problems = produce.held(paper, files)
    if errors(problems):
        raise WriterProblem(problems)
    if stale := [problem for name, data in files.items() for problem in _stale(root, paper, name, data)]:
        raise DataProblem(stale)
    return _save(root, paper, files, _receipt(paper, filing))


def _stale(root: Path, paper: Paper, name: str, data: bytes) -> Iterator[Problem]:
    """A problem when a file was built, and would be another one now: what was read is not what would be sealed."""
    path = root / BUILD / paper.name / name
    if path.is_file() and path.read_bytes() != data:
        where = Where(f"{BUILD}/{paper.name}/{name}")
        remedy = f"run docgen build {paper.name} and read it; or seal the file that was filed with --document FILE"
        yield from [Problem(where, "is not what data and templates give now", remedy)]


def seal_document(
    root: Path, paper: Paper, documents: Mapping[str, bytes], reason: str, filing: FilingFacts
) -> list[Path]:
    """Seals documents that docgen did not make, beside the data that describes them.

    Their words are compared with what the data gives. DataProblem that lists the differences, unless `reason` says why
    they may stand; then the receipt keeps both.
    """
    _refuse(root, paper)
    differences: list[str] = []
    for name, data in documents.items():
        file = File(name, data)
        if not NAME.fullmatch(name):
            remedy = "name a .txt, .htm, .pdf or .docx of letters, digits and hyphens"
            raise UsageProblem([Problem(Where(name), "cannot be sealed under this name", remedy)])
        if not _words(file):
            raise DataProblem([Problem(Where(name), "has no words that can be read", "seal a file with words")])
        differences += [f"{name}: {difference}" for difference in apart(paper, file)]
    if differences and not reason:
        remedy = "fix the data; or, if the document was filed so, say why:  --differs 'the filed copy has ...'"
        raise DataProblem([Problem(Where(), difference, remedy) for difference in differences])
    content = {**_receipt(paper, filing), "document": {"differences": differences, "why": reason}}
    return _save(root, paper, documents, content)


def complete(root: Path, paper: Paper, filing: FilingFacts) -> list[Path]:
    """Adds to the receipt of a sealed paper what a person says of its filing; DataProblem where it says otherwise."""
    receipt = paper.seal.receipt if paper.seal else {}
    where = f"{seals.folder(paper.plan.id, paper.amendment.id)}/{seals.RECEIPT}"
    if others := list(_others(receipt, filing)):
        remedy = "what was filed stays as it is"
        raise DataProblem([Problem(Where(where), f"has {key} {value} already", remedy) for key, value in others])
    content = {key: value for key, value in receipt.items() if key not in (seals.SEAL_KEY, "files")}
    files = paper.seal.files if paper.seal else {}
    return atomic.save(root, {where: seals.receipt(files, _merged(content, filing))})


def _others(receipt: Mapping[str, Any], filing: FilingFacts) -> Iterator[tuple[str, str]]:
    """What a receipt says otherwise, in its tables too."""
    for key, value in filing.items():
        if isinstance(value, Mapping):
            yield from _others(receipt.get(key, {}), value)
        elif receipt.get(key, value) != value:
            yield key, receipt[key]


def _merged(receipt: Mapping[str, Any], filing: FilingFacts) -> dict[str, Any]:
    tables = {key: _merged(receipt.get(key, {}), value) for key, value in filing.items() if isinstance(value, Mapping)}
    return {**receipt, **filing, **tables}


def _refuse(root: Path, paper: Paper) -> None:
    folder = seals.folder(paper.plan.id, paper.amendment.id)
    if (root / folder).exists() and not seals.is_broken_off(root / folder):
        remedy = "what was filed stays as it is; a correction is a new amendment"
        raise DataProblem([Problem(Where(folder), "is sealed already", remedy)])
    if paper.amendment.facts.draft:
        problem = paper.amendment.source.problem(("draft",), "is a draft", "seal what was filed, and nothing else")
        raise DataProblem([problem])


def _receipt(paper: Paper, filing: FilingFacts) -> dict[str, Any]:
    return {
        "amendment": paper.name,
        "data": inputs.data(paper.plan, paper.amendment),
        "facts": facts_hash(paper.amendment.after),
        "templates": inputs.wording(paper.plan.facts.kind, paper.documents(), paper.folders),
        "versions": inputs.versions(),
        **filing,
    }


def has_the_facts(paper: Paper, sealed: Seal) -> bool:
    """Whether the schedule after a sealed paper is what it was when the paper was sealed."""
    if "facts" in sealed.receipt:
        return bool(sealed.receipt["facts"] == facts_hash(paper.amendment.after))
    return bool(sealed.receipt.get("schedule") == _hash_of_old_seals(paper))


def facts_hash(schedules: Iterable[Schedule]) -> str:
    """The hash of schedules as facts: names, values as typed, marks, heads, notes; in this form for good."""
    return fingerprint.digest(json.dumps([_facts(schedule) for schedule in schedules], ensure_ascii=True))


def _facts(schedule: Schedule) -> list[object]:
    def row(line: Line) -> list[object]:
        values = [[str(v.typed) if isinstance(v.typed, Blank) else list(v.typed), v.mark] for v in line.values]
        return [line.name, line.mark, values, [row(inner) for inner in line.rows]]

    columns = [[key, column.heading, column.holds, column.mark or ""] for key, column in schedule.columns]
    groups = [[group.name, group.mark, [row(line) for line in group.rows]] for group in schedule.groups]
    notes = [[note.mark, note.text, note.on or ""] for note in schedule.footnotes]
    return [schedule.name, columns, groups, notes]


def _hash_of_old_seals(paper: Paper) -> str:
    """The hash that receipts had first, of `show --json` as it was then; it is needed for as long as they are."""
    amendment, set_by = paper.amendment, history.set_by(paper.plan, paper.amendment, None)

    def row(line: Line, schedule: Schedule) -> dict[str, object]:
        keys = [key for key, _ in schedule.columns]
        texts = [value_text(value.typed, holds) for value, holds in zip(line.values, schedule.holds(), strict=False)]
        fields: dict[str, object] = {"name": line.name, "values": dict(zip(keys, texts, strict=False))}
        fields["set_by"] = {key: set_by[line.id, key] for key in keys if (line.id, key) in set_by}
        return fields | ({"rows": [row(inner, schedule) for inner in line.rows]} if line.rows else {})

    schedules = [
        {
            "name": schedule.name,
            "columns": [{"id": key, "heading": column.heading} for key, column in schedule.columns],
            "groups": [{"name": g.name, "rows": [row(line, schedule) for line in g.rows]} for g in schedule.groups],
        }
        for schedule in amendment.after
    ]
    day = amendment.day.isoformat() if amendment.day else None
    content = {"plan": paper.plan.id, "on": day, "amendment": amendment.id, "schedules": schedules}
    return fingerprint.digest(json.dumps(content, ensure_ascii=False, indent=2))


def _save(root: Path, paper: Paper, files: Mapping[str, bytes], content: Mapping[str, Any]) -> list[Path]:
    """Writes the copies and the receipt, and a note beside them by which git keeps their bytes; gives their paths."""
    attributes = f"schedules/{paper.plan.id}/{seals.FILED}/.gitattributes"
    copies = {**files, seals.RECEIPT: seals.receipt(files, content)}
    folder = seals.folder(paper.plan.id, paper.amendment.id)
    _clear_broken_off(root, folder, copies)
    atomic.save(root, {attributes: b"* -text\n"})
    return [*atomic.save_folder(root, folder, copies), root / attributes]


def _clear_broken_off(root: Path, folder: str, copies: Mapping[str, bytes]) -> None:
    """Takes away what a seal was broken off with; DataProblem where a file there is not the one to be sealed."""
    files = seals.files_in(root / folder)
    for name, data in seals.copies_in(files).items():
        if copies.get(name) != data:
            fault = "is in the way, and not what would be sealed now"
            raise DataProblem(
                [Problem(Where(f"{folder}/{name}"), fault, "take it elsewhere, and look where it is from")]
            )
    atomic.remove(root / folder, files)


def apart(paper: Paper, file: File) -> list[str]:
    """Each place where a document's words depart from what the data gives in the same format, as any registrant files
    it."""
    papers = [paper, *(paper.with_caption(caption) for caption in paper.amendment.facts.exhibits.values())]
    files = [(name, data) for item in papers for name, data in produce.files(item, [file.kind]).items()]
    lists = [file_words.differences(_words(file), _words(File(name, data))) for name, data in files]
    return min(lists, key=len)


def _words(file: File) -> list[str]:
    """The words of a document in order; those of Word's paragraphs, which EDGAR does not take and people keep."""
    if file.kind != "docx":
        return file_words.of(file)
    body = word_file.opened(file.name, ooxml.parts(file.name, file.data)).root
    paragraphs = [word_file.words(paragraph, with_deleted=False) for paragraph in body.iter(f"{word_file.W}p")]
    return characters.plain(" ".join(paragraphs)).split()
