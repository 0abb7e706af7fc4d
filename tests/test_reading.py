"""YAML is read as it was typed, with each value's line, and what could do harm is refused fast."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
import yaml

from docgen.model import values, yaml_reader
from docgen.problems import DataProblem, Where


def test_scalars_stay_as_typed() -> None:
    read = yaml_reader.parse("a.yaml", b"a: 0.10\nb: No\nc: 012\nd: 2003-11-03\ne: 1e3\nf: null\ng:\nh: ''\n")
    assert read.data == {
        "a": "0.10", "b": "No", "c": "012", "d": "2003-11-03", "e": "1e3", "f": None, "g": None, "h": "",
    }  # fmt: skip


def test_every_value_has_its_line() -> None:
    read = yaml_reader.parse("a.yaml", b"# a comment\na:\n  - x\n  - name: y\n    b: z\n")
    assert read.where("a") == Where("a.yaml", 2)
    assert read.where("a", 1) == Where("a.yaml", 4)
    assert read.where("a", 1, "b") == Where("a.yaml", 5)
    assert read.where("a", 1, "b", "not there") == Where("a.yaml", 5)


def test_byte_order_mark_and_windows_line_ends_are_harmless() -> None:
    assert yaml_reader.parse("a.yaml", "\ufeffa: é\r\nb: 2\r\n".encode()).data == {"a": "é", "b": "2"}


LOADERS = [yaml_reader.LOADER, yaml.Loader]  # libyaml's parser where it is there, and PyYAML's own
BOMB = b"a: &a [x,x,x,x,x,x,x,x,x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (n, n, b",".join([b"*%c" % (n - 1)] * 9)) for n in range(98, 110)
)


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"[" * 1_000_000, "is nested more than 32 levels deep"),
        (b"{a: " * 5_000_000, "is nested more than 32 levels deep"),
        (b"- " * 100_000, "is nested more than 32 levels deep"),
        (b"a:\n  " + b"[" * 2_000 + b"x" + b"]" * 2_000, "is nested more than 32 levels deep"),
        (b"x" * 50_000_000, "is longer than 20,000,000 bytes"),
        (BOMB, "is a YAML anchor"),
        (b"\xff\xfea\x00", "a.yaml:1: byte 0xff is not UTF-8 text\n    save the file as UTF-8 in your editor"),
        (b"\x00\x01", "a.yaml:1: a control character stands here\n    delete it; it does not print"),
    ],
    ids=["brackets", "braces", "dashes", "closed brackets", "50 MB", "alias bomb", "UTF-16", "control"],
)
@pytest.mark.parametrize("loader", LOADERS)
def test_harm_is_refused_in_one_line_and_soon(
    monkeypatch: pytest.MonkeyPatch, loader: type, raw: bytes, said: str
) -> None:
    monkeypatch.setattr(yaml_reader, "LOADER", loader)
    began = time.process_time()
    with pytest.raises(DataProblem) as refused:
        yaml_reader.parse("a.yaml", raw)
    assert time.process_time() - began < 5, "a bound against hanging, not a measure of speed"
    assert said in str(refused.value.problems[0])
    assert "\n" not in refused.value.problems[0].found


@pytest.mark.seconds
@pytest.mark.parametrize("loader", LOADERS)
def test_the_limit_of_nesting_is_docgens_own_whatever_the_parsers(
    monkeypatch: pytest.MonkeyPatch, loader: type
) -> None:
    """The line is that of the level too many, also where the parser looks further ahead on it."""
    monkeypatch.setattr(yaml_reader, "LOADER", loader)
    deepest = yaml_reader.DEEPEST - 1  # below the key `a`
    for levels in (2, deepest):
        raw = b"# first\na:\n  - " + b"[" * (levels - 1) + b"x" + b"]" * (levels - 1)
        assert yaml_reader.parse("a.yaml", raw).where("a") == Where("a.yaml", 2)
    for deeper in (b"[" * deepest + b"x" + b"]" * deepest, b"[" * 5_000, b"[" * 10 + b"\n    " + b"[" * 5_000):
        with pytest.raises(DataProblem) as refused:
            yaml_reader.parse("a.yaml", b"# first\na:\n  - " + deeper + b"\n")
        (problem,) = refused.value.problems
        assert problem.found == "is nested more than 32 levels deep"
        assert problem.where == Where("a.yaml", 3 + deeper.rstrip(b"\n").count(b"\n"))


@pytest.mark.parametrize(
    ("typed", "percent"),
    [("0.75%", "0.75"), (".75%", "0.75"), ("0.750 %", "0.750"), ("1", "1"), ("0.005%", "0.005")],
)
def test_rates_are_decimal(typed: str, percent: str) -> None:
    assert values.rate(typed) == Decimal(percent)
    assert str(values.rate(typed)) == percent


@pytest.mark.parametrize("word", ["None", "N/A", "", "0/10%", "O.25%", "1%%", "-1%"])
def test_words_are_no_rates(word: str) -> None:
    assert values.rate(word) is None


@pytest.mark.parametrize(
    ("text", "holds", "fits"),
    [
        ("0.75%", "rate", True), ("None", "rate", True), ("0/10%", "rate", False),
        ("$1,000", "money", True), ("$1.5 billion", "money", True), ("1000", "money", False), ("$1,00", "money", False),
        ("2003-11-03", "date", True), ("N/A", "date", True), ("2003-02-30", "date", False), ("June 1", "date", False),
        ("0.75% on first $1", "text", True), ("Class 2", "classes", True),
    ],
)  # fmt: skip
def test_values_fit_their_column_or_not(text: str, holds: values.Holds, fits: bool) -> None:
    assert (values.misfit(text, holds) == "") is fits


@pytest.mark.parametrize("text", ["Alpha  Fund", "Alpha   Fund", "Alpha Fund"])
def test_blanks_in_a_row_are_one(text: str) -> None:
    assert values.tidy(text) == "Alpha Fund"
