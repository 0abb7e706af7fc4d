"""What stands under the heading of a schedule: its tables, the words before each, and the notes under it."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.importing.groups import TableReading
from docgen.importing.pieces import PagePiece


@dataclass
class TablePart:
    """Tables that stand together under one heading, with the words before them and the notes under them."""

    before: list[PagePiece] = field(default_factory=list)
    pieces: list[PagePiece] = field(default_factory=list)
    notes: list[PagePiece] = field(default_factory=list)
    reading: TableReading | None = None


@dataclass
class SchedulePart:
    """One schedule: its heading's pieces, and its tables."""

    heading: list[PagePiece]
    tables: list[TablePart] = field(default_factory=lambda: [TablePart()])
    attached: bool = False

    @property
    def lines(self) -> list[str]:
        """The lines of its heading."""
        return [line for piece in self.heading for line in piece.lines]
