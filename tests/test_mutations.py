"""The changes by which `make mutants` tries the tests; and no test holds because there was nothing to hold."""

from __future__ import annotations

import ast
import re

import pytest

from tests.conftest import HERE
from tests.mutations import is_python, mutants

SOURCE = '''\
"""A docstring."""
NAMES = ("a", "b")


def late(days: list[int], most: int = 5) -> bool:
    """Another."""
    if not days and most > 3:
        raise ValueError(f"no {most}")
    return any(day >= most for day in days)


Row = TypeVar("Row", bound=tuple)
Kind = Literal["row", "group"]
SETTINGS = Settings(frozen=True, extra="forbid")
__all__ = ["late", "Row"]
'''


def test_a_file_is_changed_in_one_place_after_the_other() -> None:
    source = SOURCE.encode()
    changed = [mutant.of(source).decode().splitlines() for mutant in mutants("a.py", source)]
    lines = [(n, new) for text in changed for n, new in enumerate(text, 1) if new != SOURCE.splitlines()[n - 1]]
    assert len(lines) == len(changed), "one line each"
    assert [f"{number}: {line.strip()}" for number, line in lines] == [
        '2: NAMES = ("b")',
        '2: NAMES = ("XXa", "b")',
        '2: NAMES = ("a", "XXb")',
        "5: def late(days: list[int], most: int = 6) -> bool:",
        "7: if days and most > 3:",
        "7: if False:",
        "7: if True:",
        "7: if not days or most > 3:",
        "7: if not days and most < 3:",
        "7: if not days and most >= 3:",
        "7: if not days and most > 4:",
        "8: pass",
        "8: raise ValueError(None)",
        '8: raise ValueError(f"XXno {most}")',
        "9: return all(day >= most for day in days)",
        "9: return any(day < most for day in days)",
        "9: return any(day > most for day in days)",
        "14: SETTINGS = Settings(frozen=True, )",
        '14: SETTINGS = Settings(frozen=True, extra="XXforbid")',
    ]
    assert [mutant.in_function for mutant in mutants("a.py", source)] == [False] * 4 + [True] * 13 + [False] * 2
    assert sum(is_python("\n".join(text).encode()) for text in changed) == len(changed)


@pytest.mark.seconds
def test_no_test_holds_all_of_nothing() -> None:
    """`assert all(...)` of an empty list holds: `each` asks for one at least."""
    for path in sorted(HERE.glob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assert) and isinstance(node.test, ast.Call):
                assert ast.unparse(node.test.func) != "all", f"{path.name}:{node.lineno}"


@pytest.mark.seconds
def test_every_test_asserts() -> None:
    """Or has a function of its file do so, or a golden file, or waits for a refusal."""
    for path in sorted(HERE.glob("test_*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        asserting = {node.name for node in functions if any(isinstance(n, ast.Assert) for n in ast.walk(node))}
        for node in functions:
            calls = {re.sub(r"^.*\.", "", ast.unparse(n.func)) for n in ast.walk(node) if isinstance(n, ast.Call)}
            says = node.name in asserting or calls & {*asserting, "holds", "raises"}
            assert says or not node.name.startswith("test_"), f"{path.name}:{node.lineno} {node.name}"
