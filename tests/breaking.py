"""Good PDFs and packages, and one broken version for each rule about them."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from docgen.document.tree import Document, Heading, Paragraph, Run
from docgen.edgar import exhibit
from docgen.edgar.exhibit import IndexRow, Package
from docgen.edgar.rule import File
from docgen.writers import WRITERS
from tests import making

DOCUMENT = Document((Paragraph("exhibit", (Run("Exhibit m(2)(d)"),)), Heading(1, "title", (Run("AMENDMENT NO. 2"),))))


@cache
def good_pdf() -> bytes:
    """A PDF that breaks no rule, the same on every run."""
    return WRITERS["pdf"](DOCUMENT, making.LAYOUT)


def broken_pdf(breaks: Callable[[Any], object], **saving: Any) -> bytes:
    """The good PDF with something wrong in it."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(good_pdf())) as pdf:
        breaks(pdf)
        pdf.save(out, deterministic_id="encryption" not in saving, **saving)
    return out.getvalue()


def _action(kind: str, **more: Any) -> Dictionary:
    return Dictionary(Type=Name.Action, S=Name("/" + kind), **more)


def _annotate(pdf: Any, **entries: Any) -> None:
    note = Dictionary(Type=Name.Annot, Rect=[0, 0, 10, 10], **entries)
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note)])


def _attach(pdf: Any) -> None:
    pdf.attachments["data.yaml"] = b"number: 2"


def _lose_fonts(pdf: Any) -> None:
    for thing in pdf.objects:
        if isinstance(thing, Dictionary) and thing.get("/Type") == Name.FontDescriptor:
            for key in [key for key in thing.keys() if key.startswith("/FontFile")]:  # noqa: SIM118  # no mapping
                del thing[key]


def _blank_page(pdf: Any) -> None:
    pdf.pages[0].Contents = pdf.make_stream(b"")


def _squeeze(pdf: Any) -> None:
    page = pdf.pages[0]
    page.contents_coalesce()
    page.Contents = pdf.make_stream(b"0.1 0 0 1 0 0 cm\n" + page.Contents.read_bytes())


def _restyled(css: str) -> bytes:
    """The good PDF with another style sheet."""
    with tempfile.TemporaryDirectory() as folder:
        sheet = Path(folder) / "print.css"
        sheet.write_text(making.LAYOUT.css.read_text(encoding="utf-8") + css, encoding="utf-8")
        return WRITERS["pdf"](DOCUMENT, replace(making.LAYOUT, css=sheet))


def _set(pdf: Any, key: str, value: Any) -> None:
    pdf.Root[key] = value


def _delete(pdf: Any, key: str) -> None:
    del pdf.Root[key]


BROKEN_PDFS: dict[str, Callable[[], bytes]] = {
    "c2-film": lambda: broken_pdf(lambda pdf: _set(pdf, "/Extra", Dictionary(Subtype=Name.RichMedia))),
    "c3-script": lambda: broken_pdf(lambda pdf: _set(pdf, "/OpenAction", _action("JavaScript", JS="app.alert(1)"))),
    "c3-in_a_list": lambda: broken_pdf(lambda pdf: _set(pdf, "/Extra", Array([_action("JavaScript", JS="x")]))),
    "c3-launch": lambda: broken_pdf(lambda pdf: _annotate(pdf, Subtype=Name.Link, A=_action("Launch", F="cmd.exe"))),
    "c3-link": lambda: broken_pdf(lambda pdf: _annotate(pdf, Subtype=Name.Link, A=_action("URI", URI="http://x.com"))),
    "c3-comment": lambda: broken_pdf(lambda pdf: _annotate(pdf, Subtype=Name.Text, Contents="look here")),
    "c3-form": lambda: broken_pdf(lambda pdf: _set(pdf, "/AcroForm", Dictionary(Fields=Array([])))),
    "c3-bookmarks": lambda: broken_pdf(lambda pdf: _set(pdf, "/Outlines", Dictionary(Type=Name.Outlines))),
    "c3-attachment": lambda: broken_pdf(_attach),
    "c3-no_words": lambda: broken_pdf(_blank_page),
    "c3-security": lambda: broken_pdf(lambda pdf: None, encryption=pikepdf.Encryption(owner="secret", user="")),
    "c10-white": lambda: _restyled("p { color: #fffffe }"),
    "c10-black": lambda: _restyled("p { color: black; background: black }"),
    "c10-through": lambda: _restyled("p { color: rgba(0, 0, 0, 0.01) }"),
    "c10-off_the_page": lambda: _restyled("p { margin-left: -9in; width: 1in }"),
    "c10-squeezed": lambda: broken_pdf(_squeeze),
    "c10-tiny": lambda: _restyled("p { font-size: 1px }"),
    "c8-font": lambda: broken_pdf(_lose_fonts),
    "c3-page_action": lambda: broken_pdf(lambda pdf: setattr(pdf.pages[0].obj, "AA", Dictionary())),
    "c9-not_marked": lambda: broken_pdf(lambda pdf: _set(pdf, "/MarkInfo", Dictionary(Marked=False))),
    "c9-marked_by_a_name": lambda: broken_pdf(lambda pdf: _set(pdf, "/MarkInfo", Name.Marked)),
    "c9-no_tags": lambda: broken_pdf(lambda pdf: _delete(pdf, "/StructTreeRoot")),
    "c9-no_language": lambda: broken_pdf(lambda pdf: _delete(pdf, "/Lang")),
}


OFFICIAL = IndexRow("ex99-m2d.htm", "EX-99.M(2)(D)", "Amendment No. 2", "official", ("m", "2", "d"), rule="12b-1")
COPY = replace(OFFICIAL, name="ex99-m2d.pdf", copy="unofficial")


def good_package() -> Package:
    """A package that breaks no rule."""
    return _package(OFFICIAL, COPY)


def _package(*rows: IndexRow, document: Document = DOCUMENT, index: str = "") -> Package:
    """A package of the rows, each file saying what the document says."""
    files = tuple(File(row.name, WRITERS[row.name[-3:]](document, making.LAYOUT)) for row in rows)
    said = index or _index(rows[0].name, exhibit.label_text(rows[0].label))
    return Package(rows, files, File("exhibit-index.htm", said.encode()))


def _index(name: str, label: str) -> str:
    link = f'<a href="{name}">{label} Amendment No. 2</a>' if name else f"{label} Amendment No. 2"
    return f"<html>\n<body>\n<div>\n<p>{link}</p>\n</div>\n</body>\n</html>\n"


def _other_words() -> Package:
    """The official document says something else than its copy."""
    good = good_package()
    official = File(OFFICIAL.name, good.files[0].data.replace(b"AMENDMENT NO. 2", b"AMENDMENT NO. 3"))
    return replace(good, files=(official, good.files[1]))


def _other_name_and_words() -> Package:
    good = _package(OFFICIAL, replace(COPY, name="copy.pdf"))
    official = File(OFFICIAL.name, good.files[0].data.replace(b"AMENDMENT NO. 2", b"AMENDMENT NO. 3"))
    return replace(good, files=(official, good.files[1]))


def _advisory() -> Package:
    row = replace(OFFICIAL, name="ex99-d2.htm", type="EX-99.D(2)", label=("d", "2"), rule="")
    caption = Paragraph("exhibit", (Run("Exhibit d(2)"),))
    return _package(row, document=replace(DOCUMENT, blocks=(caption, DOCUMENT.blocks[1])))


BROKEN_PACKAGES: dict[str, Callable[[], Package]] = {
    "c1-copy_alone": lambda: _package(COPY, index=_index(COPY.name, "m(2)(d)")),
    "c2-other_words": _other_words,
    "c4-other_type": lambda: _package(OFFICIAL, replace(COPY, type="EX-99.M(2)(E)")),
    "c7-other_name": lambda: _package(OFFICIAL, replace(COPY, name="copy.pdf")),
    "d3-description": lambda: _package(replace(OFFICIAL, description="x" * 256), COPY),
    "d3-no_description": lambda: _package(replace(OFFICIAL, description=""), COPY),
    "d3-sign": lambda: _package(replace(OFFICIAL, description="Amendment Nº 2"), COPY),
    "d3-line_break": lambda: _package(replace(OFFICIAL, description="Amendment\nNo. 2"), COPY),
    "d4-letter": lambda: _package(replace(OFFICIAL, rule="18f-3"), COPY),
    "d5-caption": lambda: _package(OFFICIAL, document=replace(DOCUMENT, blocks=DOCUMENT.blocks[1:])),
    "d5-type": lambda: _package(*(replace(row, type="EX-99.M(2)(E)") for row in (OFFICIAL, COPY))),
    "d5-name": lambda: _package(replace(OFFICIAL, name="ex99-m2e.htm")),
    "d5-name_with_dots": lambda: _package(replace(OFFICIAL, name="ex99-m2d.v2.htm")),
    "d6-index": lambda: _package(OFFICIAL, index=_index(OFFICIAL.name, "m(2)(e)")),
    "d7-link": lambda: _package(OFFICIAL, index=_index("", "m(2)(d)")),
    "d8-text": lambda: _package(replace(OFFICIAL, name="ex99-m2d.txt")),
    "d9-advisory": _advisory,
}


SEVERAL_AT_ONCE: dict[str, Callable[[], Package]] = {  # packages that break more than one rule
    "official_pdf": lambda: _package(replace(COPY, copy="official"), index=_index(COPY.name, "m(2)(d)")),
    "copy_in_text": lambda: _package(OFFICIAL, replace(OFFICIAL, name="ex99-m2d.txt", copy="unofficial")),
    "other_name_and_words": _other_name_and_words,
    "names_with_dots": lambda: _package(replace(OFFICIAL, name="m2d.v1.htm"), replace(COPY, name="m2d.v2.pdf")),
    "two_copies": lambda: _package(OFFICIAL, COPY, replace(COPY, name="copy.pdf")),
    "type": lambda: _package(replace(OFFICIAL, type="EX-"), replace(COPY, type="EX-")),
    "long_type": lambda: _package(*(replace(row, type=f"EX-99.M {'x' * 121}") for row in (OFFICIAL, COPY))),
    "one_name": lambda: _package(OFFICIAL, replace(OFFICIAL, label=("m", "2", "e"))),
    "no_type": lambda: _package(*(replace(row, type="EX-10.1") for row in (OFFICIAL, COPY))),
}
