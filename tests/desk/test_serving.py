"""For which task an activity was: guessed on the form, chosen by the person, kept in a correction, shown on the record."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post
from lantoa.plans.actions import movements, programmes
from lantoa.plans.drafts import Asked
from lantoa.work.models import Activity
from tests import make
from tests.desk import recording
from tests.plans import planning
from tests.plans.directing import filed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _now(settings, tmp_path):
    settings.NOW, settings.MEDIA = make.NOON, tmp_path / "media"


@pytest.fixture
def task(world):
    recording.kinds()
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    return task


@pytest.fixture
def clerk(world, entered):
    return entered(world["N.du"], Post.Role.RECORDER, line=world.party)


def chosen(page):
    found = re.search(r'name="nhiem-vu" value="(\d*)" checked', page.content.decode())
    return found[1] if found else None


def told(unit, **more):
    day = recording.TODAY.isoformat()
    return {"don-vi": unit.pk, "viec": "lao-dong", "ngay": day, "so": "12", "noi-dung": ""} | more


def test_a_task_that_shares_the_words_of_the_kind_is_preselected(world, clerk, task):
    task.content = "Lao động giúp dân đổ 400 m đường"
    task.save()

    page = clerk.get(reverse("desk:record"), {"viec": "lao-dong"})

    assert chosen(page) == str(task.pk)
    assert f'data-nhiem-vu="{task.pk}"' in page.content.decode()


def test_a_task_of_other_words_is_offered_and_not_chosen(clerk, task):
    page = clerk.get(reverse("desk:record"), {"viec": "lao-dong"})

    assert chosen(page) == ""
    assert task.content in page.content.decode()


def test_a_record_is_kept_for_the_task_that_was_chosen_and_says_so(world, clerk, task):
    address = reverse("desk:record")
    clerk.post(address, told(world["N.du"], **{"nhiem-vu": str(task.pk)}))

    made = Activity.objects.get()
    assert made.task == task
    shown = clerk.get(reverse("desk:one-record", args=[made.pk])).content.decode()
    assert task.content in shown
    assert chosen(clerk.get(reverse("desk:correct-record", args=[made.pk]))) == str(task.pk)


def test_a_form_without_the_question_leaves_the_task_as_it_was(world, clerk, task):
    clerk.post(reverse("desk:record"), told(world["N.du"], **{"nhiem-vu": str(task.pk)}))
    made = Activity.objects.get()
    fixed = {"ban": "1", "ngay": recording.TODAY.isoformat(), "so": "13", "noi-dung": ""}

    clerk.post(reverse("desk:correct-record", args=[made.pk]), fixed)

    made.refresh_from_db()
    assert (made.version, made.task) == (2, task)


def test_another_units_task_is_refused_at_its_box(world, clerk, task):
    _plan, [other] = planning.approved(world["M.du"], world["TU"], on=world.party)

    page = clerk.post(reverse("desk:record"), told(world["N.du"], **{"nhiem-vu": str(other.pk)}))

    assert page.status_code == 400
    assert "Nhiệm vụ này của đơn vị khác." in page.content.decode()
    assert 'href="#nhiem-vu"' in page.content.decode()


def test_a_unit_without_tasks_is_not_asked(world, clerk):
    recording.kinds()

    assert 'name="nhiem-vu"' not in clerk.get(reverse("desk:record")).content.decode()


def things_above(world):
    """What the province sets going: a theme, a movement, an objective, and a directive that asks something."""
    by = {"by": make.clerk(), "at": make.NOON}
    make.measure("van-ban-ban-hanh")
    top, line = world["TU"], world.party
    term = programmes.open_term(
        level="province", name="2025-2030", ordinal="", start_date=dt.date(2025, 9, 1), end_date=None, **by
    )  # fmt: skip
    programme = programmes.found(unit=top, name="Học và làm", start_date=make.START, **by)
    return {
        "theme": programmes.set_theme(programme=programme, unit=top, year=2026, title="Gần dân", **by),
        "movement": movements.launch(
            kind="movement", name="Dân vận khéo", unit=top, line=line, start_date=make.START, **by
        ),
        "objective": programmes.set_objective(
            unit=top, term=term, kind="advantage", position=1, title="Giao thông", **by
        ),
        "directive": filed(
            top, "06-KH/TU", on=line,
            asked=[Asked("brief", line, ("party_commune",), dt.date(2026, 12, 31))],
        ),
    }  # fmt: skip


def chosen_in(page, box):
    """What is chosen in the folded box, by its name."""
    inside = page.content.decode().split('id="phuc-vu"')[1].split("</details>")[0]
    select = re.search(rf'name="{box}">(.*?)</select>', inside, re.DOTALL)
    options = select[1] if select else inside
    ticked = rf'name="{box}" value="(\d+)" checked' if not select else r'value="(\d+)" selected'
    return re.findall(ticked, options)


def test_the_folded_box_offers_what_stands_above_and_guesses_it_from_the_task(world, clerk, task):
    things = things_above(world)
    task.content, task.movement = "Lao động giúp dân đổ 400 m đường", things["movement"]
    task.save()
    task.objectives.add(things["objective"])
    task.plan.theme = things["theme"]
    task.plan.save()

    page = clerk.get(reverse("desk:record"), {"viec": "lao-dong"})

    assert chosen_in(page, "chuyen-de") == [str(things["theme"].pk)]
    assert chosen_in(page, "phong-trao") == [str(things["movement"].pk)]
    assert chosen_in(page, "muc-tieu") == [str(things["objective"].pk)]
    assert chosen_in(page, "van-ban") == []
    assert "06-KH/TU" in page.content.decode()
    assert "<details" in page.content.decode().split('id="phuc-vu"')[0][-60:]


def test_what_was_chosen_in_the_folded_box_is_kept_and_comes_back_to_be_corrected(
    world, clerk, task
):
    things = things_above(world)
    serves = {
        "hoi-phuc-vu": "1", "chuyen-de": things["theme"].pk, "phong-trao": things["movement"].pk,
        "van-ban": things["directive"].pk, "muc-tieu": [things["objective"].pk],
    }  # fmt: skip
    clerk.post(reverse("desk:record"), told(world["N.du"], **serves))
    made = Activity.objects.get()
    kept = (made.theme, made.movement, made.directive, list(made.objectives.all()))
    assert kept == (things["theme"], things["movement"], things["directive"], [things["objective"]])

    page = clerk.get(reverse("desk:correct-record", args=[made.pk]))
    assert chosen_in(page, "van-ban") == [str(things["directive"].pk)]
    fixed = {"ban": "1", "ngay": recording.TODAY.isoformat(), "so": "13", "noi-dung": ""}
    clerk.post(reverse("desk:correct-record", args=[made.pk]), fixed | {"hoi-phuc-vu": "1"})

    made.refresh_from_db()
    assert (made.version, made.theme, made.movement, made.directive) == (2, None, None, None)
    assert not made.objectives.exists()


def test_what_is_beyond_reach_is_refused_at_the_box_like_what_is_not_there(world, clerk, task):
    other = movements.launch(
        kind="movement", name="Của M", unit=world["M.du"], line=world.party, start_date=make.START,
        by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    things_above(world)

    for number in (other.pk, 10**8):
        page = clerk.post(
            reverse("desk:record"),
            told(world["N.du"], **{"hoi-phuc-vu": "1", "phong-trao": number}),
        )
        assert page.status_code == 400
        assert "Nhiệm vụ, chuyên đề hoặc phong trào đã chọn không còn" in page.content.decode()
        assert 'href="#phuc-vu"' in page.content.decode()
        assert "Của M" not in page.content.decode()


def test_a_unit_above_which_nothing_was_set_going_has_no_folded_box(world, clerk):
    recording.kinds()

    assert 'id="phuc-vu"' not in clerk.get(reverse("desk:record")).content.decode()
