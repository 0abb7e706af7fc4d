"""What became of a fund or a registrant, over all plans."""

from __future__ import annotations

import json

from docgen.consolidation import history
from docgen.page.visits import Shown, Visit
from docgen.problems import nearest
from docgen.reports import fund_history


def fund(visit: Visit) -> Shown:
    """The history of the name that is asked for; without one, every name there is to pick from."""
    name = " ".join(visit.query.get("name", "").split())
    plans = visit.snapshot.workspace.plans if visit.snapshot.workspace else ()
    lives = [life for plan in plans for life in (*history.lives(plan), *history.without_effect(plan))]
    names = sorted({former for life in lives for former in life.names})
    matches = history.called(lives, name) if name else []
    data = {
        "name": name,
        "names": names,
        "happenings": json.loads(fund_history.as_json(matches)) if matches else [],
        "called": sorted({former for life in matches for former in life.names}),
        "nearest": nearest(name, names) if name and not matches else "",
    }
    return Shown("fund.html", data, 200 if matches or not name else 404)
