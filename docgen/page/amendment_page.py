"""One amendment: what it says on the left, in forms or as its file; on the right what comes of it."""

from __future__ import annotations

import contextlib

from docgen.drafting import edited_text
from docgen.page import amendment_data, catalog, form_page
from docgen.page.visits import Shown, Visit
from docgen.problems import DataProblem, DocgenError, as_data


def amendment(visit: Visit) -> Shown:
    """The amendment as it stands in its file."""
    about = catalog.subject(visit)
    content = about.path.read_bytes()
    basis = visit.desk.remember(content)
    try:
        data = amendment_data.shown(visit, about, edited_text.shown(content), basis)
    except DocgenError as error:
        data = amendment_data.shown(visit, about, "", basis)
        data |= {"problems": [as_data(problem) for problem in error.problems], "editable": False}
    if data["editable"] and visit.query.get("tab") != amendment_data.TEXT:
        with contextlib.suppress(DataProblem):  # what is no YAML has no fields: it is edited as text
            data |= {**form_page.shown(visit, about, content), "tab": "changes"}
    return Shown("amendment.html", data)
