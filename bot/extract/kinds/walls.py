"""Pages that stand in front of another: a consent wall, a login, a robot check; and those that say it is not there."""

import re

from bot.editorial.kind import Kind
from bot.extract.addresses import segments
from bot.extract.kinds.view import View

_FEW_WORDS = 150
_FEWER_WORDS = 60
_LONGEST_NOTICE = 90

_CHALLENGE = re.compile(
    r"^(?:just a moment|attention required|access (?:to this page has been )?denied|are you a (?:robot|human)|"
    r"pardon our interruption|ddos-guard|human verification|security check|checking your browser|verify you are human|"
    r"verifique que (?:usted )?es (?:un )?humano|un momento|acceso denegado|um momento|acesso negado|"
    r"verificação de segurança|"
    r"un instant|accès refusé|einen moment|zugriff verweigert|accesso negato|"
    r"проверка (?:браузера|безопасности)|доступ (?:ограничен|запрещ[её]н)|вы не робот|安全验证|人机验证|请稍候|"
    r"التحقق من|لحظة من فضلك|بررسی امنیتی|güvenlik (?:kontrolü|doğrulaması)|robot olmadığınızı)",
    re.IGNORECASE,
)
_CHALLENGE_MARK = re.compile(r"cf-challenge|challenge-(?:form|running|error)|px-captcha|captcha-container|ddos-?guard")

_CONSENT_HOST = re.compile(r"^(?:consent|guce|myprivacy|privacy-?gate|zustimmung|cmp)\.", re.IGNORECASE)
_CONSENT = re.compile(
    r"before you continue|we value your privacy|your (?:privacy|data),? your (?:choice|experience)|(?:accept|"
    r"consent to) (?:all )?cookies|"
    r"antes de continuar|valoramos (?:tu|su) privacidad|aceptar (?:todas )?(?:las )?cookies|"
    r"tu privacidad es importante|"
    r"valorizamos (?:a )?sua privacidad|valorizamos a sua privacidade|aceitar (?:todos os )?cookies|"
    r"antes de prosseguir|"
    r"avant de continuer|nous respectons votre vie privée|accepter (?:les|tous les) cookies|continuer sans accepter|"
    r"mit werbung (?:weiter)?lesen|zustimmen und weiter|cookies zustimmen|bevor (?:sie|du) fortf|"
    r"prima di continuare|la tua privacy|accettare i cookie|accetta (?:tutti )?i cookie|"
    r"согласие на (?:обработку|использование)|использует? (?:файлы )?cookie|接受(?:所有)?\s?cookie|"
    r"قبول (?:جميع )?ملفات تعريف الارتباط|پذیرش کوکی|çerezleri kabul|gizliliğinize",
    re.IGNORECASE,
)
_LOGIN_PATH = frozenset(
    {
        "login", "log-in", "signin", "sign-in", "sign_in", "logon", "sso", "iniciar-sesion", "iniciarsesion",
        "acceder", "ingresar", "entrar", "conectar", "connexion", "se-connecter", "anmelden", "anmeldung",
        "einloggen", "accedi", "vhod", "auth", "giris", "oturum-ac", "checkpoint", "login.php", "login.aspx",
        "login.html", "wp-login.php",
    }
)  # fmt: skip
_LOGIN = re.compile(
    r"\b(?:log ?in|sign ?in|iniciar? sesi[oó]n|inicia sesi[oó]n|iniciar sessão|fa[çc]a login|entrar na (?:sua )?conta|"
    r"se connecter|connexion|connectez-vous|anmelden|einloggen|anmeldung|accedi|effettua l.accesso|giriş yap|"
    r"oturum aç)\b|"
    r"вход|войдите|войти|登录|登入|تسجيل الدخول|ورود به|وارد شوید",
    re.IGNORECASE,
)
_NOT_THERE = re.compile(
    r"^(?:error:? ?)?404\b|^http 404|(?:page|article|story|content|post|video)(?: you requested|"
    r" you are looking for)? "
    r"(?:was |is |could |can |has been )?(?:not |not be |no longer |cannot be )?(?:found|available|unavailable|"
    r"removed)$|"
    r"^(?:sorry[,.!]? )?(?:this|the|that|we) .{0,40}(?:not found|no longer (?:available|exists)|can.?t (?:find|"
    r"be found)|"
    r"could ?n.?t (?:find|be found)|doesn.?t exist|isn.?t available|unavailable)|not found$|^gone$|"
    r"p[aá]gina no (?:encontrada|existe|disponible)|no (?:se )?(?:pudo |pudimos |hemos )?encontra(?:r|do|"
    r"mos) (?:la|el|esta|lo que)|"
    r"(?:página|nota|noticia|contenido|art[ií]culo).{0,30}no (?:existe|est[aá] disponible|fue encontrad[oa]|"
    r"se encuentra)|"
    r"p[aá]gina n[aã]o (?:foi )?(?:encontrada|existe)|n[aã]o (?:foi )?(?:encontramos|poss[ií]vel encontrar)|"
    r"conteúdo (?:não encontrado|indisponível)|"
    r"page (?:introuvable|non trouvée)|cette page n.existe|contenu (?:introuvable|indisponible)|"
    r"seite (?:wurde )?nicht (?:gefunden|vorhanden)|nicht gefunden|pagina non (?:trovata|disponibile|esiste)|"
    r"страница не (?:найдена|существует)|материал (?:не найден|удал[её]н)|"
    r"页面不存在|找不到|页面未找到|您访问的页面|内容已(?:被)?删除|頁面不存在|"
    r"الصفحة (?:غير موجودة|المطلوبة غير)|لم يتم العثور|صفحه (?:مورد نظر )?(?:شما )?(?:پیدا|یافت) نشد|"
    r"صفحه.{0,20}وجود ندارد|یافت نشد|"
    r"sayfa (?:bulunamad[ıi]|mevcut değil)|aradığınız sayfa|içerik (?:bulunamadı|kaldırıldı)|"
    r"video (?:unavailable|no disponible|indisponível|isn.?t available)",
    re.IGNORECASE,
)
_BORDER = re.compile(r"\s+[|·•»«–—-]\s+|\s*[|]\s*|::")


def wall(page: View) -> Kind | None:
    """What stands between a reader and the article, where this page is no article."""
    if is_article(page) and page.words > _FEWER_WORDS:
        return None
    if page.words < _FEW_WORDS and (_says(page, _CHALLENGE) or _is_marked(page)):
        return Kind.CHALLENGE
    if page.words < _FEW_WORDS and _is_consent(page):
        return Kind.CONSENT
    if page.words < _FEW_WORDS and _is_login(page):
        return Kind.LOGIN
    return None


def says_it_is_gone(page: View) -> bool:
    """Whether a page that answers 200 says that it is not there."""
    if page.words > _FEW_WORDS or (is_article(page) and page.words > _FEWER_WORDS):
        return False
    return _says(page, _NOT_THERE)


def is_article(page: View) -> bool:
    """Whether the page calls itself an article: by its type, or by the day on which it was published."""
    if any(kind.endswith(("Article", "BlogPosting", "LiveBlogPosting", "Report")) for kind in page.types):
        return True
    dated = "article:published_time" in page.metas
    return dated or page.metas.get("og:type", "").lower() in {"article", "news", "newsarticle", "blog post"}


def _says(page: View, pattern: re.Pattern[str]) -> bool:
    """Whether one part of a title says it: parts are those between the marks that set off a site's name."""
    parts = [part.strip(" .!¡¿?…") for part in _BORDER.split(page.title)]
    return any(part and len(part) <= _LONGEST_NOTICE and pattern.search(part) for part in parts)


def _is_marked(page: View) -> bool:
    return page.words < _FEWER_WORDS and page.marks(_CHALLENGE_MARK)


def _is_consent(page: View) -> bool:
    """Whether consent is all that the page is about: a banner below a headline is on every other page."""
    if _CONSENT_HOST.match(page.host) or _says(page, _CONSENT):
        return True
    headed = bool(page.markup.all("h1")) or is_article(page)
    return not headed and page.words < _FEWER_WORDS and _CONSENT.search(page.text) is not None


def _is_login(page: View) -> bool:
    asks = any(each.get("type") == "password" for each in page.markup.all("input"))
    led_there = not _LOGIN_PATH.isdisjoint(segments(page.path))
    if led_there and (asks or _says(page, _LOGIN)):
        return True
    return asks and not is_article(page) and page.words < _FEWER_WORDS and _says(page, _LOGIN)
