"""Readers' stars. Totals are kept; who voted is known for a day, by a key that then identifies nobody."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.articles.models.pages import ArticlePage

FEWEST, MOST = 1, 5


class Rating(models.Model):
    """The votes of so many stars for an article. Held ones came in a crowd from one address, and count for nothing yet."""

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="ratings")
    stars = models.PositiveSmallIntegerField(_("số sao"))
    is_held = models.BooleanField(_("chờ xem"), default=False)
    votes = models.PositiveIntegerField(_("số phiếu"), default=0)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("điểm của bài viết")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "stars", "is_held"], name="one_row_for_so_many_stars"
            ),
            models.CheckConstraint(
                condition=Q(stars__gte=FEWEST, stars__lte=MOST), name="one_to_five_stars"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.votes} votes of {self.stars}"


class RatingSalt(models.Model):
    """What the keys of a day are made with. There is one row at most: that of today."""

    day = models.DateField(_("ngày"), unique=True)
    salt = models.BinaryField(_("muối"))

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("muối của ngày")

    def __str__(self) -> str:
        return f"{self.day}"


class RatingKey(models.Model):
    """A vote of today: a key of article, address and browser, and one of the address alone. Gone with the day."""

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="+")
    key = models.CharField(_("dấu"), max_length=64, unique=True)
    origin = models.CharField(_("dấu của nơi gửi"), max_length=64)
    at = models.DateTimeField(_("lúc"))

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("dấu phiếu trong ngày")
        indexes = [models.Index(fields=["origin", "at"], name="rating_key_origin")]

    def __str__(self) -> str:
        return self.key[:8]
