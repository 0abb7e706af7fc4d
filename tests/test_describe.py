"""What a change does in a sentence, for every verb; and the changes that lead from one schedule to another."""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml

from docgen.consolidation import lineage
from docgen.consolidation.applied import Applied
from docgen.consolidation.compare import apply_all, compare, longest_rising
from docgen.consolidation.describe import sentence, with_emptied
from docgen.model import changes, english, validation, yaml_reader
from docgen.model.amendment import Amendment, Restate
from docgen.model.changes import VERBS, Add, Remove, RemoveGroup, Rename
from docgen.model.schedule import Schedule
from tests import making

SENTENCES = {
    "{add: Beta Fund}": "Beta Fund is added",
    "{add: Beta Fund, to: A TRUST, fee: 0.25%}": "Beta Fund is added to A TRUST (fee 0.25%)",
    "{add: Class A, under: Beta Fund}": "Class A is added under Beta Fund",
    "{remove: Beta Fund}": "Beta Fund is removed",
    "{remove: Class A, under: Beta Fund}": "Class A under Beta Fund is removed",
    "{remove: Beta Fund, reason: liquidated}": "Beta Fund is removed: liquidated",
    "{remove: Beta Fund, into: Alpha Fund}": "Beta Fund is removed: merged into Alpha Fund",
    "{rename: Beta Fund, to: Alpha Fund}": "Beta Fund is renamed Alpha Fund",
    "{remove: Beta Fund, group: A TRUST}": "Beta Fund under A TRUST is removed",
    "{rename: Beta Fund, group: A TRUST, to: Alpha Fund}": "Beta Fund under A TRUST is renamed Alpha Fund",
    "{rename: Class A, under: Beta Fund, group: A TRUST, to: C}": "Class A under Beta Fund is renamed C",
    "{set: Beta Fund, group: A TRUST, fee: 0.20%}": "Beta Fund of A TRUST has other values (fee 0.20%)",
    "{move: Beta Fund, group: A TRUST, after: first}": "Beta Fund under A TRUST moves to the first place",
    "{move: Class A, under: Beta Fund, after: Class C}": "Class A of Beta Fund moves after Class C",
    "{remove_group: A TRUST, reason: liquidated}": "A TRUST is removed: liquidated",
    "{remove_class: Class A, reason: converted}": "Class A of every fund that has it is removed: converted",
    "{rename_all: AIM, to: Invesco}": '"AIM" becomes "Invesco" in every name',
    "{rename_all: AIM, to: Invesco, except: [A, B]}": '"AIM" becomes "Invesco" in every name, but for A, B',
    "{move: Beta Fund, to: A TRUST}": "Beta Fund moves to A TRUST",
    "{move: Beta Fund, after: Alpha Fund}": "Beta Fund moves after Alpha Fund",
    "{set: Beta Fund, fee: 0.20%, service_fee: [a, b]}": "Beta Fund has other values (fee 0.20%, service fee a and b)",
    "{set: Class A, under: Beta Fund, fee: 0.20%}": "Class A of Beta Fund has other values (fee 0.20%)",
    '{set: Beta Fund, mark: "*"}': "Beta Fund gets the sign of footnote *",
    "{set: Beta Fund, mark: none}": "Beta Fund loses the sign of its footnote",
    '{set: Beta Fund, fee: 0.20%, mark: "*"}': "Beta Fund has other values (fee 0.20%) and gets the sign of footnote *",
    '{set: B, values: {fee: {value: 1%, mark: "1"}}}': "B has other values (fee 1% [1])",
    "{set: B, values: {fee: {value: 1%, mark: none}}}": "B has other values (fee 1% without its footnote)",
    "{add_trade_name: Invesco, in_place_of: AIM}": '"Invesco" comes in parentheses behind "AIM"',
    "{add_group: A TRUST, rows: [Beta Fund]}": "A TRUST is added",
    "{remove_group: A TRUST}": "A TRUST is removed with all that stands under it",
    "{rename_group: A TRUST, to: B TRUST}": "A TRUST is renamed B TRUST",
    "{move_group: A TRUST, after: B TRUST}": "A TRUST moves after B TRUST",
    "{set_class: Class A, fee: 0.20%}": "Class A, in every fund that has it, has other values (fee 0.20%)",
    "{set_class: Class A, of: Beta Fund, fee: 0.20%}": "Class A of Beta Fund has other values (fee 0.20%)",
    "{add_class: Class A, fee: 0.20%}": "Class A of every fund is added (fee 0.20%)",
    "{add_class: Class A, of: Beta Fund}": "Class A of Beta Fund is added",
    "{remove_class: Class A}": "Class A of every fund that has it is removed",
    "{remove_class: Class A, of: Beta Fund}": "Class A of Beta Fund is removed",
    "{redesignate_class: Class A, to: Class B}": "Class A of every fund that has it becomes Class B",
    "{redesignate_class: Class A, to: Class B, of: Beta Fund}": "Class A of Beta Fund becomes Class B",
    '{add_footnote: "*", text: A note.}': "the footnote * is added: A note.",
    '{set_footnote: "*", text: A note.}': "the footnote * is worded anew",
    '{remove_footnote: "*"}': "the footnote * is removed",
    "{replace_words: a, to: b}": '"a" becomes "b" in the whole text',
    "{replace_words: a, to: b, in: Section 2}": '"a" becomes "b" in Section 2',
    "{replace_words: a, to: b, in: 'Section 2,'}": '"a" becomes "b" in Section 2',
    "{replace_section: Section 2, text: a}": "Section 2 is worded anew",
    "{add_section: Section 2, text: a}": "Section 2 is added to the text",
    "{remove_section: Section 2}": "Section 2 is taken out of the text",
}


def amendment(change: str) -> Amendment:
    return validation.validate(Amendment, yaml_reader.parse("a.yaml", f"number: 2\nchanges:\n  - {change}\n".encode()))


@pytest.mark.parametrize("change", SENTENCES)
def test_what_a_change_does_in_a_sentence(change: str) -> None:
    (step,) = amendment(change).changes
    assert sentence(step) == SENTENCES[change]


def test_every_verb_has_a_sentence() -> None:
    verbs = {model.verb for model in VERBS}
    assert {next(iter(yaml.safe_load(change))) for change in SENTENCES} == verbs
    restate = validation.validate(Restate, yaml_reader.parse("a.yaml", b"rows: [Beta Fund]\n"))
    assert sentence(restate) == "the whole schedule is restated"


COLUMNS = {"charge": {"heading": "Charge", "holds": "rate"}, "fee": {"heading": "Fee", "holds": "rate"}}


def schedule(text: str, **form: str) -> Schedule:
    """A schedule from the YAML of its restatement."""
    plan: making.Data = {"title": "P", "kind": "distribution-plan", "schedule": {"columns": COLUMNS, **form}}
    restate = {"values": {"fee": "0.25%", "charge": "0.75%"}, **yaml.safe_load(text)}
    return (
        making.folder(plan, {"number": "1", "effective": "2003-01-01", "restate": restate}).amendments[0].schedules[0]
    )


TWO = "groups: [{name: A TRUST, rows: [Alpha, Beta, Core]}, {name: B TRUST, rows: [Delta, Echo]}]"
CLASSES = "rows: [{name: Alpha, rows: [Class A, Class B, Class C]}, {name: Beta, rows: [Class A]}]"
WALKS = [
    (TWO, TWO, []),
    (TWO, TWO.replace("Beta, ", ""), ["Beta is removed"]),
    (
        TWO,
        TWO.replace("Alpha, ", "").replace("Echo", "Echo, Alpha"),
        ["Alpha moves to B TRUST", "Alpha moves after Echo"],
    ),
    (TWO, TWO.replace("Alpha, Beta", "Beta, Alpha"), ["Alpha moves after Beta"]),
    (TWO, TWO.replace("Alpha, Beta, Core", "Core, Alpha, Beta"), ["Core moves to the first place"]),
    (TWO, TWO.replace("Alpha, Beta, Core", "Beta, Core, Alpha"), ["Alpha moves after Core"]),
    (TWO, TWO.replace("Beta", "{name: Beta, fee: 0.20%}"), ["Beta has other values (Charge 0.75%, Fee 0.20%)"]),
    (
        TWO,
        TWO.replace("Beta", "{name: Beta, rows: [Class A]}"),
        ["Beta is removed", "Beta is added to A TRUST"],
    ),
    (
        TWO,
        TWO.replace("{name: B TRUST, rows: [Delta, Echo]}", ""),
        ["B TRUST is removed with all that stands under it"],
    ),
    (
        TWO,
        "groups: [{name: B TRUST, rows: [Delta, Echo]}, {name: A TRUST, rows: [Alpha, Beta, Core]}]",
        ["A TRUST moves after B TRUST"],
    ),
    (
        TWO,
        TWO.replace("]}]", "]}, {name: C TRUST, rows: [Fox]}]"),
        ["C TRUST is added", "Fox is added to C TRUST (Charge 0.75%, Fee 0.25%)"],
    ),
    (
        TWO,
        TWO.replace("[{name: A", "[{name: C TRUST, rows: [Fox]}, {name: A"),
        ["C TRUST is added", "Fox is added to C TRUST (Charge 0.75%, Fee 0.25%)"],
    ),
    (
        TWO,
        TWO.replace("{name: A TRUST, rows: [Alpha, Beta, Core]}", "{name: Z TRUST, rows: [Fox]}"),
        [
            "Z TRUST is added",
            "A TRUST is removed with all that stands under it",
            "Fox is added to Z TRUST (Charge 0.75%, Fee 0.25%)",
        ],
    ),
    (
        CLASSES,
        CLASSES.replace("Class A, Class B, Class C", "Class C, Class A, Class B"),
        ["Class C of Alpha moves to the first place"],
    ),
    (CLASSES, CLASSES.replace("Class B, ", ""), ["Class B under Alpha is removed"]),
    (CLASSES, CLASSES.replace("Class A, Class B", "Class B, Class A"), ["Class A of Alpha moves after Class B"]),
    (
        CLASSES,
        CLASSES.replace("Class C", "Class C, Class R"),
        ["Class R is added under Alpha (Charge 0.75%, Fee 0.25%)"],
    ),
    (
        CLASSES,
        CLASSES.replace("Class C", "{name: Class C, fee: 0.20%}"),
        ["Class C of Alpha has other values (Charge 0.75%, Fee 0.20%)"],
    ),
]


@pytest.mark.parametrize(("old", "new", "says"), WALKS)
def test_the_changes_from_one_schedule_to_another(old: str, new: str, says: list[str]) -> None:
    before, after = schedule(old), schedule(new)
    steps = compare(before, after)
    assert [sentence(step, dict(after.columns)) for step in steps] == says
    assert apply_all(before, steps) == after


UNDER_HEADINGS = "groups: [{name: EQUITY, rows: [Alpha, Beta]}, {name: BOND, rows: [Alpha, Core]}]"


def test_a_row_of_several_groups_is_named_with_its_own() -> None:
    before = schedule(UNDER_HEADINGS, groups_are="headings")
    after = schedule(UNDER_HEADINGS.replace("[Alpha, Core]", "[Core]"), groups_are="headings")
    (step,) = compare(before, after)
    assert isinstance(step, changes.Remove)
    assert (step.remove, step.group) == ("Alpha", "BOND")
    assert apply_all(before, [step]) == after


@pytest.mark.parametrize(
    ("restated", "from_place"),
    [
        ("groups: [{name: EQUITY, rows: [Alpha, Beta]}, {name: MIXED, rows: [Alpha, Core]}]", ["BOND", "BOND"]),
        ("groups: [{name: MIXED, rows: [Alpha, Core]}, {name: EQUITY, rows: [Alpha, Beta]}]", ["BOND", "BOND"]),
        ("groups: [{name: MIXED, rows: [Alpha, Core]}]", ["", "BOND"]),
        ("groups: [{name: MIXED, rows: [Alpha, Core]}, {name: OTHER, rows: [Alpha]}]", ["", "BOND"]),
    ],
)
def test_a_row_of_a_schedule_typed_anew_is_the_one_left_over_of_its_name(restated: str, from_place: list[str]) -> None:
    """Alpha stands in EQUITY and BOND: where one of the two has its place still, the other is the one that moved."""
    before = schedule(UNDER_HEADINGS, groups_are="headings")
    after = lineage.inherit([before], schedule(restated, groups_are="headings"))
    places = {row: key.group for row, key in lineage.keys(before).items()}
    (mixed,) = [section for section in after.groups if section.name == "MIXED"]
    assert [places.get(row.id, "") for row in mixed.rows] == from_place


@pytest.mark.parametrize(
    ("numbers", "run"),
    [
        ([], []),
        ([1], [1]),
        ([2, 1], [1]),
        ([3, 1, 2], [1, 2]),
        ([1, 3, 2, 4], [1, 2, 4]),
        ([5, 1, 2, 3, 4], [1, 2, 3, 4]),
    ],
)
def test_the_longest_rising_run(numbers: list[int], run: list[int]) -> None:
    assert longest_rising(numbers) == run


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (1, "First"),
        (9, "Ninth"),
        (12, "Twelfth"),
        (19, "Nineteenth"),
        (20, "Twentieth"),
        (21, "Twenty-First"),
        (38, "Thirty-Eighth"),
        (40, "Fortieth"),
        (99, "Ninety-Ninth"),
        (100, "100th"),
        (101, "101st"),
        (111, "111th"),
        (112, "112th"),
        (122, "122nd"),
        (123, "123rd"),
    ],
)
def test_ordinals(number: int, word: str) -> None:
    assert english.ordinal_word(number) == word


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (-1, "-1"), (0, "0"), (1, "One"), (9, "Nine"), (10, "Ten"), (19, "Nineteen"), (20, "Twenty"),
        (21, "Twenty-One"), (45, "Forty-Five"), (90, "Ninety"), (99, "Ninety-Nine"), (100, "100"), (101, "101"),
    ],
)  # fmt: skip
def test_cardinals(number: int, word: str) -> None:
    assert english.cardinal_word(number) == word


def test_a_title_is_balanced_over_lines() -> None:
    assert english.balanced("one two three four", 9) == ["one two", "three", "four"]
    assert english.balanced("alpha beta gamma delta", 16) == ["alpha beta", "gamma delta"]
    assert english.balanced("a b c dddddddddd", 12) == ["a b", "c dddddddddd"]
    assert english.balanced("", 12) == []


def test_a_group_that_goes_says_why() -> None:
    """That its last row has gone, unless it has rows, or the change says why itself."""
    two = schedule("groups: [{name: A TRUST, rows: [Alpha]}, {name: B TRUST, rows: [Beta]}]")
    empty = replace(two, groups=(replace(two.groups[0], rows=()), two.groups[1]))
    change = RemoveGroup(remove_group="A TRUST")
    said = {
        (name, reason): sentence(with_emptied(Applied(change.model_copy(update={"reason": reason}), before, two)))
        for name, before in (("whole", two), ("empty", empty))
        for reason in (None, "liquidated")
    }
    assert said == {
        ("whole", None): "A TRUST is removed with all that stands under it",
        ("whole", "liquidated"): "A TRUST is removed: liquidated",
        ("empty", None): "A TRUST is removed: nothing stands under it any more",
        ("empty", "liquidated"): "A TRUST is removed: liquidated",
    }


def test_rows_are_paired_by_what_they_are_and_then_by_name() -> None:
    old = schedule("rows: [Alpha, Beta, Core, Delta]")
    steps = [Remove(remove="Alpha"), Rename(rename="Beta", to="Alpha"), Remove(remove="Core"), Add(add="Core")]
    new = apply_all(old, steps)
    called = {key.row: was.row for key, was in lineage.pairs(old, new).items() if key.row}
    assert called == {"Alpha": "Beta", "Core": "Core", "Delta": "Delta"}
    assert {key.row for key in lineage.lineage(old, new) if key.row} == {"Alpha", "Delta"}
    assert [(was.row, key.row) for was, key in lineage.renamed(old, new)] == [("Beta", "Alpha")]
    assert lineage.renamed(None, new) == []
