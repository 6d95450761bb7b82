"""What goes to and fro between the inbox and Zalo: deliveries as they came, files to fetch, messages to send, the tokens."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.enquiries.models.questions import Asker, Enquiry, Message, Reply
from lantoa.enquiries.sealing import SealedField


class Job(models.Model):
    """Work to be done at least once: claimed for a while, tried some times, then shown to a person (RELIABILITY D11)."""

    tries = models.PositiveSmallIntegerField(_("số lần thử"), default=0)
    next_at = models.DateTimeField(_("thử lúc"))
    # The name of what went wrong, never a word of anybody's.
    fault = models.CharField(_("lỗi"), max_length=60, blank=True)

    class Meta:
        abstract = True


class Delivery(Job):
    """One event as Zalo sent it, kept before it is understood. Its digest stays for ever: a replay is known by it."""

    digest = models.CharField(_("dấu của sự kiện"), max_length=64, unique=True)
    body = SealedField(_("nội dung"))
    sent_at = models.DateTimeField(_("gửi lúc"))
    received_at = models.DateTimeField(_("nhận lúc"))
    worked_at = models.DateTimeField(_("xử lý lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần Zalo gửi tới")
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(worked_at=None), name="deliveries_to_work_on"
            )
        ]

    def __str__(self) -> str:
        return f"delivery {self.digest[:8]}"


class Attachment(Job):
    """A file that a citizen sent with a message: an address to fetch it from, then a sealed file."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ tải")
        KEPT = "kept", _("đã giữ")
        REFUSED = "refused", _("không nhận")

    message = models.ForeignKey(Message, models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    kind = models.CharField(_("loại"), max_length=20)
    address = SealedField(_("địa chỉ tệp"))
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.WAITING)
    file = models.CharField(_("tệp"), max_length=80, blank=True)
    media_type = models.CharField(_("kiểu tệp"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("tệp của dân")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "position"], name="a_message_has_a_file_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.message_id}"


class Sending(Job):
    """The outbox: a text for a citizen by Zalo, written in the transaction of what it tells."""

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ gửi")
        SENT = "sent", _("đã gửi")
        ON_THE_WEB = "web", _("quá 7 ngày, xem trên web")
        FAILED = "failed", _("không gửi được")

    # None: a word about no question, such as that everything was deleted.
    enquiry = models.ForeignKey(
        Enquiry, models.CASCADE, null=True, blank=True, related_name="sendings"
    )
    asker = models.ForeignKey(Asker, models.CASCADE, related_name="sendings")
    # None: a receipt, said by the inbox itself.
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, blank=True, related_name="sendings")
    # What is sent, once: `reply:12:0`.
    key = models.CharField(_("khóa"), max_length=60, unique=True)
    text = SealedField(_("lời"))
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.WAITING)
    is_billed = models.BooleanField(_("tính phí"), default=False)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("tin gửi đi")
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(state="waiting"), name="sendings_to_work_on"
            ),
            models.Index(fields=["asker", "state"]),
        ]

    def __str__(self) -> str:
        return self.key


class ZaloAccount(models.Model):
    """An Official Account with its pair of tokens. The one to refresh with is good once: see `tokens`."""

    oa_id = models.CharField(_("mã OA"), max_length=32, unique=True)
    access_token = SealedField(_("mã truy cập"))
    refresh_token = SealedField(_("mã làm mới"))
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    version = models.PositiveIntegerField(_("lần làm mới"), default=0)
    # Whoever refreshes holds it until then; nobody else asks Zalo meanwhile.
    held_until = models.DateTimeField(_("đang làm mới tới"), null=True, blank=True)

    class Meta:
        verbose_name = _("tài khoản Zalo OA")

    def __str__(self) -> str:
        return self.oa_id
