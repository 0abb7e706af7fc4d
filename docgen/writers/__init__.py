"""The formats: one writer each, from a document to the bytes of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from docgen.document.layout import Layout
from docgen.document.tree import Document
from docgen.problems import Problem, Where, WriterProblem

PANGO = (
    "install Pango (Debian, Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; "
    "macOS: brew install pango), or build without: --format txt,htm,docx"
)
Writer = Callable[[Document, Layout], bytes]


def _text(document: Document, layout: Layout) -> bytes:
    from docgen.writers import text

    return text.write(document, layout)


def _html(document: Document, layout: Layout) -> bytes:
    from docgen.writers import html

    return html.write(document, layout)


def pdf_writer() -> Writer:
    """The writer of PDFs, loaded with WeasyPrint, which takes a while; OSError where a library is not installed."""
    from docgen.writers import pdf_libraries

    pdf_libraries.load()
    from docgen.writers import pdf

    return pdf.write


def _pdf(document: Document, layout: Layout) -> bytes:
    try:
        write = pdf_writer()
    except OSError as error:
        found = f"WeasyPrint cannot be loaded: {str(error).splitlines()[0][:200]}"
        raise WriterProblem([Problem(Where("--format pdf"), found, PANGO)]) from None
    return write(document, layout)


def _docx(document: Document, layout: Layout) -> bytes:
    from docgen.writers import docx  # python-docx takes a while to load too

    return docx.write(document, layout)


WRITERS: Mapping[str, Writer] = {"txt": _text, "htm": _html, "pdf": _pdf, "docx": _docx}
