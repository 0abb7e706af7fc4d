"""Gives a read YAML file its types, and says every misfit with its line and its remedy."""

from __future__ import annotations

import types
import typing
from collections.abc import Sequence
from typing import Any, TypeVar, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from docgen.model import verbs
from docgen.model.base import Facts, fields_by_key
from docgen.model.changes import VERBS, tag
from docgen.model.yaml_reader import KeyPath, Source
from docgen.problems import DataProblem, Problem, did_you_mean, nearest

Model = TypeVar("Model", bound=Facts)
UNKNOWN = "is not a key that docgen knows here"
BY_TAG: dict[str | int, type[Facts]] = {tag(model.verb): model for model in VERBS}


def validate(model: type[Model], source: Source) -> Model:
    """The file's data as this model; DataProblem with every complaint when it does not fit, and with those about it as
    YAML."""
    details: list[ErrorDetails] = []
    try:
        facts = model.model_validate(source.data)
        if not source.problems:
            return facts
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=True)
    causes = [d for d in details if not _follows(d, source, details) and not _is_mistyped(model, d, details)]
    faulty = {_entry(source, problem.where.line) for problem in source.problems}
    misfits = [_problem(model, source, d) for d in causes]
    raise DataProblem([*source.problems, *(p for p in misfits if _entry(source, p.where.line) not in faulty)])


def _entry(source: Source, line: int) -> KeyPath:
    """The key at the left margin, or the entry of its list, that a line belongs to."""
    starts = [
        (at, len(path), path)
        for path, at in source.lines.items()
        if at <= line and (len(path) == 1 or (len(path) == 2 and isinstance(path[1], int)))
    ]
    return max(starts, default=(0, 0, ()))[2]


def _follows(detail: ErrorDetails, source: Source, details: Sequence[ErrorDetails]) -> bool:
    """Whether the complaint only follows from another: a list is too short because its entries are wrong, something is
    missing that stands where the file is no YAML, or keys stand under what was taken for a column."""
    if source.partial and detail["type"] != "extra_forbidden" and not isinstance(detail["input"], str):
        return True
    if detail["type"] == "extra_forbidden":
        return any(_no_column(other) and other["loc"][:-1] == detail["loc"][:-1] for other in details)
    return detail["type"] == "too_short" and bool(detail["input"])


def _no_column(detail: ErrorDetails) -> bool:
    """Whether a group of keys was taken for the value of a column."""
    return detail["type"] == "missing" and detail["loc"][-1] == "value"


def _is_mistyped(model: type[Facts], detail: ErrorDetails, details: Sequence[ErrorDetails]) -> bool:
    """Whether a key is missing because it stands there mistyped, which is a complaint of its own."""
    loc = detail["loc"]
    names = _keys(model, loc[:-1]) if detail["type"] == "missing" else []
    strangers = [other["loc"] for other in details if other["type"] == "extra_forbidden" and names]
    return any(place[:-1] == loc[:-1] and nearest(str(place[-1]), names) == loc[-1] for place in strangers)


def _keys(model: type[Facts], loc: Sequence[str | int]) -> list[str]:
    """The keys that a place of the facts may have."""
    return [*fields_by_key(_model_at(model, loc))]


def place(source: Source, loc: Sequence[str | int]) -> KeyPath:
    """The key path in the file for a place in the model.

    The two differ where a short form was typed: one schedule for a list of one, a column beside the
    name for an entry of `values`, a bare text for a group of keys.
    """
    path: list[str | int] = []
    data: object = source.data
    for wanted in loc:
        step = "schedules" if wanted == "schedule" and isinstance(data, dict) and wanted not in data else wanted
        if isinstance(data, dict) and step in data:  # noqa: SIM114  # the same line, with two types
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            continue
        path.append(step)
    return tuple(path)


def _problem(model: type[Facts], source: Source, detail: ErrorDetails) -> Problem:
    loc, kind, context = detail["loc"], detail["type"], detail.get("ctx", {})
    path = place(source, loc)
    if _no_column(detail) and "values" not in path:
        return source.problem(path, UNKNOWN, did_you_mean(str(loc[-2]), _keys(model, loc[:-3])))
    if kind == "missing":
        key = str(loc[-1])
        description = fields_by_key(_model_at(model, loc[:-1]))[key].description
        return source.problem(path, f'"{key}" is missing', f"write {key}: {description}")
    if kind == "extra_forbidden":
        return source.problem(path, UNKNOWN, did_you_mean(str(loc[-1]), _keys(model, loc[:-1])))
    if kind == "docgen" and loc[-2:-1] == ("changes",):
        return source.problem(path, *verbs.fault(detail["input"]))
    if kind == "docgen":
        return source.problem(path, str(context.get("found", "")), str(context.get("remedy", "")))
    if kind == "literal_error":
        return source.problem(path, f"is {detail['input']}", f"write one of {context.get('expected', '')}")
    if kind in ("too_short", "too_long"):
        limit = context.get("max_length", context.get("min_length"))
        fault = f"has {context.get('actual_length')} entries"
        return source.problem(path, fault, f"it may have {limit} at {'most' if kind == 'too_long' else 'least'}")
    fault = "is one text" if isinstance(detail["input"], str) else f"is {_shape(detail['input'])}"
    wanted = "a list, one entry a line with `- ` before it" if kind.startswith("tuple") else "keys with values"
    return source.problem(path, fault, f"write {wanted}")


def _shape(value: object) -> str:
    return {dict: "a group of keys", list: "a list", type(None): "empty"}.get(type(value), str(value))


def _model_at(model: type[Facts], loc: Sequence[str | int]) -> type[Facts]:
    """The model that a place of the facts belongs to."""
    current: Any = model
    for step in loc:
        if isinstance(current, type):
            current = fields_by_key(current)[str(step)].annotation
        elif step in BY_TAG:  # a column may begin with < too
            current = BY_TAG[step]
        else:
            current = typing.get_args(current)[0 if isinstance(step, int) else -1]
        current = _bare(current)
    return cast(type[Facts], current)


def _bare(annotation: Any) -> Any:
    """The annotation without `Annotated[...]` and `| None`."""
    while True:
        origin = typing.get_origin(annotation)
        if origin is typing.Annotated:
            annotation = typing.get_args(annotation)[0]
        elif origin in (types.UnionType, typing.Union) and type(None) in typing.get_args(annotation):
            annotation = typing.get_args(annotation)[0]  # None stands last
        else:
            return annotation
