"""HTML that docgen did not make is read by its cells and paragraphs, and what is marked in it is never plain words."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from docgen.build import produce
from docgen.document import roles
from docgen.document.tree import Break, Content, Document, Mark, Table
from docgen.importing import html
from docgen.problems import DataProblem
from docgen.readers import html_tree, html_unseen, returned, to_tree
from docgen.readers.returned import Acceptance
from docgen.redline import baseline, make
from tests.conftest import Workspace
from tests.test_redline import PLANS, paper, papers_in
from tests.test_returned_word import INPUTS, lines


def words(content: Content) -> str:
    parts = []
    for inline in content:
        if isinstance(inline, Break):
            parts.append("<br>\n")
        elif isinstance(inline, Mark):
            parts.append(f"<sup><span style='font-size:8.0pt'>{escape(inline.text)}</span></sup>")
        else:
            parts.append(escape(inline.text).replace(" the ", "\nthe "))
    return "".join(parts)


def filtered(document: Document) -> bytes:
    """A document as Word saves it as a filtered web page: one span in another, no heads, in the letters of Windows."""
    return "\n".join(_filtered(document)).encode("cp1252", "xmlcharrefreplace")


def _filtered(document: Document) -> Iterator[str]:
    yield '<html>\n<head>\n<meta http-equiv=Content-Type content="text/html; charset=windows-1252">'
    yield "<style>\n<!--\n /* Font Definitions */ @font-face {font-family:Calibri;}\n"
    yield " p.MsoNormal, li.MsoNormal {margin:0in; font-size:11.0pt;}"
    yield " @page WordSection1 {size:8.5in 11.0in;}\n-->\n</style>"
    yield "</head>\n<body lang=EN-US style='word-wrap:break-word'>\n<div class=WordSection1>"
    for block in document.blocks:
        if isinstance(block, Table):
            yield "<table class=MsoTableGrid border=0 cellspacing=0 cellpadding=0>"
            for row in block.rows:
                yield "<tr>"
                span = f" colspan={block.width}" if len(row.cells) < block.width else ""
                for cell in row.cells:
                    text = words(cell.content) or "&nbsp;"
                    yield f" <td width=311{span} style='padding:0in'>\n <p class=MsoNormal>{text}</p>\n </td>"
                yield "</tr>"
            yield "</table>\n<p class=MsoNormal>&nbsp;</p>"
        else:
            text = words(block.content)
            yield f"<p class=MsoNormal align=center><b><span style='font-size:12.0pt'>{text}</span></b></p>"
    yield "</div>\n</body>\n</html>"


@pytest.mark.slow
@pytest.mark.parametrize("folder", PLANS[::3], ids=lambda folder: folder.name)
def test_the_same_words_as_word_saves_them_give_no_change(folder: Path, empty: Workspace) -> None:
    for each in papers_in(folder, empty)[-2:]:
        for name in each.documents():
            end = baseline.file("returned.htm", filtered(produce.document(each, name)))
            redline = make.redline(each, name, end)
            assert [line.edit.sentence for line in redline.origins] == []
            assert redline.sections == ()


def test_the_same_words_as_libreoffice_saves_them_give_no_change(amended: Workspace) -> None:
    amended.write({"returned.htm": (INPUTS / "saved-by-libreoffice.htm").read_bytes()})
    ran = amended.run("redline", "aim-class-b/002", "--document", "schedule", "--against", "returned.htm")
    assert ran.out == "Nothing changed: the schedule says the same.\n"


def test_a_word_changed_in_word_and_saved_as_html_is_the_only_change(amended: Workspace) -> None:
    ours = paper(amended)
    data = filtered(produce.document(ours, "amendment"))
    end = baseline.file("returned.htm", data.replace(b"INVESCO Energy Fund", b"INVESCO Power Fund"))
    (line,) = make.redline(ours, "amendment", end).origins
    assert line.edit.sentence == '"Energy" is "Power" in "INVESCO Energy Fund"'


def page(body: str, sheet: str = "") -> bytes:
    return f"<html><head><style>{sheet}</style></head><body>{body}</body></html>".encode()


JANE = 'cite="mailto:Jane%20Roe" datetime="2004-06-03T10:00"'
BY_HAND = ['by hand: "b" is deleted']
STRIKE = "text-decoration:line-through"
MARKED = {
    "del and ins": (f"a <del {JANE}>b</del><ins {JANE}>c</ins>", "", "a c", "a b",
                    ['Jane Roe, June 3, 2004: "b" is deleted', 'Jane Roe, June 3, 2004: "c" is inserted']),
    "s": ("a <s>b</s> c", "", "a c", "a b c", BY_HAND),
    "strike": ("a <strike>b</strike> c", "", "a c", "a b c", BY_HAND),
    "style": ("a <span style='text-decoration: line-through'>b</span> c", "", "a c", "a b c", BY_HAND),
    "longhand": ("a <span style='text-decoration-line:line-through'>b</span> c", "", "a c", "a b c", BY_HAND),
    "escape": ("a <span style='t\\65xt-decoration:line-through'>b</span> c", "", "a c", "a b c", BY_HAND),
    "sheet": ("a <i class=x>b</i> c", "i.x {text-decoration:line-through}", "a c", "a b c", BY_HAND),
    "sheet of a program": ("a <i>b</i> c", "@page {margin: 0} i:::x {color:red} i {text-decoration:line-through}",
                           "a c", "a b c", BY_HAND),
    "nested": ("a <s>b <s>d</s></s> c", "", "a c", "a b d c", ['by hand: "b d" is deleted']),
    "deeper": ("a <s><b><i><s>b</s></i></b></s> c", "", "a c", "a b c", BY_HAND),
    "Word's classes": ("a <span class=msoDel>b</span><span class=msoIns>c</span>", "", "a c", "a b",
                       ['an author without a name: "b" is deleted', 'an author without a name: "c" is inserted']),
    "Word's class beside another": ("a <span class='x MsoDel'>b</span> c", "", "a c", "a b c",
                                    ['an author without a name: "b" is deleted']),
    "inserted, then deleted": (f"a <ins {JANE}>b<del {JANE}>c</del></ins>", "", "a b", "a",
                               ['Jane Roe, June 3, 2004: "bc" is inserted', 'Jane Roe, June 3, 2004: "c" is deleted']),
    "the words of a quotation": ("a <q cite='http://x.com' style='text-decoration:line-through'>b</q> c", "", "a c",
                                 "a b c", BY_HAND),
    "struck out of nothing": ("a <s> </s>b", "", "a b", "a b", []),
    "underlined by an insertion": ("a <ins style='text-decoration:underline'>b</ins>", "", "a b", "a",
                                   ['an author without a name: "b" is inserted']),
    "not struck in the end": ("a <i style='text-decoration:line-through; text-decoration:none'>b</i>", "", "a b", "a b",
                              []),
    "not struck by a closer rule": ("a <i class=x>b</i>", "i.x {text-decoration:none} i {text-decoration:line-through}",
                                    "a b", "a b", []),
    "not struck by its own style": ("a <i style='text-decoration:none'>b</i>", "i {text-decoration:line-through}",
                                    "a b", "a b", []),
    "words that a sheet sets before others": ("a b", "p::before {text-decoration:line-through}", "a b", "a b", []),
}  # fmt: skip


@pytest.mark.parametrize("name", MARKED)
def test_what_is_struck_or_tracked_is_no_plain_word(name: str) -> None:
    body, sheet, accepted, rejected, changed = MARKED[name]
    data = page(f"<p>{body}</p><p>End.</p>", sheet)
    result = to_tree.returned("a.htm", data)
    assert lines(result.document) == [accepted, "End."]
    assert lines(to_tree.returned("a.htm", data, Acceptance(False)).document) == [rejected, "End."]
    assert [said.partition(" in ")[0] for said in returned.listed(result.tracked, "")] == changed
    assert result.remarks == ()
    assert {change.around.split()[0] for change in result.tracked} <= {"a"}


def test_our_own_marks_stay_accepted_when_theirs_are_rejected() -> None:
    data = page(f"<p>a<ins cite=docgen>b</ins><ins {JANE}>c</ins><del cite=docgen>d</del></p>")
    assert lines(to_tree.returned("a.htm", data, Acceptance(False, "docgen")).document) == ["ab"]


def test_marks_of_nobody_and_of_somebody() -> None:
    body = f"<p>a<del>b</del><ins>c</ins><ins {JANE}>d<b>e</b></ins>f<ins cite='mailto:Bob' datetime=soon>g</ins></p>h"
    result = to_tree.returned("a.htm", page(body))
    assert [*returned.listed(result.tracked, "")] == [
        f"{said} in \"abcdefg\"" for said in (
            'an author without a name: "b" is deleted', 'an author without a name: "c" is inserted',
            'Jane Roe, June 3, 2004: "de" is inserted', 'Bob: "g" is inserted',
        )
    ]  # fmt: skip
    jane, bob = ("Jane Roe", "2004-06-03T00:00:00Z"), ("Bob", "1980-01-01T00:00:00Z")
    assert [(*line.words, [who and (who.author, who.date) for who in line.revisers]) for line in result.lines] == [
        ("acdefg", [None, None, jane, jane, None, bob]), ("h", [None]),
    ]  # fmt: skip
    (line,) = to_tree.returned("a.htm", page(f"<p>a<del {JANE}>b</del><s>c</s></p>"), Acceptance(False)).lines
    assert [who and (who.author, who.date) for who in line.revisers] == [None, jane, None]


def test_a_page_that_cannot_be_taken_apart_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_tree, "page", lambda *_: 1 / 0)
    with pytest.raises(DataProblem, match="^a.htm: is not built as an HTML file is") as caught:
        to_tree.read("a.htm", page("<p>a</p>"))
    assert caught.value.problems[0].remedy.startswith("open it in the program that made it and save it again")


def test_a_row_of_which_all_is_struck_goes() -> None:
    body = "<table><tr><td>A</td><td>1%</td></tr><tr><td><s>B</s></td><td><s>2%</s></td></tr></table>"
    assert lines(to_tree.read("a.htm", page(body))) == ["A | 1%"]


SAID = {
    "underlined": ("<u>new</u>", "", '"new", underlined'),
    "underlined by style": ("<span style='text-decoration:underline'>new</span>", "", '"new", underlined'),
    "a ground": ("<span style='background:yellow'>new</span>", "", '"new", on the colour yellow'),
    "a ground of old": ("<table><tr><td bgcolor='#FFFF00'>new</td></tr></table>", "", '"new", on the colour #FFFF00'),
    "a ground by sheet": ("<b>new</b>", "b {background-color: #ff0}", '"new", on the colour #ff0'),
    "red": ("<font color=red>new</font>", "", '"new", in the colour red'),
    "red by style": ("<span style='color:#c00000'>new</span>", "", '"new", in the colour #c00000'),
    "red within red": ("<b style='color:red'><i style='color:red'>new</i></b>", "", '"new", in the colour red'),
    "the last colour": ("<b style='color:red; color:#c00000'>new</b>", "", '"new", in the colour #c00000'),
    "a colour of a ground": ("<b style='background:yellow url(x.png)'>new</b>", "",
                             '"new", on the colour yellow url(x.png)'),
    "a ground in figures": ("<b style='background-color: rgb(255, 255, 0)'>new</b>", "",
                           '"new", on the colour rgb(255, 255, 0)'),
    "a ground behind a picture": ("<b style='background: url(x.png) yellow'>new</b>", "",
                                '"new", on the colour url(x.png) yellow'),
    "a ground and no picture": ("<b style='background-color:#ff0; background-image:none'>new</b>", "",
                             '"new", on the colour #ff0'),
    "red on a dark page": ("<b style='color:red; color-scheme:dark'>new</b>", "", '"new", in the colour red'),
    "hardly a ground": ("<b style='background:#EEEEEE'>new</b>", "", '"new", on the colour #eeeeee'),
    "hardly a colour": ("<b style='color:#500000'>new</b>", "", '"new", in the colour #500000'),
    "a picture by its title": ("<img title=Seal src=x.png>", "", 'a picture (Seal) in "The Plan."'),
    "a picture without words": ("<img src=x.png>", "", 'a picture in "The Plan."'),
    "a field with words": ("<textarea>0.25%</textarea>", "", 'a field that says "0.25%"'),
    "a picture": ("<img alt=Seal src=x.png>", "", 'a picture (Seal) in "The Plan."'),
    "a field": ("<input value=0.25%>", "", 'a field that says "0.25%"'),
    "hardly a ground more": ("<b style='background:#F7F7F7'>new</b>", "", '"new", on the colour #f7f7f7'),
    "hardly a colour more": ("<b style='color:#4D0000'>new</b>", "", '"new", in the colour #4d0000'),
    "a colour of the page and of words": (
        "<b style='color:red'>new</b><b style='color:red'> </b>", "html, body {color: blue}", '"new", in the colour',
    ),
    "a colour of the body and of words": ("<b style='color:red'>new</b>", "body {color: blue}", '"new", in the colour'),
    "letters of no kind of capitals": (
        "<ol style='list-style: foo-alpha'><li>new</li></ol>", "", 'a number or sign that a browser puts before "new"'
    ),
    "a list": ("<ol type=armenian><li>new</li></ol>", "", 'a number or sign that a browser puts before "new"'),
    "a list of letters that goes on behind zz": (
        "<ol type=a start=703><li>or <b>new</b></ol>", "",
        'a number or sign that a browser puts before "or new" by itself',
    ),
    "a list with pictures": (
        "<ul style='list-style-image: url(x.png)'><li>new</ul>", "", 'a number or sign that a browser puts before "new"'
    ),
    "a list of letters that begins before a": (
        "<ol type=a start=0><li>new</li></ol>", "", 'a number or sign that a browser puts before "new"'
    ),
    "a list by its style": (
        "<ol style='list-style: hebrew'><li>new</li></ol>", "", 'a number or sign that a browser puts before "new"'
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAID)
def test_what_a_person_would_see_marked_is_said(name: str) -> None:
    body, sheet, remark = SAID[name]
    result = to_tree.returned("a.htm", page(f"<p>The Plan.{body}</p>", sheet))
    (said,) = result.remarks
    assert said.startswith(remark)
    assert result.tracked == ()


def test_the_words_of_a_field_are_no_words_of_the_paper() -> None:
    result = to_tree.returned("a.htm", page("<p>The Plan.</p><select><option>0.25%</option></select>"))
    assert lines(result.document) == ["The Plan."]
    assert result.remarks == ('a field that says "0.25%" in "The Plan.0.25%"',)


def test_a_picture_where_no_words_are_has_no_place() -> None:
    assert to_tree.returned("a.htm", page("<h1><img src=x.png></h1><p>a</p>")).remarks == ("a picture",)


UNSEEN = {
    '<p title="or none">The Plan.</p>': 'words that show while one points at "The Plan.": "or none"',
    '<p>The Plan.<img src="a.gif" alt="Seal"></p>': 'a picture (Seal) in "The Plan."',
    "<p>The Plan.<!--[if mso]>Ask<![endif]--></p>": 'words that only some programs show (if mso): "Ask"',
    '<table summary="Fees"><tr><td>The Plan.</td></tr></table>': 'words that are read aloud for "The Plan.": "Fees"',
    '<p title="The Plan.">The Plan.</p>': "",
    '<p title="...">The Plan.</p>': "",
    '<div title="or none"><p>The Plan.</p></div>': 'words that show while one points at "The Plan.": "or none"',
    '<style title="Main">p {color: black}</style><link title="Main"><p>The Plan.</p>': "",
    "<p>The Plan.<!--[IF mso]>\nAsk\n<![ENDIF]--></p>": 'words that only some programs show (if mso): "Ask"',
    "<p>The Plan.<!----><!--[if mso]>Ask<![endif]--></p>": 'words that only some programs show (if mso): "Ask"',
    "<p>The Plan.<?if mso?><!--[if mso]>Ask<![endif]--></p>": 'words that only some programs show (if mso): "Ask"',
    '<div title="header">The Plan.</div><p>The Plan.</p>': "",
    '<div title="footer">1</div><p>The Plan.</p>': "",
    '<meta title="Main"><p>The Plan.</p>': "",
    '<p aria-description="or none">c</p>': 'words that are read aloud for "c": "or none"',
    '<p>c</p><input placeholder="or none">': 'a field in "c" words that show in an empty field, <input>: "or none"',
    '<p>c<svg title="Seal"></svg></p>': 'a picture (Seal) in "c"',
    '<p>c<object title="Seal"></object></p>': 'an object of another program (Seal) in "c"',
    '<p>c<embed title="Seal"></p>': 'an object of another program (Seal) in "c"',
    '<p>c<input title="Fee"></p>': 'a field (Fee) in "c"',
    '<p>c<b alt="or none">d</b></p>': 'words that stand for "d": "or none"',
    "<p>c<!--[if mso]><style>p {}</style><script>x</script>d<![endif]--></p>": (
        'words that only some programs show (if mso): "d"'
    ),
    '<p title="Soci\u00e9t\u00e9">Plan</p>': 'words that show while one points at "Plan": "Soci\u00e9t\u00e9"',
    '<p title="The Plan"><b>The</b> Plan</p>': "",
    '<p title="a" aria-label="b">c</p>': 'words that show while one points at "c": "a" '
    'words that are read aloud for "c": "b"',
    '<p title="header">The Plan.</p>': 'words that show while one points at "The Plan.": "header"',
    "<p>The Plan.<!--[if mso]> <![endif]--></p>": "",
    '<p>The Plan.<br title="or none"></p>': 'words that show while one points at <br>: "or none"',
    "<p>The Plan.<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]--></p>": "",
    "<p>The Plan.<!-- title=or none --></p>": "",
}


@pytest.mark.parametrize("body", UNSEEN)
def test_words_that_not_everybody_sees_are_said(body: str) -> None:
    data = f"<html><body>{body}</body></html>".encode()
    assert " ".join(to_tree.returned("a.htm", data).remarks) == UNSEEN[body]
    of_pictures = any(f"<{tag}" in body for tag in html_unseen.IN_PICTURES)
    assert of_pictures or " ".join(html.exhibit("a.htm", data).remarks) == UNSEEN[body]


def test_many_marks_of_one_look_are_one_remark() -> None:
    rows = "".join(f"<tr bgcolor='#CCEEFF'><td>Fund {n}</td></tr>" for n in range(43))
    (said,) = to_tree.returned("a.htm", page(f"<table>{rows}</table>")).remarks
    assert said == '"Fund 0" and 42 more, on the colour #CCEEFF'


def test_black_on_white_is_no_mark() -> None:
    link = "<u style='text-decoration:none'></u><i style='background:rgba(255, 255, 255, 0.5)'>f</i>"
    link += "<i style='background:#F8F8F8; color: #4C0000'>e</i>"
    link += "<a href='#x' style='color:#0000EE'>c</a><b style='background: #FFFFFF00; color: #444444'>d</b>"
    body = f"<p style='color:#000000;background:#FFFFFF'>a <font color=black>b</font> {link}</p>"
    assert to_tree.returned("a.htm", page(body, "p {background: transparent; color: #111}")).remarks == ()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div>a</div><div>b<div>c</div>d</div>", ["a", "b", "c", "d"]),
        ("a<p>b</p>c", ["a", "b", "c"]),
        ("<center><font><b>a</b></font></center>", ["a"]),
        ("<p>a<br>b</p>", ["a\nb"]),
        ("<p>a<br></p>", ["a"]),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", ["a\nb | c"]),
        ("<p>a&nbsp;&nbsp;b</p>", ["a b"]),
        ("<h1>a</h1><h2>b</h2><h3>c</h3><h4>d</h4><h5>e</h5><h6>f</h6>", ["a", "b", "c", "d", "e", "f"]),
        ("<p><br>a<br><br></p><p><br></p>", ["a"]),
        ("<b><p>a</p></b><i><table><tr><td>b</td></tr></table></i>", ["a", "b"]),
        ("<b>x<p>a</p><p>b</p>y</b><i><table><tr><td>c</td><td>d</td></tr></table></i>", ["x", "a", "b", "y", "c | d"]),
        ("<table><tr><td>a<div>b</div>c</td><td><h3>d</h3>e</td></tr><tr></tr></table>", ["a\nb\nc | d\ne"]),
        ("<table><tr><td><div>a</div><!-- x --> <div>b</div> </td></tr></table><table></table>", ["a\nb"]),
        ("<p>a<sup> </sup>b<sup>1</sup> c<sup>2</sup></p>", ["ab[1] c[2]"]),
        ("<frameset><frame></frameset><p>a</p>", ["a"]),
        ("<style>p:::x {color: red} p::before {color: red} @media print {p {color: red}}</style><p>a</p>", ["a"]),
        ("<div title=header><p>DRAFT</p></div><p>a</p>", ["a"]),
        ("<p>a<!-- not b --></p>", ["a"]),
        ("<p>a<?if not b?></p>", ["a"]),
        ("<div title=footer><p>DRAFT</p></div><p>a</p>", ["a"]),
        (f"<p style='{roles.DRAFT_MARK_HTML}'>DRAFT</p><p style='{roles.DRAFT_MARK_HTML}'>a</p>", ["a"]),
        (f"<p>a</p><p style='{roles.DRAFT_MARK_HTML}'>b</p>", ["a", "b"]),
        ("<p>a<script>b</script></p>", ["a"]),
        ("<ol><li>a</li><li><p>b</p></li></ol><ol start=3><li>c</ol>", ["1. a", "2. b", "3. c"]),
        ("<ol type=a><li>a<ol type=I><li>b</ol></li><li value=27>c</ol>", ["a. a", "I. b", "aa. c"]),
        ("<ol reversed><li>a<li>b</ol>", ["2. a", "1. b"]),
        ("<ol reversed start=5><li>a<li>b</ol>", ["5. a", "4. b"]),
        ("<ol type=a start=702><li>a</ol><ol type=A><li>b</ol>", ["zz. a", "A. b"]),
        ("<ul style='list-style: inside square'><li>a</ul><ul type=SQUARE><li>b</ul>", ["\u25aa a", "\u25aa b"]),
        ("<ul><li type=circle>a</ul><menu><li>b</menu>", ["\u25e6 a", "\u2022 b"]),
        ("<ol style='list-style: inside upper-alpha'><li>a</ol>", ["A. a"]),
        ("<ol style='list-style: inside none'><li>a</ol>", ["a"]),
        ("<ol type=1><li>a</ol><ol style='list-style: lower-latin'><li>b</ol>", ["1. a", "a. b"]),
        ("<title>Schedule A</title><p>a</p>", ["a"]),
        ("<ul><li>a<li style='list-style-type: square'>b</ul>", ["\u2022 a", "\u25aa b"]),
        ("<ul style='list-style: none'><li>(1) a</ul>", ["(1) a"]),
        ("<ol type=i style='list-style: inside'><li>a</ol>", ["i. a"]),
        ("<ol style='margin: 0; list-style-position: outside'><p>x</p><li>a<li></li><li>b</ol>", ["x", "1. a", "3. b"]),
        ("<ol style='list-style: decimal-leading-zero'><li>a</ol>", ["01. a"]),
        ("<ol start=x><li value=y>a</ol>", ["1. a"]),
        ("<ol><li><b>a</b> b<li><sup>1</sup> c<li> <div> <p>d</p></div></ol>", ["1. a b", "2.[1] c", "3. d"]),
        ("<table><tr><td>a<div>b</div><b>c</b></td></tr></table>", ["a\nb\nc"]),
        ("<p>a <x-odd>b</x-odd> c</p><x-odd><p>d</p></x-odd>", ["a b c", "d"]),
        ("<div title=header> </div><p>a</p>", ["a"]),
        ("<table><tr><td>A</td></tr><tr><td><s>a</s></td><td><s></s></td></tr></table>", ["A"]),
        ("<ul style='list-style:none'><li>A<li><p><s>a</s></p></ul>", ["A"]),
        ("<ol style='list-style: lower-roman inside'><li>a<li><s>b</s><li>c</ol>", ["i. a", "ii. c"]),
    ],
)
def test_html_of_any_build_is_read_by_its_paragraphs(body: str, expected: list[str]) -> None:
    result = to_tree.returned("a.htm", page(body))
    assert (lines(result.document), result.remarks) == (expected, ())


BLOCKS = (
    *("div", "center", "blockquote", "ul", "ol", "dl", "dt", "dd", "pre", "address", "section", "article", "header"),
    *("footer", "main", "figure", "figcaption", "form", "fieldset", "nav", "aside", "details", "summary", "caption"),
)


@pytest.mark.parametrize("tag", BLOCKS)
def test_a_block_stands_for_itself(tag: str) -> None:
    assert lines(to_tree.read("a.htm", page(f"a<{tag}>b</{tag}>c"))) == ["a", "b", "c"]
    cell = to_tree.read("a.htm", page(f"<table><tr><td>a<{tag}>b</{tag}>c</td></tr></table>"))
    assert lines(cell) == ["a\nb\nc"] or tag == "caption"


def test_a_line_across_parts_words() -> None:
    assert lines(to_tree.read("a.htm", page("a<hr>b<ul><li>c</ul>"))) == ["a", "b", "\u2022 c"]


@pytest.mark.parametrize("tag", ["p", "div", "span", "font", "b", "i", "u", "a", "em", "strong"])
def test_a_number_stands_before_the_first_words_of_its_item(tag: str) -> None:
    inside = "a" if tag == "p" else "<p>a</p>"
    body = f"<ol><li><{tag}>{inside}</{tag}></li></ol>"
    assert lines(to_tree.read("a.htm", page(body))) == ["1. a"]


@pytest.mark.parametrize(
    ("piece", "said"),
    [
        ("<svg><text>A</text></svg>", 'a picture that says "A"'),
        ("<canvas>A</canvas>", 'a picture that says "A"'),
        ("<object>A</object>", 'an object of another program that says "A"'),
        ("<iframe title=Fees></iframe>", "another page (Fees)"),
        ("<embed>", "an object of another program"),
        ("<video>A</video>", 'a film that says "A"'),
        ("<math><mi>A</mi></math>", 'a formula that says "A"'),
    ],
)
def test_what_is_no_words_is_said(piece: str, said: str) -> None:
    result = to_tree.returned("a.htm", page(f"<p>The Plan.</p>{piece}"))
    assert lines(result.document) == ["The Plan."]
    assert result.remarks[0].startswith(said)


@pytest.mark.parametrize("tag", ["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "tr"])
def test_a_change_is_quoted_with_what_it_stands_in(tag: str) -> None:
    cell = "<table><tr><td>b <s>c</s></td><td>d</td></tr></table>"
    piece = cell if tag == "tr" else f"<{tag}>b <s>c</s> d</{tag}>"
    (change,) = to_tree.returned("a.htm", page(f"<div>a{piece}e</div>")).tracked
    assert change.sentence == '"c" is deleted in "b c d"' or tag == "tr"
    assert change.around in ("b c d", "b cd")


def test_headings_and_heads_are_told_apart() -> None:
    rows = (
        "<tr><th>Fund</th><th>Fee</th></tr><tr><th>All</th></tr><tr><th>Row</th><td>1%</td></tr><tr><td>One</td></tr>"
    )
    data = page(f"<h1>Plan</h1><h2>Schedule A</h2><h3>Notes</h3><p class=other>x</p><table>{rows}</table>")
    *blocks, table = to_tree.read("a.htm", data).blocks
    assert [(getattr(block, "level", 0), block.role) for block in blocks] == [
        (1, "title"), (2, "schedule"), (3, "schedule"), (0, ""),
    ]  # fmt: skip
    assert isinstance(table, Table)
    assert [row.role for row in table.head] == ["", "label"]
    assert [row.role for row in table.body] == ["", "fund"]
    assert {cell.role for row in table.rows for cell in row.cells} == {""}
    assert [[cell.head for cell in row.cells] for row in table.body] == [[True, False], [False]]
    (loose,) = to_tree.read("a.htm", page("<table></table>loose<table><tr></tr></table>")).blocks
    assert loose.role == ""
    (title,) = to_tree.read("a.htm", page("<h1>Plan</h1>")).blocks
    (schedule,) = to_tree.read("a.htm", page("<h2>Schedule A</h2>")).blocks
    assert (getattr(title, "level", 0), getattr(schedule, "level", 0)) == (1, 1)


@pytest.mark.parametrize(
    ("body", "sheet", "said"),
    [
        ("a <b>or any other</b>", "b {display: none}", "a.htm:1: display:none hides words"),
        ("a", "html {color: white}", "a.htm:1: words in the colour of what is behind"),
        ("a", "html {font-size: 1pt}", "a.htm:1: 1pt is smaller than 6 points"),
        ("\n<b style='display:none'>a</b>", "b {color: red}", "a.htm:2: display:none hides words"),
    ],
)
def test_what_is_hidden_is_refused(body: str, sheet: str, said: str) -> None:
    """At its line, where no style sheet hides it."""
    with pytest.raises(DataProblem) as caught:
        to_tree.read("a.htm", page(f"<p>{body}</p>", sheet))
    assert str(caught.value).splitlines()[0] == said


def test_what_stands_at_the_top_and_foot_of_pages_is_no_paragraph() -> None:
    body = "<div title=header>DRAFT</div><p>a</p><div title=header> </div><div title=footer>Page <b>1</b></div>"
    assert to_tree.returned("a.htm", page(body)).margins == ("DRAFT", "Page 1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_page_that_came_back_is_read_however_it_was_saved(encoding: str) -> None:
    data = page("<p>Soci\u00e9t\u00e9 Fund</p>").decode().encode(encoding)
    assert lines(to_tree.read("a.htm", data)) == ["Soci\u00e9t\u00e9 Fund"]


@pytest.mark.parametrize(
    ("says", "encoding"), [("", "cp1252"), ("charset=x-odd", "cp1252"), ("charset = 'ISO-8859-2'", "iso-8859-2")]
)
def test_letters_are_read_as_the_page_says_else_as_those_of_windows(says: str, encoding: str) -> None:
    quoted = "\u201cPlan\u201d" if encoding == "cp1252" else "\u010cesk\u00fd Plan"
    data = page(f"<!-- {says} --><p>the {quoted}</p>").decode().encode(encoding)
    assert lines(to_tree.read("a.htm", data)) == [f"the {quoted}"]


def test_a_letter_that_windows_does_not_have_is_refused() -> None:
    with pytest.raises(DataProblem, match=r'a.htm: holds U\+0081 in "the Plan"'):
        to_tree.read("a.htm", b"<html><body><p>the Plan\x81</p></body></html>")
