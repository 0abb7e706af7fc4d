"""The plan's own text: read, amended, proved, and shown with its sources."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen import checks
from docgen.document import conformed_text
from docgen.document.tree import Paragraph, outline, plain
from docgen.redline import accept_reject, baseline, merge
from docgen.redline.accept_reject import ACCEPTED, REJECTED
from docgen.redline.baseline import End
from docgen.reports import conformed_copy
from docgen.workspace.load import load
from docgen.workspace.select import papers_of
from tests.conftest import AMENDMENT, PLAIN, PLAN, Workspace

TEXT = """\
<document>
  <h1 class="title">AMENDED AND RESTATED<br/>MASTER DISTRIBUTION PLAN</h1>
  <p>The Board’s plan, under Exhibit A<sup>*</sup> and the rule.</p>
  <section name="Section 2">
    <p class="section">2. Payments. The Fund shall pay. The rates stand in Exhibit A, as of today.</p>
  </section>
  <section name="Section 6">
    <p class="section">6. Limits.</p>
    <p class="section">(a) First; see (c).</p>
    <p class="section">(b) The rate of Exhibit A is a limit. Exhibit A is a list.</p>
    <section name="Paragraph Sixth"><p class="section">(i) Roman &amp; deep.</p></section>
    <p class="section">(c) Third.</p>
  </section>
  <p class="party">THE FUND</p>
  <p class="signature">By: ________</p>
</document>
"""
CHANGES = "number: {0}\neffective: {1}\nchanges:\n"
WITH_TEXT = {**PLAIN, "schedules/p/text/plan.html": TEXT}


def amended(workspace: Workspace, *changes: str) -> Workspace:
    """The plan with a second amendment that has these changes."""
    text = CHANGES.format(2, "2004-01-05") + "".join(f"  - {change}\n" for change in changes)
    return workspace.write({**WITH_TEXT, "schedules/p/amendments/002.yaml": text})


def words(workspace: Workspace) -> str:
    """The text after every amendment, a paragraph a line, with the role and the notes of each."""
    (plan,) = load(workspace.root).plans
    lines = []
    for passage in conformed_text.on(plan, None).passages:
        notes = "; ".join(f"{note.verb} {note.amendment} {note.section}".strip() for note in passage.notes)
        block = passage.block
        text = "-" if block is None else plain(block.content) if hasattr(block, "content") else "table"
        lines.append(f"{'/'.join(passage.sections)}: {text}".replace("\n", " / ") + (f" [{notes}]" if notes else ""))
    return "\n".join(lines)


def test_a_text_is_read_with_its_sections(empty: Workspace) -> None:
    assert words(empty.write(WITH_TEXT)).split("\n") == [
        ": AMENDED AND RESTATED / MASTER DISTRIBUTION PLAN",
        ": The Board’s plan, under Exhibit A* and the rule.",
        "Section 2: 2. Payments. The Fund shall pay. The rates stand in Exhibit A, as of today.",
        "Section 6: 6. Limits.",
        "Section 6: (a) First; see (c).",
        "Section 6: (b) The rate of Exhibit A is a limit. Exhibit A is a list.",
        "Section 6/Paragraph Sixth: (i) Roman & deep.",
        "Section 6: (c) Third.",
        ": THE FUND",
        ": By: ________",
    ]


APPLIED = {
    "{replace_words: Exhibit A, to: Schedule A}": [
        ": The Board’s plan, under Schedule A* and the rule. [amended 002]",
        "Section 2: 2. Payments. The Fund shall pay. The rates stand in Schedule A, as of today. [amended 002]",
        "Section 6: (b) The rate of Schedule A is a limit. Schedule A is a list. [amended 002]",
    ],
    "{replace_words: Exhibit A, to: Schedule A, in: 'its first sentence of Section 6(b)'}": [
        "Section 6: (b) The rate of Schedule A is a limit. Exhibit A is a list. [amended 002]",
    ],
    '{replace_words: "Board\'s plan", to: plan of the Board}': [
        ": The plan of the Board, under Exhibit A* and the rule. [amended 002]"
    ],
    "{replace_words: MASTER DISTRIBUTION, to: SERVICE}": [": AMENDED AND RESTATED / SERVICE PLAN [amended 002]"],
    "{replace_words: Third, to: Last, in: 'Section 6(c), line 1,'}": ["Section 6: (c) Last. [amended 002]"],
    "{replace_words: Roman, to: Greek, in: Section 6(b)(i)}": [
        "Section 6/Paragraph Sixth: (i) Greek & deep. [amended 002]"
    ],
    "{replace_section: Section 2, of: its first sentence, text: Nobody shall pay.}": [
        "Section 2: 2. Payments. Nobody shall pay. The rates stand in Exhibit A, as of today. [amended 002]"
    ],
    "{replace_section: Section 2, of: the last sentence, text: It ends.}": [
        "Section 2: 2. Payments. The Fund shall pay. It ends. [amended 002]"
    ],
    "{replace_section: Section 6, text: [6. New limits., (a) None.]}": [
        "Section 6: 6. New limits. [replaced 002]",
        "Section 6: (a) None. [replaced 002]",
    ],
    "{replace_section: Section 6(a), text: (a) One.}": ["Section 6: (a) One. [replaced 002]"],
    "{add_section: Section 7, text: 7. More.}": ["Section 7: 7. More. [added 002]"],
    "{add_section: Section 6(d), text: (d) More.}": ["Section 6/Section 6(d): (d) More. [added 002]"],
    "{add_section: final paragraph, text: The end.}": ["final paragraph: The end. [added 002]"],
    "{add_section: Section 3, text: 3. More., after: Section 2}": ["Section 3: 3. More. [added 002]"],
    "{remove_section: Section 2}": [": - [removed 002 Section 2]"],
    "{remove_section: Section 6(b)(i)}": ["Section 6: - [removed 002 Section 6(b)(i)]"],
}


@pytest.mark.parametrize("change", APPLIED)
def test_a_change_is_applied_and_says_where(change: str, empty: Workspace) -> None:
    lines = words(amended(empty, change)).split("\n")
    assert [line for line in lines if "002" in line] == APPLIED[change]
    assert lines[-2:] == [": THE FUND", ": By: ________"], "what is added stands before the signatures"


REFUSED = {
    "{replace_words: Exhibit B, to: X}": 'does not stand in the text of the plan\ndid you mean "Exhibit A"?',
    "{replace_words: Third, to: X, in: Section 2}": '"Third" does not stand in Section 2\nit stands in Section 6',
    "{replace_words: Exhibit A, to: X, in: Section 9}": 'not found in the text of the plan\ndid you mean "Section 6"?',
    "{replace_words: Exhibit A, to: X, in: Section 6(d)}": "no paragraph of Section 6 begins with (d)",
    "{replace_words: Exhibit A, to: X, in: 'Section 6(b), line 2'}": '"Exhibit A" stands 2 times in',
    "{replace_words: Exhibit, to: X, in: the ninth paragraph of Section 2}": "it has 1 paragraphs",
    "{replace_section: Section 2, of: its fifth sentence, text: X}": "Section 2 has no such sentence",
    "{replace_section: Section 99, text: X}": '"Section 99" not found',
    "{add_section: Section 2, text: X}": '"Section 2" stands in the text already',
    "{add_section: Section 8, text: X, after: Section 7}": 'changes[0].after: "Section 7" not found',
    "{remove_section: Section 6(e)}": '"Section 6(e)" not found',
}


@pytest.mark.parametrize("change", REFUSED)
def test_what_does_not_apply_is_told_at_its_line(change: str, empty: Workspace) -> None:
    result = amended(empty, change).run("check")
    assert result.code == 1
    assert result.err.startswith("schedules/p/amendments/002.yaml:4: changes[0]."), result.err
    said = result.err.replace(" [text-changes-apply]", "").replace("\n    ", "\n")
    assert REFUSED[change] in said
    assert empty.run("conform", "p").code == 1
    assert not (empty.root / "build").exists()


MISTAKES = {
    "<document><p>A</p><section><p>B</p></section></document>": "plan.html:1: <section> has no name",
    '<document><section name="A"></section><p>B</p></document>': 'section "A" is empty',
    '<document>\n<section name="A"><p>B</p></section>\n<section name="A"><p>C</p></section></document>': (
        'plan.html:3: a second section is called "A"; the first is at schedules/p/text/plan.html:2'
    ),
    "<document>\n<p>A\n</document>": "<p> is not closed",
    "<document><div>A</div></document>": "<div> is not a tag that docgen knows",
    '<document><p style="color:red">A</p></document>': "<p> has style=",
    "<document>words</document>": '"words" stands directly inside <document>',
    '<document><section name="A">words<p>B</p></section></document>': '"words" stands beside the paragraphs of A',
    "<!DOCTYPE x><document><p>A</p></document>": "<! or <? stands in the markup",
    '<document><p class="quote">A</p></document>': 'the role "quote" belongs to amendments',
    "<p>A</p>": "<p> stands outside <document>",
    '\n<section name="A"><p>B</p></section>\n<p>C</p>\n': "plan.html:2: <section> stands outside <document>",
}


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_in_the_text_is_told_at_its_line(text: str, empty: Workspace) -> None:
    result = empty.write({**PLAIN, "schedules/p/text/plan.html": text}).run("check")
    assert result.code == 1
    assert MISTAKES[text] in result.err


def test_other_files_beside_the_text_are_told(empty: Workspace) -> None:
    files = {"plan.docx": b"PK", "b.html": b"\xff", "README.md": b"notes", ".DS_Store": b""}
    result = empty.write({**WITH_TEXT, **{f"schedules/p/text/{name}": data for name, data in files.items()}}).run(
        "check"
    )
    assert "schedules/p/text/plan.docx: is no file of a plan's text" in result.err
    assert "schedules/p/text/b.html:1: is not UTF-8 text" in result.err
    assert "2 problems." in result.err


def test_a_plan_without_a_text_says_what_to_do(workspace: Workspace) -> None:
    result = workspace.run("conform", "p")
    assert result.code == 2
    assert "schedules/p/text/: not found: the plan's text is not kept" in result.err


@pytest.mark.seconds
def test_a_copy_is_as_of_a_day_and_says_what_comes_later(empty: Workspace) -> None:
    second = CHANGES.format(2, "2004-01-05") + (
        "  - {replace_words: Third, to: Last}\n  - {replace_words: Exhibit A, to: Schedule A, effective: 2004-03-01}\n"
        "  - {remove_section: Section 2}\n"
    )
    empty.write({**WITH_TEXT, "schedules/p/amendments/002.yaml": second})
    assert empty.run("conform", "p", "--on", "2003-12-01", "--format", "txt").code == 0
    first = (empty.root / "build/p/conformed-2003-12-01.txt").read_text(encoding="ascii")
    assert "as of December 1, 2003, through Amendment No. 1" in first
    assert "later: Amendment No. 2, effective January 5, 2004" in first
    assert "[" not in first.split("SCHEDULE A")[0]
    assert empty.run("conform", "p", "--on", "2004-02-01", "--format", "txt").code == 0
    partly = (empty.root / "build/p/conformed-2004-02-01.txt").read_text(encoding="ascii")
    assert "later: Amendment No. 2 in part, effective March 1, 2004" in partly
    assert "(c) Last.\n\n[As amended by Amendment No. 2, effective January 5, 2004.]" in partly
    assert "Exhibit A is a list" in partly
    assert empty.run("conform", "p", "--format", "txt").code == 0
    last = (empty.root / "build/p/conformed.txt").read_text(encoding="ascii")
    assert "as of March 1, 2004, through Amendment No. 2" in last
    assert "later: none" in last
    assert "Schedule A is a list" in last
    assert "[Section 2 was deleted by Amendment No. 2, effective January 5, 2004.]" in last
    assert "INVESCO Tax-Free Bond Fund" in last


@pytest.mark.slow
def test_a_redline_of_two_days_holds_both(empty: Workspace) -> None:
    """In all formats that a redline has, each read back both ways before it is saved; of the restated plan too."""
    empty.write(WITH_RESTATED)
    ran = empty.run("conform", "p", "--on", "2004-02-01", "--against", "2003-12-01", "--format", "docx,htm,txt")
    assert (ran.code, ran.err) == (0, "")
    name = "build/p/conformed-2004-02-01-redline-2003-12-01"
    assert f"{name}.docx\n{name}.htm\n{name}.txt\n{name}.proof.json\n" in ran.out
    ends = json.loads((empty.root / f"{name}.proof.json").read_text(encoding="utf-8"))["ends"]
    assert [end["name"] for end in ends] == ["the plan on December 1, 2003", "the plan on February 1, 2004"]
    page = (empty.root / f"{name}.htm").read_text(encoding="ascii")
    assert "becomes &quot;Schedule A&quot; in the whole text, effective January 5, 2004" in page.replace("\n", " ")
    assert "Nothing changed" in empty.run("conform", "p", "--on", "2003-12-01", "--against", "2003-11-30").out
    assert (
        "2003-12-01 is not before 2003-11-30"
        in empty.run("conform", "p", "--on", "2003-11-30", "--against", "2003-12-01").err
    )
    assert empty.run("conform", "q", "--against", "2003-12-01", "--format", "txt").code == 0
    text = (empty.root / "build/q/conformed-redline-2003-12-01.txt").read_text(encoding="ascii")
    assert "<R>" in text
    assert "FIRST RESTATED" in text


def test_json_has_each_passage_with_its_sources(empty: Workspace) -> None:
    amended(empty, "{replace_words: Third, to: Last}", "{remove_section: Section 2}")
    copy = json.loads(empty.run("conform", "p", "--json").out)
    assert (copy["plan"], copy["on"], copy["through"], copy["later"]) == ("p", "2004-01-05", "Amendment No. 2", [])
    assert [passage for passage in copy["passages"] if passage["sources"]] == [
        {
            "sections": ["Section 2"],
            "words": None,
            "sources": [{"verb": "removed", "amendment": "002", "on": "2004-01-05"}],
        },
        {
            "sections": ["Section 6"],
            "words": "(c) Last.",
            "sources": [{"verb": "amended", "amendment": "002", "on": "2004-01-05"}],
        },
    ]
    (schedule,) = copy["schedules"]
    assert schedule == json.loads(empty.run("show", "p", "--json").out)["schedules"][0]
    assert copy["refused"] == []
    assert not (empty.root / "build").exists()


def test_a_list_says_which_passages_were_changed(empty: Workspace) -> None:
    amended(empty, "{replace_words: Third, to: Last, effective: 2004-03-01}", "{remove_section: Section 2}")
    assert empty.run("conform", "p", "--on", "2004-01-31", "--list").out == (
        "Amended and Restated Master Distribution Plan (Class B Shares)\n"
        "As of January 31, 2004, through Amendment No. 2; later: Amendment No. 2 in part, effective March 1, 2004.\n\n"
        "Where      What     By               Effective\n"
        "---------  -------  ---------------  ----------\n"
        "Section 2  removed  Amendment No. 2  2004-01-05\n\n"
        "1 of 10 passages changed.\n"
    )
    assert not (empty.root / "build").exists()
    for options in (("--json", "--format", "pdf"), ("--list", "--against", "2004-01-01"), ("--list", "--json")):
        assert "these options do not go together" in empty.run("conform", "p", *options).err


def test_a_sign_that_edgar_lacks_is_told_at_its_line(empty: Workspace) -> None:
    text = TEXT.replace("Third", "Third → Fourth").replace("Roman", "→")
    result = empty.write({**WITH_TEXT, "schedules/p/text/plan.html": text}).run("check")
    said = 'plan.html:11: EDGAR text has no "→" (U+2192), here and on 1 more line [plain-text-can-show-the-plan]'
    assert f"{said}\n    give its plain letters in plan.yaml:  ascii: {{→: letters}}\n" in result.err
    given = empty.write({"schedules/p/plan.yaml": "ascii: {→: to}\n" + PLAN}).run("conform", "p", "--format", "txt")
    assert given.code == 0


def test_an_entire_plan_needs_its_text(empty: Workspace) -> None:
    entire = {"schedules/q/plan.yaml": PLAN, "schedules/q/amendments/001.yaml": AMENDMENT + "entire_plan: true\n"}
    result = empty.write(entire).run("check")
    assert "q/amendments/001.yaml:10: entire_plan: the plan's own text is not kept [text-can-be-read]" in result.err


def test_text_through_says_what_the_text_has_already(empty: Workspace) -> None:
    amended(empty, "{replace_words: Exhibit Z, to: Schedule Z}").write(
        {"schedules/p/plan.yaml": 'text_through: "002"\n' + PLAN}
    )
    assert empty.run("check").code == 0
    empty.write({"schedules/p/plan.yaml": 'text_through: "003"\n' + PLAN})
    assert 'plan.yaml:1: text_through: the plan has no amendment "003"' in empty.run("check").err


@pytest.mark.slow
def test_what_was_filed_so_is_a_warning_to_accept(empty: Workspace) -> None:
    path = "schedules/p/amendments/002.yaml"
    amended(empty, "{replace_words: Third, to: Last}")
    assert empty.run("build", "p/002", "--format", "txt").code == 0
    assert empty.run("seal", "p/002").code == 0
    empty.write({"schedules/p/text/plan.html": TEXT.replace("Third", "3rd")})
    result = empty.run("check")
    assert result.code == 0
    assert f'{path}:4: warning: changes[0].replace_words: "Third" does not stand' in result.err
    assert empty.run("conform", "p", "--format", "txt").code == 0
    text = " ".join((empty.root / "build/p/conformed.txt").read_text(encoding="ascii").split())
    assert (
        '[Not applied, since the text has no such words or section: Amendment No. 2, by which "Third" becomes "Last"'
        in text
    )


RESTATED = PLAN.replace("title: Amended and Restated", "restates: p\ntitle: First Restated").replace(
    "dated: 2003-08-18", "dated: {date: 2003-08-18, restated: 2004-09-20}"
)
ENTIRE = "effective: 2004-09-20\nentire_plan: true\nexhibit: Exhibit m(2)(f)\n"
WITH_RESTATED = {
    **WITH_TEXT,
    "schedules/q/plan.yaml": RESTATED,
    "schedules/q/amendments/000.yaml": ENTIRE,
    "schedules/p/amendments/002.yaml": CHANGES.format(2, "2004-01-05")
    + "  - {replace_words: Exhibit A, to: Schedule A}\n",
}


def end_before(workspace: Workspace, name: str) -> End:
    loaded = load(workspace.root)
    papers = {paper.name: paper for plan in loaded.plans for paper in papers_of(loaded, plan)}
    return baseline.plan_before(papers[name])


def before(workspace: Workspace, name: str) -> tuple[str, str]:
    """What a redline calls the whole plan before an amendment, and what its text says of the exhibit."""
    end = end_before(workspace, name)
    texts = [plain(block.content) for block in end.document.blocks if isinstance(block, Paragraph)]
    return end.title, next(text for text in texts if text.startswith("2. Payments."))


def test_the_whole_plan_before_an_amendment_is_that_of_the_last_one(empty: Workspace) -> None:
    third = CHANGES.format(3, "2004-02-05") + "  - {replace_words: The rates stand, to: All rates stand}\n"
    third += "  - {add: INVESCO Late Fund, to: 'AIM BOND FUNDS, INC.', effective: 2005-01-03}\n"
    fourth = CHANGES.format(1, "2004-11-04") + "  - {replace_words: as of today, to: as of now}\n"
    later = {"schedules/p/amendments/003.yaml": third, "schedules/q/amendments/001.yaml": fourth}
    empty.write({**WITH_RESTATED, **later})
    old = "2. Payments. The Fund shall pay. The rates stand in Exhibit A, as of today."
    second = old.replace("Exhibit", "Schedule")
    third_text = second.replace("The rates", "All rates")
    assert before(empty, "p/001") == ("the plan as it first stood", old)
    assert before(empty, "p/002") == ("Amendment No. 1", old)
    assert before(empty, "p/003") == ("Amendment No. 2", second)
    assert before(empty, "q/000") == (
        "the Amended and Restated Master Distribution Plan (Class B Shares) before it",
        third_text,
    )
    assert before(empty, "q/001")[1] == third_text
    rows = [
        row for line in end_before(empty, "q/000").document.lines() if (row := " ".join(line)).startswith("INVESCO")
    ]
    assert [row.split(" Fund")[0] for row in rows] == ["INVESCO Tax-Free Bond", "INVESCO U.S. Government Securities"]


def test_a_restated_plan_takes_the_place_of_the_one_before(empty: Workspace) -> None:
    empty.write(WITH_RESTATED)
    for command in (["show", "p"], ["show", "p", "--on", "2004-09-20"], ["new", "p"], ["conform", "p"]):
        result = empty.run(*command)
        assert result.code == 2, command
        assert "p: is no longer in force: q restates it from 2004-09-20 on" in result.err
    assert empty.run("export", "p", "fees.csv").code == 2
    assert empty.run("diff", "p@2004-01-05", "p@2004-12-31").code == 2
    assert empty.run("show", "p", "--on", "2004-09-19").out.startswith(
        "Schedule A, in force on September 19, 2004 (p/002)"
    )
    assert empty.run("show", "q").out.startswith("Schedule A, in force on September 20, 2004 (q/000)")
    assert (
        "2004-09-20  q/000  INVESCO Tax-Free Bond Fund goes on in q, which restates p"
        in empty.run("history", "INVESCO Tax-Free Bond Fund").out
    )
    assert empty.run("new", "q").code == 0
    assert "number: 1\n" in (empty.root / "schedules/q/amendments/001.yaml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_restated_plans_paper_is_its_text_and_its_schedules(empty: Workspace) -> None:
    empty.write(WITH_RESTATED)
    assert empty.run("build", "q").code == 0
    text = (empty.root / "build/q/000/plan.txt").read_text(encoding="ascii")
    assert text.split("\n")[0].strip() == "Exhibit m(2)(f)"
    assert "FIRST RESTATED\n" in text, "the text bears the new title"
    assert "Schedule A is a list" in text
    assert "[As amended" not in text
    assert "INVESCO Tax-Free Bond Fund" in text
    redline = empty.run("redline", "q/000", "--format", "docx,htm,txt")
    assert redline.code == 0
    assert "build/q/000/plan-redline-p.docx" in redline.out
    assert empty.run("package", "q/000").code == 0
    assert empty.run("seal", "q/000").code == 0
    assert empty.run("verify").out.startswith("q/000: identical")
    own = {"schedules/q/text/plan.html": "<document><h1>A new plan</h1><p>Other words.</p></document>"}
    assert empty.write(own).run("build", "q", "--format", "txt", "--force").code == 0
    filed = (empty.root / "build/q/000/plan.txt").read_text(encoding="ascii")
    assert filed == text, "what was filed stays"


WORDS = st.lists(
    st.sampled_from(["Fund", "Plan", "rate", "Exhibit A", "Board’s", "0.25%", "shall", "pay"]), min_size=1, max_size=6
)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=4)
SECTIONS = st.lists(PARAGRAPHS, min_size=1, max_size=4)


def passages(sections: list[list[list[str]]]) -> Iterator[str]:
    for number, paragraphs in enumerate(sections, start=1):
        inside = "".join(f"<p class='section'>{' '.join(words)}.</p>" for words in paragraphs)
        yield f'<section name="Section {number}">{inside}</section>'


@st.composite
def edits(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text, and changes of it that apply: each names a section that is there then, and words of it."""
    sections = draw(SECTIONS)
    names = [f"Section {number}" for number in range(1, len(sections) + 1)]
    changes = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["replace", "section", "add", "remove"])) if names else "add"
        name = draw(st.sampled_from(names)) if names else ""
        match kind:
            case "replace":
                changes.append(f"{{replace_words: '.', to: ' {draw(WORDS)[0]}!.', in: {name}}}")
            case "section":
                changes.append(f"{{replace_section: {name}, text: {draw(WORDS)[0]}.}}")
            case "add":
                names.append(f"Section {number + 20}")
                changes.append(f"{{add_section: Section {number + 20}, text: {draw(WORDS)[0]}.}}")
            case "remove":
                names.remove(name)
                changes.append(f"{{remove_section: {name}}}")
    return f"<document><h1>Plan</h1>{''.join(passages(sections))}</document>", changes


@pytest.mark.slow
@settings(max_examples=25)
@given(edits())
def test_conform_then_redline_is_the_new_text_and_the_old(
    tmp_path_factory: pytest.TempPathFactory, edit: tuple[str, list[str]]
) -> None:
    """The redline of two conformed copies accepts to the new text and rejects to the old, notes and banner too."""
    text, changes = edit
    root = tmp_path_factory.mktemp("w")
    second = CHANGES.format(2, "2004-01-05") + "".join(f"  - {change}\n" for change in changes)
    work = Workspace(root).write(
        {**PLAIN, "schedules/p/text/plan.html": text, "schedules/p/amendments/002.yaml": second}
    )
    workspace = load(work.root)
    (plan,) = workspace.plans
    assert not [p for p in checks.check(workspace, datetime.date(2026, 1, 1)).problems if p.severity == "error"]
    old, new = (conformed_copy.document(plan, day, workspace.templates) for day in (datetime.date(2003, 12, 1), None))
    marked = merge.marked(old, new, {})
    assert outline(accept_reject.without(marked, ACCEPTED)) == outline(new)
    assert outline(accept_reject.without(marked, REJECTED)) == outline(old)
    assert conformed_text.on(plan, None).problems == ()
