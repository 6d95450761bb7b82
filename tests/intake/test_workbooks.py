"""Excel in: hostile files are refused in words, honest ones however odd are read, and every bad cell is told at once."""

import datetime as dt
import io
import resource
import shutil
import subprocess
import sys
import unicodedata
import zipfile

import openpyxl
import openpyxl.cell.rich_text
import pytest
from django.utils import translation

from lantoa.intake import packages, stamps, workbooks
from lantoa.intake.given import Line
from lantoa.intake.refused import Refused
from tests.intake import books

MB = 1024 * 1024
OLE = packages.OLE


def read(content, about=books.ABOUT):
    return workbooks.read(content, about=about, measures=books.MEASURES)


def wrongs(said):
    return {each.address: (each.says, each.why.vi) for each in said.wrong}


# ---- hostile


def bomb():
    return books.packed(books.parts_of(books.blank()) | {"xl/media/a.xml": b"<a/>" * (8 * MB)})


def bomb_within_the_cap():
    return books.packed(books.parts_of(books.blank()) | {"xl/media/a.xml": b" " * (20 * MB)})


def billion_laughs():
    declared = b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>'
    head = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return books.replaced("xl/sharedStrings.xml", head, head + declared)


def declared_in_utf_16():
    part = books.parts_of(books.blank())["docProps/app.xml"].decode()
    part = part.replace("UTF-8", "UTF-16").replace("<Properties", "<!DOCTYPE a><Properties", 1)
    return books.with_parts(**{"docProps/app.xml": part.encode("utf-16")})


def a_million_far_cells():
    cells = b"".join(b'<c r="ZZ%d"><v>1</v></c>' % row for row in range(100_000, 130_000))
    return books.with_rows(b"<row>" + cells + b"</row>")


def too_many_cells():
    rows = (b"<row>" + b"<c><v>1</v></c>" * 90 + b"</row>" for _ in range(200))
    return books.with_rows(b"".join(rows))


def of_blank_cells():
    rows = (
        b'<row r="%d">' % row + b"".join(b'<c r="A%d" s="%d"/>' % (row, n) for n in range(700))
        for row in range(20, 1020)
    )
    return books.with_rows(b"".join(b + b"</row>" for b in rows))


def one_text_in_every_cell():
    parts = books.parts_of(books.blank())
    parts["xl/sharedStrings.xml"] = parts["xl/sharedStrings.xml"].replace(
        b"</sst>", b"<si><t>" + b"x" * 1_000_000 + b"</t></si></sst>"
    )
    last = parts["xl/sharedStrings.xml"].count(b"<si>") - 1
    rows = (b"<row>" + b'<c t="s"><v>%d</v></c>' % last * 90 + b"</row>" for _ in range(100))
    parts[books.SHEET] = parts[books.SHEET].replace(
        b"</sheetData>", b"".join(rows) + b"</sheetData>"
    )
    return books.packed(parts)


def of_the_kind(kind):
    return books.replaced("[Content_Types].xml", b"spreadsheetml.sheet.main+xml", kind)


HOSTILE = {
    "a text file": (lambda: b"Don vi;So\nXa N;3\n", "not_a_workbook"),
    "nothing at all": (lambda: b"", "not_a_workbook"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "not_a_workbook"),
    "a page of HTML": (lambda: b"<html><table><tr><td>1</table>", "not_a_workbook"),
    "a zip of something else": (lambda: books.packed({"a.txt": b"1"}), "not_a_workbook"),
    "a document": (
        lambda: books.packed({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}),
        "not_a_workbook",
    ),
    "larger than the cap": (lambda: packages.ZIP + b"\0" * (5 * MB), "too_large"),
    "half a file": (lambda: books.blank()[:3000], "damaged"),
    "a bomb": (bomb, "bomb"),
    "a bomb within the cap": (bomb_within_the_cap, "bomb"),
    "a thousand parts": (
        lambda: books.packed(
            books.parts_of(books.blank()) | {f"xl/media/{n}.png": b"" for n in range(1000)}
        ),
        "bomb",
    ),
    "headers that lie": (lambda: books.lying_about_size(books.blank()), "damaged"),
    "a zip in the zip": (
        lambda: books.with_parts(**{"xl/media/a.bin": books.blank()}),
        "nested",
    ),
    "an embedded file": (lambda: books.with_parts(**{"xl/embeddings/a.bin": OLE}), "nested"),
    "a link in the zip": (books.with_symlink, "damaged"),
    "a way out of the zip": (
        lambda: books.with_parts(**{"xl/../../etc/x.xml": b"<a/>"}),
        "damaged",
    ),
    "a part twice": (books.named_twice, "damaged"),
    "an encrypted part": (books.encrypted_entry, "encrypted"),
    "an encrypted workbook": (
        lambda: OLE + b"\0" * 2000 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99,
        "encrypted",
    ),
    "macros": (lambda: books.with_parts(**{"xl/vbaProject.bin": OLE}), "macros"),
    "the kind with macros": (lambda: of_the_kind(b"sheet.macroEnabled.main+xml"), "macros"),
    "old macros": (lambda: books.with_parts(**{"xl/macrosheets/sheet1.xml": b"<a/>"}), "macros"),
    "macros under another name": (lambda: books.with_relation(b"vbaProject"), "macros"),
    "an .xls with macros": (
        lambda: OLE + b"\0" * 2000 + "_VBA_PROJECT_CUR".encode("utf-16-le"),
        "macros",
    ),
    "an .xls of noise": (lambda: OLE + bytes(range(256)) * 100, "damaged"),
    "the binary kind": (lambda: books.packed({"xl/workbook.bin": b"\x83\x01"}), "binary"),
    "another workbook's figures": (
        lambda: books.with_parts(**{"xl/externalLinks/externalLink1.xml": b"<a/>"}),
        "links",
    ),
    "a picture from elsewhere": (lambda: books.with_relation(b"image"), "links"),
    "a query": (lambda: books.with_relation(b"connections", b"Internal"), "links"),
    "entities": (billion_laughs, "dtd"),
    "a declaration in UTF-16": (declared_in_utf_16, "dtd"),
    "XML left open": (
        lambda: books.with_parts(**{"xl/styles.xml": b"<styleSheet><fonts>"}),
        "damaged",
    ),
    "one far cell": (
        lambda: books.with_rows(b'<row><c r="XFD1048576"><v>1</v></c></row>'),
        "far",
    ),
    "a million far cells": (a_million_far_cells, "far"),
    "too many cells": (too_many_cells, "cells"),
    "blank cells without end": (of_blank_cells, "cells"),
    "one long text in every cell": (one_text_in_every_cell, "heavy"),
    "too many sheets": (
        lambda: books.replaced(
            "xl/workbook.xml",
            b"</sheets>",
            b"".join(
                b'<sheet name="a%d" sheetId="%d" r:id="rId1"/>' % (n, n + 9) for n in range(30)
            )
            + b"</sheets>",
        ),
        "cells",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_before_two_seconds_have_gone(name):
    make, word = HOSTILE[name]
    content = make()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)

    with pytest.raises(Refused) as refused:
        workbooks.opened(content)

    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert refused.value.word == word
    assert (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime) < 2
    assert refused.value.vi.strip()
    assert refused.value.en.strip()


@pytest.mark.parametrize(
    ("tries", "ends"),
    [
        ("import socket; socket.socket()", 1),
        ("open('/etc/passwd')", 1),
        ("bytearray(300 * 1024 * 1024)", 1),
        ("exec('while True: pass')", -9),  # its two seconds are over
    ],
)
def test_the_process_that_reads_can_open_nothing_and_is_stopped_in_time(tries, ends):
    program = (
        f"from lantoa.intake import child; child.confine(); print('confined', flush=True); {tries}"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert done.stdout == "confined\n"
    assert done.returncode == ends
    if ends == 1:
        assert "Too many open files" in done.stderr or "MemoryError" in done.stderr


# ---- stamps


OTHERS = {
    "other_unit": books.ABOUT._replace(unit=8),
    "other_sheet": books.ABOUT._replace(sheet="khac"),
    "other_period": books.ABOUT._replace(period="2026-Q2"),
    "outdated": books.ABOUT._replace(version=1),
}


@pytest.mark.parametrize("word", OTHERS)
def test_a_workbook_of_something_else_is_refused(word):
    with pytest.raises(Refused) as refused:
        stamps.check(stamps.made(OTHERS[word]), books.ABOUT)

    assert refused.value.word == word


def test_a_workbook_made_before_the_sheet_asked_for_more_is_outdated():
    with pytest.raises(Refused, match="cũ"):
        stamps.check(stamps.made(books.ABOUT._replace(codes=["luot-nguoi"])), books.ABOUT)


@pytest.mark.parametrize("place", range(0, 60, 7))
def test_a_stamp_that_was_touched_is_none(place):
    stamp = stamps.made(books.ABOUT)
    touched = stamp[:place] + ("A" if stamp[place] != "A" else "B") + stamp[place + 1 :]

    with pytest.raises(Refused) as refused:
        stamps.check(touched, books.ABOUT)

    assert refused.value.word == "no_stamp"


def test_a_workbook_of_ones_own_making_has_no_stamp():
    own = openpyxl.Workbook()
    own.active["A1"] = "Mã"
    saved = io.BytesIO()
    own.save(saved)

    with pytest.raises(Refused) as refused:
        read(saved.getvalue())

    assert refused.value.word == "no_stamp"


# ---- what is read


def test_it_comes_back_as_it_was_filled_in():
    said = read(books.filled({"E8": 1250, "F8": "sổ của chi bộ", "E9": "1.103", "F9": "chưa ghi"}))

    assert said.wrong == []
    assert said.totals == {"luot-nguoi": 1250, "hoi-nghi": 1103}
    assert said.reasons == {"luot-nguoi": "sổ của chi bộ", "hoi-nghi": "chưa ghi"}
    assert (said.total_at["hoi-nghi"], said.reason_at["hoi-nghi"]) == ("E9", "F9")


def test_untouched_it_says_what_the_records_say_and_an_empty_cell_is_no_value():
    said = read(books.blank())

    assert said.totals == {"luot-nguoi": 1240, "hoi-nghi": None}
    assert not said.is_nil


BAD = [
    (1.103, "1.103", "chưa rõ là 1.103 hay là số lẻ"),
    (12.5, "12.5", "không phải số"),
    ("1.10", "1.10", "không phải số nguyên"),
    ("1,103", "1,103", "chưa rõ"),
    ("ba mươi", "ba mươi", "không phải số"),
    ("-3", "-3", "dấu cộng hoặc trừ"),
    (-3, "-3", "dấu cộng hoặc trừ"),
    ("１２", "１２", "không phải số"),
    (True, "True", "không phải số"),
    (dt.date(2026, 3, 1), "2026-03-01", "đổi số này thành ngày tháng"),
    ("=SUM(D8:D9)", "", "công thức chưa tính"),  # openpyxl leaves no result
    ("27😀", "27😀", "không phải số"),
    (2.0**60, "1.15292150460685e+18", "quá lớn"),
]


def test_every_bad_cell_is_told_at_once_with_its_address():
    lines = [Line(f"m{n}", f"Chỉ tiêu {n}", "lượt", None, None, "") for n in range(len(BAD))]
    measures = [books.Measure(code=f"m{n}", name_vi=f"Chỉ tiêu {n}") for n in range(len(BAD))]
    about = books.ABOUT._replace(codes=[line.code for line in lines])
    book = books.blank(about, lines=lines)
    cells = {f"E{8 + n}": value for n, (value, _says, _why) in enumerate(BAD)}

    said = workbooks.read(books.filled(cells, book=book), about=about, measures=measures)

    told = wrongs(said)
    assert list(told) == list(cells)
    for address, (_value, says, why) in zip(cells, BAD, strict=True):
        assert told[address][0] == says
        assert why in told[address][1]
    assert said.totals == {}


def test_rows_that_were_doubled_renamed_or_lost_are_told():
    doubled = wrongs(read(books.filled({"A9": "luot-nguoi"})))
    swapped = wrongs(read(books.filled({"B8": "Hội nghị trực tiếp", "B9": "Lượt người dự"})))
    without = wrongs(read(books.filled({"A9": None, "B9": None, "E9": 5})))

    assert "lặp lại" in doubled["A9"][1]
    assert set(swapped) >= {"A8", "A9"}
    assert "Bảng thiếu dòng “Hội nghị trực tiếp”" in without["A7"][1]


def test_nothing_to_report_is_chosen_from_the_list():
    nothing = read(books.filled({"B5": "Không phát sinh", "E8": None}))
    both = read(books.filled({"B5": "Không phát sinh"}))
    neither = read(books.filled({"B5": "chắc là không"}))

    assert nothing.is_nil
    assert nothing.wrong == []
    assert "hãy chọn một trong hai" in wrongs(both)["B5"][1].lower()
    assert "chắc là không" in wrongs(neither)["B5"][0]


# ---- text in old codes


def test_old_text_is_known_by_its_font_and_told_before_and_after():
    said = read(
        books.filled(
            {"F8": "sæ cña chi bé", "F9": "soå cuûa chi boä", "E8": 5, "E9": 3},
            fonts={"F8": ".VnTime", "F9": "VNI-Times"},
        )
    )

    told = {code: (each.code, each.before, each.after) for code, each in said.old.items()}
    assert told == {
        "luot-nguoi": ("TCVN3", "sæ cña chi bé", "sổ của chi bộ"),
        "hoi-nghi": ("VNI", "soå cuûa chi boä", "sổ của chi bộ"),
    }
    assert said.reasons["luot-nguoi"] == "sæ cña chi bé"


def test_capitals_of_a_font_of_capitals_and_nothing_under_a_font_of_unicode():
    said = read(
        books.filled(
            {"F8": "®¶ng bé", "F9": "sæ cña chi bé"}, fonts={"F8": ".VnTimeH", "F9": "Arial"}
        )
    )

    assert said.old["luot-nguoi"].after == "ĐẢNG BỘ"
    assert "hoi-nghi" not in said.old


def test_a_text_in_two_fonts_is_read_piece_by_piece():
    old = openpyxl.cell.text.InlineFont(rFont=".VnTime")
    text = openpyxl.cell.rich_text.CellRichText(
        openpyxl.cell.rich_text.TextBlock(old, "Hµ Qu¶ng"), " và Hạ Lang"
    )

    said = read(books.filled({"F8": text}))

    assert said.old["luot-nguoi"].after == "Hà Quảng và Hạ Lang"


# ---- odd but honest


def office(content, to="xlsx", *, name="bang.xlsx", folder=None):
    """Opened and saved by LibreOffice."""
    (folder / name).write_bytes(content)
    kind = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97"}[to]
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder / "out"),
            str(folder / name),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return (folder / "out" / name).with_suffix(f".{to}").read_bytes()


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_what_libreoffice_saved_reads_the_same_new_and_old(tmp_path):
    lines = [
        Line("luot-nguoi", "Lượt người dự", "lượt", 1240, 1250, "sæ cña chi bé"),
        Line("hoi-nghi", "Hội nghị trực tiếp", "hội nghị", None, "1.103", "=1+1 chưa ghi"),
    ]
    filled = books.filled({}, book=books.blank(lines=lines), fonts={"F8": ".VnTime"})

    new = read(office(filled, folder=tmp_path))
    old = read(office(filled, "xls", folder=tmp_path))

    for said in (new, old):
        assert said.wrong == []
        assert said.totals == {"luot-nguoi": 1250, "hoi-nghi": 1103}
        assert said.old["luot-nguoi"].after == "sổ của chi bộ"
        assert said.reasons["hoi-nghi"] == "=1+1 chưa ghi"


def moved_columns():
    opened = openpyxl.load_workbook(io.BytesIO(books.filled({"E9": 3, "F9": "sổ"})))
    opened.worksheets[0].move_range("E7:F9", cols=4)
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


def blank_rows_below():
    rows = b"".join(b'<row r="%d"><c r="E%d" s="3"/></row>' % (n, n) for n in range(20, 1500))
    rows += b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    return books.replaced(
        books.SHEET, b"</sheetData>", rows + b"</sheetData>",
        book=books.filled({"E9": 3, "F9": "sổ"}),
    )  # fmt: skip


def with_a_link_and_a_picture():
    book = books.filled({"E9": 3, "F9": "sổ"})
    parts = books.parts_of(book)
    parts["xl/media/image1.png"] = b"\x89PNG" + bytes(range(256)) * 500
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/hyperlink" Target="https://dangcongsan.vn" TargetMode="External"/></Relationships>'
    )
    return books.packed(parts)


def with_sheets_of_ones_own():
    opened = openpyxl.load_workbook(io.BytesIO(books.filled({"E9": 3, "F9": "sổ"})))
    opened.create_sheet("Nháp", 0)["A1"] = "cộng tay"
    opened.worksheets[1].title = "Bảng đã điền"
    saved = io.BytesIO()
    opened.save(saved)
    return saved.getvalue()


HONEST = {
    "columns moved": moved_columns,
    "blank rows that were coloured": blank_rows_below,
    "a link and a picture": with_a_link_and_a_picture,
    "sheets of one's own": with_sheets_of_ones_own,
    "stored, not deflated": lambda: books.packed(
        books.parts_of(books.filled({"E9": 3, "F9": "sổ"})), method=zipfile.ZIP_STORED
    ),
    "marks apart from their letters": lambda: books.filled(
        {"E9": "3", "F9": unicodedata.normalize("NFD", "sổ"), "A7": "Mã",
         "B9": unicodedata.normalize("NFD", "Hội nghị trực tiếp")}
    ),
    "spaces around, unbreakable ones too": lambda: books.filled(
        {"E9": "\u00a0 3 ", "F9": "  sổ\n", "A9": " hoi-nghi "}
    ),
    "a formula with its result": lambda: books.replaced(
        books.SHEET, b"<v>3</v>", b"<f>1+2</f><v>3</v>", book=books.filled({"E9": 3, "F9": "sổ"})
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_however_odd_is_read(name):
    said = read(HONEST[name]())

    assert wrongs(said) == {}
    assert said.totals == {"luot-nguoi": 1240, "hoi-nghi": 3}
    assert said.reasons["hoi-nghi"] == "sổ"


def test_a_workbook_given_out_in_english_is_read_as_well():
    with translation.override("en"):
        book = books.blank()

    assert read(book).totals["luot-nguoi"] == 1240


# ---- what is given out


FORMULAS = ["=1+1", "+84", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠a",
            "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\",\"a\")", "'=1"]  # fmt: skip


def test_text_that_looks_like_a_formula_goes_out_and_comes_back_as_text():
    lines = [Line(f"m{n}", text, text, None, text, text) for n, text in enumerate(FORMULAS)]
    book = books.blank(lines=lines, title="=1+1", unit="@Xã N", due="+1")

    sheet = openpyxl.load_workbook(io.BytesIO(book)).worksheets[0]

    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    texts = [cell for cell in cells if str(cell.value)[:1] in "=+-@\t\r＝＋－＠"]
    assert len(texts) > 4 * len(FORMULAS) - 8
    assert all(cell.quotePrefix for cell in texts if cell.column_letter != "E")


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_libreoffice_finds_no_formula_in_it_either(tmp_path):
    lines = [Line(f"m{n}", text, text, None, text, text) for n, text in enumerate(FORMULAS)]

    saved = office(books.blank(lines=lines), folder=tmp_path)

    sheet = openpyxl.load_workbook(io.BytesIO(saved)).worksheets[0]
    written = [sheet.cell(8 + n, 6) for n in range(len(FORMULAS))]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert [str(cell.value).strip() for cell in written] == [each.strip() for each in FORMULAS]


def test_only_what_is_to_be_written_is_open_and_takes_whole_numbers():
    book = openpyxl.load_workbook(io.BytesIO(books.blank()))
    sheet, hidden = book.worksheets

    is_open = [
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    ]
    rules = {
        str(each.sqref): (each.type, each.formula1)
        for each in sheet.data_validations.dataValidation
    }
    assert is_open == ["B5", "E8", "F8", "E9", "F9"]
    assert sheet.protection.sheet
    assert rules["E8:E9"] == ("whole", "0")
    assert rules["B5"] == ("list", '"Có số liệu,Không phát sinh"')
    assert rules["F8:F9"] == ("textLength", "300")
    assert (sheet.freeze_panes, sheet.page_setup.paperSize) == ("C8", 9)
    assert sheet.print_title_rows == "$7:$7"
    assert hidden.sheet_state == "veryHidden"
