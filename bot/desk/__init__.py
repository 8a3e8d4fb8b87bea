"""The use cases of the desk, one verb each."""

from bot.desk.deciding import Deciding
from bot.desk.drafting import Drafting
from bot.desk.editing import Editing
from bot.desk.filing import Filing
from bot.desk.intake import Intake
from bot.desk.issues import Issues
from bot.desk.narrating import Narrating
from bot.desk.ordering import Ordering
from bot.desk.publishing import Publishing
from bot.desk.reading import PageReading
from bot.desk.reminding import Reminding
from bot.desk.searching import Searching
from bot.desk.tidying import Tidying


class Desk(
    Intake,
    PageReading,
    Filing,
    Deciding,
    Editing,
    Issues,
    Drafting,
    Ordering,
    Narrating,
    Publishing,
    Reminding,
    Searching,
    Tidying,
):
    """Everything a desk can be asked."""


__all__ = ["Desk"]
