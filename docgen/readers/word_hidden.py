"""What words of a Word file look like: those that a reader does not see, hidden, tiny or in the colour of their ground;
and those that a person has marked, struck through, underlined, coloured (ECMA-376, part 1, chapter 17).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from docgen.edgar import colours
from docgen.readers.word_file import W

OFF = ("0", "false", "off", "none")
HIDDEN = {"vanish": "hidden", "specVanish": "hidden"}  # webHidden is seen on paper, as page numbers of contents are
STRUCK = ("strike", "dstrike")
SMALLEST = 12  # half-points
LEAST_SCALE, CLOSEST = 50, -40  # percent of a letter's width; twentieths of a point between letters
PAPER = ("FFFFFF", "WHITE")
LEAST_HUE = 0.3  # between the strongest and the weakest of red, green and blue, from which words are coloured
GROUNDS = ("background1", "bg1", "light1")  # colours of a theme that are the page's
DARKENED = "themeShade"  # which makes a colour of a theme another
GROUND = "ground"  # beside the properties of words: the shade that the style of their paragraph sets
BLACK, SOLID, HALF = (0.0, 0.0, 0.0), "solid", 50.0
Looks = Mapping[str, Any]  # by the name of a property, the element that sets it


def hidden(root: Any, styles: Mapping[str, Looks]) -> Iterator[str]:
    """What a Word file hides, each in words with the text that it is about, from top to bottom."""
    for run in root.iter(f"{W}r"):
        text = _text(run)
        if text and (fault := _fault(_looks(run, styles), run) or _fault_of_row(run)):
            yield f'"{text[:40]}" is {fault}'


def is_struck(run: Any, styles: Mapping[str, Looks]) -> bool:
    """Whether the words of a run are struck through by a look of theirs."""
    looks = _looks(run, styles)
    return any(_is_on(looks, name) for name in STRUCK)


def font(run: Any, styles: Mapping[str, Looks]) -> str:
    """The font in which the words of a run are set, where it names one."""
    fonts = _looks(run, styles).get("rFonts")
    return str(fonts.get(f"{W}ascii", "")) if fonts is not None else ""


def eye_catching(run: Any) -> str:
    """How the words of a run are marked by a look of their own, such as `underlined`; empty where they are not."""
    looks = _properties(run.find(f"{W}rPr"))
    colour = colours.parsed(looks["color"].get(f"{W}val", "auto")) if "color" in looks else None
    ground = _fill(looks["shd"]) if "shd" in looks else ""
    highlight = looks["highlight"].get(f"{W}val", "none") if "highlight" in looks else "none"
    if _is_on(looks, "u"):
        return "underlined"
    if highlight != "none":
        return f"marked in {highlight}"
    if ground and ground.upper() not in PAPER:
        return f"set on the colour {ground}"
    if colour is not None and max(colour[:3]) - min(colour[:3]) > LEAST_HUE:
        return f"set in the colour {looks['color'].get(f'{W}val')}"
    return "shown in capitals by a look" if _is_on(looks, "caps") and _text(run) != _text(run).upper() else ""


def is_on(element: Any, name: str) -> bool:
    """Whether an element has a property of this name in it that is not turned off."""
    return _is_on(_properties(element), name)


def _is_on(looks: Looks, name: str) -> bool:
    return name in looks and looks[name].get(f"{W}val", "1").lower() not in OFF


def _text(run: Any) -> str:
    return "".join((words.text or "") for words in run.iter(f"{W}t")).strip()


def styles(data: bytes) -> dict[str, Looks]:
    """The looks of words by the id of a style, those of the style that it is based on before its own."""
    if not data:
        return {}
    root = etree.fromstring(data)
    listed = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    defaults = _properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))

    def looks(name: str, deep: int) -> Looks:
        style = listed.get(name)
        if style is None or deep > len(listed):
            return defaults
        based = style.find(f"{W}basedOn")
        below = looks(based.get(f"{W}val", ""), deep + 1) if based is not None else defaults
        ground = style.find(f"{W}pPr/{W}shd")
        return {**below, **_properties(style.find(f"{W}rPr")), **({GROUND: ground} if ground is not None else {})}

    return {"": defaults, **{name: looks(name, 0) for name in listed}}


def _properties(element: Any) -> dict[str, Any]:
    items = element.iterchildren(etree.Element) if element is not None else ()
    return {etree.QName(item).localname: item for item in items}


def _looks(run: Any, styles: Mapping[str, Looks]) -> Looks:
    """How the words of a run look: by its paragraph's style, by its own, and by itself."""
    own = run.find(f"{W}rPr")
    around = next(run.iterancestors(f"{W}p"), None)
    names = [
        around.find(f"{W}pPr/{W}pStyle") if around is not None else None,
        own.find(f"{W}rStyle") if own is not None else None,
    ]
    looks: dict[str, Any] = dict(styles.get("", {}))
    for name in names:
        looks |= styles.get(name.get(f"{W}val", ""), {}) if name is not None else {}
    return looks | _properties(own)


def _shade(run: Any) -> str:
    """The colour behind a run that its paragraph or cell sets; empty where none does."""
    for around in run.iterancestors(f"{W}p", f"{W}tc"):
        for shade in around.iterfind(f"{W}{etree.QName(around).localname}Pr/{W}shd"):
            if colour := _fill(shade):
                return colour
    return ""


def _fill(shade: Any) -> str:
    """The colour of a shade, that of its pattern mixed in (17.18.78); empty where it has none."""
    fill, pattern = shade.get(f"{W}fill", "auto"), shade.get(f"{W}val", "clear")
    if pattern in ("clear", "nil", "none"):
        return "" if fill in ("auto", "") else str(fill)
    percent = pattern.removeprefix("pct")
    part = (100.0 if pattern == SOLID else float(percent) if percent.isdigit() else HALF) / 100
    over, under = colours.parsed(shade.get(f"{W}color", "auto")) or BLACK, colours.parsed(fill) or colours.WHITE
    return "".join(f"{round((a * part + b * (1 - part)) * 255):02X}" for a, b in zip(over[:3], under[:3], strict=True))


def _fault(looks: Looks, run: Any) -> str:
    """How words are kept from being seen; empty when they are not."""
    for name, fault in HIDDEN.items():
        if _is_on(looks, name):
            return fault
    if (size := _number(looks, "sz")) is not None and size < SMALLEST:
        return f"set in {size / 2:g} points"
    if (scale := _number(looks, "w")) is not None and scale < LEAST_SCALE:
        return f"squeezed to {scale:g}% of its width"
    if (space := _number(looks, "spacing")) is not None and space < CLOSEST:
        return "set with its letters on top of each other"
    shade = _shade(run) or (_fill(looks[GROUND]) if GROUND in looks else "")
    return _fault_of_colour(looks, shade)


def _fault_of_row(run: Any) -> str:
    """How the row around words is kept from being seen; empty when it is not, or there is none."""
    row = next(run.iterancestors(f"{W}tr"), None)
    return "in a hidden row" if row is not None and is_on(row.find(f"{W}trPr"), "hidden") else ""


def _number(looks: Looks, name: str) -> float | None:
    try:
        return float(looks[name].get(f"{W}val", "").rstrip("%")) if name in looks else None
    except ValueError:
        return None


def _fault_of_colour(looks: Looks, shade: str) -> str:
    """How words have the colour of the page, of their shade or of the marker over them, or nearly so."""
    colour = looks["color"].get(f"{W}val", "auto") if "color" in looks else "auto"
    if (
        "color" in looks
        and looks["color"].get(f"{W}themeColor", "") in GROUNDS
        and not looks["color"].get(W + DARKENED)
    ):
        colour = PAPER[0]
    ground = (_fill(looks["shd"]) if "shd" in looks else "") or shade
    if "highlight" in looks and looks["highlight"].get(f"{W}val", "none") != "none":
        ground = looks["highlight"].get(f"{W}val", "").lower()
    if colour == "auto":  # Word sets such words in white on a dark ground, but for a marker's
        return colours.SAME if "highlight" in looks and ground == "black" else ""
    words, behind = colours.parsed(colour), colours.parsed(ground) or colours.WHITE
    return colours.fault(words, behind) if words else ""
