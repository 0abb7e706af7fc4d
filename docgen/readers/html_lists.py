"""The numbers and signs that a browser prints before the items of a list by itself, worked out as a person sees them
(HTML, 4.4.5 and 15.3.8; CSS Lists, 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docgen.edgar import css
from docgen.model import english
from docgen.readers.returned import quoted

LISTS = ("ol", "ul", "menu")
OF_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
SIGNS = {"disc": "\N{BULLET}", "circle": "\N{WHITE BULLET}", "square": "\N{BLACK SMALL SQUARE}"}
NUMBERS = ("decimal", "decimal-leading-zero")
LETTERS = {"alpha": "a", "latin": "a", "roman": "i"}
AROUND_WORDS = ("p", "div", "span", "font", "b", "i", "u", "a", "em", "strong")


def put_into_words(body: Any) -> Iterator[str]:
    """Puts each number into words at the beginning of its item; a remark for each that cannot be worked out."""
    for element in body.iter(*LISTS):
        items = [item for item in element if item.tag == "li"]
        is_reversed = "reversed" in element.attrib
        number = _whole(element.get("start"), len(items) if is_reversed else 1)
        for item in items:
            number = _whole(item.get("value"), number)
            sign = _sign(_kind(item, element), number)
            words = " ".join(item.text_content().split())
            if sign is None:
                yield f'a number or sign that a browser puts before "{quoted(words)}" by itself'
            elif sign and words:
                place = _words(item)
                place.text = f"{sign} {place.text or ''}"
            number += -1 if is_reversed else 1


def _words(element: Any) -> Any:
    """The element in which the first words of another stand."""
    while not (element.text or "").strip():
        first = next((inner for inner in element if (inner.text_content() + (inner.tail or "")).strip()), None)
        if first is None or first.tag not in AROUND_WORDS:
            break
        element = first
    return element


def _kind(item: Any, around: Any) -> str:
    """What an item is numbered or marked with, by its styles and types, else as lists are."""
    for element in (item, around):
        listed = [item for item in css.properties(element.get("style", "")) if item.name.startswith("list-style")]
        words = [word for item in listed for word in item.value.lower().split()]
        if kinds := [word for word in words if word in ("none", *SIGNS, *NUMBERS) or word.endswith(tuple(LETTERS))]:
            return kinds[-1]
        if words and not {"inside", "outside"}.issuperset(words):
            return words[0]
        if kind := element.get("type"):
            return OF_TYPES.get(str(kind), str(kind).lower())
    return "decimal" if around.tag == "ol" else "disc"


def _sign(kind: str, number: int) -> str | None:
    """What prints before an item; None where that cannot be worked out."""
    if kind == "none" or kind in SIGNS:
        return SIGNS.get(kind, "")
    if kind in NUMBERS:
        return f"{number:02}." if kind != NUMBERS[0] else f"{number}."
    case, _, script = kind.partition("-")
    marks = english.marks(f"{LETTERS[script]})") if script in LETTERS and case in ("lower", "upper") else ()
    if not 0 < number <= len(marks):
        return None
    text = marks[number - 1].removesuffix(")")
    return f"{text.upper() if case == 'upper' else text}."


def _whole(text: str | None, usual: int) -> int:
    try:
        return int(text) if text else usual
    except ValueError:
        return usual
