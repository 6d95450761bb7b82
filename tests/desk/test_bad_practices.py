"""What no adoption, sample or recheck may be, walked page by page: refused with its sentence, in the reader's own language."""

from pathlib import Path

import pytest
from django.urls import reverse

from lantoa import ledger
from lantoa.inspections.models import Verification
from lantoa.ledger import actions as measures
from lantoa.orgs.models import Post
from lantoa.practices.models import Adoption
from tests import make
from tests.desk import recording
from tests.inspections.life import TODAY, Life
from tests.practices.telling import adopted, ended, origin, registered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _noon(settings, tmp_path):
    settings.NOW, settings.MEDIA = make.NOON, tmp_path / "media"


@pytest.fixture
def measured(world):
    path = Path(ledger.__file__).parent / "measures.toml"
    measures.load_measures(path=path, by=make.clerk(), at=make.NOON)


@pytest.fixture(params=["vi", "en"])
def language(request):
    return request.param


def refused(answer, box, language, vi, en):
    page = answer.content.decode()
    assert answer.status_code == 400
    assert f'href="#{box}"' in page
    assert (vi if language == "vi" else en) in page


def test_a_practice_taken_up_from_oneself(world, measured, entered, language):
    practice = registered(world["A1.pn"])
    client = entered(world["A1.pn"], language=language)

    there = reverse("desk:adopt-practice", args=[practice.pk])
    answer = client.post(there, {"tu": origin(practice).pk})

    refused(answer, "tu", language, "từ chính mình", "learn a practice from itself")
    assert Adoption.objects.count() == 1


def test_an_adoption_that_would_be_a_circle(world, measured, entered, language):
    practice = registered(world["A1.pn"])
    first = adopted(practice, world["A2.pn"])
    second = adopted(practice, world["A3.pn"], source=first)
    ended(first)
    client = entered(world["A2.pn"], language=language)

    there = reverse("desk:adopt-practice", args=[practice.pk])
    answer = client.post(there, {"tu": second.pk})

    refused(answer, "tu", language, "thành vòng tròn", "that is a circle")
    assert Adoption.objects.count() == 1 + 2


def test_a_sample_larger_than_its_records(world, entered, language):
    kind = recording.kinds()["lao-dong"]
    for number in range(5):
        recording.held(kind, world["N.du"], 27, date=TODAY, title=f"Việc {number}")
    client = entered(world["TU"], Post.Role.INSPECTOR, line=world.party, language=language)
    sent = {
        "don-vi": world["TU"].pk, "tu": "01/01/2026", "den": "23/11/2026", "so-ho-so": "6", "hat-giong": "260311",
    }  # fmt: skip

    answer = client.post(reverse("desk:draw-records"), sent)

    refused(answer, "so-ho-so", language, "Phạm vi này có 5 hồ sơ", "This scope has 5 records")
    assert not Verification.objects.exists()


def test_a_finding_closed_by_whoever_mended_it(world, entered, language):
    life = Life(world)
    client = entered(world["TU"], Post.Role.INSPECTOR, line=world.party, language=language)
    Post.objects.create(
        person=client.person, unit=world["N.du"], line=world.party, role="recorder", start_date=make.START
    )  # fmt: skip
    finding = life.concluded("N.du").findings.get()
    fix = life.fix(finding, by=client.person)

    there = reverse("desk:recheck-finding", args=[finding.pk])
    answer = client.post(there, {"viec": "xong", "lan": fix.pk})

    refused(answer, "nhan-xet", language, "Cần một người khác kiểm lại", "Another person must look again")  # fmt: skip
    finding.refresh_from_db()
    assert finding.state == "fixed"
