"""Kiểm tra, giám sát: the year's plan, one inspection from its setting down to its paper, what must be mended, samples."""

import datetime as dt
import io
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from lxml import html

from lantoa.inspections.models import (
    Finding,
    Inspection,
    InspectionPlan,
    SampledValue,
    Verification,
)
from lantoa.orgs.models import Post
from tests import make
from tests.desk import recording, reporting, walking
from tests.inspections.life import PAPER, TODAY, Life, holder
from tests.plans import planning
from tests.work.photos import photo

pytestmark = pytest.mark.django_db
LIST = "/lam-viec/kiem-tra/"
FINDINGS = "/lam-viec/kiem-tra/viec/"


@pytest.fixture(autouse=True)
def _noon(settings, tmp_path):
    settings.NOW, settings.MEDIA = make.NOON, tmp_path / "media"


@pytest.fixture
def life(world):
    return Life(world)


def text(answer):
    return answer.content.decode()


@pytest.fixture
def inspector(world, entered):
    return entered(world["TU"], Post.Role.INSPECTOR, line=world.party)


@pytest.fixture
def mender(world, entered):
    return entered(world["N.du"], line=world.party)


def told(life, client, **more):
    """What is typed into the form of an inspection."""
    return {
        "ten": "Kiểm tra hai đảng bộ", "loai": "kiem-tra", "chuyen-de": life.topic.code,
        "tu": "02/11/2026", "den": "14/11/2026", "doan": [client.person.pk],
        "don-vi": [life.world["N.du"].pk, life.world["M.du"].pk],
    } | more  # fmt: skip


def mine(life, client, **more):
    """An inspection in whose team this client is, begun."""
    made = life.planned(team=[client.person], **more)
    client.post(reverse("desk:step-inspection", args=[made.pk]), {"viec": "bat-dau", "ngay": "02/11/2026"})  # fmt: skip
    return made


def test_nothing_to_see_says_what_will_be_here(mender):
    assert "Chưa có cuộc kiểm tra, giám sát nào" in text(mender.get(LIST))


def test_an_inspection_is_set_down_from_the_form(life, inspector):
    answer = inspector.post(reverse("desk:new-inspection"), told(life, inspector))

    made = Inspection.objects.get()
    assert answer["Location"] == reverse("desk:inspection", args=[made.pk])
    assert made.subjects.count() == 2
    assert "Kiểm tra hai đảng bộ" in text(inspector.get(LIST))


def test_a_last_day_before_the_first_is_said_at_its_box_and_what_was_typed_stays(life, inspector):
    sent = told(life, inspector, den="01/11/2026")
    answer = inspector.post(reverse("desk:new-inspection"), sent)

    assert answer.status_code == 400
    assert 'href="#den"' in text(answer)
    assert "trước ngày bắt đầu" in text(answer)
    assert 'value="Kiểm tra hai đảng bộ"' in text(answer)
    assert not Inspection.objects.exists()


def test_a_unit_further_below_is_found_by_its_name_and_what_was_typed_stays(life, world, inspector):
    told_by = {"under": world["N.du"], "on": world.party, "start": dt.date(2025, 8, 1)}
    cell = make.unit("Chi bộ Bản Chang", kind="party_cell", **told_by)
    there = reverse("desk:new-inspection")
    assert "Chi bộ Bản Chang" not in text(inspector.get(there))

    sent = told(life, inspector) | {"tim-don-vi": "ban chang", "viec": "tim"}
    page = text(inspector.post(there, sent))

    assert f'name="don-vi" value="{cell.pk}"' in page
    assert 'value="Kiểm tra hai đảng bộ"' in page
    assert not Inspection.objects.exists()


def test_it_is_changed_before_it_begins_and_not_after(life, inspector):
    made = life.planned(team=[inspector.person])
    there = reverse("desk:change-inspection", args=[made.pk])
    assert 'value="14/11/2026"' in text(inspector.get(there))

    inspector.post(there, told(life, inspector, ten="Tên mới", **{"don-vi": [life.world["M.du"].pk]}))  # fmt: skip
    made.refresh_from_db()
    assert (made.title, made.subjects.get()) == ("Tên mới", life.world["M.du"])

    step = reverse("desk:step-inspection", args=[made.pk])
    inspector.post(step, {"viec": "bat-dau", "ngay": "02/11/2026"})
    refused = inspector.post(there, told(life, inspector, ten="Muộn"))
    made.refresh_from_db()
    assert (refused.status_code, made.title) == (400, "Tên mới")


def test_the_goal_of_a_year_and_how_far_it_has_got_stand_above_the_list(life, world, inspector):
    there = reverse("desk:plan-inspections") + "?nam=2026"
    assert inspector.post(there, {"muc-dich": ""}).status_code == 400

    inspector.post(there, {"muc-dich": "Mỗi đảng bộ xã được kiểm tra một lần."})
    plan = InspectionPlan.objects.get(unit=world["TU"], year=2026)
    life.conclude(life.started(plan=plan))
    life.planned(plan=plan)

    page = text(inspector.get(LIST))
    assert "Mỗi đảng bộ xã được kiểm tra một lần." in page
    life.planned(title="Đột xuất")
    faults, opened = walking.walk(inspector, LIST)
    assert (faults, opened) == ([], 2)
    said = walking.openings(html.fromstring(inspector.get(LIST).content))
    assert [each.text for each in said] == ["1", "2"]
    planned = text(inspector.get(said[1].href))
    assert "Đột xuất" not in planned
    assert "Chỉ các cuộc theo kế hoạch" in planned


def test_the_list_is_narrowed_sorted_and_taken_home(life, inspector):
    life.planned(title="Đợt về chào cờ")
    life.conclude(life.started("M.du", title="Đợt về sổ sách"))

    def shown(**query):
        page = text(inspector.get(LIST, query))
        return {each for each in ("Đợt về chào cờ", "Đợt về sổ sách") if each in page}

    assert shown(tim="so sach") == {"Đợt về sổ sách"}
    assert shown(tinh="planned") == {"Đợt về chào cờ"}
    assert shown(nam="2025") == set()
    assert shown(**{"don-vi": "xa n"}) == {"Đợt về chào cờ"}
    assert shown(**{"chuyen-de": life.topic.code}) == {"Đợt về chào cờ", "Đợt về sổ sách"}
    assert "Không thấy cuộc nào" in text(inspector.get(LIST, {"tim": "khong co"}))
    first, second = (inspector.get(LIST, {"xep": way}).content for way in ("ten", "-ten"))
    chao, so = "Đợt về chào cờ".encode(), "Đợt về sổ sách".encode()
    assert (first.index(chao) < first.index(so), second.index(chao) < second.index(so)) == (
        True,
        False,
    )
    exported = text(inspector.get(LIST, {"tai": "csv", "tinh": "planned"}))
    assert "Đợt về chào cờ" in exported
    assert "Đợt về sổ sách" not in exported


def test_the_list_asks_no_question_per_inspection(life, inspector, django_assert_max_num_queries):
    for _ in range(20):
        life.planned()

    with django_assert_max_num_queries(24):
        inspector.get(LIST)


def test_the_checklist_is_answered_unit_by_unit(life, inspector):
    made = mine(life, inspector)
    first, second = life.topic.items.order_by("position")
    unit = life.world["N.du"]
    there = reverse("desk:inspection-unit", args=[made.pk, unit.pk])
    assert "Có bien-ban" in text(inspector.get(there))

    sent = {f"muc-{first.pk}": "met", f"muc-{second.pk}": "unmet", f"ghi-chu-{second.pk}": "27 hay 37?"}  # fmt: skip
    inspector.post(reverse("desk:answer-checklist", args=[made.pk, unit.pk]), sent)

    assert "27 hay 37?" in text(inspector.get(there))
    page = text(inspector.get(reverse("desk:inspection", args=[made.pk])))
    assert "Bảng kiểm 2/2 mục" in page
    assert "1 mục chưa đạt" in page


def test_an_answer_that_is_too_long_is_said_at_its_item_and_stays(life, inspector):
    made = mine(life, inspector)
    item = life.topic.items.first()
    there = reverse("desk:answer-checklist", args=[made.pk, life.world["N.du"].pk])
    answer = inspector.post(there, {f"muc-{item.pk}": "met", f"ghi-chu-{item.pk}": "dài " * 200})

    assert answer.status_code == 400
    assert "dài dài" in text(answer)
    assert not made.answers.exists()


def test_a_finding_has_an_owner_and_a_day_and_no_day_before_today(life, inspector):
    made = mine(life, inspector)
    unit = life.world["N.du"]
    there = reverse("desk:add-finding", args=[made.pk, unit.pk])
    sent = {"thay": "Thiếu biên bản", "viec": "Bổ sung biên bản", "han": "01/11/2026", "sua": unit.pk}  # fmt: skip

    refused = inspector.post(there, sent)
    assert refused.status_code == 400
    assert "trước ngày phát hiện" in text(refused)
    assert "Bổ sung biên bản" in text(refused)

    inspector.post(there, sent | {"han": "15/12/2026"})
    found = Finding.objects.get()
    assert (found.owner, found.due_date) == (unit, dt.date(2026, 12, 15))


def test_a_finding_may_be_about_a_task_that_the_unit_has_promised(life, inspector):
    made, unit = mine(life, inspector), life.world["N.du"]
    _plan, [task] = planning.approved(unit, life.world["TU"], on=life.world.party)
    _other, [foreign] = planning.approved(life.world["M.du"], life.world["TU"], on=life.world.party)
    there = reverse("desk:add-finding", args=[made.pk, unit.pk])
    sent = {"thay": "Mới đổ 100 m", "viec": "Đổ nốt 300 m", "han": "15/12/2026", "sua": unit.pk}

    assert task.content in text(inspector.get(there))
    assert inspector.post(there, sent | {"nhiem-vu": foreign.pk}).status_code == 400
    inspector.post(there, sent | {"nhiem-vu": task.pk})

    assert Finding.objects.get().task == task


def test_a_finding_is_struck_out_as_long_as_nobody_was_told(life, inspector):
    made = mine(life, inspector)
    found = life_find(life, inspector, made)
    inspector.post(reverse("desk:drop-finding", args=[found.pk]))
    assert not Finding.objects.exists()


def life_find(life, client, inspection, **more):
    there = reverse("desk:add-finding", args=[inspection.pk, life.world["N.du"].pk])
    sent = {"thay": "Thiếu biên bản", "viec": "Bổ sung biên bản", "han": "15/12/2026"}
    client.post(there, sent | {"sua": life.world["N.du"].pk} | more)
    return Finding.objects.order_by("-pk")[0]


def test_until_it_is_concluded_the_units_looked_at_see_nothing(life, inspector, mender):
    made = mine(life, inspector)
    found = life_find(life, inspector, made)
    there = reverse("desk:inspection", args=[made.pk])
    assert mender.get(there).status_code == 404
    assert mender.get(reverse("desk:finding", args=[found.pk])).status_code == 404

    step = {"viec": "ket-luan", "ngay": "23/11/2026", "loi": "Đã học đủ, sổ sách còn thiếu."}
    inspector.post(reverse("desk:step-inspection", args=[made.pk]), step)

    assert "Đã học đủ, sổ sách còn thiếu." in text(mender.get(there))
    assert "Bổ sung biên bản" in text(mender.get(FINDINGS))


def test_a_conclusion_that_is_refused_keeps_what_was_typed(life, inspector):
    made = mine(life, inspector)
    there = reverse("desk:step-inspection", args=[made.pk])
    answer = inspector.post(there, {"viec": "ket-luan", "ngay": "24/11/2026", "loi": "Đã học đủ."})

    assert answer.status_code == 400
    assert "chưa tới" in text(answer)
    assert "Đã học đủ.</textarea>" in text(answer)


def test_what_was_withdrawn_says_why(life, inspector):
    made = life.planned()
    inspector.post(reverse("desk:step-inspection", args=[made.pk]), {"viec": "rut", "loi": "Lập nhầm"})  # fmt: skip

    assert "Lập nhầm" in text(inspector.get(reverse("desk:inspection", args=[made.pk])))
    assert "Chưa có cuộc" in text(inspector.get(LIST))


def concluded(life):
    life.concluded("N.du")
    return Finding.objects.get()


def fixed(life, client):
    found = concluded(life)
    sent = {"da-lam": "Đã bổ sung", "tep": SimpleUploadedFile("bb.pdf", PAPER)}
    client.post(reverse("desk:fix-finding", args=[found.pk]), sent)
    found.refresh_from_db()
    return found


def test_a_fix_needs_something_to_show_and_keeps_what_was_typed(life, mender):
    found = concluded(life)
    there = reverse("desk:fix-finding", args=[found.pk])
    answer = mender.post(there, {"da-lam": "Đã bổ sung đủ biên bản"})

    assert answer.status_code == 400
    assert "Chưa có minh chứng" in text(answer)
    assert "Đã bổ sung đủ biên bản</textarea>" in text(answer)


def test_what_was_mended_shows_its_files_to_those_who_may_see_it(life, world, mender, entered):
    found = fixed(life, mender)
    number = found.fixes.get().files.get().uuid
    there = reverse("desk:fix-file", args=[number])

    assert found.state == "fixed"
    assert there in text(mender.get(reverse("desk:finding", args=[found.pk])))
    answer = mender.get(there)
    assert (answer.content, answer["Content-Type"]) == (PAPER, "application/pdf")
    assert entered(world["A1.pn"]).get(there).status_code == 404
    assert mender.get(reverse("desk:fix-file", args=[uuid.uuid4()])).status_code == 404


def test_another_person_closes_it_and_then_it_says_by_whom(life, inspector, mender):
    found = fixed(life, mender)
    there = reverse("desk:recheck-finding", args=[found.pk])

    inspector.post(there, {"viec": "xong", "lan": found.fixes.get().pk})

    found.refresh_from_db()
    assert found.state == "closed"
    page = text(inspector.get(FINDINGS, {"tinh": "closed"}))
    assert "Đã xác nhận" in page
    assert inspector.person.name in page


def test_whoever_mended_it_does_not_close_it(life, world, inspector):
    holder_of_both = inspector.person
    Post.objects.create(
        person=holder_of_both, unit=world["N.du"], line=world.party, role="recorder", start_date=make.START
    )  # fmt: skip
    found = fixed(life, inspector)
    page = text(inspector.get(reverse("desk:finding", args=[found.pk])))
    assert "Cần một người khác kiểm lại." in page
    assert "Xác nhận đã khắc phục" not in page

    sent = {"viec": "xong", "lan": found.fixes.get().pk}
    answer = inspector.post(reverse("desk:recheck-finding", args=[found.pk]), sent)

    found.refresh_from_db()
    assert (answer.status_code, found.state) == (400, "fixed")
    assert "Cần một người khác kiểm lại." in text(answer)


def test_what_is_not_mended_yet_is_opened_again_with_its_reason(life, inspector, mender):
    found = fixed(life, mender)
    there = reverse("desk:recheck-finding", args=[found.pk])
    sent = {"viec": "chua", "lan": found.fixes.get().pk}
    assert inspector.post(there, sent).status_code == 400

    inspector.post(there, sent | {"nhan-xet": "Mới có hai trên ba biên bản"})

    found.refresh_from_db()
    assert found.state == "open"
    page = text(mender.get(reverse("desk:finding", args=[found.pk])))
    assert "Mới có hai trên ba biên bản" in page
    assert "Báo đã khắc phục" in page


def test_what_was_confirmed_is_opened_again_on_its_page_and_says_by_whom_and_why(
    life, inspector, mender
):
    found = fixed(life, mender)
    page, there = (
        reverse(f"desk:{name}", args=[found.pk]) for name in ("finding", "reopen-finding")
    )
    look = {"viec": "xong", "lan": found.fixes.get().pk}
    inspector.post(reverse("desk:recheck-finding", args=[found.pk]), look)
    assert "Mở lại việc này" in text(inspector.get(page))
    assert "Mở lại việc này" not in text(mender.get(page))

    refused = inspector.post(there, {"ly-do": "", "han": "15/12/2026"})
    assert refused.status_code == 400
    assert 'href="#ly-do"' in text(refused)
    assert 'value="15/12/2026"' in text(refused)
    inspector.post(there, {"ly-do": "Sổ tháng 3 vẫn thiếu", "han": "15/12/2026"})

    seen = text(mender.get(page))
    assert "Sổ tháng 3 vẫn thiếu" in seen
    assert "Báo đã khắc phục" in seen
    assert inspector.person.name in seen
    found.refresh_from_db()
    assert (found.state, found.due_date) == ("open", dt.date(2026, 12, 15))


def test_a_look_at_an_earlier_fix_than_the_last_is_told_to_reload(life, inspector, mender):
    found = fixed(life, mender)
    there = reverse("desk:recheck-finding", args=[found.pk])
    answer = inspector.post(there, {"viec": "xong", "lan": found.fixes.get().pk + 1})

    assert answer.status_code == 400
    assert "vừa được người khác cập nhật" in text(answer)


def test_findings_are_narrowed_by_state_words_and_owner(life, settings, inspector):
    made = life.started()
    life.find(made, "N.du", recommendation="Lập lại sổ", due=1)
    life.find(made, "M.du", recommendation="Chụp ảnh", due=30)
    life.conclude(made)
    settings.NOW = make.NOON + dt.timedelta(days=3)

    def shown(**query):
        page = text(inspector.get(FINDINGS, query))
        return {each for each in ("Lập lại sổ", "Chụp ảnh") if each in page}

    assert shown(tinh="overdue") == {"Lập lại sổ"}
    assert "Trễ 2 ngày" in text(inspector.get(FINDINGS, {"tinh": "overdue"}))
    assert shown(tim="chup anh") == {"Chụp ảnh"}
    assert shown(**{"don-vi": "xa m"}) == {"Chụp ảnh"}
    assert shown(duoi=life.world["N.du"].pk) == {"Lập lại sổ"}
    assert shown(duoi=life.world["TU"].pk) == {"Lập lại sổ", "Chụp ảnh"}
    assert "Lập lại sổ" in text(inspector.get(FINDINGS, {"tai": "csv"}))


def test_what_is_still_open_leads_the_list_of_findings_and_what_is_closed_ends_it(life, inspector):
    made = life.started()
    first = life.find(made, "N.du", recommendation="Lập lại sổ", due=1)
    life.find(made, "M.du", recommendation="Chụp ảnh", due=30)
    life.conclude(made)
    Finding.objects.filter(pk=first.pk).update(state="closed", closed_date=TODAY)

    def order(**query):
        page = text(inspector.get(FINDINGS, query))
        return sorted(("Lập lại sổ", "Chụp ảnh"), key=page.index)

    assert order() == ["Chụp ảnh", "Lập lại sổ"]
    assert order(xep="han") == ["Lập lại sổ", "Chụp ảnh"]


def test_the_list_of_findings_asks_no_question_per_row(
    life, inspector, django_assert_max_num_queries
):
    made = life.started()
    for _ in range(20):
        life.find(made)
    closed = [f"{each}.du" for each in ("A1", "A2", "A3", "B1", "B2")]
    before = life.started(*closed, start=dt.date(2025, 3, 3), end=dt.date(2025, 3, 7))
    for each in closed:
        life.find(before, each)
    life.conclude(made)
    life.conclude(before)

    with django_assert_max_num_queries(22):
        inspector.get(FINDINGS)


def test_the_paper_holds_the_conclusion_and_what_must_be_mended(life, mender):
    found = concluded(life)
    answer = mender.get(reverse("desk:inspection-paper", args=[found.inspection_id]))

    with zipfile.ZipFile(io.BytesIO(answer.content)) as kept:
        said = kept.read("word/document.xml").decode()
    assert "Đã học đủ, sổ sách còn thiếu." in said
    assert "Thiếu biên bản hội nghị tháng 3" in said
    assert "23/12/2026" in said
    # A day stands on one line in its column.
    assert Document(io.BytesIO(answer.content)).tables[-1].columns[-1].width.pt >= 70


def test_there_is_no_paper_before_the_conclusion(life, inspector):
    made = life.started()
    there = reverse("desk:inspection-paper", args=[made.pk])
    assert inspector.get(there).status_code == 404


def test_the_sheet_to_take_along_has_a_page_a_unit(life, inspector):
    made = life.planned()
    page = text(inspector.get(reverse("desk:inspection-sheet", args=[made.pk])))

    assert page.count('class="field sheet"') == 2
    assert page.count("Có bien-ban") == 2


def held(world, count=5):
    kind = recording.kinds()["lao-dong"]
    return [
        recording.held(kind, world["N.du"], 27, date=TODAY, title=f"Việc {number}")
        for number in range(count)
    ]


def drawing(world, **more):
    return {
        "don-vi": world["TU"].pk, "tu": "01/01/2026", "den": "23/11/2026", "so-ho-so": "3",
        "hat-giong": "260311",
    } | more  # fmt: skip


def test_a_sample_larger_than_its_records_is_refused_at_its_box(world, inspector):
    held(world)
    there = reverse("desk:draw-records")
    answer = inspector.post(there, drawing(world, **{"so-ho-so": "6"}))

    assert answer.status_code == 400
    assert 'href="#so-ho-so"' in text(answer)
    assert "Phạm vi này có 5 hồ sơ, không rút được 6." in text(answer)
    assert 'value="260311"' in text(answer)


def test_a_sample_is_drawn_found_values_written_and_the_factor_shown(world, inspector, mender):
    held(world)
    sent = drawing(world, **{"don-vi": world["N.du"].pk})
    answer = inspector.post(reverse("desk:draw-records"), sent)
    made = Verification.objects.get()
    there = reverse("desk:verification", args=[made.pk])
    assert answer["Location"] == there
    page = text(inspector.get(there))
    assert "260311" in page
    assert "3 trên 5 hồ sơ" in page
    assert mender.get(there).status_code == 404

    heads = SampledValue.objects.filter(reported=27).order_by("pk")
    write = reverse("desk:write-found", args=[made.pk])
    wrong = inspector.post(write, {f"so-{heads[0].pk}": "hai mươi"})
    assert wrong.status_code == 400
    assert "hai mươi" in text(wrong)
    inspector.post(write, {f"so-{each.pk}": number for each, number in zip(heads, (27, 27, 24), strict=True)})  # fmt: skip
    inspector.post(reverse("desk:finish-verification", args=[made.pk]))

    page = text(mender.get(there))
    assert "96,3%" in page  # (27 + 27 + 24) / (3 · 27)
    assert "Lưu số thấy được" not in page


def test_a_verifier_keeps_a_photo_beside_a_record_and_takes_it_away_again(world, inspector, mender):
    held(world)
    sent = drawing(world, **{"don-vi": world["N.du"].pk})
    inspector.post(reverse("desk:draw-records"), sent)
    made = Verification.objects.get()
    there, write = (
        reverse(f"desk:{name}", args=[made.pk]) for name in ("verification", "write-found")
    )
    box = f"tep-{made.sample.get(place=1).pk}"

    refused = inspector.post(write, {box: SimpleUploadedFile("a.txt", b"not a photo")})
    assert refused.status_code == 400
    assert f'href="#{box}"' in text(refused)
    inspector.post(write, {box: SimpleUploadedFile("so.jpg", photo())})
    [kept] = made.sample.get(place=1).files.all()
    file = reverse("desk:found-file", args=[kept.uuid])
    assert file in text(inspector.get(there))
    assert inspector.get(file)["Content-Type"] == "image/jpeg"
    assert mender.get(file).status_code == 404

    inspector.post(write, {"bo": str(kept.uuid)})
    assert file not in text(inspector.get(there))
    assert inspector.get(file).status_code == 404


def test_a_verification_is_not_finished_before_something_was_looked_at(world, inspector):
    held(world)
    inspector.post(reverse("desk:draw-records"), drawing(world))
    made = Verification.objects.get()
    answer = inspector.post(reverse("desk:finish-verification", args=[made.pk]))

    assert answer.status_code == 400
    assert "Chưa ghi số thấy được" in text(answer)


def test_the_same_seed_draws_the_same_records_again(world, inspector):
    held(world, 12)
    for _ in range(2):
        inspector.post(reverse("desk:draw-records"), drawing(world))

    first, second = (
        text(inspector.get(reverse("desk:verification", args=[each.pk]), {"tai": "csv"}))
        for each in Verification.objects.all()
    )
    assert first == second


def test_the_list_of_verifications_is_found_by_unit(world, inspector):
    held(world)
    assert "Chưa có lần đối chiếu nào" in text(inspector.get(reverse("desk:verifications")))
    inspector.post(reverse("desk:draw-records"), drawing(world))
    there = reverse("desk:verifications")

    assert "rút 3 trên 5 hồ sơ" in text(inspector.get(there, {"don-vi": "tinh uy"}))
    assert "Không thấy lần" in text(inspector.get(there, {"don-vi": "xa m"}))
    assert "260311" in text(inspector.get(there, {"tai": "csv"}))


def test_the_pages_are_in_english_for_those_who_read_english(life, world, entered):
    client = entered(world["TU"], Post.Role.INSPECTOR, line=world.party, language="en")
    found = concluded(life)

    assert "Inspection and supervision" in text(client.get(LIST))
    assert "To mend" in text(client.get(reverse("desk:finding", args=[found.pk])))


def test_an_inspector_reaches_the_pages_from_the_bar(inspector):
    assert f'href="{LIST}"' in text(inspector.get("/lam-viec/"))


def test_somebody_outside_the_team_is_told_to_ask_the_team(life, world, entered):
    made = life.started()
    holder(world["TU"], "inspector", world.party)
    client = entered(world["TU"], Post.Role.INSPECTOR, line=world.party)
    item = life.topic.items.first()
    there = reverse("desk:answer-checklist", args=[made.pk, world["N.du"].pk])
    answer = client.post(there, {f"muc-{item.pk}": "met"})

    assert answer.status_code == 400
    assert "Chỉ thành viên đoàn" in text(answer)


MINE = "/lam-viec/"


def test_what_i_must_mend_stands_in_my_work_with_its_day(life, settings, mender):
    found = concluded(life)
    page = text(mender.get(MINE))
    assert reverse("desk:finding", args=[found.pk]) in page
    assert "Kiểm tra đã thấy: Thiếu biên bản hội nghị tháng 3" in page

    settings.NOW = make.NOON + dt.timedelta(days=33)
    page = text(mender.get(MINE))
    assert "1 việc đã trễ" in page
    assert "Trễ 3 ngày" in page


def test_what_was_opened_again_says_why_in_my_work(life, inspector, mender):
    found = fixed(life, mender)
    assert "Bổ sung biên bản" not in text(mender.get(MINE))
    sent = {"viec": "chua", "lan": found.fixes.get().pk, "nhan-xet": "Mới có hai trên ba"}
    inspector.post(reverse("desk:recheck-finding", args=[found.pk]), sent)

    assert "Chưa xong: “Mới có hai trên ba”" in text(mender.get(MINE))


def test_what_waits_for_another_look_is_one_row_for_those_who_may(life, inspector, mender):
    fixed(life, mender)
    fixed_page = text(inspector.get(MINE))

    assert "Kiểm lại 1 việc đã khắc phục" in fixed_page
    assert f"{FINDINGS}?tinh=fixed" in fixed_page
    assert "Kiểm lại 1 việc" not in text(mender.get(MINE))


def test_an_inspection_of_my_team_stands_in_my_work_until_it_is_concluded(life, inspector):
    made = mine(life, inspector)
    assert "Quá lịch, chưa kết luận" in text(inspector.get(MINE))

    step = {"viec": "ket-luan", "ngay": "23/11/2026", "loi": "Đã học đủ."}
    inspector.post(reverse("desk:step-inspection", args=[made.pk]), step)
    assert made.title not in text(inspector.get(MINE))


@pytest.mark.parametrize(("unit", "is_above"), [("TU", True), ("N.du", True), ("M.du", False)])
def test_what_is_late_climbs_to_every_superior_and_opens_to_its_rows(
    life, world, settings, entered, unit, is_above
):
    reporting.quarterly(world)
    life.concluded("N.du")
    settings.NOW = make.NOON + dt.timedelta(days=33)
    leader = entered(world[unit], Post.Role.LEADER, line=world.party)

    page = text(leader.get("/lam-viec/dieu-hanh/"))
    assert ("1 việc phải sửa quá hạn" in page) is is_above
    if is_above:
        there = f"{FINDINGS}?duoi={world[unit].pk}&tinh=overdue"
        assert there.replace("&", "&amp;") in page
        assert "1 việc phải sửa</span>" in text(leader.get(there))
