"""What is looked at before an article comes out: what would hurt a person, mislead a reader or shame the house."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.translation import gettext as _

from lantoa.articles import figures, words
from lantoa.articles.figures import Reading

FEWEST_WORDS = 4
# +84 912 345 678, 0912.345.678, (0206) 3852 123
TELEPHONE = re.compile(r"(?<![\d.,])(?:\+84|0)(?:[\s.()-]*\d){8,10}(?![\d])")
IDENTITY = re.compile(r"(?<![\d.,])(?:\d{12}|\d{9})(?!\d|[.,]\d)")
MARKUP = re.compile(r"</?[a-z][^>]*>|&(?:nbsp|amp|lt|gt|quot|#\d+);|<!--|-->|\{\{|\}\}|\[/?[a-z]+\]", re.IGNORECASE)  # fmt: skip
FILE_NAME = re.compile(r"\.(?:jpe?g|png|webp|gif|heic)\b|\b(?:IMG|DSC)[_-]?\d+|(?:\b[a-z0-9]+[ _-]){7}[a-z0-9]+", re.IGNORECASE | re.ASCII)  # fmt: skip


class Fault(NamedTuple):
    """What is wrong, and in which box of the form."""

    where: str
    said: str


class Photo(NamedTuple):
    """What stands with a photo. `where` is the box of its description; `credit_where` that of who took it."""

    alt: str
    caption: str
    credit: str
    where: str
    credit_where: str


def photo_faults(photo: Photo) -> list[Fault]:
    """A photo is described in a sentence, and says who took it."""
    found = []
    if len(photo.alt.split()) < FEWEST_WORDS:
        said = _("Lời tả ảnh phải là một câu: ai, đang làm gì, ở đâu. Hãy viết thêm.")
        found.append(Fault(photo.where, said))
    elif FILE_NAME.search(photo.alt):
        said = _("Lời tả ảnh giống tên tệp. Hãy viết lại thành một câu có dấu.")
        found.append(Fault(photo.where, said))
    if photo.caption and FILE_NAME.search(photo.caption):
        said = _("Chú thích ảnh còn sót tên tệp. Hãy xóa phần ấy.")
        found.append(Fault(photo.where, said))
    if not photo.credit.strip():
        found.append(
            Fault(photo.credit_where, _("Chưa ghi người chụp. Mọi ảnh đều ghi người chụp."))
        )
    return found


def text_faults(where: str, text: str) -> list[Fault]:
    """No numbers by which a person is reached or known, no marks that a copy left behind."""
    found = []
    if telephone := TELEPHONE.search(text):
        said = _(
            "Có số giống số điện thoại: %(number)s. Hãy bỏ, hoặc thay bằng cách liên hệ của cơ quan."
        )
        found.append(Fault(where, said % {"number": telephone[0].strip()}))
    elif identity := IDENTITY.search(text):
        said = _("Có số giống số giấy tờ tùy thân: %(number)s. Hãy bỏ số ấy.")
        found.append(Fault(where, said % {"number": identity[0]}))
    if left := MARKUP.search(text):
        said = _("Còn sót ký hiệu định dạng: %(mark)s. Hãy xóa.")
        found.append(Fault(where, said % {"mark": left[0][:30]}))
    return found


def figure_faults(where: str, markups: Iterable[str]) -> list[Fault]:
    """The words before a figure's door say what the books say."""
    quoted = [each for markup in markups for each in figures.quoted(markup)]
    said = figures.read(question for question, _words in quoted)
    found = []
    for question, written in quoted:
        reading, plain = said.get(question, Reading(None)), words.stripped(written)
        if reading.value is None:
            sentence = _(
                "Con số “%(words)s” chưa mở được hồ sơ nào. Hãy dán lại địa chỉ của con số."
            )
            found.append(Fault(where, sentence % {"words": plain}))
        elif figures.says_otherwise(plain, reading):
            sentence = _(
                "Trong bài viết “%(words)s”, sổ ghi %(value)s. Hãy sửa chữ, hoặc dán lại địa chỉ của con số."
            )
            shown = figures.show(question, reading, "vi")
            found.append(Fault(where, sentence % {"words": plain, "value": shown}))
    return found
