"""What a published issue is made of, so that years later the same bytes can be asked for, and what differs be named."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from bot.editorial.edition import Edition
from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.kept import kept
from bot.editorial.outlet import Control, Outlet, verdict
from bot.editorial.waiver import Waiver
from bot.export.exchange import document_of
from bot.export.formats import FORMATS, render
from bot.export.paper import TemplateRefusedError
from bot.export.refusals import FormatRefusedError
from bot.render import Renderer, issue_templates

WORD_TEMPLATE = "issue/docx/issue.docx"
"""The name under which the template of Word documents stands, whosever it is."""

_PROGRAM = "vric-desk"
_LIBRARIES = ("docxtpl", "fonttools", "jinja2", "lxml", "markupsafe", "mrml", "pydantic", "python-docx", "typst")
"""What has a hand in the bytes of one format or another."""

Manifest = Mapping[str, Any]
"""What JSON can hold."""


_SAME, _DIFFERS, _GONE = "same", "differs", "is no format any more"
_PLURALS = {"library": "libraries", "template": "templates"}


@dataclass(frozen=True, slots=True)
class Verified:
    """Each format that was published, with what is so of it now; and what of its ingredients changed since."""

    formats: Mapping[str, str]
    changed: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        return all(found == _SAME for found in self.formats.values())


def as_published(item: Item, house: House) -> Item:
    """An item with the ruling that counts for it now, whatever is said of its outlet later."""
    outlet = item.outlet or Outlet(item.host, item.host)
    return replace(item, outlet=replace(outlet, ruling=verdict(item.outlet, house.state_media.watched)))


def manifest_of(
    edition: Edition,
    renderer: Renderer,
    *,
    number: int,
    note: str,
    at: datetime,
    waivers: Sequence[Waiver] = (),
    formats: Collection[str] = FORMATS.keys(),
) -> Manifest:
    """The manifest of a version of an issue, from the edition as it is published, with the files of these formats.

    `waivers` are what editors let pass; what they accepted after the freeze is named with who asked for it.
    """
    return {
        "issue": edition.issue.number,
        "version": number,
        "note": note,
        "at": at.isoformat(),
        "waivers": [asdict(waiver) | {"at": waiver.at.isoformat()} for waiver in waivers],
        "late": [{"url": item.url, **kept(item.late)} for item in edition.rundown.filed if item.late is not None],
        **_ingredients(edition.house, renderer),
        "registry": {item.host: _facts(item.outlet) for item in edition.rundown.filed if item.outlet is not None},
        "registry_of": edition.registry_of and edition.registry_of.isoformat(),
        "document": _document(edition),
        "files": {form: _file(form, edition, renderer) for form in formats},
    }


def registry_in(manifest: Manifest) -> date | None:
    """The day of the registry by which an issue was judged; None where its manifest does not say."""
    day = manifest.get("registry_of")
    return date.fromisoformat(day) if day else None


def waivers_in(manifest: Manifest) -> Sequence[Waiver]:
    """What editors had let pass when an issue was published."""
    stored = manifest.get("waivers", ())
    return [Waiver(**{**waiver, "at": datetime.fromisoformat(waiver["at"])}) for waiver in stored]


def with_registry(item: Item, manifest: Manifest) -> Item:
    """An item with what the registry said of its outlet when it was published."""
    facts = manifest["registry"].get(item.host)
    if facts is None:
        return item
    outlet = Outlet(**{**facts, "control": Control(facts["control"])})
    return replace(item, outlet=replace(outlet, ruling=item.outlet.ruling if item.outlet is not None else None))


def verify(edition: Edition, manifest: Manifest, renderer: Renderer) -> Verified:
    """Render an issue again, and compare each format with what was published."""
    formats = {form: _compared(form, file, edition, renderer) for form, file in manifest["files"].items()}
    return Verified(formats, tuple(_changes(manifest, _ingredients(edition.house, renderer))))


def _ingredients(house: House, renderer: Renderer) -> dict[str, Any]:
    return {
        "house": {"name": house.name, "sha256": house.digest},
        "program": version(_PROGRAM),
        "libraries": {name: found for name in _LIBRARIES if (found := _version(name)) is not None},
        "templates": {name: sha256(body).hexdigest() for name, body in _templates(renderer).items()},
    }


def _templates(renderer: Renderer) -> Mapping[str, bytes]:
    """The files from which the formats are made, the desk's own template of Word documents in the place of ours."""
    own = renderer.word_template
    try:
        return {**issue_templates(), **({WORD_TEMPLATE: own.read_bytes()} if own is not None else {})}
    except OSError as reason:
        raise TemplateRefusedError(f"The template {own} cannot be read: {reason.strerror}.") from None


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _facts(outlet: Outlet) -> dict[str, Any]:
    return {name: value for name, value in asdict(outlet).items() if name != "ruling"}


def _document(edition: Edition) -> dict[str, Any] | None:
    """The canonical document; None where an item lacks what a document must have."""
    try:
        return document_of(edition).model_dump(mode="json", exclude_none=True)
    except FormatRefusedError:
        return None


def _file(form: str, edition: Edition, renderer: Renderer) -> dict[str, Any]:
    try:
        body = render(form, edition, renderer)
    except FormatRefusedError as refusal:
        return {"refused": str(refusal)}
    return {"sha256": sha256(body).hexdigest(), "size": len(body)}


def _compared(form: str, file: Mapping[str, Any], edition: Edition, renderer: Renderer) -> str:
    if form not in FORMATS:
        return _GONE
    now = _file(form, edition, renderer)
    if now == file:
        return _SAME
    return f"{_DIFFERS}: {now['refused']}" if "refused" in now else _DIFFERS


def _changes(before: Manifest, now: Manifest) -> Iterator[str]:
    if before["house"] != now["house"]:
        yield f"house {before['house']['name']}: its file is another"
    if before["program"] != now["program"]:
        yield f"program: {before['program']} → {now['program']}"
    for kind, several in _PLURALS.items():
        then, today = before[several], now[several]
        for name in sorted({*then, *today}):
            if then.get(name) != today.get(name):
                yield f"{kind} {name}: {_change(kind, then.get(name), today.get(name))}"


def _change(kind: str, then: str | None, today: str | None) -> str:
    if then is None or today is None:
        return "is new" if then is None else "is gone"
    return f"{then} → {today}" if kind == "library" else "is another"
