"""A plan's own text as amended: each change of words and sections applied in its order, and proved to apply."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import plan_text, text_places, text_words
from docgen.document.plan_text import SourceNote, TextPassage
from docgen.document.text_places import TextPlace
from docgen.document.tree import Heading, Paragraph, Run
from docgen.model import english
from docgen.model.text_changes import AddSection, RemoveSection, ReplaceSection, ReplaceWords, TextChange
from docgen.problems import DataProblem, Problem

VERBS = {
    "title": "amended",
    "replace_words": "amended",
    "replace_section": "replaced",
    "add_section": "added",
    "remove_section": "removed",
}


@dataclass(frozen=True)
class ConformedText:
    """The passages of a text, the amendments that changed them, and a problem for each change that does not apply."""

    passages: tuple[TextPassage, ...]
    problems: tuple[Problem, ...] = ()
    refused: tuple[tuple[AmendmentFile, TextChange], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class NewTitle:
    """Another name of the plan, which its text bears at the top; over the lines that it stands on."""

    old: Sequence[str]
    new: Sequence[str]
    verb: ClassVar[str] = "title"
    effective: ClassVar[None] = None


@dataclass(frozen=True)
class _Step:
    """One change, with what is needed to say where it was typed."""

    amendment: AmendmentFile
    number: int
    change: TextChange | NewTitle

    @property
    def day(self) -> datetime.date | None:
        """The day from which it counts."""
        own = self.change.effective
        return own if isinstance(own, datetime.date) else self.amendment.day

    def note(self, section: str = "") -> SourceNote:
        """What it does to a passage; a part of a section that is worded anew is amended only."""
        verb = "amended" if getattr(self.change, "of", None) else VERBS[self.change.verb]
        return SourceNote(verb, self.amendment.id, self.day, section)

    def problem(self, key: str, fault: str, remedy: str) -> DataProblem:
        """What is said where it does not apply."""
        return DataProblem([self.amendment.source.problem(("changes", self.number, key), fault, remedy)])


def has_text(plan: PlanFolder) -> bool:
    """Whether the plan's text is kept: its own, or that of the plan that it restates."""
    return bool(plan.text) or (plan.continues is not None and has_text(plan.continues))


def through(plan: PlanFolder, until: AmendmentFile | None) -> ConformedText:
    """The text after an amendment, in the order of the ids; of drafts too, if it is one; None: as it first stands."""
    last = plan.amendments.index(until) + 1 if until else 0
    drafts = bool(until and until.facts.draft)
    amendments = [a for a in plan.amendments[:last] if drafts or not a.facts.draft]
    return _applied(plan, [step for amendment in amendments for step in _steps(plan, amendment)])


def on(plan: PlanFolder, day: datetime.date | None) -> ConformedText:
    """The text on a day, every change from its own day on, drafts left out; no day: after the last amendment."""
    final = [amendment for amendment in plan.amendments if not amendment.facts.draft]
    steps = [step for amendment in final for step in _steps(plan, amendment)]
    return _applied(plan, [step for step in steps if day is None or (step.day is not None and step.day <= day)])


def changes_between(
    plan: PlanFolder, first: datetime.date, last: datetime.date | None
) -> list[tuple[datetime.date, TextChange]]:
    """The changes of the text that count after one day and by another, drafts left out, each with its day; no day: by
    the end."""
    steps = [step for a in plan.amendments if not a.facts.draft for step in _steps(plan, a)]
    due = [(s.day, s.change) for s in steps if s.day and first < s.day <= (last or datetime.date.max)]
    return [(day, change) for day, change in due if isinstance(change, TextChange)]


def first_text(plan: PlanFolder) -> tuple[TextPassage, ...]:
    """The text before any amendment kept here: as typed, else as the plan that is restated left it."""
    if plan.text or plan.continues is None:
        return plan_text.read(plan.text)
    restated, day = plan.continues, plan.first_day()
    title = NewTitle(restated.facts_on(day).title_lines, plan.facts.title_lines)
    return _retitled(plan_text.without_notes(on(restated, day).passages), title)


def _steps(plan: PlanFolder, amendment: AmendmentFile) -> Iterator[_Step]:
    """The changes of an amendment that the text as typed does not have yet."""
    ids = [a.id for a in plan.amendments]
    first = ids.index(plan.facts.text_through) + 1 if plan.facts.text_through in ids else 0
    if ids.index(amendment.id) >= first:
        if amendment.facts.plan.title_lines:
            before = [a for a in plan.amendments[: ids.index(amendment.id)] if not a.facts.draft]
            old = ((before[-1].plan if before else None) or plan.facts).title_lines
            yield _Step(amendment, -1, NewTitle(old, amendment.facts.plan.title_lines))
        for number, change in enumerate(amendment.facts.changes):
            if isinstance(change, TextChange):
                yield _Step(amendment, number, change)


def _applied(plan: PlanFolder, steps: Sequence[_Step]) -> ConformedText:
    passages, problems, refused = first_text(plan), list[Problem](), list[tuple[AmendmentFile, TextChange]]()
    for step in steps:
        try:
            passages = _after(passages, step)
        except DataProblem as error:
            problems += error.problems
            refused += [(step.amendment, step.change)] if isinstance(step.change, TextChange) else []
    entire = [step.amendment.id for step in steps if step.amendment.facts.entire_plan]
    passages = tuple(_as_restated(passage, entire) for passage in passages)
    return ConformedText(passages, tuple(problems), tuple(refused))


def _as_restated(passage: TextPassage, entire: Sequence[str]) -> TextPassage:
    """A passage without the notes of papers that are the plan itself: its text begins with them."""
    return replace(passage, notes=tuple(note for note in passage.notes if note.amendment not in entire))


def _after(passages: tuple[TextPassage, ...], step: _Step) -> tuple[TextPassage, ...]:
    """The text after one change; DataProblem where it does not apply."""
    match step.change:
        case NewTitle():
            return _retitled(passages, step.change, step.note())
        case ReplaceWords():
            return _words_replaced(passages, step, step.change)
        case ReplaceSection():
            return _section_replaced(passages, step, step.change)
        case AddSection():
            return _section_added(passages, step, step.change)
        case RemoveSection(remove_section=name):
            place = _place(passages, step, name, "remove_section")
            stone = TextPassage(
                None, passages[place.start].sections[:-1], passages[place.start].where, (step.note(name),)
            )
            return (*passages[: place.start], stone, *passages[place.end :])
    return passages


def _retitled(
    passages: tuple[TextPassage, ...], title: NewTitle, note: SourceNote | None = None
) -> tuple[TextPassage, ...]:
    """The text with another name of the plan in its first heading, in capitals where the old one stands so."""
    old = re.compile(text_words.pattern(" ".join(title.old)).pattern, re.IGNORECASE)
    for number, passage in enumerate(passages):
        if isinstance(passage.block, Heading) and (match := old.search(text_words.coded(passage.block.content)[0])):
            lines = english.title_lines(title.new) if text_words.BREAK in match[0] else [" ".join(title.new)]
            words = text_words.BREAK.join(lines)
            stretch = text_words.WordSpan(number, match.start(), match.end())
            block = text_words.rewritten(passage.block, stretch, english.upper(words) if match[0].isupper() else words)
            notes = (*passage.notes, note) if note else passage.notes
            return (*passages[:number], replace(passage, block=block, notes=notes), *passages[number + 1 :])
    return passages


def _place(passages: Sequence[TextPassage], step: _Step, name: str, key: str) -> TextPlace:
    """What a change names; DataProblem at its line where nothing is called so."""
    place = text_places.locate(passages, name)
    if isinstance(place, str):
        raise step.problem(key, f'"{name}" not found in the text of the plan', place)
    return place


def _words_replaced(passages: tuple[TextPassage, ...], step: _Step, change: ReplaceWords) -> tuple[TextPassage, ...]:
    place = _place(passages, step, change.in_, "in") if change.in_ else TextPlace(0, len(passages))
    old = text_words.pattern(change.replace_words)
    result, total = list(passages), 0
    for stretch in _in_place(passages, place):
        passage = passages[stretch.passage]
        block, times = text_words.replaced(passage.block, stretch, old, change.to)
        total += times
        if times:
            result[stretch.passage] = _noted(replace(passage, block=block), step)
    if not total:
        raise step.problem("replace_words", *_absent(passages, place, change))
    if place.once and total > 1:
        fault = f'"{change.replace_words}" stands {total} times in {change.in_}, and lines cannot be counted here'
        raise step.problem("in", fault, "name a sentence or a paragraph that has it once: its second sentence")
    return tuple(result)


def _in_place(passages: Sequence[TextPassage], place: TextPlace) -> list[text_words.WordSpan]:
    """The stretches of words that a place is: whole passages, or one sentence."""
    if place.sentence is None:
        return [text_words.WordSpan(number) for number in place.numbers if passages[number].block]
    spans = [
        text_words.WordSpan(number, *span)
        for number in place.numbers
        if isinstance(block := passages[number].block, Paragraph)
        for span in text_places.sentences(text_words.coded(block.content)[0])
    ]
    return spans[place.sentence :][:1]


def _noted(passage: TextPassage, step: _Step) -> TextPassage:
    """A passage with the note that a change has touched it, once an amendment."""
    note = step.note()
    return passage if note in passage.notes else replace(passage, notes=(*passage.notes, note))


def _absent(passages: Sequence[TextPassage], place: TextPlace, change: ReplaceWords) -> tuple[str, str]:
    """What is said where words do not stand in their place: where they do, else the words that are nearest."""
    where = change.in_ or "the text of the plan"
    fault = f'"{change.replace_words}" does not stand in {where.strip(" ,.;")}'
    old = text_words.pattern(change.replace_words)
    others = [p for p in passages if any(old.search(text) for text in text_words.texts(p.block))]
    names = list(dict.fromkeys(p.sections[-1] for p in others if p.sections))
    if names or others:
        return fault, f"it stands in {english.listed(names) or 'the text outside its sections'}"
    inside = [passages[number] for number in place.numbers]
    near = text_words.nearest_words(change.replace_words, inside) or text_words.nearest_words(
        change.replace_words, passages
    )
    return fault, f'did you mean "{near}"?' if near else "write the words as the text has them"


def _section_replaced(
    passages: tuple[TextPassage, ...], step: _Step, change: ReplaceSection
) -> tuple[TextPassage, ...]:
    place = _place(
        passages,
        step,
        f"{change.of} of {change.replace_section}" if change.of else change.replace_section,
        "replace_section",
    )
    if place.sentence is not None:
        stretches = _in_place(passages, place)
        if not stretches:
            raise step.problem(
                "of", f"{change.replace_section} has no such sentence", "count its sentences in the text"
            )
        result, number = list(passages), stretches[0].passage
        block = text_words.rewritten(passages[number].block, stretches[0], " ".join(change.text))
        result[number] = _noted(replace(passages[number], block=block), step)
        return tuple(result)
    first, last = passages[place.start], passages[place.end - 1]
    shared = tuple(a for a, b in zip(first.sections, last.sections, strict=False) if a == b)
    new = _paragraphs(change.text, shared, first, step.note())
    return (*passages[: place.start], *new, *passages[place.end :])


def _paragraphs(
    texts: Sequence[str], sections: tuple[str, ...], beside: TextPassage, note: SourceNote
) -> list[TextPassage]:
    """New paragraphs, in the role of the one that they come beside or in the place of."""
    role = beside.block.role if isinstance(beside.block, Paragraph) else "section"
    return [TextPassage(Paragraph(role, (Run(text),)), sections, beside.where, (note,)) for text in texts]


def _section_added(passages: tuple[TextPassage, ...], step: _Step, change: AddSection) -> tuple[TextPassage, ...]:
    name = change.add_section
    if not isinstance(text_places.section(passages, name), str):
        raise step.problem(
            "add_section", f'"{name}" stands in the text already', "write replace_section:, or its own name"
        )
    place = _place(passages, step, change.after, "after") if change.after else text_places.before_new(passages, name)
    at = place.end if place else plan_text.at_the_end(passages)
    around = passages[place.start].sections if place else ()
    sections = tuple(section for section in around if text_places.is_under(name, section))
    beside = passages[at - 1] if at else TextPassage(None, (), step.amendment.source.where("changes", step.number))
    new = _paragraphs(change.text, (*sections, name), beside, step.note())
    return (*passages[:at], *new, *passages[at:])
