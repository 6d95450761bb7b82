"""Thirty people, from the record at a commune to the province's report and its page: the path of ARCHITECTURE.md."""

import datetime as dt

import pytest

from lantoa.ledger.models import Entry, Measure
from lantoa.lib.periods import period
from lantoa.orgs import queries as orgs
from lantoa.reports import paper as papers
from lantoa.reports import queries as reports
from lantoa.reports.paper import Paragraph
from lantoa.warehouse import figures, segments, store, verification
from lantoa.work import actions as work
from lantoa.work.models import ActivityKind
from tests import make
from tests.reports import world as worlds

HEADS = "luot-nguoi-truc-tiep"
BEFORE = sum(worlds.HA_QUANG) + worlds.ITS_COMMUNE + worlds.BAO_LAM


@pytest.fixture
def province(db, settings, tmp_path):
    settings.SEGMENTS = settings.STATIC_ROOT = tmp_path
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": plain}}
    store.forget()
    return worlds.build()


def test_thirty_people_walk_from_a_record_to_the_province(province, client):
    year, heads = period("2023"), Measure.objects.get(code=HEADS)
    host, day, line = province.communes[0], dt.date(2023, 6, 1), make.line("dia-ban")

    # 1. recorded once, where it happened; 2. and the ledger gets the difference
    activity = work.record(
        kind=ActivityKind.objects.get(code="hoi-nghi-truc-tiep"),
        unit=host, date=day, values={HEADS: 25}, by=make.recorder(host), at=make.NOON,
    )  # fmt: skip
    work.correct(
        activity=activity, seen=1, values={HEADS: 30}, reason="đếm lại", by=make.clerk(), at=make.NOON
    )  # fmt: skip
    said = Entry.objects.filter(measure=heads, source_kind="activity", source_id=activity.pk)
    assert list(said.order_by("pk").values_list("value", flat=True)) == [25, 30 - 25]

    # 3. sealed, and the seal holds; 4. read, with nothing built in between
    segments.seal(at=make.NOON)
    assert list(verification.faults()) == []
    assert store.now().position == Entry.objects.latest("pk").pk

    # 5. the structure of its day; 6. added up; 7. a figure that opens to what was summed
    assert orgs.tree_on(line, day).position(host.pk) > 0
    found = figures.figure(measure=heads, unit=province.province, line=line, period=year)
    behind = figures.entries_behind(found)
    assert found.top == BEFORE + 30 == sum(entry.value for entry in behind)
    assert set(said) <= set(behind)

    # 8. the report says it
    paper = reports.paper_for(
        template=province.template, unit=province.committee, scope=province.province,
        period=year, date=worlds.DAY,
    )  # fmt: skip
    words = " ".join(papers.plain(each) for each in paper.blocks if isinstance(each, Paragraph))
    assert f"{4 + 1} hội nghị trực tiếp/{BEFORE + 30} lượt người" in words

    # 9. and so does the page, whose door proves it
    page = client.get(f"/so-lieu/{HEADS}/ho-so/?ky=2023").content.decode()
    assert f"({behind.count()} dòng) = {BEFORE + 30}" in page
