"""A filed exhibit: what it says, with its proof; what is asked of its words; and the files that it becomes."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import RedirectResponse, Response

from docgen.files import fingerprint, resources
from docgen.importing import answers, importer, report, save
from docgen.importing.answers import WORDS, AnswerMemory
from docgen.importing.exhibit_files import READERS
from docgen.importing.facts import Imported
from docgen.importing.importer import ImportResult, Question
from docgen.importing.pieces import LinePlace
from docgen.page import apart, saving
from docgen.page.uploads import Upload
from docgen.page.visits import PageData, Shown, Visit, last
from docgen.problems import DataProblem, DocgenError, as_data
from docgen.reports import schedule_in_force
from docgen.workspace.load import Workspace

SUFFIXES = (*READERS,)
ANSWER = "words "  # before words of the exhibit: the field that says what they are
BETWEEN = "\t"  # them and by what else the answer is remembered
MOST = 4  # results that stay in memory


def submit(visit: Visit, upload: Upload, page: PageData) -> Shown | Response:
    """Says what the exhibit says, and asks; shows the files that it gives under a plan's name, and writes them."""
    workspace, root, fields = _workspace(visit), visit.snapshot.root, _answer_fields(visit)
    memory = answers.memory(root).with_words(_replies(fields))
    result = _result(visit, workspace, upload, memory)
    answered = save.Answered(result, upload.data, memory)
    data: PageData = {**page, **_report(result), "replies": [list(pair) for pair in fields.items()]}
    if result.is_open:
        return Shown("import.html", data)
    plan = visit.text("under").strip() or visit.names.get("plan", "") or _suggested(workspace, result)
    data["under"] = plan
    try:
        texts = save.texts(workspace, plan, answered)
        if visit.text("do") == f"write {plan}":
            saving.write(root, visit.desk.saves, lambda: save.write(root, workspace, plan, answered))
            return RedirectResponse(f"/plans/{plan}/{save.identity(result.data.amendment)}", 303)
    except DocgenError as error:
        data["refused"] = [as_data(problem) for problem in error.problems]
        return Shown("import.html", data, 422 if visit.text("under") else 200)
    data["texts"] = [{"file": file, "text": text.decode()} for file, text in texts.items()]
    return Shown("import.html", data)


def _answer_fields(visit: Visit) -> dict[str, str]:
    """The fields of the form that say what words of the exhibit are."""
    return {key: values[0] for key, values in visit.fields.items() if key.startswith(ANSWER) and values[0]}


def _replies(fields: Mapping[str, str]) -> dict[str, str]:
    """What these fields answer, by what each answer is remembered by."""
    replies: dict[str, str] = {}
    for name, word in fields.items():
        text, _, key = name.removeprefix(ANSWER).partition(BETWEEN)
        about = Question(LinePlace(1), text, "", (word,), key).about(word)
        if answers.is_answer(about, word):
            replies[about] = word
    return replies


def _workspace(visit: Visit) -> Workspace | None:
    """The workspace; None where it has no plan yet."""
    workspace = visit.snapshot.workspace
    if workspace is None and any(visit.snapshot.root.glob("schedules/*/plan.yaml")):
        raise DataProblem(visit.snapshot.problems)
    return workspace


def _result(visit: Visit, workspace: Workspace | None, upload: Upload, memory: AnswerMemory) -> ImportResult:
    """The exhibit as `docgen import` reads it; from memory at the steps that follow."""
    root, store = visit.snapshot.root, visit.desk.imported
    context = answers.context(workspace, memory)
    folders = resources.template_folders(root)
    of_words = [f"{text}\0{word}" for text, word in sorted(context.words.items())]
    wording = [f"{name}\0{stamp}" for name, stamp in visit.snapshot.stamps.items() if name.startswith("templates/")]
    key = fingerprint.together([upload.name, upload.digest, *of_words, *wording])
    result: ImportResult = store.get(key) or apart.done(
        upload.name, importer.run, upload.name, upload.data, folders, context
    )
    last(store, key, result, MOST)
    return result


def _suggested(workspace: Workspace | None, result: ImportResult) -> str:
    """The plan that the exhibit seems to be of, by its title and its classes; else a name for a new one."""
    name = save.plan_name(result.data)
    for plan in workspace.plans if workspace else ():
        facts = {"title": plan.facts.title, "share_classes": list(plan.facts.share_classes)}
        if save.plan_name(Imported(facts, {})) == name:
            return plan.id
    return name


def _report(result: ImportResult) -> PageData:
    """What is said of the exhibit, as data."""
    schedules: PageData = {"schedules": []}
    if result.trial and result.trial.paper.amendment.after:
        paper = result.trial.paper
        text = schedule_in_force.as_json(paper.plan, paper.amendment, None, paper.amendment.schedules)
        schedules = json.loads(text)
    return {
        "report": report.as_json(result),
        "heading": report.heading(result),
        "total": report.total([result], 0),
        "sealed": save.sealed_name(result),
        "questions": [_question(result, question) for question in result.questions],
        "schedules": schedules["schedules"],
        "unconfirmed": {row.name: "; ".join(row.reasons) for row in result.proof.rows if row.reasons},
    }


def _question(result: ImportResult, question: Question) -> PageData:
    replies = [{"word": word, "meaning": WORDS.get(word, "")} for word in question.words]
    place = result.exhibit.place(question.place)
    field = f"{ANSWER}{question.text}{BETWEEN}{question.key}"
    return {"field": field, "place": place, "text": question.text, "doubt": question.doubt, "replies": replies}
