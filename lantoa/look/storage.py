"""How the static files are collected: style sheets and scripts are written as many and served as few."""

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import rcssmin
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^":]+)"\)(?: layer\((\w+)\))?;\n?')
ADDRESS = re.compile(r'url\("(?!data:)([^":]+)"\)')
EXPORT_ALL = re.compile(r'^export \* from "([^"]+)";\n', re.MULTILINE)
IMPORT_FROM = re.compile(r'^import [^;]+ from "([^"]+)";\n', re.MULTILINE)
DECLARED = re.compile(
    r"^(?:export )?(?:async )?(?:const|let|class|function\*?) (\w+)", re.MULTILINE
)
COMMENT = re.compile(r"^[ \t]*//[^\n]*\n", re.MULTILINE)
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
OURS = ("look", "desk")
Read = Callable[[str], str]


class Packer(Compressor):
    """Packs each file once, under the name that says what is in it; nobody asks for it by another.

    With Brotli what travels over weak networks: it takes thirty times as long as gzip, and the editors' pages are ten
    times as large as all of ours.
    """

    def __init__(self, folder: str, **options: Any) -> None:
        super().__init__(**options)
        self._gzip, self._folder = Compressor(use_brotli=False, **options), Path(folder)

    def compress(self, path: str) -> list[str]:
        if not HASHED.search(path) or Path(path + ".gz").exists():
            return []
        is_ours = Path(path).relative_to(self._folder).parts[0] in OURS
        packed: list[str] = super().compress(path) if is_ours else self._gzip.compress(path)
        return packed


class TogetherStorage(CompressedManifestStaticFilesStorage):
    """What imports others is served with them inside, and without what only we read: one request on a slow network, not twenty."""

    # A script of ours names the others by the names they are served under, so a browser may keep each for ever.
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "desk/js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        if not options.get("dry_run"):
            texts = {name: self._text(name, paths) for name in paths if name.endswith((".css", ".js"))}  # fmt: skip
            for name, text in texts.items():
                put_inside = sheet_in_one if name.endswith(".css") else script_in_one
                whole = put_inside(name, texts.__getitem__)
                if "/vendor/" not in name:
                    whole = bare_script(whole) if name.endswith(".js") else rcssmin.cssmin(whole)
                if whole != text:
                    self._write(name, whole, paths)
        yield from super().post_process(paths, **options)

    def create_compressor(self, **options: Any) -> Packer:
        return Packer(self.location, **options)

    def _write(self, name: str, text: str, paths: dict[str, Any]) -> None:
        self.delete(name)
        self._save(name, ContentFile(text.encode()))
        paths[name] = (self, name)

    @staticmethod
    def _text(name: str, paths: dict[str, Any]) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            text: str = file.read().decode()
        return text


def sheet_in_one(name: str, read: Read) -> str:
    """The sheet's text with each `@import` replaced by what it names, in its layer; addresses as seen from the sheet."""

    def inside(found: re.Match[str]) -> str:
        other = _beside(name, found[1])
        part = ADDRESS.sub(lambda at: f'url("{_from(name, _beside(other, at[1]))}")', sheet_in_one(other, read))  # fmt: skip
        return f"@layer {found[2]} {{\n{part}}}\n" if found[2] else part

    return IMPORT.sub(inside, read(name))


def bare_script(text: str) -> str:
    """A script of ours without the lines that only comment: they are for those who read it here, not for a weak network.

    None of ours has a text of several lines in which such a line would be a part of it (a test looks).
    """
    return COMMENT.sub("", text)


def script_in_one(name: str, read: Read) -> str:
    """The script's text with each `export * from` replaced by what it names.

    The parts then share one scope: what they import from one another falls away, and no two may give the same name.

    Raises:
        ValueError: two parts give one name.
    """
    inside = [_beside(name, each) for each in EXPORT_ALL.findall(read(name))]
    if not inside:
        return read(name)

    def part(found: re.Match[str]) -> str:
        other = _beside(name, found[1])
        return IMPORT_FROM.sub(
            lambda line: "" if _beside(other, line[1]) in inside else line[0], read(other)
        )

    whole = EXPORT_ALL.sub(part, read(name))
    names = DECLARED.findall(whole)
    twice = {each for each in names if names.count(each) > 1}
    if twice:
        raise ValueError(f"{name}: two of its parts give the name {', '.join(sorted(twice))}.")
    return whole


def _beside(name: str, other: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), other))


def _from(name: str, other: str) -> str:
    return posixpath.relpath(other, posixpath.dirname(name) or ".")
