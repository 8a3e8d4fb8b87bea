import codecs

import pytest

from bot.extract.charset import codec, decoded
from bot.extract.opening import PageOpener

WORDS = "Медуза: танкеры у берегов Венесуэлы"


def _page(words: str, head: str = "") -> str:
    return f"<html><head>{head}<title>{words}</title></head></html>"


@pytest.mark.parametrize(
    "label",
    [
        "utf-7", "UTF7", "unicode-1-1-utf-7", "rot13", "base64", "hex", "zlib", "idna", "punycode", "unicode_escape",
        "raw_unicode_escape", "undefined", "utf-32", "cp037", "hz-gb-2312", "iso-2022-kr", "mbcs", "no-such-set", "",
        "x" * 500, "../../etc/passwd", "os", "\x00", "é",
    ],
)  # fmt: skip
def test_a_set_that_browsers_do_not_know_is_not_honoured(label: str) -> None:
    assert codec(label) is None


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("UTF-8", "utf-8"),
        (" utf8 ", "utf-8"),
        ("latin1", "cp1252"),
        ("ISO-8859-1", "cp1252"),
        ("us-ascii", "cp1252"),
        ("windows-1251", "cp1251"),
        ("koi8-r", "koi8-r"),
        ("windows-1256", "cp1256"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("big5", "big5hkscs"),
        ("Shift_JIS", "cp932"),
        ("euc-kr", "cp949"),
        ("iso-8859-9", "cp1254"),
        ("tis-620", "cp874"),
    ],
)
def test_a_set_is_read_as_browsers_read_it(label: str, name: str) -> None:
    assert codec(label) == name


def test_utf_7_cannot_hide_a_title(opener: PageOpener) -> None:
    hidden = _page("+ADw-script+AD4-", "<meta charset=utf-7>").encode()

    assert opener.read(hidden, charset="utf-7").title == "+ADw-script+AD4-"


@pytest.mark.parametrize("name", ["windows-1251", "koi8-r", "iso-8859-5"])
@pytest.mark.parametrize("by", ["header", "meta", "http-equiv", "xml"])
def test_a_page_is_read_by_the_set_that_its_header_or_it_itself_declares(
    opener: PageOpener, name: str, by: str
) -> None:
    declared = {
        "meta": f"<meta charset='{name}'>",
        "http-equiv": f"<meta http-equiv='Content-Type' content='text/html; charset={name}'>",
    }.get(by, "")
    page = (f'<?xml version="1.0" encoding="{name}"?>' if by == "xml" else "") + _page(WORDS, declared)

    found = opener.read(page.encode(name), charset=name if by == "header" else None)

    assert found.title == WORDS


@pytest.mark.parametrize("mark", [codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_the_mark_of_a_page_outranks_what_is_declared(mark: bytes) -> None:
    name = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}[mark]

    assert decoded(mark + WORDS.encode(name), "koi8-r") == WORDS


def test_a_page_in_utf_8_is_read_as_such_whatever_it_declares() -> None:
    assert decoded(WORDS.encode(), "iso-8859-1") == WORDS


def test_a_character_cut_off_at_the_limit_is_left_out() -> None:
    assert decoded(WORDS.encode()[:-1]) == WORDS[:-1]


def test_one_broken_byte_costs_one_character() -> None:
    assert decoded(b"<p>" + WORDS.encode() + b"\xff", "utf-8") == f"<p>{WORDS}\ufffd"


def test_what_declares_nothing_is_read_as_browsers_do() -> None:
    assert decoded("Irán".encode("latin-1")) == "Irán"
    assert decoded(b"\x81\x8d") == "\ufffd\ufffd"


def test_a_page_that_calls_itself_sixteen_bits_in_eight_is_not() -> None:
    page = _page("Teherán", "<meta charset=utf-16>")

    assert decoded(page.encode()) == page
