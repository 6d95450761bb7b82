"""What a unit sets itself for a year: its plan, the tasks in it, what became of their dates, who approved it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.ledger.models import Measure
from lantoa.orgs.models import Line, Person, Post, Unit
from lantoa.plans.models.directives import Directive
from lantoa.plans.models.movements import Movement
from lantoa.plans.models.programmes import Objective, Theme


class Plan(models.Model):
    """The plan of a unit for a year: how it studies, how it follows, and its tasks. One a unit and year.

    This row and its tasks say how it stands now; what was sent each time stays in `PlanVersion`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SENT = "sent", _("chờ duyệt")
        RETURNED = "returned", _("bị trả lại")
        APPROVED = "approved", _("đã duyệt")

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="plans", verbose_name=_("đơn vị"))
    year = models.PositiveSmallIntegerField(_("năm"))
    # Along which the direct superior approves it: a unit may stand in two.
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    theme = models.ForeignKey(
        Theme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="plans",
        verbose_name=_("chuyên đề"),
    )
    directives = models.ManyToManyField(
        Directive, related_name="plans", blank=True, verbose_name=_("thực hiện văn bản")
    )
    study = models.TextField(_("phần học tập"), blank=True)
    follow = models.TextField(_("phần làm theo"), blank=True)
    state = models.CharField(_("tình trạng"), max_length=8, choices=State, default=State.DRAFT)
    # The newest that was sent; 0 before the first.
    version = models.PositiveIntegerField(_("bản"), default=0)
    approved_version = models.PositiveIntegerField(_("bản đã duyệt"), null=True, blank=True)
    sent_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    sent_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name=_("người gửi")
    )
    # Why something approved is opened again; it goes out with the next version.
    reason = models.CharField(_("lý do điều chỉnh"), max_length=300, blank=True)
    # Counts every change: who changes it names the one that was on the screen.
    edit = models.PositiveIntegerField(_("lần sửa"), default=1)
    recorded_at = models.DateTimeField(_("lập lúc"))
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("người lập")
    )

    class Meta:
        verbose_name = _("kế hoạch năm")
        indexes = [models.Index(fields=["state", "line"])]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year"], name="a_unit_has_one_plan_a_year"),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100), name="a_plan_is_of_a_year_of_ours"
            ),
            models.CheckConstraint(
                condition=Q(version=0, sent_at=None, sent_by=None, state="draft")
                | Q(version__gt=0, sent_at__isnull=False, sent_by__isnull=False),
                name="a_sent_plan_has_a_version_a_sender_and_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(approved_version=F("version")),
                name="an_approved_plan_is_its_newest_version",
            ),
        ]

    def __str__(self) -> str:
        return f"plan of {self.unit_id} for {self.year}"


class Task(models.Model):
    """Something a unit will do: who, who answers for it, what, how, when; and what there will be to show.

    It counts as said from the version of the plan in which it was first sent (`said_in`).
    """

    class Kind(models.TextChoices):
        FOCUS = "focus", _("nhiệm vụ trọng tâm")
        BREAKTHROUGH = "breakthrough", _("giải pháp đột phá")
        PRESSING = "pressing", _("vấn đề nổi cộm, bức xúc")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="tasks", verbose_name=_("kế hoạch"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    who = models.CharField(_("ai làm"), max_length=300, blank=True)
    responsibility = models.CharField(_("ai chịu trách nhiệm"), max_length=300, blank=True)
    content = models.CharField(_("làm việc gì"), max_length=500, blank=True)
    method = models.CharField(_("làm thế nào"), max_length=1000, blank=True)
    start_date = models.DateField(_("bắt đầu"), null=True, blank=True)
    # As it stands: what it was before an extension stays in `TaskExtension`.
    due_date = models.DateField(_("hạn xong"), null=True, blank=True, db_index=True)
    product = models.CharField(_("sản phẩm"), max_length=300, blank=True)
    target_number = models.BigIntegerField(_("số phải đạt"), null=True, blank=True)
    target_unit = models.CharField(_("đơn vị tính"), max_length=60, blank=True)
    # With it, what was reached is read from the records; without, it is what the unit reports.
    target_measure = models.ForeignKey(
        Measure, models.PROTECT, null=True, blank=True, verbose_name=_("chỉ tiêu đo")
    )
    objectives = models.ManyToManyField(
        Objective, related_name="tasks", blank=True, verbose_name=_("mục tiêu nhiệm kỳ")
    )
    movement = models.ForeignKey(
        Movement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name=_("phong trào"),
    )
    carried_from = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="carried_to",
        verbose_name=_("chuyển từ năm trước"),
    )
    # Of a pressing issue: a unit and a role there, never somebody's name.
    owner = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="issues",
        verbose_name=_("đơn vị giải quyết"),
    )
    owner_role = models.CharField(
        _("chức vụ giải quyết"), max_length=16, choices=Post.Role, blank=True
    )
    said_in = models.PositiveIntegerField(_("gửi lần đầu ở bản"), null=True, blank=True)
    # What the unit itself says of the end: without evidence it stays a report.
    outcome = models.CharField(_("kết quả"), max_length=500, blank=True)
    reached = models.BigIntegerField(_("số đã đạt"), null=True, blank=True)
    reported_at = models.DateTimeField(_("báo xong lúc"), null=True, blank=True)
    reported_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người báo xong"),
    )
    # Counts every change: who changes it names the one that was on the screen.
    edit = models.PositiveIntegerField(_("lần sửa"), default=1)
    # Content, product, who: as people type them when they look for it.
    folded = models.TextField(_("chữ để tìm"), editable=False)

    class Meta:
        verbose_name = _("nhiệm vụ")
        indexes = [models.Index(fields=["plan", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_date=None) | Q(start_date=None) | Q(due_date__gte=F("start_date")),
                name="a_task_is_not_due_before_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(target_number=None) | Q(target_number__gt=0),
                name="a_target_is_more_than_nothing",
            ),
            models.CheckConstraint(
                condition=Q(reached=None) | Q(reached__gte=0), name="what_was_reached_is_a_count"
            ),
            models.CheckConstraint(
                condition=~Q(kind="pressing") | Q(owner__isnull=False),
                name="a_pressing_issue_has_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(reported_at=None, reported_by=None, outcome="", reached=None)
                | (Q(reported_at__isnull=False, reported_by__isnull=False) & ~Q(outcome="")),
                name="a_reported_task_says_by_whom_and_with_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of plan {self.plan_id}"


class TaskExtension(models.Model):
    """The date of a task that was put off after approval: what it was, what it became, and why. Never changed."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    was = models.DateField(_("hạn trước"))
    due_date = models.DateField(_("hạn mới"))
    reason = models.CharField(_("lý do"), max_length=300)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người gia hạn"))

    class Meta:
        verbose_name = _("gia hạn")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "was"], name="a_date_of_a_task_is_put_off_once"
            ),
            models.CheckConstraint(
                condition=Q(due_date__gt=F("was")), name="an_extension_is_to_a_later_day"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="an_extension_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.task_id} until {self.due_date}"


class PlanVersion(models.Model):
    """A plan as it was sent, with its tasks, in plain values: frozen and numbered. Never changed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    told = models.JSONField(_("nội dung"))
    # Why something approved was changed.
    reason = models.CharField(_("lý do điều chỉnh"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("gửi lúc"))
    sent_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người gửi"))

    class Meta:
        verbose_name = _("bản kế hoạch")
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_plan_has_a_version_once")
        ]

    def __str__(self) -> str:
        return f"version {self.number} of plan {self.plan_id}"


class PlanReview(models.Model):
    """What the direct superior decided about a version of a plan: approved, or returned with a question.

    One that was taken back within its seconds stays, and says so.
    """

    class Decision(models.TextChoices):
        APPROVED = "approved", _("duyệt")
        RETURNED = "returned", _("trả lại kèm câu hỏi")

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="reviews")
    decision = models.CharField(_("quyết định"), max_length=8, choices=Decision)
    question = models.CharField(_("câu hỏi"), max_length=300, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị duyệt"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người duyệt"))
    at = models.DateTimeField(_("lúc"))
    undone_at = models.DateTimeField(_("hoàn tác lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("lượt duyệt kế hoạch")
        constraints = [
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(undone_at=None),
                name="a_version_of_a_plan_is_decided_once",
            ),
            models.CheckConstraint(
                condition=~Q(decision="returned") | ~Q(question=""),
                name="a_returned_plan_is_asked_about",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} of plan version {self.version_id}"
