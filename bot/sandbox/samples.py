"""Sample news pages under names of outlets that do not exist, served on loopback for people who try the bot.

Every outlet, person and event on them is invented; each page says so.
"""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import escape
from types import TracebackType
from typing import Self

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.sandbox.server import Server

SAMPLE_OUTLETS: tuple[tuple[str, str, str, str], ...] = (
    ("faro.localhost", "El Faro del Sur", "CL", "independent"),
    ("atlanticpost.localhost", "Atlantic Post", "US", "independent"),
    ("agenciapetrel.localhost", "Agencia Petrel", "VE", "state-owned"),
    ("noticiascaribe.localhost", "Noticias Caribe", "CU", "state-owned"),
    ("severnyvestnik.localhost", "Северный вестник", "RU", "state-controlled"),
    ("folhadocerrado.localhost", "Folha do Cerrado", "BR", "independent"),
)
"""Domain, name as cited, country, class of control; `voxpopuli.localhost` is left out, so that the bot has to ask."""

SAMPLE_HOSTS = (*(domain for domain, *_ in SAMPLE_OUTLETS), "voxpopuli.localhost")


@dataclass(frozen=True, slots=True)
class Sample:
    """A page: where it stands, how old it is, and in which markup it tells title and date."""

    host: str
    path: str
    title: str
    language: str
    paragraphs: tuple[str, ...]
    days_old: int | None = 1
    markup: str = "json-ld"
    author: str = ""
    note: str = ""


SAMPLES: tuple[Sample, ...] = (
    Sample(
        "atlanticpost.localhost",
        "world/tanker-convoy",
        "Five Iranian tankers head for Venezuela with fuel for empty pumps",
        "en",
        (
            (
                "Five tankers carrying gasoline from Iran were seen rounding the Cape on Monday, bound for the "
                "Venezuelan port of El Palito, shipping data showed."
            ),
            "The cargo would cover about three weeks of demand in Venezuela, where drivers wait for hours at the pump.",
            "Officials in Caracas and Tehran did not answer requests for comment.",
        ),
        author="Marta Quell",
        note="independent, in English",
    ),
    Sample(
        "faro.localhost",
        "internacional/flota-calamar",
        "Flota pesquera china vuelve a las aguas frente a Galápagos por el calamar",
        "es",
        (
            (
                "Más de doscientos barcos de la flota pesquera china fueron detectados en el límite de la zona "
                "económica exclusiva de Ecuador, según datos satelitales revisados por este diario."
            ),
            "La armada ecuatoriana envió dos patrulleras y pidió explicaciones a Pekín.",
            "Organizaciones ambientales denuncian pesca ilegal y el apagado de los transpondedores.",
        ),
        days_old=2,
        markup="open graph",
        author="Inés Calderón",
        note="independent, in Spanish",
    ),
    Sample(
        "agenciapetrel.localhost",
        "noticias/puente-aereo",
        "Venezuela y Cuba acuerdan un puente aéreo de médicos y vacunas",
        "es",
        (
            (
                "El Gobierno de Venezuela y el de Cuba firmaron un acuerdo para trasladar médicos y dosis de vacunas a "
                "los estados fronterizos."
            ),
            "La ministra destacó la hermandad de los dos pueblos y anunció vuelos semanales desde La Habana.",
        ),
        days_old=1,
        markup="microdata",
        note="state-owned, Venezuela",
    ),
    Sample(
        "noticiascaribe.localhost",
        "mundo/locomotoras",
        "Llegan a La Habana locomotoras rusas para renovar el ferrocarril",
        "es",
        (
            (
                "Un nuevo lote de locomotoras procedentes de Rusia llegó al puerto de La Habana, informó la empresa "
                "ferroviaria."
            ),
            "El convenio con Moscú prevé talleres, repuestos y la capacitación de maquinistas cubanos.",
        ),
        days_old=3,
        markup="open graph",
        note="state-owned, Cuba",
    ),
    Sample(
        "severnyvestnik.localhost",
        "world/latin",
        "Лавров обсудил с коллегой из Никарагуа поставки вакцины",
        "ru",
        (
            (
                "Министр иностранных дел России Сергей Лавров обсудил с никарагуанским коллегой поставки вакцины и "
                "сотрудничество в энергетике."
            ),
            "Стороны договорились продолжить переговоры в Москве весной.",
        ),
        days_old=1,
        note="state-controlled, Russia",
    ),
    Sample(
        "folhadocerrado.localhost",
        "mundo/linha-de-transmissao",
        "Estatal chinesa arremata linha de transmissão no Norte do Brasil",
        "pt",
        (
            "A estatal chinesa venceu o leilão de uma linha de transmissão de 1.200 quilômetros no Norte do Brasil.",
            "O contrato prevê investimento de três bilhões e entrega em cinco anos, segundo o ministério.",
        ),
        days_old=4,
        author="Rui Tavares Lemos",
        note="independent, in Portuguese",
    ),
    Sample(
        "voxpopuli.localhost",
        "2021/hezbollah-triple-frontier",
        "Paraguay arrests two men accused of moving money for Hezbollah",
        "en",
        (
            (
                "Police in Ciudad del Este arrested two men accused of moving money for Hezbollah through exchange "
                "houses in the triple frontier."
            ),
            "Prosecutors say that the network reached into Lebanon and three South American countries.",
        ),
        days_old=1,
        note="of an unknown outlet",
    ),
    Sample(
        "atlanticpost.localhost",
        "opinion-desk/no-date",
        "Qatar Airways adds flights to four Latin American cities",
        "en",
        (
            "Qatar Airways will fly to four more cities in Latin America, the company said in Doha.",
            "The new routes continue an agreement with regional carriers.",
        ),
        days_old=None,
        markup="plain",
        note="no date on the page",
    ),
    Sample(
        "atlanticpost.localhost",
        "world/hostile-title",
        "Breaking <!channel> *Sale* & more | <http://evil.example|bank>",
        "en",
        (
            "This page has a title that tries to ring everybody in the channel and to pass for a link.",
            "In the card it must read as the text that it is, about Turkey and nothing else.",
        ),
        days_old=1,
        markup="open graph",
        note="a title that tries to be more",
    ),
    Sample(
        "faro.localhost",
        "sin-titulo",
        "",
        "es",
        (
            (
                "Esta página no lleva título alguno, solo un texto sobre una reunión en Managua entre funcionarios de "
                "Nicaragua y de Irán."
            ),
        ),
        days_old=1,
        markup="plain",
        note="no title on the page",
    ),
)
_ENDLESS = ("voxpopuli.localhost", "never-ends", "a page that never ends")
_MISSING = ("faro.localhost", "not-there", "a page that is gone")


class SampleSite:
    """Serves the samples on a free port of loopback; their dates follow the clock."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._pages = {(sample.host, f"/{sample.path}"): sample for sample in SAMPLES}
        self._server: Server | None = None
        self.port = 0

    def links(self) -> list[dict[str, str]]:
        """The samples as links with a word on each."""
        pages = [(s.host, s.path, s.note, s.title or "A page without a title") for s in SAMPLES]
        pages += [(host, path, note, note.capitalize()) for host, path, note in (_MISSING, _ENDLESS)]
        return [
            {"title": title, "url": f"http://{host}:{self.port}/{path}", "note": note}
            for host, path, note, title in pages
        ]

    async def __aenter__(self) -> Self:
        listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(listener.getsockname()[1])
        self._server = Server(Starlette(routes=[Route("/{path:path}", self._answer, methods=["GET"])]), listener)
        await self._server.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            await self._server.stop()

    async def _answer(self, request: Request) -> Response:
        place = (request.headers.get("host", "").partition(":")[0], request.url.path)
        if place == (_ENDLESS[0], f"/{_ENDLESS[1]}"):
            return StreamingResponse(_endless(), media_type="text/html")
        sample = self._pages.get(place)
        if sample is None:
            return HTMLResponse("<!doctype html><title>Not found</title><h1>Not found</h1>", 404)
        return HTMLResponse(page_of(sample, self._clock()))


def page_of(sample: Sample, now: datetime) -> str:
    """The page of a sample, as old as it should be."""
    name = next((name for domain, name, *_ in SAMPLE_OUTLETS if domain == sample.host), "Vox Populi")
    day = None
    if sample.days_old is not None:  # at noon, which is the same day wherever the page is read
        day = (now - timedelta(days=sample.days_old)).replace(hour=12, minute=0, second=0, microsecond=0)
    head = [f"<title>{escape(sample.title)} | {escape(name)}</title>"] if sample.title else []
    head.append(f'<meta name="description" content="{escape(sample.paragraphs[0])}">')
    if sample.author:
        head.append(f'<meta name="author" content="{escape(sample.author)}">')
    dated = ""
    if sample.markup == "json-ld":
        article = {
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": sample.title,
            "datePublished": day and day.isoformat(),
            "publisher": {"@type": "Organization", "name": name},
        }
        head.append(f'<script type="application/ld+json">{json.dumps(article)}</script>')
    elif sample.markup == "open graph":
        head.append(f'<meta property="og:title" content="{escape(sample.title)}">')
        head.append(f'<meta property="og:site_name" content="{escape(name)}">')
        if day is not None:
            head.append(f'<meta property="article:published_time" content="{day.isoformat()}">')
    elif day is not None:
        dated = f'<time itemprop="datePublished" datetime="{day.isoformat()}">{day:%d/%m/%Y}</time>'
    heading = f"<h1>{escape(sample.title)}</h1>" if sample.title else ""
    text = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in sample.paragraphs)
    style = "body{font:18px/1.6 Georgia,serif;max-width:38rem;margin:3rem auto;padding:0 1rem}footer{color:#666}"
    return (
        f'<!doctype html><html lang="{sample.language}"><head><meta charset="utf-8">{"".join(head)}'
        f"<style>{style}</style></head><body><article>{heading}{dated}{text}</article>"
        "<footer><p><small>An invented page of the sandbox: outlet, people and events do not exist.</small></p>"
        "</footer></body></html>"
    )


async def _endless() -> AsyncIterator[bytes]:
    yield b"<!doctype html><title>A page that never ends</title><body>"
    while True:
        yield b"<p>and so on</p>"
        await asyncio.sleep(0.05)
