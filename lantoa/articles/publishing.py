"""What happens when an article comes out: its figures are frozen, its address is noted, its photos are cut to size."""

import datetime as dt
from typing import Any

from django.utils import timezone
from wagtail.images.models import Image, Rendition

from lantoa.articles import figures, words
from lantoa.articles.models import ArticlePage, ChangeNote, FrozenFigure, OldAddress

WIDE, NARROW = "fill-960x540|format-webp", "fill-480x270|format-webp"
INSIDE, INSIDE_NARROW = "width-960|format-webp", "width-480|format-webp"
CARD = "fill-1200x630|format-jpeg"
SIZES = (WIDE, NARROW, CARD)
SIZES_INSIDE = (INSIDE, INSIDE_NARROW)


def on_published(*, instance: ArticlePage, **_named: Any) -> None:
    """Wagtail's signal, from the admin and from its clock alike."""
    settle(instance, at=timezone.now())


def settle(article: ArticlePage, *, at: dt.datetime) -> None:
    """Keep what the article says of the books as of this moment. Doing it again changes nothing that was kept."""
    freeze(article, at=at)
    OldAddress.objects.get_or_create(path=article.address(), defaults={"article": article})
    if article.change_note and article.updated:
        _note_change(article, at)
    for image, sizes in photos(article):
        cut(image, sizes)


def on_photo_saved(*, instance: Image, **_named: Any) -> None:
    """Django's signal: a photo was uploaded, or another part of it chosen as the one that matters."""
    cut(instance, (*SIZES, *SIZES_INSIDE))


def cut(image: Image, sizes: tuple[str, ...]) -> None:
    """Make the sizes that are not there yet, so that no reader's view has to."""
    for size in sizes:
        image.get_rendition(size)


def freeze(article: ArticlePage, *, at: dt.datetime) -> None:
    """Every figure that is new in the article, with what the books say now. What was frozen before stays."""
    asked = {question for text in words.prose(article.body) for question, _w in figures.quoted(text)}  # fmt: skip
    there = set(article.figures.values_list("question", flat=True))
    said = figures.read(asked - there)
    FrozenFigure.objects.bulk_create(
        FrozenFigure(article=article, question=question, value=one.value, bottom=one.bottom, at=at)
        for question, one in sorted(said.items())
    )


def photos(article: ArticlePage) -> list[tuple[Image, tuple[str, ...]]]:
    """The photos of an article, each with the sizes it is shown in."""
    found = [(article.photo, SIZES)] if article.photo else []
    inside = [block.value["image"] for block in article.body if block.block_type == "photo"]
    return [*found, *((image, SIZES_INSIDE) for image in inside if image)]


def renditions(images: list[int]) -> dict[tuple[int, str], Rendition]:
    """The sizes that are there, by photo and size: a page that is read makes none."""
    found = Rendition.objects.filter(image__in=images).order_by("pk")
    return {(each.image_id, each.filter_spec): each for each in found}


def _note_change(article: ArticlePage, at: dt.datetime) -> None:
    last = article.changes.first()
    if last is None or last.said != article.change_note:
        ChangeNote.objects.create(article=article, at=at, said=article.change_note)
