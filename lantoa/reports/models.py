"""Reports: the template (prose with figure placeholders) and the issued, frozen, numbered report."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.orgs.models import Line, Person, Unit
from lantoa.submissions.models import Sheet


class ReportTemplate(models.Model):
    """Sections of prose with figure placeholders, the tables, and the sheet whose answers make it complete."""

    code = models.SlugField(_("mã"), unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    sheet = models.ForeignKey(Sheet, models.PROTECT, verbose_name=_("biểu"))
    body = models.JSONField(_("nội dung"))

    class Meta:
        verbose_name = _("mẫu báo cáo")

    def __str__(self) -> str:
        return self.code


class Report(models.Model):
    """An issued report: what it said, at which ledger position, under which hash. Frozen."""

    template = models.ForeignKey(ReportTemplate, models.PROTECT, verbose_name=_("mẫu"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="reports", verbose_name=_("cơ quan ban hành")
    )
    scope = models.ForeignKey(
        Unit, models.PROTECT, related_name="reports_about", verbose_name=_("phạm vi")
    )
    period = models.CharField(_("kỳ"), max_length=16)
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    date = models.DateField(_("ngày ban hành"))
    paper = models.JSONField(_("toàn văn"))
    # Bytes of each file, by its ending. The files themselves are drawn again, the same to the byte.
    sizes = models.JSONField(_("cỡ tệp"), default=dict)
    ledger_position = models.BigIntegerField(_("vị trí sổ cái"))
    chain = models.CharField(_("mã chuỗi niêm phong"), max_length=64)
    issued_at = models.DateTimeField(_("ban hành lúc"))
    issued_by = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        verbose_name = _("báo cáo")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number", "date"], name="a_report_number_is_given_once"
            ),
            models.CheckConstraint(condition=~Q(chain=""), name="a_report_carries_a_seal"),
        ]

    def __str__(self) -> str:
        return self.number
