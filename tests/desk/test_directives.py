"""Văn bản, chương trình, phong trào as pages: found, filed, refused in words, and every number a door."""

import datetime as dt
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from lantoa import plans
from lantoa.orgs.models import Post
from lantoa.plans.actions import movements, programmes
from lantoa.plans.drafts import Asked, Related
from lantoa.plans.models import Directive, Joining, Movement, Objective, StudyTopic, Theme
from lantoa.work import actions as work
from lantoa.work.serving import Serves
from tests import make
from tests.plans import planning
from tests.plans.directing import filed

pytestmark = pytest.mark.django_db
RIGHT = {
    "so": "07-KH/TU", "ngay": "03/02/2026", "trich-yeu": "Về chuyên đề năm 2026", "he-thong": "dang", "do-mat": "khong",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _now(settings, tmp_path):
    settings.NOW, settings.MEDIA = make.NOON, tmp_path
    make.measure("van-ban-ban-hanh")
    make.measure("don-vi-trong-phong-trao", nature="balance")


@pytest.fixture
def reviewer(world, entered):
    """Of the provincial committee: files, defines, launches."""
    return entered(world["TU"], Post.Role.REVIEWER, line=world.party)


@pytest.fixture
def below(world, entered):
    """The recorder of a commune's committee."""
    return entered(world["N.du"], Post.Role.RECORDER, line=world.party)


@pytest.fixture
def asking(world):
    root = filed(
        world["TU"], "05-CT/TW", on=world.party, date=dt.date(2016, 5, 15), issuer="Bộ Chính trị"
    )
    return filed(
        world["TU"], "06-KH/TU", on=world.party, related=[Related("implements", root)],
        asked=[Asked("document", world.party, ("party_commune",), dt.date(2026, 3, 31))],
    )  # fmt: skip


def text(answer):
    return answer.content.decode()


def test_a_directive_is_filed_with_its_document_and_comes_back_to_be_read(reviewer, asking):
    sent = RIGHT | {
        "van-ban-goc": "Kế hoạch số 06-KH/TU", "viec": "report", "loai-don-vi": ["party_commune"], "han": "30/11/2026",
        "tep": SimpleUploadedFile("ke hoach.pdf", b"%PDF-1.4"), "nguoi-ky": "Phó bí thư thường trực",
    }  # fmt: skip
    answer = reviewer.post(reverse("desk:file-directive"), sent)

    made = Directive.objects.get(code="07-KH/TU")
    assert answer["Location"] == reverse("desk:directive", args=[made.pk])
    page = text(reviewer.get(answer["Location"]))
    assert "Đã vào sổ 07-KH/TU." in page
    assert "06-KH/TU" in page
    assert "ke hoach.pdf" in page
    assert "<dd>Phó bí thư thường trực</dd>" in page
    document = reviewer.get(reverse("desk:directive-file", args=[made.pk]))
    assert document.content == b"%PDF-1.4"
    assert document["Content-Disposition"].startswith("attachment")


def test_the_register_is_narrowed_by_kind_line_and_signer(reviewer, world, asking):
    filed(world["TU"], "12-KH/TU", on=world.party, extract="Nêu gương", signer="Phó Bí thư")
    listed = reverse("desk:directives")

    def found(**asked):
        page = text(reviewer.get(listed, {name.replace("_", "-"): said for name, said in asked.items()}))  # fmt: skip
        return {code for code in ("05-CT/TW", "06-KH/TU", "12-KH/TU") if code in page}

    assert found(loai="instruction") == {"05-CT/TW"}
    assert found(nguoi_ky="pho bi thu") == {"12-KH/TU"}
    assert found(he_thong="dang") == {"05-CT/TW", "06-KH/TU", "12-KH/TU"}
    assert found(he_thong="dia-ban") == set()


def test_a_theme_names_what_of_uncle_ho_s_is_studied(reviewer, world):
    by = {"by": make.clerk(), "at": make.NOON}
    programmes.load_topics(path=Path(plans.__path__[0]) / "topics.toml", **by)
    styles = list(StudyTopic.objects.order_by("position"))
    programme = programmes.found(unit=world["TU"], name="Học và làm", start_date=make.START, **by)
    theme = programmes.set_theme(
        programme=programme, unit=world["TU"], year=2026, title="Nêu gương", topics=styles, **by
    )

    for there in (reverse("desk:theme", args=[theme.pk]), reverse("desk:programmes")):
        page = text(reviewer.get(there))
        assert [each.name_vi for each in styles if each.name_vi not in page] == []
    assert len(styles) == 7


def test_a_pasted_citation_says_kind_and_day(reviewer):
    sent = RIGHT | {
        "so": "Chỉ thị số 05-CT/TW, ngày 15/5/2016", "ngay": "", "co-quan": "Bộ Chính trị",
    }  # fmt: skip
    reviewer.post(reverse("desk:file-directive"), sent)

    made = Directive.objects.get()
    assert (made.kind, made.date) == ("instruction", dt.date(2016, 5, 15))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"so": "07"}, "chưa phải số và ký hiệu"),
        ({"so": "07-QĐ/TU"}, "Chọn một loại"),
        ({"so": "06-KH/TU"}, "đã vào sổ"),
        ({"ngay": "31/02/2026"}, "không có trong lịch"),
        ({"ngay": ""}, "Ngày ban hành: ghi ngày, tháng, năm"),
        ({"do-mat": "mật"}, "bí mật nhà nước"),
        ({"do-mat": ""}, "Độ mật: chọn một mục"),
        ({"van-ban-goc": "99-KH/TU"}, "Không thấy văn bản này"),
        ({"viec": "plan", "loai-don-vi": ["party_commune"]}, "phải ghi hạn"),
        ({"viec": "plan", "han": "30/11/2026"}, "chọn cho đủ"),
        ({"tep": SimpleUploadedFile("a.pdf", b"MZ")}, "không phải PDF"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(reviewer, asking, changes, said):
    answer = reviewer.post(reverse("desk:file-directive"), RIGHT | changes)

    assert answer.status_code == 400
    assert said in text(answer)
    assert "<title>Lỗi:" in text(answer)
    assert "Về chuyên đề năm 2026</textarea>" in text(answer)
    assert Directive.objects.count() == 1 + 1


def test_the_register_is_searched_sorted_and_taken_away(reviewer, asking):
    listed = reverse("desk:directives")

    assert "05-CT/TW" in text(reviewer.get(listed, {"tim": "bo chinh tri", "nam": "2016"}))
    assert "Không thấy văn bản nào" in text(reviewer.get(listed, {"tim": "khong co"}))
    page = text(reviewer.get(listed, {"xep": "ngay"}))
    assert page.index("05-CT/TW") < page.index("06-KH/TU")
    exported = text(reviewer.get(listed, {"tai": "csv"}))
    assert len(exported.splitlines()) == 1 + 2


def test_the_register_is_narrowed_by_issuer_and_keeps_its_order(reviewer, asking):
    listed = reverse("desk:directives")

    of_outside = text(reviewer.get(listed, {"co-quan": "bộ chính", "xep": "so"}))
    assert "05-CT/TW" in of_outside
    assert "06-KH/TU" not in of_outside
    assert '<input class="input" id="co-quan" name="co-quan" value="bộ chính"' in of_outside
    assert '<input type="hidden" name="xep" value="so">' in of_outside
    own = text(reviewer.get(listed, {"co-quan": "tinh uy"}))
    assert "06-KH/TU" in own
    assert "05-CT/TW" not in own


def test_an_empty_register_says_how_to_begin(reviewer):
    assert "Sổ văn bản còn trống" in text(reviewer.get(reverse("desk:directives")))
    tree = text(reviewer.get(reverse("desk:directive-tree")))
    assert "Chưa có văn bản nào căn cứ văn bản khác" in tree


def drawn_and_told(page):
    """The tree as a drawing, and as a list."""
    _before, tree = page.split("descent__drawn", 1)
    return tree.split("descent__told", 1)


def test_the_tree_is_drawn_with_links_and_told_as_a_list_within_a_list(reviewer, asking):
    page = text(reviewer.get(reverse("desk:directive-tree")))

    for shown in drawn_and_told(page):
        assert shown.index("05-CT/TW") < shown.index("06-KH/TU")
        assert f'href="{reverse("desk:directive", args=[asking.pk])}"' in shown
        assert "triển khai thực hiện" in shown
    assert "descent--told" in text(reviewer.get(reverse("desk:directive-tree"), {"xem": "chu"}))


def test_one_card_for_many_opens_to_as_many_as_it_says(reviewer, world, asking):
    for number in range(11, 16):
        filed(
            world["TU"], f"{number}-BC/TU", on=world.party, related=[Related("implements", asking)]
        )

    page = text(reviewer.get(reverse("desk:directive-tree")))
    where = re.search(r'class="doc doc--many"[^>]*? href="([^"]+)"[^>]*aria-label="([^"]+)"', page)

    assert where[2].startswith("triển khai thực hiện, 5 báo cáo")
    listed = text(reviewer.get(where[1].replace("&amp;", "&")))
    assert sum(f"{number}-BC/TU</b>" in listed for number in range(11, 16)) == 5
    assert listed.count("/TU</b>") == 5


def test_the_tree_of_one_directive_and_what_stands_alone_have_addresses(reviewer, world, asking):
    lone = filed(world["TU"], "99-KH/TU", on=world.party)
    tree = reverse("desk:directive-tree")

    drawn, told = drawn_and_told(text(reviewer.get(tree, {"tu": asking.pk})))
    assert "05-CT/TW" not in drawn + told
    assert "99-KH/TU" in text(reviewer.get(tree, {"xem": "rieng"}))
    assert reviewer.get(tree, {"tu": lone.pk}).status_code == 404
    assert reviewer.get(tree, {"tu": 10**8, "nhom": "x"}).status_code == 404
    assert "Không có văn bản nào" in text(reviewer.get(tree, {"tu": asking.pk, "nhom": "lạ"}))


def doors(page):
    """Each number that opens: where it leads, and what it says."""
    found = re.findall(r'<a class="fig num" href="([^"]+)">([\d./]+)<', page)
    return [(where.replace("&amp;", "&"), said) for where, said in found]


def test_every_number_of_a_duty_opens_to_as_many_units(reviewer, world, asking):
    filed(
        world["N.du"], "03-KH/ĐU", on=world.party, date=dt.date(2026, 3, 1),
        related=[Related("implements", asking)],
    )  # fmt: skip
    found = doors(text(reviewer.get(reverse("desk:directive", args=[asking.pk]))))

    assert [said for _, said in found] == ["1/2", "1", "0", "1", "0"]
    for where, said in found:
        listed = text(reviewer.get(where)).count('class="tl__row"')
        assert listed == int(said.split("/")[-1])


def test_those_below_are_asked_in_their_own_list_until_they_have_done_it(below, world, asking):
    assert "Theo 06-KH/TU" in text(below.get(reverse("desk:mine")))

    sent = RIGHT | {"so": "03-KH/ĐU", "van-ban-goc": "06-KH/TU"}
    assert below.post(reverse("desk:file-directive"), sent).status_code == 302

    assert "Theo 06-KH/TU" not in text(below.get(reverse("desk:mine")))


def test_a_plan_that_is_asked_for_is_a_row_that_leads_to_it_until_it_was_sent(below, world):
    planning.measures()
    filed(
        world["TU"], "06-KH/TU", on=world.party,
        asked=[Asked("plan", world.party, ("party_commune",), dt.date(2026, 3, 31))],
    )  # fmt: skip
    row = "Trước hoặc vào ngày 31/03/2026, theo 06-KH/TU"
    page = text(below.get(reverse("desk:mine")))
    assert row in page
    assert f'href="{reverse("desk:plans")}?nam=2026"' in page

    below.post(reverse("desk:begin-task"), {"nam": "2026", "loai": "focus"})
    plan = world["N.du"].plans.get()
    assert [each.code for each in plan.directives.all()] == ["06-KH/TU"]
    assert row in text(below.get(reverse("desk:mine")))

    plan.tasks.all().delete()
    planning.task(plan)
    plan.study = plan.follow = "Học và làm"
    plan.save()
    planning.send(plan)
    assert row not in text(below.get(reverse("desk:mine")))


def rows_of(page, name):
    return page.count(f'name="{name}"')


def test_rows_are_added_without_scripts_and_what_was_typed_stays(reviewer, asking):
    page = text(
        reviewer.post(
            reverse("desk:file-directive"), RIGHT | {"van-ban-goc": "06-KH/TU", "them": "can-cu"}
        )
    )

    assert "Về chuyên đề năm 2026</textarea>" in page
    assert "<title>Lỗi:" not in page
    assert (rows_of(page, "van-ban-goc"), rows_of(page, "van-ban-goc-2")) == (1, 1)
    assert rows_of(page, "van-ban-goc-3") == rows_of(page, "viec-2") == 0
    assert Directive.objects.count() == 1 + 1


def test_several_grounds_and_several_duties_are_filed_at_once(reviewer, asking):
    sent = RIGHT | {
        "van-ban-goc": "05-CT/TW", "quan-he": "continues", "van-ban-goc-2": "06-KH/TU", "quan-he-2": "amends",
        "viec": "plan", "loai-don-vi": ["party_commune"], "han": "31/03/2026",
        "viec-2": "report", "loai-don-vi-2": ["party_commune", "party_cell"], "han-2": "30/11/2026",
    }  # fmt: skip
    reviewer.post(reverse("desk:file-directive"), sent)

    made = Directive.objects.get(code="07-KH/TU")
    ways = [(each.kind, each.other.code) for each in made.upwards.order_by("pk")]
    assert ways == [("continues", "05-CT/TW"), ("amends", "06-KH/TU")]
    asked = [
        (each.what, each.due_date, len(each.unit_kinds)) for each in made.duties.order_by("pk")
    ]
    assert asked == [("plan", dt.date(2026, 3, 31), 1), ("report", dt.date(2026, 11, 30), 2)]


def test_a_mistake_in_the_second_row_is_said_there(reviewer, asking):
    sent = RIGHT | {"van-ban-goc": "05-CT/TW", "van-ban-goc-2": "99-KH/TU", "viec-2": "plan"}

    page = text(reviewer.post(reverse("desk:file-directive"), sent))

    assert 'id="van-ban-goc-2-loi"' in page
    assert 'id="han-2-loi"' in page
    assert 'id="van-ban-goc-loi"' not in page


def test_a_directive_is_corrected_with_a_reason_and_says_who_when_and_what(reviewer, asking):
    address = reverse("desk:correct-directive", args=[asking.pk])
    page = text(reviewer.get(address))
    assert 'value="06-KH/TU"' in page
    assert 'value="05-CT/TW"' in page
    assert 'value="31/03/2026"' in page
    sent = RIGHT | {
        "so": "06-KH/TU", "ngay": "05/02/2026", "van-ban-goc": "05-CT/TW", "quan-he": "continues", "ban": "1",
    }  # fmt: skip
    assert reviewer.post(address, sent | {"ly-do": ""}).status_code == 400

    assert reviewer.post(address, sent | {"ly-do": "nhầm ngày"}).status_code == 302

    page = text(reviewer.get(reverse("desk:directive", args=[asking.pk])))
    assert "nhầm ngày" in page
    assert "<del>03/02/2026</del> → <ins>05/02/2026</ins>" in page
    assert "<ins>tiếp tục thực hiện 05-CT/TW</ins>" in page
    again = text(reviewer.post(address, sent | {"ly-do": "lần nữa"}))
    assert "vừa được người khác sửa" in again


def test_a_directive_is_public_only_where_somebody_says_so(reviewer, client):
    reviewer.post(reverse("desk:file-directive"), RIGHT)
    reviewer.post(reverse("desk:file-directive"), RIGHT | {"so": "08-KH/TU", "cong-khai": "co"})
    private, public = Directive.objects.order_by("number")

    assert (private.is_public, public.is_public) == (False, True)
    assert "Xem trang công khai" in text(reviewer.get(reverse("desk:directive", args=[public.pk])))
    sent = RIGHT | {"so": "08-KH/TU", "ban": "1", "ly-do": "chưa cho công khai"}
    reviewer.post(reverse("desk:correct-directive", args=[public.pk]), sent)
    public.refresh_from_db()
    assert not public.is_public
    page = text(reviewer.get(reverse("desk:directive", args=[public.pk])))
    assert "Đăng công khai: <del>có</del> → <ins>không</ins>" in page


def test_those_below_correct_nothing_of_above(below, reviewer, asking):
    address = reverse("desk:correct-directive", args=[asking.pk])
    assert below.get(address).status_code == 404
    reviewer.post(reverse("desk:withdraw-directive", args=[asking.pk]), {"ly-do": "nhầm"})
    assert reviewer.get(address).status_code == 404


def test_a_directive_is_withdrawn_with_a_reason_by_those_of_its_unit(reviewer, below, asking):
    address = reverse("desk:withdraw-directive", args=[asking.pk])

    assert below.post(address, {"ly-do": "nhầm"}).status_code == 404
    assert reviewer.post(address, {"ly-do": ""}).status_code == 400
    reviewer.post(address, {"ly-do": "nhầm số"})

    page = text(reviewer.get(reverse("desk:directive", args=[asking.pk])))
    assert "nhầm số" in page


def test_a_longer_register_takes_no_more_queries(reviewer, world, asking):
    def count(name):
        with CaptureQueriesContext(connection) as asked:
            reviewer.get(reverse(name))
        return len(asked)

    names = ("desk:directives", "desk:directive-tree")
    few = [count(name) for name in names]
    for number in range(10, 20):
        filed(world["TU"], f"{number}-KH/TU", on=world.party)

    assert [count(name) for name in names] == few


def test_a_movement_is_launched_joined_and_left(reviewer, below):
    sent = {"ten": "Dân vận khéo", "loai": "movement", "he-thong": "dang", "tu": "01/01/2026"}
    reviewer.post(reverse("desk:launch"), sent)
    movement = Movement.objects.get()
    address = reverse("desk:movement", args=[movement.pk])

    below.post(reverse("desk:join-movement", args=[movement.pk]), {"ngay": "01/02/2026"})
    page = text(below.get(address))
    assert doors(page)[0] == ("#tham-gia", "1")
    assert "Đảng ủy Xã N" in page

    leave = reverse("desk:leave-movement", args=[movement.pk, Joining.objects.get().pk])
    assert below.post(leave, {"ngay": "01/03/2026", "ly-do": ""}).status_code == 400
    below.post(leave, {"ngay": "01/03/2026", "ly-do": "sáp nhập"})
    assert doors(text(below.get(address)))[0] == ("#tham-gia", "0")
    assert "sáp nhập" in text(below.get(address, {"xem": "da-thoi"}))


def test_a_movement_that_is_wrong_is_not_launched(reviewer):
    sent = {
        "ten": "X",
        "loai": "movement",
        "he-thong": "dang",
        "tu": "02/02/2026",
        "den": "01/02/2026",
    }
    answer = reviewer.post(reverse("desk:launch"), sent)

    assert answer.status_code == 400
    assert "không sau ngày bắt đầu" in text(answer)
    assert not Movement.objects.exists()


def test_movements_are_searched_and_taken_away(reviewer, world):
    assert "Chưa có phong trào nào" in text(reviewer.get(reverse("desk:movements")))
    for name in ("Dân vận khéo", "Vì người nghèo"):
        movements.launch(
            kind="movement", name=name, unit=world["TU"], line=world.party, start_date=make.START,
            by=make.clerk(), at=make.NOON,
        )  # fmt: skip

    page = text(reviewer.get(reverse("desk:movements"), {"tim": "dan van"}))
    assert "Dân vận khéo" in page
    assert "Vì người nghèo" not in page
    assert len(text(reviewer.get(reverse("desk:movements"), {"tai": "csv"})).splitlines()) == 1 + 2


def test_a_programme_its_theme_and_objectives_are_set_as_pages(reviewer, asking):
    def add(code, **sent):
        return reviewer.post(reverse("desk:define", args=[code]), sent)

    programmes.open_term(
        level="province", name="2025-2030", ordinal="XX", start_date=dt.date(2025, 9, 1),
        end_date=None, by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    add("chuong-trinh", ten="Học và làm theo Bác", tu="18/05/2021", **{"van-ban": "05-CT/TW"})
    programme = str(Directive.objects.get(code="05-CT/TW").programme_set.get().pk)
    add(
        "moc",
        loai="two_years",
        ten="Sơ kết 2 năm",
        ngay="18/05/2023",
        **{"chuong-trinh": programme},
    )
    add("chuyen-de", ten="Chuyên đề đầy đủ", nam="2026", **{"chuong-trinh": programme})
    again = add("chuyen-de", ten="Khác", nam="2026", **{"chuong-trinh": programme})
    add("muc-tieu", loai="advantage", ten="Cửa khẩu", **{"thu-tu": "1", "nhiem-ky": str(Objective._meta.get_field("term").related_model.objects.get().pk)})  # fmt: skip

    assert "Mỗi năm một chuyên đề" in text(again)
    page = text(reviewer.get(reverse("desk:programmes")))
    for said in ("Học và làm theo Bác", "Sơ kết 2 năm", "Chuyên đề đầy đủ", "Cửa khẩu", "05-CT/TW"):
        assert said in page
    assert [said for _, said in doors(page)] == ["0", "0", "0", "0"]
    for where, _ in doors(page):
        assert reviewer.get(where).status_code == 200
    assert "Cửa khẩu" not in text(reviewer.get(reverse("desk:programmes"), {"nam": "2023"}))
    assert Theme.objects.count() == 1
    assert reviewer.get(reverse("desk:define", args=["la"])).status_code == 404


def things_with_tasks(world):
    """An objective, a movement and a theme, each of one task of two; the other is of none. A third was never sent."""
    by = {"by": make.clerk(), "at": make.NOON}
    planning.measures()
    term = programmes.open_term(
        level="province", name="2025-2030", ordinal="XX", start_date=dt.date(2025, 9, 1), end_date=None, **by
    )  # fmt: skip
    objective = programmes.set_objective(
        unit=world["TU"], term=term, kind="advantage", position=1, title="Cửa khẩu", **by
    )
    movement = movements.launch(
        kind="movement", name="Dân vận khéo", unit=world["TU"], line=world.party, start_date=make.START, **by
    )  # fmt: skip
    programme = programmes.found(unit=world["TU"], name="Học và làm", start_date=make.START, **by)
    theme = programmes.set_theme(
        programme=programme, unit=world["TU"], year=2026, title="Gần dân", **by
    )
    serves = {"objectives": (objective,), "movement": movement}
    plan = planning.plan(world["N.du"], on=world.party, theme=theme)
    planning.task(plan, **serves)
    planning.send(plan)
    other = planning.plan(world["M.du"], on=world.party)
    planning.task(other)
    planning.send(other)
    planning.task(planning.plan(world["TU"], on=world.party, theme=theme), **serves)
    return {"objective": objective, "movement": movement, "theme": theme}


@pytest.mark.parametrize("part", ["objective", "movement", "theme"])
def test_words_and_deeds_of_a_part_open_to_as_many_tasks_as_they_say(reviewer, world, part):
    found = things_with_tasks(world)[part]

    page = text(reviewer.get(reverse(f"desk:{part}", args=[found.pk]), {"nam": "2026"}))

    tallied = [(where, said) for where, said in doors(page) if "/nhiem-vu/?" in where]
    assert [said for _, said in tallied] == ["1", "0", "0", "1", "0"]
    for where, said in tallied:
        tasks = re.findall(r'<li><a href="/lam-viec/nhiem-vu/\d+/"', text(reviewer.get(where)))
        assert len(tasks) == int(said)


def test_the_lists_of_programmes_and_movements_show_the_pair(reviewer, world):
    things_with_tasks(world)

    for name in ("desk:programmes", "desk:movements"):
        assert "Phải làm 1, đã làm 0" in text(reviewer.get(reverse(name), {"nam": "2026"})), name


def test_the_pages_speak_english_to_those_who_do(world, entered, asking):
    client = entered(world["TU"], Post.Role.REVIEWER, line=world.party, language="en")

    assert "Directives" in text(client.get(reverse("desk:directives")))
    assert "implements" in text(client.get(reverse("desk:directive-tree")))


def test_a_record_says_which_directive_and_movement_it_serves_and_both_count_it(
    below, world, asking
):
    movement = movements.launch(
        kind="movement", name="Dân vận khéo", unit=world["TU"], line=world.party, start_date=make.START,
        by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    held = work.record(
        kind=make.kind(one=make.measure()), unit=world["N.du"], date=dt.date(2026, 3, 2), values={},
        by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    address = reverse("desk:serve-record", args=[held.pk])
    assert below.post(address, {"van-ban": "99-KH/TU"}).status_code == 400

    below.post(address, {"van-ban": "06-KH/TU", "phong-trao": str(movement.pk)})

    held.refresh_from_db()
    assert (held.directive, held.movement, held.version) == (asking, movement, 2)
    assert "06-KH/TU" in text(below.get(reverse("desk:one-record", args=[held.pk])))
    opened = text(below.get(reverse("desk:movement", args=[movement.pk])))
    [(where, said)] = [each for each in doors(opened) if each[0].endswith("/viec/")]
    assert said == "1"
    assert text(below.get(where)).count(f"/da-ghi/{held.pk}/") == 1


def test_correcting_a_number_leaves_what_a_record_serves_as_it_was(below, world, asking):
    heads = make.measure()
    held = work.record(
        kind=make.kind(needed=[heads]), unit=world["N.du"], date=dt.date(2026, 3, 2), values={heads.code: 27},
        serves=Serves(directive=asking), by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    sent = {
        "ngay": "khac", "ngay-khac": "02/03/2026", f"so-{heads.code}": "37", "ban": "1", "nhiem-vu": "", "ly-do": "đếm lại",
    }  # fmt: skip

    answer = below.post(reverse("desk:correct-record", args=[held.pk]), sent)

    held.refresh_from_db()
    assert answer.status_code == 302
    assert (held.version, held.directive) == (2, asking)
