"""What a file says that somebody sent back, and what else is in it that no words of a document can say."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from docgen.document.tree import Document, Reviser
from docgen.model import english

LONGEST = 80  # letters of a place that are quoted
FEW = 5  # marks of one look that are worth a line each
MOST = 60  # remarks or changes that are worth a line each
BY_HAND = "by hand"  # the author of what was struck through without tracking
NO_MOMENT = "1980-01-01T00:00:00Z"  # which stands for none: the first that a zip can say
NO_AUTHOR = "an author without a name"


@dataclass(frozen=True)
class TrackedChange:
    """One change that somebody tracked: what happened to which words, the words around them, by whom and when."""

    author: str
    day: datetime.date | None
    verb: str  # inserted, deleted, moved to this place, moved away, formatted
    text: str
    around: str
    what: str = "words"  # row, end of a paragraph, cell

    @property
    def sentence(self) -> str:
        """The change in words, without its author."""
        text = f'"{quoted(self.text)}"'
        subject = {"words": text, "row": f"the row {text}", "cell": f"the cell {text}"}.get(self.what)
        place = f' in "{self.around}"' if self.around and self.around != self.text else ""
        return f"{subject or f'the {self.what}'} is {self.verb}{place}"


@dataclass(frozen=True)
class RevisedLine:
    """The words of a paragraph or row, and for each of their letters who brought or struck it; None for nobody."""

    words: tuple[str, ...]
    revisers: tuple[Reviser | None, ...]


@dataclass(frozen=True)
class Acceptance:
    """How tracked changes are read: as accepted or as rejected; those of one author, who is us, always as accepted."""

    accepted: bool = True
    author: str = ""

    def accepts(self, author: str) -> bool:
        """Whether the changes of this author are read as accepted."""
        return self.accepted or (bool(self.author) and author == self.author)


@dataclass(frozen=True)
class ReturnedFile:
    """The document that a file says; its tracked changes; and remarks on all else in it that a person would see.

    `margins` is what its headers and footers say; `lines` are all its lines with who changed them, where anybody did.
    """

    document: Document
    tracked: tuple[TrackedChange, ...] = ()
    remarks: tuple[str, ...] = ()
    margins: tuple[str, ...] = ()
    lines: tuple[RevisedLine, ...] = ()

    def lines_but_of(self, author: str) -> list[RevisedLine]:
        """Its lines with who changed them; one author, who is us, counts as nobody."""
        return [
            replace(line, revisers=tuple(who if who and who.author != author else None for who in line.revisers))
            for line in self.lines
        ]


def quoted(text: str) -> str:
    """Words as a place, cut where they are long."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}..."


def gathered(marks: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Words that are marked, each with its look; where many have one look, the first of them and how many more."""
    by_look: dict[str, list[str]] = {}
    for text, look in marks:
        by_look.setdefault(look, []).append(quoted(text.strip()))
    for look, texts in by_look.items():
        if len(texts) > FEW:
            yield f'"{texts[0]}" and {len(texts) - 1} more, {look}'
        else:
            yield from (f'"{text}", {look}' for text in texts)


def listed(changes: Sequence[TrackedChange], author: str) -> Iterator[str]:
    """The tracked changes in words, each with its author and day; those of one author, who is us, as one."""
    ours = [change for change in changes if author and change.author == author]
    theirs = [change for change in changes if change not in ours]
    if ours:
        yield f"{author}: tracked changes of ours, read as accepted: {len(ours)}"
    for change in theirs[:MOST]:
        who = ", ".join(part for part in (change.author, english.day(change.day) if change.day else "") if part)
        yield f"{who}: {change.sentence}"
    if len(theirs) > MOST:
        yield f"and {len(theirs) - MOST} more tracked changes"
