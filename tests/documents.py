"""Small PDF documents of our own, written by hand: what a test needs in them and nothing else."""

from collections.abc import Sequence


def pdf(
    *, title: str | None = None, heading: str = "", day: str | None = None, pages: int = 1, filling: int = 0
) -> bytes:
    """A document with a title and a day (`20210109`) in its metadata, and a heading on its first page.

    `filling` are bytes that nobody sees, for documents that are large.
    """
    words = f"BT /F1 10 Tf 72 800 Td (Gaceta) Tj /F1 24 Tf 0 -40 Td ({heading}) Tj /F1 10 Tf 0 -40 Td (Text.) Tj ET"
    kids = " ".join(f"{5 + number} 0 R" for number in range(pages))
    about = (f"/Title ({title})" if title else "") + (f" /CreationDate (D:{day}120000Z)" if day else "")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(words)} >>\nstream\n{words}\nendstream",
        *(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] "
            "/Resources << /Font << /F1 3 0 R >> >> /Contents 4 0 R >>"
            for _ in range(pages)
        ),
        f"<< {about} >>",
    ]
    return _document(objects, filling)


def _document(objects: Sequence[str], filling: int) -> bytes:
    body = b"%PDF-1.4\n" + b"%" * filling + b"\n"
    places = []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{each}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(body)
    size = len(objects) + 1
    trailer = f"trailer\n<< /Size {size} /Root 1 0 R /Info {size - 1} 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return body + f"xref\n0 {size}\n0000000000 65535 f \n{table}{trailer}".encode()
