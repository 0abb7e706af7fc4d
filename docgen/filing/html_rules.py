"""The rules for HTML, B1 to B9, B11 and B18: tags, attributes, links, images and entities of a .htm document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.entities import name2codepoint
from urllib.parse import unquote

from docgen.filing.html_tables import ATTRIBUTES, CORE, DISPUTED, REFUSED, TAKEN
from docgen.filing.rule import File, Found, Rule, found_at, rule
from docgen.filing.tags import Token
from docgen.filing.text_rules import WRAPPER

CHECKER = "the SEC's checker of HTML, published with Arelle"
ARCHIVES = re.compile(r"https?://www\.sec\.gov/(ix\?doc=/)?Archives/edgar/data/")
ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
SCRIPT = re.compile(r"javascript\s*:|vbscript\s*:", re.IGNORECASE)
LARGEST = 5_000_000
NO_TAG = "take the tag out and keep its words"


def _starts(file: File) -> Iterator[Token]:
    return (token for token in file.tokens if token.kind == "start")


@rule("B1", "EDGAR Filer Manual vol. II, 5.2.2; SEC guide to HTML on EDGAR", "htm")
def html_and_no_xml(file: File) -> Iterator[Found]:
    """The file is HTML 3.2 with a few attributes of 4.0: no XML declaration, no CDATA, no other kind of document.

    What EDGAR does not take suspends the whole submission. The rules B2 to B12 say it tag by tag.
    """
    for token in file.tokens:
        doctype = re.match(r"<!doctype\s+html\b", token.text, re.IGNORECASE)
        if token.kind == "declaration" and not doctype:
            yield found_at(file, token.offset, f"{token.text[:40]} is no HTML", "take it out")


@rule("B2", f"{CHECKER}; EDGAR Filer Manual vol. II, 5.2.2.3", "htm")
def known_tags(file: File) -> Iterator[Found]:
    """Every tag is one that EDGAR knows.

    A tag in neither of EDGAR's lists is refused like one that it names as refused.
    """
    for token in file.tokens:
        if token.name and token.name not in TAKEN | REFUSED | DISPUTED | WRAPPER:
            yield found_at(file, token.offset, f"EDGAR knows no <{token.name[:40]}>", NO_TAG)


@rule("B3", f"{CHECKER}; EDGAR Filer Manual vol. II, 5.2.2.4", "htm")
def no_refused_tags(file: File) -> Iterator[Found]:
    """No tag is on EDGAR's list of refused tags: script, style, form, frame, object, col and some fifty more."""
    for token in _starts(file):
        if token.name in REFUSED:
            yield found_at(file, token.offset, f"EDGAR refuses <{token.name}>", NO_TAG)


@rule("B4", f"{CHECKER}, against the SEC's list for XBRL text", "htm", severity="warning")
def no_disputed_tags(file: File) -> Iterator[Found]:
    """No span, thead, tbody or tfoot.

    Two lists of the SEC disagree on them, and accepted filings have span; so this is a warning.
    """
    for token in _starts(file):
        if token.name in DISPUTED:
            words = f"<{token.name}> is taken by one list of the SEC and refused by another"
            yield found_at(file, token.offset, words, NO_TAG)


@rule("B5", "EDGAR Filer Manual vol. II, 5.2.2.5; the DTD with the SEC's checker", "htm")
def known_attributes(file: File) -> Iterator[Found]:
    """Every attribute is one that EDGAR's HTML has for its tag.

    id, class, style, title, lang and dir go with every tag; th has no scope, font no face.
    """
    for token in _starts(file):
        for name, _ in token.attributes:
            known = CORE | ATTRIBUTES.get(token.name, frozenset())
            if token.name in TAKEN and name not in known and name != "/" and not _forbidden(token.name, name):
                words = f"<{token.name}> has no attribute {name[:40]}"
                yield found_at(file, token.offset, words, "take the attribute out")


def _forbidden(tag: str, name: str) -> bool:
    return name.startswith(("on", "xmlns")) or (tag, name) in {("body", "background"), ("meta", "http-equiv")}


@rule("B6", CHECKER, "htm")
def no_forbidden_attributes(file: File) -> Iterator[Found]:
    """No on... handler, no background on body, no http-equiv on meta, no xmlns.

    So a charset cannot be declared, and the file is kept in ASCII.
    """
    for token in _starts(file):
        for name, _ in token.attributes:
            if _forbidden(token.name, name):
                yield found_at(file, token.offset, f"EDGAR refuses {name[:40]} on <{token.name}>", "take it out")


@rule("B7", f"17 CFR 232.106; {CHECKER}", "htm")
def no_active_content(file: File) -> Iterator[Found]:
    """No link or image is a program: javascript: is refused.

    A submission with executable code is suspended.
    """
    for token in _starts(file):
        for name, value in token.attributes:
            if name in ("href", "src") and SCRIPT.search(value):
                yield found_at(file, token.offset, f"{name} is a program", "take the link out")


@rule("B8", f"{CHECKER}; EDGAR Filer Manual vol. II, 5.2.2", "htm")
def links(file: File) -> Iterator[Found]:
    """A link leads to a place in the same file, to a file of the same submission, or into EDGAR's archive.

    A file of the submission is spelled exactly; files that are checked together are one submission. The archive
    is www.sec.gov/Archives/edgar/data/.
    """
    anchors = {value for token in _starts(file) for name, value in token.attributes if name in ("id", "name")}
    for token in _starts(file):
        link = token.get("href")
        if token.name == "a" and link and not SCRIPT.search(link) and (wrong := _wrong_link(link, anchors, file)):
            words, remedy = wrong
            yield found_at(file, token.offset, words, remedy)


def _wrong_link(link: str, anchors: set[str], file: File) -> tuple[str, str] | None:
    """What is wrong with where a link leads, and the remedy; None when it leads where it may."""
    if ARCHIVES.match(link):
        return None
    if ABSOLUTE.match(link):
        return f'"{link[:60]}" leads out of EDGAR', "link to www.sec.gov/Archives/edgar/data/, or take the link out"
    target, _, place = link.partition("#")
    if target and target != file.base:
        known = target in file.others
        return None if known else (f'"{link[:60]}" is no file of this submission', "name it with the others")
    if place and place not in anchors and unquote(place) not in anchors:
        return f'there is no "{place[:60]}" in this file', 'name the place: <a name="...">'
    return None


@rule("B9", f"{CHECKER}; SEC guide to HTML on EDGAR", "htm")
def images(file: File) -> Iterator[Found]:
    """An image is a .jpg or .gif file of the same submission.

    It is attached as a GRAPHIC; its data may not stand in the HTML. Words and tables may not be images, 17 CFR 232.304.
    """
    for token in _starts(file):
        source = token.get("src")
        if token.name != "img" or SCRIPT.search(source):
            continue
        if not source.lower().endswith((".jpg", ".gif")) or ABSOLUTE.match(source):
            yield found_at(file, token.offset, f'"{source[:40]}" is no .jpg or .gif beside this file', "attach one")
        elif source not in file.others:
            yield found_at(file, token.offset, f'"{source[:60]}" is no file of this submission', "attach it", "warning")


@rule("B11", "EDGAR Filer Manual vol. II, 5.2.2.6; the SEC's list of entities", "htm")
def known_entities(file: File) -> Iterator[Found]:
    """A named entity is one of HTML 4's, or &apos;; a numbered one is always taken.

    The names of HTML 5 are not.
    """
    for token in file.tokens:
        name = token.text[1:-1]
        if token.kind == "entity" and not name.startswith("#") and name not in name2codepoint and name != "apos":
            yield found_at(file, token.offset, f"EDGAR knows no {token.text}", "write it by its number, as in &#8217;")


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
    known_entities,
    not_too_large,
)
