"""Finds the HTML that a parser in C would not come back from: it looks at each attribute of a tag for each other."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from docgen.problems import DataProblem, Problem, Where

MOST_ATTRIBUTES = 10_000  # which take a fifth of a second; a hundred thousand would take minutes
LONG_TAG = re.compile(r"<[^<>]{20000}")
BRACKET_IN_QUOTES = re.compile(r"=\s*(?:\"[^\"<>]*[<>]|'[^'<>]*[<>])")


class _Tags(HTMLParser):
    """Counts the attributes of each tag."""

    most = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.most = max(self.most, len(attrs))


def refuse_crowded(file: str, text: str) -> None:
    """DataProblem where a tag has more attributes than any would; looks closely only where one may."""
    if not (LONG_TAG.search(text) or BRACKET_IN_QUOTES.search(text)):
        return
    tags = _Tags()
    tags.feed(f"{text}\">'>")  # the end of a tag that has none, in quotes or not
    if tags.most > MOST_ATTRIBUTES:
        fault = f"has a tag with {tags.most:,} attributes"
        raise DataProblem([Problem(Where(file), fault, "save it again in the program that it was made with")])
