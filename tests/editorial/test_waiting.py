"""What waits for an editor: each question once, and nothing that was answered or is none."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.editorial.house import RELEASES
from bot.editorial.item import Answer, Appeal, ItemState, Late, Question, Reason
from bot.editorial.opinion import OpinionSign, SignedBy
from bot.editorial.waiting import Questions, questions_in
from tests.editorial.values import IFP_NEWS, PRENSA_LATINA, RULE, filed, item

NOON = datetime(2021, 1, 11, 17, tzinfo=UTC)
TOPICAL = replace(RULE, topics=("economic",))
UNDECIDED = {"outlet": IFP_NEWS, "host": "ifpnews.com"}
OPINION = {
    "outlet": PRENSA_LATINA,
    "host": "prensa-latina.cu",
    "opinion": OpinionSign(SignedBy.ADDRESS, "opinion"),
    "appeal": Appeal("U0BEN", NOON),
}
ADDED = Late("U0BEN", "Ben", "U0EVA", "Eva", NOON)
ASKED = Question("U0BEN", NOON, ("U0EVA",))
HELD = {"state": ItemState.HELD, "asked": ASKED}
PENDING = {"state": ItemState.PENDING, "section": None}


def test_each_question_is_asked_once_in_the_order_in_which_items_came() -> None:
    guests = item(3, found_by="U0GUS", **PENDING)
    first, second, other = item(4, **UNDECIDED), item(5, **UNDECIDED, **PENDING), item(6, outlet=None, host="a.example")
    opinion, held = item(7, **OPINION), item(8, **HELD)
    late, filed_late = item(9, late=ADDED, found_by="U0GUS", **PENDING), item(10, late=ADDED)

    items = [*filed(2), guests, first, second, other, opinion, held, late, filed_late]
    found = questions_in(items, {"U0GUS"}, TOPICAL)

    assert found == Questions((guests,), ((first, second), (other,)), (opinion,), (held,), (late,))


def test_what_was_answered_does_not_wait() -> None:
    answered = [
        item(1, found_by="U0GUS"),
        item(2, **OPINION, reclassified=Reason("It is signed by the desk.", "U0EVA", "Eva")),
        item(3, **{**HELD, "asked": replace(ASKED, answer=Answer.LEFT_HELD, answered_by="U0EVA")}),
        item(4, **{**HELD, "state": ItemState.FILED}),
        item(5, **UNDECIDED, section=RELEASES),
    ]

    assert questions_in(answered, {"U0GUS"}, TOPICAL) == Questions((), (), (), (), ())


def test_what_nobody_asked_does_not_wait() -> None:
    unasked = [
        item(1, **PENDING),
        item(2, **{**OPINION, "appeal": None}),
        item(3, state=ItemState.HELD),
    ]

    assert questions_in(unasked, {"U0GUS"}, TOPICAL) == Questions((), (), (), (), ())


def test_what_is_not_on_the_list_does_not_wait() -> None:
    gone = [
        item(number, **{**UNDECIDED, **OPINION, "outlet": None}, asked=ASKED, found_by="U0GUS", state=state)
        for number, state in enumerate([ItemState.SPIKED, ItemState.WITHDRAWN, ItemState.SECOND_SOURCE])
    ]

    assert questions_in(gone, {"U0GUS"}, TOPICAL) == Questions((), (), (), (), ())
