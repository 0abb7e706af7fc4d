"""The command line: it alone prints and exits."""

from __future__ import annotations

import importlib

import click

from docgen import __version__
from docgen.problems import did_you_mean

COMMANDS = {  # in the order in which a person meets them, each with its module and the function there
    "init": "init.init",
    "check": "check.check",
    "build": "build.build",
    "show": "show.show",
    "history": "history.history",
    "matrix": "matrix.matrix",
    "status": "status.status",
    "new": "new.new",
    "event": "event.event",
    "diff": "diff.diff",
    "redline": "redline.redline",
    "conform": "conform.conform",
    "export": "export_import.export",
    "import": "export_import.import_",
    "schema": "schema.schema",
    "explain": "explain.explain",
    "approve": "approve.approve",
    "packet": "packet.packet",
    "package": "package.package",
    "seal": "seal.seal",
    "exhibits": "exhibits.exhibits",
    "verify": "verify.verify",
    "serve": "serve.serve",
}


class Commands(click.Group):
    """The commands, each loaded when it is called: most of the time of a short one went into the others."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names, in the order of `COMMANDS`."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name; None for one that is not known."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, function = COMMANDS[cmd_name].split(".")
        command: click.Command = getattr(importlib.import_module(f"docgen.cli.{module}"), function)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called; UsageError, with the name that may be meant, for one that is not known."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            words = f"{error.message} {did_you_mean(args[0], COMMANDS).capitalize()}"
            raise click.UsageError(words.strip(), ctx) from None


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


if __name__ == "__main__":
    main()
