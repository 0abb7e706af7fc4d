"""A file whose text was edited as a whole: lines that nobody touched keep their bytes, their line ends included."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from docgen.drafting.edit import BOM
from docgen.problems import DataProblem, Problem, Where

LINE_END = re.compile(r"(\r\n|\r|\n)")


def of_files(root: Path, texts: Mapping[str, str]) -> dict[str, bytes]:
    """The bytes of files of a workspace after their texts were edited; those of a new one as they are."""
    before = {name: path.read_bytes() if (path := root / name).exists() else b"" for name in texts}
    return {name: edited(before[name], text) for name, text in texts.items()}


def shown(data: bytes) -> str:
    """A file's text as it is edited, its lines ended by LF; DataProblem where it is none."""
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fault = f"byte {data[error.start]:#04x} is not UTF-8 text"
        raise DataProblem([Problem(Where("", line), fault, "save the file as UTF-8 in your editor")]) from None


def edited(before: bytes, text: str) -> bytes:
    """The bytes of a file whose text was edited: lines that nobody touched keep their bytes, line ends included.

    New lines end as most lines of the file do.
    """
    shown(before)  # which refuses what is no text
    old = before.decode("utf-8")
    mark, old = (BOM, old.removeprefix(BOM)) if old.startswith(BOM) else ("", old)
    parts = LINE_END.split(old)
    old_texts, old_ends = parts[0::2], [*parts[1::2], ""]
    usual = Counter(filter(None, old_ends)).most_common(1)
    end = usual[0][0] if usual else "\n"
    new_texts = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ends = [end] * (len(new_texts) - 1) + [""]
    for block in difflib.SequenceMatcher(None, old_texts, new_texts, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            if ends[block.b + step] and old_ends[block.a + step]:
                ends[block.b + step] = old_ends[block.a + step]
    return (mark + "".join(line + end for line, end in zip(new_texts, ends, strict=True))).encode()
