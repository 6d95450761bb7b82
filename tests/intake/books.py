"""Workbooks for tests: one that was given out, filled in by hand, and ways to spoil it."""

import io
import struct
import zipfile

import openpyxl

from lantoa.intake import given, stamps
from lantoa.intake.given import Given, Line
from lantoa.intake.stamps import About
from lantoa.ledger.models import Measure

MEASURES = [
    Measure(code="luot-nguoi", name_vi="Lượt người dự", name_en="Attendances"),
    Measure(code="hoi-nghi", name_vi="Hội nghị trực tiếp", name_en="Conferences in person"),
]
ABOUT = About(7, "hoc-tap", "2026-Q3", 0, ["luot-nguoi", "hoi-nghi"])
ROW = {"luot-nguoi": 8, "hoi-nghi": 9}
SHEET = "xl/worksheets/sheet1.xml"


def blank(about=ABOUT, *, lines=None, **changes) -> bytes:
    """As it is given out: 1.240 heads are recorded, no conference."""
    told = {
        "title": "Báo cáo quý III/2026",
        "subtitle": "Học tập chuyên đề",
        "unit": "Đảng ủy Xã N",
        "due": "Hạn 06/10/2026",
        "is_nil": False,
        "lines": lines
        or [
            Line("luot-nguoi", "Lượt người dự", "lượt", 1240, 1240, ""),
            Line("hoi-nghi", "Hội nghị trực tiếp", "hội nghị", None, None, ""),
        ],
        "stamp": stamps.made(about),
    }
    return given.draw(Given(**(told | changes)))


def filled(cells, *, book=None, fonts=None) -> bytes:
    """Somebody wrote into it. `cells`: by address; `fonts`: names of fonts by address."""
    opened = openpyxl.load_workbook(io.BytesIO(book or blank()))
    sheet = opened.worksheets[0]
    for address, value in cells.items():
        sheet[address].value = value
    for address, name in (fonts or {}).items():
        sheet[address].font = openpyxl.styles.Font(name=name)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def parts_of(book) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts, *, method=zipfile.ZIP_DEFLATED) -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return saved.getvalue()


def with_parts(**changes) -> bytes:
    """The blank with parts put in or taken out. Names are written `xl__vbaProject_bin`: see `NAMES`."""
    return packed(parts_of(blank()) | changes)


def replaced(name, old, new, *, book=None) -> bytes:
    parts = parts_of(book or blank())
    assert old in parts[name], (name, old)
    parts[name] = parts[name].replace(old, new, 1)
    return packed(parts)


def with_rows(xml: bytes) -> bytes:
    """The blank with raw rows at the end of its table."""
    return replaced(SHEET, b"</sheetData>", xml + b"</sheetData>")


def with_relation(kind: bytes, mode: bytes = b"External") -> bytes:
    one = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/%s" Target="http://127.0.0.1:9/x" TargetMode="%s"/></Relationships>'
    )
    return replaced("xl/_rels/workbook.xml.rels", b"</Relationships>", one % (kind, mode))


def lying_about_size(book) -> bytes:
    """Both headers of the largest part say that it is ten bytes long."""
    spoiled = bytearray(book)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        info = max(archive.infolist(), key=lambda each: each.file_size)
    said = struct.pack("<I", info.file_size)
    at = spoiled.find(said, info.header_offset)
    spoiled[at : at + 4] = struct.pack("<I", 10)
    central = spoiled.rfind(said)
    spoiled[central : central + 4] = struct.pack("<I", 10)
    return bytes(spoiled)


def encrypted_entry() -> bytes:
    """The flag that says that a part is encrypted, set in the central directory."""
    spoiled = bytearray(blank())
    at = spoiled.find(b"PK\x01\x02")
    spoiled[at + 8] |= 1
    return bytes(spoiled)


def with_symlink() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, part in parts_of(blank()).items():
            archive.writestr(name, part)
        link = zipfile.ZipInfo("xl/media/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return saved.getvalue()


def named_twice() -> bytes:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, part in parts_of(blank()).items():
            archive.writestr(name, part)
        archive.writestr("XL/Workbook.xml", b"<workbook/>")
    return saved.getvalue()
