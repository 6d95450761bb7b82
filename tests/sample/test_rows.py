"""The sample as plain rows: the article's figures to the last unit, the same every time."""

import datetime as dt
import re
from collections import Counter

import pytest

from lantoa.project.sample import awards, history, places, practices, records, structure

SEED, UNITS = 2024, 5_000
ARTICLE = {
    "hoi-nghi-truc-tiep": 1_103,
    "luot-nguoi-truc-tiep": 35_992,
    "hoi-nghi-truc-tuyen": 21,
    "diem-cau": 312,
    "luot-nguoi-truc-tuyen": 8_284,
}


@pytest.fixture(scope="module")
def built():
    return structure.build(seed=SEED, units=UNITS)


@pytest.fixture(scope="module")
def told(built):
    return records.records(built, seed=SEED)


def test_the_province_has_five_thousand_units_with_keys_of_their_own(built):
    keys = [unit.key for unit in built.units]

    assert len(keys) == len(set(keys)) == UNITS


def test_all_161_communes_go_whole_into_one_of_the_56(built):
    merged = [merger for merger in built.mergers if merger.into.startswith("xa-moi-")]

    assert len(places.old_communes()) == 161
    assert len(merged) == len(places.new_communes()) == 56
    assert sum(len(merger.units) for merger in merged) == 161
    assert {unit for merger in merged for unit in merger.units} == {
        f"xa-{commune.code}" for commune in places.old_communes()
    }


def test_eight_new_communes_take_from_two_districts():
    districts = {}
    for commune in places.old_communes():
        districts.setdefault(commune.merged_into, set()).add(commune.district)
    names = {commune.code: commune.name for commune in places.new_communes()}

    from_two = {names[code] for code, found in districts.items() if len(found) == 2}

    assert from_two == {
        "Thục Phán", "Tân Giang", "Cốc Pàng", "Trà Lĩnh",
        "Bạch Đằng", "Minh Tâm", "Kim Đồng", "Thạch An",
    }  # fmt: skip


def test_the_traps_of_the_official_lists_are_avoided():
    named = {commune.code: commune.name for commune in places.new_communes()}

    assert (named["01537"], named["01558"], named["01561"]) == ("Lý Quốc", "Hạ Lang", "Vinh Quý")
    assert {c.code for c in places.old_communes() if c.name == "Mỹ Hưng"} == {"01651"}


def test_the_conferences_of_2023_add_up_to_the_article(told):
    sums = Counter()
    for record in told:
        if record.date.year == 2023:
            sums[record.kind] += 1
            sums.update(dict(record.values))

    assert {code: sums[code] for code in ARTICLE} == ARTICLE


def test_many_units_hold_the_conferences(told):
    hosts = {
        record.unit
        for record in told
        if record.kind == "hoi-nghi-truc-tiep" and record.date.year == 2023
    }

    assert len(hosts) > 900


def test_the_practices_of_2023_add_up_to_the_article(built, told):
    end, shows = dt.date(2023, 12, 31), {record.unit: {record.title} for record in told}
    women, police = practices.women(built, shows, seed=SEED), practices.police(built, seed=SEED)
    keeping = {
        who.unit: [people for day, people, _saved in results if day <= end]
        for each in women
        for who, results in [(each, each.origin), *((who, who.results) for who in each.followers)]
        if who.start <= end
    }

    assert len(keeping) == 499
    assert sum(counts[-1] for counts in keeping.values()) == 20_000
    assert sum(each.registered <= end for each in police) == 71


def test_forty_councils_commend_27_and_1428_in_2023(built):
    held = [each for each in awards.plan(built, seed=SEED) if each.year == 2023]
    given = {each.unit: each.total for each in held}

    assert len(given) == 40
    assert given.pop("tinh-uy") == 27
    assert sum(given.values()) == 1_428


def test_flags_are_saluted_on_the_first_monday_of_each_month(told):
    days = {record.date for record in told if record.kind == "chao-co"}

    assert all(day.weekday() == 0 and day.day <= 7 for day in days)
    assert len([day for day in days if day.year == 2023]) == 12


def test_what_was_mistyped_and_filed_twice_is_right_in_the_end(told):
    history_told = history.tell(told, seed=SEED)

    assert history_told.corrections
    assert history_told.withdrawals
    assert Counter(history.standing(history_told)) == Counter(told)


def test_the_same_seed_makes_the_same_sample(told):
    again = records.records(structure.build(seed=SEED, units=UNITS), seed=SEED)

    assert again == told


def test_no_record_names_a_person(told):
    titles = {record.title for record in told}

    assert [
        title for title in titles if re.search(r"\b([Ôô]ng|[Bb]à|đồng chí) [A-ZĐ]", title)
    ] == []
