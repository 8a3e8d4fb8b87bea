"""Plays the steps of a sequence in a newsroom, and remembers what members said."""

import copy
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from bot.sandbox import events
from bot.sandbox.forms import NotThereError
from bot.sandbox.member import Member
from bot.sandbox.person import DIRECT
from bot.sandbox.records import Message, Refusal
from bot.sandbox.text import typed
from bot.sandbox.transport import Kind, Request
from tests.newsroom import Newsroom
from tests.sequences.choices import action, chosen, to_press, works_on
from tests.sequences.pages import Linked, Pages
from tests.sequences.said import Said
from tests.sequences.steps import Deed, Step

BOT, FEED, STRAY = "B0VRIC", "B0FEED", "B0STRAY"
_PLACE = "#vric"
_LONG = timedelta(minutes=25)
"""How long what a fault put off may take: a lost answer rests for five minutes at most, a page for fifteen."""

_FAULTS = ("ratelimited", "500_before", "500_after", "hang_after", "internal_error")
_METHODS = (
    "chat.postMessage",
    "chat.update",
    "chat.postEphemeral",
    "conversations.replies",
    "views.open",
    "users.info",
)
_LAG_S = 10
_NOTED = 60
_AT_ONCE = 0.6
"""How often a form is worked on as soon as it is there; others stay open while other things happen."""


@dataclass(frozen=True, slots=True)
class Hand:
    """Whose hand it is, and the dice in it that make every choice."""

    who: str
    dice: random.Random


class Play:
    """Knows what was said and done, so that what the desk shows can be compared with it."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.pages = Pages(newsroom.press)
        self.said: dict[str, Said] = {}
        self.count: Counter[str] = Counter()
        self.since: set[Deed] = set()
        """What was done since somebody looked at the desk."""

        self.taken_away: set[str] = set()
        """The keys of cards that somebody deleted: they come again with the next change."""

        self.notes: list[str] = []
        self._shown_before: list[Message] = []
        self._in_trouble = False
        workspace = newsroom.stand_in.workspace
        channel = workspace.channel(_PLACE)
        for name, real_name, marks in (
            ("cleo", "Cleo Marsh", {}),
            ("gus", "Gus Haddad", {"is_restricted": True}),
            ("feed", "Feed", {"is_bot": True}),
            ("stray", "Stray", {"is_bot": True}),
        ):
            channel.members.add(workspace.add_user(name, real_name, **marks).id)
        self._deeds: Mapping[Deed, Callable[[Hand], Awaitable[None]]] = {
            Deed.POST: self._post,
            Deed.REPLY: self._reply,
            Deed.DIRECT: self._direct,
            Deed.EDIT: self._edit,
            Deed.DELETE: self._delete,
            Deed.TAKE_AWAY: self._take_away,
            Deed.UNFURL: self._unfurl,
            Deed.LANGUAGE: self._language,
            Deed.PIN: self._pin,
            Deed.STAR: self._star,
            Deed.SHORTCUT: self._shortcut,
            Deed.CLICK: self._click,
            Deed.STALE: self._click_stale,
            Deed.FORM: self._form,
            Deed.COMMAND: self._command,
            Deed.HOME: self._home,
            Deed.TIME: self._time,
            Deed.RESTART: self._restart,
            Deed.REDELIVER: self._redeliver,
            Deed.LOSE: self._lose,
            Deed.FAULT: self._fault,
        }

    async def perform(self, step: Step) -> bool:
        """Do one thing, if there is anything to do it to; whether everything that follows from it has happened."""
        self.count[step.deed] += 1
        self.since.add(step.deed)
        self._notice()
        try:
            await self._deeds[step.deed](Hand(step.who, random.Random(step.dice)))  # noqa: S311 - a seed must replay
        except (NotThereError, Refusal) as reason:
            self.count["nothing to do it to"] += 1
            self.notes.append(f"({reason})")
        if step.hasty or step.deed in {Deed.FAULT, Deed.LOSE}:
            return False
        await self.settles()
        return True

    async def settles(self) -> None:
        """Everything that was asked for so far is done, and nobody makes trouble any more."""
        if self._in_trouble:
            await self.newsroom.settles(patience=timedelta(seconds=1))
            self.newsroom.stand_in.calm()
            self.newsroom.stand_in.deliverer.lost = 0
            await self.newsroom.settles(patience=_LONG)
            self._in_trouble = False
        await self.newsroom.settles()

    def _member(self, name: str) -> Member:
        return self.newsroom.stand_in.member(name)

    def _person(self, hand: Hand) -> Member:
        """Whoever clicks and types: an app does neither."""
        return self._member(hand.who if hand.who not in {"feed", "stray"} else hand.dice.choice(("ana", "ben")))

    def _notice(self) -> None:
        """Keep what is shown by now, so that somebody may click on it when it is old."""
        for message in self._live():
            if not any(each.ts == message.ts and each.blocks == message.blocks for each in self._shown_before):
                self._shown_before.append(copy.deepcopy(message))
        del self._shown_before[:-_NOTED]

    def _live(self) -> list[Message]:
        """The bot's messages with something to press."""
        log = self.newsroom.stand_in.workspace.log
        return [m for messages in log.values() for m in messages if m.bot_id == BOT and any(to_press(m.blocks))]

    def _text(self, dice: random.Random, links: Sequence[Linked]) -> str:
        words = dice.choice(("", "Look: ", "On oil (see also) ", "- "))
        return words + dice.choice((" ", " and ", "\n", ", ")).join(link.text for link in links) or "Good morning"

    def _links(self, dice: random.Random) -> tuple[Linked, ...]:
        (count,) = dice.choices((0, 1, 2, 3, 4), (1, 10, 4, 2, 2))
        return tuple(self.pages.draw(dice) for _ in range(count))

    async def _says(self, name: str, text: str, place: str = _PLACE, **more: Any) -> str:  # noqa: ANN401 - as `posts` takes them
        if name in {"feed", "stray"}:
            return self._app_says(name, text, more.get("thread_ts"))
        return await self._member(name).posts(place, text, **more)

    def _app_says(self, name: str, text: str, thread_ts: str | None) -> str:
        """Another app posts what a person would have typed."""
        workspace = self.newsroom.stand_in.workspace
        channel, user = workspace.channel(_PLACE), workspace.user(name)
        words, blocks = typed(text, workspace.user_id)
        named = {"bot_id": {"feed": FEED, "stray": STRAY}[name], "app_id": f"A0{name.upper()}"}
        message = workspace.put(channel, user.id, words, blocks=blocks, thread_ts=thread_ts, **named)
        self.newsroom.stand_in.emit("message", events.said(message, channel))
        return message.ts

    async def _post(self, hand: Hand) -> None:
        await self._speak(hand.who, hand.dice)

    async def _reply(self, hand: Hand) -> None:
        """Answer in the thread of anything that stands in the channel, and at times show it in the channel too."""
        roots = [m for m in self.newsroom.stand_in.messages(_PLACE) if m.subtype != "tombstone"]
        root, shown = chosen(roots, hand.dice), hand.dice.random() < 0.3
        await self._speak(hand.who, hand.dice, thread_ts=root.ts, also_in_channel=shown)

    async def _direct(self, hand: Hand) -> None:
        await self._speak(self._person(hand).user.name, hand.dice, place=DIRECT)

    async def _speak(self, name: str, dice: random.Random, *, place: str = _PLACE, **more: Any) -> None:  # noqa: ANN401 - as `posts` takes them
        links = self._links(dice)
        text = self._text(dice, links)
        ts = await self._says(name, text, place, **more)
        self.said[ts] = Said(ts, place, name, links, links, thread_ts=more.get("thread_ts"))
        self.notes.append(f"{name} says {text!r} at {ts}")

    def _own(self, hand: Hand) -> Said:
        mine = [each for each in self.said.values() if each.who == hand.who and not each.deleted]
        return chosen([each for each in mine if each.who not in {"feed", "stray"}], hand.dice)

    async def _edit(self, hand: Hand) -> None:
        """Take links out, put others in, or leave them as they are and change the words."""
        said = self._own(hand)
        links = [link for link in said.links if hand.dice.random() < 0.6]
        if hand.dice.random() < 0.6:
            links.insert(hand.dice.randint(0, len(links)), self.pages.draw(hand.dice))
        if said.was and hand.dice.random() < 0.3:
            links.append(hand.dice.choice(said.was))
        text = self._text(hand.dice, links)
        self.notes.append(f"{said.who} edits {said.ts} to {text!r}")
        await self._member(said.who).edits(said.place, said.ts, text)
        self.said[said.ts] = replace(said, links=tuple(links), was=(*said.was, *links))

    async def _delete(self, hand: Hand) -> None:
        said = self._own(hand)
        self.notes.append(f"{said.who} deletes {said.ts}")
        await self._member(said.who).deletes(said.place, said.ts)
        self.said[said.ts] = replace(said, deleted=True)

    async def _take_away(self, hand: Hand) -> None:
        """An admin deletes a message of the bot's."""
        ana, workspace = self._member("ana"), self.newsroom.stand_in.workspace
        message = chosen([m for m in workspace.log[workspace.channel(_PLACE).id] if m.bot_id == BOT], hand.dice)
        if message.seen_by is None:
            self.notes.append(f"ana deletes {message.text!r}")
            if message.metadata:
                self.taken_away.add(message.metadata["event_payload"]["key"])
            await ana.deletes(_PLACE, message.ts)

    async def _unfurl(self, hand: Hand) -> None:
        said = self._there(hand.dice)
        self.notes.append(f"{said.ts} unfurls")
        await self.newsroom.stand_in.unfurls(_PLACE, said.ts)

    async def _language(self, hand: Hand) -> None:
        said = self._there(hand.dice)
        self.notes.append(f"the language of {said.ts} is detected")
        await self.newsroom.stand_in.detects_language(_PLACE, said.ts)

    def _there(self, dice: random.Random) -> Said:
        """A message of the channel that was not deleted."""
        return chosen([each for each in self.said.values() if not each.deleted and each.place == _PLACE], dice)

    async def _pin(self, hand: Hand) -> None:
        said = self._there(hand.dice)
        person = self._person(hand)
        self.notes.append(f"{person.user.name} pins or unpins {said.ts}")
        await person.reacts(_PLACE, said.ts, "pushpin")

    async def _star(self, hand: Hand) -> None:
        said = self._there(hand.dice)
        await self._person(hand).reacts(_PLACE, said.ts, "star")

    async def _shortcut(self, hand: Hand) -> None:
        """Add the links of a message from its menu, or type some."""
        person = self._person(hand)
        if hand.dice.random() < 0.3:
            self.notes.append(f"{person.user.name} adds a link")
            await person.uses_shortcut("Add a link")
        else:
            said = self._there(hand.dice)
            self.notes.append(f"{person.user.name} adds {said.ts} to the issue")
            await person.uses_message_shortcut(_PLACE, said.ts, "Add to issue")
        await self.newsroom.has_heard()
        if person.modal is not None:
            await self._works(person, hand.dice)

    async def _click(self, hand: Hand) -> None:
        """Press or choose anything that stands there at this moment."""
        person = self._person(hand)
        message = chosen([m for m in self._live() if _is_seen(m, person, self.newsroom)], hand.dice)
        await self._acts(person, message, message.blocks, hand.dice)

    async def _click_stale(self, hand: Hand) -> None:
        """Press what a message showed before it was shown anew."""
        person, workspace = self._person(hand), self.newsroom.stand_in.workspace
        there = {message.ts: message for log in workspace.log.values() for message in log}
        old = [m for m in self._shown_before if m.ts in there and there[m.ts].blocks != m.blocks]
        message = chosen([m for m in old if _is_seen(m, person, self.newsroom)], hand.dice)
        await self._acts(person, there[message.ts], message.blocks, hand.dice)

    async def _acts(
        self, person: Member, message: Message, blocks: Sequence[Mapping[str, Any]], dice: random.Random
    ) -> None:
        pressed, said = action(blocks, dice)
        self.notes.append(f"{person.user.name} presses {said!r} of {message.text[:60]!r} at {message.ts}")
        await person.acts_on_message(message, pressed)
        await self.newsroom.has_heard()
        if person.modal is not None and dice.random() < _AT_ONCE:
            await self._works(person, dice)

    async def _form(self, hand: Hand) -> None:
        """Fill in, use or close the form in front of somebody."""
        people = [self._member(name) for name in ("ana", "ben", "cleo", "gus")]
        person = chosen([each for each in people if each.modal is not None], hand.dice)
        await self._works(person, hand.dice)

    async def _works(self, person: Member, dice: random.Random) -> None:
        """Somebody works on the form in front of them."""
        self.notes.append(f"{person.user.name} {await works_on(person, dice, self.pages.draw(dice).text)}")
        await self.newsroom.has_heard()

    async def _command(self, hand: Hand) -> None:
        link = self.pages.draw(hand.dice)
        asked = ("draft", "draft", "status", "help", "find tankers", "waiting", "calendar", "nonsense", "deadline")
        words = hand.dice.choice((*asked, f"add {link.text}", f"add {link.text}"))
        person = self._person(hand)
        self.notes.append(f"{person.user.name} types /vric {words}")
        await person.commands(_PLACE, f"/vric {words}")

    async def _home(self, hand: Hand) -> None:
        """Look at the app's home, and at times press something there."""
        person = self._person(hand)
        if person.home is not None and hand.dice.random() < 0.6 and any(to_press(person.home["blocks"])):
            pressed, said = action(person.home["blocks"], hand.dice)
            self.notes.append(f"{person.user.name} presses {said!r} at home")
            await person.acts_on_view(person.home, pressed)
            await self.newsroom.has_heard()
        else:
            self.notes.append(f"{person.user.name} opens home")
            await person.opens_home()

    async def _time(self, hand: Hand) -> None:
        (hours,) = hand.dice.choices((0.1, 1, 9, 30, 100, 400), (6, 6, 4, 3, 2, 1))
        self.notes.append(f"{hours} hours pass")
        await self.newsroom.beats(self.newsroom.clock() + timedelta(hours=hours))

    async def _restart(self, _: Hand) -> None:
        self.notes.append("the bot restarts")
        await self.newsroom.restarts()

    async def _redeliver(self, hand: Hand) -> None:
        """Slack sends events again that it sent before, in any order."""
        known = [each for each in self.newsroom.stand_in.deliveries if each.kind is Kind.EVENT]
        for _ in range(hand.dice.randint(1, 4)):
            again = chosen(known, hand.dice)
            self.notes.append(f"event {again.body['event_id']} comes again")
            request = Request(Kind.EVENT, again.body, hand.dice.randint(1, 3), "http_timeout")
            await self.newsroom.stand_in.delivers(request)

    async def _lose(self, hand: Hand) -> None:
        self.notes.append("the next deliveries are lost")
        self.newsroom.stand_in.lose_deliveries(hand.dice.randint(1, 2))
        self._in_trouble = True

    async def _fault(self, hand: Hand) -> None:
        method, kind = hand.dice.choices(_METHODS, (5, 3, 1, 2, 1, 1))[0], hand.dice.choice(_FAULTS)
        self.notes.append(f"{method} meets {kind}")
        retry_after = hand.dice.choice((1, 5, 30))
        self.newsroom.stand_in.fault(method, kind, times=hand.dice.choice((1, 1, 2)), retry_after=retry_after)
        self.newsroom.stand_in.lags(hand.dice.choice((0, _LAG_S)))
        self._in_trouble = True


def _is_seen(message: Message, person: Member, newsroom: Newsroom) -> bool:
    channel = newsroom.stand_in.workspace.channels[message.channel]
    return person.user.id in channel.members and message.seen_by in (None, person.user.id)
