"""Words that a reader cannot see are said, in a returned Word or HTML file and in the PDF; names mix no alphabets."""

from __future__ import annotations

import io
from collections.abc import Callable
from types import SimpleNamespace

import pikepdf
import pytest
from lxml import etree
from PIL import Image

from docgen.edgar import characters, colours, css, preflight
from docgen.files import ooxml, pdf_pages
from docgen.problems import DataProblem
from docgen.readers import to_tree, word_file, word_hidden
from tests.conftest import AMENDMENT, PLAN, Workspace

W = "word/document.xml"
NAME = b"INVESCO Tax-Free Bond Fund"


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The parts of a Word file that docgen wrote."""
    workspace = Workspace(tmp_path_factory.mktemp("word"))
    workspace.write({"schedules/p/plan.yaml": PLAN, "schedules/p/amendments/001.yaml": AMENDMENT})
    assert workspace.run("build", "--format", "docx").code == 0
    return ooxml.parts("", (workspace.root / "build/p/001/schedule.docx").read_bytes())


def with_looks(looks: str) -> Callable[[bytes], bytes]:
    """The body with a further run of these looks beside the name of a fund."""
    run = f"<w:r><w:rPr>{looks}</w:rPr><w:t>or any other fund</w:t></w:r>".encode()

    def change(body: bytes) -> bytes:
        at = body.index(b"</w:r>", body.index(NAME)) + len(b"</w:r>")
        return body[:at] + run + body[at:]

    return change


def with_piece(piece: str) -> Callable[[bytes], bytes]:
    return lambda body: body.replace(b"</w:body>", f"<w:p>{piece}</w:p></w:body>".encode())


UNSEEN = {
    "vanish": (with_looks("<w:vanish/>"), '"or any other fund" is hidden'),
    "vanish in words": (with_looks('<w:vanish w:val="true"/>'), "is hidden"),
    "tiny": (with_looks('<w:sz w:val="2"/>'), "is set in 1 points"),
    "white": (with_looks('<w:color w:val="FFFFFF"/>'), "is in the colour of what is behind"),
    "nearly white": (
        with_looks('<w:color w:val="FFFFFE"/>'),
        "too faint to be seen on what is behind (contrast 1.00, at least 1.5)",
    ),
    "white by theme": (with_looks('<w:color w:val="auto" w:themeColor="background1"/>'), "is in the colour"),
    "grey on grey": (
        with_looks('<w:color w:val="888888"/><w:shd w:val="clear" w:fill="8A8A8A"/>'),
        "is too faint to be seen",
    ),
    "white on a faint pattern": (
        with_looks('<w:color w:val="FFFFFF"/><w:shd w:val="pct10" w:color="auto" w:fill="auto"/>'),
        "is too faint to be seen",
    ),
    "under a marker": (with_looks('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>'), "is in the colour"),
    "squeezed": (with_looks('<w:w w:val="1"/>'), "is squeezed to 1% of its width"),
    "on top": (with_looks('<w:spacing w:val="-200"/>'), "is set with its letters on top of each other"),
    "specVanish": (with_looks("<w:specVanish/>"), "is hidden"),
    "white by another theme": (with_looks('<w:color w:val="auto" w:themeColor="bg1"/>'), "is in the colour"),
    "white by a light theme": (with_looks('<w:color w:val="auto" w:themeColor="light1"/>'), "is in the colour"),
    "just too small": (with_looks('<w:sz w:val="11"/>'), "is set in 5.5 points"),
    "just too narrow": (with_looks('<w:w w:val="49%"/>'), "is squeezed to 49% of its width"),
    "just too close": (with_looks('<w:spacing w:val="-41"/>'), "is set with its letters on top of each other"),
}


def faults_of(body: bytes, styles: bytes) -> list[str]:
    """What a body hides, with these styles."""
    return list(word_hidden.hidden(etree.fromstring(body), word_hidden.styles(styles)))


@pytest.mark.parametrize("name", UNSEEN)
def test_what_a_returned_word_file_hides_is_said(word: dict[str, bytes], name: str) -> None:
    change, said = UNSEEN[name]
    with pytest.raises(DataProblem, match=r"\.docx: ") as caught:
        to_tree.read("returned.docx", ooxml.pack({**word, W: change(word[W])}))
    assert said in str(caught.value)
    assert "set it as words that can be seen" in str(caught.value)


SEEN = {
    "not hidden": '<w:vanish w:val="0"/>',
    "not struck": '<w:strike w:val="false"/>',
    "grey": '<w:color w:val="595959"/>',
    "white on black": '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
    "small": '<w:sz w:val="16"/>',
    "marked": '<w:highlight w:val="yellow"/>',
    "bold": "<w:b/>",
    "off": '<w:vanish w:val="off"/><w:strike w:val="none"/>',
    "as small as may be": '<w:sz w:val="12"/>',
    "as narrow as may be": '<w:w w:val="50"/>',
    "as close as may be": '<w:spacing w:val="-40"/>',
    "of no size": '<w:sz w:val="large"/>',
}


@pytest.mark.parametrize(
    ("sign", "said"),
    [
        ("\u200b", 'holds U+200B in "'),
        ("\u202e", 'holds U+202E in "'),
        ("\u00ad", 'holds U+00AD in "'),
        ("\u034f", 'holds U+034F in "'),
        ("\u3164", 'holds U+3164 in "'),
        ("\u041e", '"TaxО-Free" mixes letters of Latin and Cyrillic'),
    ],
)
def test_signs_that_nobody_sees_in_a_returned_file_are_said(word: dict[str, bytes], sign: str, said: str) -> None:
    body = word[W].replace(NAME, NAME.replace(b"Tax", f"Tax{sign}".encode()))
    html = f"<html><body><div><p>Growth Fund</p><p>Tax{sign}-Free</p></div></body></html>".encode()
    for name, data in (("returned.docx", ooxml.pack({**word, W: body})), ("returned.htm", html)):
        with pytest.raises(DataProblem) as caught:
            to_tree.read(name, data)
        assert str(caught.value).startswith(f"{name}: {said}")


@pytest.mark.parametrize("name", SEEN)
def test_what_can_be_seen_is_read(word: dict[str, bytes], name: str) -> None:
    document = to_tree.read("returned.docx", ooxml.pack({**word, W: with_looks(SEEN[name])(word[W])}))
    assert any("or any other fund" in str(content) for content in document.contents())


def test_a_style_that_hides_is_found_through_what_it_is_based_on(word: dict[str, bytes]) -> None:
    styles = word["word/styles.xml"].replace(
        b"</w:styles>",
        b'<w:style w:type="character" w:styleId="Base"><w:rPr><w:vanish/></w:rPr></w:style>'
        b'<w:style w:type="character" w:styleId="Mine"><w:basedOn w:val="Base"/></w:style></w:styles>',
    )
    body = with_looks('<w:rStyle w:val="Mine"/>')(word[W])
    with pytest.raises(DataProblem, match="is hidden"):
        to_tree.read("returned.docx", ooxml.pack({**word, "word/styles.xml": styles, W: body}))
    body = with_looks('<w:rStyle w:val="Mine"/><w:vanish w:val="0"/>')(word[W])
    to_tree.read("returned.docx", ooxml.pack({**word, "word/styles.xml": styles, W: body}))


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">x</p>',
        '<p style="font-size:.01em">x</p>',
        '<p style="font-size:60%; color: black"><b style="font-size:60%; color: black">x</b></p>',
        "<p>a&#8203;b</p>",
        "<p>&#1040;IM</p>",
    ],
)
def test_what_a_returned_html_file_hides_is_said(hidden: str) -> None:
    html = f"<html><body><div><p>Growth Fund</p>\n{hidden}</div></body></html>"
    with pytest.raises(DataProblem, match=r"returned\.htm:2: "):
        to_tree.read("returned.htm", html.encode())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("td { color: #fffffe }", "cannot be told from what is behind [C10]"),
        ("p { color: black; background: black }", "cannot be told from what is behind [C10]"),
        ("p { c\\6flor: hsl(0, 0%, 99%) }", "cannot be told from what is behind [C10]"),
        ("p { font-size: .01em }", "points, less than 5 [C10]"),
        ("td { letter-spacing: -1em }", "print.css:{line}: letter-spacing:-1em sets signs on top of each other"),
        ("@media print { td { word-spacing: -9pt } }", "print.css:{line}: word-spacing:-9pt sets signs on top"),
        (":root { --a: -1em } td { letter-spacing: var(--a) }", "print.css:{line}: letter-spacing:var(--a)"),
    ],
)
def test_what_print_css_hides_is_said(workspace: Workspace, sheet: str, said: str) -> None:
    from docgen.files import resources

    shipped = (resources.TEMPLATES / "print.css").read_text(encoding="utf-8")
    workspace.write({"templates/print.css": f"{shipped}\n{sheet}\n"})
    ran = workspace.run("build", "--format", "pdf")
    assert ran.code == 1
    assert said.format(line=shipped.count("\n") + 2) in ran.err
    assert not (workspace.root / "build/p").exists()


def of_marks(marks: str) -> bytes:
    """A PDF with one page of these marks, and a font F."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(600, 800))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
    page.obj.Contents = pdf.make_stream(marks.encode())
    file = io.BytesIO()
    pdf.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("marks", "fault"),
    [
        ("1 0 0 1 50 50 Tm (Fund) Tj", ""),
        ("1 0 0 1 -12 400 Tm (Fund) Tj", ""),  # some of it is on the page
        ("1 0 0 1 590 795 Tm (Fund) Tj", ""),
        ("1 0 0 1 590 -4 Tm (Fund) Tj", ""),
        ("1 0 0 1 -60 400 Tm (Fund) Tj", "lies off the page"),
        ("1 0 0 1 601 400 Tm (Fund) Tj", "lies off the page"),
        ("1 0 0 1 50 801 Tm (Fund) Tj", "lies off the page"),
        ("1 0 0 1 50 -20 Tm (Fund) Tj", "lies off the page"),
        (".4 0 0 .4 50 50 Tm (Fund) Tj", "is set in 4.8 points, less than 5"),
        ("/F 5 Tf 1 0 0 1 50 50 Tm (Fund) Tj", ""),
        ("1 0 0 1 50 50 Tm 1 g (Fund) Tj", "cannot be told from what is behind"),
        ("1 0 0 1 50 50 Tm .86 g (Fund) Tj", "cannot be told from what is behind"),
        ("1 0 0 1 50 50 Tm .8 g (Fund) Tj", ""),
        ("22 Tz 1 0 0 1 50 50 Tm (Fund) Tj", "has its letters on top of each other"),
        ("23 Tz 1 0 0 1 50 50 Tm (Fund) Tj", ""),
        ("18 Tz 1 0 0 1 50 50 Tm (Fun) Tj", ""),
        ("1 0 0 1 50 50 Tm 1 g ( ) Tj", ""),
    ],
)
def test_words_of_a_pdf_that_nobody_sees(marks: str, fault: str) -> None:
    with pdf_pages.pages(of_marks(f"BT /F 12 Tf {marks} ET")) as (page,):
        assert [said.partition(" ")[2] for said in pdf_pages.unseen(page)] == [fault] * bool(fault)


def striped(scale: float, grey: int) -> Callable[[], Image.Image]:
    """A picture of a page, white with stripes of grey."""

    def picture() -> Image.Image:
        image = Image.new("L", (int(600 * scale), int(800 * scale)), 255)
        for row in range(0, image.height, 2):
            image.paste(grey, (0, row, image.width, row + 1))
        return image

    return picture


@pytest.mark.parametrize(
    ("bounds", "size", "text", "greys", "fault"),
    [
        ((-20, 50, 0, 62), 12, "Fund", (0, 0), "lies off the page"),
        ((-20, 50, 1, 62), 12, "Fund", (0, 0), ""),
        ((600, 50, 620, 62), 12, "Fund", (0, 0), "lies off the page"),
        ((599, 50, 620, 62), 12, "Fund", (0, 0), ""),
        ((50, -12, 70, 0), 12, "Fund", (0, 0), "lies off the page"),
        ((50, -8, 70, 4), 12, "Fund", (0, 0), ""),
        ((50, 800, 70, 812), 12, "Fund", (0, 0), "lies off the page"),
        ((50, 796, 70, 808), 12, "Fund", (0, 0), ""),
        ((50, 50, 70, 62), 5, "Fund", (0, 0), ""),
        ((50, 50, 70, 62), 4.99, "Fund", (0, 0), "is set in 5.0 points, less than 5"),
        ((0, 50, 4.8, 62), 10, "Fund", (0, 0), ""),
        ((0, 50, 4.7, 62), 10, "Fund", (0, 0), "has its letters on top of each other"),
        ((0, 50, 1, 62), 10, "Fun", (0, 0), ""),
        ((50, 50, 70, 62), 12, "Fund", (215, 255), ""),
        ((50, 50, 70, 62), 12, "Fund", (255, 215), ""),
        ((50, 50, 70, 62), 12, "Fund", (216, 216), "cannot be told from what is behind"),
    ],
)
def test_where_words_of_a_pdf_just_can_be_seen(
    bounds: tuple[float, ...], size: float, text: str, greys: tuple[int, int], fault: str
) -> None:
    piece = SimpleNamespace(
        get_bounds=lambda: bounds, get_font_size=lambda: size, get_matrix=lambda: SimpleNamespace(d=-1)
    )
    pictures = [striped(scale, grey) for scale, grey in zip(pdf_pages.SCALES, greys, strict=True)]
    assert pdf_pages._hiding(piece, text, (600, 800), pictures) == fault


def test_a_name_of_two_alphabets_is_refused(workspace: Workspace) -> None:
    ran = workspace.write({"schedules/p/amendments/001.yaml": AMENDMENT.replace("AIM BOND", "\u0410IM BOND")}).run(
        "check"
    )
    assert ran.code == 1
    assert '"\u0410IM" mixes letters of Latin and Cyrillic' in ran.err


@pytest.mark.parametrize("word", ["Société", "ÅNGSTRÖM", "Łódź", "S&P", "µ", "Ωmega"[1:], "№5"])
def test_a_word_of_one_alphabet_is_one(word: str) -> None:
    assert characters.alphabets(word) == []


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        ("FONT-SIZE:0", "0 is smaller"),
        ("font-size:5.9pt", "5.9pt is smaller"),
        ("font:1px serif", "1px serif is smaller"),
        ("font-size:6pt", ""),
        ("font-size:50%", ""),
        ("font-size:49%", "49% is smaller"),
        ("line-height:1.2", ""),
        ("line-height:.2", "leaves words no room"),
        ("line-height:12pt", ""),
        ("height:0", "leaves words no room"),
        ("text-indent:-36pt", ""),
        ("text-indent:-9999px", "moves words off the page"),
        ("margin:0 0 0 -200pt", "moves words off the page"),
        ("margin:12pt 0", ""),
        ("opacity:.1", "lets words fade"),
        ("opacity:40%", "lets words fade"),
        ("opacity:1", ""),
        ("letter-spacing:-.05em", ""),
        ("letter-spacing:-1em", "on top of each other"),
        ("clip:rect(0,0,0,0)", "cuts or moves words"),
        ("transform:none", ""),
        ("visibility:hidden !important", "hides words"),
        ("dis/**/play:none", ""),
        ("d\\69 splay:none", "hides words"),
        ("font-size:large", ""),
        ("margin:auto", ""),
        ("text-indent:-100pt", ""),
        ("text-indent:-101pt", "moves words off the page"),
        ("letter-spacing:normal", ""),
        ("letter-spacing:-1pt", ""),
        ("letter-spacing:-1.1pt", "on top of each other"),
        ("line-height:normal", ""),
        ("line-height:0.5", ""),
        ("height:auto", ""),
        ("height:1pt", ""),
        ("opacity:0.5", ""),
        ("opacity:0.4", "lets words fade"),
        ("opacity:0.4 0.4", ""),
    ],
)
def test_what_a_property_hides(style: str, fault: str) -> None:
    (found,) = [css.hiding(item, 6) for item in css.properties(style)] or [""]
    assert fault in found
    assert bool(fault) == bool(found)


@pytest.mark.parametrize(
    ("text", "contrast"),
    [
        ("white", 1.0),
        ("#fffffe", 1.0),
        ("000000", 21.0),
        ("#777", 4.5),
        ("#0a0a0a", 19.8),
        ("rgb(0,0,0)", 21.0),
        ("hsl(0,100%,50%)", 4.0),
    ],
)
def test_contrast_is_that_of_wcag(text: str, contrast: float) -> None:
    colour = colours.parsed(text)
    assert colour is not None
    assert colours.contrast(colour, colours.WHITE) == pytest.approx(contrast, abs=0.05)


def with_cell(shade: str, looks: str) -> Callable[[bytes], bytes]:
    """The body with a table of one cell of a colour, and words in it of these looks."""
    table = (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:shd w:val="clear" w:fill="{shade}"/></w:tcPr><w:p><w:r><w:rPr>{looks}</w:rPr>'
        "<w:t>or any</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    return lambda body: body.replace(b"</w:body>", table.encode() + b"</w:body>")


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        (with_cell("000000", '<w:color w:val="FFFFFF"/>'), True),
        (with_cell("FFFFFF", '<w:color w:val="FFFFFF"/>'), False),
        (with_cell("auto", '<w:color w:val="FFFFFF"/>'), False),
        (with_cell("000000", '<w:color w:val="000000"/>'), False),
        (with_cell("000000", '<w:color w:val="auto"/>'), True),
        (with_cell("000000", '<w:color w:val="auto" w:themeColor="bg1"/>'), True),
        (with_cell("auto", '<w:color w:val="auto" w:themeColor="bg1"/>'), False),
        (with_cell("auto", '<w:color w:val="auto" w:themeColor="text1"/>'), True),
        (with_cell("000000", '<w:color w:val="000000"/><w:shd w:val="clear" w:fill="FFFFFF"/>'), True),
        (with_cell("FFFFFF", '<w:color w:val="000000"/><w:highlight w:val="black"/>'), False),
        (with_cell("FFFFFF", '<w:highlight w:val="black"/>'), False),
        (with_cell("FFFFFF", '<w:highlight w:val="none"/>'), True),
        (with_cell("FFFFFF", '<w:color w:val="000000"/><w:highlight w:val="yellow"/>'), True),
        (with_looks('<w:sz w:val="12"/>'), True),
        (with_looks('<w:sz w:val="11"/>'), False),
        (with_looks('<w:sz w:val="many"/>'), True),
        (with_looks('<w:w w:val="50%"/>'), True),
        (with_looks('<w:w w:val="49%"/>'), False),
        (with_looks('<w:spacing w:val="-40"/>'), True),
        (with_looks('<w:spacing w:val="-41"/>'), False),
        (with_looks('<w:vanish w:val="off"/>'), True),
        (with_looks('<w:vanish w:val="FALSE"/>'), True),
        (with_looks("<w:specVanish/>"), False),
    ],
)
def test_where_words_can_be_seen_in_word(
    word: dict[str, bytes], change: Callable[[bytes], bytes], is_seen: bool
) -> None:
    faults = faults_of(change(word[W]), word["word/styles.xml"])
    assert (faults == []) == is_seen, faults


def test_what_the_style_of_a_paragraph_and_the_defaults_hide_is_said(word: dict[str, bytes]) -> None:
    hidden = b'<w:style w:type="paragraph" w:styleId="Mine"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    styles = word["word/styles.xml"].replace(b"</w:styles>", hidden)
    paragraph = b'<w:p><w:pPr><w:pStyle w:val="Mine"/></w:pPr><w:r><w:t>or any</w:t></w:r></w:p></w:body>'
    body = word[W].replace(b"</w:body>", paragraph)
    assert faults_of(body, styles) == ['"or any" is hidden']
    defaults = (
        b'<w:styles xmlns:w="%s"><w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    whole = (defaults % word_file.W[1:-1].encode()) + b"</w:styles>"
    assert '"or any" is hidden' in faults_of(body, whole)
    assert faults_of(body, b"") == []


DEFAULTS = "<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val='22'/></w:rPr></w:rPrDefault></w:docDefaults>"
USUAL = "<w:style w:type='paragraph' w:default='1' w:styleId='Usual'><w:rPr><w:sz w:val='2'/></w:rPr></w:style>"
TINY = "<w:style w:type='paragraph' w:styleId='Tiny'><w:rPr><w:sz w:val='2'/></w:rPr></w:style>"
SLANTED = "<w:style w:type='character' w:styleId='Slanted'><w:rPr><w:i/></w:rPr></w:style>"
OTHER = "<w:style w:type='paragraph' w:styleId='Other'/>"
CHAIN = "".join(
    f"<w:style w:type='paragraph' w:styleId='{name}'><w:basedOn w:val='{below}'/></w:style>"
    for name, below in (("One", "Two"), ("Two", "Tiny"))
)


@pytest.mark.parametrize(
    ("sheet", "style", "looks", "is_seen"),
    [
        (USUAL, "", "", False),
        (USUAL.replace("'1'", "'0'"), "", "", True),
        (USUAL.replace("paragraph", "table"), "", "", True),
        (USUAL + OTHER, "Other", "", True),
        (USUAL.replace("'Usual'", "'Usual' w:other='1'") + TINY, "", "<w:sz w:val='12'/>", True),
        (TINY + SLANTED, "Tiny", "<w:rStyle w:val='Slanted'/>", False),
        (TINY + SLANTED, "", "<w:rStyle w:val='Slanted'/>", True),
        (TINY + SLANTED, "Lost", "<w:rStyle w:val='Lost'/>", True),
        (TINY + SLANTED.replace("<w:i/>", "<w:sz w:val='20'/>"), "Tiny", "<w:rStyle w:val='Slanted'/>", True),
        (CHAIN + TINY, "One", "", False),
    ],
)
def test_words_look_as_all_do_then_by_their_styles_then_by_themselves(
    sheet: str, style: str, looks: str, is_seen: bool
) -> None:
    """A paragraph that names no style is of the usual one; a style of letters takes away what it sets itself."""
    space = f"xmlns:w='{word_file.W[1:-1]}'"
    named = f"<w:pPr><w:pStyle w:val='{style}'/></w:pPr>" if style else ""
    body = f"<w:p {space}>{named}<w:r><w:rPr>{looks}</w:rPr><w:t>or any</w:t></w:r></w:p>"
    faults = faults_of(body.encode(), f"<w:styles {space}>{DEFAULTS}{sheet}</w:styles>".encode())
    assert faults == ([] if is_seen else ['"or any" is set in 1 points'])


def test_styles_that_are_based_on_each_other_end(word: dict[str, bytes]) -> None:
    circle = b"".join(
        b'<w:style w:type="character" w:styleId="%s"><w:basedOn w:val="%s"/><w:rPr><w:vanish/></w:rPr></w:style>' % pair
        for pair in ((b"One", b"Two"), (b"Two", b"One"))
    )
    styles = word["word/styles.xml"].replace(b"</w:styles>", circle + b"</w:styles>")
    body = with_looks('<w:rStyle w:val="One"/>')(word[W])
    assert faults_of(body, styles) == ['"or any other fund" is hidden']


def test_each_run_of_hidden_words_is_said_once(word: dict[str, bytes]) -> None:
    runs = "".join(f"<w:r><w:t>{said}</w:t></w:r>" for said in ("or ", " ", "any"))
    row = f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc><w:p>{runs}</w:p></w:tc></w:tr></w:tbl></w:body>"
    faults = faults_of(word[W].replace(b"</w:body>", row.encode()), word["word/styles.xml"])
    assert faults == ['"or" is in a hidden row', '"any" is in a hidden row']


def test_only_the_beginning_of_a_long_text_is_quoted(word: dict[str, bytes]) -> None:
    long = with_piece(f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>{'word ' * 20}</w:t></w:r>")
    (fault,) = faults_of(long(word[W]), word["word/styles.xml"])
    assert fault == f'"{("word " * 20)[:40]}" is hidden'


PAGE = "<html>\n<head>\n<title>Schedule A</title>\n</head>\n<body{}>\n<div>\n{}\n</div>\n</body>\n</html>\n"


def on_page(piece: str, body: str = "") -> set[str]:
    """The rules that find something in a page with this piece."""
    return {problem.check for problem in preflight.files({"x.htm": PAGE.format(body, piece).encode()})}


WHITES = [
    "white", "WHITE", "\\77 hite", "ivory", "#fff", "#FFFFFE", "#ffff", "#fffffffe", "hsl(0 0% 100%)",
    "hsla(0,0%,99%,1)", "hwb(0 100% 0%)", "rgb(100% 100% 100%)", "rgb(255 255 255 / 100%)", "r\\67 b(255,255,255)",
    "color(srgb 1 1 1)",
    "light-dark(white, black)", "transparent", "#0000", "rgb(0 0 0 / 0)", "white !important;color:black",
    "white;color:chalk", "black;-webkit-text-fill-color:white",
]  # fmt: skip


@pytest.mark.parametrize("colour", WHITES)
def test_white_on_white_is_found_however_it_is_spelled(colour: str) -> None:
    assert "B14" in on_page(f'<p style="color:{colour}">Fund</p>')


@pytest.mark.parametrize(
    "piece",
    [
        '<p style="--x:white;color:var(--x)">Fund</p>',
        '<p style="color:var(--none, white)">Fund</p>',
        '<div style="--x:var(--y);--y:#fff"><p style="color:var(--x)">Fund</p></div>',
        '<p style="background:black none">Fund</p>',
        '<p style="background:linear-gradient(to right, #000, #111)">Fund</p>',
        '<p style="background-color:currentcolor">Fund</p>',
        '<p><font color="#ffffff;">Fund</font></p>',
        '<p><font color="fffffff">Fund</font></p>',
        '<table><tr><td bgcolor="#000">Fund</td></tr></table>',
        '<p style="opacity:0">Fund</p>',
        '<p style="opacity:calc(0)">Fund</p>',
        '<p style="filter:opacity(0)">Fund</p>',
        '<p style="background:rgba(0,0,0,0.5)">Fund</p>',
        '<div style="color:#123456"><p style="background:currentcolor">Fund</p></div>',
        '<p style="color:#123456;background:currentcolor">Fund</p>',
        '<div style="--x:#123456"><p style="color:var(--x);background:currentcolor">Fund</p></div>',
        '<p style="color:white"><b style="color:currentcolor">Fund</b></p>',
        '<p style="font-size:70%">Two <b style="font-size:70%">Fund</b></p>',
        '<div style="font-size:8pt"><p style="font-size:70%">Fund</p></div>',
        "<p>" + '<b style="font-size:smaller">' * 4 + "Fund" + "</b>" * 4 + "</p>",
        "<p>" + "<small>" * 4 + "Fund" + "</small>" * 4 + "</p>",
    ],
)
def test_words_in_the_colour_of_what_is_behind_them_are_found(piece: str) -> None:
    assert "B14" in on_page(piece)


@pytest.mark.parametrize(
    "piece",
    [
        '<table><tr bgcolor="#000080"><td><font color="white">Fund</font></td></tr></table>',
        '<table><tr><td style="background:#000;color:white">Fund</td></tr></table>',
        '<p style="color:white">&#160;</p>',
        '<p style="color:inherit;background-color:initial">Fund</p>',
        '<p style="color:#1F3864;background:lightyellow">Fund</p>',
        '<p style="color:white;color:black">Fund</p>',
        '<p><font color="red">Fund</font> <font color="navy">Fund</font></p>',
        '<p style="color:rgba(0,0,0,0.5)">Fund</p>',
        '<p style="background:rgba(0,0,0,0.49)">Fund</p>',
        '<p style="color:navy"><b style="color:currentcolor">Fund</b></p>',
        '<table><tr><td bgcolor="transparent">Fund</td></tr></table>',
        '<p style="font-size:50%">Fund</p>',
        '<p style="font-size:70% x">Two <b style="font-size:70% x">Fund</b></p>',
        '<p style="font-size:70%">Two <b style="font-size:large">Fund</b></p>',
        '<div style="font-size:20pt"><p style="font-size:60%">A <b style="font-size:60%">Fund</b></p></div>',
        "<p><small>Two <small>small <small>Funds</small></small></small></p>",
    ],
)
def test_words_that_can_be_seen_are_let_be(piece: str) -> None:
    assert on_page(piece) == set()


@pytest.mark.parametrize("colour", ["lab(100 0 0)", "color-mix(in srgb, white, white)", "canvas", "chalk"])
def test_a_colour_that_cannot_be_read_is_a_warning(colour: str) -> None:
    (problem,) = preflight.files({"x.htm": PAGE.format("", f'<p style="color:{colour}">Fund</p>').encode()})
    assert str(problem).startswith(f"x.htm:7: warning: column 1: color:{colour} is a colour that docgen cannot read")


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        (' text="white"', {"B14"}),
        (' link="#ffffff"', {"B14"}),
        (' vlink="white"', set()),
        (' bgcolor="#FFFFFF" text="#000000" link="#0000ee"', set()),
        (' bgcolor="black" text="white" link="yellow"', set()),
    ],
)
def test_what_a_body_says_of_colours(body: str, rules: set[str]) -> None:
    assert on_page('<p>Fund <a name="x" href="#x">Fund</a></p>', body) == rules


def test_a_place_that_links_lead_to_has_the_colour_of_words() -> None:
    assert on_page('<p><a name="x">Fund</a></p>', ' link="white"') == set()


@pytest.mark.parametrize(
    ("text", "colour"),
    {"00ff00aa0011": (255, 170, 17), "0f0000": (15, 0, 0), "chucknorris": (192, 0, 0)}.items(),
)
def test_any_word_is_a_colour_of_an_attribute(text: str, colour: tuple[int, int, int]) -> None:
    assert colours.legacy(text) == (*(part / 255 for part in colour), 1.0)
