"""The houses that the desks of a bot can have, and what a desk has otherwise than its house says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from bot.editorial.house import House


@dataclass(frozen=True, slots=True)
class HouseChoice:
    """The house of a desk by its name, and the title and the zone of the desk; empty is as it is without a choice."""

    name: str = ""
    title: str = ""
    zone: str = ""


class HouseUnknownError(LookupError):
    """A desk has a house that nobody here knows."""

    def __init__(self, name: str) -> None:
        super().__init__(f"There is no house “{name}” here.")
        self.name = name


class Houses:
    """Several houses, each known by its name; the first is that of a desk that chose none."""

    def __init__(self, houses: Iterable[House]) -> None:
        self._by_name: Mapping[str, House] = {house.name: house for house in houses}
        self.default = next(iter(self._by_name.values()))
        self._chosen: dict[HouseChoice, House] = {}

    @property
    def all(self) -> tuple[House, ...]:
        """Each house, as its file says; the default one first."""
        return tuple(self._by_name.values())

    def of(self, choice: HouseChoice) -> House:
        """The house of a desk, with the desk's own title and zone.

        Raises:
            HouseUnknownError: there is none of this name.
        """
        known = self._chosen.get(choice)
        if known is None:
            house = self._by_name.get(choice.name) if choice.name else self.default
            if house is None:
                raise HouseUnknownError(choice.name)
            calendar = replace(house.calendar, zone=choice.zone or house.calendar.zone)
            known = self._chosen[choice] = replace(house, title=choice.title or house.title, calendar=calendar)
        return known
