import json
from datetime import UTC, date, datetime

import pytest

from bot.editorial.item import Attestation, Earlier, Late, Reason
from bot.editorial.kept import kept, read_back
from bot.editorial.page_check import PageCheck


@pytest.mark.parametrize(
    "value",
    [
        PageCheck(),
        PageCheck("Tankers", date(2021, 1, 11), gone=True, trouble="not there: 404", tries=2),
        PageCheck(moved_to="https://reuters.com/2", title_now="No tankers", day_now=date(2021, 1, 12)),
        Attestation("economic", "U0ANA", datetime(2021, 1, 11, 15, tzinfo=UTC)),
        Earlier(17, "Iran", "U0BEN", date(2020, 12, 12)),
        Earlier(17, None, "", None),
        Late("U0BEN", "Ben", "U0ANA", "Ana", datetime(2021, 1, 14, 22, 20, tzinfo=UTC)),
        Reason("new development", "U0ANA", "Ana Ruiz"),
    ],
)
def test_what_is_kept_as_json_is_read_back_as_it_was(value: PageCheck | Attestation | Earlier | Late | Reason) -> None:
    assert read_back(type(value), json.loads(json.dumps(kept(value)))) == value
