"""What would take an issue over its limit is held until there is room, or until an editor accepts it all the same."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.desk.accepting import Accepting, must_be_given
from bot.desk.base import news_of_held, show_cards_of
from bot.desk.counting import tally_in
from bot.desk.errors import (
    AlreadyAskedError,
    IssueClosedError,
    ItemUnknownError,
    NoEditorsError,
    OpinionBarredError,
    SectionUnknownError,
)
from bot.desk.filing import must_be_new, must_exist
from bot.editorial.acceptance import asks_for_word, is_barred
from bot.editorial.house import RELEASES, House, Section
from bot.editorial.issue import Issue, IssueState
from bot.editorial.item import Answer, Attestation, Item, ItemState, Question
from bot.editorial.kept import kept
from bot.editorial.outlet import verdict
from bot.editorial.quota import Remedies, Shortfall, Tally, remedies, shortfalls
from bot.editorial.room import told_elsewhere
from bot.ports import Change, DeskRecord, UnitOfWork


@dataclass(frozen=True, slots=True)
class HeldItem:
    """An item for which there is no room, or of which an editor was asked; `if_filed` is the issue's tally with it."""

    house: House
    issue: Issue
    item: Item
    section: Section | None
    if_filed: Tally
    names: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Candidates:
    """What could make room in an issue for an item, with which the issue counts `if_filed`.

    `told_elsewhere` are filed items of state media, each with one of another outlet on the same story; `held` waits,
    the oldest first; `short` are sections that lack items, which would be none of state media.
    """

    house: House
    issue: Issue
    item: Item
    if_filed: Tally
    told_elsewhere: tuple[tuple[Item, Item], ...]
    held: tuple[Item, ...]
    short: tuple[Shortfall, ...]
    names: Mapping[str, str]

    @property
    def remedies(self) -> Remedies:
        return remedies(self.if_filed, self.house.state_media.limit, self.house.planned_items)


class Holding(Accepting):
    async def held_item(self, item_id: int, *, now: datetime) -> HeldItem:
        """An item with the figures that the issue would have with it."""
        async with self._unit_of_work() as work:
            item = await work.items.get(item_id)
            if item is None:
                raise ItemUnknownError(item_id)
            desk, issue = await work.items.desk_of(item_id), await work.issues.get(item.issue_id)
            if_filed = await self._if_filed(work, desk, item)
        question = item.asked
        people = [item.found_by, item.filed_by, *([question.by, question.answered_by] if question else [])]
        names = await self._names(desk.workspace, people, now)
        section = self.house_of(desk).section(item.section) if item.section else None
        return HeldItem(self.house_of(desk), issue, item, section, if_filed, names)

    async def candidates(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Candidates:
        """What could make room for an item, for a member who may change it."""
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, issue = await self._changeable_item(work, workspace, item_id, by)
            listed = await work.items.of_issue(
                issue.id, ItemState.PENDING, ItemState.FILED, ItemState.HELD, ItemState.SECOND_SOURCE
            )
            if_filed = await self._if_filed(work, desk, item)
        held = [each for each in listed if each.state is ItemState.HELD]
        held.sort(key=lambda each: (each.filed_at or each.created_at, each.id))
        return Candidates(
            house=self.house_of(desk),
            issue=issue,
            item=item,
            if_filed=if_filed,
            told_elsewhere=told_elsewhere(listed, self.house_of(desk).state_media.watched),
            held=tuple(held),
            short=shortfalls(listed, self.house_of(desk)),
            names=await self._names(desk.workspace, [each.found_by for each in held], now),
        )

    async def hold(
        self,
        item_id: int,
        section: str,
        topic: str,
        *,
        is_checked: bool,
        ask: bool,
        workspace: str,
        by: str,
        now: datetime,
    ) -> Item:
        """Keep a pending item for a section until the issue has room for it, and `ask` the editors not to wait.

        It holds its link, is not counted and not printed. The word that state media are filed with is given now: it
        returns by itself. Where there is room already it is filed at once.

        Raises:
            FieldsRefusedError: the house knows no such topic, or it was not checked who else reports it.
            IssueClosedError: nothing returns in an issue that is closed.
            NoEditorsError: the desk has no editor.
            OpinionBarredError: it is an opinion.
            ReasonNeededError: an earlier issue had it, and nobody has said why it is used again.
            SomebodyWasFasterError: it does not wait for a section any more.
        """
        await self._member(workspace, by, now)
        house = await self._must_be_released_by(item_id, workspace=workspace, by=by, now=now)
        must_exist(section, house)
        if section == RELEASES:
            raise SectionUnknownError(section)
        async with self._unit_of_work() as work:
            item, desk, issue = await self._changeable_item(work, workspace, item_id, by)
            if issue.state is not IssueState.OPEN:
                raise IssueClosedError(issue.number)
            must_be_new(item)
            if is_barred(item, house.state_media):
                raise OpinionBarredError(item)
            values: dict[str, Any] = {"state": ItemState.HELD.value, "section": section}
            values |= {"filed_by": by, "filed_at": now}
            also: dict[str, Any] = {}
            if asks_for_word(item, house.state_media):
                must_be_given(topic, house, is_checked=is_checked)
                values["attestation"] = kept(Attestation(topic, by, now))
                also["attestation"] = kept(item.attestation) if item.attestation is not None else None
            expect = {"state": ItemState.PENDING.value}
            held = await self._swap(work, desk, item, "held", expect, values, by, now, also=also)
            is_asked = item.asked is not None and item.asked.answer is None
            return await self._ask_editors(work, desk, held, by, now) if ask and not is_asked else held

    async def ask_editors(self, item_id: int, *, workspace: str, by: str, now: datetime) -> Item:
        """Ask the editors, each in private, to file a held item without waiting for room.

        Raises:
            AlreadyAskedError: somebody did, and nobody answered yet.
            NoEditorsError: the desk has no editor.
            SomebodyWasFasterError: it is not held any more.
        """
        await self._member(workspace, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            if item.state is not ItemState.HELD:
                raise await self._faster(work, item)
            return await self._ask_editors(work, desk, item, by, now)

    async def decide_on_held(self, item_id: int, answer: Answer, *, workspace: str, by: str, now: datetime) -> Item:
        """Answer as an editor whether a held item is filed without waiting for room; whoever asked is told.

        Raises:
            AlreadyAskedError: another editor answered.
            SomebodyWasFasterError: it is not held any more.
        """
        async with self._unit_of_work() as work:
            _, desk, _ = await self._changeable_item(work, workspace, item_id, by)
        await self._editor(desk, by, now)
        async with self._unit_of_work() as work:
            item, desk, _ = await self._changeable_item(work, workspace, item_id, by)
            question = item.asked
            if item.state is not ItemState.HELD or question is None:
                raise await self._faster(work, item)
            if question.answer is not None:
                raise await self._already_asked(work, desk, question)
            before, answered = kept(question), kept(replace(question, answer=answer, answered_by=by))
            expect = {"state": ItemState.HELD.value, "version": item.version}
            if answer is Answer.ACCEPTED:
                values = {"state": ItemState.FILED.value, "filed_at": now, "asked": answered}
                decided = await self._swap(
                    work, desk, item, answer.value, expect, values, by, now, also={"asked": before}
                )
            else:
                decided = await self._note_question(work, desk, item, answer.value, answered, by, now)
            news = {"news": answer.value, "by": by}
            await work.outbox.show(news_of_held(decided, desk, question.by, news), at=now)
            return decided

    async def _if_filed(self, work: UnitOfWork, desk: DeskRecord, item: Item) -> Tally:
        counted = await tally_in(work, self.house_of(desk), item.issue_id)
        if item.state is ItemState.FILED:
            return counted
        return counted.plus(verdict(item.outlet, self.house_of(desk).state_media.watched))

    async def _ask_editors(self, work: UnitOfWork, desk: DeskRecord, item: Item, by: str, now: datetime) -> Item:
        if item.asked is not None and item.asked.answer is None:
            raise await self._already_asked(work, desk, item.asked)
        editors = tuple(await work.desks.editors(desk))
        if not editors:
            raise NoEditorsError(desk.channel)
        return await self._note_question(work, desk, item, "editors asked", kept(Question(by, now, editors)), by, now)

    async def _note_question(
        self, work: UnitOfWork, desk: DeskRecord, item: Item, verb: str, asked: dict[str, Any], by: str, now: datetime
    ) -> Item:
        """Keep a question or its answer; the end of the transaction shows it to the editors."""
        changed = await work.items.change(item.id, expect={"version": item.version}, values={"asked": asked})
        if changed is None:
            raise await self._faster(work, item)
        before = {"asked": kept(item.asked) if item.asked is not None else None}
        await work.changes.add(Change(verb, by, now, desk, item.issue_id, item.id, before, {"asked": asked}))
        await show_cards_of(work, desk, [item], now)
        return changed

    async def _already_asked(self, work: UnitOfWork, desk: DeskRecord, question: Question) -> AlreadyAskedError:
        who = question.answered_by or question.by
        return AlreadyAskedError(question, (await work.people.names(desk.workspace, [who])).get(who, who))
