"""Values with which words about roles are looked at: teams of every kind, and who asks for help."""

from dataclasses import replace

from bot.desk.team_page import TeamPage
from bot.editorial.house import House
from bot.editorial.role import Footing, Role, acts
from bot.ports import EditorGroup, Team
from bot.sample_values import DESK, ISSUE, NAMES


def team_pages(house: House) -> list[TeamPage]:
    """A team of people and user groups, one of a single person, and one of many without an owner."""
    groups = (EditorGroup("S0DESK", "Foreign desk", ("U0ANA", "U0BEN")), EditorGroup("S0OLD", "Old desk"))
    team, filed = Team(("U0ANA",), ("U0BEN",), groups), {"U0ANA": 3, "U0BEN": 1}
    stands = TeamPage(house, DESK, ISSUE, team, filed, NAMES, may_change=True)
    many = tuple(f"U0{number:03}" for number in range(40))
    return [
        stands,
        replace(stands, team=Team(("U0ANA",)), filed={}),
        replace(stands, team=Team((), many), filed=dict.fromkeys(many, 1)),
    ]


def askers() -> list[tuple[str | None, frozenset[str]]]:
    """Everybody who can ask for help, with what they may do."""
    roles = (Role.OWNER, Role.EDITOR, Role.MEMBER, None)
    return [(role and role.value, frozenset(act.value for act in acts(Footing(role)))) for role in roles]
