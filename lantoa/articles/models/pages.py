"""The pages that editors write: one home, sections in it, articles in sections."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail.fields import StreamField
from wagtail.models import Page, Site

from lantoa.articles import words
from lantoa.articles.blocks import ALT_HELP, BodyBlock
from lantoa.lib import dates, text
from lantoa.orgs.models import Unit
from lantoa.plans.models import Theme
from lantoa.practices.models import Practice

NEWS = "tin-tuc"


class Addressed(Page):
    """A page with an address of its own, that a door draws."""

    class Meta:
        abstract = True

    def address(self) -> str:
        """Its path on the public site, in Vietnamese: `/tin-tuc/2024/01/hoc-va-lam-theo-bac/`."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        found = Site.objects.filter(is_default_site=True).first()
        return (found.pk, found.root_url, self.address()) if found else None

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        drawn: HttpResponseBase = import_string(settings.ARTICLE_DOOR)(request, self)
        return drawn


class HomePage(Addressed):
    """The root of what is written. The front page itself is made of figures and of the newest articles."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["articles.SectionPage"]
    preview_modes: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("trang chủ")

    def address(self) -> str:
        return "/"


class SectionPage(Addressed):
    """A part of the news: directives, study, inspection, examples. Sections stand in the one called "tin-tuc"."""

    intro = models.CharField(_("lời giới thiệu"), max_length=300, blank=True)

    parent_page_types: ClassVar[list[str]] = ["articles.HomePage", "articles.SectionPage"]
    subpage_types: ClassVar[list[str]] = ["articles.SectionPage", "articles.ArticlePage"]
    preview_modes: ClassVar[list[Any]] = []

    class Meta:
        verbose_name = _("chuyên mục")

    def address(self) -> str:
        return f"/{NEWS}/" if self.slug == NEWS else f"/{NEWS}/{self.slug}/"


class ArticleTag(TaggedItemBase):
    """A word by which an article is found together with others."""

    content_object = ParentalKey("articles.ArticlePage", related_name="tag_items")

    class Meta:
        verbose_name = _("thẻ")


class ArticlePage(Addressed):
    """Something told to the public. `dated` is the day it was first out, and part of its address.

    `folded` is kept at every saving, to find it by its words without their marks. `votes_before` and `points_before`
    are the ratings it brought along from another site.
    """

    lead = models.TextField(_("sa-pô"), max_length=600)
    body = StreamField(BodyBlock(), verbose_name=_("nội dung"), blank=True)
    photo = models.ForeignKey(
        "wagtailimages.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("ảnh chính"),
    )
    photo_alt = models.CharField(_("lời tả ảnh"), max_length=300, blank=True, help_text=ALT_HELP)
    photo_caption = models.CharField(_("chú thích ảnh"), max_length=300, blank=True)
    photo_credit = models.CharField(_("người chụp"), max_length=120, blank=True)
    author = models.CharField(_("tác giả"), max_length=120, blank=True)
    source = models.CharField(_("nguồn tin"), max_length=200, blank=True)
    source_url = models.URLField(_("liên kết tới bài gốc"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("đơn vị")
    )
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("chuyên đề năm"),
    )
    practice = models.ForeignKey(
        Practice, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("mô hình")
    )
    audio = models.ForeignKey(
        "wagtaildocs.Document",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("bản đọc"),
    )
    transcript = models.TextField(_("lời của bản đọc"), blank=True)
    is_headline = models.BooleanField(_("đứng đầu trang chủ"), default=False)
    dated = models.DateTimeField(_("ngày đăng"), null=True, blank=True)
    change_note = models.CharField(_("đã sửa gì"), max_length=300, blank=True)
    withdrawn_why = models.CharField(_("lý do gỡ bài"), max_length=300, blank=True)
    folded = models.TextField(_("chữ để tìm"), default="", editable=False)
    points_before = models.PositiveIntegerField(_("tổng điểm mang theo"), default=0)
    votes_before = models.PositiveIntegerField(_("số phiếu mang theo"), default=0)

    tags = ClusterTaggableManager(through=ArticleTag, blank=True, verbose_name=_("thẻ"))

    parent_page_types: ClassVar[list[str]] = ["articles.SectionPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("bài viết")
        indexes = [models.Index(fields=["dated"], name="article_dated")]

    def address(self) -> str:
        day = dates.day_of(self.dated) if self.dated else None
        when = f"{day:%Y/%m}" if day else "xem-truoc/0"
        return f"/{NEWS}/{when}/{self.slug}/"

    def clean(self) -> None:
        super().clean()
        same = ArticlePage.objects.filter(slug=self.slug).exclude(pk=self.pk)
        if self.slug and same.exists():
            said = gettext("Đã có bài khác mang địa chỉ “%(slug)s”. Hãy thêm một chữ để phân biệt.")
            raise ValidationError({"slug": said % {"slug": self.slug}})

    def save(self, *args: Any, **named: Any) -> None:
        if self.live and self.dated is None:
            self.dated = self.first_published_at
        said: Any = self
        said.title, self.lead = text.one_line(said.title), text.nfc(self.lead)
        tags = [each.name for each in said.tags.all()]
        self.folded = text.fold(" ".join([said.title, self.lead, words.plain(self.body), *tags]))
        super().save(*args, **named)

    @property
    def minutes(self) -> int:
        """How long it takes to read, at 220 syllables a minute; at least one."""
        return words.minutes(f"{self.lead} {words.plain(self.body)}")

    @property
    def updated(self) -> dt.datetime | None:
        """When it was last published again, if that was later than the first time."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last - first > words.A_WHILE else None


class Attachment(models.Model):
    """A paper that comes with an article."""

    article = ParentalKey(ArticlePage, related_name="attachments")
    document = models.ForeignKey(
        "wagtaildocs.Document", models.PROTECT, related_name="+", verbose_name=_("tệp")
    )
    title = models.CharField(_("tên"), max_length=200, blank=True)
    position = models.PositiveIntegerField(_("thứ tự"), null=True, blank=True, editable=False)
    sort_order_field = "position"

    class Meta:
        verbose_name = _("tệp kèm theo")
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title or str(self.document)


class ChangeNote(models.Model):
    """What was changed in an article after it was out, said to its readers."""

    article = models.ForeignKey(ArticlePage, models.CASCADE, related_name="changes")
    at = models.DateTimeField(_("lúc"))
    said = models.CharField(_("đã sửa gì"), max_length=300)

    objects: ClassVar[models.Manager[Any]] = models.Manager()

    class Meta:
        verbose_name = _("lần sửa bài")
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.said
