"""Everything that members can be told, for whoever reviews it: `vric words` prints it."""

from collections.abc import Iterator
from dataclasses import dataclass
from string import Formatter

from bot.catalogue import TEMPLATES, catalogue_of
from bot.editorial.house import House
from bot.error_samples import errors
from bot.render import Renderer
from bot.word_samples import messages


@dataclass(frozen=True, slots=True)
class Said:
    """What one template or label says: each case once."""

    name: str
    cases: tuple[str, ...]


def all_words(house: House, language: str) -> Iterator[Said]:
    """Everything that members can be told in a language, in the order of its names.

    Raises:
        KeyError: a template of the catalogue has no values here; it is named.
    """
    render = Renderer(language=language)
    for folder, samples, say in (
        ("messages", messages(house), render.message),
        ("errors", errors(house), render.error),
    ):
        for path in sorted((TEMPLATES / language / folder).glob("*.j2")):
            if path.stem not in samples:
                raise KeyError(f"{language}/{folder}/{path.name} has no values in bot/word_samples.py")
            cases = (say(path.stem, **values) for values in samples[path.stem])
            yield Said(f"{folder}/{path.stem}", tuple(dict.fromkeys(filter(None, cases))))
    for group, labels in catalogue_of(language).labels.items():
        for key, words in labels.items():
            values = {name: f"‹{name}›" for _, name, _, _ in Formatter().parse(words) if name}
            yield Said(f"{group}.{key}", (render.label(f"{group}.{key}", **values),))
