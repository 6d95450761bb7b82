"""What is looked at from above, what was found, who mended it, who looked again; and samples of records, verified."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.ledger.models import Measure
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.plans.models import Task
from lantoa.work.models import Activity, ActivityKind


class Topic(models.Model):
    """What an inspection is about, with its checklist."""

    code = models.SlugField(_("mã"), unique=True)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    is_open = models.BooleanField(_("còn dùng"), default=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("chuyên đề kiểm tra")

    def __str__(self) -> str:
        return self.code


class ChecklistItem(models.Model):
    """A question of a topic's checklist, over a span: an inspection asks those of the day on which it began."""

    topic = models.ForeignKey(Topic, models.PROTECT, related_name="items")
    code = models.SlugField(_("mã"))
    text_vi = models.CharField(_("câu hỏi"), max_length=300)
    text_en = models.CharField(_("câu hỏi tiếng Anh"), max_length=300)
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    class Meta:
        verbose_name = _("mục kiểm tra")
        constraints = [
            models.UniqueConstraint(fields=["topic", "code"], name="a_topic_asks_an_item_once"),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gt=F("start_date")),
                name="a_checklist_item_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic_id}/{self.code}"


class InspectionPlan(models.Model):
    """What a unit means to inspect in a year: a sentence here, the inspections themselves beside it."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị kiểm tra"))
    year = models.PositiveSmallIntegerField(_("năm"))
    goal = models.TextField(_("mục đích, yêu cầu"))
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("kế hoạch kiểm tra")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year"], name="a_unit_has_one_inspection_plan_a_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} of {self.unit_id}"


class Inspection(models.Model):
    """A unit inspects or supervises others. Private until concluded; then it counts, once, at the unit that inspects."""

    class Kind(models.TextChoices):
        """The values are the codes of the measures that count them."""

        INSPECTION = "kiem-tra", _("kiểm tra")
        SUPERVISION = "giam-sat", _("giám sát")

    class State(models.TextChoices):
        PLANNED = "planned", _("theo kế hoạch")
        STARTED = "started", _("đang tiến hành")
        CONCLUDED = "concluded", _("đã kết luận")
        WITHDRAWN = "withdrawn", _("đã rút")

    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị kiểm tra"))
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    plan = models.ForeignKey(
        InspectionPlan, models.PROTECT, null=True, blank=True, related_name="inspections"
    )
    topic = models.ForeignKey(Topic, models.PROTECT, verbose_name=_("chuyên đề"))
    title = models.CharField(_("tên đợt"), max_length=200)
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến hết ngày"))
    subjects = models.ManyToManyField(Unit, related_name="inspected_in", verbose_name=_("đơn vị"))
    team = models.ManyToManyField(Person, related_name="inspects_in", verbose_name=_("đoàn"))
    state = models.CharField(_("tình trạng"), max_length=12, choices=State, default=State.PLANNED)
    started_date = models.DateField(_("bắt đầu ngày"), null=True, blank=True)
    concluded_date = models.DateField(_("kết luận ngày"), null=True, blank=True)
    conclusion = models.TextField(_("kết luận"), blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("cuộc kiểm tra, giám sát")
        indexes = [models.Index(fields=["unit", "start_date"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gte=F("start_date")),
                name="an_inspection_ends_on_or_after_its_start",
            ),
            models.CheckConstraint(
                condition=Q(concluded_date=None) | Q(concluded_date__gte=F("started_date")),
                name="an_inspection_is_concluded_after_its_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.unit_id} from {self.start_date}"


class ChecklistAnswer(models.Model):
    """What was seen at one unit about one item of the checklist."""

    class Result(models.TextChoices):
        MET = "met", _("đạt")
        UNMET = "unmet", _("chưa đạt")
        UNSEEN = "unseen", _("chưa xem")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="answers")
    unit = models.ForeignKey(Unit, models.PROTECT)
    item = models.ForeignKey(ChecklistItem, models.PROTECT)
    result = models.CharField(_("kết quả"), max_length=8, choices=Result)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("ghi lúc"))
    answered_by = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        verbose_name = _("trả lời mục kiểm tra")
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "unit", "item"], name="an_item_is_answered_once_a_unit"
            )
        ]

    def __str__(self) -> str:
        return f"{self.item_id} at {self.unit_id}: {self.result}"


class Finding(models.Model):
    """What must be mended: where, what, by whom until when. Closed by another person than the one who mended it."""

    class State(models.TextChoices):
        OPEN = "open", _("chưa khắc phục")
        FIXED = "fixed", _("chờ kiểm lại")
        CLOSED = "closed", _("đã xác nhận")

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="findings", verbose_name=_("đơn vị được kiểm tra")
    )
    item = models.ForeignKey(ChecklistItem, models.PROTECT, null=True, blank=True)
    # The task that it is about, if it is about one: what the unit said of it was looked at.
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("nhiệm vụ"),
    )
    what = models.CharField(_("điều phát hiện"), max_length=300)
    recommendation = models.CharField(_("việc phải sửa"), max_length=300)
    owner = models.ForeignKey(
        Unit, models.PROTECT, related_name="to_mend", verbose_name=_("đơn vị phải sửa")
    )
    owner_role = models.CharField(
        _("chức vụ chịu trách nhiệm"), max_length=16, choices=Post.Role, blank=True
    )
    due_date = models.DateField(_("hạn"))
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.OPEN)
    closed_date = models.DateField(_("xác nhận ngày"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT)

    class Meta:
        verbose_name = _("việc phải sửa")
        indexes = [models.Index(fields=["owner", "state", "due_date"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_date__isnull=False)
                | (~Q(state="closed") & Q(closed_date=None)),
                name="a_closed_finding_and_no_other_has_its_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.state} finding at {self.unit_id}"


class Fix(models.Model):
    """What was done about a finding, by whom; shown by an activity, by files, or by both."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="fixes")
    what = models.CharField(_("đã làm gì"), max_length=500)
    activity = models.ForeignKey(
        Activity, models.PROTECT, null=True, blank=True, verbose_name=_("việc đã ghi")
    )
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người khắc phục"))

    class Meta:
        verbose_name = _("lần khắc phục")

    def __str__(self) -> str:
        return f"fix of {self.finding_id}"


class KeptFile(models.Model):
    """A photo or a paper that shows something about an inspection. Kept like the evidence of an activity."""

    uuid = models.UUIDField(_("mã"), unique=True, default=uuid.uuid4)
    name = models.CharField(_("tên tệp"), max_length=120)
    file = models.CharField(_("nơi cất"), max_length=80)
    is_photo = models.BooleanField(_("là ảnh"))
    digest = models.CharField(_("dấu vân tay"), max_length=64)

    class Meta:
        abstract = True


class FixFile(KeptFile):
    """What shows that something was mended."""

    fix = models.ForeignKey(Fix, models.PROTECT, related_name="files")

    class Meta:
        verbose_name = _("minh chứng khắc phục")

    def __str__(self) -> str:
        return f"file of {self.fix_id}"


class Recheck(models.Model):
    """Somebody else looked again: it is mended, or it is not yet."""

    fix = models.OneToOneField(Fix, models.PROTECT, related_name="recheck")
    is_mended = models.BooleanField(_("đã khắc phục"))
    note = models.CharField(_("nhận xét"), max_length=500, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người kiểm lại"))

    class Meta:
        verbose_name = _("lần kiểm lại")

    def __str__(self) -> str:
        return f"recheck of {self.fix_id}"


class Reopening(models.Model):
    """What had been confirmed turned out not to be mended: opened again, with a reason and a new day. Never changed."""

    recheck = models.OneToOneField(Recheck, models.PROTECT, related_name="reopening")
    reason = models.CharField(_("vì sao mở lại"), max_length=500)
    due_before = models.DateField(_("hạn trước đó"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người mở lại"))

    class Meta:
        verbose_name = _("lần mở lại")

    def __str__(self) -> str:
        return f"reopening after {self.recheck_id}"


class Verification(models.Model):
    """Records of a unit and all below it, of some months, drawn by a seed; the value found beside the value reported.

    It changes no figure. Shown behind the doors of figures when it is finished.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị"))
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"))
    kind = models.ForeignKey(
        ActivityKind, models.PROTECT, null=True, blank=True, verbose_name=_("hình thức")
    )
    seed = models.CharField(_("hạt giống"), max_length=40)
    records = models.PositiveIntegerField(_("số hồ sơ"))
    drawn_at = models.DateTimeField(_("rút mẫu lúc"))
    drawn_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người rút mẫu"))
    finished_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lần đối chiếu")
        indexes = [models.Index(fields=["unit", "start_date"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(end_date__gt=F("start_date")),
                name="a_verification_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"of {self.unit_id} by {self.seed}"


class VerifiedMeasure(models.Model):
    """In how many of the records that were drawn from a measure was reported, and what it added up to, on that day."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="measures")
    measure = models.ForeignKey(Measure, models.PROTECT)
    records = models.PositiveIntegerField(_("số hồ sơ"))
    reported = models.BigIntegerField(_("đã báo cáo"))

    class Meta:
        verbose_name = _("chỉ tiêu được đối chiếu")
        constraints = [
            models.UniqueConstraint(
                fields=["verification", "measure"], name="a_verification_counts_a_measure_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.measure_id} in {self.verification_id}"


class SampledRecord(models.Model):
    """A record of the sample, in the order in which it was drawn."""

    verification = models.ForeignKey(Verification, models.PROTECT, related_name="sample")
    activity = models.ForeignKey(Activity, models.PROTECT)
    place = models.PositiveIntegerField(_("thứ tự"))
    note = models.CharField(_("nguồn đối chiếu"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("hồ sơ được rút")
        constraints = [
            models.UniqueConstraint(
                fields=["verification", "activity"], name="a_record_is_drawn_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} in {self.verification_id}"


class SampledValue(models.Model):
    """What a record said on the day of the drawing, and what was found. Not found yet is not nought."""

    record = models.ForeignKey(SampledRecord, models.PROTECT, related_name="values")
    measure = models.ForeignKey(Measure, models.PROTECT)
    reported = models.BigIntegerField(_("đã báo cáo"))
    found = models.BigIntegerField(_("thấy được"), null=True, blank=True)

    class Meta:
        verbose_name = _("số được đối chiếu")
        constraints = [
            models.UniqueConstraint(
                fields=["record", "measure"], name="a_sampled_record_has_one_value_a_measure"
            ),
            models.CheckConstraint(
                condition=Q(found=None) | Q(found__gte=0), name="what_is_found_is_not_negative"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure_id}: {self.found} for {self.reported}"


class SampledFile(KeptFile):
    """What the verifier saw there: a photo of the log, a paper. Theirs, beside what the unit itself had kept."""

    record = models.ForeignKey(SampledRecord, models.PROTECT, related_name="files")
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người đối chiếu"))

    class Meta:
        verbose_name = _("minh chứng đối chiếu")

    def __str__(self) -> str:
        return f"file of {self.record_id}"
