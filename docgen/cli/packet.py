"""docgen packet: what each signer signs, and the signed pages put back."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import click

from docgen.build import memory
from docgen.cli import terminal
from docgen.cli.options import (
    JSON,
    WORKSPACE,
    answering,
    as_one,
    checked,
    file_content,
    formats,
    refuse_options,
    writing,
)

if TYPE_CHECKING:
    from docgen.filing.signed_pages import SignedPage
    from docgen.workspace.load import Workspace
    from docgen.workspace.select import Paper

FOLDER = "packet"


@dataclass(frozen=True)
class PacketOptions:
    """Whose lines are signed in which papers, the pages that came back, and what is made of them."""

    names: tuple[str, ...]
    returned: tuple[str, ...]
    codes: tuple[str, ...]
    formats: str | None
    record: bool
    list_: bool
    json_: bool
    root: Path


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="DATE | PLAN/AMENDMENT...")
@click.option("--signed", "returned", metavar="FILE", multiple=True, help="A PDF of signed pages that came back.")
@click.option("--page", "codes", metavar='"FILE:PAGE=CODE"', multiple=True, help="The code of a page without words.")
@click.option("--format", "formats", metavar="txt,htm,pdf,docx", help="Of the conformed copies (else htm,pdf).")
@click.option("--record", is_flag=True, help="Write signed: true into the amendments for what came back.")
@click.option("--list", "list_", is_flag=True, help="Only say who signs what, and who is missing.")
@JSON
@WORKSPACE
@answering
@writing()
@as_one(PacketOptions)
def packet(options: PacketOptions) -> None:
    """Make one PDF a signer of all that they sign, over all papers of a day; put signed pages back.

    \b
      docgen packet 2003-11-24                                 every paper that takes effect or is dated that day
      docgen packet aim-class-b/003 aim-class-c/003            these papers
      docgen packet 2003-11-24 --list                          who signs what, and who is missing
      docgen packet 2003-11-24 --signed back.pdf --signed scan.pdf --page "scan.pdf:1=4F2A-91C0"

    Each line of each block stands once, on a page of its own that ends with the paper and a code. The code
    follows from the paper's words, signatures apart: a page that was sent before they changed is refused.
    With --signed each page is known by its code: build/packet/ gets each paper with its signed pages behind
    it, and a conformed copy with /s/ where they came back; then who is missing is said. --record also writes
    signed: true into the amendments, so that docgen build and docgen package give the conformed copy.
    """
    from docgen.files import atomic
    from docgen.filing import packet as packets
    from docgen.filing import signature_pages, signed_pages

    returned, codes, root = options.returned, options.codes, options.root
    says_only, writes = options.list_ or options.json_, options.record or options.formats is not None
    refuse_options(bool(codes or writes) and not returned, "--page, --format and --record go with --signed")
    refuse_options(says_only and writes, "--list and --json say who is missing; --format and --record write files")
    wanted, workspace = formats(options.formats or "htm,pdf"), checked(root)
    papers = _papers(workspace, options.names)
    contents = {name: file_content(name) for name in returned}
    with memory.without_collection():
        lines = packets.lines_to_sign(papers)
        pages = signed_pages.matched(contents, signed_pages.typed_codes(codes, returned), lines)
        files: Mapping[str, bytes] = {}
        if not says_only:
            files = signed_pages.files(papers, contents, pages, wanted) if returned else signature_pages.files(lines)
    click.echo(
        (packets.as_json if options.json_ else packets.as_text)(lines, [page.line.code for page in pages]), nl=False
    )
    amendments = _recorded(root, papers, pages) if options.record else {}
    recorded = atomic.save(root, amendments)
    if files:
        command = ["docgen", "packet", *options.names, *_options(returned, codes)]
        _save(root, checked(root) if recorded else workspace, papers, command, files)
    for path in recorded:
        terminal.say(os.path.relpath(path))
    if options.record:
        terminal.say("Recorded. Run: docgen build" if amendments else "Nothing new is signed.", bold=True)


def _options(returned: Sequence[str], codes: Sequence[str]) -> list[str]:
    pairs = [("--signed", file) for file in returned] + [("--page", text) for text in codes]
    return [word for pair in pairs for word in pair]


def _papers(workspace: Workspace, names: Sequence[str]) -> list[Paper]:
    """The papers of a day, or those that are named."""
    from docgen.filing import package, packet
    from docgen.workspace.select import buildable, select

    day = packet.day_of(names)
    if day is None:
        package.refuse_plans(names)
    selection = select(workspace, [] if day else names)
    buildable(selection)
    papers, notes = packet.papers(selection, names)
    for note in notes:
        terminal.say(note, True)
    return papers


def _save(
    root: Path, workspace: Workspace, papers: Sequence[Paper], command: Sequence[str], files: Mapping[str, bytes]
) -> None:
    """Saves the files as a working paper; signed pages in a folder of their own."""
    from docgen.build import working_papers
    from docgen.files import atomic
    from docgen.filing import packet

    returned = [word for option, word in pairwise(command) if option == "--signed"]
    names = command[2 : command.index("--signed")] if returned else command[2:]
    folder = f"{FOLDER}/{packet.day_of(names) or packet.folder(papers)}{'/signed' if returned else ''}"
    ends = [paper.name for paper in papers]
    working = working_papers.record(root, workspace, shlex.join(command), ends, returned)
    terminal.saved(working_papers.save(root, folder, working, atomic.under(folder, files)), root)


def _recorded(root: Path, papers: Sequence[Paper], pages: Sequence[SignedPage]) -> Mapping[str, bytes]:
    """The amendments with who has signed, where a page came back for a name that had not."""
    from docgen.drafting import signed_lines
    from docgen.filing import signed_pages

    new = [page.line for page in pages if page.line.signer.name and not page.line.is_signed]
    chosen = [paper for paper in papers if any(line.paper is paper for line in new)]
    return signed_lines.spliced(root, [(paper, signed_pages.blocks(paper, new)) for paper in chosen])
