"""Changes a Word file in LibreOffice with tracking on, as counsel would: track_in_libreoffice.py OURS THEIRS.

The result stands in tests/returned, so that no test needs LibreOffice. Run it with the Python that has `uno`.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

PORT = 2017
PATIENCE = 60  # seconds that LibreOffice may take to answer


def property_of(name: str, value: Any) -> Any:
    setting = PropertyValue()
    setting.Name, setting.Value = name, value
    return setting


def desktop() -> Any:
    """LibreOffice's desktop, once it answers."""
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(PATIENCE):
        with contextlib.suppress(NoConnectException):
            context = resolver.resolve(f"uno:socket,host=localhost,port={PORT};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context), context
        time.sleep(1)
    raise SystemExit("LibreOffice does not answer")


def in_the_name_of(context: Any, first: str, last: str) -> None:
    provider = context.ServiceManager.createInstanceWithContext(
        "com.sun.star.configuration.ConfigurationProvider", context
    )
    path = property_of("nodepath", "/org.openoffice.UserProfile/Data")
    data = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (path,))
    data.setPropertyValue("givenname", first)
    data.setPropertyValue("sn", last)
    data.commitChanges()


def find(document: Any, words: str) -> Any:
    search = document.createSearchDescriptor()
    search.SearchString = words
    return document.findFirst(search)


def change(document: Any, dispatcher: Any) -> None:
    """A word in place of another, one that comes, a new paragraph, a row that goes; one row goes without tracking."""
    document.setPropertyValue("RecordChanges", True)
    find(document, "herein").setString("hereby")
    spot = find(document, "full force").getStart()
    spot.getText().insertString(spot, "entire and ", False)
    end = find(document, "force and effect.").getEnd()
    end.getText().insertControlCharacter(end, 0, False)
    end.getText().insertString(end, "This Amendment may be executed in counterparts.", False)
    rows, at = row_of(document, "INVESCO Tax-Free Bond Fund")
    rows.getRows().removeByIndex(at, 1)
    rows, at = row_of(document, "INVESCO Telecommunications Fund")
    controller = document.getCurrentController()
    controller.select(rows.getCellByName(f"A{at + 1}"))
    dispatcher.executeDispatch(controller.getFrame(), ".uno:DeleteRows", "", 0, ())


def row_of(document: Any, name: str) -> tuple[Any, int]:
    """The table with a row of this name, and the number of the row."""
    tables = document.getTextTables()
    for number in range(tables.getCount()):
        table = tables.getByIndex(number)
        names = [table.getCellByName(f"A{row + 1}").getString() for row in range(table.getRows().getCount())]
        if name in names:
            return table, names.index(name)
    raise SystemExit(f"no row {name}")


def main(ours: Path, theirs: Path) -> None:
    with tempfile.TemporaryDirectory() as profile:
        listening = f"--accept=socket,host=localhost,port={PORT};urp;"
        office = subprocess.Popen(
            ["soffice", "--headless", "--norestore", listening, f"-env:UserInstallation=file://{profile}"]
        )
        try:
            desk, context = desktop()
            in_the_name_of(context, "Jane", "Roe")
            document = desk.loadComponentFromURL(ours.resolve().as_uri(), "_blank", 0, (property_of("Hidden", True),))
            make = context.ServiceManager.createInstanceWithContext
            change(document, make("com.sun.star.frame.DispatchHelper", context))
            filter_ = property_of("FilterName", "MS Word 2007 XML")
            document.storeToURL(theirs.resolve().as_uri(), (filter_,))
            document.close(True)
            with contextlib.suppress(Exception):
                desk.terminate()
        finally:
            office.terminate()
            office.wait(PATIENCE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
