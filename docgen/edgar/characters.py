"""What EDGAR's plain text takes: its characters, and the letters that stand for the others.

Source: EDGAR Filer Manual vol. II, 5.2.1.1 and 5.2.1.2 (table 5-1); 17 CFR 232.305 for the widths.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

NARRATIVE, TABULAR = 80, 132  # columns, 17 CFR 232.305(a)

PERMITTED = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 `~!@#$%&*().-+{}[]|\\:;\"'<>,_?/=\n"
)

_PERMITTED = "".join(sorted(PERMITTED)).encode("ascii")
STRANGER = re.compile(f"[^{re.escape(''.join(sorted(PERMITTED)))}]")

TWINS: Mapping[str, str] = {
    "\u00a0": " ",  # no-break space
    "‘": "'", "’": "'", "“": '"', "”": '"',
    "‐": "-", "‑": "-", "–": "-", "—": "--", "−": "-",
    "…": "...", "•": "*",
    "©": "(c)", "®": "(R)", "™": "(TM)", "℠": "(SM)",
    "§": "Section", "¶": "Paragraph",
    "½": "1/2", "¼": "1/4", "¾": "3/4",
}  # fmt: skip

TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ENTITY = re.compile(r"&#?\w+;")


def is_plain(text: str) -> bool:
    """Whether a text is all in EDGAR's characters."""
    return text.isascii() and not text.encode("ascii").translate(None, _PERMITTED)


def plain(text: str, twins: Mapping[str, str] = {}) -> str:
    """The text in EDGAR's characters; a sign that has no twin stays as it is."""
    return text if is_plain(text) else STRANGER.sub(lambda match: _twin(match[0], twins), text)


def _twin(sign: str, twins: Mapping[str, str]) -> str:
    """The letters for a sign; a capital has those of its small letter, in capitals."""
    small = twins.get(sign.lower(), "")
    return twins.get(sign) or small.upper() or TWINS.get(sign, sign)


def strangers(text: str, twins: Mapping[str, str] = {}) -> list[str]:
    """The signs of a text that EDGAR's text cannot show and that have no twin, each once."""
    return list(dict.fromkeys(STRANGER.findall(plain(text, twins))))


def reads_as_tag(text: str) -> str:
    """The part of a text that EDGAR would take for a tag or an entity; empty when there is none."""
    match = TAG.search(text) or ENTITY.search(text)
    return match[0] if match else ""


def unmarked(mark: str) -> str:
    """A footnote's mark in plain text, where nothing is raised: letters and digits stand in parentheses."""
    return f"({mark})" if mark.isalnum() else mark


SILENT = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")  # categories of signs that print nothing, or turn the text
# Letters and marks that print nothing all the same (Unicode, Default_Ignorable_Code_Point), and Braille's blank
INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
ALPHABETS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "FULLWIDTH", "MATHEMATICAL")


def prints_nothing(sign: str) -> bool:
    """Whether a sign prints nothing, or turns the text."""
    return unicodedata.category(sign) in SILENT or bool(INVISIBLE.match(sign))


def alphabets(word: str) -> list[str]:
    """The alphabets of a word's letters, where they are more than one: a Cyrillic A looks like a Latin one."""
    if word.isascii():
        return []
    names = {unicodedata.name(sign, "").split(" ")[0] for sign in word if sign.isalpha()}
    mixed = [name.capitalize() for name in ALPHABETS if name in names]
    return mixed if len(mixed) > 1 else []


def guess(sign: str) -> str:
    """The plain letters that an accented letter is made of, as a proposal; empty when there are none."""
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return letters if letters and not strangers(letters) else ""
