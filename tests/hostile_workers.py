"""What a worker that is not to be trusted sends in place of a PDF; each stands in for `cluster.do`."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docgen.build import cluster
from docgen.build.jobs import Piece

TRACE = "docgen-was-here"  # the file that a crafted object makes where it is read


def leave_trace(place: str) -> None:
    """Notes the process that it runs in; a worker may well run what it has crafted."""
    with Path(place).open("a", encoding="utf-8") as file:
        file.write(f"{os.getpid()}\n")


class Crafted(Exception):
    """An object that leaves a trace where it is unpickled."""

    def __init__(self, place: str) -> None:
        super().__init__(place)
        self.place = place

    def __reduce__(self) -> Any:
        return leave_trace, (self.place,)


def place(piece: Piece) -> str:
    """Where the asker's crafted objects leave their trace: beside its own templates."""
    return str(piece.paper.folders[0].parent / TRACE)


def other_words(piece: Piece, templates: tuple[cluster.Files, ...], asker: str) -> bytes:
    """The PDF of another rate."""
    changed = tuple(
        tuple((name, data.replace(b"{{ row.name }}", b"0.25% {{ row.name }}")) for name, data in files)
        for files in templates
    )
    assert changed != templates
    return cluster.do(piece, changed, asker)


def crafted_object(piece: Piece, *_: object) -> object:
    """An object in place of bytes."""
    return Crafted(place(piece))


def crafted_error(piece: Piece, *_: object) -> object:
    """An object as an error."""
    raise Crafted(place(piece))


def crafted_warning(piece: Piece, templates: tuple[cluster.Files, ...], asker: str) -> bytes:
    """An object as the words of a warning."""
    from distributed import get_worker

    data = pickle.dumps(Crafted(place(piece)))
    get_worker().log_event("warn", {"message": data, "category": data})
    get_worker().log_event("print", {"args": (data,), "sep": data, "end": data, "file": 1, "flush": True})
    return cluster.do(piece, templates, asker)


def garbage(*_: object) -> bytes:
    """No PDF, though it begins as one."""
    return b"%PDF-1.7\nnonsense"


def text(*_: object) -> str:
    """Words, and no bytes."""
    return "%PDF-1.7"


def never(*_: object) -> bytes:
    """Nothing, for longer than anybody waits."""
    time.sleep(3600)
    return b""


def empty(*_: object) -> bytes:
    """What a worker sends that cannot make the PDF."""
    return b""


FALSE: dict[str, Callable[..., object]] = {
    f.__name__: f for f in (other_words, crafted_object, crafted_error, garbage, text)
}
