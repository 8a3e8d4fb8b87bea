"""The use cases of the desk, one verb each."""

from bot.desk.adding import Adding
from bot.desk.appealing import Appealing
from bot.desk.correcting import Correcting
from bot.desk.dating import Dating
from bot.desk.deciding import Deciding
from bot.desk.direct import Conversing
from bot.desk.drafting import Drafting
from bot.desk.examining import Examining
from bot.desk.gate import Gate
from bot.desk.homes import Homes
from bot.desk.issues import Issues
from bot.desk.narrating import Narrating
from bot.desk.ordering import Ordering
from bot.desk.pairing import Pairing
from bot.desk.planning import Planning
from bot.desk.publishing import Publishing
from bot.desk.reading import PageReading
from bot.desk.reasons import Reasons
from bot.desk.registry import Registering
from bot.desk.reminding import Reminding
from bot.desk.returning import Returning
from bot.desk.searching import Searching
from bot.desk.setting_up import SettingUp
from bot.desk.speaking import Speaking
from bot.desk.succeeding import Succeeding
from bot.desk.teaming import Teaming
from bot.desk.tidying import Tidying
from bot.desk.waiting import WaitingForEditors


class Desk(
    Succeeding,
    Adding,
    Conversing,
    PageReading,
    Appealing,
    Returning,
    WaitingForEditors,
    Pairing,
    Deciding,
    Reasons,
    Registering,
    Dating,
    Issues,
    SettingUp,
    Teaming,
    Planning,
    Drafting,
    Ordering,
    Narrating,
    Gate,
    Publishing,
    Correcting,
    Reminding,
    Searching,
    Homes,
    Speaking,
    Tidying,
    Examining,
):
    """Everything a desk can be asked."""


__all__ = ["Desk"]
