"""Commands about what is filed: explain, package."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import saying
from docgen.cli.common import WORKSPACE, answering
from docgen.problems import UsageProblem, Where, one

AMENDMENTS = click.argument("what", nargs=-1, required=True, metavar="PLAN/AMENDMENT...")


@click.command()
@click.argument("rule", metavar="[RULE]", required=False)
@answering
def explain(rule: str | None) -> None:
    """Explain a rule of EDGAR's, or list them all.

    \b
      docgen explain        every rule in a line, with what is held against it
      docgen explain A4     one rule: what it asks, why, and where it is written

    A is text, B is HTML, C is PDF, D is names, types and the exhibit index. Some rules cannot be
    checked by a program; they are listed with the reason.
    """
    from docgen.filing import preflight

    if rule is None:
        click.echo(preflight.listed())
        return
    known = [known.number for known in preflight.RULES]
    if rule.upper() not in known:
        raise UsageProblem(one(Where("docgen explain"), f'there is no rule "{rule}"', "docgen explain lists them all"))
    click.echo(preflight.explain(rule.upper()))


@click.command()
@AMENDMENTS
@click.option("--official", type=click.Choice(["htm", "txt"]), default="htm", help="The official document's format.")
@WORKSPACE
@answering
def package(what: tuple[str, ...], official: str, root: Path) -> None:
    """Lay amendments out for EDGAR: each under its EDGAR name, with a manifest and an exhibit index.

    \b
      docgen package aim-class-b/002
      docgen package aim-class-b/002 aim-class-c/002     two exhibits in one package

    The name comes from the amendment's exhibit: Exhibit m(2)(d) becomes ex99-m2d.htm, with the copy
    ex99-m2d.pdf. The package is refused when an amendment is a draft, prints a blank or has errors,
    and when caption, TYPE, name and index do not agree. It goes to build/package/.
    """
    from docgen import build as walk
    from docgen import filed

    filed.refuse_plans(what)
    checked = walk.check(root, what)
    papers = walk.buildable(checked)
    saying.problems(checked.problems, root)
    written, warnings = filed.pack(root, papers, official)
    saying.problems(warnings, root)
    saying.written(written, root)
