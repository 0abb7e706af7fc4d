"""Each setting of the wording does what schedules/README.md says of it."""

from __future__ import annotations

import pytest

from tests.conftest import AMENDMENT, PLAIN, PLAN, Workspace

CHANGES = """\
number: 2
effective: 2003-11-24
changes:
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Tax-Free Bond Fund
  - remove: INVESCO U.S. Government Securities Fund
    into: AIM Government Fund
    effective: 2003-12-01
  - rename_all: BOND FUNDS, INC.
    to: BOND FUNDS
    groups: true
"""
RENAMED = "the change in name of INVESCO Tax-Free Bond Fund to AIM Tax-Free Bond Fund"
MERGED = "the merger of INVESCO U.S. Government Securities Fund into AIM Government Fund, effective December 1, 2003"
WORDS = "the change of “BOND FUNDS, INC.” to “BOND FUNDS” in the name of each Registrant that bears it"
DESIRE = "WHEREAS, the parties desire to amend the Plan to reflect"


def lines(workspace: Workspace, plan: str = "", amendment: str = CHANGES, what: str = "p/002") -> list[str]:
    """The blocks of the amendment's tree, a line each, with `plan` before plan.yaml and `amendment` as its file."""
    workspace.write({"schedules/p/plan.yaml": plan + PLAN, "schedules/p/amendments/002.yaml": amendment})
    ran = workspace.run("show", what, "--step", "tree")
    assert ran.code == 0, ran.err
    assert workspace.run("build", "p/002", "--format", "txt,htm,docx").code == 0, "every format says it"
    return [line.removeprefix("paragraph ").removeprefix("heading ") for line in ran.out.splitlines()]


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The amendment where nothing is set."""
    return "\n".join(lines(Workspace(tmp_path_factory.mktemp("usual")).write(PLAIN)))


def of_role(found: list[str], *roles: str) -> list[str]:
    return [line for line in found if line.split(":")[0] in roles]


@pytest.mark.slow
def test_a_whereas_for_each_change(workspace: Workspace) -> None:
    assert of_role(lines(workspace, "form: {recital: each}\n"), "recital") == [
        f"recital: {DESIRE} {RENAMED}; and",
        f"recital: {DESIRE} {MERGED}; and",
        f"recital: {DESIRE} {WORDS};",
    ]


@pytest.mark.slow
def test_lists_under_heads(workspace: Workspace) -> None:
    assert of_role(lines(workspace, "form: {recital: headed}\n"), "item") == [
        "item: Name Changes:",
        "item: (1) INVESCO Tax-Free Bond Fund to AIM Tax-Free Bond Fund;",
        "item: Mergers, effective December 1, 2003:",
        "item: (1) INVESCO U.S. Government Securities Fund into AIM Government Fund;",
        "item: Other Changes:",
        f"item: {WORDS};",
    ]


@pytest.mark.seconds
def test_a_fee_has_a_head_of_its_own(workspace: Workspace) -> None:
    fees = "    service_fee: 0.20%\n    aggregate_fee: 0.95%\n"
    changes = "  - set: INVESCO Tax-Free Bond Fund\n" + fees + "  - rename: INVESCO U.S. Government Securities Fund\n"
    changes += "    to: AIM Government Fund\n  - set: AIM Government Fund\n" + fees
    amendment = CHANGES.partition("  -")[0] + changes
    found = lines(workspace, "form: {recital: headed, therefore: none}\n", amendment)
    reduction = "the Maximum Aggregate Fee from 1.00% to 0.95%"
    assert of_role(found, "item") == [
        f"item: Reduction of the Maximum Service Fee from 0.25% to 0.20%, with the reduction of {reduction}:",
        "item: (1) INVESCO Tax-Free Bond Fund;",
        "item: Name Changes, with the reduction of the Maximum Service Fee from 0.25% to 0.20% "
        f"and the reduction of {reduction}:",
        "item: (1) INVESCO U.S. Government Securities Fund to AIM Government Fund.",
    ]


@pytest.mark.slow
def test_a_table_of_old_and_new_names(workspace: Workspace) -> None:
    found = lines(workspace, "form: {recital: table}\n")
    assert f"recital: {DESIRE} {MERGED}; and the following changes in name:" in found
    at = found.index("table names: 2 columns, 2 rows")
    assert found[at + 1 : at + 4] == [
        "  head: Current Name | New Name",
        "  row: INVESCO Tax-Free Bond Fund | AIM Tax-Free Bond Fund",
        "  row: AIM BOND FUNDS, INC. | AIM BOND FUNDS",
    ]


def test_a_table_needs_names_that_change(workspace: Workspace) -> None:
    removed = "number: 2\neffective: 2003-11-24\nchanges: [{remove: INVESCO Tax-Free Bond Fund, reason: liquidated}]\n"
    found = lines(workspace, "form: {recital: table}\n", removed)
    assert f"recital: {DESIRE} the liquidation of INVESCO Tax-Free Bond Fund;" in found
    assert not [line for line in found if line.startswith("table names")]


@pytest.mark.slow
def test_reasons_and_votes_come_before_the_changes(workspace: Workspace) -> None:
    votes = """\
whereas: [the Fund has a new investment adviser]
approvals:
  - {by: the Board of Directors of AIM Bond Funds, on: 2003-10-01, independent: true}
  - {by: the shareholders of the Fund, on: 2003-11-02, holders: true}
"""
    assert of_role(lines(workspace, "form: {recital: whereas}\n", votes + CHANGES), "recital", "clause")[:4] == [
        "recital: WHEREAS, the Fund has a new investment adviser; and",
        "recital: WHEREAS, this Amendment has been approved by the Board of Directors of AIM Bond Funds, including a "
        "majority of its independent members, at a meeting held on October 1, 2003 and by the shareholders of the Fund "
        "at a meeting held on November 2, 2003; and",
        f"recital: {DESIRE} {RENAMED}; {MERGED}; and {WORDS};",
        "clause: NOW, THEREFORE, the parties agree that:",
    ]


TEXT = """\
number: 2
effective: 2003-11-24
changes:
  - replace_words: Exhibit A
    to: Schedule A
    in: Section 6(b)
  - replace_words: Class B2
    to: Class B
  - replace_section: Section 2
    text: [The first paragraph., The second.]
    effective: 2003-12-01
  - replace_section: Section 3
    of: its first sentence
    text: The fee is lower.
    effective: 2003-10-01
  - add_section: Section 7(c)
    after: Section 7(b)
    text: A new one.
  - remove_section: Section 9
  - rename: INVESCO Tax-Free Bond Fund
    to: AIM Tax-Free Bond Fund
clauses: [The Distributor shall give notice of this Amendment.]
"""


@pytest.mark.slow
def test_changes_of_the_text_are_numbered_items(workspace: Workspace) -> None:
    assert of_role(lines(workspace, "", TEXT), "clause", "section") == [
        "clause: 1. Section 6(b) of the Plan is hereby amended by replacing “Exhibit A” with “Schedule A”.",
        "clause: 2. All references in the Plan to “Class B2” are hereby replaced with “Class B”.",
        "clause: 3. Section 2 of the Plan is hereby deleted in its entirety and replaced, effective December 1, 2003, "
        "with the following:",
        "section: “The first paragraph.",
        "section: “The second.”",
        "clause: 4. Section 3 of the Plan is hereby amended, effective retroactively to October 1, 2003, by replacing "
        "its first sentence with the following:",
        "section: “The fee is lower.”",
        "clause: 5. A new Section 7(c) is hereby added to the Plan after Section 7(b), to read as follows:",
        "section: “A new one.”",
        "clause: 6. Section 9 of the Plan is hereby deleted in its entirety.",
        "clause: 7. Schedule A to the Plan is hereby deleted in its entirety and replaced with the following:",
        "clause: 8. The Distributor shall give notice of this Amendment.",
    ]


@pytest.mark.slow
def test_an_amendment_of_the_text_alone_has_no_schedule(workspace: Workspace) -> None:
    only = "number: 2\neffective: 2003-11-24\nchanges:\n  - replace_words: Exhibit A\n    to: Schedule A\n"
    found = lines(workspace, "", only)
    assert of_role(found, "clause") == [
        "clause: All references in the Plan to “Exhibit A” are hereby replaced with “Schedule A”."
    ]
    assert sorted(path.name for path in (workspace.root / "build/p/002").iterdir()) == [
        f"amendment.{suffix}" for suffix in ("docx", "htm", "txt")
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("schedule: attached", "deleted and replaced in its entirety with the Schedule A attached hereto."),
        ("operative: restated", "clause: Schedule A to the Plan is hereby amended and restated in its entirety"),
        ("items: numbered", "clause: 1. Schedule A to the Plan is hereby deleted in its entirety and replaced"),
        ("terms: hereby", "provisions of the Plan not amended hereby shall remain in full force and effect."),
        ("number: brackets", "1 title: AMENDMENT NO. [2] / TO THE AMENDED AND RESTATED"),
        ("number: words", "1 title: SECOND AMENDMENT / TO THE AMENDED AND RESTATED"),
        ("quotes: false", "2 schedule: SCHEDULE A / TO / THE AMENDED AND RESTATED / MASTER DISTRIBUTION PLAN"),
        ("link: none", "2 schedule: “SCHEDULE A / AMENDED AND RESTATED / MASTER DISTRIBUTION PLAN"),
        ("link: with respect to the", "2 schedule: “SCHEDULE A / WITH RESPECT TO / THE AMENDED AND RESTATED"),
        ("as_of: true", "qualifier: (as of November 24, 2003)"),
        ("capitals: false", "  label: Portfolio\n"),
    ],
)
def test_a_setting(workspace: Workspace, usual: str, form: str, said: str) -> None:
    assert said not in usual
    assert said in "\n".join(lines(workspace, f"form: {{{form}}}\n"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("form", "said"),
    [
        ("as of", "is hereby amended, as of November 24, 2003, as follows:"),
        ("dated", "is hereby amended, dated November 24, 2003, as follows:"),
        ("made effective as of the", "amended, made effective as of the 24th day of November 2003, as follows:"),
        ("none", "pursuant to Rule 12b-1, is hereby amended as follows:"),
    ],
)
def test_the_words_before_the_effective_date(workspace: Workspace, form: str, said: str) -> None:
    assert said in "\n".join(lines(workspace, f"form: {{effective: {form}}}\n"))


@pytest.mark.parametrize(
    ("dated", "said"),
    [
        ("2003-08-18", "(the “Plan”), dated as of August 18, 2003, pursuant"),
        ("{phrase: made as of the, date: 2003-08-18}", "made as of the 18th day of August 2003, pursuant"),
        ("{phrase: effective, date: 2003-08-18, as_subsequently_amended: true}", "2003, as subsequently amended,"),
        ("{date: 2003-08-18, restated: 2003-09-20}", ", and as restated the 20th day of September 2003, pursuant"),
        ("{phrase: dated, date: 2003-08-18, to_be_effective: 2003-09-01}", ", to be effective September 1, 2003,"),
        ("{date: 2003-08-18, amended: []}", "dated as of August 18, 2003, and amended on November 3, 2003, pursuant"),
        ("{date: 2003-08-18, amended: [2003-09-01]}", "amended on September 1, 2003 and November 3, 2003, pursuant"),
    ],
)
def test_the_words_around_the_plans_date(workspace: Workspace, dated: str, said: str) -> None:
    plan = PLAN.replace("dated: 2003-08-18", f"dated: {dated}")
    own = "form: {class_in_opening: false}\n"
    workspace.write({"schedules/p/plan.yaml": own + plan, "schedules/p/amendments/002.yaml": CHANGES})
    assert said in workspace.run("show", "p/002", "--step", "tree").out


@pytest.mark.slow
def test_an_amendment_has_settings_of_its_own(workspace: Workspace) -> None:
    own = CHANGES + "form: {terms: hereby}\n"
    found = lines(workspace, "form: {recital: whereas, terms: herein}\n", own)
    assert "not amended hereby" in of_role(found, "terms")[0]
    assert of_role(found, "recital"), "the plan's other settings stand"


@pytest.mark.slow
def test_attached_the_schedule_begins_a_page_after_the_closing_clause(workspace: Workspace) -> None:
    found = lines(workspace, "form: {schedule: attached}\n")
    roles = [line.split(":")[0] for line in found]
    assert roles.index("terms") < roles.index("2 attached")
    pages = (workspace.root / "build/p/002/amendment.txt").read_text(encoding="ascii").split("<PAGE>\n")
    assert pages[1].strip().startswith('"SCHEDULE A')


SIGNED = """\
signatures:
  - for: registrants
    by: {name: Jane Doe, title: President, signed: true}
    attest: {title: Secretary}
    seal: true
  - for: [One Distributor, Another]
    each: true
"""


@pytest.mark.slow
@pytest.mark.parametrize("form", ["{}", "{schedule: attached}", "{schedule: attached, signatures: before}"])
def test_blocks_of_signatures(workspace: Workspace, form: str) -> None:
    line = "_" * 30
    found = lines(workspace, SIGNED + f"form: {form}\n", AMENDMENT.replace("number: 1", "number: 2"))
    assert of_role(found, "party", "signature", "attest") == [
        "party: AIM BOND FUNDS, INC.",
        "signature: By: /s/ Jane Doe / Name: Jane Doe / Title: President",
        f"attest: Attest: {line} / Name: / Title: Secretary",
        "attest: (SEAL)",
        "party: One Distributor",
        f"signature: By: {line} / Name: / Title:",
        "party: Another",
        f"signature: By: {line} / Name: / Title:",
    ]
    roles = [line.split(":")[0] for line in found]
    heading = roles.index("2 attached" if "attached" in form else "2 schedule")
    assert (roles.index("party") < heading) == ("before" in form)


@pytest.mark.slow
def test_the_frame_of_a_contract(workspace: Workspace) -> None:
    plan = """\
form: {recital: whereas, frame: contract}
parties:
  - {name: AIM Bond Funds, is: a Delaware statutory trust, called: Trust}
  - One Adviser
"""
    plan += SIGNED.replace("signed: true", "signed: false")
    workspace.write({"schedules/p/plan.yaml": (plan + PLAN).replace("distribution-plan", "agreement")})
    workspace.write({"schedules/p/amendments/002.yaml": CHANGES})
    out = workspace.run("show", "p/002", "--step", "tree").out
    for said in (
        "by and between AIM Bond Funds, a Delaware statutory trust (the “Trust”), and One Adviser.",
        "paragraph witnesseth: W I T N E S S E T H:",
        "NOW, THEREFORE, in consideration of the premises and the mutual promises set forth herein",
        "clause: 1. Schedule A to the Plan is hereby deleted",
        "clause: 2. All other terms and provisions of the Plan",
        "clause: IN WITNESS WHEREOF, the parties have caused this Amendment to be executed",
    ):
        assert said in out
    assert out.count("All other terms") == 1
    assert workspace.run("build", "p/002").code == 0


@pytest.mark.slow
def test_the_plan_itself_may_change(workspace: Workspace) -> None:
    amendment = CHANGES + "plan: {title: First Restated Plan, share_classes: [Class C]}\n"
    found = lines(workspace, "", amendment)
    assert found[0] == "1 title: AMENDMENT NO. 2 / TO THE FIRST RESTATED / PLAN"
    assert "(CLASS C SHARES)" in found[1]
    before = workspace.run("show", "p/001", "--step", "tree").out
    assert "MASTER DISTRIBUTION PLAN" in before
    assert "(CLASS B SHARES)" in before


def test_an_opening_schedule_is_no_paper(workspace: Workspace) -> None:
    workspace.write({"schedules/p/amendments/001.yaml": AMENDMENT.replace("number: 1", "opening: true")})
    assert workspace.run("build").code == 0
    assert sorted(path.stem for path in (workspace.root / "build/p/001").iterdir()) == ["schedule"] * 4
