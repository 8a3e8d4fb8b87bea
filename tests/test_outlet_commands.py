"""`vric outlets` as whoever keeps the registry types it."""

from pathlib import Path

import pytest

from db.database import Database
from tests.command_line import Vric
from tests.desk.staff import MORNING


@pytest.fixture
async def vric(tmp_path: Path) -> Vric:
    """A folder with a database in which there is a desk."""
    typed = Vric(tmp_path)
    typed.settings["DATABASE_URL"] = "sqlite:///desk.db"
    assert (await typed.runs("migrate")).status == 0
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")
    async with database.unit_of_work() as work:
        await work.desks.add("T_VRIC", "C_VRIC", MORNING)
    await database.close()
    return typed


async def test_the_registry_goes_out_is_changed_and_comes_in(vric: Vric) -> None:
    out = await vric.runs("outlets", "export", "--output", "outlets.tsv")
    assert out.status == 0
    path = vric.folder / "outlets.tsv"
    text = path.read_text(encoding="utf-8")
    again = await vric.runs("outlets", "import", "outlets.tsv")
    assert again.said.startswith("Imported: 0 outlets changed, ")

    (line,) = [line for line in text.split("\n") if line.startswith("reuters.com\t")]
    path.write_text(text.replace(line, "reuters.com\tReuters\tCU\tstate-owned\t\tIt was sold."), encoding="utf-8")
    came = await vric.runs("outlets", "import", "outlets.tsv")
    printed = await vric.runs("outlets", "export")

    assert (came.status, came.said.splitlines()[0]) == (0, "reuters.com: other, independent → state media, state-owned")
    assert "reuters.com\tReuters\tCU\tstate-owned\t\tIt was sold.\t\t" in printed.out


async def test_a_file_with_a_fault_is_refused_whole(vric: Vric) -> None:
    head = "domain\tname\tcountry\tcontrol\tcounts as\tevidence"
    good, bad = "reuters.com\tReuters\tCU\tstate-owned\t\t", "tass.com\tTASS\tRUS\tstate-owned\t\t"
    (vric.folder / "outlets.tsv").write_text(f"{head}\n{good}\n{bad}", encoding="utf-8")
    (vric.folder / "odd.tsv").write_bytes(b"domain\n\xff")

    refused = await vric.runs("outlets", "import", "outlets.tsv")
    odd = await vric.runs("outlets", "import", "odd.tsv")
    gone = await vric.runs("outlets", "import", "none.tsv")
    printed = await vric.runs("outlets", "export")

    assert (refused.status, odd.status, gone.status) == (2, 2, 2)
    assert refused.said == "outlets.tsv:3: “RUS” is no country's code of two letters.\nNothing was imported.\n"
    assert odd.said == "odd.tsv:2: this is not UTF-8. Nothing was imported.\n"
    assert gone.said == "none.tsv cannot be read: No such file or directory.\n"
    assert good not in printed.out
