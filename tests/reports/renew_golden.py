"""Write the golden texts again: `python -m tests.reports.renew_golden`. Read the difference before you commit it."""

import shutil
import subprocess
from pathlib import Path

from lantoa.reports import excel, pdf, word
from tests.reports import drawn, texts

FOLDER = Path(__file__).with_name("golden")
PAPERS = {"dang": drawn.paper, "nha-nuoc": drawn.state_paper}


def golden() -> dict[str, str]:
    """Each golden file's name and text, as the documents are drawn now."""
    made = {}
    for name, paper in PAPERS.items():
        made[f"{name}.docx.txt"] = texts.of_word(word.render(paper()))
        made[f"{name}.xlsx.txt"] = texts.of_excel(excel.render(paper()))
        if shutil.which("pdftotext"):
            made[f"{name}.pdf.txt"] = of_pdf(pdf.render(paper()))
    return made


def of_pdf(document: bytes) -> str:
    """The text of a PDF as poppler reads it, page by page."""
    read = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=document, capture_output=True, check=True
    )
    lines = read.stdout.decode().replace("\f", "-- trang sau --\n").splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip()) + "\n"


if __name__ == "__main__":
    for name, text in golden().items():
        (FOLDER / name).write_text(text, "utf-8")
