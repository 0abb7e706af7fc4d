"""Reads an exhibit of any format that EDGAR and Word have, by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from docgen.files import file_kinds, limits, pdf_pages
from docgen.importing import line_hyphens, name_lists, note_marks, page_breaks, signing
from docgen.importing.pieces import FiledExhibit, GridRow, PagePiece
from docgen.problems import DataProblem, DocgenError, Problem, UsageProblem, Where


def _text(file: str, data: bytes) -> FiledExhibit:
    from docgen.importing import text

    return text.exhibit(file, data)


def _html(file: str, data: bytes) -> FiledExhibit:
    from docgen.importing import html

    return html.exhibit(file, data)


def _word(file: str, data: bytes) -> FiledExhibit:
    from docgen.importing import word

    return word.exhibit(file, data)


def _pdf(file: str, data: bytes) -> FiledExhibit:
    from docgen.importing import pdf

    return pdf.exhibit(file, data)


OUT_OF_ORDER = "stands in a table whose lines do not follow one another"
FILED = "name the file that was filed, as EDGAR has it"
READERS: Mapping[str, Callable[[str, bytes], FiledExhibit]] = {
    ".txt": _text,
    ".htm": _html,
    ".html": _html,
    ".docx": _word,
    ".pdf": _pdf,
}


def suffix(file: str) -> str:
    """The format of a file's name; UsageProblem for one that is no exhibit's."""
    ending = Path(file).suffix.lower()
    if ending not in READERS:
        remedy = "name the .txt, .htm, .docx or .pdf that was filed; or a sheet, with --plan PLAN"
        raise UsageProblem([Problem(Where(file), "is not an exhibit", remedy)])
    return ending


def exhibit(file: str, data: bytes) -> FiledExhibit:
    """The exhibit that a file says; DataProblem where it cannot be read, or says nothing."""
    reader = READERS[suffix(file)]
    if fault := file_kinds.mismatch(file, data):
        raise DataProblem([Problem(Where(file), fault, FILED)])
    try:
        exhibit = limits.of_file(file, lambda: reader(file, data))
    except DocgenError as error:
        raise DataProblem(error.problems) from None
    except Exception as error:  # whatever somebody's file makes a reader raise is a problem of its own
        fault = pdf_pages.fault(error) if suffix(file) == ".pdf" else f"is not built as a {suffix(file)} file is"
        raise DataProblem([Problem(Where(file), fault, FILED)]) from None
    exhibit = _in_order(line_hyphens.joined(note_marks.joined(name_lists.joined(exhibit))))
    if not any(piece.kind != "furniture" and piece.words for piece in exhibit.pieces):
        raise DataProblem(
            [Problem(Where(file), "says nothing", "a picture of a page has no words; name a file with text")]
        )
    return exhibit


def _in_order(exhibit: FiledExhibit) -> FiledExhibit:
    """The exhibit with each row and paragraph counted; by their numbers where one line holds several of them."""
    pieces, order = [], 0
    for piece in page_breaks.joined([*signing.joined(exhibit.pieces)]):
        doubt = OUT_OF_ORDER if _is_out_of_order(piece.rows) else ""
        rows = tuple(
            replace(row, place=replace(row.place, order=order + n), doubt=row.doubt or doubt)
            for n, row in enumerate(piece.rows, start=1)
        )
        pieces.append(replace(piece, place=replace(piece.place, order=order + 1), rows=rows))
        order += max(1, len(rows))
    spoken = [piece for piece in pieces if piece.kind != "furniture"]
    lines = [(place.page, place.line) for p in spoken for place in ([row.place for row in p.rows] or [p.place])]
    tells = suffix(exhibit.file) in (".txt", ".pdf") or len(set(lines)) == len(lines)
    numbered = pieces if tells else list(_numbered(pieces))
    return replace(exhibit, pieces=tuple(numbered))


def _is_out_of_order(rows: Sequence[GridRow]) -> bool:
    """Whether a row of a table stands on the page above one that was read before it."""
    lines = [(row.place.page, row.place.line) for row in rows]
    return lines != sorted(lines)


def _numbered(pieces: Sequence[PagePiece]) -> Iterator[PagePiece]:
    """The pieces with the numbers of paragraphs, and of rows in their tables."""
    tables = paragraphs = 0
    for piece in pieces:
        if piece.rows:
            tables += 1
            rows = tuple(
                replace(row, place=replace(row.place, table=tables, count=number))
                for number, row in enumerate(piece.rows, start=1)
            )
            yield replace(piece, place=rows[0].place, rows=rows)
        elif piece.kind == "furniture":
            yield piece
        else:
            paragraphs += 1
            yield replace(piece, place=replace(piece.place, count=paragraphs))
