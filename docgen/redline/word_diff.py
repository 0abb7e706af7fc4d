"""Marks the words that differ between two contents: what has gone stands before what has come in its place."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from docgen.document.tree import Break, Content, Inline, Revision, Run, joined

TOKEN = re.compile(r"\s+|[\w$][^\s]*[\w%]|\S")  # white space, a word with the signs inside it, a sign
CLOSE = 0.5  # of the words, from which two contents are one that was changed
ALIKE = 0.34  # of the words, below which one content takes the other's place whole


def differing(old: Content, new: Content) -> Content:
    """One content that says both: words that only the old has are deleted, those that only the new has inserted."""
    if old == new:
        return new
    before, after = _tokens(old), _tokens(new)
    return joined(list(_parts(before, after, list(_steps(before, after)))))


def with_mark(content: Sequence[Inline], redline: Revision) -> Content:
    """The content with one mark on all of it."""
    return tuple(replace(inline, redline=redline) for inline in content)


def alike(old: Content, new: Content) -> bool:
    """Whether two contents are so much the same words that one of them is the other with changes.

    What two have at most in common is quickly told, by how often each word is there.
    """
    before, after = _words_of(old), _words_of(new)
    least = CLOSE * (len(before) + len(after)) / 2  # words that have to be the same
    if (_counts(old) & _counts(new)).total() < least:
        return False
    return SequenceMatcher(None, before, after, autojunk=False).ratio() >= CLOSE


@functools.lru_cache(maxsize=4096)  # a paragraph is held against many, again and again
def _words_of(content: Content) -> tuple[Inline, ...]:
    return tuple(_words(_tokens(content)))


@functools.lru_cache(maxsize=4096)
def _counts(content: Content) -> Counter[Inline]:
    return Counter(_words_of(content))


def _tokens(content: Content) -> list[Inline]:
    tokens: list[Inline] = []
    for inline in content:
        tokens += [Run(part) for part in TOKEN.findall(inline.text)] if isinstance(inline, Run) else [inline]
    return tokens


def _words(tokens: Sequence[Inline]) -> list[Inline]:
    return [token for token in tokens if not _is_space(token)]


def _is_space(token: Inline) -> bool:
    return isinstance(token, Break) or (isinstance(token, Run) and not token.text.strip())


Stretch = tuple[bool, int, int, int, int]  # whether the same; from where to where in the old, in the new


def _steps(before: Sequence[Inline], after: Sequence[Inline]) -> Iterator[Stretch]:
    """Stretches that are the same and stretches that differ; a space between two that differ goes with them."""
    words = max(len(_words(before)), len(_words(after)), 1)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    same = sum(len(_words(before[i : i + size])) for i, _, size in matcher.get_matching_blocks())
    if same / words < ALIKE:
        yield False, 0, len(before), 0, len(after)
        return
    codes = matcher.get_opcodes()
    for number, (tag, i, j, k, n) in enumerate(codes):
        between = 0 < number < len(codes) - 1 and not _words(before[i:j])
        yield tag == "equal" and not between, i, j, k, n


def _parts(before: Sequence[Inline], after: Sequence[Inline], steps: Sequence[Stretch]) -> Iterator[Inline]:
    """The tokens in the order in which a redline says them."""
    deleted: list[Inline] = []
    inserted: list[Inline] = []
    for same, i, j, k, n in [*steps, (True, 0, 0, 0, 0)]:
        if same:
            yield from (*with_mark(deleted, "deleted"), *with_mark(inserted, "inserted"), *after[k:n])
            deleted, inserted = [], []
        else:
            deleted += before[i:j]
            inserted += after[k:n]
