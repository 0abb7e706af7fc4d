"""A change spliced into YAML says what was meant, and every other sign of the file stays."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.drafting import edit
from docgen.model import yaml_reader
from docgen.model.yaml_reader import KeyPath
from docgen.problems import UsageProblem
from tests.conftest import HERE, ROOT

FILES = sorted([*ROOT.glob("schedules/**/*.yaml"), *(HERE / "cases").rglob("*.yaml")])
TEXTS = (
    "2024-01-05", "0.25%", "tbd", "AIM Funds, Inc.", "a: b", "x # y", "- dash", "'q'", "S&P 500 [x]", "true", "* note",
    "{x", "“curly”", "Fund — A", "long " * 30 + "end",
)  # fmt: skip
VALUES = st.one_of(
    st.sampled_from(TEXTS),
    st.lists(st.sampled_from(TEXTS), max_size=3),
    st.dictionaries(st.sampled_from(["by", "on", "service_fee"]), st.sampled_from(TEXTS), max_size=3),
)


def places(data: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every key path of a file, lists and groups of keys too."""
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in entries:
        yield (*path, step)
        yield from places(value, (*path, step))


def at(data: object, path: KeyPath) -> object:
    for step in path:
        data = data[step]  # type: ignore[index]
    return data


@st.composite
def edits(draw: st.DrawFn) -> tuple[Path, bytes, str, KeyPath, object]:
    """A file as some editor has it, and a change of it."""
    path = draw(st.sampled_from(FILES))
    raw = path.read_bytes()
    raw = raw.replace(b"\n", b"\r\n") if draw(st.booleans()) else raw
    raw = raw.rstrip() if draw(st.booleans()) else raw
    raw = b"\xef\xbb\xbf" + raw if draw(st.booleans()) else raw
    data = yaml_reader.parse(path.name, raw).data
    place = draw(st.sampled_from(list(places(data))))
    kinds = ["value", "removal", *(["item"] if isinstance(at(data, place), list) else [])]
    kinds += ["key"] if isinstance(at(data, place), dict) else []
    return path, raw, draw(st.sampled_from(kinds)), place, draw(VALUES)


def meant(data: object, kind: str, place: KeyPath, value: object) -> object:
    """The data after the change."""
    data = copy.deepcopy(data)
    around, last = at(data, place[:-1]), place[-1]
    match kind:
        case "value":
            around[last] = value  # type: ignore[index]
        case "removal":
            del around[last]  # type: ignore[attr-defined]
        case "item":
            around[last].append(value)  # type: ignore[index]
        case "key":
            around[last]["new_key"] = value  # type: ignore[index]
    return data


def after(raw: bytes, kind: str, place: KeyPath, value: object) -> bytes:
    match kind:
        case "value":
            return edit.with_value("f.yaml", raw, place, value)
        case "removal":
            return edit.without("f.yaml", raw, place)
        case "item":
            return edit.with_item("f.yaml", raw, place, value)
    return edit.with_value("f.yaml", raw, (*place, "new_key"), value)


def unchanged(old: bytes, new: bytes) -> tuple[int, int]:
    """How many signs at the beginning and at the end are the same."""
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    end = next(
        (n for n, (a, b) in enumerate(zip(old[::-1], new[::-1], strict=False)) if a != b), min(len(old), len(new))
    )
    return start, min(end, len(old) - start)


@pytest.mark.seconds
@settings(max_examples=150)
@given(edits())
def test_only_the_edited_span_changes(case: tuple[Path, bytes, str, KeyPath, object]) -> None:
    """It reads as meant; what differs lies within the lines of the place that was edited; comments elsewhere stay."""
    path, raw, kind, place, value = case
    source = yaml_reader.parse(path.name, raw)
    result = after(raw, kind, place, value)
    assert yaml_reader.parse(path.name, result).data == meant(source.data, kind, place, value)
    if result == raw:
        return  # the value that stands there already
    start, end = unchanged(raw, result)
    own = [line for other, line in source.lines.items() if other[: len(place)] == place]
    later = [line for line in source.lines.values() if line > max(own)]
    first, last = min(own), min(later, default=raw.count(b"\n") + 2)
    assert raw[:start].count(b"\n") + 1 >= first - 1
    assert raw[: len(raw) - end].count(b"\n") + 1 <= last
    comments = [line.strip() for line in raw.split(b"\n") if line.strip().startswith(b"#")]
    if kind in ("item", "key"):
        assert [line.strip() for line in result.split(b"\n") if line.strip().startswith(b"#")] == comments
    assert (b"\r\n" in result) == (b"\r\n" in raw), "line ends are those of the file"
    assert result.startswith(b"\xef\xbb\xbf") == raw.startswith(b"\xef\xbb\xbf")


BEFORE = b"""\
# ours
number: 3   # the third
changes:
  - set: A Fund   # why
    fee: 0.20%

  # the second
  - {add: B, to: "C, Inc."}
whereas: >
  long
  words
# the end
"""


def test_an_edit_reads_like_a_persons() -> None:
    added = edit.with_item("a.yaml", BEFORE, ("approvals",), {"by": "the Board", "on": "2004-01-02"})
    assert added == BEFORE.replace(b"# the end", b"approvals:\n  - by: the Board\n    on: 2004-01-02\n# the end")
    assert edit.with_value("a.yaml", BEFORE, ("changes", 0, "fee"), "0.25%") == BEFORE.replace(b"0.20%", b"0.25%")
    assert edit.without("a.yaml", BEFORE, ("changes", 1)) == BEFORE.replace(b'  - {add: B, to: "C, Inc."}\n', b"")
    assert edit.without("a.yaml", BEFORE, ("changes", 1, "to")) == BEFORE.replace(b', to: "C, Inc."', b"")
    assert edit.with_value("a.yaml", BEFORE, ("number",), "4") == BEFORE.replace(b"number: 3 ", b"number: 4 ")
    quoted = edit.with_value("a.yaml", BEFORE, ("changes", 0, "set"), "B: # Fund")
    assert quoted == BEFORE.replace(b"set: A Fund ", b'set: "B: # Fund" ')


@pytest.mark.parametrize("path", [("change", 0), ("changes", 7), ("number", "x"), ("changes", 0, "fees")])
def test_what_is_not_there_cannot_be_taken_away(path: KeyPath) -> None:
    with pytest.raises(UsageProblem, match="is not there to be changed"):
        edit.without("a.yaml", BEFORE, path)
