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


def upload(visit: Visit) -> Upload:
    """The file of this visit, or the one that an earlier step of it brought; UsageProblem where there is none."""
    name, data = visit.uploads.get("file", ("", b""))
    if not name:
        earlier = visit.desk.dropped.get(visit.text("upload"))
        name, data = (visit.text("name"), earlier) if earlier is not None else ("", b"")
    name = PurePath(name.replace("\\", "/")).name
    if not name:
        remedy = "choose it again" if visit.text("upload") else "choose a .txt, .htm, .docx, .pdf, .xlsx or .csv"
        raise UsageProblem([Problem(Where("file"), "is missing", remedy)])
    if len(name) > LONGEST:
        fault = f"has a name of {len(name)} letters"
        raise UsageProblem([Problem(Where(f"{name[:40]}..."), fault, f"give it one of {LONGEST} at most")])
    return Upload(name, data, visit.desk.drop(data))
