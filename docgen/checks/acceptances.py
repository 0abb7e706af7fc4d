"""Warnings that a person lets stand: in the file that they are of, or those of plan.yaml in an amendment.

What an amendment accepts stays so in later ones, and in a plan that restates this one, as long as the same is said of
the same rows. In what two plans differ may be accepted in either, and is quiet whichever of them it is said of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from docgen.consolidation.plan_folder import PlanFolder
from docgen.model.event import EventFile
from docgen.model.settings import Accept
from docgen.model.yaml_reader import Source
from docgen.problems import Problem

OF_FILES = ("final-papers-stay",)  # warnings that come only where files are compared, which accept: names all the same
Fact = tuple[str, ...]  # a rule's name, what it says, and of which row; or in what two papers differ


@dataclass(frozen=True)
class Answer:
    """What the rules say: the problems, the warnings that a person lets stand, and the acceptances that match none."""

    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...] = ()
    needless: tuple[Problem, ...] = ()


def answer(plans: Iterable[PlanFolder], events: Iterable[EventFile], problems: Sequence[Problem]) -> Answer:
    """The problems that nobody accepted, the warnings that somebody did, and a warning for each needless acceptance."""
    acceptances = _Acceptances([problem for problem in problems if problem.severity != "error"])
    for plan in plans:
        acceptances.facts_of(plan)
    for event in events:
        acceptances.take(event.source, event.facts.accept, acceptances.warnings_in(event.source))
    acceptances.take_differences()
    rest = tuple(problem for problem in problems if problem not in acceptances.accepted)
    return Answer(rest, tuple(acceptances.accepted), tuple(acceptances.needless))


def _matches(accept: Accept, problem: Problem) -> bool:
    """Whether an acceptance is of a warning."""
    return problem.check == accept.check and (accept.on is None or accept.on in problem.found)


def message(problem: Problem) -> str:
    """What a problem says, without the rows that it says it of."""
    return problem.found.rpartition(": ")[0] if problem.about else problem.found


@dataclass
class _Acceptances:
    """What was accepted so far of all warnings, and which acceptances are of none."""

    warnings: Sequence[Problem]
    accepted: dict[Problem, None] = field(default_factory=dict)
    needless: list[Problem] = field(default_factory=list)
    facts: dict[str, set[Fact]] = field(default_factory=dict)  # that a plan's amendments accept, by the plan

    def facts_of(self, plan: PlanFolder) -> set[Fact]:
        """What the amendments of a plan accept, and those of the plan that it restates."""
        if plan.id not in self.facts:
            facts = set(self.facts_of(plan.continues)) if plan.continues else set()
            self.facts[plan.id] = facts
            self._take_all(plan.source, plan.facts.accept, facts)
            for amendment in plan.amendments if facts or any(a.facts.accept for a in plan.amendments) else ():
                self._take_all(amendment.source, amendment.facts.accept, facts, plan.source)
        return self.facts[plan.id]

    def _take_all(self, source: Source, accepts: Sequence[Accept], facts: set[Fact], *others: Source) -> None:
        """Takes what a file accepts, and what is accepted already; `facts` grow by it."""
        warnings = self.warnings_in(source, *others) if facts or accepts else []
        self.accepted |= {problem: None for problem in warnings if set(_facts(problem)) <= facts}
        for problem in self.take(source, accepts, warnings):
            facts.update(_facts(problem))

    def warnings_in(self, *sources: Source) -> list[Problem]:
        """The warnings of some files."""
        files = [source.file for source in sources]
        return [w for w in self.warnings if any(place.file in files for place in (w.where, *w.places))]

    def take_differences(self) -> None:
        """Takes each difference of two papers that is accepted as it is said of others."""
        facts = {(problem.check, *problem.fact) for problem in self.accepted if problem.fact}
        self.accepted |= {w: None for w in self.warnings if w.fact and (w.check, *w.fact) in facts}

    def take(self, source: Source, accepts: Iterable[Accept], warnings: Sequence[Problem]) -> list[Problem]:
        """The warnings that a file's acceptances are of; those of none are noted, as needless."""
        every: list[Problem] = []
        for number, accept in enumerate(accepts):
            matching = [problem for problem in warnings if _matches(accept, problem)]
            every += matching
            if not matching and accept.check not in OF_FILES:
                fault = f'accepts "{accept.check}", which nothing here warns of'
                problem = source.warning(("accept", number), fault, "take the acceptance out, or fix its name")
                self.needless.append(replace(problem, check="acceptance"))
        self.accepted |= dict.fromkeys(every)
        return every


def _facts(problem: Problem) -> Iterator[Fact]:
    """What a warning says, of each row that it is about; or in what two papers differ."""
    if problem.fact:
        yield problem.check, *problem.fact
        return
    for name in problem.about or ("",):
        yield problem.check, message(problem), name
