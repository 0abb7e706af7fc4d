"""The seal on what was filed: copies of the files and a receipt, in `schedules/<plan>/filed/<amendment>/`.

A seal is never written over. A receipt carries its own hash, and one of each file, so that a change by hand shows.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from docgen.edgar import exhibit
from docgen.model import values
from docgen.problems import Problem, Where, count

FILED, RECEIPT = "filed", "receipt.json"
FILINGS = "filings"  # what a receipt has by registrant
SEAL_KEY = "seal"  # the receipt's hash of itself
BROKEN_OFF = "broken-seal"
RESTORE = "take it back from your version control or your archive"


@dataclass(frozen=True)
class Filing:
    """What a person said of the filing of a paper: the form, the post-effective amendment, the day, where EDGAR has it.

    Each is empty, or None, as long as nobody has said it.
    """

    form: str = ""
    pea: str = ""
    filed: datetime.date | None = None
    accession: str = ""
    cik: str = ""
    file: str = ""

    @property
    def link(self) -> str:
        """EDGAR's own address of the file; empty where one of its parts is."""
        return exhibit.archive_link(self.cik, self.accession, self.file)

    @property
    def missing(self) -> tuple[str, ...]:
        """The options of `docgen seal` by which what an exhibit list needs and lacks can be said."""
        needs = {
            "--form": self.form,
            "--on": self.filed,
            "--accession": self.accession,
            "--cik": self.cik,
            "--file": self.file,
        }
        return tuple(option for option, value in needs.items() if not value)

    @property
    def is_listed(self) -> bool:
        """Whether somebody has begun to say it for an exhibit list."""
        return bool(self.form or self.pea or self.filed or self.cik or self.file)


@dataclass(frozen=True)
class Seal:
    """What was filed of one amendment: its files by name, and the receipt."""

    folder: str
    files: Mapping[str, bytes]
    receipt: Mapping[str, Any]

    @property
    def by_docgen(self) -> bool:
        """Whether docgen made the files, and not somebody else."""
        return not isinstance(self.receipt.get("document"), dict)

    @property
    def differences(self) -> list[str]:
        """Where a document that docgen did not make was known to depart from the data when it was sealed."""
        document = self.receipt.get("document")
        listed = document.get("differences") if isinstance(document, dict) else ()
        return [str(text) for text in listed] if isinstance(listed, list) else []

    @property
    def filing(self) -> Filing:
        """What the receipt has of the filing, where it is the same for every registrant."""
        return _filing(self.receipt)

    @property
    def filings(self) -> dict[str, Filing]:
        """What it has of the filings of single registrants, by their names."""
        table = self.receipt.get(FILINGS)
        return {str(name): _filing(facts) for name, facts in table.items()} if isinstance(table, dict) else {}

    @property
    def signed(self) -> datetime.date | None:
        """The day on which it was signed, where somebody said it."""
        return values.day(str(self.receipt.get("signed", "")))

    def table(self, key: str) -> dict[str, str]:
        """A table of the receipt: `data`, `templates` or `versions`."""
        table = self.receipt.get(key)
        return {str(name): str(value) for name, value in table.items()} if isinstance(table, dict) else {}


def _filing(facts: object) -> Filing:
    table = facts if isinstance(facts, Mapping) else {}
    texts = {key: str(table.get(key, "")) for key in ("form", "pea", "accession", "cik", "file")}
    return Filing(filed=values.day(str(table.get("filed", ""))), **texts)


def folder(plan: str, amendment: str) -> str:
    """`filed/002`, in the plan's folder of schedules."""
    return f"schedules/{plan}/{FILED}/{amendment}"


def receipt(files: Mapping[str, bytes], facts: Mapping[str, Any]) -> bytes:
    """The receipt for some files with all that is to be said of them; sorted keys, no clock, its own hash last."""
    content = {**facts, "files": {name: sha256(data).hexdigest() for name, data in files.items()}}
    return _json({**content, SEAL_KEY: _hash(content)})


def _json(content: Mapping[str, Any]) -> bytes:
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=True) + "\n").encode("ascii")


def _hash(content: Mapping[str, Any]) -> str:
    return sha256(_json({key: value for key, value in content.items() if key != SEAL_KEY})).hexdigest()


def load(root: Path, plan: str, amendments: Iterable[str]) -> tuple[dict[str, Seal], list[Problem]]:
    """The seals of a plan by amendment, and a problem for each that was altered or has no amendment."""
    seals: dict[str, Seal] = {}
    problems: list[Problem] = []
    filed, ids = root / "schedules" / plan / FILED, set(amendments)
    for path in sorted(filed.iterdir()) if filed.is_dir() else ():
        where = folder(plan, path.name)
        if path.name.startswith("."):
            continue
        if path.name not in ids:
            fault = "is sealed, and the plan has no such amendment"
            problems += [Problem(Where(where), fault, f"bring {path.name}.yaml back: what was filed needs its data")]
            continue
        seal, altered = _seal(path, where)
        problems += altered
        if seal:
            seals[path.name] = seal
    return seals, problems


def _seal(path: Path, where: str) -> tuple[Seal | None, list[Problem]]:
    """One seal, unless it was altered or broken off; and what was."""
    problems: list[Problem] = []
    files = files_in(path)
    data = files.pop(RECEIPT, None)
    if path.is_dir() and data is None:
        return None, [_without_receipt(where, files)]
    facts = _receipt(data)
    if facts is None:
        return None, [Problem(Where(f"{where}/{RECEIPT}"), "was changed since it was sealed", RESTORE)]
    for name, digest in facts["files"].items():
        if name not in files:
            problems += [Problem(Where(f"{where}/{name}"), "was sealed, and is not there", RESTORE)]
        elif sha256(files[name]).hexdigest() != digest:
            problems += [Problem(Where(f"{where}/{name}"), "was changed since it was sealed", RESTORE)]
    for name in sorted(set(files) - set(facts["files"])):
        problems += [
            Problem(Where(f"{where}/{name}"), "is not in the receipt", "take it away; a sealed folder stays as it is")
        ]
    return (None if problems else Seal(where, files, facts)), problems


def is_broken_off(path: Path) -> bool:
    """Whether a folder of a seal has no receipt, which is the last file that earlier versions wrote."""
    return path.is_dir() and not (path / RECEIPT).exists()


def _without_receipt(where: str, files: Mapping[str, bytes]) -> Problem:
    """What is said of a folder without a receipt: a seal that was broken off, or one whose receipt was taken away.

    Where there is nothing in it, nothing can have been filed from it.
    """
    plan, _, amendment = where.removeprefix("schedules/").split("/")
    again = f"docgen seal {plan}/{amendment}"
    if not copies_in(files):
        fault = "is empty: a seal was broken off here, and nothing is sealed"
        return Problem(Where(f"{where}/"), fault, f"seal it: {again}", severity="warning", check=BROKEN_OFF)
    fault = f"not found, and the folder has {count(len(copies_in(files)), 'file')} of a seal"
    remedy = f"{RESTORE}; or, if the seal was broken off, finish it: {again}"
    return Problem(Where(f"{where}/{RECEIPT}"), fault, remedy, check=BROKEN_OFF)


def copies_in(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a folder without those that a writer was broken off with."""
    return {name: data for name, data in files.items() if not name.endswith(".part")}


def files_in(path: Path) -> dict[str, bytes]:
    """The files of a sealed folder by name; empty when it is none."""
    if not path.is_dir():
        return {}
    return {file.name: file.read_bytes() for file in sorted(path.iterdir()) if file.is_file()}


def _receipt(data: bytes | None) -> dict[str, Any] | None:
    """A receipt as it was written; None when a hand has been at it."""
    try:
        facts = json.loads(data or b"")
    except (ValueError, RecursionError):
        return None
    intact = isinstance(facts, dict) and isinstance(facts.get("files"), dict) and facts.get(SEAL_KEY) == _hash(facts)
    return facts if intact else None
