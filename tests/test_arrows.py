"""The map of the code in docgen/README.md is the code: no room imports what it may not."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import ROOT

TABLE = re.findall(
    r"^\| `(\w+)` \| .+ \| (.*)\|$", (ROOT / "docgen/README.md").read_text(encoding="utf-8"), re.MULTILINE
)
ROOMS = [room for room, _ in TABLE]
FREE = {"docgen"}  # the version in docgen/__init__.py


def allowed(room: str, said: str) -> set[str]:
    if said.strip() == "all above":
        return set(ROOMS[: ROOMS.index(room)])
    return {name.strip() for name in said.split(",") if name.strip()}


def imported(room: str) -> set[str]:
    """The rooms that a room's files import."""
    found: set[str] = set()
    for path in [*(ROOT / "docgen" / room).rglob("*.py"), *(ROOT / "docgen").glob(f"{room}.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {name.name.split(".")[1] for name in node.names if name.name.startswith("docgen.")}
            elif isinstance(node, ast.ImportFrom) and node.module == "docgen":
                found |= {name.name for name in node.names if name.name in ROOMS}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("docgen."):
                found.add(str(node.module).split(".")[1])
    return found - {room}


@pytest.mark.parametrize(("room", "said"), TABLE)
def test_room_imports_only_what_it_may(room: str, said: str) -> None:
    assert imported(room) <= allowed(room, said)


def test_every_room_is_on_the_map() -> None:
    there = {
        path.stem for path in (ROOT / "docgen").iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert there - {"__init__", "__main__"} == set(ROOMS)


def test_every_file_opens_with_a_sentence_and_is_short() -> None:
    for path in (ROOT / "docgen").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), path
        assert text.count("\n") <= 320, path
