"""A paper as a Word document, laid out as the rules for its issuer and date say.

Source:
    DOMAIN.md, section 5 and A5.1 to A5.5 (layouts.toml holds the rules); DEPENDENCIES.md, 7 "Documents".
"""

import datetime as dt
import io
import zipfile
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from lantoa.lib.text import nfc
from lantoa.reports import charts, layout, ooxml, wording
from lantoa.reports.layout import Layout
from lantoa.reports.ooxml import Element
from lantoa.reports.paper import Block, Cell, Chart, Marks, Paper, Paragraph, Run
from lantoa.reports.word_tables import appendix, listed

PAGE = (210, 297)
# Times is about this much higher than its size; good enough to level the two sides of the head.
LINE = 1.15
RULE = 6.0  # points that a line under a text takes


def render(paper: Paper) -> bytes:
    """Draw a paper as .docx.

    Raises:
        NoLayoutError: no rules on documents are known for its date.
    """
    look = layout.layout_of(paper)
    document = docx.Document()
    _prepare(document, paper, look)
    _append(document, *_head(paper, look), *_title(paper, look))
    *body, last = layout.ended(paper.blocks, look) or (None,)
    for block in body:
        _append_block(document, block, look)
    if last is not None:
        # A signature never stands alone on a page.
        _append_block(document, last, look, keep=True)
    _append(document, *_signing(paper, look))
    if paper.lists:
        _turn(document, look, across=False)
        _append(document, *listed(paper, look, width=PAGE[0] - _sides(look)))
    if paper.has_annex:
        _turn(document, look)
        _append(document, *appendix(paper, look, width=PAGE[1] - _sides(look)))
    saved = io.BytesIO()
    document.save(saved)
    return _without_clock(saved.getvalue())


def _without_clock(document: bytes) -> bytes:
    """The same file with one moment on all its parts: a paper drawn again is the same to the byte."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as kept,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for part in kept.infolist():
            again.writestr(zipfile.ZipInfo(part.filename), kept.read(part), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _append(document: Any, *elements: Element) -> None:
    last = document.element.body.sectPr
    for element in elements:
        last.addprevious(element)


def _sides(look: Layout) -> int:
    return look.margins["left"] + look.margins["right"]


def _prepare(document: Any, paper: Paper, look: Layout) -> None:
    """Page, styles, language, properties, page numbers."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    for side, length in look.margins.items():
        setattr(section, f"{side}_margin", Mm(length))
    section.header_distance = section.footer_distance = Mm(look.page_number_edge)
    section.different_first_page_header_footer = True
    _restyle(document, look)
    _describe(document.core_properties, paper)
    header = section.header
    header.paragraphs[0]._p.getparent().replace(
        header.paragraphs[0]._p, ooxml.page_number(size=look.page_number_size)
    )
    for footer in (section.footer, section.first_page_footer) if wording.foot(paper) else ():
        for line in wording.foot(paper):
            words = ooxml.run(line, size=9, italic=True)
            footer._element.append(ooxml.paragraph(words, style="Footer", align="center"))
        footer._element.remove(footer.paragraphs[0]._p)


def _restyle(document: Any, look: Layout) -> None:
    """Every style in one font for every script, black, Vietnamese; no theme font is left."""
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    for child in list(defaults):
        defaults.remove(child)
    defaults.append(ooxml.fonts())
    defaults.append(ooxml.w("lang", val=ooxml.LANGUAGE, eastAsia=ooxml.LANGUAGE, bidi="ar-SA"))
    for fonts in document.styles.element.findall(f".//{qn('w:rFonts')}"):
        fonts.getparent().replace(fonts, ooxml.fonts())
    for name in ("Normal", "Heading 1", "Heading 2", "Title", "Caption", "Header", "Footer"):
        style = document.styles[name]
        for old in style.element.findall(qn("w:rPr")):
            style.element.remove(old)
        style.element.append(
            ooxml.w(
                "rPr",
                ooxml.fonts(),
                ooxml.w("sz", val=look.body_size * 2),
                ooxml.w("color", val="000000"),
            )
        )
        style.font.size = Pt(look.body_size)
    for name in ("Title", "Heading 1", "Heading 2", "Caption"):
        for border in document.styles[name].element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)


def _describe(properties: Any, paper: Paper) -> None:
    properties.title = paper.title
    properties.author = " ".join(paper.head.issuer)
    properties.last_modified_by = ""
    properties.subject = paper.period_name
    properties.comments = paper.notice
    properties.language = ooxml.LANGUAGE
    properties.created = properties.modified = dt.datetime.combine(
        paper.head.date, dt.time(), dt.UTC
    )


def _head(paper: Paper, look: Layout) -> list[Element]:
    """The block at the top: issuer and number on the left, motto and date on the right."""
    left, right = look.head_widths
    issuing, issuing_height = _issuing_side(paper, look, left)
    motto, motto_height = _motto_side(look, right)
    number = ooxml.run(layout.show_number(paper.head, look), size=look.number_size)
    dated = ooxml.run(layout.show_place_and_date(paper.head), size=look.date_size, italic=True)
    gap = 4.0
    level = max(gap, issuing_height - motto_height + gap)
    number_at = gap if level > gap else motto_height - issuing_height + gap
    cells = (
        ooxml.cell(
            *issuing,
            ooxml.paragraph(number, align="center", before=number_at),
            width=left,
            valign="top",
        ),
        ooxml.cell(
            *motto, ooxml.paragraph(dated, align="center", before=level), width=right, valign="top"
        ),
    )
    return [ooxml.table(look.head_widths, ooxml.row(*cells), has_borders=False)]


def _issuing_side(paper: Paper, look: Layout, width: float) -> tuple[list[Element], float]:
    lines = []
    if paper.head.parent:
        parent = ooxml.run(paper.head.parent, size=look.parent_size)
        lines.append(ooxml.paragraph(parent, align="center"))
    for issuer in paper.head.issuer:
        lines.append(
            ooxml.paragraph(ooxml.run(issuer, size=look.issuer_size, bold=True), align="center")
        )
    height = len(lines) * look.issuer_size * LINE
    if look.under_issuer == "asterisk":
        star = ooxml.run("*", size=look.issuer_size)
        return [*lines, ooxml.paragraph(star, align="center")], height + look.issuer_size * LINE
    return [*lines, ooxml.rule(width=width / 3, within=width)], height + RULE


def _motto_side(look: Layout, width: float) -> tuple[list[Element], float]:
    lines, height = [], 0.0
    for motto in look.mottos:
        words = ooxml.run(motto.text, size=motto.size, bold=True)
        lines.append(ooxml.paragraph(words, align="center"))
        height += motto.size * LINE
        if motto.rule:
            lines.append(ooxml.rule(width=motto.rule, within=width))
            height += RULE
    return lines, height


def _title(paper: Paper, look: Layout) -> list[Element]:
    width = PAGE[0] - _sides(look)
    kind = ooxml.run(paper.head.kind.upper(), size=look.kind_size, bold=True)
    # The space stays before the break, so that the words read on as one sentence.
    parts = layout.abstract_lines(paper.head, look, within=width)
    spaced = [f"{part} " for part in parts[:-1]] + parts[-1:]
    abstract = [
        ooxml.run(part, size=look.abstract_size, bold=True, breaks=place > 0)
        for place, part in enumerate(spaced)
    ]
    lines = [
        ooxml.paragraph(kind, style="Title", align="center", before=18),
        ooxml.paragraph(*abstract, align="center"),
    ]
    if look.under_abstract == "hyphens":
        lines.append(ooxml.paragraph(ooxml.run("-----", size=look.abstract_size), align="center"))
    else:
        lines.append(ooxml.rule(width=45, within=width))
    if paper.head.addressee:
        words = ooxml.run(paper.head.addressee, size=look.body_size)
        lines.append(ooxml.paragraph(words, align="center", before=6))
    lines.append(ooxml.paragraph(exact=8))
    return lines


def _append_block(document: Any, block: Block, look: Layout, *, keep: bool = False) -> None:
    if isinstance(block, Chart):
        _append_chart(document, block, look)
    else:
        _append(document, _paragraph(block, look, keep=keep))


def _paragraph(block: Paragraph, look: Layout, *, keep: bool) -> Element:
    is_heading, is_centred = block.kind in ("part", "heading"), block.kind == "resolve"
    size = look.small_size if block.kind == "note" else look.body_size
    runs = [
        _run(piece, size=size, bold=is_heading or is_centred, italic=block.kind == "note")
        for piece in block.pieces
    ]
    if block.kind == "item":
        runs.insert(0, ooxml.run("- ", size=size))
    return ooxml.paragraph(
        *runs,
        style={"part": "Heading1", "heading": "Heading2"}.get(block.kind, ""),
        align="center" if is_centred or (block.kind == "part" and look.part_is_centred) else "both",
        before=look.paragraph_gap,
        exact=look.line_exact,
        multiple=look.line_multiple,
        first=0 if is_centred else look.first_line,
        keep=keep or is_heading or is_centred,
    )


def _run(piece: Run | Cell | Marks, *, size: float, bold: bool, italic: bool) -> Element:
    match piece:
        case Marks():
            return ooxml.run(wording.marks(piece), size=size, raised=True)
        case Run():
            return ooxml.run(
                nfc(piece.text),
                size=size,
                bold=bold or piece.style == "bold",
                italic=italic or piece.style == "italic",
            )
        case _:
            return ooxml.run(piece.text, size=size, bold=bold, italic=italic)


def _append_chart(document: Any, chart: Chart, look: Layout) -> None:
    """A picture between its title and its note; on a single line, for an exact one would cut it off."""
    title = ooxml.run(chart.title, size=look.small_size, bold=True)
    note = ooxml.run(chart.note, size=look.small_size - 1, italic=True)
    drawn = charts.svg(chart)
    _append(
        document,
        ooxml.paragraph(title, style="Caption", align="center", before=10, after=2, keep=True),
    )
    place = document.add_paragraph()
    place.paragraph_format.space_after = Pt(0)
    place.paragraph_format.keep_with_next = bool(chart.note)
    place.alignment = 1
    picture = place.add_run().add_picture(
        io.BytesIO(charts.png(drawn)), width=Mm(charts.width_of(chart))
    )
    described = picture._inline.docPr
    described.set("descr", chart.alt)
    described.set("name", chart.title)
    if chart.note:
        _append(document, ooxml.paragraph(note, align="center", after=6))


def _signing(paper: Paper, look: Layout) -> list[Element]:
    """Recipients on the left, signature on the right, never parted by a page."""
    width = PAGE[0] - _sides(look)
    left, right = width * 0.45, width * 0.55
    cells = (
        ooxml.cell(*_recipients(paper, look), width=left, valign="top"),
        ooxml.cell(*_signature(paper, look), width=right, valign="top"),
    )
    return [
        ooxml.paragraph(exact=12, keep=True),
        ooxml.table((left, right), ooxml.row(*cells), has_borders=False),
    ]


def _recipients(paper: Paper, look: Layout) -> list[Element]:
    label = ooxml.run(
        look.recipients_label,
        size=look.recipients_label_size,
        bold=look.recipients_label_style == "bold-italic",
        italic=look.recipients_label_style == "bold-italic",
        underline=look.recipients_label_style == "underline",
    )
    lines = [f"- {name}," if look.family == "party" else f"- {name};" for name in paper.recipients]
    lines.append("- " + look.archive_format.format(archive=paper.archive))
    return [
        ooxml.paragraph(label),
        *(ooxml.paragraph(ooxml.run(line, size=look.recipients_size)) for line in lines),
    ]


def _signature(paper: Paper, look: Layout) -> list[Element]:
    signing = paper.signature
    top = layout.show_authority(signing, look)
    return [
        ooxml.paragraph(ooxml.run(top, size=look.signature_size, bold=True), align="center"),
        ooxml.paragraph(
            ooxml.run(signing.position, size=look.signature_size, bold=look.position_is_bold),
            align="center",
        ),
        ooxml.paragraph(exact=64),
        ooxml.paragraph(
            ooxml.run(signing.name, size=look.signature_size, bold=True), align="center"
        ),
    ]


def _turn(document: Any, look: Layout, *, across: bool = True) -> None:
    """The appendix: a section of its own, landscape if across, numbered on for the Party, from 1 for the State."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    if across:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(PAGE[1]), Mm(PAGE[0])
    section.different_first_page_header_footer = False
    if look.appendix_restarts_pages:
        section._sectPr.append(ooxml.w("pgNumType", start=1))
