"""The days that follow from when a paper takes effect and on which form it is filed; each for counsel to confirm.

Sources: 17 CFR 230.485(a) and (b) for post-effective amendments, 17 CFR 270.12b-1(b)(3) for a plan's continuance.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes
from docgen.workspace.seals import Filing

RULE_485_A, RULE_485_A_SERIES, RULE_485_B = "17 CFR 230.485(a)(1)", "17 CFR 230.485(a)(2)", "17 CFR 230.485(b)"
CONTINUANCE = "17 CFR 270.12b-1(b)(3)"
RULES = {
    RULE_485_A: "a post-effective amendment is effective on the 60th day after its filing, or on a later day that it "
    "designates, up to the 80th",
    RULE_485_A_SERIES: "one that adds a series is effective on the 75th day, or on a later day up to the 95th",
    RULE_485_B: "one that makes only the changes named there is effective when filed, or on a later day up to the 30th",
    CONTINUANCE: "a plan goes on for more than a year only as long as it is approved at least annually, by the votes "
    "of (b)(2)",
}
SIXTY, SERIES, THIRTY = (datetime.timedelta(days=number) for number in (60, 75, 30))


@dataclass(frozen=True)
class FilingDay:
    """A day by which or on which something is: of which paper or plan, what, and the rule it comes from."""

    day: datetime.date
    of: str
    text: str
    source: str


def of_paper(name: str, amendment: AmendmentFile, filing: Filing | None) -> Iterator[FilingDay]:
    """The days of a paper that is to be filed; of one that was filed, those from the day and the form of its filing."""
    series = _adds_a_fund(amendment)
    if filing is None:
        yield from _to_file(name, amendment.day, series) if amendment.day else ()
    elif filing.filed and filing.form == "485APOS":
        text = "the filing takes effect, unless a later day was designated"
        yield FilingDay(filing.filed + SIXTY, name, text, RULE_485_A)
        if series:
            yield FilingDay(filing.filed + SERIES, name, f"{text}, where it adds a series", RULE_485_A_SERIES)
    elif filing.filed and filing.form == "485BPOS":
        yield FilingDay(filing.filed + THIRTY, name, "the last day on which the filing can take effect", RULE_485_B)


def _to_file(name: str, day: datetime.date, series: bool) -> Iterator[FilingDay]:
    if series:
        text = "the last day to file on Form 485APOS, where it adds a series"
        yield FilingDay(day - SERIES, name, text, RULE_485_A_SERIES)
    yield FilingDay(day - SIXTY, name, "the last day to file on Form 485APOS", RULE_485_A)
    yield FilingDay(day - THIRTY, name, "the first day to file on Form 485BPOS", RULE_485_B)
    yield FilingDay(day, name, "it takes effect: the last day to file on Form 485BPOS", RULE_485_B)


def _adds_a_fund(amendment: AmendmentFile) -> bool:
    """Whether a fund comes in, which may be a new series."""
    listed = (step.change for step in amendment.applied)
    return any(isinstance(change, changes.Add | changes.AddGroup) for change in listed)


def of_plan(plan: PlanFolder, on: datetime.date) -> Iterator[FilingDay]:
    """The next day by which a plan under Rule 12b-1 has to be approved again, counted from the last votes kept here; a
    day for each board, where several voted on days of their own."""
    facts = (last.plan if (last := plan.in_force(on)) else None) or plan.facts
    if last is None or not facts.is_under_12b_1 or plan.restated(on):
        return
    every = (*(plan.continues.amendments if plan.continues else ()), *plan.amendments)
    votes = max((_votes(amendment, on) for amendment in every), key=lambda days: max(days, default=datetime.date.min))
    dated = facts.dated.date if facts.dated else None
    if votes:
        for day, board in votes.items():
            who = board if len(votes) > 1 else "the Board"
            text = f"by then {who} approves it again (last vote kept here {day})"
            yield FilingDay(_anniversary(day, on), plan.id, text, CONTINUANCE)
    elif isinstance(dated, datetime.date) and dated <= on:
        text = f"by then the Board approves it again (the plan is of {dated})"
        yield FilingDay(_anniversary(dated, on), plan.id, text, CONTINUANCE)


def _votes(amendment: AmendmentFile, on: datetime.date) -> dict[datetime.date, str]:
    """The days up to one on which boards voted with their independent members, and who did on each."""
    votes: dict[datetime.date, str] = {}
    for vote in amendment.facts.approvals:
        if isinstance(vote.on, datetime.date) and vote.on <= on and vote.independent:
            votes[vote.on] = f"{votes[vote.on]} and {vote.by}" if vote.on in votes else vote.by
    return votes


def _anniversary(start: datetime.date, on: datetime.date) -> datetime.date:
    """The first day of the same date, a year or several after the start, that is not before a day."""
    years = max(1, on.year - start.year)
    day = _years_after(start, years)
    return day if day >= on else _years_after(start, years + 1)


def _years_after(start: datetime.date, years: int) -> datetime.date:
    """The same date years later; February 28 for February 29."""
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return start.replace(year=start.year + years, day=28)
