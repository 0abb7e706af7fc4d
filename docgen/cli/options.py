"""What commands share: how they find the workspace, how they answer, their common options."""

from __future__ import annotations

import contextlib
import datetime
import functools
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from docgen.build import memory
from docgen.cli import fault, terminal
from docgen.files import atomic
from docgen.problems import DocgenError, Problem, UsageProblem, Where, count, exit_code

if TYPE_CHECKING:
    from docgen.consolidation.plan_folder import PlanFolder
    from docgen.workspace.load import Workspace
    from docgen.workspace.select import Selection

Options = TypeVar("Options")

WORKSPACE = click.option(
    "--workspace",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder that holds schedules/ (else the nearest one upward).",
)

JSON = click.option("--json", "json_", is_flag=True, help="Print JSON for other programs.")

STRICT = click.option("--strict", is_flag=True, help="Fail on warnings too, but for those that are accepted.")

NAMES = click.argument("names", nargs=-1, metavar="[PLAN | PLAN/AMENDMENT]...")

NAMES_OR_FILES = click.argument("names", nargs=-1, metavar="[PLAN | PLAN/AMENDMENT | FILE]...")

LONGEST_NAME = 240  # bytes in a file's name, so that one beside it can have a longer one; systems take 255

FREE_TEXT = ("differs", "author", "renamed", "new", "by", "codes")  # options that name no file

SCHEDULES = "schedules"  # as in docgen.workspace.plan_reading, which takes a while to load

FILED = (".txt", ".htm", ".html", ".pdf")  # what a file to be filed ends with, and no plan does

OTHERS = (".docx", ".doc", ".xlsx", ".xls", ".zip", ".rtf", ".jpg", ".jpeg", ".gif", ".png", ".xml")  # nor these

DATA = (".yaml", ".yml")  # which has checks of its own


def answering(command: Callable[..., None]) -> Callable[..., None]:
    """Turns what a command raises into words and an exit code, and finds the workspace for it."""

    @functools.wraps(command)
    def run(*args: Any, **options: Any) -> None:
        root = Path.cwd()
        try:
            _refuse_names(options)
            if "workspace" in options:
                folder = options.pop("workspace")
                root = Path.cwd() if _only_files(options.get("names", ())) else _workspace(folder)
                options["root"] = root
                _repair(root)
            command(*args, **options)
        except DocgenError as error:
            terminal.problems(error.problems, root)
            terminal.total(error.problems, "Nothing was written.")
            sys.exit(exit_code(error))
        except (click.ClickException, click.Abort, click.exceptions.Exit, BrokenPipeError):
            raise
        except OSError as error:
            terminal.problems([_environment(error)], root)
            sys.exit(1)
        except Exception as error:  # what is left is nobody's fault but docgen's
            sys.exit(fault.report(error))

    return run


def _environment(error: OSError) -> Problem:
    """What is said where the system lets docgen not read or write, wherever that was."""
    fault = f"cannot be used: {error.strerror or error}"
    return Problem(Where(str(error.filename or "the disk")), fault, "see that you may read and write there")


def _refuse_names(options: Mapping[str, Any]) -> None:
    """UsageProblem for what a person typed that no file can be called."""
    problems = []
    for key, value in options.items():
        for text in map(str, value if isinstance(value, tuple) else (value,)):
            if "\0" in text:
                problems.append(Problem(Where(f"--{key}"), "holds a NUL", "type it again"))
            elif key not in FREE_TEXT and any(len(part.encode()) > LONGEST_NAME for part in text.split("/")):
                where = Where(f"{text[:40]}...")
                problems.append(Problem(where, f"is longer than {LONGEST_NAME} letters", "name what is there"))
    if problems:
        raise UsageProblem(problems)


def as_one(kind: type[Options]) -> Callable[[Callable[[Options], None]], Callable[..., None]]:
    """Hands a command what a person typed as one frozen value, a field an option."""

    def taking(command: Callable[[Options], None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(**options: Any) -> None:
            command(kind(**options))

        return run

    return taking


def writing(option: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Holds the workspace's lock while a command reads and writes, so that of two at once one waits.

    A command that writes only with an option holds it only then.
    """

    def locked(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def run(root: Path, **options: Any) -> None:
            with terminal.lock(root) if options.get(option, not option) else contextlib.nullcontext():
                command(root=root, **options)

        return run

    return locked


def _repair(root: Path) -> None:
    """Finishes or clears what an earlier command was broken off with, unless one is still at work on it."""
    if not (root / atomic.BEGUN).exists() and not (root / atomic.COMMITTED).exists():
        return
    from docgen.files import lock

    with contextlib.suppress(lock.Busy), lock.held(root, "docgen", terminal.say, patience=0):
        if repaired := atomic.repair(root):
            done = "finished" if repaired.finished else "cleared"
            files = count(len(repaired.files), "file")
            terminal.say(f"A command was broken off here; what it had begun to write is {done}: {files}.", True)


def is_file(name: str) -> bool:
    """Whether an argument names a file to be filed, not a plan or an amendment."""
    return name.lower().endswith((*FILED, *OTHERS)) or (Path(name).is_file() and not name.endswith(DATA))


def file_content(name: str) -> bytes:
    """The bytes of a file that a person named; UsageProblem when it cannot be read."""
    from docgen.files import limits

    return limits.named_file(name, "name a file that is there")


def checked(root: Path, names: Sequence[str] = ()) -> Workspace:
    """The workspace, read once, with every problem that any rule finds.

    For a command that only looks at plans: where it names them, no more is read than these and what they restate.
    """
    with memory.loading():
        from docgen import checks
        from docgen.workspace.load import load
        from docgen.workspace.select import plans_of

        return checks.check(load(root, names=plans_of(names)), datetime.date.today())


def chosen(root: Path, names: Sequence[str] = ()) -> Selection:
    """What was asked for, read and checked: with what all plans say together, and what each says that is asked for."""
    from docgen.workspace.select import select

    return select(together(root, names), names)


def together(root: Path, names: Sequence[str]) -> Workspace:
    """All that there is, with what all plans say together, and what each says that is named."""
    with memory.loading():
        from docgen import checks
        from docgen.workspace.load import load, related
        from docgen.workspace.select import plans_of

        workspace = load(root)
        wanted = related(plans_of(names), workspace.restates)

        def of_plan(plan: PlanFolder) -> Sequence[Problem]:
            return checks.of_plan(plan) if not names or plan.id in wanted else ()

        return checks.check(workspace, datetime.date.today(), of_plan)


def ready(root: Path, names: Sequence[str] = ()) -> Selection:
    """What is to be looked at, when nothing stands in the way; DataProblem with every error otherwise."""
    from docgen.workspace.select import buildable, select

    selection = select(checked(root, names), names)
    buildable(selection)
    return selection


def _only_files(names: tuple[str, ...]) -> bool:
    """Whether only files are named, for which no workspace is needed."""
    return bool(names) and all(isinstance(name, str) and is_file(name) for name in names)


def _workspace(folder: Path | None) -> Path:
    if folder is not None and not (folder / SCHEDULES).is_dir():
        raise UsageProblem(
            [Problem(Where(str(folder)), "holds no schedules/", "make a workspace with: docgen init DIR")]
        )
    return folder.resolve() if folder else find(Path.cwd())


def workspace_or_empty(folder: Path | None) -> Path:
    """The workspace that is named, or around this folder; or an empty folder, in which one can be made."""
    place = (folder or Path.cwd()).resolve()
    try:
        root = _workspace(folder)
    except UsageProblem:
        if not place.is_dir() or any(place.iterdir()):
            raise
        return place
    _repair(root)
    return root


def find(start: Path) -> Path:
    """The workspace around a folder: the nearest one upward that holds `schedules/`."""
    for folder in (start, *start.parents):
        if (folder / SCHEDULES).is_dir():
            return folder
    remedy = "run docgen inside a workspace, name one with --workspace DIR, or make one with: docgen init DIR"
    raise UsageProblem([Problem(Where(str(start)), "no folder here or above it holds schedules/", remedy)])


FORMATS = ("txt", "htm", "pdf", "docx")


def formats(text: str, available: Sequence[str] = FORMATS) -> list[str]:
    """The formats that `--format` names; UsageProblem for one that is not known."""
    wanted = list(dict.fromkeys(part.strip().lower().removeprefix(".") for part in text.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in available]
    if unknown or not wanted:
        fault = f'format "{unknown[0]}" not found' if unknown else "no format is named"
        raise UsageProblem([Problem(Where("--format"), fault, "known: " + ", ".join(available))])
    return wanted


def day(text: str | None, option: str = "--on") -> datetime.date | None:
    """The day that `--on` says, or what else it is typed as; UsageProblem when it is none."""
    if text is None:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageProblem([Problem(Where(option), f"{text} is not a date", "write YYYY-MM-DD")]) from None


def can_ask() -> bool:
    """Whether somebody is there to answer questions."""
    return sys.stdin.isatty()


def refuse_options(wrong: bool, remedy: str) -> None:
    """UsageProblem where options were given that do not go together."""
    if wrong:
        raise UsageProblem([Problem(Where("docgen"), "these options do not go together", remedy)])
