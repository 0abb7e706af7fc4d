"""How a family of funds writes its papers: settings of the wording, parties, approvals, signatures, acceptances."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from docgen.model.base import Facts, KeysTogether, Texts, allow_single, as_list
from docgen.model.values import Count, Day, NameText, Text, YesNo, as_words, refusal

REGISTRANTS = "registrants"  # what `for:` says for every registrant of the schedules

RecitalForm = Literal["none", "whereas", "each", "list", "headed", "table"]


FormatName = Literal["txt", "htm", "pdf", "docx"]
FORMATS: tuple[FormatName, ...] = ("txt", "htm", "pdf", "docx")


MOST_LETTERS = 80  # of what stands at the top of a draft's pages: one line of EDGAR text


def _short(value: str) -> str:
    if len(value) > MOST_LETTERS:
        raise refusal(f"is {len(value)} characters long", f"write {MOST_LETTERS} characters at most")
    return value


class Form(Facts):
    """The settings of the wording. An amendment may have its own, in place of the plan's, key by key."""

    recital: RecitalForm = Field("none", description="none, whereas, each, list, headed or table")
    list_mark: Literal["(1)", "(a)", "(i)", "1)", "a)", "i)"] | None = Field(
        None, description="the marks of a list, such as (i); beside whereas they stand inside the sentence"
    )
    therefore: Literal["agree", "clause", "none"] = Field(
        "agree", description="after the recitals: a paragraph of its own, the beginning of the first clause, or nothing"
    )
    schedule: Literal["following", "attached"] = Field("following", description="where the new schedule stands")
    operative: Literal["replaced", "restated", "none"] = Field("replaced", description="what is done to the old one")
    in_its_entirety: Literal["deleted", "replaced"] | None = Field(
        None, description="after which of the two words it stands; else after deleted, or replaced where attached"
    )
    items: Literal["plain", "numbered"] = Field("plain", description="numbered also numbers an item that is alone")
    terms: Literal["herein", "hereby", "none"] = Field("herein", description="the closing clause: not amended herein")
    effective: Text = Field("effective", description="words before the effective date: effective, as of, none")
    number: Literal["digits", "brackets", "words"] = Field("digits", description="No. 2, No. [2] or Second Amendment")
    frame: Literal["plain", "contract"] = Field("plain", description="contract: WITNESSETH and numbered clauses")
    quotes: YesNo | None = Field(
        None, description="true or false: quotation marks around the new schedule; none around one that parties attach"
    )
    link: Text = Field("to the", description="words between the schedule's name and the plan's, or none")
    parentheses: YesNo = Field(True, description="false prints the subject of the schedule without parentheses")
    capitals: YesNo = Field(True, description="false prints the heads of the columns as typed")
    as_of: YesNo = Field(False, description="true prints the effective date under the heading of the schedule")
    class_in_opening: YesNo = Field(True, description="false names the share classes in the title only")
    the_in_title: YesNo = Field(True, description="false leaves `the` out before the plan's name in the title")
    the_in_attachment: YesNo = Field(True, description="false leaves it out in `with the Schedule A attached hereto`")
    registrant_after_rule: YesNo = Field(False, description="true names the registrant after the rule in the opening")
    log: YesNo = Field(False, description="true lists under a schedule what each amendment changed, and when")
    signatures: Literal["after", "before"] | None = Field(
        None, description="where they stand: after the schedule, or before one that is attached"
    )
    formats: Annotated[tuple[FormatName, ...], BeforeValidator(as_list), Field(json_schema_extra=allow_single)] = Field(
        FORMATS, description="the formats that its papers are made in; without txt where text has no room", min_length=1
    )
    draft_mark: Annotated[Text, AfterValidator(_short)] = Field(
        "DRAFT", description="words at the top of each page of a draft, or none"
    )


class Party(Facts):
    """Who an agreement is between, or whose plan it is."""

    short: ClassVar[str] = "name"
    name: NameText = Field(description="the name as it prints")
    is_: Text | None = Field(None, alias="is", description="what it is, such as a Delaware statutory trust")
    called: Text | None = Field(None, description="what the paper calls it, such as Distributor")


class Approval(KeysTogether):
    """A vote that an amendment rests on; Rule 12b-1(b) asks for them when a fee rises."""

    by: NameText = Field(description="who approved, such as the Board of Trustees of AIM Equity Funds")
    on: Day = Field(description="the day of the meeting, YYYY-MM-DD")
    independent: YesNo = Field(False, description="true: a majority of the independent directors voted for it too")
    holders: YesNo = Field(False, description="true: this is the vote of the shareholders")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """A board and the shareholders vote each by themselves."""
        both = all(str(keys.get(key)).lower() in ("true", "yes") for key in ("independent", "holders"))
        remedy = "write two entries, one for the vote of the board and one for that of the shareholders"
        return refusal("is the vote of a board and of the shareholders", remedy) if both else None


class Signer(KeysTogether):
    """A line to sign, or a name that has signed it."""

    short: ClassVar[str] = "name"
    name: Text | None = Field(None, description="who signs; leave it out for an empty line")
    title: Text | None = Field(None, description="the office, such as Senior Vice President")
    signed: YesNo = Field(False, description="true prints /s/ and the name: a conformed copy")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """Who signed has a name."""
        signed = str(keys.get("signed")).lower() in ("true", "yes")
        remedy = "write name: and who signed"
        return refusal("is signed by nobody", remedy) if signed and cls.lacks(keys, "name") else None


class Signature(Facts):
    """A block of the signatures: for whom, by whom."""

    for_: Texts = Field(alias="for", description="a party, a list of parties, or registrants", min_length=1)
    each: YesNo = Field(False, description="true gives each of them a block of its own")
    by: Signer = Field(default_factory=Signer, description="who signs: {name, title, signed}")
    attest: Signer | None = Field(None, description="who attests: {name, title, signed}")
    seal: YesNo = Field(False, description="true prints (SEAL)")


class Expect(KeysTogether):
    """What a person counted on the paper."""

    rows: Count | None = Field(None, description="how many portfolios the schedules have")
    groups: Count | None = Field(None, description="how many registrants the schedules have")

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """Something is counted."""
        remedy = "write rows: or groups:, and how many there are"
        return refusal("counts nothing", remedy) if cls.lacks(keys, "rows", "groups") else None


class Accept(Facts):
    """A warning that a person has looked at and lets stand."""

    check: Text = Field(description="the name of the warning, as it prints in brackets")
    why: Text = Field(description="why it is right all the same")
    by: Text = Field(description="who decided")
    on: Text | None = Field(None, description="words of the warning, where it should silence only one of several")


class ClassExpectation(KeysTogether):
    """Which funds of a plan have a share class, by this plan or another one."""

    short: ClassVar[str] = "funds"
    funds: Literal["all", "none"] = Field("all", description="all, or none")
    except_: Texts = Field(
        (), alias="except", description="the funds that do without the class, where all others have it"
    )

    @classmethod
    def misfit(cls, keys: Mapping[str, object]) -> PydanticCustomError | None:
        """Where no fund has the class, none is excepted."""
        remedy = "write except: alone, with the funds that do without"
        excepts = keys.get("funds") == "none" and keys.get("except")
        return refusal("says none, and excepts some", remedy) if excepts else None


class PlanExpect(Facts):
    """What a person expects of the plans together."""

    classes: dict[Text, ClassExpectation] = Field(
        default_factory=dict, description="class: all, none or {except: [FUNDS]}, the funds that have each share class"
    )


def _plan_folder(value: object) -> object:
    if not isinstance(value, str) or "/" in value or not value.strip():
        text = value.strip() if isinstance(value, str) else as_words(value)
        raise refusal(f"{text or 'a blank'} is not a plan", "write the name of a folder of schedules/")
    return value.strip()


PlanName = Annotated[str, BeforeValidator(_plan_folder)]


def overlay(usual: Form, form: Form) -> Form:
    """The usual settings, with those in their place that `form` names."""
    return usual.model_copy(update={key: getattr(form, key) for key in form.model_fields_set})
