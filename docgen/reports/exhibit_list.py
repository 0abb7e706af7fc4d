"""The rows of Part C, Item 28 of Form N-1A for the papers of plans: filed herewith, or incorporated by reference."""

from __future__ import annotations

import datetime
import json
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from docgen.checks import exhibit_letters
from docgen.consolidation import registrants
from docgen.consolidation.plan_folder import PlanFolder
from docgen.edgar import characters, exhibit
from docgen.edgar.exhibit import Label, ListedExhibit
from docgen.edgar.submission import HEREWITH
from docgen.model import english
from docgen.problems import Problem, UsageProblem, Where, did_you_mean, name_key
from docgen.reports.listing import Listing, ListRow, ListTable
from docgen.reports.moment_names import title_of
from docgen.workspace import filers
from docgen.workspace.filers import Filer
from docgen.workspace.load import Workspace
from docgen.workspace.seals import Filing
from docgen.workspace.select import Paper, papers_of

OPEN = "[ ]"  # what nobody has said yet
LATER = "To be filed by amendment."
INDENT = 14  # columns of a label on a terminal
WIDTH = 120
N_1A = ("485APOS", "485BPOS", "485BXT", "POS AMI", "POS EX")  # amendments of a registration statement on Form N-1A


@dataclass(frozen=True)
class ExhibitRow:
    """One paper on the list: its label, what it is, how it is part of the registration statement, and where it is."""

    paper: Paper = field(repr=False)
    filer: Filer = field(repr=False)
    description: str
    reference: str

    @property
    def label(self) -> Label:
        """Under which label its registrant files it."""
        return self.filer.label

    @property
    def filing(self) -> Filing | None:
        """What is known of its filing; None while it is not sealed."""
        return self.filer.filing

    @property
    def label_text(self) -> str:
        """`m(2)(d)`; a blank where the paper names no exhibit."""
        return exhibit.label_text(self.label) if self.label else OPEN

    @property
    def link(self) -> str:
        """EDGAR's own address; empty where it cannot be built, or nothing is there yet."""
        return self.filing.link if self.filing else ""


@dataclass(frozen=True)
class ExhibitList:
    """The list of a registrant, or of a plan: whose it is, its rows, and whether they are of one registrant."""

    of: str
    rows: tuple[ExhibitRow, ...]
    is_of_one: bool


def plans_of(workspace: Workspace, name: str) -> tuple[str, list[PlanFolder]]:
    """The plans that a name means: a plan of that folder, or all plans of the registrant. UsageProblem for neither.

    A registrant may be named as it was called on any day; it is given as it is spelled.
    """
    plan_id = name.strip("/").removeprefix("schedules/")
    if plan_id in workspace.plan_ids:
        return plan_id, [plan for plan in workspace.plans if plan.id == plan_id]
    spellings = {name_key(owner): owner for plan in workspace.plans for owner in registrants.of_plan(plan)}
    plans = [p for p in workspace.plans if name_key(name) in map(name_key, registrants.of_plan(p))]
    if not plans:
        remedy = did_you_mean(name, [*workspace.plan_ids, *spellings.values()])
        raise UsageProblem([Problem(Where(name), "is no plan, and no registrant of one", remedy)])
    return spellings[name_key(name)], plans


def to_read(workspace: Workspace, of: str, plans: Sequence[PlanFolder]) -> list[str]:
    """The plans that have to be read for a list: its own, and for that of a registrant those that cannot be read, which
    may be its own too."""
    readable = [plan.id for plan in workspace.plans]
    unreadable = [] if of in readable else [name for name in workspace.plan_ids if name not in readable]
    return [*(plan.id for plan in plans), *unreadable]


def exhibit_list(workspace: Workspace, of: str, plans: Sequence[PlanFolder]) -> ExhibitList:
    """The rows of every paper of some plans, as a registrant files them where `of` is one: the plans by the labels of
    their first papers, the registrants of each in turn."""
    registrant = "" if of in workspace.plan_ids else of
    lists = [rows for plan in plans for rows in _lists(workspace, plan, registrant)]
    lists.sort(key=lambda rows: min((_place(row.label) for row in rows if row.label), default=[(1, 0, "")]))
    return ExhibitList(of, tuple(row for rows in lists for row in rows), bool(registrant))


def _lists(workspace: Workspace, plan: PlanFolder, registrant: str) -> list[list[ExhibitRow]]:
    """The rows of a plan's papers, a list for each registrant that files any by itself; or of one registrant."""
    papers = {p.amendment.id: p for p in papers_of(workspace, plan) if not _is_no_paper(p)}
    wanted = registrants.last_key(registrant, registrants.last_keys(plan)) if registrant else ""
    lists: dict[str, list[ExhibitRow]] = {}
    for filer in filers.of_plan(plan, workspace.seals):
        if filer.amendment.id in papers and (not wanted or filer.key in ("", wanted)):
            lists.setdefault("" if wanted else filer.key, []).append(_row(papers[filer.amendment.id], filer))
    return list(lists.values())


def _is_no_paper(paper: Paper) -> bool:
    """Whether an entry is a schedule that no paper gave, and that nothing was filed of."""
    return paper.amendment.facts.opening and not paper.seal and not paper.amendment.facts.captions


def _place(label: Label) -> list[tuple[int, int, str]]:
    """What labels are sorted by: numbers as numbers, letters before double letters."""
    return [(0, int(part), "") if part.isdecimal() else (0, len(part), part) for part in label]


def _row(paper: Paper, filer: Filer) -> ExhibitRow:
    if filer.filing is not None:
        return ExhibitRow(paper, filer, description(paper), reference(filer.filing))
    return ExhibitRow(paper, filer, description(paper), LATER if paper.amendment.facts.draft else HEREWITH)


def description(paper: Paper) -> str:
    """`Amendment No. 2 to the Master Distribution Plan (Class B Shares), effective November 3, 2003`."""
    plan, facts = paper.plan.facts, paper.amendment.facts
    number = f" No. {facts.number}" if facts.number is not None else ""
    title = title_of(plan)
    text = title if facts.entire_plan else f"Amendment{number} to the {title}"
    if isinstance(facts.effective, datetime.date):
        text += f", effective {english.day(facts.effective)}"
    return " ".join(characters.plain(text, plan.ascii).split())


def reference(filing: Filing) -> str:
    """How a paper that was filed is part of the registration statement; what nobody has said stays a blank."""
    form = "N-1A" if filing.form in N_1A else filing.form.partition("/")[0] or OPEN
    amendment = f"Post-Effective Amendment No. {filing.pea} to " if filing.pea else ""
    day = english.day(filing.filed) if filing.filed else OPEN
    return (
        f"Incorporated by reference to {amendment}the Registration Statement on Form {form}, filed on {day} "
        f"(accession number {filing.accession or OPEN})."
    )


def problems(exhibits_of: ExhibitList) -> Iterator[Problem]:
    """A warning for each sealed paper of which the list cannot say where EDGAR has it."""
    for row in exhibits_of.rows:
        yield from exhibit_letters.without_link(row.paper.plan.id, row.filer)


def index_rows(rows: Iterable[ExhibitRow]) -> list[ListedExhibit]:
    """The rows as an exhibit index has them."""
    return [ListedExhibit(row.label_text, row.description, row.reference, row.link) for row in rows]


def before(workspace: Workspace, papers: Sequence[Paper], registrant: str) -> list[ExhibitRow]:
    """The rows that the index of a package has beside its own: what was filed of its plans, as far as it is said."""
    plans = {paper.plan.id: paper.plan for paper in papers}
    names = [paper.name for paper in papers]
    rows = exhibit_list(workspace, registrant, list(plans.values())).rows
    return [r for r in rows if r.filing and not r.filing.missing and r.label and r.paper.name not in names]


def as_text(exhibits_of: ExhibitList) -> str:
    """A row a paper, for a terminal: the label, what it is, the reference under it, the link under that."""
    lines = [f"Item 28, exhibits of {exhibits_of.of}", ""]
    registrant = ""
    for row in exhibits_of.rows:
        if row.filer.registrant != registrant and not exhibits_of.is_of_one:
            registrant = row.filer.registrant
            lines.append(f"As {registrant} files them:" if registrant else "As every registrant files them:")
        label = f"{row.label_text}  ".ljust(INDENT)
        lines += textwrap.wrap(row.description, WIDTH, initial_indent=label, subsequent_indent=" " * INDENT)
        lines += textwrap.wrap(row.reference, WIDTH, initial_indent=" " * INDENT, subsequent_indent=" " * INDENT)
        lines += [f"{' ' * INDENT}{row.link}"] if row.link else []
    return "\n".join(lines) + "\n"


def as_json(exhibits_of: ExhibitList) -> str:
    """`{"of", "exhibits": [{"paper", "registrant", "exhibit", "description", "reference", "form", "pea", "filed",
    "accession", "link"}]}`; what nobody has said is null, and the registrant where all file it alike."""
    rows = [
        {
            "paper": row.paper.name,
            "registrant": row.filer.registrant or None,
            "exhibit": exhibit.label_text(row.label) if row.label else None,
            "description": row.description,
            "reference": row.reference,
            **_filing_data(row.filing or Filing()),
        }
        for row in exhibits_of.rows
    ]
    return json.dumps({"of": exhibits_of.of, "exhibits": rows}, ensure_ascii=False, indent=2) + "\n"


def _filing_data(filing: Filing) -> dict[str, str | None]:
    filed = filing.filed.isoformat() if filing.filed else None
    return {
        "form": filing.form or None,
        "pea": filing.pea or None,
        "filed": filed,
        "accession": filing.accession or None,
        "link": filing.link or None,
    }


def listing(exhibits_of: ExhibitList) -> Listing:
    """The list as a table, the papers of each plan under its title; a link stands below the reference."""
    return _listing(exhibits_of, ("How it is filed",), lambda row: (f"{row.reference}\n{row.link}".rstrip(),))


def links_listing(exhibits_of: ExhibitList) -> Listing:
    """The same with a column for the links, for a spreadsheet."""
    return _listing(exhibits_of, ("How it is filed", "On EDGAR"), lambda row: (row.reference, row.link))


def _listing(
    exhibits_of: ExhibitList, heads: tuple[str, ...], filing_cells: Callable[[ExhibitRow], tuple[str, ...]]
) -> Listing:
    rows: list[ListRow] = []
    title = ""
    for row in exhibits_of.rows:
        is_whose = row.filer.registrant and not exhibits_of.is_of_one
        whose = f", as {row.filer.registrant} files it" if is_whose else ""
        plan_title = f"{title_of(row.paper.plan.facts)}{whose}"
        if plan_title != title:
            rows.append(ListRow((plan_title,)))
            title = plan_title
        rows.append(ListRow((row.label_text, row.description, *filing_cells(row))))
    table = ListTable("", ("Exhibit", "Description", *heads), tuple(rows))
    return Listing(f"Exhibits of {exhibits_of.of}", ("Form N-1A, Part C, Item 28.",), (table,))
