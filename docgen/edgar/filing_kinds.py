"""Which kinds of file EDGAR takes by which names, and what to do about any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from docgen.files.file_kinds import HTML, PDF, WIDE, WORD, misnamed, of

OWN: Mapping[str, str] = {".txt": "", ".htm": HTML, ".html": HTML, ".pdf": PDF}
GRAPHICS: Mapping[str, str] = {".jpg": "a JPEG image", ".gif": "a GIF image"}
REMEDIES: Mapping[str, str] = {
    PDF: "name it .pdf, or name another file",
    HTML: "name it .htm, or name another file",
    WORD: "name the .txt, .htm or .pdf that is to be filed",
    "a PNG image": "save it as .jpg or .gif, and name it with the .htm that shows it",
    "a JPEG image": "name it .jpg, and with the .htm that shows it",
    WIDE: "save it as plain text, in ASCII",
}


def wrong(name: str, data: bytes, pages: bool) -> Iterator[tuple[str, str]]:
    """What a file to be filed is in place of what EDGAR takes by such a name, and what to do; nothing where it is that.

    `pages` says whether an .htm is filed with it, which may show a .jpg or a .gif.
    """
    suffix, kind = PurePath(name).suffix.lower(), of(data)
    if suffix in OWN:
        if kind not in ("", OWN[suffix]):
            yield misnamed(kind), REMEDIES.get(kind, REMEDIES[WORD])
    elif kind in (PDF, HTML):
        yield misnamed(kind), REMEDIES[kind]
    elif suffix not in GRAPHICS or kind != GRAPHICS[suffix]:
        fault = f"is {kind}, which EDGAR does not take" if kind else "is no .txt, .htm or .pdf file"
        yield fault, REMEDIES.get(kind, REMEDIES[WORD])
    elif not pages:
        yield f"is {kind}, which EDGAR takes only beside an .htm that shows it", "name the .htm with it"
