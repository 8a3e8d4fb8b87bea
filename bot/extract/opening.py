"""Opens what was fetched, whatever it is: the words of an article, a document or a post, and the kind of the page."""

from bot.extract.article import ArticleReader
from bot.extract.kinds import told
from bot.extract.kinds.markup import read_markup
from bot.extract.kinds.pdf import is_pdf, told_by_pdf
from bot.extract.kinds.posts import told_by_oembed
from bot.extract.page import Extract


class PageOpener:
    """What a child process does with a page: everything that parses is called here."""

    def __init__(self) -> None:
        self._articles = ArticleReader()

    def read(self, body: bytes, url: str | None = None, charset: str | None = None) -> Extract:
        """Read a page and say what kind it is. Whatever the bytes are, the answer is an Extract."""
        if is_pdf(body):
            return told_by_pdf(body, url)
        if url is not None and body[:1] == b"{" and (post := told_by_oembed(body, url)) is not None:
            return post
        found = self._articles.read(body, url, charset)
        page = read_markup(body, url, charset)
        return told(page, found) if page is not None else found
