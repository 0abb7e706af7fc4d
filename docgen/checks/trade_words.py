"""Words of the trade that are misspelled by a letter: in titles, headings, boards, parties, signers and texts by hand.

Only words that plans use are looked for, so that no list of English is needed; a word that is one itself, or that a
name of the plan has, is no slip, nor is another ending of one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import replace

from docgen.checks import new_names, prose
from docgen.checks.name_index import edits
from docgen.checks.new_names import NamesByPaper, NamesRule
from docgen.checks.plan_rule import PlanRule
from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.yaml_reader import KeyPath
from docgen.problems import Problem, nearest

TRADE = """
    addition additions administration administrative administrator adviser advisers advisor advisors advisory
    aggregate agreement agreements amended amendment amount annual appendix approval approved asset assets assistant
    average boards charge charges chief class company compensation contract corporation counsel delaware director
    directors dissolved distribution distributor distributors effective exhibit expense expenses financial fourth
    funds general hereby increase independent institutional investment investments investor investors limited
    liquidated liquidation management manager managers maryland massachusetts master maximum merged merger minimum
    multiple officer parties partnership percentage portfolio portfolios president principal pursuant reduction
    registrant registrants removal reorganization reorganized restated schedule schedules secretary securities
    securitization senior series service services servicing shareholder shareholders shares statutory subadvisory
    supplement terminated termination total transfer treasurer trust trustee trustees underwriter underwriting
    waiver
"""
# Words that are one letter from one of these, and mean themselves
ENGLISH = """
    addiction addictions additional advice advises affective annul arrival assess average beards broad change
    changed changes chargers classes contact contacts contracts contrast contrasts deduction edition editions
    emerged emerger expanse expanses forth germinated hereby induction inventor inventors liquidates manages manger
    marked matter matters mister muster officers offices partied perusal renewal reorganisation resolved restarted
    seduction serves shapes shards spares stares terminates waives waver wavers
"""
# Words that join the name of a schedule and of a plan, or stand before a date
JOINING = """
    a accordance adopted amended an and approved as at attached be between by concerning date dated day effective
    entered executed first for forming from in into it its last made no none of on originally part pursuant regarding
    relating respect restated revised supplemented the this through to under updated with
"""
TWICE = re.compile(r"\b(\w+(?: \w+)?) \1\b", re.IGNORECASE)
JOINING_TEXTS = ("link", "effective", "phrase")
LONG = 6  # letters of a word that may have one more, one less or another; in a shorter one two may change places
MOST_WORD = re.compile(r"[^\W\d_]{5,}")
SHORT_TEXTS = "title exhibit feature term then subject label heading group_heading row group is called by"


def trade_words_are_spelled_right(plan: PlanFolder, names: NamesByPaper) -> Iterator[Problem]:
    """A word that plans use is spelled as they spell it: Trustees and not Trustes, Master and not Mater."""
    words = {word for new in new_names.every(names) for word in MOST_WORD.findall(new.name.casefold())}
    for source in (plan.source, *(amendment.source for amendment in plan.amendments)):
        for path, text in source.texts():
            if _is_text(path):
                for word in dict.fromkeys(MOST_WORD.findall(text)):
                    if word.casefold() not in words and (right := meant(word.casefold())):
                        remedy = f'did you mean "{_alike(word, right)}"? Else accept it'
                        problem = source.warning(path, f'says "{word}", a letter from a word of the trade', remedy)
                        yield replace(problem, fact=word_fact(source.file, word))


def joining_words_are_words(plan: PlanFolder) -> Iterator[Problem]:
    """The words between a schedule's name and the plan's, and those before a date, are such as join: to the, as of."""
    for source in (plan.source, *(amendment.source for amendment in plan.amendments)):
        for path, text in source.texts():
            if path[-1] not in JOINING_TEXTS or not {"form", "dated"} & {*path}:
                continue
            words = re.findall(r"[^\W\d_]+", text)
            if stranger := next((word for word in words if word.casefold() not in JOINING.split()), ""):
                near = nearest(stranger.casefold(), JOINING.split())
                remedy = f'did you mean "{near}"? Else accept it' if near else "write words that join, or accept it"
                yield source.warning(path, f'says "{stranger}", which is no word that joins a name or a date', remedy)
            elif match := TWICE.search(text):
                yield source.warning(path, f'says "{match[0]}"', "write the words once")


def word_fact(file: str, word: str) -> tuple[str, ...]:
    """That a word is misspelled in a file."""
    return "word", file, word.casefold()


def slip_of(file: str, text: str) -> tuple[str, ...]:
    """The fact that a text of a file has a misspelled word; empty where it has none."""
    words = (word for word in MOST_WORD.findall(text) if meant(word.casefold()))
    return next((word_fact(file, word) for word in words), ())


def _is_text(path: KeyPath) -> bool:
    """Whether a text is one of a few words of the trade, or by hand."""
    keys = [step for step in path if isinstance(step, str)]
    if keys[0] in ("accept", "form") or keys[-1] == "name":
        return keys in (["schedule", "name"], ["schedules", "name"])
    return keys[-1] in SHORT_TEXTS.split() or not prose.BY_HAND.isdisjoint(keys)


def _alike(word: str, right: str) -> str:
    return right.upper() if word.isupper() else right.capitalize() if word[:1].isupper() else right


@functools.lru_cache(maxsize=4096)
def meant(word: str) -> str:
    """The word of the trade that a word in small letters is a slip for; empty for any other."""
    trade = TRADE.split()
    if word in trade or word in ENGLISH.split():
        return ""
    return next((right for right in trade if right[0] == word[0] and _is_slip(word, right)), "")


def _is_slip(word: str, right: str) -> bool:
    """Whether two words differ by one letter, or two that changed places; another ending is none."""
    short, long = sorted((word, right), key=len)
    is_ending = word[:-1] == right[:-1] or (long.startswith(short) and long[-1] in "sdyr")
    if abs(len(word) - len(right)) > 1 or is_ending:
        return False
    is_turned = sorted(word) == sorted(right)
    return (is_turned or len(right) >= LONG) and edits(word, right) == 1


CHECKS: tuple[PlanRule, ...] = (joining_words_are_words,)
OF_NAMES: tuple[NamesRule, ...] = (trade_words_are_spelled_right,)
