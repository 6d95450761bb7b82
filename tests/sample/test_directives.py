"""The directives, objectives and movements of the sample: facts exactly, the rest marked illustrative, figures that open.

Needs the sample as it is loaded: what is asked here is whether its tree and its counts are what the article and DOMAIN.md say.
"""

import datetime as dt
from collections import Counter

import docx
import pytest
from django.db.models import F

from lantoa.awards.models import Award
from lantoa.keeping import files
from lantoa.orgs.models import Person, Post
from lantoa.plans.models import Directive, Movement, Objective, Plan, StudyTopic, Task, Theme
from lantoa.plans.queries import directives as queries
from lantoa.plans.queries import movements, trees
from lantoa.plans.queries.directives import State
from lantoa.practices.models import Adoption, Practice
from lantoa.project.sample import people
from lantoa.project.sample.history import NOW
from lantoa.project.sample.load import FOUNDER
from lantoa.work import directed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("sample")]


def everyone():
    return queries.seen_by(Person.objects.get(name=FOUNDER), NOW)


def test_the_tree_stands_on_the_directive_and_the_conclusion_that_continues_it():
    first = next(each for each in trees.tree(everyone()) if each.directive.code == "05-CT/TW")

    assert first.directive.date == dt.date(2016, 5, 15)
    [conclusion] = first.children
    assert (conclusion.directive.code, conclusion.directive.date) == (
        "01-KL/TW",
        dt.date(2021, 5, 18),
    )
    assert [each.directive.date.year for each in conclusion.children] == [2023, 2025, 2026]
    assert len(conclusion.children[0].children) > 100


def test_what_no_source_states_says_that_it_is_illustrative():
    from_outside = {"05-CT/TW", "01-KL/TW", "1657/NQ-UBTVQH15"}
    local = Directive.objects.exclude(code__in=from_outside)

    assert not local.exclude(extract__contains="minh họa").exists()
    assert not Objective.objects.exclude(title__contains="minh họa").exists()
    assert not Movement.objects.exclude(aim__contains="minh họa").exists()


def test_the_plans_of_the_province_have_a_file_that_says_it_is_made_up():
    plans = Directive.objects.exclude(file="").order_by("date")

    assert [each.date.year for each in plans] == [2023, 2025, 2026]
    for each in plans:
        words = docx.Document(files.path_of(each.file)).paragraphs
        assert each.code in words[0].text
        assert "minh họa" in words[1].text


def test_posts_sign_what_is_made_up_and_the_register_finds_them():
    found = queries.search(Directive.objects.all(), queries.Wanted(signer="pho bi thu"))

    assert found.count() > 100
    assert set(found.values_list("signer", flat=True)) == {"Phó bí thư thường trực"}
    assert not Directive.objects.exclude(issuer="").exclude(signer="").exists()


def test_the_article_s_counts_come_out():
    kinds = Counter(Objective.objects.filter(term__ordinal="XIX").values_list("kind", flat=True))

    assert kinds == {"key_programme": 3, "breakthrough": 3, "advantage": 5, "bottleneck": 3}
    assert Movement.objects.count() == 9 + 1
    assert all(each.joinings.exists() for each in Movement.objects.all())
    leader = Person.objects.get(name=people.name_of(Post.Role.LEADER))
    assert movements.seen_by(leader, NOW).count() == 9 + 1
    assert StudyTopic.objects.count() == 7
    assert (
        "quê hương cội nguồn cách mạng"
        in Theme.objects.get(unit__kind="party_province", year=2023).title
    )


def test_of_the_units_that_had_to_plan_most_did_and_some_did_not():
    plan = Directive.objects.get(code="33-KH/TU")
    found = directed.standings(queries.duties_of(plan), today=NOW.date())

    counted = Counter(each.state for each in found if each.duty.unit_kinds == ["party_commune"])
    assert sum(counted.values()) == 161
    assert counted[State.DONE] > 130
    assert counted[State.MISSED] > 0
    assert counted[State.LATE] > 0


def test_the_year_of_the_reform_goes_on_in_the_new_communes():
    again = Directive.objects.get(code="48-KH/TU")
    found = directed.standings(queries.duties_of(again), today=NOW.date())

    counted = Counter(each.state for each in found)
    assert sum(counted.values()) == 56
    assert counted[State.DONE] > 40
    [to_plan] = again.upwards.all()
    assert (to_plan.kind, to_plan.other.code) == ("amends", "35-KH/TU")


def test_movements_are_referred_to_by_practices_and_awards_and_not_before_their_launch():
    practices = Practice.objects.filter(movement__isnull=False)
    awards = Award.objects.filter(nomination__movement__isnull=False)

    assert practices.values("movement").distinct().count() >= 6
    early = Adoption.objects.filter(start_date__lt=F("practice__movement__start_date"))
    assert not early.filter(learned_from=None).exists()
    assert awards.count() > 300
    assert set(awards.values_list("nomination__movement__name", flat=True)) == {"Dân vận khéo"}
    assert not awards.exclude(decision__achievement__contains="Dân vận khéo").exists()


def test_what_goes_up_is_not_on_the_public_pages_and_what_directs_is():
    assert queries.public().exclude(kind="report").count() > 300
    assert not queries.public().filter(kind="report").exists()


def test_every_theme_of_the_province_and_some_movements_have_plans_and_tasks():
    for year in (2023, 2025, 2026):
        theme = Theme.objects.get(unit__kind="party_province", year=year)
        assert theme.plans.exists(), year
        assert Task.objects.filter(movement__isnull=False, plan__year=year).exists(), year
        asked = Plan.objects.filter(year=year, directives__isnull=False)
        assert asked.exists(), year
