"""Whether all that a person typed to be printed is printed: a kind of agreement may have no place for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.document.tree import Document, plain
from docgen.model import english
from docgen.model.amendment import bare_recital
from docgen.model.plan import Plan
from docgen.model.settings import REGISTRANTS
from docgen.model.text_changes import TEXT_VERBS
from docgen.model.values import is_tbd
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import Problem, letters_key

VOTES = "approvals"
OF_AMENDMENT = ("whereas", "clauses", "exhibit", "recital", VOTES, "signatures")
OF_PLAN = ("parties", "of", "signatures", "feature")
OF_PLAN_ANEW = tuple((key,) for key in OF_PLAN)
TEXTS = TEXT_VERBS | {"text"}
RECITALS = ("recital", "whereas")
SETTINGS = ("on", "independent", "holders", "signed", "seal", "each")  # beside texts, and no text themselves


def missing(plan: PlanFolder, amendment: AmendmentFile, documents: Mapping[str, Document]) -> Iterator[Problem]:
    """A warning for each text of the data that should stand in a paper and stands in none of its documents.

    So with the changes of a schedule that is filed alone: the schedule shows what they give, and not what they are.
    """
    log = amendment.form.log
    needless = log or amendment.facts.opening or amendment.facts.entire_plan
    if amendment.facts.steps and "amendment" not in documents and not needless:
        fault = f'stands in no document as a change: the kind "{plan.facts.kind}" has the schedule alone'
        problem = amendment.source.warning(("changes",), fault, "write log: true under form:, or accept it")
        yield replace(problem, check="all-is-printed")
    contents = [plain(content) for document in documents.values() for content in document.contents()]
    words = letters_key(" ".join(contents))
    old = set(_texts(plan.facts)) - set(_texts(amendment.plan))
    for source, path, text in _to_print(plan, amendment):
        if path[0] == VOTES and "amendment" not in documents:  # a vote is recorded for the memo and the status too
            continue
        if not is_tbd(text) and text.casefold() != REGISTRANTS and text not in old and letters_key(text) not in words:
            fault = f'stands in no document: the kind "{plan.facts.kind}" has no place for it'
            problem = source.warning(path, fault, "take it out, or choose another kind in plan.yaml")
            yield replace(problem, check="all-is-printed")


def _texts(facts: Plan) -> Iterator[str | None]:
    """What is said of the parties and signers of a plan, and its feature: they may be others from an amendment on."""
    yield facts.feature
    for party in (*facts.registrants, *facts.parties):
        yield from (party.name, party.is_, party.called)
    yield from (name for block in facts.signatures for name in block.for_)


def _to_print(plan: PlanFolder, amendment: AmendmentFile) -> Iterator[tuple[Source, KeyPath, str]]:
    """Every text that is meant to be printed, with its place; the plan's signatures give way to the amendment's."""
    has_signatures = amendment.facts.signatures is not None
    of_plan = [key for key in OF_PLAN if not (has_signatures and key == "signatures")]
    for path, text in amendment.source.texts():
        of_text = path[0] == "changes" and any(key in path for key in TEXTS) and not amendment.facts.entire_plan
        of_the_plan = path[0] == "plan" and path[1:2] in OF_PLAN_ANEW
        if (path[0] in OF_AMENDMENT or of_text or of_the_plan) and path[-1] not in SETTINGS:
            yield amendment.source, path, _bare(path, text)
    for path, text in plan.source.texts():
        if path[0] in of_plan and path[-1] not in SETTINGS:
            yield plan.source, path, _bare(path, text)


def _bare(path: KeyPath, text: str) -> str:
    """A text without the words around it that the wording has too."""
    if path[-1] == "called":
        return english.without_article(text)
    return bare_recital(text) if path[0] in RECITALS else text
