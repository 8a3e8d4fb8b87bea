"""What settings name is read and examined before anything starts: the house, and the template of Word documents."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.editorial.house import House
from bot.editorial.house_file import Fault, HouseRefusedError, read_house
from bot.editorial.houses import Houses
from bot.export.docx import examine_template
from bot.export.paper import TemplateRefusedError
from bot.ports import DeskRecord
from bot.render import Renderer
from bot.settings import SHIPPED_HOUSES, Settings, SettingsRefusedError, Transport, missing_for
from db.database import Database, DatabaseUrlError


def load_houses(settings: Settings) -> Houses:
    """Read the houses that desks can have: that of VRIC_HOUSE first, those of the folder VRIC_HOUSES, and the shipped.

    A house whose name one before it has is left out where it is shipped, and refused otherwise.

    Raises:
        HouseRefusedError: with every fault of the first file that has one, or that cannot be read at all.
    """
    found = {house.name: house for house in [load_house(settings)]}
    further = sorted(settings.vric_houses.glob("*.toml")) if settings.vric_houses is not None else []
    for file in further:
        house = _read(file)
        if house.name in found:
            raise HouseRefusedError(str(file), [Fault(1, f"There is a house “{house.name}” already.")])
        found[house.name] = house
    for file in SHIPPED_HOUSES:
        house = _read(file)
        found.setdefault(house.name, house)
    return Houses(found.values())


def without_a_house(settings: Settings, desks: Iterable[DeskRecord]) -> Sequence[tuple[str, str]]:
    """The channels of desks whose house no file is any more, with its name."""
    try:
        known = {"", *(house.name for house in load_houses(settings).all)}
    except HouseRefusedError:
        return []  # what is wrong with the files is told first
    return [(desk.channel, desk.house.name) for desk in desks if desk.house.name not in known]


def load_house(settings: Settings) -> House:
    """Read the house of a desk that chose none.

    Raises:
        HouseRefusedError: with every fault of the file, and one that cannot be read at all.
    """
    return _read(settings.vric_house)


def _read(file: Path) -> House:
    try:
        return read_house(file.read_text(encoding="utf-8"), str(file))
    except OSError as refusal:
        raise HouseRefusedError(str(file), [Fault(1, f"The file cannot be read: {refusal.strerror}.")]) from None
    except UnicodeDecodeError as refusal:
        line = refusal.object[: refusal.start].count(b"\n") + 1
        raise HouseRefusedError(str(file), [Fault(line, "The file is not UTF-8.")]) from None


def load_renderer(settings: Settings, house: House) -> Renderer:
    """What renders the issues of a house in its language, with its own Word template where one is named.

    Raises:
        SettingsRefusedError: the template is none, or asks for what an issue does not have.
    """
    template = settings.word_template
    if template is None:
        return Renderer(language=house.language)
    if not template.is_file():
        raise SettingsRefusedError([f"WORD_TEMPLATE names {template}, which is no file."])
    try:
        examine_template(template, house)
    except TemplateRefusedError as refusal:
        raise SettingsRefusedError([f"WORD_TEMPLATE: {refusal}"]) from None
    return Renderer(word_template=template, language=house.language)


def faults(settings: Settings, transport: Transport) -> list[str]:
    """Everything that keeps the bot from starting and can be seen without asking anybody, a sentence each."""
    found = missing_for(settings, transport)
    if settings.vric_house.is_file():
        try:
            load_renderer(settings, load_houses(settings).default)
        except (HouseRefusedError, SettingsRefusedError) as refusal:
            found += [reason for reason in str(refusal).splitlines() if reason not in found]
    try:
        Database(settings.database_url)
    except DatabaseUrlError as refusal:
        found.append(str(refusal))
    return found
