"""Fills the page's own templates in: with autoescape, and in an environment of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from docgen import __version__

AMENDMENT = re.compile(r"schedules/([^/]+)/amendments/([^/]+)\.yaml")
PLAN = re.compile(r"schedules/([^/]+)/plan\.yaml")
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
    jinja.globals |= {"version": __version__, "field_id": field_id, "place_of": place_of}
    return jinja


def field_id(name: str | None) -> str:
    """The id of the field of a fact: `changes-0--to`."""
    return re.sub(r"[^A-Za-z0-9]", "-", name or "")


def place_of(problem: Mapping[str, str | int | None]) -> str:
    """The address of the page where a problem can be mended, or its line be read; empty where it is of no file."""
    file, key = str(problem["file"]), str(problem["key"] or "")
    if amendment := AMENDMENT.fullmatch(file):
        return f"/plans/{amendment[1]}/{amendment[2]}" + (f"#{field_id(key)}" if key else "")
    if plan := PLAN.fullmatch(file):
        return f"/plan-text/{plan[1]}" + (f"#line-{problem['line']}" if problem["line"] else "")
    if not file.startswith(("schedules/", "templates/")):
        return ""
    return f"/source?{urlencode({'file': file})}" + (f"#line-{problem['line']}" if problem["line"] else "")


def html(template: str, data: Mapping[str, object], form_token: str) -> str:
    """A page as HTML; `form_token` goes into each of its forms."""
    return environment().get_template(template).render(data, form_token=form_token)
