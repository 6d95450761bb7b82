"""A workbook's zip, before anything in it is believed: capped, taken apart by what is really there, packed anew.

What is read afterwards is the new package: no header of a sender's decides anything any more.

Source:
    RELIABILITY.md, D7, A9, E13.
"""

import io
import stat
import zipfile
import zlib
from xml.parsers import expat

from lantoa.intake import parts
from lantoa.intake.refused import Refused

KB, MB = 1024, 1024 * 1024
LARGEST_FILE = 5 * MB
LARGEST_INFLATED = 24 * MB
# Blank rows that were once coloured shrink a hundredfold; a bomb shrinks a thousandfold.
LARGEST_RATIO, WITHOUT_RATIO = 250, 2 * MB
MOST_ENTRIES = 300

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTRY = b"PK\x01\x02"
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_CHUNK = 64 * KB
_ARCHIVES = (".zip", ".xlsx", ".xlsm", ".xlsb", ".docx", ".pptx", ".jar", ".7z", ".rar", ".gz")
BOOK, KINDS = "xl/workbook.xml", "[Content_Types].xml"


def opened(content: bytes) -> dict[str, bytes]:
    """The parts of a workbook that are XML, by name, none of them with anything that acts, links or lies hidden.

    Raises:
        Refused: it is no .xlsx, or one that does more than hold cells.
    """
    if content.count(_ENTRY) > MOST_ENTRIES:
        raise Refused("bomb")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found = _inflated(archive, len(content))
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError) as error:
        raise Refused("damaged") from error
    _refuse_other_kinds(found)
    try:
        parts.refuse_what_acts(found)
    except expat.ExpatError as error:
        raise Refused("damaged") from error
    return {name: part for name, part in found.items() if name.endswith((".xml", ".rels"))}


def packed(found: dict[str, bytes]) -> io.BytesIO:
    """The parts as a package of our own."""
    anew = io.BytesIO()
    with zipfile.ZipFile(anew, "w", zipfile.ZIP_STORED) as archive:
        for name, part in found.items():
            archive.writestr(name, part)
    anew.seek(0)
    return anew


def _inflated(archive: zipfile.ZipFile, size: int) -> dict[str, bytes]:
    """What really comes out of the zip, counted while it comes."""
    found: dict[str, bytes] = {}
    seen: set[str] = set()
    left = LARGEST_INFLATED
    for info in archive.infolist():
        _refuse_strange(info)
        if info.is_dir():
            continue
        if info.filename.casefold() in seen:
            raise Refused("damaged")
        seen.add(info.filename.casefold())
        part = _read(archive, info, left)
        left -= len(part)
        inflated = LARGEST_INFLATED - left
        if inflated > max(WITHOUT_RATIO, size * LARGEST_RATIO):
            raise Refused("bomb")
        found[info.filename] = part
    return found


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    pieces = []
    with archive.open(info) as file:
        while piece := file.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise Refused("bomb")
            pieces.append(piece)
    return b"".join(pieces)


def _refuse_strange(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise Refused("encrypted")
    if info.compress_type not in _METHODS or stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("damaged")
    name = info.orig_filename
    if name.startswith("/") or "\\" in name or ":" in name or "\0" in name:
        raise Refused("damaged")
    if ".." in name.split("/"):
        raise Refused("damaged")


def _refuse_other_kinds(found: dict[str, bytes]) -> None:
    names = {name.casefold() for name in found}
    if any(name.endswith("vbaproject.bin") or "/macrosheets/" in name for name in names):
        raise Refused("macros")
    if "xl/workbook.bin" in names:
        raise Refused("binary")
    if KINDS not in found or BOOK not in found:
        raise Refused("not_a_workbook")
    if any("/externallinks/" in name for name in names):
        raise Refused("links")
    if any(_is_nested(name, part) for name, part in found.items()):
        raise Refused("nested")


def _is_nested(name: str, part: bytes) -> bool:
    is_archive = name.casefold().endswith(_ARCHIVES) or "/embeddings/" in name.casefold()
    return is_archive or part.startswith((ZIP, OLE))
