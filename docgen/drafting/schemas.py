"""JSON Schemas of the YAML files, so that an editor completes and checks them while they are typed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from docgen.document.layout import LayoutFile
from docgen.model.amendment import Amendment
from docgen.model.base import Facts
from docgen.model.event import Event
from docgen.model.plan import Plan

MODELS: Mapping[str, type[Facts]] = {
    "plan": Plan,
    "amendment": Amendment,
    "event": Event,
    "layout": LayoutFile,
}
DRAFT = "https://json-schema.org/draft/2020-12/schema"
FOLDER = "schema"  # under build/


def files() -> dict[str, bytes]:
    """The schemas by file name under `build/`: schema/plan.json and its like."""
    return {f"{FOLDER}/{name}.json": _text(model).encode() for name, model in MODELS.items()}


def _text(model: type[Facts]) -> str:
    return json.dumps({"$schema": DRAFT, **model.model_json_schema()}, indent=2, ensure_ascii=False) + "\n"


def modeline(name: str, up: int) -> str:
    """The comment by which an editor finds the schema of a file that lies so many folders under the workspace."""
    return f"# yaml-language-server: $schema={'../' * up}build/{FOLDER}/{name}.json"
