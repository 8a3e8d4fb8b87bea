"""Opens what was fetched, whatever it is: the words of an article, a document or a post, and the kind of the page."""

from bot.extract.article import ArticleReader
from bot.extract.charset import in_utf8
from bot.extract.kinds import told
from bot.extract.kinds.posts import told_by_oembed
from bot.extract.kinds.view import View
from bot.extract.markup import parsed
from bot.extract.page import Extract

_DOCUMENT = b"%PDF-"
_LOOKED_AT = 1024


class PageOpener:
    """What a child process does with a page: everything that parses is called here."""

    def __init__(self) -> None:
        self._articles = ArticleReader()

    def read(self, body: bytes, url: str | None = None, charset: str | None = None) -> Extract:
        """Read a page and say what kind it is. Whatever the bytes are, the answer is an Extract."""
        if body[:_LOOKED_AT].lstrip().startswith(_DOCUMENT):
            from bot.extract.kinds.pdf import told_by_pdf  # noqa: PLC0415 - few pages are documents, and pypdf is large

            return told_by_pdf(body, url)
        if url is not None and body[:1] == b"{" and (post := told_by_oembed(body, url)) is not None:
            return post
        markup = parsed(in_utf8(body, charset), url)
        if markup is None:
            return Extract(final_url=url)
        return told(View(markup), self._articles.read(markup))
