"""What the directives set going: terms and their objectives, programmes and milestones, the theme of a year."""

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.orgs.models import Person, Unit, span_is_forward
from lantoa.plans.models.directives import Directive


class Term(models.Model):
    """From one congress to the next, at a level: the span for which a unit sets itself objectives."""

    class Level(models.TextChoices):
        CENTRE = "centre", _("Trung ương")
        PROVINCE = "province", _("cấp tỉnh")
        DISTRICT = "district", _("cấp trên trực tiếp của cơ sở")
        BASE = "base", _("cấp cơ sở")

    level = models.CharField(_("cấp"), max_length=8, choices=Level)
    ordinal = models.CharField(_("lần thứ"), max_length=12, blank=True)
    # "2020-2025".
    name = models.CharField(_("nhiệm kỳ"), max_length=20)
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("nhiệm kỳ đại hội")
        constraints = [
            models.UniqueConstraint(
                fields=["level", "name"], name="a_term_is_named_once_at_a_level"
            ),
            models.UniqueConstraint(
                fields=["level", "start_date"], name="one_term_begins_on_a_day_at_a_level"
            ),
            span_is_forward("a_term_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.name}"

    def runs(self, first: dt.date, last: dt.date) -> bool:
        """Whether it runs on any day from `first` to `last`, both counted."""
        return self.start_date <= last and (self.end_date is None or self.end_date > first)


class Programme(models.Model):
    """Years of work on one thing, led by a unit, on the ground of a directive."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị chủ trì"))
    name = models.CharField(_("tên chương trình"), max_length=300)
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, verbose_name=_("theo văn bản")
    )
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("chương trình")
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="a_unit_names_a_programme_once"),
            span_is_forward("a_programme_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name


class Milestone(models.Model):
    """A day on which a programme is looked back upon."""

    class Kind(models.TextChoices):
        TWO_YEARS = "two_years", _("sơ kết 2 năm")
        MID_TERM = "mid_term", _("đánh giá giữa nhiệm kỳ")
        YEARLY = "yearly", _("sơ kết năm")
        FIVE_YEARS = "five_years", _("sơ kết 5 năm")
        FINAL = "final", _("tổng kết")

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="milestones")
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    name = models.CharField(_("nội dung"), max_length=300)
    date = models.DateField(_("ngày"))
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, verbose_name=_("theo văn bản")
    )

    class Meta:
        verbose_name = _("mốc đánh giá")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "date"], name="a_milestone_is_set_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.programme_id} on {self.date}"


class StudyTopic(models.Model):
    """Something of Hồ Chí Minh's that is studied: the seven styles, from a file."""

    code = models.SlugField(_("mã"), unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    is_open = models.BooleanField(_("còn dùng"), default=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("nội dung học tập")

    def __str__(self) -> str:
        return self.code


class Theme(models.Model):
    """What a year is about, under its full title. One a year for each unit that issues one."""

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="themes")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị ban hành"))
    year = models.PositiveSmallIntegerField(_("năm"))
    title = models.CharField(_("tên đầy đủ"), max_length=500)
    directive = models.ForeignKey(
        Directive, models.PROTECT, null=True, blank=True, verbose_name=_("theo văn bản")
    )
    topics = models.ManyToManyField(
        StudyTopic, related_name="themes", blank=True, verbose_name=_("nội dung học tập")
    )
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("chuyên đề năm")
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="a_unit_has_one_theme_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="a_theme_is_of_a_year_of_ours"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.title}"


class Objective(models.Model):
    """What a unit has set itself for a term. Tasks, practices and activities say which of them they serve."""

    class Kind(models.TextChoices):
        KEY_PROGRAMME = "key_programme", _("chương trình trọng tâm")
        BREAKTHROUGH = "breakthrough", _("nội dung đột phá")
        ADVANTAGE = "advantage", _("lợi thế chính")
        BOTTLENECK = "bottleneck", _("điểm nghẽn, nút thắt")

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("của đơn vị"))
    term = models.ForeignKey(Term, models.PROTECT, verbose_name=_("nhiệm kỳ"))
    kind = models.CharField(_("loại"), max_length=16, choices=Kind)
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    title = models.CharField(_("nội dung"), max_length=300)

    class Meta:
        verbose_name = _("mục tiêu nhiệm kỳ")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "term", "kind", "position"],
                name="an_objective_has_a_place_of_its_own",
            )
        ]

    def __str__(self) -> str:
        return self.title
