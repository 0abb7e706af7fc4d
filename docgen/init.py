"""Makes a new workspace: one worked plan, the guides beside it, the schemas for an editor."""

from __future__ import annotations

from pathlib import Path

from docgen import save, schema, shipped
from docgen.build import BUILD
from docgen.facts.workspace import SCHEDULES
from docgen.problems import UsageProblem, Where, one

IGNORE_BUILD = "# Made by docgen, never edited.\n*\n!.gitignore\n"


def make(folder: Path) -> list[Path]:
    """Writes the workspace and gives the paths; UsageProblem when the folder already holds something."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        remedy = "name a folder that is empty or not there yet"
        raise UsageProblem(one(Where(str(folder)), "is there already and not empty", remedy))
    example = shipped.SCHEDULES / shipped.EXAMPLE
    files = {
        f"{SCHEDULES}/README.md": (shipped.SCHEDULES / "README.md").read_bytes(),
        "templates/README.md": (shipped.TEMPLATES / "README.md").read_bytes(),
        f"{BUILD}/.gitignore": IGNORE_BUILD.encode(),
    }
    for path in sorted(example.rglob("*.yaml")):
        files[f"{SCHEDULES}/{path.relative_to(shipped.SCHEDULES).as_posix()}"] = path.read_bytes()
    files |= {f"{BUILD}/{name}": data for name, data in schema.files().items()}
    folder.mkdir(parents=True, exist_ok=True)
    return save.save(folder, files)
