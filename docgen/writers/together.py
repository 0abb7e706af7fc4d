"""Says which blocks and rows stay on one page with those below them, for the formats that have pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, TypeVar

from docgen.document.tree import Block, Heading, Paragraph, Run, Table, TableRow, lines
from docgen.edgar.file_words import CONTINUED

Pages = TypeVar("Pages")
PageSize = Literal["", "landscape", "ledger"]  # the usual one; a letter on its side; two letters beside one another
SIGNING = ("party", "signature", "attest")
MOST_SIGNING = 26  # lines that all signers take together; fewer stay on one page, of more each signer's block does
AROUND = 1  # lines of air that a signer's paragraph has
MOST_UNDER = 8  # rows under the name of a fund, or beside that of a group, that stay together; more may break
MOST_LINES = 28  # lines that such rows take together, so that any page has room for them
SHORT_PAIR = 10  # lines that the first two or last two rows take at most to be kept together
TALL = 20  # lines beyond which a row may go on over the page
LEADING = ("qualifier", "witnesseth", "preamble")  # paragraphs that only lead to what stands below


def with_next(blocks: Sequence[Block]) -> list[bool]:
    """For each block, whether no page ends between it and the next.

    A heading stays with its first rows and rows with their footnote, the block of a signer is one piece, and the first
    has words of the paper above it. What closes a paper stays with its rows where nobody signs below.
    """
    roles = ["" if isinstance(block, Table) else block.role for block in blocks]
    last = max((number for number, role in enumerate(roles) if role in SIGNING), default=-1)
    few = _signing_lines(blocks) <= MOST_SIGNING
    return [
        _leads(block, roles[number], below)
        or (_signs(roles[number], below, few) if below in SIGNING else _closes(roles[number], below, number < last))
        for number, (block, below) in enumerate(zip(blocks, [*roles[1:], "end"], strict=True))
    ]


def on_pages(stays: Sequence[bool], tables: Mapping[int, Pages], usual: Pages) -> list[Pages]:
    """The pages that each block stands on: those of the tables, by their number, and what stays with them."""
    pages = [tables.get(number, usual) for number in range(len(stays))]
    for number in range(1, len(stays)):
        if pages[number] == usual and stays[number - 1]:
            pages[number] = pages[number - 1]
    for number in reversed(range(len(stays) - 1)):
        if pages[number] == usual and stays[number]:
            pages[number] = pages[number + 1]
    return pages


def _signing_lines(blocks: Sequence[Block]) -> int:
    """About how many lines the signers take."""
    signing = [block for block in blocks if not isinstance(block, Table) and block.role in SIGNING]
    return sum(len(lines(block.content)) + AROUND for block in signing)


def _leads(block: Block, role: str, below: str) -> bool:
    """Whether a block only leads to the one below: a heading, an introduction, words before items, the clause over a
    schedule."""
    if isinstance(block, Heading) or role in LEADING or (role == "clause" and below == "schedule"):
        return True
    return isinstance(block, Paragraph) and role != "item" == below and lines(block.content)[-1].endswith(":")


def _signs(role: str, below: str, few: bool) -> bool:
    """Whether a signer's paragraph below is of the same block, or has no words of the paper above it but these."""
    return few or role == "party" or below == "attest" or role not in SIGNING


def _closes(role: str, below: str, signed: bool) -> bool:
    """Whether a paper's end begins below: footnotes, the quotation mark, the last words and the day."""
    if below in ("terms", "dated"):
        return role == "terms" or not signed
    return below == "quote" or (below == "footnote" and not role)


def rows_with_next(table: Table, deep: Sequence[int], most: int = MOST_UNDER) -> list[bool]:
    """For each row of a table's body, whether no page ends between it and the next; `deep` has the lines of each.

    The first two stay together and the last two, where they are short; a fund with its classes where these are no more
    than `most`, and the rows beside a group's name.
    """
    rows, last = table.body, len(table.body) - 1
    pairs = [number for number in (0, last - 1) if sum(deep[number : number + 2]) <= SHORT_PAIR]
    stays = [number < last and (number in pairs or row.role == "fund") for number, row in enumerate(rows)]
    for start, end in _funds(table):
        if _stays_whole(deep[start:end], most):
            stays[start : end - 1] = [True] * (end - 1 - start)
    return stays


def continued(table: Table, deep: Sequence[int], most: int = MOST_UNDER) -> list[str]:
    """For each row of a table's body, what a page says above that begins with it: the name of a fund that may break.

    Empty for all other rows, and where a redline marks the name.
    """
    words = [""] * len(table.body)
    for start, end in _funds(table):
        if not _stays_whole(deep[start:end], most):
            words[start + 1 : end] = [_name(table.body[start])] * (end - start - 1)
    return words


def continued_inside(table: Table, deep: Sequence[int]) -> list[str]:
    """For each row of a table's body, what a page says above that begins inside it: the name of its fund, where the row
    is one that may break; empty for all other rows, and where a redline marks the name.
    """
    words = [""] * len(table.body)
    for start, end in _funds(table) if max(deep, default=0) > TALL else ():
        words[start:end] = [_name(table.body[start]) if lines > TALL else "" for lines in deep[start:end]]
    return words


def _name(row: TableRow) -> str:
    """The name of a fund that goes on; empty where a redline marks it."""
    name = row.cells[0].content
    if row.redline or any(inline.redline for inline in name):
        return ""
    text = "".join(inline.text if isinstance(inline, Run) else " " for inline in name)
    return f"{' '.join(text.split())} {CONTINUED}"


def _stays_whole(deep: Sequence[int], most: int) -> bool:
    return len(deep) <= most and sum(deep) <= MOST_LINES


def _funds(table: Table) -> Iterator[tuple[int, int]]:
    """Where each fund's rows begin, or those beside a group's name, and where they end."""
    starts = [number for number, row in enumerate(table.body) if not _is_under(row)]
    return pairwise([*starts, len(table.body)])


def _is_under(row: TableRow) -> bool:
    """Whether the name of its fund or group stands in a row above it."""
    return row.role == "class" or (len(row.cells) > 1 and not row.cells[0].content)
