"""Records in the amendments who has signed: the blocks of each with signed: true, every other sign as it was."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from docgen.drafting import edit
from docgen.model import validation, yaml_reader
from docgen.model.amendment import Amendment
from docgen.model.settings import Signature, Signer
from docgen.problems import UsageProblem
from docgen.workspace.select import Paper


def spliced(root: Path, blocks: Sequence[tuple[Paper, Sequence[Signature]]]) -> Mapping[str, bytes]:
    """The files of the papers with these blocks; UsageProblem where one is sealed."""
    sealed = [paper for paper, _ in blocks if paper.seal]
    if sealed:
        remedy = "what was filed stays: leave --record out"
        raise UsageProblem([paper.amendment.source.problem((), f"{paper.name} is sealed", remedy) for paper in sealed])
    files: dict[str, bytes] = {}
    for paper, signatures in blocks:
        name = paper.amendment.source.file
        files[name] = _with_blocks(name, (root / name).read_bytes(), signatures)
    return files


def _with_blocks(name: str, raw: bytes, signatures: Sequence[Signature]) -> bytes:
    result = edit.with_value(name, raw, ("signatures",), [_as_typed(block) for block in signatures])
    validation.validate(Amendment, yaml_reader.parse(name, result))
    return result


def _as_typed(block: Signature) -> Mapping[str, Any]:
    """A block as a person types it."""
    names = list(block.for_)
    facts: dict[str, Any] = {"for": names[0] if len(names) == 1 else names, "by": _signer(block.by)}
    facts |= {"attest": _signer(block.attest)} if block.attest else {}
    return facts | ({"seal": "true"} if block.seal else {})


def _signer(signer: Signer) -> Mapping[str, str]:
    facts = {"name": signer.name, "title": signer.title, "signed": "true" if signer.signed else None}
    return {key: value for key, value in facts.items() if value}
