"""A small paper written by hand: two districts, one of which has not answered."""

import dataclasses
import datetime as dt

from lantoa.lib import numbers
from lantoa.reports.paper import (
    PARTY,
    STATE,
    Cell,
    Chart,
    Column,
    Completeness,
    Head,
    Marks,
    Paper,
    Paragraph,
    Point,
    Row,
    Run,
    Seal,
    Signature,
    Source,
    Table,
)

CHAIN = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
DAY = dt.date(2024, 1, 5)


def cell(value: int | None, key: str = "", **fields: object) -> Cell:
    text = "–" if value is None else numbers.show(value)
    return Cell(value=value, text=text, key=key, **fields)


def percent(top: int, bottom: int, key: str = "") -> Cell:
    return Cell(
        value=numbers.divide(100 * top, bottom, 2),
        text=numbers.show_percent(top, bottom),
        key=key,
        places=2,
        suffix="%",
    )


HELD = cell(1103, "hoi-nghi|tinh", number=1, reported=1, expected=2, door="/con-so/1/")
HEADS = cell(35992, "luot-nguoi|tinh", number=2, reported=1, expected=2)


def paper(**changes: object) -> Paper:
    made = Paper(
        title="Báo cáo kết quả học tập và làm theo Bác năm 2023",
        head=party_head(),
        period="2023",
        period_name="năm 2023",
        blocks=blocks(),
        tables=(conferences(), awards()),
        sources=sources(),
        signature=Signature("collective", "BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"),
        recipients=("Ban Tuyên giáo Trung ương", "Các huyện ủy, thành ủy"),
        archive="Văn phòng Tỉnh ủy",
        completeness=Completeness(1, 2, (), ("Huyện Bảo Lâm",)),
        structure="tổ chức của từng thời điểm",
        seal=Seal(1234, CHAIN),
        notice="Số liệu minh họa",
    )
    return dataclasses.replace(made, **changes)


def party_head(date: dt.date = DAY, number: int = 5) -> Head:
    return Head(
        family=PARTY,
        parent="",
        issuer=("TỈNH ỦY CAO BẰNG",),
        suffix="TU",
        place="Cao Bằng",
        date=date,
        kind="Báo cáo",
        symbol="BC",
        abstract="kết quả thực hiện Kết luận số 01-KL/TW của Bộ Chính trị năm 2023",
        number=number,
    )


def state_paper() -> Paper:
    head = Head(
        family=STATE,
        parent="",
        issuer=("ỦY BAN NHÂN DÂN", "TỈNH CAO BẰNG"),
        suffix="UBND",
        place="Cao Bằng",
        date=DAY,
        kind="Báo cáo",
        symbol="BC",
        abstract="Kết quả thực hiện Kết luận số 01-KL/TW của Bộ Chính trị năm 2023",
        number=5,
    )
    signature = Signature("collective", "ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    return paper(
        head=head, signature=signature, recipients=("Văn phòng Chính phủ",), archive="VT, VX"
    )


def blocks() -> tuple[Paragraph | Chart, ...]:
    said = (
        Run("Toàn Đảng bộ tỉnh tổ chức học tập chuyên đề với "),
        HELD,
        Run(" hội nghị trực tiếp/"),
        HEADS,
        Run(" lượt người tham gia"),
        Marks((1, 2), (2,)),
        Run("."),
    )
    return (
        Paragraph("part", (Run("I- CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO"),)),
        Paragraph("heading", (Run("1. Quán triệt, học tập chuyên đề"),)),
        Paragraph("body", said),
        Chart(
            kind="bars",
            title="Biểu 1. Hội nghị trực tiếp theo đơn vị",
            unit="hội nghị",
            alt="Hà Quảng 1.103; Bảo Lâm chưa gửi.",
            points=(Point("Hà Quảng", HELD), Point("Bảo Lâm", cell(None))),
        ),
        Chart(
            kind="tiles",
            title="Biểu 2. Hội nghị trực tiếp trên địa bàn",
            unit="hội nghị",
            alt="Bản đồ ô vuông.",
            points=(Point("Bảo Lâm", cell(None), 0, 0), Point("Hà Quảng", HELD, 0, 1)),
            note="Ô viền đứt: chưa gửi số liệu.",
        ),
        Paragraph("item", (Run("Một số nơi gửi báo cáo còn chậm."),)),
        Paragraph("note", (Run("Số liệu tổng hợp từ 1/2 đơn vị."),)),
        Paragraph("body", (Run("Trên đây là báo cáo của Tỉnh ủy."),)),
    )


def conferences() -> Table:
    columns = (
        Column("Số cuộc", "Hội nghị trực tiếp", 1),
        Column("Lượt người", "Hội nghị trực tiếp", 2),
        Column("Số cuộc", "Hội nghị trực tuyến"),
        Column("Điểm cầu", "Hội nghị trực tuyến"),
        Column("Đảng viên tham gia, %"),
    )
    rows = (
        Row(
            "Huyện Hà Quảng",
            (cell(1100), cell(35900), cell(21), cell(312), percent(35599, 35900)),
            code="045",
        ),
        Row("Huyện Bảo Lâm", (cell(None),) * 5, code="042", note="chưa gửi"),
        Row("Chưa phân bổ", (cell(3), cell(92), cell(0), cell(0), cell(None)), kind="rest"),
        Row("Tổng số", (HELD, HEADS, cell(21), cell(312), percent(35599, 35900)), kind="total"),
    )
    return Table(1, "Học tập, quán triệt", columns, rows, "Dấu – là chưa có số liệu.")


def awards() -> Table:
    columns = (Column("Tập thể"), Column("Cá nhân"))
    rows = (
        Row("Huyện Hà Quảng", (cell(20), cell(7)), code="045"),
        Row("Tổng số", (cell(20), cell(7)), kind="total"),
    )
    return Table(2, "Khen thưởng", columns, rows)


def sources() -> tuple[Source, ...]:
    common = {
        "scope": "tỉnh Cao Bằng",
        "period": "năm 2023",
        "counted": "1/2",
        "structure": "tổ chức của từng thời điểm",
    }
    return (
        Source(
            1,
            HELD.key,
            HELD,
            "Hội nghị trực tiếp",
            "Mỗi hội nghị đếm một lần.",
            records="1.103 hồ sơ",
            **common,
        ),
        Source(
            2,
            HEADS.key,
            HEADS,
            "Lượt người dự trực tiếp",
            "Cộng số người dự mỗi hội nghị.",
            records="1 số tự khai",
            is_stated=True,
            **common,
        ),
    )
