"""The data of an exhibit: what goes into plan.yaml, and what into the amendment's file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from docgen.importing import english_words, party_names, plan_dates, schedule_facts
from docgen.importing.draft import Data
from docgen.importing.parts import Parts, SignatureBlock
from docgen.importing.patterns import DAY
from docgen.importing.pieces import alike
from docgen.importing.schedule_parts import SchedulePart
from docgen.model import values

NUMBER = re.compile(
    r"AMENDMENT (?:NO\. ?|NUMBER )(\[? ?[0-9]{0,4} ?\]?)(?= |$)|([A-Z]+(?:-[A-Z]+)?) AMENDMENT\b", re.IGNORECASE
)
OPENS = re.compile(
    r"(?:this )?(?:amendment (?:no\. ?|number )([0-9]{1,4})\b|([a-z]+(?:-[a-z]+)?) amendment\b)", re.IGNORECASE
)
EXHIBIT = re.compile(r".{0,40}\b(?:exhibit|ex-[0-9]+|sub-item)\b.{0,40}|\(?[a-z]\)?(?:\([0-9a-z]+\))+", re.IGNORECASE)
UNNAMED = "Agreement"  # what an agreement is called whose exhibit does not name it
LONGEST_TITLE = 40  # words
TO_PLAN = re.compile(
    r"\b(?:to|of) (?:the )?((?-i:[A-Z])(?:(?!(?:to|schedule|amendment)\b)[\w&'./-]+ ){1,8}(?:plan|agreement))\b",
    re.IGNORECASE,
)
OF_PLAN = re.compile(r"(?!.*\b(?:amendment|schedule) )(?-i:[A-Z])(?:[\w&'-]+ ){1,7}(?:plan|agreement)", re.IGNORECASE)
OF_CLASSES = re.compile(
    r"\b(?:Class [A-Z0-9]{1,3}(?:, | and |, and )?)+ Shares\b|\b(?:Investor|Institutional) Class Shares\b",
    re.IGNORECASE,
)
DATING = re.compile(
    r"(?:(?:dated?|last|updated|revised|effective|made|amended|restated|adopted|entered into|as|of|and|the):? ?)+", re.I
)
AMENDED_ON = re.compile(rf"\b(?:is|are)(?: hereby)? amended(?: and restated)?,? (?:as of|effective(?: as of)?) ({DAY})")
PARENTHESES = re.compile(r"\(([^()]+(?:\([^()]*\)[^()]*)?)\)")


@dataclass(frozen=True)
class Imported:
    """An exhibit as data."""

    plan: Data
    amendment: Data


def of(parts: Parts, folders: tuple[Path, ...]) -> Imported:
    """The data that the parts of an exhibit give, with the usual settings of the wording."""
    holes: Mapping[str, str] = parts.opening.facts if parts.opening else {}
    plan: Data = {"title": holes.get("title", ""), "kind": parts.kind, "form": {}}
    amendment: Data = {}
    before = " ".join(piece.text for piece in parts.title)
    _title(plan, amendment, holes, before)
    if parts.opening and parts.opening.is_loose and "number" not in amendment:
        _number(amendment, OPENS.match(alike(parts.opening.piece.text)))
    if parts.title and EXHIBIT.fullmatch(parts.title[0].text):
        amendment["exhibit"] = parts.title[0].text
    elif not parts.title and parts.rest and EXHIBIT.fullmatch(parts.rest[0].text) and parts.rest[0] is parts.first:
        amendment["exhibit"] = parts.rest.pop(0).text
    if "term" in holes:
        plan["term"] = holes["term"]
    _dates(plan, amendment, holes, parts, folders)
    _parties(plan, holes, parts)
    if "rule" in holes:
        plan["rule"] = holes["rule"]
    if holes.get("reason"):
        amendment["reason"] = holes["reason"]
    _text(parts, amendment)
    _schedules(plan, amendment, parts, folders)
    if blocks := [_block(block) for block in parts.signatures if block.names]:
        plan["signatures"] = blocks
    if "effective" not in amendment:
        plan["form"]["effective"] = values.NOTHING
    return Imported(plan, amendment)


def _title(plan: Data, amendment: Data, holes: Mapping[str, str], before: str) -> None:
    """The number, the classes and the feature, which the title has beside the plan's name."""
    hit = NUMBER.search(alike(before))
    if holes.get("number"):
        amendment |= _numbered(holes["number"])
    else:
        _number(amendment, hit)
    title = alike(plan["title"]).casefold()
    at = alike(before).casefold().find(title) if title else -1
    behind = before[at + len(title) :] if at >= 0 else ""
    groups = [text.strip() for text in PARENTHESES.findall(behind)]
    shares = holes.get("shares") or next(
        (english_words.in_title_case(g) for g in groups if g.casefold().endswith("shares")), ""
    )
    shares = shares or next((hit[0] for hit in [OF_CLASSES.search(alike(plan["title"]))] if hit), "")
    if shares:
        plan["share_classes"] = english_words.classes(shares)
    feature = [text for text in groups if alike(text).casefold() != alike(shares).casefold()]
    if feature:
        plan["feature"] = english_words.in_title_case(feature[-1])


def _number(amendment: Data, hit: re.Match[str] | None) -> None:
    if hit:
        amendment |= _numbered(hit[1] or hit[2] or "")


def _numbered(words: str) -> Data:
    """An amendment's number, that of a draft where it is a blank; nothing for words that are none."""
    number = english_words.number(words)
    return {**({"number": number} if number else {}), **({"draft": "true"} if number == "tbd" else {})}


def _dates(plan: Data, amendment: Data, holes: Mapping[str, str], parts: Parts, folders: tuple[Path, ...]) -> None:
    if holes.get("dated"):
        plan["dated"] = plan_dates.dated(holes["dated"], parts.kind, folders)
    if holes.get("effective"):
        amendment["effective"] = english_words.day(holes["effective"]) or "tbd"
        plan["form"]["effective"] = holes.get("effective_words", "effective")
    if parts.dated:
        amendment["dated"] = english_words.day(parts.dated) or "tbd"
    if "tbd" in (amendment.get("effective"), amendment.get("dated")):
        amendment["draft"] = "true"


def _parties(plan: Data, holes: Mapping[str, str], parts: Parts) -> None:
    if holes.get("registrants"):
        lines = [line for piece in parts.title for line in piece.lines]
        of = next((n for n, line in enumerate(lines) if line.upper() == "OF"), len(lines))
        several = any(line.upper().startswith("AND ") for line in lines[of:])
        loosely = parts.opening is not None and parts.opening.is_loose
        plan["of"] = party_names.listed(holes["registrants"], several or loosely)
    if holes.get("parties"):
        plan["parties"] = party_names.listed(holes["parties"], True)


def _text(parts: Parts, amendment: Data) -> None:
    """Recitals in the paper's words, changes of the text, and clauses of its own."""
    if parts.recitals:
        amendment["recital"] = [text.strip() for text in parts.recitals]
    changes: list[Data] = []
    clauses: list[str] = []
    for sentence, texts in parts.items:
        verb, holes = sentence.pattern.verb if sentence.pattern else "", sentence.facts
        if sentence.pattern is None:
            clauses.append(re.sub(r"^[0-9]+\. ", "", sentence.piece.text))
        elif verb == "title":
            amendment["plan"] = {"title": holes["name"]}
        elif verb and verb != "schedule":
            changes.append(_change(verb, holes, texts))
    if changes:
        amendment["changes"] = changes
    if clauses:
        amendment["clauses"] = clauses


def _change(verb: str, holes: Mapping[str, str], texts: Sequence[str]) -> Data:
    change: Data = {verb: holes["name"]}
    if "to" in holes:
        change["to"] = holes["to"]
    place = {"replace_words": "in", "replace_section": "of", "add_section": "after"}.get(verb)
    if place and "place" in holes:
        change[place] = holes["place"]
    if verb in ("replace_section", "add_section"):
        bare = [text for text in texts if text]
        if bare and alike(bare[0]).startswith('"'):
            bare[0] = bare[0][1:]
        if bare and alike(bare[-1]).endswith('"'):
            bare[-1] = bare[-1][:-1]
        change["text"] = bare or ["[ ]"]
    if day := holes.get("day") or holes.get("past"):
        change["effective"] = english_words.day(day)
    return change


def _schedules(plan: Data, amendment: Data, parts: Parts, folders: tuple[Path, ...]) -> None:
    clauses = [s.facts["schedule"] for s, _ in parts.items if "schedule" in s.facts]
    shares = _shares(plan)
    forms: list[Data] = []
    restates: list[Data] = []
    for number, part in enumerate(parts.schedules):
        clause = next(
            (c for c in clauses if part.lines and alike(part.lines[0]).strip('"').casefold().startswith(c.casefold())),
            "",
        )
        clause = clause or (clauses[number] if number < len(clauses) else "")
        if number == 0:
            _alone(plan, amendment, parts, folders)
        for facts, restate in schedule_facts.of(part, {"title": plan["title"], "shares": shares, "schedule": clause}):
            _to_form(plan["form"], facts)
            forms.append(facts)
            restates.append(restate)
    if not plan["title"]:
        plan["title"] = next((facts.pop("plan") for facts in forms if facts.get("plan", "none") != "none"), "")
        plan["title"] = plan["title"] or _named(parts) or UNNAMED
    for facts in forms:
        if alike(str(facts.get("plan", ""))).casefold() == alike(plan["title"]).casefold():
            del facts["plan"]
    plan["schedules"] = forms or [{}]
    if restates:
        amendment["restate"] = (
            restates if len(restates) > 1 else [{k: v for k, v in restates[0].items() if k != "schedule"}]
        )


def _named(parts: Parts) -> str:
    """The agreement to which words of the title refer, where it is one; else empty."""
    texts = [alike(piece.text) for piece in (*parts.title, *parts.rest) if len(piece.words) < LONGEST_TITLE]
    names = {english_words.in_title_case(hit[1]) for text in texts for hit in TO_PLAN.finditer(text)}
    alone = [alike(line) for piece in (*parts.title, *parts.rest) for line in piece.lines]
    for schedule in parts.schedules:
        before = [line for table in schedule.tables for piece in table.before for line in piece.lines]
        alone += map(alike, (*schedule.lines, *before))
    names = names or {english_words.in_title_case(line) for line in alone if OF_PLAN.fullmatch(line)}
    return names.pop() if len(names) == 1 else ""


def _shares(plan: Data) -> str:
    from docgen.model.english import class_shares

    return class_shares(plan.get("share_classes", []))


def _to_form(form: Data, facts: Data) -> None:
    """Moves what is a setting of the wording from a schedule's facts to the plan's form."""
    for key in ("link", "parentheses"):
        if key in facts:
            value = facts.pop(key)
            form.setdefault(key, value)


def _alone(plan: Data, amendment: Data, parts: Parts, folders: tuple[Path, ...]) -> None:
    """What a schedule that is filed alone says under its heading or at its end: the plan's date, and its own day."""
    part = parts.schedules[0]
    if parts.kind != "schedule-only" or not part.tables:
        return
    _take_day(part)
    beside = (part.tables[0].before, parts.rest)
    dating = [(home, p) for home in beside for p in home if english_words.ALONE.search(alike(p.text))]
    qualifiers = [(home, piece) for home, piece in dating if len(piece.words) < 25]
    for home, piece in qualifiers:
        data = plan_dates.dated(_bare(piece.text), "agreement", folders)
        if "date" not in data or not DATING.fullmatch(data.get("phrase", "dated")):
            continue
        home.remove(piece)
        if len(data) == 2 and "phrase" in data and "effective" not in amendment and piece is qualifiers[-1][1]:
            in_heading = _bare(piece.text) != piece.text  # where the heading says it
            amendment["effective"] = data["date"]
            plan["form"]["effective"] = "none" if in_heading else data["phrase"]
        else:
            plan["dated"] = data
    days = {hit[1] for piece in part.tables[0].before for hit in AMENDED_ON.finditer(alike(piece.text))}
    if "effective" not in amendment and len(days) == 1:
        amendment["effective"] = english_words.day(days.pop())
        plan["form"]["effective"] = values.NOTHING  # the words before the rows say it
    hit = NUMBER.search(alike(" ".join(part.lines)))
    if hit:
        amendment["number"] = english_words.number(hit[1] or hit[2] or "")


def _take_day(part: SchedulePart) -> None:
    """Takes a day at the end of the heading out of it, to what stands under it."""
    last = part.heading[-1] if part.heading else None
    if last and len(last.lines) > 1 and schedule_facts.DATES.fullmatch(_bare(alike(last.lines[-1]))):
        part.heading[-1] = replace(last, lines=last.lines[:-1])
        part.tables[0].before.insert(0, replace(last, lines=last.lines[-1:]))


def _bare(text: str) -> str:
    """A text without the parentheses around it."""
    return text[1:-1] if text.startswith("(") and text.endswith(")") else text


def _block(block: SignatureBlock) -> Data:
    data: Data = {"for": block.names}
    for sentence in block.sentences:
        if sentence.role == "signature":
            data["by"] = _signer(sentence.facts)
        elif "signer" in sentence.facts:
            data["attest"] = _signer(sentence.facts)
        else:
            data["seal"] = "true"
    return data


def _signer(holes: Mapping[str, str]) -> Data:
    signer = {
        key: value for key, value in (("name", holes["signer"].strip()), ("title", holes["office"].strip())) if value
    }
    return {**signer, "signed": "true"} if holes["line"].startswith("/s/") and signer.get("name") else signer
