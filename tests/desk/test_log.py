"""The event log tells every change: who, what, when, before and after."""

from datetime import date, timedelta
from typing import Any

from bot.desk.editing import Words
from bot.editorial.outlet import Verdict
from bot.extract.page import Extract, PageTrouble, Trouble
from db.database import Database
from tests.desk.staff import (
    ANA,
    BEN,
    CHANNEL,
    DEADLINE,
    EVA,
    MORNING,
    TEAM,
    Press,
    desk_on,
    desk_record,
    drop,
    dropped,
    log_of,
    without,
)

LINK = "https://unheard-of.example/iran"
UNPLACED = {"rank": None, "pinned": False}
PENDING = {"state": "pending", "section": None, "moved_from": None, "filed_by": None, "filed_at": None} | UNPLACED
FILED = PENDING | {"state": "filed", "section": "iran", "filed_by": "U_ANA", "filed_at": MORNING.isoformat()}
MOVED = FILED | {"section": "turkey", "moved_from": "iran"}
LATER = DEADLINE + timedelta(days=1)
PLANNED = {"deadline": DEADLINE.isoformat(), "passed over": []}

Line = tuple[str, str, dict[str, Any], dict[str, Any]]


async def test_every_change_is_told_with_who_what_when_before_and_after(database: Database) -> None:
    press = Press()
    desk = desk_on(database, pages=press)
    told = 0

    async def news() -> list[Line]:
        """What the log tells since this was last asked."""
        nonlocal told
        rows = await log_of(database)
        new, told = rows[told:], len(rows)
        assert {(row.workspace, row.at) for row in new} <= {(TEAM, MORNING)}
        return [(row.verb, row.by, row.before, row.after) for row in new]

    def click(by: str) -> dict[str, Any]:
        return {"workspace": TEAM, "by": by, "now": MORNING}

    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    assert await news() == [
        ("desk made", EVA.id, {}, {"channel": CHANNEL}),
        ("opened", "", {}, {"number": 18, "deadline": DEADLINE.isoformat()}),
        ("editor added", EVA.id, {}, {"editor": EVA.id, "role": "owner"}),
    ]
    record = await desk_record(database)

    await desk.number_issue(record, 17, by=EVA.id, now=MORNING)
    await desk.move_deadline(record, LATER, by=EVA.id, now=MORNING)
    assert await news() == [
        ("numbered", EVA.id, {"number": 18}, {"number": 17}),
        ("deadline moved", EVA.id, PLANNED, {"deadline": LATER.isoformat()}),
    ]

    item = await dropped(desk, LINK)
    for said in (without(LINK, by=BEN), drop(LINK, by=BEN), drop(LINK, message="2.0", by=BEN)):
        await desk.take_in(said, now=MORNING)
    held = {"message": "2.0", "thread": "2.0", "found_by": BEN.id, "added_by": None}
    assert await news() == [
        ("dropped", ANA.id, {}, {"url": LINK}),
        ("withdrawn", BEN.id, PENDING, PENDING | {"state": "withdrawn"}),
        ("undone", BEN.id, PENDING | {"state": "withdrawn"}, PENDING),
        ("dropped again", BEN.id, {}, {"url": LINK, **held}),
    ]

    press.pages[LINK] = PageTrouble(Trouble.TIMED_OUT, "No answer.", retry=True)
    await desk.read_next(now=MORNING)
    await desk.read_again(item.id, **click(BEN.id))
    press.pages[LINK] = PageTrouble(Trouble.GONE, "404.")
    await desk.read_next(now=MORNING)
    await desk.read_again(item.id, **click(BEN.id))
    press.pages[LINK] = Extract(title="Tankers", language="en")
    await desk.read_next(now=MORNING)
    assert await news() == [
        ("reading put off", "", {"trouble": None}, {"trouble": "No answer."}),
        (
            "asked to read again",
            BEN.id,
            {"reading": "waiting", "trouble": "No answer."},
            {"reading": "waiting", "trouble": None},
        ),
        (
            "not read",
            "",
            {"reading": "waiting", "trouble": None, "kind": None},
            {"reading": "failed", "trouble": "404.", "kind": "dead link"},
        ),
        (
            "asked to read again",
            BEN.id,
            {"reading": "failed", "trouble": "404."},
            {"reading": "waiting", "trouble": None},
        ),
        (
            "read",
            "",
            {"reading": "waiting", "title": None, "language": None, "kind": None},
            {"reading": "read", "title": "Tankers", "language": "en", "kind": "news article"},
        ),
    ]

    await desk.file(item.id, "iran", **click(ANA.id))
    await desk.move(item.id, "turkey", moved_from="iran", **click(BEN.id))
    await desk.undo(item.id, **click(ANA.id))
    await desk.spike(item.id, **click(BEN.id))
    await desk.undo(item.id, **click(ANA.id))
    assert await news() == [
        ("filed", ANA.id, PENDING, FILED),
        ("moved", BEN.id, FILED, MOVED),
        ("undone", ANA.id, MOVED, FILED),
        ("spiked", BEN.id, FILED, FILED | {"state": "spiked"}),
        ("undone", ANA.id, FILED | {"state": "spiked"}, FILED),
    ]

    shown = Words("Tankers", None, None, "en", None, None)
    written = Words("Tankers & crew", None, None, "en", None, None)
    await desk.edit(item.id, written, opened_with=shown.marks(), **click(BEN.id))
    await desk.add_note(item.id, "checked", **click(BEN.id))
    await desk.rule_on_outlet(item.id, Verdict.OTHER, **click(EVA.id))
    domain = "unheard-of.example"
    assert await news() == [
        ("edited", BEN.id, {"title": "Tankers"}, {"title": "Tankers & crew"}),
        ("noted", BEN.id, {"note": None}, {"note": "Ben Okafor: checked"}),
        ("outlet ruled", EVA.id, {"domain": domain, "ruling": None}, {"domain": domain, "ruling": "other"}),
    ]

    issue = await desk.current_issue(record, now=MORNING)
    await desk.snooze(issue.id, date(2021, 1, 13), **click(ANA.id))
    for change in (desk.sit_out, desk.sit_out, desk.remind_again):  # what changes nothing is no change
        await change(issue.id, **click(ANA.id))
    snoozed, never = "2021-01-13T14:00:00+00:00", "9999-12-31T23:59:59.999999+00:00"
    assert await news() == [
        ("snoozed", ANA.id, {"until": None}, {"until": snoozed}),
        ("snoozed", ANA.id, {"until": snoozed}, {"until": never}),
        ("snooze taken back", ANA.id, {"until": never}, {"until": None}),
    ]

    _, following = await desk.close_issue(record, by=EVA.id, now=MORNING)
    assert await news() == [
        ("closed", EVA.id, {"state": "open"}, {"state": "closed"}),
        ("opened", "", {}, {"number": 18, "deadline": following.deadline.isoformat()}),
    ]


async def test_what_only_asks_or_is_refused_is_not_told(database: Database) -> None:
    desk = desk_on(database)
    await desk.welcome(TEAM, CHANNEL, editor=EVA.id, now=MORNING)
    record, item = await desk_record(database), await dropped(desk)
    before = await log_of(database)

    await desk.status(record, ANA.id, now=MORNING)
    await desk.card(record.id, item.message, now=MORNING)
    await desk.item(item.id, workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.answer_mention(drop(message="3.0"), now=MORNING)
    await desk.show_home(TEAM, ANA.id, now=MORNING)
    issue = await desk.draft(record, by=ANA.id, now=MORNING)
    await desk.draft_now(issue.id, workspace=TEAM, by=ANA.id, now=MORNING)
    await desk.take_in(without("https://nobody-dropped.example/", message="4.0"), now=MORNING)

    assert await log_of(database) == before
