"""For which task an activity was: guessed on the form, chosen by the person, kept in a correction, shown on the record."""

import re

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post
from lantoa.work.models import Activity
from tests import make
from tests.desk import recording
from tests.plans import planning

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
