"""The rules for HTML, B1 to B9, B11 and B18: tags, attributes, links, images and entities of a .htm document."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from html import unescape
from html.entities import name2codepoint
from urllib.parse import unquote

from docgen.edgar.html_tables import ATTRIBUTES, CORE, DISPUTED, REFUSED, TAKEN
from docgen.edgar.html_tokens import AMPERSAND, Token
from docgen.edgar.rule import File, Found, Rule, at_each, found_at, found_in, judged, remembered, rule, tag_rule
from docgen.edgar.text_rules import WRAPPER

CHECKER = "the SEC's checker of HTML, published with Arelle"
ARCHIVES = re.compile(r"https?://www\.sec\.gov/(ix\?doc=/)?Archives/edgar/data/")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
SCRIPT = re.compile(r"javascript\s*:|vbscript\s*:", re.IGNORECASE)
NUMBER = re.compile("#(?:[xX]([0-9a-fA-F]+)|([0-9]+))")
LARGEST = 5_000_000
KNOWN = TAKEN | REFUSED | DISPUTED | WRAPPER
NO_TAG = "take the tag out and keep its words"
LOOKS = 'write the looks on each tag, as in <p style="text-align:center">'
IN_PLACE_OF = {
    "style": f"take it out with all that it holds, and {LOOKS}",
    "link": f"take it out, and {LOOKS}",
    "svg": "take it out with all that it holds; a picture is a .jpg or .gif beside the file",
    "script": "take it out with all that it holds; a submission with a program is suspended",
}
MENDED = "browsers mend that, EDGAR may not"
WHITE = (9, 10, 13)  # of the codes below the blank: a tab, and what ends a line
CONTROLS = range(0x80, 0xA0)  # what Windows has as quotation marks and dashes, and HTML as nothing
SURROGATES = range(0xD800, 0xE000)


@tag_rule("B1", "EDGAR Filer Manual vol. II, 5.2.2; SEC guide to HTML on EDGAR")
def html_and_no_xml(mark: Token) -> Iterator[Found]:
    """The file is HTML 3.2 with a few attributes of 4.0: no XML declaration, no CDATA, no other kind of document.

    What EDGAR does not take suspends the whole submission. The rules B2 to B12 say it tag by tag.
    """
    if mark.kind == "declaration" and not re.match(r"<!doctype\s+html\b", mark.text, re.IGNORECASE):
        yield Found(f"{mark.text[:40]} is not HTML", "take it out")


@tag_rule("B2", f"{CHECKER}; EDGAR Filer Manual vol. II, 5.2.2.3")
def known_tags(tag: Token) -> Iterator[Found]:
    """Every tag is one that EDGAR knows.

    A tag in neither of EDGAR's lists is refused like one that it names as refused.
    """
    if tag.name and tag.name not in KNOWN:
        yield Found(f"EDGAR knows no <{tag.name[:40]}>", IN_PLACE_OF.get(tag.name, NO_TAG))


@tag_rule("B3", f"{CHECKER}; EDGAR Filer Manual vol. II, 5.2.2.4")
def no_refused_tags(tag: Token) -> Iterator[Found]:
    """No tag is on EDGAR's list of refused tags: script, style, form, frame, object, col and some fifty more."""
    if tag.kind == "start" and tag.name in REFUSED:
        yield Found(f"EDGAR refuses <{tag.name}>", IN_PLACE_OF.get(tag.name, NO_TAG))


@tag_rule("B4", f"{CHECKER}, against the SEC's list for XBRL text", severity="warning")
def no_disputed_tags(tag: Token) -> Iterator[Found]:
    """No span, thead, tbody or tfoot.

    Two lists of the SEC disagree on them, and accepted filings have span; so this is a warning.
    """
    if tag.kind == "start" and tag.name in DISPUTED:
        yield Found(f"<{tag.name}> is taken by one list of the SEC and refused by another", NO_TAG)


@tag_rule("B5", "EDGAR Filer Manual vol. II, 5.2.2.5; the DTD with the SEC's checker", severity="warning")
def known_attributes(tag: Token) -> Iterator[Found]:
    """Every attribute is one that EDGAR's HTML has for its tag.

    id, class, style, title, lang and dir go with every tag; th has no scope, font no face. The checker has the DTD
    that lists them and does not hold files against it, and accepted filings have others; so this is a warning.
    """
    known = CORE | ATTRIBUTES.get(tag.name, frozenset()) | {"/"}
    for name, _ in tag.attributes if tag.name in TAKEN else ():
        if name not in known and not _forbidden(tag.name, name):
            yield Found(f"<{tag.name}> has no attribute {name[:40]}", "take the attribute out")


def _forbidden(tag: str, name: str) -> bool:
    return name.startswith(("on", "xmlns")) or (tag, name) in {("body", "background"), ("meta", "http-equiv")}


@tag_rule("B6", CHECKER)
def no_forbidden_attributes(tag: Token) -> Iterator[Found]:
    """No on... handler, no background on body, no http-equiv on meta, no xmlns.

    So a charset cannot be declared, and the file is kept in ASCII.
    """
    for name, _ in tag.attributes:
        if _forbidden(tag.name, name):
            yield Found(f"EDGAR refuses {name[:40]} on <{tag.name}>", "take it out")


@tag_rule("B7", f"17 CFR 232.106; {CHECKER}")
def no_active_content(tag: Token) -> Iterator[Found]:
    """No link or image is a program: javascript: is refused.

    A submission with executable code is suspended.
    """
    for name, value in tag.attributes:
        if name in ("href", "src") and SCRIPT.search(value):
            yield Found(f"{name} is a program", "take the link out")


@rule("B8", f"{CHECKER}; EDGAR Filer Manual vol. II, 5.2.2", "htm")
def links(file: File) -> Iterator[Found]:
    """A link leads to a place in the same file, to a file of the same submission, or into EDGAR's archive.

    A file of the submission is spelled exactly; files that are checked together are one submission. The archive
    is www.sec.gov/Archives/edgar/data/.
    """
    anchors = {value for tag in file.distinct for name, value in tag.attributes if name in ("id", "name")}
    links = [token for token in file.distinct if token.name == "a"]
    return at_each(file, judged(lambda tag: _wrong_link(tag.get("href"), anchors, file), links))


def _wrong_link(link: str, anchors: set[str], file: File) -> Iterator[Found]:
    """What is wrong with where a link leads."""
    target, _, place = link.partition("#")
    if SCRIPT.search(link) or (ARCHIVES.match(link) and ".." not in unquote(unquote(link))):
        return
    if ABSOLUTE.match(link):
        remedy = "link to www.sec.gov/Archives/edgar/data/, or take the link out"
        yield Found(f'"{link[:60]}" leads out of EDGAR', remedy)
    elif target and target != file.base:
        if target not in file.others:
            yield Found(f'"{link[:60]}" is not a file of this submission', "name it with the others")
    elif place and place not in anchors and unquote(place) not in anchors:
        yield Found(f'"{place[:60]}" not found in this file', 'name the place: <a name="...">')


@rule("B9", f"{CHECKER}; SEC guide to HTML on EDGAR", "htm")
def images(file: File) -> Iterator[Found]:
    """An image is a .jpg or .gif file of the same submission.

    It is attached as a GRAPHIC; its data may not stand in the HTML. Words and tables may not be images, 17 CFR 232.304.
    """
    images = [token for token in file.distinct if token.kind == "start" and token.name == "img"]
    return at_each(file, judged(lambda tag: _wrong_image(tag, file), images))


def _wrong_image(tag: Token, file: File) -> Iterator[Found]:
    source = tag.get("src")
    if SCRIPT.search(source):
        return
    if not source.lower().endswith((".jpg", ".gif")) or ABSOLUTE.match(source):
        yield Found(f'"{source[:40]}" is no .jpg or .gif beside this file', "attach one")
    elif source not in file.others:
        yield Found(f'"{source[:60]}" is not a file of this submission', "attach it", severity="warning")


@rule("B11", "EDGAR Filer Manual vol. II, 5.2.2.6; the SEC's list of entities; HTML 4.01, 5.3", "htm")
def entities(file: File) -> Iterator[Found]:
    """A named entity is one of HTML 4's, or &apos;; a numbered one is a character; a & alone is written &amp;.

    The names of HTML 5 are not taken. EDGAR takes every number; but some are no characters, and 128 to 159 are the
    quotation marks and dashes of Windows, which HTML does not have there. Both are warnings, as is a & that begins no
    entity.
    """
    faults = _wrong_entities(file.distinct)
    for number, token in enumerate(file.tokens if faults or AMPERSAND.search(file.text) else ()):
        for one in faults.get(token, ()):
            yield found_in(file, number, one.words, one.remedy, one.severity)
        for mark in AMPERSAND.finditer(token.text if token.kind == "text" else ""):
            words = f"a & that begins no entity: {MENDED}"
            yield found_at(file, file.offset(number) + mark.start(), words, "write &amp;", "warning")


@remembered
def _wrong_entities(entity: Token) -> Iterator[Found]:
    if entity.kind != "entity":
        return
    name = entity.text[1:-1]
    if number := NUMBER.fullmatch(name):
        yield from _wrong_number(entity.text, int(number[1], 16) if number[1] else int(number[2]))
    elif name not in name2codepoint and name != "apos":
        yield Found(f"EDGAR knows no {entity.text}", "write it by its number, as in &#8217;")


def _wrong_number(text: str, number: int) -> Iterator[Found]:
    """What is wrong with the number of an entity; in place of Windows's signs their own numbers are proposed."""
    if number in CONTROLS:
        sign = unescape(text)
        own = f"write &#{ord(sign)};" if ord(sign) not in CONTROLS else "take it out"
        yield Found(f"{text} is a control code: {MENDED}", own, severity="warning")
    elif number > sys.maxunicode or number in SURROGATES or (number < ord(" ") and number not in WHITE):
        yield Found(f"{text} is no character", "write the number of the sign that is meant", severity="warning")


@rule("B18", "a rule of docgen's own; no limit was found in the Manual", "htm", severity="warning")
def not_too_large(file: File) -> Iterator[Found]:
    """The file has at most five million bytes."""
    if len(file.data) > LARGEST:
        yield Found(f"the file has {len(file.data):,} bytes", f"keep it under {LARGEST:,}; or ask EDGAR first")


RULES: tuple[Rule, ...] = (
    html_and_no_xml,
    known_tags,
    no_refused_tags,
    no_disputed_tags,
    known_attributes,
    no_forbidden_attributes,
    no_active_content,
    links,
    images,
    entities,
    not_too_large,
)
