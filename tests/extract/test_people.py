import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.people import people_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Jane Roe", ("Jane Roe",)),
        ("ByJane Roe", ("Jane Roe",)),
        ("Por Ana Pérez y Luis Prado", ("Ana Pérez", "Luis Prado")),
        ("Por João Silva e Maria Souza, de Brasília", ("João Silva", "Maria Souza")),
        ("Von Karl Müller und Anna-Lena Groß", ("Karl Müller", "Anna-Lena Groß")),
        ("Texto: Ana Pérez | La Habana", ("Ana Pérez",)),
        ("Eingestellt von der Michel", ("der Michel",)),
        ("Roe, Jane", ("Jane Roe",)),
        ("Jane Roe, Senior Reporter", ("Jane Roe",)),
        ("Jane Roe, John Doe, Li Wei", ("Jane Roe", "John Doe", "Li Wei")),
        ("Jane Roe January 11, 2021", ("Jane Roe",)),
        ("Jane Roe (Reuters)", ("Jane Roe",)),
        ("https://www.facebook.com/janeroe", ()),
        ("@janeroe", ()),
        ("jane@news.example", ()),
        ("admin", ()),
        ("11 de enero de 2021", ()),
        ("Share", ()),
        ("", ()),
    ],
)
def test_a_byline_names_people_and_nothing_else(text: str, names: tuple[str, ...]) -> None:
    assert people_in([text]) == names


@given(texts=st.lists(st.text(max_size=80), max_size=4))
def test_whatever_the_texts_names_are_short_plain_and_each_once(texts: list[str]) -> None:
    names = people_in(texts)

    assert all(name.strip() == name and 0 < len(name) <= 60 for name in names)
    assert len({name.casefold() for name in names}) == len(names)
