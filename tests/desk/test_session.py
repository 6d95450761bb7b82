"""The idle end of a login, with the clock in the test's hand; and what was typed when it ended."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from lantoa.desk.accounts import BROWSER
from lantoa.orgs import rights
from lantoa.orgs.models import Post
from tests.desk import trying
from tests.desk.conftest import PASSWORD

pytestmark = pytest.mark.django_db
MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
JSON = {"HTTP_ACCEPT": "application/json"}


class Clock:
    """A moment that a test moves."""

    def __init__(self):
        self.now = dt.datetime(2026, 11, 23, 1, tzinfo=dt.UTC)

    def go(self, span):
        self.now += span


@pytest.fixture
def clock(monkeypatch):
    held = Clock()
    monkeypatch.setattr(timezone, "now", lambda: held.now)
    monkeypatch.setattr("time.time", lambda: held.now.timestamp())
    return held


@pytest.fixture
def forms(settings):
    """What came to the two forms of `tests.desk.trying`."""
    settings.ROOT_URLCONF = "tests.desk.trying"
    trying.CAME.clear()
    return trying.CAME


@pytest.fixture
def client(clock, world, entered):
    return entered(world["N.du"], Post.Role.REVIEWER, line=world.party)


def left(client):
    return client.get(reverse("desk:stay"), **JSON).json()["left"]


def is_in(client):
    return client.get(reverse("desk:mine")).status_code == 200


def signed_in(account, **fields):
    client = Client()
    sent = {"login": account.username, "password": PASSWORD, **fields}
    assert client.post(reverse("account_login"), sent).status_code == 302
    return client


def test_half_an_hour_without_doing_anything_ends_a_login(client, clock):
    clock.go(30 * MINUTE - dt.timedelta(seconds=1))
    assert is_in(client)

    clock.go(30 * MINUTE)
    assert not is_in(client)


def test_twelve_hours_end_a_login_however_busy(client, clock):
    for _ in range(48):
        assert is_in(client)
        clock.go(15 * MINUTE)

    assert not is_in(client)


def test_to_ask_how_long_is_left_is_not_to_be_active(client, clock):
    clock.go(20 * MINUTE)
    assert left(client) == 10 * 60
    clock.go(9 * MINUTE)
    assert left(client) == 60

    clock.go(MINUTE)

    assert client.get(reverse("desk:stay"), **JSON).json() == {"left": 0, "who": ""}
    assert not is_in(client)


def test_one_who_says_so_stays(client, clock):
    clock.go(29 * MINUTE + dt.timedelta(seconds=30))

    said = client.post(reverse("desk:keep"), **JSON).json()

    assert said == {"left": 30 * 60, "who": client.person.account.username}
    clock.go(29 * MINUTE)
    assert is_in(client)


def test_nobody_stays_by_getting(client):
    assert client.get(reverse("desk:keep")).status_code == 405


def test_who_is_not_there_cannot_stay_and_is_not_sent_about():
    assert Client().post(reverse("desk:keep"), **JSON).status_code == 401
    answer = Client().get(reverse("desk:stay"), **JSON)
    assert (answer.status_code, answer.json()) == (200, {"left": 0, "who": ""})


def test_activity_is_written_at_most_once_a_minute(client, clock):
    kept = []
    for _ in range(12):
        is_in(client)
        row = Session.objects.get(session_key=client.session.session_key)
        kept.append(row.get_decoded()["seen"])
        clock.go(dt.timedelta(seconds=10))

    assert len(set(kept)) == 2


def test_a_page_in_the_same_minute_writes_nothing(client):
    is_in(client)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        is_in(client)

    writes = [q["sql"] for q in queries if not q["sql"].startswith(("SELECT", "BEGIN", "COMMIT"))]
    assert writes == []


def test_the_key_of_a_session_is_new_after_login(world, entered):
    account = entered(world["A1.cb"], line=world.party).person.account
    client = Client()
    client.get(reverse("account_login"))
    session = client.session
    session["fixed"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = fixed = session.session_key

    client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != fixed
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = fixed
    assert not is_in(stranger)


def test_a_new_password_ends_the_sessions_elsewhere_and_not_this_one(world, entered):
    account = entered(world["A1.cb"], line=world.party).person.account
    here, elsewhere = signed_in(account), signed_in(account)
    fresh = "mot-cau-khac-han"

    here.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh},
    )

    assert is_in(here)
    assert not is_in(elsewhere)


def test_an_account_that_is_switched_off_is_out_at_its_next_request(world, entered):
    client = entered(world["A1.cb"], line=world.party)
    assert is_in(client)
    account = client.person.account
    account.is_active = False
    account.save()

    assert not is_in(client)


def test_a_right_ends_with_the_post_at_the_next_request(client, forms):
    assert client.get("/lam-viec/thu-duyet/").status_code == 200
    client.person.posts.update(role=Post.Role.RECORDER)

    assert client.get("/lam-viec/thu-duyet/").status_code == 403


# A phone of one's own


@pytest.fixture
def phone(world, entered, clock):
    account = entered(world["N.du"], Post.Role.REVIEWER, line=world.party).person.account
    return signed_in(account, remember="on")


def test_a_phone_of_ones_own_records_for_thirty_days(phone, clock, forms):
    clock.go(29 * DAY)
    assert phone.get("/lam-viec/thu-ghi/").status_code == 200
    assert phone.post("/lam-viec/thu-ghi/", {"so": "27"}).status_code == 200

    clock.go(DAY)
    assert phone.get("/lam-viec/thu-ghi/").status_code == 302


def test_everything_else_on_it_asks_again(phone, clock, forms):
    assert phone.get("/lam-viec/thu-duyet/").status_code == 200
    clock.go(HOUR)

    asked = phone.get("/lam-viec/thu-duyet/")

    assert asked.status_code == 302
    assert asked["Location"].startswith(reverse("account_reauthenticate"))


def test_to_record_does_not_open_the_rest_again(phone, clock, forms):
    clock.go(HOUR)
    for _ in range(20):
        assert phone.get("/lam-viec/thu-ghi/").status_code == 200
        clock.go(MINUTE)

    assert phone.get("/lam-viec/thu-duyet/").status_code == 302


def test_the_password_opens_it_again_and_what_was_sent_goes_on(phone, clock, forms):
    clock.go(HOUR)
    asked = phone.post("/lam-viec/thu-duyet/", {"y-kien": "Số này đúng"})

    phone.post(asked["Location"], {"password": PASSWORD})

    assert [each["y-kien"] for each in forms] == ["Số này đúng"]
    assert phone.get("/lam-viec/thu-duyet/").status_code == 200


def test_what_a_trusted_phone_may_do_is_to_record():
    recorders = rights.ACTS["work.record"].roles
    may = rights.ON_A_TRUSTED_PHONE

    assert {act for act in may if not recorders <= rights.ACTS[act].roles} == set()
    assert {act for act in may if not act.startswith(("work.", "desk.enter"))} == set()


# What was typed


def test_what_was_typed_when_the_login_ended_comes_back_after_it(client, clock, forms):
    clock.go(HOUR)
    words = "Sinh hoạt chuyên đề quý IV,\nbàn việc làm đường"

    asked = client.post("/lam-viec/thu-ghi/?tu=1", {"viec": words, "so": "27"})
    assert asked["Location"].startswith(reverse("account_login"))
    assert forms == []
    username = client.person.account.username
    back = client.post(asked["Location"], {"login": username, "password": PASSWORD})
    page = client.get(back["Location"]).content.decode()

    assert "Sinh hoạt chuyên đề quý IV,\nbàn việc làm đường" in page
    assert 'name="so" value="27"' in page
    assert 'action="/lam-viec/thu-ghi/?tu=1"' in page
    client.post("/lam-viec/thu-ghi/?tu=1", {"viec": words, "so": "27"})
    assert [each["viec"] for each in forms] == [words]
    assert client.get(reverse("desk:typed")).status_code == 302


def test_another_person_never_sees_what_was_typed(client, clock, forms, entered, world):
    clock.go(HOUR)
    client.post("/lam-viec/thu-ghi/", {"viec": "Lời của người trước"})
    other = entered(world["N"], Post.Role.RECORDER).person.account

    client.post(reverse("account_login"), {"login": other.username, "password": PASSWORD})
    answer = client.get(reverse("desk:typed"))

    assert answer.status_code == 302
    assert "Lời của người trước" not in str(dict(client.session))


def test_what_was_typed_can_be_dropped(client, clock, forms):
    clock.go(HOUR)
    client.post("/lam-viec/thu-ghi/", {"viec": "Thôi không gửi"})
    signed = {"login": client.person.account.username, "password": PASSWORD}
    client.post(reverse("account_login"), signed)

    client.post(reverse("desk:typed"))

    assert "typed" not in client.session


def test_too_much_to_keep_is_not_kept(client, clock, forms):
    clock.go(HOUR)
    asked = client.post("/lam-viec/thu-ghi/", {"viec": "dài " * 60_000})

    assert asked["Location"].endswith("?next=/lam-viec/thu-ghi/")
    assert "typed" not in client.session


def test_who_was_never_there_leaves_nothing_behind(forms):
    stranger = Client()
    stranger.post("/lam-viec/thu-ghi/", {"viec": "x"})

    assert "typed" not in stranger.session


def test_a_script_is_told_in_its_own_words_that_the_login_has_ended(client, clock, forms):
    clock.go(HOUR)

    answer = client.post("/lam-viec/thu-ghi/", {"viec": "x"}, **JSON)

    assert answer.status_code == 401
    assert answer.json()["left"] == 0


def test_a_form_with_an_old_token_from_our_own_page_comes_back_too(world, entered, forms):
    account = entered(world["A1.cb"], line=world.party).person.account
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)

    answer = client.post(
        "/lam-viec/thu-ghi/", {"viec": "Một câu dài"}, headers={"sec-fetch-site": "same-origin"}
    )

    assert answer.status_code == 302
    assert "Một câu dài" in client.get(answer["Location"]).content.decode()
    assert forms == []


def test_a_form_from_elsewhere_is_refused_and_nothing_of_it_kept(world, entered, forms):
    client = Client(enforce_csrf_checks=True)
    client.force_login(entered(world["A1.cb"], line=world.party).person.account)

    for site in ({}, {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}):
        answer = client.post("/lam-viec/thu-ghi/", {"viec": "Lời lạ"}, headers=site)
        assert answer.status_code == 403

    assert forms == []
    assert "typed" not in client.session


def test_who_is_not_there_gets_nothing_of_the_countdown(client):
    assert 'id="stay"' in client.get(reverse("desk:mine")).content.decode()
    for page in (reverse("account_login"), "/"):
        assert 'id="stay"' not in Client().get(page).content.decode()


def test_a_trusted_phone_has_no_countdown(phone):
    assert 'id="stay"' not in phone.get(reverse("desk:mine")).content.decode()


@pytest.fixture
def shared(clock, world, entered):
    account = entered(world["N.du"], line=world.party).person.account
    return signed_in(account, shared="on", remember="on")


def test_on_a_shared_machine_a_quarter_of_an_hour_ends_a_login(shared, clock):
    clock.go(15 * MINUTE - dt.timedelta(seconds=1))
    assert is_in(shared)

    clock.go(15 * MINUTE)
    assert not is_in(shared)


def test_on_a_shared_machine_nothing_is_trusted_whatever_else_was_ticked(shared, clock, forms):
    assert not shared.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
    assert BROWSER not in shared.cookies

    clock.go(HOUR)

    assert shared.post("/lam-viec/thu-ghi/", {"viec": "x"}).status_code == 302
    assert forms == []


def test_a_second_step_does_not_forget_that_the_machine_is_shared(clock, world, entered):
    """The flag stands in the session before they are in, and outlives the change of its key."""
    account = entered(world["N.du"], line=world.party).person.account
    client = Client()
    session = client.session
    session["shared"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key

    client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})

    assert left(client) == 15 * 60


def test_who_enters_again_in_the_dialog_is_still_on_a_shared_machine(shared):
    page = shared.get(reverse("desk:mine")).content.decode()

    assert '<input type="hidden" name="shared" value="on">' in page
    assert '<template id="stay" data-shared' in page


def test_on_a_machine_of_ones_own_nothing_says_shared(client):
    page = client.get(reverse("desk:mine")).content.decode()

    assert "data-shared" not in page
    assert 'name="shared"' not in page
    assert left(client) == 30 * 60
