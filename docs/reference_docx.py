"""Makes templates/reference.docx, the named styles of the Word files: python docs/reference_docx.py

The file is there to be opened in Word and changed; this script is how it was made in the first place.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docgen.files import ooxml

FILE = Path(__file__).parents[1] / "templates" / "reference.docx"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
BUILT_IN = ("Title", "Signature", "footer")  # names that Word knows of itself
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True)
class Style:
    """One paragraph style: lengths in points, font sizes too."""

    name: str
    sample: str
    align: str = "both"
    before: float = 0
    after: float = 9
    first: float = 0  # indent of the first line
    left: float = 0
    size: float = 11
    bold: bool = False
    with_next: bool = False
    unbroken: bool = False  # whether all its lines stand on one page
    heading: bool = False  # whether Word's navigation lists it
    new_page: bool = False


STYLES = (
    Style("Title", "The heading of the document", "center", after=12, size=12, bold=True, with_next=True, heading=True),
    Style("Schedule Heading", "That of a schedule", "center", 14, 11, size=12, bold=True, with_next=True, heading=True),
    Style("Attached Heading", "That of an attached schedule", "center", after=11, size=12, bold=True, with_next=True,
          heading=True, new_page=True),
    Style("Exhibit", "The line at the top of an exhibit", "right", after=18),
    Style("Qualifier", "(what stands under the title in parentheses)", "center", after=18, with_next=True),
    Style("Opening", "The paragraph that names the plan and the day", first=36),
    Style("Recital", "WHEREAS, and why", first=36),
    Style("Witnesseth", "W I T N E S S E T H:", "center", with_next=True),
    Style("Item", "(1) one entry of a list", left=36),
    Style("Clause", "What is agreed"),
    Style("Section", "“A section of the agreement, as it reads from now on”", left=36),
    Style("Preamble", "The words before the rows of a schedule", after=12, first=36, with_next=True),
    Style("Footnote", "* a note under a schedule", "left", after=4, size=9),
    Style("Closing Quote", "”", "right", after=12),
    Style("Terms", "All other terms remain in force", before=14),
    Style("Dated", "Dated: the day", "left", before=14),
    Style("Party", "The parties that sign", "left", before=20, after=8, left=216, with_next=True, unbroken=True),
    Style("Signature", "By: the name and the title", "left", left=216, unbroken=True),
    Style("Attest", "Attest: the name and the title", "left", unbroken=True),
    Style("Group Name", "The name of a group, over its rows", "left", after=0, size=10, bold=True, with_next=True),
    Style("Column Head", "The words over a column of numbers", "center", after=0, size=8, with_next=True),
    Style("Column Head Text", "The words over a column of text", "left", after=0, size=8, with_next=True),
    Style("Row Label", "PORTFOLIOS", "left", before=3, after=0, size=8, with_next=True),
    Style("Row Name", "The name of a row", "left", before=1, after=1),
    Style("Fund Name", "The name of a row that has rows of its own", "left", before=6, after=1, with_next=True),
    Style("Class Name", "The name of a row under another", "left", before=1, after=1, left=14),
    Style("Number", "0.25%", "center", before=1, after=1),
    Style("Text", "A value of words", "left", before=1, after=1),
    Style("Table Gap", "(the space after a table)", "left", after=0, size=8),
    Style("Draft Mark", "DRAFT, at the top of each page of a draft", "center", after=0, bold=True),
    Style("footer", "(the page's number)", "center", after=0, size=10),
)  # fmt: skip


def twentieths(points: float) -> int:
    """Points as Word counts them."""
    return round(20 * points)


def style_id(name: str) -> str:
    """A style's name as Word's files refer to it."""
    return name.replace(" ", "")


def paragraph_style(style: Style) -> str:
    """The definition of one paragraph style."""
    keep = ("<w:keepNext/>" if style.with_next else "") + ("<w:keepLines/>" if style.unbroken else "")
    keep += "<w:pageBreakBefore/>" if style.new_page else ""
    indent = f'<w:ind w:left="{twentieths(style.left)}" w:firstLine="{twentieths(style.first)}"/>'
    spacing = f'<w:spacing w:before="{twentieths(style.before)}" w:after="{twentieths(style.after)}"/>'
    outline = '<w:outlineLvl w:val="0"/>' if style.heading else ""
    bold = "<w:b/>" if style.bold else ""
    custom = "" if style.name in BUILT_IN else ' w:customStyle="1"'
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style_id(style.name)}"><w:name w:val="{style.name}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/>'
        f'<w:pPr>{keep}{spacing}{indent}<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
        f'<w:rPr>{bold}<w:sz w:val="{round(2 * style.size)}"/></w:rPr></w:style>'
    )


def styles() -> str:
    """All the styles: Times New Roman, and what each role of a document looks like."""
    fonts = "".join(f' w:{kind}="Times New Roman"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    rule = '<w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/>'
    padding = '<w:left w:w="40" w:type="dxa"/><w:right w:w="40" w:type="dxa"/>'
    return (
        f"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/>"
        '<w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="en-US"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        '<w:pPr><w:widowControl/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>'
        '<w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        + "".join(paragraph_style(style) for style in STYLES)
        + '<w:style w:type="character" w:customStyle="1" w:styleId="FootnoteMark"><w:name w:val="Footnote Mark"/>'
        '<w:qFormat/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="ScheduleTable"><w:name w:val="Schedule Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f'<w:tblPr><w:tblCellMar>{padding}</w:tblCellMar></w:tblPr>'
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{rule}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr>'
        "</w:tblStylePr></w:style></w:styles>"
    )  # fmt: skip


def document() -> str:
    """A sample of each style, on a letter page with the page's number at its foot."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style_id(style.name)}"/></w:pPr>'
        f"<w:r><w:t>{style.name}: {style.sample}</w:t></w:r></w:p>"
        for style in STYLES
    )
    page = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="12240" w:h="15840"/><w:pgMar '
        'w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="720" w:footer="720" w:gutter="0"/>'
        "<w:titlePg/></w:sectPr>"
    )
    return f"{HEAD}<w:document {W} {R}><w:body>{body}{page}</w:body></w:document>"


def footer() -> str:
    """The page's number, as a field that Word fills in."""
    field = "".join(
        f"<w:r>{part}</w:r>"
        for part in (
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>2</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
        )
    )
    return f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="footer"/></w:pPr>{field}</w:p></w:ftr>'


def settings() -> str:
    """The age of Word that the file is for, 2013 and later; a line that ends early is not spread over the page."""
    word = 'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"'
    compatible = f"<w:doNotExpandShiftReturn/><w:compatSetting {word}/>"
    return f"{HEAD}<w:settings {W}><w:compat>{compatible}</w:compat></w:settings>"


def relations(*targets: tuple[str, str]) -> str:
    """Which part belongs to which."""
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def contents() -> str:
    """What kind each part is of."""
    kinds = {"document": "document.main", "styles": "styles", "settings": "settings", "footer": "footer"}
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{TYPE}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{parts}<Override PartName="/{ooxml.CORE}" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def made() -> bytes:
    """The whole file."""
    inside = [
        (f"{OFFICE}/styles", "styles.xml"),
        (f"{OFFICE}/settings", "settings.xml"),
        (f"{OFFICE}/footer", "footer.xml"),
    ]
    texts = {
        "[Content_Types].xml": contents(),
        "_rels/.rels": relations(
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", ooxml.CORE),
        ),
        "word/_rels/document.xml.rels": relations(*inside),
        "word/document.xml": document(),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/footer.xml": footer(),
    }
    parts = {name: text.encode() for name, text in texts.items()}
    return ooxml.pack(parts | {ooxml.CORE: ooxml.core("The looks of docgen's Word files", ["docgen"])})


if __name__ == "__main__":
    FILE.write_bytes(made())
