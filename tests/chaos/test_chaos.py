"""The short form of `make chaos`: what is promised holds, whoever dies and whatever is lost, late or said twice."""

import shutil
from pathlib import Path

import pytest

from tests.chaos.broken import broken
from tests.chaos.plan import Options, draw
from tests.chaos.report import report
from tests.postgres import Cluster, create_database

_SEEDS = (1, 2)
_DEATHS = 12


@pytest.fixture
def sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "desk.db")
    return f"sqlite:///{tmp_path / 'desk.db'}"


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", _SEEDS)
async def test_nothing_is_lost_or_said_twice_on_sqlite(seed: int, sqlite: str, tmp_path: Path) -> None:
    outcome = await broken(Options(seed, _DEATHS, replicas=2), sqlite, tmp_path)

    assert not outcome.findings, report(outcome, "sqlite")
    assert outcome.count["accepted links"] > 0


@pytest.mark.timeout(400)
@pytest.mark.parametrize("seed", _SEEDS)
async def test_nothing_is_lost_or_said_twice_on_postgresql(seed: int, cluster: Cluster, tmp_path: Path) -> None:
    url = create_database(cluster.url, f"chaos_{seed}", template="template_desk")
    options = Options(seed, _DEATHS, replicas=3, with_restarts=True)

    outcome = await broken(options, url, tmp_path, cluster.restart)

    assert not outcome.findings, report(outcome, "postgresql")
    assert outcome.count["accepted links"] > 0


def test_a_seed_draws_the_same_plan_every_time() -> None:
    options = Options(seed=7, deaths=30, with_restarts=True)

    once, again = draw(options), draw(options)

    assert once == again
    assert [next(whims) for whims in [once.whims()] for _ in range(50)] == [
        next(whims) for whims in [again.whims()] for _ in range(50)
    ]
    assert draw(Options(seed=8, deaths=30)) != draw(Options(seed=9, deaths=30))
