"""Commendation: who is nominated for what, the papers of it, who votes, what was decided, what was revoked.

No row of this room says how anybody voted: see `Ballot` and docs/decisions/2026-11-25-a-vote-nobody-can-trace.md.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lantoa.orgs.models import Person, Unit
from lantoa.plans.models import Movement


class Level(models.TextChoices):
    """Whose award it is. A committee straight below the province counts as of a commune's rank: "và tương đương"."""

    STATE = "state", _("cấp Nhà nước")
    PROVINCE = "province", _("cấp tỉnh")
    DISTRICT = "district", _("cấp huyện")
    COMMUNE = "commune", _("cấp xã và tương đương")


class Kind(models.TextChoices):
    COLLECTIVE = "collective", _("tập thể")
    INDIVIDUAL = "individual", _("cá nhân")


class Form(models.TextChoices):
    """What is given. What each needs, and who may give it, stands in `rules.toml`."""

    CERTIFICATE = "giay-khen", _("Giấy khen")
    PROVINCIAL = "bang-khen", _("Bằng khen")
    PRIME_MINISTER = "bang-khen-thu-tuong", _("Bằng khen của Thủ tướng Chính phủ")


class Nomination(models.Model):
    """One collective or individual, put forward by a unit for something they did, to a unit that decides."""

    class State(models.TextChoices):
        DRAFT = "draft", _("đang soạn")
        SENT = "sent", _("chờ thẩm định")
        INCOMPLETE = "incomplete", _("cần bổ sung")
        APPRAISED = "appraised", _("đã thẩm định")
        VOTING = "voting", _("đang bỏ phiếu")
        PASSED = "passed", _("hội đồng đồng ý")
        DECIDED = "decided", _("đã khen")
        REFUSED = "refused", _("không khen")
        WITHDRAWN = "withdrawn", _("đã rút")

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="nominations", verbose_name=_("đơn vị đề nghị")
    )
    decider = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("cấp quyết định")
    )
    level = models.CharField(_("cấp khen"), max_length=8, choices=Level)
    kind = models.CharField(_("tập thể hay cá nhân"), max_length=10, choices=Kind)
    form = models.CharField(_("hình thức khen"), max_length=20, choices=Form)
    # The collective itself, or the unit of the individual.
    recipient = models.ForeignKey(
        Unit, models.PROTECT, related_name="+", verbose_name=_("đơn vị được khen, hoặc của cá nhân")
    )
    name = models.CharField(_("họ tên"), max_length=120, blank=True)
    post = models.CharField(_("chức vụ, nghề nghiệp"), max_length=120, blank=True)
    # Yes or no for an individual, nothing for a collective.
    is_direct_worker = models.BooleanField(_("trực tiếp lao động"), null=True, blank=True)
    achievement = models.CharField(_("thành tích"), max_length=300)
    movement = models.ForeignKey(
        Movement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="nominations",
        verbose_name=_("trong phong trào"),
    )
    # Codes of the conditions of the law that whoever nominates says are met (`rules.toml`).
    conditions = models.JSONField(_("điều kiện đã đủ"), default=list)
    # The day on which the individual agreed that name, post and unit be published.
    consent_date = models.DateField(_("ngày đồng ý công khai"), null=True, blank=True)
    state = models.CharField(_("tình trạng"), max_length=10, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(_("bản"), default=1)
    # What is lacking, or why it was refused or withdrawn; read by whoever nominated.
    remark = models.CharField(_("lời nhắn"), max_length=300, blank=True)
    # Why the board lets the same achievement be awarded again, and who wrote it.
    again_reason = models.CharField(_("lý do khen lại"), max_length=300, blank=True)
    again_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người cho phép"),
    )
    # Who is nominated as they are called on the day, and with the achievement as people type it when they search.
    called = models.CharField(_("tên ghi trong quyết định"), max_length=400)
    folded = models.TextField(_("chữ để tìm"), editable=False)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("người ghi")
    )
    sent_date = models.DateField(_("ngày gửi"), null=True, blank=True)
    # From this day anybody may say what speaks against it (UX S11).
    noticed_date = models.DateField(_("ngày công khai"), null=True, blank=True)

    class Meta:
        verbose_name = _("đề nghị khen")
        indexes = [
            models.Index(fields=["decider", "state"]),
            models.Index(fields=["unit", "state"]),
            models.Index(fields=["recipient", "kind"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="collective", name="", post="", is_direct_worker=None)
                | (Q(kind="individual", is_direct_worker__isnull=False) & ~Q(name="")),
                name="an_individual_has_a_name_and_a_collective_has_none",
            ),
            models.CheckConstraint(
                condition=Q(again_reason="", again_by=None)
                | (~Q(again_reason="") & Q(again_by__isnull=False)),
                name="an_award_again_has_a_reason_and_a_name_under_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.recipient_id} for {self.form}"


class Merit(models.Model):
    """A record that shows the achievement: an activity, a practice, a task. Pointed at, never typed again."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="merits")
    source_kind = models.CharField(_("loại hồ sơ"), max_length=20)
    source_id = models.BigIntegerField(_("mã hồ sơ"))

    class Meta:
        verbose_name = _("hồ sơ thành tích")
        indexes = [models.Index(fields=["source_kind", "source_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["nomination", "source_kind", "source_id"],
                name="a_nomination_points_at_a_record_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.source_kind} {self.source_id} for {self.nomination_id}"


class DossierPaper(models.Model):
    """One of the three papers without which nothing goes upward. It says what it said on its day, as plain values."""

    class Kind(models.TextChoices):
        SUBMISSION = "to-trinh", _("tờ trình kèm danh sách")
        REPORT = "bao-cao", _("báo cáo thành tích")
        MINUTES = "bien-ban", _("biên bản xét")

    kind = models.CharField(_("loại giấy tờ"), max_length=8, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("đơn vị lập"))
    nominations = models.ManyToManyField(
        Nomination, related_name="papers", verbose_name=_("các đề nghị")
    )
    date = models.DateField(_("ngày"))
    said = models.JSONField(_("nội dung"))
    made_by = models.ForeignKey(
        Person, models.PROTECT, related_name="+", verbose_name=_("người lập")
    )
    made_at = models.DateTimeField(_("lập lúc"))
    # A report counts only when the level that proposes has confirmed it (DOMAIN 6.4).
    confirmed_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người xác nhận"),
    )
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("giấy tờ của hồ sơ")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(kind="bao-cao", confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="only_a_report_is_confirmed_by_somebody_at_some_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.unit_id} on {self.date}"


class Council(models.Model):
    """The board of a unit that votes on what is proposed to it."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="councils", verbose_name=_("đơn vị")
    )
    name = models.CharField(_("tên"), max_length=200)
    start_date = models.DateField(_("từ ngày"))
    end_date = models.DateField(_("đến trước ngày"), null=True, blank=True)

    class Meta:
        verbose_name = _("hội đồng")
        constraints = [
            models.UniqueConstraint(
                fields=["unit"], condition=Q(end_date=None), name="a_unit_has_one_council_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"council of {self.unit_id}"


class Seat(models.Model):
    """A member of a council: a person, as what they sit there."""

    council = models.ForeignKey(Council, models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name=_("thành viên"))
    title = models.CharField(_("tư cách"), max_length=120)

    class Meta:
        verbose_name = _("ghế trong hội đồng")
        constraints = [
            models.UniqueConstraint(
                fields=["council", "person"], name="a_person_sits_in_a_council_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.council_id}"


class Ballot(models.Model):
    """One secret vote of a council on one or more nominations, until a moment.

    While it is open the votes are in `box`, sealed with a key that is not in the database and is thrown away at the
    end; each question learns its two totals then. There is no row of a vote.
    """

    council = models.ForeignKey(Council, models.PROTECT, related_name="ballots")
    members = models.PositiveSmallIntegerField(_("số thành viên"))
    opened_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("hạn bỏ phiếu"))
    closed_at = models.DateTimeField(_("kiểm phiếu lúc"), null=True, blank=True)
    # Half of the key; the other half is the site's secret. Both halves open the box while it is there.
    salt = models.BinaryField(_("nửa chìa khóa"))
    box = models.BinaryField(_("hòm phiếu"))

    class Meta:
        verbose_name = _("cuộc bỏ phiếu")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opened_at")),
                name="a_ballot_closes_after_it_opened",
            )
        ]

    def __str__(self) -> str:
        return f"ballot {self.pk} of {self.council_id}"


class Question(models.Model):
    """One nomination of a ballot. Its totals are known when the ballot has closed, and not before."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="questions")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    yes = models.PositiveSmallIntegerField(_("đồng ý"), null=True, blank=True)
    no = models.PositiveSmallIntegerField(_("không đồng ý"), null=True, blank=True)
    has_passed = models.BooleanField(_("đủ phiếu"), null=True, blank=True)

    class Meta:
        verbose_name = _("nội dung bỏ phiếu")
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "nomination"], name="a_ballot_asks_about_a_nomination_once"
            ),
            models.UniqueConstraint(
                fields=["ballot", "position"], name="a_ballot_asks_one_thing_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomination_id} in {self.ballot_id}"


class Turnout(models.Model):
    """Who may vote in a ballot, and whether they have. Made when it opens, in the order of the seats: no time, no choice.

    `stub` is a fingerprint of the sheet with 256 random bits that only the voter's page holds: it shows which sheet is
    theirs to change and says nothing about it. Blank before the vote, and again once the ballot has closed.
    """

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="turnout")
    seat = models.ForeignKey(Seat, models.PROTECT)
    # Positions of the questions that a member must leave out: they belong to that unit, or are nominated.
    excluded = models.JSONField(_("không bỏ phiếu về"), default=list)
    has_voted = models.BooleanField(_("đã bỏ phiếu"), default=False)
    stub = models.CharField(_("cuống phiếu"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("lượt bỏ phiếu")
        constraints = [
            models.UniqueConstraint(
                fields=["ballot", "seat"], name="a_member_votes_in_a_ballot_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat_id} in {self.ballot_id}"


class Decision(models.Model):
    """A numbered decision, a unit's own or one from above that it wrote down. Never changed; an award may be revoked."""

    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="decisions", verbose_name=_("cấp khen")
    )
    number = models.PositiveIntegerField(_("số"))
    # Where it is not this unit's own: whose, and under which number; `number` is 0 then.
    authority = models.CharField(_("cấp trên ra quyết định"), max_length=120, blank=True)
    symbol = models.CharField(_("số, ký hiệu của cấp trên"), max_length=60, blank=True)
    date = models.DateField(_("ngày"))
    # The first day of the year, or of the Party's term, in which numbers run on.
    series_date = models.DateField(_("đánh số từ ngày"))
    form = models.CharField(_("hình thức khen"), max_length=20, choices=Form)
    achievement = models.CharField(_("thành tích"), max_length=300)
    # Codes of `bases.toml`, each in force on the date.
    bases = models.JSONField(_("căn cứ"), default=list)
    signer_post = models.CharField(_("chức vụ người ký"), max_length=120)
    signer_name = models.CharField(_("người ký"), max_length=120, blank=True)
    issued_at = models.DateTimeField(_("ban hành lúc"))
    issued_by = models.ForeignKey(Person, models.PROTECT, verbose_name=_("người ban hành"))

    class Meta:
        verbose_name = _("quyết định khen thưởng")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "series_date", "number"],
                condition=Q(authority=""),
                name="a_unit_gives_a_number_once_a_year_or_term",
            ),
            models.UniqueConstraint(
                fields=["authority", "symbol", "date"],
                condition=~Q(authority=""),
                name="a_decision_from_above_is_written_down_once",
            ),
            models.CheckConstraint(
                condition=Q(authority="", symbol="", number__gte=1)
                | (~Q(authority="") & ~Q(symbol="") & Q(number=0)),
                name="a_decision_has_a_number_of_its_own_or_from_above",
            ),
        ]

    def __str__(self) -> str:
        return f"decision {self.said_number} of {self.unit_id} on {self.date}"

    @property
    def said_number(self) -> str:
        """The number as a sentence says it."""
        return self.symbol or str(self.number)


class Award(models.Model):
    """What a nomination became: given by a decision, published or not, perhaps revoked. Rows are never deleted."""

    nomination = models.OneToOneField(Nomination, models.PROTECT, related_name="award")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="awards")
    position = models.PositiveIntegerField(_("số thứ tự"))
    published_at = models.DateTimeField(_("công khai lúc"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("người thu hồi"),
    )
    revoked_reason = models.CharField(_("lý do thu hồi"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("khen thưởng")
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "position"], name="a_decision_lists_each_place_once"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None, revoked_reason="")
                | (Q(revoked_at__isnull=False, revoked_by__isnull=False) & ~Q(revoked_reason="")),
                name="a_revocation_says_when_who_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"award of {self.nomination_id}"
