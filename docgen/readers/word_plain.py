"""Makes the body of a Word file plain: paragraphs, rows, cells and words, whatever else Word has around and between
them (ECMA-376, part 1, chapter 17). What cannot be words is a remark, with the words where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from lxml import etree
from mammoth.docx.dingbats import dingbats

from docgen.model import english
from docgen.readers import word_fields, word_hidden, word_numbers, word_tracked
from docgen.readers.returned import gathered, quoted
from docgen.readers.word_file import PRIVATE, W, WordFile, beginning, letters, local_name, place, place_words, words
from docgen.readers.word_tracked import unwrap

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
WRAPPERS = ("hyperlink", "dir", "bdo", "fldSimple", "sdtContent", "sdt")
NO_WORDS = ("lastRenderedPageBreak", "softHyphen")
SIGNS = {"noBreakHyphen": "-", "ptab": " "}
OFFICE = ("http://schemas.microsoft.com/office/", "http://schemas.openxmlformats.org/", "urn:schemas-microsoft-com:")
REFUSED = {"altChunk": "a part of another file", "subDoc": "another document", "contentPart": "a part of another file"}
PICTURES = {
    "drawing": "a picture",
    "pict": "a picture",
    "object": "an object of another program",
    "control": "a control",
}
NO_LETTER = "\N{REPLACEMENT CHARACTER}"
SYMBOL_FONTS = frozenset(font for font, _ in dingbats)
LATIN = 0x100
NOTES = ("footnoteReference", "endnoteReference")
USUAL_NUMBERS = {NOTES[0]: "decimal", NOTES[1]: "lowerRoman"}
IN_RUNS = ("rPr", "t", "br", "tab", "footnoteRef", "endnoteRef")


def plain(file: WordFile, root: Any, styles: word_hidden.StyleLooks) -> Iterator[str]:
    """Makes the root plain, and gives a remark for all that no words can say."""
    yield from _notes(file, root)
    yield from _comments(file, root)
    yield from _pictures(root)
    yield from word_fields.fields(root)
    yield from word_fields.prompts(root)
    yield from _symbols(root, styles)
    yield from _signs(root)
    for element in list(root.iter(*(W + name for name in WRAPPERS))):
        unwrap(element)
    yield from word_numbers.put_into_words(root, file.numbering, file.styles)
    yield from _strangers(root)
    yield from gathered(_marked(root))


def refused(root: Any) -> Iterator[str]:
    """What holds words that stand in no paragraph of the file."""
    for name, what in REFUSED.items():
        for element in root.iter(W + name):
            yield f"holds {what}{place(element)}"


def take_choices(root: Any) -> None:
    """Of several ways to say one thing the first that Word knows, as Word takes it."""
    for element in list(root.iter(f"{MC}AlternateContent")):
        element[:] = list(next(filter(_is_word, element.iter(f"{MC}Choice", f"{MC}Fallback")), ()))
        unwrap(element)


def _is_word(choice: Any) -> bool:
    """Whether Word knows all that a way to say something asks for."""
    spaces = [choice.nsmap.get(prefix, "") for prefix in choice.get("Requires", "").split()]
    return all(space.startswith(OFFICE) for space in spaces)


def _comments(file: WordFile, root: Any) -> Iterator[str]:
    """Each comment with who made it, when, on which words; such as stand on words that are gone too."""
    comments = dict(file.comments)
    for mark in list(root.iter(f"{W}commentReference")):
        number = mark.get(f"{W}id")
        if number in comments:
            yield _comment(comments.pop(number), f'"{quoted(_commented(root, number) or place_words(mark))}"')
        elif number not in file.comments:
            yield f"a comment that the file does not hold{place(mark)}"
        mark.getparent().remove(mark)
    for comment in comments.values():
        yield _comment(comment, "words that are not in it any more")


def _comment(comment: Any, on: str) -> str:
    author = " ".join(comment.get(f"{W}author", "").split())
    day = word_tracked.day(comment.get(f"{W}date"))
    who = ", ".join(part for part in (author, english.day(day) if day else "") if part)
    return f'a comment{f" by {who}" if who else ""} on {on}: "{words(comment)}"'


def _commented(root: Any, number: str) -> str:
    """The words between the two ends of a comment."""
    text, inside = [], False
    for element in root.iter(f"{W}commentRangeStart", f"{W}commentRangeEnd", f"{W}t"):
        if element.tag == f"{W}t":
            text += [element.text or ""] if inside else []
        elif element.get(f"{W}id") == number:
            inside = element.tag == f"{W}commentRangeStart"
    return " ".join("".join(text).split())


def of_margins(margins: Iterable[Any]) -> Iterator[str]:
    """What else than words the headers and footers hold: pictures, and words set across a page."""
    for root in margins:
        take_choices(root)
        yield from (f"{text} in a header or footer" for text in dict.fromkeys(_pictures(root)))


def _pictures(root: Any) -> Iterator[str]:
    """Each picture, and the words of each text box."""
    tags = [W + name for name in PICTURES]
    outer = [item for item in root.iter(*tags) if next(item.iterancestors(*tags), None) is None]
    spots = []
    for element in outer:
        inside = list(element.iter(etree.Element))
        boxes = [text for item in inside if item.tag == f"{W}txbxContent" and (text := words(item))]
        boxes += [text for item in inside if local_name(item) == "textpath" and (text := item.get("string"))]
        labels = (item.get("descr") or item.get("name") for item in inside if local_name(item) == "docPr")
        label = next(filter(None, labels), "")
        what = f"{PICTURES[local_name(element)]}{f' ({label})' if label else ''}"
        spot = etree.Element(f"{W}softHyphen")
        element.getparent().replace(element, spot)
        spots.append((spot, f'a text box that says "{" ".join(boxes)}"' if boxes else what))
    for spot, text in spots:
        yield f"{text}{place(spot)}"


def _signs(root: Any) -> Iterator[str]:
    """Symbols, formulas and special hyphens as words; a symbol that no letter stands for is said."""
    for element in list(root.iter(*(W + name for name in NO_WORDS))):
        element.getparent().remove(element)
    for element in root.iter(f"{W}cr", f"{W}br"):  # a break of pages or columns is one of lines too
        element.tag = f"{W}br"
        element.attrib.clear()
    for name, sign in SIGNS.items():
        for element in list(root.iter(W + name)):
            _replace_by_words(element, sign)
    for element in list(root.iter(f"{W}sym")):
        font, code = element.get(f"{W}font", "without a name"), _number(element.get(f"{W}char", ""))
        letter = _letter(font, code)
        if letter == NO_LETTER:
            yield f"a symbol of the font {font} (number {code:X}), for which no letter stands{place(element)}"
        _replace_by_words(element, letter)
    for formula in list(root.iter(f"{MATH}oMath")):
        text = "".join(part.text or "" for part in formula.iter(f"{MATH}t"))
        yield f'a formula, read as "{text}"{place(formula)}'
        run = etree.Element(f"{W}r")
        formula.getparent().replace(formula, run)
        run.append(etree.Element(f"{W}t"))
        run[0].text = text
    for element in list(root.iter(f"{MATH}oMathPara")):
        unwrap(element)


def _letter(font: str, code: int) -> str:
    """The letter that stands for a sign of a font of symbols."""
    letter = dingbats.get((font, code), dingbats.get((font, code - PRIVATE)))
    return chr(letter) if letter is not None else NO_LETTER


def _is_symbol(sign: str) -> bool:
    """Whether a font of symbols has a sign of its own in the place of this one."""
    return ord(sign) < LATIN or PRIVATE <= ord(sign) < PRIVATE + LATIN


def _symbols(root: Any, styles: word_hidden.StyleLooks) -> Iterator[str]:
    """Words that are set in a font of symbols, as what Word shows in their place."""
    for run in root.iter(f"{W}r"):
        font = word_hidden.font(run, styles)
        for text in run.iter(f"{W}t") if font in SYMBOL_FONTS else ():
            text.text = "".join(_letter(font, ord(sign)) if _is_symbol(sign) else sign for sign in text.text or "")
            if NO_LETTER in text.text:
                yield f"signs of the font {font}, for which no letter stands{place(text)}"


def _number(text: str) -> int:
    """A number of base 16; nought for none."""
    return int(text, 16) if re.fullmatch("[0-9A-Fa-f]+", text) else 0


def _replace_by_words(element: Any, text: str) -> None:
    piece = etree.Element(f"{W}t")
    piece.text = text
    element.getparent().replace(element, piece)


def _notes(file: WordFile, root: Any) -> Iterator[str]:
    """Puts each footnote behind the block that calls it, each endnote at the end, with its sign."""
    counts = dict.fromkeys(NOTES, 0)
    last: dict[Any, Any] = {}
    body = root.find(f"{W}body")
    for reference in list(root.iter(*(W + name for name in NOTES))):
        kind = local_name(reference)
        note = (file.footnotes if kind == NOTES[0] else file.endnotes).get(reference.get(f"{W}id"))
        follows = reference.get(f"{W}customMarkFollows", "0") not in word_hidden.OFF
        counts[kind] += not follows
        sign = words(reference.getparent()) if follows else _note_number(file, root, kind, counts[kind])
        run = reference.getparent()
        if not follows:
            _replace_by_words(reference, sign)
        else:
            run.remove(reference)
        _raise(run)
        if note is None:
            yield f"the footnote {sign}, which the file does not hold{place(run)}"
            continue
        block = next(item for item in [run, *run.iterancestors()] if item.getparent() is body)
        after = last.get(block, block) if kind == NOTES[0] else body.findall(f"{W}p")[-1]
        for paragraph in _note_paragraphs(note, sign):
            after.addnext(paragraph)
            after = last[block] = paragraph


def _note_number(file: WordFile, root: Any, kind: str, number: int) -> str:
    """The number of a note as it prints: in the format of its pages, else of its file, else the usual (17.11.18)."""
    path = f".//{W}{kind.removesuffix('Reference')}Pr/{W}numFmt"
    formats = [element for part in (root, file.settings) if part is not None for element in part.iterfind(path)]
    form = formats[0].get(f"{W}val", "") if formats else USUAL_NUMBERS[kind]
    return word_numbers.printed(form, number) or str(number)


def _note_paragraphs(note: Any, sign: str) -> list[Any]:
    """The paragraphs of a note, with its sign at the beginning."""
    paragraphs = list(note.iter(f"{W}p"))
    for paragraph in paragraphs[:1]:
        run = etree.Element(f"{W}r")
        paragraph.insert(beginning(paragraph), run)
        run.append(etree.Element(f"{W}t"))
        run[0].text = sign
        _raise(run)
        run.addnext(_blank())
    return paragraphs


def _blank() -> Any:
    run = etree.Element(f"{W}r")
    run.append(etree.Element(f"{W}t"))
    run[0].text = " "
    return run


def _raise(run: Any) -> None:
    """Raises the words of a run, as the sign of a footnote stands, whatever other looks it has."""
    looks = etree.Element(f"{W}rPr")
    etree.SubElement(looks, f"{W}vertAlign", {f"{W}val": "superscript"})
    run.insert(0, looks)


def _strangers(root: Any) -> Iterator[str]:
    """What stands among words and is none that docgen reads, with its words."""
    for run in list(root.iter(f"{W}r")):
        for element in list(run):
            if isinstance(element.tag, str) and not (element.tag.startswith(W) and local_name(element) in IN_RUNS):
                text = words(element)
                yield f"<{local_name(element)}>{f' that says {chr(34)}{text}{chr(34)}' if text else ''}{place(element)}"
                run.remove(element)
    for element in root.iter(etree.Element):
        text = "" if element.tag == f"{W}t" else (element.text or "").strip()
        for name, loose in ((element, text), (element.getparent(), (element.tail or "").strip())):
            if loose:
                yield f'<{local_name(name)}> says "{quoted(loose)}", which Word does not show'


def _marked(root: Any) -> Iterator[tuple[str, str]]:
    """Words that a person has marked by their looks; runs side by side of one look are one."""
    for paragraph in root.iter(f"{W}p"):
        by_look = groupby(paragraph.iter(f"{W}r"), lambda run: word_hidden.eye_catching(run) if words(run) else "")
        yield from (("".join(map(letters, runs)), look) for look, runs in by_look if look)
