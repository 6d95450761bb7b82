"""`lantoa report build`: three documents and the figures they say."""

import io
import socket

import pytest
from django.core.management import CommandError, call_command

from lantoa.reports.models import Report
from tests import make
from tests.reports import world as worlds


@pytest.fixture(autouse=True)
def founder(world):
    return make.clerk()


def build(folder, *more, unit="Tỉnh ủy Cao Bằng"):
    said, warned = io.StringIO(), io.StringIO()
    call_command(
        "report",
        "build",
        "--unit",
        unit,
        "--period",
        "2023",
        "--date",
        "2024-01-05",
        "--out",
        str(folder),
        *more,
        stdout=said,
        stderr=warned,
    )
    return said.getvalue()


def test_three_documents_are_written_and_their_figures_are_told(tmp_path):
    said = build(tmp_path / "out")

    assert {path.suffix for path in (tmp_path / "out").iterdir()} == {".docx", ".xlsx", ".pdf"}
    assert "4  Hội nghị học tập trực tiếp [1]" in said
    assert not Report.objects.exists()


def test_an_issued_report_has_its_number_and_tells_its_seal(tmp_path):
    said = build(tmp_path, "--issue", "--prose", str(worlds.PASSAGES))

    report = Report.objects.get()
    assert report.number == "Số 01-BC/TU"
    assert report.chain in said


def test_a_report_with_unwritten_sections_is_built_as_a_draft_but_not_issued(tmp_path):
    nothing = tmp_path / "chua-viet.toml"
    nothing.touch()
    build(tmp_path, "--prose", str(nothing))

    with pytest.raises(CommandError, match="còn mục chưa viết: Đưa vào nghị quyết"):
        build(tmp_path, "--issue", "--prose", str(nothing))


def test_a_unit_is_found_by_its_code_too(tmp_path):
    assert "Số:" in build(tmp_path, unit="04")


def test_a_unit_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError, match="Không tìm thấy đơn vị"):
        build(tmp_path, unit="Nơi nào đó")


def test_a_wrong_period_is_told_in_the_language_asked_for(tmp_path):
    with pytest.raises(CommandError, match="There is no period"):
        call_command("report", "build", "--unit", "04", "--period", "2023-Q9", "--lang", "en")


def test_passages_are_read_from_a_file(tmp_path):
    prose = tmp_path / "loi.toml"
    told = worlds.PASSAGES.read_text("utf-8")
    prose.write_text(told.replace('uu-diem = "', 'uu-diem = "Có 999 lượt người. '), "utf-8")

    with pytest.raises(CommandError, match="999 lượt người"):
        build(tmp_path, "--issue", "--prose", str(prose))


def test_a_template_is_loaded_again(tmp_path):
    said = io.StringIO()

    call_command("report", "template", str(worlds.ANNUAL), stdout=said)

    assert "Đã nạp mẫu bao-cao-nam." in said.getvalue()


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [("vi", "đang có chương trình khác dùng. Chọn cổng khác"), ("en", "another program uses it")],
)
@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_port_that_is_taken_is_refused_before_any_work(tmp_path, command, lang, sentence):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CommandError, match=sentence):
            call_command(command, "--port", str(port), "--lang", lang)
