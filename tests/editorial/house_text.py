"""A house file to change, and the faults that are found in one."""

import pytest

from bot.editorial.house_file import HouseRefusedError, read_house

HOUSE = """\
# The Harbour Letter: what ships bring.
name = "harbour"
title = "The Harbour Letter"
first_number = 1
items_per_member = 5
planned_items = 40

[state_media]
limit = 0.25
denominator = "items"
watched = [
    "CU", # Cuba
    "CN",
]
prefix = "State media reports "

[calendar]
zone = "Europe/Madrid"
deadline_day = 31
deadline_time = 17:00:00
reminders = [{ to = "members", hours_before = 48 },
             { to = "sections", hours_before = 24 }]
draft_hours_before = 12
freeze_hours_after = 1
work_from = 09:00:00
work_until = 18:00:00

[citation]
language = "es"
credit = " – {source}, {date}"
undated = " – {source}"
language_note = " ({language})"
no_source = "sin fuente"

[print]
releases_heading = "COMUNICADOS"
disclaimer = "Como máximo {limit} de {counts}."
special = "Esta vez {share} en lugar de {limit}."
chapters_in_text = true

[[chapters]]
key = "north"
title = "North & East"

[[chapters.sections]]
key = "north"
title = "North"
minimum = 2
words = ["tanker*", "la paz"]

[[chapters.sections]]
key = "port"
title = "Port"
minimum = 0
words = []

[[chapters]]
key = "south"
title = "South"

# Fish and more.
[[chapters.sections]]
key = "fish"
title = "Fish"
minimum = 0
words = [
    "pesca",
    "北京",
]
"""


def faults_in(text: str) -> list[tuple[int, str]]:
    with pytest.raises(HouseRefusedError) as refused:
        read_house(text, "harbour.toml")
    return [(fault.line, fault.reason) for fault in refused.value.faults]


def house_with(old: str, new: str, text: str = HOUSE) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)
