"""A schedule's data from its heading, its tables and its notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from docgen.importing import english_words, sentences
from docgen.importing.draft import Data
from docgen.importing.groups import TableGroup, TableReading
from docgen.importing.patterns import DAY
from docgen.importing.pieces import alike
from docgen.importing.schedule_parts import SchedulePart, TablePart
from docgen.importing.table_lines import LABEL, TableLine
from docgen.model import english, values
from docgen.model.changes import BESIDE_VALUES
from docgen.model.english import OF_A_LIMIT

NoteMarks = Sequence[str]
BLANK = "[ ]"  # for a name that the paper does not say; docgen asks about its rows
LONGEST_DATING = 10  # words
DATES = re.compile(rf"(?:(?:as|last|of|amended|revised|updated|effective|dated?|and|restated):? )+{DAY}", re.IGNORECASE)


def of(part: SchedulePart, context: Mapping[str, str]) -> list[tuple[Data, Data]]:
    """Each schedule under a heading: what goes under `schedules:` of the plan, and what under `restate:`.

    `known` has the plan's `title`, the `shares` that it is for, and the `schedule` as a clause calls it.
    """
    head = _heading(part, context)
    result: list[tuple[Data, Data]] = []
    for number, table in enumerate(part.tables):
        if table.reading is None:
            continue
        first = not result
        form = (
            dict(head)
            if first
            else {"name": f"{head.get('name', 'Schedule')}, part {number + 1}", "under": head["name"]}
        )
        facts, restate = _table(table)
        facts |= {"rates": "once"} if table.reading.once else {}
        result.append(({**form, **facts}, {"schedule": form["name"], **restate}))
    return result


def _heading(part: SchedulePart, context: Mapping[str, str]) -> Data:
    lines = [line.strip('“”"') for line in part.lines]
    at = next((n for n, line in enumerate(lines) if sentences.HEADING.fullmatch(alike(line))), 0)
    lines = lines[at:]
    if not lines:
        return {"name": context.get("schedule") or "Schedule A"}
    name = re.split(r"\s+to\b", lines[0], maxsplit=1, flags=re.IGNORECASE)[0]
    lines = [line for line in lines if not _is_as_of(line)]
    rest = " ".join([lines[0][len(name) :].strip(), *lines[1:]]).strip()
    for clause in (context.get("schedule", ""), english_words.in_title_case(name)):
        if clause and alike(clause).casefold() == alike(name).casefold():
            name = clause
            break
    data: Data = {"name": name}
    data |= _under(rest, context)
    return data


def _under(rest: str, context: Mapping[str, str]) -> Data:
    """The plan's name and the subject in a heading, behind the schedule's name."""
    shares = f"({context.get('shares', '')})"
    link = re.match(r"(to(?: the)?|of(?: the)?|for(?: the)?|with respect to(?: the)?)\b ?", rest, re.IGNORECASE)
    at = alike(rest).casefold().find(alike(context["title"]).casefold()) if context.get("title") else -1
    data: Data = {}
    after = rest[at + len(context["title"]) :].strip() if at >= 0 else ""
    if at >= 0 and (not after or after.startswith("(") or not context.get("shares")):
        data["link"], behind = rest[:at].strip().lower() or values.NOTHING, rest[at + len(context["title"]) :].strip()
    else:
        behind = rest[link.end() :] if link else rest
        data["link"] = link[1].lower() if link else values.NOTHING
        cut = alike(behind).casefold().find(alike(shares).casefold()) if context.get("shares") else -1
        cut = cut if cut >= 0 else _last_parentheses(behind) if link else 0
        plan, behind = behind[:cut].strip(), behind[cut:]
        data["plan"] = english_words.in_title_case(plan) if plan else values.NOTHING
    if context.get("shares") and alike(behind).casefold().startswith(alike(shares).casefold()):
        behind = behind[len(shares) :].strip()
    if behind:
        bare = behind.startswith("(") and behind.endswith(")")
        data["subject"] = english_words.in_title_case(behind[1:-1] if bare else behind)
        data["parentheses"] = "true" if bare else "false"
    return data


def _last_parentheses(text: str) -> int:
    return text.rfind("(") if text.endswith(")") else len(text)


def _table(table: TablePart) -> tuple[Data, Data]:
    reading = table.reading
    assert reading is not None  # noqa: S101  # the caller has looked
    notes = _notes(table)
    marks = sorted((mark for mark, _ in notes), key=len, reverse=True)
    form: Data = {}
    preamble = " ".join(piece.text for piece in table.before if not _is_as_of(piece.text))
    words, on = _marked_words(preamble, marks)
    form["preamble"] = words or values.NOTHING
    columns = _columns(reading, marks)
    if columns:
        form["columns"] = columns
    footnotes = [{"mark": mark, "text": text, **({"on": on[mark]} if mark in on else {})} for mark, text in notes]
    if footnotes:
        form["footnotes"] = footnotes
    form |= _labels(reading)
    names = [name for group in reading.groups for name in {line.name for line in group.lines}]
    if len(set(names)) < len(names):
        form["groups_are"] = "headings"  # a row of one name stands under several of them
    return form, _restate(reading, columns, marks)


def _is_as_of(text: str) -> bool:
    if len(text.split()) < LONGEST_DATING and DATES.fullmatch(alike(text)):
        return True
    return bool(re.fullmatch(r"\((?:as of|(?:as )?(?:last )?(?:amended|revised|updated)\b.* [0-9]{4}).*\)", text, re.I))


def _notes(table: TablePart) -> list[tuple[str, str]]:
    notes: list[tuple[str, str]] = []
    for piece in table.notes:
        hit = sentences.note(piece.text)
        if hit:
            notes.append(hit)
        elif notes:
            notes[-1] = (notes[-1][0], f"{notes[-1][1]} {piece.text}")
    return notes


def unmarked(text: str, marks: NoteMarks) -> tuple[str, str]:
    """A text without the mark of a footnote at its end, and that mark."""
    for mark in marks:
        for form in (f"({mark})", mark) if mark.isalnum() else (mark,):
            bare = text[: -len(form)]
            glued = form.startswith("(") or not mark.isalnum()
            if glued and text.endswith(form) and bare.strip() and not bare.endswith((form, " ")):
                return bare.strip(), mark
    return text, ""


def _marked_words(text: str, marks: NoteMarks) -> tuple[str, dict[str, str]]:
    """A preamble without its marks, and for each mark the words that carry it."""
    on: dict[str, str] = {}
    for mark in marks:
        form = f"({mark})" if mark.isalnum() else mark
        hit = re.search(rf"(?<=[\w.%\"]){re.escape(form)}(?=[\s,.;:]|$)", text)
        if not hit:
            continue
        text = text[: hit.start()] + text[hit.end() :]
        before = text[: hit.start()].split()
        for count in range(1, len(before) + 1):
            words = " ".join(before[-count:])
            if text.find(words) + len(words) == hit.start():
                on[mark] = words
                break
    return text, on


def _columns(reading: TableReading, marks: NoteMarks) -> Data:
    """The columns by their ids; one whose head was not read has a number for it, so that no value is lost."""
    columns: Data = {}
    listed = [line.values for line in _lines(reading) if line.values] or ([reading.once.values] if reading.once else [])
    width = max((len(row) for row in listed), default=0)
    for number, head in enumerate((*reading.heads, *("",) * (width - len(reading.heads)))):
        heading, mark = unmarked(head, marks)
        texts = [unmarked(row[number], marks)[0] for row in listed if number < len(row)]
        heading = english_words.in_title_case(heading)
        key = _slug(heading, columns)
        columns[key] = {"heading": heading or f"Column {number + 1}", "holds": _holds(texts)}
        if mark:
            columns[key]["mark"] = mark
    return columns


def _lines(reading: TableReading) -> Iterator[TableLine]:
    for group in reading.groups:
        for line in group.lines:
            yield line
            yield from line.inner


def _slug(heading: str, others: Mapping[str, Any]) -> str:
    """A column's id: the words of its head, without those of a limit."""
    words = re.findall(r"[a-z0-9]+", (OF_A_LIMIT.sub("", heading) or heading).casefold())
    key = "_".join(words)[:40].strip("_") or "value"
    key = key if key[0].isalpha() else f"column_{key}"
    key = f"{key}_column" if key in BESIDE_VALUES else key
    number = 2
    while key in others:
        key, number = f"{key.rstrip('0123456789').rstrip('_')}_{number}", number + 1
    return key


def _holds(texts: Sequence[str]) -> str:
    """What a column holds, by its values: a rate, a day, money, steps of rates; else text."""
    figures = [text for text in texts if any(sign.isdigit() for sign in text)]
    if not figures:
        return "rate" if texts and all(text.casefold() in ("none", "n/a", "-", "--") for text in texts) else "text"
    if all("% on " in text or "% over " in text or "; " in text or text.endswith("%") for text in figures) and any(
        re.search(r"% (?:on|over|of|up) ", text) for text in figures
    ):
        steps = [step for text in figures for step in text.split("; ")]
        return "breakpoints" if not any(values.misfit(step, "breakpoints") for step in steps) else "text"
    if all(text.endswith("%") and not values.misfit(text, "rate") for text in figures):
        return "rate"
    if all(english_words.days(text) and _as_days(text) for text in figures):
        return "date"
    return "money" if all(text.startswith("$") and not values.misfit(text, "money") for text in figures) else "text"


def _as_days(text: str) -> list[str]:
    """The days of a text that is nothing but days; none where it says more."""
    listed = english_words.days(text)
    return listed if english.listed([_printed(day) for day in listed]) == text else []


def _printed(iso: str) -> str:
    day = values.day(iso)
    return english.day(day) if day else iso


def _value(text: str, holds: str, marks: NoteMarks) -> Any:
    bare, mark = unmarked(text, marks)
    value: Any = bare
    if holds == "date" and (listed := _as_days(bare)):
        value = listed[0] if len(listed) == 1 else listed
    elif holds == "breakpoints" and "; " in bare:
        value = bare.split("; ")
    return {"value": value, "mark": mark} if mark else value


def _labels(reading: TableReading) -> Data:
    """The label over the rows: by count where that is how it reads, else as it stands."""
    data: Data = {"group_heading": reading.beside} if reading.beside and all(g.name for g in reading.groups) else {}
    labels = [group.label for group in reading.groups]
    counts = [len(group.lines) for group in reading.groups]
    if reading.beside:
        counts = [sum(counts)] * len(labels)
    elif labels[0] and not any(labels[1:]):  # once over all groups
        labels, counts = labels[:1], counts[:1]
    ones = [english_words.singular(label) if count > 1 else label for label, count in zip(labels, counts, strict=True)]
    if not any(labels):
        return {**data, "label": values.NOTHING}
    word = max(ones, key=ones.count)
    right = sum(english.plural(word, n).casefold() == label.casefold() for label, n in zip(labels, counts, strict=True))
    if LABEL.fullmatch(word) and (right * 2 > len(labels) or (len(labels) == 1 and right)):
        data["row"] = english_words.in_title_case(word)
        if any(label and not label.isupper() for label in labels):
            data["row"] = word
    else:
        data["label"] = max(labels, key=labels.count) or values.NOTHING
    return data


def _restate(reading: TableReading, columns: Mapping[str, Any], marks: NoteMarks) -> Data:
    restate: Data = {}
    if reading.once:
        restate["values"] = _values(reading.once.values, columns, marks)
    groups = [_group(group, columns, marks, bool(reading.once)) for group in reading.groups if group.lines]
    if len(groups) == 1 and not groups[0]["name"]:
        return {**restate, "rows": groups[0]["rows"]}
    if all(group["name"] for group in groups):
        return {**restate, "groups": groups}
    named = [group for group in groups if group["name"]]
    if named and not any("rows" in row for group in named for row in group["rows"]):
        return {**restate, "rows": [row for group in groups for row in ([group] if group["name"] else group["rows"])]}
    return {**restate, "groups": [{**group, "name": group["name"] or BLANK} for group in groups]}


def _group(group: TableGroup, columns: Mapping[str, Any], marks: NoteMarks, once: bool) -> Data:
    name, mark = unmarked(group.name, marks)
    rows = [_row(line, columns, marks, once) for line in group.lines]
    return {"name": name, **({"mark": mark} if mark else {}), "rows": rows}


def _row(line: TableLine, columns: Mapping[str, Any], marks: NoteMarks, once: bool) -> Data:
    name, mark = unmarked(line.name, marks)
    row: Data = {"name": name or BLANK, **({"mark": mark} if mark else {})}
    if line.inner:
        row["rows"] = [_row(inner, columns, marks, once) for inner in line.inner]
    elif columns and not once:
        row["values"] = _values(line.values, columns, marks)
    return row


def _values(texts: Sequence[str], columns: Mapping[str, Any], marks: NoteMarks) -> Data:
    padded = [*texts, *[""] * len(columns)]
    return {key: _value(text, columns[key]["holds"], marks) for key, text in zip(columns, padded, strict=False)}
