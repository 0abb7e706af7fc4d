"""Work on somebody's file ends in one clear line, within 10 seconds and 1 GB, whatever the file is."""

from __future__ import annotations

import contextlib
import io
import itertools
import os
import resource
import signal
import struct
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType

import openpyxl
import pytest

from docgen.files import html_tags, limits, ooxml, work_threads
from docgen.files.work_threads import WorkThread
from docgen.problems import DataProblem, DocgenError
from docgen.readers import to_tree
from docgen.redline import align
from tests.conftest import Workspace

HTM = ("--format", "htm")
SCHEDULE = "templates/distribution-plan/schedule.html.j2"
CSS = (Path(__file__).parent.parent / "templates/print.css").read_text(encoding="utf-8")
PEAK = (  # the most that this program itself has had: what getrusage says counts its parent's in
    "import sys\nfrom pathlib import Path\nfrom docgen import cli\n"
    "try:\n    cli.main(sys.argv[1:])\n"
    "finally:\n    print(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
)


def measured(workspace: Workspace, *arguments: str) -> tuple[float, str]:
    """The most memory that a command takes in a process of its own, in megabytes, and what it says."""
    ran = subprocess.run(
        [sys.executable, "-c", PEAK, *arguments], cwd=workspace.root, capture_output=True, text=True, check=False
    )
    return int(ran.stdout.split()[-1]) / 1000, ran.stderr


def doubled(step: str, times: int) -> str:
    return "<document>{% set x = 'aaaaaaaaaa' %}" + step * times + "<p>{{ x }}</p></document>"


TEMPLATES = {
    "loops": (
        "<document>" + "{% for a in schedules[0].groups %}" * 12 + "{% endfor %}" * 12 + "</document>",
        "would take more than 3 seconds",
    ),
    "doubled": (doubled("{% set x = x ~ x %}", 35), "would take more than 600 MB of memory"),
    "replaced": (doubled("{% set x = x|replace('a', x) %}", 8), "would take more than 600 MB of memory"),
    "captured": (doubled("{% set x %}{{ x }}{{ x }}{% endset %}", 35), "would take more than 600 MB of memory"),
    "lists": (doubled("{% set x = [x, x] %}", 35), "a list stands where a text has to"),
    "recursive": (
        "<document>{% macro m(x) %}{{ m(x) }}{{ m(x) }}{% endmacro %}<p>{{ m('a') }}</p></document>",
        "is nested too deeply",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", TEMPLATES)
def test_a_template_ends(amended: Workspace, name: str) -> None:
    template, said = TEMPLATES[name]
    ran = amended.write({SCHEDULE: template}).run("check", "aim-class-b/003")
    assert ran.code == 1
    assert SCHEDULE in ran.err
    assert said in ran.err
    assert "1 problem. 1 amendment checked." in ran.err


@pytest.mark.slow
def test_a_template_takes_no_more_memory_than_it_may(workspace: Workspace) -> None:
    workspace.write({SCHEDULE: TEMPLATES["doubled"][0]})
    assert measured(workspace, "check")[0] < 1000


VARIABLES = ":root{" + "".join(f"--a{n}:var(--a{n + 1}) var(--a{n + 1});" for n in range(40)) + "--a40:x}"
SHEETS = {
    "variables": VARIABLES + "body{font-family:var(--a0)}",
    "type": "body{font-size:99999px}",
    "page": "@page{size:1mm}",
    "padding": "p{padding:99999999px}",
    "columns": "body{column-count:100000}",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.long if n == "page" else ()) for n in SHEETS])
def test_a_style_sheet_ends(workspace: Workspace, name: str) -> None:
    ran = workspace.write({"templates/print.css": CSS + SHEETS[name]}).run("build", "--format", "pdf", "--jobs", "1")
    assert ran.code == 1
    assert "take your last change to print.css back" in ran.err or "print.css may not change words" in ran.err
    assert not (workspace.root / "build/p").exists()


def stray(workspace: Workspace, place: str) -> str:
    """An exported schedule with one cell far away."""
    workspace.run("export", "p", "fees.xlsx")
    book = openpyxl.load_workbook(workspace.root / "fees.xlsx")
    book.worksheets[0][place] = "x"
    book.save(workspace.root / "stray.xlsx")
    return "stray.xlsx"


@pytest.mark.parametrize("place", ["E1048576", "XFD2", "B5000"])
def test_a_cell_far_away_is_named(workspace: Workspace, place: str) -> None:
    ran = workspace.run("import", stray(workspace, place), "--plan", "p")
    assert ran.code == 1
    assert f'!{place}: "x" stands far from the table' in ran.err


def lying(parts: dict[str, bytes], says: int) -> bytes:
    """A zip that says of each part that it unpacks to so many bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    lie = bytearray(buffer.getvalue())
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = lie.find(mark)
        while at >= 0:
            lie[at + offset : at + offset + 4] = struct.pack("<I", says)
            at = lie.find(mark, at + 4)
    return bytes(lie)


@pytest.mark.slow
@pytest.mark.parametrize("says", [1000, pytest.param(90_000_000, marks=pytest.mark.long)])
def test_a_zip_that_lies_about_its_sizes(workspace: Workspace, says: int) -> None:
    data = lying({"xl/worksheets/sheet1.xml": bytes(500_000_000)}, says)
    with pytest.raises(DocgenError, match=r"can be opened|unpacks to more than"):
        ooxml.parts("fees.xlsx", data)
    workspace.write({"fees.xlsx": data})
    assert measured(workspace, "import", "fees.xlsx", "--plan", "p")[0] < 1000


@pytest.mark.slow
def test_a_word_file_of_empty_paragraphs(workspace: Workspace) -> None:
    assert workspace.run("build", "--format", "docx").code == 0
    parts = ooxml.parts("", (workspace.root / "build/p/001/schedule.docx").read_bytes())
    body = parts["word/document.xml"].replace(b"</w:body>", b"<w:p/>" * 3_000_000 + b"</w:body>")
    with pytest.raises(DataProblem, match=r"would take more than (6 seconds|700 MB of memory) to read"):
        to_tree.read("many.docx", ooxml.pack({**parts, "word/document.xml": body}))


MORE_SIGNS = [
    pytest.param(text, marks=pytest.mark.long) for text in ("<div>" * 300_000, "<a " * 600_000, "&" * 2_000_000)
]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["<" * 2_000_000, *MORE_SIGNS])
def test_signs_without_end(workspace: Workspace, text: str) -> None:
    taken, said = measured(workspace.write({"x.htm": text}), "check", "x.htm")
    assert 0 < len(said.splitlines()) < 40
    assert taken < 1000


MANY = [f"a{number}" for number in range(20_000)]
CROWDED = {
    "bare": f"<p {' '.join(MANY)}>x</p>",
    "with values": f"<p {'=1 '.join(MANY)}>x</p>",
    "with brackets in quotes": "<p {}>x</p>".format('=">" '.join(MANY)),
    "with brackets in single quotes": "<p {}>x</p>".format("='<' ".join(MANY)),
    "without an end": f"<p {' '.join(MANY)}",
    "without the end of a quotation": f"<p {' '.join(MANY)} a='x",
}


@pytest.mark.seconds
@pytest.mark.parametrize("name", CROWDED)
def test_attributes_without_end(workspace: Workspace, name: str) -> None:
    said = f"x.htm: has a tag with 20,00{int('quotation' in name)} attributes\n"
    workspace.write({"x.htm": CROWDED[name]})
    for command in (("redline", "p/001", "--against", "x.htm"), ("import", "x.htm")):
        ran = workspace.run(*command)
        assert (said in ran.err, ran.code) == (True, 1)


def test_many_attributes_that_a_file_may_have(workspace: Workspace) -> None:
    picture = f"<img src='data:{'x' * 76} {' y' * 30_000}>'><p {' '.join(MANY[:9_000])}>AMENDMENT</p>"
    html_tags.refuse_crowded("x.htm", picture)
    with pytest.raises(DataProblem, match="has a tag with 11,000 attributes"):
        html_tags.refuse_crowded("x.htm", picture + f"<p {' '.join(MANY[:11_000])}>")


@pytest.mark.seconds
def test_a_paragraph_without_end_is_compared(workspace: Workspace) -> None:
    """Held against each paragraph that it might be, sign by sign, it took half a minute."""
    ran = workspace.write({"x.htm": f"<p>{'&' * 300_000}</p>"}).run("redline", "p/001", "--against", "x.htm", *HTM)
    assert ran.code == 0


@pytest.mark.seconds
def test_a_comparison_ends(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    monkeypatch.setattr(align, "paragraphs", lambda old, new: [None for _ in itertools.count()])
    ran = workspace.write({"x.htm": "<p>AMENDMENT</p>"}).run("redline", "p/001", "--against", "x.htm", *HTM)
    assert ran.err.startswith("x.htm: would take more than 1 seconds to read\n")
    assert ran.code == 1


@pytest.mark.parametrize(
    "command",
    [
        ("check", "pipe.htm"),
        ("import", "pipe.xlsx", "--plan", "p"),
        ("import", "pipe.csv", "--plan", "p"),
        ("redline", "p/001", "--against", "pipe.docx"),
        ("redline", "p/001", "--against", "pipe.yaml"),
        ("seal", "p/001", "--document", "pipe.txt"),
    ],
)
def test_a_pipe_is_no_file(workspace: Workspace, command: tuple[str, ...]) -> None:
    pipe = next(word for word in command if word.startswith("pipe"))
    os.mkfifo(workspace.root / pipe)
    ran = workspace.run(*command)
    assert ran.code == 2
    assert f"{pipe}: cannot be read: is not a file" in ran.err


@pytest.mark.parametrize("place", ["schedules/p/amendments/001.yaml", "schedules/p/plan.yaml", SCHEDULE])
def test_a_pipe_in_the_workspace_is_no_file(workspace: Workspace, place: str) -> None:
    path = workspace.root / place
    path.unlink(missing_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    ran = workspace.run("check")
    assert (ran.code, ran.err.splitlines()[-1].partition(".")[0]) == (1, "1 problem"), ran.err
    assert ran.err.startswith(f"{place}: is not a file")


def work(first: object = None) -> None:
    del first
    while True:
        pass


def stubborn() -> None:
    for _ in range(3):
        with contextlib.suppress(Exception):  # as a library might
            work()


def test_work_that_swallows_every_error_ends_all_the_same() -> None:
    with pytest.raises(limits.TooMuch, match="^more than 0 seconds$"), limits.bounded(0.1, 500):
        stubborn()


@pytest.mark.parametrize("inner", [work, lambda: bytearray(2_000_000_000)])
def test_work_inside_bounded_work_has_the_outer_bound(inner: Callable[[], object]) -> None:
    with pytest.raises(limits.TooMuch), limits.bounded(0.2, 500), limits.bounded(100, 10_000):
        inner()


@pytest.mark.seconds
def test_nothing_is_bounded_afterwards() -> None:
    with limits.bounded(5, 500):
        pass
    assert len(bytearray(600_000_000)) == 600_000_000


def test_who_ends_work_is_told_where_it_is() -> None:
    begun, ended, frames = threading.Event(), threading.Event(), list[FrameType | None]()

    def waiting() -> None:
        begun.set()
        ended.wait(10)

    def may_end(frame: FrameType | None) -> bool:
        frames.append(frame)
        return False

    thread = WorkThread(waiting)
    thread.start()
    begun.wait(10)
    thread.end(limits.TooMuch, may_end)
    ended.set()
    thread.join(10)
    assert [frame is not None for frame in frames] == [True]
    assert thread.future.result(10) is None


def test_work_in_a_thread_is_neither_told_to_end_nor_counted_before_it_begins() -> None:
    thread = WorkThread(lambda: 7)
    thread.end(limits.TooMuch, lambda frame: True)
    assert thread.seconds == 0
    thread.start()
    assert thread.future.result(10) == 7


def test_nobody_waits_long_for_work_that_does_not_heed_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_threads, "PATIENCE", 0.05)
    heard, ends = threading.Event(), list[str]()

    def deaf() -> None:
        try:
            heard.wait(10)
        finally:
            ends.append("ended")

    with pytest.raises(limits.TooMuch, match="enough"):
        work_threads.waited_for(deaf, lambda seconds: limits.TooMuch("enough"), lambda frame: True, 0.01)
    assert ends == []
    heard.set()


class Untidy:
    """Takes longer than its bound to be thrown away."""

    def __init__(self, ends: list[str]) -> None:
        self.ends = ends

    def __del__(self) -> None:
        end = time.process_time() + 0.08
        while time.process_time() < end:
            pass
        self.ends.append("thrown away")


def test_what_is_thrown_away_is_so_to_its_end() -> None:
    ends: list[str] = []
    with pytest.raises(limits.TooMuch), limits.bounded(0.02, 500):
        work(Untidy(ends))
    assert beside(lambda: work(Untidy(ends)), 0.02) == "more than 0 seconds"
    assert ends == ["thrown away", "thrown away"]


def soft() -> int:
    """The bytes that this process may take."""
    return resource.getrlimit(resource.RLIMIT_AS)[0]


def test_a_bound_of_memory_that_there_is_stays() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    own = limits._taken() + 2_000 * limits.MEGABYTE
    resource.setrlimit(resource.RLIMIT_AS, (own, before[1]))
    try:
        with limits.bounded(5, 100_000):
            assert soft() == own
        with limits.bounded(5, 1_000):
            assert soft() < own
        with work_threads.memory_bounded(limits._taken(), 100_000 * limits.MEGABYTE):
            assert soft() == own
        assert soft() == own
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def test_of_several_threads_the_one_that_may_take_most_gives_the_bound() -> None:
    before, taken = resource.getrlimit(resource.RLIMIT_AS), limits._taken()
    mega = limits.MEGABYTE
    with work_threads.memory_bounded(taken, 500 * mega):
        first = soft()
        assert first == taken + 500 * mega + work_threads.SPARE
        with work_threads.memory_bounded(taken, 100 * mega):
            assert soft() == first
        with work_threads.memory_bounded(taken, 600 * mega):
            assert soft() == first + 100 * mega
        assert soft() == first + 100 * mega, "a thread still works"
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_memory_is_not_bounded_where_the_system_does_not_say_how_much_there_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = soft()
    monkeypatch.setattr(limits, "_taken", lambda: 0)
    with limits.bounded(5, 1):
        assert soft() == before
    assert beside(soft) == before


def test_the_timer_of_somebody_else_rings_as_before() -> None:
    def rings(number: int, frame: FrameType | None) -> None: ...

    before = signal.signal(signal.SIGVTALRM, rings)
    try:
        with limits.bounded(5, 300):
            assert signal.getsignal(signal.SIGVTALRM) is not rings
        assert signal.getsignal(signal.SIGVTALRM) is rings
    finally:
        signal.signal(signal.SIGVTALRM, before)


def test_work_beside_the_main_thread_has_no_timer_of_its_own() -> None:
    def bounded() -> int:
        with limits.bounded(0, 0):
            return 7

    with ThreadPoolExecutor(1) as others:
        assert others.submit(bounded).result() == 7


def beside(work: Callable[[], object], seconds: float = 0.2) -> object:
    """What bounded work gives beside the main thread, or why it ended."""
    with ThreadPoolExecutor(1) as others:
        try:
            return others.submit(limits.within, seconds, 300, work).result()
        except limits.TooMuch as error:
            return str(error)


def grow() -> None:
    parts: list[bytearray] = []
    while True:
        parts.append(bytearray(20_000_000))


@pytest.mark.seconds
def test_beside_the_main_thread_work_is_bounded_too() -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    assert beside(lambda: 7) == 7
    assert beside(lambda: limits.within(0, 0, lambda: 8)) == 8, "the work around it is what is bounded"
    assert beside(stubborn) == "more than 0 seconds"
    for memory in (grow, lambda: bytearray(2_000_000_000)):
        assert beside(memory, 9) == "more than 300 MB of memory"
    with pytest.raises(ZeroDivisionError):
        beside(lambda: 1 // 0)
    with ThreadPoolExecutor(4) as others:
        several = [others.submit(limits.within, 0.2, 300, each) for each in (work, stubborn, lambda: 9, stubborn)]
        assert [isinstance(each.exception(), limits.TooMuch) for each in several] == [True, True, False, True]
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert len(bytearray(600_000_000)) == 600_000_000, "nothing is bounded afterwards"
