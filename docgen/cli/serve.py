"""docgen serve: the same work in a browser."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.cli import fault, terminal
from docgen.cli.options import answering, workspace_or_empty
from docgen.problems import Problem, UsageProblem, Where

if TYPE_CHECKING:
    import socket

    from starlette.applications import Starlette
    from uvicorn import Config

    from docgen.page.guard import Guard

SOON = 1  # seconds in which open pages are let go at the end


@click.command()
@click.option("--port", type=click.IntRange(1024, 65535), default=None, metavar="N", help="The port (else a free one).")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@click.option(
    "--workspace", "folder", metavar="DIR", type=click.Path(path_type=Path),
    help="The folder that holds schedules/ (else the nearest one upward), or an empty one to begin in.",
)  # fmt: skip
@answering
def serve(port: int | None, no_browser: bool, folder: Path | None) -> None:
    """Do the same work in a browser, on this machine only; Ctrl-C ends it.

    The page shows the plans, the schedule of any day and the history of each fund; it edits amendments with
    a preview beside, and shows each problem where it was typed. What it saves are the same files under
    schedules/: an editor, git and the other commands work beside it.

    In an empty folder the page offers to make a workspace there, as docgen init does.

    The address is good for one browser, once; after that the next one is printed. Needs: pip install docgen[page]
    """
    import webbrowser

    try:
        import uvicorn

        from docgen.page.guard import ENTRY, HOSTS, Guard, Host, Keys, Site
        from docgen.page.opening import opening
    except ImportError as error:
        remedy = "type: pip install docgen[page]"
        raise UsageProblem([Problem(Where("docgen serve"), f"needs the library {error.name}", remedy)]) from None
    root = workspace_or_empty(folder)
    listener = _listener(HOSTS, port)
    site, keys = Site(*listener.getsockname()[:2]), Keys()

    def say_address() -> None:
        terminal.say(f"{site.origin}{ENTRY}{keys.entry}")

    def entered() -> None:
        terminal.say("The page is open. For another browser, once:")
        say_address()

    say_address()
    terminal.say("Ctrl-C ends it.", bold=True)
    host = Host(fault.write, entered, lambda: server.should_exit)

    def pages() -> Starlette:
        from docgen.page import app  # and with it all of docgen, which takes a moment

        return app.pages(root, keys, host)

    server = uvicorn.Server(_config(Guard(opening(root, pages), site, keys, entered)))
    if not no_browser:
        webbrowser.open(f"{site.origin}{ENTRY}{keys.entry}")
    server.run([listener])


def _config(page: Guard) -> Config:
    """How the page is served: without a word of what is cut off at the end."""
    import logging

    from uvicorn import Config

    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
    return Config(page, log_config=None, server_header=False, timeout_graceful_shutdown=SOON)


def _listener(hosts: Sequence[str], port: int | None) -> socket.socket:
    """A socket on the first of the hosts that this machine has; UsageProblem where the port is taken."""
    import errno
    import socket

    fault = ""
    for host in hosts:
        listener = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port or 0))
            listener.listen()
            return listener
        except OSError as error:
            listener.close()
            fault = error.strerror or str(error)
            if error.errno == errno.EADDRINUSE:
                break
    raise UsageProblem([Problem(Where("--port"), f"{port}: {fault}", "name another port")])
