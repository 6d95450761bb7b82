"""Movements and campaigns: launched for a subtree of a line and a span, joined and left by units."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.orgs.models import Line, Person, Unit, span_is_forward
from lantoa.plans.models.directives import Directive
from lantoa.plans.models.programmes import Programme


class Movement(models.Model):
    """An emulation movement, or a campaign, that a unit launches for all that stands below it in a line.

    A `launcher` is named where it comes from outside, from the Centre; the unit then leads it here.
    """

    class Kind(models.TextChoices):
        MOVEMENT = "movement", _("phong trào thi đua")
        CAMPAIGN = "campaign", _("cuộc vận động")

    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    name = models.CharField(_("tên"), max_length=300)
    aim = models.TextField(_("mục đích, tiêu chí"), blank=True)
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="movements", verbose_name=_("đơn vị phát động")
    )
    launcher = models.CharField(_("cơ quan phát động bên ngoài"), max_length=200, blank=True)
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)
    programme = models.ForeignKey(
        Programme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        verbose_name=_("thuộc chương trình"),
    )
    directive = models.ForeignKey(
        Directive,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="movements",
        verbose_name=_("theo văn bản"),
    )
    # Name, aim and launcher as people type them when they look for it.
    folded = models.TextField(_("chữ để tìm"), editable=False)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("phong trào, cuộc vận động")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name", "start_date"], name="a_unit_launches_a_movement_once"
            ),
            span_is_forward("a_movement_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return self.name


class Joining(models.Model):
    """A unit takes part in a movement, from a day to a day."""

    movement = models.ForeignKey(Movement, models.PROTECT, related_name="joinings")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)
    left_reason = models.CharField(_("lý do thôi"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("tham gia phong trào")
        constraints = [
            models.UniqueConstraint(
                fields=["movement", "unit"],
                condition=models.Q(end_date=None),
                name="a_unit_is_in_a_movement_once",
            ),
            models.UniqueConstraint(
                fields=["movement", "unit", "start_date"],
                name="a_unit_joins_a_movement_once_a_day",
            ),
            span_is_forward("a_joining_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} in {self.movement_id} from {self.start_date}"
