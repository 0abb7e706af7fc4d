"""Rules about the papers themselves: numbers, days, blanks, and what plain text can show."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise

from docgen.checks import prose
from docgen.checks.plan_rule import YEAR, PlanRule, of_the_plan
from docgen.consolidation.applied import Applied
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.edgar import characters
from docgen.model.changes import Change, Remove
from docgen.model.schedule import Schedule
from docgen.model.values import Blank, MonthAlone, is_open
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, count

NAMES_EACH = "recital-names-each-change"
NEVER_PRINTED = ("accept", "author")


def blanks_in_drafts_only(plan: PlanFolder) -> Iterator[Problem]:
    """A blank to fill in (`null`, `tbd`) stands in a draft only; four exhibits were filed with theirs open."""
    for amendment in plan.amendments:
        if not amendment.facts.draft:
            for path in _blanks(amendment):
                fault = "is left open, and the amendment is not a draft"
                yield amendment.source.problem(path, fault, "fill it in, or write draft: true")
    dated = plan.facts.dated
    days = (dated.date, dated.restated, dated.to_be_effective, *(dated.amended or ())) if dated else ()
    if any(isinstance(day, Blank | MonthAlone) for day in days):
        yield plan.source.problem(("dated",), "is left open", "write the plan's date, YYYY-MM-DD")
    for path, value in plan.source.texts():
        if is_open(value) and path[0] != "dated":
            yield plan.source.problem(path, "is left open", "a blank can stand in a draft only: fill it in")


def _blanks(amendment: AmendmentFile) -> Iterator[KeyPath]:
    for key in ("number", "effective", "dated"):
        if isinstance(getattr(amendment.facts, key), Blank | MonthAlone):
            yield (key,)
    for path, value in amendment.source.leaves():
        may_be_null = path[0] in ("restate", "changes", "approvals") or path[:2] == ("plan", "dated")
        may_be_text = value is not None and (len(path) > 1 or path[0] in ("exhibit", "recital", "event"))
        if is_open(value) and (may_be_text or may_be_null):
            yield path


def says_what_it_does(plan: PlanFolder) -> Iterator[Problem]:
    """An amendment changes something, and restates each schedule once at most."""
    for amendment in plan.amendments:
        facts = amendment.facts
        if not (facts.restate or facts.changes or facts.clauses or facts.plan.title or facts.entire_plan):
            problem = amendment.source.problem((), "changes nothing", "list what changes under changes:")
            yield replace(problem, severity="warning") if amendment.facts.draft else problem
        names = [restate.schedule or plan.facts.schedules[0].name for restate in amendment.facts.restate]
        for number, name in enumerate(names):
            if name in names[:number]:
                path = ("restate", number)
                yield amendment.source.problem(path, f'restates "{name}" a second time', "keep one of the two")


def days_in_order(plan: PlanFolder) -> Iterator[Problem]:
    """Amendments take effect in the order of their ids, and none before the plan's own date.

    Where several are before it, the plan's date is the slip.
    """
    for before, after in pairwise(plan.amendments):
        is_earlier = before.day and after.day and after.day < before.day
        if is_earlier and not _before_the_plan(plan, after):
            fault = f"{after.day} is before {before.day}, when {before.id} takes effect"
            yield after.source.warning(("effective",), fault, "fix the date, or the order of the files' names")
    early = [amendment for amendment in plan.amendments if _before_the_plan(plan, amendment)]
    if len(early) > 1:
        more = count(len(early) - 1, "more amendment")
        fault = f"is after {early[0].day}, the day of {early[0].id}, and that of {more}"
        yield plan.source.problem(("dated",), fault, "fix the plan's date")
        return
    for amendment in early:
        fault = f"{amendment.day} is before the plan's own date, {_before_the_plan(plan, amendment)}"
        remedy = f"fix this date, or {of_the_plan(plan, amendment, 'dated')}"
        yield amendment.source.problem(("effective",), fault, remedy)


def _before_the_plan(plan: PlanFolder, amendment: AmendmentFile) -> datetime.date | None:
    """The plan's own day, where an amendment counts from one before it."""
    day = plan.facts.dated.date if plan.facts.dated else None
    return day if amendment.day and isinstance(day, datetime.date) and amendment.day < day else None


def approvals_follow_the_plan(plan: PlanFolder) -> Iterator[Problem]:
    """Nobody approves an amendment more than a year before the plan that it amends, or before it takes effect."""
    dated = plan.facts.dated.date if plan.facts.dated else None
    for amendment in plan.amendments:
        is_early = bool(_before_the_plan(plan, amendment))
        for number, vote in enumerate(() if is_early else amendment.facts.approvals):
            path, remedy = ("approvals", number, "on"), "fix the day of the meeting"
            if isinstance(vote.on, datetime.date) and isinstance(dated, datetime.date) and vote.on < dated - YEAR:
                fault = f"{vote.on} is before the plan, which is dated {dated}"
                yield amendment.source.problem(path, fault, remedy)
            elif isinstance(vote.on, datetime.date) and amendment.day and vote.on < amendment.day - YEAR:
                fault = f"{vote.on} is more than a year before {amendment.day}, when the amendment takes effect"
                yield amendment.source.warning(path, fault, f"{remedy}, or accept it")


def none_before_its_amendment(plan: PlanFolder) -> Iterator[Problem]:
    """A change takes effect with its amendment or later; one before it is meant so."""
    for amendment in plan.amendments:
        for number, change in enumerate(amendment.facts.changes):
            day = change.effective
            if isinstance(day, datetime.date) and amendment.day and day < amendment.day:
                fault = f"{day} is before {amendment.day}, when the amendment takes effect"
                path = ("changes", number, "effective")
                yield amendment.source.warning(path, fault, "fix the date, or accept that it is retroactive")


def as_of_prints_no_later_change(plan: PlanFolder) -> Iterator[Problem]:
    """A schedule that prints as of its amendment's day has no change of a later day in it."""
    for amendment in plan.amendments:
        for number, change in enumerate(amendment.facts.changes if amendment.form.as_of else ()):
            day = change.effective
            if isinstance(day, datetime.date) and amendment.day and day > amendment.day:
                fault = f"{day} is after {amendment.day}, as of which the schedule prints with the change in it"
                remedy = "put the change into an amendment of its own day, leave out form: {as_of: true}, or accept it"
                yield amendment.source.warning(("changes", number, "effective"), fault, remedy)


def changes_take_effect(plan: PlanFolder) -> Iterator[Problem]:
    """Every change changes something on its day: what it names is there then, and no later amendment has undone it.

    Nothing is said where an amendment is of a day before the plan's own: that is the cause.
    """
    for idle in plan.timeline.idle if not any(_before_the_plan(plan, paper) for paper in plan.amendments) else ():
        step = idle.applied
        fault = f"has no effect on {step.day}: {idle.reason}"
        fault += f"; it takes effect on {idle.later}" if idle.later else ""
        yield _warning_at(plan, step, fault, "fix the dates, take the change out, or accept it")


def groups_have_rows_on_every_day(plan: PlanFolder) -> Iterator[Problem]:
    """No group is left without rows on a day between two changes that have days of their own."""
    lasts = {(step.after.name, step.day): step for step in plan.timeline.steps}
    reported: set[tuple[str, str]] = set()
    for (name, day), step in lasts.items():
        for group in step.after.groups:
            if not group.rows and (name, group.name) not in reported:
                reported.add((name, group.name))
                fault = f'leaves "{group.name}" without rows from {day} on'
                yield _warning_at(plan, step, fault, "give both changes one day")


def _warning_at(plan: PlanFolder, step: Applied, fault: str, remedy: str) -> Problem:
    """A warning on the line of a change that was applied."""
    source = next(amendment.source for amendment in plan.amendments if amendment.id == step.amendment)
    return source.warning(("changes", step.number), fault, remedy)


def survivors_are_in_force(plan: PlanFolder) -> Iterator[Problem]:
    """A fund merges into one that is there on that day: not into one that has gone, or by a name that it had.

    A name that the same amendment changes is meant as it was (so filed in 2019).
    """
    if not any(getattr(change, "into", None) for a in plan.amendments for change in a.facts.changes):
        return
    names = {a.id: _row_names((*a.before, *a.after)) for a in plan.amendments}
    earlier: set[str] = set()
    for amendment in plan.amendments:
        removed = {
            c.remove for c in amendment.facts.changes if isinstance(c, Remove) and not (c.into or c.under or c.group)
        }
        for number, change in enumerate(amendment.facts.changes):
            into, day = getattr(change, "into", None), change.effective or amendment.day
            if into in earlier - names[amendment.id]:
                on_day = _row_names(plan.schedules_on(day)) if isinstance(day, datetime.date) else set[str]()
                if into not in on_day:
                    fault = f'"{into}" is no longer in the schedule'
                    remedy = "write the name of the fund that goes on, as it is on that day"
                    yield amendment.source.warning(("changes", number, "into"), fault, remedy)
            elif into in removed:
                fault = f'"{into}" is removed by this amendment too'
                remedy = "write the name of the fund that goes on, or accept it"
                yield amendment.source.warning(("changes", number, "into"), fault, remedy)
        earlier |= names[amendment.id]


def _row_names(schedules: Iterable[Schedule]) -> set[str]:
    return {row.name for schedule in schedules for row in schedule.rows}


def dated_when_effective(plan: PlanFolder) -> Iterator[Problem]:
    """The `Dated:` line has the effective date, as in every filed amendment that shows both."""
    for amendment in plan.amendments:
        effective, dated = amendment.facts.effective, amendment.facts.dated
        if isinstance(effective, datetime.date) and isinstance(dated, datetime.date) and effective != dated:
            fault = f"is {dated}, and the amendment takes effect on {effective}"
            problem = amendment.source.warning(("dated",), fault, "write the same date, or accept the difference")
            yield replace(problem, follows=("day", plan.id, amendment.id))


def recital_names_each_change(plan: PlanFolder) -> Iterator[Problem]:
    """Recitals in a person's own words name whom each change is about, by the old name and the new.

    It is a warning where the amendment accepts it: of papers that were filed so.
    """
    for amendment in plan.amendments:
        recital = " ".join((*amendment.facts.whereas, *amendment.facts.recital))
        for number, change in amendment.facts.steps if amendment.facts.recital else ():
            if change.verb.endswith("_footnote"):
                continue
            for name in unnamed(recital, change):
                fault = f'the recital does not name "{name}"'
                path = ("changes", number, change.verb)
                problem = amendment.source.problem(path, fault, "name it in recital:, or take recital: out")
                own = [a for a in amendment.facts.accept if a.check == NAMES_EACH and (a.on or fault) in problem.found]
                problem = replace(problem, severity="warning") if own else problem
                yield replace(problem, follows=prose.name_fact(amendment.source, name))


def unnamed(recital: str, change: Change) -> list[str]:
    """The names of a change, of a renaming both, that a recital does not have."""
    names = [str(getattr(change, change.verb))]
    names += [str(getattr(change, "to", ""))] if change.verb.startswith(("rename", "redesignate")) else []
    return [name for name in names if name not in recital]


def plain_text_can_show(plan: PlanFolder) -> Iterator[Problem]:
    """Every text that prints can be shown in EDGAR text (Filer Manual 5.2.1.1), and reads as no tag there.

    A sign is one problem, at the first text that has it. What no amendment prints in text is not looked at.
    """
    in_text = [amendment for amendment in plan.amendments if "txt" in amendment.form.formats]
    texts = [
        (source, path, value)
        for source in (plan.source, *(amendment.source for amendment in in_text))
        if in_text
        for path, value in source.texts()
        if path[0] not in NEVER_PRINTED
    ]
    places: dict[str, list[tuple[Source, KeyPath, str]]] = {}
    for source, path, value in texts:
        for sign in characters.strangers(value, plan.facts.ascii):
            places.setdefault(sign, []).append((source, path, value))
        if tag := characters.reads_as_tag(characters.plain(value, plan.facts.ascii)):
            fault = f'EDGAR text would read "{tag}" as a tag, in "{value[:60]}"'
            yield source.problem(path, fault, "write it without < and >, or without & and ;")
    for sign, [(source, path, value), *others] in places.items():
        more = f" and {count(len(others), 'more text')}" if others else ""
        fault = f'EDGAR text has no "{sign}" (U+{ord(sign):04X}), in "{value[:60]}"{more}'
        letters = characters.guess(sign) or "letters"
        yield source.problem(path, fault, f"give its plain letters in plan.yaml:  ascii: {{{sign}: {letters}}}")


CHECKS: tuple[PlanRule, ...] = (
    approvals_follow_the_plan,
    blanks_in_drafts_only,
    says_what_it_does,
    days_in_order,
    none_before_its_amendment,
    as_of_prints_no_later_change,
    changes_take_effect,
    groups_have_rows_on_every_day,
    survivors_are_in_force,
    dated_when_effective,
    recital_names_each_change,
    plain_text_can_show,
)
