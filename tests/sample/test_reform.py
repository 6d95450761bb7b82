"""The real structure of Cao Bằng across 01/07/2025: 10 districts and 161 communes, then 56 communes (A2.1 to A2.6)."""

import datetime as dt
from collections import Counter, defaultdict

import pytest
from django.db.models import Count, Q
from django.urls import reverse

from lantoa.ledger.models import Measure
from lantoa.lib.periods import period
from lantoa.orgs import queries
from lantoa.orgs.models import Closure, Line, Placement, Succession, Unit, UnitName
from lantoa.project import demo
from lantoa.project.sample import load, places
from lantoa.reports import actions as reporting
from lantoa.reports import queries as reports
from lantoa.warehouse import figures

pytestmark = pytest.mark.django_db
REFORM = dt.date(2025, 7, 1)
EVE = REFORM - dt.timedelta(days=1)
OLD = {commune.code: commune for commune in places.old_communes()}
NEW = {commune.code: commune for commune in places.new_communes()}
COUNTED = "luot-nguoi-truc-tiep"


@pytest.fixture
def territory(sample) -> Line:
    return Line.objects.get(code="dia-ban")


@pytest.fixture
def on_the_eve(territory) -> dict[str, Unit]:
    return by_code(EVE)


@pytest.fixture
def from_then_on(territory) -> dict[str, Unit]:
    return by_code(REFORM)


def by_code(day):
    """Units that have an official code on a day."""
    named = UnitName.objects.filter(queries.valid_on(day)).exclude(code="").select_related("unit")
    return {row.code: row.unit for row in named}


def standing(line, day):
    """Kinds of the units in the tree of a day, counted."""
    return Counter(
        Unit.objects.filter(pk__in=queries.tree_on(line, day).unit.tolist()).values_list(
            "kind", flat=True
        )
    )


def test_a2_1_every_unit_has_one_territorial_place_on_each_day_of_its_life_and_one_sector_at_most(
    sample,
):
    days = Placement.objects.values_list("start_date", flat=True).distinct()
    for day in [*days, EVE, dt.date(2026, 11, 23)]:
        alive = Unit.objects.filter(
            Q(closed_date=None) | Q(closed_date__gt=day), opened_date__lte=day
        )
        placed = Placement.objects.filter(queries.valid_on(day))
        by_kind = placed.values("line__kind", "unit").annotate(times=Count("pk"))
        times = defaultdict(dict)
        for row in by_kind:
            times[row["line__kind"]][row["unit"]] = row["times"]

        assert times["territory"] == dict.fromkeys(alive.values_list("pk", flat=True), 1)
        assert set(times["sector"].values()) == {1}


def test_a2_3_ten_districts_and_161_communes_close_on_the_day_and_56_open(territory):
    before, after = standing(territory, EVE), standing(territory, REFORM)

    assert (before["district"], before["commune"]) == (10, 161)
    assert (after["district"], after["commune"]) == (0, 56)
    closed = Unit.objects.filter(closed_date=REFORM)
    opened = Unit.objects.filter(opened_date=REFORM)
    assert (closed.filter(kind="district").count(), closed.filter(kind="commune").count()) == (
        10,
        161,
    )
    assert opened.filter(kind="commune").count() == 56


def test_all_five_lines_stand_down_to_the_branches_before_and_after(sample):
    for code, leaf in (("dang", "party_cell"), ("phu-nu", "women_chapter"), ("cong-an", "police"), ("quan-su", "military")):  # fmt: skip
        line = Line.objects.get(code=code)
        for day in (EVE, REFORM):
            tree = queries.tree_on(line, day)
            leaves = tree.unit[tree.end == range(1, len(tree.unit) + 1)].tolist()

            assert (tree.depth == 0).sum() == 1
            assert set(Unit.objects.filter(pk__in=leaves).values_list("kind", flat=True)) >= {leaf}


@pytest.mark.parametrize("code", OLD)
def test_a2_3_an_old_code_leads_to_the_new_commune_of_the_official_table(
    code, territory, on_the_eve, from_then_on
):
    old, new = on_the_eve[code], from_then_on[OLD[code].merged_into]
    tree = queries.tree_on(territory, REFORM)

    fate = Succession.objects.get(before=old)
    assert (fate.kind, fate.after, fate.date) == ("merger", new, REFORM)
    assert tree.unit[tree.column[old.pk]] == new.pk
    assert queries.parent_on(old, territory, EVE) == on_the_eve[OLD[code].district]
    assert queries.unit_on(code, REFORM) == from_then_on.get(code)


def test_a2_3_every_new_commune_is_made_of_the_old_ones_of_the_table_and_of_no_others(
    territory, on_the_eve, from_then_on
):
    tree = queries.tree_on(territory, EVE)
    for code in NEW:
        olds = {on_the_eve[old].pk for old, commune in OLD.items() if commune.merged_into == code}
        origins = Succession.objects.filter(after=from_then_on[code]).values_list(
            "before", flat=True
        )
        # Before it opened it lands on what it came from: the one, or where all of them meet.
        lands = tree.unit[tree.column[from_then_on[code].pk]]
        above = [set(above_on(territory, EVE, old)) for old in olds]

        assert set(origins) == olds
        assert lands in set.intersection(*above)


def above_on(line, day, unit):
    rows = Closure.objects.filter(queries.valid_on(day), line=line, unit=unit)
    return rows.values_list("ancestor", flat=True)


def test_a2_4_a_reused_code_is_shown_by_the_name_of_the_documents_day(on_the_eve, from_then_on):
    names = {day: queries.names_on(day) for day in (EVE, REFORM)}
    renamed = {
        code
        for code in NEW
        if names[EVE][on_the_eve[code].pk].name != names[REFORM][from_then_on[code].pk].name
    }

    assert set(NEW) <= set(OLD)
    assert len(renamed) == 23
    assert names[EVE][on_the_eve["01273"].pk].name == "Phường Hợp Giang"
    assert names[REFORM][from_then_on["01273"].pk].name == "Phường Thục Phán"


def test_a2_6_the_propaganda_department_keeps_its_name_in_old_documents(sample):
    unit = UnitName.objects.get(name="Ban Tuyên giáo và Dân vận Tỉnh ủy").unit
    day = Succession.objects.get(kind="renaming", before=unit).date

    assert queries.name_near(unit.pk, day - dt.timedelta(days=1)) == "Ban Tuyên giáo Tỉnh ủy"
    assert queries.name_near(unit.pk, day) == "Ban Tuyên giáo và Dân vận Tỉnh ủy"


def read(line, when, units, structure=None):
    measure = Measure.objects.get(code=COUNTED)
    found = figures.among(
        measures=[measure], units=units, line=line, periods=[period(when)], structure=structure
    )
    return {unit.pk: found.figure(measure, unit.pk).top or 0 for unit in units}


def test_a2_5_the_year_before_of_each_new_commune_is_the_sum_of_its_old_ones(
    territory, on_the_eve, from_then_on
):
    olds = read(territory, "2024", [on_the_eve[code] for code in OLD])
    news = read(territory, "2024", [from_then_on[code] for code in NEW], dt.date(2025, 12, 31))

    sums = Counter()
    for code, commune in OLD.items():
        sums[from_then_on[commune.merged_into].pk] += olds[on_the_eve[code].pk]
    assert news == {pk: sums[pk] for pk in news}
    assert sum(news.values()) > 0


def page(client, unit, when):
    address = reverse("portal:figure", args=[COUNTED])
    return client.get(f"{address}?ky={when}&don-vi={unit.pk}&so-voi=cung-ky").content.decode()


def of_two_districts():
    """The new communes for which no old district could stand in."""
    districts = defaultdict(set)
    for commune in OLD.values():
        districts[commune.merged_into].add(commune.district)
    return [code for code, found in districts.items() if len(found) == 2]


@pytest.mark.parametrize("code", of_two_districts())
def test_a2_5_the_year_before_is_offered_for_a_new_commune(code, client, from_then_on):
    assert "Không so được với cùng kỳ" not in page(client, from_then_on[code], "2025")


@pytest.mark.parametrize("code", [district.code for district in places.districts()])
def test_a2_5_the_year_before_is_refused_for_an_old_district(code, client, on_the_eve):
    shown = page(client, on_the_eve[code], "2025")

    assert "Không so được với cùng kỳ" in shown
    assert "kết thúc hoạt động từ 01/07/2025" in shown


@pytest.mark.parametrize(("when", "districts"), [("2024", 10), ("2026", 0)])
def test_a2_3_a_report_run_later_has_district_rows_for_2024_and_none_for_2026(
    when, districts, sample
):
    by = load.Person.objects.get(name=load.FOUNDER)
    day = dt.date(2026, 11, 20)
    paper = reports.paper_for(
        template=reporting.keep_template(path=demo.TEMPLATE, by=by, at=demo.NOW),
        unit=Unit.objects.get(kind=Unit.Kind.PARTY_PROVINCE),
        scope=queries.unit_on("04", day),
        period=period(when),
        date=day,
    )
    labels = {row.label for table in paper.tables for row in table.rows}
    named = UnitName.objects.filter(unit__kind=Unit.Kind.DISTRICT)

    assert len([row for row in named if {row.name, row.short_name} & labels]) == districts, labels
