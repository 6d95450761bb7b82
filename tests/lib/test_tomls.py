"""Definitions in TOML: read in one form of letters, and refused with the name of what is wrong."""

import unicodedata

import pytest

from lantoa.lib import tomls


def read(tmp_path, content):
    path = tmp_path / "chi-tieu.toml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tomls.read(path)


def test_tables_are_read_with_their_letters_composed(tmp_path):
    content = unicodedata.normalize(
        "NFD", '[hoi-nghi]\nname = { vi = "Hội nghị", en = "Conference" }\n'
    )

    table = read(tmp_path, content)["hoi-nghi"]

    assert tomls.both_languages("hoi-nghi", table, "name") == ("Hội nghị", "Conference")


@pytest.mark.parametrize(
    ("content", "vi", "en"),
    [
        ("a = [", "Tệp chi-tieu.toml không đọc được", "The file chi-tieu.toml cannot be read"),
        (b"a = '\xff'", "Tệp chi-tieu.toml không đọc được", "The file chi-tieu.toml cannot be read"),
        ("a = 1", "Định nghĩa “a” không phải một bảng. Hãy sửa tệp rồi nạp lại.", "“a” is not a table. Mend the file"),
    ],
)  # fmt: skip
def test_a_file_that_defines_nothing_is_refused(tmp_path, content, vi, en):
    with pytest.raises(tomls.DefinitionError) as refused:
        read(tmp_path, content)

    assert vi in refused.value.vi
    assert en in refused.value.en


@pytest.mark.parametrize(
    ("table", "vi", "en"),
    [
        ({}, "Định nghĩa “a” thiếu name", "“a” lacks name"),
        ({"name": 1, "nmae": 2}, "Định nghĩa “a” có chữ lạ nmae", "“a” has unknown words nmae"),
    ],
)
def test_what_is_missing_and_what_means_nothing_is_named(table, vi, en):
    with pytest.raises(tomls.DefinitionError) as refused:
        tomls.only("a", table, needed=["name"], optional=["note"])

    assert vi in refused.value.vi
    assert en in refused.value.en


def test_what_is_needed_and_what_may_be_there_pass():
    tomls.only("a", {"name": 1, "note": 2}, needed=["name"], optional=["note", "more"])


@pytest.mark.parametrize("said", ["Hội nghị", {"vi": "Hội nghị"}, {"vi": "Hội nghị", "en": ""}])
def test_a_name_is_said_in_both_languages(said):
    with pytest.raises(tomls.DefinitionError, match="thiếu vi hoặc en ở name"):
        tomls.both_languages("a", {"name": said}, "name")
