from datetime import time
from fractions import Fraction

import pytest

from bot.editorial.calendar import Before
from bot.editorial.house import Denominator, House
from bot.editorial.house_file import HouseRefusedError, read_house
from bot.settings import SHIPPED_HOUSE
from tests.editorial.house_text import HOUSE, faults_in, house_with


def _shipped() -> House:
    return read_house(SHIPPED_HOUSE.read_text(encoding="utf-8"), SHIPPED_HOUSE.name)


def test_a_house_is_read_as_it_is_written() -> None:
    house = read_house(HOUSE)

    assert (house.name, house.title) == ("harbour", "The Harbour Letter")
    assert (house.first_number, house.items_per_member, house.planned_items) == (1, 5, 40)
    assert house.state_media.limit == Fraction(1, 4)
    assert house.state_media.denominator is Denominator.ITEMS
    assert house.state_media.watched == {"CU", "CN"}
    assert house.calendar.at == time(17)
    assert house.calendar.draft == Before(hours=12)
    assert house.citation.credit == " – {source}, {date}"
    assert house.printed.releases_heading == "COMUNICADOS"
    assert house.printed.chapters_in_text
    assert [(each.key, each.chapter, each.minimum, each.words) for each in house.sections] == [
        ("north", "north", 2, ("tanker*", "la paz")),
        ("port", "north", 0, ()),
        ("fish", "south", 0, ("pesca", "北京")),
    ]


def test_the_publications_own_sites_may_be_named() -> None:
    named = HOUSE.replace("planned_items = 40\n", 'planned_items = 40\nown_sites = ["harbour.example"]\n')

    assert read_house(HOUSE, "harbour.toml").own_sites == ()
    assert read_house(named, "harbour.toml").own_sites == ("harbour.example",)


def test_a_section_is_found_by_its_key_or_is_not_there() -> None:
    house = read_house(HOUSE)

    assert house.section("fish").title == "Fish"
    with pytest.raises(KeyError, match="tango"):
        house.section("tango")


def test_the_shipped_house_reads() -> None:
    house = _shipped()

    assert house.state_media.limit == Fraction(1, 5)
    assert house.state_media.denominator is Denominator.OVERALL
    assert len(house.state_media.watched) == 13
    assert [chapter.key for chapter in house.chapters] == ["venezuela", "russia", "iran", "china"]
    assert len(house.sections) == 12
    assert all(each.words for each in house.sections)


def test_no_section_of_the_shipped_house_names_a_word_twice() -> None:
    for section in _shipped().sections:
        assert len(set(section.words)) == len(section.words)


def test_a_file_of_windows_reads_the_same_and_has_the_same_lines() -> None:
    windows = HOUSE.replace("\n", "\r\n")

    assert read_house(windows) == read_house(HOUSE)
    assert faults_in(windows.replace('"Port"', "7")) == [(53, "“title” must be text in quotes.")]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('name = "harbour"', "", 1, "“name” is missing."),
        ('name = "harbour"', 'name = "The Harbour"', 2, "The name “The Harbour” must be small letters"),
        ("first_number = 1", "first_number = 0", 4, "“first_number” must be 1 or more."),
        ("first_number = 1", "first_number = true", 4, "“first_number” must be a whole number."),
        ("planned_items = 40", "planned_items = 40\nmotto = 1", 7, "“motto” is not known here."),
        ("planned_items = 40", "planned_items = 40\n\n[extra]\nmotto = 1", 8, "“extra” is not known here."),
        ("limit = 0.25\n", "", 8, "“limit” is missing."),
        ("limit = 0.25", 'limit = "20 %"', 9, "“limit” must be a number with a decimal point."),
        ("limit = 0.25", "limit = 20", 9, "“limit” must be a number with a decimal point."),
        ("limit = 0.25", "limit = 0.0", 9, "“limit” must be above 0 and at most 1"),
        ("limit = 0.25", "limit = -0.2", 9, "“limit” must be above 0 and at most 1"),
        ("limit = 0.25", "limit = 1.01", 9, "“limit” must be above 0 and at most 1"),
        ("limit = 0.25", "limit = 0.2005", 9, "with three decimals at most"),
        ("limit = 0.25", "limit = nan", 9, "“limit” must be above 0 and at most 1"),
        ("limit = 0.25", "limit = inf", 9, "“limit” must be above 0 and at most 1"),
        ('denominator = "items"', 'denominator = "everything"', 10, "must be one of “items”, “items and releases”"),
        ('"CN",', '"cn",', 13, "“cn” is not the ISO 3166-1 code"),
        ('"CN",', '"UK",', 13, "“UK” is not the ISO 3166-1 code"),
        ('"CN",', "7,", 11, "“watched” must be a list of words."),
        ('prefix = "State media reports "', 'prefix = " "', 15, "“prefix” is empty."),
        ('zone = "Europe/Madrid"', 'zone = "Europe/Atlantis"', 18, "“Europe/Atlantis” is not a time zone"),
        ('zone = "Europe/Madrid"', 'zone = "../../etc/passwd"', 18, "is not a time zone"),
        ('zone = "Europe/Madrid"', 'zone = "Europe"', 18, "is not a time zone"),
        ("deadline_day = 31", "deadline_day = 32", 19, "“deadline_day” is 1 to 31."),
        ("deadline_time = 17:00:00", 'deadline_time = "17:00"', 20, "“deadline_time” must be a time of day"),
        ("freeze_hours_after = 1", "freeze_hours_after = -1", 24, "“freeze_hours_after” is 0 to 672."),
        ("work_until = 18:00:00", "work_until = 08:00:00", 26, "“work_until” is before “work_from”."),
        ('language = "es"', 'language = "Spanish"', 29, "“Spanish” is not the code of a language"),
        ('credit = " – {source}, {date}"', 'credit = " – {source}"', 30, "must hold {date} and {source}"),
        ('credit = " – {source}, {date}"', 'credit = "{source} {date} {url}"', 30, "and no other braces"),
        ('credit = " – {source}, {date}"', 'credit = "{source} {date} }"', 30, "and no other braces"),
        ('credit = " – {source}, {date}"', 'credit = "{source} {{date}}"', 30, "and no other braces"),
        ('credit = " – {source}, {date}"', 'credit = "{source!r} {date}"', 30, "must hold {date} and {source}"),
        ('undated = " – {source}"', 'undated = " – {}"', 31, "“undated” must hold {source}"),
        ('language_note = " ({language})"', 'language_note = " (foreign)"', 32, "must hold {language}"),
        (
            'disclaimer = "Como máximo {limit} de {counts}."',
            'disclaimer = "20 %"',
            37,
            "must hold {counts} and {limit}",
        ),
        ("chapters_in_text = true", 'chapters_in_text = "yes"', 39, "“chapters_in_text” must be true or false."),
        ("chapters_in_text = true", "chapters_in_text = 1", 39, "“chapters_in_text” must be true or false."),
        ('key = "south"', 'key = "north"', 58, "The chapter “north” stands twice."),
        ('key = "fish"', 'key = "port"', 63, "The section “port” stands twice."),
        ('key = "fish"', 'key = "releases"', 63, "The section “releases” needs another key"),
        ('key = "fish"', 'key = "Fish & chips"', 63, "The key “Fish & chips” must be small letters"),
        ('key = "fish"\n', "", 62, "“key” is missing."),
        ('words = ["tanker*", "la paz"]', 'words = ["tan*ker"]', 49, "“tan*ker” suggests nothing"),
        ('words = ["tanker*", "la paz"]', 'words = ["*"]', 49, "“*” suggests nothing"),
        ('words = ["tanker*", "la paz"]', 'words = ["—"]', 49, "“—” suggests nothing"),
        ('words = ["tanker*", "la paz"]', 'words = "tanker"', 49, "“words” must be a list."),
        ('"pesca",', '"pesca",\n    "-",', 68, "“-” suggests nothing"),
        ("minimum = 2", "minimum = -1", 48, "“minimum” must be 0 or more."),
        ("minimum = 2", "minimum = 2.5", 48, "“minimum” must be a whole number."),
        ('"pesca",', '"",', 66, "“words” must be a list of words."),
    ],
)
def test_each_mistake_is_reported_once_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    faults = faults_in(house_with(old, new))

    assert [number for number, _ in faults] == [line]
    assert reason in faults[0][1]


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('title = "Port"', "title = Port", 53, "Invalid value"),
        ("[calendar]", "[calendar", 17, "Expected ']'"),
        ('zone = "Europe/Madrid"', 'zone = "Europe/Madrid"\nzone = "UTC"', 19, "Cannot overwrite a value"),
        ("[citation]", "[calendar]", 28, "Cannot declare ('calendar',) twice"),
        ('    "北京",\n]\n', '    "北京",\n', 68, "Invalid value"),
    ],
)
def test_broken_toml_is_reported_with_its_line(old: str, new: str, line: int, reason: str) -> None:
    faults = faults_in(house_with(old, new))

    assert [number for number, _ in faults] == [line]
    assert reason in faults[0][1]


@pytest.mark.parametrize("table", ["state_media", "calendar", "citation", "print"])
def test_a_missing_table_is_one_fault_and_not_one_for_each_of_its_values(table: str) -> None:
    start = HOUSE.index(f"[{table}]")
    end = HOUSE.index("\n[", start)

    assert faults_in(HOUSE[:start] + HOUSE[end + 1 :]) == [(1, f"“{table}” is missing.")]


def test_a_house_without_sections_is_refused() -> None:
    start = HOUSE.index("[[chapters]]")

    assert faults_in(HOUSE[:start]) == [(1, "“chapters” is missing.")]
    assert faults_in("chapters = []\n" + HOUSE[:start]) == [(1, "“chapters” must be one table or more.")]
    assert faults_in("chapters = 3\n" + HOUSE[:start]) == [(1, "“chapters” must be a list.")]
    assert faults_in("calendar = 3\n" + HOUSE.replace("[calendar]", "[other]")) == [
        (1, "“calendar” must be a table."),
        (18, "“other” is not known here."),
    ]


def test_all_mistakes_are_reported_at_once_in_the_order_of_the_file() -> None:
    text = house_with("limit = 0.25", "limit = 2.0")
    text = house_with('zone = "Europe/Madrid"', 'zone = "Atlantis"', text)
    text = house_with('key = "fish"', 'key = "port"\ncolour = "blue"', text)
    text = house_with("minimum = 2", "", text)

    with pytest.raises(HouseRefusedError) as refused:
        read_house(text, "harbour.toml")

    assert str(refused.value).splitlines() == [
        "harbour.toml:9: “limit” must be above 0 and at most 1, with three decimals at most.",
        "harbour.toml:18: “Atlantis” is not a time zone such as America/New_York.",
        "harbour.toml:45: “minimum” is missing.",
        "harbour.toml:63: The section “port” stands twice.",
        "harbour.toml:64: “colour” is not known here.",
    ]


def test_an_empty_file_says_everything_that_is_missing() -> None:
    faults = faults_in("")

    assert {line for line, _ in faults} == {1}
    assert len(faults) == 10


def test_the_emoji_that_add_a_message_are_named_by_the_house() -> None:
    captured = HOUSE.replace("[state_media]", '[capture]\nreactions = ["pushpin", "+1"]\n\n[state_media]')

    assert read_house(captured).capture == ("pushpin", "+1")
    assert read_house(HOUSE).capture == ()


def test_an_emoji_with_its_colons_is_refused_with_its_line() -> None:
    captured = HOUSE.replace("[state_media]", '[capture]\nreactions = ["pushpin", ":star:"]\n\n[state_media]')

    with pytest.raises(HouseRefusedError) as refused:
        read_house(captured)

    (fault,) = refused.value.faults
    assert fault.line == captured.split("\n").index('reactions = ["pushpin", ":star:"]') + 1
    assert "“:star:” is no emoji's name" in fault.reason


def test_the_house_says_what_is_spoken_in_the_channel() -> None:
    spanish = house_with('title = "The Harbour Letter"', 'title = "The Harbour Letter"\nlanguage = "es"')

    assert read_house(spanish).language == "es"
    assert read_house(HOUSE).language == "en"


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ('"fr"', "“language” must be one of “en”, “es”."),
        ('""', "“language” is empty."),
        ("3", "“language” must be text in quotes."),
    ],
)
def test_a_language_without_a_catalogue_is_refused_with_its_line(written: str, reason: str) -> None:
    title = 'title = "The Harbour Letter"'
    faults = faults_in(house_with(title, f"{title}\nlanguage = {written}"))

    assert faults == [(HOUSE.split("\n").index(title) + 2, reason)]
