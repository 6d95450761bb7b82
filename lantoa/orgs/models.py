"""What there is: lines, units with dated names, placements, successions, people, posts.

Spans are half-open: `start_date` is in, `end_date` is out, an open end is None.
"""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.lib import text


def span_is_forward(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(end_date=None) | Q(end_date__gt=F("start_date")), name=name
    )


class Line(models.Model):
    """One hierarchy: the territory, the Party, or a sector (Women's Union, Police, Military)."""

    class Kind(models.TextChoices):
        TERRITORY = "territory", _("theo địa bàn")
        SECTOR = "sector", _("ngành dọc")

    code = models.SlugField(_("mã"), unique=True)
    kind = models.CharField(_("loại"), max_length=16, choices=Kind)
    name_vi = models.CharField(_("tên"), max_length=200)
    name_en = models.CharField(_("tên tiếng Anh"), max_length=200)
    position = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    # New at every change of structure, and never again: what is kept in memory under it cannot be stale.
    version = models.UUIDField(_("phiên bản"), default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = _("hệ thống")
        constraints = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(kind="territory"), name="one_line_is_the_territory"
            )
        ]

    def __str__(self) -> str:
        return self.code


class Unit(models.Model):
    """An organisation unit. Its name, code and place are dated rows beside it."""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("tỉnh")
        DISTRICT = "district", _("huyện, thành phố")
        COMMUNE = "commune", _("xã, phường, thị trấn")
        PARTY_PROVINCE = "party_province", _("Tỉnh ủy")
        PARTY_DISTRICT = "party_district", _("huyện ủy, thành ủy")
        PARTY_DIRECT = "party_direct", _("đảng ủy trực thuộc tỉnh")
        PARTY_COMMUNE = "party_commune", _("đảng ủy xã, phường, thị trấn")
        PARTY_CELL = "party_cell", _("chi bộ")
        WOMEN = "women", _("Hội Liên hiệp Phụ nữ")
        WOMEN_CHAPTER = "women_chapter", _("chi hội phụ nữ")
        POLICE = "police", _("công an")
        MILITARY = "military", _("quân sự")
        OTHER = "other", _("đơn vị khác")

    kind = models.CharField(_("loại"), max_length=24, choices=Kind)
    opened_date = models.DateField(_("ngày thành lập"))
    closed_date = models.DateField(_("ngày kết thúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("đơn vị")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_date=None) | Q(closed_date__gt=F("opened_date")),
                name="a_unit_closes_after_it_opened",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class UnitName(models.Model):
    """What a unit is called, and its official code, over a span.

    A code identifies a unit only together with a date: all 56 communes of 2025 reuse a code of 2024.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="names", verbose_name=_("đơn vị"))
    name = models.CharField(_("tên đầy đủ"), max_length=200)
    short_name = models.CharField(_("tên ngắn"), max_length=120)
    code = models.CharField(_("mã chính thức"), max_length=40, blank=True)
    folded = models.CharField(_("tên để tìm"), max_length=200, db_index=True)
    sort_key = models.CharField(_("khóa xếp"), max_length=400)
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("tên đơn vị")
        indexes = [models.Index(fields=["code", "start_date"])]
        constraints = [
            span_is_forward("a_unit_name_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["unit"], condition=Q(end_date=None), name="a_unit_has_one_open_name"
            ),
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(end_date=None) & ~Q(code=""),
                name="an_official_code_names_one_living_unit",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """A unit under a parent in a line, over a span; without a parent it is the line's root."""

    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="placements", verbose_name=_("đơn vị")
    )
    parent = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="placements_below",
        null=True,
        blank=True,
        verbose_name=_("đơn vị cấp trên"),
    )
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("vị trí trực thuộc")
        indexes = [models.Index(fields=["line", "parent", "start_date"])]
        constraints = [
            span_is_forward("a_placement_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("unit")), name="no_unit_is_its_own_parent"
            ),
            models.UniqueConstraint(
                fields=["line", "unit"],
                condition=Q(end_date=None),
                name="a_unit_has_one_open_place_in_a_line",
            ),
            models.UniqueConstraint(
                fields=["line", "unit", "start_date"],
                name="a_unit_takes_one_place_in_a_line_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} under {self.parent_id} in {self.line_id} from {self.start_date}"


class Closure(models.Model):
    """The placements, walked to the end: `unit` stands below `ancestor` over the span (itself at depth 0).

    Kept by the actions that change placements; never edited by hand.
    """

    line = models.ForeignKey(Line, models.PROTECT)
    ancestor = models.ForeignKey(Unit, models.PROTECT, related_name="closures_below")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="closures_above")
    depth = models.PositiveSmallIntegerField()
    start_date = models.DateField()
    end_date = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("bao đóng")
        indexes = [
            models.Index(fields=["line", "ancestor", "unit", "start_date"]),
            models.Index(fields=["line", "unit", "ancestor", "start_date"]),
        ]
        constraints = [span_is_forward("a_closure_row_ends_after_it_starts")]

    def __str__(self) -> str:
        return f"{self.unit_id} below {self.ancestor_id} at depth {self.depth}"


class Succession(models.Model):
    """What became of a unit on a day: merged, split (one row a successor, with its share), renamed, moved, dissolved."""

    class Kind(models.TextChoices):
        MERGER = "merger", _("sáp nhập")
        SPLIT = "split", _("chia tách")
        RENAMING = "renaming", _("đổi tên")
        TRANSFER = "transfer", _("chuyển trực thuộc")
        DISSOLUTION = "dissolution", _("giải thể")

    kind = models.CharField(_("loại"), max_length=16, choices=Kind)
    date = models.DateField(_("ngày hiệu lực"), db_index=True)
    before = models.ForeignKey(
        Unit, models.PROTECT, related_name="successions", verbose_name=_("đơn vị cũ")
    )
    after = models.ForeignKey(
        Unit,
        models.PROTECT,
        related_name="predecessions",
        null=True,
        blank=True,
        verbose_name=_("đơn vị kế thừa"),
    )
    line = models.ForeignKey(
        Line, models.PROTECT, null=True, blank=True, verbose_name=_("hệ thống")
    )
    share = models.PositiveSmallIntegerField(
        _("tỷ lệ, phần vạn"), null=True, blank=True, help_text=_("chỉ khi chia tách có tỷ lệ")
    )
    basis = models.CharField(_("căn cứ"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("kế thừa tổ chức")
        constraints = [
            models.CheckConstraint(
                condition=Q(share=None) | Q(kind="split", share__gt=0, share__lte=10_000),
                name="only_a_split_has_shares_of_ten_thousand",
            ),
            models.UniqueConstraint(
                fields=["before", "after", "date", "kind"],
                condition=Q(line=None),
                name="a_succession_is_said_once",
            ),
            models.UniqueConstraint(
                fields=["before", "line", "date"],
                condition=Q(line__isnull=False),
                name="a_unit_is_moved_once_a_day_in_a_line",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.before_id} on {self.date}"


class Person(models.Model):
    """A human being who acts in the system. Accounts hang on this; attendance never does."""

    name = models.CharField(_("họ tên"), max_length=120)
    folded = models.CharField(_("tên để tìm"), max_length=120, db_index=True, editable=False)

    class Meta:
        verbose_name = _("người")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **named: Any) -> None:
        self.folded = text.fold(self.name)
        super().save(*args, **named)


class Post(models.Model):
    """A role held at a unit in a line over a span: it counts for the unit's subtree as it stands on the day.

    Only an administrator may hold a post at no unit: the one who opens the first unit.
    """

    class Role(models.TextChoices):
        RECORDER = "recorder", _("người ghi")
        REVIEWER = "reviewer", _("người duyệt")
        APPROVER = "approver", _("người phê duyệt")
        LEADER = "leader", _("lãnh đạo")
        BOARD = "board", _("hội đồng thi đua – khen thưởng")
        INSPECTOR = "inspector", _("đoàn kiểm tra, giám sát")
        ANSWERER = "answerer", _("cán bộ trả lời dân")
        EDITOR = "editor", _("biên tập viên")
        ADMINISTRATOR = "administrator", _("quản trị")

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, verbose_name=_("đơn vị"))
    line = models.ForeignKey(
        Line, models.PROTECT, null=True, blank=True, verbose_name=_("hệ thống")
    )
    role = models.CharField(_("vai trò"), max_length=16, choices=Role)
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("chức vụ")
        constraints = [
            span_is_forward("a_post_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, line__isnull=False)
                | Q(unit=None, line=None, role="administrator"),
                name="only_an_administrator_holds_a_post_everywhere",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.unit_id}"


class Account(AbstractUser):
    """The key with which a person enters. What they may do hangs on their posts, never on the account."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    person = models.OneToOneField(Person, models.PROTECT, verbose_name=_("người"))
    language = models.CharField(
        _("ngôn ngữ"),
        max_length=2,
        choices=[("vi", "Tiếng Việt"), ("en", "English")],
        default="vi",
    )
    # Of the sample province, with a password that script/demo prints: enters nowhere else.
    is_sample = models.BooleanField(_("tài khoản mẫu"), default=False)
    # Once a day at most, and only when there is something to do; one's own affair.
    wants_mail = models.BooleanField(_("nhận thư nhắc việc"), default=True)

    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("tài khoản")

    def get_full_name(self) -> str:
        """What pages of others call somebody who has entered."""
        return str(self.username)

    get_short_name = get_full_name

    def __str__(self) -> str:
        return str(self.username)


class Invitation(models.Model):
    """A link that opens an account, or sets a new password for it: once, and for a few days. Only its hash is kept."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="invitations")
    digest = models.CharField(_("dấu của mã"), max_length=64, unique=True)
    expires_at = models.DateTimeField(_("hết hạn lúc"))
    used_at = models.DateTimeField(_("dùng lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thư mời")

    def __str__(self) -> str:
        return f"invitation of {self.person_id}"


class PersonEvent(models.Model):
    """What was done about a person's posts and account, by whom, when. Written with the deed, never changed."""

    class Kind(models.TextChoices):
        REGISTERED = "registered", _("ghi tên")
        APPOINTED = "appointed", _("giao chức vụ")
        RELIEVED = "relieved", _("thôi chức vụ")
        INVITED = "invited", _("gửi thư mời")
        OPENED = "opened", _("mở tài khoản")
        RENEWED = "renewed", _("đặt lại mật khẩu")
        SWITCHED_OFF = "switched_off", _("khóa tài khoản")
        SWITCHED_ON = "switched_on", _("mở lại tài khoản")

    person = models.ForeignKey(Person, models.PROTECT, related_name="events")
    kind = models.CharField(_("việc"), max_length=16, choices=Kind)
    post = models.ForeignKey(
        Post,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("chức vụ"),
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("người làm"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        verbose_name = _("diễn biến về một người")
        indexes = [models.Index(fields=["person", "at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.person_id}"
