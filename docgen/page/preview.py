"""What an amendment comes to, and the last good one of each: a broken edit leaves it on the screen."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field

from docgen.problems import Problem
from docgen.workspace.select import Paper

MOST = 40  # previews that stay in memory


@dataclass(frozen=True)
class Preview:
    """What a text comes to: the documents as HTML by their names, none where an error stands in the way; of what."""

    documents: Mapping[str, bytes]
    sentences: tuple[str, ...]
    problems: tuple[Problem, ...]
    paper: Paper | None = None


@dataclass
class Previews:
    """The last good preview of each amendment, by `plan/amendment`, each with a number of its own."""

    last: dict[str, tuple[int, Preview]] = field(default_factory=dict)
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, name: str, preview: Preview) -> int:
        """Remembers a preview if it has documents; gives the number of the last good one, 0 where there is none."""
        with self.lock:
            if preview.documents:
                self.last.pop(name, None)
                self.last[name] = (next(self.numbers), preview)
                for oldest in list(self.last)[:-MOST]:
                    del self.last[oldest]
            return self.last[name][0] if name in self.last else 0
