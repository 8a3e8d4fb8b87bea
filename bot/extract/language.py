"""The language that a page is written in: what its words are, where they are enough, else what it declares."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.extract.claims import Choice
from bot.extract.markup import Markup
from bot.extract.text import text_of

_KNOWN = (
    "en", "es", "pt", "fr", "de", "it", "ru", "zh", "ar", "fa", "tr", "ja", "ko", "vi", "nl", "pl", "sv", "uk", "he",
    "hi", "el", "cs", "sk", "ro", "hu", "bg", "sr", "hr", "sl", "da", "no", "fi", "et", "lv", "lt", "is", "ca", "gl",
    "eu", "af", "sq", "sw", "zu", "xh", "id", "ms", "tl", "th", "bn", "ur", "ta", "te", "hy", "ka", "az", "kk",
)  # fmt: skip
"""The languages that newspapers are written in; among all that the model knows short texts are mistaken more often."""

_ANOTHER_CODE = {"nb": "no", "nn": "no", "iw": "he", "in": "id"}
_CODE = re.compile(r"([a-z]{2,3})(?:[-_]|$)")
_FEW = 30
"""Characters below which the words of a page are a guess."""

_ENOUGH = 140
_PARAGRAPHS = 40


def language_of(markup: Markup, title: str | None, summary: str | None) -> Choice[str] | None:
    """The language as an ISO 639-1 code."""
    declared = _declared(markup)
    words = _words(markup, title, summary)
    if len(words) < _FEW:
        return Choice(declared, 0.7, ("html lang",)) if declared else None
    code = str(_identifier().classify(words)[0])
    if code == declared:
        return Choice(code, 0.99, ("words", "html lang"))
    if declared is not None and declared not in _KNOWN:
        return Choice(declared, 0.7, ("html lang",))
    return Choice(code, 0.9, ("words",))


def load_model() -> None:
    """Load the model now rather than with the first page."""
    _identifier()


def _declared(markup: Markup) -> str | None:
    tree = markup.tree
    said = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found = _CODE.match(said.strip().lower())
    return _ANOTHER_CODE.get(found[1], found[1]) if found else None


def _words(markup: Markup, title: str | None, summary: str | None) -> str:
    words = " ".join(filter(None, (title, summary)))
    for place, paragraph in enumerate(markup.all("p")):
        if len(words) > _ENOUGH or place > _PARAGRAPHS:
            break
        words += " " + (text_of(paragraph) or "")
    return words[:_ENOUGH]


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(_KNOWN))
    return identifier
