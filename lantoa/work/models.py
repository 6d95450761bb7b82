"""What was done: activity kinds (data, editable) and activities."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.ledger.models import Measure
from lantoa.orgs.models import Line, Person, Unit
from lantoa.plans.models import Directive, Movement, Objective, Task, Theme


class ActivityKind(models.Model):
    """A form of activity, and through `KindMeasure` what is counted of it."""

    code = models.SlugField(_("mã"), unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    may_recur = models.BooleanField(_("có thể định kỳ"), default=False)
    is_open = models.BooleanField(_("còn dùng"), default=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("hình thức hoạt động")

    def __str__(self) -> str:
        return self.code


class KindMeasure(models.Model):
    """A measure that a kind takes: counted once for each activity, or typed (needed, or an optional head-count)."""

    class Takes(models.TextChoices):
        ONE = "one", _("mỗi hoạt động một")
        NEEDED = "needed", _("phải ghi")
        OPTIONAL = "optional", _("có thì ghi")

    kind = models.ForeignKey(ActivityKind, models.PROTECT, related_name="takes")
    measure = models.ForeignKey(Measure, models.PROTECT)
    # An audience class is not more than the heads; what was mended is not more than what was found.
    part_of = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("trong số")
    )
    takes = models.CharField(_("cách ghi"), max_length=8, choices=Takes)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("chỉ tiêu của hình thức")
        constraints = [
            models.UniqueConstraint(fields=["kind", "measure"], name="a_kind_takes_a_measure_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind_id} takes {self.measure_id}"


class Activity(models.Model):
    """Something held, on a day, somewhere. It counts once, at its host; co-organisers are only named."""

    uuid = models.UUIDField(_("mã hồ sơ"), unique=True, default=uuid.uuid4)
    kind = models.ForeignKey(ActivityKind, models.PROTECT, verbose_name=_("hình thức"))
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị chủ trì"))
    date = models.DateField(_("ngày"))
    title = models.CharField(_("nội dung"), max_length=300, blank=True)
    co_organisers = models.ManyToManyField(
        Unit, related_name="co_organised", blank=True, verbose_name=_("đơn vị phối hợp")
    )
    # What it serves: said by the one who records, who knows it then.
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("thuộc nhiệm vụ"),
    )
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("thuộc chuyên đề"),
    )
    movement = models.ForeignKey(
        Movement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("thuộc phong trào"),
    )
    directive = models.ForeignKey(
        Directive,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("thực hiện văn bản"),
    )
    objectives = models.ManyToManyField(
        Objective, related_name="activities", blank=True, verbose_name=_("mục tiêu nhiệm kỳ")
    )
    version = models.PositiveIntegerField(_("bản"), default=1)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))
    # What the clock of a phone said when it was saved there; nothing is decided by it (RELIABILITY D13).
    claimed_at = models.DateTimeField(_("máy ghi lúc"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    # SHA-256 of what was sent first: the same number with other content is a conflict (RELIABILITY D2).
    digest = models.CharField(_("dấu vân tay"), max_length=64, default="")

    class Meta:
        verbose_name = _("hoạt động")
        indexes = [models.Index(fields=["unit", "date"])]

    def __str__(self) -> str:
        return f"{self.kind_id} of {self.unit_id} on {self.date}"


class ActivityValue(models.Model):
    """A number of an activity: heads, connection points, heads of an audience class. Whole, never negative."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="values")
    measure = models.ForeignKey(Measure, models.PROTECT)
    value = models.BigIntegerField(_("giá trị"))

    class Meta:
        verbose_name = _("số ghi của hoạt động")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "measure"], name="an_activity_has_one_value_a_measure"
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="a_head_count_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.value}"


class ActivityVersion(models.Model):
    """What a record said at one of its versions: who said so, when, and why. Written from its first correction on.

    `told`: unit and co-organisers by id, date, title, values by measure code, whether it was withdrawn, and what it
    serves: task, theme, movement and objectives by id (versions of before these were kept do not say).
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    told = models.JSONField(_("nội dung"))
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người sửa"))

    class Meta:
        verbose_name = _("bản của hoạt động")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "number"], name="an_activity_has_one_of_each_version"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.activity_id}"


class Evidence(models.Model):
    """A photo or a paper that shows what was done. Kept outside the web root, under a name that nobody can guess."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("ảnh")
        PAPER = "paper", _("văn bản")

    uuid = models.UUIDField(_("mã"), unique=True, default=uuid.uuid4)
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="evidence")
    kind = models.CharField(_("loại"), max_length=8, choices=Kind)
    name = models.CharField(_("tên tệp"), max_length=120)
    file = models.CharField(_("nơi cất"), max_length=80)
    size = models.PositiveIntegerField(_("số byte"))
    # SHA-256 of what was sent, before anything was taken out of it: the same photo again is found by it.
    digest = models.CharField(_("dấu vân tay"), max_length=64, db_index=True)
    # 64 bits of what the picture looks like, as hex; nearly the same picture differs in a few bits.
    likeness = models.CharField(_("dấu hình"), max_length=16, blank=True)
    taken_date = models.DateField(_("ngày chụp"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("gửi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người gửi"))
    removed_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("minh chứng")

    def __str__(self) -> str:
        return f"{self.kind} of {self.activity_id}"


class Duty(models.Model):
    """What units of some kinds must hold again and again: flag salutes, branch meetings. Known by its kind of activity.

    An occurrence is kept by an activity of the kind from `early_days` before its day up to that day, late by one of
    the `grace_days` after it, and missed without. One activity answers one occurrence at most.
    """

    code = models.SlugField(_("mã"), unique=True)
    kind = models.ForeignKey(ActivityKind, models.PROTECT, verbose_name=_("hình thức"))
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    unit_kinds = models.JSONField(_("loại đơn vị phải giữ"), default=list)
    rule = models.CharField(_("quy tắc lặp (RFC 5545)"), max_length=200)
    early_days = models.PositiveSmallIntegerField(_("sớm nhất trước mấy ngày"), default=0)
    grace_days = models.PositiveSmallIntegerField(_("chờ mấy ngày"), default=0)
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("việc định kỳ")
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gt=models.F("start_date")),
                name="a_duty_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return self.code
