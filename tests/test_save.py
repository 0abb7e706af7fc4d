"""Files are saved all or none; what was there before stays whole."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from docgen.files import atomic
from docgen.problems import WriterProblem

OLD = {"a/x.txt": b"old x", "a/y.txt": b"old y"}
NEW = {"a/x.txt": b"new x", "a/y.txt": b"new y"}


def there(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_files_are_written(tmp_path: Path) -> None:
    assert atomic.save(tmp_path, OLD) == [tmp_path / "a/x.txt", tmp_path / "a/y.txt"]
    assert there(tmp_path) == OLD


def test_a_file_that_cannot_move_leaves_the_old_set(tmp_path: Path) -> None:
    atomic.save(tmp_path, {"a/x.txt": b"old x"})
    (tmp_path / "a/y.txt").mkdir()
    with pytest.raises(WriterProblem, match=r"y\.txt.*cannot be written"):
        atomic.save(tmp_path, NEW)
    assert there(tmp_path) == {"a/x.txt": b"old x"}


def test_a_disk_that_fills_up_leaves_the_old_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atomic.save(tmp_path, OLD)
    write = atomic._part

    def full(path: Path, data: bytes, lasting: bool) -> Path:
        if path.name.startswith("y"):
            raise OSError(28, "No space left on device", str(path))
        return write(path, data, lasting)

    monkeypatch.setattr(atomic, "_part", full)
    with pytest.raises(WriterProblem, match="No space left on device"):
        atomic.save(tmp_path, NEW)
    monkeypatch.undo()
    assert there(tmp_path) == OLD


@pytest.mark.parametrize("after", [0, 1])
def test_an_interrupt_between_two_moves_waits_for_the_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    atomic.save(tmp_path, OLD)
    move = Path.replace
    moves = 0

    def interrupted(path: Path, target: Path) -> Path:
        nonlocal moves
        if moves == after:
            os.kill(os.getpid(), signal.SIGINT)
        moves += 1
        return move(path, target)

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        atomic.save(tmp_path, NEW)
    monkeypatch.undo()
    assert there(tmp_path) == NEW


def test_an_interrupt_before_the_moves_leaves_the_old_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    atomic.save(tmp_path, OLD)
    monkeypatch.setattr(atomic, "_part", lambda *_, **__: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        atomic.save(tmp_path, NEW)
    monkeypatch.undo()
    assert there(tmp_path) == OLD


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt", "/docgen-out.txt"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(WriterProblem, match="leads out of its folder"):
        atomic.save(tmp_path / "build", {name: b"x"})
    assert there(tmp_path) == {}


def test_links_are_not_followed_out(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "build").mkdir()
    (tmp_path / "build/a").symlink_to(tmp_path / "outside")
    with pytest.raises(WriterProblem, match="leads out of its folder"):
        atomic.save(tmp_path / "build", NEW)
    assert there(tmp_path) == {}


def test_a_link_in_the_place_of_a_part_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"precious")
    (tmp_path / "build/a").mkdir(parents=True)
    (tmp_path / "build/a/.x.txt.part").symlink_to(tmp_path / "precious")
    atomic.save(tmp_path / "build", NEW)
    assert (tmp_path / "precious").read_bytes() == b"precious"
    assert there(tmp_path / "build") == NEW


def test_odd_things_in_the_way_are_problems(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "build/a/.x.txt.part").mkdir(parents=True)
    for folder in ("file", "loop", "build"):
        with pytest.raises(WriterProblem, match="cannot be written|leads out"):
            atomic.save(tmp_path / folder, NEW)
