"""From what stopped a use case to a sentence for the member, and nowhere else."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.desk import Desk, errors, link_errors, team_errors
from bot.desk.examining import DoctorForEditorsError
from bot.desk.fields import FieldsRefusedError
from bot.desk.issues import JustClosedError
from bot.editorial.moment import MomentUnclearError
from bot.editorial.rundown import SectionGoneError
from bot.export.refusals import FormatRefusedError
from bot.ports import Clock, LeaseLostError, PageAlreadyThereError
from bot.render import Renderer, unmarked
from handlers.blocks.faster import faster_blocks
from handlers.blocks.forms import field_named
from handlers.blocks.whole_text import whole_text
from handlers.refusals import code_of, is_passing

log = structlog.get_logger()

SENTENCES: Mapping[type[Exception], str] = {
    errors.AlreadyAskedError: "already_asked",
    errors.AlreadyInIssueError: "already_in_issue",
    errors.AlreadyWrittenError: "already_written",
    errors.AttestationNeededError: "attestation_needed",
    errors.CarriedOverError: "carried_over",
    errors.CorrectionRefusedError: "correction_refused",
    errors.DeadlineChangedError: "deadline_changed",
    DoctorForEditorsError: "doctor_for_editors",
    errors.EditorsOnlyError: "editors_only",
    errors.FindingGoneError: "finding_gone",
    errors.GateClosedError: "gate_closed",
    errors.IssueClosedError: "issue_closed",
    errors.IssueInUseError: "issue_in_use",
    errors.IssuePublishedError: "issue_published",
    errors.ItemUnknownError: "item_unknown",
    JustClosedError: "just_closed",
    errors.LateDecidedError: "late_decided",
    errors.LateLaneClosedError: "late_lane_closed",
    errors.LanguageUnknownError: "language_unknown",
    link_errors.LinkRefusedError: "link_refused",
    link_errors.LinksRefusedError: "links_refused",
    errors.MomentFarError: "moment_far",
    errors.MomentPassedError: "moment_passed",
    errors.MorningPassedError: "morning_passed",
    errors.MorningTooLateError: "morning_too_late",
    errors.NoArchivedCopyError: "no_archived_copy",
    errors.NoDeskError: "no_desk",
    team_errors.ChannelNeededError: "channel_needed",
    team_errors.DeskInUseError: "desk_in_use",
    team_errors.SetUpMeanwhileError: "set_up_meanwhile",
    errors.NotInChannelError: "not_in_channel",
    errors.NotOfThisDeskError: "not_of_this_desk",
    errors.NoEditorsError: "no_editors",
    errors.NoMoreRemindersError: "no_more_reminders",
    errors.NoReleaseError: "no_release",
    errors.NothingToUndoError: "nothing_to_undo",
    errors.NumberTakenError: "number_taken",
    errors.OpinionBarredError: "opinion_barred",
    team_errors.OwnersOnlyError: "owners_only",
    errors.PassageRefusedError: "passage_refused",
    errors.PassageUnknownError: "passage_unknown",
    errors.PersonUnknownError: "person_unknown",
    errors.ReasonGivenError: "reason_given",
    errors.ReasonNeededError: "reason_needed",
    errors.SectionUnknownError: "section_unknown",
    errors.SomebodyWasFasterError: "somebody_was_faster",
    team_errors.TeamChangedError: "team_changed",
    LeaseLostError: "lease_lost",
    SectionGoneError: "section_gone",
    MomentUnclearError: "moment_unclear",
    PageAlreadyThereError: "page_already_there",
    FormatRefusedError: "format_refused",
}
_ACK_SEEN_S = 0.03
"""Bolt looks every 10 ms whether a listener has acknowledged, and forgets it when the listener fails before it looked:
Slack would be answered 404 three seconds later, and tell the member that the app is silent."""

_TRIGGER_GONE = frozenset({"expired_trigger_id", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id"})


class ErrorListener:
    """Answers the clicker alone: in the form where there is one, else where they clicked, else in a direct message."""

    def __init__(self, render: Renderer, clock: Clock, desk: Desk) -> None:
        self._render = render
        self._clock = clock
        self._desk = desk

    async def __call__(
        self, error: Exception, body: dict[str, Any], respond: AsyncRespond | None, client: AsyncWebClient | None
    ) -> BoltResponse | None:
        if body.get("type") == "view_submission":
            return await self._in_the_form(error, body)
        await asyncio.sleep(_ACK_SEEN_S)
        sentence = await self._sentence(error, body)
        choices: dict[str, Any] = {}
        if isinstance(error, errors.SomebodyWasFasterError):
            choices["blocks"] = faster_blocks(error, sentence, self._render)
            sentence = whole_text(sentence, choices["blocks"], self._render)
        if respond is not None and body.get("response_url"):
            await respond(text=sentence, response_type="ephemeral", replace_original=False, **choices)
            return None
        if (body.get("view") or body.get("type") == "shortcut") and client is not None:
            await client.chat_postMessage(channel=body["user"]["id"], text=sentence, **choices)
            return None
        return BoltResponse(status=500)

    async def _in_the_form(self, error: Exception, body: Mapping[str, Any]) -> BoltResponse:
        fields = [block["block_id"] for block in body["view"]["blocks"] if block["type"] == "input"]
        if isinstance(error, FieldsRefusedError):
            reasons = {
                field_named(fields, name) or name: unmarked(
                    self._render.error(f"field_{refusal.trouble}", theirs=refusal.theirs)
                )
                for name, refusal in error.reasons.items()
            }
        else:
            place = error.place if isinstance(error, errors.PassageRefusedError) else 0
            reasons = {fields[place]: unmarked(await self._sentence(error, body))}
        return BoltResponse(status=200, body={"response_action": "errors", "errors": reasons})

    async def _sentence(self, error: Exception, body: Mapping[str, Any]) -> str:
        if isinstance(error, SlackApiError) and code_of(error) in _TRIGGER_GONE:
            return self._render.error("trigger_expired")
        if is_passing(error):
            log.warning("Slack did not take an answer", reason=type(error).__name__, exc_info=error)
            return self._render.error("slack_busy")
        name = next((SENTENCES[each] for each in type(error).__mro__ if each in SENTENCES), None)
        if name is not None:
            house = await self._desk.house_at(*_place_of(body))
            return self._render.error(name, error=error, zone=house.calendar.zone, now=self._clock())
        reference = uuid4().hex[:8]
        log.error("request failed", reference=reference, error=type(error).__name__, exc_info=error)
        return self._render.error("unknown", reference=reference)


def _place_of(body: Mapping[str, Any]) -> tuple[str, str]:
    """The workspace and the channel where somebody acted; both may be empty."""
    workspace = (body.get("team") or {}).get("id") or body.get("team_id") or ""
    channel = (body.get("channel") or {}).get("id") or body.get("channel_id") or ""
    return str(workspace), str(channel)


def register(app: AsyncApp, render: Renderer, clock: Clock, desk: Desk) -> ErrorListener:
    """Have errors answered; gives what answers, for whoever refuses before a listener is asked."""
    listener = ErrorListener(render, clock, desk)
    app.error(listener)
    return listener
