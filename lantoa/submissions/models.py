"""What is sent up: a sheet says what; a submission is one unit's answer for one period, kept version by version.

A statement is a typed total; a review is what somebody above decided about a version.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.ledger.models import Measure
from lantoa.orgs.models import Line, Person, Unit


class Sheet(models.Model):
    """A form that units answer: which measures, which kinds of unit, along which line, by which period rule."""

    class PeriodRule(models.TextChoices):
        CALENDAR = "calendar", _("theo lịch")
        DECREE_09 = "nd09", _("ngày 15 đến ngày 14 (Nghị định 09/2019)")

    class Frequency(models.TextChoices):
        MONTH = "month", _("hằng tháng")
        QUARTER = "quarter", _("hằng quý")
        HALF = "half", _("6 tháng một lần")
        YEAR = "year", _("hằng năm")

    code = models.SlugField(_("mã"), unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    unit_kinds = models.JSONField(_("loại đơn vị phải gửi"), default=list)
    period_rule = models.CharField(_("cách chốt kỳ"), max_length=8, choices=PeriodRule)
    frequency = models.CharField(
        _("bao lâu một lần"), max_length=8, choices=Frequency, default=Frequency.YEAR
    )
    # The first day of the first period that is asked for. Without one it is sent when somebody wants it: never late.
    start_date = models.DateField(_("bắt đầu từ kỳ có ngày"), null=True, blank=True)
    # Working days after the period's end, by kind of unit: each level has its own.
    days = models.JSONField(_("số ngày làm việc để gửi, theo loại đơn vị"), default=dict)
    measures = models.ManyToManyField(Measure, verbose_name=_("chỉ tiêu"))

    class Meta:
        verbose_name = _("biểu")

    def __str__(self) -> str:
        return self.code


class Submission(models.Model):
    """One unit's answer to a sheet for one period (`lib.periods` code, e.g. "2023", "2023-Q4"). Nil is an answer.

    What was sent each time stays in `Version`; this row says where it stands now.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("nháp")
        SENT = "sent", _("chờ duyệt")
        RETURNED = "returned", _("bị trả lại")
        APPROVED = "approved", _("đã duyệt")

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="submissions")
    unit = models.ForeignKey(Unit, models.PROTECT)
    period = models.CharField(_("kỳ"), max_length=16)
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.DRAFT)
    # The newest that was sent; 0 before the first. Whoever decides names the version that was on the screen.
    version = models.PositiveIntegerField(_("bản"), default=0)
    # The one that official figures read: an adjustment leaves it in place until it is approved itself.
    approved_version = models.PositiveIntegerField(_("bản đã duyệt"), null=True, blank=True)
    is_nil = models.BooleanField(_("không phát sinh"), default=False)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True)
    # What was typed and not sent yet, as it was typed; None when nothing waits.
    draft = models.JSONField(_("phần đang soạn"), null=True, blank=True)
    drafted_at = models.DateTimeField(_("lưu nháp lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần nộp")
        indexes = [models.Index(fields=["state", "sheet"])]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "unit", "period"], name="a_unit_answers_a_sheet_once_a_period"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", version=0, sent_at=None, sent_by=None)
                | (
                    ~Q(state="draft")
                    & Q(version__gt=0, sent_at__isnull=False, sent_by__isnull=False)
                ),
                name="what_was_sent_has_a_version_a_sender_and_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_version=F("version")),
                name="what_is_approved_is_the_newest_version",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} of {self.unit_id} for {self.period}"


class Version(models.Model):
    """What a unit sent, as it stood at that moment: frozen, numbered, with the ledger's position. Never changed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    is_nil = models.BooleanField(_("không phát sinh"), default=False)
    # The server's clock decides what is on time; the device's claim stands beside it (RELIABILITY D13).
    received_at = models.DateTimeField(_("nhận lúc"))
    saved_at = models.DateTimeField(_("lưu trong máy lúc"), null=True, blank=True)
    sent_by = models.ForeignKey(Person, models.PROTECT)
    position = models.BigIntegerField(_("vị trí sổ cái"))
    # Why something approved is changed: then everyone above sees it.
    reason = models.CharField(_("lý do điều chỉnh"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("bản gửi")
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "number"], name="a_submission_has_a_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.submission_id}"


class VersionValue(models.Model):
    """One box of a version: what it said, what the records said, and why the two differ. None is no value, not zero."""

    version = models.ForeignKey(Version, models.PROTECT, related_name="values")
    measure = models.ForeignKey(Measure, models.PROTECT)
    value = models.BigIntegerField(_("số gửi"), null=True)
    recorded = models.BigIntegerField(_("hồ sơ ghi"), null=True)
    reason = models.CharField(_("lý do khác hồ sơ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("số của bản gửi")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "measure"], name="a_version_has_one_value_a_measure"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.value}"


class Review(models.Model):
    """Somebody above looked at a version and decided: what they saw, what they asked."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("duyệt")
        RETURNED = "returned", _("trả lại kèm câu hỏi")
        EXCUSED = "excused", _("miễn trễ do mất mạng")

    version = models.ForeignKey(Version, models.PROTECT, related_name="reviews")
    decision = models.CharField(_("quyết định"), max_length=8, choices=Decision)
    question = models.CharField(_("câu hỏi"), max_length=300, blank=True)
    # The ledger as it stood on the page that they looked at.
    position = models.BigIntegerField(_("vị trí sổ cái đã xem"))
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị duyệt"))
    by = models.ForeignKey(Person, models.PROTECT)
    at = models.DateTimeField(_("lúc"))
    undone_at = models.DateTimeField(_("hoàn tác lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lượt xét duyệt")
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(question=""), name="a_return_asks_something"
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(undone_at=None) & ~Q(decision="excused"),
                name="a_version_is_decided_once",
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(undone_at=None, decision="excused"),
                name="a_version_is_excused_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} of {self.version_id}"


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


class Reminder(models.Model):
    """A unit was asked by somebody above to send a sheet for a period. Once a day at most, however often one presses."""

    sheet = models.ForeignKey(Sheet, models.PROTECT)
    unit = models.ForeignKey(Unit, models.PROTECT)
    period = models.CharField(_("kỳ"), max_length=16)
    date = models.DateField(_("ngày nhắc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người nhắc"))

    class Meta:
        verbose_name = _("lời nhắc")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "sheet", "period", "date"],
                name="a_unit_is_reminded_of_a_sheet_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} on {self.date}"


class Letter(models.Model):
    """The mail of a day to a person: there before it goes out, so that two programmes, or one that was stopped, write once."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người nhận"))
    date = models.DateField(_("ngày"))
    begun_at = models.DateTimeField(_("bắt đầu gửi lúc"), null=True)
    sent_at = models.DateTimeField(_("đã gửi lúc"), null=True)

    class Meta:
        verbose_name = _("thư nhắc việc")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "date"], name="a_person_is_written_to_once_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"to {self.person_id} on {self.date}"
