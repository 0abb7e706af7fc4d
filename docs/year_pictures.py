"""Makes the pictures of docs/year.md from the family of plans in tests/cases/complex: python docs/year_pictures.py

It needs pdftoppm.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCS = Path(__file__).parent
FAMILY = DOCS.parent / "tests/cases/complex/schedules"
PICTURES = {
    "matrix-page": ("matrix", "aim-class-a", "aim-class-b", "aim-class-c", "aim-investor-class"),
    "status-page": ("status", "aim-class-a", "aim-class-c", "--on", "2005-06-15"),
}


def picture(root: Path, name: str, command: tuple[str, ...]) -> None:
    """The first page of a list as a picture in docs/."""
    subprocess.run([sys.executable, "-m", "docgen", *command, "--format", "pdf"], cwd=root, check=True)  # noqa: S603
    (page,) = (root / "build/lists").glob(f"{command[0]}*.pdf")
    program = shutil.which("pdftoppm") or sys.exit("pdftoppm is not installed")
    subprocess.run([program, "-r", "80", "-singlefile", "-png", page, DOCS / name], check=True)  # noqa: S603


def main() -> None:
    """Makes every picture anew."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(FAMILY, root / "schedules")
        for name, command in PICTURES.items():
            picture(root, name, command)


if __name__ == "__main__":
    main()
