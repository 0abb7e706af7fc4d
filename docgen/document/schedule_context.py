"""What a template sees of a schedule: its heading, columns, groups, rows and notes, and the log of its changes."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import recital
from docgen.document.recital import ChangeView
from docgen.model import english
from docgen.model.english import OF_ALL
from docgen.model.plan import Plan, ScheduleForm
from docgen.model.schedule import Line, Schedule, Section
from docgen.model.settings import Form
from docgen.model.values import NOTHING, Blank, DayOrBlank, Holds


@dataclass(frozen=True)
class FootnoteView:
    """One of `schedule.footnotes`; `on` is empty when no words of the preamble carry the mark."""

    mark: str
    text: str
    on: str


@dataclass(frozen=True)
class ColumnView:
    """One column of `schedule.columns`."""

    heading: str
    mark: str
    role: str  # number or text


@dataclass(frozen=True)
class ValueView:
    """One value of `row.values`; its lines are a step each of breakpoints, else its text alone."""

    text: str
    lines: list[str]
    mark: str
    role: str  # number or text


@dataclass(frozen=True)
class RowView:
    """One row of `group.rows`."""

    name: str
    mark: str
    values: list[ValueView]
    rows: list[RowView]


@dataclass(frozen=True)
class GroupView:
    """One group of `schedule.groups`; its name is empty in a schedule without groups."""

    name: str
    mark: str
    label: str  # the label over its rows: PORTFOLIO or PORTFOLIOS, by count
    rows: list[RowView]


@dataclass(frozen=True)
class LogView:
    """One of `schedule.log`: an amendment of the schedule, its day and what it changed."""

    day: DayOrBlank | None
    name: str  # Amendment No. 2
    changes: list[ChangeView]


@dataclass(frozen=True)
class ScheduleView:
    """One of `schedules`: a schedule as it stands after the amendment."""

    name: str  # Schedule A
    plan_lines: list[str]  # the plan's name in the heading, over its lines; none where it stands alone
    link: str  # the words between the two: TO, or empty
    the: bool  # whether `the` stands before the plan's name
    subject: str  # (Distribution and Service Fees), or empty
    as_of: DayOrBlank | None
    row: str  # Portfolio, the name of a row in the singular
    label: str  # the label over all rows: Portfolios
    group_heading: str  # the head of a column of group names, or empty
    preamble: str  # the data's own words before the rows, or empty
    usual_preamble: bool  # whether the template's own stand there
    columns: list[ColumnView]
    fees: list[str]  # what the columns of rates are called in a sentence: Distribution Fee, Service Fee
    groups: list[GroupView]
    log: list[LogView]  # what amendments changed, in the order of their days; or none
    once: list[ValueView]  # the values that stand once for all rows, or none
    usual: list[ValueView]  # the values of the first row that has any: most others have the same
    footnotes: list[FootnoteView]
    parts: list[ScheduleView]  # further schedules under the same heading


def amendment_name(number: int | Blank | None, way: str) -> str:
    """What an amendment is called: `Amendment No. 2`, `Amendment No. [2]`, `Second Amendment`."""
    if number is None:
        return "Amendment"
    if way == "words" and isinstance(number, int):
        return f"{english.ordinal_word(number)} Amendment"
    return f"Amendment No. {f'[{number}]' if way == 'brackets' and isinstance(number, int) else number}"


@dataclass(frozen=True)
class Printing:
    """What a schedule is printed for: the amendment of a plan, and the settings of its wording."""

    folder: PlanFolder
    plan: Plan
    form: Form
    amendment: AmendmentFile


def view(schedule: Schedule, printing: Printing) -> ScheduleView:
    """A schedule as it stands after the amendment that it is printed for, with those that stand under its heading."""
    facts = next((f for f in printing.plan.schedules if f.name == schedule.name), schedule.form)
    schedule = replace(schedule, form=facts)  # the heading is the plan's of today
    form, amendment = printing.form, printing.amendment
    link = "" if form.link == NOTHING else form.link
    rows = [row for _, row, _ in schedule.lines() if row.values]
    usual = _values(rows[0], schedule, amendment.source.file) if rows else []
    subject = f"({facts.subject})" if form.parentheses and facts.subject else facts.subject
    parts = [part for part in amendment.schedules if part.form.under == facts.name]
    nameless = facts.plan == NOTHING
    file = amendment.source.file
    return ScheduleView(
        name=facts.name,
        plan_lines=[] if nameless else english.title_lines(facts.plan_lines or printing.plan.title_lines),
        link="" if nameless else link.removesuffix(" the"),
        the=link.endswith(" the"),
        subject=subject or "",
        as_of=amendment.facts.effective if form.as_of and not facts.under else None,
        row=facts.row,
        label=_label(facts, form, sum(len(group.rows) for group in schedule.groups)),
        group_heading=facts.group_heading or "",
        preamble="" if facts.preamble == NOTHING else facts.preamble or "",
        usual_preamble=facts.preamble is None,
        columns=[ColumnView(_head(c.heading, form), c.mark or "", _role(c.holds)) for _, c in schedule.columns],
        fees=_fees(schedule),
        groups=[_group(group, schedule, form, file) for group in schedule.groups],
        log=_log(schedule.name, printing) if form.log else [],
        once=usual if facts.rates == "once" else [],
        usual=usual,
        footnotes=[FootnoteView(note.mark, note.text, note.on or "") for note in schedule.footnotes],
        parts=[view(part, printing) for part in parts],
    )


def _fees(schedule: Schedule) -> list[str]:
    """The fees that are columns, as a sentence calls them; the aggregate only where nothing else is one."""
    rates = [(key, column) for key, column in schedule.columns if column.holds in ("rate", "breakpoints")]
    parts = [column for key, column in rates if not (key.startswith("aggregate") or OF_ALL.search(column.heading))]
    parts = parts or [column for _, column in rates]
    return list(dict.fromkeys(english.fee(column.heading) for column in parts))


def _log(name: str, printing: Printing) -> list[LogView]:
    """What each final amendment up to this one changed in a schedule."""
    until = printing.folder.amendments.index(printing.amendment)
    entries = []
    for amendment in printing.folder.amendments[: until + 1]:
        mine = replace(amendment, applied=amendment.changes_of(name))
        changes = recital.views(mine) if not amendment.facts.draft or amendment is printing.amendment else []
        day = amendment.facts.effective or amendment.facts.dated
        if changes:
            entries.append(LogView(day, amendment_name(amendment.facts.number, printing.form.number), changes))
    return entries


def _label(facts: ScheduleForm, form: Form, rows: int) -> str:
    """The label over so many rows; empty for none."""
    return "" if facts.label == NOTHING else facts.label or _head(english.plural(facts.row, rows), form)


def _head(heading: str, form: Form) -> str:
    return english.upper(heading) if form.capitals else heading


def _group(group: Section, schedule: Schedule, form: Form, file: str) -> GroupView:
    label = _label(schedule.form, form, len(group.rows))
    return GroupView(group.name, group.mark, label, [_row(row, schedule, file) for row in group.rows])


def _row(row: Line, schedule: Schedule, file: str) -> RowView:
    inner = [_row(line, schedule, file) for line in row.rows]
    return RowView(row.name, row.mark, _values(row, schedule, file), inner)


def _values(row: Line, schedule: Schedule, file: str) -> list[ValueView]:
    """The values as they print; one that was misprinted prints so in the exhibit whose file has it, and in no later."""
    paired = zip(row.values, schedule.holds(), strict=False)
    return [
        _value((value.as_filed,) if value.as_filed and value.at.file == file else value.typed, value.mark, holds)
        for value, holds in paired
    ]


@functools.lru_cache(maxsize=4096)
def _value(typed: tuple[str, ...] | Blank, mark: str, holds: Holds) -> ValueView:
    """A value as it prints; a schedule has few that differ."""
    text = english.value_text(typed, holds)
    lines = text.replace("; ", ";\n").split("\n") if holds == "breakpoints" else [text]
    return ValueView(text, lines, mark, _role(holds))


def _role(holds: Holds) -> str:
    return "number" if holds in ("rate", "money") else "text"
