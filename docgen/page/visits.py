"""What a view gets and gives: a visit with everything it may use, and a page whose data is shown as HTML or as JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from docgen.files import fingerprint
from docgen.page.live_workspace import LiveWorkspace, Snapshot
from docgen.page.preview import Previews
from docgen.page.saving import Saves
from docgen.problems import DocgenError, as_data

PageData = dict[str, Any]
MOST_BASES = 200
MOST_BYTES = 100_000_000  # of files that a person brought, the last ones


def last(store: dict[str, Any], key: str, value: object, most: int) -> None:
    """Puts a value into a store that keeps so many, the last ones."""
    store.pop(key, None)
    store[key] = value
    for oldest in list(store)[:-most]:
        store.pop(oldest, None)  # another thread may have been quicker


@dataclass(frozen=True)
class Desk:
    """What lasts for as long as the page is open: the workspace, what can be undone, the last good previews.

    `bases` has the files as pages showed them, by their hashes: what was typed into a page is put into that; `dropped`
    the files that a person brought last, `imported` what was read of them.
    """

    live: LiveWorkspace
    saves: Saves
    previews: Previews
    bases: dict[str, bytes] = field(default_factory=dict)
    dropped: dict[str, bytes] = field(default_factory=dict)
    imported: dict[str, Any] = field(default_factory=dict)

    def remember(self, content: bytes) -> str:
        """Keeps a file as a page shows it; gives its hash."""
        digest = fingerprint.digest(content)
        last(self.bases, digest, content, MOST_BASES)
        return digest

    def drop(self, content: bytes) -> str:
        """Keeps a file that a person brought; gives its hash."""
        digest = fingerprint.digest(content)
        self.dropped.pop(digest, None)
        self.dropped[digest] = content
        while sum(map(len, self.dropped.values())) > MOST_BYTES and len(self.dropped) > 1:
            self.dropped.pop(next(iter(self.dropped)), None)
        return digest

    def basis(self, digest: str) -> bytes | None:
        """A file as a page showed it; None for one of another run."""
        return self.bases.get(digest)


@dataclass(frozen=True)
class Visit:
    """One request, past the guard: the names in its address, what was asked and typed, the files that came with it."""

    desk: Desk
    snapshot: Snapshot
    names: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    uploads: Sequence[tuple[str, bytes]] = ()  # each file with its name

    def text(self, name: str) -> str:
        """What stands in a field of the form; empty where it has none."""
        return (self.fields.get(name) or ("",))[0]


@dataclass(frozen=True)
class Shown:
    """A page: its template, and its data, which is also what its `.json` gives."""

    template: str
    data: PageData
    status: int = 200


class Absent(Exception):
    """The address names something that is not in the list of plans."""


PageView = Callable[[Visit], Shown | Response]


def problems(error: DocgenError, status: int) -> Shown:
    """The page that lists why something cannot be done."""
    return Shown("problems.html", {"problems": [as_data(problem) for problem in error.problems]}, status)
