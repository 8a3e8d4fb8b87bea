import pytest

from bot.editorial.outlet import Control, Outlet, Verdict, verdict
from tests.editorial.values import BBC, IFP_NEWS, PRENSA_LATINA, REUTERS

WATCHED = frozenset({"CU", "IR", "VE"})


@pytest.mark.parametrize("control", [Control.STATE_OWNED, Control.STATE_CONTROLLED, Control.GOVERNMENT])
def test_what_a_watched_state_decides_is_state_media(control: Control) -> None:
    assert verdict(Outlet("granma.cu", "Granma", "CU", control), WATCHED) is Verdict.STATE_MEDIA


@pytest.mark.parametrize("control", [Control.STATE_OWNED, Control.STATE_CONTROLLED, Control.GOVERNMENT])
def test_what_another_state_decides_is_not(control: Control) -> None:
    assert verdict(Outlet("state.gov", "U.S. Department of State", "US", control), WATCHED) is Verdict.OTHER


@pytest.mark.parametrize("control", [Control.PUBLIC_SERVICE, Control.INDEPENDENT])
def test_what_no_state_decides_is_not_wherever_it_is(control: Control) -> None:
    assert verdict(Outlet("14ymedio.com", "14ymedio", "CU", control), WATCHED) is Verdict.OTHER
    assert verdict(BBC, WATCHED) is Verdict.OTHER


def test_unknown_is_no_finding_of_independence() -> None:
    assert verdict(IFP_NEWS, WATCHED) is Verdict.UNDECIDED
    assert verdict(None, WATCHED) is Verdict.UNDECIDED


@pytest.mark.parametrize("ruling", list(Verdict))
@pytest.mark.parametrize("outlet", [PRENSA_LATINA, REUTERS, IFP_NEWS])
def test_a_ruling_outranks_the_facts(outlet: Outlet, ruling: Verdict) -> None:
    ruled = Outlet(outlet.domain, outlet.name, outlet.country, outlet.control, ruling)

    assert verdict(ruled, WATCHED) is ruling
