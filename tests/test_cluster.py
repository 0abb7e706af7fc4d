"""Papers made by the workers of a Dask scheduler are the same papers, whoever dies meanwhile."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from docgen.build import cluster, jobs, pool
from docgen.cli.options import chosen
from docgen.problems import UsageProblem
from tests import hostile_workers
from tests.bench import workspaces
from tests.conftest import ROOT, Workspace, each
from tests.test_pool import files

CHEAP = ("txt", "pdf")
WORKER = ["--nthreads", "1", "--no-dashboard"]
LONG = 300  # seconds: a bound against hanging, however busy the machine is
PATIENT = {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": f"{LONG}s"}


@dataclass
class Machines:
    """A scheduler and its workers, each a process of this machine."""

    folder: Path
    address: str = ""
    tls: list[str] = field(default_factory=list)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, program: str, *options: str, code: Path = ROOT) -> subprocess.Popen[bytes]:
        with (self.folder / f"{program}-{len(self.processes)}.log").open("wb") as log:
            command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *options]
            env = {**os.environ, **PATIENT, "TMPDIR": str(self.folder)}  # for what a killed worker leaves behind
            started = subprocess.Popen(command, cwd=code, env=env, stdout=log, stderr=log, start_new_session=True)
            self.processes.append(started)
        return self.processes[-1]

    def scheduler(self) -> None:
        """Starts the scheduler, which takes a free port and says in a file which."""
        file = self.folder / "scheduler.json"
        options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file), *self.tls]
        started, until = self.start("scheduler", *options), time.monotonic() + LONG
        while not self.address:
            assert started.poll() is None
            assert time.monotonic() < until
            with contextlib.suppress(OSError, ValueError):  # not there yet, or not all of it
                self.address = json.loads(file.read_bytes())["address"]
            time.sleep(0.02)

    def worker(self, code: Path = ROOT, nanny: str = "--no-nanny") -> subprocess.Popen[bytes]:
        """Starts a worker; with `--nanny` it is started again where it ends by itself."""
        options = [*WORKER, nanny, *self.tls]
        return self.start("worker", self.address, "--local-directory", str(self.folder), *options, code=code)

    def wait_for(self, workers: int) -> None:
        from distributed import Client

        with Client(self.address, timeout=LONG, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=LONG)

    def end(self) -> None:
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)  # its own session: with what a nanny has started
            process.wait()

    def logs(self) -> str:
        """What all of them have written."""
        return "\n".join(f"{file.name}:\n{file.read_text()}" for file in sorted(self.folder.glob("*.log")))


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Machines]:
    """A scheduler and two workers."""
    some = Machines(tmp_path)
    try:
        some.scheduler()
        some.worker()
        some.worker()
        some.wait_for(2)
        yield some
    finally:
        some.end()


@pytest.fixture
def many(tmp_path: Path) -> Workspace:
    """Two plans with two amendments each, and a template of its own."""
    made = Workspace(workspaces.make(tmp_path / "many", 2, 2, (5, 10)))
    shipped = (ROOT / "templates/distribution-plan/amendment.html.j2").read_text(encoding="utf-8")
    return made.write({"templates/distribution-plan/amendment.html.j2": shipped.replace("amended", "newly amended")})


@pytest.fixture
def plenty(tmp_path: Path) -> Workspace:
    """So many amendments that the first is never whole when all documents are made or on their way."""
    return Workspace(workspaces.make(tmp_path / "plenty", 2, 6, (5, 10)))


@pytest.mark.slow
def test_a_worker_is_killed_in_mid_build_and_every_document_arrives_once(many: Workspace, machines: Machines) -> None:
    machines.worker(nanny="--nanny")
    machines.wait_for(3)
    papers = chosen(many.root).papers
    made = cluster.make(papers, CHEAP, cluster.Address(machines.address))
    first = next(made)
    machines.processes[1].kill()
    rest = files(made)
    assert first.name not in rest
    assert {first.name: first, **rest} == files(pool.make(papers, CHEAP, 1)), machines.logs()
    assert each(len(one.files) == 4 and not one.problems for one in rest.values())


@pytest.mark.long
def test_the_command_saves_what_the_workers_made(many: Workspace, machines: Machines) -> None:
    """A wrong template is named by its own path, not by the copy that the worker had."""
    elsewhere = many.run("build", "--format", "txt,pdf", "--cluster", machines.address)
    assert elsewhere.code == 0
    assert elsewhere.out.endswith("\n16 files written under build/\n")
    folders = [line.rpartition("/")[0] for line in elsewhere.out.splitlines()[:-1]]
    assert folders == sorted(folders)
    here = {path: path.read_bytes() for path in (many.root / "build").glob("*/*/*")}
    assert many.run("build", "--format", "txt,pdf", "--force", "--jobs", "1").code == 0
    assert {path: path.read_bytes() for path in (many.root / "build").glob("*/*/*")} == here
    many.write({"templates/distribution-plan/amendment.html.j2": "<document><p>{{ nobody }}</p></document>"})
    ran = many.run("build", "--format", "pdf", "--cluster", machines.address)
    assert "templates/distribution-plan/amendment.html.j2:1: " in ran.err
    assert ran == many.run("build", "--format", "pdf", "--jobs", "1")


@pytest.mark.slow
def test_what_is_left_is_reported_when_every_worker_has_died(
    plenty: Workspace, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    papers = chosen(plenty.root).papers
    made = cluster.make(papers, CHEAP, cluster.Address(machines.address))
    first = next(made)
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    for worker in machines.processes[1:]:
        worker.kill()
    rest = files(made)
    assert {first.name, *rest} == {paper.name for paper in papers}
    lost = [problem.found for one in rest.values() for problem in one.problems]
    assert set(lost) == {"was not made: no worker is left"}
    assert each(bool(one.files) != bool(one.problems) for one in rest.values())


@pytest.mark.long
def test_a_worker_that_comes_when_all_have_died_makes_the_rest(many: Workspace, machines: Machines) -> None:
    papers = chosen(many.root).papers
    made = cluster.make(papers, CHEAP, cluster.Address(machines.address))
    first = next(made)
    for worker in machines.processes[1:]:
        worker.kill()
    machines.worker()
    rest = files(made)
    assert {first.name, *rest} == {paper.name for paper in papers}
    assert each(bool(one.files) and not one.problems for one in rest.values()), machines.logs()


@pytest.mark.long
def test_what_is_left_is_reported_when_the_scheduler_has_died(plenty: Workspace, machines: Machines) -> None:
    papers = chosen(plenty.root).papers
    made = cluster.make(papers, CHEAP, cluster.Address(machines.address))
    first = next(made)
    machines.processes[0].kill()
    rest = files(made)
    assert {first.name, *rest} == {paper.name for paper in papers}
    lost = [problem.found for one in rest.values() for problem in one.problems]
    assert set(lost) == {"was not made: the scheduler is gone"}


def test_workers_that_answer_with_another_docgen_are_named() -> None:
    with pytest.raises(UsageProblem) as refused:
        cluster._hold_alike({"tcp://a": cluster.toolchain(), "tcp://b": "older", "tcp://c": None}, cluster.Address("x"))
    assert refused.value.problems[0].found.startswith("tcp://b, tcp://c: another docgen, Python or library than here")


@pytest.mark.long
def test_a_worker_with_another_docgen_makes_nothing(many: Workspace, machines: Machines, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "docgen", tmp_path / "other/docgen", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "other/docgen/edgar.py").open("a", encoding="utf-8") as code:
        code.write("# one line more\n")
    machines.worker(tmp_path / "other")
    machines.wait_for(3)
    ran = many.run("build", "--cluster", machines.address)
    assert ran.code == 2
    assert "another docgen, Python or library than here, so its files would differ" in ran.err
    assert not (many.root / "build").exists()


def test_nor_does_one_that_comes_later(many: Workspace) -> None:
    (piece, _) = jobs.pieces(chosen(many.root).papers[0], CHEAP)
    assert cluster.do(piece, ((), ()), "another docgen") == b""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--cluster", "nowhere"], "--cluster nowhere: no scheduler answers: missing port number"),
        (["--cluster", "tcp://127.0.0.1:9"], "no scheduler answers: Timed out"),
        (["--cluster", "tcp://10.0.0.9:8786"], "is another machine, and tcp:// tells nobody who answers there"),
        (["--cluster", "ws://127.0.0.1:8786"], "ws:// is not known here"),
        (["--cluster", "tls://127.0.0.1:8786"], "needs certificates\n    name the file"),
        (["--cluster", "tls://127.0.0.1:8786", "--cluster-config", "no.yaml"], "no.yaml: cannot be read: No such file"),
        (["--cluster", "tcp://127.0.0.1:9", "--jobs", "2"], "--jobs: stands beside --cluster"),
    ],
)
def test_a_cluster_that_is_not_there_is_said_and_nothing_is_written(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    ran = workspace.run("build", *options)
    assert ran.code == 2
    assert said in ran.err
    assert not (workspace.root / "build").exists()


def test_without_dask_the_remedy_is_said(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "Client", None)
    ran = workspace.run("build", "--cluster", "tcp://127.0.0.1:9")
    assert ran.code == 2
    assert 'run: pip install "docgen[cluster]"' in ran.err


def ran_here(workspace: Workspace) -> bool:
    """Whether a crafted object was run by this process."""
    trace = workspace.root / hostile_workers.TRACE
    return trace.exists() and str(os.getpid()) in trace.read_text(encoding="utf-8").split()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """A scheduler and a worker for several tests."""
    some = Machines(tmp_path_factory.mktemp("lasting"))
    try:
        some.scheduler()
        some.worker()
        some.wait_for(1)
        yield some
    finally:
        some.end()


@pytest.mark.slow
@pytest.mark.parametrize("name", hostile_workers.FALSE)
def test_a_worker_that_sends_something_else_is_said_and_nothing_is_saved(
    workspace: Workspace, lasting: Machines, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    workspace.write({"templates/README.md": ""})
    monkeypatch.setattr(cluster, "do", hostile_workers.FALSE[name])
    ran = workspace.run("build", "--format", "pdf", "--cluster", lasting.address)
    assert ran.code == 1
    assert re.search(r"^build/p/001/amendment: was (not made|made otherwise by tcp://127)", ran.err, re.M), ran.err
    assert not ran_here(workspace)
    assert list((workspace.root / "build").glob("p/*")) == []


@pytest.mark.slow
def test_what_a_worker_warns_of_runs_nothing_here(
    workspace: Workspace, lasting: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace.write({"templates/README.md": ""})
    monkeypatch.setattr(cluster, "do", hostile_workers.crafted_warning)
    assert workspace.run("build", "--format", "pdf", "--cluster", lasting.address).code == 0
    assert not ran_here(workspace)


@pytest.mark.slow
def test_a_worker_that_cannot_make_it_leaves_it_to_the_asker(
    workspace: Workspace, lasting: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "do", hostile_workers.empty)
    assert workspace.run("build", "--format", "pdf", "--cluster", lasting.address).code == 0


@pytest.mark.slow
def test_a_pdf_that_is_too_long_is_refused(
    workspace: Workspace, lasting: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "MOST_BYTES", 100)
    ran = workspace.run("build", "--format", "pdf", "--cluster", lasting.address)
    assert ran.code == 1
    assert "sent something else than a PDF" in ran.err


@pytest.mark.slow
def test_a_worker_that_never_answers_is_not_waited_for(
    workspace: Workspace, machines: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "do", hostile_workers.never)
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    monkeypatch.setattr(cluster, "LONGEST", 2)
    ran = workspace.run("build", "--format", "pdf", "--cluster", machines.address)
    assert ran.code == 1
    assert "was not made: no worker has answered for 2 seconds" in ran.err


@pytest.mark.long
@pytest.mark.skipif(shutil.which("openssl") is None, reason="install openssl")
def test_the_guides_certificates_let_machines_know_each_other(workspace: Workspace, tmp_path: Path) -> None:
    """The commands of docs/cluster.md make them; who has none of them is not let in."""
    guide = (ROOT / "docs/cluster.md").read_text(encoding="utf-8")
    (commands,) = re.findall(r"```sh\n(.*?openssl.*?)```", guide, re.S)
    folder = tmp_path / "certificates"
    folder.mkdir()
    subprocess.run(["sh", "-e", "-c", commands], cwd=folder, check=True, capture_output=True)
    config = "\n".join(re.findall(r"^    ((?:ca|cert|key): .*)", guide, re.M))
    (folder / "cluster.yaml").write_text(config)
    tls = ["--tls-ca-file", f"{folder}/ca.pem", "--tls-cert", f"{folder}/cert.pem", "--tls-key", f"{folder}/key.pem"]
    some = Machines(tmp_path, tls=tls)
    try:
        some.scheduler()
        some.worker()
        options = ["build", "--format", "pdf", "--cluster", some.address]
        ran = workspace.run(*options, "--cluster-config", str(folder / "cluster.yaml"))
        until = time.monotonic() + LONG
        while "has no workers" in ran.err and time.monotonic() < until:
            ran = workspace.run(*options, "--cluster-config", str(folder / "cluster.yaml"))
        assert ran.code == 0, ran.err
        other = folder / "other"
        other.mkdir()
        subprocess.run(["sh", "-e", "-c", commands], cwd=other, check=True, capture_output=True)
        (other / "cluster.yaml").write_text(config)
        ran = workspace.run(*options, "--force", "--cluster-config", str(other / "cluster.yaml"))
        assert ran.code == 2
        assert "no scheduler answers" in ran.err
    finally:
        some.end()
