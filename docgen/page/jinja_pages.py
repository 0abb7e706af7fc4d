"""Fills the page's own templates in: with autoescape, and in an environment of their own."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from docgen import __version__
from docgen.page.visits import Shown

TEMPLATES = Path(__file__).parent / "templates"


@cache
def environment() -> Environment:
    """Jinja with the page's templates; what they print of data is text, and never HTML."""
    jinja = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    jinja.globals |= {"version": __version__, "field_id": field_id}
    return jinja


def field_id(name: str | None) -> str:
    """The id of the field of a fact: `changes-0--to`."""
    return re.sub(r"[^A-Za-z0-9]", "-", name or "")


def html(shown: Shown, form_token: str) -> str:
    """A page as HTML; `form_token` goes into each of its forms."""
    return environment().get_template(shown.template).render(shown.data, form_token=form_token)
