"""What an item's card asks of its outlet, and answers."""

from slack_sdk.models.blocks import Option, OverflowMenuElement, StaticSelectElement

from bot.desk.views import CardItem
from bot.editorial.issue import IssueState
from bot.editorial.item import Item, ItemState, Reading
from bot.editorial.kind import Kind
from bot.editorial.outlet import Verdict
from bot.render import Renderer
from handlers.blocks.words import plain

RULE_OUTLET = "rule_outlet"
OUTLET_MENU = "outlet_of_item"
YES = "yes"
WHY = "why"
CHANGE = "change"


def outlet_choice(item: Item, render: Renderer, action: str = RULE_OUTLET) -> StaticSelectElement:
    """Who controls the outlet of an item, to be answered; what an account is decides whose government counts."""
    not_sure = (Verdict.UNDECIDED.value, render.label("outlet.not_sure"))
    if item.kind is Kind.POST:
        asked = render.label("outlet.account")
        choices = [
            (f"{Verdict.OTHER}:private", render.label("outlet.private")),
            (f"{Verdict.STATE_MEDIA}:government", render.label("outlet.watched_government")),
            (f"{Verdict.OTHER}:government", render.label("outlet.another_government")),
            (f"{Verdict.STATE_MEDIA}:run", render.label("outlet.state_media")),
            not_sure,
        ]
    else:
        asked = render.label("outlet.asked")
        choices = [(Verdict.OTHER.value, render.label("outlet.no")), (YES, render.label("outlet.yes")), not_sure]
    options = [Option(text=plain(label), value=f"{item.id}:{choice}") for choice, label in choices]
    return StaticSelectElement(placeholder=plain(asked), action_id=action, options=options)


def outlet_menu(row: CardItem, render: Renderer) -> OverflowMenuElement | None:
    """Why the outlet of an item counts as what it counts as, and how to change that; None where nothing is said of it.

    It stands beside the words, since the other menu of a card holds as many as a menu may.
    """
    item = row.item
    is_said = item.state in {ItemState.PENDING, ItemState.FILED} and item.reading is not Reading.WAITING
    is_asked_about = item.kind is not None and item.kind.must_be_kept
    if not is_said or is_asked_about or item.is_release or row.issue.state is IssueState.PUBLISHED:
        return None
    label = {
        Verdict.STATE_MEDIA: render.label("outlet.why"),
        Verdict.OTHER: render.label("outlet.why_not"),
        Verdict.UNDECIDED: render.label("outlet.why_undecided"),
    }[row.verdict]
    choices = ((WHY, label), (CHANGE, render.label("outlet.change")))
    options = [Option(text=plain(words), value=f"{item.id}:{choice}") for choice, words in choices]
    return OverflowMenuElement(action_id=OUTLET_MENU, options=options)
