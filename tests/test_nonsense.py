"""What nobody can mean is refused, or said, with its line and what to type instead."""

from __future__ import annotations

import pytest

from tests.conftest import AMENDMENT, PLAN, Workspace

RATE = 'is not a rate for "Maximum Asset Based Sales Charge"'
FUND, GROUP = "INVESCO Tax-Free Bond Fund", "AIM BOND FUNDS, INC."
RATES = ("nan", "Infinity", "-inf", "---", "½%")
IN_AMENDMENT = {
    **{f"rate {text}": (AMENDMENT.replace("0.75%", text, 1), RATE) for text in RATES},
    "rate 00.75%": (AMENDMENT.replace("0.75%", "00.75%", 1), "warning: 00.75% is an odd way to write 0.75%"),
    "rate 0.750000000%": (AMENDMENT.replace("0.75%", "0.750000000%", 1), "is an odd way to write 0.75%"),
    "a letter": (AMENDMENT.replace(FUND, "A", 1), '"A" is a letter, and no name'),
    "a number": (AMENDMENT.replace(FUND, "5", 1), '"5" is a number, and no name'),
    "a day": (AMENDMENT.replace(FUND, "2004-01-01", 1), '"2004-01-01" is a day, and no name'),
    "a rate": (AMENDMENT.replace(FUND, "0.75%", 1), '"0.75%" is a number, and no name'),
    "true": (AMENDMENT.replace(FUND, "true", 1), '"true" is an answer, and no name'),
    "0x1F": (AMENDMENT.replace(FUND, "0x1F", 1), '"0x1F" is a number, and no name'),
    "a vote by true": (AMENDMENT + "approvals:\n  - {by: true, on: 2003-10-01}\n", "approvals[0].by: true is no name"),
    "a sign": (AMENDMENT.replace(FUND, "'&'", 1), '"&" is a sign, and no name'),
    "a group of a sign": (AMENDMENT.replace(GROUP, "'*'", 1), '"*" is a sign, and no name'),
    "a day in words": (AMENDMENT.replace(FUND, "January 1, 2004", 1), '"January 1, 2004" is a day, and no name'),
    "money": (AMENDMENT.replace(FUND, "$5 million", 1), '"$5 million" is an amount of money, and no name'),
    "a vote by nobody": (AMENDMENT + "approvals:\n  - {by: '&', on: 2003-10-01}\n", "approvals[0].by: & is no name"),
    "3,000 letters": (AMENDMENT.replace(FUND, "Fund " * 600, 1), "a name of 2,999 letters stands here"),
    "an exhibit true": (AMENDMENT + "exhibit: true\n", "true is not the line at the top of an exhibit"),
    "an exhibit 5": (AMENDMENT + "exhibit: 5\n", "5 is not the line at the top of an exhibit"),
    "an early vote": (AMENDMENT + "approvals:\n  - {by: the Board, on: 1999-01-01}\n", "1999-01-01 is before the plan"),
    "other digits": (AMENDMENT.replace("2003-11-03", "٢٠٠٣-١١-٠٣"), "is not a date"),
    "a thirteenth month": (AMENDMENT.replace("2003-11-03", "2003-13-tbd"), "2003-13-tbd is not a date"),
    "a year to come": (AMENDMENT.replace("2003-11-03", "2993-03-tbd"), "2993-03-tbd is not a day of a fund's plan"),
    "a section of 40 digits": (
        AMENDMENT + f"changes:\n  - replace_section: Section {'1' * 40}\n    text: [x]\n", "is not a section",
    ),
}  # fmt: skip
IN_PLAN = {
    "rule 99zz-99": (PLAN.replace("12b-1", "99zz-99"), "99zz-99 is not a rule of the Investment Company Act"),
    "rule 12b-2": (PLAN.replace("12b-1", "12b-2"), "12b-2 is not a rule of the Investment Company Act"),
    "rule 12b-0": (PLAN.replace("12b-1", "12b-0"), "12b-0 is not a rule of the Investment Company Act"),
    "a title 5": (PLAN.replace("Amended and Restated Master Distribution Plan", "5"), "title: 5 is no name"),
    "a party 5": (f"{PLAN}of: '5'\n", "5 is no name"),
    "a class with another space": (PLAN.replace("[Class B]", "[Class B, 'Class\u00a0B']"), 'names "Class B" twice'),
    "a column with another space": (
        PLAN.replace("Maximum Service Fee", "Maximum\u00a0Aggregate Fee"),
        "has two columns headed",
    ),
    "rule 99b-1": (PLAN.replace("12b-1", "99b-1"), "99b-1 is not a rule of the Investment Company Act"),
    **{
        f"language {text}": (f"{PLAN}language: {text}\n", f"{text} is not a language")
        for text in ("klingon", "xx-YY", "e", "12", "EN", "en-us", "en-ZZ")
    },
    "a heading 5": (PLAN.replace("Maximum Service Fee", "5"), "service_fee.heading: 5 is no heading"),
    "at most 200%": (PLAN.replace("at_most: 0.25%", "at_most: 200%"), "200% of net assets a year is no limit"),
    "two columns": (PLAN.replace("Maximum Service Fee", "maximum Aggregate Fee"), 'has two columns headed "maximum A'),
    "a class twice": (PLAN.replace("[Class B]", "[Class B, class B]"), 'names "Class B" twice'),
}


@pytest.mark.seconds
@pytest.mark.parametrize("name", IN_AMENDMENT)
def test_nonsense_in_an_amendment(workspace: Workspace, name: str) -> None:
    text, said = IN_AMENDMENT[name]
    ran = workspace.write({"schedules/p/amendments/001.yaml": text}).run("check")
    assert said in ran.err
    assert ran.code == ("warning" not in said and "odd way" not in said)


@pytest.mark.parametrize("name", IN_PLAN)
def test_nonsense_in_a_plan(workspace: Workspace, name: str) -> None:
    text, said = IN_PLAN[name]
    ran = workspace.write({"schedules/p/plan.yaml": text}).run("check")
    assert said in ran.err
    assert ran.code == 1


@pytest.mark.parametrize("language", ["en", "es", "fr-CA", "es-419"])
def test_a_language_is_one(workspace: Workspace, language: str) -> None:
    assert workspace.write({"schedules/p/plan.yaml": f"{PLAN}language: {language}\n"}).run("check").code == 0


@pytest.mark.parametrize("rate", ["None", "N/A", "—", "-", "*", "0.0625%", "0.12345%"])
def test_a_word_or_a_dash_fits_among_rates(workspace: Workspace, rate: str) -> None:
    text = AMENDMENT.replace("0.75%", f"'{rate}'", 1)
    ran = workspace.write({"schedules/p/amendments/001.yaml": text}).run("check")
    assert ran.code == 0
    assert "odd way" not in ran.err


def test_classes_under_a_fund_may_be_letters(workspace: Workspace) -> None:
    rows = "        - name: INVESCO Tax-Free Bond Fund\n          rows: [A, B]\n"
    text = AMENDMENT.replace("        - INVESCO Tax-Free Bond Fund\n", rows)
    ran = workspace.write({"schedules/p/amendments/001.yaml": text}).run("check")
    assert "no name" not in ran.err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--accession", "٠٠٠٠٩٥٠١٢٣-٠٣-٠١٢٣٤٥"), "is not an accession number"),
        (("--signed", "٢٠٠٣-١١-٠٣"), "is not a date"),
    ],
)
def test_digits_of_other_scripts_at_a_seal(workspace: Workspace, options: tuple[str, ...], said: str) -> None:
    ran = workspace.run("seal", "p/001", *options)
    assert ran.code == 2
    assert said in ran.err
