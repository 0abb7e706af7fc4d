"""Rules about what a plan is called: the classes that a title, a label or a row says, and a restatement's ordinal."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from docgen.checks import prose, trade_words
from docgen.checks.new_names import FUND, NamesByPaper, NamesRule
from docgen.checks.plan_rule import PlanRule, final_papers
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import english
from docgen.model.plan import Plan, PlanChanges
from docgen.model.validation import place
from docgen.model.values import NOTHING
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, did_you_mean, name_key, nearest

CLASS = re.compile(r"\bClass (?:[A-Z]{1,2}|[A-Z]?[0-9]{1,2}|[A-Z][0-9])(?![\w'’])")
REMEDY = "write the plan's class, or accept it"
RESTATED = re.compile(rf"({'|'.join(english.ORDINALS)})? ?((?:amended (?:and|&) )?restated)?", re.IGNORECASE)


def titles_name_the_plans_class(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """The class that a title, a label, a heading or a row says is one that the plan is for."""
    later = [name for amendment in plan.amendments for name in amendment.plan.share_classes]
    every = list(dict.fromkeys([*plan.facts.share_classes, *later]))
    for path, text in _of_the_plan(plan.facts):
        yield from _strange_classes(plan.source, path, text, every)
    for amendment in plan.amendments:
        classes = amendment.plan.share_classes
        for path, text in _of_changes(amendment.facts.plan):
            yield from _strange_classes(amendment.source, path, text, classes)
        for new in names[amendment.id] if classes else ():
            if new.kind == FUND and (stranger := _stranger(new.name, classes)):
                yield replace(new.warning(_fault(new.name, stranger, classes), REMEDY), follows=class_slip(plan))


def classes_change_by_a_word(plan: PlanFolder) -> Iterator[Problem]:
    """A class that a plan is for from an amendment on, or no more, is one that the amendment says something of."""
    for amendment, name, is_new in _silent_classes(plan):
        change = "comes in" if is_new else "goes"
        fault = f"{name} {change} by this list alone, and nothing else in this amendment speaks of it"
        remedy = "write the plan's classes as they are, or the change of the class under changes:; or accept it"
        path = place(amendment.source, ("plan", "share_classes"))
        yield replace(amendment.source.warning(path, fault, remedy), fact=class_slip(plan))


def class_slip(plan: PlanFolder) -> tuple[str, ...]:
    """The fact that a plan's classes change without a word; empty where they do not."""
    return ("classes", plan.id) if any(_silent_classes(plan)) else ()


def _silent_classes(plan: PlanFolder) -> Iterator[tuple[AmendmentFile, str, bool]]:
    """The classes that come and go by an amendment that has no other word of them."""
    before = plan.facts.share_classes
    for amendment in plan.amendments:
        after = amendment.facts.plan.share_classes
        if after is not None:
            old, new = ({name_key(name): name for name in names} for names in (before, after))
            elsewhere = [text for path, text in amendment.source.texts() if path[:2] != ("plan", "share_classes")]
            texts = [name_key(text) for text in elsewhere]
            differing = [(key, name) for key, name in (old | new).items() if (key in old) != (key in new)]
            bare = [(key.removesuffix(" shares"), key, name) for key, name in differing]
            silent = [(key, name) for words, key, name in bare if not any(words in text for text in texts)]
            yield from ((amendment, name, key in new) for key, name in silent[-1:])
        before = after if after is not None and not amendment.facts.draft else before


def _of_the_plan(facts: Plan) -> Iterator[tuple[KeyPath, str]]:
    """The texts of plan.yaml that name the plan's own class where they name one."""
    yield ("title",), facts.title
    for number, form in enumerate(facts.schedules):
        texts = {"label": form.label, "subject": form.subject, "plan": form.plan}
        yield from ((("schedule", number, name), text) for name, text in texts.items() if text)
        for column, about in form.columns.items():
            yield ("schedule", number, "columns", column, "heading"), about.heading


def _of_changes(changes: PlanChanges) -> Iterator[tuple[KeyPath, str]]:
    """The same texts of what an amendment says is different about the plan."""
    if changes.title:
        yield ("plan", "title"), changes.title
    for number, heading in enumerate(changes.headings):
        texts = {"label": heading.label, "subject": heading.subject, "plan": " ".join(heading.plan_lines or ())}
        yield from ((("plan", "schedule", number, name), text) for name, text in texts.items() if text)


def _strange_classes(source: Source, path: KeyPath, text: str, classes: Sequence[str]) -> Iterator[Problem]:
    if classes and (stranger := _stranger(text, classes)):
        warning = source.warning(place(source, path), _fault(text, stranger, classes), REMEDY)
        yield replace(warning, fact=prose.class_fact(stranger))


def _stranger(text: str, classes: Sequence[str]) -> str:
    """The class that a text says and that is none of these; empty where there is none."""
    names = {name for label in classes for name in (*CLASS.findall(label), label, f"Class {label}")}
    return next((name for name in CLASS.findall(text) if name not in names), "")


def _fault(text: str, stranger: str, classes: Sequence[str]) -> str:
    return f'"{text}" says {stranger}, and the plan is for {english.listed(classes)}'


def terms_are_of_the_title(plan: PlanFolder) -> Iterator[Problem]:
    """What the paper calls the plan is a word of its title: the Plan of a Distribution Plan."""
    of_amendments = ((amendment.source, ("plan", "term"), amendment.plan) for amendment in plan.amendments)
    for source, path, facts in ((plan.source, ("term",), plan.facts), *of_amendments):
        term = dict(source.texts()).get(path)
        if term and facts and term.casefold() not in facts.title.casefold():
            near = nearest(term, re.findall(r"\w+", facts.title))
            if near:
                fault = f'"{term}" is no word of the title, "{facts.title}"'
                yield source.warning(path, fault, f'did you mean "{near}"? Else accept it')


def titles_count_on(plan: PlanFolder) -> Iterator[Problem]:
    """The ordinal of a restated plan's title follows that of the plan before it: First Restated, Second Restated."""
    before = None
    if plan.continues:
        before = plan.continues.facts_on().title
        yield from _ordinal(before, plan.facts.title, plan.source, ("title",))
    title = plan.facts.title
    for amendment in plan.amendments:
        if amendment.facts.plan.title:
            yield from _ordinal(title, amendment.facts.plan.title, amendment.source, ("plan", "title"))
        title = title if amendment.facts.draft else amendment.plan.title


def _ordinal(before: str, after: str, source: Source, path: KeyPath) -> Iterator[Problem]:
    """A warning where a title's ordinal is not the one after that of another title; the first may go without."""
    old, new = _count(before), _count(after)
    restated_once = old == 0 and "restated" in before.casefold()
    fits = new == old + 1 or (old == 0 and new == 0) or (restated_once and new == 2) or before == after
    if not fits and (new or "restated" in after.casefold()):
        fault = f'"{after}" restates "{before}"'
        remedy = f"write {english.ordinal_word(old + 1)}, or accept it"
        yield source.warning(path, fault, remedy)


def _count(title: str) -> int:
    """The number that the ordinal at the beginning of a title is, where the plan is a restated one; nought for none."""
    ordinal, restated = RESTATED.findall(title)[0]
    if not ordinal or not restated:
        return 0
    return [word.casefold() for word in english.ORDINALS].index(ordinal.casefold()) + 1


def headings_are_of_a_schedule(plan: PlanFolder) -> Iterator[Problem]:
    """A heading that is worded anew is that of a schedule of the plan."""
    names = [form.name for form in plan.facts.schedules]
    for amendment in plan.amendments:
        for number, heading in enumerate(amendment.facts.plan.headings):
            path = place(amendment.source, ("plan", "schedule", number, "name"))
            if heading.name is None and len(names) > 1:
                remedy = f"write name: and one of {', '.join(names)}"
                yield amendment.source.problem(path, "does not say of which schedule", remedy)
            elif heading.name and heading.name not in names:
                fault = f'the plan has no schedule "{heading.name}"'
                yield amendment.source.problem(path, fault, did_you_mean(heading.name, names))


def heading_names_the_plan(plan: PlanFolder) -> Iterator[Problem]:
    """The heading of a schedule names the plan by its title (nine filed headings named a plan before it)."""
    final = "accept it in an amendment, or write the heading anew there, under plan:"
    remedy = final if final_papers(plan) else "take plan: out of schedule:, or accept it"
    yield from _other_headings(plan.facts, plan.source, (), remedy)
    for amendment in plan.amendments:
        new = amendment.facts.plan
        if new.title or any(heading.plan_lines for heading in new.headings):
            remedy = "write schedule: {plan: ...} beside the title, under plan:; or accept it"
            yield from _other_headings(amendment.plan, amendment.source, ("plan",), remedy)


def _other_headings(facts: Plan, source: Source, within: KeyPath, remedy: str) -> Iterator[Problem]:
    """A warning for each heading that names another plan than the title does."""
    for number, form in enumerate(facts.schedules):
        if form.plan and form.plan != NOTHING and facts.title.casefold() not in form.plan.casefold():
            fault = f'the heading of {form.name} names "{form.plan}", and the plan is "{facts.title}"'
            path = place(source, ("schedule", number, "plan")) if not within else (*within, "title")
            yield replace(source.warning(path, fault, remedy), follows=trade_words.slip_of(source.file, facts.title))


CHECKS: tuple[PlanRule, ...] = (
    terms_are_of_the_title,
    titles_count_on,
    headings_are_of_a_schedule,
    classes_change_by_a_word,
    heading_names_the_plan,
)
OF_NAMES: tuple[NamesRule, ...] = (titles_name_the_plans_class,)
