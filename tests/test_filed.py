"""Real exhibits drafted from data: every fact that a survey kept of a filed exhibit is found in what docgen makes.

The facts of an exhibit stand beside its data in cases/filed: 002.json beside 002.yaml. The words are read from the
HTML; building has proved that text, PDF and Word say the same. What cannot be found yet is in GAPS, with the reason.
"""

from __future__ import annotations

import datetime
import functools
import json
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.consolidation import compare
from docgen.document.tree import Paragraph
from docgen.model import english
from docgen.problems import errors
from docgen.workspace.select import Selection
from docgen.writers import WRITERS
from tests.conftest import FILED, ROOT, filed_cases

CASES = sorted(FILED.glob("*/amendments/*.json"))
GAPS = {("goldman-annex-a/2017", "footnotes"): "the survey has three of seven notes, and no note's text"}
REMARKS = (  # the survey's own words, none of the exhibit's
    "plan of one named registrant",
    "compensation plan (rates on the schedule)",
    "six issuers named in the title",
)
GENERAL = ("all classes", "several", "matrix of nine classes")  # what the survey says in place of classes
MEANT = {"AC Alternative Long-Short Fund [sic]": "AC Alternatives Long-Short Fund"}  # slips are typed as they are meant
Facts = dict[str, Any]
Find = Callable[[Facts, "Exhibit"], list[str]]


@dataclass(frozen=True)
class Exhibit:
    """What one paper says, as read back from its HTML."""

    words: str  # the first document, then the schedule alone
    first: str  # the first document: the amendment, or the schedule where there is no more
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # of its tables, cell by cell
    roles: tuple[str, ...]  # of the paragraphs of the first document


@functools.cache
def checked() -> Selection:
    with tempfile.TemporaryDirectory() as folder:
        return chosen(filed_cases(Path(folder)).root)


@functools.cache
def exhibit(name: str) -> Exhibit:
    (paper,) = [paper for paper in checked().papers if paper.name == name]
    files = produce.files(paper, list(WRITERS))
    pages = [lxml.html.fromstring(files[f"{document}.htm"].decode("ascii")) for document in paper.documents()]
    texts = [said(page.find("body").text_content()) for page in pages]
    headings = tuple(said(heading.text_content()) for page in pages for heading in page.iter("h1", "h2"))
    lines = [row for page in pages for row in page.iter("tr")]
    rows = tuple(tuple(said(cell.text_content()) for cell in line.iter("th", "td")) for line in lines)
    blocks = produce.document(paper, paper.documents()[0]).blocks
    roles = tuple(block.role for block in blocks if isinstance(block, Paragraph))
    return Exhibit(" ".join(texts), texts[0], headings, rows, roles)


def said(text: str) -> str:
    """The text in small letters, with plain quotation marks and single spaces."""
    return " ".join(text.replace("’", "'").replace("“", '"').replace("”", '"').split()).casefold()


def without(words: str, wanted: list[str]) -> list[str]:
    """Those of the texts that the words do not have."""
    return [text for text in wanted if said(text) not in words]


def is_said(words: str, day: str) -> bool:
    """Whether a day is written in one of the ways that exhibits write it."""
    value = datetime.date.fromisoformat(day)
    return any(said(way) in words for way in (english.day(value), english.ordinal_day(value)))


def title(facts: Facts, exhibit: Exhibit) -> list[str]:
    whole = facts["agreement_title"]
    return [] if said(whole) in exhibit.words else without(exhibit.words, whole.split(", "))


def number(facts: Facts, exhibit: Exhibit) -> list[str]:
    found = facts["amendment_number"]
    printed = f"[{found}]" if facts["status"].startswith("bracketed number") else found
    return without(exhibit.words, [f"amendment no. {printed}"]) if found else []


def share_class(facts: Facts, exhibit: Exhibit) -> list[str]:
    named = facts["share_class"] if facts["share_class"] not in GENERAL else None
    each = re.split(", | and ", named) if named else []
    return without(exhibit.words, [name if " " in name else f"class {name}" for name in each])


def qualifiers(facts: Facts, exhibit: Exhibit) -> list[str]:
    return without(exhibit.words, [text for text in facts["qualifiers"] if text not in REMARKS])


def dates(facts: Facts, exhibit: Exhibit) -> list[str]:
    wanted = [facts[key] for key in ("plan_date", "effective_date", "plan_restated_date") if facts.get(key)]
    wanted += facts.get("prior_amendments", []) + facts.get("agreement_restated_dates", [])
    return [day for day in wanted if not is_said(exhibit.words, day)]


def dated(facts: Facts, exhibit: Exhibit) -> list[str]:
    day = facts["dated"] and f"Dated: {english.day(datetime.date.fromisoformat(facts['dated']))}"
    return without(exhibit.words, [day]) if day else []


def header(facts: Facts, exhibit: Exhibit) -> list[str]:
    return without(exhibit.words[:60], [facts["form"]["exhibit_header"] or ""])


def heading(facts: Facts, exhibit: Exhibit) -> list[str]:
    remarks = r"\(no 'to the', no .*\)|of the registrant|with respect to the plan|, once per class"
    remarks += r"| - the 'Schedule A to' lines are absent|\(unnamed schedule .*\)|(?<=as of) the date"
    named = re.sub(remarks, "", facts["schedule_title"] or "")
    parts = re.split(r" / |; |: | and (?=Schedule)|,? to (?:the )?(?=[A-Z])|\(|\)", named)
    return without(exhibit.words, [part for part in parts if part.strip()])


def columns(facts: Facts, exhibit: Exhibit) -> list[str]:
    cells = " | ".join(text for row in exhibit.rows for cell in row for text in (cell, re.sub(r"[*\d]+$", "", cell)))
    return without(cells, facts["columns"])


def groups(facts: Facts, exhibit: Exhibit) -> list[str]:
    return without(exhibit.words, [group["registrant"] for group in facts["groups"] if group["registrant"]])


def rows(facts: Facts, exhibit: Exhibit) -> list[str]:
    """A row has its cells beside one another; the row of a class stands under its fund's."""
    missing, flat = [], [tuple(cell for cell in row if cell) for row in exhibit.rows]
    for row in (row for group in facts["groups"] for row in group["rows"]):
        fund, _, its_class = row["name"].rpartition(" / ")
        marks = "".join(f" {mark}" if mark.startswith("(") else mark for mark in row["marks"])
        own = (said((its_class if fund else row["name"]) + marks), *map(said, row["values"]))
        own = tuple(cell for cell in own if cell)
        below = flat[flat.index((said(fund),)) :] if fund and (said(fund),) in flat else flat
        beside_group = [found[-len(own) :] for found in below]
        once = facts["groups"][0]["label"] == "one rate line for all funds"
        if own not in beside_group and not (once and fund):
            missing.append(row["name"])
    return missing


def changes(facts: Facts, exhibit: Exhibit) -> list[str]:
    """What the exhibit says of its changes: the names, the words of the text, the days of their own."""
    stated = [change for change in facts["changes"] if change.get("stated", True) not in (False, "generically")]
    keys = ("name", "into", "from", "to", "section", "column", "to_registrant", "registrant", "reason")
    names = [change[key] for change in stated for key in keys if key in change]
    days = [change[key] for change in stated for key in ("effective", "retroactive_to") if key in change]
    names = [MEANT.get(name, re.sub(r"Fund \[sic\]$| - $", "", name)) for name in names]
    classes = [f"{change['share_class']} Shares of" for change in stated if "share_class" in change]
    return without(exhibit.first, names + classes) + [day for day in days if not is_said(exhibit.first, day)]


def generic_changes(facts: Facts, exhibit: Exhibit) -> list[str]:
    """Changes by a rule: the recital has the words that go and come, the schedule the new name."""
    by_rule = [change for change in facts["changes"] if change.get("stated") == "generically"]
    sides = [[change[key].replace("(", "").replace(")", "").split() for key in ("from", "to")] for change in by_rule]
    words = [f"“{word}”" for old, new in sides for word in {*old} ^ {*new}]
    return without(exhibit.first, words + [change["to"] for change in by_rule])


def moves(facts: Facts, exhibit: Exhibit) -> list[str]:
    """The recital has the fund and the registrant that it moves to in one phrase."""
    moved = [change for change in facts["changes"] if change["kind"] == "move"]
    return without(exhibit.first, [f"{change['name']} to the Registrant {change['to_registrant']}" for change in moved])


def unstated_changes(facts: Facts, exhibit: Exhibit) -> list[str]:
    """What only the schedule shows: who came, who is gone."""
    quiet = [change for change in facts["changes"] if change.get("stated") is False]
    come = [change.get("to") or change["name"] for change in quiet if change["kind"] in ("add", "rename_registrant")]
    gone = [change["name"] for change in quiet if change["kind"].startswith("remove")]
    return without(exhibit.words, come) + [name for name in gone if said(name) in exhibit.words]


def signatures(facts: Facts, exhibit: Exhibit) -> list[str]:
    told, found = facts["signatures"], exhibit.roles.count("signature")
    wrong = [f"{told['count']} blocks, not {found}"] if told["count"] not in (None, found) else []
    signs = {"attest": "attest:", "seal": "(seal)", "conformed": "/s/"}
    return wrong + [sign for key, sign in signs.items() if told.get(key) and sign not in exhibit.words]


def footnotes(facts: Facts, exhibit: Exhibit) -> list[str]:
    found = exhibit.roles.count("footnote")
    return [] if found == facts["footnotes_count"] else [f"{facts['footnotes_count']} notes, not {found}"]


RECITALS = {
    "WHEREAS": "whereas",
    "full contract recitals": "in consideration of the premises",
    "WHEREAS with a numbered list": "1) ",
}
OPERATIVE = {
    "schedule deleted and replaced with the following": "replaced with the following",
    "schedule deleted and replaced with an attached schedule": "attached hereto",
    "schedule replaced by an attached one": "attached hereto",
    "text of the body amended": "replac",
    "text of the body amended by one more paragraph": "is hereby added to",
}


def recital(facts: Facts, exhibit: Exhibit) -> list[str]:
    form = facts["form"]["recital"]
    if form == "none":
        return ["no recital"] if "whereas" in exhibit.first else []
    return without(exhibit.first, [RECITALS[form]] if form in RECITALS else [])


def operative(facts: Facts, exhibit: Exhibit) -> list[str]:
    adds = any("paragraph added" in change.get("note", "") for change in facts["changes"])
    forms = [form + " by one more paragraph" * adds for form in facts["form"]["operative"]]
    wrong = without(exhibit.first, [OPERATIVE[form] for form in forms if form in OPERATIVE])
    alone = {"no operative clause", "restated schedule filed alone, no amending instrument"} & set(forms)
    return wrong + (["no operative clause"] if alone and "is hereby deleted" in exhibit.first else [])


def quotes(facts: Facts, exhibit: Exhibit) -> list[str]:
    opened = any(heading.startswith('"') for heading in exhibit.headings)
    wanted = {"opening": True, "no": False}.get(facts["form"]["quotes"].split(" ")[0], opened)
    return [] if opened == wanted else [facts["form"]["quotes"]]


def terms(facts: Facts, exhibit: Exhibit) -> list[str]:
    told = facts["form"]["remaining_terms"] or "?"
    if not told.startswith("he"):
        return []
    word, place = told.split(", ")
    clause = f"not amended {word} shall remain in full force and effect"
    at, schedule = exhibit.first.find(clause), exhibit.first.rfind(said(facts["schedule_title"].split(" ")[0]) + " a")
    if at < 0:
        return [clause]
    return [] if (at > schedule) == place.startswith("after") or "signatures" in place else [place]


FACTS: tuple[Find, ...] = (
    title, number, share_class, qualifiers, dates, dated, header, heading, columns, groups, rows, changes,
    generic_changes, moves, unstated_changes, signatures, footnotes, recital, operative, quotes, terms,
)  # fmt: skip


def named(case: Path) -> str:
    return f"{case.parents[1].name}/{case.stem}"


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES, ids=named)
@pytest.mark.parametrize("find", FACTS, ids=lambda find: find.__name__)
def test_every_fact_is_in_the_exhibit(case: Path, find: Find, request: pytest.FixtureRequest) -> None:
    reason = GAPS.get((named(case), find.__name__))
    if reason:
        request.applymarker(pytest.mark.xfail(strict=True, reason=reason))
    assert find(json.loads(case.read_text(encoding="utf-8")), exhibit(named(case))) == []


@pytest.mark.seconds
def test_the_data_has_no_problem_that_nobody_accepted() -> None:
    assert [str(problem) for problem in checked().problems] == []
    assert not errors(checked().problems)


def test_real_schedules_are_compared_and_applied_both_ways() -> None:
    pairs = 0
    for amendment in (paper.amendment for paper in checked().papers):
        after = {schedule.name: schedule for schedule in amendment.after}
        for old in amendment.before:
            new = after[old.name]
            steps = compare.compare(old, new)
            assert compare.apply_all(old, steps) == new
            assert compare.apply_all(new, compare.compare(new, old)) == old
            assert compare.compare(new, new) == ()
            pairs += old != new
    assert pairs > 10


def test_the_guide_counts_them() -> None:
    guide = (ROOT / "docs/limits.md").read_text(encoding="utf-8")
    gaps = len({case for case, _ in GAPS})
    assert f"{len(CASES)} filed exhibits" in guide
    assert f"{len(CASES) - gaps} of them with every fact" in guide
