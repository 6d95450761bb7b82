"""What kind of document a file is, told by its content, never by its name or by what a browser says of it."""

import io
import zipfile
import zlib
from typing import NamedTuple
from xml.etree import ElementTree

from lantoa.lib.errors import LantoaError
from lantoa.lib.numbers import show

MB = 1024 * 1024
LARGEST_FILE = 20 * MB
# A long report has a few MB of text; a part that claims or becomes more is a bomb.
LARGEST_TEXT = 32 * MB
MOST_PARTS = 2_000
HEAD_PARAGRAPHS = 60

_PDF, _ZIP, _OLE = b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT = "word/document.xml"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Paper(NamedTuple):
    """A document: the ending under which it is kept, its media type, and the words at its head, a line a paragraph.

    Of a PDF no words are read: "".
    """

    suffix: str
    media_type: str
    head: str


PDF = Paper(".pdf", "application/pdf", "")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA_TYPES = {PDF.suffix: PDF.media_type, ".docx": DOCX}


class NotAPaperError(LantoaError):
    """A file that cannot be kept as a document."""


def told(content: bytes) -> Paper:
    """
    Raises:
        NotAPaperError: too heavy, neither PDF nor Word (.docx), with macros, or damaged.
    """
    if len(content) > LARGEST_FILE:
        raise NotAPaperError(
            vi=f"Tệp nặng {show(len(content) // MB)} MB, chỉ nhận tới {LARGEST_FILE // MB} MB. Hãy quét lại ở độ phân giải thấp hơn.",
            en=f"The file weighs {show(len(content) // MB, 'en')} MB; at most {LARGEST_FILE // MB} MB are taken. Scan it at a lower resolution.",
        )
    if content.startswith(_PDF):
        return PDF
    if content.startswith(_OLE):
        raise NotAPaperError(
            vi="Tệp Word kiểu cũ (.doc), hoặc có đặt mật khẩu, không nhận được. Hãy lưu thành .docx hoặc PDF.",
            en="An old Word file (.doc), or one with a password, is not taken. Save it as .docx or PDF.",
        )
    if content.startswith(_ZIP):
        return Paper(".docx", DOCX, _head(content))
    raise _not_a_paper()


def _head(content: bytes) -> str:
    """The first paragraphs of a Word document, counted while they come out of the zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_what_acts(archive.namelist())
            with archive.open(_TEXT) as part:
                text = part.read(LARGEST_TEXT + 1)
        if len(text) > LARGEST_TEXT or b"<!DOCTYPE" in text[:1024]:
            raise _not_a_paper()
        return "\n".join(_paragraphs(text))
    except (
        zipfile.BadZipFile, zlib.error, KeyError, EOFError, ValueError, NotImplementedError, RuntimeError,
        ElementTree.ParseError,
    ):  # fmt: skip
        raise _not_a_paper() from None


def _refuse_what_acts(names: list[str]) -> None:
    if len(names) > MOST_PARTS or _TEXT not in names:
        raise _not_a_paper()
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise NotAPaperError(
            vi="Tệp Word này có macro nên không nhận. Hãy lưu thành .docx không macro hoặc PDF.",
            en="This Word file holds macros and is not taken. Save it as .docx without them, or as PDF.",
        )


def _paragraphs(text: bytes) -> list[str]:
    found: list[str] = []
    # No entities can be declared without a DOCTYPE, which was refused above.
    for _, node in ElementTree.iterparse(io.BytesIO(text)):  # noqa: S314
        if node.tag == f"{_WORD}p":
            found.append("".join(each.text or "" for each in node.iter(f"{_WORD}t")))
            if len(found) == HEAD_PARAGRAPHS:
                break
    return found


def _not_a_paper() -> NotAPaperError:
    return NotAPaperError(
        vi="Tệp này không phải PDF hay Word (.docx), hoặc đã hỏng. Hãy chọn tệp khác.",
        en="This file is neither PDF nor Word (.docx), or it is damaged. Choose another.",
    )
