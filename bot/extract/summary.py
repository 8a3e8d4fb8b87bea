"""What a page says of itself in a sentence or two."""

from bot.extract.claims import Choice
from bot.extract.markup import Markup
from bot.extract.structured import text_in

_METAS = (
    ("og:description", 0.9),
    ("description", 0.9),
    ("twitter:description", 0.8),
    ("dc.description", 0.8),
    ("dcterms.description", 0.8),
)


def summary_of(markup: Markup) -> Choice[str] | None:
    """The description that the page gives, else that of its article in JSON-LD."""
    for name, weight in _METAS:
        if (said := markup.metas.get(name)) and said.strip():
            return Choice(said, weight, (name,))
    said = text_in(markup.structured.article.get("description"))
    return Choice(said, 0.8, ("JSON-LD description",)) if said and said.strip() else None
