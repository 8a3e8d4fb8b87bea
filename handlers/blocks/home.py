"""A member's home of the app: how the issue stands, what is theirs, and a button to whatever comes next."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    BlockElement,
    ButtonElement,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    SectionBlock,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.home_page import DeskChoice, FittingForm, HomePage, ShortSection, Waiting
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.needs import Need
from bot.render import Renderer, without_emphasis
from handlers.blocks.accepting import accept_buttons
from handlers.blocks.calendar import calendar_button
from handlers.blocks.card import ATTEST, FILE_SUGGESTED, REVIEW, section_choice
from handlers.blocks.gate import FIX_LIST
from handlers.blocks.language import language_choice
from handlers.blocks.outlet import outlet_choice
from handlers.blocks.registry import registry_button
from handlers.blocks.reminder import snooze_button
from handlers.blocks.status import time_left
from handlers.blocks.team import team_button
from handlers.blocks.waiting import waiting_button
from handlers.blocks.words import marked, modal, one_view, plain, sections, share_of
from handlers.blocks.writing import passages_choice

FILE_FROM_HOME = "file_from_home"
FILE_FORM = "file_from_home_form"
EDIT_FROM_HOME = "edit_from_home"
SHOW_FITTING = "show_fitting"
FITTING_FORM = "fitting_form"
GOT_IT = "got_what_is_kept"
OTHER_DESK = "other_desk"
DESK_FORM = "desk_form"

_VALUE = "value"
_LISTED, _LISTED_CHARACTERS = 20, 6000
"""What is listed of a member's own items; all are to be found with `/vric find`."""

_SHORT_WITH_BUTTONS = 30
"""A home has a hundred blocks; a house of more sections names the rest in words."""

_FITTING_SHOWN = 25


def home_view(page: HomePage, links: Mapping[int, str], render: Renderer) -> View:
    """The home; `links` say where the card of an item can be opened."""
    status = page.status
    blocks: list[Block] = [
        HeaderBlock(
            text=plain(render.label("status.title", house=status.house.title, number=status.issue.number), 150)
        ),
        *sections(_head(page, render)),
        *(_welcome(page, render) if page.is_new else ()),
        *_titled("yours", sections(_mine(page, render)), render),
        *(_waiting(each, page, links, render) for each in page.waiting),
        *sections(_more_waiting(page, render)),
        *_titled("short", _short(page, render), render),
        *_titled("coverage", sections(_coverage(page, render)), render),
        *_titled("settings", _settings(page, render), render),
    ]
    if page.blocking is not None:
        blocks += _titled("desk", _of_editors(page, page.blocking, render), render)
    return View(type="home", blocks=one_view(blocks, render))


def home_without_desk(desks: int, render: Renderer) -> View:
    """The home of somebody of whom it is not clear which desk they want to see, or who has none."""
    if not desks:
        return View(type="home", blocks=sections(render.error("no_desk")))
    words = sections(render.message("home_choose", desks=desks))
    return View(type="home", blocks=[*words, ActionsBlock(elements=[_other_desk("choose_desk", render)])])


def status_answer(page: HomePage, links: Mapping[int, str], render: Renderer) -> tuple[str, list[Block]]:
    """What the home says, as an answer: for those who type."""
    status, left = page.status, time_left(page.status, render)
    waiting = [render.message("home_waiting", w=each, card=links.get(each.item.id)) for each in page.waiting]
    short = [render.message("home_short", short=each) for each in page.short if each.fitting]
    parts = {
        "yours": "\n".join([_mine(page, render), *waiting, _more_waiting(page, render)]),
        "short": "\n".join([*short, _links_needed([each for each in page.short if not each.fitting], render)]),
        "coverage": _coverage(page, render),
    }
    if page.blocking is not None:
        parts["desk"] = _desk(page, page.blocking, render)
    said = [render.message("status_part", title=render.label(f"home.{name}"), words=parts[name]) for name in parts]
    text = render.message("status_says", s=status, left=left, share=share_of(render, status), waiting=len(page.waiting))
    return without_emphasis(text), [block for words in (_head(page, render), *said) for block in sections(words)]


def file_form(item: Item, house: House, render: Renderer) -> View:
    """Where an item is filed."""
    choice = StaticSelectElement(
        action_id=_VALUE,
        placeholder=plain(render.label("home.section")),
        option_groups=section_choice(house, item, render),
    )
    field = InputBlock(block_id="section", label=plain(render.label("home.section")), element=choice)
    return modal(
        FILE_FORM,
        render.label("home.file"),
        [*sections(render.message("fitting_item", item=item)), field],
        submit=render.label("home.file"),
        close=render.label("home.cancel"),
    )


def filed_in(view: Mapping[str, Any]) -> tuple[int, str]:
    """The item and its section."""
    item, _, section = str(view["state"]["values"]["section"][_VALUE]["selected_option"]["value"]).partition(":")
    return int(item), section


def fitting_form(form: FittingForm, render: Renderer) -> View:
    """The links that may fit in a section, each with the button that files it there."""
    words = render.message("fitting", short=form.short)
    items = form.short.fitting[:_FITTING_SHOWN]
    blocks: list[Block] = [*sections(words), *(_fitting(item, form.short, render) for item in items)]
    return modal(
        FITTING_FORM,
        form.short.section.title,
        one_view(blocks, render),
        submit=None,
        close=render.label("home.close"),
        desk=form.desk.id,
        section=form.short.section.key,
    )


def fitting_of(view: Mapping[str, Any]) -> tuple[int, str]:
    """The desk and the section that a form of fitting links shows."""
    said = json.loads(view["private_metadata"])
    return int(said["desk"]), str(said["section"])


def desk_form(choice: DeskChoice, render: Renderer) -> View:
    """Which desk the home shows."""
    options = {desk.id: Option(text=plain(f"#{name}"), value=str(desk.id)) for desk, name in choice.desks.items()}
    title = render.label("home.choose_desk")
    if not options:
        return modal(DESK_FORM, title, sections(render.error("no_desk")), submit=None, close=render.label("form.close"))
    select = StaticSelectElement(
        action_id=_VALUE,
        placeholder=plain(title),
        options=list(options.values())[:100],
        initial_option=options.get(choice.chosen) if choice.chosen is not None else None,
    )
    field = InputBlock(block_id="desk", label=plain(title), element=select)
    return modal(DESK_FORM, title, [field], submit=render.label("home.save"), close=render.label("home.cancel"))


def desk_in(view: Mapping[str, Any]) -> int:
    """The desk that was chosen."""
    return int(view["state"]["values"]["desk"][_VALUE]["selected_option"]["value"])


def _titled(name: str, blocks: Sequence[Block], render: Renderer) -> list[Block]:
    return [DividerBlock(), HeaderBlock(text=plain(render.label(f"home.{name}"))), *blocks]


def _head(page: HomePage, render: Renderer) -> str:
    status = page.status
    share = share_of(render, status)
    return render.message("home_head", s=status, left=time_left(status, render), zone=page.zone, share=share)


def _welcome(page: HomePage, render: Renderer) -> list[Block]:
    words = render.message("home_welcome", s=page.status, kept=render.message("kept", kept=page.kept, in_home=True))
    got_it = ButtonElement(text=plain(render.label("home.got_it")), action_id=GOT_IT, value="home", style="primary")
    return [DividerBlock(), *sections(words), ActionsBlock(elements=[got_it])]


def _mine(page: HomePage, render: Renderer) -> str:
    listed = [item for item in page.status.mine if item.section is not None][:_LISTED]
    while sum(len(item.url) + len(item.title or "") for item in listed) > _LISTED_CHARACTERS:
        listed = listed[:-1]
    return render.message("home_mine", s=page.status, listed=listed)


def _waiting(waiting: Waiting, page: HomePage, links: Mapping[int, str], render: Renderer) -> Block:
    words = render.message("home_waiting", w=waiting, card=links.get(waiting.item.id))
    return _row(words, _next_action(waiting, page, render))


def _more_waiting(page: HomePage, render: Renderer) -> str:
    more = page.waits - len(page.waiting)
    return render.message("home_waiting_more", more=more) if more else ""


def _next_action(waiting: Waiting, page: HomePage, render: Renderer) -> InteractiveElement:
    """What settles the first thing that is open of an item."""
    item = waiting.item
    match waiting.needs[0]:
        case Need.DECISION:
            place = f"{page.status.desk.id}:{item.shown_in or item.message}:0"
            return _button("decide", REVIEW, place, render)
        case Need.SECTION if Need.WORD in waiting.needs:
            return accept_buttons(item, render, in_form=True)[0]
        case Need.SECTION:
            return _button("file", FILE_FROM_HOME, str(item.id), render)
        case Need.WORD:
            return _button("attest", ATTEST, str(item.id), render)
        case Need.OUTLET:
            return outlet_choice(item, render)
        case need:
            return _button(f"set_{need.value}", EDIT_FROM_HOME, str(item.id), render)


def _short(page: HomePage, render: Renderer) -> list[Block]:
    with_links = [each for each in page.short if each.fitting][:_SHORT_WITH_BUTTONS]
    rows = [
        _row(
            render.message("home_short", short=each),
            _button("show_fitting", SHOW_FITTING, f"{page.status.desk.id}:{each.section.key}", render),
        )
        for each in with_links
    ]
    others = [each for each in page.short if each not in with_links]
    return [*rows, *(sections(_links_needed(others, render)) if others or not rows else ())]


def _links_needed(short: Sequence[ShortSection], render: Renderer) -> str:
    return render.message("home_links_needed", short=short)


def _coverage(page: HomePage, render: Renderer) -> str:
    return render.message("home_coverage", s=page.status, coverage=page.coverage)


def _settings(page: HomePage, render: Renderer) -> list[Block]:
    words = sections(render.message("home_settings", kept=page.kept))
    return [*words, ActionsBlock(elements=_settings_of_members(page, render))]


def _settings_of_members(page: HomePage, render: Renderer) -> list[InteractiveElement]:
    """What members set for themselves; each part of the bot that has something to set lists it here."""
    desk = [_other_desk("other_desk", render)] if page.desks > 1 else []
    return [snooze_button(page.status.issue.id, render), language_choice(render), *desk]


def _of_editors(page: HomePage, blocking: int, render: Renderer) -> list[Block]:
    return [*sections(_desk(page, blocking, render)), ActionsBlock(elements=_tools_of_editors(page, blocking, render))]


def _desk(page: HomePage, blocking: int, render: Renderer) -> str:
    return render.message("home_gate", s=page.status, blocking=blocking, decisions=page.decisions)


def _tools_of_editors(page: HomePage, blocking: int, render: Renderer) -> list[InteractiveElement]:
    """What editors do from here; each part of the bot that has something for them lists it here."""
    label = render.label("home.fix_blocking", count=blocking) if blocking else render.label("home.fix_list")
    issue = page.status.issue.id
    fix = ButtonElement(text=plain(label), action_id=FIX_LIST, value=str(issue))
    desk = page.status.desk.id
    return [
        fix,
        passages_choice(page.status.house, issue, render),
        waiting_button(render, desk, page.decisions),
        registry_button(render, desk),
        calendar_button(desk, render),
        *([team_button(desk, render, "team.open")] if page.may_name else ()),
    ]


def _fitting(item: Item, short: ShortSection, render: Renderer) -> Block:
    file = _button("file", f"{FILE_SUGGESTED}:0", f"{item.id}:{short.section.key}", render)
    return _row(render.message("fitting_item", item=item), file)


def _row(words: str, beside: BlockElement) -> SectionBlock:
    return SectionBlock(text=MarkdownTextObject(text=marked(words)), accessory=beside)


def _button(label: str, action: str, value: str, render: Renderer) -> ButtonElement:
    return ButtonElement(text=plain(render.label(f"home.{label}")), action_id=action, value=value)


def _other_desk(label: str, render: Renderer) -> ButtonElement:
    return _button(label, OTHER_DESK, "home", render)
