"""A PostgreSQL server of the tests' own, on loopback, thrown away afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import SystemRandom

_FEW_CHECKPOINTS = "-c max_wal_size=4GB -c checkpoint_timeout=1h"
_NO_CONNECTION_GOES_OUT_FROM = range(20_000, 32_000)
"""Linux takes 32,768 and above for connections that go out, others 49,152 and above."""

_INITDB = ("-U", "desk", "--auth=trust", "-E", "UTF8", "--no-sync")


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's programs, of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    program = found[-1] if found else Path(on_path) if on_path else None
    return program.parent if program else None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server: the URL of its databases without their name, and how it is told what to do."""

    url: str
    control: tuple[str | Path, ...]
    options: str

    def start(self) -> None:
        """Begin to serve, after recovery."""
        _run(*self.control, "-o", self.options, "start")

    def stop(self) -> None:
        """Break every connection off and serve nobody, as a crash would."""
        _run(*self.control, "-m", "immediate", "stop")

    def restart(self) -> None:
        """Break every connection off, as a crash would, and come back after recovery."""
        _run(*self.control, "-m", "immediate", "restart")


@contextmanager
def postgres_server() -> Iterator[str]:
    """Run a server in a folder of its own; gives the URL of its databases without their name."""
    with postgres_cluster() as cluster:
        yield cluster.url


@contextmanager
def postgres_cluster(*, syncs: bool = False, under: Path | None = None) -> Iterator[Cluster]:
    """Run a server in a folder of its own, which may be restarted.

    It does not wait for the disk unless it `syncs`: the machine does not die in a test.
    """
    programs = find_postgres()
    if programs is None:
        raise FileNotFoundError("initdb")
    as_user: list[str | Path] = []
    folder = Path(tempfile.mkdtemp(prefix="desk-postgres-", dir=under))
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
    port = _lasting_port()
    _run(*as_user, programs / "initdb", "-D", folder / "cluster", *_INITDB)
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync={'on' if syncs else 'off'}"
        f" {_FEW_CHECKPOINTS}"
    )
    control = (*as_user, programs / "pg_ctl", "-D", folder / "cluster", "-w", "-l", folder / "log")
    cluster = Cluster(f"postgresql://desk@127.0.0.1:{port}", control, options)
    cluster.start()
    try:
        yield cluster
    finally:
        cluster.stop()
        shutil.rmtree(folder)


def _lasting_port() -> int:
    """A port that stays free until the server takes it, and while it restarts.

    One that the system gives out is of those from which connections go out: it is somebody else's before a new cluster
    is written.
    """
    for port in SystemRandom().sample(_NO_CONNECTION_GOES_OUT_FROM, 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise OSError("No port is free.")


def create_database(server: str, name: str, *, template: str = "template0") -> str:
    """Make a database as a copy of a template; gives its URL."""
    programs = find_postgres()
    if programs is None:
        raise FileNotFoundError("createdb")
    port = server.rpartition(":")[2]
    copied = _copied(programs / "createdb")
    _run(programs / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "desk", "-T", template, *copied, name)
    return f"{server}/{name}"


@cache
def _copied(createdb: Path) -> tuple[str, ...]:
    """How a template is copied as files, a third of the time of writing it to the log; before 15 there is no choice."""
    said = subprocess.run([createdb, "--help"], capture_output=True, text=True, check=True).stdout  # noqa: S603 - the same
    return ("--strategy=file_copy",) if "--strategy" in said else ()


def _run(*command: str | Path) -> None:
    """Run one of PostgreSQL's programs; what it says is shown where it fails.

    Its output goes to a file: the server that `pg_ctl` starts keeps a pipe open for as long as it runs.
    """
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, cwd="/", stdout=output, stderr=output, check=False)  # noqa: S603 - our own arguments alone
        output.seek(0)
        assert done.returncode == 0, output.read().decode()
