"""The permission matrix: every role, at two places, on every route of the work area, towards units of every relation, by
GET and by POST. What is expected comes from one table, `rights.ACTS`, and from who stands below whom, written out here.

A cell is right if whoever may, may; if whoever may not is told so, in the very bytes that a missing thing gets; and
if no byte that is served carries a mark of a unit beyond one's reach.
"""

import datetime as dt
import itertools
import json
import os
import re
import uuid
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from lantoa.desk.said import Said
from lantoa.orgs import rights
from lantoa.orgs.models import Person, Post
from lantoa.project.routes import routes
from lantoa.work import evidence
from lantoa.work.evidence import Sent
from tests import kept, make
from tests.desk import awarding, inquiring, inspecting, practising, recording, reporting
from tests.orgs import world as worlds
from tests.plans import directing, planning
from tests.work.photos import photo

pytestmark = pytest.mark.django_db
Role = Post.Role

# Who stands below whom in the territory. A1 was dissolved into N, but stood below a district to the end: it is
# the province's to mend, not N's.
BELOW = {"N": {"N", "N.du"}, "P": {"P", "N", "N.du", "M", "M.du", "A1", "A1.du"}}
# What a closed unit followed, the unit that took it over goes on with.
LANDED = {"N": {"A1", "A1.du"}, "P": set()}
TO_THE_HEIR = {
    "desk:follow-practice", "desk:show-adoption",
    "desk:finding", "desk:findings", "desk:fix-finding", "desk:fix-file", "desk:mine",
}  # fmt: skip
UNITS = ("N", "N.du", "P", "M", "M.du", "A1", "A1.du")
NOBODY = "nobody"  # the key of a thing that is not there

METHODS, LANGUAGES = ("get", "post"), ("vi",)
# At full size (`script/prove cells`, RELIABILITY G5): people of five places, in both languages, and HEAD as well.
if os.environ.get("LANTOA_CELLS") == "wide":
    METHODS, LANGUAGES = ("get", "post", "head"), ("vi", "en")
    BELOW |= {"N.du": {"N.du"}, "M": {"M", "M.du"}, "M.du": {"M.du"}}
CELLS: Counter[str] = Counter()

# What a route with a number in it points at.
THINGS = {
    "desk:one-record": "record",
    "desk:correct-record": "record",
    "desk:withdraw-record": "record",
    "desk:serve-record": "record",
    "desk:add-evidence": "record",
    "desk:join-records": "pair",
    "desk:evidence": "evidence",
    "desk:remove-evidence": "evidence",
    "intake:photo": "record_uuid",
    "desk:practice": "practice",
    "desk:practice-spread": "practice",
    "desk:practice-followers": "practice",
    "desk:step-practice": "practice",
    "desk:adopt-practice": "practice",
    "desk:amend-practice": "practice",
    "desk:follow-practice": "adoption",
    "desk:show-adoption": "adoption",
    "desk:enquiry": "enquiry",
    "desk:enquiry-act": "enquiry",
    "desk:publish-answer": "enquiry",
    "desk:enquiry-file": "enquiry_file",
    "desk:submission": "submission",
    "desk:decide": "submission",
    "desk:plan": "plan",
    "desk:plan-parts": "plan",
    "desk:decide-plan": "plan",
    "desk:task": "task",
    "desk:task-question": "question",
    "desk:extend-task": "task",
    "desk:report-task": "task",
    "desk:take-back-task": "task",
    "desk:carry-task": "task",
    "desk:remove-task": "task",
    "desk:directive": "directive",
    "desk:directive-units": "directive",
    "desk:directive-file": "directive",
    "desk:attach-directive": "directive",
    "desk:withdraw-directive": "directive",
    "desk:correct-directive": "directive",
    "desk:objective": "objective",
    "desk:theme": "theme",
    "desk:movement": "movement",
    "desk:movement-activities": "movement",
    "desk:join-movement": "movement",
    "desk:leave-movement": "joining",
    "desk:end-movement": "movement",
    "desk:person": "person",
    "desk:appoint": "person",
    "desk:invite": "person",
    "desk:switch": "person",
    "desk:relieve": "post",
    "desk:award": "award",
    "desk:award-act": "award",
    "desk:correct-award": "award",
    "desk:award-paper": "award_paper",
    "desk:award-decision": "decision",
    "desk:award-file": "award_file",
    "desk:ballot": "ballot",
    "desk:count-ballot": "ballot",
    "desk:council": "unit",
    "desk:council-put": "unit",
    "desk:council-seat": "unit",
    "desk:decide-awards": "unit",
    "desk:record-award-above": "unit",
    "desk:inspection": "inspection",
    "desk:inspection-paper": "inspection",
    "desk:inspection-unit": "inspection_at",
    "desk:change-inspection": "planned",
    "desk:step-inspection": "running",
    "desk:inspection-sheet": "running",
    "desk:answer-checklist": "running_at",
    "desk:add-finding": "running_at",
    "desk:finding": "finding",
    "desk:fix-finding": "finding",
    "desk:recheck-finding": "finding",
    "desk:reopen-finding": "finding",
    "desk:drop-finding": "found",
    "desk:visit": "visit",
    "desk:learn-on-visit": "visit",
    "desk:fix-file": "fix_file",
    "desk:verification": "verification",
    "desk:found-file": "found_file",
    "desk:write-found": "drawn",
    "desk:finish-verification": "drawn",
}
# What a unit directs is for those below it to read: these open what is of a unit above as well.
ABOVE = {"N": {"P"}, "P": set(), "N.du": {"N", "P"}, "M": {"P"}, "M.du": {"M", "P"}}
FROM_ABOVE = {
    "desk:directive", "desk:directive-units", "desk:directive-file", "desk:directives", "desk:directive-tree", "desk:objective", "desk:theme",
    "desk:programmes", "desk:movement", "desk:movement-activities", "desk:movements", "desk:join-movement", "desk:define",
    "desk:launch", "desk:file-directive", "desk:mine",
}  # fmt: skip
# And these only name what is of a unit above, to be chosen.
OFFERS_FROM_ABOVE = {"desk:record", "desk:correct-record", "desk:serve-record", "desk:propose-practice", "desk:amend-practice", "desk:plan-parts"}  # fmt: skip
# What one must be allowed at the unit of the thing, where that is more than the route itself needs.
AT_THE_UNIT = {
    "desk:submission": ("submissions.send", "desk.oversee"),
    "desk:decide": ("submissions.send", "desk.oversee"),
    "desk:decide-plan": ("plans.read",),
}
# Only the direct superior decides about a report, never whoever sent it: a rule beyond this table.
# Who may read a decision on awards does not therefore publish it; nor who may read a plan send it.
FURTHER_RULES = {"desk:award-decision", "desk:decide", "desk:decide-plan", "desk:plan"}
# A sheet and a period, which are the same for all units.
SHEET = {"code": "hoc-tap", "period": "2026-Q3"}
# Where the unit stands in what is sent, not in the address: one records at the unit of a post of one's own.
IN_THE_FORM = {"desk:record": "don-vi"}
# Opened by a secret in the address; held to it by tests of their own.
BY_SECRET = {"desk:feed", "desk:accept"}
BY_FORM = {("post", name) for name in IN_THE_FORM}
LOGIN = {"provider_id": "sso"}
WORK = [route for route in routes() if route.name.startswith(("desk:", "intake:"))]


def mark(unit):
    return f"zq{unit}qz"


def parts(route):
    """The names of what stands in an address: `pk`, `code` …"""
    return set(re.findall(r"<\w+:(\w+)>", route.address))


def told(route):
    """Whether this page knows what the address of a route points at: a test below names those it does not know."""
    return route.name in THINGS or parts(route) <= set(SHEET)


def address_of(route, things, unit="N.du"):
    if route.name in THINGS:
        return reverse(route.name, kwargs=things[THINGS[route.name]][unit])
    return reverse(route.name, kwargs={each: SHEET[each] for each in parts(route)})


@pytest.fixture(autouse=True)
def _place_and_time(settings, tmp_path):
    settings.MEDIA, settings.NOW = tmp_path / "media", make.NOON


@pytest.fixture
def laid(settings):
    return kept.once(province_with_one_of_each, folder=settings.MEDIA)


@pytest.fixture
def world(laid):
    return laid[0]


@pytest.fixture
def things(laid):
    return laid[1]


def province_with_one_of_each():
    world = worlds.small_province()
    return world, one_of_each(world)


def one_of_each(world):
    """Of every unit a record with a photo, and a person with a post; of two, a report. All carry its mark."""
    kind = recording.kinds()["lao-dong"]
    reporting.quarterly(world)
    about, visiting = inspecting.checklist(), inspecting.visits_kind()
    found = {
        each: {}
        for each in (
            "record",
            "record_uuid",
            "evidence",
            "submission",
            "plan",
            "task",
            "question",
            "person",
            "post",
            "pair",
        )
    }
    for number, unit in enumerate(UNITS):
        held = _held(kind, world[unit], unit)
        [shot] = evidence.attach(
            activity=held,
            sent=[Sent(f"{mark(unit)}.jpg", photo(seed=number), uuid.uuid4())],
            by=make.clerk(),
            at=make.NOON,
        )
        person = Person.objects.create(name=f"Người {mark(unit)}")
        post = Post.objects.create(
            person=person,
            unit=world[unit],
            line=world.territory,
            role="recorder",
            start_date=make.START,
        )
        found["record"][unit] = {"pk": held.pk}
        found["pair"][unit] = {"pk": held.pk, "other": found["record"]["N"]["pk"]}
        found["record_uuid"][unit] = {"number": held.uuid, "own": uuid.uuid4()}
        found["evidence"][unit] = {"number": shot.uuid}
        year = 2024 if unit.startswith("A1") else 2026
        plan = planning.plan(world[unit], on=world.territory, year=year, study=mark(unit))
        task = planning.task(plan, content=f"Việc {mark(unit)}")
        found["plan"][unit], found["task"][unit] = {"pk": plan.pk}, {"pk": task.pk}
        found["question"][unit] = {"pk": task.pk, "step": 2}
        found["person"][unit] = {"pk": person.pk}
        found["post"][unit] = {"pk": person.pk, "post": post.pk}
        for thing, kwargs in _of_other_rooms(world, unit, about, visiting):
            found.setdefault(thing, {})[unit] = kwargs
    for unit in ("N.du", "M.du"):
        sent = reporting.answer(world[unit], luot_nguoi=7, why=f"đếm lại {mark(unit)}")
        found["submission"][unit] = {"pk": sent.pk}
    for held in found.values():
        key = next(iter(held[UNITS[1]]))
        held[NOBODY] = held[UNITS[1]] | {key: uuid.uuid4() if key == "number" else 10**9}
    return found


def _of_other_rooms(world, key, about, visiting):
    """What practices, commendation, directives and inspections have of a unit: names, and what their addresses hold."""
    unit, on = world[key], world.territory
    day = dt.date(2024, 3, 1) if key.startswith("A1") else recording.TODAY
    for thing, pk in practising.proposal_of(unit, f"Mô hình {mark(key)}").items():
        yield thing, {"pk": pk}
    yield "visit", {"pk": inspecting.visit_of(unit, mark(key), day, visiting)}
    yield from awarding.things_of(unit, mark(key), day).items()
    yield from directing.things_of(unit, mark(key), day, on=on).items()
    yield from inquiring.things_of(unit, mark(key)).items()
    yield from inspecting.things_of(unit, mark(key), day, on=on, about=about).items()


def _held(kind, unit, key):
    day = dt.date(2024, 3, 1) if key.startswith("A1") else recording.TODAY
    return recording.held(kind, unit, 7, date=day, title=f"Việc {mark(key)}")


def somebody(entered, world, role, place, language="vi"):
    client = entered(world[place], role, line=world.territory, language=language)
    client.place, client.role = place, role
    return client


def ask(client, method, address):
    """Ask, and undo whatever it did."""
    with transaction.atomic():
        answer = getattr(client, method)(
            address, **({"HTTP_ACCEPT": "*/*"} if method == "post" else {})
        )
        answer.served = b"".join(answer) if answer.streaming else answer.content
        transaction.set_rollback(True)
    client.cookies.pop(Said.cookie_name, None)
    return answer


def bytes_of(answer, address):
    """What was served, without what is new each time, and without the address that was asked for."""
    page = answer.served.decode(errors="replace")
    page = re.sub(r'value="\w{64}"|data-left="\d+"', "", page)
    return answer.status_code, page.replace(address, "#")


def may(client, route, unit):
    """The table."""
    at_the_unit = AT_THE_UNIT.get(route.name, (route.needs,))
    holds = client.role in rights.ACTS[route.needs].roles and any(
        client.role in rights.ACTS[act].roles for act in at_the_unit
    )
    return holds and unit in reach(client, route)


def reach(client, route):
    above = ABOVE[client.place] if route.name in FROM_ABOVE else set()
    landed = LANDED[client.place] if route.name in TO_THE_HEIR else set()
    return BELOW[client.place] | above | landed


def leaks(client, route, answer):
    """The units beyond reach whose mark was served."""
    beyond = set(UNITS) - reach(client, route)
    if route.name in OFFERS_FROM_ABOVE:
        beyond -= ABOVE[client.place]
    return [unit for unit in beyond if mark(unit).encode() in answer.served]


def judged(client, route, things):
    """What is wrong with the cells of this client on this route."""
    thing = things[THINGS[route.name]]
    for method in METHODS:
        nowhere = reverse(route.name, kwargs=thing[NOBODY])
        nothing = bytes_of(ask(client, method, nowhere), nowhere)
        for unit, kwargs in thing.items():
            address = reverse(route.name, kwargs=kwargs)
            answer = ask(client, method, address)
            CELLS[client.role] += 1
            cell = (client.role.value, client.place, route.name, method, unit, answer.status_code)
            for fault in faults(client, route, unit, answer, bytes_of(answer, address) == nothing):
                yield fault, *cell


def faults(client, route, unit, answer, is_like_nothing):
    """The names of what is wrong with one cell."""
    status = answer.status_code
    if leaks(client, route, answer):
        yield "leaks"
    if status >= 500:
        yield "breaks"
    if status == 405:
        return
    if not may(client, route, unit):
        if status < 400:
            yield "opens"
        elif not is_like_nothing:
            yield "tells"
    elif status == 404 or (status == 403 and route.name not in FURTHER_RULES):
        yield "refuses"


def judged_plain(client, route):
    address = address_of(route, {})
    for method in METHODS:
        answer = ask(client, method, address)
        CELLS[client.role] += 1
        status = answer.status_code
        cell = (client.role.value, client.place, route.name, method, status)
        if leaks(client, route, answer):
            yield "leaks", *cell
        if status >= 500:
            yield "breaks", *cell
        if status == 405 or route.needs == "public" or (method, route.name) in BY_FORM:
            continue
        if (status == 403) is (client.role in rights.ACTS[route.needs].roles):
            yield "refuses" if status == 403 else "opens", *cell


@pytest.mark.parametrize("role", list(Role))
def test_every_cell_of_the_matrix_is_as_the_table_says(role, world, entered, things):
    wrong = []
    for place, language in itertools.product(BELOW, LANGUAGES):
        client = somebody(entered, world, role, place, language)
        for route in WORK:
            if not told(route):
                continue
            wrong += (
                judged(client, route, things)
                if route.name in THINGS
                else judged_plain(client, route)
            )

    if counted := os.environ.get("LANTOA_CELLS_COUNTED"):
        with Path(counted).open("a", encoding="utf-8") as file:
            file.write(f"{role} {CELLS[role]}\n")
    assert wrong == []


@pytest.mark.parametrize("place", BELOW)
def test_a_form_is_taken_for_the_unit_of_ones_own_post_and_no_other(place, world, entered, things):
    wrong = []
    for role in Role:
        client = somebody(entered, world, role, place)
        for route in WORK:
            if route.name not in IN_THE_FORM:
                continue
            there, box = reverse(route.name), IN_THE_FORM[route.name]
            for unit in UNITS:
                with transaction.atomic():
                    answer = client.post(there, {box: world[unit].pk})
                    transaction.set_rollback(True)
                is_let = role in rights.ACTS[route.needs].roles and unit == place
                if (answer.status_code == 403) is is_let or answer.status_code >= 500:
                    wrong.append((role.value, route.name, unit, answer.status_code))

    assert wrong == []


def test_the_marks_are_seen_by_those_who_may(world, entered, things):
    """Or the search for marks beyond reach would prove nothing."""
    admin = somebody(entered, world, Role.ADMINISTRATOR, "N")
    pages = {
        "record": "desk:one-record",
        "submission": "desk:submission",
        "person": "desk:person",
    }
    for thing, name in pages.items():
        answer = ask(admin, "get", reverse(name, kwargs=things[thing]["N.du"]))
        assert mark("N.du").encode() in answer.served, name


def test_no_address_of_the_work_area_is_left_out():
    """A new route with a number in it must be told here what it points at."""
    left_out = [route.name for route in WORK if not told(route)]

    assert set(left_out) == BY_SECRET


def test_who_has_not_entered_is_let_in_nowhere(world, things):
    stranger = Client()
    wrong = []
    for route, method in itertools.product(filter(told, WORK), ("get", "post")):
        if route.needs == "public":
            continue
        answer = ask(stranger, method, address_of(route, things))
        to_login = answer.status_code == 302 and "/vao/" in answer["Location"]
        if not (to_login or answer.status_code in (401, 405)):
            wrong.append((route.name, method, answer.status_code))

    assert wrong == []


def test_no_form_is_taken_without_its_token(world, entered, things):
    account = somebody(entered, world, Role.ADMINISTRATOR, "P").person.account
    client = Client(enforce_csrf_checks=True)
    client.force_login(account)
    entering = [route for route in routes() if "/tai-khoan/" in route.address]
    taken = []
    for route in [*filter(told, WORK), *entering]:
        numbers = {"pk": 1} if "<int:pk>" in route.address else {}
        numbers |= LOGIN if "provider_id" in route.address else {}
        is_ours = route in WORK
        there = address_of(route, things) if is_ours else reverse(route.name, kwargs=numbers)
        answer = ask(client, "post", there)
        if answer.status_code not in (403, 405):
            taken.append((route.name, answer.status_code))

    assert taken == []


def everything():
    """Every row of every table of ours."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("lantoa.")]
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in ours}


def test_to_look_changes_nothing(world, entered, things):
    client = somebody(entered, world, Role.ADMINISTRATOR, "P")
    before = everything()

    for route in filter(told, WORK):
        client.get(address_of(route, things))

    assert everything() == before


def test_the_command_prints_what_the_matrix_reads():
    said = StringIO()
    call_command("urls", "--json", stdout=said)
    told = json.loads(said.getvalue())

    assert [each["address"] for each in told["routes"]] == [route.address for route in routes()]
    assert all(each["needs"] for each in told["routes"])
    assert told["acts"]["orgs.appoint"] == ["administrator"]
