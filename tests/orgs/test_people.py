"""Entering, appointing, relieving, inviting: by whom, within what, and what is remembered of it."""

import datetime as dt

import pytest

from lantoa.orgs import accounts, people, rights
from lantoa.orgs.models import Account, Invitation, Person, PersonEvent, Post, Unit
from tests import make
from tests.orgs import world as worlds

pytestmark = pytest.mark.django_db
NOON, TODAY = make.NOON, dt.date(2026, 11, 23)
Role, Kind = Post.Role, PersonEvent.Kind
PASSWORD = "mot-cau-du-dai"  # noqa: S105


@pytest.fixture
def world():
    return worlds.small_province()


def holder(unit, line, role=Role.ADMINISTRATOR, *, end=None):
    person = make.person()
    Post.objects.create(
        person=person, unit=unit, line=line, role=role, start_date=make.START, end_date=end
    )
    return person


@pytest.fixture
def commune(world):
    """The administrator of commune N, in the territory."""
    return holder(world["N"], world.territory)


def entered(by, name="Người mới"):
    return accounts.register(name=name, by=by, at=NOON)


def given(by, person, unit, line, role=Role.RECORDER, date=TODAY):
    return accounts.appoint(
        person=person, unit=unit, line=line, role=role, date=date, by=by, at=NOON
    )


def refused(call, *args, **named):
    with pytest.raises(rights.NotAllowedError) as error:
        call(*args, **named)
    return error.value


@pytest.mark.both
def test_an_administrator_of_a_commune_appoints_within_the_subtree_and_nowhere_else(world, commune):
    person = entered(commune)

    post = given(commune, person, world["N.du"], world.territory)
    refused(given, commune, person, world["M"], world.territory)
    refused(given, commune, person, world["P"], world.territory)

    assert [p.pk for p in person.posts.all()] == [post.pk]


def test_who_is_not_an_administrator_appoints_nobody(world):
    for role in set(Role) - {Role.ADMINISTRATOR}:
        by = holder(world["P"], world.territory, role)
        refused(accounts.register, name="A", by=by, at=NOON)
        refused(given, by, make.person(), world["N"], world.territory)


def test_a_post_is_given_only_if_all_it_counts_for_lies_where_one_may_appoint(world):
    by = holder(world["TU"], world.territory)
    person = entered(by)

    given(by, person, world["TU"], world.territory)
    refused(given, by, person, world["TU"], world.party)


def test_nobody_appoints_themselves(world, commune):
    with pytest.raises(accounts.PersonError):
        given(commune, commune, world["N"], world.territory)


def test_a_founders_post_is_ended_by_a_founder_alone(world):
    other = make.administrator()
    post = other.posts.get()

    refused(
        accounts.relieve,
        post=post, date=TODAY, by=holder(world["P"], world.territory), at=NOON,
    )  # fmt: skip
    accounts.relieve(post=post, date=TODAY, by=make.clerk(), at=NOON)


def test_the_day_must_lie_in_the_life_of_the_unit(world):
    by, person = make.clerk(), make.person()
    dissolved = Unit.objects.get(pk=world["A1"].pk)

    with pytest.raises(accounts.PersonError):
        given(by, person, dissolved, world.territory, date=worlds.REFORM)
    with pytest.raises(accounts.PersonError):
        given(by, person, world["N"], world.territory, date=worlds.REFORM - dt.timedelta(1))


def test_the_same_post_is_not_given_twice(world, commune):
    person = entered(commune)
    given(commune, person, world["N"], world.territory)

    with pytest.raises(accounts.PersonError):
        given(commune, person, world["N"], world.territory)


@pytest.mark.both
def test_whoever_is_relieved_may_do_nothing_from_that_day_on(world, commune):
    person = entered(commune)
    post = given(commune, person, world["N"], world.territory, date=TODAY - dt.timedelta(30))
    rights.require(person, "work.record", world["N"], NOON)

    accounts.relieve(post=post, date=TODAY, by=commune, at=NOON)

    refused(rights.require, person, "work.record", world["N"], NOON)
    rights.require(person, "work.record", world["N"], NOON - dt.timedelta(days=1))


def test_what_has_ended_is_not_ended_again_and_nothing_ends_before_it_begins(world, commune):
    person = entered(commune)
    post = given(commune, person, world["N"], world.territory, date=TODAY - dt.timedelta(30))

    with pytest.raises(accounts.PersonError):
        accounts.relieve(post=post, date=post.start_date, by=commune, at=NOON)
    accounts.relieve(post=post, date=TODAY, by=commune, at=NOON)
    with pytest.raises(accounts.PersonError):
        accounts.relieve(post=post, date=TODAY + dt.timedelta(9), by=commune, at=NOON)


def test_a_post_elsewhere_is_not_ended_from_here(world, commune):
    post = holder(world["M"], world.territory, Role.RECORDER).posts.get()

    refused(accounts.relieve, post=post, date=TODAY, by=commune, at=NOON)


@pytest.mark.both
def test_one_sees_the_people_of_ones_subtree_and_those_one_has_just_entered(world, commune):
    here = holder(world["N.du"], world.territory, Role.RECORDER)
    there = holder(world["M"], world.territory, Role.RECORDER)
    mine = entered(commune)
    somebody_elses = entered(holder(world["M"], world.territory))

    seen = set(people.seen_by(commune, NOON))

    assert {here, mine, commune} <= seen
    assert not {there, somebody_elses, make.clerk()} & seen


def test_people_are_found_without_marks(world, commune):
    person = entered(commune, "Đỗ Thị Hòa")

    assert list(people.find(commune, "do thi hoa", NOON)) == [person]
    assert list(people.find(commune, "hoà", NOON)) == [person]


def test_a_foreign_person_answers_like_a_missing_one(world, commune):
    there = holder(world["M"], world.territory, Role.RECORDER)
    missing = Person(pk=10**9)

    said = {
        refused(given, commune, person, world["N"], world.territory).vi
        for person in (there, missing)
    }
    said |= {
        refused(accounts.invite, person=person, by=commune, at=NOON).vi
        for person in (there, missing)
    }

    assert len(said) == 1


def test_one_looks_after_a_person_only_if_all_their_posts_lie_within(world, commune):
    """A link for a new password is worth as much as all the posts behind it."""
    person = holder(world["N.du"], world.territory, Role.RECORDER)
    assert people.looks_after(commune, person, NOON)

    Post.objects.create(
        person=person, unit=world["M"], line=world.territory, role=Role.LEADER,
        start_date=TODAY + dt.timedelta(90),
    )  # fmt: skip

    assert not people.looks_after(commune, person, NOON)
    refused(accounts.invite, person=person, by=commune, at=NOON)
    refused(accounts.switch, person=person, is_on=False, by=commune, at=NOON)


def test_nobody_looks_after_themselves_or_a_founder(commune):
    assert not people.looks_after(commune, commune, NOON)
    assert not people.looks_after(make.clerk(), make.clerk(), NOON)
    assert not people.looks_after(commune, make.clerk(), NOON)


@pytest.mark.both
def test_an_invitation_opens_an_account_once(world, commune):
    person = entered(commune)
    token = accounts.invite(person=person, by=commune, at=NOON)

    account = accounts.accept(token=token, username="hoa.nt", password=PASSWORD, at=NOON)

    assert account.check_password(PASSWORD)
    assert account.person == person
    with pytest.raises(accounts.StaleInvitationError):
        accounts.accept(token=token, username="hoa2", password=PASSWORD, at=NOON)
    assert Account.objects.filter(person=person).count() == 1


def test_of_a_token_only_its_hash_is_kept(commune):
    token = accounts.invite(person=entered(commune), by=commune, at=NOON)
    row = Invitation.objects.values_list().get()

    assert token not in str(row)
    assert people.digest(token) in row


def test_an_invitation_runs_out(commune):
    token = accounts.invite(person=entered(commune), by=commune, at=NOON)

    assert people.invitation(token, NOON + accounts.LASTS - dt.timedelta(seconds=1))
    assert people.invitation(token, NOON + accounts.LASTS) is None
    with pytest.raises(accounts.StaleInvitationError):
        accounts.accept(token=token, username="hoa.nt", password=PASSWORD, at=NOON + accounts.LASTS)


def test_a_newer_invitation_ends_the_older(commune):
    person = entered(commune)
    older = accounts.invite(person=person, by=commune, at=NOON)
    newer = accounts.invite(person=person, by=commune, at=NOON)

    assert people.invitation(older, NOON) is None
    assert people.invitation(newer, NOON).person == person


def test_an_invitation_sets_a_new_password_for_whoever_forgot_it(commune):
    person = entered(commune)
    token = accounts.invite(person=person, by=commune, at=NOON)
    accounts.accept(token=token, username="hoa.nt", password=PASSWORD, at=NOON)

    again = accounts.invite(person=person, by=commune, at=NOON)
    accounts.accept(token=again, username="", password="mot-cau-khac-han", at=NOON)  # noqa: S106

    account = Account.objects.get(person=person)
    assert account.username == "hoa.nt"
    assert account.check_password("mot-cau-khac-han")


@pytest.mark.parametrize(
    ("username", "password", "field"),
    [
        ("hoa nt", PASSWORD, "username"),
        ("Hoa", PASSWORD, "username"),
        ("hòa", PASSWORD, "username"),
        ("hоa", PASSWORD, "username"),  # the o is Cyrillic
        ("ho", PASSWORD, "username"),
        ("hoa.", PASSWORD, "username"),
        ("hoa.nt", "12345678", "password"),
        ("hoa.nt", "ngan", "password"),
        ("hoa.nt", "password1", "password"),
    ],
)
def test_an_unfit_key_is_refused_in_words_and_the_invitation_lives_on(
    commune, username, password, field
):
    token = accounts.invite(person=entered(commune), by=commune, at=NOON)

    with pytest.raises(accounts.UnfitKeyError) as error:
        accounts.accept(token=token, username=username, password=password, at=NOON)

    assert error.value.field == field
    assert people.invitation(token, NOON)


def test_two_accounts_do_not_share_a_name(commune):
    first, second = (
        accounts.invite(person=entered(commune, name), by=commune, at=NOON) for name in "AB"
    )
    accounts.accept(token=first, username="hoa.nt", password=PASSWORD, at=NOON)

    with pytest.raises(accounts.UnfitKeyError) as error:
        accounts.accept(token=second, username="hoa.nt", password=PASSWORD, at=NOON)

    assert error.value.field == "username"


def test_what_was_done_about_a_person_is_remembered_with_who_and_when(world, commune):
    person = entered(commune)
    post = given(commune, person, world["N"], world.territory, date=TODAY - dt.timedelta(1))
    token = accounts.invite(person=person, by=commune, at=NOON)
    accounts.accept(token=token, username="hoa.nt", password=PASSWORD, at=NOON)
    accounts.switch(person=person, is_on=False, by=commune, at=NOON)
    accounts.switch(person=person, is_on=False, by=commune, at=NOON)
    accounts.relieve(post=post, date=TODAY, by=commune, at=NOON)

    events = [(event.kind, event.by) for event in people.events_of(commune, person, NOON)][::-1]

    assert events == [
        (Kind.REGISTERED, commune),
        (Kind.APPOINTED, commune),
        (Kind.INVITED, commune),
        (Kind.OPENED, person),
        (Kind.SWITCHED_OFF, commune),
        (Kind.RELIEVED, commune),
    ]


def test_the_history_of_a_person_says_nothing_of_posts_elsewhere(world, commune):
    person = entered(make.clerk())
    given(make.clerk(), person, world["N"], world.territory)
    elsewhere = given(make.clerk(), person, world["M"], world.territory, Role.LEADER)

    assert elsewhere not in people.posts_seen_by(commune, person, NOON)
    assert elsewhere.pk not in [e.post_id for e in people.events_of(commune, person, NOON)]
    assert elsewhere.pk in [e.post_id for e in people.events_of(make.clerk(), person, NOON)]


def test_a_name_is_kept_in_one_form(commune):
    assert entered(commune, "  Hoà   Nguyễn ").name == "Hoà Nguyễn"
    with pytest.raises(accounts.PersonError):
        entered(commune, "  ")
