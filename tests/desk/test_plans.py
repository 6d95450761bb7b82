"""Plans and tasks in the browser: five questions, a check, the superior's decision, and what was done for a task."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from lantoa.orgs.models import Post
from lantoa.plans.actions import movements
from lantoa.plans.actions import tasks as actions
from lantoa.plans.drafts import Asked
from lantoa.plans.models import Objective, Plan, PlanReview, Task, Term
from lantoa.work import actions as work
from lantoa.work.serving import Serves
from tests import make
from tests.plans import planning
from tests.plans.directing import filed
from tests.practices.telling import proposed

pytestmark = pytest.mark.django_db
HANOI = dt.timezone(dt.timedelta(hours=7))
ANSWERS = [
    {"ai": "Cả chi bộ", "trach-nhiem": "Bí thư chi bộ"},
    {"lam-gi": "Đổ bê tông 400 m đường xóm"},
    {"the-nao": "Góp công thứ Bảy, xã hỗ trợ xi măng"},
    {"bat-dau": "01/02/2026", "han": "31/10/2026"},
    {"san-pham": "400 m đường và 10 ảnh", "con-so": "400", "don-vi-tinh": "m"},
]


@pytest.fixture(autouse=True)
def _now(settings):
    settings.NOW = dt.datetime(2026, 2, 3, 8, tzinfo=HANOI)


@pytest.fixture
def clerk(world, entered):
    return entered(world["N.du"], Post.Role.RECORDER, line=world.party)


@pytest.fixture
def superior(world, entered):
    return entered(world["TU"], Post.Role.APPROVER, line=world.party)


def text(answer):
    seen = re.sub(r'<span class="hide">.*?</span>', "", answer.content.decode())
    return " ".join(re.sub(r"<[^>]+>", " ", seen).split())


def begin(client, kind="focus"):
    answer = client.post(reverse("desk:begin-task"), {"nam": "2026", "loai": kind})
    return Task.objects.latest("pk"), answer


def ask(client, task, step, told, **query):
    task.refresh_from_db()
    address = reverse("desk:task-question", args=[task.pk, step]) + ("?doi" if query else "")
    return client.post(address, told | {"lan": task.edit})


def answered(client):
    task, _answer = begin(client)
    for step, told in enumerate(ANSWERS, start=1):
        ask(client, task, step, told)
    return task


def write_parts(client, plan):
    plan.refresh_from_db()
    told = {"lan": plan.edit, "hoc-tap": "Mỗi quý một buổi", "lam-theo": "Làm đường"}
    return client.post(reverse("desk:plan-parts", args=[plan.pk]), told)


def send(client, plan):
    plan.refresh_from_db()
    told = {"viec": "gui", "lan": plan.edit}
    return client.post(reverse("desk:plan", args=[plan.pk]), told, follow=True)


def test_a_focus_task_is_registered_in_five_questions_and_a_check(clerk):
    empty = text(clerk.get(reverse("desk:plans")))
    assert "Chưa đăng ký nhiệm vụ năm 2026 Mất khoảng 5 phút." in empty

    task, first = begin(clerk)
    assert first["Location"] == reverse("desk:task-question", args=[task.pk, 1])
    assert "câu 1/5 Ai làm, ai chịu trách nhiệm?" in text(clerk.get(first["Location"]))
    for step, told in enumerate(ANSWERS, start=1):
        onward = ask(clerk, task, step, told)

    assert onward["Location"] == reverse("desk:task", args=[task.pk])
    check = text(clerk.get(onward["Location"]))
    assert "Kiểm tra trước khi gửi" in check
    assert "Bao giờ xong 01/02/2026 – 31/10/2026 Đổi" in check
    assert "Sản phẩm 400 m đường và 10 ảnh, 400 m Đổi" in check
    assert "Mức rõ 5/5" in check


def test_what_was_typed_comes_back_with_its_mistake(clerk):
    task, _first = begin(clerk)

    page = ask(clerk, task, 4, {"bat-dau": "01/02/2026", "han": "01/01/2026"})

    assert page.status_code == 400
    assert "trước ngày bắt đầu" in text(page)
    assert 'value="01/01/2026"' in page.content.decode()
    assert "<title>Lỗi:" in page.content.decode()


def test_a_vague_answer_is_asked_about_and_kept(clerk):
    task, _first = begin(clerk)

    onward = ask(clerk, task, 2, {"lam-gi": "Nâng cao chất lượng sinh hoạt"}, doi=True)

    page = text(clerk.get(onward["Location"]))
    assert "Câu này chưa có gì đo được. Thêm con số hoặc sản phẩm?" in page
    task.refresh_from_db()
    assert task.content == "Nâng cao chất lượng sinh hoạt"
    plan = text(clerk.get(reverse("desk:plan", args=[task.plan_id])))
    assert "“Nâng cao chất lượng sinh hoạt”: câu này chưa có gì đo được" in plan


def test_a_third_focus_task_gets_its_sentence(clerk):
    begin(clerk)
    begin(clerk)

    _task, page = begin(clerk)

    assert page.status_code == 400
    assert "Chỉ chọn 1–2 việc trọng tâm. Việc khác ghi ở Kế hoạch." in text(page)


def test_a_plan_goes_up_comes_back_with_a_question_and_is_approved(clerk, superior):
    task = answered(clerk)
    plan = task.plan
    assert "Chưa ghi phần học tập" in text(send(clerk, plan))
    write_parts(clerk, plan)
    assert "Đã gửi cấp trên duyệt." in text(send(clerk, plan))
    queue = superior.get(reverse("desk:plan-review"))
    assert "Đảng ủy Xã N" in text(queue)
    assert "Đổ bê tông 400 m đường xóm" in text(queue)

    told = {"viec": "tra-lai", "ban": "1", "cau-hoi": "400 m ở xóm nào?"}
    decided = superior.post(reverse("desk:decide-plan", args=[plan.pk]), told, follow=True)
    assert "Đã trả lại Đảng ủy Xã N kèm câu hỏi." in text(decided)
    mine = text(clerk.get(reverse("desk:mine")))
    assert "hỏi: “400 m ở xóm nào?”" in mine
    send(clerk, plan)
    superior.post(reverse("desk:decide-plan", args=[plan.pk]), {"ban": "2"})

    plan.refresh_from_db()
    assert (plan.state, plan.approved_version) == ("approved", 2)
    assert "Đã duyệt" in text(clerk.get(reverse("desk:plan", args=[plan.pk])))


def test_a_return_without_a_question_is_refused_at_its_box(clerk, superior):
    task = answered(clerk)
    write_parts(clerk, task.plan)
    send(clerk, task.plan)

    told = {"viec": "tra-lai", "ban": "1", "cau-hoi": " "}
    page = superior.post(reverse("desk:decide-plan", args=[task.plan_id]), told)

    assert page.status_code == 400
    assert "Trả lại thì phải hỏi" in text(page)


@pytest.fixture
def approved(world):
    _plan, [task] = planning.approved(world["N.du"], world["TU"], on=world.party)
    return task


def test_an_extension_asks_for_a_reason_and_is_shown(clerk, approved):
    address = reverse("desk:extend-task", args=[approved.pk])
    refused = clerk.post(address, {"han": "15/12/2026", "ly-do": ""})
    assert refused.status_code == 400
    assert "Gia hạn thì phải ghi lý do" in text(refused)
    assert 'value="15/12/2026"' in refused.content.decode()

    page = clerk.post(address, {"han": "15/12/2026", "ly-do": "Mưa kéo dài"}, follow=True)

    assert "gia hạn 1 lần" in text(page)
    assert "31/10/2026 → 15/12/2026 : Mưa kéo dài" in text(page)


def test_a_task_shows_what_was_done_for_it_and_stays_a_report_without_evidence(
    clerk, approved, world
):
    work.record(
        kind=make.kind("lao-dong"), unit=world["N.du"], date=dt.date(2026, 2, 2), values={},
        title="Đổ 50 m đầu", serves=Serves(task=approved), by=make.clerk(), at=make.NOON,
    )  # fmt: skip

    told = {"ket-qua": "Xong 400 m", "da-dat": "400"}
    page = text(clerk.post(reverse("desk:report-task", args=[approved.pk]), told, follow=True))

    assert "Báo đã làm, chưa có minh chứng" in page
    assert "Đơn vị báo đã xong; chưa có ảnh" in page
    assert "02/02/2026 · Đổ 50 m đầu" in page
    assert "Xong 400 m ( 400 m)" in page.replace("(400", "( 400")


def test_last_years_unfinished_task_is_taken_over_in_one_tap(world, entered):
    unit = entered(world["M.du"], Post.Role.RECORDER, line=world.party)
    _plan, [task] = planning.approved(world["M.du"], world["TU"], on=world.party, year=2025)
    assert "Việc năm trước chưa xong" in text(unit.get(reverse("desk:plans")))

    page = unit.post(reverse("desk:carry-task", args=[task.pk]), follow=True)

    assert "Đã chuyển sang kế hoạch năm 2026." in text(page)
    assert Plan.objects.get(unit=world["M.du"], year=2026).tasks.count() == 1


def two_units(world):
    """One done by word alone, one overdue."""
    _plan, [mine] = planning.approved(world["N.du"], world["TU"], on=world.party)
    _plan, [other] = planning.approved(
        world["M.du"], world["TU"], on=world.party, answers=[planning.ROAD]
    )
    actions.report_done(task=mine, outcome="Xong", by=make.clerk(), at=planning.AT)
    return mine, other


def test_every_number_of_the_list_opens_to_as_many_tasks(world, entered, settings):
    settings.NOW = dt.datetime(2026, 11, 20, 8, tzinfo=HANOI)
    two_units(world)
    leader = entered(world["TU"], Post.Role.LEADER, line=world.party)

    page = leader.get(reverse("desk:tasks"))
    doors = re.findall(r'<a class="fig num" href="([^"]+)">(\d+)', page.content.decode())

    assert [int(number) for _door, number in doors] == [2, 0, 1, 1, 0]
    for door, number in doors:
        opened = leader.get(reverse("desk:tasks") + door.replace("&amp;", "&"))
        assert f"{number} nhiệm vụ" in text(opened), door


def test_the_list_is_searched_filtered_and_taken_along(world, entered, settings):
    settings.NOW = dt.datetime(2026, 11, 20, 8, tzinfo=HANOI)
    two_units(world)
    leader = entered(world["TU"], Post.Role.LEADER, line=world.party)
    address = reverse("desk:tasks")

    assert "2 nhiệm vụ" in text(leader.get(address, {"tim": "duong xom"}))
    assert "Không thấy nhiệm vụ nào" in text(leader.get(address, {"tim": "nước sạch"}))
    assert "1 nhiệm vụ" in text(leader.get(address, {"don-vi": world["M.du"].pk}))
    file = leader.get(address, {"tai": "csv"}).content.decode("utf-8-sig").splitlines()
    assert file[0].startswith("Đơn vị,Loại,Làm gì,Hạn,Tình trạng")
    assert len(file) == 1 + 2


def test_the_list_asks_no_question_per_task(world, entered, django_assert_max_num_queries):
    two_units(world)
    leader = entered(world["TU"], Post.Role.LEADER, line=world.party)
    leader.get(reverse("desk:tasks"))

    with django_assert_max_num_queries(24):
        leader.get(reverse("desk:tasks"))


def test_units_below_stand_with_what_they_said_and_did(world, entered, settings):
    settings.NOW = dt.datetime(2026, 11, 20, 8, tzinfo=HANOI)
    two_units(world)
    leader = entered(world["TU"], Post.Role.LEADER, line=world.party)

    answer = leader.get(reverse("desk:plans"))
    page = text(answer)

    assert "Đảng ủy Xã M 0/1 đã làm, có minh chứng" in page
    assert f"nam=2026&don-vi={world['TU'].pk}&tinh=reported" in answer.content.decode().replace(
        "&amp;", "&"
    )  # of all below


def test_somebody_elses_task_answers_like_one_that_is_not_there(world, entered, approved):
    stranger = entered(world["M.du"], Post.Role.RECORDER, line=world.party)
    for name in ("task", "extend-task", "report-task"):
        assert stranger.get(reverse(f"desk:{name}", args=[approved.pk])).status_code == 404


def test_who_may_only_look_may_not_answer(world, entered):
    plan = planning.plan(world["N.du"], on=world.party)
    task = planning.task(plan)
    leader = entered(world["TU"], Post.Role.LEADER, line=world.party)

    assert leader.get(reverse("desk:task", args=[task.pk])).status_code == 200
    assert leader.get(reverse("desk:task-question", args=[task.pk, 1])).status_code == 403


def test_the_pages_speak_english(world, entered):
    planning.approved(world["N.du"], world["TU"], on=world.party)
    english = entered(world["N.du"], Post.Role.RECORDER, line=world.party, language="en")

    assert "Said and done" in english.get(reverse("desk:tasks")).content.decode()


def test_said_and_done_of_a_task_stand_as_a_pair_wherever_it_is_shown(clerk, approved):
    pages = [
        reverse("desk:task", args=[approved.pk]),
        reverse("desk:plan", args=[approved.plan_id]),
        reverse("desk:tasks"),
        reverse("desk:plans"),
    ]

    for there in pages:
        pairs = re.findall(r'class="pair[^>]*aria-label="([^"]*)"', clerk.get(there).content.decode())  # fmt: skip
        assert [each for each in pairs if f"{approved.content}: Phải làm 1, đã làm 0" in each], (
            there
        )


def test_what_was_done_for_a_task_opens_and_is_named_in_the_readers_language(
    world, entered, approved
):
    kind = make.kind()
    kind.name_vi, kind.name_en = "Lao động", "Working together"
    kind.save()
    work.record(
        kind=kind, unit=world["N.du"], date=dt.date(2026, 2, 2), values={},
        serves=Serves(task=approved), by=make.clerk(), at=make.NOON,
    )  # fmt: skip
    own = proposed(world["N.du"], start=dt.date(2025, 9, 1), by=make.clerk(), task=approved)
    english = entered(world["N.du"], Post.Role.RECORDER, line=world.party, language="en")

    page = english.get(reverse("desk:task", args=[approved.pk])).content.decode()

    assert "<b>Working together</b>" in page
    assert "Lao động" not in page
    assert f'<a href="{reverse("desk:practice", args=[own.pk])}">{own.title}</a>' in page


def test_reviews_are_decided_once(world, superior):
    plan, _tasks = planning.approved(world["N.du"], world["TU"], on=world.party)

    page = superior.post(reverse("desk:decide-plan", args=[plan.pk]), {"ban": "1"})

    assert page.status_code == 400
    assert "vừa được người khác" in text(page)


def test_an_objective_shows_what_was_said_and_done_for_it_and_opens_to_the_tasks(clerk, world):
    term = Term.objects.create(level="province", name="2025-2030", start_date=dt.date(2025, 9, 1))
    border, road = (
        Objective.objects.create(unit=world["TU"], term=term, kind="advantage", position=n, title=t)
        for n, t in enumerate(("Cửa khẩu", "Giao thông"))
    )
    task = answered(clerk)
    write_parts(clerk, task.plan)
    send(clerk, task.plan)
    task.objectives.add(road)

    page = clerk.get(reverse("desk:objective", args=[road.pk]))
    said = re.search(r'href="([^"]+)">1<', page.content.decode())

    assert "Đã nói 1 Đã làm, có minh chứng 0" in text(page)
    assert "Đổ bê tông 400 m" in text(clerk.get(said[1].replace("&amp;", "&")))
    assert "Đã nói" not in text(clerk.get(reverse("desk:objective", args=[border.pk])))


def an_objective(unit, title="Giao thông"):
    term, _made = Term.objects.get_or_create(
        level="province", name="2025-2030", defaults={"start_date": dt.date(2025, 9, 1)}
    )
    return Objective.objects.create(unit=unit, term=term, kind="advantage", position=1, title=title)


def a_movement(unit, line):
    return movements.launch(
        kind="movement", name="Dân vận khéo", unit=unit, line=line, start_date=make.START, by=make.clerk(),
        at=make.NOON,
    )  # fmt: skip


def test_a_task_says_what_it_serves_and_the_check_shows_it(world, clerk):
    objective, movement = an_objective(world["TU"]), a_movement(world["TU"], world.party)
    task = answered(clerk)

    told = {"muc-tieu": [str(objective.pk)], "phong-trao": str(movement.pk)}
    onward = ask(clerk, task, 6, told)

    task.refresh_from_db()
    assert onward["Location"] == reverse("desk:task", args=[task.pk])
    assert (list(task.objectives.all()), task.movement) == ([objective], movement)
    assert "Phục vụ Giao thông; Dân vận khéo Đổi" in text(clerk.get(onward["Location"]))
    page = clerk.get(reverse("desk:task-question", args=[task.pk, 6])).content.decode()
    assert f'value="{objective.pk}" checked' in page
    assert f'value="{movement.pk}" selected' in page


def test_what_is_not_offered_is_not_taken(world, clerk):
    task = answered(clerk)

    page = ask(clerk, task, 6, {"phong-trao": "999999"})

    assert page.status_code == 400
    assert "Mục đã chọn không còn" in text(page)
    assert clerk.get(reverse("desk:task-question", args=[task.pk, 7])).status_code == 404


def test_a_target_is_measured_by_records_and_needs_its_number(world, clerk):
    heads = make.measure("ngay-cong")
    make.kind(needed=[heads])
    task = answered(clerk)
    told = {"san-pham": "Đường", "con-so": "", "don-vi-tinh": "", "chi-tieu": str(heads.pk)}
    assert "phải ghi con số phải đạt" in text(ask(clerk, task, 5, told))

    ask(clerk, task, 5, told | {"con-so": "30"})

    task.refresh_from_db()
    assert (task.target_measure, task.target_number, task.target_unit) == (heads, 30, heads.unit_vi)


def test_a_pressing_issue_names_the_unit_and_the_post_that_settle_it(world, clerk):
    task, _first = begin(clerk, "pressing")
    assert task.owner == world["N.du"]

    ask(clerk, task, 7, {"don-vi-giai-quyet": str(world["TU"].pk), "chuc-vu": "leader"})

    task.refresh_from_db()
    assert (task.owner, task.owner_role) == (world["TU"], "leader")
    assert "Giải quyết Tỉnh ủy, lãnh đạo Đổi" in text(
        clerk.get(reverse("desk:task", args=[task.pk]))
    )
    without = ask(clerk, task, 7, {"don-vi-giai-quyet": ""})
    assert "phải có đơn vị đứng ra giải quyết" in text(without)


def test_a_plan_says_which_directives_it_carries_out(world, clerk):
    make.measure("van-ban-ban-hanh")
    asking = filed(
        world["TU"], "06-KH/TU", on=world.party,
        asked=[Asked("plan", world.party, ("party_commune",), dt.date(2026, 3, 31))],
    )  # fmt: skip
    other = filed(world["TU"], "07-CT/TU", on=world.party)
    task = answered(clerk)
    plan = task.plan
    address = reverse("desk:plan-parts", args=[plan.pk])
    assert f'value="{asking.pk}" checked' in clerk.get(address).content.decode()
    told = {"hoc-tap": "Mỗi quý một buổi", "lam-theo": "Làm đường"}
    plan.refresh_from_db()
    wrong = clerk.post(address, told | {"lan": plan.edit, "van-ban-khac": "99-CT/TU"})
    assert "Không thấy “99-CT/TU” trong sổ văn bản" in text(wrong)

    clerk.post(address, told | {"lan": plan.edit, "van-ban-khac": "07-CT/TU"})

    assert list(plan.directives.all()) == [other]
    assert "Thực hiện văn bản 07-CT/TU" in text(clerk.get(reverse("desk:plan", args=[plan.pk])))


def a_sent_plan(world, **more):
    plan = planning.plan(world["N.du"], on=world.party, **more)
    planning.task(plan)
    return planning.send(plan)


@pytest.mark.parametrize("decision", ["duyet", "tra-lai"])
def test_a_decision_about_a_plan_is_taken_back_within_its_seconds(
    world, superior, settings, decision
):
    plan = a_sent_plan(world)
    told = {"ban": plan.version, "viec": decision, "cau-hoi": "400 m nữa hay tất cả?"}
    page = superior.post(reverse("desk:decide-plan", args=[plan.pk]), told, follow=True)
    assert "Hoàn tác trong 10 giây" in text(page)
    number = re.search(r'name="quyet-dinh" value="(\d+)"', page.content.decode())[1]

    superior.post(reverse("desk:undo-plan-review"), {"quyet-dinh": number})

    plan.refresh_from_db()
    assert (plan.state, plan.approved_version) == ("sent", None)
    superior.post(reverse("desk:decide-plan", args=[plan.pk]), told | {"viec": "duyet"})
    plan.refresh_from_db()
    assert plan.state == "approved"
    assert "(đã hoàn tác ngay)" in text(superior.get(reverse("desk:plan", args=[plan.pk])))


def test_a_decision_is_not_taken_back_later_nor_by_another(world, superior, entered, settings):
    plan = a_sent_plan(world)
    superior.post(
        reverse("desk:decide-plan", args=[plan.pk]), {"ban": plan.version, "viec": "duyet"}
    )
    made = PlanReview.objects.get()
    other = entered(world["TU"], Post.Role.APPROVER, line=world.party)
    late = "Chỉ hoàn tác được trong 10 giây"
    undo = reverse("desk:undo-plan-review")

    assert late in text(other.post(undo, {"quyet-dinh": made.pk}, follow=True))
    settings.NOW += dt.timedelta(seconds=16)
    assert late in text(superior.post(undo, {"quyet-dinh": made.pk}, follow=True))

    plan.refresh_from_db()
    assert plan.state == "approved"


def test_the_reviewer_sees_last_year_beside_this_one_and_what_is_alike_next_door(world, superior):
    copied = "Học chuyên đề quý một lần, mỗi lần một chi bộ chuẩn bị bài và câu hỏi"
    before = planning.plan(world["N.du"], on=world.party, year=2025, study=copied)
    planning.task(before, content="Trồng 2.000 cây quế")
    planning.send(before)
    shared = "Mỗi đảng viên nhận một việc cụ thể, ghi vào sổ và báo lại ở cuộc họp cuối quý"
    other = planning.plan(world["M.du"], on=world.party, follow=shared)
    planning.task(other)
    planning.send(other)
    plan = a_sent_plan(world, study=copied, follow=shared)

    page = text(superior.get(reverse("desk:plan-review"), {"xem": plan.pk}))

    assert "Đặt cạnh kế hoạch năm 2025 và 1 đơn vị bạn" in page
    assert "Học tập gần như giống hệt" in page
    assert "Trồng 2.000 cây quế Quá hạn" in page
    assert f"Gần giống đơn vị bạn “{shared}” Đảng ủy Xã M: “{shared}”" in page


def test_a_sentence_that_many_share_stands_once_with_a_few_of_them(world, superior):
    shared = "Mỗi đảng viên nhận một việc cụ thể, ghi vào sổ và báo lại ở cuộc họp cuối quý"
    other = planning.plan(world["M.du"], on=world.party, study=shared, follow=shared)
    for _ in range(2):
        planning.task(other, content=shared)
    planning.send(other)
    plan = a_sent_plan(world, follow=shared)

    page = text(superior.get(reverse("desk:plan-review"), {"xem": plan.pk}))

    beside = page.split("Gần giống đơn vị bạn")[1].split("và 1 câu nữa gần giống")
    assert beside[0].count("Đảng ủy Xã M:") == 3
    assert beside[0].count(shared) == 1 + 3
    assert beside[1].count("Đảng ủy Xã M:") == 1


def test_long_answers_are_offered_to_be_kept_on_the_device(clerk):
    task, first = begin(clerk)
    page = clerk.get(first["Location"]).content.decode()

    assert f'data-nhap="{clerk.person.account.pk}:viec-{task.pk}-1:{task.edit}"' in page
    assert 'id="nhap-do" role="status" hidden' in page
    parts = clerk.get(reverse("desk:plan-parts", args=[task.plan_id])).content.decode()
    assert f":ke-hoach-{task.plan_id}:{task.plan.edit}" in parts
