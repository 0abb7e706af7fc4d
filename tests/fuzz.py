"""Gives docgen what nobody should, and sees that it ends with words: python -m tests.fuzz.

Each try changes one file of a small workspace (data, templates, style sheet, seal, manifest, journal, or a file that
comes back) at random and runs one command in a process of its own. It must end by itself within 10 seconds of work and
1 GB, with a code that says that all is well, that there are problems, or that the command was used wrongly; and touch
nothing outside its workspace.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from docgen.files import ooxml
from tests.conftest import PLAIN, ROOT, Workspace
from tests.kill import load, run, start, tree
from tests.test_events import EVENT

SECONDS, MEGABYTES = 10, 1000
SECOND = (
    "number: 2\neffective: 2004-03-01\nchanges:\n  - rename: INVESCO Tax-Free Bond Fund\n    to: AIM Bond Fund\n"
    "  - set: AIM Bond Fund\n    values: {service_fee: 0.20%}\n  - add: AIM New Fund\n    to: AIM BOND FUNDS, INC.\n"
    "    values: {sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}\n"
)
TEMPLATES = ("print.css", "_parts.html.j2", "_recitals.html.j2", "_operative.html.j2")
TXT = ("--format", "txt,htm")
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",), ("check",), ("check",), ("build", *TXT), ("build", *TXT, "--force"), ("build", "--format", "docx"),
    ("show", "p"), ("show", "p", "--on", "2004-03-01", "--json"), ("history", "p"), ("new", "p"),
    ("event", "rename.yaml"), ("diff", "p/001", "p/002"), ("export", "p", "out.csv"), ("verify",), ("package", "p/001"),
    ("redline", "p/002", "--format", "htm"), ("seal", "p/002", "--document", "back.htm", "--differs", "so filed"),
)  # fmt: skip
COMING_BACK: dict[str, tuple[str, ...]] = {
    "back.docx": ("redline", "p/002", "--against", "back.docx", "--format", "htm"),
    "back.htm": ("redline", "p/002", "--against", "back.htm", "--format", "htm"),
    "back.pdf": ("check", "back.pdf"),
    "fees.xlsx": ("import", "fees.xlsx", "--plan", "p"),
    "fees.csv": ("import", "fees.csv", "--plan", "p", "--write"),
    "back.yaml": ("diff", "p/001", "back.yaml"),
}
SIGNS = (
    "\x00",
    "\x01",
    "\x85",
    "\u2028",
    "\u202e",
    "\u200b",
    "\u00ad",
    "²",
    "½",
    "٣",
    "é",
    "\ud7ff",
    "𝔸",
    "\ufeff",
    "\r",
)
BITS = (
    "{", "}", "[", "]", ":", "- ", "|", ">", "&a", "*a", "!!x", "#", "'", '"', "%", "---\n", "\t", "?", "~", "null",
    "true", "2004-02-30", "99999999999999999999", "-1", "0x10", "1e999", "nan", "{{", "{%", "%}", "}}", "{{ x }}",
    "<p>", "</p>", "<table>", "&#1;", "&amp", "<!--", "@page{", "var(--a)", "url(http://x)", "/*", "..", "/", "\\",
    "a" * 300, "<" * 500,
)  # fmt: skip


def prepare(root: Path) -> None:
    """A workspace with an amendment that is filed, one that is not, an event, and files that come back."""
    Workspace(root).write({**PLAIN, "schedules/p/amendments/002.yaml": SECOND, "schedules/events/rename.yaml": EVENT})
    for name in TEMPLATES:
        (root / "templates").mkdir(exist_ok=True)
        shutil.copy(ROOT / "templates" / name, root / "templates" / name)
    steps: tuple[tuple[str, ...], ...] = (
        ("build",), ("seal", "p/001"), ("export", "p", "fees.xlsx"), ("export", "p", "fees.csv"),
    )  # fmt: skip
    for command in steps:
        assert run(root, command)[0] == 0, command
    for suffix in ("docx", "htm", "pdf"):
        shutil.copy(root / f"build/p/002/schedule.{suffix}", root / f"back.{suffix}")
    shutil.copy(root / "schedules/p/amendments/002.yaml", root / "back.yaml")


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The bytes with one to four things changed."""
    for _ in range(chance.randint(1, 4)):
        change = chance.choice((_cut, _doubled, _swapped, _insert_bits, _insert_bits, _insert_sign, _flipped, _shorter))
        data = change(data, chance)
    return data


def _place(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randint(0, len(data))
    return start, min(len(data), start + chance.choice((1, 3, 10, 40, 200)))


def _cut(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:start] + data[end:]


def _doubled(data: bytes, chance: random.Random) -> bytes:
    start, end = _place(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 2, 50)) + data[end:]


def _swapped(data: bytes, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    first, second = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[first], lines[second] = lines[second], lines[first]
    return b"\n".join(lines)


def _insert_bits(data: bytes, chance: random.Random) -> bytes:
    start, _ = _place(data, chance)
    return data[:start] + chance.choice(BITS).encode() + data[start:]


def _insert_sign(data: bytes, chance: random.Random) -> bytes:
    start, _ = _place(data, chance)
    return data[:start] + chance.choice(SIGNS).encode("utf-8", "surrogatepass") + data[start:]


def _flipped(data: bytes, chance: random.Random) -> bytes:
    start, _ = _place(data, chance)
    return data[:start] + bytes([chance.randrange(256)]) + data[start + 1 :]


def _shorter(data: bytes, chance: random.Random) -> bytes:
    return data[: _place(data, chance)[0]] if chance.random() < 0.3 else data


def in_zip(data: bytes, chance: random.Random) -> bytes:
    """A Word or Excel file with one of its parts changed."""
    try:
        parts = ooxml.parts("", data)
    except Exception:  # one that was changed before
        return mutated(data, chance)
    name = chance.choice(sorted(parts))
    parts[name] = mutated(parts[name], chance)
    return ooxml.pack(parts)


def one(root: Path, chance: random.Random) -> tuple[str, tuple[str, ...]]:
    """Changes one file of a workspace; its name, and a command."""
    inside = [path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()]
    names = [name for name in inside if name.startswith(("schedules/", "templates/")) or "manifest" in name]
    if chance.random() < 0.4:
        name = chance.choice(sorted(COMING_BACK))
        command = COMING_BACK[name]
    else:
        name, command = chance.choice(sorted(names)), chance.choice(COMMANDS)
    path = root / name
    change: Callable[[bytes, random.Random], bytes] = mutated
    if path.suffix in (".docx", ".xlsx") and chance.random() < 0.7:
        change = in_zip
    path.write_bytes(change(path.read_bytes(), chance))
    return name, command


def wrong(root: Path, command: tuple[str, ...]) -> str:
    """What is wrong with how a command ends; empty when nothing is."""
    running = start(root, command, seconds=SECONDS)
    code, _, text = running.wait()
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return f"took more than {SECONDS} seconds of work" if code == -signal.SIGXCPU else "waited without end"
    if code not in (0, 1, 2) or "Traceback" in text:
        return f"ended with {code}: {text[-1500:]}"
    if running.megabytes > MEGABYTES:
        return f"took {running.megabytes:.0f} MB"
    return ""


def main() -> None:
    """Tries so many changes by chance, and says what was wrong; a failed try can be made again by its number."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=main.__doc__)
    parser.add_argument("--times", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, metavar="NUMBER", help="the number of the first try")
    asked = parser.parse_args()
    load()
    faults = 0
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        ready = home / "ready"
        prepare(ready)
        for number in range(asked.first, asked.first + asked.times):
            root = Path(shutil.copytree(ready, home / "now", symlinks=True))
            before = {name: data for name, data in tree(home).items() if not name.startswith("now/")}
            name, command = one(root, random.Random(number))  # noqa: S311
            fault = wrong(root, command)
            after = {name: data for name, data in tree(home).items() if not name.startswith("now/")}
            fault += "" if after == before else "touched what is outside its workspace"
            shutil.rmtree(root)
            if fault:
                faults += 1
                sys.stdout.write(f"{number}: {name}: {' '.join(command)}: {fault}\n")
                sys.stdout.flush()
    sys.stdout.write(f"{asked.times} tries, {faults} wrong\n")
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
