"""Reads what a PDF holds besides its pages, with pikepdf, and the words of each page, with pdfium."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf

from docgen.files import pdf_pages

PROGRAMS = frozenset({"JavaScript", "Launch", "SubmitForm", "ImportData", "ResetForm"})
MOVING = frozenset({"Sound", "Movie", "RichMedia", "Rendition", "Screen", "3D"})
LEADING = frozenset({"URI", "GoToR", "GoToE", "Thread"})
ATTACHED = frozenset({"Filespec", "EmbeddedFile"})
IN_ROOT = ("AcroForm", "OpenAction", "AA", "Names", "Outlines")
FONT_KINDS = frozenset({"Type1", "MMType1", "TrueType", "CIDFontType0", "CIDFontType2"})
NOTED = PROGRAMS | MOVING | LEADING | ATTACHED | {"JS", "Link", "EF", "Font"}
# In an object as qpdf writes it: one of these names; a name beyond ASCII, which may not be readable; or a stream, which
# is written as a mere reference
TO_TAKE_APART = re.compile(rf"/(?:{'|'.join(sorted(NOTED))})|#[89a-f]|R$".encode())
PAGE_END = "\f"
SUBSET = re.compile("[A-Z]{6}[+]")  # what stands before the name of a font of which only some signs are embedded
FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True)
class Contents:
    """What a PDF holds, as far as the rules ask.

    `unreadable` says why it could not be read; then the rest is empty. `programs`, `moving`, `links`, `attached` name
    what was found of each kind; `root` the entries of the catalog that a filed PDF does without; `annotated` and
    `silent` are the pages with annotations and without words; `unseen` are words that are hidden, and how.
    A form feed parts the `words` of pages.
    """

    unreadable: str = ""
    encrypted: bool = False
    root: tuple[str, ...] = ()
    programs: tuple[str, ...] = ()
    moving: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    attached: tuple[str, ...] = ()
    annotated: tuple[int, ...] = ()
    silent: tuple[int, ...] = ()
    unseen: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    tagged: bool = False
    language: str = ""
    words: str = ""


def read(data: bytes) -> Contents:
    """What the PDF holds; never an error, whatever the bytes are."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            with pdf_pages.pages(data) as pages:
                words = [pdf_pages.text(page) for page in pages]
                unseen = [f"page {n}: {fault}" for n, page in enumerate(pages, 1) for fault in pdf_pages.unseen(page)]
            return replace(_contents(pdf, words), unseen=tuple(unseen))
    except Exception as error:  # a broken file makes the libraries raise whatever they like
        return Contents(unreadable=pdf_pages.fault(error))


def _contents(pdf: pikepdf.Pdf, words: list[str]) -> Contents:
    names_by_kind: dict[str, list[str]] = {"programs": [], "moving": [], "links": [], "attached": [], "fonts": []}
    for thing in _dictionaries(pdf):
        _sort(thing, names_by_kind)
    each = {kind: tuple(dict.fromkeys(names)) for kind, names in names_by_kind.items()}
    root: Any = pdf.Root
    marked: Any = root.get("/MarkInfo")
    return Contents(
        encrypted=pdf.is_encrypted,
        root=tuple(name for name in IN_ROOT if "/" + name in root),
        annotated=tuple(n for n, page in enumerate(pdf.pages, 1) if "/Annots" in page.obj or "/AA" in page.obj),
        silent=tuple(n for n, text in enumerate(words, 1) if not text.strip()),
        tagged=bool(_dictionary(marked) and marked.get("/Marked")) and "/StructTreeRoot" in root,
        language=str(root.get("/Lang", "")),
        words=PAGE_END.join(words),
        programs=each["programs"],
        moving=each["moving"],
        links=each["links"],
        attached=each["attached"],
        fonts=each["fonts"],
    )


def _dictionary(thing: object) -> bool:
    return isinstance(thing, pikepdf.Dictionary | pikepdf.Stream)


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Every dictionary that may have to be noted; each numbered object once, with what stands in it.

    Most objects are the structure of the tags. Any of them can hide a program, so each is written out, which is quick,
    and taken apart where a name stands in it that is noted.
    """
    for numbered in pdf.objects:
        rest: list[Any] = []
        if isinstance(numbered, pikepdf.Object) and TO_TAKE_APART.search(numbered.unparse(resolved=True)):
            rest.append(numbered)
        while rest:
            thing = rest.pop()
            if _dictionary(thing):
                yield thing
                rest += [value for _, value in thing.items() if _inside(value)]
            elif isinstance(thing, pikepdf.Array):
                rest += [value for value in thing if _inside(value)]


def _inside(value: object) -> bool:
    """Whether a value is a container that stands here, and not a numbered object that comes by itself."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _sort(thing: Any, names_by_kind: dict[str, list[str]]) -> None:
    """Notes a dictionary under what it is: a program, a film, a link, an attachment, a font that is not embedded."""
    names = {str(thing.get(key, ""))[1:] for key in ("/S", "/Type", "/Subtype") if _is_name(thing.get(key))}
    names_by_kind["programs"] += sorted(names & PROGRAMS) + (["JavaScript"] if "/JS" in thing else [])
    names_by_kind["moving"] += sorted(names & MOVING)
    names_by_kind["links"] += sorted(names & LEADING) + (["Link"] if "Link" in names and "/Rect" in thing else [])
    names_by_kind["attached"] += sorted(names & ATTACHED) + (["EmbeddedFile"] if "/EF" in thing else [])
    if "Font" in names and names & FONT_KINDS and not _embedded(thing):
        names_by_kind["fonts"].append(SUBSET.sub("", str(thing.get("/BaseFont", "/unnamed"))[1:]))


def _is_name(value: object) -> bool:
    return isinstance(value, pikepdf.Name)


def _embedded(font: Any) -> bool:
    descriptor = font.get("/FontDescriptor")
    return _dictionary(descriptor) and any(name in descriptor for name in FONT_FILES)
