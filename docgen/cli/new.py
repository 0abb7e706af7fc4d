"""docgen new: the next amendment, or a new plan."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import terminal
from docgen.cli.options import WORKSPACE, answering, as_one, can_ask, ready, refuse_options, writing
from docgen.problems import Problem, UsageProblem, Where

if TYPE_CHECKING:
    from docgen.drafting.new_plan import PlanKind

MARKS = {",": "commas", ";": "semicolons"}


@dataclass(frozen=True)
class NewOptions:
    """The plan whose next amendment is written; or the name of a new one, and what a person says of it."""

    plan: str | None
    name: str | None
    kind: str | None
    title: str | None
    share_classes: tuple[str, ...]
    columns: tuple[str, ...]
    registrants: tuple[str, ...]
    dated: str | None
    root: Path

    @property
    def say_of_a_plan(self) -> bool:
        """Whether anything is said of a new plan."""
        return any((self.kind, self.title, self.share_classes, self.columns, self.registrants, self.dated))


@click.command()
@click.argument("plan", metavar="[PLAN]", required=False)
@click.option("--plan", "name", metavar="NAME", help="Begin a plan in schedules/NAME instead.")
@click.option("--kind", metavar="KIND", help="What kind of agreement it is; without it the kinds are listed.")
@click.option("--title", metavar="TEXT", help="The plan's name in full.")
@click.option("--class", "share_classes", metavar="CLASS", multiple=True, help="A share class that it is for.")
@click.option("--column", "columns", metavar="HEADING", multiple=True, help="A column: Maximum Service Fee 0.25%.")
@click.option("--registrant", "registrants", metavar="NAME", multiple=True, help="A registrant of its schedule.")
@click.option("--dated", metavar="DATE", help="The plan's date, YYYY-MM-DD.")
@WORKSPACE
@answering
@writing()
@as_one(NewOptions)
def new(options: NewOptions) -> None:
    """Write the next amendment's file, ready to edit; or begin a plan.

    \b
      docgen new aim-class-b           the next amendment of a plan
      docgen new --plan aim-class-r    a new plan; what is not said is asked, with the example's own as the answer
      docgen new --plan aim-class-r --kind distribution-plan --title "Master Distribution Plan" \\
          --class "Class R" --registrant "AIM Stock Funds" --column "Maximum Aggregate Fee 0.50%"

    The next amendment has the next number, blanks for the dates, every kind of change as a comment, and the
    names in force to pick from; it is a draft until you take draft: true out. A new plan gets plan.yaml, each
    key with what it means, and the draft of its first paper; every kind that there are templates for has an
    example. A column holds rates, up to the rate behind its heading, or what stands in parentheses.
    """
    plan, name = options.plan, options.name
    refuse_options(bool(plan) == bool(name), "name a plan for its next amendment, or a new one with --plan NAME")
    refuse_options(bool(plan) and options.say_of_a_plan, "these go with --plan NAME, which begins a plan")
    _next_amendment(options.root, plan) if plan else _new_plan(options, str(name))


def _new_plan(options: NewOptions, name: str) -> None:
    """Writes a plan out of the options, and of the answers to what they leave open."""
    from docgen.drafting import new_plan
    from docgen.files import resources

    every = new_plan.kinds(resources.template_folders(options.root))
    chosen = new_plan.kind(every, options.kind or _kind(every))
    answers = new_plan.PlanAnswers(
        options.title or _answer("Title", chosen.usual("title")),
        options.share_classes or _several("Share classes", chosen.usual("share_classes"), ","),
        options.columns or _several("Columns", chosen.usual("columns"), ";"),
        options.registrants or _several("Registrants", "", ";"),
        options.dated or _day("Date of the plan, YYYY-MM-DD"),
    )
    for path in new_plan.write(options.root, new_plan.files(options.root, name, chosen, answers)):
        terminal.say(os.path.relpath(path))
    terminal.say(f"Fill in the schedule in 001.yaml, and run: docgen check {name}", bold=True)


def _next_amendment(root: Path, plan: str) -> None:
    from docgen.drafting import next_amendment

    path = next_amendment.write(root, ready(root, [plan]).plans[0])
    terminal.say(os.path.relpath(path))
    terminal.say("Fill in the dates, list what changes, and run: docgen check", bold=True)


def _kind(every: Sequence[PlanKind]) -> str:
    """The kind that a person chooses; UsageProblem that lists them where nobody can be asked."""
    lines = [f"{kind.name}: {kind.purpose}" for kind in every]
    if not can_ask():
        remedy = "choose one with --kind:\n" + "\n".join(f"      {line}" for line in lines)
        raise UsageProblem([Problem(Where("--kind"), "does not say what kind the plan is", remedy)])
    for line in lines:
        terminal.say(f"  {line}")
    return str(click.prompt("Kind", type=click.Choice([kind.name for kind in every])))


def _answer(question: str, usual: str) -> str:
    """What a person answers; the example's own where nobody can be asked."""
    return str(click.prompt(question, default=usual, show_default=bool(usual))).strip() if can_ask() else usual


def _day(question: str) -> str:
    """A day, asked for again while what was typed is none; empty where a person leaves it out, or cannot be asked."""
    from docgen.model import values

    def checked(text: str) -> str:
        if text.strip() and values.day(text.strip()) is None:
            raise click.UsageError(f"{text} is not a date; write YYYY-MM-DD")
        return text.strip()

    if not can_ask():
        return ""
    return str(
        click.prompt(f"{question} (empty where it has none)", default="", show_default=False, value_proc=checked)
    )


def _several(question: str, usual: str, between: str) -> tuple[str, ...]:
    """The same for several answers in one line; nothing where the example's own stand."""
    text = _answer(f"{question}, with {MARKS[between]} between", usual)
    return tuple(part.strip() for part in text.split(between) if part.strip()) if text != usual else ()
