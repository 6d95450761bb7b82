"""Style sheets are written as many and served as one."""

import pytest
from django.core.management import call_command

from lantoa.look.storage import with_imports_inside


def test_an_imported_sheet_stands_in_its_layer():
    got = with_imports_inside(
        '@layer a;\n@import url("b.css") layer(a);\n', {"b.css": "p {}\n"}.get
    )

    assert got == "@layer a;\n@layer a {\np {}\n}\n"


def test_a_sheet_without_a_layer_stands_as_it_is():
    assert with_imports_inside('@import url("b.css");\n', {"b.css": "p {}\n"}.get) == "p {}\n"


def test_an_imported_sheet_with_an_address_is_refused():
    with pytest.raises(ValueError, match="cannot be put inside"):
        with_imports_inside('@import url("b.css");\n', {"b.css": "p { background: url(x) }"}.get)


def test_collecting_leaves_one_sheet_without_imports_and_hashed_names(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {"staticfiles": {"BACKEND": "lantoa.look.storage.OneSheetStorage"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    (sheet,) = [
        path for path in (tmp_path / "look/css").glob("app.*.css") if path.name != "app.css"
    ]
    text = sheet.read_text("utf-8")
    assert "@import" not in text
    assert "@layer tokens {" in text
    assert ".tilemap" in text
    (fonts,) = (tmp_path / "look/css").glob("fonts.*.css")
    assert "bvp-400.woff2" not in fonts.read_text("utf-8")  # the name carries its hash
