"""A PostgreSQL server of the tests' own, on loopback, thrown away afterwards."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_INITDB = ("-U", "desk", "--auth=trust", "-E", "UTF8", "--no-sync")


def find_postgres() -> Path | None:
    """The folder of PostgreSQL's programs, of the newest version that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("initdb")
    program = found[-1] if found else Path(on_path) if on_path else None
    return program.parent if program else None


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Run a server in a folder; gives the URL of its databases without their name."""
    programs = find_postgres()
    if programs is None:
        raise FileNotFoundError("initdb")
    folder.mkdir(parents=True, exist_ok=True)
    cluster = folder / "cluster"
    as_user: list[str | Path] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        as_user = ["runuser", "-u", "postgres", "--"]
        shutil.chown(folder, "postgres")
        for parent in folder.parents[:3]:
            if parent.owner() == "root" and parent != Path("/tmp"):  # noqa: S108 - compared, not written to
                parent.chmod(0o755)
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    _run(folder, *as_user, programs / "initdb", "-D", cluster, *_INITDB)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    control = [*as_user, programs / "pg_ctl", "-D", cluster, "-w"]
    _run(folder, *control, "-l", folder / "log", "-o", options, "start")
    try:
        yield f"postgresql://desk@127.0.0.1:{port}"
    finally:
        _run(folder, *control, "-m", "immediate", "stop")


def create_database(server: str, name: str, *, template: str = "template0") -> str:
    """Make a database as a copy of a template; gives its URL."""
    programs = find_postgres()
    if programs is None:
        raise FileNotFoundError("createdb")
    port = server.rpartition(":")[2]
    _run(programs, programs / "createdb", "-h", "127.0.0.1", "-p", port, "-U", "desk", "-T", template, name)
    return f"{server}/{name}"


def _run(folder: Path, *command: str | Path) -> None:
    """Run one of PostgreSQL's programs; what it says is shown where it fails."""
    subprocess.run(command, check=True, cwd=folder, capture_output=True)  # noqa: S603 - our own arguments alone
