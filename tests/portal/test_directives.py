"""Văn bản on the public pages: found, read with what they rest on, taken home; and nothing that is not public."""

import datetime as dt
import re

import pytest

from lantoa.plans.actions import directives as actions
from lantoa.plans.drafts import Related
from lantoa.plans.models import Directive
from tests import make
from tests.plans.directing import filed
from tests.portal.seen import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(world, settings, tmp_path):
    """Of the province: a plan that is public, with its file, and a letter that is not; both carry out the conclusion."""
    settings.MEDIA = tmp_path
    line = Directive.objects.get(code="01-KL/TW").line
    rests = {"related": [Related("implements", Directive.objects.get(code="01-KL/TW"))], "on": line}
    plan = filed(
        world.province, "15/KH-UBND", date=dt.date(2024, 2, 1), extract="Về chuyên đề năm", signer="Phó Chủ tịch",
        is_public=True, **rests,
    )  # fmt: skip
    letter = filed(
        world.province, "16/BC-UBND", date=dt.date(2024, 2, 2), extract="Nội bộ", **rests
    )
    for each in (plan, letter):
        actions.attach(
            directive=each, name="tep.pdf", content=b"%PDF-1.4", by=make.clerk(), at=make.NOON
        )
    return plan, letter


def codes(response):
    return re.findall(r'<th scope="row"><a href="[^"]+">[^<]*?(\S+)</a>', response.content.decode())


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["15/KH-UBND", "01-KL/TW", "05-CT/TW"]),
        ({"tim": "05-ct"}, ["01-KL/TW", "05-CT/TW"]),
        ({"tim": "chi thi bo chinh tri", "nam": "2016"}, ["05-CT/TW"]),
        ({"tim": "chuyen de nam"}, ["15/KH-UBND"]),
        ({"loai": "conclusion"}, ["01-KL/TW"]),
        ({"co-quan": "Bộ Chính trị"}, ["01-KL/TW", "05-CT/TW"]),
        ({"nguoi-ky": "pho chu tich"}, ["15/KH-UBND"]),
        ({"nam": "2016"}, ["05-CT/TW"]),
        ({"he": "dang"}, []),
        ({"tim": "noi bo"}, []),
    ],
)
def test_what_is_public_is_found_by_what_people_know_of_it(client, held, asked, found):
    assert codes(client.get("/van-ban/", asked)) == found


def test_the_issuer_is_chosen_by_the_unit_too(client, world, held):
    page = client.get("/van-ban/").content.decode()

    assert f'<option value="{world.province.pk}">' in page
    assert codes(client.get("/van-ban/", {"co-quan": world.province.pk})) == ["15/KH-UBND"]


def test_one_is_read_with_what_it_rests_on_and_its_file(client, held):
    plan, _letter = held
    got = client.get(f"/van-ban/{plan.pk}/")

    page = text(got)
    for said in ("Về chuyên đề năm", "Phó Chủ tịch", "01-KL/TW", "05-CT/TW"):
        assert said in page
    document = client.get(f"/van-ban/{plan.pk}/tep/")
    assert document.content == b"%PDF-1.4"
    assert document["Content-Disposition"].startswith("attachment")
    assert not got.cookies


def test_what_is_not_public_is_nowhere_and_answers_like_nothing(client, held):
    plan, letter = held
    conclusion = Directive.objects.get(code="01-KL/TW")

    for path in (f"/van-ban/{letter.pk}/", f"/van-ban/{letter.pk}/tep/", f"/van-ban/{10**18}/"):
        assert client.get(path).status_code == 404, path
    for path in (
        "/van-ban/",
        f"/van-ban/{conclusion.pk}/",
        f"/van-ban/?duoi={conclusion.pk}&nhom=",
    ):
        page = client.get(path).content.decode()
        assert "16/BC-UBND" not in page
        assert "15/KH-UBND" in page
    assert client.get("/van-ban/", {"duoi": letter.pk, "nhom": ""}).status_code == 404
    actions.withdraw(directive=plan, reason="nhầm", by=make.clerk(), at=make.NOON)
    assert client.get(f"/van-ban/{plan.pk}/").status_code == 404


def test_a_card_for_many_opens_to_as_many(client, world):
    conclusion = Directive.objects.get(code="01-KL/TW")
    for number in range(21, 27):
        filed(
            world.province, f"{number}/KH-UBND", on=conclusion.line, date=dt.date(2024, 3, 1), is_public=True,
            related=[Related("implements", conclusion)],
        )  # fmt: skip

    page = client.get(f"/van-ban/{conclusion.pk}/").content.decode()
    where, said = re.search(
        r'class="doc doc--many"[^>]*? href="([^"]+)"[^>]*aria-label="[^"]*?(\d+) kế hoạch', page
    ).groups()

    assert int(said) == 6
    assert len(codes(client.get(where.replace("&amp;", "&")))) == 6


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize(
    ("name", "value"),
    [("nam", "năm ngoái"), ("nam", "99999"), ("loai", "lạ"), ("he", "lạ"), ("trang", "0"), ("trang", "99"), ("duoi", "abc")],
)  # fmt: skip
def test_what_makes_no_sense_in_the_address_gets_its_sentence(client, world, language, name, value):
    response = client.get(f"{language}/van-ban/", {name: value})

    assert response.status_code == 400
    assert f'value="{value}"' in response.content.decode()


def test_a_longer_list_takes_no_more_queries(client, world, django_assert_max_num_queries):
    conclusion = Directive.objects.get(code="01-KL/TW")
    for number in range(21, 41):
        filed(
            world.province, f"{number}/KH-UBND", on=conclusion.line, date=dt.date(2024, 3, 1), is_public=True,
            related=[Related("implements", conclusion)],
        )  # fmt: skip
    with django_assert_max_num_queries(10):
        client.get("/van-ban/")
    with django_assert_max_num_queries(10):
        client.get(f"/van-ban/{conclusion.pk}/")
