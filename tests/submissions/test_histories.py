"""Any history of recording, sending, returning, approving, undoing, adjusting and merging keeps the promises of review.

What is approved is what the approver saw, and nobody approves their own (RELIABILITY P4); a version reads for ever as the
ledger stood when it was sent; the official figures are the approved versions, also after a merger (P6).
"""

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from lantoa.ledger import queries as ledger
from lantoa.ledger.models import Entry, Measure
from lantoa.lib.errors import LantoaError
from lantoa.lib.periods import period
from lantoa.orgs import actions as orgs
from lantoa.orgs.models import Person, Post, Unit
from lantoa.submissions import actions, filling, queries, reviews, standing
from lantoa.submissions.models import Review, Sheet, Submission, VersionValue
from lantoa.submissions.reviews import Shown
from lantoa.submissions.versions import Typed
from lantoa.work import actions as work
from lantoa.work.models import ActivityKind
from tests import make
from tests.submissions.world import holder
from tests.times import times

QUARTER = "2026-Q3"
IN_THE_QUARTER = dt.date(2026, 8, 3)
MERGED = dt.date(2026, 11, 20)
UNITS = st.integers(0, 1)
# P2 sends at both communes, P3 at the second, P4 at the first; P0 and P1 may not.
SENDERS = st.sampled_from([2, 2, 2, 3, 4, 0])
# P0, P1 and P4 stand above; P4 at the first commune too, P3 at the second.
JUDGES = st.sampled_from([0, 0, 1, 4, 4, 3])
VALUES = st.integers(0, 40)


@dataclass
class Row:
    """The twin of a submission: plain values."""

    state: str = ""
    version: int = 0
    approved: int | None = None
    said: dict[int, dict[str, int | None]] = field(default_factory=dict)
    senders: dict[int, Person] = field(default_factory=dict)


@dataclass(frozen=True)
class Look:
    """A page that a reviewer has open."""

    unit: int
    version: int
    position: int
    values: tuple[tuple[str, int | None], ...]


class Histories(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.sheet = Sheet.objects.get()
        self.kind = ActivityKind.objects.get()
        self.communes = list(Unit.objects.filter(kind="party_commune").order_by("pk"))
        self.cells = list(Unit.objects.filter(kind="party_cell").order_by("pk"))
        self.people = list(Person.objects.filter(name__startswith="P").order_by("name"))
        self.at = make.NOON
        self.activities: list = []
        self.rows = [Row(), Row()]
        self.looks: list[Look] = []
        self.approvals: dict[int, Look] = {}
        self.is_merged = False

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    def later(self, seconds=20) -> dt.datetime:
        self.at += dt.timedelta(seconds=seconds)
        return self.at

    def tried(self, action, **what):
        """Do it, or be refused with nothing changed."""
        before = self.seen_in_the_database()
        try:
            return action(**what)
        except LantoaError:
            assert self.seen_in_the_database() == before
            return None

    def seen_in_the_database(self):
        rows = Submission.objects.filter(version__gt=0).order_by("pk")
        return list(rows.values_list("unit", "state", "version", "approved_version")), list(
            Review.objects.order_by("pk").values_list("pk", "undone_at")
        )

    @rule(unit=UNITS, is_cell=st.booleans(), value=VALUES)
    def record(self, unit, is_cell, value):
        host = (self.cells if is_cell else self.communes)[unit]
        told = {"kind": self.kind, "unit": host, "date": IN_THE_QUARTER}
        made = work.record(**told, values={"luot-nguoi": value}, by=make.clerk(), at=self.later())
        self.activities.append(made)

    @rule(which=st.integers(0, 30), value=VALUES)
    def correct(self, which, value):
        if self.activities:
            activity = self.activities[which % len(self.activities)]
            told = {"activity": activity, "seen": activity.version, "by": make.clerk()}
            work.correct(**told, values={"luot-nguoi": value}, at=self.later())

    @rule(
        unit=UNITS,
        who=SENDERS,
        total=st.none() | VALUES,
        is_filled=st.booleans(),
        reason=st.sampled_from(["", "sót"]),
        stale=st.sampled_from([0, 0, 0, 1]),
    )
    def send(self, unit, who, total, is_filled, reason, stale):
        row, by = self.rows[unit], self.people[who]
        boxes = {} if is_filled else {"luot-nguoi": total}
        sent = self.tried(
            actions.answer,
            sheet=self.sheet,
            unit=self.communes[unit],
            period=QUARTER,
            typed=Typed(boxes, {"luot-nguoi": "sổ"}, is_empty_meant=True),
            seen=row.version - stale if row.version else 0,
            reason=reason,
            by=by,
            at=self.later(),
        )
        if sent is None or sent.version == row.version:
            return
        assert sent.version == row.version + 1
        row.state, row.version = "sent", sent.version
        row.said[sent.version] = self.boxes(unit, sent.version)
        row.senders[sent.version] = by
        self.look(unit)

    def boxes(self, unit, version):
        values = VersionValue.objects.filter(
            version__submission__unit=self.communes[unit], version__number=version
        )
        return dict(values.values_list("measure__code", "value"))

    def look(self, unit):
        """Somebody above opens the page: it stays open while things go on."""
        row = self.rows[unit]
        told = tuple(sorted(row.said[row.version].items()))
        self.looks.append(Look(unit, row.version, ledger.position(), told))

    @rule(who=JUDGES, which=st.sampled_from([0, 0, 0, 1, 1, 2, 5]), approves=st.booleans())
    def decide(self, who, which, approves):
        if not self.looks:
            return
        look, by = self.looks[-1 - which % len(self.looks)], self.people[who]
        row, shown = self.rows[look.unit], Shown(look.version, look.position)
        submission = Submission.objects.get(unit=self.communes[look.unit])
        told = {"submission": submission, "shown": shown, "by": by, "at": self.later()}
        may = by in self.reviewers(look.unit) and by not in row.senders.values()
        expects = may and row.state == "sent" and row.version == look.version
        if approves:
            review = self.tried(reviews.approve, **told)
        else:
            review = self.tried(reviews.send_back, **told, question="27 hay 37?")
        assert (review is not None) == expects
        if review is None:
            return
        row.state = review.decision
        if approves:
            row.approved = look.version
            self.approvals[review.pk] = look

    def reviewers(self, unit):
        """P0 and P1 stand above alone; P4 above and at the first commune."""
        return self.people[:2] if unit == 0 else [*self.people[:2], self.people[4]]

    @rule(seconds=st.sampled_from([1, 9, 16]))
    def undo(self, seconds):
        last = Review.objects.order_by("-pk").first()
        if last is None:
            return
        taken = self.tried(reviews.undo, reviews=[last.pk], by=last.by, at=self.later(seconds))
        if taken:
            unit = self.communes.index(last.version.submission.unit)
            row = self.rows[unit]
            row.state = "sent"
            if self.approvals.pop(last.pk, None):
                earlier = [look.version for look in self.approvals.values() if look.unit == unit]
                row.approved = max(earlier, default=None)

    @rule()
    def merge(self):
        """The communes become one; what they sent for the quarter is still theirs."""
        if not self.is_merged:
            heir = Unit.objects.get(kind="other", names__name="Xã mới")
            told = {"into": heir, "date": MERGED, "by": make.clerk(), "at": make.NOON}
            orgs.merge(units=self.communes, **told)
            self.is_merged = True

    @invariant()
    def every_row_stands_as_its_twin(self):
        for unit, row in enumerate(self.rows):
            found = Submission.objects.filter(unit=self.communes[unit], version__gt=0).first()
            stands = (
                (found.state, found.version, found.approved_version) if found else ("", 0, None)
            )
            assert stands == (row.state, row.version, row.approved)

    @invariant()
    def what_is_approved_is_what_the_approver_saw_and_never_their_own(self):
        approved = Review.objects.filter(decision="approved", undone_at=None)
        assert {each.pk for each in approved} == set(self.approvals)
        for review in approved.select_related("version__submission"):
            look = self.approvals[review.pk]
            assert (review.version.number, review.position) == (look.version, look.position)
            assert tuple(sorted(self.boxes(look.unit, look.version).items())) == look.values
            # Whoever approved may send an adjustment afterwards: then another approves that.
            sent = review.version.submission.versions.filter(number__lte=look.version)
            senders = set(sent.values_list("sent_by", flat=True))
            assert review.by_id not in senders
            at_the_unit = Post.objects.filter(unit=review.version.submission.unit)
            assert not at_the_unit.filter(person=review.by_id).exists()

    @invariant()
    def a_version_reads_for_ever_as_the_ledger_stood(self):
        span = period(QUARTER)
        must = queries.expected(self.sheet, span)
        owner = filling.parts(self.sheet, span, must)
        for unit, row in enumerate(self.rows):
            members = [each for each, speaks in owner.items() if speaks == self.communes[unit].pk]
            for number, said in row.said.items():
                assert self.boxes(unit, number) == said
                position = queries.versions_of(self.submission(unit)).get(number=number).position
                there = Entry.objects.filter(unit__in=members, pk__lte=position)
                if said["luot-nguoi"] is not None:
                    assert sum(each.value for each in there) == said["luot-nguoi"]

    def submission(self, unit):
        return Submission.objects.get(unit=self.communes[unit])

    @invariant()
    def the_official_figure_is_the_sum_of_what_was_approved(self):
        units = [each.pk for each in self.communes]
        found = standing.standing(self.sheet, period(QUARTER), units)
        said = [row.said[row.approved]["luot-nguoi"] for row in self.rows if row.approved]
        known = [value for value in said if value is not None]
        assert found.readings[0].official == (sum(known) if known else None)
        assert found.approved == len(said)


def the_small_world():
    top = make.unit("Tỉnh ủy", kind="party_province", on=make.line("dang"))
    communes = [
        make.unit(f"Đảng ủy {n}", kind="party_commune", under=top, on=make.line("dang"))
        for n in (1, 2)
    ]
    for n, commune in enumerate(communes):
        make.unit(f"Chi bộ {n}", kind="party_cell", under=commune, on=make.line("dang"))
    make.unit("Xã mới", under=top, on=make.line("dang"), start=dt.date(2025, 1, 1))
    heads = make.measure("luot-nguoi")
    make.kind("hop", needed=[heads])
    sheet = Sheet.objects.create(
        code="hoc-tap", name_vi="Học tập", name_en="Study", line=make.line("dang"),
        unit_kinds=["party_commune"], period_rule="calendar",
    )  # fmt: skip
    sheet.measures.set(Measure.objects.all())
    posts = [
        [(top, "reviewer")],
        [(top, "approver")],
        [(communes[0], "recorder"), (communes[1], "recorder")],
        [(communes[1], "reviewer")],
        # Above, and at the first commune: never a judge of it.
        [(top, "reviewer"), (communes[0], "recorder")],
    ]
    for number, held in enumerate(posts):
        person = holder(*held[0], on=make.line("dang"))
        Person.objects.filter(pk=person.pk).update(name=f"P{number}")
        for unit, role in held[1:]:
            Post.objects.create(
                person=person, unit=unit, line=make.line("dang"), role=role, start_date=make.START
            )


@pytest.mark.both
@pytest.mark.django_db
def test_any_history_of_review_keeps_its_promises():
    the_small_world()

    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=times(12),
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

    assert not Submission.objects.exists()
