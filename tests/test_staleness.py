"""Only what is out of date is built, and what stands under build/ is what a build from nothing makes."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.build import inputs, jobs, manifest
from docgen.cli.options import chosen
from docgen.files import fingerprint, resources
from docgen.workspace import load
from docgen.workspace.select import DOCUMENTS
from tests.conftest import AMENDMENT, PLAIN, PLAN, Workspace, each, examples

LATER = """\
number: {number}
effective: 2004-02-{number:02}
changes:
  - add: Fund {letter}
    to: AIM BOND FUNDS, INC.
    values: {{sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}}
"""
CHEAP = ("--format", "txt,htm")


def later(number: int, letter: str = "A") -> str:
    return LATER.format(number=number, letter=f"{letter}{number}")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the plan `p` and three amendments, all built."""
    workspace = Workspace(tmp_path_factory.mktemp("built") / "w")
    workspace.write({**PLAIN, **{f"schedules/p/amendments/00{n}.yaml": later(n) for n in (2, 3)}})
    assert workspace.run("build", *CHEAP).code == 0
    return workspace.root


@pytest.fixture
def three(built: Path, tmp_path: Path) -> Workspace:
    """The plan `p` with three amendments, all built."""
    return Workspace(Path(shutil.copytree(built, tmp_path, dirs_exist_ok=True)))


def made_again(workspace: Workspace, *arguments: str) -> dict[str, str]:
    """Why each amendment is made, by a build that says so; only those that are."""
    ran = workspace.run("build", *CHEAP, "--explain", *arguments)
    assert ran.code == 0, ran.err
    said = dict(line.split(": ", 1) for line in ran.out.splitlines() if line.startswith(("p/", "q/")))
    assert said, ran.out
    return {name: why for name, why in said.items() if why != "current"}


def tree(workspace: Workspace) -> dict[str, bytes]:
    there = workspace.root / "build"
    files = {path.relative_to(there).as_posix(): path for path in there.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith(".docgen")}


@pytest.mark.seconds
def test_nothing_changed_nothing_is_read_or_made(three: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tree(three)
    for room, step in ((load, "load"), (jobs, "do"), (jobs, "put")):
        monkeypatch.delattr(room, step)
    ran = three.run("build", *CHEAP)
    assert (ran.code, ran.out) == (0, "Nothing to do: 3 amendments up to date.\n")
    assert tree(three) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "add", "again"),
    [
        ("schedules/p/amendments/003.yaml", "# a word\n", {"p/003": "003.yaml changed"}),
        (
            "schedules/p/amendments/002.yaml",
            "# a word\n",
            {"p/002": "002.yaml changed", "p/003": "an amendment before it changed"},
        ),
        ("schedules/p/plan.yaml", "# a word\n", {f"p/00{n}": "plan.yaml changed" for n in (1, 2, 3)}),
        ("build/p/002/amendment.txt", "x", {"p/002": "amendment.txt is not as docgen wrote it"}),
        ("schedules/q/notes.txt", "no plan", {}),
    ],
)
def test_what_follows_from_a_change_is_made_again(three: Workspace, path: str, add: str, again: dict[str, str]) -> None:
    before = tree(three)
    file = three.root / path
    file.parent.mkdir(exist_ok=True)
    file.write_text((file.read_text(encoding="utf-8") if file.exists() else "") + add, encoding="utf-8")
    assert made_again(three) == again
    assert tree(three) == before
    assert made_again(three) == {}


@pytest.mark.seconds
def test_a_file_deleted_or_cut_short_is_made_again(three: Workspace) -> None:
    before = tree(three)
    (three.root / "build/p/001/schedule.htm").unlink()
    (three.root / "build/p/003/schedule.txt").write_bytes(before["p/003/schedule.txt"][:-1])
    assert made_again(three) == {
        "p/001": "schedule.htm is not there",
        "p/003": "schedule.txt is not as docgen wrote it",
    }
    assert tree(three) == before


@pytest.mark.slow
def test_a_template_makes_out_of_date_who_loads_it(three: Workspace) -> None:
    name = "templates/distribution-plan/_schedule.html.j2"
    worded = (resources.ROOT / name).read_text(encoding="utf-8")
    said = "a template, the style sheet or a font changed"
    assert made_again(three.write({"templates/agreement/amendment.html.j2": "<document></document>"})) == {}
    assert made_again(three.write({name: worded + "{# a word #}\n"})) == {f"p/00{n}": said for n in (1, 2, 3)}
    assert made_again(three.write({"templates/fonts/one.ttf": b"font"})) == {f"p/00{n}": said for n in (1, 2, 3)}


@pytest.mark.seconds
@pytest.mark.parametrize("tool", ["code", "libraries"])
def test_another_docgen_or_library_makes_everything_again(
    three: Workspace, monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    monkeypatch.setattr(fingerprint, tool, lambda: "another")
    assert list(made_again(three)) == ["p/001", "p/002", "p/003"]


@pytest.mark.seconds
def test_a_plan_that_is_restated_counts(three: Workspace) -> None:
    plan = PLAN.replace("Class B", "Class C") + "restates: p\n"
    three.write({"schedules/q/plan.yaml": plan, "schedules/q/amendments/001.yaml": later(1, "Q")})
    assert made_again(three) == {"q/001": "has not been made yet"}
    three.write({"schedules/p/amendments/003.yaml": later(3, "Other")})
    assert made_again(three) == {"p/003": "003.yaml changed", "q/001": "the plan that it restates changed"}


@pytest.mark.seconds
def test_clocks_and_copies_do_not_count(three: Workspace, tmp_path_factory: pytest.TempPathFactory) -> None:
    for path in three.root.rglob("*"):
        os.utime(path, (0, 0))
    assert made_again(three) == {}
    copy = Workspace(tmp_path_factory.mktemp("copy") / "of")
    shutil.copytree(three.root, copy.root)
    assert made_again(copy) == {}
    changed = three.root / "schedules/p/amendments/003.yaml"
    changed.write_text(later(3, "B"), encoding="utf-8")
    os.utime(changed, (0, 0))
    assert made_again(three) == {"p/003": "003.yaml changed"}


@pytest.mark.seconds
def test_what_was_made_of_an_amendment_that_is_gone_goes_away(three: Workspace) -> None:
    three.write({"build/p/002/notes.docx": "mine", "build/p/mine.txt": "mine"})
    for number in (2, 3):
        (three.root / f"schedules/p/amendments/00{number}.yaml").unlink()
    ran = three.run("build", *CHEAP)
    assert "build/p/003/schedule.htm taken away" in ran.out
    names = {"p/002/notes.docx", "p/mine.txt", *(f"p/001/{d}.{s}" for d in DOCUMENTS for s in ("txt", "htm"))}
    assert set(tree(three)) == names
    assert not (three.root / "build/p/003").exists()


@pytest.mark.seconds
def test_a_plan_that_was_not_named_is_let_be(three: Workspace) -> None:
    three.write({"schedules/q/plan.yaml": PLAN.replace("Class B", "C"), "schedules/q/amendments/001.yaml": AMENDMENT})
    assert three.run("build", "q", *CHEAP).code == 0
    shutil.rmtree(three.root / "schedules/p")
    assert "taken away" not in three.run("build", "q", *CHEAP).out
    assert "p/001/amendment.txt" in tree(three)
    assert three.run("build", *CHEAP).code == 0
    assert {name.partition("/")[0] for name in tree(three)} == {"q"}


@pytest.mark.seconds
def test_formats_are_told_apart(three: Workspace) -> None:
    assert made_again(three, "--format", "txt") == {}
    three.write({"schedules/p/amendments/003.yaml": later(3, "B")})
    ran = three.run("build", "--format", "txt")
    assert "build/p/003/schedule.htm taken away\n" in ran.out, "it says what the data no longer says"
    assert "p/003/schedule.htm" not in tree(three)
    assert "p/002/schedule.htm" in tree(three)
    assert made_again(three) == {"p/003": "amendment.htm, schedule.htm have not been made yet"}
    assert b"B3" in tree(three)["p/003/schedule.htm"]


@pytest.mark.seconds
def test_force_makes_everything(three: Workspace) -> None:
    assert set(made_again(three, "--force")) == {"p/001", "p/002", "p/003"}


def test_warnings_are_said_again_when_nothing_is_made(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": AMENDMENT.replace("service_fee: 0.25%", "service_fee: 0.30%")})
    first, second = workspace.run("build", *CHEAP), workspace.run("build", *CHEAP)
    assert second.out == "Nothing to do: 1 amendment up to date.\n"
    assert "[fee-limit]" in first.err
    assert first.err == second.err


@pytest.mark.seconds
def test_a_build_that_failed_is_not_remembered_as_current(three: Workspace) -> None:
    before = tree(three)
    long = "W" * 140
    three.write({"schedules/p/amendments/003.yaml": later(3, long)})
    for _ in range(2):
        assert three.run("build", *CHEAP).code == 1
        after = tree(three)
        assert {name for name in before if name not in after} == {"p/003/amendment.txt", "p/003/schedule.txt"}
        assert long.encode() in after["p/003/schedule.htm"]


@pytest.mark.seconds
def test_what_was_saved_as_ctrl_c_came_is_remembered(three: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    put = jobs.put

    def interrupted(root: Path, made: jobs.Output) -> list[Path]:
        paths = put(root, made)
        if made.name == "p/002":
            signal.raise_signal(signal.SIGINT)
        return paths

    monkeypatch.setattr(jobs, "put", interrupted)
    assert three.run("build", *CHEAP, "--force").code == 1
    monkeypatch.undo()
    three.write({"schedules/p/plan.yaml": PLAN + "# a word\n"})
    monkeypatch.setattr(jobs, "put", interrupted)
    assert three.run("build", *CHEAP).code == 1
    monkeypatch.undo()
    assert made_again(three) == {"p/003": "plan.yaml changed"}


@pytest.mark.seconds
def test_a_template_that_changes_while_it_is_used_is_not_taken_for_current(
    three: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    three.write({"schedules/p/amendments/003.yaml": later(3, "B"), "templates/print.css": "p { margin: 0 }"})
    do = jobs.do

    def meddled(piece: jobs.Piece) -> jobs.Output:
        three.write({"templates/print.css": "p { margin: 1pt }"})
        return do(piece)

    monkeypatch.setattr(jobs, "do", meddled)
    assert three.run("build", *CHEAP).code == 0
    monkeypatch.undo()
    three.write({"templates/print.css": "p { margin: 0 }"})
    assert list(made_again(three)) == ["p/001", "p/002", "p/003"]


@pytest.mark.seconds
def test_a_template_that_cannot_be_read_is_said_by_the_making(three: Workspace) -> None:
    before = tree(three)
    for broken in (b"{% if %}", b"\xff"):
        ran = three.write({"templates/distribution-plan/schedule.html.j2": broken}).run("build", *CHEAP)
        assert ran.code == 1
        assert "templates/distribution-plan/schedule.html.j2" in ran.err
        assert tree(three) == before


SPOILED = [b"", b"[]", b'{"papers": {"p/001": 1}}', b"\xff", b'{"papers": []}', b"[" * 100_000]


@pytest.mark.seconds
@pytest.mark.parametrize("content", SPOILED)
def test_a_manifest_that_cannot_be_read_is_forgotten(three: Workspace, content: bytes) -> None:
    three.write({f"build/{manifest.FILE}": content})
    assert set(made_again(three)) == {"p/001", "p/002", "p/003"}
    assert made_again(three) == {}


@pytest.mark.seconds
@pytest.mark.parametrize("content", [None, 1, [], {}, {"names": 1}])
def test_nor_is_a_last_build_that_cannot_be_read_taken_for_complete(three: Workspace, content: object) -> None:
    path = three.root / "build" / manifest.FILE
    three.write({f"build/{manifest.FILE}": json.dumps(json.loads(path.read_bytes()) | {"complete": content})})
    assert manifest.read(three.root / "build").complete is None
    assert made_again(three) == {}
    assert manifest.read(three.root / "build").complete is not None


def test_the_manifest_cannot_have_files_elsewhere_taken_away(three: Workspace) -> None:
    path = three.root / "build" / manifest.FILE
    data = json.loads(path.read_bytes())
    data["papers"]["gone/001"] = data["papers"]["p/001"] | {"files": {"../../../precious": "x"}}
    three.write({f"build/{manifest.FILE}": json.dumps(data), "precious": "mine"})
    three.write({"schedules/p/amendments/003.yaml": later(3, "B")})
    assert made_again(three) == {"p/003": "003.yaml changed"}
    assert (three.root / "precious").read_text(encoding="utf-8") == "mine"


def test_what_an_earlier_version_remembered_is_taken_over_once(three: Workspace) -> None:
    """The files of an amendment that has been deleted since go away, and so do the earlier version's own."""
    path = three.root / "build" / manifest.FILE
    data = json.loads(path.read_bytes())
    earlier = {manifest.EARLIER[0]: json.dumps({"papers": data["papers"]}), manifest.EARLIER[1]: "{}"}
    three.write({f"build/{name}": content for name, content in earlier.items()})
    path.unlink()
    (three.root / "schedules/p/amendments/003.yaml").unlink()
    ran = three.run("build", *CHEAP)
    assert ran.code == 0
    assert "build/p/003/schedule.htm taken away" in ran.out
    assert not (three.root / "build/p/003").exists()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert made_again(three) == {}


@pytest.mark.seconds
@pytest.mark.parametrize("content", SPOILED)
def test_nor_does_what_it_left_break_anything(three: Workspace, content: bytes) -> None:
    before = tree(three)
    (three.root / "build" / manifest.FILE).unlink()
    three.write({f"build/{name}": content for name in manifest.EARLIER})
    assert set(made_again(three)) == {"p/001", "p/002", "p/003"}
    assert tree(three) == before


def test_papers_sent_elsewhere_say_the_same(three: Workspace) -> None:
    three.write(
        {"schedules/p/plan.yaml": PLAN.replace("dated: 2003-08-18", "dated: {date: 2003-08-18, amended: [2003-09-01]}")}
    )
    for paper in chosen(three.root).papers:
        assert jobs.make(paper.alone(), ("txt", "htm")) == jobs.make(paper, ("txt", "htm"))
        assert paper.alone().plan.continues is None


EDITS = st.sampled_from(
    ["edit", "add", "delete", "restore", "spoil", "cut", "lose", "clock", "part", "text", "wording"]
)
STEPS = st.lists(st.tuples(EDITS, st.integers(1, 5)), min_size=1, max_size=7)


def step(work: Workspace, what: str, number: int) -> None:
    """One thing that a person, or a program of theirs, does."""
    data = f"schedules/p/amendments/00{number}.yaml"
    made = sorted(name for name in tree(work) if name.startswith("p/"))
    some = work.root / "build" / made[number * 7 % len(made)] if made else work.root / "none"
    match what:
        case "edit" | "add":
            work.write({data: later(number, "ABC"[len(made) % 3])} if number > 1 else {data: AMENDMENT + "# more\n"})
        case "delete" if number > 1:
            (work.root / data).unlink(missing_ok=True)
        case "restore" if number > 1:
            work.write({data: later(number)})
        case "spoil" | "cut" if made:
            some.write_bytes(b"spoiled" if what == "spoil" else some.read_bytes()[:-1])
        case "lose" if made:
            some.unlink()
        case "clock":
            os.utime(work.root / "schedules/p/plan.yaml", (number, number))
        case "part":
            work.run("build", "p/001", *CHEAP)
        case "text":
            work.run("build", "--format", "txt")
        case "wording":
            worded = (resources.TEMPLATES / "distribution-plan/_schedule.html.j2").read_text(encoding="utf-8")
            work.write({"templates/distribution-plan/_schedule.html.j2": worded.replace("Plan", f"P{number}lan", 1)})


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=examples(6), suppress_health_check=list(HealthCheck))
@given(STEPS, st.lists(st.booleans(), min_size=7, max_size=7))
def test_step_by_step_gives_what_a_build_from_nothing_gives(steps: list[tuple[str, int]], builds: list[bool]) -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Workspace(Path(name) / "steps").write(
            {
                "schedules/p/plan.yaml": PLAN,
                "schedules/p/amendments/001.yaml": AMENDMENT,
                "schedules/p/amendments/002.yaml": later(2),
                "build/mine.txt": "mine",
            }
        )
        for (what, number), too in zip(steps, builds, strict=False):
            step(work, what, number)
            if too:
                work.run("build", *CHEAP)
        assert work.run("build", *CHEAP).code == 0
        cold = Workspace(Path(name) / "cold")
        shutil.copytree(work.root, cold.root, ignore=shutil.ignore_patterns("build"))
        assert cold.run("build", *CHEAP).code == 0
        assert tree(work) == tree(cold) | {"mine.txt": b"mine"}
        assert work.run("build", *CHEAP).out.startswith("Nothing to do")


def test_the_manifest_has_what_each_paper_comes_from(three: Workspace) -> None:
    entries = manifest.read(three.root / "build").papers
    papers = chosen(three.root).papers
    assert list(inputs.origins(papers)) == [entries[paper.name].origin for paper in papers]


TEXT = ("--format", "txt,htm")


OTHER_PLAN = {"schedules/q/plan.yaml": PLAN.replace("Class B", "C"), "schedules/q/amendments/001.yaml": AMENDMENT}


def is_working(line: str) -> bool:
    """Whether a line is about a redline or a board paper."""
    return "-redline-" in line or "-against-" in line


def working(work: Workspace) -> list[str]:
    """The redlines and board papers that stand under build/, without what their names end in."""
    return sorted({name.partition(".")[0] for name in tree(work) if is_working(name)})


def why(work: Workspace, *arguments: str) -> dict[str, str]:
    """What a build says of each working paper."""
    ran = work.run("build", *CHEAP, "--explain", *arguments)
    return dict(line.split(": ", 1) for line in ran.out.splitlines() if is_working(line) and ": " in line)


@pytest.fixture
def redlined(three: Workspace) -> Workspace:
    """The plan `p` with a redline of each of two amendments."""
    for name in ("p/002", "p/003"):
        assert three.run("redline", name, *TEXT).code == 0
    return three


REDLINES = ["p/002/schedule-redline-001", "p/003/schedule-redline-002"]
AGAIN = "; to make it again: docgen redline p/003"


@pytest.mark.seconds
def test_a_redline_that_is_what_would_be_made_stays(redlined: Workspace) -> None:
    before = tree(redlined)
    current = dict.fromkeys(REDLINES, "current")
    assert why(redlined) == current
    assert why(redlined) == current, "also where nothing is read"
    assert tree(redlined) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "content", "gone"),
    [
        ("schedules/p/amendments/003.yaml", later(3, "B"), {REDLINES[1]: "p/003 003.yaml changed"}),
        ("schedules/p/amendments/003.yaml", None, {REDLINES[1]: "p/003 is not there"}),
        ("schedules/p/plan.yaml", PLAN + "# a word\n", dict.fromkeys(REDLINES, "plan.yaml changed")),
        (f"build/{REDLINES[1]}.htm", "spoiled", {REDLINES[1]: "schedule-redline-002.htm is not as docgen"}),
        (f"build/{REDLINES[1]}.txt", None, {REDLINES[1]: "schedule-redline-002.txt is not there"}),
    ],
)
def test_a_redline_goes_with_what_it_was_made_from(
    redlined: Workspace, path: str, content: str | None, gone: dict[str, str]
) -> None:
    if content is None:
        (redlined.root / path).unlink()
    else:
        redlined.write({path: content})
    reasons = why(redlined)
    assert {name for name, reason in reasons.items() if reason != "current"} == set(gone)
    assert each(reason in reasons[name] for name, reason in gone.items())
    assert each("; to make it again: docgen redline p/00" in reasons[name] for name in gone)
    assert working(redlined) == [name for name in REDLINES if name not in gone]


@pytest.mark.seconds
def test_a_renamed_amendment_and_a_deleted_plan_take_their_redlines_along(redlined: Workspace) -> None:
    (redlined.root / "schedules/p/amendments/003.yaml").rename(redlined.root / "schedules/p/amendments/003a.yaml")
    assert why(redlined)[REDLINES[1]] == f"p/003 is not there{AGAIN}"
    redlined.write(
        {"schedules/q/plan.yaml": PLAN.replace("Class B", "C"), "schedules/q/amendments/001.yaml": AMENDMENT}
    )
    shutil.rmtree(redlined.root / "schedules/p")
    assert redlined.run("build", *CHEAP).code == 0
    assert working(redlined) == []
    assert not (redlined.root / "build/p").exists()


@pytest.mark.seconds
def test_formats_that_were_not_asked_for_go_when_they_are_of_yesterday(redlined: Workspace) -> None:
    assert redlined.run("redline", "p/003", "--format", "txt").code == 0
    assert f"{REDLINES[1]}.htm" in tree(redlined), "made from the same"
    redlined.write({"schedules/p/amendments/003.yaml": later(3, "B")})
    assert redlined.run("redline", "p/003", "--format", "txt").code == 0
    endings = {name.partition(".")[2] for name in tree(redlined) if name.startswith(REDLINES[1])}
    assert endings == {"txt", "proof.json"}


@pytest.mark.seconds
def test_a_redline_of_what_no_longer_differs_goes(redlined: Workspace) -> None:
    redlined.write({"returned.htm": tree(redlined)["p/003/amendment.htm"].replace(b"Fund A3", b"Fund A9")})
    command = ("redline", "p/003", "--against", "returned.htm", *TEXT)
    assert redlined.run(*command).code == 0
    redlined.write({"returned.htm": tree(redlined)["p/003/amendment.htm"]})
    assert redlined.run(*command).out.startswith("Nothing changed")
    assert working(redlined) == REDLINES


@pytest.mark.seconds
@pytest.mark.parametrize("content", ["other words", None])
def test_a_redline_goes_with_the_file_that_it_was_against(redlined: Workspace, content: str | None) -> None:
    redlined.write({"returned.htm": tree(redlined)["p/003/amendment.htm"].replace(b"Fund A3", b"Fund A9")})
    assert redlined.run("redline", "p/003", "--against", "returned.htm", *TEXT).code == 0
    name = "p/003/amendment-redline-returned-htm"
    assert why(redlined)[name] == why(redlined)[name] == "current"
    if content is None:
        (redlined.root / "returned.htm").unlink()
    else:
        redlined.write({"returned.htm": content})
    reason = "returned.htm changed" if content else "returned.htm is not there"
    assert why(redlined)[name] == f"{reason}; to make it again: docgen redline p/003 --against returned.htm"
    assert working(redlined) == REDLINES


@pytest.mark.seconds
@pytest.mark.parametrize("name", ["q", "p/002", "p/003"])
def test_whatever_is_built_no_old_redline_stays(redlined: Workspace, name: str) -> None:
    redlined.write(OTHER_PLAN)
    redlined.write({"schedules/p/amendments/003.yaml": later(3, "B")})
    assert why(redlined, name) == {REDLINES[0]: "current", REDLINES[1]: f"p/003 003.yaml changed{AGAIN}"}
    assert working(redlined) == REDLINES[:1]
    assert why(redlined, "p") == {REDLINES[0]: "current"}


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("path", "text", "gone"),
    [
        ("schedules/p/amendments/003.yaml", "number: three", dict.fromkeys(REDLINES, "errors in p")),
        (
            "schedules/p/amendments/003.yaml",
            later(3).replace("1.00%", "tbd"),
            {REDLINES[1]: "p/003 003.yaml changed"},
        ),
        ("schedules/q/plan.yaml", "title: 1", {}),
    ],
)
def test_nor_where_errors_stop_the_build(redlined: Workspace, path: str, text: str, gone: dict[str, str]) -> None:
    """The papers that a build makes stay as they were, and are told with --explain."""
    redlined.write({**OTHER_PLAN, path: text})
    before = {name: data for name, data in tree(redlined).items() if not is_working(name)}
    ran = redlined.run("build", *CHEAP, "--explain")
    said = dict(line.split(": ", 1) for line in ran.out.splitlines() if ": " in line)
    assert ran.code == 1
    assert [name for name in REDLINES if said[name] != "current"] == [*gone]
    assert each(said[name].startswith(f"{reason}; to make it again:") for name, reason in gone.items()) or not gone
    stays = {name for name, reason in said.items() if reason.endswith("; its files stay as they were built before")}
    assert stays == ({"p/001", "p/002", "p/003"} if len(gone) == 2 else {"p/003"} if gone else set())
    assert working(redlined) == [name for name in REDLINES if name not in gone]
    assert before == {name: data for name, data in tree(redlined).items() if not is_working(name)}


@pytest.mark.slow
def test_board_papers_go_with_their_plan(three: Workspace) -> None:
    for form in ("memo", "table"):
        assert three.run("diff", "p/002", "p/003", "--format", form).code == 0
    names = ["p/003/comparison-against-002", "p/003/memo-against-002"]
    assert why(three) == dict.fromkeys(names, "current")
    three.write({"schedules/p/amendments/002.yaml": later(2, "B")})
    said = why(three)
    assert said[names[1]] == "p changed; to make it again: docgen diff p/002 p/003 --format memo"
    assert (sorted(said), working(three)) == (names, [])


@pytest.mark.seconds
@pytest.mark.parametrize("content", [None, 1, [], {"p/003/x": 1}, {"p/003/x": {"files": {}}}])
def test_a_record_of_working_papers_that_cannot_be_read_is_said_of_each(redlined: Workspace, content: object) -> None:
    path = redlined.root / "build" / manifest.FILE
    redlined.write({f"build/{manifest.FILE}": json.dumps(json.loads(path.read_bytes()) | {"working": content})})
    assert set(why(redlined).values()) == {"no record of what it was made from; make it again, or delete it"}
    assert made_again(redlined) == {}


WORK = st.sampled_from(
    [
        "edit",
        "delete",
        "restore",
        "spoil",
        "lose",
        "wording",
        "redline",
        "txt",
        "other",
        "file",
        "theirs",
        "memo",
        "build",
    ]
)


def work_step(work: Workspace, what: str, number: int) -> None:
    """One thing that a person does who has redlines made between edits; a command may find nothing to do."""
    match what:
        case "redline" | "txt":
            work.run("redline", f"p/00{number}", "--format", "txt,htm" if what == "redline" else "txt")
        case "other":
            work.run("redline", f"p/00{number}", "--against", "p/001", *TEXT)
        case "file":
            work.run("redline", f"p/00{number}", "--against", "returned.htm", *TEXT)
        case "theirs" if "p/001/amendment.htm" in tree(work):
            work.write(
                {"returned.htm": tree(work)["p/001/amendment.htm"].replace(b"Fund", f"F{number}und".encode(), 1)}
            )
        case "memo":
            work.run("diff", "p/001", f"p/00{number}", "--format", "table")
        case "build":
            work.run("build", *CHEAP)
        case _:
            step(work, what, number)


@pytest.mark.slow
@settings(deadline=None, derandomize=True, max_examples=examples(6), suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(WORK, st.integers(1, 3)), min_size=3, max_size=9))
def test_after_any_edits_every_working_paper_is_what_would_be_made_or_is_gone(steps: list[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Workspace(Path(name) / "steps").write(
            {
                "schedules/p/plan.yaml": PLAN,
                "schedules/p/amendments/001.yaml": AMENDMENT,
                "schedules/p/amendments/002.yaml": later(2),
                "schedules/p/amendments/003.yaml": later(3),
            }
        )
        work.run("build", *CHEAP)
        for what, number in [("redline", 3), ("theirs", 1), ("file", 2), *steps]:
            work_step(work, what, number)
        of_one = working(work) if work.run("build", "p/001", *CHEAP).code == 0 else None
        assert work.run("build", *CHEAP).code == 0
        assert of_one in (None, working(work)), "the build of one amendment left none that is old"
        cold = Workspace(Path(name) / "cold")
        shutil.copytree(work.root, cold.root, ignore=shutil.ignore_patterns("build"))
        assert cold.run("build", *CHEAP).code == 0
        for paper in manifest.read(work.root / "build").working.values():
            suffixes = [path.rpartition(".")[2] for path in paper.files if not path.endswith(".json")]
            command = shlex.split(paper.command)[1:]
            assert cold.run(*command, *(["--format", ",".join(suffixes)] if command[0] == "redline" else [])).code == 0
        assert tree(work) == tree(cold)
        assert work.run("build", *CHEAP).out.startswith("Nothing to do")


@pytest.mark.seconds
def test_a_redline_without_a_record_is_named_and_stays(redlined: Workspace) -> None:
    """As an older docgen left it, which kept none."""
    redlined.write({"build/p/002/memo-against-001.pdf": "old", "build/p/002/notes.txt": "mine"})
    line = "build/p/002/memo-against-001.pdf: no record of what it was made from; make it again, or delete it\n"
    assert line in redlined.run("build", "--explain", *TEXT).out
    redlined.write(
        {"schedules/p/amendments/003.yaml": (redlined.root / "schedules/p/amendments/003.yaml").read_text() + "\n"}
    )
    ran = redlined.run("build", *TEXT)
    assert line in ran.out
    assert "notes.txt" not in ran.out
    assert (redlined.root / "build/p/002/memo-against-001.pdf").is_file()
