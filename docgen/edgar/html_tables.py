"""Which tags and attributes EDGAR's HTML has. Sources: EDGAR Filer Manual vol. II, 5.2.2; the SEC's own checker."""

from __future__ import annotations

from collections.abc import Mapping

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _named(*lines: str) -> frozenset[str]:
    """The names in some lines of them."""
    return frozenset(name for line in lines for name in line.split())


TAKEN = HEADINGS | _named(
    "html head title meta isindex body",
    "address blockquote br caption center dd dir div dl dt hr li menu ol p pre table td th tr ul xmp listing plaintext",
    "a b big cite code dfn em font i img kbd samp small strike strong sub sup tt u var",
    "page r",
)
REFUSED = _named(
    "abbrev acronym applet area au banner base basefont bgsound blink col colgroup credit del embed fig fn form frame",
    "frameset input ins lang lh map marquee nextid nobr noembed noframe noframes noscript note object option overlay",
    "param person q range s script select spot style tab textarea wbr",
)
DISPUTED = frozenset({"span", "tbody", "thead", "tfoot"})
HEAD = frozenset({"html", "head", "title", "meta", "isindex", "base", "link", "script", "style"})  # if only refused

CORE = frozenset({"id", "class", "style", "title", "lang", "xml:lang", "dir"})
CELL = frozenset({"align", "valign", "bgcolor", "rowspan", "colspan", "nowrap", "width", "height"})
ALIGNED: Mapping[str, frozenset[str]] = dict.fromkeys([*HEADINGS, "p", "div", "caption"], frozenset({"align"}))
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    **ALIGNED,
    "a": frozenset({"name", "href", "rel", "rev"}),
    "body": frozenset({"bgcolor", "text", "link", "vlink", "alink"}),
    "br": frozenset({"clear"}),
    "dir": frozenset({"compact"}),
    "dl": frozenset({"compact"}),
    "font": frozenset({"size", "color"}),
    "hr": frozenset({"align", "noshade", "size", "width"}),
    "img": frozenset({"src", "alt", "name", "height", "width", "align", "border"}),
    "isindex": frozenset({"prompt"}),
    "li": frozenset({"type", "value"}),
    "menu": frozenset({"compact"}),
    "meta": frozenset({"name", "content"}),
    "ol": frozenset({"type", "start", "compact"}),
    "pre": frozenset({"width"}),
    "table": frozenset({"width", "border", "cellspacing", "cellpadding", "align", "bgcolor", "summary"}),
    "td": CELL,
    "th": CELL,
    "tr": frozenset({"align", "valign", "bgcolor"}),
    "ul": frozenset({"type", "compact"}),
}
