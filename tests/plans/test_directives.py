"""The register of directives: filed, found, drawn as a tree, and what they ask of whom."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from lantoa.keeping import files, papers
from lantoa.ledger.models import Entry
from lantoa.lib.secrecy import SecretError
from lantoa.orgs.models import Post
from lantoa.orgs.rights import NotAllowedError
from lantoa.plans.actions import directives as actions
from lantoa.plans.drafts import Asked, Related
from lantoa.plans.models import Directive, DirectiveVersion
from lantoa.plans.queries import directives as queries
from lantoa.plans.queries import trees
from lantoa.plans.queries.directives import State, Wanted
from lantoa.plans.refusals import ChangedMeanwhileError, RefusedError
from lantoa.work import actions as work
from lantoa.work import directed
from lantoa.work.serving import Serves
from tests import make
from tests.orgs import world as worlds
from tests.plans import planning
from tests.plans.directing import draft, filed

pytestmark = pytest.mark.django_db
TODAY = make.NOON.date()
DUE = dt.date(2026, 3, 31)


@pytest.fixture
def world():
    make.measure("van-ban-ban-hanh")
    made = worlds.small_province()
    made.units["cb"] = make.unit(
        "Chi bộ 2", kind="party_cell", under=made["N.du"], on=made.party, start=worlds.REFORM
    )
    return made


@pytest.fixture
def root(world):
    """Directive 05-CT/TW, from outside."""
    return filed(
        world["TU"], "05-CT/TW", on=world.party, date=dt.date(2016, 5, 15), issuer="Bộ Chính trị"
    )


def everyone():
    return queries.seen_by(make.clerk(), make.NOON)


@pytest.mark.both
def test_what_a_unit_issues_counts_once_and_what_comes_from_outside_does_not(world, root):
    own = filed(world["TU"], "07-KH/TU", on=world.party)

    assert [(e.unit_id, e.date, e.value) for e in Entry.objects.all()] == [
        (own.unit_id, own.date, 1)
    ]


@pytest.mark.both
def test_a_number_is_taken_once_in_its_series(world):
    filed(world["TU"], "07-KH/TU", on=world.party, date=dt.date(2026, 2, 3))

    with pytest.raises(RefusedError, match=r"07-KH/TU, ngày 03/02/2026"):
        filed(world["TU"], "07-KH/TU", on=world.party, date=dt.date(2026, 5, 3))

    # Another kind, another issuer, an earlier term.
    filed(world["TU"], "07-CT/TU", on=world.party)
    filed(world["N.du"], "07-KH/ĐU", on=world.party)
    filed(world["TU"], "07-KH/TU", on=world.party, date=dt.date(2023, 2, 3))


def test_the_state_starts_to_count_anew_each_year(world):
    filed(world["N"], "15/KH-UBND", on=world.territory, date=dt.date(2025, 11, 1))
    filed(world["N"], "15/KH-UBND", on=world.territory, date=dt.date(2026, 11, 1))

    with pytest.raises(RefusedError, match="đã vào sổ"):
        filed(world["N"], "15/KH-UBND", on=world.territory, date=dt.date(2026, 1, 2))


@pytest.mark.parametrize(
    ("unit", "code", "changes", "said"),
    [
        ("TU", "07/KH-UBND", {}, "của cơ quan khác"),
        ("N", "07-KH/TU", {}, "của cơ quan khác"),
        ("N.du", "07-KH/TU", {}, "của cơ quan khác"),
        ("cb", "02-HD/CB", {}, "399-QĐ/TW"),
        ("TU", "07-KH/TU", {"kind": "resolution"}, "không phải của"),
        ("TU", "07-KH/TU", {"date": dt.date(2099, 1, 1)}, "chưa tới"),
        ("N.du", "07-KH/ĐU", {"date": dt.date(2024, 1, 1)}, "chưa thành lập"),
        ("TU", "07-KH/TU", {"extract": " "}, "Chưa ghi trích yếu"),
        ("N", "19/2025/QĐ-UBND", {}, "ghi năm 2025"),
    ],
)
def test_what_cannot_be_so_is_refused_with_its_sentence(world, unit, code, changes, said):
    line = world.territory if unit == "N" else world.party

    with pytest.raises(RefusedError, match=said):
        filed(world[unit], code, on=line, **changes)

    assert not Directive.objects.exists()


def test_a_line_in_which_the_unit_does_not_stand_is_refused(world):
    with pytest.raises(RefusedError, match="không thuộc hệ thống"):
        filed(world["N.du"], "07-KH/ĐU", on=world.women)


@pytest.mark.parametrize(
    "changes", [{"secrecy": "tối mật"}, {"extract": "Về việc X (Mật)"}, {"signer": "Độ mật: mật"}]
)
def test_what_is_marked_secret_is_refused_before_anything_else(world, changes):
    with pytest.raises(SecretError, match="bí mật nhà nước"):
        filed(world["TU"], "07/KH-UBND", on=world.party, **changes)


def test_an_earlier_document_cannot_carry_out_a_later_one(world, root):
    later = filed(world["TU"], "07-KH/TU", on=world.party)

    with pytest.raises(RefusedError, match="Hãy ghi ngược lại"):
        filed(
            world["TU"], "08-KH/TU", on=world.party, date=dt.date(2026, 1, 1),
            related=[Related("implements", later)],
        )  # fmt: skip


def test_who_may_not_file_at_a_unit_files_nothing_there(world):
    clerk = make.recorder(world["M"])

    with pytest.raises(NotAllowedError):
        filed(world["N"], "15/KH-UBND", on=world.territory, by=clerk)


def test_what_was_filed_by_mistake_is_withdrawn_and_its_number_is_free(world):
    wrong = filed(world["TU"], "07-KH/TU", on=world.party)
    with pytest.raises(RefusedError, match="phải ghi lý do"):
        actions.withdraw(directive=wrong, reason=" ", by=make.clerk(), at=make.NOON)

    actions.withdraw(directive=wrong, reason="nhầm số", by=make.clerk(), at=make.NOON)
    right = filed(world["TU"], "07-KH/TU", on=world.party)

    assert sum(Entry.objects.values_list("value", flat=True)) == 1
    assert list(queries.search(everyone(), Wanted())) == [right]
    assert list(queries.search(everyone(), Wanted(withdrawn=True))) == [wrong]


def carried_out(world, root, *codes, unit="TU", **more):
    """Documents that carry out another."""
    rests = {"related": [Related("implements", root)]} | more
    return [filed(world[unit], code, on=world.party, **rests) for code in codes]


def corrected(directive, *, on, seen=None, reason="nhầm ngày", **changes):
    told = draft(directive.unit, directive.code, on=on, **{"date": directive.date} | changes)
    return actions.correct(
        directive=directive, seen=seen or directive.version, draft=told, reason=reason, by=make.clerk(),
        at=make.NOON,
    )  # fmt: skip


@pytest.mark.both
def test_a_correction_posts_the_difference_and_keeps_what_was_said(world, root):
    own = filed(world["TU"], "07-KH/TU", on=world.party, related=[Related("implements", root)])

    corrected(own, on=world.party, date=dt.date(2026, 3, 3), extract="Khác")

    moved = [(dt.date(2026, 2, 3), 1), (dt.date(2026, 2, 3), -1), (dt.date(2026, 3, 3), 1)]
    assert sorted(Entry.objects.values_list("date", "value")) == sorted(moved)
    first, second = queries.versions_of(own)
    assert (first.told["date"], second.told["date"]) == ("2026-02-03", "2026-03-03")
    assert (first.told["related"], second.told["related"]) == ([["implements", "05-CT/TW"]], [])
    assert (first.reason, second.reason) == ("", "nhầm ngày")
    corrected(own, on=world.party, reason="lần nữa")
    assert [each.number for each in queries.versions_of(own)] == [1, 2, 3]


@pytest.mark.both
def test_a_correction_of_what_is_no_longer_there_is_refused(world, root):
    own = filed(world["TU"], "07-KH/TU", on=world.party)
    corrected(own, on=world.party)

    with pytest.raises(ChangedMeanwhileError):
        corrected(own, on=world.party, seen=1)
    actions.withdraw(directive=own, reason="nhầm", by=make.clerk(), at=make.NOON)
    with pytest.raises(ChangedMeanwhileError):
        corrected(own, on=world.party)


@pytest.mark.both
def test_a_correction_that_cannot_be_so_is_refused(world, root):
    first, second = carried_out(world, root, "07-KH/TU", "08-KH/TU")
    last = carried_out(world, second, "09-KH/TU")[0]
    wrong = [
        (first, {"reason": " "}, "phải ghi lý do"),
        (root, {"date": dt.date(2026, 2, 4), "issuer": "Bộ Chính trị"}, "07-KH/TU căn cứ văn bản này"),
        (second, {"related": [Related("implements", last)]}, "đang dựa vào nó"),
        (second, {"related": [Related("implements", second)]}, "chính văn bản này"),
    ]  # fmt: skip
    for directive, changes, said in wrong:
        with pytest.raises(RefusedError, match=said):
            corrected(directive, on=world.party, **changes)
    told = draft(world["TU"], "08-KH/TU", on=world.party)
    with pytest.raises(RefusedError, match="đã vào sổ"):
        actions.correct(
            directive=first, seen=1, draft=told, reason="x", by=make.clerk(), at=make.NOON
        )
    assert not DirectiveVersion.objects.exists()


def test_what_others_rest_on_is_not_withdrawn(world, root):
    filed(world["TU"], "07-KH/TU", on=world.party, related=[Related("implements", root)])

    with pytest.raises(RefusedError, match="07-KH/TU đang dựa vào"):
        actions.withdraw(directive=root, reason="nhầm", by=make.clerk(), at=make.NOON)


def test_the_document_itself_is_kept_by_what_it_is(world, root, settings, tmp_path):
    settings.MEDIA = tmp_path

    kept = actions.attach(
        directive=root, name="../chi thi.pdf", content=b"%PDF-1.4", by=make.clerk(), at=make.NOON
    )

    assert files.path_of(kept.file).read_bytes() == b"%PDF-1.4"
    assert kept.file_name == "chi thi.pdf"
    with pytest.raises(papers.NotAPaperError):
        actions.attach(directive=root, name="a.pdf", content=b"MZ", by=make.clerk(), at=make.NOON)
    with pytest.raises(SecretError):
        actions.attach(
            directive=root, name="a (Mật).pdf", content=b"%PDF-", by=make.clerk(), at=make.NOON
        )


def test_the_register_is_searched_without_marks_by_everything(world, root):
    filed(
        world["TU"], "07-KH/TU", on=world.party, extract="Nêu gương", signer="Đồng chí Phó Bí thư"
    )

    def found(**wanted):
        return [each.code for each in queries.search(everyone(), Wanted(**wanted))]

    assert found(words="bo chinh tri") == found(words="05-ct/tw") == ["05-CT/TW"]
    assert found(words="neu guong ke hoach") == ["07-KH/TU"]
    assert (
        found(kind="instruction")
        == found(year=2016)
        == found(issuer="Bộ Chính trị")
        == ["05-CT/TW"]
    )
    assert found(signer="pho bi thu") == found(issuer=str(world["TU"].pk)) == ["07-KH/TU"]
    assert found(words="nêu gương 05") == []
    assert found(issued_by="chinh tri") == ["05-CT/TW"]
    assert found(issued_by="tinh uy") == ["07-KH/TU"]
    assert found(issued_by="bo tai chinh") == []


def test_those_below_read_what_directs_them_and_not_what_directs_others(world, root):
    filed(world["M.du"], "02-KH/ĐU", on=world.party)
    own = filed(world["N.du"], "03-KH/ĐU", on=world.party)
    clerk = make.recorder(world["cb"], on=world.party)

    assert set(queries.seen_by(clerk, make.NOON)) == {root, own}


def test_the_tree_goes_from_the_first_directive_down_to_the_communes(world, root):
    conclusion = filed(
        world["TU"], "01-KL/TW", on=world.party, date=dt.date(2021, 5, 18), issuer="Bộ Chính trị",
        related=[Related("continues", root)],
    )  # fmt: skip
    plan = filed(
        world["TU"], "07-KH/TU", on=world.party, related=[Related("implements", conclusion)]
    )
    filed(world["N.du"], "03-KH/ĐU", on=world.party, related=[Related("implements", plan)])
    filed(world["M.du"], "04-KH/ĐU", on=world.party, related=[Related("implements", plan)])

    [top] = trees.tree(everyone())

    drawn = [top.directive.code, top.children[0].relation, top.children[0].directive.code]
    assert drawn == ["05-CT/TW", "continues", "01-KL/TW"]
    under = top.children[0].children[0]
    assert [each.directive.code for each in under.children] == ["03-KH/ĐU", "04-KH/ĐU"]


def test_what_stands_alone_is_no_tree_and_is_counted_beside(world, root):
    lone = filed(world["TU"], "07-KH/TU", on=world.party)
    assert trees.tree(everyone()) == []
    assert set(trees.alone(everyone())) == {root.pk, lone.pk}

    carried_out(world, root, "08-KH/TU")

    assert [each.size for each in trees.tree(everyone())] == [1 + 1]
    assert trees.alone(everyone()) == [lone.pk]


def test_many_alike_stand_as_one_and_those_with_something_below_stand_for_themselves(world, root):
    plans = carried_out(world, root, *(f"{n}-KH/TU" for n in range(11, 16)))
    [report] = carried_out(world, root, "16-BC/TU")
    carried_out(world, plans[0], "17-CV/TU")
    [top] = trees.tree(everyone())

    shown = trees.gathered(top)

    [group] = [each for each in shown if isinstance(each, trees.Group)]
    assert [each.directive.pk for each in group.members] == [each.pk for each in plans[1:]]
    alone = [each.directive.pk for each in shown if isinstance(each, trees.Branch)]
    assert alone == [plans[0].pk, report.pk]


def test_a_very_deep_tree_ends_in_one_that_stands_for_the_rest(world, root):
    above = root
    for number in range(trees.DEEP + 3):
        [above] = carried_out(world, above, f"{number + 1}-KH/TU")
    branch, [top] = None, trees.tree(everyone())

    for depth in range(trees.DEEP + 1):
        [branch] = trees.gathered(branch or top, depth)

    assert len(branch.members) == 3


def test_a_directive_sees_the_way_up_and_what_is_below_and_not_its_neighbours(world, root):
    ours, theirs = carried_out(world, root, "07-KH/TU", "08-KH/TU")
    [below] = carried_out(world, ours, "03-KH/ĐU", unit="N.du")

    seen = trees.around(everyone(), ours.pk)

    walked = [each.directive.pk for each in trees.walked([seen])]
    assert walked == [root.pk, ours.pk, below.pk]
    assert trees.around(everyone(), theirs.pk).children[0].directive.pk == theirs.pk


def test_a_second_ground_is_remembered(world, root):
    [first, second] = carried_out(world, root, "07-KH/TU", "08-KH/TU")
    both = [Related("implements", first), Related("amends", second)]
    [last] = carried_out(world, root, "09-KH/TU", related=both)
    [top] = trees.tree(everyone())

    [hung] = [each for each in trees.walked([top]) if each.directive.pk == last.pk]

    assert (hung.relation, hung.also) == ("amends", [first.pk])


def test_a_longer_tree_and_register_take_no_more_queries(world, root):
    def count():
        with CaptureQueriesContext(connection) as asked:
            trees.tree(everyone())
            list(queries.search(everyone(), Wanted(words="chuyen de")))
        return len(asked)

    carried_out(world, root, "1-KH/TU")
    few = count()
    carried_out(world, root, *(f"{number}-KH/TU" for number in range(2, 10)))

    assert count() == few == 7


def asking(world, what, root):
    return filed(
        world["TU"], "07-KH/TU", on=world.party, related=[Related("implements", root)],
        asked=[Asked(what, world.party, ("party_commune",), DUE)],
    )  # fmt: skip


def states(world, directive, today=TODAY):
    found = directed.standings(queries.duties_of(directive), today=today)
    names = {world[key].pk: key for key in world.units}
    return {names[each.unit_id]: each.state for each in found}


def test_a_duty_binds_the_units_of_its_kinds_that_stand_there_on_its_day(world, root):
    asked = asking(world, "document", root)

    assert states(world, asked, dt.date(2026, 3, 1)) == {"N.du": State.OPEN, "M.du": State.OPEN}
    assert states(world, asked) == {"N.du": State.MISSED, "M.du": State.MISSED}


def test_a_document_of_ones_own_answers_and_one_in_time_is_in_time(world, root):
    asked = asking(world, "plan", root)
    carries = {"related": [Related("implements", asked)]}
    filed(world["N.du"], "03-KH/ĐU", on=world.party, date=DUE, **carries)
    filed(world["M.du"], "03-KH/ĐU", on=world.party, date=dt.date(2026, 4, 1), **carries)

    assert states(world, asked) == {"N.du": State.DONE, "M.du": State.LATE}


def test_a_report_is_not_answered_by_a_plan(world, root):
    asked = asking(world, "report", root)
    carries = {"related": [Related("implements", asked)]}
    filed(world["N.du"], "03-KH/ĐU", on=world.party, date=DUE, **carries)
    filed(world["M.du"], "03-BC/ĐU", on=world.party, date=DUE, **carries)

    assert states(world, asked) == {"N.du": State.MISSED, "M.du": State.DONE}


def test_a_plan_sent_under_the_directive_answers_from_its_first_version(world, root):
    planning.measures()
    asked = asking(world, "plan", root)
    plan = planning.plan(world["N.du"], on=world.party, directives=[asked])
    planning.task(plan)
    assert states(world, asked)["N.du"] == State.MISSED

    planning.send(plan)

    assert states(world, asked) == {"N.du": State.DONE, "M.du": State.MISSED}


def test_a_briefing_that_names_the_directive_answers_until_it_is_withdrawn(world, root):
    asked = asking(world, "brief", root)
    held = work.record(
        kind=make.kind(one=make.measure()), unit=world["N.du"], date=dt.date(2026, 3, 2),
        values={}, serves=Serves(directive=asked), by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    assert states(world, asked) == {"N.du": State.DONE, "M.du": State.MISSED}

    work.withdraw(activity=held, reason="nhầm", by=make.clerk(), at=make.NOON)

    assert states(world, asked)["N.du"] == State.MISSED


def test_every_bound_unit_is_in_exactly_one_state(world, root):
    """The figure opens: what was done and what was not add up to those who must."""
    asked = asking(world, "document", root)
    [duty] = queries.duties_of(asked)

    found = directed.standings([duty], today=TODAY)

    assert sorted(each.unit_id for each in found) == queries.bound(duty, TODAY)
    assert len(found) == 1 + 1


def test_a_unit_finds_its_own_duties(world, root):
    asked = asking(world, "document", root)
    span = {"first": dt.date(2026, 1, 1), "last": dt.date(2026, 12, 31)}

    assert [each.directive for each in queries.duties_for(world["N.du"], **span)] == [asked]
    assert queries.duties_for(world["TU"], **span) == []
    assert queries.duties_for(world["N"], **span) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [({"due_date": dt.date(2026, 1, 1)}, "trước ngày ban hành"), ({"unit_kinds": ()}, "chọn cho đủ"), ({"unit_kinds": ("lạ",)}, "đơn vị lạ")],
)  # fmt: skip
def test_a_duty_that_makes_no_sense_is_refused(world, changes, said):
    asked = Asked("plan", world.party, ("party_commune",), DUE)._replace(**changes)

    with pytest.raises(RefusedError, match=said):
        filed(world["TU"], "07-KH/TU", on=world.party, asked=[asked])


def test_many_are_filed_or_none(world):
    right = draft(world["N.du"], "03-KH/ĐU", on=world.party)
    wrong = draft(world["N.du"], "03-KH/ĐU", on=world.party)

    with pytest.raises(RefusedError, match="cùng một số"):
        actions.file_many(drafts=[right, wrong], by=make.clerk(), at=make.NOON)

    assert not Directive.objects.exists()


def test_a_citation_finds_its_directive(world, root):
    assert queries.by_code(everyone(), "Chỉ thị số 05-CT/TW, ngày 15/5/2016") == root
    assert queries.by_code(everyone(), "06-CT/TW") is None
    assert queries.by_code(everyone(), "không phải số") is None


def test_the_issuer_is_named_as_on_the_day_of_the_document(world, root):
    own = filed(world["N.du"], "03-KH/ĐU", on=world.party)

    assert queries.issuers([root, own]) == {root.pk: "Bộ Chính trị", own.pk: "Đảng ủy Xã N"}


def test_a_post_that_reads_nothing_of_plans_reads_no_directive(world, root):
    editor = make.person()
    Post.objects.create(
        person=editor, unit=world["N"], line=world.territory, role="editor", start_date=make.START
    )

    assert not queries.seen_by(editor, make.NOON).exists()
