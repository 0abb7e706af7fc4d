"""Which names change: a recital has two names side by side, or words that all names change; or a person tells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.problems import fold_signs

BULK = re.compile(r'(?:change|changed|changing)[^";]* "([^"]+)" to "([^"]+)"')
CALLED = r"(?:to|as|renamed|redesignated|retitled|called|named|known)"
BESIDE = (
    r"(?:is|are|was|were|has|have|had|been|be|being|will|shall|hereby|changes?|changed|its|their|the|name|names|from)"
)
BECOMES = rf",?(?: {BESIDE})* {CALLED}(?: (?:{CALLED}|{BESIDE}))* "
FORMERLY = r",? \(?(?:formerly|previously|f/k/a)(?: (?:known|named|called|designated))?(?: as)?(?: the)? "
WORD = r"[A-Z0-9][\w&'./-]*"
NAME = rf"{WORD}(?:,? (?:{WORD}|\([^()]+\)|&|of|the|and|for|in))*"


def is_renamed(old: str, new: str, recital: str) -> bool:
    """Whether a recital says that a name changes to another: both side by side, or by words that all names change."""
    former, latter, words = fold_signs(old), fold_signs(new), recital.replace('"', "")
    if "New Name" in recital and f"{former} {latter}" in words:
        return True
    side_by_side = (former, BECOMES, latter), (latter, FORMERLY, former)
    if any(re.search(rf"\b{re.escape(a)}{link}{re.escape(b)}(?!\w)", words) for a, link, b in side_by_side):
        return True
    return any(by_words(former, latter, *pair) for pair in BULK.findall(recital))


def by_words(old_name: str, new_name: str, old: str, new: str) -> bool:
    """Whether a name becomes another when words in it give way to others."""
    return old != old_name and old in old_name and old_name.replace(old, new) == new_name


def former(name: str, recital: str, renamed: Mapping[str, str]) -> Iterator[str]:
    """What a name may have been before, by a recital and by what a person told: old to new."""
    words = recital.replace('"', "")
    for before, behind in ((rf"({NAME}){BECOMES}", r"(?!\w)"), (r"\b", rf"{FORMERLY}({NAME})")):
        yield from (hit[1] for hit in re.finditer(f"{before}{re.escape(name)}{behind}", words))
    for old, new in (*renamed.items(), *BULK.findall(recital)):
        if new in name:
            yield name.replace(new, old)
