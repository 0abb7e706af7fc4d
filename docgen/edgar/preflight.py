"""Holds files against the rules before they are filed: every breach at once, with its line and column.

It judges bytes and names, and knows nothing of who made them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from docgen.edgar import (
    file_words,
    filing_kinds,
    html_rules,
    pdf_rules,
    style_rules,
    submission_rules,
    table_rules,
    text_rules,
)
from docgen.edgar.exhibit import Package
from docgen.edgar.rule import File, Found, Rule
from docgen.problems import Problem, Where, in_order

KINDS = ("txt", "htm", "pdf")
OTHERWISE = ", where nothing else is said above"
FULL = 5  # findings of one rule with the same words in one file; more are counted


def _number(rule: Rule) -> tuple[str, int]:
    return rule.number[0], int(rule.number[1:])


RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *text_rules.RULES,
            table_rules.table_tags,
            *html_rules.RULES,
            *style_rules.RULES,
            *pdf_rules.RULES,
            *submission_rules.RULES,
        ),
        key=_number,
    )
)


def files(contents: Mapping[str, bytes], beside: Iterable[str] = (), draft: bool = False) -> tuple[Problem, ...]:
    """What the rules find in each file, by its name or path; `beside` names further files of the same submission.

    `draft` says that the files are a draft's, which may say so.
    """
    others = frozenset([PurePath(name).name for name in contents] + list(beside))
    every = [File(name, data, others, draft) for name, data in contents.items()]
    return in_order([*(problem for file in every for problem in _file(file)), *_twins(every)])


def other_kinds(contents: Mapping[str, bytes]) -> Iterator[Problem]:
    """A problem for each file that somebody is about to file and that is no .txt, .htm or .pdf, with what it is."""
    pages = any(name.lower().endswith((".htm", ".html")) for name in contents)
    for name, data in contents.items():
        for fault, remedy in filing_kinds.wrong(name, data, pages) if data.strip() else ():
            yield Problem(Where(name), fault, remedy)
        if not data.strip() and File(name, data).kind not in KINDS:
            yield Problem(Where(name), "is empty", "make the file again")


def _twins(every: Sequence[File]) -> Iterator[Problem]:
    """Rule C2 for files of one name: a PDF that does not say what the .htm beside it says."""
    copies = [file for file in every if file.kind == "pdf"]
    official = {PurePath(file.name).stem: file for file in every if copies and file.kind == "htm"}
    for copy in copies:
        twin = official.get(PurePath(copy.name).stem)
        if twin and copy.pdf.words.strip() and (difference := file_words.apart(twin, copy)):
            fault = f"says something else than {twin.base}: {difference}"
            yield Problem(Where(copy.name), fault, "make both from the same document again", check="C2")


def _file(file: File) -> Iterator[Problem]:
    """The problems of one file; one that is empty or cannot be read has no other."""
    if not file.data.strip() or (file.kind == "pdf" and file.pdf.unreadable):
        fault = "is empty" if not file.data.strip() else file.pdf.unreadable
        yield Problem(Where(file.name), fault, "make the file again")
        return
    for rule in RULES:
        if rule.check and file.kind in rule.kinds:
            yield from _problems(rule, file.name, list(rule.check(file)))


def package(bundle: Package) -> tuple[Problem, ...]:
    """What the rules find in a package: in each file, in its index, and in what they say together."""
    problems = list(files({file.name: file.data for file in (*bundle.files, bundle.index)}))
    for rule in RULES:
        if rule.check and "package" in rule.kinds:
            problems += _problems(rule, "", list(rule.check(bundle)))
    return in_order(problems)


def _problems(rule: Rule, name: str, faults: Sequence[Found]) -> Iterator[Problem]:
    """A problem for each thing found; of many with the same words, the first few and how many more there are."""
    alike: dict[str, int] = {}
    for fault in faults:
        alike[fault.words] = alike.get(fault.words, 0) + 1
    counts: dict[str, int] = {}
    for fault in faults:
        counts[fault.words] = counts.get(fault.words, 0) + 1
        if counts[fault.words] <= FULL:
            words = f"column {fault.column}: {fault.words}" if fault.column else fault.words
            more = alike[fault.words] - FULL
            words += f"; and {more:,} more like it" if counts[fault.words] == FULL and more > 0 else ""
            where = Where(fault.file or name, fault.line)
            yield Problem(where, words, fault.remedy, severity=fault.severity or rule.severity, check=rule.number)


def explain(number: str) -> str:
    """A rule as people read it: what it asks, why, where it is written, and what is held against it."""
    return "\n\n".join(_explained(rule) for rule in RULES if rule.number == number)


def _explained(rule: Rule) -> str:
    lines = [f"{rule.number}  {' '.join(rule.asks.split())}"]
    if rule.why:
        lines += ["", " ".join(rule.why.split())]
    lines += ["", f"Source: {rule.source}."]
    if rule.check:
        lines.append(f"Held against: {', '.join(rule.kinds)}. A breach is {_article(rule.severity)}{OTHERWISE}.")
    else:
        lines.append(f"Not checked: {rule.because}.")
    return "\n".join(lines)


def _article(severity: str) -> str:
    return f"an {severity}" if severity == "error" else f"a {severity}"


def listed() -> str:
    """Every rule in a line or two: its number, what it asks, and how it is held."""
    return "\n".join(f"{r.number:<4} {_held(r):<20} {' '.join(r.asks.split())}" for r in RULES)


def _held(rule: Rule) -> str:
    return f"{rule.severity} {','.join(rule.kinds)}" if rule.check else "not checked"
