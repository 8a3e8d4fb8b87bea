"""Every button, select and form has its protection against two at once, and a test that shows it where one can lose."""

import ast
from enum import StrEnum

from tests.checks.test_documentation import ROOT


class Kind(StrEnum):
    SEEN = "it changes only what whoever clicked saw, else they are told"
    ONCE = "it is decided once; whoever comes second is told, or finds it done"
    ADDED = "it is added to what stands, so that nothing is overwritten"
    OWN = "it is theirs alone"
    SHOWN = "it changes nothing"


_TWO = "stories/test_two_at_once.py::test_"
_WINDOW = "stories/test_window.py::test_"
_FILED = (Kind.SEEN, _TWO + "whoever_clicks_a_second_later_is_told_who_where_and_when_and_may_move_it")
_MOVED = (Kind.SEEN, _TWO + "of_two_move_forms_the_second_shows_where_it_went_and_asks_again")
_EDITED = (Kind.SEEN, _TWO + "of_two_edit_forms_the_second_shows_both_values_and_asks_which_stands")
_NOTED = (Kind.ADDED, _TWO + "two_notes_at_once_both_stand")
_SPIKED = (Kind.ONCE, _TWO + "what_two_remove_at_once_is_removed_once")
_WRITTEN = (Kind.SEEN, "stories/test_writing.py::test_of_two_editors_the_second_is_told_what_changed_and_chooses")
_WRITTEN_BACK = (Kind.SEEN, "stories/test_writing.py::test_what_somebody_else_changed_meanwhile_is_not_undone")
_ORDERED = (
    Kind.SEEN,
    "stories/test_ordering.py::test_of_two_editors_who_order_the_second_sees_the_new_order_and_chooses",
)
_ACCEPTED = (Kind.SEEN, "stories/test_state_media.py::test_of_two_who_accept_one_wins_and_the_other_is_told")
_CORRECTED = (
    Kind.SEEN,
    "stories/test_corrections.py::test_of_two_editors_who_correct_an_item_the_second_is_told_what_stands",
)
_DATED = (Kind.ONCE, "stories/test_dates.py::test_of_two_who_choose_a_day_at_once_the_second_is_told_who_was_faster")
_RULED = (Kind.ONCE, _TWO + "of_two_who_say_who_controls_an_outlet_the_second_is_told")
_READ = (Kind.ONCE, "stories/test_capture.py::test_what_a_member_wrote_survives_a_second_reading")
_LATE = (
    Kind.ONCE,
    "stories/test_waiting_list.py::test_of_two_editors_who_decline_the_second_is_told_before_a_reason_is_asked_of_them",
)
_HELD = (
    Kind.ONCE,
    "stories/test_waiting_list.py::test_what_was_decided_in_private_leaves_the_list_and_who_was_too_late_there_is_told",
)
_TEXT = (Kind.SEEN, "stories/test_text_files.py::test_what_somebody_else_wrote_since_is_shown_before_it_is_replaced")
_OPENS = (Kind.SHOWN, "")
_OWN = (Kind.OWN, "")

PROTECTED = {
    "accepting.file": _FILED,
    "accepting.ask": _OPENS,
    "accepting.spike": _SPIKED,
    "accepting.accept": _ACCEPTED,
    "actions.move": _OPENS,
    "actions.undo": (Kind.SEEN, _TWO + "an_undo_of_what_somebody_else_moved_meanwhile_is_refused"),
    "actions.edit": _OPENS,
    "actions.more": _SPIKED,
    "actions.review": _OPENS,
    "actions.turn_page": _OPENS,
    "actions.keep": (
        Kind.ONCE,
        "stories/test_dead_links.py::test_what_a_member_kept_stays_kept_whatever_another_reading_finds",
    ),
    "actions.use_archived": _READ,
    "actions.remove": _SPIKED,
    "actions.choose_day": _DATED,
    "actions.use_alternative": (
        Kind.SEEN,
        "desk/test_editing.py::test_the_other_headline_is_not_taken_over_what_a_member_wrote",
    ),
    "actions.same_publisher": (Kind.ONCE, _TWO + "of_two_who_say_who_published_first_the_second_is_told"),
    "actions.choose_publisher": _OPENS,
    "actions.add_anyway": (Kind.ONCE, "stories/test_duplicates.py::test_adding_a_known_link_by_command_says_so"),
    "actions.note": _OPENS,
    "actions.nothing": _OPENS,
    "actions.refresh_draft": _OPENS,
    "actions.export": _OPENS,
    "actions.publish": (Kind.ONCE, _TWO + "of_two_editors_who_publish_the_second_is_told_and_it_is_published_once"),
    "actions.write": _OPENS,
    "actions.undo_passage": _WRITTEN_BACK,
    "actions.my_items": _OPENS,
    "appealing.appeal": (
        Kind.ONCE,
        "stories/test_opinion.py::test_an_editor_is_asked_in_private_and_one_message_is_kept_up_to_date",
    ),
    "appealing.ask_why": _OPENS,
    "appealing.reclassify": (
        Kind.ONCE,
        _TWO + "of_two_editors_who_say_why_it_is_a_report_the_second_reads_the_firsts_reason",
    ),
    "calendars.show": _OPENS,
    "calendars.move": (
        Kind.SEEN,
        "stories/test_calendar.py::test_a_question_that_another_editor_overtook_changes_nothing",
    ),
    "calendars.leave": _OPENS,
    "correcting.begin": _OPENS,
    "correcting.choose": _OPENS,
    "correcting.correct_item": _CORRECTED,
    "correcting.correct_passage": _CORRECTED,
    "dates.take_for_event": _DATED,
    "desks.choose": (Kind.ONCE, "stories/test_direct_links.py::test_of_two_presses_the_first_says_which_desk_it_is"),
    "doctor.try_again": (Kind.ONCE, "stories/test_doctor.py::test_only_an_editor_has_given_up_messages_tried_again"),
    "fixing.open": _OPENS,
    "fixing.turn_page": _OPENS,
    "fixing.edit": _OPENS,
    "fixing.undo_edit": (Kind.SEEN, "stories/test_capture.py::test_an_edit_that_somebody_followed_is_not_undone"),
    "fixing.write": _OPENS,
    "fixing.attest": _OPENS,
    "fixing.waive": _OPENS,
    "fixing.read_again": _READ,
    "fixing.use_copy": _READ,
    "fixing.spike": _SPIKED,
    "fixing.take_back": (Kind.ONCE, _TWO + "of_two_editors_who_let_something_pass_the_second_reads_the_firsts_reason"),
    "fixing.attested": (Kind.SEEN, _TWO + "of_two_who_attest_the_second_is_told_and_nothing_is_overwritten"),
    "fixing.waived": (Kind.ONCE, _TWO + "of_two_editors_who_let_something_pass_the_second_reads_the_firsts_reason"),
    "holding.ask_where": _OPENS,
    "holding.ask": _HELD,
    "holding.candidates": _OPENS,
    "holding.spike": _SPIKED,
    "holding.use_other": (
        Kind.ONCE,
        "stories/test_similar.py::test_whoever_clicks_after_somebody_else_decided_is_told_and_nothing_changes",
    ),
    "holding.answer": _HELD,
    "holding.hold": _ACCEPTED,
    "home_tab.choose_section": _OPENS,
    "home_tab.edit": _OPENS,
    "home_tab.show_fitting": _OPENS,
    "home_tab.got_it": _OWN,
    "home_tab.ask_for_desk": _OPENS,
    "home_tab.file": _FILED,
    "home_tab.choose_desk": _OWN,
    "languages.choose": _OWN,
    "late.ask": _LATE,
    "late.accept": _LATE,
    "late.ask_why": _OPENS,
    "late.take_back": _LATE,
    "late.decline": _LATE,
    "ordering.open": _OPENS,
    "ordering.undo": _ORDERED,
    "ordering.add": (Kind.ADDED, "stories/test_writing.py::test_an_item_becomes_a_must_read_once"),
    "ordering.save": _ORDERED,
    "pairs.decide": (
        Kind.ONCE,
        "stories/test_similar.py::test_whoever_clicks_after_somebody_else_decided_is_told_and_nothing_changes",
    ),
    "racing.move": (Kind.SEEN, _TWO + "a_button_that_a_third_member_overtook_is_refused_and_offers_the_choice_anew"),
    "racing.leave": _OPENS,
    "reasons.ask_why_again": _OPENS,
    "reasons.ask_why_kept": _OPENS,
    "reasons.hold_over": (
        Kind.ONCE,
        _WINDOW + "of_two_who_leave_it_to_the_next_issue_the_second_is_told_who_was_faster",
    ),
    "reasons.take_back": (Kind.ONCE, _WINDOW + "a_click_back_to_an_issue_that_closed_meanwhile_says_where_the_item_is"),
    "reasons.use_again": (
        Kind.ONCE,
        "stories/test_earlier_issues.py::test_of_two_who_give_a_reason_the_second_is_told_what_the_first_wrote",
    ),
    "reasons.keep_outside": (Kind.ONCE, _WINDOW + "of_two_who_keep_it_the_second_is_told_what_the_first_wrote"),
    "registry.rule": _RULED,
    "registry.answer_menu": _OPENS,
    "registry.open": _OPENS,
    "registry.change": _OPENS,
    "registry.find": _OPENS,
    "registry.write": (
        Kind.SEEN,
        "stories/test_registry.py::test_of_two_editors_the_second_is_told_what_the_first_wrote",
    ),
    "registry.say_control": _RULED,
    "reminders.choose_day": _OPENS,
    "reminders.sit_out": _OWN,
    "reminders.remind_again": _OWN,
    "reminders.show_mine": _OPENS,
    "reminders.file": _FILED,
    "reminders.snooze": _OWN,
    "setup.press": _OPENS,
    "setup.send": (Kind.ONCE, "stories/test_desks.py::test_of_two_who_set_a_channel_up_at_once_the_second_is_told"),
    "shortcuts.add_links": (
        Kind.ONCE,
        "stories/test_shortcuts.py::test_it_is_added_once_however_often_and_by_whom_and_no_emoji_takes_it_away",
    ),
    "team.ask": _OPENS,
    "team.change": (
        Kind.SEEN,
        "stories/test_team.py::test_a_team_that_somebody_else_changed_meanwhile_is_not_overwritten",
    ),
    "text_files.for_issue": _TEXT,
    "text_files.for_chapter": _TEXT,
    "text_files.replace": _TEXT,
    "text_files.leave": _TEXT,
    "views.edit": _EDITED,
    "views.move": _MOVED,
    "views.note": _NOTED,
    "views.publisher": (Kind.ONCE, _TWO + "of_two_who_say_who_published_first_the_second_is_told"),
    "views.write": _WRITTEN,
    "waiting.open": _OPENS,
}
"""Of each listener that members reach by a button or a form: what keeps two from spoiling each other's work."""


def test_every_button_and_form_has_its_protection() -> None:
    assert sorted(_listeners()) == sorted(PROTECTED)


def test_what_somebody_can_lose_is_shown_by_a_test_that_is_there() -> None:
    for listener, (kind, shown_by) in PROTECTED.items():
        assert (shown_by == "") == (kind in {Kind.OWN, Kind.SHOWN}), listener
        path, _, name = shown_by.partition("::")
        assert not shown_by or name in _tests_of(path), (listener, shown_by)


def _listeners() -> set[str]:
    """What the modules of the edge give to Bolt for actions and views."""
    found = set()
    for path in (ROOT / "handlers").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Call)
                and isinstance(node.args[0], ast.Attribute)
            ):
                registers = node.func.func
                if isinstance(registers, ast.Attribute) and registers.attr in {
                    "action",
                    "view",
                    "view_closed",
                    "shortcut",
                }:
                    found.add(f"{path.stem}.{node.args[0].attr}")
    return found


def _tests_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / path).read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
