"""One account a role, in the sample only: numbered, never named, with a password that everybody may know."""

from typing import NamedTuple

from lantoa.orgs import accounts, queries
from lantoa.orgs.models import Account, Line, Person, Placement, Post, Unit, UnitName
from lantoa.project.sample.history import NOW

PASSWORD = "lan-toa-mau"  # noqa: S105 - printed by script/demo, refused outside the sample


class Key(NamedTuple):
    """An account of the sample: who enters with it, and where they stand."""

    username: str
    role: str
    title: str
    unit: str


# User name, role, where they stand, line. The branch stands under the committee that reviews it.
KEYS = [
    ("nguoi-ghi", Post.Role.RECORDER, "branch", "dang"),
    ("nguoi-duyet", Post.Role.REVIEWER, "committee", "dang"),
    ("phe-duyet", Post.Role.APPROVER, Unit.Kind.PARTY_PROVINCE, "dang"),
    ("lanh-dao", Post.Role.LEADER, Unit.Kind.PARTY_PROVINCE, "dang"),
    ("hoi-dong", Post.Role.BOARD, Unit.Kind.PARTY_PROVINCE, "dang"),
    ("kiem-tra", Post.Role.INSPECTOR, Unit.Kind.PARTY_PROVINCE, "dang"),
    ("tra-loi-dan", Post.Role.ANSWERER, Unit.Kind.POLICE, "cong-an"),
    ("bien-tap", Post.Role.EDITOR, Unit.Kind.PARTY_PROVINCE, "dang"),
    ("quan-tri", Post.Role.ADMINISTRATOR, Unit.Kind.PROVINCE, "dia-ban"),
]


def open_accounts(by: Person) -> list[Key]:
    """Open whichever of them is missing, and say who they are."""
    there = set(Account.objects.filter(is_sample=True).values_list("username", flat=True))
    missing = [row for row in KEYS if row[0] not in there]
    if missing:
        stands = _stands()
        for username, role, where, line in missing:
            _open(username, role, stands[where], Line.objects.get(code=line), by)
    posts = Post.objects.filter(person__account__is_sample=True).select_related("person__account")
    held = {post.person.account.username: post for post in posts}
    names = queries.names_on(NOW.date(), [post.unit_id for post in held.values() if post.unit_id])
    return [_key(username, role, held[username], names) for username, role, *_rest in KEYS]


def _stands() -> dict[str, Unit]:
    """The first unit of each kind today, and a branch with the committee above it."""
    placed = Placement.objects.filter(queries.valid_on(NOW.date())).order_by("unit_id")
    found: dict[str, Unit] = {}
    for place in placed.filter(unit__kind__in=[row[2] for row in KEYS]).select_related("unit"):
        found.setdefault(place.unit.kind, place.unit)
    branch = placed.filter(
        line__code="dang", unit__kind=Unit.Kind.PARTY_CELL, parent__kind=Unit.Kind.PARTY_COMMUNE
    ).select_related("unit", "parent")[0]
    committee = branch.parent
    assert committee is not None  # noqa: S101 - asked for by its kind
    return found | {"branch": branch.unit, "committee": committee}


def _key(username: str, role: Post.Role, post: Post, names: dict[int, UnitName]) -> Key:
    return Key(username, role, str(role.label), names[post.unit_id].name if post.unit_id else "")


def _open(username: str, role: Post.Role, unit: Unit, line: Line, by: Person) -> None:
    # Those who sit in the province's council are known already.
    person = Person.objects.filter(name=name_of(role), posts__unit=unit, posts__role=role).first()
    person = person or accounts.enrol(
        name=name_of(role), unit=unit, line=line, role=role, date=unit.opened_date, by=by, at=NOW
    )
    account = accounts.open_account(
        person=person, username=username, password=PASSWORD, is_sample=True, by=by, at=NOW
    )
    # A domain that exists nowhere: `lantoa remind` prints the sample's letters.
    accounts.be_written_to(account=account, address=f"{username}@tinh-mau.example", wants=True)


def name_of(role: Post.Role) -> str:
    """What a person of the sample is called: after their role."""
    return f"{str(role.label).capitalize()} (mẫu)"
