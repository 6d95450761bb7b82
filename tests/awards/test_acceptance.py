"""A6.1 to A6.6 of DOMAIN.md, by their names."""

import datetime as dt

import pytest

from lantoa.awards import actions, dossiers, fairness, law, queries
from lantoa.awards.deciding import decide, publish, revoke
from lantoa.awards.models import Award, Decision, DossierPaper, Level
from lantoa.awards.refusals import AlreadyAwardedError
from lantoa.ledger.models import Entry
from lantoa.lib.errors import RefusedError
from tests.awards import world as worlds

pytestmark = pytest.mark.django_db
WHY = "Thành tích mới rộng hơn hẳn, hội đồng đã họp và ghi biên bản."


@pytest.fixture
def made():
    return worlds.awarding()


@pytest.mark.parametrize(
    "again",
    [
        {"achievement": worlds.ACHIEVEMENT.upper(), "merits": ()},
        {"achievement": "Chuyện khác hẳn", "merits": "same"},
    ],
    ids=["the same words", "a record in common"],
)
def test_a6_1_an_achievement_awarded_once_is_refused_and_the_earlier_decision_shown(made, again):
    first = worlds.nominated(made, name="Cá nhân số 12")
    decision = worlds.decided(made, first)
    shared = tuple((m.source_kind, m.source_id) for m in first.merits.all())
    again = again | {"merits": shared if again["merits"] == "same" else None}
    second = worlds.nominated(made, name="Cá nhân số 12", decider="TU", form="bang-khen",
                              conditions=("hai-nam",), **again)  # fmt: skip

    with pytest.raises(AlreadyAwardedError) as refused:
        worlds.sent(made, second)

    assert refused.value.earlier.decision == decision
    assert f"Quyết định số {decision.number} ngày 20/10/2026" in str(refused.value)


def test_a6_1_the_board_may_let_it_be_awarded_again_and_its_reason_stays(made):
    worlds.decided(made, worlds.nominated(made))
    second = worlds.nominated(made)
    with pytest.raises(RefusedError):
        actions.allow_again(nomination=second, reason="vẫn khen", by=made.by, at=worlds.SENT)

    actions.allow_again(nomination=second, reason=WHY, by=made.members[0], at=worlds.NOW)
    worlds.sent(made, second)

    second.refresh_from_db()
    assert (second.state, second.again_reason, second.again_by) == ("sent", WHY, made.members[0])


def test_a6_1_an_award_that_was_revoked_stands_in_nobodys_way(made):
    decision = worlds.decided(made, worlds.nominated(made))
    revoke(award=decision.awards.get(), reason=WHY, by=made.by, at=worlds.NOW)

    [second] = worlds.sent(made, worlds.nominated(made))

    assert second.state == "sent"


def test_a6_1_two_on_their_way_at_once_do_not_both_arrive(made):
    both = [worlds.nominated(made, merits=()), worlds.nominated(made, merits=())]
    for each in both:
        worlds.actions.Merit.objects.create(
            nomination=each, source_kind="activity", source_id=worlds.record(made).pk
        )
    worlds.passed(made, *both)
    decide(nominations=[both[0]], text=worlds.text(), by=made.by, at=worlds.NOW)

    with pytest.raises(AlreadyAwardedError):
        decide(nominations=[both[1]], text=worlds.text(), by=made.by, at=worlds.NOW)


@pytest.mark.parametrize(
    ("missing", "where"),
    [({"kind": ""}, "ai"), ({"form": ""}, "hinh-thuc"), ({"name": " ", "kind": "individual"}, "ho-ten")],
)  # fmt: skip
def test_a6_2_collective_or_individual_and_the_level_are_never_left_open(made, missing, where):
    with pytest.raises(RefusedError) as refused:
        worlds.nominated(made, **missing)

    assert refused.value.where == where


def test_a6_2_level_and_kind_are_counted_apart_and_add_up(made):
    worlds.decided(
        made,
        worlds.nominated(made),
        worlds.nominated(made, name="Cá nhân số 1"),
        worlds.nominated(made, name="Cá nhân số 2", is_direct_worker=False),
    )

    entries = Entry.objects.filter(source_kind="award")
    said = {}
    for code, value in entries.values_list("measure__code", "value"):
        said[code] = said.get(code, 0) + value
    assert said == {
        "khen-co-so-tap-the": 1,
        "khen-co-so-ca-nhan": 2,
        "khen-cap-xa": 3,
        "khen-truc-tiep-lao-dong": 1,
    }
    assert {(e.unit, e.date) for e in entries} == {(made["N.du"], worlds.DECIDED)}


@pytest.mark.parametrize(("key", "level"), [("P", "province"), ("TU", "province"), ("A", "district"),
                                            ("N", "commune"), ("N.du", "commune"), ("A1.cb", None)])  # fmt: skip
def test_a6_2_the_level_follows_from_who_gives(made, key, level):
    assert law.level_of(made[key]) == (Level(level) if level else None)


def test_a6_3_direct_work_is_a_yes_or_a_no(made):
    with pytest.raises(RefusedError) as refused:
        worlds.nominated(made, name="Cá nhân số 3", is_direct_worker=None)

    assert refused.value.where == "truc-tiep"


def test_a6_3_the_share_of_direct_workers_comes_first(made):
    worlds.decided(
        made,
        worlds.nominated(made),
        worlds.nominated(made, name="Cá nhân số 1"),
        worlds.nominated(made, name="Cá nhân số 2"),
        worlds.nominated(made, name="Cá nhân số 3", is_direct_worker=False),
    )

    seen = fairness.view(made.members[0], 2026, worlds.NOW)

    assert (seen.direct.count, seen.direct.of, seen.target) == (2, 3, (50, 70))
    assert seen.sections[0].code == "direct"


@pytest.mark.parametrize("kind", DossierPaper.Kind)
def test_a6_4_nothing_goes_upward_without_the_three_papers(made, kind):
    nomination = worlds.nominated(made)
    actions.write_papers(
        nominations=[nomination], meeting=worlds.MEETING, by=made.by, at=worlds.SENT
    )
    actions.confirm(nominations=[nomination], by=made.by, at=worlds.SENT)
    nomination.papers.filter(kind=kind).delete()

    with pytest.raises(RefusedError, match="còn thiếu"):
        actions.send(nominations=[nomination], by=made.by, at=worlds.SENT)

    nomination.refresh_from_db()
    assert nomination.state == "draft"


def test_a6_4_a_report_that_the_level_has_not_confirmed_is_no_report(made):
    nomination = worlds.nominated(made)
    actions.write_papers(
        nominations=[nomination], meeting=worlds.MEETING, by=made.by, at=worlds.SENT
    )

    with pytest.raises(RefusedError, match="cấp trình xác nhận"):
        actions.send(nominations=[nomination], by=made.by, at=worlds.SENT)


def test_a6_5_the_public_sees_five_things_and_a_revoked_award_not_at_all(made):
    first = worlds.nominated(
        made, name="Cá nhân số 1", post="Trưởng bản", consent_date=worlds.TODAY
    )
    silent = worlds.nominated(made, name="Cá nhân số 2")
    decision = worlds.decided(made, first, silent)

    assert publish(decision=decision, by=made.by, at=worlds.NOW) == 1
    [row] = queries.public_rows(queries.published())
    assert [getattr(row, name) for name in row.__slots__] == [
        "Cá nhân số 1",
        "Chi bộ 1, Xã A1",
        "Giấy khen",
        decision.number,
        worlds.DECIDED,
    ]

    revoke(award=first.award, reason=WHY, by=made.by, at=worlds.NOW)

    assert queries.public_rows(queries.published()) == []
    kept = Award.objects.get(nomination=first)
    assert (kept.revoked_reason, kept.revoked_by, kept.published_at) == (WHY, made.by, worlds.NOW)


def test_a6_5_a_revocation_takes_the_figure_back_with_its_reason(made):
    decision = worlds.decided(made, worlds.nominated(made, name="Cá nhân số 1"))
    award = decision.awards.get()

    revoke(award=award, reason=WHY, by=made.by, at=worlds.NOW)

    entries = Entry.objects.filter(source_kind="award", source_id=award.pk)
    assert sorted(entries.values_list("value", flat=True)) == [-1, -1, -1, 1, 1, 1]
    # The board's own words may name somebody: the public page of the figure shows others.
    assert {e.reason for e in entries if e.value < 0} == {
        "Thu hồi một khen thưởng theo Quyết định số 1 ngày 20/10/2026"
    }
    with pytest.raises(RefusedError, match="đã thu hồi"):
        revoke(award=award, reason=WHY, by=made.by, at=worlds.NOW)


def test_a6_6_a_decision_of_2_october_2026_cannot_cite_decree_98(made):
    nomination = worlds.nominated(made)
    worlds.passed(made, nomination)
    said = worlds.text(date=dt.date(2026, 10, 2), bases=("nd-98-2023",))

    with pytest.raises(RefusedError, match="98/2023/NĐ-CP") as refused:
        decide(nominations=[nomination], text=said, by=made.by, at=worlds.NOW)

    assert refused.value.where == "can-cu"
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("day", "there", "gone"),
    [
        (dt.date(2025, 6, 30), "nd-98-2023", "nd-152-2025"),
        (dt.date(2025, 7, 1), "nd-152-2025", "nd-98-2023"),
        (dt.date(2025, 8, 4), "tt-01-2024", "tt-15-2025"),
        (dt.date(2025, 8, 5), "tt-15-2025", "tt-01-2024"),
        (dt.date(2026, 9, 30), "luat-06-2022", "luat-06-2022-sua-doi"),
        (dt.date(2026, 10, 1), "luat-06-2022-sua-doi", "luat-06-2022"),
    ],
)
def test_a6_6_bases_are_dated_rows(day, there, gone):
    offered = {each.code for each in law.bases_on(day, "state")}

    assert there in offered
    assert gone not in offered
    assert law.not_in_force([there, gone, "la"], day) == [law.bases()[gone].title, "la"]


def test_the_clocks_count_working_days(made):
    [nomination] = worlds.sent(made, worlds.nominated(made))

    clocks = dossiers.clocks(nomination, dt.date(2026, 9, 14))

    # Thursday 10/09/2026: five and twenty-five working days later.
    assert [(c.what, c.due, c.left) for c in clocks] == [
        ("incomplete", dt.date(2026, 9, 17), 3),
        ("appraisal", dt.date(2026, 10, 15), 23),
    ]
