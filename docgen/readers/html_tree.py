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
NO_WORDS = ("style", "script", "title")
STRUCK = ("s", "strike", "del")
DELETED, INSERTED = "msodel", "msoins"  # Word's classes, in filtered HTML
PICTURES = {"img": "a picture", "svg": "a picture", "canvas": "a picture", "object": "an object of another program"}
PICTURES |= {"iframe": "another page", "embed": "an object of another program", "video": "a film", "input": "a field"}
PICTURES |= {"select": "a field", "textarea": "a field", "math": "a formula"}
AROUND = ("tr", "p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "body")
LIGHT = 0.97  # of each part of a ground, from which it is paper


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
    first = next(root.iter("p"), None)
    if first is not None and first.get("style") == roles.DRAFT_MARK_HTML:
        first.drop_tree()  # as the header of a Word file, it is no part of what the paper says
    for element in list(root.iter(*NO_WORDS)):
        element.drop_tree()
    margins = [element for element in root.iter("div") if element.get("title") in ("header", "footer")]  # LibreOffice's
    margin_words = tuple(text for element in margins if (text := _line(element)))
    for element in margins:
        element.drop_tree()
    tracked = tuple(_tracked(root))
    pictures, marked = tuple(_pictures(root)), tuple(gathered(_marked(root)))
    _settle(root, acceptance)
    remarks = (*pictures, *html_lists.put_into_words(root), *marked, *html_unseen.remarks(text))
    letters = "".join("".join(root.itertext()).split())
    return ReturnedPage(root, letters, tracked, remarks, margin_words, tuple(_revisers(root)))


def _decoded(data: bytes) -> str:
    """The file's text: as its first bytes say, else as it says itself, else as Windows writes it."""
    charsets = [name.decode("ascii") for name in CHARSET.findall(data[:4000])]
    for encoding in (file_kinds.encoding(data), *charsets, "cp1252"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("latin-1")


def _inline(root: Any) -> None:
    """Puts what style sheets of the file say into the style of each element, before its own."""
    if root.find(".//style") is None:
        return
    matcher = cssselect2.Matcher()
    for sheet in root.iter("style"):
        for rule in tinycss2.parse_stylesheet(sheet.text_content()):
            if rule.type != "qualified-rule":
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, tinycss2.serialize(rule.content))
    for wrapper in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        if styles := [match[-1] for match in matcher.match(wrapper)]:
            element = wrapper.etree_element
            element.set("style", ";".join([*styles, *element.xpath("@style")]))


def _refuse(file: str, data: bytes, root: Any) -> None:
    """DataProblem for words that nobody sees, and for tables that cannot be told apart."""
    check = nothing_hidden.check
    faults = list(check(File("returned.htm", data))) if check else []
    if check and not faults and root.find(".//style") is not None:
        faults = [*check(File("returned.htm", lxml_html.tostring(root)))]
    problems = [Problem(Where(file, fault.line), fault.words, SEEN) for fault in faults[:MOST_FAULTS]]
    for table in root.iterfind(".//table//table"):
        fault = f'{TABLE_IN_TABLE}: "{" ".join(table.text_content().split())[:60]}"'
        problems.append(Problem(Where(file), fault, "put its rows into the table around it, or beside it"))
    if problems:
        raise DataProblem(problems)


def _is_struck(element: Any) -> bool:
    return element.tag in STRUCK or _is_of(element, DELETED) or "line-through" in _decoration(element)


def _is_inserted(element: Any) -> bool:
    return element.tag == "ins" or _is_of(element, INSERTED)


def _is_tracked(element: Any) -> bool:
    """Whether a program has marked an element as inserted or deleted, and no person by a look."""
    return element.tag in ("del", "ins") or _is_of(element, DELETED, INSERTED)


def _is_of(element: Any, *classes: str) -> bool:
    return any(name.lower() in classes for name in element.classes)


def _decoration(element: Any) -> str:
    return _look_of(element, "text-decoration", "text-decoration-line")


def _look_of(element: Any, *names: str) -> str:
    """The value of the property that has the last word among these; empty where none is set."""
    looks = reversed(css.properties(element.get("style", "")))
    return next((item.value for item in looks if item.name in names), "")


def _tracked(body: Any) -> Iterator[TrackedChange]:
    """What is marked as inserted or deleted, each mark once, with the author that it names."""
    for element in body.iter():
        is_struck, text = _is_struck(element), _line(element)
        if not text or not (is_struck or _is_inserted(element)) or any(map(_is_struck, element.iterancestors())):
            continue
        author = (_author(element) or NO_AUTHOR) if _is_tracked(element) else BY_HAND
        verb = "deleted" if is_struck else "inserted"
        yield TrackedChange(author, day(element.get("datetime")), verb, text, _place(element))


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
        text = element.text if event == "start" else element.tail
        yield from [around[-1]] * len("".join((text or "").split()))


def _moment(element: Any) -> str:
    when = day(element.get("datetime"))
    return f"{when}T00:00:00Z" if when else NO_MOMENT


def _settle(body: Any, acceptance: Acceptance) -> None:
    """Takes away what is deleted, or what is inserted where changes are rejected, and rows left without words."""
    for element in list(body.iter()):
        accepts = acceptance.accepts(_author(element))
        if element.getparent() is not None and (_is_struck(element) if accepts else _is_inserted(element)):
            around = list(element.iterancestors("tr", "li"))
            element.drop_tree()
            for item in around:
                if not _line(item) and item.getparent() is not None:
                    item.drop_tree()


def _line(element: Any) -> str:
    return " ".join(element.text_content().split())


def _place(element: Any) -> str:
    return quoted(_line(next(element.iterancestors(*AROUND), element)))


def _pictures(body: Any) -> Iterator[str]:
    for element in list(body.iter(*PICTURES)):
        label = element.get("alt") or element.get("title") or ""
        text, place = _line(element) or element.get("value", ""), _place(element)
        parts = [PICTURES[element.tag], label and f"({label})", text and f'that says "{quoted(text)}"']
        yield " ".join(filter(None, (*parts, place and f'in "{place}"')))
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
    if (element.tag == "u" or "underline" in _decoration(element)) and not _is_tracked(element):
        return "underlined"
    ground = _look_of(element, "background", "background-color") or element.get("bgcolor", "")
    colour = colours.first(ground)
    if colour is not None and colour[3] and min(colour[:3]) < LIGHT:
        return f"on the colour {ground}"
    words = _look_of(element, "color") or element.get("color", "")
    return f"in the colour {words}" if colours.is_coloured(words) and element.tag != "a" else ""
