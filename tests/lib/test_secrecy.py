"""Marks of secrecy in words, and words that only speak of it."""

import pytest

from lantoa.lib import secrecy


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("TỈNH ỦY CAO BẰNG\n  MẬT  \nSố 12-CV/TU", "mật"),
        ("TUYỆT MẬT", "tuyệt mật"),
        ("12-CV/TU (Tối mật).pdf", "tối mật"),
        ("Độ mật: Mật", "mật"),
        ("độ mật tối mật", "tối mật"),
    ],
)
def test_a_mark_of_secrecy_is_seen(text, level):
    assert secrecy.level_in(text) == level
    with pytest.raises(secrecy.SecretError, match=r"bí mật nhà nước"):
        secrecy.refuse("không có gì", text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hướng dẫn công tác bảo vệ bí mật nhà nước",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Mô hình nuôi ong lấy mật",
        "Mật ong Cao Bằng",
        "mật độ dân cư",
    ],
)
def test_what_only_speaks_of_it_is_no_mark(text):
    assert secrecy.level_in(text) == ""
    secrecy.refuse(text)
