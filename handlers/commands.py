"""`/vric …`: the text becomes a value, the value one call of the desk."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Any, Unpack

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_sdk.web.async_client import AsyncWebClient

from bot.catalogue import catalogue_named
from bot.desk.drops import Drop
from bot.desk.errors import NoDeskError
from bot.desk.places import DIRECT
from bot.editorial.moment import read_moment
from bot.ports import FoundItem
from bot.render import speak
from handlers.blocks.calendar import calendar_blocks, deadline_move_blocks
from handlers.blocks.found import found_blocks
from handlers.blocks.help import help_words
from handlers.blocks.home import status_answer
from handlers.blocks.off_topic import off_topic_blocks
from handlers.blocks.setup import no_desk_blocks
from handlers.blocks.status import quota_blocks
from handlers.blocks.words import one_message
from handlers.listeners import AtHand, Listeners
from handlers.manifest import COMMAND
from handlers.payloads import Command
from handlers.permalinks import Permalinks

WORDS = (
    "help",
    "add",
    "status",
    "quota",
    "draft",
    "issue",
    "deadline",
    "calendar",
    "find",
    "why",
    "outlets",
    "waiting",
    "doctor",
    "team",
    "language",
    "setup",
)

OF_AN_ISSUE = ("open", "close", "deadline")
"""What follows `issue`."""

Answer = Callable[[Command, AsyncRespond, AsyncWebClient], Awaitable[None]]


class Commands(Listeners):
    """One method a word; each answers the member alone."""

    def __init__(self, *, permalinks: Permalinks, further: Mapping[str, Answer], **at_hand: Unpack[AtHand]) -> None:
        """`further` are words that other listeners answer."""
        super().__init__(**at_hand)
        self._permalinks = permalinks
        self._further = further

    def register(self, app: AsyncApp) -> None:
        app.command(COMMAND)(self.answer)

    async def answer(self, ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, client: AsyncWebClient) -> None:
        await ack()
        command = Command.from_body(body)
        try:
            await self._do(command, respond, client)
        except NoDeskError:
            if not await self._desk.may_set_up(command.workspace, command.member, now=self._clock()):
                raise
            text, blocks = no_desk_blocks(command.channel, self._render)
            await respond(text=text, blocks=blocks)

    async def _do(self, command: Command, respond: AsyncRespond, client: AsyncWebClient) -> None:
        if command.word in self._further:
            await self._further[command.word](command, respond, client)
            return
        listener = {
            "help": self._help,
            "add": self._add,
            "status": self._status,
            "quota": self._quota,
            "draft": self._draft,
            "issue": self._issue,
            "deadline": self._deadline,
            "calendar": self._calendar,
            "find": self._find,
            "language": self._language,
        }.get(command.word, self._unknown)
        await listener(command, respond)
        self._wake()

    async def _help(self, command: Command, respond: AsyncRespond) -> None:
        asker = await self._desk.asker(command.workspace, command.channel, command.member, now=self._clock())
        house = await self._desk.house_at(command.workspace, command.channel)
        await respond(text=help_words(asker, house.capture, self._render))

    async def _add(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        drop = Drop(
            workspace=command.workspace,
            channel=desk.channel,
            message=f"added:{command.ticket}",
            thread=None,
            member=command.member,
            links=(command.rest.strip("<>").partition("|")[0],),
        )
        looks_like = self._desk.unlike_news(desk, drop.links[0])
        if looks_like is not None:
            text, blocks = off_topic_blocks(looks_like, drop.links[0], self._render)
            await respond(text=text, blocks=blocks)
            return
        await self._desk.add(drop, now=self._clock())
        issue = await self._desk.current_issue(desk, now=self._clock())
        await respond(text=self._render.message("added", number=issue.number, channel=desk.channel))

    async def _status(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        page = await self._desk.home_page(desk, command.member, now=self._clock())
        text, blocks = status_answer(page, await self._permalinks.of_cards(page), self._render)
        await respond(text=text, blocks=one_message(blocks, self._render))

    async def _quota(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        text, blocks = quota_blocks(await self._desk.status(desk, command.member, now=self._clock()), self._render)
        await respond(text=text, blocks=blocks)

    async def _draft(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        issue = await self._desk.draft(desk, by=command.member, now=self._clock())
        await respond(text=self._render.message("draft_asked", number=issue.number, channel=desk.channel))

    async def _issue(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        now, zone = self._clock(), self._desk.house_of(desk).calendar.zone
        verb, _, rest = command.rest.partition(" ")
        match verb.lower(), rest.strip():
            case (("" | "open"), ""):
                issue = await self._desk.current_issue(desk, now=now)
                words = self._render.message("issue", issue=issue, zone=zone)
            case "open", number if number.removeprefix("No.").strip().isdecimal():
                wanted = int(number.removeprefix("No.").strip())
                issue = await self._desk.number_issue(desk, wanted, by=command.member, now=now)
                words = self._render.message("issue", issue=issue, zone=zone)
            case "close", "":
                closed, following = await self._desk.close_issue(desk, by=command.member, now=now)
                words = self._render.message("closed", closed=closed, following=following, zone=zone)
            case "deadline", text if text:
                await self._deadline(replace(command, rest=text), respond)
                return
            case _:
                nearest = _nearest(verb, OF_AN_ISSUE)
                words = self._render.message("issue_usage", text=command.rest, nearest=nearest)
        await respond(text=words)

    async def _deadline(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        now, rule = self._clock(), self._desk.house_of(desk).calendar
        if not command.rest:
            issue = await self._desk.current_issue(desk, now=now)
            await respond(text=self._render.message("issue", issue=issue, zone=rule.zone))
            return
        moment = read_moment(command.rest, zone=rule.zone, now=now, at=rule.at)
        move = await self._desk.propose_deadline(desk, moment, by=command.member, now=now)
        text, blocks = deadline_move_blocks(move, self._render)
        await respond(text=text, blocks=blocks)

    async def _calendar(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        plan = await self._desk.calendar(desk, by=command.member, now=self._clock())
        text, blocks = calendar_blocks(plan, self._render)
        await respond(text=text, blocks=blocks)

    async def _find(self, command: Command, respond: AsyncRespond) -> None:
        desk = await self._desk.desk_for(command.workspace, command.channel, command.member, now=self._clock())
        found = await self._desk.find(desk, command.rest, by=command.member, now=self._clock())
        permalinks = await asyncio.gather(*(self._where(item, command.member) for item in found.items))
        text, blocks = found_blocks(found, permalinks, self._render)
        await respond(text=text, blocks=blocks)

    async def _where(self, item: FoundItem, member: str) -> str | None:
        """Where the message of an item can be opened: nobody else can open a direct one than whoever wrote it."""
        is_closed = item.channel.startswith(DIRECT) and item.found_by != member
        return None if is_closed else await self._permalinks.of(item.channel, item.message)

    async def _language(self, command: Command, respond: AsyncRespond) -> None:
        if command.rest:
            language = catalogue_named(command.rest) or command.rest
            await self._desk.speak(command.workspace, command.member, language, now=self._clock())
            speak(language)
        await respond(text=self._render.message("language", is_new=bool(command.rest)))

    async def _unknown(self, command: Command, respond: AsyncRespond) -> None:
        nearest = _nearest(command.word, WORDS)
        await respond(text=self._render.message("unknown_command", word=command.word[:40], nearest=nearest))


def _nearest(said: str, words: Collection[str]) -> str | None:
    """The word that somebody may have meant; None where none is like it."""
    return next(iter(get_close_matches(said.lower(), words, n=1, cutoff=0.5)), None)
