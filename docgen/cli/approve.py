"""docgen approve: a vote is recorded in the amendments that rest on it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, as_one, checked, day, writing
from docgen.problems import Problem, UsageProblem, Where

if TYPE_CHECKING:
    from docgen.model.settings import Approval

INDEPENDENT = "a majority of the members who are not interested persons voted for it too"
BOTH = "--independent --holders"  # two options that no one vote has


@dataclass(frozen=True)
class ApproveOptions:
    """In which amendments which vote is recorded."""

    names: tuple[str, ...]
    by: str
    on: str
    independent: bool
    holders: bool
    root: Path


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="PLAN/AMENDMENT...")
@click.option("--by", required=True, metavar="BODY", help="Who voted: the Board of Trustees of AIM Equity Funds.")
@click.option("--on", required=True, metavar="DATE", help="The day of the meeting, YYYY-MM-DD.")
@click.option("--independent", is_flag=True, help="The independent members voted for it too: Rule 12b-1(b)(2).")
@click.option("--holders", is_flag=True, help="This is the vote of the shareholders.")
@WORKSPACE
@answering
@writing()
@as_one(ApproveOptions)
def approve(options: ApproveOptions) -> None:
    """Record a vote in amendments: an entry under approvals:, every other sign of the files as it was.

    \b
      docgen approve aim-class-b/003 --by "the Board of Trustees of AIM Sector Funds" --on 2003-11-12 --independent
      docgen approve aim-class-b/003 --by "the holders of Class B of AIM Energy Fund" --on 2004-03-02 --holders

    What an amendment then says of its approvals follows: its recital, the memo, the secretary's certificate,
    and the check that a fee does not rise without its votes. All named amendments are written or none; one
    that is sealed is refused, and so is a vote that is there already.
    """
    from docgen.drafting import votes
    from docgen.filing import package
    from docgen.workspace.select import buildable, select

    package.refuse_plans(options.names)
    vote = _vote(options)
    selection = select(checked(options.root), options.names)
    papers = selection.papers or buildable(selection)
    for path in votes.write(options.root, papers, vote):
        terminal.say(os.path.relpath(path))
    if not (options.independent or options.holders) and any(paper.plan.facts.is_under_12b_1 for paper in papers):
        terminal.say(f"Rule 12b-1(b)(2) also asks whether {INDEPENDENT}: --independent records that.")
    terminal.say("Recorded. Run: docgen check", bold=True)


def _vote(options: ApproveOptions) -> Approval:
    """The vote as an amendment has it; UsageProblem for a day that is none, or a body without a name."""
    from pydantic import ValidationError

    from docgen.model.settings import Approval

    votes = {"independent": options.independent, "holders": options.holders}
    try:
        return Approval.model_validate({"by": options.by, "on": day(options.on), **votes})
    except ValidationError as error:
        details = error.errors(include_url=False)
        raise UsageProblem(
            Problem(Where(f"--{d['loc'][0]}" if d["loc"] else BOTH), d["msg"], d.get("ctx", {}).get("remedy", ""))
            for d in details
        ) from None
