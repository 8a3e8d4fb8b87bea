"""The load table, a stage each: what is sent, what is measured, and what must hold."""

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass

from tests.bench.load import Answered, Wire
from tests.bench.office import Office, greatest_lag
from tests.bench.processes import Usage
from tests.bench.report import Row, at_most, none_of, percentile, told
from tests.bench.sites import HOSTILE, link, title

RATE = 50
_BURST, _BURST_S = 1000, 10
_EMPTY_WITHIN_S = 60
AT_ONCE = 16
_LATEST_S = 2.5
_HOSTILE_PAGES = 20
_UNCHANGED = 1.5
"""Two runs of the same load differ by less than this."""

_MEGABYTES = 300
_LAG_MS = 100
_CARDS, _CARDS_PER_S, _CARD_WITHIN_S = 60, 4, 60


async def sustained(office: Office, where: str, minutes: float) -> AsyncIterator[Row]:
    """Events at the rate that the bot has to bear, for minutes on end."""
    began = await office.lags()
    answers = await office.wire.at_rate(office.links(round(minutes * 60 * RATE)), RATE)
    lag = greatest_lag(began, await office.lags(), 0.99)
    name = f"{RATE} events/s, {minutes:g} min"
    yield at_most(f"{name}: acknowledged, p99", where, _ms(answers, 99), 250, "ms")
    yield told(f"{name}: acknowledged, p50", where, _ms(answers, 50), "ms")
    yield told(f"{name}: event-loop lag, p99", where, lag * 1000, "ms")
    yield none_of(f"{name}: refused", where, _refused(answers), len(answers))
    inbox_s, pages_s = await office.until_empty(within_s=max(minutes * 60 * 3, 120))
    yield told(f"{name}: inbox empty after", where, inbox_s, "s")
    yield told(f"{name}: pages read after", where, pages_s, "s")
    yield none_of(f"{name}: accepted and lost", where, await _lost(office, answers), len(answers))


async def burst(office: Office, where: str) -> AsyncIterator[Row]:
    """A thousand events within ten seconds, and what they leave behind."""
    spent = office.usage.processor_s
    answers = await office.wire.at_rate(office.links(_BURST), _BURST / _BURST_S)
    name = f"{_BURST:,} events in {_BURST_S} s"
    yield at_most(f"{name}: acknowledged, p99", where, _ms(answers, 99), 1000, "ms")
    yield none_of(f"{name}: refused", where, _refused(answers), len(answers))
    inbox_s, pages_s = await office.until_empty(within_s=3 * _EMPTY_WITHIN_S)
    yield at_most(f"{name}: inbox empty after", where, inbox_s, _EMPTY_WITHIN_S, "s")
    yield at_most(f"{name}: pages read after", where, pages_s, _EMPTY_WITHIN_S, "s")
    if spent is not None and office.usage.processor_s is not None:
        each_ms = (office.usage.processor_s - spent) / len(answers) * 1000
        yield told(f"{name}: processor time of an event", where, each_ms, "ms")
    yield none_of(f"{name}: accepted and lost", where, await _lost(office, answers), len(answers))


@dataclass(frozen=True, slots=True)
class Saturated:
    """What came of as many events as sixteen clients got acknowledged, and the processor time that took."""

    answers: Sequence[Answered]
    whole_s: float
    processor_s: float

    @property
    def per_s(self) -> float:
        return len(self.answers) / self.whole_s

    def __add__(self, other: "Saturated") -> "Saturated":
        answers = [*self.answers, *other.answers]
        return Saturated(answers, self.whole_s + other.whole_s, self.processor_s + other.processor_s)

    def rows(self, where: str) -> list[Row]:
        name = f"{AT_ONCE} at once: acknowledged"
        return [
            told(name, where, self.per_s, "events/s"),
            told(f"{name}, p50", where, _ms(self.answers, 50), "ms"),
            told(f"{name}, p99", where, _ms(self.answers, 99), "ms"),
            told(f"{name}, processor time", where, self.processor_s / len(self.answers) * 1000, "ms an event"),
        ]


async def saturated(wire: Wire, usage: Usage, links: Sequence[str]) -> Saturated:
    """Let sixteen clients send these links, one after the other each."""
    before = usage.processor_s or 0
    answers, whole_s = await wire.at_once(links, AT_ONCE)
    return Saturated(answers, whole_s, (usage.processor_s or 0) - before)


def saturation(where: str, bot: Saturated, peer: Saturated) -> list[Row]:
    """The bot, which works on its events meanwhile, beside an app that keeps nothing."""
    ratio, latest = bot.per_s / peer.per_s, max(each.seconds for each in bot.answers) * 1000
    name = f"{AT_ONCE} at once"
    return [
        *peer.rows("empty app"),
        *bot.rows(where),
        Row(f"{name}: of the empty app's", where, f"{ratio:.2f}", "at least 0.33", ratio >= 1 / 3),
        at_most(f"{name}: latest acknowledgement", where, latest, _LATEST_S * 1000, "ms"),
        none_of(f"{name}: refused", where, _refused(bot.answers), len(bot.answers)),
    ]


async def hostile(office: Office, where: str, seconds: float) -> AsyncIterator[Row]:
    """The same load twice, the second time while the bot reads pages that are made to hurt."""
    count = round(seconds * RATE)
    calm = await office.wire.at_rate(office.links(count), RATE)
    await office.until_empty(within_s=4 * seconds)
    poison = [link(office.sites_port, number, HOSTILE[number % len(HOSTILE)]) for number in range(_HOSTILE_PAGES)]
    before = await office.lags()
    await office.wire.at_once(poison, _HOSTILE_PAGES)
    troubled = await office.wire.at_rate(office.links(count), RATE)
    after = await office.lags()
    name = f"{_HOSTILE_PAGES} hostile pages"
    p99, calm_p99 = _ms(troubled, 99), _ms(calm, 99)
    yield told(f"{name}: acknowledged, p99 without them", where, calm_p99, "ms")
    yield told(f"{name}: acknowledged, p99", where, p99, "ms")
    yield at_most(f"{name}: p99 in times of that without", where, p99 / calm_p99, _UNCHANGED, "×")
    yield none_of(f"{name}: refused", where, _refused(troubled), len(troubled))
    yield told(f"{name}: event-loop lag, p99", where, greatest_lag(before, after, 0.99) * 1000, "ms")
    yield at_most(f"{name}: event-loop lag, greatest", where, greatest_lag(before, after) * 1000, _LAG_MS, "ms")
    if office.usage.own is not None:
        yield at_most(f"{name}: memory of the process", where, office.usage.own, _MEGABYTES, "MB")
        yield told(f"{name}: memory of its children", where, office.usage.children, "MB")


async def cards(office: Office, where: str) -> AsyncIterator[Row]:
    """From a link to the card that says its page's title, on sites that take half a second."""
    first = next(office.numbers) + 1
    watching = asyncio.create_task(_shown(office, range(first, first + _CARDS)))
    answers = await office.wire.at_rate(office.links(_CARDS, "slow"), _CARDS_PER_S)
    shown = await watching
    taken = [shown.get(first + place, float("inf")) - each.sent_at for place, each in enumerate(answers)]
    yield told("link to card, site of 500 ms: p50", where, percentile(taken, 50), "s")
    yield at_most("link to card, site of 500 ms: p95", where, percentile(taken, 95), 4, "s")


async def _shown(office: Office, numbers: Collection[int]) -> dict[int, float]:
    """When a card first said each title."""
    workspace = office.stand_in.workspace
    waiting, shown, looked = {title(number): number for number in numbers}, dict[int, float](), workspace.revision
    until = time.perf_counter() + _CARD_WITHIN_S
    while waiting and time.perf_counter() < until:
        await asyncio.sleep(0.02)
        messages = (message for channel in workspace.log.values() for message in channel)
        said = [message.words for message in messages if message.bot_id and message.revision > looked]
        looked, now = workspace.revision, time.perf_counter()
        for name in [name for name in waiting if any(name in words for words in said)]:
            shown[waiting.pop(name)] = now
    return shown


def _ms(answers: Sequence[Answered], share: int) -> float:
    return percentile([each.seconds for each in answers], share) * 1000


def _refused(answers: Sequence[Answered]) -> list[Answered]:
    return [each for each in answers if not each.is_accepted]


async def _lost(office: Office, answers: Sequence[Answered]) -> set[str]:
    """The links that were accepted and are neither items nor in the inbox, where they wait to become some."""
    missing = {each.link for each in answers if each.is_accepted} - await office.record.dropped()
    waiting = await office.record.still_waiting() if missing else ""
    return {each for each in missing if f"<{each}>" not in waiting}
