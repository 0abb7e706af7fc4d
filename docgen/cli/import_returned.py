"""What docgen import does with a returned Word or HTML file: says what to type for it, and types it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docgen.cli import terminal
from docgen.cli.options import checked
from docgen.files import limits
from docgen.problems import DataProblem, count

SUFFIXES = (".docx", ".htm", ".html")
BY_HAND = "These changes of the schedule are to be typed by hand:"
FOR_NEXT = "What was filed stays; these changes are for the next amendment:"


def run(file: Path, plan: str, names: tuple[Sequence[str], Sequence[str]], write: bool, root: Path) -> Sequence[Any]:
    """Says what a returned file would have us type, and types it where it is to be written; gives names in doubt.

    `names` are the renames and the new names that a person has told.
    """
    from docgen.redline import comeback
    from docgen.spreadsheet import proposal, to_changes

    item, returned = _returned(file, plan, root)
    terminal.say(f"{file} is read as {item.paper.name}, its {item.document}")
    draft_mark = item.paper.amendment.form.draft_mark
    for heading, sentences in comeback.sections(returned, (), draft_mark):
        terminal.say(f"{heading}:", bold=True)
        for sentence in sentences:
            terminal.say(f"  {sentence}")
    answers = to_changes.answers(*names, item.paper.amendment.schedules)
    drafted = proposal.proposal(item, answers)
    _say(drafted, root)
    if drafted.problems:
        raise DataProblem(drafted.problems)
    if not drafted.doubts:
        _finish(item, drafted, write, root)
    doubts: Sequence[Any] = drafted.doubts
    return doubts


def _returned(file: Path, plan: str, root: Path) -> tuple[Any, Any]:
    """The file with the paper that it is of, and as an end of a redline."""
    from docgen.redline import baseline
    from docgen.spreadsheet import proposal

    returned = baseline.file(str(file), limits.named_file(str(file)))
    item = proposal.returned_paper(checked(root), plan, returned)
    return item, returned


def _say(drafted: Any, root: Path) -> None:
    """What to type, and what differs then."""
    from docgen.drafting import next_amendment

    if drafted.lines:
        terminal.say("Texts of the data:", bold=True)
        terminal.origins(drafted.lines, root)
    if drafted.steps:
        terminal.say("Changes of the schedule:", bold=True)
        terminal.say(next_amendment.as_yaml(drafted.steps).rstrip())
    if drafted.rest:
        terminal.say("What then still differs:" if drafted.lines or drafted.steps else "What differs:", bold=True)
        terminal.origins(drafted.rest, root)
    if not (drafted.lines or drafted.steps or drafted.rest or drafted.doubts or drafted.problems):
        terminal.say("The words are the same.")


def _finish(item: Any, drafted: Any, write: bool, root: Path) -> None:
    """Writes the files, or says how."""
    from docgen.drafting import edited_text, next_amendment
    from docgen.files import atomic

    filed = not item.texts
    if not (drafted.texts or (drafted.later and filed)):
        if drafted.later:
            terminal.say(BY_HAND, bold=True)
        return
    if not write:
        terminal.say("Nothing was written. To write it: add --write", bold=True)
        return
    if filed:
        terminal.say(FOR_NEXT)
        path = next_amendment.write(root, item.paper.plan, list(drafted.later))
        terminal.say(os.path.relpath(path))
        return
    paths = atomic.save(root, edited_text.of_files(root, drafted.texts))
    typed = len(drafted.steps) - len(drafted.later)
    for path in paths:
        terminal.say(os.path.relpath(path))
    terminal.say(
        f"{count(len(drafted.lines), 'text')} and {count(typed, 'change')} were typed. Next: docgen check", bold=True
    )
    if drafted.later:
        terminal.say(BY_HAND, bold=True)
        terminal.say(next_amendment.as_yaml(drafted.later).rstrip())
