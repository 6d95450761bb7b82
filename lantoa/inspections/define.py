"""Topics and their checklists, from their file. Editing and loading again is how they change."""

from pathlib import Path
from typing import Any

from lantoa.inspections.models import ChecklistItem, Topic
from lantoa.lib import tomls


def load(path: Path) -> None:
    """Bring the topics in line with the file, in its order. What it no longer names is closed, or stays with its past."""
    tables = tomls.read(path)
    for place, (code, table) in enumerate(tables.items(), start=1):
        tomls.only(code, table, needed=["name", "items"], optional=["is_open"])
        vi, en = tomls.both_languages(code, table, "name")
        topic = Topic.objects.update_or_create(
            code=code,
            defaults={
                "name_vi": vi,
                "name_en": en,
                "is_open": table.get("is_open", True),
                "position": place,
            },
        )[0]
        for number, (item, said) in enumerate(table["items"].items(), start=1):
            _item(topic, item, said, number)
    Topic.objects.exclude(code__in=tables).update(is_open=False)


def _item(topic: Topic, code: str, said: dict[str, Any], place: int) -> None:
    name = f"{topic.code}.{code}"
    tomls.only(name, said, needed=["text", "start"], optional=["end"])
    vi, en = tomls.both_languages(name, said, "text")
    end = said.get("end")
    if end is not None and end <= said["start"]:
        raise tomls.wrong(name, "kết thúc trước khi bắt đầu", "ends before it starts")
    ChecklistItem.objects.update_or_create(
        topic=topic,
        code=code,
        defaults={
            "text_vi": vi,
            "text_en": en,
            "start_date": said["start"],
            "end_date": end,
            "position": place,
        },
    )
