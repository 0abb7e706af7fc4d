"""What texts by hand say of a paper and its changes: its day, the plan's date and title, who comes and who goes."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator

from docgen.checks import prose
from docgen.checks.across_plans import Everything, WorkspaceRule
from docgen.checks.name_index import words_of
from docgen.checks.plan_rule import YEAR, PlanRule
from docgen.checks.prose import ProseText
from docgen.consolidation.plan_folder import AmendmentFile, PlanFolder
from docgen.model import changes, english, values
from docgen.model.changes import Change
from docgen.model.plan import PlanDate
from docgen.problems import Problem, fold_signs, name_key

DAY = rf"(?P<day>{values.DAY_OF_A_TEXT.pattern})"
EFFECTIVE = re.compile(rf"\beffective (?:as of |on )?{DAY}")
OF_THE_PLAN = r"[”\")]*,? (?:dated|effective|made|adopted|entered into)(?: effective)?(?: as of)?(?: the)? "
ORDINAL = rf"(?:{'|'.join(english.ORDINALS)})"
RESTATED = rf"(?:{ORDINAL} )?(?:Amended (?:and|&) )?Restated |{ORDINAL} "
COMES, GOES = r"addition|inclusion|establishment", r"removal|deletion|elimination|liquidation|termination|dissolution"
ADDITIONS, REMOVALS = (changes.Add, changes.AddGroup), (changes.Remove, changes.RemoveGroup)
WORD = r"(?:[A-Z0-9][\w&.'’/®-]*)"
FUND = re.compile(rf"\b{WORD}(?: (?:{WORD}|and|of|&|for)){{1,12}}? Fund\b(?! [A-Z])")
NUMBERS = "|".join(cardinal.casefold() for cardinal in english.CARDINALS[2:])
WHOLE = ("recital", "whereas", "clauses")
FAR = 1000  # letters before `a series of` in which its funds stand
LONG = 3  # words of the name of one fund, and of a sentence, at least


def texts_are_whole(plan: PlanFolder) -> Iterator[Problem]:
    """A recital or a clause is a sentence: in square brackets a comma begins a new one, in the middle of a day too."""
    for amendment in plan.amendments:
        for text in prose.texts_of_paper(amendment):
            if text.path[0] in WHOLE and len(text.text.split()) < LONG and not values.is_open(text.text):
                remedy = "write each text on a line of its own, with - before it, or in quotation marks; or accept it"
                yield text.warning(f'is "{text.text}", and no sentence', remedy)


def texts_say_the_days(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand that says when the paper takes effect, or what date the plan bears, says it as the data does.

    A day more than a year from the paper's is of something else.
    """
    for amendment in plan.amendments:
        for text in prose.texts_of_paper(amendment):
            yield from _other_days(text, plan, amendment)


def _other_days(text: ProseText, plan: PlanFolder, amendment: AmendmentFile) -> Iterator[Problem]:
    """A warning for each day of a text that is said of the plan or the paper and is another's."""
    facts = amendment.plan
    of_plan = re.compile(rf"\b{re.escape(facts.term)}{OF_THE_PLAN}{DAY}")
    dates = _dates(plan, facts.dated)
    for match in of_plan.finditer(text.text):
        if dates and values.days_in(match["day"])[0][1] not in (None, *dates):
            fault = f'says "{match["day"]}", and the {facts.term} is dated {english.day(dates[0])}'
            yield text.warning(fault, "write the plan's date, or accept it")
    for match in EFFECTIVE.finditer(of_plan.sub("", text.text)):
        day = values.days_in(match["day"])[0][1]
        if day and amendment.day and abs(day - amendment.day) <= YEAR and day not in _days(plan, amendment):
            fault = f'says "{match[0]}", and the amendment takes effect on {amendment.day}'
            yield text.warning(fault, "write the amendment's day, or accept it")


def _dates(plan: PlanFolder, dated: PlanDate | None) -> list[datetime.date]:
    """The days that a plan's date has, of the plan and of the one that it restates."""
    before = _dates(plan.continues, plan.continues.facts.dated) if plan.continues else []
    days = (dated.date, dated.restated, dated.to_be_effective, dated.amended_effective) if dated else ()
    listed = (*(dated.amended or ()), *dated.amended_and_restated) if dated else ()
    return [day for day in (*days, *listed) if isinstance(day, datetime.date)] + before


def _days(plan: PlanFolder, amendment: AmendmentFile) -> set[datetime.date]:
    """The days of a plan, of its papers, and those that stand in an amendment's data and schedules."""
    texts = [text for _, text in amendment.source.texts()]
    cells = [value.typed for schedule in amendment.after for column in schedule.typed for value in column]
    texts += [text for cell in cells if not isinstance(cell, values.Blank) for text in cell]
    days = {values.day(text) for text in texts} | {paper.day for paper in plan.amendments}
    return {day for day in days if day} | set(_dates(plan, amendment.plan.dated))


def texts_say_the_title(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand that gives the plan's title gives its ordinal too (one said Third, and the title Fourth)."""
    for amendment in plan.amendments:
        titles = {plan.facts.title, amendment.plan.title}
        titles |= {plan.continues.facts.title} if plan.continues else set()
        for title in sorted(titles):
            bare = re.sub(rf"^(?:{RESTATED})", "", title)
            pattern = re.compile(rf"(?:{RESTATED}){re.escape(bare)}")
            for text in prose.texts_of_paper(amendment) if " " in bare else ():
                match = pattern.search(text.text)
                if match and match[0] not in titles:
                    fault = f'says "{match[0]}", and the title is "{title}"'
                    yield text.warning(fault, "write the title, or accept it")


def texts_say_who_comes_and_goes(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand speaks of no addition of whom the amendment removes, and of no removal of whom it adds."""
    for amendment in plan.amendments:
        going, coming = _names(amendment, REMOVALS), _names(amendment, ADDITIONS)
        for text in prose.texts_of_paper(amendment) if going or coming else ():
            for words, names, verb in ((COMES, going - coming, "removes"), (GOES, coming - going, "adds")):
                some = "|".join(re.escape(name) for name in sorted(names))
                match = re.search(rf"\b(?:{words}) of (?:the )?(?:{some})(?!\w)", fold_signs(text.text))
                if names and match:
                    fault = f'says "{match[0]}", which the amendment {verb}'
                    yield text.warning(fault, "say what it does, or fix the change; or accept it")


def _names(amendment: AmendmentFile, kinds: tuple[type[Change], ...]) -> set[str]:
    """Whom the changes of some kinds are about."""
    every = [change for _, change in amendment.facts.steps if isinstance(change, kinds)]
    return {fold_signs(str(getattr(change, change.verb))) for change in every}


def texts_count_right(plan: PlanFolder) -> Iterator[Problem]:
    """A recital that says how many funds there are says how many come, go or change, or stand in the schedules."""
    for amendment in plan.amendments:
        nouns = {form.row for form in amendment.plan.schedules} | {"Fund", "Portfolio"}
        some_of = "|".join(map(re.escape, sorted(nouns)))
        pattern = re.compile(rf"(?<![\w-])({NUMBERS}|[2-9]|[1-9][0-9]) (?:new |additional |other )?(?:{some_of})s\b")
        for text in prose.texts_of_paper(amendment) if amendment.applied else ():
            match = pattern.search(text.text) if text.path[0] in WHOLE else None
            number = _number(match[1]) if match else 0
            if match and number not in (counts := _counts(text.text, amendment)):
                some = english.listed([str(count) for count in sorted(counts)][:LONG], "or")
                yield text.warning(
                    f'says "{match[0]}", and the data counts {some}', "write how many there are, or accept it"
                )


def _number(word: str) -> int:
    words = [cardinal.casefold() for cardinal in english.CARDINALS]
    return int(word) if word.isdigit() else words.index(word.casefold())


def _counts(text: str, amendment: AmendmentFile) -> set[int]:
    """How many a text may speak of: by one verb, by all, of those that it names, and of all before and after."""
    verbs = Counter(change.verb for _, change in amendment.facts.steps)
    old, new = ({row.name for s in schedules for row in s.rows} for schedules in (amendment.before, amendment.after))
    names = sum(name in text for name in old | new)
    of_all = {len(old), len(new), len(new - old), len(old - new), len(old ^ new)}
    return {*verbs.values(), verbs.total(), names, *of_all} - {0}


def texts_say_whose_funds(plan: PlanFolder) -> Iterator[Problem]:
    """A text by hand calls a fund a series of the registrant under which it stands, before or after."""
    for amendment in plan.amendments:
        texts = [text for text in prose.texts_of_paper(amendment) if " series of " in text.text]
        homes = _homes(amendment) if texts else {}
        every = sorted({home for some in homes.values() for home in some}, key=len, reverse=True)
        pattern = re.compile(rf", (each )?an? (?:new )?series of (?:the )?({'|'.join(map(re.escape, every))})")
        for text in texts if homes else ():
            words, end = fold_signs(text.text), 0
            for match in pattern.finditer(words):
                before, end, registrant = words[max(end, match.start() - FAR) : match.start()], match.end(), match[2]
                funds = [f for f in homes if (f in before if match[1] else before.endswith(f))]
                longest = [fund for fund in funds if not any(fund != other and fund in other for other in funds)]
                strange = [fund for fund in longest if registrant not in homes[fund]]
                if strange:
                    home = homes[strange[0]][-1]
                    fault = f'calls "{strange[0]}" a series of "{registrant}", and it stands under "{home}"'
                    yield text.warning(fault, "write the registrant's name, or accept it")


def _homes(amendment: AmendmentFile) -> dict[str, list[str]]:
    """The registrants under which each fund stands before an amendment and after it."""
    homes: dict[str, list[str]] = {}
    for schedule in (*amendment.before, *amendment.after):
        for group in schedule.groups if schedule.has_registrants else ():
            for row in group.rows if group.name else ():
                homes.setdefault(fold_signs(row.name), []).append(fold_signs(group.name))
    return homes


def texts_name_funds_of_some_plan(all_of: Everything) -> Iterator[Problem]:
    """A text by hand names no fund that no plan has, on whichever day; nothing is said while a plan cannot be read."""
    for plan in all_of.plans if all_of.is_complete else ():
        for amendment in plan.amendments:
            for text in prose.texts_of_paper(amendment):
                for name in FUND.findall(text.text) if text.path[0] in prose.OF_A_PAPER else ():
                    if _is_strange(name, all_of, amendment):
                        yield text.warning(f'no plan has "{name}"', "fix the name, or accept it")


def _is_strange(name: str, all_of: Everything, amendment: AmendmentFile) -> bool:
    """Whether what looks like the name of a fund is none, nor ends with one, nor is nearly one, nor is in the data."""
    words = tuple(word.casefold() for word in words_of(fold_signs(name)))
    index = all_of.name_index
    ends = (words[start:] for start in range(len(words)))
    if any(end in index.index.by_words for end in ends) or index.slip(name):
        return False
    return not any(name_key(name) in name_key(text) for _, text in prose.data_of_paper(amendment))


CHECKS: tuple[PlanRule, ...] = (
    texts_say_whose_funds,
    texts_are_whole,
    texts_say_the_days,
    texts_say_the_title,
    texts_say_who_comes_and_goes,
    texts_count_right,
)
ACROSS_PLANS: tuple[WorkspaceRule, ...] = (texts_name_funds_of_some_plan,)
