"""Lays exhibits out as EDGAR takes them: files under EDGAR names, a manifest, an exhibit index, the wrapper's preview.

Sources: 17 CFR 232.102(d) for the index; 17 CFR 232.104 for the PDF copies; EDGARLink's schema for the fields.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from docgen.edgar import exhibit
from docgen.edgar.exhibit import IndexRow, Label, ListedExhibit, Package
from docgen.edgar.rule import File

MANIFEST, INDEX, PREVIEW = "manifest.json", "exhibit-index.htm", "wrapper-preview.txt"
HEREWITH = "Filed herewith."
FIRST = 2  # the sequence of the first exhibit; 1 is the registration statement
CELL = "vertical-align:top;padding:2pt 8pt 2pt 0"


@dataclass(frozen=True)
class Exhibit:
    """One document to be filed: its label, what it is, its files by format, and the hashes of what it was made from."""

    paper: str
    label: Label
    description: str
    rule: str
    files: Mapping[str, bytes]
    sources: Mapping[str, str]


def packed(exhibits: Sequence[Exhibit], listed_before: Sequence[ListedExhibit] = ()) -> Package:
    """The package of the exhibits: of each the official document, and its PDF copy.

    Its index lists the exhibits of earlier filings first.
    """
    rows, files = [], []
    for item in exhibits:
        for suffix, data in item.files.items():
            name = exhibit.name_of(item.label, suffix)
            copy = "unofficial" if suffix == "pdf" else "official"
            type_ = exhibit.type_of(item.label)
            rows.append(IndexRow(name, type_, item.description, copy, item.label, item.paper, item.rule))
            files.append(File(name, data))
    return Package(tuple(rows), tuple(files), File(INDEX, index((*listed_before, *_listed(rows)))))


def files(package: Package, exhibits: Sequence[Exhibit], version: str, registrant: str = "") -> dict[str, bytes]:
    """Every file of the package's folder by its name; the manifest has sorted keys and no clock."""
    contents = {file.name: file.data for file in package.files}
    contents[package.index.name] = package.index.data
    contents[PREVIEW] = _preview(package.rows)
    sources = {item.paper: dict(item.sources) for item in exhibits}
    documents = [_document(number, row, contents[row.name]) for number, row in enumerate(package.rows, FIRST)]
    index_entry = {"name": INDEX, "sha256": sha256(contents[INDEX]).hexdigest()}
    manifest = {"docgen": version, "documents": documents, "index": index_entry, "sources": sources}
    manifest |= {"registrant": registrant} if registrant else {}
    contents[MANIFEST] = (json.dumps(manifest, indent=2, sort_keys=True) + "\n").encode()
    return contents


def _document(number: int, row: IndexRow, data: bytes) -> dict[str, Any]:
    return {
        "amendment": row.paper,
        "copy": row.copy,
        "description": row.description,
        "exhibit": exhibit.label_text(row.label),
        "name": row.name,
        "sequence": number,
        "sha256": sha256(data).hexdigest(),
        "type": row.type,
    }


def listed(manifest: bytes) -> set[str]:
    """The names that a manifest lists; empty when it is none."""
    try:
        return {str(row["name"]) for row in json.loads(manifest)["documents"]}
    except (ValueError, KeyError, TypeError):
        return set()


def _listed(rows: Iterable[IndexRow]) -> Iterator[ListedExhibit]:
    """The official documents of a package as rows of its index."""
    for row in rows:
        if row.copy == "official":
            yield ListedExhibit(exhibit.label_text(row.label), row.description, HEREWITH, row.name)


def sources(manifest: bytes) -> dict[str, dict[str, str]]:
    """What each paper of a manifest was made from, with the hashes; empty when it is none."""
    try:
        return {str(name): dict(hashes) for name, hashes in json.loads(manifest)["sources"].items()}
    except (ValueError, KeyError, TypeError, AttributeError):
        return {}


def registrant(manifest: bytes) -> str:
    """Who files a package by its manifest; empty where that is not said."""
    try:
        return str(json.loads(manifest).get("registrant", ""))
    except (ValueError, AttributeError):
        return ""


def index(rows: Iterable[ListedExhibit]) -> bytes:
    """The rows of an exhibit index, to be pasted before the signatures of the registration statement."""
    lines = ['<table width="100%" cellspacing="0" cellpadding="0" border="0">']
    lines.append(f'<tr><td width="15%" style="{CELL}">Exhibit</td><td width="85%" style="{CELL}">Description</td></tr>')
    for row in rows:
        description = escape(row.description)
        text = f'<a href="{escape(row.link)}">{description}</a>' if row.link else description
        cells = (escape(row.label), f"{text}<br>{escape(row.reference)}")
        lines.append("<tr>" + "".join(f'<td style="{CELL}">{cell}</td>' for cell in cells) + "</tr>")
    return ("\n".join([*lines, "</table>"]) + "\n").replace("^", "&#94;").encode("ascii", "xmlcharrefreplace")


def index_page(title: str, rows: Iterable[ListedExhibit]) -> bytes:
    """The same as a page of its own, to be passed on; its table can be pasted, too."""
    text = escape(title).encode("ascii", "xmlcharrefreplace").decode("ascii")
    head = f'<!DOCTYPE html>\n<html lang="en-US">\n<head>\n<title>{text}</title>\n</head>\n<body>\n<h1>{text}</h1>\n'
    table = index(rows).decode("ascii")
    for name in ("Exhibit", "Description"):
        table = re.sub(rf"<td( [^>]*)>{name}</td>", rf'<th scope="col" align="left"\1>{name}</th>', table, count=1)
    return f"{head}{table}</body>\n</html>\n".encode("ascii")


def _preview(rows: Iterable[IndexRow]) -> bytes:
    """What EDGAR will write around each document; nobody types it, and it is not filed."""
    lines = ["Not to be filed: this is what EDGAR itself writes around each document.", ""]
    for number, row in enumerate(rows, FIRST):
        lines += [
            "<DOCUMENT>",
            f"<TYPE>{row.type}",
            f"<SEQUENCE>{number}",
            f"<FILENAME>{row.name}",
            f"<DESCRIPTION>{row.description}",
            "<TEXT>",
            f"(here stands {row.name})",
            "</TEXT>",
            "</DOCUMENT>",
        ]
    return ("\n".join(lines) + "\n").encode("ascii", "replace")
