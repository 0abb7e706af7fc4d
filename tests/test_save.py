"""Files are saved all or none; what was there before stays whole."""

from __future__ import annotations

import itertools
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from docgen.files import atomic, lock
from docgen.files.watch import changes
from docgen.problems import WriterProblem

OLD = {"a/x.txt": b"old x", "a/y.txt": b"old y"}
NEW = {"a/x.txt": b"new x", "a/y.txt": b"new y"}


def there(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_files_are_written(tmp_path: Path) -> None:
    assert atomic.save(tmp_path, OLD) == [tmp_path / "a/x.txt", tmp_path / "a/y.txt"]
    assert there(tmp_path) == OLD


def of(status: os.stat_result) -> tuple[int, int]:
    """Which file it is, and how many bytes it has."""
    return status.st_ino, status.st_size


def test_folders_of_data_are_on_the_disk_before_the_set_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is under build/ can be made again."""
    synced: list[Path] = []
    flushed: list[tuple[int, int]] = []
    monkeypatch.setattr(atomic, "_sync", synced.append)
    monkeypatch.setattr(os, "fsync", lambda descriptor: flushed.append(of(os.fstat(descriptor))))
    atomic.save(tmp_path, {"schedules/p/001.yaml": b"a", "build/p/001/amendment.txt": b"b"})
    assert synced == [tmp_path / "schedules/p"]
    assert flushed == [of((tmp_path / "schedules/p/001.yaml").stat())], "all of its bytes"
    atomic.write(tmp_path / "report.txt", b"c")
    assert len(flushed) == 1
    atomic.save_folder(tmp_path, "filed/001", {"x.txt": b"x"})
    assert flushed[1:] == [of((tmp_path / "filed/001/x.txt").stat())]
    assert synced[1:] == [tmp_path / "filed/.001.part", tmp_path / "filed"]


def test_files_are_saved_by_a_thread_of_the_page_too(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as others:
        assert others.submit(atomic.save, tmp_path, OLD).result() == [tmp_path / "a/x.txt", tmp_path / "a/y.txt"]
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


def test_what_cannot_be_written_says_which_file_and_why(tmp_path: Path) -> None:
    """The old set stands where the set does not count yet; of one that counts the rest follows."""
    (tmp_path / "a/y.txt").mkdir(parents=True)
    with pytest.raises(WriterProblem) as caught:
        atomic.save(tmp_path, NEW)
    (problem,) = caught.value.problems
    assert problem.where.file == str(tmp_path / "a/y.txt")
    assert problem.found == "cannot be written: Is a directory"
    assert problem.remedy == "nothing of this set was changed"


def test_a_set_that_counts_and_cannot_move_is_written_by_the_next_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    atomic.save(tmp_path, OLD)
    move = Path.replace

    def stuck(path: Path, target: Path) -> Path:
        if target.name == "y.txt":
            raise OSError(5, "Input/output error", str(target))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", stuck)
    with pytest.raises(WriterProblem) as caught:
        atomic.save(tmp_path, NEW)
    (problem,) = caught.value.problems
    assert problem.found == "cannot be written: Input/output error"
    assert problem.remedy == "see to it: the next docgen command writes the rest of what was begun"
    with pytest.raises(WriterProblem, match="Input/output error"):
        atomic.repair(tmp_path)
    monkeypatch.undo()
    assert atomic.repair(tmp_path) == atomic.Repair(("a/x.txt", "a/y.txt"), finished=True)
    assert there(tmp_path) == NEW
    assert atomic.repair(tmp_path) is None


def test_a_link_in_a_circle_is_said_by_the_folder(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to(tmp_path / "a")
    with pytest.raises(WriterProblem) as caught:
        atomic.save(tmp_path, NEW)
    assert "cannot be written: Symlink loop from" in str(caught.value)


def test_a_folder_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = atomic.save_folder(tmp_path, "filed/002", {"x.txt": b"x", "receipt.json": b"{}"})
    assert paths == [tmp_path / "filed/002/x.txt", tmp_path / "filed/002/receipt.json"]
    assert there(tmp_path) == {"filed/002/receipt.json": b"{}", "filed/002/x.txt": b"x"}
    with pytest.raises(WriterProblem, match="cannot be written: Directory not empty"):
        atomic.save_folder(tmp_path, "filed/002", {"y.txt": b"y"})
    with pytest.raises(WriterProblem, match=r": leads out of its folder\n +name a file of it$"):
        atomic.save_folder(tmp_path, "filed/003", {"../y.txt": b"y"})
    with pytest.raises(WriterProblem, match="leads out of its folder"):
        atomic.save_folder(tmp_path, "../out", {"y.txt": b"y"})
    (tmp_path / "filed/004").mkdir()
    atomic.save_folder(tmp_path, "filed/004", {"y.txt": b"y"})
    assert sorted(there(tmp_path)) == ["filed/002/receipt.json", "filed/002/x.txt", "filed/004/y.txt"]
    assert [path.name for path in (tmp_path / "filed").iterdir() if path.name.startswith(".")] == []
    assert not (tmp_path / atomic.BEGUN).exists()


def test_a_folder_that_was_broken_off_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "filed/.002.part").mkdir(parents=True)
    (tmp_path / "filed/.002.part/x.txt").write_bytes(b"x")
    (tmp_path / "build/.docgen").mkdir(parents=True)
    (tmp_path / atomic.BEGUN).write_text('{"files": [], "remove": [], "folder": "filed/002"}')
    assert atomic.repair(tmp_path) == atomic.Repair(("filed/002",), finished=False)
    assert there(tmp_path) == {}


@pytest.mark.parametrize(
    "journal", ["", "{", "[]", "7", '{"files": 7}', '{"files": ["a"]}', '{"files": [], "remove": []}']
)
def test_a_journal_cut_short_is_of_nothing(tmp_path: Path, journal: str) -> None:
    atomic.save(tmp_path, OLD)
    for name in (atomic.BEGUN, atomic.COMMITTED):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(journal)
        assert atomic.repair(tmp_path) == atomic.Repair((), finished=name == atomic.COMMITTED)
        assert not (tmp_path / name).exists()
    assert there(tmp_path) == OLD


def test_one_file_is_written_whole(tmp_path: Path) -> None:
    assert atomic.write(tmp_path / "a/x.txt", b"x") == tmp_path / "a/x.txt"
    assert atomic.write(tmp_path / "c/d/x.txt", b"x").parent.parent == tmp_path / "c"
    atomic.remove(tmp_path, ["c/d/x.txt"])
    (tmp_path / "b").mkdir()
    with pytest.raises(WriterProblem, match=r"b.*cannot be written: Is a directory"):
        atomic.write(tmp_path / "b", b"x")
    (tmp_path / "link").symlink_to(tmp_path / "a/x.txt")
    with pytest.raises(WriterProblem, match=r": leads out of its folder\n +take the link away$"):
        atomic.write(tmp_path / "link", b"y")
    assert there(tmp_path) == {"a/x.txt": b"x", "link": b"x"}


def test_what_is_taken_away_leaves_no_empty_folder(tmp_path: Path) -> None:
    atomic.save(tmp_path, {"a/b/x.txt": b"x", "a/y.txt": b"y", "z.txt": b"z"})
    names = ["a/b/x.txt", "nothing.txt", "../z.txt"]
    assert atomic.remove(tmp_path, names) == [tmp_path / "a/b/x.txt"]
    assert not (tmp_path / "a/b").exists()
    assert there(tmp_path) == {"a/y.txt": b"y", "z.txt": b"z"}


def test_files_go_with_the_set_that_replaces_them(tmp_path: Path) -> None:
    atomic.save(tmp_path, OLD)
    assert atomic.save(tmp_path, {"a/z.txt": b"z"}, remove=["a/x.txt", "a/none.txt"]) == [tmp_path / "a/z.txt"]
    assert there(tmp_path) == {"a/y.txt": b"old y", "a/z.txt": b"z"}


def test_a_lock_is_waited_for_and_its_holder_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two in one process are two as well: each opens the file for itself."""
    heard: list[str] = []
    name = f"docgen seal, process {os.getpid()}"
    with lock.held(tmp_path, "docgen seal", heard.append):
        assert (tmp_path / lock.LOCK).read_text(encoding="utf-8") == name
        with pytest.raises(lock.Busy) as busy, lock.held(tmp_path, "docgen build", heard.append, 0):
            pass
        with pytest.raises(lock.Busy), lock.held(tmp_path, "docgen build", heard.append, 3 * lock.PAUSE):
            pass
        (tmp_path / lock.LOCK).write_bytes(b"")
        with pytest.raises(lock.Busy, match="another docgen command is at"), lock.held(tmp_path, "", heard.append, 0):
            pass
        assert heard == [f"{name} is at work in this workspace; waiting for it."]
        waits = iter([(tmp_path / lock.LOCK).unlink])
        monkeypatch.setattr(time, "sleep", lambda seconds: next(waits)())
        with lock.held(tmp_path, "docgen build", heard.append):
            assert (tmp_path / lock.LOCK).read_text(encoding="utf-8").startswith("docgen build")
    (problem,) = busy.value.problems
    assert (problem.where.file, problem.found) == (str(tmp_path), f"{name} is at work in this workspace")
    assert problem.remedy == "wait for its end, and run the same command"
    assert not [*tmp_path.iterdir()], "a lock leaves no folder that it made"
    (tmp_path / "build").mkdir()
    with lock.held(tmp_path, "docgen seal", heard.append):
        pass
    assert [*tmp_path.iterdir()] == [tmp_path / "build"], "and takes none away that was there"


def test_where_there_can_be_no_lock_is_said(tmp_path: Path) -> None:
    (tmp_path / "build").write_bytes(b"")
    with pytest.raises(WriterProblem, match=r"build.*: cannot be locked: ") as refusal, lock.held(tmp_path, "", print):
        pass
    assert refusal.value.problems[0].remedy == "keep the workspace where you may write"


def test_a_folder_that_comes_or_goes_is_watched_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`watchfiles` tells of what is saved in folders, and every second that nothing was."""
    watched: list[list[str]] = []

    def watch(*folders: Path, recursive: bool, yield_on_timeout: bool, **_: object) -> Iterator[set[str]]:
        watched.append([*(folder.name for folder in folders), *(["all below"] if recursive else [])])
        yield from ([set(), set(), {"saved"}, set()] if yield_on_timeout else [])
        (tmp_path / "schedules").mkdir(exist_ok=True)
        yield set()
        yield {"not heard any more"}

    monkeypatch.setitem(sys.modules, "watchfiles", SimpleNamespace(watch=watch))
    (tmp_path / "templates").mkdir()
    told = [len(watched) for _ in itertools.islice(changes(tmp_path), 6)]
    assert told == [1, 1, 1, 2, 2, 2]
    assert watched == [["templates", "all below"], ["schedules", "templates", "all below"]]
    bare = tmp_path / "bare"
    bare.mkdir()
    assert next(changes(bare)) is None
    assert watched[-1] == ["bare"]
