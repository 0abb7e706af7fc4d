"""docgen exhibits: the rows of Part C, Item 28."""

from __future__ import annotations

from pathlib import Path

import click

from docgen.cli import list_files, terminal
from docgen.cli.options import JSON, WORKSPACE, answering, checked, refuse_options, writing


@click.command()
@click.argument("name", metavar="REGISTRANT | PLAN")
@list_files.FORMAT
@JSON
@WORKSPACE
@answering
@writing("formats")
def exhibits(name: str, formats: str | None, json_: bool, root: Path) -> None:
    """List the exhibits of a registrant or a plan, as Part C, Item 28 of Form N-1A has them.

    \b
      docgen exhibits aim-class-b                        the papers of one plan
      docgen exhibits "AIM Stock Funds"                  of every plan that the registrant has
      docgen exhibits "AIM Stock Funds" --format htm     with links, to paste into the registration statement

    A paper that is not sealed is filed herewith, a draft is to be filed by amendment, and a sealed one is
    incorporated by reference to what docgen seal was told of its filing, with EDGAR's own link:

    \b
      docgen seal aim-class-b/002 --form 485BPOS --pea 60 --on 2003-11-26 \\
          --accession 0000950129-03-005798 --cik 105377 --file ex99-m2d.htm

    A paper that is sealed already takes these too. What nobody has said stands as [ ], with a warning.
    docgen check tells a letter that is used twice, a letter left out, and a sealed paper on no list.
    """
    from docgen.files import file_names
    from docgen.reports import exhibit_list
    from docgen.workspace.select import buildable, select

    refuse_options(formats is not None and json_, "--format writes papers; --json prints the list")
    workspace = checked(root)
    of, plans = exhibit_list.plans_of(workspace, name)
    selection = select(workspace, exhibit_list.to_read(workspace, of, plans))
    buildable(selection)
    value = exhibit_list.exhibit_list(workspace, of, plans)
    if json_:
        click.echo(exhibit_list.as_json(value), nl=False)
    elif formats is None:
        terminal.say(exhibit_list.as_text(value).rstrip("\n"))
    else:
        form = {"xlsx": exhibit_list.links_listing}
        files = list_files.contents(workspace, formats, lambda suffix: form.get(suffix, exhibit_list.listing)(value))
        if "htm" in files:
            from docgen.edgar import submission

            title = f"Item 28, exhibits of {of}"
            files["htm"] = submission.index_page(title, exhibit_list.index_rows(value.rows))
        stem = f"exhibits-{file_names.slug(of, 'registrant')}"
        list_files.save(root, workspace, ["exhibits", name, "--format", formats], stem, files)
    accepted = {(problem.where, problem.found) for problem in selection.accepted}
    terminal.problems([p for p in exhibit_list.problems(value) if (p.where, p.found) not in accepted], root)
