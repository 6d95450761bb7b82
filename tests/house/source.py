"""The project's own Python files, parsed once."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "lantoa"


def files(*folders: str) -> list[Path]:
    """Python files below these folders of the package, migrations left out."""
    found = [path for folder in folders or ("",) for path in (PACKAGE / folder).rglob("*.py")]
    return sorted(path for path in found if "migrations" not in path.parts)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def attributes(path: Path) -> list[tuple[str, int]]:
    """Every `.name` in the file, with its line."""
    return [
        (node.attr, node.lineno) for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)
    ]


def calls(path: Path) -> list[tuple[str, int]]:
    """Every `something.name(…)` in the file, with its line."""
    return [
        (node.func.attr, node.lineno)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    ]
