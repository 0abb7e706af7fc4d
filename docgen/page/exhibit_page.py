"""What was filed, one exhibit or a chain of one plan's: what it says, with its proof, what is asked, and its files."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor

from starlette.responses import RedirectResponse, Response

from docgen.files import fingerprint, resources
from docgen.importing import answers, chain, chain_files, importer, report, save, workspace_names
from docgen.importing.answers import WORDS, AnswerMemory, ChainNames
from docgen.importing.chain import Link
from docgen.importing.exhibit_files import READERS
from docgen.importing.facts import Imported
from docgen.importing.importer import ImportResult, Question
from docgen.importing.name_answers import NameAnswers
from docgen.importing.pieces import LinePlace
from docgen.page import apart, saving
from docgen.page.uploads import Upload
from docgen.page.visits import PageData, Shown, Visit, last
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, as_data
from docgen.reports import schedule_in_force
from docgen.workspace.load import Workspace

SUFFIXES = (*READERS,)
ANSWER = "words "  # before words of the exhibit: the field that says what they are
NAMED = "name "  # before a new name: the field that says which old name it had
NEW = "new"  # what that field says of a name that no other had
BETWEEN = "\t"  # words of an exhibit and by what else the answer is remembered
MOST = 120  # results that stay in memory
AT_ONCE = 4  # exhibits that are read side by side


def submit(visit: Visit, files: Sequence[Upload], page: PageData) -> Shown | Response:
    """Says what the exhibits say, and asks; shows the files that they give under a plan's name, and writes them."""
    workspace, root, fields = _workspace(visit), visit.snapshot.root, _answer_fields(visit)
    memory = answers.memory(root).with_words(_replies(fields)).with_names(_names(fields))
    links = _links(visit, workspace, files, memory)
    data: PageData = {**page, "exhibits": [*map(_exhibit, links)], "replies": [list(pair) for pair in fields.items()]}
    data["total"] = report.total([link.result for link in links], 0)
    if any(link.is_open for link in links):
        return Shown("import.html", data)
    plan = visit.text("under").strip() or visit.names.get("plan", "") or _suggested(workspace, links[0].result)
    data["under"] = plan
    try:
        texts = {**chain_files.files(workspace, plan, links), **answers.file(memory)}
        if visit.text("do") == f"write {plan}":
            filed = {item.name: item.data for item in files}
            saving.write(visit.snapshot, visit.desk.saves, lambda: chain_files.write(root, texts, plan, links, filed))
            only = f"/{save.identity(links[0].result.data.amendment)}" if len(links) == 1 else ""
            return RedirectResponse(f"/plans/{plan}{only}", 303)
    except DocgenError as error:
        data["refused"] = [as_data(problem) for problem in error.problems]
        return Shown("import.html", data, 422 if visit.text("under") else 200)
    data["texts"] = [{"file": file, "text": text.decode()} for file, text in texts.items()]
    return Shown("import.html", data)


def _answer_fields(visit: Visit) -> dict[str, str]:
    """The fields of the form that say what words of the exhibit are."""
    fields = {key: values for key, values in visit.fields.items() if key.startswith((ANSWER, NAMED))}
    newest = {key: [text.strip() for text in values if text.strip()][-1:] for key, values in fields.items()}
    return {key: texts[0] for key, texts in newest.items() if texts}


def _replies(fields: Mapping[str, str]) -> dict[str, str]:
    """What these fields answer, by what each answer is remembered by."""
    replies: dict[str, str] = {}
    for name, word in fields.items():
        if not name.startswith(ANSWER):
            continue
        text, _, key = name.removeprefix(ANSWER).partition(BETWEEN)
        about = Question(LinePlace(1), text, "", (word,), key).about(word)
        if answers.is_answer(about, word):
            replies[about] = word
    return replies


def _names(fields: Mapping[str, str]) -> ChainNames:
    """What these fields say of names that changed from one exhibit to the next."""
    replies = {name.removeprefix(NAMED): old for name, old in fields.items() if name.startswith(NAMED)}
    renamed = {old.partition(BETWEEN)[2]: new for new, old in replies.items() if old != NEW}
    return ChainNames(renamed, frozenset(new for new, old in replies.items() if old == NEW))


def _workspace(visit: Visit) -> Workspace | None:
    """The workspace; None where it has no plan yet."""
    workspace = visit.snapshot.workspace
    if workspace is None and any(visit.snapshot.root.glob("schedules/*/plan.yaml")):
        raise DataProblem(visit.snapshot.problems)
    return workspace


def _links(visit: Visit, workspace: Workspace | None, files: Sequence[Upload], memory: AnswerMemory) -> Sequence[Link]:
    """The exhibits as `docgen import` reads them, in the order of the plan; from memory at the steps that follow."""
    if len({item.name for item in files}) < len(files):
        raise UsageProblem([Problem(Where(files[0].name), "comes twice", "give each exhibit a name of its own")])
    store, folders = visit.desk.imported, resources.template_folders(visit.snapshot.root)
    context = answers.context(workspace_names.of(workspace), memory)
    beside = _beside(visit, context)
    results = {fingerprint.together([item.name, item.digest, *beside]): item for item in files}

    def result(item: Upload) -> ImportResult:
        return apart.done(item.name, importer.run, item.name, item.data, folders, context)

    with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
        work = {key: pool.submit(result, item) for key, item in results.items() if key not in store}
    if wrong := [error for future in work.values() if isinstance(error := future.exception(), DocgenError)]:
        raise DataProblem(problem for error in wrong for problem in error.problems)
    for key, future in work.items():
        last(store, key, future.result(), MOST)
    renamed = [f"{old}\0{new}" for old, new in memory.names.renamed.items()]
    together = fingerprint.together([*results, *renamed, *memory.names.new])
    links: Sequence[Link] = store.get(together) or chain.links(
        [store[key] for key in results], folders, memory, context
    )
    last(store, together, links, MOST)
    return links


def _beside(visit: Visit, context: NameAnswers) -> list[str]:
    """By what an exhibit that was read is remembered, beside its name and bytes: what was told, the wording."""
    of_words = [f"{text}\0{word}" for text, word in sorted(context.words.items())]
    of_words += [f"{fund}\0{names}" for fund, names in sorted(context.homes.items())]
    wording = [f"{name}\0{stamp}" for name, stamp in visit.snapshot.stamps.items() if name.startswith("templates/")]
    return [*of_words, *wording]


def _suggested(workspace: Workspace | None, result: ImportResult) -> str:
    """The plan that the exhibit seems to be of, by its title and its classes; else a name for a new one."""
    name = save.plan_name(result.data)
    for plan in workspace.plans if workspace else ():
        facts = {"title": plan.facts.title, "share_classes": list(plan.facts.share_classes)}
        if save.plan_name(Imported(facts, {})) == name:
            return plan.id
    return name


def _exhibit(link: Link) -> PageData:
    """What is said of one exhibit, as data."""
    result = link.result
    schedules: PageData = {"schedules": []}
    if result.trial and result.trial.paper.amendment.after:
        paper = result.trial.paper
        text = schedule_in_force.as_json(paper.plan, paper.amendment, None, paper.amendment.schedules)
        schedules = json.loads(text)
    names = [
        {"new": new, "old": old, "field": NAMED + new, "renamed": f"was{BETWEEN}{old}", "fresh": NEW}
        for new, old in link.names
    ]
    of_names = {chain.name_doubt(*pair) for pair in link.names}
    return {
        "file": result.exhibit.file,
        "report": report.as_json(result),
        "heading": report.heading(result),
        "sealed": save.sealed_name(result),
        "changes": [*link.notes, *link.texts],
        "names": names,
        "doubts": [doubt for doubt in link.doubts if doubt not in of_names],
        "questions": [_question(result, question) for question in result.questions],
        "schedules": schedules["schedules"],
        "unconfirmed": {row.name: "; ".join(row.reasons) for row in result.proof.rows if row.reasons},
    }


def _question(result: ImportResult, question: Question) -> PageData:
    replies = [{"word": word, "meaning": WORDS.get(word, "")} for word in question.words]
    place = result.exhibit.place(question.place)
    field = f"{ANSWER}{question.text}{BETWEEN}{question.key}"
    texts = {"text": question.text, "doubt": question.doubt, "free": question.free}
    return {"field": field, "place": place, "replies": replies, **texts}
