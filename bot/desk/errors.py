"""Facts that stop a use case. Each carries what the member has to be told; the words are in templates."""

from collections.abc import Mapping
from datetime import datetime

from bot.desk.views import OrderForm, PassageForm
from bot.editorial.gate import Finding
from bot.editorial.house import Section
from bot.editorial.issue import Issue
from bot.editorial.item import Item, Question, Reason
from bot.ports import LateRequest


class DeskError(Exception):
    """A request that the desk cannot grant; nothing was changed."""


class NotOfThisDeskError(DeskError):
    """A guest tried what only members do."""


class EditorsOnlyError(DeskError):
    """A member tried what only editors do."""


class PersonUnknownError(DeskError):
    """The workspace did not say who this is."""


class NoDeskError(DeskError):
    """The channel is no desk."""


class ItemUnknownError(DeskError):
    """The item is not, or not in this workspace."""


class IssueUnknownError(ItemUnknownError):
    """The issue is not of this workspace."""


class SectionUnknownError(DeskError):
    """The house has no such section (any more)."""


class LanguageUnknownError(DeskError):
    """There is no catalogue of this language."""


class NoReleaseError(DeskError):
    """What counts as state media cannot stand among the releases, which never do."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"item {item.id} is of state media")
        self.item = item


class AttestationNeededError(DeskError):
    """An item of state media is filed with a member's word on it; `section` is where it was to go."""

    def __init__(self, item: Item, section: str | None) -> None:
        super().__init__(f"item {item.id} is of state media")
        self.item = item
        self.section = section


class OpinionBarredError(DeskError):
    """The house excludes opinions of state media, and this looks like one."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"item {item.id} is an opinion of state media")
        self.item = item


class IssueClosedError(DeskError):
    """The issue of the item is past its freeze: members change it no more."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No. {number} is closed")
        self.number = number


class SomebodyWasFasterError(DeskError):
    """The item changed under the click; `item` is how it stands now, `wanted` where they would have had it."""

    def __init__(
        self, item: Item, by: str | None, section: str | None, at: datetime | None, wanted: Section | None = None
    ) -> None:
        super().__init__(f"item {item.id} is {item.state} already")
        self.item = item
        self.by = by
        self.section = section
        self.at = at
        self.wanted = wanted


class AlreadyWrittenError(DeskError):
    """What was asked about is written by now: `by` names the member, None where the page itself said it."""

    def __init__(self, item: Item, field: str, by: str | None) -> None:
        super().__init__(f"item {item.id} has its {field} already")
        self.item = item
        self.field = field
        self.by = by


class ReasonGivenError(DeskError):
    """Somebody gave a reason meanwhile, which stands."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.by} gave a reason already")
        self.reason = reason


class CarriedOverError(DeskError):
    """The item went on into a later issue, of this number, when its own closed."""

    def __init__(self, number: int) -> None:
        super().__init__(f"the item is in No. {number} by now")
        self.number = number


class PassageUnknownError(DeskError):
    """The house has no such passage (any more)."""


class PassageRefusedError(DeskError):
    """A text of a passage cannot be read: `place` counts from 0, `needs` names what it was taken for."""

    def __init__(self, place: int, needs: str) -> None:
        super().__init__(f"text {place} is no {needs}")
        self.place = place
        self.needs = needs


class PassageChangedError(DeskError):
    """Somebody else wrote a passage meanwhile; `form` is how it stands."""

    def __init__(self, form: PassageForm) -> None:
        super().__init__(f"{form.name} is at version {form.version}")
        self.form = form


class OrderChangedError(DeskError):
    """Somebody else ordered or pinned something meanwhile; `form` is how it stands, `mine` are the ranks wanted."""

    def __init__(self, form: OrderForm, mine: Mapping[str, int | None]) -> None:
        super().__init__(f"{form.name} is in another order")
        self.form = form
        self.mine = mine


class IssuePublishedError(DeskError):
    """A published issue does not change."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No. {number} is published")
        self.number = number


class GateClosedError(DeskError):
    """Something keeps an issue from being published: what was found, or nothing where it is empty."""

    def __init__(self, number: int, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"No. {number}: {len(findings)} findings")
        self.number = number
        self.findings = findings


class ReasonNeededError(DeskError):
    """An earlier issue had the page: it is filed again for a reason."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No. {number} had it")
        self.number = number


class NotInChannelError(DeskError):
    """Somebody asked for the desk of a channel that they are not in."""


class NoEditorsError(DeskError):
    """The desk has no editor who could be asked."""


class LateLaneClosedError(DeskError):
    """Nothing more may be asked into the issue."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No. {number} takes nothing late")
        self.number = number


class LateDecidedError(DeskError):
    """Another editor decided on a request meanwhile; `by` is their name."""

    def __init__(self, number: int, request: LateRequest, by: str) -> None:
        super().__init__(f"request {request.id} is {request.state}")
        self.number = number
        self.request = request
        self.by = by


class FindingGoneError(DeskError):
    """What was to be waived blocks no more, or is nothing that anybody can waive."""


class CorrectionRefusedError(GateClosedError):
    """With this correction the issue could not have been published."""


class NothingToUndoError(DeskError):
    """The item is as it came."""


class IssueInUseError(DeskError):
    """An issue that holds items cannot take another number."""

    def __init__(self, number: int, items: int) -> None:
        super().__init__(f"No. {number} has {items} items")
        self.number = number
        self.items = items


class NumberTakenError(DeskError):
    """The desk had an issue of this number."""

    def __init__(self, number: int) -> None:
        super().__init__(f"No. {number} exists")
        self.number = number


class MomentPassedError(DeskError):
    """A deadline must lie ahead."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"{moment} has passed")
        self.moment = moment


class MomentFarError(DeskError):
    """A deadline that far ahead is a slip of the pen."""

    def __init__(self, moment: datetime) -> None:
        super().__init__(f"{moment} is more than a year ahead")
        self.moment = moment


class DeadlineChangedError(DeskError):
    """The issue has another deadline, or is another one, than whoever moves it saw."""

    def __init__(self, number: int, deadline: datetime) -> None:
        super().__init__(f"No. {number} closes at {deadline}")
        self.number = number
        self.deadline = deadline


class AlreadyAskedError(DeskError):
    """The editors were asked about the item; `name` asked, or answered where there is an answer."""

    def __init__(self, question: Question, name: str) -> None:
        super().__init__(f"asked by {question.by}")
        self.question = question
        self.name = name


class NoArchivedCopyError(DeskError):
    """No archive has a copy of the page."""


class MorningPassedError(DeskError):
    """Nobody is reminded again at a moment that has passed."""


class MorningTooLateError(DeskError):
    """Nobody is reminded of an issue after its deadline; `zone` is the member's."""

    def __init__(self, issue: Issue, zone: str) -> None:
        super().__init__(f"No. {issue.number} is past its deadline by then")
        self.issue = issue
        self.zone = zone


class NoMoreRemindersError(DeskError):
    """Nobody is reminded of an issue any more, or this member was as often as it is done."""

    def __init__(self, number: int) -> None:
        super().__init__(f"no more reminders of No. {number}")
        self.number = number


class AlreadyInIssueError(DeskError):
    """The issue has this page through another item."""

    def __init__(self, item: Item) -> None:
        super().__init__(f"item {item.id} has this page")
        self.item = item
