"""What editors are asked about what looks like an opinion of state media, and what they say."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block
from slack_sdk.models.views import View

from bot.desk.views import ItemAndIssue
from bot.editorial.acceptance import is_barred
from bot.editorial.issue import IssueState
from bot.editorial.item import ItemState
from bot.render import Renderer, without_emphasis
from handlers.blocks.forms import text_field, written_in
from handlers.blocks.opinion import appeal_buttons, sign_of
from handlers.blocks.words import modal, sections

RECLASSIFY_FORM = "reclassify_form"


def appeal_blocks(asked: Sequence[ItemAndIssue], render: Renderer) -> tuple[str, list[Block]]:
    """What an editor is told in private of a member's question, as it stands."""
    (about,) = asked
    words = render.message(
        "appeal",
        item=about.item,
        names=about.names,
        sign=sign_of(about.item, render),
        is_open=_is_open(about),
        number=about.issue.number,
    )
    blocks: list[Block] = list(sections(words))
    if _is_open(about):
        blocks.append(ActionsBlock(block_id=f"appeal:{about.item.id}", elements=appeal_buttons(about.item, render)))
    return without_emphasis(words), blocks


def reclassify_form(item_id: int, render: Renderer) -> View:
    """Asks an editor why an item is a report."""
    return modal(
        RECLASSIFY_FORM,
        render.label("opinion.title"),
        [text_field("reason", render.label("opinion.why"), None, 200)],
        submit=render.label("opinion.submit"),
        close=render.label("opinion.cancel"),
        item=item_id,
    )


def reclassified_in(view: Mapping[str, Any]) -> tuple[int, str]:
    """The item, and the reason."""
    return int(json.loads(view["private_metadata"])["item"]), written_in(view, "reason") or ""


def _is_open(about: ItemAndIssue) -> bool:
    is_here = about.item.state in {ItemState.PENDING, ItemState.FILED} and about.issue.state is not IssueState.PUBLISHED
    return is_here and is_barred(about.item, about.house.state_media)
