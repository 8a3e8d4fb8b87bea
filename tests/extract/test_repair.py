import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.extract.repair import loads


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('{"a": "one\ttwo\nthree"}', {"a": "one\ttwo\nthree"}),
        ('{"a": [1, 2,],}', {"a": [1, 2]}),
        ('{"a": 1,, "b": 2}', None),
        ('/* made by hand */ {"a": 1} // the end', {"a": 1}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('{"a": 1};', {"a": 1}),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('[{"a": 1} {"b": 2}]', [{"a": 1}, {"b": 2}]),
        ("{&quot;a&quot;: &quot;b&quot;}", {"a": "b"}),
        (r'{"a": "it\'s"}', {"a": "it's"}),
        ('{"url": "https://a.example/*x*/,]"}', {"url": "https://a.example/*x*/,]"}),
        ('{"a": ', None),
        ("", None),
        ("[" * 100_000, None),
    ],
)
def test_json_is_read_as_pages_write_it(text: str, value: object) -> None:
    assert loads(text) == value


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(value=JSON, comment=st.text(alphabet="abc ,]}", max_size=8))
@example(value={"\\0": None}, comment="")
def test_slips_do_not_change_what_is_said(value: object, comment: str) -> None:
    assert loads(json.dumps(value)) == value
    assert loads(f"/*{comment}*/{json.dumps([value])[:-1]},]") == [value]


@given(text=st.text(max_size=200))
def test_whatever_the_text_something_or_none_is_read(text: str) -> None:
    loads(text)
