"""The citation: an item in the house's form, without its link."""

from dataclasses import dataclass

from bot.editorial.house import House
from bot.editorial.item import Item
from bot.editorial.kind import Kind
from bot.editorial.outlet import Verdict, verdict

LANGUAGES = {
    "en": "English",
    "es": "Spanish",
    "pt": "Portuguese",
    "fr": "French",
    "de": "German",
    "it": "Italian",
    "ru": "Russian",
    "zh": "Chinese",
    "fa": "Persian",
    "ar": "Arabic",
    "tr": "Turkish",
    "he": "Hebrew",
    "ja": "Japanese",
    "ko": "Korean",
    "uk": "Ukrainian",
    "be": "Belarusian",
    "vi": "Vietnamese",
    "hi": "Hindi",
    "ur": "Urdu",
    "nl": "Dutch",
    "pl": "Polish",
    "sv": "Swedish",
    "ca": "Catalan",
    "el": "Greek",
    "cs": "Czech",
}
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True, slots=True)
class Citation:
    """An item in words: `prefix` and `credit` carry their own spaces, the link goes on `text`."""

    prefix: str
    text: str
    credit: str

    def __str__(self) -> str:
        return f"{self.prefix}{self.text}{self.credit}"


def cite(item: Item, house: House) -> Citation:
    """Compose an item's citation; what is missing is said, so that nobody takes a gap for a fact.

    The text is the item's summary, else its title, else its address. The language is noted where it is not the house's.
    """
    style = house.citation
    state = verdict(item.outlet, house.state_media.watched) is Verdict.STATE_MEDIA
    when = f"{item.published_on.day:02d}-{_MONTHS[item.published_on.month - 1]}" if item.published_on else None
    source = item.source or style.no_source
    credit = style.credit.format(source=source, date=when) if when else style.undated.format(source=source)
    return Citation(
        prefix=house.state_media.prefix if state else "",
        text=("[video] " if item.kind is Kind.VIDEO else "") + (item.summary or item.title or item.url),
        credit=credit + language_note(item.language, house),
    )


def language_note(code: str | None, house: House) -> str:
    """What is noted of a language, by its ISO 639-1 code: nothing of the house's own, nor of one that is not known."""
    if not code or code == house.citation.language:
        return ""
    return house.citation.language_note.format(language=language_name(code))


def language_name(code: str) -> str:
    """The English name of a language, by its ISO 639-1 code; a code without a name here stands for itself."""
    return LANGUAGES.get(code, code)
