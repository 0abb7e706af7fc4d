"""docgen conform: the plan's own text and schedules as amended."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from docgen.build import memory
from docgen.cli import options, terminal
from docgen.cli.options import JSON, WORKSPACE, answering, checked, day, writing


@click.command()
@click.argument("plan", metavar="PLAN")
@click.option("--on", metavar="DATE", help="As of this day, YYYY-MM-DD (else with every amendment).")
@click.option("--format", "formats", metavar="txt,htm,pdf,docx", default=",".join(options.FORMATS), help="Only these.")
@JSON
@WORKSPACE
@answering
@writing()
def conform(plan: str, on: str | None, formats: str, json_: bool, root: Path) -> None:
    """Write the plan itself as it reads with its amendments: the whole text, and its schedules.

    \b
      docgen conform aim-class-b                      with every amendment: build/aim-class-b/conformed.pdf
      docgen conform aim-class-b --on 2003-11-19      as of a day

    The text is what lies in schedules/PLAN/text/, as the plan first had it, in the tags of templates with
    <section name="Section 6"> around each section. Every replace_words, replace_section, add_section and
    remove_section is applied to it in order. One that names words or a section that the text does not have is
    a problem on its line, with the nearest words. A paragraph that was changed says by which amendment, and
    the top says as of which day, through which amendment, and which come later. --json prints the passages
    with the amendments behind each, and writes nothing.
    """
    from docgen.build import produce, working_papers
    from docgen.files import atomic
    from docgen.reports import conformed_copy
    from docgen.workspace.select import buildable, select

    wanted, as_of = options.formats(formats), day(on)
    workspace = checked(root)
    selection = select(workspace, [plan])
    buildable(selection)
    (folder,) = selection.plans
    if json_:
        click.echo(conformed_copy.as_json(folder, as_of), nl=False)
        return
    with memory.without_collection():
        tree = conformed_copy.document(folder, as_of, workspace.templates)
        name = conformed_copy.stem(as_of)
        files = conformed_copy.files(tree, name, wanted, produce.layout_of(folder, workspace.templates))
    command = shlex.join(["docgen", "conform", folder.id, *(["--on", on] if on else [])])
    texts = [str(root / source.file) for source in folder.text]
    working = working_papers.record(root, workspace, command, [folder.id], texts)
    terminal.saved(working_papers.save(root, f"{folder.id}/{name}", working, atomic.under(folder.id, files)), root)
