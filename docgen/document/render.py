"""Fills a template in: facts and wording become markup, and the markup becomes the tree."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import markup, markup_places, template_context, text_context
from docgen.document.jinja_sandbox import Mistake, environment
from docgen.document.markup_places import BlockPlaces
from docgen.document.text_context import TextView
from docgen.document.tree import Block, Document
from docgen.files import limits, resources
from docgen.model.values import NOTHING
from docgen.model.yaml_reader import Source
from docgen.problems import Problem, TemplateProblem, Where, did_you_mean
from docgen.workspace.select import ENTIRE

SECONDS, SECONDS_A_ROW, MEGABYTES = 3, 0.01, 600  # for one document; ten thousand portfolios take two seconds
OF_A_PAPER = {"exhibit": None, "signatures": ()}  # what stands on an amendment, and not on the plan
LONGEST = 50_000_000  # characters of markup; ten thousand portfolios take about three million


def document(
    plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path], text: TextView | None = None
) -> Document:
    """The tree of one document of an amendment: `name` is `amendment`, `schedule` or `plan`.

    The template is `<kind>/<name>.html.j2` in the first of `folders` that has it. `text` is the plan's own where it is
    to be another than the one that stands after the amendment.
    """
    return _document(plan, amendment, name, folders, _names(plan, amendment, name, text))


def documents(
    plan: PlanFolder, amendment: AmendmentFile, names: Sequence[str], folders: Sequence[Path]
) -> dict[str, Document]:
    """The trees of all documents of an amendment, by name; their templates see the same."""
    context = _names(plan, amendment, names[0], None)
    return {name: _document(plan, amendment, name, folders, context) for name in names}


def _document(
    plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path], names: Mapping[str, object]
) -> Document:
    schedules = amendment.after if name == ENTIRE else amendment.schedules
    rows = sum(len(group.rows) for schedule in schedules for group in schedule.groups)

    def blocks_of_markup() -> tuple[Block, ...]:
        file, words = _markup(plan, amendment, name, folders, names)
        return markup.read(words, file)

    try:
        blocks = limits.within(SECONDS + rows * SECONDS_A_ROW, MEGABYTES, blocks_of_markup)
    except limits.TooMuch as error:
        file = _found_at(f"{plan.facts.kind}/{name}.html.j2", folders)
        where = _where(error.__cause__ or error, folders) or Where(file)
        raise TemplateProblem([Problem(where, f"the template would take {error}", "look at its loops")]) from None
    registrants = template_context.registrants(schedules)
    authors = [plan.facts.author] if plan.facts.author else registrants or [plan.facts.title]
    twins = tuple(plan.facts.ascii.items())
    return Document(blocks, plan.facts.language, tuple(authors), twins, _draft_mark(amendment))


def _draft_mark(amendment: AmendmentFile) -> str:
    """What stands at the top of each page; empty for a final paper, and where the settings say none."""
    form = amendment.form
    return form.draft_mark if amendment.facts.draft and form.draft_mark != NOTHING else ""


def markup_of(plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path]) -> str:
    """The markup that the template writes, for people to look at."""
    names = _names(plan, amendment, name, None)
    text = markup.PLACE.sub("", _markup(plan, amendment, name, folders, names)[1])
    return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"


def places(plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path]) -> tuple[BlockPlaces, ...]:
    """The line of a template from which each block and row of the same document comes."""
    names = _names(plan, amendment, name, None)
    return markup_places.places(_markup(plan, amendment, name, folders, names)[1])


def _markup(
    plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path], names: Mapping[str, object]
) -> tuple[str, str]:
    """The path of a document's template, and the markup that it writes where it sees these names."""
    template_name = f"{plan.facts.kind}/{name}.html.j2"
    try:
        template = environment(tuple(folders)).get_template(template_name)
    except TemplateNotFound as error:
        if error.name != template_name:
            raise _problem(error, template_name, folders) from None
        raise TemplateProblem([_no_such_kind(plan, name, folders)]) from None
    except Exception as error:  # whatever a person's template makes Jinja and Python raise is a problem of its own
        raise _problem(error, _found_at(template_name, folders), folders) from None
    file = template.filename or template_name
    try:
        return file, _fill_in(template.generate, names, file, folders)
    except Mistake as mistake:
        where = _typed_at(mistake.typed, amendment.source, plan.source) or Where(file)
        raise TemplateProblem([Problem(where, str(mistake), mistake.remedy)]) from None


def _names(plan: PlanFolder, amendment: AmendmentFile, name: str, text: TextView | None) -> Mapping[str, object]:
    """What a template sees; one of the whole plan all its schedules, and its text, but no exhibit or signature of a
    paper that amends it."""
    if name != ENTIRE:
        return template_context.build(plan, amendment, text_context.NO_TEXT)
    is_paper = amendment.facts.entire_plan and text is None
    facts = amendment.facts if is_paper else amendment.facts.model_copy(update=OF_A_PAPER)
    every = replace(amendment, schedules=amendment.after, facts=facts)
    return template_context.build(plan.with_amendment(every), every, text or text_context.as_paper(plan, amendment))


def _typed_at(text: str, *sources: Source) -> Where | None:
    """Where a text of the data was typed."""
    places = ((source, path) for source in sources for path, value in source.texts() if value == text)
    return next((source.where(*path) for source, path in places), None)


def _found_at(name: str, folders: Sequence[Path]) -> str:
    """The path of a template that may not be readable."""
    return next((str(folder / name) for folder in folders if (folder / name).is_file()), name)


def _no_such_kind(plan: PlanFolder, name: str, folders: Sequence[Path]) -> Problem:
    if any((folder / plan.facts.kind).is_dir() for folder in folders):
        fault = f'the kind "{plan.facts.kind}" has no {name}.html.j2'
        remedy = f"write templates/{plan.facts.kind}/{name}.html.j2, or choose another kind"
        return plan.source.problem(("kind",), fault, remedy)
    kinds = sorted({path.parent.name for folder in folders for path in folder.glob("*/*.html.j2")})
    found = f'no templates found for "{plan.facts.kind}"'
    return plan.source.problem(("kind",), found, did_you_mean(plan.facts.kind, kinds))


def _fill_in(
    generate: Callable[..., Iterable[str]], names: Mapping[str, object], file: str, folders: Sequence[Path]
) -> str:
    parts, length = [], 0
    try:
        for part in generate(**names):
            parts.append(part)
            length += len(part)
            if length > LONGEST:
                raise Mistake(f"the template writes more than {LONGEST:,} characters", "look at its loops")
    except (Mistake, MemoryError):
        raise
    except Exception as error:  # a template is a program of somebody else's: whatever it raises is a problem of its own
        raise _problem(error, file, folders) from None
    return "".join(parts)


def _problem(error: Exception, template: str, folders: Sequence[Path]) -> TemplateProblem:
    """What went wrong in a template, at the last line of a template that was being read."""
    where = _where(error, folders) or Where(template)
    if isinstance(error, TemplateNotFound):
        name = resources.RENAMED.get(str(error.name))
        remedy = f'docgen calls it "{name}"' if name else "name a file of templates/"
        return TemplateProblem([Problem(where, f'template "{error.name}" not found', remedy)])
    if isinstance(error, UnicodeDecodeError):
        return TemplateProblem([Problem(where, "is not UTF-8 text", "save the file as UTF-8 in your editor")])
    if isinstance(error, RecursionError | SyntaxError):
        return TemplateProblem([Problem(where, "is nested too deeply", "take loops and parentheses out")])
    said = str(error) or type(error).__name__
    remedy = "templates/README.md lists what a template may use"
    if not isinstance(error, TemplateError):
        remedy = "something on this line is used as what it is not, such as a number as a list"
    return TemplateProblem([Problem(where, said, remedy)])


def _where(error: BaseException, folders: Sequence[Path]) -> Where | None:
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Where(error.filename, error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f for f in frames if any(Path(f.filename).is_relative_to(folder) for folder in folders)]
    return Where(inside[-1].filename, inside[-1].lineno or 0) if inside else None
