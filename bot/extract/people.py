"""Names of people and desks out of bylines: without the words, dates, roles and addresses around them."""

import re
from collections.abc import Iterable, Iterator

from bot.extract.days import day_in
from bot.extract.text import folded

_WRITTEN = (
    r"written|posted|published|reported|story|words|geschrieben|veröffentlicht|eingestellt|gespeichert|verfasst|"
    r"ein (?:gast)?beitrag|artikel|escrito|publicado|redactado|texto?|autor(?:in|a|es|en)?|verfasser(?:in)?|interview|"
    r"kommentar|author(?:\(s\)|s)?|auteure?s?|autore|autrice|rédigé|publié|автор|текст|yazar|kaleme alan|نویسنده|بقلم|"
    r"كتب|tác giả|文|作者|記者|记者"
)
_WHO = r"by|von|por|par|di|da|door|av|af|oleh|durch|zeige alle beiträge von|view all posts by|more by|alle artikel von"
_BY = re.compile(
    rf"^\W*(?:(?:{_WRITTEN})(?:\s*(?:und|&|y)\s*fotos?)?\s*:?\s*)?(?:(?:{_WHO})\b\s*:?\s*|:\s*)?", re.IGNORECASE
)
_GLUED = re.compile(r"^(?:(?:By|Von|Por|Par)(?=[A-ZÄÖÜÉÁ]\w)|By(?=by\b))")
_BETWEEN = re.compile(r"\s*(?:[;&\n•·→]|\s/\s|\s(?:and|und|y|e|et|en|og|och|with|mit|con)\s)\s*", re.IGNORECASE)
_SLASH = re.compile(r"(?<=\w{3})/(?=[^\W\d_a-z]\w{2})")
_COMMA = re.compile(r"\s*,\s*")
_MONTH = r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zä]*"
_AFTER = re.compile(
    r"\s*(?:\(.*?\)|\[.*?\]|\bvia\b.*|\bfor\s+(?:the\s+)?[A-Z].*|\s[-–—|@<]\s.*|[<>|].*|\bof the\b.*|"
    r"\bim gespräch\b.*|\b(?:updated|published|posted|aktualisiert|am|on|um|at)\b(?=\W*\w*\W*\d).*|"
    rf"\d?\d[:.]\d\d\s*(?:am|pm|uhr)?.*|{_MONTH}\.?\s+\d.*|\b\d\d?\.?\s*{_MONTH}\b.*|\b\d\d?[./]\d\d?[./].*|"
    r"\bshares?$)$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"^@|https?:|://|www\.|\w@\w|\.(?:html?|php)\b", re.IGNORECASE)
_NOBODY = (
    r"admin(?:istrator)?|author|autor(?:in)?|editor|user|guest|none|null|undefined|unknown|no author|webmaster|by|von|"
    r"share|print|(?:facebook|twitter|follow|login|more|mehr)\b.*|view profile|profile?s?|kontakt|contact|stand|datum|"
    r"date|am|comments?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|"
    r"quelle:.*|link .*|(?:about )?the author|über den autor|anonymous|anonym|keine|n/a"
)
_NO_NAME = re.compile(
    rf"@\w|^\W*$|\d{{3,}}|^(?:{_NOBODY})$|"
    r"\b(?:correspondent|reporter(?:in)?|redakteur(?:in)?|journalist(?:in)?|columnist|min read|minutes?|minuten|ago|"
    r"uhr|kommentare?)$|\b(?:reporter|editor|writer|correspondent|director|professor|contributor) (?:at|of|for|in)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"^(?:senior |staff |political |chief |managing |associate |news |freelance |special |the )*(?:\w+ ){0,2}"
    r"(?:writer|editor|reporter|correspondent|contributor|columnist)s?$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:de|em|en|from|in|aus|da|desde|à) (?=[^\W\d_])")
_LONGEST = 60
_WORDS = 6
_LOOKED_AT = 2000
_PIECE = 200


def people_in(texts: Iterable[str]) -> tuple[str, ...]:
    """The names in some texts, each once."""
    names: dict[str, str] = {}
    for text in texts:
        for name in _split(" ".join(text[:_LOOKED_AT].split())):
            names.setdefault(folded(name), name)
    return tuple(names.values())


def has_by(text: str) -> bool:
    """Say whether a text begins as bylines do."""
    found = _BY.match(text)
    return bool(found and found[0].strip(" :"))


def _split(text: str) -> Iterator[str]:
    if _ADDRESS.search(text):
        return
    text = _BY.sub("", _GLUED.sub("", _BY.sub("", text, count=1)), count=1)
    for part in _BETWEEN.split(_SLASH.sub(" / ", text)):
        pieces = _COMMA.split(part)
        if len(pieces) == 2 and all(len(each.split()) == 1 for each in pieces) and not _ROLE.match(pieces[1]):  # noqa: PLR2004 - Roe, Jane
            pieces = [f"{pieces[1]} {pieces[0]}"]
        for piece in pieces:
            name = _AFTER.sub("", _BY.sub("", piece[:_PIECE], count=1)).strip(" .:,-–—|*")
            if name and not _is_no_name(name) and not _FROM.match(name):
                yield name


def _is_no_name(name: str) -> bool:
    if len(name) > _LONGEST or len(name.split()) > _WORDS:
        return True
    return bool(_NO_NAME.search(name) or _ROLE.match(name) or day_in(name))
