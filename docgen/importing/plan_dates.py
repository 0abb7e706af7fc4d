"""The plan's date with the words around it, read by what the templates write for each key of `dated:`."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Any

from docgen.importing import draft, english_words, pattern_cache, patterns
from docgen.importing.patterns import DAY
from docgen.importing.pieces import alike
from docgen.problems import DocgenError

KEPT = "dates"  # the name under which they are
DATE, OTHERS = "1955-06-07", ("1956-07-08", "1957-08-09", "1958-09-10")
DAYS = rf"{DAY}(?:(?:;|,)? (?:and )?{DAY})*"
FLAGS = {"as_subsequently_amended": "true"}
SINGLE = ("to_be_effective", "restated", "amended_effective")
LISTS = ("amended", "amended_and_restated")


@functools.lru_cache(maxsize=8)
def fragments(kind: str, folders: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """What the templates put behind a plan's date for each key, as patterns in the order in which they stand."""
    entries = pattern_cache.entries(KEPT, kind, folders)
    if entries is not None:
        return tuple((key, pattern) for key, pattern in entries)
    compiled = _compiled(kind, folders)
    pattern_cache.keep(KEPT, kind, folders, compiled)
    return compiled


def _compiled(kind: str, folders: tuple[Path, ...]) -> tuple[tuple[str, str], ...]:
    """The same, rendered."""
    result = []
    keys: dict[str, Any] = {**dict.fromkeys(SINGLE, OTHERS[0]), **FLAGS, **{key: list(OTHERS) for key in LISTS}}
    base = _phrase(kind, {"date": DATE}, folders)
    everything = _phrase(kind, {"date": DATE, **keys}, folders)
    for key, value in keys.items():
        phrase = _phrase(kind, {"date": DATE, key: value}, folders)
        if base and phrase.startswith(base) and phrase != base:
            result.append((everything.find(phrase[len(base) :]), key, phrase[len(base) :]))
    return tuple((key, _pattern(key, text)) for _, key, text in sorted(result))


def _phrase(kind: str, dated: dict[str, Any], folders: tuple[Path, ...]) -> str:
    """What the opening says of a plan that is dated so."""
    plan = {"title": "Qxtitle", "kind": kind, "term": "Qxterm", "dated": dated, "schedule": [{}]}
    amendment = {"number": "77", "effective": "1951-02-03", "restate": [{"rows": ["Qxrow"]}]}
    try:
        tree = draft.tree(draft.paper(plan, amendment, folders))
    except DocgenError:
        return ""
    openings = [pattern for pattern in patterns.of_kind(kind, folders) if pattern.role == "opening"]
    for role, text in draft.paragraphs(tree):
        hit = [(p.weight, facts["dated"]) for p in openings if (facts := p.match(text)) and "dated" in facts]
        if role == "opening" and hit:
            return alike(max(hit)[1])
    return ""


def _pattern(key: str, text: str) -> str:
    before = re.split(DAY, text)[0]
    holes = "" if key in FLAGS else DAYS if key in LISTS else DAY
    return f"(?P<{key}>{re.escape(before)}{holes})"


def dated(phrase: str, kind: str, folders: tuple[Path, ...]) -> dict[str, Any]:
    """The data of `dated:` for a phrase; what no key says stands under `then`."""
    text = alike(phrase)
    parts = fragments(kind, folders)
    behind = "".join(f"{pattern}?" for _, pattern in parts)
    hit = re.fullmatch(rf"(?P<phrase>.+?) (?P<date>{DAY})(?P<then>.*?){behind}", text, re.IGNORECASE)
    if not hit:
        return {"then": phrase}
    data: dict[str, Any] = {"phrase": hit["phrase"], "date": english_words.day(hit["date"])}
    if not data["date"]:
        return {"then": phrase}
    if hit["then"]:
        data["then"] = hit["then"].removeprefix(",").strip()
    for key, _ in parts:
        if hit[key] is not None:
            listed = english_words.days(hit[key])
            data[key] = "true" if key in FLAGS else listed if key in LISTS else listed[0]
    if data["phrase"] == "dated as of":
        del data["phrase"]
    return data
