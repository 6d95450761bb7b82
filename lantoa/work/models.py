"""What was done: activity kinds (data, editable) and activities."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.ledger.models import Measure
from lantoa.orgs.models import Person, Unit


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
    version = models.PositiveIntegerField(_("bản"), default=1)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))
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
