"""A Word or HTML file that came back: each thing in it is read, or said, or refused with the words at fault."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field

import pytest

from docgen.document.tree import Document, Heading, Mark, Paragraph, Table, plain
from docgen.files import limits, ooxml
from docgen.problems import DataProblem
from docgen.readers import to_tree, word_numbers
from docgen.readers.returned import Acceptance, ReturnedFile
from tests.conftest import HERE

BODY = "word/document.xml"
SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
JANE = 'w:author="Jane Roe" w:date="2004-06-03T10:00:00Z"'
INPUTS = HERE / "returned"
ACCEPTED, REJECTED = Acceptance(), Acceptance(accepted=False)


def file(body: str, **parts: str) -> bytes:
    """A Word file with this in its body, and notes, comments, numbers, headers or styles beside it."""
    related = "".join(
        f'<Relationship Id="r{n}" Type="{RELATED}{kind}" Target="{kind}.xml"/>' for n, kind in enumerate(parts)
    )
    members = {
        "_rels/.rels": _relations(f'<Relationship Id="r" Type="{RELATED}officeDocument" Target="word/document.xml"/>'),
        "word/_rels/document.xml.rels": _relations(related),
        BODY: f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        **{f"word/{kind}.xml": f"<w:{kind} {SPACES}>{text}</w:{kind}>" for kind, text in parts.items()},
    }
    return ooxml.pack({name: text.encode() for name, text in members.items()})


def _relations(text: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{text}</Relationships>'


def p(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def r(text: str, looks: str = "") -> str:
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def ins(text: str, who: str = JANE) -> str:
    return f'<w:ins w:id="1" {who}>{r(text)}</w:ins>'


def gone(text: str, who: str = JANE) -> str:
    return f'<w:del w:id="2" {who}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def row(*cells: str, mark: str = "") -> str:
    return f"<w:tr><w:trPr>{mark}</w:trPr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def mark(kind: str) -> str:
    return f'<w:{kind} w:id="4" {JANE}/>'


def ending(kind: str, *runs: str) -> str:
    """A paragraph whose end has come or gone."""
    return f"<w:p><w:pPr><w:rPr>{mark(kind)}</w:rPr></w:pPr>{''.join(runs)}</w:p>"


def read(body: str, acceptance: Acceptance = ACCEPTED, **parts: str) -> ReturnedFile:
    return to_tree.returned("returned.docx", file(body, **parts), acceptance)


def lines(document: Document) -> list[str]:
    """The paragraphs, and the rows with bars between their cells; the signs of footnotes in brackets."""
    said = []
    for block in document.blocks:
        rows = block.rows if isinstance(block, Table) else ()
        said += [" | ".join(line(cell.content) for cell in row.cells) for row in rows]
        said += [] if isinstance(block, Table) else [line(block.content)]
    return said


def line(content: tuple[object, ...]) -> str:
    return "".join(f"[{part.text}]" if isinstance(part, Mark) else plain((part,)) for part in content)  # type: ignore[arg-type]


WHITE = '<w:color w:val="FFFFFF" w:themeColor="background1"/>'
WORDS = {
    "no-break hyphen": (p("<w:r><w:t>Rule 12b</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>"), ["Rule 12b-1"]),
    "optional hyphen": (p("<w:r><w:t>distri</w:t><w:softHyphen/><w:t>bution</w:t></w:r>"), ["distribution"]),
    "simple field": (p('<w:fldSimple w:instr="REF">', r("Tax"), "</w:fldSimple>", r(" Fund")), ["Tax Fund"]),
    "field inside a field": (
        p(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF a</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("inner"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            r("outer"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        ["innerouter"],
    ),
    "symbol": (p('<w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r>', r("C")), ["°C"]),
    "words in a font of symbols": (p(r("b \uf062 €", '<w:rFonts w:ascii="Symbol"/>')), ["β β €"]),
    "page number of a table of contents": (p(r("Fees"), r(" 2", "<w:webHidden/>")), ["Fees 2"]),
    "dark by a theme": (p(r("Fee", '<w:color w:val="1A1A1A" w:themeColor="background1" w:themeShade="1A"/>')), ["Fee"]),
    "white on a pattern": (
        f'<w:p><w:pPr><w:shd w:val="pct80" w:color="auto" w:fill="auto"/></w:pPr>{r("Fee", WHITE)}</w:p>', ["Fee"],
    ),
    "white on stripes": (
        f'<w:p><w:pPr><w:shd w:val="horzStripe" w:color="auto" w:fill="auto"/></w:pPr>{r("Fee", WHITE)}</w:p>', ["Fee"],
    ),
    "white on a marker": (p(r("Fee", f'{WHITE}<w:highlight w:val="darkCyan"/>')), ["Fee"]),
    "content control": (f"<w:sdt><w:sdtPr/><w:sdtContent>{p(r('Class B'))}</w:sdtContent></w:sdt>", ["Class B"]),
    "control in a line": (p(r("Class "), "<w:sdt><w:sdtContent>", r("B"), "</w:sdtContent></w:sdt>"), ["Class B"]),
    "smart tag": (p('<w:smartTag w:element="place">', r("Houston"), "</w:smartTag>"), ["Houston"]),
    "custom XML": (p('<w:customXml w:element="x">', r("Houston"), "</w:customXml>"), ["Houston"]),
    "hyperlink to another place": (p('<w:hyperlink r:id="r9">', r("a@x.com"), "</w:hyperlink>"), ["a@x.com"]),
    "hyperlink": (p('<w:hyperlink w:anchor="x">', r("Schedule A"), "</w:hyperlink>"), ["Schedule A"]),
    "choice": (
        p('<mc:AlternateContent><mc:Choice Requires="wps">', r("new"), "</mc:Choice><mc:Fallback>", r("old"),
          "</mc:Fallback></mc:AlternateContent>"),
        ["new"],
    ),
    "tabs, line ends": (p(r("a"), "<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/></w:r>", r("d")), ["a b\nc\nd"]),
    "choice that Word does not know": (
        p('<mc:AlternateContent><mc:Choice Requires="odd">', r("new"), "</mc:Choice><mc:Fallback>", r("old"),
          "</mc:Fallback></mc:AlternateContent>"),
        ["old"],
    ),
    "a break of pages": (p('<w:r><w:t>a</w:t><w:br w:type="page"/><w:t>b</w:t></w:r>'), ["a\nb"]),
    "formula": (p("<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"), ["a+b"]),
    "a formula on a line of its own": (
        p("<m:oMathPara><m:oMath><m:r><m:t>a</m:t></m:r></m:oMath></m:oMathPara>"), ["a"],
    ),
    "nothing between": (p("<w:r><w:t/></w:r>", r("a"), "<w:r><w:t></w:t><w:noBreakHyphen/></w:r>", r("b")), ["a-b"]),
    "ends of fields that never begin": (
        p('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', r("a"), '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
          '<w:r><w:instrText>REF</w:instrText></w:r>'), ["a"],
    ),
    "a field without a word of its own": (
        p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText/></w:r><w:r><w:t>b</w:t></w:r>',
          '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t/></w:r>', r("a"),
          '<w:r><w:fldChar w:fldCharType="end"/></w:r>'), ["ba"],
    ),
    "words in no paragraph": (r("loose"), ["loose"]),
    "two paragraphs in a cell": (table(row(p(r("Growth")) + p(r("Fund")), p(r("1.00%")))), ["Growth\nFund | 1.00%"]),
    "a remark of XML among words": (p(r("a"), "<!-- x --><w:r><!-- y --><w:t>b</w:t></w:r>"), ["ab"]),
    "a remark of XML among looks": (p(r("a", "<!-- x --><w:b/>")), ["a"]),
    "a letter beyond those that a font of symbols has": (p(r("b \u0100 \u00b0", '<w:rFonts w:ascii="Symbol"/>')),
                                                        ["\u03b2 \u0100 \u00b0"]),
    "nothing in a font of symbols": (p('<w:r><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr><w:t/></w:r>', r("a")), ["a"]),
    "a colour that is none": (p(r("Fee", '<w:color w:val="odd"/>')), ["Fee"]),
    "a row that is not hidden": (table(row(p(r("Fee")), mark='<w:hidden w:val="0"/>')), ["Fee"]),
    "six points, half of a letter's width and letters close together": (
        p(r("Fee", '<w:spacing w:val="-40"/><w:w w:val="50"/><w:sz w:val="12"/>')), ["Fee"],
    ),
    "an empty field in a formula": (p("<m:oMath><m:r><m:t/></m:r><m:r><m:t>a</m:t></m:r></m:oMath>"), ["a"]),
    "from left to right": (p('<w:dir w:val="ltr">', r("Fund"), "</w:dir>"), ["Fund"]),
    "a tab to a place": (p("<w:r><w:t>a</w:t><w:ptab/><w:t>b</w:t></w:r>"), ["a b"]),
    "a break of pages that was": (p("<w:r><w:lastRenderedPageBreak/><w:t>a</w:t></w:r>"), ["a"]),
    "what tags and controls say of themselves": (
        p('<w:smartTag><w:smartTagPr><w:attr w:name="x"/></w:smartTagPr>', r("a"), "</w:smartTag><w:customXml>"
          "<w:customXmlPr/>", r("b"), "</w:customXml><w:sdt><w:sdtPr><w:rPr/></w:sdtPr><w:sdtEndPr/><w:sdtContent>",
          r("c"), "</w:sdtContent></w:sdt>"), ["abc"],
    ),
    "choices that Word knows by other names": (
        p(*[f'<mc:AlternateContent><mc:Choice Requires="{name}">{r("a")}</mc:Choice><mc:Fallback>{r("b")}</mc:Fallback>'
            "</mc:AlternateContent>" for name in ("v", "wp", "wps v", "wps odd", "")]), ["aaaba"],
    ),
    "words deep in controls": ("<w:sdt><w:sdtContent>" * 300 + p(r("a")) + "</w:sdtContent></w:sdt>" * 300, ["a"]),
    "right to left": (p('<w:bdo w:val="ltr">', r("Fund"), "</w:bdo>"), ["Fund"]),
}  # fmt: skip


SAID_TOO = ("formula", "a formula on a line of its own", "an empty field in a formula", "white on a marker")


@pytest.mark.parametrize("name", WORDS)
def test_what_word_has_between_words_is_read(name: str) -> None:
    body, expected = WORDS[name]
    returned = read(body + p(r("End.")))
    assert lines(returned.document) == [*expected, "End."]
    assert (returned.lines, returned.tracked) == ((), ())
    assert bool(returned.remarks) == (name in SAID_TOO)


@pytest.mark.parametrize("prefix", ["ns0", "x", "W"])
def test_another_spelling_of_the_xml_is_the_same(prefix: str) -> None:
    body = p(r("The Plan "), gone("herein"), ins("hereby"), r(" stays."))
    parts = ooxml.parts("", file(body))
    text = re.sub(r"(</?|\s)w:", rf"\g<1>{prefix}:", parts[BODY].decode()).replace("xmlns:w=", f"xmlns:{prefix}=")
    data = ooxml.pack({**parts, BODY: f"<?xml version='1.0' encoding='UTF-16'?>{text}".encode("utf-16")})
    returned = to_tree.returned("a.docx", data)
    assert lines(returned.document) == ["The Plan hereby stays."]
    assert [change.verb for change in returned.tracked] == ["deleted", "inserted"]


def test_a_file_with_many_texts_may_take_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """However its names are spelled; one that takes too long is named, as is one that is built like none."""
    parts = ooxml.parts("", file(p(r("a"), r("b"))))
    bare = parts[BODY].replace(b"xmlns:w=", b"xmlns=").replace(b"<w:", b"<").replace(b"</w:", b"</")
    bare = bare.replace(b' xml:space="preserve"', b"")
    bounds: list[float] = []

    def within(seconds: float, megabytes: int, work: object) -> object:
        bounds.append(round(seconds, 4))
        raise limits.TooMuch(f"more than {seconds:.0f} seconds")

    monkeypatch.setattr(limits, "within", within)
    for name, data in (
        ("a.docx", file(p(r("a"), r("b")))),
        ("b.docx", ooxml.pack({**parts, BODY: bare})),
        ("c.htm", b"<p>"),
    ):
        with pytest.raises(DataProblem, match=f"{name}: would take more than 6 seconds to read"):
            to_tree.read(name, data)
    assert bounds == [6.001, 6.001, 6.0]


def test_a_body_of_another_name_is_read() -> None:
    parts = ooxml.parts("", file(p(r("The Plan."))))
    parts["word/document2.xml"] = parts.pop(BODY)
    core = b'<Relationship Id="c" Type="core-properties" Target="docProps/core.xml"/><Relationship Id="r"'
    parts["docProps/core.xml"] = b"<x/>"
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"document.xml", b"document2.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b'<Relationship Id="r"', core)
    assert lines(to_tree.read("a.docx", ooxml.pack(parts))) == ["The Plan."]


@dataclass(frozen=True)
class Tracked:
    """A body with tracked changes: its lines when they are accepted, when they are rejected, and what is listed."""

    body: str
    accepted: list[str]
    rejected: list[str]
    listed: list[str] = field(default_factory=list)


TRACKED = {
    "words": Tracked(
        p(r("shall "), gone("herein"), ins("hereby"), r(" stay")),
        ["shall hereby stay"],
        ["shall herein stay"],
        ['"herein" is deleted in "shall hereby stay"', '"hereby" is inserted in "shall hereby stay"'],
    ),
    "one change in several runs": Tracked(
        p(r("a"), ins(" new"), ins(" word")), ["a new word"], ["a"], ['"new word" is inserted in "a new word"']
    ),
    "two changes of one kind": Tracked(
        p(ins("very "), r("a "), ins("new")),
        ["very a new"],
        ["a"],
        ['"very" is inserted in "very a new"', '"new" is inserted in "very a new"'],
    ),
    "a paragraph": Tracked(
        ending("ins", ins("New.")) + p(r("Old.")), ["New.", "Old."], ["Old."], ['"New." is inserted']
    ),
    "a paragraph that goes": Tracked(
        ending("del", gone("First.")) + p(r("Second.")), ["Second."], ["First.", "Second."], ['"First." is deleted']
    ),
    "paragraphs that are joined": Tracked(
        ending("del", r("One, ")) + p(r("two.")),
        ["One, two."],
        ["One,", "two."],
        ['the end of a paragraph is deleted in "One,"'],
    ),
    "a paragraph that goes before a table": Tracked(
        p(r("Above.")) + ending("del", gone("Gone.")) + table(row(p(r("A")))), ["Above.", "A"], ["Above.", "Gone.", "A"]
    ),
    "a row that goes": Tracked(
        table(row(p(r("A")), p(r("1%"))), row(p(gone("B")), p(gone("2%")), mark=mark("del"))),
        ["A | 1%"],
        ["A | 1%", "B | 2%"],
        ['the row "B 2%" is deleted'],
    ),
    "a row that comes": Tracked(
        table(row(p(r("A")), p(r("1%"))), row(p(ins("B")), p(ins("2%")), mark=mark("ins"))),
        ["A | 1%", "B | 2%"],
        ["A | 1%"],
        ['the row "B 2%" is inserted'],
    ),
    "a cell that goes": Tracked(
        table(row(p(r("A")), f"<w:tcPr>{mark('cellDel')}</w:tcPr>" + p(gone("2%")))),
        ["A"],
        ["A | 2%"],
        ['the cell "2%" is deleted in "A"'],
    ),
    "a cell that comes": Tracked(
        table(row(p(r("A")), f"<w:tcPr>{mark('cellIns')}</w:tcPr>" + p(r("2%")))),
        ["A | 2%"],
        ["A"],
        ['the cell "2%" is inserted in "A 2%"'],
    ),
    "a table that goes": Tracked(
        p(r("Above.")) + table(row(p(gone("A")), mark=mark("del"))),
        ["Above."],
        ["Above.", "A"],
        ['the row "A" is deleted'],
    ),
    "paragraphs that are joined over a table that goes": Tracked(
        ending("del", r("One, ")) + table(row(p(gone("A")), mark=mark("del"))) + p(r("two.")),
        ["One, two."],
        ["One,", "A", "two."],
    ),
    "the end of a paragraph before one without words": Tracked(
        ending("del", r("One,")) + p() + p(r("two.")), ["One,", "two."], ["One,", "two."]
    ),
    "the end of a paragraph before a table without words": Tracked(
        ending("del", r("One,")) + table(row(p())) + p(r("two.")), ["One,", "", "two."], ["One,", "", "two."]
    ),
    "the end of a paragraph before a control": Tracked(
        ending("del", r("One,")) + f"<w:sdt><w:sdtContent>{p(r('two,'))}</w:sdtContent></w:sdt>" + p(r("three.")),
        ["One,", "two,", "three."],
        ["One,", "two,", "three."],
    ),
    "looks of a row and of an end that are no changes": Tracked(
        table(row(p(r("A"), ins("b")), mark="<w:cantSplit/><!-- x -->"))
        + f"<w:p><w:pPr><w:rPr><w:b/><!-- x --></w:rPr></w:pPr>{r('c')}{ins('d')}</w:p>",
        ["Ab", "cd"],
        ["A", "c"],
        ['"b" is inserted in "Ab"', '"d" is inserted in "cd"'],
    ),
    "words that move": Tracked(
        p(f'<w:moveFrom w:id="5" {JANE}>{r("First. ")}</w:moveFrom>', r("Second."))
        + p(f'<w:moveTo w:id="6" {JANE}>{r("First.")}</w:moveTo>', r(" Third.")),
        ["Second.", "First. Third."],
        ["First. Second.", "Third."],
        ['"First." is moved away in "First. Second."', '"First." is moved to this place in "First. Third."'],
    ),
    "a deletion in an insertion": Tracked(
        p(r("a"), f'<w:ins w:id="7" {JANE}>{gone(" b")}{r(" c")}</w:ins>'), ["a c"], ["a"]
    ),
    "bold by tracking": Tracked(
        p(f'<w:r><w:rPr><w:b/><w:rPrChange w:id="8" {JANE}><w:rPr/></w:rPrChange></w:rPr><w:t>Plan</w:t></w:r>'),
        ["Plan"],
        ["Plan"],
        ['"Plan" is formatted'],
    ),
    "one word of a row bold by tracking": Tracked(
        table(
            row(p(r("The "), f'<w:r><w:rPr><w:rPrChange w:id="8" {JANE}/></w:rPr><w:t>Plan</w:t></w:r>'), p(r("1%")))
        ),
        ["The Plan | 1%"],
        ["The Plan | 1%"],
        ['"Plan" is formatted in "The Plan 1%"'],
    ),
    "the end of a paragraph, and words of it by another": Tracked(
        ending("del", r("One, "), gone("or ", 'w:author="Bob"')) + p(r("two.")),
        ["One, two."],
        ["One, or", "two."],
        ['the end of a paragraph is deleted in "One,"', '"or" is deleted in "One,"'],
    ),
    "a row that comes, and words of it that go": Tracked(
        table(row(p(r("A"))), row(p(r("B"), gone(" C", 'w:author="Bob"')), mark=mark("ins"))),
        ["A", "B"],
        ["A"],
        ['the row "B C" is inserted', '"C" is deleted in "B"'],
    ),
    "a picture that goes": Tracked(
        p(r("a"), f'<w:del w:id="1" {JANE}><!-- x --><w:r><w:pict/></w:r></w:del>'),
        ["a"],
        ["a"],
        ['the picture is deleted in "a"'],
    ),
    "two pictures that go": Tracked(
        p(r("a"), *[f'<w:del w:id="{n}" {JANE}><w:r><w:pict/></w:r></w:del>' for n in (1, 2)]),
        ["a"],
        ["a"],
        ['the picture is deleted in "a"'] * 2,
    ),
    "words in pieces, of which one says nothing": Tracked(
        p(r("a"), ins(" b"), "<w:r><w:t/></w:r>", ins(" c"), r(" d"), ins(" e")),
        ["a b c d e"],
        ["a d"],
        ['"b c" is inserted in "a b c d e"', '"e" is inserted in "a b c d e"'],
    ),
    "a row that goes, and words of it by another": Tracked(
        table(row(p(r("A"))), row(p(gone("B")), p(gone("2%", 'w:author="Bob"')), mark=mark("del"))),
        ["A"],
        ["A", "B | 2%"],
        ['the row "B 2%" is deleted', '"2%" is deleted'],
    ),
    "paragraphs that are joined over a bookmark": Tracked(
        ending("del", r("One, ")) + '<w:bookmarkStart w:id="9" w:name="x"/>' + p(r("two.")),
        ["One, two."],
        ["One,", "two."],
        ['the end of a paragraph is deleted in "One,"'],
    ),
    "the end of a paragraph before a table": Tracked(
        ending("del", r("One.")) + table(row(p(r("A")))),
        ["One.", "A"],
        ["One.", "A"],
    ),
    "the ends of paragraphs in cells": Tracked(
        table(row(ending("del", r("One")) + p(r(" two")), ending("del", gone("Gone"))))
        + table(row(p(r("A")) + ending("del", gone("B")), p(r("1%")))),
        ["One two | ", "A | 1%"],
        ["One\ntwo | Gone", "A\nB | 1%"],
    ),
    "a look of a paragraph that ends a part of the paper": Tracked(
        f'<w:p><w:pPr><w:sectPr/><w:pPrChange w:id="8" {JANE}/></w:pPr>{r("a")}</w:p>',
        ["a"],
        ["a"],
        ['"a" is formatted'],
    ),
    "a symbol that comes": Tracked(
        p(r("a"), f'<w:ins w:id="1" {JANE}><w:r><w:sym w:font="Symbol" w:char="F0B0"/></w:r></w:ins>'),
        ["a°"],
        ["a"],
        ['the symbol is inserted in "a"'],
    ),
    "the look of a table": Tracked(
        table(f'<w:tblPr><w:tblPrChange w:id="1" {JANE}/></w:tblPr>', row(p(r("A")))),
        ["A"],
        ["A"],
        ["the table is formatted"],
    ),
    "the look of the page": Tracked(
        p(r("a")) + f'<w:sectPr><w:sectPrChange w:id="1" {JANE}/></w:sectPr>', ["a"], ["a"], ["the page is formatted"]
    ),
    "struck by hand": Tracked(
        p(r("a "), r("b ", "<w:strike/>"), r("c")), ["a c"], ["a b c"], ['"b" is deleted in "a c"']
    ),
    "a row struck by hand": Tracked(
        table(row(p(r("A")), p(r("1%"))), row(p(r("B", "<w:dstrike/>")), p(r("2%", "<w:strike/>")))),
        ["A | 1%"],
        ["A | 1%", "B | 2%"],
        ['the row "B 2%" is deleted'],
    ),
    "a tab struck by hand": Tracked(
        p("<w:r><w:rPr><w:strike/></w:rPr><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", r("c")),
        ["c"],
        ["a bc"],
        ['"a b" is deleted in "c"'],
    ),
    "a row struck by hand, and nothing in it that is not": Tracked(
        table(row(p(r("A"))), row(p(r("B", "<w:strike/>"), "<w:r><w:t/></w:r>"), p("<w:r/>"))),
        ["A"],
        ["A", "B | "],
        ['the row "B" is deleted'],
    ),
    "a paragraph struck by hand": Tracked(
        p(r("First.", "<w:strike/>")) + p(r("Second.")), ["Second."], ["First.", "Second."], ['"First." is deleted']
    ),
}


@pytest.mark.parametrize("name", TRACKED)
def test_tracked_changes_are_read_as_accepted_and_as_rejected(name: str) -> None:
    case = TRACKED[name]
    returned = read(case.body + p(r("End.")))
    assert lines(returned.document) == [*case.accepted, "End."]
    assert lines(read(case.body + p(r("End.")), REJECTED).document) == [*case.rejected, "End."]
    if case.listed:
        assert [change.sentence for change in returned.tracked] == case.listed
    assert {change.text for change in returned.tracked if change.what == "end of a paragraph"} <= {""}
    if "by hand" not in name:
        assert returned.tracked[0].author == "Jane Roe"
        assert returned.tracked[0].day == datetime.date(2004, 6, 3)


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ("<w:drawing/>", "the picture"), ("<w:pict/>", "the picture"), ("<w:sym/>", "the symbol"),
        ("<w:object/>", "the object of another program"), ("<w:footnoteReference/>", "the footnote"),
        ("<w:endnoteReference/>", "the endnote"),
        ("<m:oMath/>", "the formula"), ("<w:tab/>", "the tab"), ("<w:ptab/>", "the tab"), ("<w:br/>", "the line end"),
        ("<w:cr/>", "the line end"), ("<w:softHyphen/>", "the optional hyphen"),
    ],
)  # fmt: skip
def test_what_has_no_words_and_goes_is_listed(element: str, said: str) -> None:
    (change,) = read(p(r("a"), f'<w:del w:id="1" {JANE}><w:r>{element}</w:r></w:del>')).tracked
    assert change.sentence == f'{said} is deleted in "a"'


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (table("<w:tblGrid>{tblGridChange}</w:tblGrid>", row(p(r("A")))), "the table is formatted"),
        (table(f"<w:tr><w:tblPrEx>{{tblPrExChange}}</w:tblPrEx><w:tc>{p(r('A'))}</w:tc></w:tr>"),
         'the table is formatted in "A"'),
        (table(row(p(r("A")), p(r("B")), mark="{trPrChange}")), 'the row "A B" is formatted'),
        (table(row("<w:tcPr>{tcPrChange}</w:tcPr>" + p(r("A")), p(r("B")))), 'the cell "A" is formatted in "A B"'),
        (table(row("<w:tcPr>{cellMerge}</w:tcPr>" + p(r("A")), p(r("B")))), 'the cell "A" is formatted in "A B"'),
        (table(row(f"<w:p><w:pPr>{{pPrChange}}</w:pPr>{r('A')}</w:p>", p(r("B")))), '"A" is formatted in "A B"'),
        (f"<w:p><w:pPr><w:sectPr>{{sectPrChange}}</w:sectPr></w:pPr>{r('A')}</w:p>", 'the page is formatted in "A"'),
        (f"<w:p><w:pPr><w:numPr>{{numberingChange}}</w:numPr></w:pPr>{r('A')}</w:p>",
         'the number is formatted in "A"'),
    ],
)  # fmt: skip
def test_looks_of_tables_rows_cells_and_numbers_are_listed(body: str, said: str) -> None:
    name = body.partition("{")[2].partition("}")[0]
    (change,) = read(body.replace(f"{{{name}}}", mark(name)) + p(r("End."))).tracked
    assert change.sentence == said


def test_a_change_of_nothing_that_is_seen_is_none() -> None:
    returned = read(p(r("a"), f'<w:ins w:id="1" {JANE}><w:r><w:lastRenderedPageBreak/></w:r></w:ins>'))
    assert (returned.tracked, returned.remarks) == ((), ())


def formatted(looks: str, former: str) -> str:
    change = f'<w:rPrChange w:id="8" w:author="docgen">{former}</w:rPrChange>'
    return p(r("a"), r(" b", looks + change))


@pytest.mark.parametrize(
    ("body", "acceptance", "is_seen"),
    [
        (formatted("<w:vanish/>", "<w:rPr/>"), ACCEPTED, False),
        (formatted("<w:vanish/>", "<w:rPr/>"), REJECTED, True),
        (formatted("<w:vanish/>", ""), REJECTED, True),
        (formatted("<w:vanish/>", "<w:rPr/>"), Acceptance(False, "docgen"), False),
        (formatted("", "<w:rPr><w:vanish/></w:rPr>"), ACCEPTED, True),
        (formatted("", "<w:rPr><w:vanish/></w:rPr>"), REJECTED, False),
    ],
)
def test_a_tracked_look_that_hides_words(body: str, acceptance: Acceptance, is_seen: bool) -> None:
    if is_seen:
        assert lines(read(body, acceptance).document) == ["a b"]
    else:
        with pytest.raises(DataProblem, match='"b" is hidden'):
            read(body, acceptance)


def test_a_tracked_look_leaves_the_section_and_its_signs_of_notes() -> None:
    form = '<w:footnotePr><w:numFmt w:val="{}"/></w:footnotePr>'
    former = f'<w:sectPrChange w:id="1" {JANE}><w:sectPr>{form.format("upperRoman")}</w:sectPr></w:sectPrChange>'
    section = f"<w:sectPr>{form.format('lowerLetter')}{former}</w:sectPr>"
    body = f'<w:p><w:pPr>{section}<w:pPrChange w:id="2" {JANE}><w:pPr/></w:pPrChange></w:pPr>{r("A")}{call(1)}</w:p>'
    for acceptance in (ACCEPTED, REJECTED):
        assert lines(read(body, acceptance, footnotes=footnotes("One.")).document) == ["A[a]", "[a] One."]
    body = p(r("A"), call(1)) + f"<w:sectPr>{former}</w:sectPr>"
    assert lines(read(body, footnotes=footnotes("One.")).document) == ["A[1]", "[1] One."]


def test_changes_of_nobody_and_on_no_day() -> None:
    for when in ("", "soon", "2004-13-03T10:00:00Z", "2004-06-03T10:00:00Z and more"):
        (change,) = read(p(r("a"), ins(" b", f'w:date="{when}"'))).tracked
        assert change.author == "an author without a name"
        assert change.day == (datetime.date(2004, 6, 3) if "more" in when else None)
        (line_,) = read(p(r("a"), ins(" b", f'w:date="{when}"'))).lines
        assert {who.date for who in line_.revisers if who} == {"1980-01-01T00:00:00Z"}
    (line_,) = read(p(r("a"), ins(" b"), r("c", "<w:strike/>"))).lines
    assert [who and (who.author, who.date) for who in line_.revisers] == [None, ("Jane Roe", "2004-06-03T10:00:00Z")]


def test_the_words_of_a_row_are_theirs_who_brought_it() -> None:
    returned = read(table(row(p(r("A"))), row(p(r("B"), ins("b", 'w:author="Bob"')), mark=mark("ins"))))
    assert [[who and who.author for who in line_.revisers] for line_ in returned.lines] == [[None], ["Jane Roe", "Bob"]]


def test_our_own_marks_stay_accepted_when_theirs_are_rejected() -> None:
    body = p(ins("ours", 'w:author="docgen"'), r(" and "), ins("theirs"))
    assert lines(read(body, Acceptance(False, "docgen")).document) == ["ours and"]
    assert lines(read(body, Acceptance(True, "docgen")).document) == ["ours and theirs"]


def test_a_footnote_is_its_sign_and_a_paragraph() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    text = p("<w:r><w:footnoteRef/></w:r>", r(" Closed to "), ins("new "), r("investors."))
    note = f'<w:footnote w:id="2">{text}</w:footnote>'
    body = table(row(p(r("Growth Fund"), reference), p(r("1.00%")))) + p(r("End."))
    returned = read(body, footnotes=note)
    assert lines(returned.document) == ["Growth Fund[1] | 1.00%", "[1] Closed to new investors.", "End."]
    assert returned.remarks == ()
    assert lines(read(body, REJECTED, footnotes=note).document)[1] == "[1] Closed to investors."
    assert [change.text for change in returned.tracked] == ["new"]


def footnotes(*texts: str) -> str:
    return "".join(f'<w:footnote w:id="{n}">{p(r(text))}</w:footnote>' for n, text in enumerate(texts, start=1))


def call(number: int, more: str = "", sign: str = "") -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"{more}/>{sign}</w:r>'


def test_footnotes_stand_in_their_order_behind_what_calls_them() -> None:
    body = p(r("A"), call(2), r("B"), call(9), r("C"), call(1)) + p(r("D"), call(3))
    returned = read(body, footnotes=footnotes("One.", "Two.", "Three."))
    assert lines(returned.document) == ["A[1]B[2]C[3]", "[1] Two.", "[3] One.", "D[4]", "[4] Three."]
    assert returned.remarks == ('the footnote 2, which the file does not hold in "A1B2C"',)


@pytest.mark.parametrize("off", ["0", "false", "off"])
def test_a_note_whose_own_sign_is_turned_off_is_counted(off: str) -> None:
    own = ' w:customMarkFollows="1"'
    body = p(r("A"), call(1, own, "<w:t>*</w:t>"), r("B"), call(2, own.replace('"1"', f'"{off}"')), r("C"), call(3))
    expected = ["A[*]B[1]C[2]", "[*] One.", "[1] Two.", "[2] Three."]
    assert lines(read(body, footnotes=footnotes("One.", "Two.", "Three.")).document) == expected


def test_a_note_that_word_numbers_and_one_of_a_style() -> None:
    note = f'<w:footnote w:id="1">{styled("One.", "Clause")}{n("Two.")}</w:footnote>'
    returned = read(n("A") + p(r("B"), call(1)) + n("C"), footnotes=note, numbering=CLAUSES, styles=STYLES)
    assert lines(returned.document) == ["1. A", "B[1]", "2.[1] One.", "3. Two.", "4. C"]


def test_an_endnote_stands_at_the_end_and_its_own_sign_stays() -> None:
    reference = '<w:r><w:endnoteReference w:id="2" w:customMarkFollows="1"/><w:t>*</w:t></w:r>'
    note = f'<w:endnote w:id="2">{p(r("Closed."))}</w:endnote>'
    returned = read(p(r("Growth Fund"), reference) + p(r("End.")), endnotes=note)
    assert lines(returned.document) == ["Growth Fund[*]", "End.", "[*] Closed."]
    assert returned.remarks == ()


@pytest.mark.parametrize(
    ("settings", "sign"),
    [
        ("", "ii"),
        ('<w:endnotePr><w:numFmt w:val="hebrew1"/></w:endnotePr>', "2"),
        ('<w:endnotePr><w:numFmt w:val="upperLetter"/></w:endnotePr>', "B"),
    ],
)
def test_a_note_has_the_number_that_word_prints(settings: str, sign: str) -> None:
    body = "".join(p(r(f"Fund {n}"), f'<w:r><w:endnoteReference w:id="{n}"/></w:r>') for n in (1, 2))
    notes = "".join(f'<w:endnote w:id="{n}">{p(r("Closed."))}</w:endnote>' for n in (1, 2))
    assert lines(read(body, endnotes=notes, settings=settings).document)[1] == f"Fund 2[{sign}]"
    pages = '<w:sectPr><w:endnotePr><w:numFmt w:val="ordinal"/></w:endnotePr></w:sectPr>'
    assert lines(read(body + pages, endnotes=notes, settings=settings).document)[1] == "Fund 2[2nd]"


def test_words_on_the_shade_of_a_style_are_seen() -> None:
    style = '<w:style w:styleId="H"><w:pPr><w:shd w:val="clear" w:fill="1F497D"/></w:pPr></w:style>'
    body = f'<w:p><w:pPr><w:pStyle w:val="H"/></w:pPr>{r("Fees", WHITE)}</w:p>'
    assert lines(read(body, styles=style).document) == ["Fees"]
    with pytest.raises(DataProblem, match="in the colour of what is behind"):
        read(body, styles=style.replace("1F497D", "FFFFFF"))


def test_what_a_printer_keeps_is_not_read() -> None:
    parts = ooxml.parts("", file(p(r("Fees"))))
    parts["word/printerSettings/printerSettings1.bin"] = b"<?xml version='1.0'?><!DOCTYPE plist><plist/>"
    assert lines(to_tree.read("returned.docx", ooxml.pack(parts))) == ["Fees"]


def test_a_file_of_no_words_says_what_it_has() -> None:
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{p(r('Fees'))}</w:txbxContent></v:textbox></w:pict></w:r>"
    with pytest.raises(DataProblem, match='says nothing but for a text box that says "Fees"'):
        read(p(box))


REMARKS = {
    "a picture": ("<w:r><w:drawing><wp:inline><wp:docPr id='1' name='p' descr='Seal'/></wp:inline></w:drawing></w:r>",
                  'a picture (Seal) in "The Plan."'),
    "a picture with names in it": (
        "<w:r><w:drawing><wp:inline><wp:effectExtent name='p.png'/><wp:docPr id='1' name='p' descr='Seal'/></wp:inline>"
        "</w:drawing></w:r>", 'a picture (Seal) in "The Plan."',
    ),
    "an old picture": ("<w:r><w:pict><!-- x --></w:pict></w:r>", 'a picture in "The Plan."'),
    "an object": ("<w:r><w:object/></w:r>", 'an object of another program in "The Plan."'),
    "a text box": (
        "<w:r><w:pict><v:textbox><w:txbxContent>" + p(r("A draft")) + "</w:txbxContent></v:textbox></w:pict></w:r>",
        'a text box that says "A draft" in "The Plan."',
    ),
    "a text box twice": (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>{p(r('New'))}"
        f"</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{p(r('New'))}"
        "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
        'a text box that says "New" in "The Plan."',
    ),
    "a date that changes": ('<w:fldSimple w:instr="DATE">' + r("June 3") + "</w:fldSimple>",
                            'the field DATE, which prints "June 3", today in "The Plan.June 3"'),
    "a field in pieces": (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText/><w:instrText>DA</w:instrText></w:r>'
        '<w:r><w:instrText>TE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:t/></w:r>{r("June")}{r(" 3")}<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        'the field DATE, which prints "June 3", today in "The Plan.June 3"',
    ),
    "a field that prints before its result begins": (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>' + r("p. ")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("3") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        'the field PAGE, which prints "3", today in "The Plan.p. 3"',
    ),
    "a field in a field that changes": (
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>TIME</w:instrText>'
        '<w:fldChar w:fldCharType="separate"/></w:r>' + r("noon") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + r(" today") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        'the field TIME, which prints "noon", today in "The Plan.noon today"',
    ),
    "an empty field": ('<w:fldSimple w:instr="TOC"/>', 'the field TOC, which prints nothing in "The Plan."'),
    "a field without an instruction": ("<w:fldSimple/>", "the field WITHOUT A NAME, which prints nothing in"),
    "a field without a name": ('<w:fldSimple w:instr=" "/>', "the field WITHOUT A NAME, which prints nothing in"),
    "a picture by its name": ("<w:r><w:drawing><wp:inline><wp:docPr id='1' name='Seal'/></wp:inline></w:drawing></w:r>",
                              'a picture (Seal) in "The Plan."'),
    "a picture in a text box": (
        "<w:r><w:pict><w:txbxContent>" + p(r("A"), "<w:r><w:pict/></w:r>") + p() + "</w:txbxContent>"
        '<w:txbxContent/></w:pict></w:r>', 'a text box that says "A" in "The Plan."',
    ),
    "no words across the page": ('<w:r><w:pict><v:textpath string=""/></w:pict></w:r>', 'a picture in "The Plan."'),
    "signs of a font of symbols": (r(" \uf080", '<w:rFonts w:ascii="Symbol"/>'),
                                   'signs of the font Symbol, for which no letter stands in "The Plan.'),
    "a stranger without words": ("<w:r><w:ruby/></w:r>", '<ruby> in "The Plan."'),
    "a stranger of another program": ('<w:r><x:t xmlns:x="urn:x"/></w:r>', '<t> in "The Plan."'),
    "words behind a word": ("<w:r><w:t>.</w:t>loose</w:r>", '<r> says "loose", which Word does not show'),
    "on a pattern": (r(" New", "<w:shd w:val='pct50' w:color='FF0000' w:fill='00FF00'/>"),
                     '"New", set on the colour 808000'),
    "on a pattern of half": (r(" New", "<w:shd w:val='horzStripe' w:fill='FFFFFF'/>"),
                             '"New", set on the colour 808080'),
    "hardly red": (r(" New", "<w:color w:val='4D0000'/>"), '"New", set in the colour 4D0000'),
    "an unknown symbol": ('<w:r><w:sym w:font="Odd" w:char="F0FF"/></w:r>', "a symbol of the font Odd (number F0FF)"),
    "a control": ("<w:r><w:control/></w:r>", 'a control in "The Plan."'),
    "the line above the notes": ("<w:r><w:separator/></w:r>", '<separator> in "The Plan."'),
    "a prompt": ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("Click here")
                 + "</w:sdtContent></w:sdt>",
                 'a form field that shows its prompt "Click here"'),
    "a formula": ("<m:oMath> <m:r> <m:t>a+b</m:t> </m:r> </m:oMath>", 'a formula, read as "a+b" in "The Plan."'),
    "underlined": (r(" New", "<w:u w:val='single'/>"), '"New", underlined'),
    "highlighted": (r(" New", "<w:highlight w:val='yellow'/>"), '"New", marked in yellow'),
    "shaded": (r(" New", "<w:shd w:fill='FFFF00'/>"), '"New", set on the colour FFFF00'),
    "red": (r(" New", "<w:color w:val='FF0000'/>"), '"New", set in the colour FF0000'),
    "in capitals": (r(" New", "<w:caps/>"), '"New", shown in capitals by a look'),
    "a stranger": ("<w:r><w:ruby><w:rubyBase>" + r("x") + "</w:rubyBase></w:ruby></w:r>", '<ruby> that says "x"'),
    "no number of a symbol": ('<w:r><w:sym w:font="Odd" w:char="F0B0?"/></w:r>', "a symbol of the font Odd (number 0)"),
    "no font of a symbol": ("<w:r><w:sym/></w:r>", "a symbol of the font without a name (number 0), for which no"),
    "the first sign of a font of symbols": (r(" \uf000", '<w:rFonts w:ascii="Symbol"/>'), "signs of the font Symbol"),
    "a picture of several": (
        "<w:r><w:drawing><wp:inline><wp:docPr id='1'/><wp:docPr id='2' name='' descr='Seal'/></wp:inline></w:drawing>"
        "</w:r>", 'a picture (Seal) in "The Plan."',
    ),
    "words across the page": ('<w:r><w:pict><v:textpath string="DRAFT"/></w:pict></w:r>',
                              'a text box that says "DRAFT"'),
    "words of another program": ('<x:note xmlns:x="urn:x">Ask</x:note>',
                                 '<note> says "Ask", which Word does not show'),
    "a lost footnote": ('<w:r><w:footnoteReference w:id="9"/></w:r>',
                        'the footnote 1, which the file does not hold in "The Plan.1"'),
    "a lost comment": ('<w:r><w:commentReference w:id="9"/></w:r>', "a comment that the file does not hold"),
}  # fmt: skip


@pytest.mark.parametrize("name", REMARKS)
def test_what_no_words_can_say_is_a_remark_with_its_place(name: str) -> None:
    piece, remark = REMARKS[name]
    returned = read(p(r("The Plan."), piece))
    assert [said[: len(remark)] for said in returned.remarks] == [remark]


def test_a_remark_before_all_words_has_no_place() -> None:
    prompt = p(r("Click here"))
    body = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{prompt}</w:sdtContent></w:sdt>"
    assert read(body).remarks == ('a form field that shows its prompt "Click here"',)


NO_LOOKS = (
    *("<w:color w:val='4C0000'/>", "<w:u w:val='none'/>", "<w:highlight w:val='none'/>"),
    *("<w:shd w:val='clear' w:fill='auto'/>", "<w:shd w:val='clear'/>", "<w:shd w:val='clear' w:fill=''/>"),
    *("<w:shd w:val='nil' w:fill='auto'/>", "<w:color w:val='808080'/>", "<w:color w:val='333333'/>", "<w:color/>"),
    *("<w:highlight/>", "<w:u w:val='NONE'/>", "<w:caps w:val='0'/>"),
)


@pytest.mark.parametrize("looks", NO_LOOKS)
def test_a_look_that_is_none_is_no_remark(looks: str) -> None:
    assert not read(p(r("The Plan."), r(" New", looks))).remarks


def test_a_remark_in_a_row_is_quoted_with_the_row() -> None:
    cell = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tc>{p(r('Click'))}</w:tc></w:sdtContent></w:sdt>"
    )
    (remark,) = read(p(r("Above.")) + f"<w:tbl><w:tr><w:tc>{p(r('A Fund'))}</w:tc>{cell}</w:tr></w:tbl>").remarks
    assert remark == 'a form field that shows its prompt "Click" in "A Fund Click"'


def test_capitals_in_a_look_of_capitals_are_no_remark() -> None:
    assert not read(p(r("The Plan."), r(" NEW", "<w:caps/>"))).remarks


@pytest.mark.parametrize("white", ["FFFFFF", "ffffff", "White"])
def test_the_paper_s_own_colour_behind_words_is_no_remark(white: str) -> None:
    assert not read(p(r("The Plan."), r(" New", f"<w:shd w:val='clear' w:fill='{white}'/>"))).remarks


def test_a_comment_in_pieces_is_one_line() -> None:
    pieces = "<w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:cr/><w:t>d</w:t><w:noBreakHyphen/><w:t>e</w:t>"
    comment = f'<w:comment w:id="1"><w:p><w:r><w:t>a</w:t>{pieces}</w:r></w:p></w:comment>'
    (remark,) = read(p(r("Fund"), '<w:r><w:commentReference w:id="1"/></w:r>'), comments=comment).remarks
    assert remark == 'a comment on "Fund": "a b c d-e"'


def test_a_comment_has_its_author_its_day_and_its_words() -> None:
    body = p('<w:commentRangeStart w:id="1"/>', r("Growth Fund"), '<w:commentRangeEnd w:id="1"/>',
             '<w:r><w:commentReference w:id="1"/></w:r>', r(" and more"))  # fmt: skip
    comment = f'<w:comment w:id="1" {JANE}>{p(r("Merged;"))}{p(r("please remove."))}</w:comment>'
    (remark,) = read(body, comments=comment).remarks
    assert remark == 'a comment by Jane Roe, June 3, 2004 on "Growth Fund": "Merged; please remove."'


COMMENTED = p('<w:commentRangeStart w:id="1"/>', r("Growth "), '<w:commentRangeStart w:id="2"/>', "<w:r><w:t/></w:r>",
              r("Fund"), '<w:commentRangeEnd w:id="1"/>', r(" One"), '<w:commentRangeEnd w:id="2"/>',
              *[f'<w:r><w:commentReference w:id="{n}"/></w:r>' for n in (1, 2, 3, 1)])  # fmt: skip


def test_comments_that_overlap_and_one_on_a_place() -> None:
    comments = "".join(f'<w:comment w:id="{n}">{p(r(f"C{n}"))}</w:comment>' for n in (1, 2, 3))
    assert read(COMMENTED, comments=comments).remarks == (
        'a comment on "Growth Fund": "C1"', 'a comment on "Fund One": "C2"', 'a comment on "Growth Fund One": "C3"',
    )  # fmt: skip


def test_a_note_of_two_paragraphs_and_the_line_above_the_notes() -> None:
    reference = '<w:r><w:rPr><w:b/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnote w:id="0" w:type="separator">{p(r("-"))}</w:footnote>'
    centered = f"<w:p><w:pPr><w:jc/></w:pPr>{r('One.')}</w:p>"
    notes += f'<w:footnote w:id="2">{centered}{p(r("Two."))}</w:footnote>'
    returned = read(p(r("Fund"), reference), footnotes=notes)
    assert (lines(returned.document), returned.remarks) == (["Fund[1]", "[1] One.", "Two."], ())
    (remark,) = read(p(r("Fund"), reference.replace('"2"', '"0"')), footnotes=notes).remarks
    assert remark == 'the footnote 1, which the file does not hold in "Fund1"'


@pytest.mark.parametrize("kind", ["separator", "continuationSeparator", "continuationNotice"])
def test_what_parts_notes_from_words_is_no_note(kind: str) -> None:
    note = f'<w:endnote w:id="1" w:type="{kind}">{p(r("-"))}</w:endnote>'
    body = p(r("Fund"), '<w:r><w:endnoteReference w:id="1"/></w:r>')
    assert lines(read(body, endnotes=note).document) == ["Fund[i]"]
    own = note.replace(f' w:type="{kind}"', "").replace(r("-"), "<w:r><w:endnoteRef/></w:r>" + r("Closed."))
    assert lines(read(body, endnotes=own).document) == ["Fund[i]", "[i] Closed."]
    assert read(body, endnotes=own).remarks == ()


@pytest.mark.parametrize(
    ("name", "is_said"),
    [
        *((name, True) for name in ("DATE", "TIME", "SAVEDATE", "PRINTDATE", "CREATEDATE")),
        *((name, True) for name in ("PAGE", "NUMPAGES", "FILENAME", "author")),
        *((name, False) for name in ("REF", "TOC", "MERGEFIELD")),
    ],
)
def test_a_field_that_changes_by_itself_is_said(name: str, is_said: bool) -> None:
    returned = read(p(f'<w:fldSimple w:instr=" {name} x">', r("printed"), "</w:fldSimple>"))
    said = f'the field {name.upper()}, which prints "printed", today in "printed"'
    assert returned.remarks == ((said,) if is_said else ())


def test_parts_that_are_elsewhere_or_nowhere_are_none() -> None:
    parts = ooxml.parts("", file(p(r("The Plan.")), header=p(r("DRAFT"))))
    rels = "word/_rels/document.xml.rels"
    assert to_tree.returned("a.docx", ooxml.pack(parts)).margins == ("DRAFT",)
    picture = parts[rels].replace(
        b"</Rel", f'<Relationship Id="p" Type="{RELATED}image" Target="a.png"/></Rel'.encode()
    )
    assert to_tree.returned("a.docx", ooxml.pack({**parts, rels: picture, "word/a.png": b"PNG"})).margins == ("DRAFT",)
    assert read(p(r("a")), footer=p(r("Page 1")), header=p(r("DRAFT"))).margins == ("DRAFT", "Page 1")
    elsewhere = parts | {rels: parts[rels].replace(b"Target=", b'TargetMode="External" Target=')}
    assert to_tree.returned("a.docx", ooxml.pack(elsewhere)).margins == ()
    nowhere = {name: data for name, data in parts.items() if name != "word/header.xml"}
    assert to_tree.returned("a.docx", ooxml.pack(nowhere)).margins == ()


def test_a_word_file_that_is_built_like_none_is_refused() -> None:
    note = f'<w:footnote w:id="1">{p(r("Closed."))}</w:footnote>'
    data = file("</w:body><w:footnoteReference w:id='1'/><w:body>", footnotes=note)
    with pytest.raises(DataProblem, match="^a.docx: is not built as a Word file is"):
        to_tree.read("a.docx", data)


def test_styles_without_a_kind_or_a_name_are_read() -> None:
    styles = '<w:style w:styleId="Title"><w:name w:val="Title"/></w:style><w:style w:type="paragraph"/>'
    styles += '<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 1"/></w:style>'
    blocks = read(styled("a", "Title") + styled("b", "H"), styles=styles).document.blocks
    assert [(type(block), block.role) for block in blocks] == [(Heading, "title"), (Paragraph, "")]


def test_a_comment_on_words_that_are_gone_is_said() -> None:
    body = p(r("a"), f'<w:del w:id="2" {JANE}><w:r><w:commentReference w:id="1"/></w:r></w:del>')
    (remark,) = read(body, comments=f'<w:comment w:id="1" {JANE}>{p(r("Why?"))}</w:comment>').remarks
    assert remark == 'a comment by Jane Roe, June 3, 2004 on words that are not in it any more: "Why?"'


def test_a_header_says_its_pictures_and_what_was_tracked_in_it() -> None:
    header = p(r("Draft"), gone(" one"), ins(" two"), "<w:r><w:pict/></w:r>")
    returned = read(p(r("a")), header=header)
    assert returned.margins == ("Draft two",)
    assert returned.remarks == ('a picture in "Draft two" in a header or footer',)
    seal = "<w:drawing><wp:inline><wp:docPr id='1' descr='Seal'/></wp:inline></w:drawing>"
    choice = f"<mc:Choice Requires='wps'>{seal}</mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
    header = p(f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>", "<w:r><w:pict/><w:pict/></w:r>")
    said = ("a picture (Seal) in a header or footer", "a picture in a header or footer")
    assert read(p(r("a")), header=header).remarks == said
    assert [change.text for change in returned.tracked] == ["one", "two"]


def level(text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    return f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'


def lists(*levels: str, second: str = "", more: str = "") -> str:
    """The lists 1 and 2 of one definition, with what the second has of its own."""
    texts = "".join(f'<w:lvl w:ilvl="{n}">{text}</w:lvl>' for n, text in enumerate(levels))
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{own}</w:num>' for n, own in ((1, ""), (2, second))
    )
    return f'<w:abstractNum w:abstractNumId="0">{more}{texts}</w:abstractNum>{nums}'


def n(text: str, deep: int = 0, of: int = 1) -> str:
    """A paragraph that Word numbers."""
    number = f'<w:numPr><w:ilvl w:val="{deep}"/><w:numId w:val="{of}"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr>{r(text)}</w:p>"


def styled(text: str, style: str, number: str = "") -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{number}</w:pPr>{r(text)}</w:p>'


CLAUSES = lists(level("%1."), level("%1.%2"), level("(%3)", "lowerLetter"))
STYLES = (
    '<w:style w:type="paragraph" w:styleId="Clause"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Narrow"><w:basedOn w:val="Clause"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Sub"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>'
    "</w:pPr></w:style>"
)
STYLES += (
    '<w:style w:type="paragraph" w:styleId="UnderSub"><w:basedOn w:val="Sub"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Both"><w:basedOn w:val="Sub"/><w:pPr><w:numPr><w:ilvl w:val="0"/>'
    '<w:numId w:val="2"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Lost"><w:pPr><w:numPr>'
    '<w:numId w:val="99"/></w:numPr></w:pPr></w:style>'
)
STYLES += (
    '<w:style w:type="paragraph" w:styleId="Ring"><w:basedOn w:val="Ring"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Lone"><w:basedOn w:val="Gone"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Deep"><w:basedOn w:val="Clause"/><w:pPr><w:numPr><w:ilvl w:val="2"/>'
    '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Ringed"><w:pPr><w:numPr><w:numId w:val="7"/>'
    "</w:numPr></w:pPr></w:style>"
)
NO_NUMBER = '<w:numPr><w:numId w:val="0"/></w:numPr>'
START = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
OTHER = f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">{level("(%1)", "lowerLetter")}</w:lvl></w:abstractNum>'
OTHER += '<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>'
OWN_LEVEL = f'<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">{level("Item %1:")}</w:lvl></w:lvlOverride>'
NUMBERS = {
    "clauses": (CLAUSES, n("a") + n("b", 1) + n("c", 2) + n("d", 2) + n("e", 1) + n("f", 2) + n("g") + n("h", 1),
                "1. a / 1.1 b / (a) c / (b) d / 1.2 e / (a) f / 2. g / 2.1 h"),
    "articles": (lists(level("ARTICLE %1", "upperRoman"), level("Section %1.%2", "decimalZero", "<w:isLgl/>")),
                 n("a") + n("b", 1) + n("c") + n("d", 1),
                 "ARTICLE I a / Section 1.01 b / ARTICLE II c / Section 2.01 d"),
    "words": (lists(level("%1:", "ordinalText"), level("%2", "cardinalText"), level("%3,", "ordinal")),
              n("a") + n("b", 1) + n("c", 2) + n("d"), "First: a / One b / 1st, c / Second: d"),
    "letters": (lists(level("(%1)", "lowerLetter", start=26), level("%2)", "upperLetter")),
                n("a") + n("b") + n("c", 1) + n("d", 1), "(z) a / (aa) b / A) c / B) d"),
    "a list that goes on": (lists(level("%1.")), n("a") + p(r("x")) + n("b", of=2) + n("c"), "1. a / x / 2. b / 3. c"),
    "a list begun anew": (lists(level("%1."), second=START), n("a") + n("b") + n("c", of=2) + n("d", of=2),
                          "1. a / 2. b / 1. c / 2. d"),
    "a level of its own": (lists(level("%1."), second=OWN_LEVEL), n("a") + n("b", of=2), "1. a / Item 2: b"),
    "never begun anew": (lists(level("%1."), level("(%2)", more='<w:lvlRestart w:val="0"/>')),
                         n("a") + n("b", 1) + n("c") + n("d", 1), "1. a / (1) b / 2. c / (2) d"),
    "a level before its upper one": (CLAUSES, n("a", 1) + n("b"), "1.1 a / 2. b"),
    "nothing behind": (lists(level("%1", more='<w:suff w:val="nothing"/>')), n("st Fund"), "1st Fund"),
    "a bullet": (lists(level("\uf0b7", "bullet") + '<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>'), n("a"), "• a"),
    "a picture as a bullet": (lists(level("", more='<w:lvlPicBulletId w:val="0"/>')), n("a"), "• a"),
    "digits": (lists(level("%1.", "custom").replace("/>", ' w:format="001, 002, 003, ..."/>', 2)
                     .replace(' w:format="001, 002, 003, ..."/>', "/>", 1)), n("a") + n("b"), "001. a / 002. b"),
    "rare ones": (lists(level("%1", "chicago", start=5), level("%2", "hex", start=10), level("%3", "numberInDash")),
                  n("a") + n("b", 1) + n("c", 2), "** a / A b / - 1 - c"),
    "no number": (lists(level("%1.", "none")), n("a"), ". a"),
    "hidden": (lists(level("%1.") + "<w:rPr><w:vanish/></w:rPr>"), n("a"), "a"),
    "an empty paragraph counts": (lists(level("%1.")), n("a") + n("") + n("b"), "1. a / 3. b"),
    "of a style": (CLAUSES, styled("a", "Clause") + styled("b", "Sub") + styled("c", "Narrow"), "1. a / 1.1 b / 2. c"),
    "of a style that is based on one": (CLAUSES, styled("a", "Clause") + styled("b", "UnderSub") + styled("c", "Both"),
                                        "1. a / 1.1 b / 2. c"),
    "a list by a style of no list": ('<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Lost"/></w:abstractNum>'
                                     '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>' + CLAUSES,
                                     n("a", of=7), "a"),
    "of a style, but not there": (CLAUSES, styled("a", "Clause", NO_NUMBER) + styled("b", "Clause"), "a / 1. b"),
    "by the style of a level": (lists(level("%1."), level("%1.%2", more='<w:pStyle w:val="Narrow"/>')),
                                styled("a", "Clause") + styled("b", "Narrow"), "1. a / 1.1 b"),
    "a list by a style": ('<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Clause"/></w:abstractNum>'
                          '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>' + CLAUSES, n("a", of=7), "1. a"),
    "no start and no format": (lists('<w:lvlText w:val="%1."/><!-- x -->'), n("a") + n("b"), "0. a / 1. b"),
    "a format that older programs have another for": (
        lists('<w:start w:val="1"/><mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" '
              'w:format="01, 02, 03, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback>'
              '</mc:AlternateContent><w:lvlText w:val="%1."/>'),
        n("a") + n("b"), "01. a / 02. b",
    ),
    "a level, a list and a definition that are not there": (
        lists(level("%1.")) + '<w:num w:numId="8"/>', n("a", 5) + n("b", of=9) + n("c", of=8) + n("d"),
        "a / b / c / 1. d",
    ),
    "a definition that is not there, before the others": (
        '<w:num w:numId="8"/>' + lists(level("%1.")), n("a", of=8) + n("b"), "a / 1. b",
    ),
    "an item that is struck by hand does not count": (
        lists(level("%1.")), n("a") + n("b").replace("<w:rPr>", "<w:rPr><w:strike/>") + n("c"), "1. a / 2. c",
    ),
    "an item that is struck by hand, and nothing in it that is not": (
        lists(level("%1.")), n("a") + n("b").replace("<w:rPr>", "<w:rPr><w:strike/>").replace("</w:p>", "<w:r/></w:p>")
        + n("c"), "1. a / 2. c",
    ),
    "an item that joins the one before": (lists(level("%1.")), ending("del", r("One, ")) + n("two") + n("c"),
                                          "1. One, two / 2. c"),
    "an item that goes before a table does not count": (
        lists(level("%1.")),
        n("a") + n("").replace("</w:pPr>", f"<w:rPr>{mark('del')}</w:rPr></w:pPr>{gone('b')}") + table(row(p(r("x"))))
        + n("c"),
        "1. a / x / 2. c",
    ),
    "a level that is no number": (lists(level("%1.")), n("a").replace('w:ilvl w:val="0"', 'w:ilvl w:val="x"'), "1. a"),
    "not legal": (lists(level("%1.", "upperRoman"), level("%1.%2", more='<w:isLgl w:val="0"/>')), n("a") + n("b", 1),
                  "I. a / I.1 b"),
    "styles in a ring, of nothing and of no list": (
        CLAUSES, styled("a", "Ring") + styled("b", "Lone") + styled("c", "Gone") + styled("d", "Deep"),
        "a / b / c / (a) d",
    ),
    "a list by its own style": ('<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Ringed"/></w:abstractNum>'
                                '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>' + CLAUSES, n("a", of=7), "a"),
    "an override of nothing": (lists(level("%1."), second='<w:lvlOverride w:ilvl="0"/>'), n("a") + n("b", of=2),
                               "1. a / 2. b"),
    "a bullet by another font": (lists(level("\uf0b7", "bullet") + '<w:rPr><w:rFonts w:hAnsi="Symbol"/></w:rPr>'),
                                 n("a"), "• a"),
    "two lists side by side": (lists(level("%1.")) + OTHER, n("a") + n("b", of=3) + n("c") + n("d", of=3),
                               "1. a / (a) b / 2. c / (b) d"),
    "two lists begun anew, each once": (
        lists(level("%1."), second=START) + f'<w:num w:numId="4"><w:abstractNumId w:val="0"/>{START}</w:num>',
        n("a") + n("b") + n("c", of=2) + n("d", of=2) + n("e", of=4) + n("f", of=4) + n("g", of=2),
        "1. a / 2. b / 1. c / 2. d / 1. e / 2. f / 3. g",
    ),
    "begun anew after its uppermost level alone": (
        lists(level("%1."), level("%2)"), level("(%3)", more='<w:lvlRestart w:val="1"/>')),
        n("a") + n("b", 1) + n("c", 2) + n("d", 1) + n("e", 2) + n("f") + n("g", 1) + n("h", 2),
        "1. a / 1) b / (1) c / 2) d / (2) e / 2. f / 1) g / (1) h",
    ),
    "an anew that says no number": (
        lists(level("%1."), second=START.replace(' w:val="1"', "")), n("a") + n("b", of=2), "1. a / 2. b",
    ),
    "a list of the number nought": (
        lists(level("%1.")) + '<w:num w:numId="0"><w:abstractNumId w:val="0"/></w:num>', n("a", of=0) + n("b"),
        "a / 1. b",
    ),
    "a level of a style, and a list of its own": (
        CLAUSES, styled("a", "Sub", '<w:numPr><w:numId w:val="1"/></w:numPr>'), "1. a",
    ),
    "a level of its own, and the list of a style": (
        CLAUSES, styled("a", "Clause", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'), "1.1 a",
    ),
    "a level without a number for it": (
        lists(level("%1.") + "<!-- x -->", "<w:lvlText/>").replace('<w:lvl w:ilvl="0">', "<w:lvl>"), n("a") + n("b", 1),
        "1. a / b",
    ),
    "a format without a name": (lists(level("%1.").replace('<w:numFmt w:val="decimal"/>', "<w:numFmt/>")), n("a"),
                                "1. a"),
    "a bullet of a font of no symbols": (
        lists(level("-", "bullet") + '<w:rPr><w:rFonts w:hint="default"/></w:rPr>'), n("a"), "- a",
    ),
    "figures for letters, and a nought before them": (
        lists(level("%1", "upperLetter"), level("%1.%2", "lowerLetter", "<w:isLgl/>"), level("%2-%3", "decimalZero")),
        n("a") + n("b", 1) + n("c", 2), "A a / 1.1 b / a-01 c",
    ),
    "no number where all are figures": (
        lists(level("%1", "none"), level("%1%2.", "lowerRoman", "<w:isLgl/>")), n("a") + n("b", 1), "a / 1. b",
    ),
    "rows": (lists(level("%1)")), table(row(n("A Fund"), p(r("1%"))), row(n("B Fund"), p(r("2%")))),
             "1) A Fund | 1% / 2) B Fund | 2%"),
}  # fmt: skip


FORMATS = {
    "decimal": "0 1 2 3 20 21 28", "decimalZero": "00 01 02 03 20 21 28",
    "lowerLetter": "_ a b c t u bb", "upperLetter": "_ A B C T U BB",
    "ordinalText": "_ First Second Third Twentieth Twenty-First Twenty-Eighth",
    "cardinalText": "0 One Two Three Twenty Twenty-One Twenty-Eight",
    "ordinal": "0th 1st 2nd 3rd 20th 21st 28th",
    "chicago": "_ * \u2020 \u2021 \u00a7\u00a7\u00a7\u00a7\u00a7 ****** \u00a7\u00a7\u00a7\u00a7\u00a7\u00a7\u00a7",
    "hex": "0 1 2 3 14 15 1C", "decimalEnclosedFullstop": "0. 1. 2. 3. 20. 21. 28.",
    "decimalEnclosedParen": "(0) (1) (2) (3) (20) (21) (28)",
    "decimalEnclosedCircle": "0 \u2460 \u2461 \u2462 \u2473 21 28",
    "numberInDash": "-_0_- -_1_- -_2_- -_3_- -_20_- -_21_- -_28_-", "none": "_ _ _ _ _ _ _",
    "lowerRoman": "_ i ii iii xx xxi xxviii", "upperRoman": "_ I II III XX XXI XXVIII",
}  # fmt: skip


def test_every_format_of_numbers_has_words() -> None:
    """The formats that Word has, each for some numbers; nought is what a list begins with where somebody says so."""
    for name, numbers in FORMATS.items():
        start = 1 if name == "ordinalText" else 0
        made = [
            word_numbers.FORMATS[name](number).replace(" ", "_") or "_" for number in (0, 1, 2, 3, 20, 21, 28)[start:]
        ]
        assert made == numbers.split(" ")[start:], name
    assert FORMATS.keys() == word_numbers.FORMATS.keys()
    assert [word_numbers.FORMATS["lowerRoman"](number) for number in (499, 1000, 1994)] == ["cdxcix", "m", "mcmxciv"]


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_that_word_prints_by_itself_is_read(name: str) -> None:
    numbering, body, expected = NUMBERS[name]
    returned = read(body + p(r("End.")), numbering=numbering, styles=STYLES)
    assert " / ".join(lines(returned.document)) == f"{expected} / End."
    assert returned.remarks == ()


def test_a_number_comes_and_goes_with_its_tracked_change() -> None:
    marked = f'<w:numPr><w:numId w:val="1"/><w:ins w:id="3" {JANE}/></w:numPr>'
    former = f'<w:pPrChange w:id="4" {JANE}><w:pPr/></w:pPrChange>'
    went = gone(" x", 'w:author="Bob"')
    body = f"<w:p><w:pPr>{marked}</w:pPr>{r('a')}{went}</w:p>{n('b').replace('</w:pPr>', former + '</w:pPr>')}{n('c')}"
    returned = read(body, numbering=CLAUSES)
    assert lines(returned.document) == ["1. a", "2. b", "3. c"]
    assert [change.sentence for change in returned.tracked] == [
        'the number is inserted in "a"', '"x" is deleted in "a"', '"b" is formatted',
    ]  # fmt: skip
    assert [change.text for change in returned.tracked] == ["", "x", "b"]
    assert lines(read(body, REJECTED, numbering=CLAUSES).document) == ["a x", "b", "1. c"]
    ours = body.replace('w:author="Jane Roe"', 'w:author="docgen"')
    assert lines(read(ours, Acceptance(False, "docgen"), numbering=CLAUSES).document) == ["1. a x", "2. b", "3. c"]


def test_what_was_struck_by_hand_has_its_number_again_where_it_is_rejected() -> None:
    body = n("a") + n("b").replace("<w:rPr>", "<w:rPr><w:strike/>") + n("c")
    assert lines(read(body, REJECTED, numbering=CLAUSES).document) == ["1. a", "2. b", "3. c"]
    title = '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
    struck = styled("Plan", "Title").replace("<w:rPr>", "<w:rPr><w:strike/>")
    assert [block.role for block in read(struck, REJECTED, styles=title).document.blocks] == ["title"]


def test_a_field_that_went_is_there_again_where_its_change_is_rejected() -> None:
    pieces = ('<w:fldChar w:fldCharType="begin"/>', "<w:delInstrText> DATE </w:delInstrText>",
              '<w:fldChar w:fldCharType="separate"/>', "<w:delText>June 3</w:delText>",
              '<w:fldChar w:fldCharType="end"/>')  # fmt: skip
    body = p(r("On "), f'<w:del w:id="2" {JANE}>{"".join(f"<w:r>{piece}</w:r>" for piece in pieces)}</w:del>')
    returned = read(body, REJECTED)
    assert (lines(returned.document), returned.remarks) == (
        ["On June 3"], ('the field DATE, which prints "June 3", today in "On June 3"',),
    )  # fmt: skip
    assert (lines(read(body).document), read(body).remarks) == (["On"], ())


def test_a_number_that_cannot_be_worked_out_is_said() -> None:
    remark = 'a number or sign that Word puts before "the Fund;" by itself'
    assert read(n("the Fund;"), numbering=lists(level("%1", "hebrew1"))).remarks == (remark,)
    assert read(n("the Fund;"), numbering=lists(level("\uf0ff", "bullet"))).remarks == (remark,)
    assert read(n("the Fund;"), numbering=lists(level("no", "hebrew1"))).remarks == (remark,)
    assert read(n("the Fund;"), numbering=lists(level("%3."))).remarks == (remark,)
    assert read(n("the Fund;"), numbering=lists(level("%2."), level("%2)"))).remarks == (remark,)
    other = '<w:lvlOverride w:ilvl="1"><w:lvl w:ilvl="1">' + level("%2)") + "</w:lvl></w:lvlOverride>"
    of_another = n("a", 1, of=2) + n("the Fund;")  # the level of another list that goes on with the same numbers
    assert read(of_another, numbering=lists(level("%1.%2"), second=other)).remarks == (remark,)
    for first in ("A1, B2, ...", "01, 02, 03, ... and on", ""):
        form = level("%1.", "custom").replace('"custom"', f'"custom" w:format="{first}"')
        assert read(n("the Fund;"), numbering=lists(form)).remarks == (remark,)


def test_the_usual_style_may_number() -> None:
    """A paragraph that names no style is of it; a usual style of letters or tables is none of paragraphs."""
    number = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = f'<w:style w:type="paragraph" w:default="1" w:styleId="N">{number}</w:style>'
    for more in ("", '<w:style w:type="character" w:default="1" w:styleId="C"/>'):
        returned = read(p(r("a")) + p(r("b")), numbering=CLAUSES, styles=more + styles)
        assert lines(returned.document) == ["1. a", "2. b"]
    based = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{below}"/></w:style>'
        for name, below in ("MN", "LM")
    )
    assert lines(read(styled("a", "L"), numbering=CLAUSES, styles=based + styles).document) == ["1. a"]
    usual = styles.replace('w:default="1"', 'w:default="0"')
    assert lines(read(p(r("a")), numbering=CLAUSES, styles=usual).document) == ["a"]


def test_a_number_is_theirs_who_brought_all_words_behind_it() -> None:
    numbered = n("").replace(r(""), "{}")
    of_one, of_two = ins("a") + "<w:r/>", ins("a") + ins("b", 'w:author="Bob"')
    (line_,) = read(numbered.format(of_one), numbering=CLAUSES).lines
    assert [who and who.author for who in line_.revisers] == ["Jane Roe"] * 3
    (line_,) = read(numbered.format(of_two), numbering=CLAUSES).lines
    assert [who and who.author for who in line_.revisers] == [None, None, "Jane Roe", "Bob"]


REFUSED = {
    "another file": ('<w:altChunk r:id="r9"/>', 'holds a part of another file after "The Plan."'),
    "another file after a table": (
        table(row(p(r("A")))) + '<w:altChunk r:id="r9"/>', 'holds a part of another file after "A"',
    ),
    "another document": (p(r("x"), '<w:subDoc r:id="r9"/>'), 'holds another document in "x"'),
    "a part of a file": (p("<w:r><w:contentPart/></w:r>", r("x")), 'holds a part of another file in "x"'),
    "a table in a table": (table(row(table(row(p(r("A")))) + p())), 'a table inside a table: "A"'),
    "a sign that is none": (p(r("closed to\u202c investors")), 'U+202C in "closed to investors"'),
    "black on black": (p(r("or any", '<w:shd w:val="solid" w:color="auto" w:fill="auto"/><w:color w:val="000000"/>')),
                       '"or any" is in the colour of what is behind'),
    "hidden words": (p(r("or any other", "<w:vanish/>")), '"or any other" is hidden'),
    "a hidden row": (table(row(p(r("or any other")), mark="<w:hidden/>")), '"or any other" is in a hidden row'),
    "less than six points": (p(r("or any", '<w:sz w:val="11"/>')), '"or any" is set in 5.5 points'),
    "less than half of a letter's width": (p(r("or any", '<w:w w:val="49"/>')),
                                           '"or any" is squeezed to 49% of its width'),
    "letters upon letters": (p(r("or any", '<w:spacing w:val="-41"/>')),
                             '"or any" is set with its letters on top of each other'),
    "words beside the rows of a table": (
        table(f"<w:tr>{r('or any')}<w:tc>{p(r('A'))}</w:tc></w:tr>"),
        'has words outside its paragraphs and tables: reads "oranyA" where its paragraphs and tables say "A"',
    ),
    "words in what Word does not know": (
        p("<w:odd>", r("or any"), "</w:odd>"), "    compare with a file that docgen built, or with the draft's .yaml",
    ),
    "a sign beyond those of fonts of symbols": (p(r("a \uf100", '<w:rFonts w:ascii="Symbol"/>')), 'U+F100 in "α"'),
    "a sign alone": (p(r("\u202c")), "holds U+202C, which is no letter and no sign"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_quotes_the_words_at_fault(name: str) -> None:
    body, fault = REFUSED[name]
    with pytest.raises(DataProblem) as caught:
        read(p(r("The Plan.")) + body)
    assert fault in str(caught.value)
    assert caught.value.problems[0].remedy


@pytest.mark.seconds
@pytest.mark.parametrize(
    ("name", "line", "remark"),
    [
        ("fldsimple", "INVESCO Municipal Bond Fund | 0.75% | 0.25% | 1.00%", ""),
        ("footnote", "[1] Closed to new investors.", ""),
        ("nbhyphen-rule", "pursuant to Rule 12b-1,", ""),
        ("softhyphen", "The Amended and Restated Master Distribution Plan", ""),
        ("comment", "INVESCO Tax-Free Bond Fund", 'a comment by Counsel on "INVESCO Tax-Free Bond Fund": "This fund'),
        ("manualstrikerow", "INVESCO Tax-Free Bond Fund", "U.S. Government Securities Fund 0.75% 0.25% 1.00%"),
    ],
)
def test_files_that_lawyers_sent_back(name: str, line: str, remark: str) -> None:
    returned = to_tree.returned(f"{name}.docx", (INPUTS / f"{name}.docx").read_bytes())
    assert any(line in said for said in lines(returned.document))
    said = [*returned.remarks, *(change.sentence for change in returned.tracked)]
    assert len(said) == bool(remark)
    assert remark in "".join(said)
    if name == "manualstrikerow":
        assert "Government Securities" not in " ".join(lines(returned.document))


def test_strict_open_xml_is_named_as_such() -> None:
    with pytest.raises(DataProblem, match=r"^strict.docx: is Strict Open XML, a variant of \.docx") as caught:
        to_tree.read("strict.docx", (INPUTS / "strict.docx").read_bytes())
    parts = ooxml.parts("", file(p(r("The Plan."))))
    strict = parts["_rels/.rels"].replace(b"schemas.openxmlformats.org/officeDocument/2006", b"purl.oclc.org/ooxml")
    body = b'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
    for part in ({"_rels/.rels": strict}, {BODY: body}):
        with pytest.raises(DataProblem, match=r": is Strict Open XML, a variant of \.docx"):
            to_tree.read("strict.docx", ooxml.pack({**parts, **part}))
    assert caught.value.problems[0].remedy == 'save it in Word as "Word Document (*.docx)", which is Transitional'
