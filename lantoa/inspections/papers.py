"""Photos and papers that inspections keep: of what was mended, of what a verifier saw."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import TypedDict
from uuid import UUID

from lantoa.keeping import files
from lantoa.lib.errors import RefusedError
from lantoa.work import evidence
from lantoa.work.evidence import Sent
from lantoa.work.models import Evidence

MOST = 6


class Kept(TypedDict):
    """The columns of a file whose bytes lie where they belong."""

    uuid: UUID
    name: str
    file: str
    is_photo: bool
    digest: str


def kept(sent: Sequence[Sent], where: str) -> Iterator[Kept]:
    """Each file, cleaned and kept. Bytes first, as everywhere: a row without a file would be a lie.

    Args:
        where: the box they came from, for what cannot be kept.

    Raises:
        RefusedError: neither a photo nor a PDF, too heavy, or too large.
    """
    for each in sent:
        try:
            cleaned = evidence.cleaned(each)
        except RefusedError as error:
            raise RefusedError(where=where, vi=error.vi, en=error.en) from error
        is_photo = cleaned.kind == Evidence.Kind.PHOTO
        yield {
            "uuid": each.uuid,
            "name": evidence.plain_name(each.name),
            "file": files.keep(cleaned.content, ".jpg" if is_photo else ".pdf"),
            "is_photo": is_photo,
            "digest": hashlib.sha256(each.content).hexdigest(),
        }


def refuse_too_many(count: int, where: str) -> None:
    """
    Raises:
        RefusedError: more files than one thing keeps.
    """
    if count > MOST:
        raise RefusedError(
            where=where,
            vi=f"Chỉ kèm nhiều nhất {MOST} tệp. Hãy chọn những tệp nói được nhiều nhất.",
            en=f"At most {MOST} files. Choose those that say the most.",
        )
