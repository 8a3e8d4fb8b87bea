"""What a JSON value may be, as rules that say what is wrong and where.

A rule takes a value and the JSON pointer to it, and yields a sentence for each thing that Slack would refuse.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

Rule = Callable[[object, str], Iterator[str]]


def fault(reason: str, where: str) -> str:
    return f"{reason} [json-pointer:{where}]"


def anything(_value: object, _where: str) -> Iterator[str]:
    """Whatever stands here is left alone."""
    return iter(())


def string(most: int, *, least: int = 0, like: str | None = None) -> Rule:
    """A string of so many characters, and of a pattern."""

    def rule(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield fault("must be a string", where)
        elif len(value) > most:
            yield fault(f"must be less than {most + 1} characters", where)
        elif len(value) < least:
            yield fault(f"must be more than {least - 1} characters", where)
        elif like is not None and re.fullmatch(like, value) is None:
            yield fault("does not match the expected format", where)

    return rule


def one_of(*values: str) -> Rule:
    def rule(value: object, where: str) -> Iterator[str]:
        if value not in values:
            yield fault(f"must be a valid enum value: {', '.join(values)}", where)

    return rule


def flag(value: object, where: str) -> Iterator[str]:
    if not isinstance(value, bool):
        yield fault("must be a boolean", where)


def whole(least: int, most: int) -> Rule:
    """A whole number within bounds."""

    def rule(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            yield fault(f"must be a number from {least} to {most}", where)

    return rule


def many(rule_of_each: Rule, most: int, *, least: int = 1) -> Rule:
    """A list of so many values, each by a rule."""

    def rule(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, Sequence) or isinstance(value, str):
            yield fault("must be an array", where)
            return
        if len(value) > most:
            yield fault(f"no more than {most} items allowed", where)
        if len(value) < least:
            yield fault(f"at least {least} items required", where)
        for place, each in enumerate(value):
            yield from rule_of_each(each, f"{where}/{place}")

    return rule


def thing(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    """An object with these properties and no other."""
    known = {**required, **(optional or {})}

    def rule(value: object, where: str) -> Iterator[str]:
        if not isinstance(value, Mapping):
            yield fault("must be an object", where)
            return
        for name in required:
            if name not in value:
                yield fault(f"missing required field: {name}", where)
        for name, part in value.items():
            if name not in known:
                yield fault(f"invalid additional property: {name}", where)
            elif part is None:
                yield fault("must not be null", f"{where}/{name}")
            else:
                yield from known[name](part, f"{where}/{name}")

    return rule


def by_type(rules: Mapping[str, Rule]) -> Rule:
    """An object that says by its `type` which of the rules it follows."""

    def rule(value: object, where: str) -> Iterator[str]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(kind, str) or kind not in rules:
            yield fault(f"unsupported type: {kind}", f"{where}/type")
        else:
            yield from rules[kind](value, where)

    return rule


def both(*rules: Rule) -> Rule:
    """All of several rules."""

    def rule(value: object, where: str) -> Iterator[str]:
        for each in rules:
            yield from each(value, where)

    return rule
