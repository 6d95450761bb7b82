"""The words that every form of a paper shares: heads of tables, names of annexes, the seal."""

from collections import Counter

from lantoa.lib import numbers
from lantoa.reports.paper import Paper, Source, Table

ORDINAL = "TT"
UNIT = "Đơn vị"
NOTES = "Ghi chú"
SOURCES_TITLE = "Nguồn của các con số"
SOURCE_HEADS = ("Số", "Con số", "Chỉ tiêu", "Cách đếm", "Đơn vị đã gửi", "Hồ sơ đã cộng")
STATED = "Số đơn vị tự khai"
ILLUSTRATIVE = "Số liệu minh họa"


def appendix_name(table: Table) -> str:
    return f"Phụ lục {table.number}"


def sheet_name(table: Table) -> str:
    return f"Phụ lục {table.number}"


def source_texts(source: Source, paper: Paper) -> tuple[str, str, str, str, str, str]:
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
    )


def sources_intro(paper: Paper) -> str:
    """What holds for every figure unless its line says else: scope, period, structure, place in the ledger."""
    if not paper.sources:
        return ""
    scope, period = _shared(paper)
    said = [f"Trừ chỗ ghi khác: {scope}; {period}; {paper.structure}"]
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


def seal_lines(paper: Paper) -> tuple[str, ...]:
    """What lets an outsider check the paper against the sealed chain."""
    if paper.seal is None:
        return ("Bản dự thảo: chưa niêm phong, số liệu đọc từ sổ cái lúc lập.",)
    return (
        f"Vị trí sổ cái khi đọc số liệu: {numbers.show(paper.seal.position)}.",
        f"Mã niêm phong (SHA-256) của đoạn sổ mới nhất: {paper.seal.chain}",
    )
