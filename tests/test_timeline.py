"""A change means a row, whatever it is called on which day; and every view of the data agrees on every day."""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.checks import new_names
from docgen.consolidation import compare, history, lineage, timeline
from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.amendment import Restate
from docgen.model.schedule import Line, Schedule, Section
from docgen.model.values import BLANK
from docgen.problems import DataProblem
from docgen.workspace.load import load
from tests import making
from tests.conftest import HERE, ROOT, SEED, Golden, Workspace, examples
from tests.test_laws import LAWS

START = datetime.date(2004, 1, 1)
COLUMNS = {key: {"heading": key.upper(), "holds": "rate"} for key in "ab"}
BARE = {"title": "P", "kind": "distribution-plan"}
PLAN = {**BARE, "schedule": {"columns": COLUMNS}}
FIRST: making.Data = {
    "effective": str(START),
    "restate": {
        "values": {"a": "0.25%", "b": "1.00%"},
        "groups": [
            {"name": "ONE TRUST", "rows": ["Alpha Fund", "Beta Fund", "Core Fund"]},
            {"name": "TWO TRUST", "rows": ["Delta Fund", "Equity Fund", "Growth Fund"]},
        ],
    },
}
NEW_NAMES = [f"{word} Fund" for word in ("Income", "Juno", "Kappa", "Large Cap", "Alpha", "Delta")]


def names(schedule: Schedule) -> list[str]:
    return [row.name for group in schedule.groups for row in group.rows]


def on(plan: PlanFolder, day: datetime.date) -> Schedule:
    (schedule,) = plan.schedules_on(day)
    return schedule


@st.composite
def changes(draw: st.DrawFn, plan: PlanFolder, day: datetime.date) -> making.Data:
    """One change of a plan, of a row by the name that it has on the change's day or by the one it will have."""
    own = draw(st.none() | st.integers(0, 400).map(lambda days: day + datetime.timedelta(days)))
    steps = [step for amendment in plan.amendments for step in amendment.applied]
    on_day = timeline.on((), steps, own or day).schedules["Schedule A"]
    (final,) = plan.amendments[-1].after
    called = {key.name for s in (on_day, final) for key in lineage.keys(s).values() if key.row}
    name = draw(st.sampled_from(sorted(called)))
    kind = draw(st.sampled_from(["rename", "rename", "set", "move", "remove", "add", "rename_all", "remove_group"]))
    change: making.Data = {kind: name}
    if kind == "rename":
        change["to"] = draw(st.sampled_from(NEW_NAMES))
    elif kind == "set":
        change["a"] = draw(st.sampled_from(["0.10%", "0.15%", "0.20%"]))
    elif kind == "move":
        change["to"] = draw(st.sampled_from(["ONE TRUST", "TWO TRUST"]))
    elif kind == "add":
        change |= {"add": draw(st.sampled_from(NEW_NAMES)), "to": "ONE TRUST", "a": "0.25%", "b": "1.00%"}
    elif kind == "remove_group":
        change = {"remove_group": draw(st.sampled_from(["ONE TRUST", "TWO TRUST"]))}
    elif kind == "rename_all":
        change = {"rename_all": draw(st.sampled_from(["Alpha", "Delta", "Fund"])), "to": draw(st.sampled_from("XY"))}
    return change | ({"effective": str(own)} if own else {})


@st.composite
def chains(draw: st.DrawFn) -> PlanFolder:
    """A plan with up to five amendments after the first, whose changes have days of their own."""
    amendments = [FIRST]
    plan = making.chain(PLAN, amendments)
    day = START
    for _ in range(draw(st.integers(1, 5))):
        day = max(START, day + datetime.timedelta(draw(st.integers(-20, 120))))
        for _ in range(draw(st.integers(1, 3))):
            change = draw(changes(plan, day))
            later = [*amendments]
            if len(plan.amendments) > 1 and draw(st.booleans()) and amendments[-1]["effective"] == str(day):
                later[-1] = {**later[-1], "changes": [*later[-1]["changes"], change]}
            else:
                later.append({"effective": str(day), "changes": [change]})
            try:
                plan = making.chain(PLAN, later)
            except DataProblem:
                continue  # refused with its reason: the row is gone, the name is taken, or can mean two rows
            amendments = later
    return plan


def days(plan: PlanFolder) -> list[datetime.date]:
    every = {step.day for amendment in plan.amendments for step in amendment.applied if step.day}
    return sorted(day for day in every if day >= START)


@pytest.mark.seconds
@settings(LAWS, max_examples=examples(45))
@given(chains())
def test_a_view_goes_on_from_the_one_before_it_as_if_made_anew(plan: PlanFolder) -> None:
    steps = [step for amendment in plan.amendments for step in amendment.applied]
    view = timeline.on((), (), START)
    for count in range(1, len(steps) + 1):
        for day in sorted({step.day for step in steps if step.day}):
            view = timeline.on((), steps[:count], day, view)
            assert view.schedules == timeline.on((), steps[:count], day).schedules


def test_a_class_with_a_new_name_stands_where_it_was_typed(workspace: Workspace) -> None:
    funds = "  rows: [{name: Alpha Fund, rows: [{name: Class A}, {name: Class B}]}]\n"
    changes = "changes:\n  - redesignate_class: Class B\n    to: Class C\n"
    workspace.write(
        {
            "schedules/p/plan.yaml": "title: P\nkind: distribution-plan\nschedule: {row: Fund}\n",
            "schedules/p/amendments/001.yaml": f"effective: 2004-01-05\nrestate:\n{funds}",
            "schedules/p/amendments/002.yaml": f"effective: 2004-02-02\n{changes}",
        }
    )
    (schedule,) = load(workspace.root).plans[0].amendments[-1].after
    lines = {row.name: str(row.at) for _, row, above in schedule.lines() if above}
    assert lines == {"Class A": "schedules/p/amendments/001.yaml:3", "Class C": "schedules/p/amendments/002.yaml:3"}


def test_a_view_with_a_change_without_its_day_is_made_anew() -> None:
    """It gets its day from the next paper."""
    change = {"rename": "Alpha Fund", "to": "Kappa Fund"}
    later = {"effective": "2004-03-01", "changes": [{"remove": "Beta Fund"}]}
    plan = making.chain(PLAN, [FIRST, {"changes": [change]}, later])
    *earlier, last = [step for amendment in plan.amendments for step in amendment.applied]
    view = timeline.on((), earlier, START)
    assert names(view.schedules["Schedule A"])[:2] == ["Alpha Fund", "Beta Fund"]
    view = timeline.on((), [*earlier, last], datetime.date(2004, 3, 1), view)
    assert names(view.schedules["Schedule A"])[:2] == ["Kappa Fund", "Core Fund"]


@pytest.mark.slow
@settings(LAWS, max_examples=examples(180))
@given(chains())
def test_every_view_agrees_on_every_day(plan: PlanFolder) -> None:
    steps = [step for amendment in plan.amendments for step in amendment.applied]
    before: Schedule | None = None
    for day in days(plan):
        schedule = on(plan, day)
        assert schedule == timeline.on((), steps, day).schedules["Schedule A"]
        lives = [life for life in history.lives(plan, on=day) if not life.happenings[-1].sentence.endswith("removed")]
        in_force = {name.casefold() for name in names(schedule)}
        assert in_force <= {life.names[-1].casefold() for life in lives}
        set_by = history.set_by(plan, plan.amendments[-1], day)
        assert {(row.id, key) for _, row, _ in schedule.lines() for key in COLUMNS} == set(set_by)
        if before is not None:
            assert compare.apply_all(before, compare.compare(before, schedule)) == schedule
        before = schedule
    (last,) = plan.amendments[-1].after
    assert on(plan, datetime.date(2199, 1, 1)) == last


def place(step: Applied) -> tuple[str, bool, int]:
    """Where a change stands: its amendment, whether it restates, and its number."""
    return step.amendment, isinstance(step.change, Restate), step.number


@pytest.mark.slow
@settings(LAWS, max_examples=examples(180))
@given(chains())
def test_a_change_takes_effect_or_is_spoken_of(plan: PlanFolder) -> None:
    """Each change is in the timeline, or among those without effect; none is lost between the two."""
    every = [place(step) for a in plan.amendments for step in a.applied]
    effective = [place(step) for step in plan.timeline.steps]
    idle = {place(i.applied) for i in plan.timeline.idle if not i.later}
    assert sorted([*effective, *idle]) == sorted(every)
    for step in plan.timeline.steps:
        (in_file,) = [
            s for a in plan.amendments if a.id == step.amendment for s in a.applied if s.number == step.number
        ]
        assert step.before != step.after or in_file.before == in_file.after


RENAME_LATER = """\
number: 3
effective: 2004-01-05
changes:
  - rename: INVESCO Energy Fund
    to: AIM Energy Fund
    effective: 2004-10-15
"""
MERGE_EARLIER = """\
number: 4
effective: 2004-03-01
changes:
  - remove: {name}
    into: INVESCO Technology Fund
"""


@pytest.fixture
def seed(empty: Workspace) -> Workspace:
    files = {name: (ROOT / SEED / name).read_bytes() for name in ("plan.yaml", "amendments/002.yaml")}
    empty.write({f"{SEED}/{name}": data for name, data in files.items()})
    return empty.write({f"{SEED}/amendments/003.yaml": RENAME_LATER})


@pytest.mark.seconds
@pytest.mark.parametrize("name", ["INVESCO Energy Fund", "AIM Energy Fund"])
def test_a_fund_merges_before_its_new_name_comes(seed: Workspace, name: str) -> None:
    seed.write({f"{SEED}/amendments/004.yaml": MERGE_EARLIER.format(name=name)})
    ran = seed.run("check")
    assert ran.code == 0
    assert "003.yaml:4: warning: changes[0]: has no effect on 2004-10-15" in ran.err
    assert "Energy" in seed.run("show", "aim-class-b", "--on", "2004-02-29").out
    assert "Energy" not in seed.run("show", "aim-class-b", "--on", "2004-06-01").out
    assert "Energy" not in seed.run("show", "aim-class-b", "--on", "2004-12-01").out
    assert seed.run("export", "aim-class-b", "a.csv", "--on", "2004-06-01").code == 0
    assert "Energy" not in (seed.root / "a.csv").read_text(encoding="utf-8-sig")
    between = seed.run("diff", "aim-class-b@2004-02-01", "aim-class-b@2004-06-01").out
    assert between == "Schedule A\n  INVESCO Energy Fund is removed: merged into INVESCO Technology Fund\n"
    told = [line.split("  ") for line in seed.run("history", "INVESCO Energy Fund").out.splitlines()]
    assert [line[0] for line in told] == ["2003-11-03", "2004-03-01", "2004-10-15"]
    assert told[1][-1] == "INVESCO Energy Fund is removed: merged into INVESCO Technology Fund"
    assert told[2][1] == "aim-class-b/003"
    assert ": this has no effect, since " in told[2][-1]
    assert seed.run("build", "aim-class-b/004", "--format", "txt").code == 0
    assert "Energy Fund" not in (seed.root / "build/aim-class-b/004/schedule.txt").read_text(encoding="ascii")


@pytest.mark.seconds
@pytest.mark.parametrize("name", ["INVESCO Energy Fund", "AIM Energy Fund"])
@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ("  - set: {name}\n    service_fee: 0.20%\n    aggregate_fee: 0.95%\n", "0.20%"),
        ("  - move: {name}\n    to: AIM STOCK FUNDS, INC.\n", "0.25%"),
    ],
)
def test_both_names_are_understood_in_any_change(seed: Workspace, name: str, change: str, shown: str) -> None:
    head = "number: 4\neffective: 2004-03-01\nchanges:\n"
    seed.write({f"{SEED}/amendments/004.yaml": head + change.format(name=name)})
    assert seed.run("check").code == 0

    def line(day: str) -> str:
        out = seed.run("show", "aim-class-b", "--on", day).out
        return next(line for line in out.splitlines() if "Energy" in line)

    assert line("2004-06-01").split("  ")[1].strip() == "INVESCO Energy Fund"
    assert line("2004-12-01").split("  ")[1].strip() == "AIM Energy Fund"
    assert shown in line("2004-06-01")
    assert shown in line("2004-12-01")


def test_both_names_are_understood_within_one_amendment(seed: Workspace) -> None:
    own = "  - set: INVESCO Energy Fund\n    service_fee: 0.20%\n    aggregate_fee: 0.95%\n"
    seed.write({f"{SEED}/amendments/003.yaml": RENAME_LATER + own})
    assert seed.run("check").code == 0
    assert seed.run("diff", "aim-class-b@2004-01-04", "aim-class-b@2004-01-05").out.count("0.20%") == 1


def test_after_its_day_the_old_name_is_a_slip(seed: Workspace) -> None:
    late = MERGE_EARLIER.format(name="INVESCO Energy Fund").replace("2004-03-01", "2004-11-01")
    ran = seed.write({f"{SEED}/amendments/004.yaml": late}).run("check")
    assert ran.code == 1
    assert 'no portfolio "INVESCO Energy Fund" in Schedule A' in ran.err


def test_a_name_that_can_mean_two_rows_is_asked_about(seed: Workspace) -> None:
    swap = RENAME_LATER.replace("to: AIM Energy Fund", "to: INVESCO Power Fund")
    swap += "  - rename: INVESCO Leisure Fund\n    to: INVESCO Energy Fund\n    effective: 2004-10-15\n"
    change = "number: 4\neffective: 2004-03-01\nchanges:\n  - remove: INVESCO Energy Fund\n"
    ran = seed.write({f"{SEED}/amendments/003.yaml": swap, f"{SEED}/amendments/004.yaml": change}).run("check")
    assert ran.code == 1
    assert 'changes[0].remove: "INVESCO Energy Fund" can mean two things' in ran.err
    assert "write INVESCO Power Fund or INVESCO Leisure Fund" in ran.err


def test_a_change_that_waits_for_a_later_one_is_spoken_of(seed: Workspace) -> None:
    add = "  - add: INVESCO New Fund\n    to: AIM STOCK FUNDS, INC.\n    effective: 2004-12-01\n"
    change = "number: 4\neffective: 2004-03-01\nchanges:\n  - set: INVESCO New Fund\n    service_fee: 0.20%\n"
    seed.write({f"{SEED}/amendments/003.yaml": RENAME_LATER + add, f"{SEED}/amendments/004.yaml": change})
    ran = seed.run("check")
    assert "004.yaml:4: warning: changes[0]: has no effect on 2004-03-01" in ran.err
    assert "; it takes effect on 2004-12-01 [" in ran.err
    assert "New Fund" not in seed.run("show", "aim-class-b", "--on", "2004-11-30").out
    (line,) = [x for x in seed.run("show", "aim-class-b", "--on", "2004-12-01").out.splitlines() if "New Fund" in x]
    assert line.split()[-1] == "004"


def test_a_fund_that_leaves_later_cannot_change_meanwhile(seed: Workspace) -> None:
    leave = "number: 3\neffective: 2004-01-05\nchanges:\n  - remove: INVESCO Energy Fund\n    effective: 2004-10-15\n"
    change = "number: 4\neffective: 2004-03-01\nchanges:\n  - set: INVESCO Energy Fund\n    service_fee: 0.20%\n"
    ran = seed.write({f"{SEED}/amendments/003.yaml": leave, f"{SEED}/amendments/004.yaml": change}).run("check")
    assert ran.code == 1
    assert "an earlier change takes this row out, on a later day" in ran.err


def test_a_retroactive_amendment_leaves_the_days_between_alone(seed: Workspace) -> None:
    """004 takes effect before 003: on the days between, what 003 changes is not there yet."""
    third = "number: 3\neffective: 2004-10-15\nchanges:\n  - remove: INVESCO Leisure Fund\n"
    fourth = "number: 4\neffective: 2004-03-01\nchanges:\n  - remove: INVESCO Energy Fund\n"
    seed.write({f"{SEED}/amendments/003.yaml": third, f"{SEED}/amendments/004.yaml": fourth})
    shown = seed.run("show", "aim-class-b", "--on", "2004-06-01").out
    assert "INVESCO Leisure Fund" in shown
    assert "INVESCO Energy Fund" not in shown


PARTIES = [{"name": "A I M DISTRIBUTORS, INC."}]
SOLO: making.Data = {"add_group": "SOLO TRUST", "rows": [{"name": "Solo Fund", "a": "0.25%", "b": "1.00%"}]}
BASE = {"effective": "2004-01-01", **{key: value for key, value in FIRST.items() if key != "effective"}}


def chain(*amendments: tuple[str, list[making.Data]]) -> PlanFolder:
    """A plan of the days and changes of the amendments after the first."""
    return making.chain(PLAN, [BASE, *({"effective": day, "changes": list(changes)} for day, changes in amendments)])


def shown(plan: PlanFolder, day: str) -> list[str]:
    return names(on(plan, datetime.date.fromisoformat(day)))


def idle(plan: PlanFolder) -> list[tuple[str, str]]:
    return [(i.applied.amendment, i.reason) for i in plan.timeline.idle]


def test_a_name_whose_bearer_leaves_later_is_asked_about() -> None:
    later: list[making.Data] = [
        {"remove": "Core Fund", "effective": "2004-10-01"},
        {"rename": "Alpha Fund", "to": "Core Fund", "effective": "2004-10-01"},
    ]
    with pytest.raises(DataProblem) as error:
        chain(("2004-02-01", later), ("2004-03-01", [{"set": "Core Fund", "a": "0.10%"}]))
    (problem,) = error.value.problems
    assert (problem.found.startswith('"Core Fund" can mean two things'), problem.remedy) == (True, "write Alpha Fund")


def test_a_class_that_is_called_as_a_fund_that_leaves_later_is_meant() -> None:
    """Below its own fund it is the only one of that name."""
    inner = [{"name": "Core Fund", "a": "0.25%", "b": "1.00%"}]
    with_class = {"add": "Wide Fund", "to": "ONE TRUST", "rows": inner}
    later: making.Data = {"remove": "Core Fund", "group": "ONE TRUST", "effective": "2004-10-01"}
    change = {"set": "Core Fund", "under": "Wide Fund", "a": "0.10%"}
    plan = chain(("2004-02-01", [with_class, later]), ("2004-03-01", [change]))
    assert not plan.timeline.idle


def test_a_name_whose_group_leaves_later_is_asked_about() -> None:
    later: list[making.Data] = [
        {"remove_group": "TWO TRUST", "effective": "2004-10-01"},
        {"rename_group": "ONE TRUST", "to": "TWO TRUST", "effective": "2004-10-01"},
    ]
    with pytest.raises(DataProblem, match='"TWO TRUST" can mean two things'):
        chain(("2004-02-01", later), ("2004-03-01", [{"rename_group": "TWO TRUST", "to": "THREE TRUST"}]))


def test_what_has_taken_effect_is_not_undone_by_an_earlier_change() -> None:
    """002 gives on October 1 the name that 004 has given since April: 002 waits, and 004 holds."""
    plan = chain(
        ("2004-02-01", [{"rename": "Core Fund", "to": "Zeta Fund", "effective": "2004-10-01"}]),
        ("2004-03-01", [{"rename": "Zeta Fund", "to": "Omega Fund", "effective": "2004-12-01"}]),
        ("2004-04-01", [{"rename": "Alpha Fund", "to": "Zeta Fund"}]),
    )
    for day in ("2004-04-01", "2004-10-01", "2004-11-30"):
        assert shown(plan, day)[:3] == ["Zeta Fund", "Beta Fund", "Core Fund"]
    assert shown(plan, "2004-12-01")[:3] == ["Zeta Fund", "Beta Fund", "Omega Fund"]
    assert idle(plan) == [("002", '"Zeta Fund" is in Schedule A already, by amendment 004')]


def test_changes_that_wait_for_one_another_take_effect_together() -> None:
    fund: making.Data = {"add": "Income Fund", "to": "ONE TRUST", "a": "0.25%", "b": "1.00%", "effective": "2004-03-01"}
    plan = chain(
        ("2004-02-01", [fund]),
        ("2004-02-01", [{"rename": "Income Fund", "to": "Juno Fund"}]),
        ("2004-02-01", [{"rename": "Alpha Fund", "to": "Income Fund"}]),
    )
    assert shown(plan, "2004-02-01") == ["Income Fund", *names(on(plan, START))[1:]]
    assert "Juno Fund" in shown(plan, "2004-03-01")
    assert [amendment for amendment, _ in idle(plan)] == ["003"]


def test_a_restatement_counts_from_its_day_though_it_says_what_is_to_come() -> None:
    due: making.Data = {"set": "Core Fund", "a": "0.10%", "effective": "2004-10-01"}
    plan = chain(("2004-02-01", [due]))
    (schedule,) = plan.amendments[-1].after
    rows: list[making.Data] = [
        {"name": row.name, **{key: f"{value.rate}%" for key, value in zip("ab", row.values, strict=True)}}
        for _, row, _ in schedule.lines()
    ]
    groups = [{"name": "ONE TRUST", "rows": rows[:3]}, {"name": "TWO TRUST", "rows": rows[3:]}]
    restated: making.Data = {"effective": "2004-06-01", "restate": {"groups": groups}}
    plan = making.chain(PLAN, [BASE, {"effective": "2004-02-01", "changes": [due]}, restated])
    assert on(plan, datetime.date(2004, 5, 31)) != schedule
    restated_on = on(plan, datetime.date(2004, 6, 1))
    assert restated_on == schedule
    assert lineage.keys(restated_on) == lineage.keys(plan.amendments[-1].after[0]), "its rows are the same ones"
    assert idle(plan) == [("002", timeline.SUPERSEDED)]


def test_a_group_goes_with_the_rows_that_it_had_in_the_file() -> None:
    """The one row of a group moves away later than the group goes: the group waits for it."""
    plan = chain(
        ("2004-01-02", [SOLO]),
        (
            "2004-02-01",
            [
                {"move": "Solo Fund", "to": "ONE TRUST", "effective": "2004-12-01"},
                {"remove_group": "SOLO TRUST", "effective": "2004-10-01"},
            ],
        ),
    )
    assert "Solo Fund" in shown(plan, "2004-10-01")
    assert [s.name for s in on(plan, datetime.date(2004, 12, 1)).groups] == ["ONE TRUST", "TWO TRUST"]
    assert idle(plan) == [("003", '"Solo Fund" still stands under "SOLO TRUST"')]


def test_a_group_takes_along_the_rows_that_are_to_come() -> None:
    plan = chain(
        ("2004-01-02", [SOLO]),
        (
            "2004-02-01",
            [
                {"move": "Solo Fund", "to": "TWO TRUST", "effective": "2004-10-01"},
                {"remove_group": "SOLO TRUST", "effective": "2004-10-01"},
            ],
        ),
        ("2004-03-01", [{"remove_group": "TWO TRUST"}]),
    )
    assert "Solo Fund" not in shown(plan, "2004-03-01")
    assert names(plan.amendments[-1].after[0]) == shown(plan, "2004-10-01") == ["Alpha Fund", "Beta Fund", "Core Fund"]


def test_words_are_changed_in_the_name_of_the_day() -> None:
    plan = chain(
        ("2004-02-01", [{"rename": "Core Fund", "to": "Dora Fund", "effective": "2004-10-01"}]),
        ("2004-03-01", [{"rename_all": "Core", "to": "Prime"}]),
    )
    assert shown(plan, "2004-03-01")[2] == shown(plan, "2004-10-01")[2] == "Prime Fund"
    assert names(plan.amendments[-1].after[0])[2] == "Prime Fund"
    assert [amendment for amendment, _ in idle(plan)] == ["002"]


@pytest.mark.parametrize(("old", "new"), [("Core Fund", "Dora Fund"), ("Dora Fund", "Core Fund")])
def test_a_new_name_comes_sooner_or_not_at_all(old: str, new: str) -> None:
    plan = chain(
        ("2004-02-01", [{"rename": "Core Fund", "to": "Dora Fund", "effective": "2004-10-01"}]),
        ("2004-03-01", [{"rename": old, "to": new}]),
    )
    assert shown(plan, "2004-03-01")[2] == shown(plan, "2004-10-01")[2] == new
    sooner = [("002", timeline.SUPERSEDED)]
    assert idle(plan) == (sooner if new == "Dora Fund" else [("003", timeline.ALREADY_SO), *sooner])


@pytest.mark.parametrize("group", ["ONE TRUST", "TWO TRUST"])
def test_a_row_is_known_by_the_group_of_its_day_too(group: str) -> None:
    plan = chain(
        ("2004-02-01", [{"move": "Core Fund", "to": "TWO TRUST", "effective": "2004-10-01"}]),
        ("2004-03-01", [{"set": "Core Fund", "group": group, "a": "0.10%"}]),
    )
    rows = [row for _, row, _ in on(plan, datetime.date(2004, 3, 1)).lines() if row.name == "Core Fund"]
    assert [str(row.values[0].rate) for row in rows] == ["0.10"]


def test_a_class_is_known_by_the_name_of_its_day() -> None:
    classes: list[making.Data] = [{"name": name, "a": "0.25%", "b": "1.00%"} for name in ("Class A", "Class C")]
    plan = chain(
        ("2004-02-01", [{"add": "Gold Fund", "to": "ONE TRUST", "rows": classes}]),
        ("2004-03-01", [{"set": "Class C", "under": "Gold Fund", "a": "0.10%", "effective": "2004-10-01"}]),
        ("2004-04-01", [{"rename": "Class C", "under": "Gold Fund", "to": "Class I"}]),
    )
    days = {}
    for day in (datetime.date(2004, 3, 1), datetime.date(2004, 4, 1), datetime.date(2004, 10, 1)):
        rows = [row for _, row, above in on(plan, day).lines() if above and above.name == "Gold Fund"]
        days[str(day)] = [f"{row.name} {row.values[0].rate}" for row in rows]
    assert days == {
        "2004-03-01": ["Class A 0.25", "Class C 0.25"],
        "2004-04-01": ["Class A 0.25", "Class I 0.25"],
        "2004-10-01": ["Class A 0.25", "Class I 0.10"],
    }


def test_a_group_that_is_empty_for_some_days_is_spoken_of(seed: Workspace) -> None:
    fund = "  - add_group: SOLO TRUST\n    rows: [{name: Solo Fund, service_fee: 0.25%, aggregate_fee: 0.25%}]\n"
    third = f"number: 3\neffective: 2004-01-05\nchanges:\n{fund}"
    moves = "  - move: Solo Fund\n    to: AIM STOCK FUNDS, INC.\n"
    goes = "  - remove_group: SOLO TRUST\n    effective: 2004-10-15\n"
    fourth = f"number: 4\neffective: 2004-03-01\nchanges:\n{moves}{goes}"
    ran = seed.write({f"{SEED}/amendments/003.yaml": third, f"{SEED}/amendments/004.yaml": fourth}).run("check")
    assert 'leaves "SOLO TRUST" without rows from 2004-03-01 on' in ran.err


@pytest.mark.parametrize("into", ["INVESCO Energy Fund", "AIM Energy Fund", "INVESCO Leisure Fund"])
def test_a_fund_merges_into_one_that_is_there(seed: Workspace, into: str) -> None:
    """Energy has its new name by then, and Leisure has gone."""
    fourth = "number: 4\neffective: 2004-11-01\nchanges:\n  - remove: INVESCO Leisure Fund\n"
    fifth = f"number: 5\neffective: 2004-12-01\nchanges:\n  - remove: INVESCO Technology Fund\n    into: {into}\n"
    seed.write({f"{SEED}/amendments/004.yaml": fourth, f"{SEED}/amendments/005.yaml": fifth})
    ran = seed.run("check")
    assert (f'005.yaml:5: warning: changes[0].into: "{into}" is no longer in the schedule' in ran.err) == (
        into != "AIM Energy Fund"
    )


@pytest.mark.parametrize("name", ["INVESCO Energy Fund", "AIM Energy Fund"])
def test_an_event_finds_a_fund_by_the_name_of_its_day(seed: Workspace, name: str) -> None:
    change = f"  - remove: {name}\n    into: INVESCO Technology Fund\n"
    event = f"event: The merger of Energy into Technology\neffective: 2004-06-01\nchanges:\n{change}"
    seed.write({"schedules/events/merger.yaml": event})
    assert seed.run("event", "merger.yaml").code == 0
    drafted = (seed.root / SEED / "amendments/004.yaml").read_text(encoding="utf-8")
    assert f"remove: {name}" in drafted
    final = drafted.replace("draft: true\n", "")
    assert seed.write({f"{SEED}/amendments/004.yaml": final}).run("check").code == 0
    assert "Energy" not in seed.run("show", "aim-class-b", "--on", "2004-06-01").out


OF_TWO_FUNDS = """\
number: 1
effective: 2003-11-03
restate:
  values: {sales_charge: 0.75%, service_fee: 0.25%, aggregate_fee: 1.00%}
  rows:
    - {name: Alpha Fund, rows: [Class A]}
    - {name: Beta Fund, rows: [Class A]}
"""
A_CLASS_MORE = """\
number: 2
effective: 2004-01-05
changes:
  - {add_class: Class R}
  - {set: Class R, under: Beta Fund, service_fee: 0.20%, aggregate_fee: 0.95%, effective: 2004-03-01}
"""


def test_a_class_that_comes_into_two_funds_is_a_row_of_each(workspace: Workspace) -> None:
    files = {"001": OF_TWO_FUNDS, "002": A_CLASS_MORE}
    workspace.write({f"schedules/p/amendments/{name}.yaml": text for name, text in files.items()})
    assert workspace.run("check").code == 0
    (plan,) = load(workspace.root).plans
    ids = [row.id for schedule in plan.amendments[-1].schedules for _, row, _ in schedule.lines()]
    assert len(ids) == len(set(ids)) == 6
    fees = {}
    for day in ("2004-02-29", "2004-03-01"):
        (schedule,) = json.loads(workspace.run("show", "p", "--on", day, "--json").out)["schedules"]
        rows = [row for group in schedule["groups"] for row in group["rows"]]
        fees[day] = [[inner["values"]["service_fee"] for inner in row["rows"]] for row in rows]
    assert fees == {
        "2004-02-29": [["0.25%", "0.25%"], ["0.25%", "0.25%"]],
        "2004-03-01": [["0.25%", "0.25%"], ["0.25%", "0.20%"]],
    }


def test_a_value_keeps_the_line_where_it_was_typed(workspace: Workspace) -> None:
    """Also where a change takes effect after one that a later amendment makes."""
    late = "number: 2\neffective: 2004-01-05\nchanges:\n  - set: INVESCO Tax-Free Bond Fund\n    service_fee: 0.20%\n"
    files = {
        "schedules/p/amendments/002.yaml": f"{late}    aggregate_fee: 0.95%\n    effective: 2004-03-01\n",
        "schedules/p/amendments/003.yaml": "number: 3\neffective: 2004-02-02\nchanges:\n  - remove: INVESCO U.S. "
        "Government Securities Fund\n",
    }
    schedule = on(load(workspace.write(files).root).plans[0], datetime.date(2004, 3, 1))
    places = {row.name: [str(value.at) for value in row.values] for row in schedule.groups[0].rows}
    folder = "schedules/p/amendments"
    changed = [f"{folder}/001.yaml:4", f"{folder}/002.yaml:5", f"{folder}/002.yaml:6"]
    assert places["INVESCO Tax-Free Bond Fund"] == changed


PLACES = {
    "schedules/p/plan.yaml": """\
title: P
kind: distribution-plan
schedule: {columns: {a: {heading: A, holds: rate}, b: {heading: B, holds: rate}}}
""",
    "schedules/p/amendments/001.yaml": """\
effective: 2004-01-05
restate:
  footnotes: [{mark: "*", text: So.}]
  values:
    a: 0.25%
    b: 1.00%
  groups:
    - name: AIM TRUST
      rows:
        - Alpha Fund
        - {name: Beta Fund, a: 0.10%}
        - Core Series
        - name: Wide Fund
          rows: [Class A, Class B]
    - name: TWO TRUST
      rows: [Delta Fund]
""",
    "schedules/p/amendments/002.yaml": """\
effective: 2004-02-02
changes:
  - {rename: Alpha Fund, to: Zeta Fund}
  - {rename: Class B, under: Wide Fund, to: Class C}
  - {add: Dora Fund, to: TWO TRUST, a: 0.25%, b: 0.90%}
  - {add: Deep Fund, to: TWO TRUST, rows: [Class A, {name: Class B, a: 0.15%}], a: 0.25%, b: 1.00%}
  - {set: Beta Fund, b: 0.95%}
  - {add_group: NEW TRUST, rows: [Echo Fund, {name: Fern Fund, a: 0.20%}], a: 0.25%, b: 1.00%}
  - {add: Gold Fund, to: OWN TRUST, new_group: true, a: 0.25%, b: 1.00%}
  - {add_class: Class R, of: Deep Fund, a: 0.25%, b: 1.00%}
  - {add_footnote: "1", text: Thus., of: Dora Fund}
""",
    "schedules/p/amendments/003.yaml": """\
effective: 2004-03-01
changes:
  - {rename_all: Series, to: Portfolio}
  - {rename_all: OWN, to: HOME, groups: true}
  - {rename_group: TWO TRUST, to: DUO TRUST}
  - {add_trade_name: Invesco, in_place_of: AIM}
  - {set_footnote: "*", text: Or so.}
  - {redesignate_class: Class A, to: Class Y, of: Wide Fund}
  - {set_class: Class A, b: 0.80%}
  - {move: Echo Fund, to: TWIN TRUST, new_group: true}
  - {move: Beta Fund, to: DUO TRUST}
""",
    "schedules/p/amendments/004.yaml": "effective: 2004-04-01\nchanges:\n  - {remove_footnote: '*'}\n",
}


def places(schedule: Schedule) -> dict[str, str]:
    """Each group, row, value and note, and the file and line where it was typed."""
    things = {group.name: group.at for group in schedule.groups}
    for _, row, above in schedule.lines():
        name = f"{above.name}, {row.name}" if above else row.name
        things |= {name: row.at, **{f"{name}: {value.rate}": value.at for value in row.values}}
    things |= dict(zip((note.mark for note in schedule.footnotes), schedule.notes_at, strict=True))
    return {name: str(at).removeprefix("schedules/p/amendments/") for name, at in things.items()}


def test_each_thing_stands_where_it_was_typed(empty: Workspace, golden: Golden) -> None:
    """After each paper what it has anew, by lines."""
    plan = load(empty.write(PLACES).root).plans[0]
    before: dict[str, str] = {}
    lines: list[str] = []
    for amendment in plan.amendments:
        now = places(*amendment.after)
        new: dict[str, list[str]] = {}
        for name, at in now.items():
            if before.get(name) != at:
                new.setdefault(at, []).append(name)
        every = sorted(new, key=lambda at: (at.partition(":")[0], int(at.partition(":")[2])))
        lines += ["", *(f"{at}  {'; '.join(new[at])}" for at in every)]
        before = now
    golden.holds(HERE / "places.golden", "\n".join(lines[1:]) + "\n")


def test_the_names_of_the_plan_come_with_its_first_paper() -> None:
    plan = making.chain({**PLAN, "parties": PARTIES}, [BASE, {"effective": "2005-01-01", "changes": [SOLO]}])
    names_of = {paper: [new.name for new in names] for paper, names in new_names.by_paper(plan).items()}
    assert names_of["001"][-1] == "A I M DISTRIBUTORS, INC."
    assert names_of["002"] == ["SOLO TRUST", "Solo Fund"]


def test_a_far_day_makes_a_plan_no_dearer_than_its_papers_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A view of a day goes on from the one before it, and a day from the day before."""
    applied: list[Applied] = []
    again = timeline.again

    def counted(schedule: Schedule | None, step: Applied) -> Schedule:
        applied.append(step)
        return again(schedule, step)

    monkeypatch.setattr(timeline, "again", counted)
    far = {"set": "Core Fund", "a": "0.10%", "effective": "2004-12-31"}
    counts = []
    for many in (10, 20):
        fees = [(f"2004-02-{day:02}", [{"set": "Alpha Fund", "a": f"0.{day + 10}%"}]) for day in range(1, many + 1)]
        plan = chain(("2004-01-02", [far]), *fees)
        counts.append(len(applied))
        assert plan.timeline.steps
        counts.append(len(applied))
        applied.clear()
    assert counts == [10, 10 + 23, 20, 20 + 43], "each once as it is read, and twice as the days are put in order"


DAYS = HERE / "days.golden"


def told(schedule: Schedule) -> str:
    """A schedule in short: its groups with their rows, signs behind a ^, and what differs from 0.25% and 1.00%."""
    notes = [f"[{note.mark} {note.text}]" for note in schedule.footnotes]
    heads = [f"{c.heading}^{c.mark}" for _, c in schedule.columns if c.mark]
    sections = [f"{named(group)}: {', '.join(map(row_told, group.rows))}" for group in schedule.groups]
    return " | ".join([*sections, *heads, *notes])


def named(thing: Line | Section) -> str:
    return thing.name.removesuffix(" Fund").removesuffix(" TRUST") + (f"^{thing.mark}" if thing.mark else "")


def row_told(row: Line) -> str:
    cells = [(value.typed, value.mark and f"^{value.mark}") for value in row.values]
    values = " ".join(f"{typed[0]}{mark}" for typed, mark in cells if typed is not BLANK)
    classes = f" ({', '.join(map(row_told, row.rows))})" if row.rows else ""
    return named(row) + (f" {values}" if values not in ("", "0.25% 1.00%") else "") + classes


def days_told(facts: making.Data, amendments: list[making.Data]) -> list[str]:
    """The schedule of each day on which it is another, and the changes that have no effect or a later one."""
    try:
        plan = making.chain(facts, amendments)
    except DataProblem as error:
        return [line for problem in error.problems for line in str(problem).splitlines()]
    agrees(plan)
    lines, last = [], ""
    for day in days(plan):
        shown = " || ".join(map(told, plan.schedules_on(day)))
        lines += [f"{day}  {shown}"] if shown != last else []
        last = shown
    final = " || ".join(map(told, next(a for a in reversed(plan.amendments) if not a.facts.draft).after))
    lines += [f"at last  {final}"] if final != last else []
    for life in history.without_effect(plan):
        lines += [f"told of {' and '.join(life.names)}: {happening.sentence}" for happening in life.happenings]
    for idle in plan.timeline.idle:
        later = f"; takes effect on {idle.later}" if idle.later else ""
        step = idle.applied
        lines.append(f"{step.amendment}.{step.number}  no effect on {step.day}: {idle.reason}{later}")
    return lines


def agrees(plan: PlanFolder) -> None:
    """Each view of a day, of as many changes as there were, goes on to any later day, also with one more or all."""
    steps = [step for amendment in plan.amendments if not amendment.facts.draft for step in amendment.applied]
    counts, every = range(len(steps) + 1), days(plan)
    views = {(count, day): timeline.on((), steps[:count], day) for count in counts for day in every}
    for (count, day), view in views.items():
        for more, later in ((more, later) for more in {count, *counts[count:][1:2], len(steps)} for later in every):
            on_from = timeline.on((), steps[:more], later, view)
            assert on_from.schedules == views[more, later].schedules, (count, day, more, later)
    for day in every:
        assert views[len(steps), day].schedules == {schedule.name: schedule for schedule in plan.schedules_on(day)}


@pytest.mark.seconds
def test_the_schedule_of_every_day(golden: Golden) -> None:
    """Each case has amendments after a first one, or with it, and may begin with facts of the plan; the lines behind
    `#>` are told of it."""
    text = ""
    for name, typed in cases(DAYS):
        facts, amendments = chain_of(typed)
        text += f"## {name}\n{typed}" + "".join(f"#> {line}\n" for line in days_told(facts, amendments))
    golden.holds(DAYS, text)


def cases(path: Path) -> list[tuple[str, str]]:
    """The cases of a golden file: the name of each, and what is typed, without what is told of it behind `#>`."""
    parts = [case.partition("\n") for case in re.split("^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]]
    return [(name, re.sub("^#>.*\n", "", rest, flags=re.MULTILINE)) for name, _, rest in parts]


def chain_of(typed: str) -> tuple[making.Data, list[making.Data]]:
    """A plan's facts, and its amendments; a first paper stands before changes, and a list may begin with the facts."""
    amendments = yaml.load(typed, Loader=yaml.BaseLoader)  # noqa: S506  # which makes texts alone
    facts = PLAN if {"changes", "restate"} & amendments[0].keys() else BARE | amendments.pop(0)
    return facts, [*([] if "changes" not in amendments[0] else [FIRST]), *amendments]


RESTATED = HERE / "restated.golden"


def test_which_row_is_which_in_a_schedule_typed_anew(golden: Golden) -> None:
    """Each case is told as the lives of its rows: one that goes on is the same row, one that comes is another."""
    text = ""
    for name, typed in cases(RESTATED):
        plan = making.chain(*chain_of(typed))
        told = [
            f"{' > '.join(life.names)}: {happening.sentence}"
            for life in sorted(history.lives(plan), key=lambda life: life.names)
            for happening in life.happenings
            if happening.amendment != "001"
        ]
        text += f"## {name}\n{typed}" + "".join(f"#> {line}\n" for line in told or ["nothing"])
    golden.holds(RESTATED, text)
