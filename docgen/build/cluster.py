"""Has PDFs made on other machines: a Dask scheduler gives each document to a worker, or another if that one dies.

Documents travel as values, with their templates, style sheet and fonts; what comes back is the bytes of a PDF and
nothing else. This machine proves it as its own, makes the other formats, which takes no longer than to prove them, and
saves. A worker that has other code or libraries than the asker makes nothing, since its bytes would differ.
"""

from __future__ import annotations

import contextlib
import functools
import io
import ipaddress
import logging
import pickle
import tempfile
import threading
import time
from asyncio import CancelledError
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

from docgen.build import jobs
from docgen.build.jobs import Output, Piece
from docgen.files import fingerprint, limits
from docgen.model import validation, yaml_reader
from docgen.model.base import Facts
from docgen.problems import Problem, UsageProblem, Where, errors
from docgen.workspace.select import Paper

try:
    import distributed
    from distributed import Client, Future, Security, wait
except ImportError:  # the extra is not installed; `connected` says so
    Client = None

Files = tuple[tuple[str, bytes], ...]  # what one folder of templates holds, by name

PATIENCE = 20  # seconds without a result, or an answer of the scheduler, after which to look who is still there
LONGEST = 600  # seconds without any result, after which nothing more is waited for
MOST_BYTES = 200_000_000  # of a PDF that a worker sends
EACH = 3  # pieces that a worker has at hand: one to do, the others on their way, no matter how many wait
REMEDY = "see that the scheduler and its workers are up, then run the same command: what is made stays"
LOGS = ("distributed", "distributed.client", "asyncio")  # the last: of results for which Dask waited in vain
RENDER_LOCK = threading.Lock()  # WeasyPrint's warnings are the whole process's: its pieces take turns
PLAIN = ("bytes", "bytearray", "str", "int", "float", "bool", "tuple", "list", "dict", "set", "frozenset")


class Certificates(Facts):
    """What a `--cluster-config` says: files in PEM's form, named from where it lies."""

    ca: str
    cert: str
    key: str


@dataclass(frozen=True)
class Address:
    """Where a scheduler is, and the file of the certificates by which it and its workers are known."""

    url: str
    config: Path | None = None

    @property
    def is_local(self) -> bool:
        """Whether it is this machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"


def make(papers: Sequence[Paper], formats: Sequence[str], address: Address) -> Iterator[Output]:
    """The papers as they are finished, in any order, their PDFs made by the workers of the scheduler at the address."""
    yield from (jobs.filed(paper, formats) for paper in papers if paper.seal)
    pieces = [piece for paper in papers if not paper.seal for piece in jobs.pieces(paper, formats)]
    if pieces:
        with connected(address) as client:
            yield from jobs.gathered(_done(client, pieces) if "pdf" in formats else map(jobs.do, pieces), pieces)


@contextlib.contextmanager
def connected(address: Address) -> Iterator[Client]:
    """The scheduler at the address; UsageProblem when it, or a worker with the same docgen, is not there.

    An address that is not this machine needs TLS, by which each knows the other: what works for a scheduler can run
    any program on its workers.
    """
    if Client is None:
        raise _refused(address, "Dask is not installed", 'run: pip install "docgen[cluster]"')
    security = _security(address)
    for name in LOGS:
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what matters of it is said as a problem
    with _plain_data():
        try:
            client = Client(address.url, timeout=PATIENCE, name="docgen", security=security)
        except (OSError, ValueError, TypeError) as error:
            raise _refused(address, f"no scheduler answers: {error}", "start one with: dask scheduler") from None
        try:
            _hold_alike(client.run(toolchain, on_error="return"), address)
            yield client
        finally:
            client.close(timeout=PATIENCE)


def _security(address: Address) -> Security | None:
    """The certificates for an address, where it needs any; UsageProblem when it does and they are not there."""
    scheme = urlsplit(address.url).scheme
    if scheme == "tcp" and not address.is_local:
        fault = "is another machine, and tcp:// tells nobody who answers there"
        raise _refused(address, fault, "use tls://HOST:PORT with --cluster-config FILE; see docs/cluster.md")
    if scheme not in ("tcp", "tls", ""):
        raise _refused(address, f"{scheme}:// is not known here", "use tcp:// on this machine, else tls://")
    if scheme != "tls":
        return None
    if address.config is None:
        remedy = "name the file that names them with --cluster-config FILE; see docs/cluster.md"
        raise _refused(address, "needs certificates", remedy)
    data = limits.named_file(str(address.config))
    facts = validation.validate(Certificates, yaml_reader.parse(str(address.config), data))
    paths = {name: address.config.parent / getattr(facts, name) for name in ("ca", "cert", "key")}
    if missing := [Problem(Where(str(path)), "not found", "") for path in paths.values() if not path.is_file()]:
        raise UsageProblem(missing)
    return Security(
        tls_ca_file=str(paths["ca"]),
        tls_client_cert=str(paths["cert"]),
        tls_client_key=str(paths["key"]),
        require_encryption=True,
    )


@contextlib.contextmanager
def _plain_data() -> Iterator[None]:
    """Has Dask read plain data and nothing else meanwhile: its own way would run whatever a worker sends.

    `pickle` says itself that what it loads can run any program (docs.python.org, "Restricting Globals").
    """
    modules = (distributed.protocol.pickle, distributed.client)
    handlers = Client._default_event_handlers
    plain = SimpleNamespace(**{**vars(pickle), "loads": _loads})
    try:
        for module in modules:
            module.pickle = plain
        Client._default_event_handlers = {}  # what workers would have printed and warned of here
        yield
    finally:
        Client._default_event_handlers = handlers
        for module in modules:
            module.pickle = pickle


class _PlainUnpickler(pickle.Unpickler):
    """Reads strings, numbers and collections of them."""

    def find_class(self, module: str, name: str) -> object:
        """The type of this name, where it is one of plain data."""
        if module == "builtins" and name in PLAIN:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no plain data")


def _loads(data: bytes, *, buffers: Iterable[object] = ()) -> object:
    """What the bytes mean; nothing where they are no plain data."""
    try:
        return _PlainUnpickler(io.BytesIO(data), buffers=buffers).load()
    except Exception:  # whatever a crafted stream makes of it
        return None


def _hold_alike(workers: Mapping[str, object], address: Address) -> None:
    """UsageProblem when there is no worker, or one that would make other bytes."""
    if not workers:
        remedy = f"start one with: dask worker {address.url} --nthreads 1"
        raise _refused(address, "the scheduler has no workers", remedy)
    if others := sorted(worker for worker, answer in workers.items() if answer != toolchain()):
        fault = f"{', '.join(others)}: another docgen, Python or library than here, so its files would differ"
        raise _refused(address, fault, "install the same on each machine, as from one container image")


def _refused(address: Address, fault: str, remedy: str) -> UsageProblem:
    return UsageProblem([Problem(Where(f"--cluster {address.url}"), fault, remedy)])


@functools.lru_cache(maxsize=1)
def toolchain() -> str:
    """The hash of all that the bytes of files depend on beside their data."""
    return fingerprint.together([fingerprint.code(), fingerprint.libraries()])


class Forsaken(Exception):
    """Nobody is left to do the work."""


def _done(client: Client, pieces: Sequence[Piece]) -> Iterator[Output]:
    """The pieces as they are done, the longest first; no more of them are on their way than the workers need."""
    waiting = deque(sorted(pieces, key=lambda piece: piece.length, reverse=True))
    away: dict[Future, Piece] = {}
    files = [_files(folder) for folder in pieces[0].paper.folders]
    latest = time.monotonic()
    try:
        templates = client.submit(tuple, files, pure=False)
        while waiting or away:
            for piece in _next(waiting, EACH * len(client.nthreads()) - len(away)):
                away[client.submit(do, piece.alone(), templates, toolchain(), pure=False)] = piece
            for future in _ended(list(away)):
                if (output := _result(client, future, away[future])) is not None:
                    del away[future]
                    latest = time.monotonic()
                    yield output
            _wait_for_worker(client)
            if time.monotonic() - latest > LONGEST:
                raise Forsaken(f"no worker has answered for {LONGEST} seconds")
    except (Forsaken, CancelledError, OSError) as error:  # the last two: the scheduler is gone
        reason = str(error) if isinstance(error, Forsaken) else "the scheduler is gone"
        for piece in (*away.values(), *waiting):
            yield jobs.lost(piece, f"was not made: {reason}", REMEDY)


def _wait_for_worker(client: Client) -> None:
    """Gives one that ended, as for want of memory, the time in which its nanny starts it again."""
    if not client.nthreads():
        try:
            client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            raise Forsaken("no worker is left") from None


def _next(waiting: deque[Piece], number: int) -> list[Piece]:
    return [waiting.popleft() for _ in range(min(number, len(waiting)))]


def _ended(futures: Sequence[Future]) -> Sequence[Future]:
    """Those that have come to an end, waited for until one has or patience has."""
    if futures:
        with contextlib.suppress(TimeoutError):
            return list(wait(futures, timeout=PATIENCE, return_when="FIRST_COMPLETED").done)
    return ()


def _result(client: Client, future: Future, piece: Piece) -> Output | None:
    """A piece with the PDF that a worker made; a problem where it could not, or gave another one.

    None when it does not arrive: its worker died with it, and Dask has it made again where there is another.
    """
    remedy = f"run docgen build {piece.paper.name} on this machine"
    if future.status == "error":
        return jobs.lost(piece, "was not made: the worker ended over it", f"{remedy}; memory may be short there")
    with contextlib.suppress(TimeoutError):
        worker = ", ".join(sum(client.who_has([future]).values(), ())) or "a worker"
        data = future.result(timeout=PATIENCE)
        return _proved(piece, data, worker, remedy)
    return None


def _proved(piece: Piece, data: object, worker: str, remedy: str) -> Output:
    """A piece with a worker's PDF, which is held to be what this machine would have made until it proves otherwise."""
    if data == b"":  # the worker had a problem, which this machine finds too and can show
        return jobs.do(piece)
    if not isinstance(data, bytes) or len(data) > MOST_BYTES:
        return jobs.lost(piece, f"was not made: {worker} sent something else than a PDF", remedy)
    output = jobs.do(piece, data)
    if not errors(output.problems):
        return output
    local = jobs.do(piece)
    if errors(local.problems):
        return local
    return jobs.lost(piece, f"was made otherwise by {worker}: {errors(output.problems)[0].found}", remedy)


def _files(folder: Path) -> Files:
    """All files of a folder of templates."""
    names = sorted(path for path in folder.rglob("*") if path.is_file())
    return tuple((path.relative_to(folder).as_posix(), path.read_bytes()) for path in names)


def do(piece: Piece, templates: tuple[Files, ...], asker: str) -> bytes:
    """What a worker does: the PDF of a piece, with the templates that came along; nothing where it cannot be made."""
    if toolchain() != asker:
        return b""
    folders = _unpacked(templates)[1]
    with RENDER_LOCK:
        output = jobs.do(replace(piece, paper=replace(piece.paper, folders=folders), formats=("pdf",)))
    return output.files.get(f"{piece.document}.pdf", b"")


@functools.lru_cache(maxsize=2)
def _unpacked(templates: tuple[Files, ...]) -> tuple[tempfile.TemporaryDirectory[str], tuple[Path, ...]]:
    """The templates as folders of this machine, which go when its process ends or others come."""
    home = tempfile.TemporaryDirectory(prefix="docgen-")
    folders = tuple(Path(home.name) / str(number) for number in range(len(templates)))
    for folder, files in zip(folders, templates, strict=True):
        folder.mkdir()
        for name, data in files:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
    return home, folders
