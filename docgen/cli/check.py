"""docgen check: every problem in the data and the templates, or in files to be filed."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from docgen.cli import terminal
from docgen.cli.options import JSON, NAMES_OR_FILES, WORKSPACE, answering, chosen, file_content, is_file
from docgen.files import limits
from docgen.problems import Problem, as_json, count, errors, in_order


@click.command()
@NAMES_OR_FILES
@JSON
@WORKSPACE
@answering
def check(names: tuple[str, ...], json_: bool, root: Path) -> None:
    """Find every problem in the data and the templates, or in files to be filed; nothing is written.

    \b
      docgen check                          every plan
      docgen check aim-class-b/002          one amendment
      docgen check ex99-m2d.htm draft.pdf   files, whoever made them, against EDGAR's rules

    Each problem names the file, the line and the value, and says what to type instead. A warning in
    brackets, such as [fee-limit], can be let stand: add accept: [{check: fee-limit, why: ..., by: ...}]
    to the amendment. [A4] and the like are EDGAR's rules; docgen explain A4 says more. Of an amendment
    the text and the HTML are held against them; the PDF, and what print.css says, when it is made.
    """
    files = [name for name in names if is_file(name)]
    plans = [name for name in names if not is_file(name)]
    problems, checked = _in_files(files), [count(len(files), "file")] if files else []
    if plans or not files:
        of_plans, papers = _in_plans(root, plans)
        problems += of_plans
        checked.append(count(papers, "amendment"))
    problems = list(in_order(problems))
    if json_:
        click.echo(as_json(problems))
    else:
        terminal.problems(problems, root)
        terminal.total(problems, f"{' and '.join(checked)} checked.")
    sys.exit(1 if errors(problems) else 0)


def _in_plans(root: Path, names: Sequence[str]) -> tuple[list[Problem], int]:
    """Every problem of the plans, and how many amendments they have."""
    from docgen.build import produce
    from docgen.filing import verify

    selection = chosen(root, names)
    trees: produce.Trees = {}
    problems = produce.document_problems(selection.papers, trees, hold=not errors(selection.problems))
    return [*verify.with_seals(selection, trees).problems, *problems], len(selection.papers)


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
