"""What a file is, by its bytes and whatever its name says: a PDF, a Word document, an image and so on."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import PurePath

PDF, HTML, WORD = "a PDF", "an HTML page", "a Word document (.docx)"
FIRST_BYTES: Mapping[bytes, str] = {
    b"%PDF-": PDF,
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\0": "a TIFF image",
    b"MM\0*": "a TIFF image",
    b"{\\rtf": "a rich text document (.rtf)",
    b"\xd0\xcf\x11\xe0": "an old Office document (.doc, .xls)",
    b"\x1f\x8b": "a compressed file (.gz)",
    b"\xff\xfe": "a text in UTF-16",
    b"\xfe\xff": "a text in UTF-16",
}
OFFICE: Mapping[str, str] = {
    "word/document.xml": WORD,
    "xl/workbook.xml": "an Excel workbook (.xlsx)",
    "ppt/presentation.xml": "a PowerPoint presentation (.pptx)",
}
ZIP = b"PK\x03\x04"
AS_HTML = re.compile(rb"\s*(?:<!doctype\s+html\b|<html\b)", re.IGNORECASE)
OWN: Mapping[str, str] = {".txt": "", ".htm": HTML, ".html": HTML, ".pdf": PDF}
GRAPHICS: Mapping[str, str] = {".jpg": "a JPEG image", ".gif": "a GIF image"}
REMEDIES: Mapping[str, str] = {
    PDF: "name it .pdf, or name another file",
    HTML: "name it .htm, or name another file",
    WORD: "name the .txt, .htm or .pdf that is to be filed",
    "a PNG image": "save it as .jpg or .gif, and name it with the .htm that shows it",
    "a JPEG image": "name it .jpg, and with the .htm that shows it",
    "a text in UTF-16": "save it as plain text, in ASCII",
}


def of(data: bytes) -> str:
    """What a file is, by its first bytes and what is in its archive; empty for text and all else."""
    if data.startswith(ZIP):
        return _archive(data)
    if AS_HTML.match(data):
        return HTML
    return next((kind for start, kind in FIRST_BYTES.items() if data.startswith(start)), "")


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return "a broken zip archive"
    return next((kind for name, kind in OFFICE.items() if name in names), "a zip archive")


def wrong(name: str, data: bytes, pages: bool) -> Iterator[tuple[str, str]]:
    """What a file to be filed is in place of what EDGAR takes by such a name, and what to do; nothing where it is that.

    `pages` says whether an .htm is filed with it, which may show a .jpg or a .gif.
    """
    suffix, kind = PurePath(name).suffix.lower(), of(data)
    if suffix in OWN:
        if kind not in ("", OWN[suffix]):
            yield f"is {kind}, whatever its name says", REMEDIES.get(kind, REMEDIES[WORD])
    elif kind in (PDF, HTML):
        yield f"is {kind}, whatever its name says", REMEDIES[kind]
    elif suffix not in GRAPHICS or kind != GRAPHICS[suffix]:
        fault = f"is {kind}, which EDGAR does not take" if kind else "is no .txt, .htm or .pdf file"
        yield fault, REMEDIES.get(kind, REMEDIES[WORD])
    elif not pages:
        yield f"is {kind}, which EDGAR takes only beside an .htm that shows it", "name the .htm with it"
