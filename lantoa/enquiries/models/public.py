"""What was published: a question and its answer, written so that they name nobody, and read through by a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lantoa.enquiries.models.questions import Enquiry, Topic
from lantoa.orgs.models import Person, Unit


class PublicAnswer(models.Model):
    """A question and an answer for everybody. It has words of its own: the citizen's stay where they were."""

    # Gone when the question is forgotten; what was published names nobody and stays.
    enquiry = models.OneToOneField(
        Enquiry, models.SET_NULL, null=True, blank=True, related_name="public"
    )
    topic = models.CharField(_("lĩnh vực"), max_length=8, choices=Topic)
    place = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nơi")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị trả lời")
    )
    question = models.TextField(_("câu hỏi"), max_length=4000)
    answer = models.TextField(_("câu trả lời"), max_length=4000)
    folded = models.TextField(_("chữ để tìm"), editable=False)
    # How often people said that it was their question too; above a number it is one of those asked often.
    asked = models.PositiveIntegerField(_("số lần được hỏi"), default=1)
    published_at = models.DateTimeField(_("công khai lúc"))
    published_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("người đọc lại và công khai")
    )
    withdrawn_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("câu trả lời công khai")
        indexes = [models.Index(fields=["withdrawn_at", "-asked", "-published_at"])]

    def __str__(self) -> str:
        return f"public answer {self.pk}"
