"""The command line: it alone prints and exits."""

from __future__ import annotations

import click

from docgen import __version__
from docgen.cli import (
    approve,
    build,
    check,
    conform,
    diff,
    event,
    exhibits,
    explain,
    export_import,
    history,
    init,
    matrix,
    new,
    package,
    packet,
    redline,
    schema,
    seal,
    serve,
    show,
    status,
    verify,
)


class Commands(click.Group):
    """The commands in the order in which a person meets them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, unsorted."""
        return list(self.commands)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="docgen")
def main() -> None:
    """Plan amendments and Schedule A exhibits from data.

    You edit the YAML files under schedules/, docgen makes the papers: EDGAR text, EDGAR HTML, PDF and Word,
    the same words in each, checked and read back before they are saved under build/.

    \b
      docgen init my-plans             a new folder with one worked plan
      docgen check                     is the data right?
      docgen build                     make every document
      docgen show aim-class-b          the schedule in force
      docgen package aim-class-b/002   the files for EDGAR

    Exit code: 0 all is well, 1 problems were found, 2 the command was used wrongly, 3 docgen is at fault.
    """


for command in (
    init.init,
    check.check,
    build.build,
    show.show,
    history.history,
    matrix.matrix,
    status.status,
    new.new,
    event.event,
    diff.diff,
    redline.redline,
    conform.conform,
    export_import.export,
    export_import.import_,
    schema.schema,
    explain.explain,
    approve.approve,
    packet.packet,
    package.package,
    seal.seal,
    exhibits.exhibits,
    verify.verify,
    serve.serve,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
