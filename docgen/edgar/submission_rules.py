"""The rules for names, and for what only several files together show: C1, C2, C4, C7 and D1 to D11."""

from __future__ import annotations

import re
from collections.abc import Iterator

from docgen.edgar import characters, exhibit, file_words
from docgen.edgar.exhibit import IndexRow, Package
from docgen.edgar.rule import File, Found, Rule, rule, unchecked
from docgen.edgar.text_rules import TAG_NAME, WRAPPER

NAME = re.compile(r"[a-zA-Z0-9][\w.-]*\.(htm|txt|pdf|xml|jpg|gif|fil|xsd)", re.IGNORECASE | re.ASCII)
WRAPPED = re.compile(rf"</?(?:{'|'.join(sorted(WRAPPER))})\b", re.IGNORECASE)  # which most files have nowhere
LONGEST_NAME = 32
LONGEST_TYPE, LONGEST_DESCRIPTION = 128, 255
DRAFT = re.compile(r"\bDRAFT\b|^\W*[Dd]raft\b")
FREE_TYPE = re.compile(r"EX-99\.(\(?[A-Q]\)?|28\.[A-Q])([(. ].*)?", re.IGNORECASE)


@rule("D1", "EDGARLink's schema; EDGAR Filer Manual vol. II, 5.1.1", "txt", "htm", "pdf")
def file_name(file: File) -> Iterator[Found]:
    """The file's name has at most 32 letters, digits, hyphens, underlines and dots, and ends in .htm, .txt or .pdf.

    It begins with a letter or a digit, small or capital, and has no blanks; the 32 count the ending too. Dots, hyphens
    and underlines may be as many as one likes: the edition of 2009 allowed one of each and small letters only, and
    those since 2015 no longer do. docgen writes names that hold both.
    """
    if len(file.base) > LONGEST_NAME:
        words = f'"{file.base}" has {len(file.base)} characters, {LONGEST_NAME} at most'
        yield Found(words, "shorten it, as in ex99-m2d.htm")
    elif not NAME.fullmatch(file.base):
        words = f'"{file.base}" is not a file name that EDGAR takes'
        yield Found(words, "write letters and digits, then .htm, .txt or .pdf: ex99-m2d.htm")


@rule("D2", "EDGAR Filer Manual vol. II, 7.1", "txt", "htm")
def no_wrapper(file: File) -> Iterator[Found]:
    """The tags that EDGAR puts around a document (<DOCUMENT>, <TYPE>, <TEXT> and so on) do not stand in the document.

    EDGAR writes them when it disseminates; filers no longer type them.
    """
    for number, line in file.marked if WRAPPED.search(file.text) else ():
        for mark in TAG_NAME.finditer(line):
            if mark[1].lower() in WRAPPER:
                yield Found(f"{mark[0][:40]} is EDGAR's own tag", "take it out", number, mark.start() + 1)


@rule("D14", "a rule of docgen's own", "txt", "htm", "pdf", severity="warning")
def no_draft_mark(file: File) -> Iterator[Found]:
    """No page says DRAFT at its top.

    Such a mark stands on what is sent around, and EDGAR would take it. The top is the first three lines of a page; a
    draft that docgen makes of an amendment with draft: true says so on purpose, and is not to be filed.
    """
    if file.draft or (file.kind == "txt" and "draft" not in file.text.lower()):
        return
    if mark := next((line for line in file_words.tops(file) if DRAFT.search(line)), ""):
        line = next((number for number, line in enumerate(file.lines, 1) if mark[:20] in " ".join(line.split())), 0)
        words = f'says "{mark[:60]}" at the top of a page'
        yield Found(words, "take it out, or file the final paper", line if file.kind != "pdf" else 0)


@rule("C1", "17 CFR 232.104(a)", "package")
def single_copy(package: Package) -> Iterator[Found]:
    """A document has at most one unofficial PDF copy, in the same submission, beside its official .htm or .txt."""
    for row in package.rows:
        alike = [entry for entry in package.rows if entry.label == row.label and entry.copy == row.copy]
        if alike[0] is not row:
            yield _of(row, f"a second {row.copy} document for {exhibit.label_text(row.label)}", "file one")
        if (row.copy == "official") == row.name.lower().endswith(".pdf"):
            words = f"is the {row.copy} document, and is {'a' if row.copy == 'official' else 'no'} PDF"
            yield _of(row, words, "the official document is .htm or .txt, its copy .pdf")
        if row.copy != "official" and not _official(row, package):
            yield _of(row, "has no official document beside it", "put the .htm or .txt into the package")


@rule("C2", "17 CFR 232.104(b)", "package")
def same_words(package: Package) -> Iterator[Found]:
    """The PDF copy says what the official document says.

    Held word for word whatever the order, with every rate and amount counted, in a package and wherever a .pdf is
    checked together with the .htm of the same name. Text has other signs and marks, so it is not compared. What
    docgen writes in any format is also read back and proved word by word when it is made.
    """
    for row in package.rows:
        official = _official(row, package)
        twin = package.file(official.name) if official else None
        if row.copy == "official" or not twin or twin.kind != "htm":
            continue
        if _stem(row.name) != _stem(twin.name) and (
            difference := file_words.apart(twin, package.file(row.name))
        ):  # else seen with the files
            yield _of(row, difference, "make both from the same document again")


@rule("C4", "EDGAR Filer Manual vol. II, 5.2.3.5 in a secondary copy", "package", severity="warning")
def copy_has_the_type(package: Package) -> Iterator[Found]:
    """A PDF copy has the TYPE of its official document."""
    for row in package.rows:
        official = _official(row, package)
        if official and official.type != row.type:
            yield _of(row, f"has TYPE {row.type}, its official document {official.type}", "give both the same TYPE")


@rule("C7", "practice; no rule", "package", severity="warning")
def copy_has_the_name(package: Package) -> Iterator[Found]:
    """A PDF copy has the name of its official document, but for .pdf at the end."""
    for row in package.rows:
        official = _official(row, package)
        if official and _stem(official.name) != _stem(row.name):
            yield _of(row, f"is the copy of {official.name}", f"name it {_stem(official.name)}.pdf")


@rule("D3", "EDGARLink's schema", "package")
def manifest_fields(package: Package) -> Iterator[Found]:
    """TYPE has 4 to 128 characters, the description 1 to 255, in plain ASCII and without line breaks; names differ."""
    names = [row.name.lower() for row in package.rows]
    for number, row in enumerate(package.rows):
        if not 4 <= len(row.type) <= LONGEST_TYPE:
            yield _of(row, f"TYPE has {len(row.type)} characters", f"write 4 to {LONGEST_TYPE}")
        if not 1 <= len(row.description) <= LONGEST_DESCRIPTION:
            words = f"the description has {len(row.description)} characters"
            yield _of(row, words, f"write 1 to {LONGEST_DESCRIPTION}")
        if set(row.description + row.type) - (characters.PERMITTED - {"\n", "<", ">"}):
            yield _of(row, "the description or TYPE has a sign that EDGAR does not take", "write plain ASCII letters")
        if row.name.lower() in names[:number]:
            yield _of(row, "another file has the same name", "give each exhibit a label of its own")


@rule("D4", "EDGARLink's list of types; filed exhibits for the free forms", "package")
def exhibit_type(package: Package) -> Iterator[Found]:
    """TYPE is EX-99 with the letter of Item 28 of Form N-1A: EX-99.M 12B-1 PLAN, or freely EX-99.M(2)(D).

    A plan under Rule 12b-1 is an exhibit (m), one under Rule 18f-3 an exhibit (n); another letter is a warning.
    """
    for row in package.rows:
        if not FREE_TYPE.fullmatch(row.type) or not exhibit.of_type(row.type):
            yield _of(row, f"{row.type} is not a TYPE of an exhibit to Form N-1A", "write it as in EX-99.M(2)(D)")
        elif (letter := exhibit.LETTERS.get(row.rule)) and exhibit.of_type(row.type)[0] != letter:
            words = f"a plan under Rule {row.rule} is most often an exhibit ({letter}), and this is {row.type}"
            yield Found(words, "fix the exhibit's letter", severity="warning", file=row.name)


@rule("D5", "filed exhibits", "package")
def caption_agrees(package: Package) -> Iterator[Found]:
    """The caption on the first page, the TYPE, the file's name and the row of the index give the same label.

    So says practice without exception; a package that contradicts itself is refused.
    """
    for row in package.rows:
        if row.copy != "official":
            continue
        caption = exhibit.caption_in(package.file(row.name))
        label = exhibit.label_text(row.label)
        if exhibit.of_caption(caption) != row.label:
            caption_text = f'the caption is "{caption}"' if caption else "the document has no caption"
            yield _of(
                row, f"{caption_text}, and the exhibit is {label}", f"write exhibit: Exhibit {label} in the amendment"
            )
        if exhibit.of_type(row.type)[: len(row.label)] != row.label:
            yield _of(row, f"the TYPE is {row.type}, and the exhibit is {label}", f"write {exhibit.type_of(row.label)}")
        if _stem(row.name) != _stem(exhibit.name_of(row.label, "htm")):
            words = f"the name does not say {label}"
            yield _of(row, words, f"name it {exhibit.name_of(row.label, row.name.rpartition('.')[2])}")


@rule("D6", "17 CFR 232.102(d); 17 CFR 230.483(a)", "package")
def index_lists_all(package: Package) -> Iterator[Found]:
    """The exhibit index lists every exhibit of the package, by its label.

    It stands before the signatures of the registration statement, which is not docgen's to write.
    """
    listed = file_words.of(package.index)
    for row in package.rows:
        if row.copy == "official" and exhibit.label_text(row.label) not in listed:
            yield Found(f"does not list {exhibit.label_text(row.label)}", "add its row", file=package.index.name)


@rule("D7", "Form N-1A, Instruction 4 to Item 28 (33-10618); 17 CFR 232.105", "package")
def index_links(package: Package) -> Iterator[Found]:
    """Each row of the exhibit index is a link to its exhibit."""
    links = [token.get("href") for token in package.index.tokens if token.name == "a"]
    for row in package.rows:
        if row.copy == "official" and row.name not in links:
            yield Found(f"has no link to {row.name}", f'write <a href="{row.name}">', file=package.index.name)


@rule("D8", "Release 33-10322; Release 33-10618 for funds", "package", severity="warning")
def official_is_html(package: Package) -> Iterator[Found]:
    """The official document is .htm; as .txt an exhibit may still be filed.

    A fund's registration statement and its exhibit index are HTML, since each exhibit of the index is a link. Release
    33-10322 leaves the exhibits themselves free: other documents of a filing may be ASCII. It is written for the
    exhibits of Item 601 of Regulation S-K, and holds for Form N-1A by analogy; so .txt is a warning, for counsel.
    """
    for row in package.rows:
        if row.copy == "official" and row.name.endswith(".txt"):
            yield _of(row, "the official document is text", "file the .htm, unless counsel says otherwise")


@rule("D9", "17 CFR 232.102(c)", "package", severity="warning")
def restated_in_full(package: Package) -> Iterator[Found]:
    """A charter, by-laws or an advisory agreement is filed in full when it is amended; a 12b-1 plan need not be.

    Whether a document is the whole agreement a program cannot see; so this is a warning to look.
    """
    for row in package.rows:
        if row.copy == "official" and row.label[0] in exhibit.RESTATED:
            words = f"an exhibit ({row.label[0]}) is filed as the whole agreement, as amended"
            yield _of(row, words, "file the restated agreement with it, if this is the amendment alone")


def _of(row: IndexRow, words: str, remedy: str) -> Found:
    return Found(words, remedy, file=row.name)


def _official(row: IndexRow, package: Package) -> IndexRow | None:
    """The official document of the row's exhibit."""
    return next((entry for entry in package.rows if entry.label == row.label and entry.copy == "official"), None)


def _stem(name: str) -> str:
    return name.rpartition(".")[0]


ALIKE = unchecked(
    "D10",
    "17 CFR 270.8b-31",
    "Documents that are nearly the same may be filed once, with a schedule of the differences.",
    "it permits and asks for nothing",
)
FORM_TYPE = unchecked(
    "D11",
    "17 CFR 230.485",
    "The form is 485APOS or 485BPOS by the day on which it takes effect, and its cover agrees with the amendment.",
    "the cover is not a document of docgen's, and the form's type is chosen when the submission is made",
)
ACCESS = unchecked(
    "D12",
    "Release 33-11313 (EDGAR Next); 17 CFR 232.10; EDGAR Filer Manual vol. I",
    "Who files signs in with individual account credentials of Login.gov, and is authorized by the filer to do so.\n\n"
    "In force since 15 September 2025: the filer's account administrators, two or more for a company, authorize each "
    "person and each filing agent on the dashboard of EDGAR Filer Management, and confirm the list once a year; the "
    "password and the passphrase of the account no longer file. It changes who may file, and nothing in a document.",
    "it is a matter of persons, not of files; docgen files nothing itself and keeps no credentials",
)

RULES: tuple[Rule, ...] = (
    single_copy,
    same_words,
    copy_has_the_type,
    copy_has_the_name,
    file_name,
    no_wrapper,
    no_draft_mark,
    manifest_fields,
    exhibit_type,
    caption_agrees,
    index_lists_all,
    index_links,
    official_is_html,
    restated_in_full,
    ALIKE,
    FORM_TYPE,
    ACCESS,
)
