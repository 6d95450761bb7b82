"""Documents compared as text; renewed by `python -m tests.reports.renew_golden`."""

import shutil

import pytest

from lantoa.reports import excel, pdf, word
from tests.reports import renew_golden, texts


@pytest.mark.parametrize("name", renew_golden.PAPERS)
def test_a_word_document_says_what_it_said(name):
    document = word.render(renew_golden.PAPERS[name]())

    assert texts.of_word(document) == kept(f"{name}.docx.txt")


@pytest.mark.parametrize("name", renew_golden.PAPERS)
def test_a_workbook_says_what_it_said(name):
    book = excel.render(renew_golden.PAPERS[name]())

    assert texts.of_excel(book) == kept(f"{name}.xlsx.txt")


@pytest.mark.parametrize("name", renew_golden.PAPERS)
def test_a_pdf_says_what_it_said(name):
    if not shutil.which("pdftotext"):
        pytest.skip("golden PDF texts; to compare them: apt-get install poppler-utils")

    document = pdf.render(renew_golden.PAPERS[name]())

    assert renew_golden.of_pdf(document) == kept(f"{name}.pdf.txt")


def test_a_pdf_is_the_same_bytes_every_time():
    paper = renew_golden.PAPERS["dang"]()

    assert pdf.render(paper) == pdf.render(paper)


def kept(name: str) -> str:
    return (renew_golden.FOLDER / name).read_text("utf-8")
