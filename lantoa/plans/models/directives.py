"""Documents that direct: each with its number, what it continues or carries out, and what it asks of whom."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lantoa.orgs.models import Line, Person, Unit


class Directive(models.Model):
    """A document in the register of a unit. Without an `issuer` the unit issued it; with one it came from outside.

    Its number is counted for its issuer and kind, in its `series`: a committee's term for the Party, a year for the
    state (DOMAIN 5.1, 5.2). What was filed by mistake is withdrawn and stays to be read.
    """

    class Kind(models.TextChoices):
        INSTRUCTION = "instruction", _("chỉ thị")
        RESOLUTION = "resolution", _("nghị quyết")
        CONCLUSION = "conclusion", _("kết luận")
        DECISION = "decision", _("quyết định")
        REGULATION = "regulation", _("quy định")
        RULES = "rules", _("quy chế")
        GUIDANCE = "guidance", _("hướng dẫn")
        PROGRAMME = "programme", _("chương trình")
        PLAN = "plan", _("kế hoạch")
        SCHEME = "scheme", _("đề án")
        CIRCULAR = "circular", _("thông tri")
        NOTICE = "notice", _("thông báo")
        REPORT = "report", _("báo cáo")
        PROPOSAL = "proposal", _("tờ trình")
        MINUTES = "minutes", _("biên bản")
        LETTER = "letter", _("công văn")
        LAW = "law", _("luật")
        DECREE = "decree", _("nghị định")

    class Style(models.TextChoices):
        PARTY = "party", _("của Đảng")
        STATE = "state", _("của Nhà nước")

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="directives", verbose_name=_("đơn vị vào sổ")
    )
    issuer = models.CharField(_("cơ quan ban hành bên ngoài"), max_length=200, blank=True)
    kind = models.CharField(_("loại"), max_length=16, choices=Kind)
    style = models.CharField(_("thể thức"), max_length=8, choices=Style)
    number = models.PositiveIntegerField(_("số"))
    # After the number and its hyphen or slash: "CT/TW", "QĐ-UBND".
    symbol = models.CharField(_("ký hiệu"), max_length=40)
    # As it is printed: "05-CT/TW", "15/QĐ-UBND", "1657/NQ-UBTVQH15".
    code = models.CharField(_("số và ký hiệu"), max_length=60, db_index=True)
    # "nk2020" for a term of the Party, "2024" for a year of the state: `plans/issuing.py`.
    series = models.CharField(_("số đánh trong"), max_length=20)
    date = models.DateField(_("ngày ban hành"), db_index=True)
    extract = models.CharField(_("trích yếu"), max_length=500)
    signer = models.CharField(_("người ký"), max_length=120, blank=True)
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    # Code, kind, extract, signer, issuer as people type them when they look for it.
    folded = models.TextField(_("chữ để tìm"), editable=False)
    file = models.CharField(_("nơi cất"), max_length=80, blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=120, blank=True)
    file_size = models.PositiveIntegerField(_("số byte"), null=True, blank=True)
    file_digest = models.CharField(_("dấu vân tay"), max_length=64, blank=True)
    # Shown on the public pages, with its file. Only what whoever files it says so of.
    is_public = models.BooleanField(_("đăng công khai"), default=False)
    version = models.PositiveIntegerField(_("bản"), default=1)
    recorded_at = models.DateTimeField(_("vào sổ lúc"))
    recorded_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người vào sổ"))
    withdrawn_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("lý do rút"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("văn bản chỉ đạo")
        indexes = [models.Index(fields=["unit", "date"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "kind", "series", "number"],
                condition=Q(issuer="", withdrawn_at=None),
                name="a_unit_numbers_a_kind_of_directive_once_a_series",
            ),
            models.UniqueConstraint(
                fields=["issuer", "kind", "series", "number"],
                condition=~Q(issuer="") & Q(withdrawn_at=None),
                name="an_issuer_outside_numbers_a_kind_once_a_series",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_reason="")),
                name="a_withdrawn_directive_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class DirectiveRelation(models.Model):
    """What a directive does to an earlier one. Followed upwards no way leads back: the action sees to it."""

    class Kind(models.TextChoices):
        CONTINUES = "continues", _("tiếp tục thực hiện")
        REPLACES = "replaces", _("thay thế")
        AMENDS = "amends", _("sửa đổi, bổ sung")
        IMPLEMENTS = "implements", _("triển khai thực hiện")

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="upwards")
    other = models.ForeignKey(Directive, models.PROTECT, related_name="downwards")
    kind = models.CharField(_("quan hệ"), max_length=12, choices=Kind)

    class Meta:
        verbose_name = _("quan hệ giữa hai văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "other"], name="two_directives_are_related_in_one_way"
            ),
            models.CheckConstraint(
                condition=~Q(directive=F("other")), name="no_directive_is_related_to_itself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.directive_id} {self.kind} {self.other_id}"


class DirectiveDuty(models.Model):
    """What a directive asks, of units of some kinds below its unit in a line, by a day. One row for each day."""

    class What(models.TextChoices):
        DOCUMENT = "document", _("ban hành văn bản triển khai")
        PLAN = "plan", _("xây dựng kế hoạch")
        BRIEF = "brief", _("tổ chức quán triệt")
        REPORT = "report", _("báo cáo kết quả")

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="duties")
    what = models.CharField(_("việc phải làm"), max_length=12, choices=What)
    line = models.ForeignKey(Line, models.PROTECT, verbose_name=_("hệ thống"))
    unit_kinds = models.JSONField(_("loại đơn vị phải làm"), default=list)
    due_date = models.DateField(_("hạn"), db_index=True)

    class Meta:
        verbose_name = _("việc theo văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "what", "line", "due_date"],
                name="a_directive_asks_one_thing_of_a_line_by_a_day_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} for {self.directive_id} by {self.due_date}"


class DirectiveVersion(models.Model):
    """What the register said of a directive at one of its versions: who said so, when, and why. Written from its first correction on.

    `told`: in plain values, related directives by code, lines by code. Never changed.
    """

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("bản"))
    told = models.JSONField(_("nội dung"))
    reason = models.CharField(_("lý do"), max_length=300, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người sửa"))

    class Meta:
        verbose_name = _("bản ghi của văn bản")
        constraints = [
            models.UniqueConstraint(
                fields=["directive", "number"], name="a_directive_has_one_of_each_version"
            )
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.directive_id}"
