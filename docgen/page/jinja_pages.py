"""Fills the page's own templates in: with autoescape, and in an environment of their own."""

from __future__ import annotations

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
    jinja.globals["version"] = __version__
    return jinja


def html(shown: Shown, form_token: str) -> str:
    """A page as HTML; `form_token` goes into each of its forms."""
    return environment().get_template(shown.template).render(shown.data, form_token=form_token)
