"""The wheel works outside the checkout: templates, fonts and the worked example are in it; the sources are whole."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from docgen.writers import WRITERS
from tests.conftest import ROOT


def tracked() -> set[str]:
    """The files of the project, without those that are deleted and not committed yet."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return {name for name in names.split("\0") if name and (ROOT / name).exists()}


@pytest.mark.seconds
def test_the_source_package_has_every_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = tmp_path.iterdir()
    with tarfile.open(path) as archive:
        assert {name.partition("/")[2] for name in archive.getnames()} >= tracked()


@pytest.mark.slow
def test_pip_install_gives_a_docgen_that_builds(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_bytes((ROOT / name).read_bytes())
    target = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "--target", str(target), str(source)], check=True, capture_output=True)
    env = dict(os.environ) | {"PYTHONPATH": str(target), "PYTHONWARNINGS": "error::UserWarning"}

    def docgen(*arguments: str) -> str:
        command = [sys.executable, "-m", "docgen", *arguments]
        ran = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True)
        return ran.stdout

    command = [sys.executable, "-c", "import docgen; print(docgen.__file__)"]
    where = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, check=True).stdout.strip()
    assert Path(where).is_relative_to(target)
    docgen("init", "w")
    assert docgen("build", "--workspace", "w").splitlines()[-1] == "8 files written under w/build/"
    names = [f"{document}.{suffix}" for document in ("amendment", "schedule") for suffix in WRITERS]
    for name in names:
        assert (tmp_path / "w/build/aim-class-b/002" / name).stat().st_size > 1000
