"""The files of a chain of exhibits: each one's data, and the exhibits sealed beside them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from docgen.files import atomic
from docgen.importing import save
from docgen.importing.chain import Link
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.load import Workspace

CHANGES = re.compile(r"^changes:\n((?:  .*\n)+)", re.MULTILINE)
COMMENT = "  # no words of the paper explain this\n"


def files(workspace: Workspace | None, plan: str, chain: Sequence[Link]) -> dict[str, bytes]:
    """The files of a chain under a plan's name; UsageProblem where two exhibits would have one file."""
    first, *others = chain
    result = save.files(workspace, plan, first.data)
    for link in others:
        path, data = save.amendment_file(workspace, plan, first.data, link.data)
        if path in result:
            fault = f"is a second {save.identity(link.data.amendment)} of this plan"
            raise UsageProblem(
                [Problem(Where(link.result.exhibit.file), fault, "take one of the two out of the folder")]
            )
        result[path] = _with_comments(data.decode(), link).encode()
    return result


def _with_comments(text: str, link: Link) -> str:
    """An amendment's file with a comment over each change that the paper has no words for.

    Changes that the paper says in words of its own stand first, those that were found by comparing behind them.
    """
    listed = CHANGES.search(text)
    if not listed or not link.silent:
        return text
    entries = re.split(r"^(?=  - )", listed[1], flags=re.MULTILINE)[1:]
    at = len(entries) - len(link.steps)
    commented = [COMMENT * (number - at in link.silent) + entry for number, entry in enumerate(entries)]
    return text[: listed.start(1)] + "".join(commented) + text[listed.end(1) :]


def write(
    root: Path, texts: Mapping[str, bytes], plan: str, chain: Sequence[Link], filed: Mapping[str, bytes]
) -> list[Path]:
    """Writes the files of a chain, and seals each exhibit beside its data; `filed` has their bytes by their names."""
    paths = atomic.save(root, texts)
    for link in chain:
        paths += save.sealed(root, plan, link.result, filed[link.result.exhibit.file])
    return paths
