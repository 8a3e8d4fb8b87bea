"""The language that a page is written in: what its words are, where they are enough, else what it declares."""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from bot.extract.claims import Choice
from bot.extract.markup import Markup
from bot.extract.text import text_of

KNOWN = (
    "en", "es", "pt", "fr", "de", "it", "ru", "zh", "ar", "fa", "tr", "ja", "ko", "vi", "nl", "pl", "sv", "uk", "he",
    "hi", "el",
)  # fmt: skip
"""The languages of the outlets, which short texts are told apart by."""

_CODE = re.compile(r"([a-z]{2,3})([-_]|$)")
_FEW = 30
"""Characters below which the words of a page are a guess."""

_MANY = 600
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
    if declared is not None and declared not in KNOWN and _is_possible(declared, words):
        return Choice(declared, 0.8, ("html lang",))
    return Choice(code, 0.9, ("words",))


def load_model() -> None:
    """Load the model now rather than with the first page."""
    _identifier()


def _declared(markup: Markup) -> str | None:
    tree = markup.tree
    said = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    found = _CODE.match(said.strip().lower())
    return found[1] if found else None


def _is_possible(declared: str, words: str) -> bool:
    return bool(declared and words)


def _words(markup: Markup, title: str | None, summary: str | None) -> str:
    words = " ".join(filter(None, (title, summary)))
    for place, paragraph in enumerate(markup.tree.iter("p")):
        if len(words) > _MANY or place > _PARAGRAPHS:
            break
        words += " " + (text_of(paragraph) or "")
    return words[:_MANY]


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(KNOWN))
    return identifier
