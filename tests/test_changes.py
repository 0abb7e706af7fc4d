"""Changes lead from one schedule to another and back, for any two schedules."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docgen.consolidation.compare import apply_all, compare
from docgen.model import changes
from docgen.model.amendment import Restate
from docgen.model.schedule import Schedule
from docgen.problems import DataProblem
from tests import making
from tests.conftest import each, examples

LAWS = settings(deadline=None, max_examples=examples(150), suppress_health_check=list(HealthCheck))
NAMES = [f"{word} Fund" for word in ("Alpha", "Beta", "Core", "Delta", "Equity", "Growth", "Income")]
GROUPS = ["ONE TRUST", "TWO TRUST", "THREE TRUST"]
CLASSES = ["Class A", "Class C", "Class R"]


@st.composite
def schedules(draw: st.DrawFn, group: str = "Registrant", grouped: bool = True) -> Schedule:
    """Schedules that share a few names, so that two of them have much in common."""
    rates = st.sampled_from(["0.25%", "0.75%", "None"])

    def row(name: str) -> making.Data:
        if draw(st.integers(0, 3)) == 0:
            inner = draw(st.lists(st.sampled_from(CLASSES), min_size=1, max_size=3, unique=True))
            return {"name": name, "rows": [{"name": one, "a": draw(rates), "b": draw(rates)} for one in inner]}
        return {"name": name, "a": draw(rates), "b": draw(rates)}

    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=7, unique=True))
    if not grouped:
        restate: making.Data = {"rows": [row(name) for name in names]}
    else:
        heads = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=3, unique=True))[: len(names)]
        cuts = [names[number :: len(heads)] for number in range(len(heads))]
        if group != "Registrant":
            cuts = [draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True)) for _ in heads]
        restate = {"groups": [{"name": h, "rows": [row(n) for n in cut]} for h, cut in zip(heads, cuts, strict=True)]}
    columns = {key: {"heading": key, "holds": "rate"} for key in "ab"}
    plan = {"title": "P", "kind": "distribution-plan", "schedule": {"group": group, "columns": columns}}
    folder = making.folder(plan, {"number": "1", "effective": "2003-01-01", "restate": restate})
    return folder.amendments[0].schedules[0]


KINDS = [("Registrant", True), ("Registrant", False), ("Class", True)]
PAIRS = st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(schedules(*kind), schedules(*kind)))


@pytest.mark.slow
@LAWS
@given(PAIRS)
def test_compared_changes_lead_from_old_to_new(pair: tuple[Schedule, Schedule]) -> None:
    old, new = pair
    steps = compare(old, new)
    assert apply_all(old, steps) == new
    assert not any(isinstance(step, Restate) for step in steps), "a list of changes, not the whole anew"


@pytest.mark.slow
@LAWS
@given(schedules())
def test_nothing_changes_between_a_schedule_and_itself(schedule: Schedule) -> None:
    assert compare(schedule, schedule) == ()


@pytest.mark.slow
@LAWS
@given(schedules(), st.sampled_from(NAMES), st.sampled_from(["Zeta Fund", "A Fund"]))
def test_a_rename_is_known_again_and_back(schedule: Schedule, name: str, to: str) -> None:
    if name not in [row.name for group in schedule.groups for row in group.rows]:
        return
    step = changes.Rename(rename=name, to=to)
    after = apply_all(schedule, [step])
    assert [row.name == to for _, row, above in after.lines() if above is None].count(True) == 1
    assert compare(schedule, after) == (step,)
    assert compare(after, schedule) == (changes.Rename(rename=to, to=name),)


@pytest.mark.slow
@LAWS
@given(schedules())
def test_a_bulk_rename_is_known_again_and_back(schedule: Schedule) -> None:
    after = apply_all(schedule, [changes.RenameAll(rename_all="Fund", to="Portfolio")])
    assert each(row.name.endswith(" Portfolio") for group in after.groups for row in group.rows)
    back = compare(after, schedule)
    assert each(isinstance(step, changes.Rename) for step in back)
    assert len(back) == sum(len(group.rows) for group in schedule.groups)
    assert apply_all(after, back) == schedule


def grouped(groups: dict[str, list[str]]) -> Schedule:
    """A schedule without columns, of registrants and their funds."""
    plan = {"title": "P", "kind": "distribution-plan", "schedule": {}}
    restate = {"groups": [{"name": group, "rows": rows} for group, rows in groups.items()]}
    return (
        making.folder(plan, {"number": "1", "effective": "2003-01-01", "restate": restate}).amendments[0].schedules[0]
    )


def test_a_registrant_that_goes_leaves_none_of_its_funds_without_a_word() -> None:
    """Where one fund goes on under another registrant, each that does not is removed by its own name."""
    old = grouped({"ONE TRUST": ["Alpha Fund", "Beta Fund"], "TWO TRUST": ["Core Fund"]})
    moved = compare(old, grouped({"TWO TRUST": ["Alpha Fund", "Core Fund"]}))
    assert [*map(type, moved)] == [changes.Move, changes.Remove, changes.RemoveGroup]
    assert [*map(type, compare(old, grouped({"TWO TRUST": ["Core Fund"]})))] == [changes.RemoveGroup]


def test_a_fund_may_stand_under_two_heads_that_are_no_registrants() -> None:
    """Under one of them it stands once."""
    plan = {"title": "P", "kind": "distribution-plan", "schedule": {"groups_are": "headings"}}
    restate = {"groups": [{"name": "Class A", "rows": ["Core Fund"]}]}
    schedule = making.folder(plan, {"number": "1", "effective": "2003-01-01", "restate": restate})
    before = schedule.amendments[0].schedules[0]
    (after,) = [apply_all(before, [changes.AddGroup(add_group="Class C", rows=("Core Fund", "Alpha Fund"))])]
    assert [[row.name for row in group.rows] for group in after.groups] == [["Core Fund"], ["Core Fund", "Alpha Fund"]]
    with pytest.raises(DataProblem, match='"Core Fund" is in Schedule A already'):
        apply_all(before, [changes.AddGroup(add_group="Class C", rows=("Core Fund", "Core Fund"))])


def test_a_bulk_rename_leaves_the_rows_that_it_does_not_name() -> None:
    rows = [{"name": "Core Fund", "a": "1%"}, {"name": "Core Trust", "a": "1%"}]
    plan = {"title": "P", "kind": "distribution-plan", "schedule": {"columns": {"a": {"heading": "A"}}}}
    schedule = (
        making.folder(plan, {"number": "1", "effective": "2003-01-01", "restate": {"rows": rows}})
        .amendments[0]
        .schedules[0]
    )
    (group,) = apply_all(schedule, [changes.RenameAll(rename_all="Fund", to="Portfolio")]).groups
    assert [row.name for row in group.rows] == ["Core Portfolio", "Core Trust"]
    assert group.rows[1] is schedule.groups[0].rows[1]


def named(*pairs: str) -> list[changes.Rename]:
    """`Class A of Alpha > Class I`: renames of rows, and of rows under others."""
    renames = []
    for pair in pairs:
        old, _, new = pair.partition(" > ")
        row, _, under = old.partition(" of ")
        renames.append(changes.Rename(rename=row, to=new, under=under or None, group="ONE TRUST" if under else None))
    return renames


RENAMED = {
    "a class": (["Class A of Alpha > Class I"], ["Class A of Alpha > Class I"]),
    "a fund and its class": (
        ["Alpha > Omega", "Class A of Omega > Class I"],
        ["Alpha > Omega", "Class A of Omega > Class I"],
    ),
    "a class and its fund": (
        ["Class C of Alpha > Class I", "Alpha > Omega"],
        ["Alpha > Omega", "Class C of Omega > Class I"],
    ),
    "two that change names": (
        ["Alpha > X", "Beta > Alpha", "X > Beta"],
        ["Alpha > Alpha (in between)", "Beta > Alpha", "Alpha (in between) > Beta"],
    ),
    "one that takes the name of another that is renamed": (
        ["Beta > Omega", "Alpha > Beta"],
        ["Beta > Omega", "Alpha > Beta"],
    ),
    "two classes that change names": (
        ["Class A of Alpha > X", "Class C of Alpha > Class A", "X of Alpha > Class C"],
        [
            "Class A of Alpha > Class A (in between)",
            "Class C of Alpha > Class A",
            "Class A (in between) of Alpha > Class C",
        ],
    ),
}


@pytest.mark.parametrize("name", RENAMED)
def test_what_has_another_name_is_known_again(name: str) -> None:
    way, shortest = RENAMED[name]
    columns = {"a": {"heading": "a", "holds": "rate"}}
    plan = {"title": "P", "kind": "k", "schedule": {"columns": columns}}
    alpha, core = (
        {"name": fund, "rows": [{"name": one, "a": "0.25%"} for one in CLASSES]} for fund in ("Alpha", "Core")
    )
    rows = [alpha, {"name": "Beta", "a": "0.75%"}, core]
    restate = {"groups": [{"name": "ONE TRUST", "rows": rows}]}
    before = making.folder(plan, {"effective": "2003-01-01", "restate": restate}).amendments[0].schedules[0]
    after = apply_all(before, named(*way))
    steps = compare(before, after)
    assert [*steps] == named(*shortest)
    assert apply_all(before, steps) == after


def test_other_columns_are_a_whole_restatement() -> None:
    def one(*keys: str) -> Schedule:
        columns = {key: {"heading": key, "holds": "rate"} for key in keys}
        plan = {"title": "P", "kind": "k", "schedule": {"columns": {"a": {"heading": "a", "holds": "rate"}}}}
        rows = [{"name": "A Fund", "values": dict.fromkeys(keys, "0.25%")}]
        restate = {"columns": columns, "rows": rows}
        return making.folder(plan, {"effective": "2003-01-01", "restate": restate}).amendments[0].schedules[0]

    old, new = one("a"), one("a", "b")
    (step,) = compare(old, new)
    assert isinstance(step, Restate)
    assert apply_all(old, [step]) == new
    assert apply_all(new, compare(new, old)) == old
