"""The words by which a story is known again: names and numbers first, little words not at all."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.editorial.country import NAMES

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[\u3400-\u9fff]+|[^\W\d_\u3400-\u9fff]+")
_CHINESE = re.compile(r"(?=([\u3400-\u9fff]{2}))")
"""Chinese has no spaces: each two characters that stand side by side stand for a word."""

_CROSSED = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i"})
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TWICE = re.compile(r"([a-z])\1")
_ENDS_SENTENCE = ".!?:…|—–•\n"
_OPENS = " “”\"'‘«(¿¡["
_STEM = 6
"""Letters of a word that count: what follows tells a noun from its adjective, and Spanish from English."""

_LEAST, _LEAST_STEM = 2, 4
_TITLED = 0.7
"""A headline in which more of the longer words than this have capitals says nothing of names by them."""

_NAME, _NUMBER, _PLAIN = 2.0, 2.0, 1.0
_LEAD = 60
"""Words of a text that say what it is about."""

_LITTLE_WORDS = """
a about after again against ahead all along also amid among an and any are as at back be because been before being
between both but by can could day days did do does during each following for from further got had has have he her
here him his how if in into is it its just last like made make makes making many may might month months more most
much must near new next no nor not now of off on once one only or other our out over own part per said same say
saying says set she should since so some still such take takes than that the their them then there these they this
those three through time to today too two under until up upon us very via was we week weeks well were what when
where whether which while who whom whose why will with within without would year years yet you your
according announce announced announces news report reported reportedly reports told video

al algo ante antes aquel asi aun aunque bajo cada como con contra cual cuando de del desde dia dias donde dos el
ella ellos en entre era eran es esa ese eso esta estaba estan estas este esto estos fue fueron ha hace hacia han
hasta hay hoy la las le les lo los mas me mes meses mi mientras mil mucho muy nada ni no nos nueva nuevo o otra
otras otro otros para pero poco por porque primera primero puede que quien quienes se segun sera seran si sido sin
sobre solo son su sus tambien tan tanto te tiene tienen todo todos tras tres tu un una unas uno unos y ya

ao aos ate com da das do dos e ela ele em essa esse foi foram isso ja mais mas mesmo na nas nao nem no nos num numa
os ou pela pelas pelo pelos qual quando quem se sem ser seu seus sua suas sob tem um uma umas uns

au aux avec ce ces cette dans des du elle est et il ils leur les mais ne nous par pas plus pour qui sur une
als auf aus bei das dem den der die ein eine einen einer fur im ist mit nach nicht sich sie und von vor wie zu zum
"""
"""Words of English, Spanish, Portuguese, French and German that tell nothing of a story."""

_DEMONYM = re.compile(r"(?:[aeiou]|[aeio]?n[aeo]?|i?[ae]ns?|ese|esa|es|eno|ena|i[aeno]{0,2})?s?")
_ALSO = {
    "brasil": "BR",
    "britan": "GB",
    "catar": "QA",
    "chinos": "CN",
    "corea": "KR",
    "korea": "KR",
    "espan": "ES",
    "franc": "FR",
    "french": "FR",
    "german": "DE",
    "aleman": "DE",
    "hait": "HT",
    "hondur": "HN",
    "israel": "IL",
    "libano": "LB",
    "lebanes": "LB",
    "nicaragu": "NI",
    "panam": "PA",
    "paraguai": "PY",
    "peruv": "PE",
    "ruso": "RU",
    "rusa": "RU",
    "salvador": "SV",
    "spanish": "ES",
    "turqui": "TR",
    "turco": "TR",
    "turkish": "TR",
    "uruguai": "UY",
}
"""What the ends of English demonyms do not find, in the languages of the house, as words are folded here."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text with what each weighs, and the countries that it speaks of."""

    weights: Mapping[str, float]
    countries: frozenset[str]


@lru_cache(maxsize=8192)
def words_of(text: str) -> Words:
    """Read a headline or the beginning of a text; an item is compared often, and its words stay the same."""
    found = list(_WORD.finditer(text))[:_LEAD]
    long = [word[0] for word in found if len(word[0]) >= _LEAST_STEM and word[0][0].isalpha()]
    titled = sum(word[0].isupper() for word in long) > _TITLED * len(long)
    weights, countries = dict.fromkeys(_CHINESE.findall(text)[:_LEAD], _PLAIN), set[str]()
    for place, word in enumerate(found):
        key, weight = _weighed(word, text, titled=titled)
        country = _country(key) if weight and not key[0].isdigit() else None
        if country is not None:
            countries.add(country)
            key, weight = country, _PLAIN
        elif weight == _NAME and _is_first_name(found, place, text):
            weight = _PLAIN
        if weight:
            stem = key if country is not None else _stem(key)
            weights[stem] = max(weight, weights.get(stem, 0.0))
    return Words(weights, frozenset(countries))


def _weighed(word: re.Match[str], text: str, *, titled: bool) -> tuple[str, float]:
    """A word as it is compared, and its weight; 0 where it tells nothing."""
    if word[0][0].isdigit():
        number = _THOUSANDS.sub("", word[0]).replace(",", ".")
        of_a_word = text[: word.start()].endswith("-")  # as in COVID-19
        return number, _NUMBER if len(number) > 1 and not of_a_word and not _YEAR.fullmatch(number) else 0.0
    key = _folded(word[0])
    if len(key) < _LEAST or key in _LITTLE or _CHINESE.match(key):
        return key, 0.0
    before = text[: word.start()].rstrip(_OPENS)[-1:]
    begins = not before or before in _ENDS_SENTENCE
    acronym = word[0].isupper() and len(word[0]) > 1
    return key, _NAME if not titled and word[0][0].isupper() and (acronym or not begins) else _PLAIN


def _is_first_name(found: list[re.Match[str]], place: int, text: str) -> bool:
    """Whether another name follows at once: of `Juan Guaidó` and `Cape Verde` the last word says who is meant."""
    if place + 1 == len(found):
        return False
    following = found[place + 1]
    between = text[found[place].end() : following.start()]
    return between in {" ", "-"} and following[0][0].isupper()


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word).casefold().translate(_CROSSED)
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _TWICE.sub(r"\1", bare).replace("y", "i").replace("ph", "f")


def _stem(key: str) -> str:
    if len(key) > _STEM:
        return key[:_STEM]
    return key[:-1] if len(key) >= _LEAST_STEM and key.endswith("s") else key


def _country(key: str) -> str | None:
    for size in range(len(key), _LEAST_STEM - 1, -1):
        code = _COUNTRIES.get(key[:size])
        if code is not None and (key[:size] in _ALSO or _DEMONYM.fullmatch(key[size:])):
            return code
    return None


def _stems() -> Mapping[str, str]:
    """Beginnings of the names of countries; the United States are in every second story and tell none from another."""
    found = dict(_ALSO)
    for code, name in NAMES.items():
        if name.isalpha() and len(name) >= _LEAST_STEM:
            stem = _folded(name)
            found.setdefault(stem, code)
            if len(stem) > _LEAST_STEM:
                found.setdefault(stem.rstrip("aeio"), code)
    return {stem: code for stem, code in found.items() if len(stem) >= _LEAST_STEM}


_LITTLE, _COUNTRIES = frozenset(map(_folded, _WORD.findall(_LITTLE_WORDS))), _stems()
