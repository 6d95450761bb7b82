"""The manifest of the sealed segments: a chain of hashes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Segment(models.Model):
    """One sealed Parquet file: entries `first_entry` to `last_entry`, chained to the one before by its hash."""

    number = models.PositiveIntegerField(_("số"), unique=True)
    first_entry = models.BigIntegerField(_("bút toán đầu"))
    last_entry = models.BigIntegerField(_("bút toán cuối"))
    rows = models.BigIntegerField(_("số dòng"))
    sha256 = models.CharField(_("mã băm của tệp"), max_length=64)
    previous = models.CharField(_("mã chuỗi trước"), max_length=64, blank=True)
    chain = models.CharField(_("mã chuỗi"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("niêm phong lúc"))

    class Meta:
        verbose_name = _("đoạn sổ đã niêm phong")

    def __str__(self) -> str:
        return f"segment {self.number}"
