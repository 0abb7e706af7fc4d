"""An HTML file that somebody sent back, whoever made it: its body made plain, and what is marked in it.

What a person would see struck through there is deleted, as `<del>` is; what is underlined or coloured is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import cssselect2
import tinycss2
from lxml import etree
from lxml import html as lxml_html

from docgen.document import roles
from docgen.document.tree import Reviser
from docgen.edgar import colours, css
from docgen.edgar.rule import File
from docgen.edgar.style_rules import nothing_hidden
from docgen.files import file_kinds, html_tags
from docgen.problems import DataProblem, Problem, Where
from docgen.readers import html_lists, html_unseen
from docgen.readers.returned import BY_HAND, NO_AUTHOR, NO_MOMENT, Acceptance, TrackedChange, gathered, quoted
from docgen.readers.word_tracked import day
from docgen.readers.word_tree import MOST_FAULTS, SEEN, TABLE_IN_TABLE, ReturnedPage

CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
NO_WORDS = ("style", "script", "head", "title", "meta", "link", "col", "colgroup")
STRUCK, UNDERLINED, RAISED = ("s", "strike", "del"), ("u", "ins"), ("sup",)
STRUCK_CLASSES, INSERTED_CLASSES = ("msodel",), ("msoins",)  # Word's, in filtered HTML
PICTURES = {"img": "a picture", "svg": "a picture", "canvas": "a picture", "object": "an object of another program"}
PICTURES |= {"iframe": "another page", "embed": "an object of another program", "video": "a film", "input": "a field"}
PICTURES |= {"select": "a field", "textarea": "a field", "math": "a formula"}
AROUND = ("tr", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "body")
LEAST_HUE, LIGHT = 0.3, 0.97  # from which a colour is one; of each part of a ground, from which it is paper


def page(file: str, data: bytes, acceptance: Acceptance) -> ReturnedPage:
    """What an HTML file says, with its tracked changes read so; DataProblem where that cannot be told for certain."""
    text = _decoded(data)
    html_tags.refuse_crowded(file, text)
    root = lxml_html.document_fromstring(
        text.encode(),
        parser=lxml_html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True),
    )
    _inline(root)
    _refuse(file, data, root)
    body = root.find("body") if root.find("body") is not None else root
    first = next(body.iter("h1", "h2", "h3", "p", "table"), None)
    if first is not None and first.tag == "p" and first.get("style") == roles.DRAFT_MARK_HTML:
        first.drop_tree()  # as the header of a Word file, it is no part of what the paper says
    for element in list(body.iter(*NO_WORDS)):
        element.drop_tree()
    margins = [element for element in body.iter("div") if element.get("title") in ("header", "footer")]  # LibreOffice's
    margin_words = tuple(text for element in margins if (text := _line(element)))
    for element in margins:
        element.drop_tree()
    tracked = tuple(_tracked(body))
    pictures, marked = tuple(_pictures(body)), tuple(gathered(_marked(body)))
    _settle(body, acceptance)
    remarks = (*pictures, *html_lists.put_into_words(body), *marked, *html_unseen.remarks(text))
    letters = "".join("".join(body.itertext()).split())
    return ReturnedPage(body, letters, tracked, remarks, margin_words, tuple(_revisers(body)) if tracked else ())


def _decoded(data: bytes) -> str:
    """The file's text: as its first bytes say, else as it says itself, else as Windows writes it."""
    says = CHARSET.search(data[:4000])
    for encoding in (file_kinds.encoding(data), says[1].decode("ascii") if says else "cp1252", "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _inline(root: Any) -> None:
    """Puts what style sheets of the file say into the style of each element, before its own."""
    matcher = cssselect2.Matcher()
    count = 0
    for sheet in root.iter("style"):
        for rule in tinycss2.parse_stylesheet(sheet.text or ""):
            if rule.type != "qualified-rule":
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, tinycss2.serialize(rule.content))
                    count += 1
    if not count:
        return
    for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        matches = sorted(matcher.match(wrapper), key=lambda match: match[:2])
        styles = [match[-1] for match in matches]
        if styles and wrapper.etree_element.tag != "html":
            element = wrapper.etree_element
            element.set("style", ";".join([*styles, element.get("style", "")]))


def _refuse(file: str, data: bytes, root: Any) -> None:
    """DataProblem for words that nobody sees, and for tables that cannot be told apart."""
    check = nothing_hidden.check
    faults = list(check(File("returned.htm", data))) if check else []
    if check and not faults and root.find(".//style") is not None:
        faults = [*check(File("returned.htm", lxml_html.tostring(root, encoding="ascii")))]
    problems = [Problem(Where(file, fault.line), fault.words, SEEN) for fault in faults[:MOST_FAULTS]]
    for table in root.iterfind(".//table//table"):
        fault = f'{TABLE_IN_TABLE}: "{" ".join(table.text_content().split())[:60]}"'
        problems.append(Problem(Where(file), fault, "put its rows into the table around it, or beside it"))
    if problems:
        raise DataProblem(problems)


def _is_struck(element: Any) -> bool:
    return element.tag in STRUCK or _has(element, "line-through", STRUCK_CLASSES)


def _is_underlined(element: Any) -> bool:
    return element.tag in UNDERLINED or _has(element, "underline", INSERTED_CLASSES)


def _has(element: Any, decoration: str, classes: tuple[str, ...]) -> bool:
    """Whether an element has this decoration, or is of one of these classes."""
    by_class = any(name in classes for name in element.get("class", "").lower().split())
    return by_class or any(decoration in item.value for item in _looks(element, "text-decoration"))


def _looks(element: Any, name: str) -> list[css.Property]:
    style = element.get("style", "")
    return [item for item in css.properties(style) if item.name.startswith(name)] if name in style.lower() else []


def _tracked(body: Any) -> Iterator[TrackedChange]:
    """What is marked as inserted or deleted, each mark once, with the author that it names."""
    for element in body.iter():
        struck, underlined = _is_struck(element), _is_underlined(element)
        text = _line(element)
        outer = next((item for item in element.iterancestors() if _is_struck(item)), None)
        if (
            not text
            or not (struck or element.tag == "ins" or (underlined and _is_of_word(element)))
            or outer is not None
        ):
            continue
        if element.tag in ("del", "ins"):
            author = _author(element) or NO_AUTHOR
        else:
            author = NO_AUTHOR if _is_of_word(element) else BY_HAND
        verb = "deleted" if struck else "inserted"
        yield TrackedChange(author, day(element.get("datetime", "")), verb, text, _place(element))


def _is_of_word(element: Any) -> bool:
    return any(name in STRUCK_CLASSES + INSERTED_CLASSES for name in element.get("class", "").lower().split())


def _author(element: Any) -> str:
    return unquote(element.get("cite", "")).removeprefix("mailto:")


def _revisers(body: Any) -> Iterator[Reviser | None]:
    """For each letter of a settled body whose change it is, where a mark around it names somebody."""
    around: list[Reviser | None] = [None]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            named = element.tag in ("del", "ins") and _author(element)
            around.append(Reviser(_author(element), _moment(element)) if named else around[-1])
        else:
            around.pop()
        text = element.text if event == "start" else element.tail if element is not body else ""
        yield from [around[-1]] * len("".join((text or "").split()))


def _moment(element: Any) -> str:
    when = day(element.get("datetime", ""))
    return f"{when}T00:00:00Z" if when else NO_MOMENT


def _settle(body: Any, acceptance: Acceptance) -> None:
    """Takes away what is deleted, or what is inserted where changes are rejected, and rows left without words."""
    for element in list(body.iter()):
        if element.getparent() is None or element is body:
            continue
        struck, tracked = _is_struck(element), element.tag == "ins" or _has_class(element, INSERTED_CLASSES)
        falls = struck if acceptance.accepts(_author(element)) else tracked
        if (struck or tracked) and falls:
            around = list(element.iterancestors("tr", "p", "li"))
            element.drop_tree()
            for item in around:
                if not _line(item) and item.getparent() is not None:
                    item.drop_tree()


def _has_class(element: Any, classes: tuple[str, ...]) -> bool:
    return any(name in classes for name in element.get("class", "").lower().split())


def _line(element: Any) -> str:
    return " ".join(element.text_content().split())


def _place(element: Any) -> str:
    around = next(element.iterancestors(*AROUND), None)
    return quoted(_line(around)) if around is not None else ""


def _pictures(body: Any) -> Iterator[str]:
    for element in list(body.iter(*PICTURES)):
        label = element.get("alt") or element.get("title") or ""
        text, place = _line(element) or element.get("value", ""), _place(element)
        parts = [PICTURES[element.tag], label and f"({label})", text and f'that says "{quoted(text)}"']
        yield " ".join(part for part in (*parts, place and f'in "{place}"') if part)
        element.drop_tree()


def _marked(body: Any) -> Iterator[tuple[str, str]]:
    """Words that are underlined, coloured, or on a ground of their own; an element inside another like it is none."""
    for element in body.iter():
        look = _look(element)
        if look and element.tag not in ("body", "html") and (text := _line(element)):
            around = next(element.iterancestors(), None)
            if around is None or _look(around) != look:
                yield text, look


def _look(element: Any) -> str:
    """How a person would see an element marked; empty where nothing is to be seen."""
    if _is_underlined(element) and element.tag != "ins" and not _is_of_word(element):
        return "underlined"
    ground = next((item.value for item in reversed(_looks(element, "background"))), element.get("bgcolor", ""))
    colour = colours.parsed(ground.split()[0]) if ground.strip() else None
    if colour is not None and colour[3] and min(colour[:3]) < LIGHT:
        return f"on the colour {ground}"
    words = [item.value for item in _looks(element, "color")] or [element.get("color", "")]
    shade = colours.parsed(words[-1]) if words[-1] else None
    if shade is not None and max(shade[:3]) - min(shade[:3]) > LEAST_HUE and element.tag != "a":
        return f"in the colour {words[-1]}"
    return ""
