"""Facts as YAML that a person would have typed, and that reads back to the same facts."""

from __future__ import annotations

import re
from typing import Any

import yaml

from docgen.model.base import Facts, fields_by_key
from docgen.model.changes import VERBS
from docgen.model.rows import Row

MODELS: tuple[type[Facts], ...] = (*VERBS, Row)
TAKEN = {key for model in MODELS for key in fields_by_key(model)}  # no column beside a name
KEY = re.compile(
    r"^((?: *- )* *)'(\w+)': ", re.MULTILINE
)  # such as on, which YAML takes for a truth and docgen does not
BARE = re.compile(r"^((?: *- )* *\w+: )'(\d{4}-\d\d-\d\d|true|false|\d+)'$", re.MULTILINE)


class _Dumper(yaml.SafeDumper):
    """Indents the entries of a list, as people do."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """One level deeper, also for a list."""
        super().increase_indent(flow, False)


def as_data(step: Facts) -> Any:
    """A change, a row or a value as it is typed: a verb first, bare names and values without their keys."""
    data = _short(step.model_dump(mode="json", by_alias=True, exclude_defaults=True))
    verb = str(getattr(step, "verb", ""))
    return {verb: data.pop(verb), **data} if isinstance(data, dict) and verb in data else data


def text(data: object) -> str:
    """Plain data as YAML; days, numbers and truths stand without quotation marks, since docgen reads all as text."""
    dumped: str = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
    return BARE.sub(r"\1\2", KEY.sub(r"\1\2: ", dumped))


def _by_column(values: dict[str, Any]) -> dict[str, Any]:
    """Values beside the ids of their columns, of which one may be called as a key of facts is."""
    return {column: _short(value) for column, value in values.items()}


def _short(data: Any) -> Any:
    """Facts as a person types them: a bare value or name without its key, values beside the name of their row."""
    if isinstance(data, list):
        return [_short(entry) for entry in data]
    if not isinstance(data, dict):
        return data
    short = {key: _by_column(value) if key == "values" else _short(value) for key, value in data.items()}
    for only in ("value", "name"):
        if set(short) == {only} and isinstance(short[only], str):
            return short[only]
    if set(short) == {"value"} and short["value"] is None:
        return None
    values = short.get("values", {})
    if TAKEN & values.keys() or {"rows", "groups"} & short.keys():
        return short
    return {**{key: value for key, value in short.items() if key != "values"}, **values}
