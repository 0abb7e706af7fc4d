"""What a person says of a filing, held against what each can be, as the receipt of a seal keeps it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from docgen.edgar.submission_rules import LONGEST_NAME, NAME
from docgen.model import values
from docgen.problems import Problem, UsageProblem, Where
from docgen.workspace import filers
from docgen.workspace.seals import FILINGS
from docgen.workspace.select import Paper

FORMS = (
    "485APOS", "485BPOS", "485BXT", "N-1A", "N-1A/A", "N-14", "N-14/A", "N-14 8C", "N-14 8C/A", "POS 8C", "POS AMI",
    "POS EX", "POS AM", "497", "NSAR-A", "NSAR-B", "N-CEN",
)  # fmt: skip
PATTERNS = {
    "accession": (r"[0-9]{10}-[0-9]{2}-[0-9]{6}", "an accession number", "write it as in 0000950123-06-002381"),
    "pea": (r"[1-9][0-9]{0,3}", "a number of a post-effective amendment", "write it as in 60"),
    "cik": (r"[0-9]{1,10}", "a CIK", "write its digits, as in 105377"),
}
OPTIONS = {"filed": "on", "file": "file"}  # by what a receipt calls them, where the option has another name


def from_options(options: Mapping[str, str | None]) -> dict[str, str]:
    """What was said, by the names that a receipt has; UsageProblem with everything that cannot be."""
    texts = {
        {"on": "filed", "file_name": "file"}.get(key, key): text for key, text in options.items() if text is not None
    }
    if problems := [problem for key, text in texts.items() for problem in _problems(key, text)]:
        raise UsageProblem(problems)
    return texts


def by_registrant(paper: Paper, facts: Mapping[str, str], registrant: str) -> dict[str, object]:
    """The same where one registrant is named: of its filing alone, but for the day on which the paper was signed.

    UsageProblem where it is no registrant of the paper, or none is named and each has its own.
    """
    if not registrant and set(facts) <= {"signed"}:
        return dict(facts)
    registrant = filers.chosen(paper, registrant).registrant
    if not registrant:
        return dict(facts)
    filing = {key: text for key, text in facts.items() if key != "signed"}
    return {key: text for key, text in facts.items() if key == "signed"} | {FILINGS: {registrant: filing}}


def _problems(key: str, text: str) -> Iterator[Problem]:
    where = Where(f"--{OPTIONS.get(key, key)}")
    if key in PATTERNS:
        pattern, noun, remedy = PATTERNS[key]
        if not re.fullmatch(pattern, text):
            yield Problem(where, f'"{text}" is not {noun}', remedy)
    elif key in ("signed", "filed"):
        if values.day(text) is None:
            yield Problem(where, f"{text} is not a date", "write YYYY-MM-DD")
    elif key == "form":
        if text not in FORMS:
            yield Problem(where, f'"{text}" is not the type of a submission', f"write one of {', '.join(FORMS)}")
    elif not NAME.fullmatch(text) or len(text) > LONGEST_NAME:
        yield Problem(where, f'"{text}" is not a file name that EDGAR takes', "write it as EDGAR has it: ex99-m2d.htm")
