"""What to say of a change whose verb docgen does not know: the verb that says the same."""

from __future__ import annotations

from docgen.model.base import fields_by_key
from docgen.model.changes import VERBS
from docgen.problems import nearest

REMOVE_INTO = "write remove: and the fund that goes, with into: and the fund that it merges into"
HINTS = {  # by a verb that people type
    "merge": REMOVE_INTO,
    "reorganize": REMOVE_INTO,
    "combine": REMOVE_INTO,
    "delete": "write remove: and the name that goes",
    "drop": "write remove: and the name that goes",
    "terminate": "write remove: and the name that goes, with reason: terminated",
    "close": "write remove: and the name that goes, with reason: closed",
    "liquidate": "write remove: and the name that goes, with reason: liquidated",
    "change": "write set: for values, rename: for a name, move: for a group",
    "update": "write set: for values, rename: for a name, move: for a group",
    "amend": "write set: for values, rename: for a name, move: for a group",
    "replace": "write rename: for a name, replace_words: for words of the agreement",
    "redesignate": "write rename: for a fund, redesignate_class: for a share class",
    "transfer": "write move: with to: and the group that it goes to",
    "insert": "write add: and the new name, with to: and its group",
    "new": "write add: and the new name, with to: and its group",
    "create": "write add: and the new name, with to: and its group",
}
NAMES = [model.verb for model in VERBS]
BESIDE = {key for model in VERBS for key in fields_by_key(model)} - set(NAMES)


def fault(change: object) -> tuple[str, str]:
    """What is wrong with something that stands for a change and has no verb, and what to write."""
    every = "begin with one of: " + ", ".join(NAMES)
    if isinstance(change, str):
        verb, _, rest = change.partition(" ")
        remedy = f"write a colon and a space after it: {verb}: {rest}" if verb in NAMES and rest else every
        return f'"{change[:60]}" is not a change that docgen knows', remedy
    key = str(next(iter(change), "")) if isinstance(change, dict) else ""
    if not key:
        return "is not a change that docgen knows", every
    if key in BESIDE:
        return f'"{key}" is no change by itself', "take its dash out, so that it stands under the verb above it"
    near = nearest(key, NAMES)
    remedy = HINTS.get(key.casefold()) or (f'did you mean "{near}"?' if near else every)
    return f'"{key}" is not a change that docgen knows', remedy
