"""The use cases of the desk, one verb each."""

from bot.desk.deciding import Deciding
from bot.desk.drafting import Drafting
from bot.desk.editing import Editing
from bot.desk.gate import Gate
from bot.desk.issues import Issues
from bot.desk.pairing import Pairing
from bot.desk.pinning import Pinning
from bot.desk.publishing import Publishing
from bot.desk.reading import PageReading
from bot.desk.reasons import Reasons
from bot.desk.reminding import Reminding
from bot.desk.searching import Searching
from bot.desk.tidying import Tidying
from bot.desk.writing import PassageWriting


class Desk(
    Pinning,
    PageReading,
    Pairing,
    Deciding,
    Reasons,
    Editing,
    Issues,
    Drafting,
    PassageWriting,
    Gate,
    Publishing,
    Reminding,
    Searching,
    Tidying,
):
    """Everything a desk can be asked."""


__all__ = ["Desk"]
