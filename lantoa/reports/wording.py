"""The words that every form of a paper shares: heads of tables, names of annexes, the seal."""

from collections import Counter

from lantoa.lib import numbers
from lantoa.reports import layout
from lantoa.reports.paper import Column, Marks, Paper, Source, Table

ORDINAL = "TT"
UNIT = "Đơn vị"
NOTES = "Ghi chú"
SOURCES_TITLE = "Nguồn của các con số"
SOURCE_HEADS = ("Số", "Con số", "Chỉ tiêu", "Cách đếm", "Đơn vị đã gửi", "Đã cộng từ", "Mã để mở")
# How wide those columns stand, in parts.
SOURCE_SHARES = (4, 8, 24, 28, 9, 11, 16)
STATED = "số tự khai"
# Where the public site opens a figure; a test of the portal holds the two together.
DOOR = "/so-lieu/{code}/ho-so/?{query}"
MARKS = "Số trong ngoặc vuông: dòng tương ứng ở phụ lục “Nguồn của các con số”"
STARS = "; dấu *: số đơn vị tự khai, chưa có hồ sơ"
ILLUSTRATIVE = "Số liệu minh họa"


def appendix_name(table: Table, paper: Paper) -> str:
    return layout.show_appendix(table.number, layout.layout_of(paper))


def row_head(table: Table) -> str:
    return table.row_head or UNIT


def note_head(table: Table) -> str:
    return table.note_head or NOTES


def foot(paper: Paper) -> tuple[str, ...]:
    """What stands small at the foot of every page: how to read the small numbers, and the paper's notice."""
    has_stars = any(source.is_stated for source in paper.sources)
    reading = (MARKS + (STARS if has_stars else "") + ".",) if paper.sources else ()
    return (*reading, *((paper.notice,) if paper.notice else ()))


def marks(found: Marks) -> str:
    """`[2,3]`, and a star at a number that units said themselves; without a space, so that no line ends inside."""
    said = (f"{number}*" if number in found.stated else str(number) for number in found.numbers)
    return f"[{','.join(said)}]"


def column_mark(column: Column) -> str:
    if not column.number:
        return ""
    return marks(Marks((column.number,), (column.number,) if column.is_stated else ()))


def source_texts(source: Source, paper: Paper) -> tuple[str, ...]:
    """One line of the annex of sources, under `SOURCE_HEADS`; what all lines share stands above them."""
    scope, period = _shared(paper)
    own = [source.name]
    own += [source.scope] if source.scope != scope else []
    own += [source.period] if source.period != period else []
    return (
        str(source.number),
        source.cell.text,
        "; ".join(own),
        source.definition,
        source.counted,
        source.records,
        _door(source, paper),
    )


def sources_intro(paper: Paper) -> str:
    """What holds for every figure unless its line says else, and where the public site opens it."""
    query = _shared_query(paper)
    if not query:
        return shared_by_all(paper)
    address = DOOR.format(code="mã", query=query)
    opened = f"Mỗi con số mở tới từng hồ sơ tại địa chỉ {address}, mã ở cột cuối."
    return f"{shared_by_all(paper)} {opened}"


def shared_by_all(paper: Paper) -> str:
    """Scope, period, structure, place in the ledger."""
    if not paper.sources:
        return ""
    scope, period = _shared(paper)
    said = [f"Trừ chỗ ghi khác, mọi con số là của {scope}; {period}; {paper.structure}"]
    if paper.seal:
        said.append(f"đọc ở vị trí sổ cái {numbers.show(paper.seal.position)}")
    return "; ".join(said) + "."


def answers_lines(paper: Paper) -> tuple[str, ...]:
    """Who had nothing to report and who did not answer, all by name."""
    said = paper.completeness
    lists = (("Đơn vị báo không phát sinh", said.nil), ("Đơn vị chưa gửi", said.missing))
    return tuple(f"{words} ({len(units)}): {', '.join(units)}." for words, units in lists if units)


def _shared(paper: Paper) -> tuple[str, str]:
    scopes = Counter(source.scope for source in paper.sources)
    periods = Counter(source.period for source in paper.sources)
    return scopes.most_common(1)[0][0], periods.most_common(1)[0][0]


def _door(source: Source, paper: Paper) -> str:
    """What opens a figure, without what all share: the code, or the codes of a sum."""
    if not source.door:
        return source.key.partition("|")[0].replace("+", " + ")
    code, _, query = source.door.partition("?")
    return code if query == _shared_query(paper) else source.door


def _shared_query(paper: Paper) -> str:
    asked = Counter(source.door.partition("?")[2] for source in paper.sources if source.door)
    return asked.most_common(1)[0][0] if asked else ""


def seal_lines(paper: Paper) -> tuple[str, ...]:
    """What lets an outsider check the paper against the sealed chain."""
    if paper.seal is None:
        return ("Bản dự thảo: chưa niêm phong, số liệu đọc từ sổ cái lúc lập.",)
    return (
        f"Vị trí sổ cái khi đọc số liệu: {numbers.show(paper.seal.position)}.",
        f"Mã niêm phong (SHA-256) của đoạn sổ mới nhất: {paper.seal.chain}",
    )
