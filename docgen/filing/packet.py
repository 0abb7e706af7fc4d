"""What each signer signs over several papers: every line to sign once, with a code that follows from the paper's words.

The code is short enough to type. It is of the paper as it reads but for its signatures, and of the line; so a page that
was sent before the words changed is told from one that was sent since, and signing changes no code.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from docgen.build import produce
from docgen.document import signatures, template_context, tree
from docgen.document.signatures import SignatureView, SignerView
from docgen.model import english
from docgen.problems import Problem, UsageProblem, Where, count, did_you_mean, fold_signs
from docgen.redline.baseline import paper_title
from docgen.reports.moment_names import title_of
from docgen.workspace.select import Paper, Selection

SIGNATURES = ("party", "signature", "attest")  # the roles of paragraphs that signing changes
LETTERS = 8  # of a code
CODE = re.compile(r"code\s+([0-9A-FOIl]{4})\s*-\s*([0-9A-FOIl]{4})")
MISREAD = str.maketrans({"O": "0", "I": "1", "l": "1"})  # what stands for what in a page that was scanned


@dataclass(frozen=True)
class SignatureLine:
    """One line to sign: in which block of which paper, by whom, whether as a witness, and its code."""

    paper: Paper
    block: int  # among the blocks of the paper, from 0
    is_attest: bool
    view: SignatureView
    code: str

    @property
    def signer(self) -> SignerView:
        """Who signs it."""
        return self.view.attest if self.is_attest and self.view.attest else self.view.by

    @property
    def is_signed(self) -> bool:
        """Whether the data says that it is signed, or the seal that all of its paper is."""
        seal = self.paper.seal
        return self.signer.line != signatures.LINE or (seal is not None and seal.signed is not None)

    @property
    def who(self) -> str:
        """The person; where none is named, the office and for whom."""
        office = self.signer.title or "somebody"
        return self.signer.name or f"{office} of {self.view.names[0] if self.view.names else self.paper.name}"


def paper_name(paper: Paper) -> str:
    """`Amendment No. 3 to the Master Distribution Plan (Class B Shares)`."""
    title = title_of(paper.amendment.plan)
    return title if paper.amendment.facts.entire_plan else f"{paper_title(paper)} to the {title}"


def words_of(paper: Paper) -> str:
    """What a paper says but for its signatures."""
    document = produce.document(paper, paper.documents()[0])
    blocks = [block for block in document.blocks if getattr(block, "role", "") not in SIGNATURES]
    return tree.outline(tree.Document(tuple(blocks)))


def lines_of(paper: Paper) -> list[SignatureLine]:
    """Every line of a paper to sign, block by block."""
    facts, plan = paper.amendment.facts, paper.amendment.plan
    typed = plan.signatures if facts.signatures is None else facts.signatures
    blocks = signatures.blocks(typed, template_context.registrants(paper.amendment.after))
    words = words_of(paper) if blocks else ""
    lines: list[SignatureLine] = []
    for number, view in enumerate(blocks):
        for is_attest in (False, True) if view.attest else (False,):
            parts = (paper.name, words, str(number), "attest" if is_attest else "by")
            digest = sha256("\0".join(parts).encode()).hexdigest()[:LETTERS].upper()
            code = f"{digest[: LETTERS // 2]}-{digest[LETTERS // 2 :]}"
            lines.append(SignatureLine(paper, number, is_attest, view, code))
    return lines


def lines_to_sign(papers: Sequence[Paper]) -> list[SignatureLine]:
    """The lines of several papers; UsageProblem where none has any."""
    lines = [line for paper in papers for line in lines_of(paper)]
    if not lines:
        remedy = "write signatures: in plan.yaml, or in the amendment"
        raise UsageProblem([paper.plan.source.problem((), "nobody signs it", remedy) for paper in papers])
    return lines


def papers(selection: Selection, names: Sequence[str]) -> tuple[list[Paper], list[str]]:
    """The papers that are named, or that take effect or are dated on a day; and why others of that day are left out."""
    day = day_of(names)
    wanted = [p for p in selection.papers if not p.amendment.facts.opening and (day is None or day in _days(p))]
    drafts = [paper for paper in wanted if paper.amendment.facts.draft]
    if day is None and drafts:
        remedy = "fill its blanks in, and take draft: true out: a page is signed for words that stand"
        raise UsageProblem([paper.amendment.source.problem(("draft",), "is a draft", remedy) for paper in drafts])
    ready = [paper for paper in wanted if not paper.amendment.facts.draft]
    if not ready:
        days = sorted({str(d) for paper in selection.papers for d in _days(paper)})
        raise UsageProblem([Problem(Where(" ".join(names)), "no paper is of this day", did_you_mean(str(day), days))])
    return ready, [f"{paper.name} is a draft, and is left out" for paper in drafts]


def day_of(names: Sequence[str]) -> datetime.date | None:
    """The day, where one is named in place of papers."""
    try:
        return datetime.date.fromisoformat(names[0]) if len(names) == 1 else None
    except ValueError:
        return None


def _days(paper: Paper) -> set[datetime.date]:
    facts = paper.amendment.facts
    return {day for day in (facts.effective, facts.dated) if isinstance(day, datetime.date)}


def by_signer(lines: Sequence[SignatureLine]) -> dict[str, list[SignatureLine]]:
    """The lines by who signs them; a person is one by whatever signs the name was typed with."""
    signers: dict[str, list[SignatureLine]] = {}
    names: dict[str, str] = {}
    for line in lines:
        name = names.setdefault(fold_signs(line.who).casefold(), line.who)
        signers.setdefault(name, []).append(line)
    return signers


def folder(papers: Sequence[Paper]) -> str:
    """What the packet of some papers is called: `aim-class-b-002-and-3-more`."""
    first = papers[0].name.replace("/", "-")
    return first if len(papers) == 1 else f"{first}-and-{len(papers) - 1}-more"


def read_codes(text: str) -> list[str]:
    """The codes on a page, as they are written."""
    return [f"{first}-{last}".translate(MISREAD) for first, last in CODE.findall(text)]


def as_text(lines: Sequence[SignatureLine], present: Sequence[str] = ()) -> str:
    """Who signs what, and who is missing; `present` are the codes of signed pages that came back."""
    rows = []
    for name, mine in by_signer(lines).items():
        rows.append(name)
        for line in mine:
            state = "signed" if line.is_signed else "came back" if line.code in present else "missing"
            attest = "attest, " if line.is_attest else ""
            rows.append(f"  {line.code}  {state:9}  {line.paper.name}: {attest}{english.listed(line.view.names)}")
    nobody = [line for line in lines if line.code in present and not line.signer.name]
    rows += [f"{line.code} came back, and nobody is named for it: write name: beside its title" for line in nobody]
    missing = [line for line in lines if not line.is_signed and line.code not in present]
    rows.append(f"{count(len(missing), 'line')} to sign, of {len(lines)}.")
    return "\n".join(rows) + "\n"


def as_json(lines: Sequence[SignatureLine], present: Sequence[str] = ()) -> str:
    """`[{"signer", "title", "paper", "for", "attest", "code", "state"}]`; a state is signed, came back or missing."""
    rows = [
        {
            "signer": line.signer.name or None,
            "title": line.signer.title or None,
            "paper": line.paper.name,
            "for": line.view.names,
            "attest": line.is_attest,
            "code": line.code,
            "state": "signed" if line.is_signed else "came back" if line.code in present else "missing",
        }
        for line in lines
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"
