"""Jinja shut in: a template sees plain values and may say, choose and repeat them; nothing else.

It has no globals, a short list of filters and tests, no methods, no multiplication and no files
outside its folders; an unknown name stops it. Every tag that it writes carries its file and line.
"""

from __future__ import annotations

import functools
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from pathlib import Path

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.loaders import split_template_path
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from docgen.document.schedule_context import FootnoteView
from docgen.model import english
from docgen.problems import did_you_mean

START_TAG = re.compile(r"<([A-Za-z][\w.-]*)")
TAG = re.compile(r"(<[^>]*>)")
FILTERS = (
    "upper", "lower", "capitalize", "title", "trim", "join", "length", "count", "first", "last", "default", "replace",
)  # fmt: skip
LISTS = (list, tuple, dict, set)
TESTS = ("defined", "none", "divisibleby", "even", "odd", "eq", "equalto", "==", "ne", "!=", "in", "true", "false")


class Mistake(Exception):
    """Something that a filter cannot do with what it was given; `typed` is the text of the data at fault, if any."""

    def __init__(self, fault: str, remedy: str, typed: str = "") -> None:
        super().__init__(fault)
        self.remedy = remedy
        self.typed = typed


class Missing(StrictUndefined):
    """A name that is not there; says which names are."""

    @property
    def _undefined_message(self) -> str:
        owner, name = self._undefined_obj, str(self._undefined_name)
        if is_dataclass(owner):
            known = [field.name for field in fields(owner)]
            return f'"{name}" not found here; {did_you_mean(name, known) or "known: " + ", ".join(known)}'
        return self._undefined_hint or f'"{name}" not found; known: plan, amendment, form, schedules, text'


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja's sandbox, narrower: the parts of docgen's own views, loops and imported macros; no methods at all."""

    intercepted_binops = frozenset(("*", "**", "%"))

    def getattr(self, obj: object, attribute: str) -> object:  # Jinja's signature
        """What a template sees as `obj.attribute`; what is no part of a view takes Jinja's longer way."""
        kind: type = type(obj)
        return getattr(obj, attribute) if attribute in _parts(kind) else super().getattr(obj, attribute)

    def call(self, context: Context, called: object, /, *args: object, **kwargs: object) -> object:
        """A call in a template; a macro's goes to it directly, with no more than the context's way of escaping."""
        if type(called) is not Macro:
            return super().call(context, called, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return called(context.eval_ctx, *args, **kwargs)

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:  # Jinja's signature
        """Whether a template may say `obj.attr`."""
        kind: type = type(obj)
        if attr in _parts(kind):
            return True
        return isinstance(obj, LoopContext | TemplateModule) and not attr.startswith("_")

    def wrap_str_format(self, value: object) -> None:
        """Leaves `"...".format` to `is_safe_attribute`, which refuses it."""
        return

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:
        """Refuses what would make much out of little."""
        raise SecurityError(f"a template does not compute: {operator} is not allowed")


@functools.cache
def _parts(kind: type) -> frozenset[str]:
    """What a view of this kind is made of, or a loop; nothing for what is neither."""
    if kind is LoopContext:
        return frozenset(name for name in dir(LoopContext) if not name.startswith("_"))
    return frozenset(field.name for field in fields(kind)) if is_dataclass(kind) else frozenset()


class Folders(BaseLoader):
    """Finds templates in the first folder that has them; a link that leads out of its folder is not there."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self.folders = [folder.resolve() for folder in folders]

    def get_source(
        self,
        environment: Environment,
        template: str,  # Jinja's signature
    ) -> tuple[str, str, Callable[[], bool]]:
        """The template's text and path, and whether it is still as it was read."""
        for folder in self.folders:
            path = folder.joinpath(*split_template_path(template))
            if path.is_file() and path.resolve().is_relative_to(folder):
                return _read(path)
        raise TemplateNotFound(template)


def _read(path: Path) -> tuple[str, str, Callable[[], bool]]:
    stamp = _stamp(path)
    return path.read_text(encoding="utf-8-sig"), str(path), lambda: _stamp(path) == stamp


def _stamp(path: Path) -> int:
    """When a template was last written; 0 when it is no longer there."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


class Placed(Extension):
    """Gives each tag that a template writes the file and line it stands on."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Jinja's tokens, with a place in each tag of the text between its own."""
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", with_places(token.value, token.lineno, stream.filename or ""))
            else:
                yield token


def with_places(text: str, line: int, file: str) -> str:
    """A piece of markup that begins on a line of a file, each tag with its place."""

    def place(match: re.Match[str]) -> str:
        at = f"{file}:{line + text.count(chr(10), 0, match.start())}"
        return f'<{match[1]} at="{html.escape(at)}"'

    return START_TAG.sub(place, text)


@functools.lru_cache(maxsize=8)
def environment(folders: tuple[Path, ...]) -> Sandbox:
    """Where templates are looked for, and all that they may use."""
    made = Sandbox(
        loader=Folders(folders),
        autoescape=True,
        undefined=Missing,
        optimized=False,  # working constants out beforehand takes longer than it saves
        finalize=_as_text,
        extensions=[Placed],
        keep_trailing_newline=True,
    )
    made.globals.clear()
    made.filters = {name: made.filters[name] for name in FILTERS} | {
        "upper": english.upper,
        "sentence": english.sentence,
        "each_of": english.each_of,
        "with_a": english.with_a,
        "with_article": english.with_article,
        "lines": english.balanced,
        "day": english.day,
        "ordinal_day": english.ordinal_day,
        "with_day": english.with_day,
        "listed": english.listed,
        "plural": english.plural,
        "with_marks": with_marks,
    }
    made.tests = {name: made.tests[name] for name in TESTS}
    return made


def _as_text(value: object) -> object:
    """What `{{ value }}` writes; a list is for a loop, or for `join`."""
    if type(value) is not str and isinstance(value, LISTS):
        raise Mistake("a list stands where a text has to", "write its entries with a loop, or with | join")
    return value


def with_marks(words: str, footnotes: Sequence[FootnoteView]) -> Markup:
    """The words, with the mark of each footnote that has `on` behind the first place of those words."""
    parts = TAG.split(str(escape(words)))
    for note in footnotes:
        if note.on and not any(_mark(parts, number, note) for number in range(0, len(parts), 2)):
            fault = f'footnote {note.mark} is on "{note.on}", and this text has no such words'
            raise Mistake(fault, "fix the words after on:", note.on)
    return Markup("".join(parts))  # noqa: S704  # escaped above, but for the tags of the marks


def _mark(parts: list[str], number: int, note: FootnoteView) -> bool:
    """Puts a footnote's mark behind its words where this piece of text has them."""
    if number and parts[number - 1].startswith("<sup"):
        return False
    text = html.unescape(parts[number])
    match = re.search(r"\s+".join(re.escape(word) for word in note.on.split()), text)
    if match:
        before, after = str(escape(text[: match.end()])), str(escape(text[match.end() :]))
        parts[number : number + 1] = [before, "<sup>", str(escape(note.mark)), "</sup>", after]
    return bool(match)
