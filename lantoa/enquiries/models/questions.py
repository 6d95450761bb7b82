"""Citizens' questions: what was asked, what was said to and fro, who answers until when, what was published.

The words lie sealed in their rows (`sealing`). Whoever asks by a channel is an `Asker`, apart from the words; the public
pages know neither. Numbers about an enquiry stay when its words are forgotten.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.enquiries.sealing import SealedField
from lantoa.orgs.models import Person, Unit


class Channel(models.TextChoices):
    WEB = "web", _("trang web")
    ZALO = "zalo", "Zalo"


class Topic(models.TextChoices):
    """What a question is about, as the article names it."""

    ORDER = "an-ninh", _("an ninh, trật tự")
    PROCEDURES = "thu-tuc", _("thủ tục hành chính")
    OTHER = "khac", _("việc khác")


class Asker(models.Model):
    """Who a channel says is writing: a Zalo id or a telephone number, sealed. Known again by a keyed digest alone."""

    class Kind(models.TextChoices):
        ZALO = "zalo", "Zalo"
        PHONE = "phone", _("điện thoại")

    kind = models.CharField(_("kênh"), max_length=8, choices=Kind)
    digest = models.CharField(_("dấu"), max_length=64, unique=True)
    address = SealedField(_("địa chỉ trong kênh"))
    last_seen_at = models.DateTimeField(_("nhắn lần cuối"), null=True, blank=True)
    has_left = models.BooleanField(_("đã bỏ quan tâm"), default=False)

    class Meta:
        verbose_name = _("người hỏi")

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:8]}"


class Enquiry(models.Model):
    """One question of a citizen, from the day it came to the answer and what they said of it."""

    class State(models.TextChoices):
        RECEIVED = "received", _("đã nhận")
        WORKING = "working", _("đang xử lý")
        WAITING = "waiting", _("chờ người hỏi bổ sung")
        ANSWERED = "answered", _("đã trả lời")
        CLOSED = "closed", _("kết thúc, không trả lời")

    class Way(models.TextChoices):
        """How the answer is to reach the one who asked."""

        WEB = "web", _("chỉ xem trên web")
        PHONE = "phone", _("gọi điện thoại")
        ZALO = "zalo", "Zalo"

    code = models.CharField(_("mã"), max_length=16, unique=True)
    # Of the key in the link that whoever asked follows it with; the key itself is nowhere here.
    key_digest = models.CharField(_("dấu của khóa"), max_length=64)
    channel = models.CharField(_("kênh"), max_length=8, choices=Channel)
    way = models.CharField(_("cách nhận trả lời"), max_length=8, choices=Way)
    asker = models.ForeignKey(
        Asker, models.SET_NULL, null=True, blank=True, related_name="enquiries"
    )
    topic = models.CharField(_("lĩnh vực"), max_length=8, choices=Topic)
    place = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nơi")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="enquiries", verbose_name=_("đơn vị trả lời")
    )
    answerer = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người trả lời")
    )  # fmt: skip
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.RECEIVED)
    version = models.PositiveIntegerField(_("bản"), default=1)
    # A denunciation, or abuse: seen by those who answer, published never.
    is_private = models.BooleanField(_("không công khai"), default=False)
    is_foreign = models.BooleanField(_("có vẻ không phải tiếng Việt"), default=False)
    received_at = models.DateTimeField(_("nhận lúc"))
    due_at = models.DateTimeField(_("hạn trả lời"))
    # The clock stands while it waits for whoever asked, and never otherwise.
    waiting_since = models.DateTimeField(_("chờ từ"), null=True, blank=True)
    waited_minutes = models.PositiveIntegerField(_("số phút làm việc đã chờ"), default=0)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    is_solved = models.BooleanField(_("đã giải quyết được"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("mở lại lúc"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("xóa lời lúc"), null=True, blank=True)
    # In the ledger: the first enquiry of its asker, so that people are counted as people.
    is_first = models.BooleanField(_("lần đầu của người hỏi"), default=False)

    class Meta:
        verbose_name = _("câu hỏi của dân")
        indexes = [
            models.Index(fields=["unit", "state", "due_at"]),
            models.Index(fields=["asker", "received_at"]),
            models.Index(fields=["state", "due_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_since__isnull=False)
                | (~Q(state="waiting") & Q(waiting_since=None)),
                name="the_clock_stands_only_while_waiting_for_the_citizen",
            ),
            models.CheckConstraint(
                condition=~Q(state="answered") | Q(answered_at__isnull=False),
                name="an_answered_enquiry_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Message(models.Model):
    """Something a citizen said, in the order in which they said it."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="messages")
    text = SealedField(_("lời"))
    # By the sender's clock: the order; ours is `received_at`.
    sent_at = models.DateTimeField(_("gửi lúc"))
    received_at = models.DateTimeField(_("nhận lúc"))
    # Of the channel's own number of the message. It outlives the words, so that a replay finds it.
    source = models.CharField(_("dấu của tin"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("lời của dân")
        indexes = [models.Index(fields=["enquiry", "sent_at"])]

    def __str__(self) -> str:
        return f"message {self.pk} of {self.enquiry_id}"


class Reply(models.Model):
    """What an official said: an answer, a question back, or a note that the citizen never sees."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("câu trả lời")
        QUESTION = "question", _("hỏi lại")
        NOTE = "note", _("ghi chú nội bộ")

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="replies")
    kind = models.CharField(_("loại"), max_length=8, choices=Kind)
    text = SealedField(_("lời"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("người viết"))
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("lời trả lời")
        indexes = [models.Index(fields=["enquiry", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of {self.enquiry_id}"


class Handover(models.Model):
    """An enquiry given on to another unit, with the reason; the due time stays."""

    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="handovers")
    before = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị chuyển")
    )
    after = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị nhận"))
    reason = SealedField(_("lý do"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("người chuyển"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("lần chuyển")
        indexes = [models.Index(fields=["before", "at"])]
        constraints = [
            models.CheckConstraint(
                condition=~Q(before=F("after")), name="an_enquiry_is_handed_to_another_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.enquiry_id} from {self.before_id} to {self.after_id}"


class Routing(models.Model):
    """Which unit answers a topic at a place, or anywhere."""

    topic = models.CharField(_("lĩnh vực"), max_length=8, choices=Topic)
    place = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("nơi")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị trả lời")
    )

    class Meta:
        verbose_name = _("phân công trả lời")
        constraints = [
            models.UniqueConstraint(
                fields=["topic", "place"], name="a_topic_of_a_place_goes_to_one_unit"
            ),
            models.UniqueConstraint(
                fields=["topic"],
                condition=Q(place=None),
                name="a_topic_of_no_place_goes_to_one_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} at {self.place_id} to {self.unit_id}"


class AnswerTemplate(models.Model):
    """Words that a unit answers with often, for itself and all below it."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên mẫu"), max_length=80)
    text = models.TextField(_("lời mẫu"), max_length=4000)

    class Meta:
        verbose_name = _("mẫu câu trả lời")
        constraints = [
            models.UniqueConstraint(fields=["unit", "name"], name="a_unit_names_a_template_once")
        ]

    def __str__(self) -> str:
        return self.name
