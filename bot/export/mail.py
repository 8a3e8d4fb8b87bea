"""An issue as a mail: MJML becomes the HTML that mail readers show."""

import mrml

from bot.editorial.edition import Edition
from bot.render import Renderer

GMAIL_CUTS_AT = 102 * 1024
"""The bytes of HTML after which Gmail hides the rest of a mail behind a link."""


def is_cut(edition: Edition, renderer: Renderer) -> bool:
    """Whether Gmail would hide a part of an edition's mail."""
    return len(mail(edition, renderer)) > GMAIL_CUTS_AT


def mail(edition: Edition, renderer: Renderer) -> bytes:
    """An edition as a mail that asks nothing of any network: no fonts, no pictures, no includes."""
    options = mrml.RenderOptions(disable_comments=True, fonts={})
    return mrml.to_html(renderer.edition("email", edition), render_options=options).content.encode() + b"\n"
