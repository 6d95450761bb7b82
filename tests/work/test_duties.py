"""What must be held again and again: kept, late, missed, due, to come; and the file that says so."""

import datetime as dt
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lantoa import work
from lantoa.lib import tomls
from lantoa.lib.recurrence import RuleError
from lantoa.work import actions, duties
from lantoa.work.duties import State
from lantoa.work.models import Duty
from tests import make
from tests.orgs import world as worlds

pytestmark = [pytest.mark.django_db, pytest.mark.both]
FIFTH = "FREQ=MONTHLY;BYMONTHDAY=5"


def duty(kind, line, **fields):
    told = {
        "code": f"viec-{kind.pk}",
        "name_vi": "Sinh hoạt chi bộ",
        "name_en": "Branch meeting",
        "unit_kinds": ["party_cell"],
        "rule": FIFTH,
        "early_days": 4,
        "grace_days": 10,
        "start_date": dt.date(2026, 1, 1),
    }
    return Duty.objects.create(kind=kind, line=line, **told | fields)


def meeting():
    return make.kind("sinh-hoat", needed=[make.measure("luot-nguoi")])


def hold(kind, unit, date):
    return actions.record(
        kind=kind, unit=unit, date=date, values={"luot-nguoi": 12}, by=make.clerk(), at=make.NOON
    )


def states(found):
    return [(each.date.month, each.state) for each in found]


def test_a_month_is_kept_up_to_the_day_late_after_it_and_missed_without():
    world, kind = worlds.small_province(), meeting()
    cell, monthly = world["A1.cb"], duty(kind, world.party)
    for day in (dt.date(2026, 8, 5), dt.date(2026, 9, 15)):
        hold(kind, cell, day)

    found = duties.occurrences(
        [monthly], [cell.pk], first=dt.date(2026, 8, 1), last=dt.date(2026, 12, 31),
        today=dt.date(2026, 11, 10),
    )  # fmt: skip

    assert states(found) == [
        (8, State.KEPT),
        (9, State.LATE),
        (10, State.MISSED),
        (11, State.DUE),
        (12, State.COMING),
    ]


def test_one_activity_answers_one_occurrence_and_a_withdrawn_one_none():
    world, kind = worlds.small_province(), meeting()
    cell = world["A1.cb"]
    weekly = duty(kind, world.party, rule="FREQ=WEEKLY;BYDAY=MO", early_days=0, grace_days=6)
    kept = hold(kind, cell, dt.date(2026, 11, 2))
    taken_back = hold(kind, cell, dt.date(2026, 11, 9))
    actions.withdraw(activity=taken_back, reason="Ghi nhầm", by=make.clerk(), at=make.NOON)

    found = duties.occurrences(
        [weekly], [cell.pk], first=dt.date(2026, 11, 1), last=dt.date(2026, 11, 15),
        today=dt.date(2026, 11, 23),
    )  # fmt: skip

    assert [(each.state, each.activity) for each in found] == [
        (State.KEPT, kept.pk),
        (State.MISSED, None),
    ]


def test_a_unit_is_bound_only_while_it_stands_in_the_line():
    world, kind = worlds.small_province(), meeting()
    monthly = duty(kind, world.party, unit_kinds=["party_commune"], start_date=dt.date(2025, 5, 1))

    found = duties.occurrences(
        [monthly], None, first=dt.date(2025, 5, 1), last=dt.date(2025, 8, 31),
        today=dt.date(2026, 1, 1),
    )  # fmt: skip

    counted = Counter((each.date.month, each.unit_id) for each in found)
    old = {world[f"{key}.du"].pk for key in worlds.COMMUNES}
    new = {world["N.du"].pk, world["M.du"].pk}
    assert set(counted) == {(m, u) for m in (5, 6) for u in old} | {
        (m, u) for m in (7, 8) for u in new
    }
    assert set(counted.values()) == {1}


def test_a_whole_province_costs_two_questions_a_duty(django_assert_num_queries):
    world, kind = worlds.small_province(), meeting()
    monthly = duty(kind, world.party)

    with django_assert_num_queries(2):
        found = duties.occurrences(
            [monthly], None, first=dt.date(2026, 1, 1), last=dt.date(2026, 12, 31),
            today=dt.date(2026, 11, 23),
        )  # fmt: skip

    assert len(found) == 5 * 12
    assert sum(duties.tally(found)[world["A1.cb"].pk].values()) == 12


def test_a_unit_learns_which_duties_bind_it():
    world, kind = worlds.small_province(), meeting()
    monthly = duty(kind, world.party)
    day = dt.date(2026, 11, 23)

    assert duties.duties_of(world["A1.cb"], day) == [monthly]
    assert duties.duties_of(world["A1.pn"], day) == []
    assert duties.duties_of(world["A1.cb"], dt.date(2025, 12, 31)) == []


@given(
    held=st.lists(st.integers(0, 120), max_size=12, unique=True),
    early=st.integers(0, 6),
    grace=st.integers(0, 20),
    today=st.integers(0, 160),
)
def test_the_states_are_what_a_slow_reading_day_by_day_says(held, early, grace, today):
    first = dt.date(2026, 1, 1)
    days = [dt.date(2026, month, 5) for month in range(1, 5)]
    moments = [first + dt.timedelta(days=number) for number in sorted(held)]
    told = Duty(early_days=early, grace_days=grace)
    stays = {1: [(first, dt.date.max)]}
    shelf = {1: [duties.Held(day, number) for number, day in enumerate(moments)]}

    found = duties._stand(told, days, stays, shelf, first + dt.timedelta(days=today))

    assert [each.state for each in found] == slowly(days, moments, early, grace, first, today)


def slowly(days, moments, early, grace, first, today):
    now, taken, said = first + dt.timedelta(days=today), set(), []
    for day in days:
        window = [day + dt.timedelta(days=number) for number in range(-early, grace + 1)]
        answers = [each for each in moments if each in window and each not in taken]
        if answers:
            taken.add(answers[0])
            said.append(State.KEPT if answers[0] <= day else State.LATE)
        elif now > window[-1]:
            said.append(State.MISSED)
        else:
            said.append(State.DUE if now >= window[0] else State.COMING)
    return said


def written(tmp_path, **changes):
    told = {
        "kind": '"chao-co"',
        "line": '"dang"',
        "unit_kinds": '["party_commune"]',
        "rule": '"FREQ=MONTHLY;BYDAY=1MO"',
        "start": "2026-01-01",
    } | changes
    lines = [f"{word} = {said}" for word, said in told.items()]
    path = tmp_path / "duties.toml"
    path.write_text("\n".join(['[a]\nname = { vi = "Việc", en = "Duty" }', *lines]), "utf-8")
    return path


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"kind": '"la"'}, "kind lạ: la"),
        ({"line": '"khong-co"'}, "line lạ: khong-co"),
        ({"unit_kinds": "[]"}, "unit_kinds lạ: trống"),
        ({"grace_days": "40"}, "chờ tới 40 ngày"),
    ],
)
def test_a_wrong_definition_is_refused_with_its_word(tmp_path, changes, said):
    make.kind("chao-co", one=make.measure())
    make.line("dang")

    with pytest.raises(tomls.DefinitionError, match=said):
        actions.load_duties(path=written(tmp_path, **changes), by=make.clerk(), at=make.NOON)


def test_a_rule_that_is_none_is_refused(tmp_path):
    make.kind("chao-co", one=make.measure())
    make.line("dang")

    with pytest.raises(RuleError):
        actions.load_duties(path=written(tmp_path, rule='"thứ Hai"'), by=make.clerk(), at=make.NOON)


def test_our_own_file_loads_twice_as_once():
    for code in ("chao-co", "sinh-hoat-chi-bo"):
        make.kind(code, one=make.measure())
    make.line("dang")

    for _time in range(2):
        actions.load_duties(
            path=Path(work.__file__).parent / "duties.toml", by=make.clerk(), at=make.NOON
        )

    assert sorted(Duty.objects.values_list("code", flat=True)) == [
        "chao-co-dau-thang",
        "sinh-hoat-chi-bo",
    ]
