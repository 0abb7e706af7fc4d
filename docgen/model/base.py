"""What all typed facts have in common: frozen, no unknown keys, and a short form where one is usual.

A field's description is the sentence that a problem, the JSON Schema and schedules/README.md all use.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, ErrorDetails, InitErrorDetails, PydanticCustomError

from docgen.model.values import Text, refusal
from docgen.problems import nearest

JsonSchema = dict[str, Any]
BARE = ["string", "number", "boolean"]  # how an editor's YAML reader may take a bare text
JSON_TYPE: dict[type, Any] = {str: BARE, list: "array", type(None): "null"}


class Facts(BaseModel):
    """What all the facts have in common: frozen, no unknown keys, and a short form where one is usual."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
    short: ClassVar[str] = ""  # the key that a bare text stands for
    short_types: ClassVar[tuple[type, ...]] = (str,)

    @model_validator(mode="before")
    @classmethod
    def _from_short_form(cls, value: object) -> object:
        if cls.short and isinstance(value, cls.short_types):
            return {cls.short: value}
        if isinstance(value, str | list) or value is None:
            alone = f'"{value}" stands alone' if isinstance(value, str) else "is a list"
            fault = "is empty" if value is None else alone
            raise refusal(fault, "write keys here: " + ", ".join(fields_by_key(cls)))
        return value

    @classmethod
    def __get_pydantic_json_schema__(cls, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        schema = handler.resolve_ref_schema(handler(core))
        if not cls.short:
            return schema
        title = schema.pop("title", cls.__name__)
        return {"title": title, "anyOf": [*({"type": JSON_TYPE[kind]} for kind in cls.short_types), schema]}


class KeysTogether(Facts):
    """Facts some of whose keys do not go together; said beside every other misfit, and not only where there is none."""

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """What does not go together among the keys as they were typed."""
        raise NotImplementedError

    @classmethod
    def lacks(cls, keys: Mapping[str, object], *wanted: str) -> bool:
        """Whether none of some keys is there; not where one of them may stand mistyped."""
        strangers = [str(key) for key in keys if key not in fields_by_key(cls)]
        return not any(keys.get(key) for key in wanted) and not any(nearest(key, wanted) for key in strangers)

    @model_validator(mode="wrap")
    @classmethod
    def _keys_fit(cls, value: object, handler: ModelWrapValidatorHandler[KeysTogether]) -> KeysTogether:
        misfit = cls.misfit(value) if isinstance(value, Mapping) else None
        try:
            facts = handler(value)
        except ValidationError as error:
            if misfit is None:
                raise
            details = [_again(detail) for detail in error.errors(include_url=False)]
            every = [*details, InitErrorDetails(type=misfit, loc=(), input=value)]
            raise ValidationError.from_exception_data(error.title, every) from None
        if misfit:
            raise misfit
        return facts


def _again(detail: ErrorDetails) -> InitErrorDetails:
    """A complaint to be raised again."""
    kind, context = detail["type"], detail.get("ctx", {})
    custom = PydanticCustomError("docgen", "{found}", context) if kind == "docgen" else kind
    return InitErrorDetails(type=custom, loc=detail["loc"], input=detail["input"], ctx=context)


def fields_by_key(model: type[BaseModel]) -> dict[str, FieldInfo]:
    """What a model asks for, by the keys as they are typed."""
    return {field.alias or name: field for name, field in model.model_fields.items()}


def as_list(value: object) -> object:
    """One entry as a list of one, nothing as an empty list."""
    return value if isinstance(value, list | tuple) else [] if value is None else [value]


def allow_single(schema: JsonSchema) -> None:
    """Lets a JSON Schema of a list take one entry without the list."""
    items = schema["items"]
    array = {key: schema.pop(key) for key in ("type", "items")}
    schema["anyOf"] = [items, array]


Texts = Annotated[tuple[Text, ...], BeforeValidator(as_list), Field(json_schema_extra=allow_single)]


def columns_beside(model: type[Facts], value: dict[str, object]) -> dict[str, object]:
    """Takes `service_fee: 0.20%` beside a name as one of the model's `values`."""
    names = fields_by_key(model)
    columns = {key: cell for key, cell in value.items() if key not in names}
    if not columns:
        return value
    rest = {key: item for key, item in value.items() if key in names}
    nested = rest.get("values")
    twice = [key for key in columns if isinstance(nested, dict) and key in nested]
    if twice:
        raise refusal(f"has {twice[0]} twice, beside the name and under values", "keep one of the two")
    return {**rest, "values": {**(nested if isinstance(nested, dict) else {}), **columns}}
