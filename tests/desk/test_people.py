"""Administration of people, as pages: search, add, appoint, relieve, invite, switch off; and the one who was invited."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lantoa.lib.dates import show_day
from lantoa.orgs import accounts
from lantoa.orgs.models import Account, Person, Post
from tests.desk.conftest import PASSWORD

pytestmark = pytest.mark.django_db
TODAY = show_day(timezone.localdate())


@pytest.fixture
def admin(world, entered):
    """The administrator of commune N."""
    return entered(world["N"], Post.Role.ADMINISTRATOR)


def key(line, unit):
    return f"{line.pk}-{unit.pk}"


def added(admin, world, name="Người mới", unit="N", **sent):
    address = f"{reverse('desk:new-person')}?noi={key(world.territory, world[unit])}"
    return admin.post(address, {"ten": name, "vai": "recorder", "ngay": TODAY, **sent})


def text(answer):
    return answer.content.decode()


def said_in(answer):
    """A page without what is new in every answer: the token of its forms, the seconds left of the login."""
    return re.sub(r'value="\w{64}"|data-left="\d+"', "", text(answer))


def test_units_and_people_are_searched_without_marks_within_the_subtree(admin, world):
    added(admin, world, "Đỗ Hoà")

    page = text(admin.get(reverse("desk:people"), {"tim": "do hoa"}))
    assert "Đỗ Hoà" in page
    page = text(admin.get(reverse("desk:people"), {"tim": "xa n"}))
    assert "Xã N" in page
    assert "Đảng ủy Xã N" in page
    assert "Xã M" not in text(admin.get(reverse("desk:people"), {"tim": "xa m"})).replace(
        'value="xa m"', ""
    )


def test_a_person_is_added_with_a_post_in_one_step(admin, world):
    answer = added(admin, world)
    person = Person.objects.get(name="Người mới")

    assert answer["Location"] == reverse("desk:person", args=[person.pk])
    post = person.posts.get()
    assert (post.unit, post.line, post.role) == (world["N"], world.territory, "recorder")
    assert "Người ghi, Xã N" in text(admin.get(answer["Location"]))


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": " "}, "Ghi họ tên"),
        ({"name": "x" * 121}, "dài quá"),
        ({"vai": "vua"}, "Chọn một vai trò"),
        ({"ngay": "hôm qua"}, "ngày"),
        ({"ngay": "01/01/1999"}, "chưa lập"),
        ({"ngay": ""}, "ngày"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(admin, world, sent, said):
    sent = {"name": "Tên Vẫn Còn", **sent}
    answer = added(admin, world, **sent)

    assert answer.status_code == 400
    assert said in text(answer)
    assert sent["name"].strip() in text(answer)
    assert "Lỗi:" in text(answer)
    assert not Person.objects.filter(name="Tên Vẫn Còn").exists()


def test_a_unit_elsewhere_answers_like_one_that_is_not_there(admin, world):
    answers = []
    for unit in (world["M"].pk, 10**9):
        address = f"{reverse('desk:new-person')}?noi={world.territory.pk}-{unit}"
        sent = {"ten": "A", "vai": "recorder", "ngay": TODAY}
        answers += [admin.get(address), admin.post(address, sent)]

    assert {answer.status_code for answer in answers} == {403}
    pages = {said_in(answer) for answer in answers}
    assert len(pages) == 1


@pytest.mark.parametrize("noi", ["", "x", "1", "1-2-3", "-", "9" * 400, "１-２", "1-"])
def test_nonsense_for_a_unit_is_refused_in_words(admin, noi):
    answer = admin.get(reverse("desk:new-person"), {"noi": noi})

    assert answer.status_code == (403 if noi else 200)


def test_a_person_elsewhere_answers_like_one_who_is_not_there(admin, world, entered):
    there = entered(world["M"], Post.Role.RECORDER).person
    post = there.posts.get()
    said = set()
    for pk in (there.pk, 10**9):
        answers = [
            admin.get(reverse("desk:person", args=[pk])),
            admin.get(reverse("desk:appoint", args=[pk])),
            admin.post(reverse("desk:invite", args=[pk])),
            admin.post(reverse("desk:switch", args=[pk]), {"mo": "0"}),
            admin.post(reverse("desk:relieve", args=[pk, post.pk]), {"ngay": TODAY}),
        ]
        assert {answer.status_code for answer in answers} == {403}
        said |= {said_in(answer) for answer in answers}

    assert len(said) == 1
    assert there.name not in said.pop()


def test_a_post_elsewhere_is_not_ended_through_a_person_who_is_here(admin, world, entered):
    person = entered(world["N"], Post.Role.RECORDER).person
    elsewhere = Post.objects.create(
        person=person,
        unit=world["M"],
        line=world.territory,
        role="leader",
        start_date=dt.date(2025, 7, 1),
    )
    foreign = admin.post(reverse("desk:relieve", args=[person.pk, elsewhere.pk]), {"ngay": TODAY})
    missing = admin.post(reverse("desk:relieve", args=[person.pk, 10**9]), {"ngay": TODAY})

    assert (foreign.status_code, missing.status_code) == (403, 403)
    assert Post.objects.get(pk=elsewhere.pk).end_date is None


def test_whoever_is_relieved_today_may_do_nothing_at_the_next_request(admin, world, entered):
    client = entered(world["N"], Post.Role.LEADER)
    assert client.get(reverse("desk:mine")).status_code == 200
    post = client.person.posts.get()

    admin.post(reverse("desk:relieve", args=[client.person.pk, post.pk]), {"ngay": TODAY})

    assert client.get(reverse("desk:mine")).status_code == 403


def test_a_wrong_day_to_relieve_is_said_beside_the_post(admin, world, entered):
    person = entered(world["N"], Post.Role.RECORDER).person
    address = reverse("desk:relieve", args=[person.pk, person.posts.get().pk])

    for day in ("31/02/2026", "01/01/1900", ""):
        answer = admin.post(address, {"ngay": day})
        assert answer.status_code == 400
        assert f'value="{day}"' in text(answer)
        assert "Lỗi:" in text(answer)


def test_from_an_invitation_to_the_first_day_at_work(admin, world):
    """The administrator adds and invites; the person opens the account and enters; the link is then dead."""
    added(admin, world)
    person = Person.objects.get(name="Người mới")
    page = text(admin.post(reverse("desk:invite", args=[person.pk])))
    link = re.search(r'id="lien-ket" value="http://testserver([^"]+)"', page)[1]
    assert link not in text(admin.get(reverse("desk:person", args=[person.pk])))

    somebody = Client()
    assert "Chào Người mới" in text(somebody.get(link))
    wrong = somebody.post(link, {"ten": "Người Mới", "mat-khau": PASSWORD})
    assert wrong.status_code == 400
    assert 'value="Người Mới"' in text(wrong)
    somebody.post(link, {"ten": "nguoi.moi", "mat-khau": PASSWORD})
    somebody.post(reverse("account_login"), {"login": "nguoi.moi", "password": PASSWORD})

    assert somebody.get(reverse("desk:mine")).status_code == 200
    assert Client().get(link).status_code == 404
    assert text(Client().get(link)) == text(
        Client().get(reverse("desk:accept", args=["khong-co"]))
    ).replace("khong-co", link.rstrip("/").rsplit("/", 1)[1])


def test_a_new_password_ends_the_sessions_of_the_one_who_forgot_the_old(admin, world, entered):
    client = entered(world["N"], Post.Role.RECORDER)
    page = text(admin.post(reverse("desk:invite", args=[client.person.pk])))
    link = re.search(r'id="lien-ket" value="http://testserver([^"]+)"', page)[1]

    Client().post(link, {"mat-khau": "mot-cau-khac-han"})

    assert client.get(reverse("desk:mine")).status_code == 302
    account = Account.objects.get(person=client.person)
    assert account.check_password("mot-cau-khac-han")


def test_links_are_not_guessed_at_leisure():
    cache.clear()
    client = Client()
    codes = {
        client.post(reverse("desk:accept", args=[f"doan{number}"])).status_code
        for number in range(40)
    }

    assert codes == {404, 429}


def test_a_link_is_mailed_where_there_is_a_mail_server(admin, world, settings):
    added(admin, world)
    person = Person.objects.get(name="Người mới")
    admin.post(reverse("desk:invite", args=[person.pk]), {"thu": "a@example.vn"})
    assert mail.outbox == []

    settings.HAS_MAIL = True
    page = text(admin.post(reverse("desk:invite", args=[person.pk]), {"thu": "a@example.vn"}))
    wrong = text(admin.post(reverse("desk:invite", args=[person.pk]), {"thu": "a@"}))

    link = re.search(r'id="lien-ket" value="([^"]+)"', page)[1]
    assert [letter.to for letter in mail.outbox] == [["a@example.vn"]]
    assert link in mail.outbox[0].body
    assert "Địa chỉ thư chưa đúng" in wrong


def test_an_account_is_switched_off_and_on(admin, world, entered):
    client = entered(world["N"], Post.Role.RECORDER)
    address = reverse("desk:switch", args=[client.person.pk])

    admin.post(address, {"mo": "0"})
    assert client.get(reverse("desk:mine")).status_code == 302
    admin.post(address, {"mo": "1"})

    assert Account.objects.get(person=client.person).is_active


def test_an_administrator_cannot_do_anything_about_themselves(admin, world):
    me = admin.person
    post = me.posts.get()
    page = text(admin.get(reverse("desk:person", args=[me.pk])))
    assert reverse("desk:switch", args=[me.pk]) not in page

    assert admin.post(reverse("desk:invite", args=[me.pk])).status_code == 403
    assert admin.post(reverse("desk:switch", args=[me.pk]), {"mo": "0"}).status_code == 403
    address = f"{reverse('desk:appoint', args=[me.pk])}?noi={key(world.territory, world['N'])}"
    answer = admin.post(address, {"vai": "leader", "ngay": TODAY})
    assert answer.status_code == 400
    assert "tự giao chức vụ" in text(answer)
    assert list(me.posts.all()) == [post]


def test_the_history_of_a_person_is_told_with_who_and_when(admin, world):
    added(admin, world)
    person = Person.objects.get(name="Người mới")
    admin.post(
        reverse("desk:relieve", args=[person.pk, person.posts.get().pk]), {"ngay": "01/01/2099"}
    )

    page = text(admin.get(reverse("desk:person", args=[person.pk])))

    assert "Giao chức vụ: người ghi, Xã N" in page
    assert "Thôi chức vụ: người ghi, Xã N" in page
    assert page.count(admin.person.name) >= 3


def test_the_roles_are_told_in_plain_words_and_ones_own_are_marked(admin):
    page = text(admin.get(reverse("desk:roles")))

    assert page.count("Của tôi") == 1
    for role in Post.Role:
        assert str(role.label).capitalize() in page


def test_one_chooses_ones_language(admin):
    admin.post(reverse("desk:language"), {"ngon-ngu": "en"})
    assert '<html lang="en">' in text(admin.get(reverse("desk:roles")))
    admin.post(reverse("desk:language"), {"ngon-ngu": "xx"})

    assert Account.objects.get(person=admin.person).language == "en"


def test_a_longer_list_takes_no_more_queries(admin, world):
    def count():
        admin.get(reverse("desk:people"))  # shows, and forgets, the messages of what was just done
        with CaptureQueriesContext(connection) as queries:
            admin.get(reverse("desk:people"))
        return len(queries)

    added(admin, world, "Người 1")
    few = count()
    for number in range(2, 12):
        added(admin, world, f"Người {number}")

    assert count() == few


def test_a_longer_history_takes_no_more_queries(admin, world):
    added(admin, world)
    person = Person.objects.get(name="Người mới")

    def count():
        admin.get(reverse("desk:people"))  # shows, and forgets, the messages of what was just done
        with CaptureQueriesContext(connection) as queries:
            admin.get(reverse("desk:person", args=[person.pk]))
        return len(queries)

    count()
    few = count()
    for role in ("leader", "approver", "editor"):
        accounts.appoint(
            person=person, unit=world["N.du"], line=world.territory, role=role,
            date=dt.date(2025, 8, 1), by=admin.person, at=timezone.now(),
        )  # fmt: skip

    assert count() == few
