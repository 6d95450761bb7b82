"""The text of a document, read back from its bytes, so that two can be compared line by line."""

import io
import zipfile
from typing import Any

import docx
import openpyxl
from docx.oxml.ns import qn


def of_word(document: bytes) -> str:
    """Paragraphs and table rows in order; small raised numbers between ^ signs."""
    opened = docx.Document(io.BytesIO(document))
    lines = [line for child in opened.element.body for line in _lines(child)]
    header = opened.sections[0].header.paragraphs[0]._p
    fields = [each.get(qn("w:instr")) for each in header.iter(qn("w:fldSimple"))]
    return "\n".join([f"[đầu trang: {' '.join(fields)}]", *lines]) + "\n"


def _lines(element: Any) -> list[str]:
    if element.tag == qn("w:tbl"):
        return [" | ".join(_cells(row)) for row in element.iter(qn("w:tr"))]
    if element.tag == qn("w:p"):
        picture = [each.get("descr") for each in element.iter(qn("wp:docPr"))]
        return [f"[hình: {said}]" for said in picture] or [plain(element)]
    return []


def _cells(row: Any) -> list[str]:
    return [
        " / ".join(filter(None, (plain(paragraph) for paragraph in cell.iter(qn("w:p")))))
        for cell in row.iter(qn("w:tc"))
    ]


def plain(paragraph: Any, *, with_marks: bool = True) -> str:
    """A paragraph's text, with or without the raised numbers."""
    said = []
    for run in paragraph.iter(qn("w:r")):
        text = "".join(each.text or "" for each in run.iter(qn("w:t")))
        is_raised = run.find(f"{qn('w:rPr')}/{qn('w:vertAlign')}") is not None
        if is_raised and with_marks:
            said.append(f"^{text}^")
        elif not is_raised:
            said.append(text)
    return "".join(said)


def of_excel(book: bytes) -> str:
    """Every sheet with what is in its cells, numbers with the format they are shown in."""
    opened = openpyxl.load_workbook(io.BytesIO(book))
    lines = []
    for sheet in opened:
        lines.append(f"== {sheet.title} ({sheet.print_title_rows}, {sheet.freeze_panes})")
        for row in sheet.iter_rows():
            said = [_said(cell) for cell in row]
            if any(said):
                lines.append(" | ".join(said))
    return "\n".join(lines) + "\n"


def _said(cell: Any) -> str:
    if cell.value is None:
        return ""
    if isinstance(cell.value, (int, float)):
        return f"{cell.value!r} {{{cell.number_format}}}"
    return str(cell.value)


def part(document: bytes, name: str) -> str:
    """One file inside an Office document."""
    with zipfile.ZipFile(io.BytesIO(document)) as opened:
        return opened.read(name).decode()
