"""The use cases of the desk, one verb each."""

from bot.desk.capturing import Capturing
from bot.desk.correcting import Correcting
from bot.desk.dating import Dating
from bot.desk.deciding import Deciding
from bot.desk.drafting import Drafting
from bot.desk.gate import Gate
from bot.desk.holding import Holding
from bot.desk.issues import Issues
from bot.desk.narrating import Narrating
from bot.desk.ordering import Ordering
from bot.desk.pairing import Pairing
from bot.desk.publishing import Publishing
from bot.desk.reading import PageReading
from bot.desk.reasons import Reasons
from bot.desk.reminding import Reminding
from bot.desk.returning import Returning
from bot.desk.searching import Searching
from bot.desk.tidying import Tidying


class Desk(
    Capturing,
    PageReading,
    Returning,
    Holding,
    Pairing,
    Deciding,
    Reasons,
    Dating,
    Issues,
    Drafting,
    Ordering,
    Narrating,
    Gate,
    Publishing,
    Correcting,
    Reminding,
    Searching,
    Tidying,
):
    """Everything a desk can be asked."""


__all__ = ["Desk"]
