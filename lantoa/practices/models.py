"""What is worth copying: practices, the units that took them up from one another, and the records that show it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.orgs.models import Person, Post, Unit
from lantoa.plans.models import Movement, Objective, Task
from lantoa.work.models import Activity


class Practice(models.Model):
    """Something that works, at the unit where it began. Whoever wants to do the same asks a post there, never a name.

    `steps`: the how-to, a sentence a step. `folded` and `sketch` are kept by the actions, to find it by its words and
    by its likeness.
    """

    class Kind(models.TextChoices):
        MODEL = "mo-hinh", _("mô hình")
        WORK = "phan-viec", _("phần việc")
        WAY = "cach-lam", _("cách làm")

    class Field(models.TextChoices):
        ECONOMY = "kinh-te", _("kinh tế")
        SOCIETY = "van-hoa-xa-hoi", _("văn hoá - xã hội")
        DEFENCE = "quoc-phong-an-ninh", _("quốc phòng - an ninh")
        SYSTEM = "he-thong-chinh-tri", _("xây dựng hệ thống chính trị")

    class Holder(models.TextChoices):
        COLLECTIVE = "tap-the", _("tập thể")
        INDIVIDUAL = "ca-nhan", _("cá nhân")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("đề xuất")
        REGISTERED = "registered", _("đã đăng ký")
        APPRAISED = "appraised", _("đã thẩm định")
        RECOGNISED = "recognised", _("được công nhận")
        REPLICATED = "replicated", _("đã nhân rộng")
        KEPT = "kept", _("đang duy trì")
        STOPPED = "stopped", _("đã dừng")

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị khởi đầu"))
    kind = models.CharField(_("loại"), max_length=12, choices=Kind)
    field = models.CharField(_("lĩnh vực"), max_length=20, choices=Field)
    holder = models.CharField(_("của"), max_length=8, choices=Holder, default=Holder.COLLECTIVE)
    title = models.CharField(_("tên mô hình"), max_length=200)
    summary = models.CharField(_("tóm tắt"), max_length=600)
    steps = models.JSONField(_("cách làm"), default=list)
    cost = models.BigIntegerField(_("chi phí ban đầu (đồng)"), null=True, blank=True)
    needs = models.CharField(_("cần những ai"), max_length=300, blank=True)
    contact_unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("hỏi ở đơn vị")
    )
    contact_role = models.CharField(_("hỏi chức vụ"), max_length=16, choices=Post.Role)
    # What it serves: said by the one who proposes, who knows it then.
    task = models.ForeignKey(
        Task,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("thuộc nhiệm vụ"),
    )
    movement = models.ForeignKey(
        Movement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("thuộc phong trào"),
    )
    objectives = models.ManyToManyField(
        Objective, related_name="practices", blank=True, verbose_name=_("mục tiêu nhiệm kỳ")
    )
    state = models.CharField(_("trạng thái"), max_length=12, choices=State, default=State.PROPOSED)
    # From this day on it is counted, and everyone may read it.
    registered_date = models.DateField(_("ngày đăng ký"), null=True, blank=True)
    version = models.PositiveIntegerField(_("bản"), default=1)
    folded = models.TextField(_("chữ để tìm"), default="")
    sketch = models.BinaryField(_("dấu chữ"), default=bytes)

    class Meta:
        verbose_name = _("mô hình, phần việc, cách làm")
        indexes = [
            models.Index(fields=["state", "field"]),
            models.Index(fields=["registered_date"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "stopped"]) | Q(registered_date__isnull=False),
                name="a_practice_has_a_day_of_registration",
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0),
                name="a_practice_costs_nothing_or_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.unit_id})"


class PracticeEvent(models.Model):
    """A step in the life of a practice: what it became, on which day, who said so, and why it stopped."""

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="events")
    state = models.CharField(_("trạng thái"), max_length=12, choices=Practice.State)
    date = models.DateField(_("ngày"))
    reason = models.CharField(_("lý do, căn cứ"), max_length=300, blank=True)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))
    # A step taken back within its seconds: the row stays to be read, and means nothing more.
    undone_at = models.DateTimeField(_("hoàn tác lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("diễn biến của mô hình")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "state"],
                condition=Q(undone_at=None),
                name="a_practice_becomes_each_state_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} {self.state} on {self.date}"


class PracticeVersion(models.Model):
    """What a practice said at one of its versions: who said so, when, and why. Written from its first amendment on.

    `told`: its words and choices, by the names of the columns; units, task, movement and objectives by id.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    told = models.JSONField(_("nội dung"))
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người sửa"))

    class Meta:
        verbose_name = _("bản của mô hình")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "number"], name="a_practice_has_one_of_each_version"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.practice_id}"


class Adoption(models.Model):
    """A unit does the same, and says from whom it learned. It counts when the unit itself has confirmed it.

    The first one of a practice is its origin's own: it learned from nobody.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("chờ xác nhận")
        CONFIRMED = "confirmed", _("đang làm theo")
        DECLINED = "declined", _("không làm theo")
        ENDED = "ended", _("đã dừng")

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị làm theo"))
    learned_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="taught",
        verbose_name=_("học từ"),
    )
    state = models.CharField(_("trạng thái"), max_length=12, choices=State, default=State.ASKED)
    start_date = models.DateField(_("từ ngày"), null=True, blank=True)
    end_date = models.DateField(_("đến ngày"), null=True, blank=True)
    reason = models.CharField(_("lý do dừng"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("đăng ký lúc"))
    asked_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("người đăng ký")
    )
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xác nhận"),
    )
    version = models.PositiveIntegerField(_("bản"), default=1)

    class Meta:
        verbose_name = _("lượt làm theo")
        indexes = [models.Index(fields=["unit", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(learned_from=None),
                name="a_practice_has_one_origin",
            ),
            models.UniqueConstraint(
                fields=["practice", "unit"],
                condition=Q(state__in=["asked", "confirmed"]),
                name="a_unit_takes_up_a_practice_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["asked", "declined"])
                | Q(start_date__isnull=False, confirmed_at__isnull=False),
                name="what_is_confirmed_has_started",
            ),
            models.CheckConstraint(
                condition=Q(end_date=None) | Q(end_date__gte=F("start_date")),
                name="an_adoption_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ended", "declined"]) | ~Q(reason=""),
                name="what_ended_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice_id} at {self.unit_id}, {self.state}"


class AdoptionResult(models.Model):
    """What an adoption came to by a day: how many take part then, and what was saved since the result before.

    A result is never changed: another of the same day, with a reason, stands in its place.
    """

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="results")
    date = models.DateField(_("ngày"))
    participants = models.BigIntegerField(_("người tham gia"), null=True, blank=True)
    saved = models.BigIntegerField(_("tiền tiết kiệm được (đồng)"), null=True, blank=True)
    told = models.CharField(_("kết quả"), max_length=300, blank=True)
    reason = models.CharField(_("lý do sửa"), max_length=300, blank=True)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("kết quả làm theo")
        constraints = [
            models.CheckConstraint(
                condition=(Q(participants=None) | Q(participants__gte=0))
                & (Q(saved=None) | Q(saved__gte=0)),
                name="a_result_is_not_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.adoption_id} on {self.date}"


class Sign(models.Model):
    """A record of work shown as proof that an adoption is alive."""

    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="signs")
    activity = models.ForeignKey(Activity, models.PROTECT, related_name="signs")
    at = models.DateTimeField(_("nêu lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người nêu"))

    class Meta:
        verbose_name = _("dấu hiệu")
        constraints = [
            models.UniqueConstraint(
                fields=["adoption", "activity"], name="a_record_is_shown_once_for_an_adoption"
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} for {self.adoption_id}"


class Lesson(models.Model):
    """What a unit brought home from an exchange visit: counted nowhere, the visit counts once at its host."""

    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="lessons", verbose_name=_("cuộc trao đổi")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="lessons", verbose_name=_("đơn vị học được")
    )
    practice = models.ForeignKey(
        Practice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lessons",
        verbose_name=_("mô hình"),
    )
    what = models.CharField(_("học được gì"), max_length=500)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ghi"))

    class Meta:
        verbose_name = _("bài học mang về")

    def __str__(self) -> str:
        return f"{self.unit_id} from {self.activity_id}"
