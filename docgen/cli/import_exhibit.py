"""docgen import EXHIBIT: a filed exhibit becomes data. The command itself stands in export_import.py."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from docgen.build.memory import without_collection
from docgen.cli import terminal
from docgen.cli.options import SCHEDULES
from docgen.files import atomic, limits
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
    """What a person types beside exhibits: PLACE=WORD, OLD=NEW, and names that are new."""

    answers: Sequence[str]
    renamed: Sequence[str]
    new: Sequence[str]


def is_exhibit(path: Path, plan: str | None) -> bool:
    """Whether a file, or a folder, is to be read as what was filed: where no plan is named for a sheet."""
    return plan is None and (path.suffix.lower() in SUFFIXES or path.is_dir())


@without_collection()
def run(root: Path, path: Path, replies: Replies, write: str | None, json_: bool) -> None:
    """Reports on an exhibit, or on a folder of one plan's: the first as a whole schedule, later ones as changes.

    Writes the plan that `write` names. Exits with 1 while anything is open; then only the answers are kept.
    """
    from docgen.importing import answers, workspace_names

    if write == "*":
        raise UsageProblem([Problem(Where("--write"), "names no plan", "write --write PLAN")])
    reading = _Reading(root, _contents([path]), workspace_names.of_folder(root))
    before = answers.memory(root)
    links, memory = reading.settled(before, replies, json_)
    is_open = _say(links, json_, path.is_dir())
    if write and is_open:
        _saved(atomic.save(root, answers.file(memory)) if memory != before else [], "")
    elif write:
        _write(reading, write, links, answers.file(memory))
    if not json_ and (is_open or not write):
        _say_total(links, "" if is_open else " To write it: add --write PLAN")
    sys.exit(1 if is_open else 0)


def _write(reading: _Reading, plan: str, links: Sequence[Any], replies: dict[str, bytes]) -> None:
    from docgen.importing import chain_files

    files = {**chain_files.files(_workspace(reading.root), plan, links), **replies}
    paths = chain_files.write(reading.root, files, plan, links, reading.contents)
    _saved(paths, "Read these files, then run: docgen check")


@without_collection()
def begin(root: Path, paths: Sequence[Path], replies: Replies) -> None:
    """Makes a workspace of exhibits, or of folders of them, those of one plan as a chain; none while one is open."""
    from docgen.drafting import new_workspace
    from docgen.importing import answers, chain_files, save, workspace_names

    reading = _Reading(root, _contents(paths), workspace_names.WorkspaceNames(), one_plan=False)
    links, memory = reading.settled(answers.AnswerMemory(), replies, False)
    chains: dict[str, list[Any]] = {}
    for link in links:
        chains.setdefault(save.plan_name(link.result.data), []).append(link)
    if _say(links, False):
        _say_total(links, "")
        sys.exit(1)
    paths_saved = [*new_workspace.make(root, with_example=False), *atomic.save(root, answers.file(memory))]
    for plan, chained in chains.items():
        paths_saved += chain_files.write(root, chain_files.files(None, plan, chained), plan, chained, reading.contents)
    _saved([path for path in paths_saved if "schedules" in path.parts], "Read these files, then run: docgen check")


def _contents(paths: Sequence[Path]) -> dict[str, bytes]:
    """The bytes of exhibits by their names; of a folder of each exhibit in it."""
    files: list[Path] = []
    for path in paths:
        inside = (
            [file for file in sorted(path.iterdir()) if file.suffix.lower() in SUFFIXES] if path.is_dir() else [path]
        )
        if not inside:
            remedy = "name a folder of .txt, .htm, .docx or .pdf"
            raise UsageProblem([Problem(Where(str(path)), "holds no exhibit", remedy)])
        files += inside
    return {str(file): limits.named_file(str(file)) for file in files}


@dataclass(frozen=True)
class _Reading:
    """Exhibits that are read again with each answer."""

    root: Path
    contents: dict[str, bytes]
    names: Any
    one_plan: bool = True

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders of templates, the workspace's first."""
        from docgen.files import resources

        return resources.template_folders(self.root)

    def links(self, memory: Any) -> list[Any]:
        """The exhibits, read with what was answered, as a chain; of several plans, a chain of each."""
        from docgen.importing import answers, chain, importer, save

        context = answers.context(self.names, memory)
        plans: dict[str, list[Any]] = {}
        for file, data in self.contents.items():
            result = importer.run(file, data, self.folders, context)
            plans.setdefault("" if self.one_plan else save.plan_name(result.data), []).append(result)
        return [link for mine in plans.values() for link in chain.links(mine, self.folders, memory, context)]

    def settled(self, before: Any, replies: Replies, json_: bool) -> tuple[list[Any], Any]:
        """The exhibits with all that was answered before, that a person typed, and that one is asked at a terminal."""
        from docgen.importing import answers

        pairs = {old.strip(): new.strip() for old, _, new in (entry.partition("=") for entry in replies.renamed)}
        memory = before.with_names(answers.ChainNames(pairs, frozenset(replies.new)))
        if replies.answers:
            bare = answers.AnswerMemory(names=memory.names)  # also what was answered before may be answered again
            memory = memory.with_words(answers.given(replies.answers, [link.result for link in self.links(bare)]))
        links = self.links(memory)
        session = _Session()
        while (
            is_interactive(json_)
            and not session.is_over
            and (fresh := session.ask([link.result for link in links], memory))
        ):
            memory = memory.with_words(fresh)
            links = self.links(memory)
        return links, memory


def is_interactive(json_: bool) -> bool:
    """Whether questions can be asked."""
    return not json_ and sys.stdin.isatty() and sys.stdout.isatty()


def _workspace(root: Path) -> Any:
    """The workspace, as far as it can be read; None where it has no plan yet."""
    from docgen.workspace.load import load

    has_plans = any((path / "plan.yaml").exists() for path in (root / SCHEDULES).iterdir() if path.is_dir())
    return load(root) if has_plans else None


@dataclass
class _Session:
    """What a person was told and left open while questions are asked; over after Ctrl-C."""

    explained: set[str] = field(default_factory=set)
    skipped: set[str] = field(default_factory=set)
    is_over: bool = False

    def ask(self, results: Sequence[Any], memory: Any) -> dict[str, str]:
        """Asks what is open and was not answered yet; gives the answers. Enter leaves one open, Ctrl-C the rest."""
        fresh: dict[str, str] = {}
        for place, question in ((r.exhibit.place(q.place), q) for r in results for q in r.questions):
            replies = {**memory.words, **fresh}
            if self.is_over or question.text in self.skipped or not (question.words or question.free):
                continue
            if any(question.about(word) in replies for word in question.words):
                continue
            terminal.say(f'{place}: "{question.text[:200]}" {question.doubt}', bold=True)
            self.explain(question.words)
            word = _answer(question)
            self.is_over = word is None
            if word:
                fresh[question.about(word)] = word
            else:
                self.skipped.add(question.text)
        return fresh

    def explain(self, words: Sequence[str]) -> None:
        """Says once what each word means."""
        from docgen.importing.answers import WORDS

        for word in [word for word in words if word in WORDS and word not in self.explained]:
            terminal.say(f"    {word}: {WORDS[word]}")
            self.explained.add(word)


def _answer(question: Any) -> str | None:
    """One of the words, or a name or a day; empty where a question is left open, None where all that follow are."""

    def checked(text: str) -> str:
        if text.strip() and not question.takes(text.strip()):
            raise click.UsageError(f"{text} is no answer here; type one of: {words}")
        return text.strip()

    words = ", ".join(filter(None, [question.free, *question.words]))
    try:
        return str(
            click.prompt(f"Answer ({words}; Enter leaves it open)", default="", show_default=False, value_proc=checked)
        )
    except click.Abort:
        terminal.say("")
        return None


def _say(links: Sequence[Any], json_: bool, is_folder: bool = False) -> bool:
    """Prints the reports, for programs those of a folder as a list; gives whether anything is open."""
    from docgen.importing import chain, report

    if json_:
        shapes = [chain.as_json(link) for link in links]
        click.echo(json.dumps(shapes if is_folder else shapes[0], ensure_ascii=False, indent=2))
    for link in links if not json_ else ():
        click.echo(report.as_text(link.result), nl=False)
        for line in (*link.notes, *link.texts, *link.doubts):
            terminal.say(f"  {line}")
    return any(link.is_open for link in links)


def _say_total(links: Sequence[Any], more: str) -> None:
    from docgen.importing import report

    doubts = sum(len(link.doubts) for link in links)
    terminal.say(report.total([link.result for link in links], doubts) + more, bold=True)


def _saved(paths: Sequence[Path], then: str) -> None:
    for path in dict.fromkeys(paths):
        terminal.say(os.path.relpath(path))
    if then:
        terminal.say(then, bold=True)
