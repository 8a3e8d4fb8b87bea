"""How well, how fast and in how much memory pages are read, beside three peers, on the stored pages in ../shared."""

import gzip
import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any

PEERS = ("trafilatura", "htmldate", "extruct")
FIGURES = ("title", "date", "date_tz", "date_invented", "source", "author", "lang", "desc_f1")

_Judge = Callable[[dict[str, Any], dict[str, Any]], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Measured:
    """`shares` are those of pages, 0 to 1; `cpu_ms` is processor time a page with start-up; `peak_mb` is in MiB."""

    name: str
    shares: dict[str, float]
    cpu_ms: float
    peak_mb: float


def measured(shared: Path) -> Iterator[Measured]:
    """Ours and each peer, one after the other in processes of their own, on all stored pages."""
    folder = shared / "extract" / "dev"
    rows = [json.loads(line) for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    judge = _judge(shared)
    with tempfile.TemporaryDirectory() as scratch:
        lines = "".join(_request(row, folder, Path(scratch)) for row in rows)
        requests = Path(scratch) / "requests"
        requests.write_text(lines, encoding="utf-8")
        yield _one("the bot", [sys.executable, "-m", "bot", "extract", "--jsonl"], requests, rows, judge)
        for peer in PEERS:
            yield _one(peer, [sys.executable, "-m", "tests.bench.peers", peer], requests, rows, judge)


def _request(row: dict[str, Any], folder: Path, scratch: Path) -> str:
    page = scratch / f"{abs(hash(row['id']))}.html"
    page.write_bytes(gzip.decompress((folder / row["html"]).read_bytes()))
    return json.dumps({"id": row["id"], "url": row["url"], "html_path": str(page)}) + "\n"


def _one(name: str, command: Sequence[str], requests: Path, rows: list[dict[str, Any]], judge: _Judge) -> Measured:
    with requests.open("rb") as asked, tempfile.TemporaryFile() as answers:
        process = subprocess.Popen(command, stdin=asked, stdout=answers, stderr=subprocess.DEVNULL)  # noqa: S603 - our own words
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        answers.seek(0)
        found = {answer["id"]: answer for answer in map(json.loads, answers)}
    judged: defaultdict[str, list[float]] = defaultdict(list)
    for row in rows:
        for figure, value in judge(row["expected"], found.get(row["id"], {})).items():
            judged[figure].append(value)
    shares = {figure: fmean(judged[figure]) for figure in FIGURES}
    return Measured(name, shares, 1000 * (used.ru_utime + used.ru_stime) / len(rows), used.ru_maxrss / 1024)


def _judge(shared: Path) -> _Judge:
    """The common scorer's judgement of one page."""
    spec = importlib.util.spec_from_file_location("score", shared / "extract" / "harness" / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(shared)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    judge: _Judge = module.judge
    return judge
