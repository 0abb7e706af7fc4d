"""Fills a template in: facts and wording become markup, and the markup becomes the tree.

Templates are written by people, so they run in Jinja's sandbox: they see plain values only, they
cannot multiply, and what they write is limited in size. Autoescape is on and an unknown name stops.
"""

from __future__ import annotations

import functools
import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from docgen.document import context, english, markup
from docgen.document.tree import Document
from docgen.facts.rows import Footnote
from docgen.facts.source import Source
from docgen.facts.workspace import AmendmentFile, PlanFolder
from docgen.problems import Problem, TemplateProblem, Where, did_you_mean, one

LONGEST = 50_000_000  # characters of markup; ten thousand portfolios take about three million
START_TAG = re.compile(r"<([A-Za-z][\w.-]*)")


class Mistake(Exception):
    """Something that a filter cannot do with what it was given; `typed` is the text of the data at fault, if any."""

    def __init__(self, found: str, remedy: str, typed: str = "") -> None:
        super().__init__(found)
        self.remedy = remedy
        self.typed = typed


class Missing(StrictUndefined):
    """A name that is not there; says which names are."""

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, str(self._undefined_name)
        if is_dataclass(owner):
            known = [field.name for field in fields(owner)]
            return f'there is no "{name}" here; {did_you_mean(name, known) or "known: " + ", ".join(known)}'
        return self._undefined_hint or f'there is no "{name}"; known: plan, amendment, schedules'


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox without the operators that make much out of little."""

    intercepted_binops = frozenset(("*", "**"))

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """Refuses what would make much out of little."""
        raise SecurityError(f"a template does not compute: {operator} is not allowed")


class Placed(Extension):
    """Gives each tag that a template writes the file and line it stands on."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Jinja's tokens, with a place in each tag of the text between its own."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", self._placed(token.value, token.lineno, stream.filename or ""))
            else:
                yield token

    def _placed(self, text: str, line: int, file: str) -> str:
        def place(found: re.Match[str]) -> str:
            at = f"{file}:{line + text.count(chr(10), 0, found.start())}"
            return f"<{found[1]} at={quoteattr(at)}"

        return START_TAG.sub(place, text)


def document(plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path]) -> Document:
    """The tree of one document of an amendment: `name` is `amendment` or `schedule`.

    The template is `<kind>/<name>.html.j2` in the first of `folders` that has it.
    """
    file, text = _markup(plan, amendment, name, folders)
    blocks = markup.read(text, file)
    registrants = (
        group.name for s in amendment.schedules if s.form.group == "Registrant" for group in s.groups if group.name
    )
    authors = [plan.facts.author] if plan.facts.author else list(dict.fromkeys(registrants)) or [plan.facts.title]
    return Document(blocks, plan.facts.language, tuple(authors), tuple(plan.facts.ascii.items()))


def markup_of(plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path]) -> str:
    """The markup that the template writes, for people to look at."""
    text = markup.PLACE.sub("", _markup(plan, amendment, name, folders)[1])
    return re.sub(r"\n\s*\n+", "\n", text).strip() + "\n"


def _markup(plan: PlanFolder, amendment: AmendmentFile, name: str, folders: Sequence[Path]) -> tuple[str, str]:
    template_name = f"{plan.facts.kind}/{name}.html.j2"
    try:
        template = environment(tuple(folders)).get_template(template_name)
    except TemplateNotFound as error:
        if error.name != template_name:
            raise _problem(error, template_name, folders) from None
        raise TemplateProblem([_no_such_kind(plan, folders)]) from None
    except TemplateError as error:
        raise _problem(error, template_name, folders) from None
    file = template.filename or template_name
    try:
        return file, _fill_in(template.generate, context.build(plan, amendment), file, folders)
    except Mistake as mistake:
        where = _typed_at(mistake.typed, amendment.source, plan.source) or Where(file)
        raise TemplateProblem(one(where, str(mistake), mistake.remedy)) from None


def _typed_at(text: str, *sources: Source) -> Where | None:
    """Where a text of the data was typed."""
    places = ((source, path) for source in sources for path, value in source.leaves() if text and value == text)
    return next((source.where(*path) for source, path in places), None)


def _no_such_kind(plan: PlanFolder, folders: Sequence[Path]) -> Problem:
    kinds = sorted({path.parent.name for folder in folders for path in folder.glob("*/*.html.j2")})
    found = f'there are no templates for "{plan.facts.kind}"'
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
    except Mistake:
        raise
    except Exception as error:  # a template is a program of somebody else's: whatever it raises is a problem of its own
        raise _problem(error, file, folders) from None
    return "".join(parts)


@functools.lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> Sandbox:
    """Where templates are looked for, and the filters that they may use."""
    made = Sandbox(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=True,
        undefined=Missing,
        extensions=[Placed],
        keep_trailing_newline=True,
    )
    made.filters.update(
        day=english.day,
        ordinal_day=english.ordinal_day,
        listed=english.listed,
        plural=english.plural,
        with_marks=with_marks,
    )
    return made


def with_marks(words: str, footnotes: Sequence[Footnote]) -> Markup:
    """The words, with the mark of each footnote that has `on` behind the first place of those words."""
    text = str(escape(words))
    for note in footnotes:
        if note.on is None:
            continue
        wanted = r"\s+".join(re.escape(str(escape(word))) for word in note.on.split())
        found = re.search(wanted, text)
        if not found:
            said = f'footnote {note.mark} is on "{note.on}", and this text has no such words'
            raise Mistake(said, "mend the words after on:", note.on)
        text = f"{text[: found.end()]}<sup>{escape(note.mark)}</sup>{text[found.end() :]}"
    return Markup(text)  # noqa: S704  # escaped above, but for the tags of the marks


def _problem(error: Exception, template: str, folders: Sequence[Path]) -> TemplateProblem:
    """What went wrong in a template, at the last line of a template that was being read."""
    where = _where(error, folders) or Where(template)
    if isinstance(error, TemplateNotFound):
        return TemplateProblem(one(where, f'there is no template "{error.name}"', "name a file of templates/"))
    said = str(error) or type(error).__name__
    remedy = "templates/README.md lists what a template may use"
    if not isinstance(error, TemplateError):
        remedy = "something on this line is used as what it is not, such as a number as a list"
    return TemplateProblem(one(where, said, remedy))


def _where(error: Exception, folders: Sequence[Path]) -> Where | None:
    if isinstance(error, TemplateSyntaxError) and error.filename:
        return Where(error.filename, error.lineno)
    frames = traceback.extract_tb(error.__traceback__)
    inside = [f for f in frames if any(Path(f.filename).is_relative_to(folder) for folder in folders)]
    return Where(inside[-1].filename, inside[-1].lineno or 0) if inside else None
