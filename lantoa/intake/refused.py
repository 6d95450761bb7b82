"""Why a workbook is refused as a whole: a word where it is read, a sentence where it is shown."""

from lantoa.lib.errors import LantoaError

SENTENCES = {
    "too_large": (
        "Tệp nặng quá 5 MB. Hãy bỏ ảnh và các trang không cần, rồi nộp lại.",
        "The file is heavier than 5 MB. Take out pictures and sheets that are not needed, then send it again.",
    ),
    "not_a_workbook": (
        "Tệp này không phải bảng Excel, dù tên có thể ghi thế. Hãy tải bảng từ trang này, điền, Lưu thành .xlsx rồi nộp.",
        (
            "This file is no Excel workbook, whatever its name says. Download the workbook from this page, fill it in, "
            "save it as .xlsx and send it."
        ),
    ),
    "encrypted": (
        "Bảng đặt mật khẩu nên không mở được. Hãy bỏ mật khẩu, Lưu thành .xlsx rồi nộp lại.",
        "The workbook is locked with a password. Take the password off, save it as .xlsx and send it again.",
    ),
    "macros": (
        "Bảng có macro (lệnh tự chạy) nên không nhận. Hãy Lưu thành .xlsx, loại không có macro, rồi nộp lại.",
        "The workbook holds macros and is not taken. Save it as .xlsx, the kind without macros, and send it again.",
    ),
    "binary": (
        "Bảng lưu ở dạng .xlsb nên không nhận. Hãy Lưu thành .xlsx rồi nộp lại.",
        "The workbook is saved as .xlsb and is not taken. Save it as .xlsx and send it again.",
    ),
    "bomb": (
        "Tệp nén chứa quá nhiều dữ liệu so với một bảng báo cáo. Hãy tải bảng mới từ trang này, chép số sang rồi nộp.",
        (
            "The file unpacks to far more than a report's workbook holds. Download a new workbook from this page, copy "
            "the numbers over and send that."
        ),
    ),
    "nested": (
        "Bảng có tệp khác nhúng bên trong. Hãy bỏ tệp nhúng, Lưu thành .xlsx rồi nộp lại.",
        "Another file is embedded in the workbook. Take it out, save as .xlsx and send it again.",
    ),
    "links": (
        "Bảng lấy số từ tệp hoặc nguồn khác. Hãy chép rồi Dán giá trị (Paste Values) để bỏ liên kết, rồi nộp lại.",
        "The workbook draws on another file or source. Copy and Paste Values to break the links, then send it again.",
    ),
    "dtd": (
        "Tệp có phần khai báo lạ (DTD) mà bảng Excel không có. Hãy mở bằng Excel, Lưu thành .xlsx rồi nộp lại.",
        "The file holds a declaration (DTD) that no Excel workbook has. Open it in Excel, save it as .xlsx and send it again.",
    ),
    "damaged": (
        "Tệp hỏng hoặc thiếu phần. Hãy mở bằng Excel, Lưu thành .xlsx rồi nộp lại.",
        "The file is damaged or incomplete. Open it in Excel, save it as .xlsx and send it again.",
    ),
    "cells": (
        "Bảng có quá nhiều ô, dòng hoặc trang. Hãy tải bảng mới từ trang này, chép số sang rồi nộp.",
        (
            "The workbook has too many cells, rows or sheets. Download a new workbook from this page, copy the numbers "
            "over and send that."
        ),
    ),
    "far": (
        "Ô {at} có nội dung mà nằm quá xa bảng. Hãy xóa ô ấy rồi nộp lại.",
        "The cell {at} holds something far away from the table. Clear it and send the workbook again.",
    ),
    "heavy": (
        "Tệp đọc mãi không xong nên máy đã dừng. Hãy tải bảng mới từ trang này, chép số sang rồi nộp.",
        (
            "The file took too long to read and was stopped. Download a new workbook from this page, copy the numbers "
            "over and send that."
        ),
    ),
    "busy": (
        "Đang có nhiều bảng được nộp cùng lúc. Hãy đợi một phút rồi nộp lại; chưa có gì được gửi.",
        "Many workbooks are coming in at once. Wait a minute and send it again; nothing was sent yet.",
    ),
    "no_stamp": (
        "Bảng này không có dấu của hệ thống, hoặc dấu đã bị sửa. Hãy tải bảng từ trang này rồi điền vào đó.",
        "This workbook does not carry our stamp, or the stamp was altered. Download the workbook from this page and fill that in.",
    ),
    "other_unit": (
        "Bảng này tạo cho một đơn vị khác. Hãy tải bảng của đơn vị mình từ trang này.",
        "This workbook was made for another unit. Download your own unit's from this page.",
    ),
    "other_sheet": (
        "Bảng này là của một biểu khác. Hãy nộp ở trang của biểu ấy, hoặc tải bảng từ trang này.",
        "This workbook belongs to another sheet. Send it on that sheet's page, or download the one from this page.",
    ),
    "other_period": (
        "Bảng này là của một kỳ khác. Hãy nộp ở trang của kỳ ấy, hoặc tải bảng từ trang này.",
        "This workbook belongs to another period. Send it on that period's page, or download the one from this page.",
    ),
    "outdated": (
        "Bảng này đã cũ: từ lúc tải về, báo cáo hoặc biểu đã đổi. Hãy tải bảng mới từ trang này, chép số sang rồi nộp.",
        (
            "This workbook is outdated: the report or the sheet has changed since it was downloaded. Download a new one from "
            "this page, copy the numbers over and send that."
        ),
    ),
    "no_table": (
        "Không tìm thấy bảng có các cột Mã, Số gửi và Vì sao khác hồ sơ. Hãy tải bảng mới từ trang này.",
        "No table with the columns Code, Sent and Why it differs was found. Download a new workbook from this page.",
    ),
    "no_file": (
        "Chưa chọn tệp. Hãy chọn bảng Excel đã điền.",
        "No file was chosen. Choose the workbook that you filled in.",
    ),
}


class Refused(LantoaError):
    """A workbook that is not taken, by one of the words above.

    Args:
        at: the cell that is to blame, where one is.
    """

    def __init__(self, word: str, at: str = "") -> None:
        vi, en = SENTENCES[word]
        super().__init__(vi=vi.format(at=at), en=en.format(at=at))
        self.word, self.at = word, at
