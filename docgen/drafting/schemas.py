"""JSON Schemas of the YAML files, so that an editor completes and checks them while they are typed.

Alternatives stand as if, then and else, by what is typed: of `anyOf` and `oneOf` an editor can only say that none
fits, or name a key of the wrong one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from docgen.document.layout import LayoutFile
from docgen.model import changes, values
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
TYPES = {str: "string", type(None): "null", bool: "boolean", int: "integer"}
NO_DAY = "is not a date of the calendar: write YYYY-MM-DD"
# A day is said to be none once: by its format where an editor looks at that, else by a pattern of all days that are
_DAY = {
    "if": {"pattern": values.PART_PATTERN},
    "else": {
        "if": {"format": "date"},
        "then": {"pattern": values.DAY_PATTERN, "errorMessage": NO_DAY},
        "else": {"format": "date", "errorMessage": NO_DAY},
    },
}
GROUPS_OF_KEYS = ("array", "object")
Schema = dict[str, Any]


def files() -> dict[str, bytes]:
    """The schemas by file name under `build/`: schema/plan.json and its like."""
    return {f"{FOLDER}/{name}.json": _text(model).encode() for name, model in MODELS.items()}


def _text(model: type[Facts]) -> str:
    schema = model.model_json_schema()
    shaped = {"$schema": DRAFT, **_shaped(schema, schema.get("$defs", {}))}
    return json.dumps(shaped, indent=2, ensure_ascii=False) + "\n"


def _shaped(node: Any, defs: Mapping[str, Schema]) -> Any:
    """A schema whose alternatives are told apart by what is typed."""
    if isinstance(node, list):
        return [_shaped(entry, defs) for entry in node]
    if not isinstance(node, dict):
        return node
    shaped = {key: _shaped(value, defs) for key, value in node.items() if key not in ("anyOf", "oneOf")}
    if isinstance(node.get("properties"), dict):
        shaped["properties"] = {key: _described(value, defs) for key, value in shaped["properties"].items()}
    if shaped.get("format") == "date":
        return {"type": shaped["type"], **_DAY}
    if "oneOf" in node:
        return {**shaped, **_by_verb([option["$ref"] for option in node["oneOf"]])}
    if "anyOf" in node:
        return {**shaped, **_by_type(node["anyOf"], defs)}
    return shaped


def _described(key: Schema, defs: Mapping[str, Schema]) -> Schema:
    """The schema of a key with a description: its own, or that of what it holds."""
    within = [key.get("then", {}), key.get("else", {}), defs.get(key.get("$ref", "").rpartition("/")[2], {})]
    description = next((part["description"] for part in (key, *within) if "description" in part), "")
    return {**key, "description": description}


def _by_verb(references: Sequence[str]) -> Schema:
    """A change as the model of its verb; where it has none, the verbs."""
    verbs = {model.verb: model.model_fields[model.verb].description for model in changes.VERBS}
    schema: Schema = {
        "type": "object",
        "properties": {verb: {"description": description} for verb, description in verbs.items()},
        "additionalProperties": False,
        "minProperties": 1,
        "errorMessage": "begin with one of: " + ", ".join(verbs),
    }
    for verb, reference in reversed([*zip(verbs, references, strict=True)]):
        schema = {
            "if": {"type": "object", "required": [verb]},
            "then": {"$ref": reference},
            "else": schema,
        }
    return schema


def _by_type(options: Sequence[Schema], defs: Mapping[str, Schema]) -> Schema:
    """Alternatives by the type of what is typed, what has keys last; words such as tbd before a text of one form."""
    shaped = [_shaped(option, defs) for option in options]
    types = [_types(option, defs) for option in options]
    every = [name for names in types for name in names]
    if len(every) > len(set(every)):
        words = [option for option in shaped if "enum" in option]
        rest = [option for option in shaped if "enum" not in option]
        return {"if": words[0], "else": rest[0]} if len(words) == len(rest) == 1 else {"anyOf": shaped}
    if not set(GROUPS_OF_KEYS) & set(every):
        return {"anyOf": shaped}
    pairs = sorted(zip(types, shaped, strict=True), key=lambda pair: [kind in pair[0] for kind in GROUPS_OF_KEYS])
    schema: Schema = pairs[-1][1]
    for names, option in reversed(pairs[:-1]):
        schema = {"if": {"type": names}, "then": option, "else": schema}
    return schema


def _types(option: Schema, defs: Mapping[str, Schema]) -> list[str]:
    """The types of what an alternative takes."""
    if "$ref" in option:
        return _types(defs[option["$ref"].rpartition("/")[2]], defs)
    if "anyOf" in option:
        return [name for each in option["anyOf"] for name in _types(each, defs)]
    if "type" in option:
        return [option["type"]] if isinstance(option["type"], str) else list(option["type"])
    return list(dict.fromkeys(TYPES[type(value)] for value in option.get("enum", ())))


def modeline(name: str, up: int) -> str:
    """The comment by which an editor finds the schema of a file that lies so many folders under the workspace."""
    return f"# yaml-language-server: $schema={'../' * up}build/{FOLDER}/{name}.json"
