"""A Word file that somebody sent back, as mammoth reads it once it is plain: its body as HTML with roles."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import mammoth
from lxml import etree
from lxml import html as lxml_html

from docgen.document import roles
from docgen.document.tree import Reviser
from docgen.files import ooxml
from docgen.problems import DataProblem, Problem, Where
from docgen.readers import word_file, word_hidden, word_plain, word_tracked
from docgen.readers.returned import Acceptance, TrackedChange
from docgen.readers.word_file import W, WordFile

SEEN = "set it as words that can be seen, or take it out, and save the file again"
MOST_FAULTS = 20  # of one kind that are worth a line each
APART = "put the words into the file itself, and save it again"
TABLE_IN_TABLE = "has a table inside a table"


@dataclass(frozen=True)
class ReturnedPage:
    """The body of a file as HTML with roles, its letters, its tracked changes, remarks, what its margins say; of each
    letter who changed it, where anybody did."""

    body: Any
    letters: str
    tracked: tuple[TrackedChange, ...]
    remarks: tuple[str, ...]
    margins: tuple[str, ...]
    revisers: tuple[Reviser | None, ...]


def page(file: str, parts: Mapping[str, bytes], acceptance: Acceptance) -> ReturnedPage:
    """What a Word file says, with its tracked changes read so; DataProblem where that cannot be told for certain."""
    word = word_file.opened(file, parts)
    styles = word_hidden.styles(word.styles)
    roots = (word.root, *word.footnotes.values(), *word.endnotes.values())
    if faults := [fault for root in roots for fault in word_plain.refused(root)]:
        raise DataProblem(Problem(Where(file), fault, APART) for fault in faults[:MOST_FAULTS])
    for root in roots:
        word_plain.take_choices(root)
        word_tracked.mark_strikes(root, lambda run: word_hidden.is_struck(run, styles))
    tracked = tuple(change for root in (*roots, *word.margins) for change in word_tracked.tracked(root))
    for root in (*roots, *word.margins):
        word_tracked.settled(root, acceptance.accepts)
    remarks = (*word_plain.plain(word, word.root, styles), *word_plain.of_margins(word.margins))
    _refuse(file, word, styles)
    texts = [(text, "".join((text.text or "").split())) for text in word.root.iter(f"{W}t")]
    letters = "".join(piece for _, piece in texts)
    revisers = (reviser for text, piece in texts for reviser in [word_tracked.reviser(text)] * len(piece))
    margins = tuple(text for part in word.margins if (text := word_file.words(part)))
    return ReturnedPage(_html(word), letters, tracked, remarks, margins, tuple(revisers))


def _refuse(file: str, word: WordFile, styles: word_hidden.StyleLooks) -> None:
    faults = [Problem(Where(file), fault, SEEN) for fault in dict.fromkeys(word_hidden.hidden(word.root, styles))]
    for table in word.root.iterfind(f".//{W}tbl//{W}tbl"):
        fault = f'{TABLE_IN_TABLE}: "{word_file.words(table)[:60]}"'
        faults.append(Problem(Where(file), fault, "put its rows into the table around it, or beside it"))
    if faults:
        raise DataProblem(faults[:MOST_FAULTS])


def _html(word: WordFile) -> Any:
    """The body as mammoth reads it, of a file that has nothing but it and the styles, where mammoth looks for them."""
    styles = [
        *((role, name) for role, name in roles.PARAGRAPHS.items() if role),
        *((role, cell.word) for role, cell in roles.CELLS.items()),
    ]
    lines = [f"p[style-name='{name}'] => {_tag(role)}:fresh" for role, name in styles]
    style_map = "\n".join([*lines, f"r[style-name='{roles.MARK}'] => sup", "p => p:fresh"])
    members = {"word/document.xml": etree.tostring(word.root)}
    if word.styles:
        members |= {"word/styles.xml": word.styles}
    file = io.BytesIO(ooxml.pack(members))
    text = mammoth.convert_to_html(file, style_map=style_map, include_default_style_map=False).value
    return lxml_html.fragment_fromstring(text, create_parent=True)


def _tag(role: str) -> str:
    """A paragraph or heading with its role, for mammoth: `p.recital`, `h1.title`; a role of two words joins them."""
    return f"{roles.HEADINGS.get(role, 'p')}.{role_class(role)}"


def role_class(role: str) -> str:
    """A role as the class of an element."""
    return role.replace(" ", "-")
