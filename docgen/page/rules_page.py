"""What the rules say of a text that is not saved: the same as a load of the workspace with it would."""

from __future__ import annotations

from docgen.page import catalog, editing, form_edits, form_page, previews
from docgen.page.jinja_pages import field_id
from docgen.page.visits import Shown, Visit
from docgen.problems import DocgenError, as_data


def rules(visit: Visit) -> Shown:
    """The problems that the rules have with what is typed, under their fields and in a list."""
    about = catalog.subject(visit)
    try:
        data = editing.text_of(visit, about) if "text" in visit.fields else form_page.file_of(visit, about)
    except DocgenError:
        return Shown(
            "rules.html", {"problems": [], "fields": [], "by_lines": False, "file": ""}
        )  # the check says why there is no text
    problems = form_edits.with_keys(previews.of_rules(visit.snapshot, about.file, data), about.file, data)
    places = [(field_id(form_page.place_of(problem)), problem) for problem in problems if problem.key]
    fields = [{"id": place, **as_data(problem)} for place, problem in places if problem.where.file == about.file]
    by_lines = "text" in visit.fields
    data_of_page = {
        "problems": [as_data(problem) for problem in problems],
        "fields": fields,
        "by_lines": by_lines,
        "file": about.file,
    }
    return Shown("rules.html", data_of_page)
