"""What a file is, by its bytes and whatever its name says: a PDF, a Word document, an image and so on."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import PurePath

PDF, HTML = "a PDF", "an HTML page"
WORD, EXCEL = "a Word document (.docx)", "an Excel workbook (.xlsx)"
WIDE = "a text in UTF-16"
LOCKED = "is locked by a password"
IN_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what an Office file with a password holds in place of its parts
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
    b"\xff\xfe": WIDE,
    b"\xfe\xff": WIDE,
}
WORKBOOK = "xl/workbook.xml"
OFFICE: Mapping[str, str] = {
    "word/document.xml": WORD,
    WORKBOOK: EXCEL,
    "ppt/presentation.xml": "a PowerPoint presentation (.pptx)",
}
ZIP = b"PK\x03\x04"
BROKEN_ZIP, ANY_ZIP = "a broken zip archive", "a zip archive"
AS_HTML = re.compile(rb"\s*(?:<!doctype\s+html\b|<html\b)", re.IGNORECASE)
USUAL: Mapping[str, tuple[str, ...]] = {
    ".txt": (HTML,),
    ".htm": (HTML, WIDE),
    ".html": (HTML, WIDE),
    ".pdf": (PDF,),
    ".docx": (WORD, ANY_ZIP, BROKEN_ZIP),
    ".xlsx": (EXCEL, ANY_ZIP, BROKEN_ZIP),
}


def of(data: bytes) -> str:
    """What a file is, by its first bytes and what is in its archive; empty for text and all else."""
    if data.startswith(ZIP):
        return _archive(data)
    if AS_HTML.match(data):
        return HTML
    return next((kind for start, kind in FIRST_BYTES.items() if data.startswith(start)), "")


def encoding(data: bytes) -> str:
    """How the letters of a text are written, as its first bytes say; UTF-8 where they say nothing."""
    return "utf-16" if of(data) == WIDE else "utf-8-sig"


def _archive(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return of_parts(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return BROKEN_ZIP


def of_parts(names: Iterable[str]) -> str:
    """What an archive is, by the names of what is in it."""
    parts = set(names)
    return next((kind for name, kind in OFFICE.items() if name in parts), ANY_ZIP)


def mismatch(name: str, data: bytes) -> str:
    """What a file is in place of what its name says, in words; empty where it may be that."""
    if IN_LOCKED in data:
        return f"{LOCKED}; take it off"
    usual = USUAL.get(PurePath(name).suffix.lower())
    kind = of(data)
    if usual is None or kind in ("", *usual):
        return "" if data else "is empty"
    return misnamed(kind)


def misnamed(kind: str) -> str:
    """What is said of a file of a kind that its name does not say."""
    return f"is {kind}, whatever its name says"
