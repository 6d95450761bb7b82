"""Style sheets and scripts are written as many and served as few."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command

from lantoa.desk.views import outbox
from lantoa.look.storage import script_in_one, sheet_in_one


def sheet(**files):
    texts = {name.replace("__", "/") + ".css": text for name, text in files.items()}
    return sheet_in_one("look/a.css", texts.__getitem__)


def script(**files):
    return script_in_one("a.js", {f"{name}.js": text for name, text in files.items()}.__getitem__)


def test_an_imported_sheet_stands_in_its_layer():
    got = sheet(look__a='@layer x;\n@import url("b.css") layer(x);\n', look__b="p {}\n")

    assert got == "@layer x;\n@layer x {\np {}\n}\n"


def test_a_sheet_stands_inside_a_sheet_that_stands_inside():
    got = sheet(
        look__a='@import url("../desk/b.css");\n',
        desk__b='@import url("c.css");\ni {}\n',
        desk__c="b {}\n",
    )

    assert got == "b {}\ni {}\n"


def test_an_address_in_an_imported_sheet_still_names_the_same_file():
    got = sheet(look__a='@import url("../desk/b.css");', desk__b='p { src: url("fonts/x.woff2") }')

    assert got == 'p { src: url("../desk/fonts/x.woff2") }'


def test_a_script_holds_what_it_exports_whole_and_its_parts_import_one_another_no_more():
    got = script(
        a='// both\nexport * from "./b.js";\nexport * from "./c.js";\n',
        b="export const one = 1;\n",
        c='import { one } from "./b.js";\nimport { far } from "./d.js";\nexport const two = one + far;\n',
    )

    assert got == (
        '// both\nexport const one = 1;\nimport { far } from "./d.js";\nexport const two = one + far;\n'
    )


def test_two_parts_of_a_script_may_not_give_one_name():
    with pytest.raises(ValueError, match="the name one"):
        script(
            a='export * from "./b.js";\nexport * from "./c.js";\n',
            b="export const one = 1;\n",
            c="async function one() {}\n",
        )


def test_nothing_of_ours_imports_a_part_past_the_script_that_holds_it():
    """It would be there twice: two outboxes that do not hear one another."""
    home = Path(finders.find("desk/js/desk.js")).parent
    texts = {path.stem: path.read_text("utf-8") for path in home.glob("*.js")}
    parts = set(re.findall(r'^export \* from "\./(.+)";', texts["desk"], re.MULTILINE))

    assert parts
    for name in {f"{stem}.js" for stem in texts} - parts - {"desk.js"}:
        assert parts.isdisjoint(re.findall(r'"\./([^"]+\.js)"', texts[name.removesuffix(".js")])), name  # fmt: skip


KB = 1024


def test_collecting_leaves_one_sheet_and_one_script_without_imports_and_hashed_names(
    settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {"staticfiles": {"BACKEND": "lantoa.look.storage.TogetherStorage"}}

    call_command("collectstatic", interactive=False, verbosity=0)

    def collected(folder, name, kind):
        (path,) = (tmp_path / folder).glob(f"{name}.*.{kind}")
        return path.read_text("utf-8")

    public, work = collected("look/css", "app", "css"), collected("desk", "work", "css")
    assert "@import" not in public + work
    assert "@layer tokens{" in public
    assert ".tilemap" in public
    assert ".board__told" in work
    assert re.findall(r'url\("\.\./look/fonts/bvp-400\.[0-9a-f]{12}\.woff2"\)', work)
    whole = collected("desk/js", "desk", "js")
    assert "export async function flush" in whole
    assert not re.search(r"^(import|export \*) ", whole, re.MULTILINE)
    kept = sum((tmp_path / name).stat().st_size for name in outbox.kept(with_fonts=True))
    assert 100 * KB < kept <= 400 * KB


def test_what_travels_over_weak_networks_is_packed_best_and_each_file_once(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {"staticfiles": {"BACKEND": "lantoa.look.storage.TogetherStorage"}}

    call_command("collectstatic", interactive=False, verbosity=0)
    packed = {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*") if path.suffix in (".br", ".gz")}  # fmt: skip
    call_command("collectstatic", interactive=False, verbosity=0)

    [app] = tmp_path.glob("look/css/app.*.css")
    best, good = Path(f"{app}.br"), Path(f"{app}.gz")
    assert best.stat().st_size < good.stat().st_size < app.stat().st_size
    assert not Path(tmp_path / "look/css/app.css.gz").exists()
    assert list(tmp_path.glob("wagtailadmin/css/core.*.css.gz"))
    assert not list(tmp_path.glob("wagtailadmin/**/*.br"))
    assert packed == {path.name: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*") if path.suffix in (".br", ".gz")}  # fmt: skip


def test_a_class_of_the_public_site_is_said_in_one_sheet():
    """Two pages once called two things `.steps`: the later sheet drew the steps of a practice as a line without numbers."""
    home, said = Path(finders.find("look/css/app.css")).parent, {}
    for path in sorted(home.glob("p*/*.css")):
        bare = re.sub(r"/\*.*?\*/|@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", path.read_text("utf-8"), flags=re.DOTALL)  # fmt: skip
        for selectors in re.findall(r"([^{}]+)\{", bare):
            for each in re.findall(r"(?:^|,)\s*(\.[\w-]+)\s*(?=,|$)", selectors):
                said.setdefault(each, set()).add(path.name)

    assert len(said) > 100
    assert {each: names for each, names in said.items() if len(names) > 1} == {}
