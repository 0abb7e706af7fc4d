"""The other programs that docgen is measured beside, each as a command that takes what it works on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

ALONE = """
import sys, time
from pathlib import Path
import weasyprint
from weasyprint.text.fonts import FontConfiguration
css = Path(sys.argv[1])
for name in sys.argv[2:]:
    fonts = FontConfiguration()
    sheet = weasyprint.CSS(filename=css, font_config=fonts)
    page = weasyprint.HTML(filename=name, base_url=css.parent.as_uri() + "/")
    page.write_pdf(name + ".pdf", stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-2a")
"""


# Python keeps what it has compiled, as it does wherever a person has installed docgen
AS_INSTALLED = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

# LibreOffice's own tagged PDF/A-2, as docgen's file is tagged and PDF/A-2
FILTERS = {".html": "writer_web_pdf_Export", ".docx": "writer_pdf_Export"}
TAGGED = ':{"SelectPdfVersion":{"type":"long","value":"2"},"UseTaggedPDF":{"type":"boolean","value":"true"}}'


@dataclass(frozen=True)
class Spent:
    """What a command took: seconds by the clock, seconds of the processors, and most bytes of memory."""

    wall: float
    cpu: float
    memory: float


def run(command: Sequence[str | Path], cwd: Path | None = None) -> Spent:
    """Runs a command to its end, in a process whose children are counted too; it has to end well."""
    began = time.monotonic()
    counting = "import resource,subprocess,sys; c=subprocess.run(sys.argv[1:],stdout=subprocess.DEVNULL).returncode; "
    counting += "u=resource.getrusage(resource.RUSAGE_CHILDREN); print(u.ru_utime+u.ru_stime,u.ru_maxrss); sys.exit(c)"
    ran = subprocess.run(
        [sys.executable, "-c", counting, *map(str, command)],
        cwd=cwd,
        env=AS_INSTALLED,
        check=True,
        capture_output=True,
        text=True,
    )
    cpu, memory = map(float, ran.stdout.split())
    return Spent(time.monotonic() - began, cpu, memory * (1 if sys.platform == "darwin" else 1024))


def at_once(commands: Sequence[Sequence[str | Path]]) -> float:
    """Seconds by the clock until all of some commands, started together, have ended well."""
    began = time.monotonic()
    started = [subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL) for command in commands]
    codes = [process.wait() for process in started]
    assert not any(codes), codes
    return time.monotonic() - began


def weasyprint(css: Path, pages: Sequence[Path]) -> list[str]:
    """WeasyPrint alone, in one process, from ready HTML."""
    return [sys.executable, "-c", ALONE, str(css), *map(str, pages)]


def chromium(pages: Sequence[Path]) -> Callable[[], float] | None:
    """Chromium printing each page to PDF; None where it is not installed."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        return None
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]

    def work() -> float:
        began = time.monotonic()
        for page in pages:
            out = f"--print-to-pdf={page}.chromium.pdf"
            subprocess.run([program, *options, out, page.as_uri()], check=True, capture_output=True)
        return time.monotonic() - began

    return work


def libreoffice(pages: Sequence[Path]) -> Callable[[], float] | None:
    """LibreOffice converting all pages, of one kind, to tagged PDF/A in one go; None where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return None

    def work() -> float:
        began = time.monotonic()
        with tempfile.TemporaryDirectory() as home:
            command = [program, f"-env:UserInstallation=file://{home}/profile", "--headless", "--convert-to"]
            command += [f"pdf:{FILTERS[pages[0].suffix]}{TAGGED}", "--outdir", home, *map(str, pages)]
            subprocess.run(command, check=True, capture_output=True)
        return time.monotonic() - began

    return work
