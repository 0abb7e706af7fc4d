"""Whose plan it is, and between whom: names in a sentence, each with what it is and how it is called."""

from __future__ import annotations

import re

from docgen.importing.draft import Data
from docgen.importing.patterns import DAY
from docgen.importing.pieces import alike

ONE = re.compile(r"(?P<name>.+?)(?:, (?P<is>an? .+?))?(?: \((?:the )?\"(?P<called>[^\"]+)\"\))?")
TAIL = re.compile(r"(?i:Inc|LLC|L\.L\.C|L\.P|LP|Ltd|N\.A)\.?\b.*|an? .*")
ENDS = (
    r"(?=,? (?:is|are|was|were|shall|has|have|dated|made|entered|adopted|effective|hereby|pursuant|with|on|for|as)\b"
    r"|\.$|;|$)"
)
BETWEEN = re.compile(rf"\b(?:between|among)(?: and among)? (?P<names>.+?){ENDS}", re.IGNORECASE)
BEHIND = re.compile(
    rf"(?:,|\s|\([^()]*\)|as amended(?: and restated)?|dated(?: as of)? {DAY})*\bof (?P<names>(?-i:[A-Z]).+?){ENDS}",
    re.I,
)
OF_PLAN = re.compile(r" \((?:the |this )?[\"“][^()]*\b(?:Plan|Agreement)[\"”]\)$", re.IGNORECASE)
# What a name ends with, as those of registrants and of those who serve them do
NAME = re.compile(
    r"(?-i:[A-Z]).*\b(?:funds?|trusts?|portfolios?|series|inc|llc|l\.l\.c|l\.?p|ltd|limited|corp|corporation|company|co"
    r"|advis[eo]rs?|distributors?|management|services|group|securities|bank|n\.a)\b\.?(?: [IVX]+)?",
    re.IGNORECASE,
)


def listed(text: str, several: bool) -> list[Data]:
    """Parties in a sentence: `A, a Delaware statutory trust (the "Trust"), and B`."""
    if not several:
        return [_party(text)]
    parts: list[str] = []
    for part in re.split(r", and |(?<=\)), | and |, ", text):
        if parts and TAIL.fullmatch(part):
            parts[-1] += f", {part}"
        else:
            parts.append(part)
    return [_party(part) for part in parts]


def _party(text: str) -> Data:
    hit = ONE.fullmatch(alike(text))
    if not hit:
        return {"name": text}
    return {key: text[slice(*hit.span(key))] for key in ("name", "is", "called") if hit[key]}


def framed(text: str, title_end: int) -> dict[str, str]:
    """The parties behind `between`, or the registrants behind the agreement's name and `of`.

    None where one of them may be no name.
    """
    for hole, hit in (
        ("parties", BETWEEN.search(alike(text))),
        ("registrants", BEHIND.match(alike(text), title_end)),
    ):
        names = OF_PLAN.sub("", text[slice(*hit.span("names"))]) if hit else ""
        parties = listed(names, True) if names else []
        if parties and all(NAME.fullmatch(party["name"].removeprefix("the ")) for party in parties):
            return {hole: names} if hole == "registrants" or len(parties) > 1 else {}
    return {}
