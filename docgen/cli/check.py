"""docgen check: every problem in the data and the templates, or in files to be filed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import JSON, NAMES_OR_FILES, STRICT, WORKSPACE, answering, chosen, file_content, is_file
from docgen.files import limits
from docgen.problems import Problem, as_json, but_notes, count, errors, in_order


@click.command()
@NAMES_OR_FILES
@STRICT
@JSON
@WORKSPACE
@answering
def check(names: tuple[str, ...], strict: bool, json_: bool, root: Path) -> None:
    """Find every problem in the data and the templates, or in files to be filed; nothing is written.

    \b
      docgen check                          every plan
      docgen check aim-class-b/002          one amendment
      docgen check ex99-m2d.htm draft.pdf   files, whoever made them, against EDGAR's rules

    Each problem names the file, the line and the value, and says what to type instead. A warning in
    brackets, such as [fee-limit], can be let stand: add accept: [{check: fee-limit, why: ..., by: ...}]
    to the amendment; later amendments that say the same of the same rows are quiet too. [A4] and the
    like are EDGAR's rules; docgen explain A4 says more. Of an amendment the text and the HTML are held
    against them; the PDF, and what print.css says, when it is made.
    """
    files = [name for name in names if is_file(name)]
    plans = [name for name in names if not is_file(name)]
    in_plans = _in_plans(root, plans) if plans or not files else None
    problems = in_order([*_in_files(files), *(in_plans.problems if in_plans else ())])
    if json_:
        click.echo(as_json(problems))
    else:
        terminal.problems(problems, root)
        checked = [count(len(files), "file")] if files else []
        checked += [count(in_plans.papers, "amendment")] if in_plans else []
        terminal.total(problems, f"{' and '.join(checked)} checked.{_accepted(in_plans)}")
        if in_plans and in_plans.drafts:
            terminal.say(f"Open drafts: {', '.join(in_plans.drafts)}", bool(errors(problems)))
    sys.exit(1 if errors(problems) or (strict and but_notes(problems)) else 0)


@dataclass(frozen=True)
class _InPlans:
    """What a check of plans comes to: every problem, how many amendments there are, which of them are drafts, and how
    many warnings a person lets stand."""

    problems: tuple[Problem, ...]
    papers: int
    drafts: tuple[str, ...]
    accepted: int


def _accepted(in_plans: _InPlans | None) -> str:
    """How many warnings were let stand, in words; empty where none was."""
    accepted = in_plans.accepted if in_plans else 0
    return f" {count(accepted, 'warning')} {'was' if accepted == 1 else 'were'} accepted." if accepted else ""


def _in_plans(root: Path, names: Sequence[str]) -> _InPlans:
    """What a check of the plans that are named comes to."""
    from docgen.build import final_papers, produce
    from docgen.filing import verify

    selection = chosen(root, names)
    trees: produce.Trees = {}
    problems = produce.document_problems(selection.papers, trees, hold=not errors(selection.problems))
    accepted = len(selection.accepted)
    if not errors([*selection.problems, *problems]):
        answer = final_papers.changed(root, selection.papers)
        problems, accepted = [*problems, *answer.problems], accepted + len(answer.accepted)
    every = (*verify.with_seals(selection, trees).problems, *problems)
    drafts = tuple(paper.name for paper in selection.papers if paper.amendment.facts.draft)
    return _InPlans(every, len(selection.papers), drafts, accepted)


def _in_files(names: Sequence[str]) -> list[Problem]:
    """What EDGAR's rules find in files, which are taken for one submission."""
    contents = {name: file_content(name) for name in names}
    named = ", ".join(names)
    return limits.of_file(named, lambda: _of_files(contents)) if names else []


def _of_files(contents: Mapping[str, bytes]) -> list[Problem]:
    """What a file is that is not what its name says, and nothing else of it; of all others what the rules find."""
    from docgen.edgar import preflight

    problems = list(preflight.other_kinds(contents))
    others = {problem.where.file for problem in problems}
    beside = [Path(name).name for name in contents]
    return problems + list(preflight.files({n: data for n, data in contents.items() if n not in others}, beside))
