"""What a rule is: a function from a plan, or from a whole workspace, to the problems that it finds."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator

from docgen.consolidation.plan_folder import PlanFolder
from docgen.problems import Problem

PlanRule = Callable[[PlanFolder], Iterator[Problem]]
YEAR = datetime.timedelta(days=366)
