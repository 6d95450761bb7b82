"""Small makers of WordprocessingML. Lengths in millimetres, sizes in points, until the last moment."""

from collections.abc import Iterable
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FONT = "Times New Roman"
LANGUAGE = "vi-VN"

Element = Any  # lxml's, which has no types here

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def w(tag: str, *children: Element, **attributes: object) -> Element:
    """Make `<w:tag w:attribute="…">` around its children; None is no child."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    for child in children:
        if child is not None:
            made.append(child)
    return made


def twips(mm: float) -> int:
    return round(mm * 1440 / 25.4)


def fonts(name: str = FONT) -> Element:
    """The font for every script: without `cs` and `eastAsia` Word falls back for some Vietnamese letters."""
    return w("rFonts", ascii=name, hAnsi=name, eastAsia=name, cs=name)


def run(
    text: str,
    *,
    size: float = 0,
    bold: bool = False,
    italic: bool = False,
    underline: bool = False,
    raised: bool = False,
    colour: str = "",
    breaks: bool = False,
) -> Element:
    """A stretch of text in one look; `breaks`: on a new line."""
    look = w(
        "rPr",
        fonts(),
        w("b") if bold else None,
        w("i") if italic else None,
        w("color", val=colour) if colour else None,
        w("sz", val=round(size * 2)) if size else None,
        w("szCs", val=round(size * 2)) if size else None,
        w("u", val="single") if underline else None,
        w("vertAlign", val="superscript") if raised else None,
        w("lang", val=LANGUAGE, eastAsia=LANGUAGE),
    )
    letters = OxmlElement("w:t")
    letters.text = text
    letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return w("r", look, w("br") if breaks else None, letters)


def paragraph(
    *runs: Element,
    style: str = "",
    align: str = "left",
    before: float = 0,
    after: float = 0,
    exact: float = 0,
    multiple: int = 0,
    first: float = 0,
    sides: float = 0,
    keep: bool = False,
    rule: bool = False,
    new_page: bool = False,
) -> Element:
    """A paragraph.

    Args:
        exact: line height in points; else `multiple`, in hundredths of a single line.
        first: indent of the first line, mm; `sides`: of both sides, mm.
        keep: stays on the page of what follows.
        rule: a line above it, between its indents.
    """
    line = round(exact * 20) if exact else round((multiple or 100) * 2.4)
    gaps = {"before": round(before * 20), "after": round(after * 20), "line": line}
    look = w(
        "pPr",
        w("pStyle", val=style) if style else None,
        w("keepNext") if keep else None,
        w("pageBreakBefore") if new_page else None,
        w("widowControl"),
        w("pBdr", w("top", val="single", sz=6, space=0, color="000000")) if rule else None,
        w("spacing", **gaps, lineRule="exact" if exact else "auto"),
        w("ind", left=twips(sides), right=twips(sides), firstLine=twips(first)),
        w("jc", val=align),
    )
    return w("p", look, *runs)


def rule(*, width: float, within: float) -> Element:
    """A line of `width`, centred `within` a cell or page that wide."""
    return paragraph(exact=4, before=2, sides=max(0.0, (within - width) / 2), rule=True)


def table(
    widths: Iterable[float], *rows: Element, has_borders: bool, align: str = "left"
) -> Element:
    """A table of fixed column widths; the page decides nothing."""
    wide = [twips(each) for each in widths]
    edge = (
        {"val": "single", "sz": 4, "space": 0, "color": "000000"} if has_borders else {"val": "nil"}
    )
    margin = 60 if has_borders else 0
    look = w(
        "tblPr",
        w("tblW", w=sum(wide), type="dxa"),
        w("jc", val=align),
        w("tblBorders", *(w(side, **edge) for side in _SIDES)),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=margin, type="dxa"), w("right", w=margin, type="dxa")),
        w("tblLook", val="0000"),
    )
    return w("tbl", look, w("tblGrid", *(w("gridCol", w=each) for each in wide)), *rows)


def row(*cells: Element, is_head: bool = False) -> Element:
    """A row that never breaks across pages; a head row repeats on each."""
    return w("tr", w("trPr", w("cantSplit"), w("tblHeader") if is_head else None), *cells)


def cell(
    *content: Element,
    width: float,
    span: int = 1,
    merge: str = "",
    shade: str = "",
    valign: str = "center",
) -> Element:
    """A cell; `merge` is "restart" or "continue" of a merge downwards."""
    look = w(
        "tcPr",
        w("tcW", w=twips(width), type="dxa"),
        w("gridSpan", val=span) if span > 1 else None,
        w("vMerge", val=merge) if merge else None,
        w("shd", val="clear", color="auto", fill=shade) if shade else None,
        w("vAlign", val=valign),
    )
    return w("tc", look, *(content or (paragraph(),)))


def page_number(*, size: float) -> Element:
    """A centred paragraph that Word fills with the page's number."""
    field = w("fldSimple", run("2", size=size), instr="PAGE")
    return paragraph(field, style="Header", align="center")
