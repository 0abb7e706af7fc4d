"""Nothing is read, fetched or written outside the workspace's own folders, whatever data and templates say.

What a template may not say is in `problems/template-*.txt`, a YAML tag in `problems/tag.txt`, an entity in
`problems/template-doctype.txt`, what may not be saved in `test_save.py`.
"""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from docgen.document.layout import Layout, TextLayout
from docgen.document.tree import Document, Paragraph, Run
from docgen.edgar import file_words, preflight
from docgen.edgar.rule import File
from docgen.problems import WriterProblem
from docgen.writers import pdf
from tests import making
from tests.conftest import AMENDMENT, PLAN, ROOT, Workspace

WORDS = Document((Paragraph("terms", (Run("All other terms"),)),))
FACE = '@font-face { font-family: "Liberation Serif docgen"; src: url(fonts/LiberationSerif-Regular.ttf) }\n'
HTML = 'html { font-family: "Liberation Serif docgen" }\n'
TEMPLATE = "<document>\n<h1>A</h1>\n<p>{{% include '{}' %}}</p>\n</document>\n"


def styled(folder: Path, css: str) -> Layout:
    (folder / "print.css").write_text(css, encoding="utf-8")
    return Layout(TextLayout(), folder / "print.css", (folder, *making.FOLDERS))


@pytest.mark.seconds
def test_a_build_opens_no_connection(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert workspace.run("build").code == 0


@pytest.mark.warned
@pytest.mark.parametrize(
    "css",
    [
        '@import url("http://localhost/more.css");',
        '@import "file:///etc/passwd";',
        '@font-face { font-family: "Other"; src: url(https://localhost/font.woff) } p { font-family: "Other" }',
        "p { list-style-image: url(//localhost/a.png); background: url(///etc/passwd) }",
        'p::before { content: url("data:image/svg+xml,<svg/>") }',
    ],
)
def test_a_style_sheet_fetches_nothing_from_elsewhere(tmp_path: Path, css: str) -> None:
    with pytest.raises(WriterProblem, match="WeasyPrint says"):
        pdf.write(WORDS, styled(tmp_path, f"{css}\n{FACE}{HTML}"))


@pytest.mark.warned
def test_a_style_sheet_follows_no_link_out_of_its_folder(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes((ROOT / "docs/first-page.png").read_bytes())
    inside = tmp_path / "templates"
    inside.mkdir()
    (inside / "logo.png").symlink_to(tmp_path / "secret.png")
    with pytest.raises(WriterProblem, match="WeasyPrint says"):
        pdf.write(WORDS, styled(inside, f"{FACE}{HTML} p {{ background: url(logo.png) }}"))


@pytest.mark.seconds
@pytest.mark.parametrize("name", ["/etc/passwd", "../secret.txt", "..\\\\secret.txt", "link.txt", "~/secret.txt"])
def test_a_template_reads_no_file_outside_its_folders(workspace: Workspace, name: str) -> None:
    workspace.write({"secret.txt": "secret", "templates/distribution-plan/amendment.html.j2": TEMPLATE.format(name)})
    (workspace.root / "templates/link.txt").symlink_to(workspace.root / "secret.txt")
    ran = workspace.run("build")
    assert ran.code == 1
    assert 'template "' in ran.err
    assert '" not found' in ran.err
    assert "secret\n" not in ran.err
    assert not (workspace.root / "build").exists()


@pytest.mark.parametrize("name", ["con", "NUL", "aux.1", "com1", ".hidden", "a b\n"])
def test_no_amendment_has_the_name_of_a_device_or_a_line_in_it(workspace: Workspace, name: str) -> None:
    ran = workspace.write({f"schedules/p/amendments/{name}.yaml": AMENDMENT}).run("build")
    assert ran.code == 1
    assert "is not an id for an amendment" in ran.err
    assert not (workspace.root / "build").exists()


def test_no_plan_has_the_name_of_a_device(workspace: Workspace) -> None:
    ran = workspace.write({"schedules/nul/plan.yaml": PLAN, "schedules/nul/amendments/1.yaml": AMENDMENT}).run("build")
    assert ran.code == 1
    assert '"nul" is not a name for a plan\'s folder' in ran.err


@pytest.mark.parametrize("kind", ["../../etc", "/etc", "..", "a/b", "C:\\x"])
def test_the_kind_of_a_plan_is_a_folder_of_templates(workspace: Workspace, kind: str) -> None:
    plan = PLAN.replace("kind: distribution-plan", f"kind: '{kind}'")
    ran = workspace.write({"schedules/p/plan.yaml": plan}).run("build")
    assert ran.code == 1
    assert "is not a folder of templates/" in ran.err


@pytest.mark.seconds
@pytest.mark.parametrize("linked", ["build/p", "build/p/001"])
def test_a_build_follows_no_link_out_of_build(workspace: Workspace, linked: str) -> None:
    outside = workspace.root / "outside"
    outside.mkdir()
    (workspace.root / linked).parent.mkdir(parents=True, exist_ok=True)
    (workspace.root / linked).symlink_to(outside)
    ran = workspace.run("build", "--format", "txt")
    assert ran.code == 1
    assert "leads out of its folder" in ran.err
    assert list(outside.iterdir()) == []


def test_entities_in_a_file_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    declared = f'<!DOCTYPE html [<!ENTITY a SYSTEM "file://{tmp_path}/secret.txt"><!ENTITY b "&a;&a;">]>'
    data = f"{declared}\n<html><body><div><p>&a; &b;</p></div></body></html>".encode()
    found = preflight.files({"x.htm": data})
    assert {"B1", "B11"} <= {problem.check for problem in found}
    assert "secret" not in " ".join(file_words.of(File("x.htm", data)))
