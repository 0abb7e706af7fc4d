"""Writes the PDF: the document's own tags, with the looks of print.css, through WeasyPrint.

The file is PDF/UA-1 and PDF/A-2a at once: tagged, with title, language and authors, without links,
bookmarks, forms, scripts or attachments. Nothing is fetched but files beside the style sheet, a font
that the style sheet does not bring is refused, and the same document gives the same bytes.
"""

from __future__ import annotations

import functools
import hashlib
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from docgen.document.layout import Layout
from docgen.document.tree import Block, Content, Document, Heading, Paragraph, Table, TableRow
from docgen.edgar import css as style
from docgen.files import limits
from docgen.problems import Problem, Where, WriterProblem
from docgen.writers import amounts, together
from docgen.writers import html as edgar_html
from docgen.writers.html import Marks
from docgen.writers.widths import Fit, fits, heights

SECONDS, SECONDS_A_SIGN, MEGABYTES = 4, 0.00025, 600  # for a PDF; it takes a tenth
LONGEST_CSS = 1_000_000  # bytes
BACK = "take your last change to print.css back"
VARIANT = "pdf/a-2a"
FONT_FACE = re.compile(r"""@font-face\s*{[^}]*font-family:\s*["']?([^;"'}]+)""")
USES_WIDE = re.compile('class="[^"]* (wide|small|tall|landscape|ledger)"')
SHAPES = {11: "", 9: " wide", 8: " small"}  # the class of a table by the size of its type
LONG = 16  # lines beyond which a table may break across pages; a shorter one moves to the next page whole
SHORT = 6  # lines beyond which a table may break that would take its heading along, and leave a page nearly empty
WITH_NEXT = " with-next"  # the class of what no page ends behind

# What a redline marks, in colours by which the file can be read back; print.css has no say in them
MARKS: Marks = {
    "inserted": ("<ins>", "</ins>"),
    "deleted": ("<del>", "</del>"),
    "moved in": ('<ins class="moved">', "</ins>"),
    "moved out": ('<del class="moved">', "</del>"),
}
REDLINE = (
    "<style>ins { color: #0000c0; text-decoration: underline } del { color: #c00000; text-decoration: line-through }"
    " ins.moved { color: #008000; text-decoration: underline double } del.moved { color: #006000 }</style>"
)
# What stands at the top of a draft's pages, on every one of them whatever print.css says; its looks are p.draft there
DRAFT_MARK = (
    "<style>p.draft { position: running(draft) } @page { @top-center { content: element(draft); width: 100% } }</style>"
)

# What a page says above its rows, where a fund goes on from the page before; its looks are @top-left in print.css
ABOVE = (
    '<style>p, h1, h2, tbody tr { string-set: above "" } tbody tr.bears-name { string-set: none }'
    " [data-above] { string-set: above attr(data-above) }"
    " @page { @top-left { content: string(above); width: 100% } }</style>"
)

# How wide tables and tall rows are set, where a print.css of a workspace's own is older than these. What is set here no
# print.css can set otherwise, so that the names at the left, which it indents, are not among it.
WIDE = (
    "<style>@page landscape { size: letter landscape } @page ledger { size: 17in 11in } .letter { page: letter }"
    " .landscape { page: landscape } .ledger { page: ledger } .wide { font-size: 9pt } .small { font-size: 8pt }"
    " .wide :is(th, td), .small :is(th, td) { padding-right: 2pt }"
    " .wide :is(th, td):not(:first-child, .name), .small :is(th, td):not(:first-child, .name) { padding-left: 2pt }"
    " .tall { break-inside: auto }</style>"
)

# PDF/UA's mark stands beside PDF/A's in the metadata, with the schema that PDF/A asks for:
# ISO 14289-1, 5; ISO 19005-2, 6.6.2.3
UNIVERSAL_ACCESS = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" \
rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>part of PDF/UA</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""

UNNUMBERED = "<style>@page { @bottom-center { content: none !important } }</style>"  # whatever print.css says
LANDSCAPE = "<style>@page { size: letter landscape !important }</style>"  # whatever print.css says of upright pages


class OnlyFrom(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches files of the templates' folders and nothing else; the first folder that has the file gives it."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=["file"])
        self.folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: Any = None) -> Any:
        """The file's content; ValueError, which WeasyPrint logs, for anything else."""
        wanted = Path(unquote(urlsplit(url).path))
        if urlsplit(url).scheme == "file" and wanted.is_relative_to(self.folders[0]):
            for folder in self.folders:
                path = (folder / wanted.relative_to(self.folders[0])).resolve()
                if path.is_relative_to(folder) and path.is_file():
                    return super().fetch(path.as_uri(), headers)
        raise ValueError(f"{url[:80]} is not a file of the templates' folders")


class Page(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """Our own HTML, which is XML as well: Python's XML parser reads it in a twentieth of the HTML parser's time."""

    def __init__(self, html: str, folders: Sequence[Path]) -> None:
        super().__init__(string="", base_url=_base(folders), url_fetcher=OnlyFrom(folders))
        tree = ElementTree.fromstring(html)  # noqa: S314  # our own, with all words escaped: it can declare no entity
        self.wrapper_element: Any = type(self.wrapper_element).from_html_root(tree, content_language=None)
        self.etree_element = tree


def write(document: Document, layout: Layout) -> bytes:
    """The document as PDF; WriterProblem for anything that WeasyPrint warns of, or a fallback font."""
    html = print_html(amounts.unbroken(document), layout.numbered)
    css = _css(layout.css)
    if lines := style.squeezed(css):
        remedy = "write a length that is not less than nothing, or take it out"
        raise WriterProblem([Problem(Where(str(layout.css), line), fault, remedy) for line, fault in lines])
    folders = (layout.css.parent, *(folder for folder in layout.folders if folder != layout.css.parent))
    with _listening() as heard:
        try:
            _style_sheet(folders, css)  # with the machine's fonts, which take a while when they are new to it
            seconds, megabytes = SECONDS + len(html) * SECONDS_A_SIGN, MEGABYTES + len(html) // 1000
            rendered, data = limits.within(seconds, megabytes, lambda: _render(html, css, folders))
        except limits.TooMuch as error:
            _endless[css] = f"WeasyPrint would take {error}"
            raise WriterProblem([Problem(Where(str(layout.css)), _endless[css], BACK)]) from None
        except Exception as error:  # whatever a person's style sheet makes WeasyPrint raise is a problem of its own
            fault = f"WeasyPrint cannot make the PDF: {type(error).__name__}: {str(error)[:200]}"
            raise WriterProblem([Problem(Where(str(layout.css)), fault, BACK)]) from None
    where = Where(str(layout.css))
    warned = [Problem(where, f"WeasyPrint says: {message}") for message in heard if ".notdef" not in message]
    if problems := warned or _fallback_fonts(rendered, layout.css, css):
        raise WriterProblem(problems)
    return data


def _css(path: Path) -> str:
    """The style sheet's text; WriterProblem when it cannot be read, or took too long before: it is not tried again."""
    try:
        css = limits.content(path, LONGEST_CSS).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        fault = "cannot be read as UTF-8 text" if isinstance(error, UnicodeDecodeError) else error.strerror
        raise WriterProblem([Problem(Where(str(path)), str(fault), "save it as UTF-8 in your editor")]) from None
    if css in _endless:
        raise WriterProblem([Problem(Where(str(path)), _endless[css], BACK)])
    return css


_endless: dict[str, str] = {}  # the style sheets that took too long in this process, each with what was said


def _render(html: str, css: str, folders: tuple[Path, ...]) -> tuple[Any, bytes]:
    """WeasyPrint's document and its bytes."""
    sheet, fonts = _style_sheet(folders, css)
    rendered = Page(html, folders).render(stylesheets=[sheet], font_config=fonts, pdf_variant=VARIANT)
    _say_universal_access(rendered.metadata)
    identifier = hashlib.sha256(f"{html}\0{css}".encode()).hexdigest()[:32].encode()
    return rendered, rendered.write_pdf(pdf_variant=VARIANT, pdf_identifier=identifier)


@functools.lru_cache(maxsize=4)
def _style_sheet(folders: tuple[Path, ...], css: str) -> tuple[Any, Any]:
    """The parsed style sheet and the fonts that it brings; once per process, and again when it changes."""
    fonts = FontConfiguration()
    fetcher = OnlyFrom(folders)
    return weasyprint.CSS(string=css, base_url=_base(folders), font_config=fonts, url_fetcher=fetcher), fonts


def _base(folders: Sequence[Path]) -> str:
    return folders[0].resolve().as_uri() + "/"


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Gathers WeasyPrint's warnings, which would be read by nobody."""
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, ear = logging.getLogger("weasyprint"), Ear(logging.WARNING)
    logger.addHandler(ear)
    try:
        yield heard
    finally:
        logger.removeHandler(ear)


def _say_universal_access(metadata: Any) -> None:
    """Puts PDF/UA's mark into the metadata; WeasyPrint writes one standard's mark only."""
    generate = metadata.generate_rdf_metadata

    def generate_with_mark(*args: Any) -> bytes:
        rdf: bytes = generate(*args)
        return rdf.replace(b"</rdf:RDF>", UNIVERSAL_ACCESS + b"</rdf:RDF>")

    metadata.generate_rdf_metadata = generate_with_mark


def _fallback_fonts(rendered: Any, path: Path, css: str) -> list[Problem]:
    """A problem for each font in the file that print.css does not bring, with the signs that needed it."""
    brought = {family.lower() for family in FONT_FACE.findall(css)}
    problems = []
    for font in rendered.fonts.values():
        missing = "".join(chr(sign) for sign in font.missing)
        borrowed = "".join(font.to_unicode.values()) if font.family.lower() not in brought else ""
        if signs := missing or borrowed:
            fault = f'the font of print.css has no "{signs[:40]}"'
            remedy = "type other signs, or bring a font that has them: @font-face in print.css, the file in fonts/"
            problems.append(Problem(Where(str(path)), fault, remedy))
    return problems


def print_html(document: Document, numbered: bool = True) -> str:
    """The document as the HTML that print.css dresses: docgen's own tags and roles, with scopes for readers aloud.

    It is XML at the same time: every tag is closed, and nothing is named that XML does not know.
    """
    body = "\n".join(_blocks(document))
    looks = REDLINE if "<ins" in body or "<del" in body else ""
    looks += WIDE if USES_WIDE.search(body) else ""
    looks += ABOVE if " data-above=" in body else ""
    if document.draft_mark:
        body = f'<p class="draft">{escape(document.draft_mark)}</p>\n{body}'
        looks += DRAFT_MARK
    looks += LANDSCAPE if document.landscape else ""
    looks += "" if numbered else UNNUMBERED
    authors = "".join(f'<meta name="author" content="{escape(author)}"/>' for author in document.authors)
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(document.language)}"><head><meta charset="utf-8"/>'
        f"<title>{escape(document.title)}</title>{authors}{looks}</head>\n<body>\n{body}\n</body></html>\n"
    )


def _blocks(document: Document) -> Iterator[str]:
    """Each block, with classes that say where a page may end."""
    tables = fits(document)
    stays = together.with_next(document.blocks)
    pages = together.on_pages(stays, {number: fit.size.page for number, fit in tables.items()}, "")
    above: Block | None = None
    for number, block in enumerate(document.blocks):
        place = (WITH_NEXT if stays[number] else "") + (f" {pages[number] or 'letter'}" if any(pages) else "")
        if isinstance(block, Table):
            most = 0 if document.landscape else LONG if isinstance(above, Table) else SHORT
            yield _table(block, place, tables[number], most)
        else:
            yield _words(block, place)
        above = block


def _words(block: Heading | Paragraph, place: str) -> str:
    tag = f"h{block.level}" if isinstance(block, Heading) else "p"
    return f'<{tag} class="{block.role}{place}">{content_html(block.content)}</{tag}>'


def content_html(content: Content) -> str:
    """The words of a content, with the marks of a redline."""
    return edgar_html.said(content, MARKS).replace("<br>", "<br/>")


def _table(table: Table, place: str, fit: Fit, most: int) -> str:
    """A table, which may break across pages where its rows take more than so many lines."""
    columns = "".join(f'<col style="width:{width:g}%"/>' for width in fit.shares)
    head = "".join(_row(row, table.width, "col") for row in table.head)
    deep = heights(table, fit)
    stays = together.rows_with_next(table, deep)
    place += " long" if sum(deep) > most else ""
    ways = [
        (WITH_NEXT if stay else "") + (" tall" if lines > together.TALL else "")
        for stay, lines in zip(stays, deep, strict=True)
    ]
    above, inside = together.continued(table, deep), together.continued_inside(table, deep)
    rows = zip(table.body, ways, above, inside, strict=True)
    body = "\n".join(_row(row, table.width, "row", way, names) for row, way, *names in rows)
    shape = place + SHAPES[fit.size.type]
    thead = f"<thead>{head}</thead>" if head else ""
    return (
        f'<table class="{table.role}{shape}"><colgroup>{columns}</colgroup>\n{thead}\n<tbody>\n{body}\n</tbody></table>'
    )


def _row(row: TableRow, columns: int, scope: str, way: str = "", names: Sequence[str] = ("", "")) -> str:
    """A row; `names` are what a page says above that begins with it, and one that begins inside it."""
    cells, (above, inside) = "", names
    for number, cell in enumerate(row.cells):
        words = content_html(cell.content)
        if inside:
            words = f'<span data-above="{escape(inside)}">{words}</span>' if words else ""
            words = f'<span data-above="{escape(above)}"></span>{words}' if number == 0 else words
        tag = "th" if cell.head else "td"
        across = f' colspan="{columns}"' if len(row.cells) == 1 < columns else ""
        scoped = f' scope="{scope}"' if cell.head else ""
        cells += f'<{tag} class="{cell.role}"{across}{scoped}>{words}</{tag}>'
    said = f' data-above="{escape(above)}"' if above and not inside else ""
    way += " bears-name" if inside else ""  # in its cells, which a page may begin in
    return f'<tr class="{row.role}{way}"{said}>{cells}</tr>'
