"""EDGAR HTML in the manner of filing agents and of Word's filtered HTML: the same paper, set as each of them sets it.

Percent signs in cells of their own, heads over several rows, spacer columns, `&nbsp;` for depth, fonts, page labels.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from docgen.model import english
from docgen.model.schedule import Line, Schedule


@dataclass(frozen=True)
class Manner:
    """How one agent sets a paper: its paragraphs, its headings, and one group's table."""

    name: str
    paragraph: Callable[[str], str]
    heading: Callable[[Sequence[str]], str]
    table: Callable[[str, str, Sequence[str], Sequence[tuple[int, str, Sequence[str]]]], str]


def page(manner: Manner, paragraphs: Sequence[tuple[str, str]], schedule: Schedule) -> bytes:
    """The paper as HTML: paragraphs by role, and the schedule's tables behind the preamble."""
    parts = []
    for role, text in paragraphs:
        is_heading = role in ("title", "qualifier", "schedule", "attached")
        parts.append(manner.heading(text.split("\n")) if is_heading else manner.paragraph(text))
        if role == "preamble":
            parts += [manner.table(*group) for group in groups(schedule)]
    body = "\n".join(parts)
    return f"<HTML><HEAD><TITLE>x</TITLE></HEAD><BODY>{body}</BODY></HTML>".encode("ascii", "xmlcharrefreplace")


def groups(schedule: Schedule) -> Iterator[tuple[str, str, list[str], list[tuple[int, str, list[str]]]]]:
    """Each group: its name, the label over its rows, the heads, and its rows with how deep they stand."""
    heads = [column.heading for _, column in schedule.columns]
    for group in schedule.groups:
        rows = [entry for line in group.rows for entry in _rows(line, schedule)]
        label = english.plural(schedule.form.row, len(group.rows)).upper()
        yield group.name, label, heads, rows


def _rows(line: Line, schedule: Schedule) -> Iterator[tuple[int, str, list[str]]]:
    yield 0, line.name, _values(line, schedule)
    for inner in line.rows:
        yield 1, inner.name, _values(inner, schedule)


def _values(line: Line, schedule: Schedule) -> list[str]:
    return [english.value_text(v.typed, holds) for v, holds in zip(line.values, schedule.holds(), strict=False)]


def said(text: str) -> str:
    return html.escape(text, quote=False)


def percent_apart(name: str, label: str, heads: Sequence[str], rows: Sequence[tuple[int, str, Sequence[str]]]) -> str:
    """Spacer columns everywhere, and the percent sign in a cell of its own."""
    spacer, wide = "<td>&nbsp;</td>", len(heads) * 3
    lines = [f'<tr><td style="border-bottom:1px solid"><b>{said(name)}</b></td>']
    lines += [f'{spacer}<td colspan="2" align="center" style="border-bottom:1px solid">{said(h)}</td>' for h in heads]
    lines.append(f"</tr><tr><td>{label}</td>{spacer * wide}</tr>")
    for depth, text, values in rows:
        cells = [f"<td>{'&nbsp;' * 5 * depth}{said(text)}</td>"]
        for value in values or [""] * len(heads):
            number = value.removesuffix("%")
            cells.append(f'{spacer}<td align="right">{said(number)}</td><td>{"%" if value.endswith("%") else ""}</td>')
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table cellspacing="0" width="100%">{"".join(lines)}</table>'


def stacked(name: str, label: str, heads: Sequence[str], rows: Sequence[tuple[int, str, Sequence[str]]]) -> str:
    """Each head over several rows, a word or two in each, and a rule of dashes under it."""
    words = [head.split() for head in heads]
    deep = max(map(len, words))
    table = []
    for number in range(deep):
        cells = [column[number - deep + len(column)] if number >= deep - len(column) else "" for column in words]
        first = f"<b>{said(name)}</b>" if number == deep - 1 else ""
        table.append(f"<tr><td>{first}</td>{''.join(f'<td align=center><b>{said(c)}</b></td>' for c in cells)}</tr>")
    table.append(f"<tr><td>{'-' * 20}</td>{'<td>-------</td>' * len(heads)}</tr>")
    table.append(f"<tr><td>{label}</td></tr>")
    for depth, text, values in rows:
        beside = "".join(f"<td align=center>{said(value)}</td>" for value in values)
        table.append(f"<tr><td>{'&nbsp;&nbsp;' * 2 * depth}{said(text)}</td>{beside}</tr>")
    return f"<TABLE>{''.join(table)}</TABLE>"


def word_filtered(name: str, label: str, heads: Sequence[str], rows: Sequence[tuple[int, str, Sequence[str]]]) -> str:
    """As Word saves it: MsoNormal in each cell, borders by style, depth by margin."""

    def cell(text: str, depth: int = 0, rule: bool = False, bold: bool = False) -> str:
        border = "border:none;border-bottom:solid windowtext 1.0pt;" if rule else "border:none;"
        inner = f"<b>{said(text)}</b>" if bold else said(text)
        margin = f" style='margin-left:{depth * 12}.0pt'" if depth else ""
        words = f"<span style='font-size:10.0pt'>{inner or '&nbsp;'}</span>"
        style = f"{border}padding:0in 5.4pt 0in 5.4pt"
        return f"<td width=120 valign=bottom style='{style}'><p class=MsoNormal{margin}>{words}</p></td>"

    lines = [
        "<tr>" + cell(name, rule=True, bold=True) + "".join(cell(h, rule=True, bold=True) for h in heads) + "</tr>"
    ]
    lines.append("<tr>" + cell(label) + cell("") * len(heads) + "</tr>")
    for depth, text, values in rows:
        lines.append("<tr>" + cell(text, depth) + "".join(map(cell, values or [""] * len(heads))) + "</tr>")
    return "<table class=MsoNormalTable border=0 style='border-collapse:collapse'>" + "\n".join(lines) + "</table>"


def group_above(name: str, label: str, heads: Sequence[str], rows: Sequence[tuple[int, str, Sequence[str]]]) -> str:
    """The group across the whole table, the heads under it beside their label, all on one line."""
    wide = len(heads) + 1
    lines = [f"<TR><TD COLSPAN={wide}><B><U>{said(name)}</U></B></TD></TR><TR><TD><B>{label}</B></TD>"]
    lines += [f'<TD ALIGN="CENTER"><B><U>{said(head)}</U></B></TD>' for head in heads]
    lines.append("</TR>")
    for depth, text, values in rows:
        cells = "".join(f'<TD ALIGN="CENTER">{said(value)}</TD>' for value in values)
        lines.append(f'<TR><TD STYLE="padding-left:{depth * 10}px">{said(text)}</TD>{cells}</TR>')
    return f'<FONT SIZE=2><TABLE BORDER="0">{"".join(lines)}</TABLE></FONT>'


def with_widths(name: str, label: str, heads: Sequence[str], rows: Sequence[tuple[int, str, Sequence[str]]]) -> str:
    """A row of widths alone at the top, fonts in each cell, and a page's label under the table."""
    font = '<font style="font-family:Times New Roman" size="2">'
    lines = [f"<tr>{'<td width=10%></td>' * (len(heads) + 1)}</tr>"]
    cells = "".join(f'<td align="center" style="border-bottom:solid 1pt">{font}{said(h)}</font></td>' for h in heads)
    lines.append(f'<tr><td style="border-bottom:solid 1pt">{font}<b>{said(name)}</b></font></td>{cells}</tr>')
    lines.append(f"<tr><td>{font}<i>{label}</i></font></td></tr>")
    for depth, text, values in rows:
        cells = "".join(f"<td align=center>{font}{said(value)}</font></td>" for value in values)
        indent = f' style="text-indent:{depth * 12}pt"' if depth else ""
        lines.append(f"<tr><td{indent}>{font}{said(text)}</font></td>{cells}</tr>")
    return f"<div><table>{''.join(lines)}</table></div><p align=center>A-1</p><hr>"


def thead(name: str, label: str, heads: Sequence[str], rows: Sequence[tuple[int, str, Sequence[str]]]) -> str:
    """Heads as th in a thead, spans for fonts, depth by padding."""
    cells = "".join(f'<th scope="col"><span>{said(head)}</span></th>' for head in heads)
    lines = [f'<thead><tr><th style="border-bottom:1px solid">{said(name)}</th>{cells}</tr></thead><tbody>']
    lines.append(f'<tr><td colspan="{len(heads) + 1}">{label}</td></tr>')
    for depth, text, values in rows:
        cells = "".join(f"<td><span>{said(value)}</span></td>" for value in values or [""] * len(heads))
        lines.append(f'<tr><td style="padding-left:{depth * 15}pt">{said(text)}</td>{cells}</tr>')
    return f"<table>{''.join(lines)}</tbody></table>"


def paragraph(text: str) -> str:
    return f'<p style="text-indent:24pt">{said(text)}</p>'


def font_paragraph(text: str) -> str:
    return f'<P ALIGN="JUSTIFY"><FONT FACE="Times New Roman" SIZE="2">{said(text)}</FONT></P>'


def division(text: str) -> str:
    return f'<div style="margin-top:12pt"><font size="2">{said(text)}</font></div>'


def centred(lines: Sequence[str]) -> str:
    return f'<p align="center"><b>{"<br>".join(map(said, lines))}</b></p>'


def line_by_line(lines: Sequence[str]) -> str:
    return "".join(f'<P ALIGN="CENTER"><B>{said(line)}</B></P>' for line in lines)


MANNERS = (
    Manner("percent apart", paragraph, centred, percent_apart),
    Manner("stacked heads", font_paragraph, line_by_line, stacked),
    Manner("Word's filtered HTML", paragraph, centred, word_filtered),
    Manner("group above", font_paragraph, line_by_line, group_above),
    Manner("with widths", division, centred, with_widths),
    Manner("thead", division, line_by_line, thead),
    Manner("spacers in fonts", font_paragraph, centred, percent_apart),
)
