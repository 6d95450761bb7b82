"""How the static files are collected: the style sheets are written as many and served as one."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'@import url\("([^":]+)"\)(?: layer\((\w+)\))?;\n?')


class OneSheetStorage(CompressedManifestStaticFilesStorage):
    """A sheet that imports others is served with them inside: one request on a slow network, not twenty."""

    # A script of ours names the others by the names they are served under, so a browser may keep each for ever.
    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = (
        "desk/js/*.js",
        CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1],
    )

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        if not options.get("dry_run"):
            for name in [each for each in paths if each.endswith(".css")]:
                self._put_imports_inside(name, paths)
        yield from super().post_process(paths, **options)

    def _put_imports_inside(self, name: str, paths: dict[str, Any]) -> None:
        text = self._text(name, paths)
        if not IMPORT.search(text):
            return
        whole = with_imports_inside(text, lambda each: self._text(beside(name, each), paths))
        self.delete(name)
        self._save(name, ContentFile(whole.encode()))
        paths[name] = (self, name)

    @staticmethod
    def _text(name: str, paths: dict[str, Any]) -> str:
        storage, path = paths[name]
        with storage.open(path) as file:
            text: str = file.read().decode()
        return text


def beside(name: str, other: str) -> str:
    return str(PurePosixPath(name).parent / other)


def with_imports_inside(text: str, read: Any) -> str:
    """The sheet's text with each `@import` replaced by what it names, in its layer.

    An imported sheet may not hold `url(…)`: its address would change.
    """

    def inside(found: re.Match[str]) -> str:
        part = read(found[1])
        if "url(" in part:
            raise ValueError(f"{found[1]} holds url(…) and cannot be put inside another sheet.")
        return f"@layer {found[2]} {{\n{part}}}\n" if found[2] else part

    return IMPORT.sub(inside, text)
