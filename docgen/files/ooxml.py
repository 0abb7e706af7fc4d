"""Word and Excel files as zips of XML: opened with care, packed so that the same parts give the same bytes."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any

from lxml import etree

from docgen.files import file_kinds
from docgen.problems import DocgenError, Problem, Where

MOST_PARTS, MOST_BYTES = 2_000, 100_000_000  # what a file may unpack to; ten thousand portfolios take a tenth
TOO_LONG = (f"unpacks to more than {MOST_BYTES:,} bytes", "a schedule takes far less")
BROKEN = (  # what a damaged zip raises
    zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError,
)  # fmt: skip
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first time that a zip can say; ours has no clock
FIRST = "[Content_Types].xml"
CORE = "docProps/core.xml"
PRINTER = "/printerSettings/"  # what a printer's program keeps, on a Mac as XML with a DOCTYPE; nothing reads it
DAMAGED = "open it in Word or Excel and save it again"
REPAIR = "open it in {0}, let {0} repair it, and save it again"
NEEDED = (FIRST, file_kinds.WORKBOOK, "xl/_rels/workbook.xml.rels", "xl/styles.xml")


def parts(file: str, data: bytes) -> dict[str, bytes]:
    """The parts of a file that somebody else may have made; DocgenError when it is none, or none to be trusted."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            members = packed.infolist()
            if len(members) > MOST_PARTS or sum(member.file_size for member in members) > MOST_BYTES:
                raise _refused(file, *TOO_LONG)
            contents = {name: part for name, part in _unpacked(packed) if PRINTER not in name}
    except BROKEN as error:
        if "encrypted" in str(error):
            raise _refused(file, file_kinds.LOCKED, "take the password off") from None
        fault = file_kinds.mismatch(file, data) or "is not a file of Word or Excel that can be opened"
        raise _refused(file, fault, DAMAGED) from None
    if fault := file_kinds.mismatch(file, data):
        raise _refused(file, fault, "name another file")
    for name, part in contents.items():
        if b"<!DOCTYPE" in (bare := part.replace(b"\0", b"")) or b"<!ENTITY" in bare:
            raise _refused(file, f"declares XML entities, in {name}", DAMAGED)
    return contents


def _unpacked(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The parts by name, each as long as the zip says: one that is longer has another checksum, and is broken.

    A byte more is asked for, since the checksum is looked at where a part ends, which no byte of an empty one shows.
    """
    for member in packed.infolist():
        if not member.filename.endswith("/"):  # is_dir() stumbles over a name that is empty
            with packed.open(member) as stream:
                yield member.filename, stream.read(member.file_size + 1)


def _refused(file: str, fault: str, remedy: str) -> DocgenError:
    return DocgenError([Problem(Where(file), fault, remedy)])


def fault(parts: Mapping[str, bytes], needed: Sequence[str] = ()) -> str:
    """What is wrong with the parts of a file that no program reads; empty where that is not known."""
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")) and not _is_xml(part):
            return f"its part {name} is broken XML, so that no program can be sure of its words"
    return next((f"lacks its part {name}" for name in needed if name not in parts), "")


def tree(part: bytes) -> Any:
    """The XML of a part that somebody else may have made: no entity is put in, and nothing is fetched for it.

    XMLSyntaxError where it is broken.
    """
    return etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _is_xml(part: bytes) -> bool:
    try:
        return tree(part) is not None
    except etree.XMLSyntaxError:
        return False


def pack(members: Mapping[str, bytes]) -> bytes:
    """The parts as one file: the list of contents first, the others by name, no clock."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in sorted(members, key=lambda name: (name != FIRST, name)):
            member = zipfile.ZipInfo(name, EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            packed.writestr(member, members[name])
    return buffer.getvalue()


def core(title: str, authors: Sequence[str], subject: str = "", language: str = "en-US") -> bytes:
    """What a file says about itself: no clock, and nobody's name but the authors'."""
    properties = {"dc:title": title, "dc:subject": subject, "dc:creator": "; ".join(authors), "dc:language": language}
    inner = "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in properties.items() if text)
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/">{inner}</cp:coreProperties>\n'
    ).encode()
