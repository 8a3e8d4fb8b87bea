"""What somebody can do where they ask, and nothing that they cannot."""

from collections.abc import Sequence

from bot.desk.team_page import Asker
from bot.editorial.role import acts
from bot.render import Renderer


def help_words(asker: Asker, capture: Sequence[str], render: Renderer) -> str:
    role, may = asker.stands.role, {act.value for act in acts(asker.stands)}
    has_desk = asker.desk is not None
    return render.message("help", role=role and role.value, acts=may, has_desk=has_desk, capture=capture)
