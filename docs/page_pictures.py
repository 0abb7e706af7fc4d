"""Makes the pictures of the page in the README: home, an amendment, a redline; python docs/page_pictures.py.

It needs Playwright, Debian's Chromium, and pdftoppm; the workspace is the one that `docgen init` makes, with the
amendment of the README's second step.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
import textwrap
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

DOCS = Path(__file__).parent
DOCGEN = [sys.executable, "-m", "docgen"]
CHROMIUM = "/usr/bin/chromium"
SIZE = {"width": 1200, "height": 800}
THIRD = "schedules/aim-class-b/amendments/003.yaml"


def workspace(folder: Path) -> Path:
    """The worked plan with the README's amendment as a draft."""
    subprocess.run([*DOCGEN, "init", str(folder)], check=True, capture_output=True)  # noqa: S603
    step = re.search(r"003.yaml -->\n   ```yaml\n(.*?)   ```", (DOCS.parent / "README.md").read_text(), re.DOTALL)
    text = textwrap.dedent(step[1]) if step else ""
    (folder / THIRD).write_text(f"draft: true\n{text}", encoding="utf-8")
    return folder


def pictures(page: Page, address: str) -> None:
    """The three pictures of a page that is open."""
    page.goto(address)
    page.wait_for_url("**/")
    page.locator("#tour").wait_for()
    page.evaluate("document.getElementById('tour').open = false")
    page.screenshot(path=str(DOCS / "page-home.png"))
    page.goto(page.url + "plans/aim-class-b/003")
    page.frame_locator("iframe").first.get_by_text("AMENDMENT NO. 3").first.wait_for()
    page.screenshot(path=str(DOCS / "page-amendment.png"))
    page.goto(page.url.replace("/plans/aim-class-b/003", "/redline/aim-class-b/003.htm"))
    page.screenshot(path=str(DOCS / "page-redline.png"))


def main() -> None:
    """Serves the workspace, takes the pictures, and ends."""
    with tempfile.TemporaryDirectory() as home, sync_playwright() as player:
        command = [*DOCGEN, "serve", "--no-browser", "--workspace", str(workspace(Path(home) / "w"))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
            try:
                address = server.stdout.readline().strip() if server.stdout else ""
                chromium = player.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                pictures(chromium.new_page(viewport=SIZE), address)  # type: ignore[arg-type]
                chromium.close()
            finally:
                server.terminate()


if __name__ == "__main__":
    main()
