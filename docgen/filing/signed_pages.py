"""Signed pages put back: each known by its code, joined to its paper; and the paper with /s/ where they came back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from docgen.build import produce
from docgen.document.signatures import SignatureView, SignerView
from docgen.files import pdf_pages
from docgen.filing import executed_copy, packet
from docgen.filing.packet import SignatureLine
from docgen.model import english
from docgen.model.settings import Signature, Signer
from docgen.problems import DataProblem, Problem, Where
from docgen.workspace.select import Paper

TYPED = re.compile(r"(.+):([0-9]+)=([0-9A-Fa-fOIl]{4})-?([0-9A-Fa-fOIl]{4})")


@dataclass(frozen=True)
class SignedPage:
    """A page that came back: its file, its number in it from 0, and the line that it is signed for."""

    file: str
    number: int
    line: SignatureLine


def matched(
    files: Mapping[str, bytes], typed: Mapping[tuple[str, int], str], lines: Sequence[SignatureLine]
) -> list[SignedPage]:
    """The pages of the files by the codes on them, or by those that a person typed for a scan without words.

    DataProblem for a page without a code, with one of other words than the paper has now, or that came twice. A page
    of the cover is passed over: it lists more codes than one, and none is signed on it.
    """
    by_code = {line.code: line for line in lines}
    pages: list[SignedPage] = []
    problems: list[Problem] = []
    for file, data in files.items():
        for number, text in enumerate(_texts(file, data)):
            codes = [typed[file, number]] if (file, number) in typed else list(dict.fromkeys(packet.read_codes(text)))
            if len(codes) > 1 or "SIGNATURE PAGES" in text:
                continue
            where = Where(f"{file}, page {number + 1}")
            earlier = [page for page in pages if codes and page.line.code == codes[0]]
            if not codes:
                remedy = f'say which it is:  --page "{file}:{number + 1}=CODE", with the code from docgen packet'
                problems.append(Problem(where, "no code can be read on it", remedy))
            elif codes[0] not in by_code:
                remedy = "send the page anew: the paper was changed since, or is none of those named here"
                problems.append(Problem(where, f"{codes[0]} is the code of no paper as it reads now", remedy))
            elif earlier:
                fault = f"is signed for the same line as page {earlier[0].number + 1} of {earlier[0].file}"
                problems.append(Problem(where, fault, "take one of the two out"))
            else:
                pages.append(SignedPage(file, number, by_code[codes[0]]))
    if problems:
        raise DataProblem(problems)
    return pages


def _texts(file: str, data: bytes) -> list[str]:
    try:
        return pdf_pages.texts(data)
    except pdf_pages.PdfiumError:
        raise DataProblem([Problem(Where(file), "is not a PDF that can be read", "save the pages as PDF")]) from None


def typed_codes(texts: Sequence[str], files: Sequence[str]) -> dict[tuple[str, int], str]:
    """What `--page FILE:NUMBER=CODE` says of the files; DataProblem for what says no such thing."""
    codes: dict[tuple[str, int], str] = {}
    for text in texts:
        match = TYPED.fullmatch(text)
        if not match or match[1] not in files:
            raise DataProblem([Problem(Where("--page"), f"{text} names no page", 'write "scan.pdf:3=4F2A-91C0"')])
        codes[match[1], int(match[2]) - 1] = f"{match[3]}-{match[4]}".upper().translate(packet.MISREAD)
    return codes


def files(
    papers: Sequence[Paper], contents: Mapping[str, bytes], pages: Sequence[SignedPage], formats: Sequence[str]
) -> dict[str, bytes]:
    """Each paper that pages came back for: with them behind it as a PDF, and as a conformed copy in some formats."""
    result: dict[str, bytes] = {}
    for paper in papers:
        present = [page.line for page in pages if page.line.paper.name == paper.name]
        if present:
            stem, document = paper.name.replace("/", "-"), paper.filed_or_made()[0]
            sealed = paper.seal.files.get(f"{document}.pdf") if paper.seal else None
            pdf = sealed or produce.document_files(paper, paper.documents()[0], ["pdf"]).files[f"{document}.pdf"]
            result[f"{stem}-executed.pdf"] = executed(paper, pdf, contents, pages)
            copies = conformed(paper, present, formats)
            result |= {f"{stem}-conformed.{name.rpartition('.')[2]}": data for name, data in copies.items()}
    return result


def executed(paper: Paper, pdf: bytes, files: Mapping[str, bytes], pages: Sequence[SignedPage]) -> bytes:
    """A paper's PDF with the signed pages behind it, in the order of its blocks; the same bytes each time."""
    mine = sorted((p for p in pages if p.line.paper.name == paper.name), key=lambda p: (p.line.block, p.line.is_attest))
    behind = [executed_copy.PageBehind(files[page.file], page.number, _words(page.line)) for page in mine]
    return executed_copy.write(pdf, behind)


def _words(line: SignatureLine) -> str:
    """What a signed page shows, in words for those who do not see it."""
    names = f" for {english.listed(line.view.names)}" if line.view.names else ""
    verb = "attested" if line.is_attest else "signed"
    return f"Signature page to {packet.paper_name(line.paper)}, {verb} by {line.who}{names}, code {line.code}"


def conformed(paper: Paper, present: Sequence[SignatureLine], formats: Sequence[str]) -> Mapping[str, bytes]:
    """A conformed copy: the paper from the same data, with /s/ and the name on each line that was signed."""
    facts = paper.amendment.facts.model_copy(update={"signatures": blocks(paper, present)})
    copy = paper.with_amendment(replace(paper.amendment, facts=facts))
    return produce.document_files(copy, copy.documents()[0], formats).files


def blocks(paper: Paper, present: Sequence[SignatureLine]) -> tuple[Signature, ...]:
    """The blocks of a paper as they are typed, each by itself, signed where a page came back or the data has it so."""
    lines = packet.lines_of(paper)
    signed = {(line.block, line.is_attest) for line in lines if line.is_signed}
    signed |= {(line.block, line.is_attest) for line in present if line.paper.name == paper.name and line.signer.name}
    return tuple(_signatures(lines, signed))


def _signatures(lines: Sequence[SignatureLine], signed: set[tuple[int, bool]]) -> Iterator[Signature]:
    """Each block as it is typed, with what was signed."""
    views: dict[int, SignatureView] = {line.block: line.view for line in lines}
    for number, view in views.items():
        attest = _signer(view.attest, (number, True) in signed) if view.attest else None
        by = _signer(view.by, (number, False) in signed)
        yield Signature.model_construct(for_=tuple(view.names), each=False, by=by, attest=attest, seal=view.seal)


def _signer(view: SignerView, is_signed: bool) -> Signer:
    return Signer.model_construct(name=view.name or None, title=view.title or None, signed=is_signed)
