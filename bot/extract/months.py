"""The names of months in the languages of the outlets, and the Persian calendar."""

from datetime import date, timedelta

_GREGORIAN = """
january jan enero ene janeiro janvier janv januar jänner jän gennaio gen januari января январь янв січня
    يناير كانون_الثاني جانفي ژانویه ocak ianuarie stycznia leden ledna января
    styczeń január जनवरी ιανουαρίου janer gener ינואר
february feb febrero fevereiro fev février fevrier févr fevr februar febbraio febbr
    februari февраля февраль фев февр лютого
    فبراير شباط فيفري فوریه şubat subat februarie lutego luty
    únor února február फरवरी φεβρουαρίου febrer פברואר
march mar marzo março marco mars märz maerz mrz maart marts марта март мар березня
    مارس آذار مارس mart martie marca marzec březen března március मार्च μαρτίου març מרץ
april apr abril abr avril avr aprile апреля апрель апр квітня
    أبريل ابريل إبريل نيسان أفريل آوریل nisan aprilie kwietnia
    kwiecień duben dubna április अप्रैल απριλίου אפריל
may mayo maio mai maggio mag mei maj мая май травня
    مايو أيار ماي مه mayıs mayis maja květen května május मई μαΐου μαίου maig מאי
june jun junio junho juin juni giugno giu июня июнь июн червня
    يونيو حزيران جوان ژوئن haziran iunie czerwca czerwiec červen června június जून ιουνίου juny יוני
july jul julio julho juillet juil juli luglio lug июля июль июл липня
    يوليو تموز جويلية ژوئیه temmuz iulie lipca lipiec červenec července július जुलाई ιουλίου juliol יולי
august aug agosto ago août aout augustus augusti августа август авг серпня
    أغسطس اغسطس آب أوت اوت ağustos agustos sierpnia sierpień
    srpen srpna augusztus अगस्त αυγούστου agost אוגוסט
september sep sept septiembre setiembre setembro set septembre settembre sett
    сентября сентябрь сен сент вересня
    سبتمبر أيلول ايلول سپتامبر eylül eylul septembrie września wrzesień
    září szeptember सितंबर सितम्बर σεπτεμβρίου setembre ספטמבר
october oct octubre outubro out octobre oktober okt ottobre ott октября октябрь окт жовтня
    أكتوبر اكتوبر تشرين_الأول اکتبر ekim octombrie października październik
    říjen října október अक्टूबर οκτωβρίου octubre אוקטובר
november nov noviembre novembro novembre ноября ноябрь ноя нояб листопада
    نوفمبر تشرين_الثاني نوامبر kasım kasim noiembrie listopada listopad listopadu नवंबर νοεμβρίου נובמבר
december dec diciembre dic dezembro dez décembre decembre déc dezember
    dicembre desember декабря декабрь дек грудня
    ديسمبر كانون_الأول دسامبر aralık aralik decembrie grudnia grudzień
    prosinec prosince दिसंबर δεκεμβρίου desembre דצמבר
"""
_PERSIAN = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip


def _by_name() -> dict[str, int]:
    lines = _GREGORIAN.replace("\n    ", " ").split("\n")
    return {
        name.replace("_", " ").casefold(): number
        for number, line in enumerate(filter(None, lines), 1)
        for name in line.split()
    }


MONTHS = _by_name()
"""The number of each month's name and short form, folded: a letter with two marks is then a letter and the marks."""

PERSIAN_MONTHS = {name: number for number, name in enumerate(_PERSIAN, 1)} | {"امرداد": 5}

_EPOCH = date(622, 3, 21)
_MONTHS, _LONG_MONTHS = 12, 6


def from_persian(year: int, month: int, day: int) -> date:
    """The Gregorian day of a day of the Persian (Solar Hijri) calendar.

    By the 33-year cycle, which agrees with the astronomical calendar for the years 1244 to 1472.

    Raises:
        ValueError: there is no such day.
    """
    is_long = month < _MONTHS or _is_leap(year)
    longest = 31 if month <= _LONG_MONTHS else 30 if is_long else 29
    if not (1 <= month <= _MONTHS and 1 <= day <= longest):
        raise ValueError(f"{year}-{month}-{day}")
    before = 31 * min(month - 1, _LONG_MONTHS) + 30 * max(month - 1 - _LONG_MONTHS, 0)
    leap_years = sum(1 for each in range(1, year) if _is_leap(each))
    return _EPOCH + timedelta(days=365 * (year - 1) + leap_years + before + day - 1)


def _is_leap(year: int) -> bool:
    return year % 33 in {1, 5, 9, 13, 17, 22, 26, 30}
