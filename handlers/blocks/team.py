"""Who owns and edits a desk: the answer to a member, and the form of owners."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    InputBlock,
    Option,
    OptionGroup,
    StaticMultiSelectElement,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View

from bot.desk.team_page import TeamForm, TeamPage, TeamWish
from bot.ports import UserGroup
from bot.render import Renderer, without_emphasis
from handlers.blocks.words import modal, plain, sections

CHANGE_TEAM = "change_team"
TEAM_FORM = "team_form"

_VALUE = "value"
_OPTIONS = 100
"""So many options a list or a group of them may have."""

_MOST_GROUPS = 1000
"""User groups that are offered, those of the team before others: a form holds 250 kB."""

_MOST_PEOPLE = 100


def team_button(desk_id: int, render: Renderer, label: str = "team.change") -> ButtonElement:
    """Opens the form in which an owner changes the team."""
    return ButtonElement(text=plain(render.label(label)), action_id=CHANGE_TEAM, value=str(desk_id))


def team_blocks(page: TeamPage, render: Renderer) -> tuple[str, list[Block]]:
    words = _words(page, render)
    blocks: list[Block] = [*sections(words)]
    if page.may_change:
        blocks.append(ActionsBlock(elements=[team_button(page.desk.id, render)]))
    return without_emphasis(words), blocks


def team_form(form: TeamForm, render: Renderer) -> View:
    """Who is named, to be chosen anew; the form carries the version of the team that it showed."""
    team, chosen = form.team, {group.id for group in form.team.groups}
    blocks: list[Block] = [
        *sections(render.message("team_form", channel=form.desk.channel)),
        _people("owners", team.owners, render, optional=False),
        _people("editors", team.editors, render, optional=True),
    ]
    if form.groups:
        blocks.append(_groups(form.groups, chosen, render))
    return modal(
        TEAM_FORM,
        render.label("team.title"),
        blocks,
        submit=render.label("form.save"),
        close=render.label("form.cancel"),
        desk=form.desk.id,
        version=team.version,
    )


def team_shown(page: TeamPage, render: Renderer) -> View:
    """The team as it is now; it stands in place of the form that changed it."""
    title, close = render.label("team.title"), render.label("form.close")
    return modal(TEAM_FORM, title, sections(_words(page, render)), submit=None, close=close)


def wish_in(view: Mapping[str, Any]) -> tuple[int, TeamWish]:
    """The desk, and who is to be named there."""
    opened, values = json.loads(view["private_metadata"]), view["state"]["values"]
    owners, editors = (tuple(values[field][_VALUE].get("selected_users") or ()) for field in ("owners", "editors"))
    chosen = values["groups"][_VALUE].get("selected_options") or () if "groups" in values else None
    groups = None if chosen is None else tuple(str(option["value"]) for option in chosen)
    return int(opened["desk"]), TeamWish(int(opened["version"]), owners, editors, groups)


def _words(page: TeamPage, render: Renderer) -> str:
    return render.message("team", page=page, names=page.names)


def _people(name: str, people: Sequence[str], render: Renderer, *, optional: bool) -> InputBlock:
    element = UserMultiSelectElement(
        action_id=_VALUE,
        placeholder=plain(render.label("team.people")),
        initial_users=list(people[:_MOST_PEOPLE]),
        max_selected_items=_MOST_PEOPLE,
    )
    return InputBlock(block_id=name, label=plain(render.label(f"team.{name}")), element=element, optional=optional)


def _groups(groups: Sequence[UserGroup], chosen: set[str], render: Renderer) -> InputBlock:
    """A field for user groups; more than a list may have are parted by their first names."""
    first = sorted(groups, key=lambda group: group.id not in chosen)[:_MOST_GROUPS]
    offered = [group for group in groups if group in first]
    options = {group.id: Option(text=plain(group.name), value=group.id) for group in offered}
    parted = list(_parted(list(options.values())))
    lists: dict[str, Any] = {"options": parted[0].options} if len(parted) == 1 else {"option_groups": parted}
    element = StaticMultiSelectElement(
        action_id=_VALUE,
        placeholder=plain(render.label("team.groups")),
        initial_options=[options[group] for group in options if group in chosen] or None,
        **lists,
    )
    label = plain(render.label("team.editor_groups"))
    return InputBlock(block_id="groups", label=label, element=element, optional=True)


def _parted(options: Sequence[Option]) -> Iterator[OptionGroup]:
    for start in range(0, len(options), _OPTIONS):
        part = list(options[start : start + _OPTIONS])
        first, last = (str(each.to_dict()["text"]["text"])[:30] for each in (part[0], part[-1]))
        yield OptionGroup(label=plain(f"{first} – {last}"), options=part)
