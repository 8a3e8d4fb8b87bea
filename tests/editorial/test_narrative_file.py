import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.editorial.house import Chapter
from bot.editorial.narrative_file import FileRefusedError, FileTrouble, Told, narratives_in, text_in

CHAPTERS = (Chapter("iran", "Iran", ()), Chapter("nisman-amia", "The Nisman/AMIA Case", ()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tankers\nleft.\n\n \nBoats  came.", [(None, ("Tankers left.", "Boats came."))]),
        ("# Iran\nTankers left.", [("iran", ("Tankers left.",))]),
        ("#  iran  ##\r\nTankers left.\r\n", [("iran", ("Tankers left.",))]),
        ("### The nisman/AMIA case\n\nA court.", [("nisman-amia", ("A court.",))]),
        ("## nisman-amia\nA court.", [("nisman-amia", ("A court.",))]),
        (
            "# Iran\nOne.\n# nisman-amia\nTwo.\n# Iran\nThree.",
            [("iran", ("One.", "Three.")), ("nisman-amia", ("Two.",))],
        ),
        ("Before.\n# Iran\nOne.", [(None, ("Before.",)), ("iran", ("One.",))]),
        ("#Iran is no heading\n\n    # nor is this", [(None, ("#Iran is no heading", "# nor is this"))]),
    ],
)
def test_headings_name_chapters_and_empty_lines_part_paragraphs(
    text: str, expected: list[tuple[str | None, tuple[str, ...]]]
) -> None:
    assert narratives_in(text, CHAPTERS) == tuple(Told(*each) for each in expected)


@pytest.mark.parametrize(
    ("text", "trouble", "about"),
    [
        (" \n\n", FileTrouble.EMPTY, ""),
        ("# Iran\n\n\n", FileTrouble.NOTHING_BELOW, "Iran"),
        ("# Iran\n# nisman-amia\nA court.", FileTrouble.NOTHING_BELOW, "Iran"),
        ("# Iran\nOne.\n# Atlantis\nTwo.", FileTrouble.HEADING, "Atlantis"),
        ("# \nOne.", FileTrouble.HEADING, ""),
        ("x" * 3_001, FileTrouble.PARAGRAPH, "x" * 60 + "…"),
        ("# Iran\nOne.\n\n" + "Two.\n\n" * 90, FileTrouble.MANY, "One.…"),
    ],
)
def test_a_text_of_which_a_part_cannot_be_taken_is_refused_whole(text: str, trouble: FileTrouble, about: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        narratives_in(text, CHAPTERS)

    assert (refused.value.trouble, refused.value.about) == (trouble, about)


def test_the_longest_paragraph_and_the_most_of_them_are_taken() -> None:
    (told,) = narratives_in("\n\n".join(["x" * 3_000] * 90), CHAPTERS)

    assert len(told.paragraphs) == 90


@given(st.binary())
def test_bytes_are_text_or_refused(content: bytes) -> None:
    try:
        text = text_in(content)
    except FileRefusedError:
        return
    assert text.encode() == content.removeprefix(b"\xef\xbb\xbf")
