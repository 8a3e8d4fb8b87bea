import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from bot.editorial.outlet import Control, Outlet, Verdict, verdict
from bot.extract.outlets import Registry, load_registry, lookup_hosts, registry_date

WATCHED = frozenset(["VE", "RU", "IR", "CN", "CU", "NI", "BO", "KP", "TR", "QA", "BY", "SY", "VN"])
FILES = ("outlets.tsv", "aliases.tsv", "gov_sources.tsv", "house_overrides.tsv")


@pytest.fixture(scope="module")
def registry() -> Registry:
    return load_registry()


def _rows(name: str) -> list[list[str]]:
    text = (files("bot.extract") / "registry" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.split("\n")[1:] if line]


def test_every_row_of_outlets_loads_as_it_is_written(registry: Registry) -> None:
    rows = _rows("outlets.tsv")

    assert len({row[0] for row in rows}) == len(rows)
    for domain, name, country, _, control, _, _ in rows:
        found = registry.outlets[domain]
        assert (found.domain, found.name, found.country, found.control) == (
            domain,
            name,
            country or None,
            Control(control),
        )
        assert found.name
        assert found.country is None or (len(found.country) == 2 and found.country.isupper())


def test_every_alias_leads_to_an_outlet(registry: Registry) -> None:
    for name, domain, _ in _rows("aliases.tsv"):
        assert domain in {each.domain for each in registry.cited_as(name)}


def test_every_government_source_is_an_outlet_of_its_government(registry: Registry) -> None:
    for domain, _, _, country, *_ in _rows("gov_sources.tsv"):
        found = registry.outlets[domain]
        assert (found.control, found.country) == (Control.GOVERNMENT, country)


def test_what_the_house_printed_outranks_the_facts(registry: Registry) -> None:
    for domain, prefix, basis in _rows("house_overrides.tsv"):
        found = registry.outlets[domain]
        assert verdict(found, WATCHED) is (Verdict.STATE_MEDIA if prefix == "yes" else Verdict.OTHER)
        assert basis in found.evidence


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_files_are_those_of_the_common_folder(shared: Path, name: str) -> None:
    shipped = (files("bot.extract") / "registry" / name).read_bytes()

    assert shipped == (shared / "outlets" / name).read_bytes()


@pytest.mark.parametrize(
    ("host", "domain", "name", "control"),
    [
        ("rt.com", "rt.com", "RT", Control.STATE_OWNED),
        ("www.rt.com", "rt.com", "RT", Control.STATE_OWNED),
        ("actualidad.rt.com", "actualidad.rt.com", "RT en Español", Control.STATE_OWNED),
        ("WWW.Reuters.com", "reuters.com", "Reuters", Control.INDEPENDENT),
        ("home.treasury.gov", "home.treasury.gov", "Treasury Department", Control.GOVERNMENT),
        ("a.b.treasury.gov", "treasury.gov", "Treasury Department", Control.GOVERNMENT),
    ],
)
def test_an_outlet_is_found_by_its_host_or_the_nearest_parent(
    registry: Registry, host: str, domain: str, name: str, control: Control
) -> None:
    found = registry.find(host)

    assert found is not None
    assert (found.domain, found.name, found.control) == (domain, name, control)


@pytest.mark.parametrize("host", ["unheard-of.example", "com", "", "xtreasury.gov", "treasury.gov.example", "gov", "."])
def test_a_host_that_only_looks_like_an_outlet_is_none(registry: Registry, host: str) -> None:
    assert registry.find(host) is None


def test_hosts_are_tried_from_the_nearest_without_the_bare_suffix() -> None:
    assert lookup_hosts("www.actualidad.rt.com") == ("actualidad.rt.com", "rt.com")


def test_a_name_may_belong_to_several_domains(registry: Registry) -> None:
    assert {each.domain for each in registry.cited_as("MercoPress")} == {"en.mercopress.com", "mercopress.com"}
    assert registry.cited_as("The Unheard-of Gazette") == ()


def _items_of(part: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    if isinstance(part, dict):
        if "outlet" in part:
            yield part
        for each in part.values():
            yield from _items_of(each)
    elif isinstance(part, list):
        for each in part:
            yield from _items_of(each)


def _judged(outlets: tuple[Outlet, ...], *, printed: bool) -> str:
    found = {verdict(outlet, WATCHED) for outlet in outlets}
    if len(found) != 1 or Verdict.UNDECIDED in found:
        return "unknown"
    return "agrees" if (found == {Verdict.STATE_MEDIA}) is printed else "disagrees"


@pytest.fixture(scope="module")
def printed_items(shared: Path) -> list[dict[str, Any]]:
    issue = json.loads((shared / "golden" / "vric-18" / "issue.json").read_text(encoding="utf-8"))
    return list(_items_of(issue))


def test_the_facts_alone_agree_with_82_items_of_no_18_leave_19_open_and_miss_one(
    registry: Registry, printed_items: list[dict[str, Any]]
) -> None:
    facts = {
        item["outlet"]: tuple(replace(each, ruling=None) for each in registry.cited_as(item["outlet"]))
        for item in printed_items
    }
    judged = [(item["outlet"], _judged(facts[item["outlet"]], printed=item["state_media"])) for item in printed_items]
    open_but_printed = [
        item["outlet"]
        for item in printed_items
        if item["state_media"] and _judged(facts[item["outlet"]], printed=True) == "unknown"
    ]

    assert Counter(judgement for _, judgement in judged) == {"agrees": 82, "unknown": 19, "disagrees": 1}
    assert [outlet for outlet, judgement in judged if judgement == "disagrees"] == ["China People’s Daily"]
    assert open_but_printed == ["Iran Front Page News"]


def test_with_what_the_house_ruled_two_more_items_agree(
    registry: Registry, printed_items: list[dict[str, Any]]
) -> None:
    judged = Counter(_judged(registry.cited_as(item["outlet"]), printed=item["state_media"]) for item in printed_items)

    assert judged == {"agrees": 84, "unknown": 17, "disagrees": 1}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.abc.es/internacional/abci-caracas.html", "ABC Internacional"),
        ("https://www.abc.es/internacional", "ABC Internacional"),
        ("https://www.abc.es/economia/abci-petroleo.html", "ABC"),
        ("https://www.abc.es/internacionalismo.html", "ABC"),
        ("https://www.semana.com/mundo/", "La Semana"),
        ("https://www.nytimes.com/2021/01/11/world/", "New York Times"),
        ("https://unheard-of.example/internacional/", None),
        ("http://[", None),
    ],
)
def test_a_section_is_cited_by_its_own_name_and_an_outlet_as_the_house_printed_it(
    registry: Registry, url: str, name: str | None
) -> None:
    assert registry.cited(url) == name


def test_the_names_cited_in_no_18_come_out_for_all_its_outlets(
    registry: Registry, printed_items: list[dict[str, Any]]
) -> None:
    sections = {section.name: f"https://{section.domain}{section.path}x" for section in registry.sections}
    named = {item["outlet"] for item in printed_items if " on Twitter" not in item["outlet"]}

    addresses = {
        name: {sections.get(name, f"https://www.{outlet.domain}/x") for outlet in registry.cited_as(name)}
        for name in named
    }
    assert {name for name in named if name not in {registry.cited(url) for url in addresses[name]}} == set()


def test_every_outlet_of_no_18_is_known_by_the_name_it_was_cited_by(
    registry: Registry, printed_items: list[dict[str, Any]]
) -> None:
    assert {item["outlet"] for item in printed_items if not registry.cited_as(item["outlet"])} == set()


def test_the_registry_says_of_which_day_it_is() -> None:
    assert registry_date() == date(2026, 11, 24)
