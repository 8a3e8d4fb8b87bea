"""In which language a person is spoken to: the one that they chose, else their workspace's, else the house's."""

from datetime import datetime

from bot.desk.base import DeskBase
from bot.desk.errors import LanguageUnknownError, PersonUnknownError
from bot.editorial.house import CATALOGUES
from bot.ports import Change, Show, ShowingKind


class Speaking(DeskBase):
    async def language_at(self, workspace: str, channel: str) -> str:
        """What is spoken in a channel: the language of its desk's house, of the default one where it has no desk."""
        languages = {house.language for house in self.houses.all}
        if len(languages) == 1:
            return languages.pop()
        async with self._unit_of_work() as work:
            desk = await work.desks.find(workspace, channel)
        return self.house_of(desk).language if desk is not None else self.houses.default.language

    async def language_of(self, workspace: str, person: str, *, now: datetime) -> str:
        """The language in which somebody is told what is for them alone.

        What they chose outranks what Slack is in for them; that of the default house is left for whoever nobody knows.
        """
        async with self._unit_of_work() as work:
            chosen = (await work.preferences.find(workspace, person)).language
        if chosen in CATALOGUES:
            return chosen
        try:
            locale = (await self.person(workspace, person, now)).locale
        except PersonUnknownError:
            return self.houses.default.language
        spoken = locale.partition("-")[0].lower()
        return spoken if spoken in CATALOGUES else self.houses.default.language

    async def speak(self, workspace: str, person: str, language: str, *, now: datetime) -> None:
        """Speak to a member in a language from now on; what they see of the desk at home is shown in it.

        Raises:
            LanguageUnknownError: there is no catalogue of this language.
        """
        if language not in CATALOGUES:
            raise LanguageUnknownError(language)
        await self._member(workspace, person, now)
        async with self._unit_of_work() as work:
            before = await work.preferences.find(workspace, person)
            if before.language == language:
                return
            await work.preferences.keep(workspace, person, language=language)
            for desk in await work.desks.all(workspace):
                was, is_now = {"language": before.language}, {"language": language}
                await work.changes.add(Change("language chosen", person, now, desk, before=was, after=is_now))
            await work.outbox.show(Show(f"home:{person}", ShowingKind.HOME, workspace, person), at=now)
