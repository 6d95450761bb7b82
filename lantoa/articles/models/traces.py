"""What an article leaves behind: the figures it quoted, as they were then, and the addresses at which it stood."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.articles.models.pages import ArticlePage


class FrozenFigure(models.Model):
    """A figure in an article, with its value on the day the article came out. It stays, whatever the books say later.

    `question` is the query string of the figure, beginning with the measure's code: `mo-hinh?ky=2023`.
    """

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="figures")
    question = models.CharField(_("con số nào"), max_length=300)
    value = models.BigIntegerField(_("giá trị"), null=True)
    bottom = models.BigIntegerField(_("chia cho"), null=True)
    at = models.DateTimeField(_("đọc lúc"))

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("con số trong bài")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "question"], name="an_article_freezes_a_figure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class OldAddress(models.Model):
    """An address that once led somewhere, and where it leads now. Paths, with their slashes."""

    path = models.CharField(_("địa chỉ cũ"), max_length=400, unique=True)
    article = models.ForeignKey(
        ArticlePage, models.CASCADE, null=True, blank=True, related_name="old_addresses"
    )
    target = models.CharField(_("dẫn tới"), max_length=400, blank=True)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("địa chỉ cũ")

    def __str__(self) -> str:
        return self.path
