"""The map of the code in docgen/README.md is the code: no room imports what it may not."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = re.findall(r"^\| `(\w+)` \| ", (ROOT / "docgen/README.md").read_text(encoding="utf-8"), re.MULTILINE)


def files(room: str) -> list[Path]:
    """The files of a room, which is a folder or a single file."""
    return [*(ROOT / "docgen" / room).rglob("*.py"), *(ROOT / "docgen").glob(f"{room}.py")]


def modules(path: Path) -> Iterator[str]:
    """The modules of docgen that a file imports, also within functions and for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names if name.name.startswith("docgen."))
        elif isinstance(node, ast.ImportFrom) and node.module == "docgen":
            yield from (f"docgen.{name.name}" for name in node.names if name.name in ROOMS)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("docgen."):
            yield from ([f"{node.module}.{name.name}" for name in node.names] or [str(node.module)])


@pytest.mark.seconds
@pytest.mark.parametrize("room", ROOMS)
def test_room_imports_only_what_stands_above_it(room: str) -> None:
    assert files(room)
    above = {*ROOMS[: ROOMS.index(room)], room}
    assert {module.split(".")[1] for path in files(room) for module in modules(path)} <= above


@pytest.mark.seconds
def test_no_module_stands_in_a_circle() -> None:
    """Not even for types: whoever reads a module can read all that it rests on first."""
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (ROOT / "docgen").rglob("*.py")
    }
    imports = {
        name: {found for module in modules(path) for found in (module, module.rpartition(".")[0]) if found in names}
        for name, path in names.items()
    }
    packages = {name for name, path in names.items() if path.name == "__init__.py"}
    left = {name: {other for other in imports[name] if other not in packages and other != name} for name in names}
    while free := [name for name, others in left.items() if not others]:
        left = {name: others - {*free} for name, others in left.items() if name not in free}
    assert left == {}


def test_every_room_is_on_the_map() -> None:
    rooms = {path.stem for path in (ROOT / "docgen").iterdir() if path.suffix == ".py" or [*path.glob("*.py")]}
    assert rooms - {"__init__", "__main__"} == set(ROOMS)
    assert len(ROOMS) == 19


FOLDERS = [room for room in ROOMS if (ROOT / "docgen" / room).is_dir()]


@pytest.mark.parametrize("room", FOLDERS)
def test_a_rooms_readme_names_all_its_files_and_no_other(room: str) -> None:
    """A file is named as `file.py`, in backticks; what is not of the room is named by its path."""
    folder = ROOT / "docgen" / room
    readme = (folder / "README.md").read_text(encoding="utf-8")
    files = re.findall(r"`(\w+\.py)`", readme)
    assert sorted(files) == sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")
    paths = re.findall(r"`((?:docgen|templates|tests|docs|schedules)/[\w./-]*)`", readme)
    assert [path for path in paths if not (ROOT / path).exists()] == []
    neighbours = re.findall(r"\(((?:`\w+`(?:, )?)+)\)", readme)
    assert {name for names in neighbours for name in re.findall(r"`(\w+)`", names)} <= set(ROOMS)


@pytest.mark.parametrize("room", FOLDERS)
def test_the_map_names_files_of_the_room(room: str) -> None:
    lines = (ROOT / "docgen/README.md").read_text(encoding="utf-8").split("\n")
    (row,) = [line for line in lines if line.startswith(f"| `{room}` | ")]
    names = set(re.findall(r"`(\w+)`", row)) - {room}
    assert names <= {path.stem for path in (ROOT / "docgen" / room).glob("*.py")}


@pytest.mark.seconds
def test_every_file_opens_with_a_sentence_and_is_short() -> None:
    for path in (ROOT / "docgen").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert ast.get_docstring(ast.parse(text)), path
        assert text.count("\n") <= 320, path
