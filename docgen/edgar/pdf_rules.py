"""The rules for what a PDF holds, C2, C3 and C5 to C9: no programs, links, forms or attachments; words, fonts, tags."""

from __future__ import annotations

from collections.abc import Iterator

from docgen.edgar.rule import File, Found, Rule, rule, unchecked

ENTRIES = {
    "AcroForm": "a form",
    "OpenAction": "an action that runs on opening",
    "AA": "actions that run by themselves",
    "Names": "a table of names, which holds attachments, scripts or targets of links",
    "Outlines": "bookmarks",
}
MAKE_AGAIN = "make the PDF again without it"


@rule("C3", "17 CFR 232.106(a); EDGAR Filer Manual vol. II, 5.2.3.2 in a secondary copy", "pdf", severity="warning")
def nothing_but_words(file: File) -> Iterator[Found]:
    """A PDF has words on each page, and no program, password, form, link, bookmark, annotation or attachment.

    Executable code is an error: the regulation has it deleted. The rest was read in a secondary copy of the Manual
    only, so it is a warning; EDGAR strips a bad unofficial copy and takes the submission without it.
    """
    holds = file.pdf
    for name in holds.programs:
        yield Found(f"holds a program ({name})", MAKE_AGAIN, severity="error")
    if holds.encrypted:
        yield Found("is encrypted", "save it without a password and without security")
    for name in holds.root:
        yield Found(f"has {ENTRIES[name]} (/{name})", MAKE_AGAIN)
    for name in (*holds.links, *holds.attached):
        yield Found(f"holds {'a link' if name in holds.links else 'an attachment'} ({name})", MAKE_AGAIN)
    for page in holds.annotated:
        yield Found(f"page {page} has annotations or actions", MAKE_AGAIN)
    for page in holds.silent:
        yield Found(f"page {page} has no words that can be searched", "make the page from text, not from an image")


@rule("C2", "17 CFR 232.104(b)", "pdf")
def nothing_that_moves(file: File) -> Iterator[Found]:
    """No animation, no sound, no film.

    The regulation's own words on unofficial PDF copies.
    """
    for name in file.pdf.moving:
        yield Found(f"holds sound or moving pictures ({name})", MAKE_AGAIN)


@rule("C8", "a rule of docgen's own; ISO 19005-2, 6.2.11.4 (PDF/A)", "pdf", severity="warning")
def fonts_embedded(file: File) -> Iterator[Found]:
    """Every font is embedded.

    A PDF that borrows a font prints with whatever the reader's machine has. EDGAR does not ask for it.
    """
    for name in file.pdf.fonts:
        yield Found(f"the font {name[:60]} is not embedded", "embed all fonts when the PDF is made")


@rule("C9", "a rule of docgen's own; ISO 14289-1 (PDF/UA)", "pdf", severity="warning")
def tagged(file: File) -> Iterator[Found]:
    """The PDF is tagged, and says its language, so that it can be read aloud.

    EDGAR does not ask for it.
    """
    holds = file.pdf
    if not holds.tagged:
        yield Found("is not tagged", "make the PDF with tags for accessibility")
    if not holds.language:
        yield Found("does not say its language", "set the document's language before the PDF is made")


@rule("C10", "a rule of docgen's own", "pdf")
def nothing_hidden_in_print(file: File) -> Iterator[Found]:
    """Every word on a page can be seen: not tiny, not too faint to tell from what is behind it, not off the page.

    No rule's text was found; but a copy that says what a reader cannot see says two things.
    """
    for words in file.pdf.unseen:
        yield Found(words, "look at what was changed last in print.css, or make the PDF again")


STRIPPED = unchecked(
    "C5",
    "EDGAR Filer Manual vol. II, 5.2.3.6 in a secondary copy",
    "EDGAR strips a bad unofficial PDF and takes the rest; a bad official PDF suspends the submission.",
    "it says what follows from the other rules and asks for nothing",
)
SIGNATURES = unchecked(
    "C6",
    "17 CFR 232.302(a)",
    "An unofficial PDF copy needs no signatures.",
    "it permits and asks for nothing",
)

RULES: tuple[Rule, ...] = (
    nothing_but_words,
    STRIPPED,
    SIGNATURES,
    fonts_embedded,
    tagged,
    nothing_hidden_in_print,
    nothing_that_moves,
)
