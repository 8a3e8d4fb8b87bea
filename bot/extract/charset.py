"""Turns the bytes of a page into text, by the character sets that browsers know and no others."""

import codecs
import re

_DECLARED = re.compile(
    rb"""<(?:meta\b|\?xml\b)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_LOOKED_AT = 2048
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SANE = frozenset(
    {
        "utf-8", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "euc_jp",
        "iso2022_jp",
        *(f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
        *(f"cp{page}" for page in range(1250, 1259)),
        "gb18030", "big5hkscs", "cp932", "cp949", "cp874",
    }
)  # fmt: skip
_WIDER = {
    "ascii": "cp1252", "iso8859-1": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874", "tis-620": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "hz": "", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949",
    "utf-16": "utf-16-le", "utf-8-sig": "utf-8",
}  # fmt: skip
"""Where browsers read a name as the larger set that contains it."""


def in_utf8(body: bytes, header: str | None = None) -> bytes:
    """The text of a page in UTF-8, in which most pages come and are left as they are."""
    if not body.isascii() and not body.startswith(_UTF_16):
        unicode = body.removeprefix(codecs.BOM_UTF8)
        text = _as_utf8(unicode)
        if text is not None:
            return unicode if unicode.endswith(text[-1:].encode()) else text.encode()
    return decoded(body, header).encode(errors="replace")


def decoded(body: bytes, header: str | None = None) -> str:
    """The text of a page: by its mark, as UTF-8 where it is that, by what header or page declare, else windows-1252.

    Never fails; what does not fit becomes a replacement character. A character cut off at the end is left out.
    """
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, errors="replace")
    unicode = _as_utf8(body) if not body.isascii() else None
    if unicode is not None:  # a page that is valid UTF-8 beyond ASCII is UTF-8, whatever it declares
        return unicode
    for label in (header, _label_in(body)):
        found = codec(label)
        if found is not None:
            return body.decode(found, errors="replace")
    return body.decode("cp1252", errors="replace")


def codec(label: str | None) -> str | None:
    """The codec for a declared name; None where browsers know no such set: utf-7, and what is no text at all."""
    if not label:
        return None
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    name = _WIDER.get(name, name)
    return name if name in _SANE else None


def _as_utf8(body: bytes) -> str | None:
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return None


def _label_in(body: bytes) -> str | None:
    found = _DECLARED.search(body, 0, _LOOKED_AT)
    label = found[1].decode("ascii", errors="replace") if found else None
    return "utf-8" if label and label.lower().startswith("utf-16") else label
