"""What kind of document a file is, by its content."""

import io
import zipfile

import pytest
from docx import Document

from lantoa.keeping import files, papers
from lantoa.keeping.papers import NotAPaperError
from lantoa.lib import secrecy


def word(*paragraphs):
    written, out = Document(), io.BytesIO()
    for each in paragraphs:
        written.add_paragraph(each)
    written.save(out)
    return out.getvalue()


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_a_pdf_is_a_pdf_whatever_it_is_called():
    assert papers.told(b"%PDF-1.7 ...").suffix == ".pdf"


def test_a_word_document_says_what_stands_at_its_head():
    told = papers.told(word("TỈNH ỦY CAO BẰNG", "MẬT", "Số 12-CV/TU"))

    assert told.suffix == ".docx"
    assert "Số 12-CV/TU" in told.head
    assert secrecy.level_in(told.head) == "mật"


def test_a_mark_in_a_cell_of_the_head_is_read_too():
    written, out = Document(), io.BytesIO()
    written.add_table(1, 1).cell(0, 0).text = "TỐI MẬT"
    written.save(out)

    assert secrecy.level_in(papers.told(out.getvalue()).head) == "tối mật"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "không phải PDF hay Word"),
        (b"MZ\x90\x00 a program", "không phải PDF hay Word"),
        (b"<html>", "không phải PDF hay Word"),
        (b"PK\x03\x04 broken", "không phải PDF hay Word"),
        (papers._OLE + b"old", "kiểu cũ"),
        (zipped(**{"xl/workbook.xml": "<a/>"}), "không phải PDF hay Word"),
        (zipped(**{"word/document.xml": "<a><b></a>"}), "không phải PDF hay Word"),
        (zipped(**{"word/document.xml": "<!DOCTYPE a><a/>"}), "không phải PDF hay Word"),
        (zipped(**{"word/document.xml": "<a/>", "word/vbaProject.bin": "x"}), "macro"),
    ],
)
def test_what_is_no_document_is_refused(content, said):
    with pytest.raises(NotAPaperError, match=said):
        papers.told(content)


def test_a_bomb_is_put_out_while_it_swells(monkeypatch):
    monkeypatch.setattr(papers, "LARGEST_TEXT", 1_000)

    with pytest.raises(NotAPaperError):
        papers.told(zipped(**{"word/document.xml": "<a>" + " " * 5_000 + "</a>"}))


def test_a_file_too_heavy_is_refused_with_its_weight(monkeypatch):
    monkeypatch.setattr(papers, "LARGEST_FILE", papers.MB)

    with pytest.raises(NotAPaperError, match="nặng 2 MB"):
        papers.told(b"%PDF-" + b"x" * 2 * papers.MB)


def test_a_file_is_kept_under_a_drawn_name_and_forgotten(settings, tmp_path):
    settings.MEDIA = tmp_path

    name = files.keep(b"%PDF-", ".pdf")
    assert files.path_of(name).read_bytes() == b"%PDF-"
    files.forget(name)

    assert not files.path_of(name).exists()
    assert name != files.keep(b"%PDF-", ".pdf")
