"""The season of commendation that the sample went through by the actions of the pages; `script/prove season` times it."""

import pytest

from harness import season
from lantoa.awards import queries
from lantoa.awards.models import Ballot, Decision, Question

pytestmark = pytest.mark.django_db


def test_forty_councils_voted_and_their_decisions_of_2023_list_1455_awards_in_word(sample):
    decisions = list(Decision.objects.filter(date__year=2023).select_related("unit"))
    given = {each.pk: queries.awards_of(each) for each in decisions}

    lists = {each.pk: season.listed(each, given[each.pk]) for each in decisions}

    assert lists == {pk: len(awards) for pk, awards in given.items()}
    assert sum(lists.values()) == season.OF_PROVINCE + season.OF_OTHERS == 1_455
    assert len({each.unit_id for each in decisions}) == season.COUNCILS == 40


def test_no_ballot_of_a_decided_award_was_left_uncounted(sample):
    decided = Question.objects.filter(nomination__state="decided")

    assert not decided.filter(yes=None).exists()
    assert Ballot.objects.filter(questions__in=decided, closed_at=None).count() == 0
