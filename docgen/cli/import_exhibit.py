"""docgen import EXHIBIT: a filed exhibit becomes data. The command itself stands in export_import.py."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from docgen.cli import terminal
from docgen.cli.options import SCHEDULES
from docgen.files import limits
from docgen.problems import Problem, UsageProblem, Where

HELP = """\
Read a filed exhibit as data; or an edited Excel or CSV file, or a Word or HTML file that came back, and say what
it changes.

\b
  docgen import exhibit.txt                     what it says, with the proof of every word and cell
  docgen import exhibit.txt --write aim-class-b
  docgen import exhibit.txt --answer 61=registrant
  docgen import filings/ --write aim-class-b    a folder of one plan's exhibits

An exhibit is a .txt, .htm, .docx or .pdf. A row is confirmed when its words and its cells come back the same from
what docgen drafts of it, and two signs tell its group. What is not known is asked, and nothing is written while
a question is open (exit code 1). The words for --answer: registrant, fund, head, right (a row is as it was read),
kept (words stay as they were filed). docs/import.md is the guide.

\b
  docgen import fees.xlsx --plan aim-class-b
  docgen import fees.xlsx --plan aim-class-b --rename "INVESCO Energy Fund=AIM Energy Fund" --write

Nothing is written without --write; with it, the next amendment is drafted with exactly these changes.
Whether a name is new or another's new name is asked, never guessed. Columns are found by their
heads, wherever they stand; what cannot be read for certain is refused with its cell.

\b
  docgen import returned.docx --plan aim-class-b/003

A returned file is read as the newest amendment of the plan, or as the one named. Each text of the data that would
say its words is named with its line, then the changes of the schedule, then what no data can say. With --write
they are typed into the amendment and, where nothing was filed, into plan.yaml; after filing the next amendment is
drafted.
"""
SUFFIXES = (".txt", ".htm", ".html", ".docx", ".pdf")  # of exhibits; sheets have others


@dataclass(frozen=True)
class Replies:
    """What a person types beside an exhibit: LINE=WORD, OLD=NEW, and names that are new."""

    answers: Sequence[str]
    renamed: Sequence[str]
    new: Sequence[str]


def is_exhibit(path: Path, plan: str | None) -> bool:
    """Whether a file, or a folder, is to be read as what was filed: where no plan is named for a sheet."""
    return plan is None and (path.suffix.lower() in SUFFIXES or path.is_dir())


def run(root: Path, path: Path, replies: Replies, write: str | None, json_: bool) -> None:
    """Reports on an exhibit, or on a folder of one plan's; writes the plan that `write` names. Exits with 1 while
    anything is open."""
    if write == "*":
        raise UsageProblem([Problem(Where("--write"), "names no plan", "write --write PLAN")])
    if path.is_dir():
        folder(root, path, replies, write, json_)
        return
    from docgen.files import resources
    from docgen.importing import answers, importer, report, save

    workspace = _workspace(root)
    data = limits.named_file(str(path))
    answers_before = answers.context(root, workspace)
    folders = resources.template_folders(root)
    result = importer.run(str(path), data, folders, answers_before)
    fresh = answers.given(replies.answers, result)
    if fresh:
        result = importer.run(str(path), data, folders, answers.more(answers_before, fresh))
    while is_interactive(json_) and (question := next((q for q in result.questions if q.text not in fresh), None)):
        fresh[question.text] = _answer(result, question)
        result = importer.run(str(path), data, folders, answers.more(answers_before, fresh))
    _say(result, report, json_)
    if write and not result.is_open:
        _saved(save.write(root, workspace, write, save.Answered(result, data, fresh)))
    elif not json_:
        remedy = "" if result.is_open or write else " To write it: add --write PLAN"
        terminal.say(report.total(result) + remedy, bold=True)
    sys.exit(1 if result.is_open else 0)


def folder(root: Path, path: Path, replies: Replies, write: str | None, json_: bool) -> None:
    """The same for a folder: its exhibits by their numbers, the first as a whole schedule, later ones as changes."""
    from docgen.files import atomic, resources
    from docgen.importing import answers, chain, report, save

    files = {
        str(file): limits.named_file(str(file)) for file in sorted(path.iterdir()) if file.suffix.lower() in SUFFIXES
    }
    if not files:
        raise UsageProblem(
            [Problem(Where(str(path)), "holds no exhibit", "name a folder of .txt, .htm, .docx or .pdf")]
        )
    workspace = _workspace(root)
    answers_before = answers.context(root, workspace)
    pairs = {old: new for old, _, new in (entry.partition("=") for entry in replies.renamed)}
    names = chain.ChainNames(pairs, frozenset(replies.new))
    links = chain.run(files, resources.template_folders(root), answers_before, names)
    for link in links:
        _say(link.result, report, json_)
        for text in (*link.texts, *link.doubts) if not json_ else ():
            terminal.say(f"  {text}")
    is_open = any(link.is_open for link in links)
    if write and not is_open:
        paths = atomic.save(root, chain.files(workspace, write, links))
        for link in links:
            paths += save.sealed(root, write, link.result, files[link.result.exhibit.file])
        _saved(paths)
    elif not json_:
        terminal.say(
            "Answer what is open, exhibit by exhibit. Nothing was written." if is_open else "Add --write PLAN.",
            bold=True,
        )
    sys.exit(1 if is_open else 0)


def begin(root: Path, paths: Sequence[Path]) -> None:
    """Makes a workspace of exhibits, those of one plan as a chain; none while one is open (exit code 1)."""
    from docgen.drafting import new_workspace
    from docgen.files import atomic, resources
    from docgen.importing import chain, importer, report, save
    from docgen.importing.groups import NO_ANSWERS

    contents = {str(path): limits.named_file(str(path)) for path in paths}
    folders = resources.template_folders(root)
    plans: dict[str, dict[str, bytes]] = {}
    for file, data in contents.items():
        result = importer.run(file, data, folders)
        plans.setdefault(save.plan_name(result.data), {})[file] = data
    nobody = chain.ChainNames({}, frozenset())
    chains = {plan: chain.run(files, folders, NO_ANSWERS, nobody) for plan, files in plans.items()}
    links = [link for chained in chains.values() for link in chained]
    for link in links:
        _say(link.result, report, False)
        for text in link.doubts:
            terminal.say(f"  {text}")
    if any(link.is_open for link in links):
        terminal.say(
            "Nothing was made. Make the workspace without --from, and answer with docgen import there.", bold=True
        )
        sys.exit(1)
    paths_saved = new_workspace.make(root, with_example=False)
    for plan, chained in chains.items():
        paths_saved += atomic.save(root, chain.files(None, plan, chained))
        for link in chained:
            paths_saved += save.sealed(root, plan, link.result, contents[link.result.exhibit.file])
    _saved([path for path in paths_saved if "schedules" in path.parts])


def is_interactive(json_: bool) -> bool:
    """Whether questions can be asked."""
    return not json_ and sys.stdin.isatty() and sys.stdout.isatty()


def _workspace(root: Path) -> Any:
    """The workspace, as far as it can be read; None where it has no plan yet."""
    from docgen.workspace.load import load

    has_plans = any((path / "plan.yaml").exists() for path in (root / SCHEDULES).iterdir() if path.is_dir())
    return load(root) if has_plans else None


def _answer(result: Any, question: Any) -> str:
    from docgen.importing.answers import WORDS

    terminal.say(f'{result.exhibit.place(question.place)}: "{question.text[:200]}" {question.doubt}', bold=True)
    return str(click.prompt("Answer", type=click.Choice(question.replies or list(WORDS))))


def _say(result: Any, report: Any, json_: bool) -> None:
    text = json.dumps(report.as_json(result), ensure_ascii=False, indent=2) + "\n" if json_ else report.as_text(result)
    click.echo(text, nl=False)


def _saved(paths: Sequence[Path]) -> None:
    for path in dict.fromkeys(paths):
        terminal.say(os.path.relpath(path))
    terminal.say("Read these files, then run: docgen check", bold=True)
