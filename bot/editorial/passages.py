"""Passages: what editors write of an issue, each a part that is changed on its own, as plain values and back."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from bot.editorial.edition import MustRead, Paragraph, Quote, Release, Writing

_NARRATIVE = "narrative:"

Value = Mapping[str, Any]
"""What JSON can hold."""


def narrative_of(chapter: str) -> str:
    """The name of the passage that holds a chapter's narrative."""
    return f"{_NARRATIVE}{chapter}"


def chapter_of(passage: str) -> str | None:
    """The key of the chapter whose narrative a passage holds; None where it holds something else."""
    return passage.removeprefix(_NARRATIVE) if passage.startswith(_NARRATIVE) else None


def written(writing: Writing) -> dict[str, Value]:
    """The passages of a writing that hold something."""
    return {name: value for name, value in passages_of(writing).items() if any(value.values())}


def passages_of(writing: Writing) -> dict[str, Value]:
    """All passages of a writing, also those that are empty."""
    overview = [_block(block) for block in writing.overview]
    passages: dict[str, Value] = {
        "headline": {"text": writing.headline},
        "author": {"name": writing.author, "role": writing.author_role},
        "disclaimer": {"text": writing.disclaimer},
        "special": {"text": writing.special},
        "overview": {"blocks": overview},
        "must_reads": {"entries": [asdict(each) for each in writing.must_reads]},
        "releases": {"heading": writing.releases_heading, "entries": [asdict(each) for each in writing.releases]},
    }
    for chapter, paragraphs in writing.narratives.items():
        passages[narrative_of(chapter)] = {"paragraphs": list(paragraphs)}
    return passages


def read(passages: Mapping[str, Value]) -> Writing:
    """The writing that passages hold; one that is not there is empty."""
    writing = Writing()
    narratives = {}
    for name, value in passages.items():
        match name:
            case "headline" | "disclaimer" | "special":
                writing = replace(writing, **{name: value["text"]})
            case "author":
                writing = replace(writing, author=value["name"], author_role=value["role"])
            case "overview":
                writing = replace(writing, overview=tuple(_read_block(block) for block in value["blocks"]))
            case "must_reads":
                writing = replace(writing, must_reads=tuple(MustRead(**entry) for entry in value["entries"]))
            case "releases":
                entries = tuple(Release(**entry) for entry in value["entries"])
                writing = replace(writing, releases_heading=value["heading"], releases=entries)
            case _ if (chapter := chapter_of(name)) is not None:
                narratives[chapter] = tuple(value["paragraphs"])
    return replace(writing, narratives=narratives)


def _block(block: Paragraph | Quote) -> Value:
    if isinstance(block, Paragraph):
        return {"paragraph": block.text}
    return {
        "quote": block.text,
        "speaker": block.speaker,
        "office": block.office,
        "occasion": block.occasion,
        "on": block.on and block.on.isoformat(),
    }


def _read_block(block: Value) -> Paragraph | Quote:
    if "paragraph" in block:
        return Paragraph(block["paragraph"])
    on = date.fromisoformat(block["on"]) if block["on"] else None
    return Quote(block["quote"], block["speaker"], block["office"], block["occasion"], on)
