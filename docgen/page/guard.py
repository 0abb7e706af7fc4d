"""Who may ask: one browser of this machine, under the exact address, with a cookie; what answers say of themselves.

A page elsewhere can make a browser ask this server for things. It has no cookie to show (`SameSite=Strict`), another
name than ours under `Host` where it plays with names (rebinding), another `Sec-Fetch-Site` or `Origin`, and no form
token. Each of these is looked at by itself.
Source: OWASP, Cross-Site Request Forgery Prevention; the Fetch Metadata headers of the W3C.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "::1")  # this machine, and nobody else's
SAFE = ("GET", "HEAD")
UNSAFE = ("POST",)
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
ONCE = ("origin", "sec-fetch-site", "content-type", "content-length")  # headers that may not say two things
ENTRY = "/enter/"  # before the token that is good for one visit
LARGEST = 25_000_000  # bytes of a form with its files
TOKEN, TOKEN_HEADER = "form_token", "x-form-token"  # what the form's field is called, and the header
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
}


@dataclass(frozen=True)
class Site:
    """Where the page is: a host of this machine and a port."""

    host: str
    port: int

    @property
    def authority(self) -> str:
        """What a browser says under `Host`."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def origin(self) -> str:
        """What a browser says under `Origin`."""
        return f"http://{self.authority}"


@dataclass
class Keys:
    """The secrets of one run: `entry` opens the page once, `cookie` is the browser's, `form` stands in its forms."""

    entry: str = field(default_factory=secrets.token_urlsafe)
    cookie: str = field(default_factory=secrets.token_urlsafe)
    form: str = field(default_factory=secrets.token_urlsafe)

    def enter(self, token: str) -> bool:
        """Whether a token opens the page; then it is good no more, and there is a new one."""
        if not _equal(token, self.entry):
            return False
        self.entry = secrets.token_urlsafe()
        return True


def _equal(first: str, second: str) -> bool:
    return hmac.compare_digest(first.encode("utf-8", "surrogateescape"), second.encode())


@dataclass(frozen=True)
class Host:
    """What the page asks of the program around it: to report a fault of docgen's own, which gives the name of a file;
    to say that the one-time address was used; and whether it is about to end."""

    report: Callable[[BaseException], str]
    entered: Callable[[], None] = lambda: None
    is_ending: Callable[[], bool] = lambda: False


@dataclass(frozen=True)
class Refusal:
    """Why a request is not answered: the status of HTTP, and a sentence."""

    status: int
    sentence: str


@dataclass(frozen=True)
class Guard:
    """Stands before the page: refuses what may not ask, lets the one-time address in, and marks each answer.

    `entered` is told that the one-time address was used, so that a person can be given the next.
    """

    app: ASGIApp
    site: Site
    keys: Keys
    entered: Callable[[], None] = lambda: None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, in the manner of ASGI."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self._answer(scope)
        await (answer or self.app)(scope, receive, marked)

    def _answer(self, scope: Scope) -> Response | None:
        """What the guard itself answers; None where the page may."""
        if scope["type"] != "http":
            return PlainTextResponse("This page has no sockets.", 403)
        headers, method, path = Headers(scope=scope), scope["method"], scope["path"]
        if headers.getlist("host") != [self.site.authority]:
            return PlainTextResponse(f"This page is {self.site.origin} and has no other name.", 421)
        if path.startswith(ENTRY) and method == "GET":
            return self._entry(path.removeprefix(ENTRY))
        refusal = self._without_cookie(headers) or (unsafe(headers, self.site) if method in UNSAFE else None)
        if method not in (*SAFE, *UNSAFE):
            refusal = Refusal(405, "This page answers GET and POST.")
        return PlainTextResponse(refusal.sentence, refusal.status) if refusal else None

    def _entry(self, token: str) -> Response:
        """The cookie for the one-time token. The page follows by a step of its own, which counts as from this site."""
        if not self.keys.enter(token):
            return PlainTextResponse(
                "This address was used, or is none of this run. The terminal where docgen serve runs has the next.", 403
            )
        self.entered()
        text = '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/">'
        answer = HTMLResponse(f'{text}<title>docgen</title><p><a href="/">Go on to docgen</a></p></html>')
        answer.set_cookie(cookie_name(self.site), self.keys.cookie, httponly=True, samesite="strict", path="/")
        return answer

    def _without_cookie(self, headers: Headers) -> Refusal | None:
        cookies = cookie_parser(headers.get("cookie", ""))  # also those of other programs on this machine
        if _equal(cookies.get(cookie_name(self.site), ""), self.keys.cookie):
            return None
        return Refusal(403, "Open the address that stands in the terminal where docgen serve runs.")


def cookie_name(site: Site) -> str:
    """A name of its own for each port, since browsers keep the cookies of a machine together."""
    return f"docgen-{site.port}"


def unsafe(headers: Headers, site: Site) -> Refusal | None:
    """Why a request that may change something is refused, before its body is read."""
    if any(len(headers.getlist(name)) > 1 for name in ONCE):
        return Refusal(400, "This request says one thing twice.")
    fetch_site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if fetch_site not in (None, "same-origin") or origin not in (None, site.origin) or not (fetch_site or origin):
        return Refusal(403, "This request comes from another page.")
    if headers.get("content-type", "").partition(";")[0].strip().lower() not in FORMS:
        return Refusal(415, "This page takes forms only.")
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()) or "transfer-encoding" in headers:
        return Refusal(411, "A form has to say how long it is.")
    if int(length) > LARGEST:
        return Refusal(413, f"A form may have {LARGEST // 1_000_000} million bytes at most, with its files.")
    return None


def has_form_token(keys: Keys, in_field: str, in_header: str) -> bool:
    """Whether a form carries this run's token."""
    return _equal(in_field or in_header, keys.form)
