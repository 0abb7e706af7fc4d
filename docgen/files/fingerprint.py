"""What documents are made with: the hashes of docgen's code, of the libraries and of all files in folders."""

from __future__ import annotations

import functools
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

LIBRARIES = (
    "brotli", "cffi", "cssselect2", "fonttools", "jinja2", "lxml", "markupsafe", "pikepdf", "pillow", "pydantic",
    "pydantic_core", "pydyf", "pypdfium2", "pyphen", "python_docx", "pyyaml", "tinycss2", "tinyhtml5", "weasyprint",
    "zopfli",
)  # fmt: skip
SHARED = ("libpango", "libharfbuzz", "libfontconfig", "libfreetype", "libfribidi", "libglib-2", "libgobject-2")
LIBRARY_FOLDERS = ("/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib")
PACKAGE = Path(__file__).resolve().parent.parent  # the package
NO_FILE = "no file"  # in place of a hash


def digest(data: bytes | str) -> str:
    """The SHA-256 of some bytes, by which two files are the same or not."""
    return hashlib.sha256(data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data).hexdigest()


def together(parts: Iterable[str]) -> str:
    """One hash for several texts in their order; no two different lists have the same."""
    return digest("".join(f"{len(part)}:{part}" for part in parts))


@functools.cache
def code() -> str:
    """The hash of docgen's own code, by content, as it is when first asked for: clocks and copies do not count."""
    sources = {name: path for name, path in _files(PACKAGE) if name.endswith(".py")}
    return together(text for name, path in sorted(sources.items()) for text in (name, _content(path)))


@functools.cache
def libraries() -> str:
    """The hash of the versions of Python and of the libraries, and of the system's libraries that set type."""
    python = sorted({name for folder in sys.path for name in _names(folder) if _version_of(name) in LIBRARIES})
    shared = {os.path.realpath(path) for path in _shared()}
    return together([sys.version, *python, *(_content(path) for path in sorted(shared))])


def everything(folders: Iterable[Path]) -> str:
    """The hash of the names and contents of all files and folders in some folders."""
    lines = []
    for number, folder in enumerate(folders):
        lines += [f"{number}/{name}\0{_content(path)}" for name, path in sorted(_files(folder))]
    return together(lines)


def _files(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file and folder in a folder, links followed, by its name in it; a folder's path is empty."""
    visited: set[tuple[int, int]] = set()
    start = len(str(folder)) + 1
    for root, inner, files in os.walk(folder, followlinks=True):
        stat = os.stat(root)
        if (stat.st_dev, stat.st_ino) in visited:
            inner.clear()
            continue
        visited.add((stat.st_dev, stat.st_ino))
        inner[:] = [name for name in inner if name != "__pycache__"]
        yield from ((os.path.join(root, name)[start:].replace(os.sep, "/"), "") for name in inner)
        for name in files:
            path = os.path.join(root, name)
            yield path[start:].replace(os.sep, "/"), path


def _content(path: str) -> str:
    """The hash of a file; what it is instead, where it cannot be read."""
    if not path:
        return "folder"
    if not os.path.isfile(path):
        return NO_FILE
    try:
        with open(path, "rb", buffering=0) as stream:
            return digest(stream.read())
    except OSError as error:
        return f"unreadable: {error.errno}"


def file(path: Path) -> str:
    """The hash of a file's bytes; other words, equal to no hash, where it is not there or cannot be read."""
    return _content(str(path))


def _names(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


def _version_of(name: str) -> str:
    """The library that `weasyprint-70.0.dist-info` is the version of; empty for other names."""
    stem, dot, _ = name.rpartition(".dist-info")
    return stem.partition("-")[0].lower().replace(".", "_") if dot else ""


def _shared() -> Iterator[str]:
    """The system's libraries that set type, wherever they are kept."""
    multiarch = getattr(sys.implementation, "_multiarch", "")
    searched = f"{os.environ.get('LD_LIBRARY_PATH', '')}:{os.environ.get('DYLD_LIBRARY_PATH', '')}".split(":")
    for folder in dict.fromkeys([*filter(None, searched), *LIBRARY_FOLDERS, f"/usr/lib/{multiarch}"]):
        yield from (os.path.join(folder, name) for name in _names(folder) if name.startswith(SHARED))
