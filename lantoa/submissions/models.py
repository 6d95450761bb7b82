"""What is sent up: a sheet says what; a submission is one unit's answer for one period; a statement is a typed total."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.ledger.models import Measure
from lantoa.orgs.models import Line, Person, Unit


class Sheet(models.Model):
    """A form that units answer: which measures, which kinds of unit, along which line, by which period rule."""

    class PeriodRule(models.TextChoices):
        CALENDAR = "calendar", _("theo lịch")
        DECREE_09 = "nd09", _("ngày 15 đến ngày 14 (Nghị định 09/2019)")

    code = models.SlugField(_("mã"), unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    unit_kinds = models.JSONField(_("loại đơn vị phải gửi"), default=list)
    period_rule = models.CharField(_("cách chốt kỳ"), max_length=8, choices=PeriodRule)
    measures = models.ManyToManyField(Measure, verbose_name=_("chỉ tiêu"))

    class Meta:
        verbose_name = _("biểu")

    def __str__(self) -> str:
        return self.code


class Submission(models.Model):
    """One unit's sheet for one period (`lib.periods` code, e.g. "2023", "2023-Q4"). Nil is an answer."""

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, models.PROTECT)
    period = models.CharField(_("kỳ"), max_length=16)
    is_nil = models.BooleanField(_("không phát sinh"), default=False)
    sent_at = models.DateTimeField(_("gửi lúc"))
    sent_by = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        verbose_name = _("lần nộp")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "unit", "period"], name="a_unit_answers_a_sheet_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} of {self.unit_id} for {self.period}"


class Statement(models.Model):
    """A typed total, and why it differs from the records. The ledger gets the difference, marked as a statement."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="statements")
    measure = models.ForeignKey(Measure, models.PROTECT)
    date = models.DateField(_("ngày tính"))
    total = models.BigIntegerField(_("tổng khai"))
    reason = models.CharField(_("lý do"), max_length=300)

    class Meta:
        verbose_name = _("số tự khai")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "measure"], name="a_submission_states_a_measure_once"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_statement_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} is {self.total}"
