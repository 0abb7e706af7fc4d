"""What `make` and `make test` install is locked: each library by version and hashes, from no place in particular."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS = PROJECT["project"]["optional-dependencies"]
SHIPS = [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]]
LOCKS = {
    "docgen": SHIPS,
    "test": [*SHIPS, *EXTRAS["test"]],
    "conformance": [*SHIPS, *EXTRAS["test"], *EXTRAS["conformance"]],
}
PIN = re.compile(r"^(\S+)==(\S+)(?: ; (.+))? \\\n((?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)


def text(name: str) -> str:
    return (ROOT / f"lock/{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> Iterator[tuple[str, str]]:
    """Each library of a lock with its version."""
    return ((match[1], match[2]) for match in PIN.finditer(text(name)))


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_versions_and_hashes_and_nothing_else(name: str) -> None:
    remains = re.sub(r"^    # via [\w., ()/:-]+\n", "", PIN.sub("", text(name)), flags=re.MULTILINE)
    assert remains == ""
    assert "://" not in text(name)


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_what_the_project_asks_for_in_its_range(name: str) -> None:
    locked = dict(pins(name))
    for wanted in map(Requirement, LOCKS[name]):
        assert wanted.specifier.contains(locked[canonicalize_name(wanted.name)]), wanted


def test_each_lock_has_the_versions_of_the_smaller_one() -> None:
    docgen, test, conformance = (set(pins(name)) for name in LOCKS)
    assert docgen < test < conformance


def test_the_build_backend_is_the_same_range_for_pip_and_for_the_lock() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]
    assert metadata.version("hatchling")
