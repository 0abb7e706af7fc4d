"""Accepts and rejects the tracked changes of a Word file in LibreOffice; run by a Python that has LibreOffice's `uno`.

python settle_in_libreoffice.py FOLDER, which holds redline.docx, makes accepted.docx and rejected.docx beside it.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue


def setting(name: str, value: object) -> PropertyValue:
    made = PropertyValue()
    made.Name, made.Value = name, value
    return made


def connected(pipe: str) -> Any:
    """The context of the LibreOffice that listens on a pipe, once it does."""
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    for _ in range(600):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # not there yet
            time.sleep(0.5)
    raise TimeoutError(pipe)


def main(folder: Path) -> None:
    pipe = f"docgen{folder.name}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    office = subprocess.Popen(["soffice", profile, "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;"])
    context = connected(pipe)
    make = context.ServiceManager.createInstanceWithContext
    desktop = make("com.sun.star.frame.Desktop", context)
    dispatcher = make("com.sun.star.frame.DispatchHelper", context)
    for command, name in (("Accept", "accepted"), ("Reject", "rejected")):
        source = (folder / "redline.docx").as_uri()
        file = desktop.loadComponentFromURL(source, "_blank", 0, (setting("Hidden", True),))
        dispatcher.executeDispatch(file.CurrentController.Frame, f".uno:{command}AllTrackedChanges", "", 0, ())
        file.storeToURL((folder / f"{name}.docx").as_uri(), (setting("FilterName", "MS Word 2007 XML"),))
        file.close(True)
    with contextlib.suppress(Exception):  # it goes without an answer
        desktop.terminate()
    office.wait(300)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
