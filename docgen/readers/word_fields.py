"""The fields of a Word file: their words as they were printed last, and which of those come and go by themselves
(ECMA-376, part 1, 17.16).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from docgen.readers.word_file import W, letters, local_name, place, words

OPENING, RESULT, CLOSING = "begin", "separate", "end"
CHANGING = ("DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "PAGE", "NUMPAGES", "FILENAME", "AUTHOR")


def fields(root: Any) -> Iterator[str]:
    """Each field whose words come and go by themselves; the words of all others are words like any."""
    for element in root.iter(f"{W}fldSimple"):
        yield from _field(element.get(f"{W}instr", ""), words(element), element)
    pieces = list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"))
    yield from _in_pieces(pieces)
    for element in pieces:
        if local_name(element) != "t":
            element.getparent().remove(element)


def _in_pieces(pieces: Iterable[Any]) -> Iterator[str]:
    """The same of fields that begin, go over to their result, and end in pieces of their own."""
    stack: list[list[str]] = []  # of the fields around a place, the instruction of each, and its result once it begins
    for element in pieces:
        kind = element.get(f"{W}fldCharType") or local_name(element)
        if kind == OPENING:
            stack.append([""])
        elif not stack:
            continue
        elif kind == RESULT:
            stack[-1].append("")
        elif kind == CLOSING:
            instruction, *result = stack.pop()
            yield from _field(instruction, "".join(result), element)
        elif kind == "instrText":
            stack[-1][0] += element.text or ""
        elif stack[-1][1:]:
            stack[-1][-1] += letters(element)


def _field(instruction: str, result: str, element: Any) -> Iterator[str]:
    name = (instruction.split() or ["without a name"])[0].upper()
    if not result.strip():
        yield f"the field {name}, which prints nothing{place(element)}"
    elif name in CHANGING:
        yield f'the field {name}, which prints "{result.strip()}", today{place(element)}'


def prompts(root: Any) -> Iterator[str]:
    """Each form field that nobody has filled in."""
    for mark in root.iter(f"{W}showingPlcHdr"):
        content = next(mark.iterancestors(f"{W}sdt"))
        yield f'a form field that shows its prompt "{words(content)}"{place(mark)}'
