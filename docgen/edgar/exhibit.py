"""An exhibit's label, such as m(2)(d), and what follows from it: the caption, the TYPE and the name of the file.

Sources: EDGARLink's list of types for Form N-1A, Item 28; EDGAR Filer Manual vol. II, 5.1.1 for names.
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from itertools import islice

from docgen.edgar import file_words
from docgen.edgar.rule import File

CAPTION = re.compile(
    r"\s*(?:exhibit\s+(?:no\.?\s+)?(?:99\s*[.-]?\s*)?|ex\s*-\s*99\s*\.\s*)(?:(?:28|\(28\))\s*[.-]?\s*(?=\W|[a-q]\W))?"
    r"(?:B(?=\([a-q]\)))?(.*?)(?:(?<=\))\.)?",
    re.IGNORECASE | re.DOTALL,
)
NUMBERED = r"(?:[0-9]{1,3}[a-z]?|[a-z]{1,2}|[ivxl]{3,7})"  # 2, 1a, d, aa, iii
LABEL = re.compile(rf"\(?([a-q])\)?((?:\s*[(.]\s*{NUMBERED}\s*\)?)*)", re.IGNORECASE)
BARE = re.compile(rf"\([a-q]\)(?:\({NUMBERED}\))+", re.IGNORECASE)
TYPE = re.compile(r"EX-99\.(?:28\.?(?=\W|[a-q]\W))?(?:B(?=\([a-q]\)))?(.+)", re.IGNORECASE)
PART = re.compile(r"[0-9a-z]+", re.IGNORECASE)
KINDS = {
    "a": "CHARTER", "b": "BYLAWS", "c": "HOLDERS RTS", "d": "ADVSR CONTR", "e": "UNDR CONTR", "f": "BONUS PROFIT",
    "g": "CUST AGREEMT", "h": "OTH MAT CONT", "i": "LEGAL OPININ", "j": "OTHER OPININ", "k": "OMT FIN STAT",
    "l": "INT CAP AGRE", "m": "12B-1 PLAN", "n": "18F-3 PLAN", "p": "CODE ETH",
}  # fmt: skip
RESTATED = ("a", "b", "d")  # charter, by-laws, advisory agreement: 17 CFR 232.102(c)
ARCHIVE = "https://www.sec.gov/Archives/edgar/data"  # where EDGAR keeps what was filed
TOP = 3  # lines among which a caption stands
LETTERS = {"12b-1": "m", "18f-3": "n"}

Label = tuple[str, ...]


@dataclass(frozen=True)
class IndexRow:
    """One document of a package, as the manifest says it; `copy` is official or unofficial."""

    name: str
    type: str
    description: str
    copy: str
    label: Label
    paper: str = ""
    rule: str = ""


@dataclass(frozen=True)
class ListedExhibit:
    """A row of the exhibit index: the label, what it is, how it is part of the filing, and the file or its address."""

    label: str
    description: str
    reference: str
    link: str = ""


@dataclass(frozen=True)
class Package:
    """What is filed together: the rows of the manifest, the files, and the index that lists the exhibits."""

    rows: tuple[IndexRow, ...]
    files: tuple[File, ...]
    index: File

    def file(self, name: str) -> File:
        """The file of a name, which is that of a row."""
        return next(file for file in self.files if file.name == name)


def of_caption(text: str) -> Label:
    """The label in a caption, empty for none.

    `Exhibit m(2)(d)`, `EXHIBIT (m)(2)(d)`, `Exhibit 99.28(m)(2)(d)`, `EX-99.m.2.d`, `EX-99.B(m)`, or `(m)(2)(d)` alone.
    The numbers of old forms, `EXHIBIT (15)(a)` before 1998 and `Sub-item 77Q1(e)` of Form N-SAR, give no label.
    """
    match = CAPTION.fullmatch(text)
    return _label(match[1] if match else text) if match or BARE.fullmatch(text.strip()) else ()


def of_type(text: str) -> Label:
    """The label in a TYPE: `EX-99.M(2)(D)`, `EX-99.28.M.2`, `EX-99.M 12B-1 PLAN`; empty for none."""
    match = TYPE.fullmatch(text)
    if match is None:
        return ()
    listed = next((letter for letter, kind in KINDS.items() if match[1].lower() == f"{letter} {kind}".lower()), "")
    return (listed,) if listed else _label(match[1])


def _label(text: str) -> Label:
    match = LABEL.fullmatch(text.strip())
    return tuple(part.lower() for part in (match[1], *PART.findall(match[2]))) if match else ()


def label_text(label: Label) -> str:
    """`m(2)(d)`, as an exhibit index has it."""
    return label[0] + "".join(f"({part})" for part in label[1:])


def missing_between(before: Label, after: Label) -> bool:
    """Whether a label leaves something out after another of the same list: m(2)(b) and m(2)(d).

    Letters go on from z with aa and bb, or with aa and ab; a last part may count in letters, in digits or in roman
    numerals, and nothing is missing when it goes on in one of them.
    """
    if before[:-1] != after[:-1] or len(before) < 2:
        return False
    steps = [second - first for count in COUNTS if (first := count(before[-1])) and (second := count(after[-1]))]
    return bool(steps) and all(step > 1 for step in steps)


def _doubled(text: str) -> int:
    """a to z, then aa, bb, cc; nought for anything else."""
    return 26 * (len(text) - 1) + ord(text[0]) - 96 if text.isalpha() and len(set(text)) == 1 else 0


def _counted(text: str) -> int:
    """a to z, then aa, ab, ac; nought for anything else."""
    return functools.reduce(lambda total, letter: 26 * total + ord(letter) - 96, text, 0) if text.isalpha() else 0


def _roman(text: str) -> int:
    """i, ii, iii, iv; nought for anything else."""
    return ROMANS.index(text) + 1 if text in ROMANS else 0


def _digits(text: str) -> int:
    return int(text) if text.isdecimal() else 0


ROMANS = tuple(
    f"{ten}{unit}"
    for ten in ("", "x", "xx", "xxx")
    for unit in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
)[1:]
COUNTS = (_doubled, _counted, _roman, _digits)


def archive_link(cik: str, accession: str, file: str) -> str:
    """Where EDGAR keeps a file of a filing; empty where one of the three is."""
    folder = accession.replace("-", "")
    return f"{ARCHIVE}/{cik.lstrip('0')}/{folder}/{file}" if cik and accession and file else ""


def type_of(label: Label) -> str:
    """`EX-99.M(2)(D)`; for a letter alone the value of EDGARLink's list, `EX-99.M 12B-1 PLAN`."""
    if len(label) == 1:
        return f"EX-99.{label[0].upper()} {KINDS.get(label[0], '')}".strip()
    return f"EX-99.{label_text(label).upper()}"


def name_of(label: Label, suffix: str) -> str:
    """`ex99-m2d.htm`: small letters, one hyphen, no blanks or parentheses."""
    return f"ex99-{''.join(label)}.{suffix}"


def caption_in(file: File) -> str:
    """The caption at the top of a document: one of its first lines, when it is one by `of_caption`; else empty."""
    text = file_words.of_html(file) if file.kind == "htm" else file.text
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return next((line for line in islice(filter(None, lines), TOP) if of_caption(line)), "")
