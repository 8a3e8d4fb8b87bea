"""A character that the text font lacks comes from a font of the machine, or is named with what to install."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader

from bot.export.fonts import MissingFontError
from bot.export.pdf import write_pdf
from tests.conftest import unavailable
from tests.editorial.values import edition, item
from tests.export.test_paper import words


@pytest.mark.parametrize("title", ["Путин и Мадуро обсудили «нефть»", "ישראל", "Ελλάδα – São Tomé → Łódź"])
def test_scripts_that_come_with_the_text_font_need_nothing_installed(title: str, tmp_path: Path) -> None:
    pdf = write_pdf(edition([item(1, title=title)]), folders=[tmp_path])

    assert set(title.split()) <= {*words(pdf).split(), *(word[::-1] for word in words(pdf).split())}


@pytest.mark.parametrize(
    ("title", "named", "package"),
    [
        ("习近平 & Путин", "习 (U+4E60), 平 (U+5E73), 近 (U+8FD1)", "fonts-noto-cjk"),
        ("平 ﷽", "平 (U+5E73), ﷽ (U+FDFD)", "fonts-noto-cjk fonts-noto-core"),
        ("".join(chr(0x4E00 + number) for number in range(23)), "丁 (U+4E01), 丂 (U+4E02)", "fonts-noto-cjk"),
    ],
)
def test_what_no_font_has_is_named_with_what_to_install(title: str, named: str, package: str, tmp_path: Path) -> None:
    with pytest.raises(MissingFontError) as missing:
        write_pdf(edition([item(1, title=title)]), folders=[tmp_path])

    assert named in str(missing.value)
    assert str(missing.value).endswith(f"on Debian: apt-get install {package}.")
    assert (" and 3 more. " in str(missing.value)) is (len(title) == 23)


def test_a_font_of_the_machine_is_used_where_the_text_font_lacks() -> None:
    folders = [Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/truetype/noto")]
    if not all(folder.is_dir() for folder in folders):
        unavailable("fonts-noto-core and fonts-noto-cjk")

    pdf = write_pdf(edition([item(1, title="习近平"), item(2, title="نفت", language="ar")]), folders=folders)

    used = {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in PdfReader(io.BytesIO(pdf)).pages
        for font in cast("Mapping[str, Any]", cast("Mapping[str, Any]", page["/Resources"])["/Font"]).values()
    }
    assert any(name.startswith("NotoSerifCJK") for name in used)
    assert any(name.startswith("NotoNaskhArabic") for name in used)
    assert "习近平" in words(pdf)
