"""What words of a Word file look like: those that a reader does not see, hidden, tiny or in the colour of their ground;
and those that a person has marked, struck through, underlined, coloured (ECMA-376, part 1, chapter 17).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

from docgen.edgar import colours
from docgen.readers.word_file import W, letters, value

OFF = ("0", "false", "off", "none")
HIDDEN = {"vanish": "hidden", "specVanish": "hidden"}  # webHidden is seen on paper, as page numbers of contents are
STRUCK = ("strike", "dstrike")
SMALLEST = 12  # half-points
LEAST_SCALE, CLOSEST = 50, -40  # percent of a letter's width; twentieths of a point between letters
PAPER = ("FFFFFF", "WHITE")
GROUNDS = ("background1", "bg1", "light1")  # colours of a theme that are the page's
DARKENED = "themeShade"  # which makes a colour of a theme another
GROUND = "ground"  # beside the properties of words: the shade that the style of their paragraph sets
BLACK, SOLID, HALF = (0.0, 0.0, 0.0), "solid", 50.0
Looks = Mapping[str, Any]  # by the name of a property, the element that sets it


@dataclass(frozen=True)
class StyleLooks:
    """The looks that a file sets: those of all words, and more by the id of a style; those of the empty id are for
    paragraphs that name none."""

    of_all: Looks
    by_style: Mapping[str, Looks]


def hidden(root: Any, styles: StyleLooks) -> Iterator[str]:
    """What a Word file hides, each in words with the text that it is about, from top to bottom."""
    for run in root.iter(f"{W}r"):
        said = letters(run).strip()
        if said and (fault := _fault(_looks(run, styles), run) or _fault_of_row(run)):
            yield f'"{said[:40]}" is {fault}'


def is_struck(run: Any, styles: StyleLooks) -> bool:
    """Whether the words of a run are struck through by a look of theirs."""
    looks = _looks(run, styles)
    return any(_is_on(looks, name) for name in STRUCK)


def font(run: Any, styles: StyleLooks) -> str:
    """The font in which the words of a run are set, where it names one."""
    fonts = _looks(run, styles).get("rFonts")
    return str(fonts.get(f"{W}ascii", "")) if fonts is not None else ""


def eye_catching(run: Any) -> str:
    """How the words of a run are marked by a look of their own, such as `underlined`; empty where they are not."""
    looks = _properties(run.find(f"{W}rPr"))
    colour, highlight = _value(looks, "color"), _value(looks, "highlight")
    ground = _fill(looks["shd"]) if "shd" in looks else ""
    if _is_on(looks, "u"):
        return "underlined"
    if highlight not in ("", "none"):
        return f"marked in {highlight}"
    if ground and ground.upper() not in PAPER:
        return f"set on the colour {ground}"
    if colours.is_coloured(colour):
        return f"set in the colour {colour}"
    return "shown in capitals by a look" if _is_on(looks, "caps") and letters(run) != letters(run).upper() else ""


def is_on(element: Any, name: str) -> bool:
    """Whether an element has a property of this name in it that is not turned off."""
    return _is_on(_properties(element), name)


def _is_on(looks: Looks, name: str) -> bool:
    return name in looks and _value(looks, name).lower() not in OFF


def _value(looks: Looks, name: str) -> str:
    """What a property has for its value; empty where it is not set."""
    return str(looks[name].get(f"{W}val", "")) if name in looks else ""


def styles(data: bytes) -> StyleLooks:
    """The looks of words by the id of a style, those of the style that it is based on before its own."""
    if not data:
        return StyleLooks({}, {})
    root = etree.fromstring(data)
    listed = {style.get(f"{W}styleId"): style for style in root.iterfind(f"{W}style")}

    def looks(name: str, deep: int) -> Looks:
        style = listed.get(name)
        if style is None or deep == len(listed):
            return {}
        ground = style.find(f"{W}pPr/{W}shd")
        below, own = looks(value(style, "basedOn"), deep + 1), _properties(style.find(f"{W}rPr"))
        return {**below, **own, **({GROUND: ground} if ground is not None else {})}

    by_style = {name: looks(name, 0) for name in listed}
    of_all = _properties(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    return StyleLooks(of_all, {**by_style, "": by_style.get(usual_style(root), {})})


def usual_style(root: Any) -> str:
    """The id of the style of paragraphs that name none; empty where there is none."""
    usual = (style for style in root.iterfind(f"{W}style") if style.get(f"{W}default", "0") not in OFF)
    return next((style.get(f"{W}styleId", "") for style in usual if style.get(f"{W}type") == "paragraph"), "")


def _properties(element: Any) -> dict[str, Any]:
    items = element.iterchildren(etree.Element) if element is not None else ()
    return {etree.QName(item).localname: item for item in items}


def _looks(run: Any, styles: StyleLooks) -> Looks:
    """How the words of a run look: as all do, by its paragraph's style, by its own, and by itself."""
    around = next(run.iterancestors(f"{W}p"), None)
    of_paragraph, own = value(around, "pPr", "pStyle"), value(run, "rPr", "rStyle")
    looks = {**styles.of_all, **styles.by_style.get(of_paragraph, {})}
    if own:
        looks |= styles.by_style.get(own, {})
    return looks | _properties(run.find(f"{W}rPr"))


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
    if pattern in ("clear", "nil"):
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
        return float(_value(looks, name).rstrip("%"))
    except ValueError:
        return None


def _fault_of_colour(looks: Looks, shade: str) -> str:
    """How words have the colour of the page, of their shade or of the marker over them, or nearly so."""
    colour, highlight = _value(looks, "color"), _value(looks, "highlight").lower()
    if "color" in looks and looks["color"].get(f"{W}themeColor") in GROUNDS and not looks["color"].get(W + DARKENED):
        colour = PAPER[0]
    ground = (_fill(looks["shd"]) if "shd" in looks else "") or shade
    if highlight not in ("", "none"):
        ground = highlight
    if colour in ("", "auto"):  # Word sets such words in white on a dark ground, but for a marker's
        return colours.SAME if highlight == "black" else ""
    words, behind = colours.parsed(colour), colours.parsed(ground) or colours.WHITE
    return colours.fault(words, behind) if words else ""
