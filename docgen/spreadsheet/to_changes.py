"""An edited table as changes of the schedule in force: the renames that a person has told, and what is compared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.consolidation import compare, lineage
from docgen.consolidation.applied import Applied
from docgen.files import limits
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.changes import Change
from docgen.model.schedule import Schedule
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where, did_you_mean
from docgen.spreadsheet import csv, marks, renames, table, to_schedule, xlsx
from docgen.spreadsheet.basis import Basis
from docgen.spreadsheet.renames import Doubt
from docgen.spreadsheet.table import Sheet
from docgen.spreadsheet.xlsx import SheetFile

SUFFIXES = (".xlsx", ".csv")
LEAST_ROWS = 2  # the heads, and something under them


@dataclass(frozen=True)
class Answers:
    """What a person has said of names: `renamed` has the new name by the old one, `new` those that are new."""

    renamed: Mapping[str, str]
    new: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edited:
    """What one schedule's table changes, and the names of which only a person can say what they are."""

    schedule: str
    steps: tuple[Change | Restate, ...]
    doubts: tuple[Doubt, ...]


def file_bytes(suffix: str, of: Basis, title: str, is_flat: bool = False) -> bytes:
    """The schedules as a file of this kind, `.xlsx` or `.csv`; a CSV file takes one. Flat: everything in each row."""
    if suffix == ".xlsx":
        return xlsx.write(of.schedules, title, of.name, is_flat)
    return csv.write(of.schedules, is_flat)


def tables(file: str, data: bytes, of: Basis) -> SheetFile:
    """The schedules' tables in a file; DataProblem when it cannot be read, or is older than what is in force."""
    try:
        if file.lower().endswith(".xlsx"):
            contents = limits.of_file(file, lambda: xlsx.read(file, data, of.schedules))
        else:
            contents = SheetFile((limits.of_file(file, lambda: csv.read(file, data)),))
    except DocgenError as error:
        raise DataProblem(error.problems) from None
    if any(sum(any(entry.text for entry in row) for row in grid) < LEAST_ROWS for grid in contents.tables):
        raise DataProblem(
            [Problem(Where(file), "holds no row under its heads", "export the schedule again, and edit that")]
        )
    if contents.basis and contents.basis != of.name:
        fault = f"was exported from {contents.basis}, and {of.name} is in force"
        raise DataProblem([Problem(Where(file), fault, "export the schedule again, and edit that")])
    return contents


def edited(grids: Sequence[Sheet], schedules: Sequence[Schedule], answers: Answers) -> list[Edited]:
    """What each table changes in its schedule; DataProblem with every doubt about a cell."""
    results = []
    problems: list[Problem] = []
    for grid, old in zip(grids, schedules, strict=True):
        renaming = renames.rename_changes(old, answers.renamed)
        renamed = compare.apply_all(old, renaming)
        try:
            new = to_schedule.schedule(grid, renamed)
        except DataProblem as error:
            problems += error.problems
            continue
        _refuse_unknown(answers.renamed, old, new)
        signing, signed = marks.all_changes(renamed, new)
        new = replace(new, footnotes=signed.footnotes)  # a new note comes last, wherever it stands
        differing = _differing_steps(signed, new)
        results.append(
            Edited(old.name, (*renaming, *signing, *differing), tuple(renames.doubts(renamed, new, answers.new)))
        )
    if problems:
        raise DataProblem(problems)
    return results


def steps(edits: Sequence[Edited], schedules: Sequence[Schedule]) -> tuple[Change | Restate, ...]:
    """The changes of all tables as an amendment lists them; of a plan with several schedules each names its own."""
    if len(schedules) < 2:
        return tuple(step for edit in edits for step in edit.steps)
    return tuple(step.model_copy(update={"schedule": edit.schedule}) for edit in edits for step in edit.steps)


def _refuse_unknown(renamed: Mapping[str, str], old: Schedule, new: Schedule) -> None:
    """UsageProblem for a new name that the table does not have, of a row that the schedule had."""
    before, after = lineage.names([old]), lineage.names([new])
    for old_name, name in renamed.items():
        if old_name in before and name not in after:
            remedy = did_you_mean(name, sorted(after - before))
            raise UsageProblem([Problem(Where("--rename"), f'no row or group is named "{name}" in the file', remedy)])


def _differing_steps(old: Schedule, new: Schedule) -> Iterator[Change | Restate]:
    """The changes from old to new; where a row gets other values, without those that it has already."""
    for step in compare.steps(old, new):
        yield _trimmed(step.change, step) if isinstance(step.change, changes.SetValues) else step.change


def _trimmed(change: changes.SetValues, step: Applied) -> Change:
    differ = {value.key for value in lineage.new_values(step.before, step.after)} if step.before else set()
    values = {key: cell for key, cell in change.values.items() if key in differ}
    return change.model_copy(update={"values": values})


def answers(renamed: Sequence[str], new: Sequence[str], schedules: Sequence[Schedule]) -> Answers:
    """`OLD=NEW` and new names as typed; UsageProblem for an old name that no schedule has."""
    old_names = sorted(lineage.names(schedules))
    pairs = {}
    for entry in renamed:
        cuts = [(entry[:at].strip(), entry[at + 1 :].strip()) for at, sign in enumerate(entry) if sign == "="]
        pair = next(((old, name) for old, name in cuts if old in old_names and name), None)
        if pair is None:
            old = cuts[0][0] if cuts else entry
            remedy = did_you_mean(old, old_names) if cuts else 'write --rename "OLD NAME=NEW NAME"'
            raise UsageProblem([Problem(Where("--rename"), f'no row or group is named "{old}"', remedy)])
        pairs[pair[0]] = pair[1]
    return Answers(pairs, tuple(table.single_line(name) for name in new))


def with_answer(before: Answers, doubt: Doubt, old: str) -> Answers:
    """The answers with one more: the old name of what a doubt is about, or that it is new (empty)."""
    if old:
        return replace(before, renamed={**before.renamed, old: doubt.new})
    return replace(before, new=(*before.new, doubt.new))
