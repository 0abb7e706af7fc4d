"""One business event and the plans that it touches: which of its changes apply to which schedule in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.consolidation import apply, class_changes, lineage, plan_names
from docgen.consolidation.locate import FIRST, Application
from docgen.model import changes
from docgen.model.changes import Change
from docgen.model.event import EventFile
from docgen.model.plan import Plan, PlanChanges
from docgen.model.rows import Row, RowValue
from docgen.model.schedule import Schedule
from docgen.model.text_changes import TextChange
from docgen.model.values import BLANK
from docgen.problems import DataProblem, Problem, did_you_mean, name_key


@dataclass(frozen=True)
class Touch:
    """What an event does to one plan: its changes in the plan's own spelling, and what it leaves alone and why."""

    changes: tuple[Change | TextChange, ...]
    plan: PlanChanges  # what is different about the plan itself
    reasons: tuple[str, ...]


def touch(
    event: EventFile, plan: Plan, schedules: Sequence[Schedule], selected: bool, on_day: Sequence[Schedule] = ()
) -> Touch:
    """The event's changes that apply to these schedules; DataProblem for one that would apply and cannot be.

    `on_day` are the schedules as they stand on the event's day: where names change later, both are understood.
    Changes of the text apply where a schedule changes, and where the event names the plan. The order in which the
    event lists its changes makes no difference: names change last, and what is named by a new name is understood.
    """
    current = {schedule.name: schedule for schedule in schedules}
    steps = _in_order(event, schedules)
    days = {schedule.name: schedule for schedule in on_day}
    several = len(plan.schedules) > 1
    results: list[Change | TextChange] = []
    reasons: list[str] = []
    classes = plan.share_classes
    for number, change in steps:
        whys = []
        targets = [name for name in current if change.schedule in (None, name)]
        for name in targets:
            party_of = plan if name == targets[0] else None
            fitted = _fitted_on(change, current[name], days.get(name), classes, party_of)
            if isinstance(fitted, str):
                whys.append(fitted)
                continue
            fitted = fitted.model_copy(update={"schedule": name if several else None})
            if not plan_names.is_of_the_plan(fitted, current[name], plan):
                at = Application(current[name], event.source, ("changes", number), days.get(name))
                current[name] = apply.carry_out(fitted, at)
            results.append(fitted)
        if len(whys) == len(targets) and current:
            reasons.append(whys[0] if whys else f"it has no {change.schedule}")
        elif current:
            classes = _classes_after(change, classes)
    texts = [change for change in event.facts.changes if isinstance(change, TextChange)]
    new = PlanChanges(share_classes=classes) if classes != plan.share_classes else PlanChanges()
    return Touch((*results, *texts) if results or selected else (), new, tuple(reasons))


def _fitted_on(
    change: Change, schedule: Schedule, on_day: Schedule | None, classes: Sequence[str], plan: Plan | None
) -> Change | str:
    """The change in the spelling of a schedule, or of its day, or of the plan's parties; or why it applies to none."""
    fitted = _fitted(change, schedule, classes)
    if isinstance(fitted, str) and on_day:
        by_day = _fitted(change, _called_as_in(on_day, schedule), classes)
        fitted = fitted if isinstance(by_day, str) else by_day
    if not isinstance(change, changes.RenameGroup):
        return fitted
    spelling = _spelled(change.rename_group, plan_names.party_names(plan)) if plan else None
    if isinstance(fitted, str):
        return change.model_copy(update={"rename_group": spelling}) if spelling else fitted
    return fitted if spelling or not change.is_ else fitted.model_copy(update={"is_": None})


GIVE_NAMES = (*changes.RENAMES, changes.AddTradeName, changes.RedesignateClass)
NAMED_BY = ("group", "under", "of", "to", "after", "into")  # keys of a change that name rows and groups


def _in_order(event: EventFile, schedules: Sequence[Schedule]) -> list[tuple[int, Change]]:
    """The event's changes of schedules with their numbers, those last that give names, others by the names before."""
    steps = [(number, change) for number, change in enumerate(event.facts.changes) if isinstance(change, Change)]
    standing = {key.name for schedule in schedules for key in lineage.keys(schedule).values()}
    old_names = {new: old for _, change in steps for old, new in _new_names(change, standing) if new not in standing}
    freed = {old for _, change in steps for old, _ in _new_names(change, standing)}
    named = [(number, _by_old_names(change, old_names)) for number, change in steps]

    def place(step: tuple[int, Change]) -> int:
        takes_freed = isinstance(step[1], changes.Add) and step[1].add in freed
        return 2 if takes_freed else int(isinstance(step[1], GIVE_NAMES))

    return sorted(named, key=place)


def _new_names(change: Change, standing: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each name that a change takes away, and the one that comes in its place."""
    if isinstance(change, changes.Rename | changes.RenameGroup):
        yield str(getattr(change, change.verb)), change.to
    elif isinstance(change, changes.RenameAll):
        for name in standing:
            new = change.words.sub(lambda _: change.to, name)
            if new != name and name not in change.except_:
                yield name, new


def _by_old_names(change: Change, old_names: Mapping[str, str]) -> Change:
    """A change that gives no names, by those that rows and groups have before the event."""
    if isinstance(change, GIVE_NAMES):
        return change
    keys = [key for key in (change.verb, *NAMED_BY) if key in change.model_fields_set and not key.startswith("add")]
    update = {key: old_names[name] for key in keys if (name := getattr(change, key)) in old_names}
    return change.model_copy(update=update) if update else change


def _called_as_in(other: Schedule, schedule: Schedule) -> Schedule:
    """The schedule, its rows and groups called as they are in another view of it."""
    names = {row: key.name for row, key in lineage.keys(other).items()}
    groups = []
    for group in schedule.groups:
        rows = tuple(replace(row, name=names.get(row.id, row.name)) for row in group.rows)
        groups.append(replace(group, name=names.get(group.id, group.name), rows=rows))
    return replace(schedule, groups=tuple(groups))


def unmatched(event: EventFile, schedules: Iterable[Schedule]) -> list[Problem]:
    """A problem for each exception to a change of words that no schedule has: it is mistyped."""
    names = [name for s in schedules for g in s.groups for name in (g.name, *(row.name for row in g.rows)) if name]
    problems = []
    for number, change in enumerate(event.facts.changes):
        for place, name in enumerate(change.except_ if isinstance(change, changes.RenameAll) else ()):
            if _spelled(name, names) is None:
                path = ("changes", number, "except", place)
                problems.append(event.source.problem(path, f'no plan has "{name}"', did_you_mean(name, names)))
    return problems


def _classes_after(change: Change, classes: tuple[str, ...]) -> tuple[str, ...]:
    """The plan's own classes after a change of theirs."""
    match change:
        case changes.RedesignateClass(of=None):
            return tuple(change.to if name == change.redesignate_class else name for name in classes)
        case changes.RemoveClass(of=None, remove_class=removed):
            return tuple(name for name in classes if name != removed) or classes
    return classes


def _fitted(change: Change, schedule: Schedule, classes: Sequence[str]) -> Change | str:
    """The change in the spelling of a schedule, or why it does not apply there."""
    match change:
        case changes.Add():
            return _added(change, schedule)
        case changes.AddGroup():
            name = _spelled(change.add_group, [group.name for group in schedule.groups])
            return f"{name} is in {schedule.name} already" if name else change
        case changes.RenameAll():
            return _all_renamed(change, schedule)
        case changes.AddTradeName():
            return _with_trade_name(change, schedule)
        case changes.AddFootnote() | changes.SetFootnote() | changes.RemoveFootnote():
            return _of_footnote(change, schedule)
        case changes.SetClass() | changes.AddClass() | changes.RemoveClass() | changes.RedesignateClass():
            return _of_class(change, schedule, classes)
        case changes.RemoveGroup() | changes.RenameGroup() | changes.MoveGroup():
            return _by_name(change, [group.name for group in schedule.groups], schedule)
    names = [row.name for _, row, above in schedule.lines() if (above.name if above else None) == _under(change)]
    return _by_name(change, names, schedule)


def _under(change: Change) -> str | None:
    return getattr(change, "under", None)


def _by_name(change: Change, names: Sequence[str], schedule: Schedule) -> Change | str:
    """A change of something that stands in the schedule, by its name there."""
    wanted = str(getattr(change, change.verb))
    spelling = _spelled(wanted, names)
    if spelling is None:
        new = getattr(change, "to", None) if change.verb.startswith("rename") else None
        if new and _spelled(new, names):
            return f"{new} has its new name in {schedule.name} already"
        return f"{wanted} is not in {schedule.name}"
    update: dict[str, object] = {change.verb: spelling}
    if change.verb.startswith("rename"):
        update["to"] = plan_names.in_the_manner_of(spelling, str(getattr(change, "to", "")))
        if update["to"] == spelling:
            return f"{spelling} has its new name in {schedule.name} already"
    elif getattr(change, "to", None):
        to = str(getattr(change, "to", ""))
        update |= _target(to, getattr(change, "new_group", False), schedule)
        if update["to"] is None:
            return f"{to} is not in {schedule.name}"
    if isinstance(change, changes.Move) and change.after and change.to is None:
        update["after"] = _spelled(change.after, [*names, FIRST])
        if update["after"] is None:
            return f"{change.after} is not in {schedule.name}"
    return change.model_copy(update=_respelled(change, schedule) | update)


def _respelled(change: Change, schedule: Schedule) -> dict[str, object]:
    """The names beside a change's own, in the schedule's spelling."""
    groups = [group.name for group in schedule.groups]
    rows = [row.name for row in schedule.rows]
    names_by_key = {"group": groups, "under": rows, "of": rows, "after": [*rows, *groups, FIRST]}
    values_by_key = {key: getattr(change, key, None) for key in names_by_key if key in type(change).model_fields}
    return {key: _spelled(str(value), names_by_key[key]) for key, value in values_by_key.items() if value is not None}


def _added(change: changes.Add, schedule: Schedule) -> Change | str:
    twin = _spelled(change.add, [row.name for _, row, _ in schedule.lines()])
    if twin:
        return f"{twin} is in {schedule.name} already"
    target = _target(change.to or "", change.new_group, schedule)
    group = target["to"]
    if group is None and (change.to or len(schedule.groups) != 1):
        return f"{change.to or 'its registrant'} is not in {schedule.name}"
    columns = [column for column, _ in schedule.columns]
    values = {column: cell for column, cell in change.values.items() if column in columns}
    rows = [row for _, row, _ in schedule.lines() if row.values]
    for number, column in enumerate(columns if not change.rows else ()):
        usual = {row.values[number].typed for row in rows}
        if column not in values and len(usual) != 1:
            values[column] = RowValue(value=BLANK)
    inner = tuple(_with_columns(row, columns) for row in change.rows)
    update = _respelled(change, schedule) | target | {"to": group if change.to else None, "values": values}
    if inner:
        update["rows"] = inner
    return change.model_copy(update=update)


def _with_columns(row: Row, columns: Sequence[str]) -> Row:
    """A class of a new fund with a value for each of the schedule's columns, a blank where the event has none."""
    return row.model_copy(update={"values": {key: row.values.get(key, RowValue(value=BLANK)) for key in columns}})


def _target(name: str, is_new: bool, schedule: Schedule) -> dict[str, object]:
    """The group that a row comes into, as it is spelled there, and whether it is new; None where there is none."""
    group = _spelled(name, [group.name for group in schedule.groups])
    return {"to": group or (name if is_new else None), "new_group": is_new and group is None}


def _with_trade_name(change: changes.AddTradeName, schedule: Schedule) -> Change | str:
    names = [group.name for group in schedule.groups]
    if all(change.name(name) == name for name in names):
        return f'no {schedule.form.group.lower()} in {schedule.name} begins with "{change.in_place_of}"'
    return change.model_copy(update={"except_": tuple(name for name in change.except_ if name in names)})


def _of_footnote(change: Change, schedule: Schedule) -> Change | str:
    """A change of a footnote, where the schedule has it, or has none of this sign yet."""
    mark = str(getattr(change, change.verb))
    has_it = mark in [note.mark for note in schedule.footnotes]
    if isinstance(change, changes.AddFootnote) == has_it:
        return f'{schedule.name} has {"a" if has_it else "no"} footnote "{mark}"'
    if not isinstance(change, changes.AddFootnote):
        return change
    names = [*(row.name for row in schedule.rows), *(group.name for group in schedule.groups)]
    return change.model_copy(update={"of": tuple(_spelled(name, names) or name for name in change.of)})


def _all_renamed(change: changes.RenameAll, schedule: Schedule) -> Change | str:
    names = [row.name for row in schedule.rows]
    names += [group.name for group in schedule.groups] if change.groups else []
    touched = [name for name in names if change.words.search(name)]
    exceptions = tuple(name for name in (_spelled(name, touched) for name in change.except_) if name)
    if set(touched) <= set(exceptions):
        return f'no name in {schedule.name} has the words "{change.rename_all}"'
    return change.model_copy(update={"except_": exceptions})


def _of_class(change: Change, schedule: Schedule, classes: Sequence[str]) -> Change | str:
    name, of = str(getattr(change, change.verb)), getattr(change, "of", None)
    fund = _spelled(of, [row.name for row in schedule.rows]) if of else None
    inner = [row.name for _, row, above in schedule.lines() if above and (of is None or above.name == fund)]
    if isinstance(change, changes.AddClass):
        funds = [row.name for row in schedule.rows if row.rows]
        fits = name not in inner and (fund in funds if of else bool(funds))
    else:
        is_set = isinstance(change, changes.SetClass)  # a value of every row is one of a plan for a class alone
        is_plans = list(classes) == [name] if is_set else name in classes
        fits = name in inner or (of is None and not class_changes.has_classes(schedule) and is_plans)
    if not fits:
        return f"{name}{f' of {of}' if of else ''} does not fit {schedule.name}"
    return change.model_copy(update=_respelled(change, schedule))


def _spelled(name: str, names: Iterable[str]) -> str | None:
    """The name as it is spelled there, capitals apart, and whatever signs it is typed with."""
    wanted = name_key(name)
    spellings = [spelling for spelling in names if name_key(spelling) == wanted]
    return name if name in spellings else spellings[0] if spellings else None


def refusal(plan: str, error: DataProblem) -> DataProblem:
    """What to raise when a change of an event cannot be in a plan."""
    return DataProblem(replace(problem, found=f"in {plan}: {problem.found}") for problem in error.problems)
