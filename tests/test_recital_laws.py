"""The law of recitals: what differs is named once, nothing else is named, and the text reads back into the changes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from docgen.consolidation import lineage
from docgen.consolidation.fold import Draft, Past, amended
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document import recital
from docgen.document.jinja_sandbox import environment
from docgen.model import validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.schedule import Schedule
from tests import making
from tests.test_changes import LAWS

ROWS = [f"{word} Fund" for word in ("Alpha", "Beta", "Core", "Delta", "Equity", "Growth")]
NEW = [f"{word} Series" for word in ("Xenon", "Yttrium", "Zinc", "Argon")]
GROUPS = ["FIRST TRUST", "SECOND TRUST", "THIRD TRUST"]
BRIEF = "FOURTH TRUST"
WITHOUT = "Alpha Fund"  # has no Fee A
PLAN: making.Data = {
    "title": "P",
    "kind": "distribution-plan",
    "schedule": {"columns": {key: {"heading": f"Fee {key.upper()}", "holds": "rate"} for key in "ab"}},
}


def change(draw: st.DrawFn) -> making.Data:
    """One change, as it is typed; whether it can be is the fold's to say."""
    row, new = draw(st.sampled_from(ROWS)), draw(st.sampled_from(NEW))
    group, rate = draw(st.sampled_from(GROUPS)), draw(st.sampled_from(["0.10%", "0.20%", "0.30%", "None"]))
    return draw(
        st.sampled_from(
            [
                {"add": new, "to": group, "a": rate, "b": "0.50%"},
                {"add": new, "to": BRIEF, "new_group": "true", "a": rate, "b": "0.50%"},
                {"remove": row},
                {"remove": row, "reason": "liquidated"},
                {"remove": row, "into": draw(st.sampled_from(ROWS))},
                {"rename": row, "to": f"Renamed {new}"},
                {"move": row, "to": group},
                {"move": row, "to": BRIEF, "new_group": "true"},
                {"set": row, "a": rate},
                {"set": row, "a": rate, "b": rate},
                {"rename_group": group, "to": f"RENAMED {group}"},
                {"remove_group": group},
                {"add_group": "FIFTH TRUST", "rows": [{"name": new, "a": rate, "b": rate}]},
            ]
        )
    )


@dataclass(frozen=True)
class Case:
    """An amendment as it was applied to a schedule, and what its recital says."""

    before: Schedule
    after: Schedule
    changes: list[making.Data]
    phrases: list[str]

    @property
    def text(self) -> str:
        """All phrases."""
        return "; ".join(self.phrases)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Amendments of one to six changes that can be, and that name no row by two of its names."""
    names = draw(st.permutations(ROWS))
    rows = [{"name": name, "a": "None"} if name == WITHOUT else name for name in names]
    groups = [{"name": g, "rows": rows[n * 2 : n * 2 + 2]} for n, g in enumerate(GROUPS)]
    restate = {"values": {"a": "0.10%", "b": "0.20%"}, "groups": groups}
    plan = making.folder(PLAN, {"number": "1", "effective": "2003-01-01", "restate": restate})
    (before,) = plan.amendments[0].schedules
    past = Past.of([before])
    made: list[making.Data] = []
    for _ in range(draw(st.integers(1, 6))):
        candidate = [*made, change(draw)]
        if not contradicts(candidate) and not amended(draft(plan, candidate), past).problems:
            made = candidate
    assume(made)
    folded = amended(draft(plan, made), past)
    facts = draft(plan, made).facts
    (after,) = folded.schedules
    file = AmendmentFile("2", facts, plan.source, (after,), plan.facts, past, (after,), folded.applied)
    macros = environment(making.FOLDERS).get_template("_recitals.html.j2").module
    phrases = [str(macros.phrase(view)).strip() for view in recital.views(file)]  # type: ignore[attr-defined]
    return Case(before, after, made, [" ".join(phrase.split()) for phrase in phrases])


def contradicts(made: list[making.Data]) -> bool:
    """Whether two of the changes say the same of one row, or one takes out what another is about."""
    *earlier, last = made
    verb, name = next(iter(last.items()))
    if verb == "remove_group" and earlier:
        return True
    about = [(next(iter(entry)), next(iter(entry.values()))) for entry in earlier]
    goes = {name for verb, name in about if verb == "remove"}
    survivors = {str(entry["into"]) for entry in earlier if "into" in entry}
    ends = verb == "remove" and name in {other for _, other in about} | survivors
    return (verb, name) in about or name in goes or last.get("into") in goes or ends or last.get("to") in goes


def draft(plan: PlanFolder, changes: list[making.Data]) -> Draft:
    text = yaml.safe_dump({"number": "2", "effective": "2003-02-01", "changes": changes})
    source = yaml_reader.parse("002.yaml", text.encode())
    return Draft("2", validation.validate(Amendment, source), source, plan.facts, plan.source)


def differing(case: Case) -> Iterator[str]:
    """The name of each row that differs: as it was before, of a new one as it is."""
    old_keys, new_keys = lineage.keys(case.before), lineage.keys(case.after)
    old, new = lineage.rows(case.before), lineage.rows(case.after)
    home, new_home = ({row.id: g.id for g in side.groups for row in g.rows} for side in (case.before, case.after))
    for row in old | new:
        if row not in old:
            yield new_keys[row].name
            continue
        same_home = home.get(row) == new_home.get(row)
        if row not in new or not same_home or (old[row].name, old[row].values) != (new[row].name, new[row].values):
            yield old_keys[row].name


def named(case: Case) -> Counter[str]:
    """How often the recital names each row; not as the one that another merges into."""
    text = re.sub(r" into \w+ (Fund|Series)", "", case.text)
    return Counter(re.findall(r"(?<!Renamed )\b(?:\w+ (?:Fund|Series))\b", text))


@pytest.mark.slow
@LAWS
@given(cases())
def test_what_differs_is_named_once_and_nothing_else(case: Case) -> None:
    counted = named(case)
    for name in differing(case):
        assert counted.pop(name, 0) == 1, f"{name} in: {case.text}"
    assert not +counted, case.text


@pytest.mark.slow
@LAWS
@given(cases())
def test_a_registrant_is_called_one(case: Case) -> None:
    for match in re.finditer(r"(?:RENAMED )?(?:FIRST|SECOND|THIRD|FOURTH|FIFTH) TRUST", case.text):
        lead = case.text[: match.start()]
        assert re.search(r"registrant $", lead) or (match[0].startswith("RENAMED") and lead.endswith(" to ")), case.text


NAMES = r"(?P<names>.+?)"
PHRASES = (
    (rf"the addition of a (?P<head>Fee [AB]) of (?P<new>\S+) for {NAMES}", "set"),
    (rf"the elimination of the (?P<head>Fee [AB]) of \S+ for {NAMES}", "end"),
    (rf"the addition of the registrant (?P<head>.+?) and its Portfolios? {NAMES}", "add"),
    (rf"the removal of the registrant (?P<head>.+?) and its Portfolios? {NAMES}", "remove"),
    (rf"the addition of {NAMES}(?: under (?P<head>the new registrant .+?))?", "add"),
    (rf"the (?:removal|liquidation) of {NAMES}", "remove"),
    (rf"the mergers? of {NAMES}", "merge"),
    (rf"the changes? in name of {NAMES}", "rename"),
    (rf"the move of {NAMES} to (?P<head>the (?:new )?registrant .+)", "move"),
    (rf"the (?:reduction|increase|change) of the (?P<head>Fee [AB]) of {NAMES} from \S+ to (?P<new>\S+)", "set"),
)
MORE = (
    (r"(?:its|their) move to (?P<head>.+)", "move"),
    (r"the (?:reduction|increase|change) of (?:its|their) (?P<head>Fee [AB]) from \S+ to (?P<new>\S+)", "set"),
    (r"the addition of (?:its|their) (?P<head>Fee [AB]) of (?P<new>\S+)", "set"),
    (r"the elimination of (?:its|their) (?P<head>Fee [AB]) of \S+", "end"),
)


def read_back(phrase: str) -> Iterator[tuple[str, ...]]:
    """What a phrase says, change by change: the verb, the row, what it becomes."""
    first, *others = re.split(
        r", (?=its |their |the \w+ of (?:its|their) )| and (?=its move|their move|the \w+ of (?:its|their) )", phrase
    )
    match, verb = next((match, verb) for pattern, verb in PHRASES if (match := re.fullmatch(pattern, first)))
    rest = [text for key, text in match.groupdict().items() if key != "names" and text]
    entries = re.split(r", (?:of )?| and (?:of )?", match["names"])
    for entry in entries:
        yield (verb, *re.split(r" to | into ", entry), *rest)
    for one in others:
        match, verb = next((match, verb) for pattern, verb in MORE if (match := re.fullmatch(pattern, one)))
        for entry in entries:
            yield (verb, re.split(r" to | into ", entry)[0], *(text for text in match.groupdict().values() if text))


def typed(case: Case) -> Iterator[tuple[str, ...]]:
    """The changes as they were typed, in the same shape."""
    for entry in case.changes:
        match entry:
            case {"add": name, "to": group}:
                yield ("add", name, *([f"the new registrant {group}"] if group == BRIEF else []))
            case {"add_group": group, "rows": rows}:
                yield from (("add", row["name"], group) for row in rows)
            case {"remove": name, "into": into}:
                yield ("merge", name, into)
            case {"remove": name}:
                yield ("remove", name)
            case {"rename": name, "to": to}:
                yield ("rename", name, to)
            case {"rename_group": name, "to": to}:
                yield ("rename", f"the registrant {name}", to)
            case {"move": name, "to": group}:
                yield ("move", name, f"the {'new ' if group == BRIEF else ''}registrant {group}")
            case {"set": name}:
                yield from new_rates(name, entry)


def new_rates(name: str, entry: making.Data) -> Iterator[tuple[str, ...]]:
    """The rates that a change gives to a row, each with its column; a fee that goes has none."""
    rates = {"a": "None" if name == WITHOUT else "0.10%", "b": "0.20%"}
    for key, old in rates.items():
        new = str(entry.get(key, old))
        if new != old:
            yield ("end", name, f"Fee {key.upper()}") if new == "None" else ("set", name, f"Fee {key.upper()}", new)


@pytest.mark.slow
@LAWS
@given(cases())
def test_the_text_reads_back_into_the_changes(case: Case) -> None:
    assume(not any("remove_group" in entry for entry in case.changes))  # its rows are the schedule's to say
    says = [fact for phrase in case.phrases for fact in read_back(phrase)]
    assert sorted(says) == sorted(typed(case)), case.text
