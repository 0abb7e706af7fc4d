"""Drafts the amendments of one business event: finds every plan in force that it touches, says what it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from docgen.consolidation.describe import sentence
from docgen.consolidation.event_effects import Touch, refusal, touch, unmatched
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.drafting import edited_text, next_amendment, schemas
from docgen.files import atomic
from docgen.model import validation, yaml_reader, yaml_writer
from docgen.model.amendment import Amendment
from docgen.model.changes import Change
from docgen.model.event import EventFile
from docgen.model.text_changes import TextChange
from docgen.model.yaml_writer import as_data
from docgen.problems import DataProblem, Problem, UsageProblem, Where
from docgen.workspace.plan_reading import SCHEDULES


@dataclass(frozen=True)
class Drafted:
    """A plan's amendment as it is to be written: its path under the workspace, its text, what it does."""

    plan: str
    path: str
    text: str
    did: tuple[str, ...]
    untouched: tuple[str, ...]
    is_new: bool


@dataclass(frozen=True)
class LeftAlone:
    """A plan that the event does not change, and the reasons."""

    plan: str
    reasons: tuple[str, ...]


def plan_all(event: EventFile, plans: Sequence[PlanFolder], add: bool) -> list[Drafted | LeftAlone]:
    """What becomes of each plan; UsageProblem where a draft is open and `add` does not say to add to it."""
    restating = {plan.continues.id: plan.id for plan in plans if plan.continues}
    results: list[Drafted | LeftAlone] = []
    problems: list[Problem] = []
    for plan in plans:
        try:
            results.append(_of_plan(event, plan, restating.get(plan.id), add))
        except DataProblem as error:
            problems += error.problems
    days = (None, event.facts.day)
    problems += unmatched(event, [schedule for plan in plans for day in days for schedule in plan.schedules_on(day)])
    if problems:
        raise UsageProblem(problems)
    return results


def write(root: Path, drafts: Sequence[Drafted | LeftAlone]) -> list[Path]:
    """Saves the drafts, all of them or none; a file that is there already is not written over."""
    new = [
        draft.path for draft in drafts if isinstance(draft, Drafted) and draft.is_new and (root / draft.path).exists()
    ]
    if new:
        raise UsageProblem(Problem(Where(path), "already exists", "take it away, or rename it") for path in new)
    texts = {draft.path: draft.text for draft in drafts if isinstance(draft, Drafted)}
    return atomic.save(root, edited_text.of_files(root, texts)) if texts else []


def _of_plan(event: EventFile, plan: PlanFolder, restating: str | None, add: bool) -> Drafted | LeftAlone:
    selected = event.facts.plans
    if selected and plan.id not in selected:
        return LeftAlone(plan.id, ("the event is not for it",))
    if restating:
        return LeftAlone(plan.id, (f"{restating} restates it",))
    already = [a for a in plan.amendments if a.facts.event == event.id]
    if already:
        return LeftAlone(plan.id, (f"{plan.id}/{already[-1].id} is its amendment already",))
    draft = next((a for a in plan.amendments if a.facts.draft), None)
    touched = _touched(event, plan, draft if add else None)
    if not touched.changes:
        return LeftAlone(plan.id, touched.reasons or ("it has no schedule in force",))
    did = tuple(sentence(change) for change in touched.changes)
    if draft is None:
        path, text = _new(event, plan, touched)
    elif not add:
        where = Where(draft.source.file, 1)
        fault = f"a draft of {plan.id} is open, and {event.id} changes the plan"
        remedy = "finish the draft, or add the event's changes to it: docgen event --add"
        raise DataProblem([Problem(where, fault, remedy)])
    else:
        path, text = draft.source.file, _with_changes(draft, touched, event)
    return Drafted(plan.id, path, text, did, touched.reasons, draft is None)


def _touched(event: EventFile, plan: PlanFolder, draft: AmendmentFile | None) -> Touch:
    facts = (plan.amendments[-1].plan if plan.amendments else None) or plan.facts
    schedules = draft.after if draft else plan.schedules_on()
    on_day = plan.schedules_on(event.facts.day)
    try:
        return touch(event, facts, schedules, plan.id in event.facts.plans, on_day)
    except DataProblem as error:
        raise refusal(plan.id, error) from None


def _new(event: EventFile, plan: PlanFolder, touched: Touch) -> tuple[str, str]:
    """The path and the text of the next amendment's file."""
    name, number = next_amendment.following(plan)
    last = plan.in_force()
    day = str(event.facts.day or "tbd")
    facts: dict[str, object] = {"event": event.id, "number": number, "effective": day}
    if last and last.facts.dated is not None:
        facts["dated"] = day
    facts |= {"draft": "true", **_besides(event, touched)}
    text = "\n".join(
        [
            schemas.modeline("amendment", next_amendment.UP),
            f"# {event.facts.event}; take draft: true out when nothing is left open.",
            yaml_writer.text(facts) + "changes:",
            _entries(touched.changes, "  "),
        ]
    )
    return f"{SCHEDULES}/{plan.id}/amendments/{name}.yaml", text


def _besides(event: EventFile, touched: Touch) -> dict[str, object]:
    """What an amendment of the event says besides its changes: the plan's own classes, the votes."""
    facts: dict[str, object] = {}
    if touched.plan.model_fields_set:
        facts["plan"] = touched.plan.model_dump(mode="json", exclude_unset=True)
    if event.facts.approvals:
        facts["approvals"] = [vote.model_dump(mode="json", exclude_defaults=True) for vote in event.facts.approvals]
    return facts


def _entries(changes: Sequence[Change | TextChange], indent: str) -> str:
    lines = yaml_writer.text([as_data(change) for change in changes]).splitlines()
    return "".join(f"{indent}{line}\n" for line in lines)


def _with_changes(draft: AmendmentFile, touched: Touch, event: EventFile) -> str:
    """The draft's own text with the event's changes after its own; DataProblem where they cannot be put in."""
    lines = draft.source.text.splitlines()
    at = next((n for n, line in enumerate(lines) if re.match(r"changes:\s*(\[\s*\])?\s*(#.*)?$", line)), None)
    if at is None:
        lines.append("changes:")
        at = len(lines) - 1
    lines[at] = re.sub(r"\[\s*\]", "", lines[at]).rstrip()
    end = at + 1
    for number, line in enumerate(lines[at + 1 :], start=at + 1):
        if line.strip() and not line.lstrip().startswith("#"):
            if not line.startswith((" ", "-")):
                break
            end = number + 1
    first = next((line for line in lines[at + 1 : end] if line.lstrip().startswith("- ")), "  - ")
    indent = first[: first.index("-")]
    changes = [_on_its_day(change, draft, event) for change in touched.changes]
    besides = {"event": event.id, **_besides(event, touched)}
    taken = besides.keys() & draft.facts.model_fields_set
    above = yaml_writer.text({key: value for key, value in besides.items() if key not in taken}).splitlines()
    entries = [f"{indent}# {event.facts.event}", *_entries(changes, indent).splitlines()]
    top = at
    while top and lines[top - 1].startswith("#"):
        top -= 1
    head = above if besides.keys() - taken else []
    text = "\n".join([*lines[:top], *head, *lines[top:end], *entries, *lines[end:]])
    try:
        amended = validation.validate(Amendment, yaml_reader.parse(draft.source.file, f"{text}\n".encode()))
    except DataProblem:
        raise _cannot(draft) from None
    expected = [as_data(change) for change in (*draft.facts.changes, *changes)]
    unchanged = {
        key: getattr(draft.facts, key) for key in Amendment.model_fields if key not in {"changes", *besides} - taken
    }
    if [as_data(change) for change in amended.changes] != expected or any(
        getattr(amended, key) != value for key, value in unchanged.items()
    ):
        raise _cannot(draft)
    return f"{text}\n"


def _on_its_day(change: Change | TextChange, draft: AmendmentFile, event: EventFile) -> Change | TextChange:
    """The change with the event's day, where the draft is of another."""
    if change.effective is not None or draft.day == event.facts.effective:
        return change
    return change.model_copy(update={"effective": event.facts.effective})


def _cannot(draft: AmendmentFile) -> DataProblem:
    where = draft.source.where("changes")
    return DataProblem(
        [Problem(where, "no change can be added here", "write changes: with one change an entry below it")]
    )


def as_text(results: Sequence[Drafted | LeftAlone]) -> str:
    """What was drafted, what each draft does, and what was left alone and why."""
    lines = []
    for result in results:
        if isinstance(result, Drafted):
            lines += [f"{result.plan}: {result.path}", *(f"  {did}" for did in result.did)]
            lines += [f"  left alone: {reason}" for reason in result.untouched]
        else:
            lines.append(f"{result.plan}: left alone; {'; '.join(dict.fromkeys(result.reasons))}")
    return "\n".join(lines) + "\n"
