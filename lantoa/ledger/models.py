"""What is counted, and the one table that figures are read from.

The database itself refuses UPDATE and DELETE of an entry (migration 0002, a trigger on both databases).
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.orgs.models import Person, Unit


class Measure(models.Model):
    """What is counted, its smallest unit, and how it adds up along time and along units."""

    class Nature(models.TextChoices):
        FLOW = "flow", _("số phát sinh")
        BALANCE = "balance", _("số hiện có")
        LEVEL = "level", _("số đo")
        RATIO = "ratio", _("tỷ lệ")

    class Rule(models.TextChoices):
        SUM = "sum", _("cộng")
        LAST = "last", _("số cuối kỳ")
        AVERAGE = "average", _("bình quân")
        MIN = "min", _("nhỏ nhất")
        MAX = "max", _("lớn nhất")

    code = models.SlugField(_("mã"), unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    unit_vi = models.CharField(_("đơn vị tính"), max_length=60)
    unit_en = models.CharField(_("đơn vị tính, tiếng Anh"), max_length=60)
    definition_vi = models.TextField(_("cách đếm"), blank=True)
    definition_en = models.TextField(_("cách đếm, tiếng Anh"), blank=True)
    nature = models.CharField(_("bản chất"), max_length=8, choices=Nature)
    along_time = models.CharField(_("theo thời gian"), max_length=8, choices=Rule, default=Rule.SUM)
    along_units = models.CharField(_("theo đơn vị"), max_length=8, choices=Rule, default=Rule.SUM)
    top = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    bottom = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("chỉ tiêu")
        constraints = [
            models.CheckConstraint(
                condition=Q(nature="ratio", top__isnull=False, bottom__isnull=False)
                | (~Q(nature="ratio") & Q(top=None, bottom=None)),
                name="a_ratio_and_only_a_ratio_has_top_and_bottom",
            ),
            models.CheckConstraint(
                condition=~Q(along_units="last"), name="no_measure_takes_the_last_along_units"
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Entry(models.Model):
    """One difference in a measure, for a unit on a day; posted once, then only added to."""

    measure = models.ForeignKey(Measure, models.PROTECT, verbose_name=_("chỉ tiêu"))
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    date = models.DateField(_("ngày"))
    value = models.BigIntegerField(_("giá trị"))
    source_kind = models.CharField(_("loại nguồn"), max_length=20)
    source_id = models.BigIntegerField(_("mã nguồn"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))
    reason = models.CharField(_("lý do"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bút toán")
        indexes = [
            models.Index(fields=["measure", "unit", "date"]),
            models.Index(fields=["measure", "date"]),
            models.Index(fields=["source_kind", "source_id"]),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(value=0), name="an_entry_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.value:+d} {self.measure_id} for {self.unit_id} on {self.date}"


class Claim(models.Model):
    """What a typed total says a unit's own figure is, over a span. The ledger holds to it by difference.

    Without a start it says what there is on its day (a balance). Kept by `actions.state` alone.
    """

    source_id = models.BigIntegerField(_("mã nguồn"), unique=True)
    measure = models.ForeignKey(Measure, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT)
    start_date = models.DateField(_("từ ngày"), null=True, blank=True)
    end_date = models.DateField(_("đến trước ngày"))
    date = models.DateField(_("ngày tính"))
    total = models.BigIntegerField(_("tổng khai"))
    reason = models.CharField(_("lý do"), max_length=300)

    class Meta:
        verbose_name = _("lời khai")
        indexes = [models.Index(fields=["unit", "measure"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(date__lt=F("end_date"))
                & (Q(start_date=None) | Q(start_date__lte=F("date"))),
                name="a_claim_counts_on_a_day_of_its_span",
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} of {self.unit_id} is {self.total}"
