"""The packet of one signer as a document: what is to be signed, then a page a line, footed with its paper and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from docgen.build import produce
from docgen.document import signatures
from docgen.document.tree import Block, Document, Heading, Paragraph, Run, over_lines
from docgen.files import file_names, pdf_pages
from docgen.filing import packet
from docgen.filing.packet import SignatureLine, paper_name
from docgen.model import english
from docgen.problems import Problem, Where, WriterProblem

MOST_LINES = 12  # names over lines of their own; more stand in one paragraph, so that the page holds them


def document(name: str, lines: Sequence[SignatureLine]) -> Document:
    """The packet of a signer."""
    blocks: list[Block] = [
        Heading(1, "title", over_lines(["SIGNATURE PAGES", name])),
        Paragraph(
            "clause", (Run("Please sign each page that follows, and send it back as it is, with its last line:"),)
        ),
        *(Paragraph("item", (Run(f"({n}) {_item(line)}"),)) for n, line in enumerate(lines, start=1)),
    ]
    for line in lines:
        blocks += _page(line)
    plan = lines[0].paper.plan.facts
    return Document(tuple(blocks), plan.language, (plan.author or name,))


def files(lines: Sequence[SignatureLine]) -> dict[str, bytes]:
    """A PDF for each signer, by the files' names."""
    result: dict[str, bytes] = {}
    for name, mine in packet.by_signer(lines).items():
        stem = file_names.slug(name, "signer")
        taken = sum(file.removesuffix(".pdf").rstrip("-0123456789") == stem for file in result)
        result[f"{stem}-{taken + 1}.pdf" if taken else f"{stem}.pdf"] = pdf(name, mine)
    return result


def pdf(name: str, lines: Sequence[SignatureLine]) -> bytes:
    """The packet as a PDF, read back: each line has one page, and the page has its code.

    No page bears a number: it goes behind a paper whose pages are counted otherwise.
    """
    layout = replace(produce.layout(lines[0].paper), numbered=False)
    data = produce.proved(document(name, lines), "pdf", layout)
    pages = pdf_pages.texts(data)[-len(lines) :]
    wrong = [line for line, text in zip(lines, pages, strict=False) if line.code not in text.replace("\n", "")]
    if wrong or len(pages) < len(lines):
        fault = f"the page for {wrong[0].paper.name if wrong else name} does not end with its code"
        raise WriterProblem([Problem(Where(name), fault, "shorten the names over the line; nothing was saved")])
    return data


def _item(line: SignatureLine) -> str:
    parties = f" for {english.listed(line.view.names)}" if line.view.names else ""
    role = ", as a witness" if line.is_attest else ""
    return f"{paper_name(line.paper)}{parties}{role} (code {line.code})"


def _page(line: SignatureLine) -> list[Block]:
    day = line.paper.amendment.day
    effective = f", effective {english.day(day)}" if day else ""
    signer = line.signer
    sign = [
        f"{'Attest' if line.is_attest else 'By'}: {signatures.LINE}",
        f"Name: {signer.name}",
        f"Title: {signer.title}",
    ]
    names = list(line.view.names)
    party = over_lines(names) if len(names) <= MOST_LINES else (Run("; ".join(names)),)
    blocks: list[Block] = [
        Heading(2, "attached", (Run("SIGNATURE PAGE"),)),
        Paragraph("qualifier", (Run(f"to {paper_name(line.paper)}{effective}"),)),
        *([Paragraph("party", party)] if names else []),
        Paragraph("attest" if line.is_attest else "signature", over_lines([part.rstrip() for part in sign])),
    ]
    if line.view.seal and not line.is_attest:
        blocks.append(Paragraph("attest", (Run("(SEAL)"),)))
    return [*blocks, Paragraph("footnote", (Run(f"[{line.paper.name}, code {line.code}]"),))]
