"""Opens what was fetched, whatever it is: the words of an article and the kind of its page."""

from dataclasses import replace

from bot.extract.article import ArticleReader
from bot.extract.kinds import nature_of
from bot.extract.kinds.markup import read_markup
from bot.extract.page import Extract


class PageOpener:
    """What a child process does with a page: everything that parses is called here."""

    def __init__(self) -> None:
        self._articles = ArticleReader()

    def read(self, body: bytes, url: str | None = None, charset: str | None = None) -> Extract:
        """Read a page and say what kind it is. Whatever the bytes are, the answer is an Extract."""
        found = self._articles.read(body, url, charset)
        page = read_markup(body, url, charset)
        return replace(found, nature=nature_of(page)) if page is not None else found
