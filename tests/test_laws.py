"""What holds for any schedule: widths, letters, bytes, and that printed steps read back."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import HealthCheck, example, given, reject, settings
from hypothesis import strategies as st

from docgen import readers
from docgen.consolidation.plan_folder import PlanFolder
from docgen.document import markup, render
from docgen.edgar import characters
from docgen.model import validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.plan import Plan
from docgen.problems import DocgenError, WriterProblem
from docgen.reports import schedule_in_force
from docgen.writers import WRITERS
from tests import making
from tests.conftest import each, examples

LAWS = settings(deadline=None, derandomize=True, max_examples=examples(120), suppress_health_check=list(HealthCheck))
FEW = settings(LAWS, max_examples=examples(24))


def written(plan: PlanFolder, suffix: str) -> bytes:
    """The file; a plan whose table no width can take, which the writer says of a column, does not count as a try."""
    try:
        return WRITERS[suffix](render.document(plan, plan.amendments[0], "amendment", making.FOLDERS), making.LAYOUT)
    except WriterProblem as error:
        assert suffix == "txt"
        assert "shorten" in str(error) or "characters long where a line has" in str(error)
        reject()


@pytest.mark.slow
@LAWS
@given(making.plans())
def test_no_line_of_text_is_wider_than_edgar_takes(plan: PlanFolder) -> None:
    data = written(plan, "txt")
    in_table = False
    for line in data.decode("ascii").split("\n"):
        in_table = (in_table or line == "<TABLE>") and line != "</TABLE>"
        assert len(line) <= (characters.TABULAR if in_table else characters.NARRATIVE)
        assert set(line) <= characters.PERMITTED
        assert line == line.rstrip()


@pytest.mark.slow
@LAWS
@given(making.plans())
def test_pages_are_no_longer_than_they_should_be(plan: PlanFolder) -> None:
    for page in written(plan, "txt").decode("ascii").split("<PAGE>\n"):
        assert page.count("\n") <= making.LAYOUT.text.page_length


@pytest.mark.slow
@LAWS
@given(making.plans())
def test_letters_survive_text_and_html(plan: PlanFolder) -> None:
    tree = render.document(plan, plan.amendments[0], "amendment", making.FOLDERS)
    for suffix in ("txt", "htm"):
        assert readers.difference(tree, suffix, written(plan, suffix)) is None


@pytest.mark.slow
@FEW
@given(making.plans())
def test_letters_survive_pdf(plan: PlanFolder) -> None:
    tree = render.document(plan, plan.amendments[0], "amendment", making.FOLDERS)
    data = WRITERS["pdf"](tree, making.LAYOUT)
    assert readers.difference(tree, "pdf", data) is None
    assert WRITERS["pdf"](tree, making.LAYOUT) == data


@pytest.mark.slow
@LAWS
@given(making.plans(), st.data())
def test_a_word_changed_is_found(plan: PlanFolder, data: st.DataObject) -> None:
    tree = render.document(plan, plan.amendments[0], "amendment", making.FOLDERS)
    for suffix in ("txt", "htm"):
        text = written(plan, suffix).decode("ascii")
        start = text.index("<body") if suffix == "htm" else 0
        spots = [m for m in re.finditer(r"(?<![<&#\w/])[A-Za-z]{3,}(?![^<]*>|\w*;)", text) if m.start() > start]
        spot = data.draw(st.sampled_from(spots))
        changed = text[: spot.start()] + "q" + text[spot.start() + 1 :]
        assert readers.difference(tree, suffix, changed.encode("ascii")) is not None


@pytest.mark.slow
@LAWS
@given(making.plans())
def test_printed_facts_read_back(plan: PlanFolder) -> None:
    printed = schedule_in_force.facts(plan, plan.amendments[0])
    read = yaml_reader.parse("facts.yaml", printed.encode())
    assert isinstance(read.data, dict)
    parts = {key: yaml_reader.Source("facts.yaml", value, {}) for key, value in read.data.items()}
    assert validation.validate(Plan, parts["plan"]) == plan.facts
    assert validation.validate(Amendment, parts["amendment"]) == plan.amendments[0].facts


@pytest.mark.slow
@LAWS
@given(making.plans())
def test_printed_markup_reads_back(plan: PlanFolder) -> None:
    for name in ("amendment", "schedule"):
        tree = render.document(plan, plan.amendments[0], name, making.FOLDERS)
        printed = render.markup_of(plan, plan.amendments[0], name, making.FOLDERS)
        assert markup.read(printed, "printed") == tree.blocks


@pytest.mark.seconds
@LAWS
@given(st.binary() | st.text().map(str.encode) | st.text("[]{}:-,#&*!|>'\"%@` \n\tab01", max_size=60).map(str.encode))
@example(b"{.")  # what is missing at its end stands on a line that the file has not
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read = yaml_reader.parse("any.yaml", raw)
    except DocgenError as error:
        assert each(problem.where.file == "any.yaml" for problem in error.problems)
    else:
        assert isinstance(read.data, dict)


@pytest.mark.slow
@LAWS
@given(st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)))
def test_any_data_is_typed_or_refused(data: object) -> None:
    """Whatever YAML says under the right keys, there are problems and no traceback."""
    for model in (Plan, Amendment):
        for key in ("schedule", "schedules", "restate", "dated", "share_classes", "accept", "ascii", "number"):
            text = yaml.safe_dump({key: data, "title": data, "kind": "k"}, allow_unicode=True)
            try:
                validation.validate(model, yaml_reader.parse("any.yaml", text.encode("utf-8", "surrogatepass")))
            except DocgenError as error:
                assert each(problem.where.line for problem in error.problems)


@LAWS
@given(st.text() | st.text("<>/&;!?= documentphsrtae\"'", max_size=80))
def test_any_markup_is_read_or_refused(text: str) -> None:
    for whole in (text, f"<document>{text}</document>"):
        try:
            markup.read(whole, "any")
        except DocgenError as error:
            assert error.problems
