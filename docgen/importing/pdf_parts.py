"""The parts of a row of a PDF's table: its name, and what stands beside that."""

from __future__ import annotations

from dataclasses import dataclass, field

from docgen.importing.page_lines import Span
from docgen.importing.pieces import LinePlace

EVEN = 0.2  # heights of a line by which what stands beside one another may be off


@dataclass
class RowPart:
    """Lines of a row but its name, or of a name: their words by columns, and where the first and the last stand."""

    top: float
    bottom: float
    place: LinePlace
    texts: dict[int, list[Span]] = field(default_factory=dict)
    underlined: bool = False

    @property
    def middle(self) -> float:
        """Half way from its first line to its last."""
        return (self.top + self.bottom) / 2

    def add(self, texts: dict[int, list[Span]], height: float) -> None:
        """Takes in one more line."""
        self.bottom = height
        for number, spans in texts.items():
            self.texts.setdefault(number, []).extend(spans)

    def ends(self, texts: dict[int, list[Span]]) -> bool:
        """Whether a line is of another row: its values stand under values, or under heads, each under one."""
        values = [number for number, spans in texts.items() if any(span.is_value for span in spans)]
        heads = len(self.texts) > 1 and not any(map(self.has_value, self.texts)) and {*self.texts} == {*values}
        return heads or any(map(self.has_value, values))

    def has_value(self, number: int) -> bool:
        """Whether a column has a value."""
        return any(span.is_value for span in self.texts.get(number, ()))
