"""The packages that were made: which paper lies in which of them."""

from __future__ import annotations

from pathlib import Path

from docgen.edgar import submission
from docgen.files.atomic import BUILD

PACKAGE = f"{BUILD}/package"


def by_paper(root: Path) -> dict[str, str]:
    """The package that each paper lies in, by `plan/amendment`: the name of a folder of build/package/."""
    manifests = sorted((root / PACKAGE).glob(f"*/{submission.MANIFEST}"))
    return {name: path.parent.name for path in manifests for name in submission.sources(path.read_bytes())}
