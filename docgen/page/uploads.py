"""A file that a person dropped on the page: what it is called, and its bytes, which stay for the steps that follow."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from docgen.page.visits import Visit
from docgen.problems import Problem, UsageProblem, Where

LONGEST = 120  # letters of a name


@dataclass(frozen=True)
class Upload:
    """A file as it was dropped: its name, its bytes, and the hash under which it is remembered."""

    name: str
    data: bytes
    digest: str

    @property
    def suffix(self) -> str:
        """The ending of its name."""
        return PurePath(self.name).suffix.lower()


def uploads(visit: Visit) -> list[Upload]:
    """The files of this visit, or those that an earlier step of it brought; UsageProblem where there is none."""
    files = [(name, data) for name, data in visit.uploads if name]
    digests = visit.fields.get("upload", ())
    if not files:
        entries = zip(visit.fields.get("name", ()), digests, strict=False)
        files = [(name, visit.desk.dropped[digest]) for name, digest in entries if digest in visit.desk.dropped]
        files = files if len(files) == len(digests) else []
    if not files:
        remedy = "choose it again" if any(digests) else "choose a .txt, .htm, .docx, .pdf, .xlsx or .csv"
        raise UsageProblem([Problem(Where("file"), "is missing", remedy)])
    return [_upload(visit, PurePath(name.replace("\\", "/")).name, data) for name, data in files]


def _upload(visit: Visit, name: str, data: bytes) -> Upload:
    """One file, which stays for the steps that follow."""
    if not name:
        raise UsageProblem([Problem(Where("file"), "has no name", "give it one")])
    if len(name) > LONGEST:
        fault = f"has a name of {len(name)} letters"
        raise UsageProblem([Problem(Where(f"{name[:40]}..."), fault, f"give it one of {LONGEST} at most")])
    return Upload(name, data, visit.desk.drop(data))
