"""Which changes lead from one schedule to another, in words of their own: `changes.golden` beside it."""

from __future__ import annotations

import json

import yaml
from pydantic import TypeAdapter

from docgen.consolidation import describe
from docgen.consolidation.compare import apply_all, compare
from docgen.model.amendment import Restate
from docgen.model.changes import AnyChange
from docgen.model.schedule import Schedule
from tests import making
from tests.conftest import HERE, Golden

A, B, C = (f"{{name: {name}, a: 1%, b: 2%}}" for name in ("Alpha", "Beta", "Core"))


def kinds(name: str, *classes: str) -> str:
    """A fund with classes, each by its name or as it is typed."""
    typed = [a_class if "{" in a_class else f"{{name: {a_class}, a: 1%, b: 2%}}" for a_class in classes]
    return f"{{name: {name}, rows: [{', '.join(typed)}]}}"


def groups(**of: list[str]) -> str:
    made = [f"{{name: {name}, {rows(*its)}}}" for name, its in of.items()]
    return f"groups: [{', '.join(made)}]"


def rows(*its: str) -> str:
    return f"rows: [{', '.join(its)}]"


MORE = "rows: [{name: Alpha, a: 1%, b: 2%, c: 3%}]"
REGISTRANTS = {
    "a group with a sign comes first": (
        groups(ONE=[A]),
        f"groups: [{{name: NEW, mark: '*', rows: [{B}]}}, {{name: ONE, rows: [{A}]}}]",
    ),
    "a group comes last and groups change places": (groups(ONE=[A], TWO=[B]), groups(TWO=[B], ONE=[A], NEW=[C])),
    "the last comes first": (groups(ONE=[A], TWO=[B], NEW=[C]), groups(NEW=[C], ONE=[A], TWO=[B])),
    "a group goes with its rows": (groups(ONE=[A], TWO=[B, C]), groups(ONE=[A])),
    "a row comes first, with a sign": (rows(A), rows("{name: Beta, a: 1%, b: 2%, mark: '*'}", A)),
    "a row comes behind another under its registrant": (groups(ONE=[A]), groups(ONE=[A, B])),
    "a row changes its sign": (rows(A, B), rows("{name: Alpha, a: 1%, b: 2%, mark: '*'}", B)),
    "rows change places": (rows(A, B, C), rows(C, A, B)),
    "a row crosses": (groups(ONE=[A, B], TWO=[C]), groups(ONE=[A], TWO=[C, B])),
    "a value changes and loses its sign": (
        rows("{name: Alpha, a: {value: 1%, mark: '*'}, b: {value: 2%, mark: '1'}}"),
        rows("{name: Alpha, a: 2%, b: {value: 2%, mark: '*'}}"),
    ),
    "classes go, come with a sign and change": (
        rows(kinds("Alpha", "A", "B", "C")),
        rows(kinds("Alpha", "{name: R, a: 1%, b: 2%, mark: '*'}", "C", "{name: A, a: 3%, b: 2%}")),
    ),
    "the same under a registrant": (
        groups(ONE=[kinds("Alpha", "A", "B", "C")]),
        groups(ONE=[kinds("Alpha", "C", "A", "R")]),
    ),
    "a fund gets classes": (rows(A, B), rows(kinds("Alpha", "A"), B)),
    "a class changes its sign": (
        rows(kinds("Alpha", "A", "B")),
        rows(kinds("Alpha", "{name: A, a: 1%, b: 2%, mark: '*'}", "B")),
    ),
    "other classes altogether": (rows(kinds("Alpha", "A")), rows(kinds("Alpha", "B"))),
    "bands of one name": (
        groups(ONE=[A]),
        groups(ONE=[A], TWO=["{name: Next $2 billion, a: 2%, b: 2%}", "{name: Next $2 billion, a: 1%, b: 1%}"]),
    ),
    "no group becomes one": (rows(A), groups(ONE=[A])),
    "a group changes its sign": (groups(ONE=[A]), f"groups: [{{name: ONE, mark: '*', rows: [{A}]}}]"),
    "a note is worded anew": (rows(A), f"footnotes: [{{mark: '*', text: Other.}}]\n{rows(A)}"),
    "a column comes": (rows(A), f"columns: {{a: {{heading: a}}, b: {{heading: b}}, c: {{heading: c}}}}\n{MORE}"),
}
HEADS = {
    "a fund of two heads goes from one": (groups(X=[A, B], Y=[A, C]), groups(X=[B], Y=[A, C])),
    "a fund of two heads changes under one": (
        groups(X=[A, B], Y=[A, C]),
        groups(X=["{name: Alpha, a: 3%, b: 2%}", B], Y=[A, C]),
    ),
    "a fund of two heads moves under one": (groups(X=[A, B], Y=[A, C]), groups(X=[A, B], Y=[C, A])),
    "a fund comes under a second head": (groups(X=[A, B], Y=[C]), groups(X=[A, B], Y=[A, C])),
    "classes of a fund of two heads": (
        groups(X=[kinds("Alpha", "A", "B"), B], Y=[kinds("Alpha", "A", "B"), C]),
        groups(X=[kinds("Alpha", "B", "R"), B], Y=[kinds("Alpha", "A", "{name: B, a: 3%, b: 2%}"), C]),
    ),
}
ALPHA_TO_BETA = ({"rename": "Alpha", "to": "X"}, {"rename": "Beta", "to": "Alpha"}, {"rename": "X", "to": "Beta"})
A_TO_B = tuple({"redesignate_class": old, "to": new} for old, new in ("AX", "BA", "XB"))
TOLD: dict[str, tuple[str, tuple[dict[str, str], ...]]] = {  # a schedule, and changes of it
    "a row takes the name of one that goes": (rows(A, B), ({"remove": "Alpha"}, {"rename": "Beta", "to": "Alpha"})),
    "two rows change names": (rows(A, B, C), ALPHA_TO_BETA),
    "three rows change names in a ring": (rows(A, B, C), (*ALPHA_TO_BETA, {"rename": "Core", "to": "X"},
     {"rename": "Beta", "to": "Core"}, {"rename": "X", "to": "Beta"})),
    "a fund and its class get new names": (rows(kinds("Alpha", "A", "B")), ({"rename": "Alpha", "to": "Zeta"},
     {"redesignate_class": "A", "to": "C"})),
    "two classes change names": (rows(kinds("Alpha", "A", "B"), kinds("Beta", "A", "B")), A_TO_B),
    "a fund gets a new name, and two classes of it change theirs": (rows(kinds("Alpha", "A", "B"), C),
     ({"rename": "Alpha", "to": "Zeta"}, *A_TO_B)),
    "a class takes the name of one that goes": (
     rows(kinds("Alpha", "A", "{name: B, a: 3%, b: 2%}"), kinds("Beta", "A", "B")),
     ({"remove": "A", "under": "Alpha"}, {"redesignate_class": "B", "to": "A", "of": "Alpha"})),
    "two funds change names, and a class gets another": (rows(kinds("Alpha", "A"), kinds("Beta", "A")),
     (*ALPHA_TO_BETA, {"redesignate_class": "A", "to": "C", "of": "Alpha"})),
    "a group and a row of it get new names, and one moves in": (groups(ONE=[A], TWO=[B, C]),
     ({"rename_group": "ONE", "to": "UNO"}, {"rename": "Alpha", "to": "Zeta"}, {"move": "Core", "to": "UNO"})),
    "a group, and a class of a fund of it, get new names": (groups(ONE=[kinds("Alpha", "A"), B], TWO=[C]),
     ({"rename_group": "ONE", "to": "UNO"}, {"redesignate_class": "A", "to": "C"})),
    "two groups change names": (groups(ONE=[A], TWO=[B]), ({"rename_group": "ONE", "to": "X"},
     {"rename_group": "TWO", "to": "ONE"}, {"rename_group": "X", "to": "TWO"})),
    "a row with a new name changes its sign": (rows(A, B), ({"rename": "Alpha", "to": "Zeta"},
     {"set": "Zeta", "mark": "*"})),
}  # fmt: skip
UNDER_HEADS: dict[str, tuple[str, tuple[dict[str, str], ...]]] = {
    "a fund of two heads gets a new name under one": (groups(X=[A, B], Y=[A, C]),
     ({"rename": "Alpha", "to": "Zeta", "group": "Y"},)),
    "it moves under another head, and takes the name of a fund that it stood beside": (groups(X=[A, B], Y=[C]),
     ({"move": "Alpha", "to": "Y"}, {"rename": "Alpha", "to": "Beta"})),
    "it moves under another head, and its class takes the name of one that goes": (
     groups(X=[kinds("Alpha", "A", "B"), B], Y=[C]),
     ({"move": "Alpha", "to": "Y"}, {"remove": "A", "under": "Alpha"}, {"redesignate_class": "B", "to": "A"})),
    "it takes the name of another head's fund": (groups(X=[A, B], Y=[A, C]),
     ({"rename": "Alpha", "to": "Beta", "group": "Y"},)),
}  # fmt: skip


def schedule(text: str, group: str) -> Schedule:
    notes = [{"mark": mark, "text": "Note."} for mark in "*1"]
    form = {"group": group, "columns": {key: {"heading": key, "holds": "rate"} for key in "ab"}, "footnotes": notes}
    plan = {"title": "P", "kind": "distribution-plan", "schedule": form}
    paper = {"number": "1", "effective": "2003-01-01", "restate": yaml.safe_load(text)}
    return making.folder(plan, paper).amendments[0].schedules[0]


def ways(cases: dict[str, tuple[str, str]], group: str) -> list[str]:
    """Each case with the changes that lead from one schedule to the other."""
    lines: list[str] = []
    for name, pair in cases.items():
        old, new = (schedule(text, group) for text in pair)
        steps = compare(old, new)
        assert apply_all(old, steps) == new, name
        dumps = [step.model_dump(mode="json", exclude_defaults=True) for step in steps]
        lines += ["", name]
        lines += [
            f"    {'restate' if isinstance(step, Restate) else ''}{json.dumps(dump)}"
            for step, dump in zip(steps, dumps, strict=True)
        ]
    return lines


def told(cases: dict[str, tuple[str, tuple[dict[str, str], ...]]], group: str) -> list[str]:
    """Each case with the changes that lead from the schedule to what the changes make of it, which knows its rows."""
    lines: list[str] = []
    for name, (text, told) in cases.items():
        old = schedule(text, group)
        new = apply_all(old, TypeAdapter(tuple[AnyChange, ...]).validate_python(told))  # type: ignore[arg-type]
        steps = compare(old, new)
        assert apply_all(old, steps) == new, name
        lines += ["", name, *(f"    {describe.sentence(step)}" for step in steps)]
    return lines


def test_the_changes_from_one_schedule_to_another(golden: Golden) -> None:
    lines = [*ways(REGISTRANTS, "Registrant"), *ways(HEADS, "Class")]
    lines += [*told(TOLD, "Registrant"), *told(UNDER_HEADS, "Class")]
    golden.holds(HERE / "changes.golden", "\n".join(lines[1:]) + "\n")
