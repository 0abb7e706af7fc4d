"""The rules for how HTML is built and how it looks, B10 and B12 to B17: nesting, style, hidden words, changed words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape

from docgen.edgar import characters, colours, css, type_sizes
from docgen.edgar.html_tables import HEAD
from docgen.edgar.html_tokens import OUTSIDE, Token, nesting, outwards
from docgen.edgar.rule import File, Found, Rule, at_each, found_at, found_in, remembered, rule, tag_rule, unchecked
from docgen.edgar.text_rules import WRAPPER

PROPERTIES = re.compile(
    r"font-(family|size|weight|style)|text-(align|indent)|(margin|padding|border)(-[a-z-]+)?|(max-)?width|vertical-align"
    r"|white-space|page-break-(before|after)"
)
OF_COLOUR = frozenset({"color", "background-color", "-webkit-text-fill-color"})
JUDGED_AS_HIDDEN = OF_COLOUR | {"display", "visibility", "background"}
DANGEROUS = re.compile(r"url\s*\(|expression\s*\(|@import|behavior\s*:", re.IGNORECASE)
SCROLLING = frozenset({("overflow-x", "auto"), ("overflow", "auto")})  # which hides no word
PLACED = frozenset({"position", "z-index"})
FONT_SIZE = re.compile("0+|-[3-9]|-[0-9]{2,}")
WITH_ENTITY = re.compile(r"[A-Za-z]*(?:&#?\w{1,40};[A-Za-z]*)+")
SMALLEST = 6
CHANGED = re.compile(r"</?[Rr]>")
ONCE = ("html", "head", "body")


@rule("B10", "EDGAR Filer Manual vol. II, 5.2.2.10; SEC guide to HTML on EDGAR", "htm")
def no_nested_tables(file: File) -> Iterator[Found]:
    """No table stands inside a table, not one level deep."""
    every = enumerate(file.tokens)
    tables = {number for number, (kind, _, name, _) in every if name == "table" and kind == "start"}
    inside = file.nesting.inside
    for number in sorted(tables):
        if not tables.isdisjoint(outwards(inside[number], inside)):
            yield found_in(file, number, "a table inside a table", "end the first, or use rows and colspan")


@rule("B12", "EDGAR Filer Manual vol. II, 5.2.2.2; the SEC's checker of HTML", "htm")
def well_built(file: File) -> Iterator[Found]:
    """Tags that are opened are closed, in order; one html, one head before one body, and all words inside the body.

    End tags that HTML lets one leave out (of p, li, tr, td and the like) may be left out.
    """
    yield from at_each(file, _stray(file.distinct))
    numbers: Sequence[int] = range(len(file.tokens))
    pieces, built = file.tokens, file.nesting
    if any(token.name in WRAPPER for token in file.distinct):
        numbers = [number for number in numbers if file.tokens[number].name not in WRAPPER]
        pieces = [file.tokens[number] for number in numbers]
        built = nesting(pieces)
    for number, words in built.wrong:
        found = f"{pieces[number].text[:40]} {words}"
        yield found_in(file, numbers[number], found, "close each tag once, the inner one first")
    for number, found, remedy in _order(pieces):
        yield found_in(file, numbers[number], found, remedy)


@remembered
def _stray(token: Token) -> Iterator[Found]:
    if token.kind == "stray":
        yield Found("a < that begins no tag", "write &lt;")


def _order(pieces: list[Token]) -> Iterator[tuple[int, str, str]]:
    """What stands twice or in the wrong part of the file: the token's number, what is wrong, what to do."""
    seen: dict[str, int] = {}
    once = [number for number, (_, _, name, _) in enumerate(pieces) if name in ONCE]
    first = next((n for n in once if pieces[n].name == "body" and pieces[n].kind == "start"), 0)
    last = next((n for n in once if pieces[n].name == "body" and pieces[n].kind == "end"), len(pieces))
    body = any(pieces[number].name == "body" and pieces[number].kind == "start" for number in once)
    outside = {*range(min(first, last)), *range(last, len(pieces))}  # inside the body only those can stand wrongly
    for number in sorted(outside.union(once)):
        token = pieces[number]
        if token.kind == "start" and token.name in ONCE:
            seen[token.name] = seen.get(token.name, 0) + 1
            if seen[token.name] == 2:
                yield number, f"a second <{token.name}>", "keep one"
            elif token.name == "head" and "body" in seen:
                yield number, "<head> after <body>", "put the head first"
        elif token.kind == "end" and token.name == "body":
            seen["/body"] = 1
        elif body and "/body" in seen and _flows(token):
            yield number, "stands after the body's end", "move it into the body"
        elif body and "body" not in seen and token.kind == "start" and token.name not in HEAD:
            yield number, f"<{token.name}> stands before the body", "move it into the body"


def _flows(token: Token) -> bool:
    return token.kind == "start" or (token.kind == "text" and bool(token.text.strip()))


def _styles(tag: Token) -> tuple[css.Property, ...]:
    """The properties of a tag's style."""
    return css.properties(unescape(tag.get("style"))) if tag.attributes else ()


@tag_rule("B13", "a rule of docgen's own; the Manual has no list of properties")
def plain_style(tag: Token) -> Iterator[Found]:
    """Style says fonts, alignment, margins, borders and widths, and fetches or moves nothing.

    Style with url(), @import, position and the like reaches outside the page and is an error, as links and programs
    are; any other property outside docgen's short list is a warning, since EDGAR takes more.
    """
    style = unescape(tag.get("style"))
    if danger := DANGEROUS.search(style) or DANGEROUS.search(";".join(map(":".join, _styles(tag)))):
        yield Found(f"style has {danger[0]}", "take it out; nothing may be fetched or run")
    for item in _styles(tag):
        name = item.name
        is_safe = item in SCROLLING or name in JUDGED_AS_HIDDEN
        is_judged = is_safe or PROPERTIES.fullmatch(name) or DANGEROUS.search(name + ":")
        if name in PLACED:
            yield Found(f"style has {name}", "take it out; words keep their place")
        elif name in OF_COLOUR and not colours.readable(item.value):
            words = f"{name}:{item.value[:60]} is a colour that docgen cannot read"
            yield Found(words, "write it as in #1F3864, or look at the page", severity="warning")
        elif not is_judged and not css.hiding(item, SMALLEST):
            words = f"{name[:40]} is not among the properties that docgen knows to be safe"
            yield Found(words, "look at the page as EDGAR shows it, or take it out", severity="warning")


@rule("B14", "a rule of docgen's own", "htm")
def nothing_hidden(file: File) -> Iterator[Found]:
    """Every word can be seen: not hidden, not smaller than 6 points, not too faint to tell from what is behind it.

    No rule's text was found; but an exhibit that says what a reader cannot see says two things.
    """
    yield from at_each(file, _hidden(file.distinct))
    for number, look in colours.unseen(file):
        yield found_in(file, number, f"words {look}", "choose another colour")
    for number, points in type_sizes.too_small(file, SMALLEST):
        if not any(css.hiding(item, SMALLEST) for item in _styles(file.tokens[number])):
            words = f"words of {points:.1f} points, by the sizes around them"
            yield found_in(file, number, words, f"set them in {SMALLEST} points or more")
    letters = any(unescape(token.text).isalpha() for token in file.distinct if token.kind == "entity")
    for match in WITH_ENTITY.finditer(file.text) if letters else ():
        if mixed := characters.alphabets(unescape(match[0])):
            words = f'"{unescape(match[0])[:40]}" mixes letters of {" and ".join(mixed)}'
            yield found_at(file, match.start(), words, "write it in letters of one alphabet")


@remembered
def _hidden(token: Token) -> Iterator[Found]:
    """What a tag's style makes invisible or too small; an entity that prints nothing."""
    for item in _styles(token):
        if fault := css.hiding(item, SMALLEST):
            yield Found(fault, "take it out" if "smaller" not in fault else f"set it in {SMALLEST} points or more")
    if token.name == "font" and token.kind == "start" and FONT_SIZE.fullmatch(token.get("size").strip()):
        yield Found(f"font has size {token.get('size')}, smaller than any", "write a size from 1 to 7")
    if token.kind == "start" and any(name == "hidden" for name, _ in token.attributes):
        yield Found("hidden hides words", "take it out")
    if token.get("dir").strip().lower() == "rtl":
        yield Found('dir="rtl" turns the text', "take it out")
    for sign in unescape(token.text) if token.kind == "entity" else "":
        if characters.prints_nothing(sign) and sign not in "\t\n\r":
            yield Found(f"{token.text} (U+{ord(sign):04X}) prints nothing, or turns the text", "take it out")


@rule("B16", "practice of filing agents", "htm", severity="warning")
def one_outer_div(file: File) -> Iterator[Found]:
    """All that the body holds stands in one div.

    EDGAR puts its own tags around the document; bare words beside them have been shown wrongly by a browser.
    """
    divs = 0
    inside = file.nesting.inside
    bodies = {tag for tag in set(inside) if tag != OUTSIDE and file.tokens[tag].name == "body"}
    for number in (number for number, tag in enumerate(inside) if tag in bodies):
        token = file.tokens[number]
        if not (_flows(token) or token.kind == "entity"):
            continue
        divs += token.name == "div"
        if token.name != "div" or divs > 1:
            yield found_in(file, number, "stands in the body itself", "put one <div> around all of it")
            return


@rule("B17", "17 CFR 232.310; practice of filing agents", "txt", "htm", severity="warning")
def changed_words(file: File) -> Iterator[Found]:
    """Changed words are marked <R> and </R>, both on one line.

    A mark without its other half is said to void a filing.
    """
    for number, line in file.marked if CHANGED.search(file.text) else ():
        marks = [mark[0].upper() for mark in CHANGED.finditer(line)]
        if marks != ["<R>", "</R>"] * (len(marks) // 2):
            yield Found("<R> and </R> are not in pairs on this line", "begin and end each mark on one line", number)


PAGE_BREAKS = unchecked(
    "B15",
    "practice of filing agents",
    "Pages may be parted by a rule and a page break in style.",
    "HTML needs no pages; there is nothing that could be wrong",
)

RULES: tuple[Rule, ...] = (
    no_nested_tables,
    well_built,
    plain_style,
    nothing_hidden,
    PAGE_BREAKS,
    one_outer_div,
    changed_words,
)
