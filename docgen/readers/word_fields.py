"""The fields of a Word file: their words as they were printed last, and which of those come and go by themselves
(ECMA-376, part 1, 17.16).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.readers.word_file import W, local_name, place, words

OPENING, RESULT, CLOSING = "begin", "separate", "end"
CHANGING = ("DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE", "PAGE", "NUMPAGES", "FILENAME", "AUTHOR")


def fields(root: Any) -> Iterator[str]:
    """Each field whose words come and go by themselves; the words of all others are words like any."""
    for element in root.iter(f"{W}fldSimple"):
        yield from _field(element.get(f"{W}instr", ""), words(element), element)
    stack: list[tuple[list[str], list[str]]] = []  # of the fields around a place, their instructions and their results
    is_result: list[bool] = []
    pieces = list(root.iter(f"{W}fldChar", f"{W}instrText", f"{W}t"))
    for element in pieces:
        kind = element.get(f"{W}fldCharType") if local_name(element) == "fldChar" else local_name(element)
        if kind == OPENING:
            stack.append(([], []))
            is_result.append(False)
        elif kind == RESULT and stack:
            is_result[-1] = True
        elif kind == CLOSING and stack:
            instruction, result = stack.pop()
            is_result.pop()
            yield from _field("".join(instruction), "".join(result), element)
        elif stack and kind == "instrText":
            stack[-1][0].append(element.text or "")
        elif stack and kind == "t" and is_result[-1]:
            stack[-1][1].append(element.text or "")
    for element in pieces:
        if local_name(element) != "t":
            element.getparent().remove(element)


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
