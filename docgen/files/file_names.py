"""What a file is called after a name in the data: small letters, digits and hyphens, so that it stays in place."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 100  # letters


def plain_words(name: str) -> list[str]:
    """The words of a name in small letters without their accents."""
    letters = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    return re.findall("[a-z0-9]+", letters)


def slug(name: str, otherwise: str) -> str:
    """`jose-nunez-o-hara`; `otherwise` where the name has no letter of the alphabet."""
    return "-".join(plain_words(name.replace("'", "").replace("’", "")))[:LONGEST].strip("-") or otherwise
