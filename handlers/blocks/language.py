"""The language in which a member is spoken to, for the settings of the app's home."""

from slack_sdk.models.blocks import Option, StaticSelectElement

from bot.editorial.house import CATALOGUES
from bot.render import Renderer
from handlers.blocks.words import plain

LANGUAGE = "choose_language"


def language_choice(render: Renderer) -> StaticSelectElement:
    """All languages, each by its own name; the one in which this is said is chosen."""
    options = {code: Option(text=plain(render.label(f"spoken.{code}")), value=code) for code in CATALOGUES}
    return StaticSelectElement(
        placeholder=plain(render.label("field.language")),
        action_id=LANGUAGE,
        options=list(options.values()),
        initial_option=options[render.words.language],
    )
