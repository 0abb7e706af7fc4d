"""The wording stands where its name says; a workspace's own templates and layout are used, or it is said why not."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import docx
import pytest
from PIL import Image

from docgen.build import produce
from docgen.cli.options import chosen
from docgen.document.layout import TextLayout
from docgen.edgar import preflight
from docgen.files import ooxml, resources
from docgen.workspace.select import Paper
from docgen.writers import WRITERS
from tests.conftest import PLAN, SEED, Workspace

LAYOUT = "templates/distribution-plan/layout.yaml"


@pytest.fixture
def seed(amended: Workspace) -> Workspace:
    """The seed's plan with an amendment that changes something of every kind, and says so in a recital."""
    plan = (amended.root / SEED / "plan.yaml").read_text(encoding="utf-8")
    return amended.write({f"{SEED}/plan.yaml": f"{plan}form: {{recital: whereas}}\n"})


def paper(workspace: Workspace) -> Paper:
    """The third amendment."""
    (third,) = [paper for paper in chosen(workspace.root).papers if paper.name == "aim-class-b/003"]
    return third


def text(workspace: Workspace) -> str:
    """The EDGAR text of the third amendment."""
    return produce.files(paper(workspace), ("txt",))["amendment.txt"].decode("ascii")


def words(workspace: Workspace) -> str:
    """Its words, without regard to lines."""
    return " ".join(produce.files(paper(workspace), ("htm",))["amendment.htm"].decode("ascii").split())


@pytest.mark.parametrize(
    ("sentence", "file"),
    [
        ("WHEREAS,", "_recitals.html.j2"),
        ("NOW, THEREFORE,", "_recitals.html.j2"),
        ("is hereby deleted in its entirety", "_operative.html.j2"),
        ("IN WITNESS WHEREOF,", "_operative.html.j2"),
        ("The Fund shall pay the Distributor", "distribution-plan/_schedule.html.j2"),
    ],
)
def test_a_sentence_stands_in_one_file_that_is_named_after_it(sentence: str, file: str) -> None:
    templates = resources.TEMPLATES.rglob("*.j2")
    holders = [path for path in templates if sentence in path.read_text(encoding="utf-8")]
    assert [path.relative_to(resources.TEMPLATES).as_posix() for path in holders] == [file]


@pytest.mark.seconds
def test_templates_under_earlier_names_go_on_working_as_long_as_they_are_together(seed: Workspace) -> None:
    before = words(seed)
    own = seed.root / "templates"
    shutil.copytree(resources.TEMPLATES, own)
    for path in own.rglob("*.j2"):
        template = path.read_text(encoding="utf-8")
        for old, new in resources.RENAMED.items():
            template = template.replace(f'"{new}"', f'"{old}"')
        path.write_text(template.replace("the addition of", "the adding of"), encoding="utf-8")
    for old, new in resources.RENAMED.items():
        (own / new).rename(own / old)
    ran = seed.run("check")
    assert "template-is-used" not in ran.err
    after = words(seed)
    assert " the adding of INVESCO" in after
    assert after.replace(" the adding of ", " the addition of ") == before
    (own / "distribution-plan/amendment.html.j2").unlink()
    ran = seed.run("check")
    assert "templates/_changes.html.j2: warning: is not used by docgen's own distribution-plan/amendment" in ran.err
    assert "rename it to _recitals.html.j2" in ran.err


def test_every_earlier_name_leads_to_a_template() -> None:
    assert {*resources.RENAMED} == {
        "_changes.html.j2", "_clauses.html.j2", "agreement/_wording.html.j2", "distribution-plan/_wording.html.j2",
    }  # fmt: skip
    for old, new in resources.RENAMED.items():
        assert not (resources.TEMPLATES / old).exists()
        assert (resources.TEMPLATES / new).is_file()


def test_no_kind_that_ships_repeats_the_layout_that_docgen_has_anyway(seed: Workspace) -> None:
    assert [*resources.TEMPLATES.rglob("layout.yaml")] == []
    assert produce.layout(paper(seed)).text == TextLayout()
    assert seed.run("init", "w").code == 0
    assert [*Path(seed.root / "w/templates").rglob("layout.yaml")] == []


def test_a_layout_of_the_workspaces_own_is_used(seed: Workspace) -> None:
    lines = text(seed).splitlines()
    assert max(map(len, lines)) > 70
    ran = seed.write({LAYOUT: "text: {width: 70, page_length: 40}\n"}).run("check")
    assert "template-is-used" not in ran.err
    assert produce.layout(paper(seed)).text == TextLayout(width=70, page_length=40)
    narrow = text(seed).splitlines()
    assert len(narrow) > len(lines)
    assert max(len(line) for line in narrow if "%" not in line and "---" not in line) <= 70


@pytest.mark.seconds
def test_a_copied_kind_that_takes_the_old_folders_part_is_named(workspace: Workspace) -> None:
    shipped = resources.TEMPLATES / "distribution-plan"
    copies = {f"templates/my-kind/{path.name}": path.read_text(encoding="utf-8") for path in shipped.glob("*.j2")}
    plan = PLAN.replace("kind: distribution-plan", "kind: my-kind")
    workspace.write({**copies, "schedules/p/plan.yaml": plan})
    ran = workspace.run("check")
    fault = 'warning: takes "distribution-plan/_schedule.html.j2", and not the part of its own folder'
    assert f"templates/my-kind/amendment.html.j2:5: {fault}" in ran.err
    mended = {name: text.replace('"distribution-plan/', '"my-kind/') for name, text in copies.items()}
    workspace.write(mended)
    assert workspace.run("check").err == ""


def picture() -> bytes:
    """A logo."""
    data = io.BytesIO()
    Image.new("RGB", (96, 32), (32, 64, 128)).save(data, "PNG")
    return data.getvalue()


@pytest.mark.seconds
def test_a_logo_stands_in_the_pdf_and_in_word(seed: Workspace) -> None:
    css = (resources.TEMPLATES / "print.css").read_text(encoding="utf-8")
    word = docx.Document(str(resources.TEMPLATES / "reference.docx"))
    for header in (word.sections[0].first_page_header, word.sections[0].header):
        header.paragraphs[0].add_run().add_picture(io.BytesIO(picture()))
    reference = io.BytesIO()
    word.save(reference)
    logo = "@page { @top-right { content: url(logo.png) } }\n"
    plain = produce.files(paper(seed), ("txt", "htm"))
    seed.write({"templates/logo.png": picture(), "templates/print.css": css + logo})
    seed.write({"templates/reference.docx": reference.getvalue()})
    assert seed.run("check").err == ""
    files = produce.files(paper(seed), tuple(WRITERS))
    assert files["schedule.pdf"].count(b"/Subtype /Image") == 1
    assert [name for name in ooxml.parts("", files["schedule.docx"]) if "media" in name] == ["word/media/image1.png"]
    assert {name: files[name] for name in plain} == plain
    assert preflight.files(files) == ()


def test_a_logo_in_a_template_is_refused_in_one_line(seed: Workspace) -> None:
    name = "templates/distribution-plan/schedule.html.j2"
    text = (resources.TEMPLATES / "distribution-plan/schedule.html.j2").read_text(encoding="utf-8")
    ran = seed.write({name: text.replace("<document>", '<document><img src="logo.png"/>')}).run("check")
    assert ran.err.splitlines()[0].endswith(": <img> is not a tag that docgen knows")
    assert ran.err.splitlines()[1].startswith("    a logo stands in print.css (PDF) and the header of reference.docx")


@pytest.mark.seconds
def test_a_picture_that_no_style_names_is_said(seed: Workspace) -> None:
    ran = seed.write({"templates/logo.png": picture()}).run("check")
    assert "templates/logo.png: warning: is used by no plan" in ran.err
    assert ran.err == seed.run("check").err
