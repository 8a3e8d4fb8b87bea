import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.names import closed, without_names

NAMES = {"infobae", "eltiempo", "xinhuanet", "新华网", "thecourier"}


@pytest.mark.parametrize(
    ("title", "left"),
    [
        ("Sube el dólar - Infobae", "Sube el dólar"),
        ("Sube el dólar | Economía | Infobae", "Sube el dólar | Economía"),
        ("Infobae: sube el dólar", "Infobae: sube el dólar"),
        ("El Tiempo » Sube el dólar", "Sube el dólar"),
        ("Maduro: talks – but not now - The Courier", "Maduro: talks – but not now"),
        ("中国与委内瑞拉签署协议-新华网", "中国与委内瑞拉签署协议"),
        ("中国与委内瑞拉签署协议_新华网", "中国与委内瑞拉签署协议"),
        ("11.01.2021 | Sube el dólar", "Sube el dólar"),
        ("Iran – a year on – what changed", "Iran – a year on – what changed"),
        ("Infobae", "Infobae"),
    ],
)
def test_names_of_the_site_go_and_the_headline_stays(title: str, left: str) -> None:
    assert without_names(title, NAMES) == left


def test_what_a_heading_confirms_stays() -> None:
    assert without_names("The rise and fall of | Infobae", NAMES, ["The rise and fall of | Infobae"]).endswith(
        "Infobae"
    )


@given(title=st.text(max_size=60), name=st.sampled_from(["Infobae", "El Tiempo", "新华网"]))
def test_what_is_left_is_a_part_of_the_title_and_never_nothing(title: str, name: str) -> None:
    for whole in (f"{title} | {name}", f"{name} | {title}", title):
        left = without_names(whole, NAMES)
        assert left in whole
        assert left or not closed(whole)
