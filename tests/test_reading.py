"""YAML is read as it was typed, with each value's line, and what could do harm is refused fast."""

from __future__ import annotations

import re
import time
from decimal import Decimal

import pytest
import yaml

from docgen.model import validation, values, yaml_reader, yaml_writer
from docgen.model.amendment import Amendment
from docgen.model.base import Facts
from docgen.model.event import Event
from docgen.model.plan import Plan, with_changes
from docgen.problems import DataProblem, Where
from tests.conftest import HERE, Golden


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


READINGS = HERE / "readings.golden"
MODELS: dict[str, type[Facts]] = {"plan": Plan, "amendment": Amendment, "event": Event}
NEEDED = {"title": "title: A Plan\n", "kind": "kind: k\n", "schedule": "schedule: {}\n"}  # of a plan


def outcome(kind: str, typed: str) -> str:
    """What a file that is typed so says to docgen, as YAML; or what is wrong with it."""
    lacks = [
        text for key, text in NEEDED.items() if kind == "plan" and not re.search(rf"^{key}s?:", typed, re.MULTILINE)
    ]
    try:
        facts = read(kind, typed + "".join(lacks))
    except DataProblem as error:
        return "".join(f"{problem}\n" for problem in error.problems)
    if kind == "plan":
        said = facts.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return yaml_writer.text({key: value for key, value in said.items() if NEEDED.get(key) not in lacks})
    short = yaml_writer.text(yaml_writer.as_data(facts))
    assert read(kind, short) == facts
    return short


PLAN_CHANGES = {
    "": {},
    "title: [New, Plan]": {"title": "New Plan"},
    "title: ": {},
    "feature: ": {"feature": None},
    "feature: Other": {"feature": "Other"},
    "term: Agreement": {"term": "Agreement"},
    "share_classes: Class C": {"share_classes": ("Class C",)},
    "schedule: {subject: none}": {"subject": None},
    "schedule: {subject: New, label: none, preamble: none}": {"subject": "New", "label": "none", "preamble": "none"},
    "schedule: {name: Schedule B, subject: New}": {"subject of Schedule B": "New"},
    "schedule: {name: Schedule C, subject: New}": {},
    "schedule: {plan: [New, Plan]}": {"plan": "New Plan"},
}


def flat(plan: Plan) -> dict[str, object]:
    """What a plan and its two schedules are called."""
    first, second = plan.schedules
    own = {key: getattr(plan, key) for key in ("title", "feature", "term", "share_classes")}
    of_first = {key: getattr(first, key) for key in ("subject", "label", "preamble", "plan")}
    return own | of_first | {"subject of Schedule B": second.subject}


@pytest.mark.parametrize("typed", PLAN_CHANGES)
def test_what_is_different_about_a_plan_from_now_on(typed: str) -> None:
    first = "{subject: Old, label: Old, preamble: Old, plan: Old}"
    text = f"title: Old\nkind: k\nfeature: Old\nschedule: [{first}, {{name: Schedule B, subject: Old}}]\n"
    plan, amendment = read("plan", text), read("amendment", f"plan:\n  {typed}\n" if typed else "form: {}\n")
    assert isinstance(plan, Plan)
    assert isinstance(amendment, Amendment)
    before, after = flat(plan), flat(with_changes(plan, amendment.plan))
    assert {key: after[key] for key in after if after[key] != before[key]} == PLAN_CHANGES[typed]
    kept = with_changes(plan, amendment.plan, but=("title_lines", "term"))
    assert (kept.title, kept.term) == ("Old", "Plan")
    assert kept.feature == after["feature"]


@pytest.mark.parametrize(("many", "said"), [(19, 19), (20, 20), (21, 20)])
def test_so_many_entries_that_are_no_yaml_are_said(many: int, said: int) -> None:
    slips = "".join(f"- @{number}\n" for number in range(many))
    try:
        problems = yaml_reader.read("a.yaml", f"a:\n{slips}b: 1\n".encode()).problems
    except DataProblem as refused:
        problems = refused.problems
    assert len(problems) == said


def test_only_a_short_file_is_read_again_without_its_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = b"a: @b\nc: 1\n"
    monkeypatch.setattr(yaml_reader, "RECOVERABLE", len(raw))
    assert yaml_reader.read("a.yaml", raw).data == {"c": "1"}
    with pytest.raises(DataProblem):
        yaml_reader.read("a.yaml", raw + b" ")


def test_a_file_that_just_is_not_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_reader, "LARGEST", 5)
    assert yaml_reader.parse("a.yaml", b"a: b\n").data == {"a": "b"}
    with pytest.raises(DataProblem, match="is longer than 5 bytes"):
        yaml_reader.parse("a.yaml", b"a: bc\n")


def read(kind: str, typed: str) -> Facts:
    return validation.validate(MODELS[kind], yaml_reader.read("", typed.encode()))


def test_what_is_typed_is_read_or_said(golden: Golden) -> None:
    """Each case is a file as it is typed; the lines behind `#>` are what is read, or what is wrong.

    A plan has a title, a kind and a schedule unless it is typed with its own.
    """
    text = ""
    for case in re.split("^## ", READINGS.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        name, _, rest = case.partition("\n")
        typed = "".join(line for line in rest.splitlines(keepends=True) if not line.startswith("#>"))
        said = outcome(name.partition(":")[0], typed)
        text += f"## {name}\n{typed}" + "".join(f"#> {line}\n" for line in said.splitlines())
    golden.holds(READINGS, text)
