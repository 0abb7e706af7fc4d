"""Where the templates and the worked example are that come with docgen: in the package, or in its checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent  # the package
ROOT = PACKAGE / "shipped" if (PACKAGE / "shipped").is_dir() else PACKAGE.parent
TEMPLATES = ROOT / "templates"
SCHEDULES = ROOT / "schedules"
EXAMPLE = "aim-class-b"
EXAMPLE_FILES = ("plan.yaml", "amendments/002.yaml")
RENAMED = {  # templates that workspaces made by an earlier docgen have under another name
    "_changes.html.j2": "_recitals.html.j2",
    "_clauses.html.j2": "_operative.html.j2",
    "agreement/_wording.html.j2": "agreement/_schedule.html.j2",
    "distribution-plan/_wording.html.j2": "distribution-plan/_schedule.html.j2",
}


def template_folders(workspace: Path) -> tuple[Path, ...]:
    """The folders that hold templates: the workspace's own come before docgen's."""
    local = workspace.resolve() / "templates"
    return (TEMPLATES,) if local == TEMPLATES or not local.is_dir() else (local, TEMPLATES)


def first(folders: tuple[Path, ...], name: str) -> Path | None:
    """The file of this name in the first folder that has it."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)
