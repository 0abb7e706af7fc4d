"""EDGAR's rules: each finds its broken file and no other, good files pass, and no bytes make it stumble."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import pkgutil
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pikepdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from docgen import checks, consolidation, edgar, files, model, readers, redline
from docgen.build import produce
from docgen.cli.options import chosen
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document.tree import Cell, Document, Heading, Paragraph, Run, Table, TableRow
from docgen.edgar import exhibit, file_words, html_rules, pdf_contents, preflight, submission
from docgen.edgar.rule import File
from docgen.files import ooxml
from docgen.problems import Problem, WriterProblem
from docgen.workspace.select import Paper
from docgen.writers import WRITERS, html
from tests import breaking, making
from tests.conftest import AMENDMENT, HERE, ROOT, Golden, Workspace, each, examples, filed_cases

CORPUS = sorted(path for path in (HERE / "preflight").iterdir() if path.suffix in (".txt", ".htm"))
CHECKED = {rule.number for rule in preflight.RULES if rule.check}
TOO_LARGE = b"<html>\n<body>\n<div>\n<p>" + b"x" * html_rules.LARGEST + b"</p>\n</div>\n</body>\n</html>\n"


def number(name: str) -> str:
    """The rule that a broken file's name begins with."""
    found = re.match(r"[a-d]\d+", name, re.IGNORECASE)
    assert found, name
    return found[0].upper()


def found_by(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.check for problem in problems}


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_broken_file_is_found_by_its_rule_and_no_other(path: Path) -> None:
    assert found_by(preflight.files({path.name: path.read_bytes()})) == {number(path.name)}


IN_A_PDF = [
    ({"S": "/JavaScript"}, "programs: JavaScript"),
    ({"JS": "x"}, "programs: JavaScript"),
    ({"Type": "/Action", "S": "/SubmitForm"}, "programs: SubmitForm"),
    ({"S": "/Rendition", "JS": "x"}, "moving: Rendition, programs: JavaScript"),
    ({"Type": "/Sound"}, "moving: Sound"),
    ({"Subtype": "/Movie"}, "moving: Movie"),
    ({"S": "/GoToR"}, "links: GoToR"),
    ({"Subtype": "/Link", "Rect": "x"}, "links: Link"),
    ({"Subtype": "/Link"}, ""),
    ({"S": "Launch"}, ""),
    ({"Type": "/Filespec", "EF": "x"}, "attached: EmbeddedFile, attached: Filespec"),
    ({"Type": "/Font", "Subtype": "/TrueType", "BaseFont": "/ABCDEF+Arial"}, "fonts: Arial"),
    ({"Type": "/Font", "Subtype": "/Type1"}, "fonts: unnamed"),
    ({"Type": "/Font", "Subtype": "/Type3", "BaseFont": "/Arial"}, ""),
    ({"Subtype": "/Type1", "BaseFont": "/Arial"}, ""),
    ({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Arial", "FontDescriptor": {"FontFile2": "x"}}, ""),
    ({"Type": "/Font", "Subtype": "/Type1", "BaseFont": "/Arial", "FontDescriptor": {"Ascent": "x"}}, "fonts: Arial"),
]


@pytest.mark.parametrize(("entries", "noted"), IN_A_PDF, ids=str)
@pytest.mark.parametrize("place", ["by itself", "in a list in a dictionary"])
def test_what_a_pdf_holds_is_noted_by_any_of_its_signs(entries: Mapping[str, Any], noted: str, place: str) -> None:
    def written(value: Any) -> Any:
        if isinstance(value, Mapping):
            return pikepdf.Dictionary({f"/{key}": written(inner) for key, inner in value.items()})
        return pikepdf.Name(value) if value.startswith("/") else pikepdf.String(value)

    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    thing = written(entries)
    pdf.Root["/Extra"] = pdf.make_indirect(
        thing if place == "by itself" else pikepdf.Dictionary(Inner=pikepdf.Array([1, pikepdf.Array([thing])]))
    )
    pdf.save(file)
    held = pdf_contents.read(file.getvalue())
    kinds = {kind: getattr(held, kind) for kind in ("attached", "fonts", "links", "moving", "programs")}
    assert ", ".join(f"{kind}: {name}" for kind, names in kinds.items() for name in sorted(names)) == noted


def test_a_name_or_a_number_that_stands_by_itself_in_a_pdf_is_no_program() -> None:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root["/Extra"] = pikepdf.Array([pdf.make_indirect(pikepdf.Name("/JavaScript"))])
    pdf.save(file)
    data = file.getvalue()
    assert data.count(b"\n/JavaScript\n") == 1
    for thing in (data, data.replace(b"\n/JavaScript\n", b"\n1234567890 \n")):
        held = pdf_contents.read(thing)
        assert (held.unreadable, held.programs, held.silent) == ("", (), (1,))


@pytest.mark.seconds
@pytest.mark.parametrize("name", breaking.BROKEN_PDFS)
def test_a_broken_pdf_is_found_by_its_rule_and_no_other(name: str) -> None:
    assert found_by(preflight.files({f"{name}.pdf": breaking.BROKEN_PDFS[name]()})) == {number(name)}


@pytest.mark.parametrize("name", breaking.BROKEN_PACKAGES)
def test_a_broken_package_is_found_by_its_rule_and_no_other(name: str) -> None:
    assert found_by(preflight.package(breaking.BROKEN_PACKAGES[name]())) == {number(name)}


@pytest.mark.seconds
def test_a_large_file_is_found() -> None:
    assert preflight.files({"b18.htm": TOO_LARGE.replace(b"x", b"", len(TOO_LARGE) - html_rules.LARGEST)}) == ()
    assert found_by(preflight.files({"b18.htm": TOO_LARGE})) == {"B18"}
    (problem,) = preflight.files({"b18.htm": TOO_LARGE})
    assert (problem.found, problem.remedy) == (
        f"the file has {len(TOO_LARGE):,} bytes", "keep it under 5,000,000; or ask EDGAR first"
    )  # fmt: skip


def test_good_files_pass() -> None:
    assert preflight.files({"good.pdf": breaking.good_pdf()}) == ()
    bodiless = b"<html>\n<head>\n</head>\n<p>Growth Fund</p>\n</html>\n"  # HTML lets one leave the body's tags out
    assert preflight.files({"good.htm": bodiless}) == ()
    assert preflight.package(breaking.good_package()) == ()


def test_every_rule_that_is_checked_has_a_broken_file() -> None:
    broken = {number(path.name) for path in CORPUS} | {"B18"}
    broken |= {number(name) for name in (*breaking.BROKEN_PDFS, *breaking.BROKEN_PACKAGES)}
    assert broken == CHECKED


@pytest.mark.seconds
def test_the_words_of_every_finding(golden: Golden) -> None:
    said = [str(problem) for path in CORPUS for problem in preflight.files({path.name: path.read_bytes()})]
    for name in breaking.BROKEN_PDFS:
        said += [str(problem) for problem in preflight.files({f"{name}.pdf": breaking.BROKEN_PDFS[name]()})]
    for name, package in (breaking.BROKEN_PACKAGES | breaking.SEVERAL_AT_ONCE).items():
        said += [f"({name}) {problem}" for problem in preflight.package(package())]
    golden.holds(HERE / "preflight/said.golden", "\n".join(said) + "\n")


IN_A_PAGE = {
    "<p hidden>Fund</p>": ["B14 hidden hides words", "B5 <p> has no attribute hidden"],
    '<p><font size="02">Fund</font> <font size="-2">Fund</font> <font size="0.5">Fund</font></p>': [],
    '<p><font size="-12">Fund</font></p>': ["B14 font has size -12, smaller than any"],
    "<p>Fund&#129;</p>": [
        "B14 &#129; (U+0081) prints nothing, or turns the text",
        f"B11 &#129; is a control code: {html_rules.MENDED}",
    ],
    "<p>Fund&apos;s &#10; &#9; Fees &#x10FFFF;</p>": [],
    '<p id="a b"><a href="x.htm">Fund</a> <a href="#a%20b">Fund</a> <a href="x.htm#a b">Fund</a></p>': [],
    '<p><img src="javascript:a.gif" alt="Logo"></p>': ["B7 src is a program"],
    '<p><a href="VBScript :a">Fund</a></p>': ["B7 href is a program"],
    '<p style="color:var(--ink)">Fund</p>': [],
    '<p style="color:ink">Fund</p>': ["B13 color:ink is a colour that docgen cannot read"],
    "<p>Fund <r>new</r> &#12; Fund</p>": [
        "B14 &#12; (U+000C) prints nothing, or turns the text",
        "B11 &#12; is no character",
    ],
}


@pytest.mark.parametrize("piece", IN_A_PAGE)
def test_what_is_found_in_a_page(piece: str) -> None:
    page = f"<html>\n<body>\n<div>\n{piece}\n</div>\n</body>\n</html>\n"
    found = [f"{p.check} {p.found.partition(': ')[2]}" for p in preflight.files({"x.htm": page.encode()})]
    assert sorted(found) == sorted(IN_A_PAGE[piece])


def test_the_words_of_every_rule(golden: Golden) -> None:
    """Its sources too: whoever is asked why a paper was held back reads them."""
    explained = [preflight.explain(rule.number) for rule in preflight.RULES]
    golden.holds(HERE / "preflight/rules.golden", "\n\n\n".join([preflight.listed(), *explained]) + "\n")


ROOMS = (edgar, readers, checks, model, consolidation, redline, files)


def tables(package: ModuleType) -> Iterator[str]:
    """The tables of each file of a room, entry by entry: names, and the rules and verbs that stand in one."""
    names = [f"{package.__name__}.{info.name}" for info in pkgutil.iter_modules(package.__path__)]
    for module in (package, *map(importlib.import_module, names)):
        own = re.findall(r"^([A-Z_]+)\b.*? = ", inspect.getsource(module), re.MULTILINE)
        of_file = module.__name__.rpartition(".")[2]
        for name in own:
            table = getattr(module, name)
            if isinstance(table, tuple) and each(hasattr(entry, "__name__") for entry in table):
                yield f"{of_file}.{name}: {' '.join(entry.__name__ for entry in table)}"
            elif isinstance(table, frozenset | set | tuple | list) and each(isinstance(entry, str) for entry in table):
                yield f"{of_file}.{name}: {' '.join(map(repr, sorted(table)))}"
            elif isinstance(table, Mapping) and not any(callable(key) or callable(table[key]) for key in table):
                entries = {
                    key: sorted(of) if isinstance(of, frozenset) else of for key, of in sorted(table.items(), key=repr)
                }
                yield f"{of_file}.{name}: {entries}"


def test_the_tables_of_names(golden: Golden) -> None:
    """What the SEC, HTML, PDF, Word and the trade call things: one left out or misspelt is one nobody looks for."""
    golden.holds(
        HERE / "preflight/tables.golden",
        "\n".join(line for room in ROOMS for line in tables(room)) + "\n",
    )


def test_a_locked_and_a_broken_pdf_are_said() -> None:
    locked = breaking.broken_pdf(lambda pdf: None, encryption=pikepdf.Encryption(owner="secret", user="word"))
    said = [str(problem) for problem in preflight.files({"a.pdf": locked, "b.pdf": b"%PDF-1.7 nothing"})]
    assert said == [
        "a.pdf: is locked by a password\n    make the file again",
        "b.pdf: is damaged or cut short, so that it cannot be read as a PDF\n    make the file again",
    ]


def test_elements_nested_without_end_are_said() -> None:
    """An element that is closed where it opens holds nothing, however deep it stands."""
    page = "<html>\n<body>\n" + "<div>" * 600 + "<font/>Fund" + "</div>" * 600 + "\n</body>\n</html>\n"
    problems = preflight.files({"x.htm": page.encode()})
    told = [problem.found for problem in problems if "nested more than 500 deep" in problem.found]
    assert told[0] == "column 2491: <div> is nested more than 500 deep"
    assert not any("<font" in found for found in told)


def test_the_words_of_few_findings_and_of_many() -> None:
    """Of many with the same words the first five are said, and how many more there are."""
    for lines, more in ((5, []), (6, ["; and 1 more like it"]), (1205, ["; and 1,200 more like it"])):
        said = [p.found for p in preflight.files({"x.txt": b"Fee ^\n" * lines})]
        assert len(said) == 5
        assert [text.partition("takes")[2] for text in said if not text.endswith("takes")] == more


LISTED = [exhibit.ListedExhibit("m(2)(d) & (e)", "Amendment No. 2 <draft>", "To be filed by amendment; 3 > 2.")]


def test_an_exhibit_that_is_described_as_a_head_is_none() -> None:
    page = submission.index_page("Fund", [exhibit.ListedExhibit("a", "Description", "Filed before.")])
    assert page.count(b"<th ") == 2


def test_the_words_of_a_package(golden: Golden) -> None:
    """Its manifest, its index, and what EDGAR writes around each document."""
    data = {"htm": b"the official document", "pdf": b"its copy"}
    second = ("m", "2", "d")
    exhibits = [
        submission.Exhibit("p/002", second, "Amendment No. 2 & Schedule", "12b-1", data, {"plan.yaml": "its hash"}),
        submission.Exhibit("q/001", ("n",), "Amendment No. 1", "18f-3", {"txt": b"text"}, {}),
    ]
    files = submission.files(submission.packed(exhibits), exhibits, "1.0")
    assert list(files) == [
        "ex99-m2d.htm", "ex99-m2d.pdf", "ex99-n.txt", "exhibit-index.htm", "wrapper-preview.txt", "manifest.json"
    ]  # fmt: skip
    said = [f"=== {name}\n{files[name].decode()}" for name in list(files)[3:]]
    listed = [exhibit.ListedExhibit("m(1)", "Plan of Fondo Ibérico^", "Filed before.", "https://x.org/?a&b"), *LISTED]
    said.append(f"=== a page of its own\n{submission.index_page('Fondo Ibérico & Others', listed).decode('ascii')}")
    golden.holds(HERE / "preflight/package.golden", "".join(said))
    unsaid = submission.files(submission.packed([replace(exhibits[1], description="Nº 1")]), [], "1.0")
    assert b"<DESCRIPTION>N? 1\n" in unsaid["wrapper-preview.txt"]  # which D3 refuses
    manifest = submission.files(submission.packed(exhibits), exhibits, "1.0", "AIM Funds")["manifest.json"].decode()
    assert re.findall(r"^  \"(\w+)\"", manifest, re.MULTILINE) == [
        "docgen", "documents", "index", "registrant", "sources"
    ]  # fmt: skip
    assert submission.registrant(manifest.encode()) == "AIM Funds"
    assert b"N&#186; 1" in unsaid["exhibit-index.htm"]
    assert [row.rule for row in submission.packed(exhibits).rows] == ["12b-1", "12b-1", "18f-3"]
    assert submission.listed(files["manifest.json"]) == {"ex99-m2d.htm", "ex99-m2d.pdf", "ex99-n.txt"}


def test_a_package_at_its_limits_passes() -> None:
    rows = [replace(row, description="x" * 255) for row in (breaking.OFFICIAL, breaking.COPY)]
    good = breaking.good_package()
    assert preflight.package(replace(good, rows=tuple(rows))) == ()
    assert preflight.package(replace(good, rows=tuple(replace(row, description="x") for row in rows))) == ()
    longest = f"EX-99.M(2)(D){'(1)' * 37}(10)"
    assert len(longest) == 128
    assert preflight.package(replace(good, rows=tuple(replace(row, type=longest) for row in rows))) == ()


ASKED = [f"{part}{n}" for part, last in (("A", 13), ("B", 18), ("C", 7), ("D", 12)) for n in range(1, last + 1)]


def test_every_rule_is_held_or_says_why_not() -> None:
    assert set(ASKED) <= {rule.number for rule in preflight.RULES}
    for rule in preflight.RULES:
        assert rule.source
        assert len(rule.asks.split()) >= 4
        assert bool(rule.check) != bool(rule.because), rule.number
        assert bool(rule.check) == bool(rule.kinds)
        assert preflight.explain(rule.number).startswith(f"{rule.number}  ")


@pytest.mark.slow
def test_what_is_built_of_every_plan_passes(empty: Workspace, tmp_path_factory: pytest.TempPathFactory) -> None:
    cases = HERE / "cases"
    empty.write({f"schedules/{f.relative_to(cases).as_posix()}": f.read_bytes() for f in cases.rglob("*.yaml")})
    filed = filed_cases(tmp_path_factory.mktemp("filed"))
    papers = [paper for root in (ROOT, empty.root, filed.root) for paper in chosen(root).papers]
    assert len(papers) > 50
    for paper in papers[:: 4 - examples(3)]:
        draft = paper.amendment.facts.draft
        assert preflight.files(produce.files(paper, list(WRITERS)), draft=draft) == (), paper.name


GOOD = {suffix: WRITERS[suffix](breaking.DOCUMENT, making.LAYOUT) for suffix in ("txt", "htm")}
PIECES = st.sampled_from(
    [b"<", b">", b"&", b"<!--", b"<![CDATA[", b"</", b"<TABLE>", b"<S>", b"\x00", b"\xff", b'"', b"/>"]
)


@st.composite
def mutated(draw: st.DrawFn, good: bytes) -> bytes:
    """A good file with some of its bytes cut, repeated or put in place of others."""
    data = good
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 80)))
        data = data[:start] + draw(PIECES | st.binary(max_size=12)) * draw(st.integers(0, 3)) + data[end:]
    return data


def all_said(problems: tuple[Problem, ...]) -> bool:
    """Whether each problem, and there may be none, has its file, its words, and a remedy."""
    return all(problem.where.file and problem.found and problem.remedy for problem in problems)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["x.txt", "x.htm", "x.html", "x.pdf", "x", "\x00.htm"]), st.binary(max_size=2000))
def test_random_bytes_never_make_it_stumble(name: str, data: bytes) -> None:
    assert all_said(preflight.files({name: data}))


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(st.sampled_from(["txt", "htm"]), st.data())
def test_broken_text_and_html_never_make_it_stumble(suffix: str, data: st.DataObject) -> None:
    assert all_said(preflight.files({f"x.{suffix}": data.draw(mutated(GOOD[suffix]))}))


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_broken_pdf_never_makes_it_stumble(data: st.DataObject) -> None:
    assert all_said(preflight.files({"x.pdf": data.draw(mutated(breaking.good_pdf()))}))


PILES = (
    "<",
    "<a ",
    "<a '",
    '<a "',
    "<!--",
    "<![",
    "</b>",
    "<div>",
    "&",
    "&a",
    "<R>",
    "\n\n",
    "a=  ",
    "<p style='a:b'>",
)


@pytest.mark.slow
@pytest.mark.parametrize("piece", PILES)
def test_no_file_takes_long(piece: str) -> None:
    """Twenty thousand of anything are looked through in one go, not once for each."""
    began = time.process_time()
    preflight.files({"x.htm": piece.encode() * 20_000, "x.txt": piece.encode() * 20_000})
    assert time.process_time() - began < 15, "a bound against hanging, not a measure of speed"


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(["x.txt", "x.htm", "x.pdf"]), st.binary(max_size=300))
def test_words_are_read_from_any_bytes(name: str, data: bytes) -> None:
    file = File(name, data)
    assert isinstance(file_words.apart(File("x.htm", data), File("x.pdf", data)), str)
    assert file_words.differences(file_words.of(file), file_words.of(file)) == []
    assert isinstance(exhibit.caption_in(file), str)


@pytest.mark.slow
@settings(max_examples=15, deadline=None, derandomize=True, phases=[Phase.generate])
@given(making.plans())
def test_what_is_built_of_any_plan_passes(plan: PlanFolder) -> None:
    """Not made smaller when it fails: each try makes two PDFs. A table that text has no room for is refused."""
    paper = Paper(plan, plan.amendments[0], making.FOLDERS)
    made = produce.files(paper, ["htm", "pdf"])
    with contextlib.suppress(WriterProblem):
        made |= produce.files(paper, ["txt"])
    warnings = preflight.files(made)  # a `<` in one cell and a `>` in another of its line read as a tag in text
    others = [problem for problem in warnings if "reads as a tag" not in problem.found]
    assert {problem.check for problem in others} <= {"D14"}, "the plan is a draft"


def test_a_difference_says_twelve_words_and_how_many_more() -> None:
    words = [f"w{n}" for n in range(13)]
    said = [file_words.differences(["Fee", *words[:many]], ["Fee"]) for many in (12, 13)]
    more = " ".join(words[:12])
    assert said == [
        [f'has "{more}" where the data gives nothing, after "Fee"'],
        [f'has "{more}" and 1 more words where the data gives nothing, after "Fee"'],
    ]


def test_a_difference_at_the_beginning_is_after_nothing() -> None:
    assert file_words.differences(["Fees", "rise"], ["Fee", "rise"]) == ['has "Fees" where the data gives "Fee"']


def test_a_line_of_windows_is_as_wide_as_its_letters() -> None:
    data = b"a" * 80 + b"\r\n" + b"b" * 81 + b"\r\n"
    found = preflight.files({"x.txt": data})
    assert [(problem.check, problem.where.line) for problem in found if problem.check != "A13"] == [("A4", 2)]


def test_numbers_of_pages_are_no_words() -> None:
    text = b"Fund\n   12  \n2003 Plan\n 12345\nof 7\n"
    assert file_words.of(File("x.txt", text)) == ["Fund", "2003", "Plan", "12345", "of", "7"]


def test_an_entity_for_a_form_feed_ends_a_page() -> None:
    lines = "".join(f"<p>Line {n}</p>" for n in range(4))
    assert "DRAFT" in file_words.tops(File("x.htm", f"{lines}&#12;<p>DRAFT</p>".encode()))
    assert "DRAFT" not in file_words.tops(File("x.htm", f"{lines}&#32;<p>DRAFT</p>".encode()))


def test_a_pdf_without_words_beside_its_page_is_said_once() -> None:
    made = {"x.pdf": breaking.BROKEN_PDFS["c3-no_words"](), "x.htm": WRITERS["htm"](breaking.DOCUMENT, making.LAYOUT)}
    assert found_by(preflight.files(made)) == {"C3"}


def test_a_pdf_that_says_something_else_is_found() -> None:
    rates = [Document((Paragraph("terms", (Run(f"a fee of 0.25%, and {rate}"),)),)) for rate in ("0.25%", "0.75%")]
    made = {f"x.{suffix}": WRITERS[suffix](rates[n], making.LAYOUT) for n, suffix in enumerate(("htm", "pdf"))}
    (problem,) = [problem for problem in preflight.files(made) if problem.check == "C2"]
    assert problem.found == 'says something else than x.htm: "0.75%" does not stand in x.htm'
    twice = {"x.htm": WRITERS["htm"](rates[0], making.LAYOUT), "x.pdf": WRITERS["pdf"](once(), making.LAYOUT)}
    (problem,) = [problem for problem in preflight.files(twice) if problem.check == "C2"]
    assert problem.found == "says something else than x.htm: 0.25% stands 2 times in x.htm and 1 in x.pdf"


def once() -> Document:
    return Document((Paragraph("terms", (Run("a fee of 0.25%, and"),)),))


WITHOUT = "import sys; sys.modules['weasyprint'] = None; from docgen import cli; cli.main(['check', *sys.argv[1:]])"


@pytest.mark.slow
def test_files_are_checked_without_weasyprint(empty: Workspace) -> None:
    empty.write({"good.pdf": breaking.good_pdf(), "good.htm": GOOD["htm"]})
    command = [sys.executable, "-c", WITHOUT, "good.pdf", "good.htm"]
    ran = subprocess.run(command, cwd=empty.root, capture_output=True, text=True, check=True)
    assert ran.stdout == "No problems. 2 files checked.\n"


TAKEN = ["2003-11-03.txt", "Form_N1A.Exhibit-99_M.v2.txt", "d772442dex99m1o.txt", f"{'a' * 28}.txt"]


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_the_manual_takes_today_is_taken(name: str) -> None:
    assert preflight.files({name: b"SCHEDULE A\n"}) == ()


@pytest.mark.parametrize(
    "name", ["-a.txt", "_a.txt", "a.txt (1).txt", "a b.txt", "é.txt", "a+b.txt", f"{'a' * 29}.txt"]
)
def test_a_name_that_the_manual_does_not_take_is_found(name: str) -> None:
    assert found_by(preflight.files({name: b"SCHEDULE A\n"})) == {"D1"}


def test_what_a_style_or_a_script_holds_is_no_word() -> None:
    data = b"<STYLE>p {font: serif} </p></STYLE><p>Fee</p><script>if (a<b) 'words';</script ><p>0.25%</p><script>more"
    file = File("x.htm", data)
    assert file_words.of(file) == ["Fee", "0.25%"]
    assert "".join(token.text for token in file.tokens).encode() == data


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("D8", "other documents of a filing may be ASCII"),
        ("D12", "individual account credentials of Login.gov"),
        ("D12", "Source: Release 33-11313 (EDGAR Next)"),
    ],
)
def test_explain_says_what_changed_in_filing(rule: str, words: str) -> None:
    assert words in preflight.explain(rule)


def test_files_are_checked_by_name(empty: Workspace) -> None:
    empty.write({"good.txt": "SCHEDULE A\n", "bad.htm": (HERE / "preflight/b4-span.htm").read_bytes()})
    assert empty.run("check", "good.txt").out == "No problems. 1 file checked.\n"
    ran = empty.run("check", "good.txt", "bad.htm")
    assert ran.code == 0
    assert "bad.htm:7: warning: column 11: <span> is taken by one list" in ran.err
    assert ran.err.count("[B4]") == 1
    ran = empty.write({"bad.txt": "Fee ^\n"}).run("check", "bad.txt", "bad.htm")
    assert ran.code == 1
    assert 'bad.txt:1: column 5: "^" (U+005E) is not a character that EDGAR takes [A1]' in ran.err
    assert ran.out == ""
    ran = empty.run("check", "missing.pdf")
    assert ran.code == 2
    assert "missing.pdf: cannot be read: No such file or directory" in ran.err


def test_files_and_plans_are_checked_together(workspace: Workspace) -> None:
    ran = workspace.write({"bad.txt": "Fee ^\n"}).run("check", "p", "bad.txt")
    assert ran.code == 1
    assert ran.err.splitlines()[-1] == "1 problem. 1 file and 1 amendment checked."


PDF_IN_TEXT = "is a PDF, whatever its name says"
OTHER_FILES = {
    "x.pdf.txt": (b"%PDF-1.7", PDF_IN_TEXT),
    "x.htm": (b"%PDF-1.7", PDF_IN_TEXT),
    "page.bin": (b"%PDF-1.7", PDF_IN_TEXT),
    "h.txt": (b"\n<!DOCTYPE html><p>x", "is an HTML page, whatever its name says"),
    "x.docx": (ooxml.pack({"word/document.xml": b"x"}), "is a Word document (.docx), which EDGAR does not take"),
    "w.pdf": (ooxml.pack({"word/document.xml": b"x"}), "is a Word document (.docx), whatever its name says"),
    "x.xlsx": (ooxml.pack({"xl/workbook.xml": b"x"}), "is an Excel workbook (.xlsx), which EDGAR does not take"),
    "x.zip": (ooxml.pack({"a.txt": b"x"}), "is a zip archive, which EDGAR does not take"),
    "broken.zip": (b"PK\3\4xx", "is a broken zip archive, which EDGAR does not take"),
    "old.doc": (b"\xd0\xcf\x11\xe0", "is an old Office document (.doc, .xls), which EDGAR does not take"),
    "logo.png": (b"\x89PNG\r\n\x1a\n", "is a PNG image, which EDGAR does not take"),
    "logo.gif": (b"GIF89a", "is a GIF image, which EDGAR takes only beside an .htm that shows it"),
    "u.txt": ("Fee".encode("utf-16"), "is a text in UTF-16, whatever its name says"),
    "photo.jpg": (b"\xff\xd8\xff", "is a JPEG image, which EDGAR takes only beside an .htm that shows it"),
    "photo.gif": (b"\xff\xd8\xff", "is a JPEG image, which EDGAR does not take"),
    "photo.tif": (b"II*\0", "is a TIFF image, which EDGAR does not take"),
    "photo.tiff": (b"MM\0*", "is a TIFF image, which EDGAR does not take"),
    "words.rtf": (b"{\\rtf1", "is a rich text document (.rtf), which EDGAR does not take"),
    "words.gz": (b"\x1f\x8b", "is a compressed file (.gz), which EDGAR does not take"),
    "big.txt": (b"\xfe\xff" + "Fee".encode("utf-16-be"), "is a text in UTF-16, whatever its name says"),
    "slides.pptx": (
        ooxml.pack({"ppt/presentation.xml": b"x"}),
        "is a PowerPoint presentation (.pptx), which EDGAR does not take",
    ),
    "empty.docx": (b"", "is empty"),
    "empty.txt": (b" \n", "is empty"),
    "notes": (b"words", "is no .txt, .htm or .pdf file"),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_a_file_of_another_kind_is_called_what_it_is(empty: Workspace, name: str) -> None:
    data, words = OTHER_FILES[name]
    ran = empty.write({name: data}).run("check", name)
    assert ran.code == 1
    assert ran.err.splitlines()[0] == f"{name}: {words}"
    assert ran.err.splitlines()[2:] == ["1 problem. 1 file checked."]


def test_the_remedy_for_a_file_of_another_kind(golden: Golden) -> None:
    problems = [problem for name in OTHER_FILES for problem in preflight.other_kinds({name: OTHER_FILES[name][0]})]
    golden.holds(HERE / "preflight/kinds.golden", "".join(f"{problem}\n" for problem in problems))


def test_an_image_goes_with_the_page_that_shows_it(empty: Workspace) -> None:
    page = GOOD["htm"].replace(b"</div>", b'<p><img src="logo.gif" alt="Logo"></p></div>')
    ran = empty.write({"x.htm": page, "logo.gif": b"GIF89a"}).run("check", "x.htm", "logo.gif")
    assert ran.out == "No problems. 2 files checked.\n"


TITLE = Document(
    (Heading(1, "title", (Run("AMENDMENT NO. 2"),)), Paragraph("terms", (Run("The draft of a fee. "),) * 9))
)


@pytest.mark.parametrize("suffix", ["txt", "htm", "pdf"])
def test_a_file_that_says_draft_at_its_top_is_a_warning(suffix: str) -> None:
    data = WRITERS[suffix](replace(TITLE, draft_mark="DRAFT of counsel"), making.LAYOUT)
    (problem,) = [problem for problem in preflight.files({f"x.{suffix}": data}) if problem.check == "D14"]
    assert problem.severity == "warning"
    assert problem.found == 'says "DRAFT of counsel" at the top of a page'
    assert bool(problem.where.line) == (suffix != "pdf")
    assert found_by(preflight.files({f"x.{suffix}": data}, draft=True)) == set()


@pytest.mark.parametrize("line", ["DRAFT", "[Draft 3/1/04]", "PRELIMINARY DRAFT", "Draft of March 3, 2004"])
def test_a_draft_of_somebody_elses_is_a_warning(line: str) -> None:
    text = f"SCHEDULE A\nFund\nFee\nRate\n<PAGE>\n\n   {line}\nFund\n"
    (problem,) = preflight.files({"x.txt": text.encode()})
    assert (problem.check, problem.where.line) == ("D14", 7)


@pytest.mark.parametrize("text", ["Fund\nFee\nRate\nDRAFT\n", "DRAFTING Fund\n", "The draft Plan\n"])
def test_a_draft_in_other_words_is_none(text: str) -> None:
    assert preflight.files({"x.txt": text.encode()}) == ()


def test_docgens_own_draft_is_built_without_a_warning(workspace: Workspace) -> None:
    draft = AMENDMENT.replace("number: 1", "number: 1\ndraft: true")
    ran = workspace.write({"schedules/p/amendments/001.yaml": draft}).run("build", "--format", "txt,htm")
    assert ran.code == 0
    assert "D14" not in ran.err
    ran = workspace.run("check", "build/p/001/amendment.txt")
    assert 'says "DRAFT" at the top of a page' in ran.err


def test_explain_says_a_rule_or_all(empty: Workspace) -> None:
    ran = empty.run("explain", "a4")
    assert ran.out.startswith("A4  A line outside a table has at most 80 characters, blanks included.\n\nHTML is free")
    assert "Source: 17 CFR 232.305(a)" in ran.out
    assert "Held against: txt. A breach is an error, where" in ran.out
    assert "Not checked: there is nothing to hold a file against" in empty.run("explain", "A12").out
    assert [line.split()[0] for line in empty.run("explain").out.splitlines()] == [r.number for r in preflight.RULES]
    ran = empty.run("explain", "Z9")
    assert ran.code == 2
    assert 'rule "Z9" not found' in ran.err


def test_a_paper_that_breaks_a_rule_is_not_saved(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(html.LOOKS, "terms", "display:none")
    assert "[B14]" in workspace.run("check").err
    ran = workspace.run("build", "--format", "txt,htm")
    assert ran.code == 1
    assert re.search(r"build/p/001/amendment.htm:\d+: column 1: display:none hides words \[B14\]", ran.err)
    assert not (workspace.root / "build").exists()


def test_a_warning_about_a_paper_prints_and_does_not_stop(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(html.LOOKS, "terms", "letter-spacing:1pt")
    ran = workspace.run("build", "--format", "htm")
    assert ran.code == 0
    assert "[B13]" in ran.err
    assert (workspace.root / "build/p/001/amendment.htm").exists()


def rows(*lines: str) -> list[str]:
    """What rule A6 finds in the rows of a table whose second column begins at the 13th character."""
    text = "\n".join(["<TABLE>", "<CAPTION>", "FUND        FEE", "<S>         <C>", *lines, "</TABLE>", ""])
    return [f"{problem.where.line}: {problem.found}" for problem in preflight.files({"x.txt": text.encode()})]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("Bond Portfolio", "column 6: Portfolio"),
        ("Growth and Income Fund", "column 12: Income"),
        ("A Bond Fund   and more", ""),
        ("Growth Fund 0.25%", ""),
        ("Growth Fund   0.25%", ""),
        ("Growth     10.25%", "column 12: 10.25%"),
        ("<R>Growth Fund 0.25%</R>", ""),
        ("----------------------", ""),
        ("", ""),
    ],
)
def test_a_word_across_the_start_of_a_column_is_found(line: str, word: str) -> None:
    column, _, text = word.partition(": ")
    words = [f'5: {column}: "{text}" stands across the start of a column, as <C> marks it'] if word else []
    assert rows(line) == words


def test_words_that_are_cut_are_told_once_a_table() -> None:
    (found,) = rows("Bond Portfolio", "Growth      0.25%", "Growth Portfolio", "Income Portfolio")
    assert found.endswith('"Portfolio" stands across the start of a column, as <C> marks it; and 2 lines more')


FUND = "INVESCO International Growth and Income Opportunities Portfolio of the Diversified Series Trust"


def test_a_name_without_values_stays_in_the_first_column_of_a_tagged_table() -> None:
    heads = [Cell("number", (Run(f"MAXIMUM FEE {n}"),), True) for n in range(9)]
    head = TableRow("", (Cell("group", (Run("AIM BOND FUNDS AND ALL OTHERS, INC."),), True), *heads))
    label = TableRow("label", (Cell("", (Run("PORTFOLIOS WITH CLASS A SHARES AND OF WHATEVER OTHER CLASS"),), True),))
    fund = TableRow("fund", (Cell("", (Run(FUND),), True),))
    row = TableRow("class", (Cell("", (Run("Class A"),), True), *[Cell("number", (Run("0.25%"),), False)] * 9))
    data = WRITERS["txt"](Document((Table("schedule", (head, label), (fund, row)),)), making.LAYOUT)
    assert preflight.files({"x.txt": data}) == ()
    lines = data.decode().splitlines()
    edge = next(line for line in lines if line.startswith("<S>")).index("<C>")
    assert [line[:edge].strip() for line in lines if line[edge:].strip() == ""][-4:-1] == [
        "INVESCO International Growth and Income",
        "Opportunities Portfolio of the",
        "Diversified Series Trust",
    ]
    assert max(map(len, lines)) <= 132
