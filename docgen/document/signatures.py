"""The blocks of signatures: who signs for whom, and who attests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from docgen.model.settings import REGISTRANTS, Party, Signature, Signer
from docgen.problems import name_key

LINE = "_" * 30


@dataclass(frozen=True)
class SignerView:
    """`signature.by` and `signature.attest`: the line to sign, then name and title where they are known."""

    line: str  # `/s/ Jane Doe`, or a line to sign on
    name: str
    title: str


@dataclass(frozen=True)
class SignatureView:
    """One of `amendment.signatures`: a block."""

    names: list[str]  # the parties that it is for
    by: SignerView
    attest: SignerView | None
    seal: bool


def blocks(
    signatures: Sequence[Signature], registrants: Sequence[str], parties: Sequence[Party] = ()
) -> list[SignatureView]:
    """The blocks in order; `registrants` takes the place of the word in the data, and a party's name that of what the
    paper calls it."""
    called = {name_key(party.called): party.name for party in parties if party.called}
    result = []
    for signature in signatures:
        names = [n for name in signature.for_ for n in (registrants if name.casefold() == REGISTRANTS else [name])]
        names = [called.get(name_key(name), name) for name in names]
        by, attest = _signer(signature.by), _signer(signature.attest) if signature.attest else None
        groups = [[name] for name in names] if signature.each else [names]
        result += [SignatureView(list(block), by, attest, signature.seal) for block in groups]
    return result


def _signer(signer: Signer) -> SignerView:
    name = signer.name or ""
    return SignerView(f"/s/ {name}" if signer.signed and name else LINE, name, signer.title or "")
