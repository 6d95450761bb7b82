"""The questions of the sample, told in the small province: they go through the same actions, and name nobody."""

import pytest

from lantoa.enquiries import masking, publishing, queries
from lantoa.enquiries.models import Enquiry, Message, PublicAnswer
from lantoa.project.sample import enquiries as sample
from lantoa.project.sample.history import NOW
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(world):
    steps = list(sample.load(make.clerk(), seed=2024))
    assert steps[-1] == (sample.COUNT, sample.COUNT)


def test_most_are_answered_and_the_last_are_open(told):
    states = set(Enquiry.objects.values_list("state", flat=True))

    assert Enquiry.objects.filter(state="answered").count() == sample.COUNT - sample.OPEN
    assert {"received", "waiting", "answered", "working"} == states
    assert queries.late_now(NOW) > 0


def test_nothing_in_them_could_tell_who_it_was(told):
    said = [each.text for each in Message.objects.all()]
    shown = [f"{each.question} {each.answer}" for each in PublicAnswer.objects.all()]

    assert said
    assert shown
    assert [each for each in said + shown if masking.left_over(each)] == []
    assert all(sample.NOTE in each for each in said + shown)


def test_what_is_asked_again_counts_as_asked_often(told):
    assert publishing.often()
