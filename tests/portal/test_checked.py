"""Behind a figure's door: how far it held when records were looked at, and the figure unchanged."""

import datetime as dt

import pytest

from lantoa.inspections import verified, verifying
from lantoa.inspections.models import SampledValue
from lantoa.inspections.verifying import Drawing
from lantoa.orgs import queries as orgs
from tests import make
from tests.portal.seen import text

PEOPLE = "/so-lieu/luot-nguoi-truc-tiep/ho-so/?ky=2023"
YEAR = (dt.date(2023, 1, 1), dt.date(2024, 1, 1))

pytestmark = pytest.mark.django_db


@pytest.fixture
def verification(world):
    """All records of the province's conferences in 2023, each found one head short."""
    territory = orgs.territory()
    root = orgs.root_on(territory, YEAR[0])
    by = {"by": make.clerk(), "at": make.NOON}
    drawing = Drawing(root, territory, *YEAR)
    size = verifying.population(drawing).count()
    made = verifying.draw(drawing=drawing, seed="260311", size=size, **by)
    values = SampledValue.objects.filter(
        record__verification=made, measure__code="luot-nguoi-truc-tiep"
    )
    found = {each.pk: each.reported - 1 for each in values}
    verifying.write(verification=made, found=found, notes={}, **by)
    return made


def test_it_is_shown_when_it_is_finished_and_the_figure_stays(client, verification):
    before = text(client.get(PEOPLE))
    assert "Đối chiếu với thực tế" not in before

    verifying.finish(verification=verification, by=make.clerk(), at=make.NOON)

    told = next(each.factor for each in verified.of(verification) if each.factor)
    after = text(client.get(PEOPLE))
    assert told.reported - told.found == told.checked  # one head short, each
    assert f"{told.checked}/{told.records}" in after
    assert "01/01/2023 – 31/12/2023" in after
    assert after.split("Đối chiếu với thực tế")[0].strip() in before


def test_another_period_shows_nothing_of_it(client, verification):
    verifying.finish(verification=verification, by=make.clerk(), at=make.NOON)

    assert "Đối chiếu với thực tế" not in text(client.get(PEOPLE.replace("2023", "2024")))
