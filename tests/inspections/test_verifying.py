"""Records drawn by a seed, what was found beside what was reported; the figure itself never changes."""

import datetime as dt
import uuid

import pytest

from lantoa.inspections import verified, verifying
from lantoa.inspections.models import SampledFile, SampledValue
from lantoa.inspections.verifying import Drawing
from lantoa.ledger.models import Entry, Measure
from lantoa.lib.errors import RefusedError
from lantoa.orgs.rights import NotAllowedError
from lantoa.work import actions as work
from lantoa.work.evidence import Sent
from tests import make
from tests.inspections.life import PAPER, TODAY, holder
from tests.work.photos import photo

pytestmark = pytest.mark.django_db

YEAR = (dt.date(2026, 1, 1), dt.date(2027, 1, 1))
NAMES = uuid.UUID(int=7)


@pytest.fixture
def kind():
    return make.kind("hoi-nghi", one=make.measure("hoi-nghi"), needed=[make.measure("luot")])


@pytest.fixture
def records(world, kind):
    """Twelve of N, three of M; heads 10, 20, …"""

    def held(number):
        return work.record(
            kind=kind,
            unit=world["N.du" if number <= 12 else "M.du"],
            date=dt.date(2026, 3, 1),
            values={"luot": 10 * number},
            uuid=uuid.uuid5(NAMES, str(number)),
            by=make.clerk(),
            at=make.NOON,
        )

    return [held(number) for number in range(1, 16)]


@pytest.fixture
def draw(life, world):
    def draw(unit="N.du", size=5, seed="260311", by=None, **more):
        drawing = Drawing(world[unit], world.party, *YEAR, **more)
        return verifying.draw(
            drawing=drawing, seed=seed, size=size, by=by or life.inspector, at=make.NOON
        )

    return draw


def numbers(verification):
    return [each.activity.uuid for each in verified.sample_of(verification)]


def look(life, verification, less=0):
    """Find of every record what it says, less so much of the heads."""
    values = SampledValue.objects.filter(record__verification=verification)
    found = {
        each.pk: each.reported - (less if each.measure.code == "luot" else 0)
        for each in values.select_related("measure")
    }
    verifying.write(
        verification=verification, found=found, notes={}, by=life.inspector, at=make.NOON
    )


@pytest.mark.both
def test_the_same_seed_gives_the_same_records_whatever_their_numbers_in_the_database(
    records, draw, world, kind
):
    first = numbers(draw())
    for each in records[:2]:  # noise: more rows, other keys, outside the span
        work.record(
            kind=kind, unit=each.unit, date=dt.date(2025, 9, 1), values={"luot": 1}, by=make.clerk(), at=make.NOON
        )  # fmt: skip

    again = draw()

    assert numbers(again) == first
    assert again.records == 12
    assert first == [uuid.uuid5(NAMES, str(number)) for number in (1, 4, 9, 10, 2)]
    assert numbers(draw(seed="260312")) != first


def test_a_sample_larger_than_its_records_is_refused(records, draw):
    for size in (13, 0):
        with pytest.raises(RefusedError) as wrong:
            draw(size=size)
        assert wrong.value.where == "size"
        assert str(wrong.value) == (
            f"Phạm vi này có 12 hồ sơ, không rút được {size}. Hãy chọn từ 1 đến 12."
        )


def test_an_empty_scope_says_so(records, draw):
    with pytest.raises(RefusedError, match="Không có hồ sơ nào trong phạm vi này"):
        draw(unit="A3.du")


def test_a_sample_is_of_all_that_stands_below_and_of_nothing_taken_back(records, draw):
    work.withdraw(activity=records[0], reason="ghi trùng", by=make.clerk(), at=make.NOON)

    assert draw(unit="TU").records == 15 - 1


def test_the_factor_is_found_over_reported_and_says_of_how_many(records, draw, life):
    made = draw(size=4)
    look(life, made, less=2)

    heads = next(each for each in verified.of(made) if each.measure.code == "luot")
    held = next(each for each in verified.of(made) if each.measure.code == "hoi-nghi")

    reported = sum(10 * number for number in (1, 4, 9, 10))
    assert (heads.factor.found, heads.factor.reported) == (reported - 4 * 2, reported)
    assert (heads.factor.checked, heads.records, heads.factor.right) == (4, 12, 0)
    assert (held.factor.found, held.factor.reported) == (4, 4)


def test_what_was_not_looked_at_is_left_out_and_is_no_nought(records, draw, life):
    made = draw(size=4)
    value = SampledValue.objects.filter(record__verification=made, measure__code="luot").first()
    verifying.write(
        verification=made, found={value.pk: 0}, notes={value.record_id: "Không có sổ"}, by=life.inspector, at=make.NOON
    )  # fmt: skip

    heads = next(each for each in verified.of(made) if each.measure.code == "luot")

    assert (heads.factor.found, heads.factor.reported, heads.factor.checked) == (
        0,
        value.reported,
        1,
    )


def test_a_correction_after_the_drawing_does_not_blur_what_was_verified(records, draw, life):
    made = draw(size=12)
    work.correct(activity=records[0], seen=1, values={"luot": 1}, by=make.clerk(), at=make.NOON)
    look(life, made)

    assert {each.factor.found - each.factor.reported for each in verified.of(made)} == {0}


def test_no_figure_changes(records, draw, life):
    before = list(Entry.objects.values_list())
    made = draw()
    look(life, made, less=5)
    verifying.finish(verification=made, by=life.inspector, at=make.NOON)

    assert list(Entry.objects.values_list()) == before


def behind(world, unit, *, line=None, year=2026):
    heads = Measure.objects.get(code="luot")
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return verified.behind(heads, world[unit].pk, line or world.party, first, last)


def test_behind_a_figure_stand_the_finished_ones_of_its_units_and_its_period(
    records, draw, life, world
):
    made = draw()
    look(life, made)
    assert behind(world, "N.du") == []

    verifying.finish(verification=made, by=life.inspector, at=make.NOON)

    assert [each.verification for each in behind(world, "N.du")] == [made]
    assert [each.verification for each in behind(world, "TU")] == [made]
    assert [each.verification for each in behind(world, "P", line=world.territory)] == [made]
    assert behind(world, "M.du") == []
    assert behind(world, "TU", year=2025) == []


def test_what_is_finished_changes_no_more(records, draw, life, shows):
    made = draw()
    with pytest.raises(RefusedError, match="Chưa ghi số thấy được"):
        verifying.finish(verification=made, by=life.inspector, at=make.NOON)
    look(life, made)
    verifying.finish(verification=made, by=life.inspector, at=make.NOON)

    with pytest.raises(RefusedError, match="đã xong"):
        look(life, made)
    with pytest.raises(RefusedError, match="đã xong"):
        shows(made, Sent("so.jpg", photo(), uuid.uuid4()))


@pytest.fixture
def shows(life):
    """Keep what the verifier saw of the first record of a sample."""

    def shows(verification, *sent, dropped=(), by=None):
        first = verification.sample.get(place=1)
        verifying.write(
            verification=verification, found={}, notes={}, sent={first.pk: sent}, dropped=dropped,
            by=by or life.inspector, at=make.NOON,
        )  # fmt: skip
        return [each.name for each in first.files.order_by("pk")]

    return shows


def test_a_photo_of_the_verifiers_own_is_kept_without_place_and_read_by_those_who_may(
    records, draw, life, world, shows, settings
):
    made = draw()
    mine = Sent("../so.jpg", photo(), uuid.uuid4())

    assert shows(made, mine, Sent("so.pdf", PAPER, uuid.uuid4())) == ["so.jpg", "so.pdf"]
    kept = SampledFile.objects.get(uuid=mine.uuid)
    assert b"MAY-BI-MAT" not in (settings.MEDIA / kept.file).read_bytes()
    assert verified.file_for(life.recorder, mine.uuid, make.NOON) is None
    look(life, made)
    verifying.finish(verification=made, by=life.inspector, at=make.NOON)
    assert verified.file_for(life.recorder, mine.uuid, make.NOON) == kept
    stranger = holder(world["M.du"], "recorder", world.party)
    assert verified.file_for(stranger, mine.uuid, make.NOON) is None


def test_the_same_photo_again_is_kept_once_and_goes_as_long_as_it_runs(records, draw, life, shows):
    made = draw()
    mine = Sent("so.jpg", photo(), uuid.uuid4())

    assert shows(made, mine) == shows(made, mine) == ["so.jpg"]
    assert shows(made, dropped=[mine.uuid]) == []


def test_what_is_no_photo_or_one_too_many_is_refused_at_its_record(records, draw, life, shows):
    made = draw()
    there = f"tep-{made.sample.get(place=1).pk}"
    many = [Sent("so.pdf", PAPER + bytes([n]), uuid.uuid4()) for n in range(7)]

    for sent in ([Sent("a.exe", b"MZ", uuid.uuid4())], many):
        with pytest.raises(RefusedError) as wrong:
            shows(made, *sent)
        assert wrong.value.where == there
    assert not SampledFile.objects.exists()


def test_another_verifications_photo_is_not_taken_away(records, draw, life, shows):
    mine, other = draw(), draw(unit="M.du", size=1)
    theirs = Sent("so.jpg", photo(), uuid.uuid4())
    shows(other, theirs)

    shows(mine, dropped=[theirs.uuid])

    assert SampledFile.objects.get().uuid == theirs.uuid


def test_who_does_not_inspect_shows_nothing(records, draw, life, shows):
    with pytest.raises(NotAllowedError):
        shows(draw(), Sent("so.jpg", photo(), uuid.uuid4()), by=life.recorder)


def test_a_value_of_another_verification_is_left_alone(records, draw, life):
    mine, other = draw(), draw(unit="M.du", size=1)
    foreign = SampledValue.objects.filter(record__verification=other).first()

    verifying.write(
        verification=mine, found={foreign.pk: 1}, notes={}, by=life.inspector, at=make.NOON
    )

    foreign.refresh_from_db()
    assert foreign.found is None


def test_only_inspectors_of_the_unit_draw_and_a_running_one_is_theirs_alone(
    records, draw, life, world
):
    with pytest.raises(NotAllowedError):
        draw(by=life.recorder)
    made = draw()

    assert verified.verification_for(life.inspector, made.pk, make.NOON) == made
    assert verified.verification_for(life.recorder, made.pk, make.NOON) is None
    look(life, made)
    verifying.finish(verification=made, by=life.inspector, at=make.NOON)
    assert verified.verification_for(life.recorder, made.pk, make.NOON) == made
    stranger = holder(world["M.du"], "recorder", world.party)
    assert verified.verification_for(stranger, made.pk, make.NOON) is None
    assert made.end_date > TODAY
