"""Names are nouns and verbs that a stranger would look for, and each is one thing; functions are short."""

from __future__ import annotations

import ast
import functools
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

FILES = sorted((ROOT / "docgen").rglob("*.py"))
# Participles and pointing words, which lean on the line before them
POINTING = set(
    re.findall(
        r"\w+",
        "found said made there here told was now known asked kept gone come came meant left both these those whole one "
        "other own seen read shown written typed named stands over since why what",
    )
)
CEILING = 1.1  # in 100 names; it may only fall, and falls with what is reached
LONGEST, MOST_PARAMETERS = 45, 5


@functools.cache
def trees() -> dict[Path, ast.Module]:
    """All of docgen's files as Python reads them."""
    return {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def bound(tree: ast.Module) -> Iterator[str]:
    """Every name that a file binds: of functions, classes, parameters, variables, handlers, aliases."""
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.alias(asname=str(name)):
                yield name


@pytest.mark.seconds
def test_few_names_lean_on_the_line_before_them() -> None:
    names = [name for tree in trees().values() for name in bound(tree)]
    pointing = [name for name in names if not POINTING.isdisjoint(name.lower().strip("_").split("_"))]
    share = 100 * len(pointing) / len(names)
    assert share <= CEILING, sorted(set(pointing))
    assert share > CEILING - 0.2, f"lower CEILING to {share:.2f}"


@pytest.mark.seconds
def test_one_name_is_one_thing() -> None:
    """No two files have types of one name; nor two rooms files of one name, but for a writer and a reader."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, tree in trees().items():
        for node in tree.body:
            is_type = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            name = node.targets[0].id if is_type else getattr(node, "name", "")  # type: ignore[attr-defined]
            if name[:1].isupper() and not name.isupper() and isinstance(node, ast.ClassDef | ast.Assign):
                places[name].append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}
    stems: dict[str, set[str]] = defaultdict(set)
    for path in FILES:
        stems[path.stem].add(path.parent.name)
    several = {stem: rooms for stem, rooms in stems.items() if len(rooms - {"cli"}) > 1 and stem != "__init__"}
    assert set(several) == {"docx", "html", "pdf", "text"}, "a writer and a reader a format"


def functions() -> Iterator[tuple[Path, ast.FunctionDef]]:
    for path, tree in trees().items():
        yield from ((path, node) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


@pytest.mark.seconds
def test_functions_are_short_and_take_few_parameters() -> None:
    for path, node in functions():
        assert (node.end_lineno or 0) - node.lineno < LONGEST, f"{path}:{node.lineno} {node.name}"
        own = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
        assert len([name for name in own if name not in ("self", "cls")]) <= MOST_PARAMETERS, f"{path}:{node.lineno}"
