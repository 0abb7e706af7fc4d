"""Makes a new workspace: one worked plan, docgen's templates, the guides beside them, the schemas for an editor."""

from __future__ import annotations

from pathlib import Path

from docgen.build.produce import BUILD
from docgen.drafting import schemas
from docgen.files import atomic, resources
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace.plan_reading import SCHEDULES

IGNORE_BUILD = "# Made by docgen, never edited.\n*\n!.gitignore\n"


def make(folder: Path, with_example: bool = True) -> list[Path]:
    """Writes the workspace, with a worked plan or without, and gives the paths.

    UsageProblem when the folder already holds something.
    """
    remedy = "name a folder that is empty or not there yet"
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageProblem([Problem(Where(str(folder)), "already exists and is not empty", remedy)])
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageProblem([Problem(Where(str(folder)), f"cannot be made: {error.strerror}", remedy)]) from None
    example = f"{SCHEDULES}/{resources.EXAMPLE}"
    names = [f"{example}/{name}" for name in resources.EXAMPLE_FILES] if with_example else []
    files = {name: (resources.ROOT / name).read_bytes() for name in names}
    files[f"{SCHEDULES}/README.md"] = (resources.SCHEDULES / "README.md").read_bytes()
    for path in sorted(resources.TEMPLATES.rglob("*")):
        if path.is_file() and path.parent.name != "fonts":
            files[path.relative_to(resources.ROOT).as_posix()] = path.read_bytes()
    files[f"{BUILD}/.gitignore"] = IGNORE_BUILD.encode()
    files |= {f"{BUILD}/{name}": data for name, data in schemas.files().items()}
    return atomic.save(folder, files)
