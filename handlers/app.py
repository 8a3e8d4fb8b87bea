"""The Bolt app: one code path for HTTP and Socket Mode."""

import asyncio
import logging
from collections.abc import Callable, Collection
from dataclasses import dataclass

from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest
from slack_bolt.listener.async_listener_completion_handler import AsyncListenerCompletionHandler
from slack_bolt.listener.async_listener_start_handler import AsyncListenerStartHandler
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk
from bot.metrics import Metrics
from bot.ports import Clock, UnitOfWorkFactory
from bot.render import Renderer
from handlers import errors
from handlers.accepting import Acceptances
from handlers.actions import Actions
from handlers.alerts import Alerts
from handlers.appealing import Appeals
from handlers.calendars import Calendars
from handlers.catching_up import CatchingUp
from handlers.clock import Heartbeat
from handlers.commands import Commands
from handlers.correcting import Corrections
from handlers.counted import CountedClient
from handlers.dates import Dates
from handlers.delivery import Sender
from handlers.desks import WhichDesk
from handlers.direct import DirectMessages
from handlers.doctor import Doctor
from handlers.fixing import Fixing
from handlers.holding import Holdings
from handlers.home_tab import HomeTab
from handlers.intake import EventRecorder, IntakeWorker
from handlers.languages import Languages
from handlers.late import Lateness
from handlers.listeners import AtHand
from handlers.lists import Lists
from handlers.members_only import MembersOnly
from handlers.ordering import Orders
from handlers.pairs import Pairs
from handlers.permalinks import Permalinks
from handlers.presenter import Presenter
from handlers.pressure import Pressure
from handlers.racing import Races
from handlers.reactions import Reactions
from handlers.reasons import Reasons
from handlers.registry import RegistryOfOutlets
from handlers.reminders import Reminders
from handlers.rest import Rest
from handlers.reviewing import ReviewList
from handlers.setup import SettingUp
from handlers.shortcuts import Shortcuts
from handlers.team import Team
from handlers.text_files import TextFiles
from handlers.tongues import AnswersInTongues, Tongues
from handlers.views import Views
from handlers.waiting import WaitingList

_CALL_TIMEOUT_S = 10


class InFlight(AsyncListenerStartHandler, AsyncListenerCompletionHandler):
    """Knows how many listeners still run after Slack was answered, so that stopping can wait for them."""

    def __init__(self) -> None:
        self._running: set[int] = set()
        self._idle = asyncio.Event()
        self._idle.set()

    async def handle(self, request: AsyncBoltRequest, response: BoltResponse | None) -> None:  # noqa: ARG002 - Bolt's signature
        """Called by Bolt before and after a listener, with the same request."""
        self._running ^= {id(request)}
        if self._running:
            self._idle.clear()
        else:
            self._idle.set()

    async def wait(self) -> None:
        """Wait until no listener runs."""
        await self._idle.wait()


@dataclass(frozen=True, slots=True)
class Edge:
    """Everything of Slack's side that runs: the app, and the steps that work through inbox and outbox."""

    app: AsyncApp
    in_flight: InFlight
    intake: IntakeWorker
    catching_up: CatchingUp
    sender: Sender
    heartbeat: Heartbeat


def slack_client(
    token: str, base_url: str, told: Callable[[str, str], None] = lambda _method, _outcome: None
) -> AsyncWebClient:
    """A client that never sends a request twice by itself: what was lost is looked for before it is posted again."""
    return CountedClient(told=told, token=token, base_url=base_url, timeout=_CALL_TIMEOUT_S, retry_handlers=[])


def create_edge(
    *,
    client: AsyncWebClient,
    signing_secret: str | None,
    desk: Desk,
    unit_of_work: UnitOfWorkFactory,
    hurried_unit_of_work: UnitOfWorkFactory,
    render: Renderer,
    clock: Clock,
    beat_every_s: float,
    bots: Collection[str],
    alerts: Alerts,
    is_outage: Callable[[BaseException], bool],
    wake: Callable[[], None],
    metrics: Metrics,
    pressure: Pressure,
) -> Edge:
    """Make the app and its workers; nothing is connected yet.

    `signing_secret` is None in Socket Mode alone, where no request comes from outside.
    """
    app = AsyncApp(
        client=client,
        signing_secret=signing_secret,
        request_verification_enabled=signing_secret is not None,
        before_authorize=EventRecorder(
            unit_of_work=hurried_unit_of_work,
            clock=clock,
            wake=wake,
            metrics=metrics,
            pressure=pressure,
            is_outage=is_outage,
        ),
        logger=logging.getLogger("slack_bolt"),
    )
    in_flight = InFlight()
    tongues = Tongues(desk=desk, clock=clock)
    app.listener_runner.listener_start_handler = AnswersInTongues(tongues, in_flight)
    app.listener_runner.listener_completion_handler = in_flight
    at_hand: AtHand = {"desk": desk, "render": render, "clock": clock, "wake": wake}
    permalinks = Permalinks(client)
    review = ReviewList(desk=desk, render=render, clock=clock)
    fixing = Fixing(**at_hand)
    lists = Lists(review=review, fixing=fixing)
    registry = RegistryOfOutlets(lists=lists, **at_hand)
    waiting = WaitingList(lists=lists, **at_hand)
    setting_up, team = SettingUp(**at_hand), Team(**at_hand)
    doctor = Doctor(**at_hand)
    further = {
        "why": registry.why,
        "outlets": registry.outlets,
        "waiting": waiting.answer,
        "team": team.answer,
        "setup": setting_up.command,
        "doctor": doctor.answer,
    }
    for listeners in (
        registry,
        waiting,
        setting_up,
        doctor,
        team,
        Acceptances(lists=lists, **at_hand),
        Appeals(lists=lists, **at_hand),
        Holdings(lists=lists, **at_hand),
        Actions(review=review, **at_hand),
        Reasons(review=review, **at_hand),
        fixing,
        Pairs(fixing=fixing, **at_hand),
        Lateness(review=review, lists=lists, **at_hand),
        Dates(review=review, fixing=fixing, **at_hand),
        Views(fixing=fixing, **at_hand),
        Orders(**at_hand),
        Calendars(**at_hand),
        Corrections(**at_hand),
        Reminders(**at_hand),
        Races(**at_hand),
        TextFiles(**at_hand),
        WhichDesk(**at_hand),
        Languages(**at_hand),
        Commands(permalinks=permalinks, further=further, **at_hand),
        Shortcuts(permalinks=permalinks, **at_hand),
        HomeTab(lists=lists, **at_hand),
    ):
        listeners.register(app)
    refuse = errors.register(app, render, clock, desk)
    app.use(MembersOnly(desk=desk, tongues=tongues, refuse=refuse, clock=clock))
    rest = Rest(client, clock)
    presenter = Presenter(desk=desk, render=render, clock=clock, permalinks=permalinks, tongues=tongues)
    return Edge(
        app=app,
        in_flight=in_flight,
        intake=IntakeWorker(
            desk=desk,
            reactions=Reactions(desk=desk, client=client, clock=clock),
            direct=DirectMessages(client=client, desk=desk),
            rest=rest,
            unit_of_work=unit_of_work,
            clock=clock,
            metrics=metrics,
            bots=bots,
            alerts=alerts,
            is_outage=is_outage,
        ),
        catching_up=CatchingUp(bots=bots, client=client, desk=desk, unit_of_work=unit_of_work, clock=clock, wake=wake),
        sender=Sender(
            client=client,
            rest=rest,
            unit_of_work=unit_of_work,
            compose=presenter,
            clock=clock,
            metrics=metrics,
            alerts=alerts,
        ),
        heartbeat=Heartbeat(desk=desk, rest=rest, clock=clock, every_s=beat_every_s, metrics=metrics),
    )
