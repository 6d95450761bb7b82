"""Khen thưởng as pages: nominate from records, complete, appraise, vote in secret, decide, publish, revoke."""

import datetime as dt
import io
import re
from urllib.parse import parse_qs

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve, reverse
from lxml import html

from lantoa.awards import councils, deciding, fairness, queries, sittings, sources
from lantoa.awards.models import Ballot, Decision, Nomination, Turnout
from lantoa.desk import awarding, typed
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Account, Post
from lantoa.plans.actions import movements
from tests import make
from tests.awards import world as worlds
from tests.desk.conftest import PASSWORD

pytestmark = pytest.mark.django_db
WHY = "Khai chưa đúng hồ sơ gốc, đã xác minh."


@pytest.fixture
def made(settings):
    settings.NOW = worlds.NOW
    return worlds.awarding()


def enter(person):
    account = Account.objects.create_user(
        username=f"thanh-vien-{person.pk}", password=PASSWORD, person=person
    )
    client = Client()
    client.force_login(account)
    client.person = person
    return client


def text(answer):
    return answer.content.decode()


def act(client, nomination, doing, **sent):
    nomination.refresh_from_db()
    sent = {"viec": doing, "ban": nomination.version, **sent}
    return client.post(reverse("desk:award-act", args=[nomination.pk]), sent)


def clerk_of(entered, made, unit="A1.cb", role=Post.Role.REVIEWER):
    return entered(made[unit], role, line=made.world.party)


def test_a_nomination_is_made_of_records_in_seven_taps_and_nothing_typed(made, entered):
    record = worlds.record(made)
    client, address = clerk_of(entered, made), reverse("desk:nominate")

    assert "Khen ai?" in text(client.get(address))
    sent = {"ai": "collective", "don-vi": made["A1.cb"].pk}
    second = client.post(address, {"buoc": 1, **sent})
    assert "Hiến 640 m² đất làm đường" in text(second)
    sent["ho-so"] = f"activity-{record.pk}"
    third = client.post(address, {"buoc": 2, **sent})
    assert "Đảng ủy Xã N" in text(third)
    sent["cap"] = made["N.du"].pk
    fourth = client.post(address, {"buoc": 3, "hinh-thuc": "giay-khen", **sent})
    said = re.search(r'name="thanh-tich"[^>]*>([^<]+)<', text(fourth)).group(1)
    answer = client.post(address, {"buoc": 4, "hinh-thuc": "giay-khen", "thanh-tich": said, **sent})

    [nomination] = Nomination.objects.all()
    assert answer["Location"] == reverse("desk:award", args=[nomination.pk])
    assert nomination.achievement == "Thành tích xuất sắc trong học tập và làm theo Bác năm 2026"
    assert nomination.merits.get().source_id == record.pk


@pytest.mark.parametrize(
    ("step", "missing", "said"),
    [
        (1, "ai", "Chọn khen tập thể hay cá nhân"),
        (1, "don-vi", "Chọn đơn vị"),
        (2, "ho-so", "Chọn ít nhất một hồ sơ"),
        (2, "ho-ten", "Ghi họ tên"),
        (2, "truc-tiep", "trực tiếp lao động hay không"),
    ],
)
def test_what_a_step_lacks_is_said_and_what_was_chosen_stays(made, entered, step, missing, said):
    sent = {
        "buoc": step,
        "ai": "individual",
        "don-vi": made["A1.cb"].pk,
        "ho-ten": "Cá nhân số 5",
        "truc-tiep": "co",
        "ho-so": f"activity-{worlds.record(made).pk}",
    }
    del sent[missing]

    answer = clerk_of(entered, made).post(reverse("desk:nominate"), sent)

    assert answer.status_code == 400
    assert said in text(answer)
    assert "Lỗi:" in text(answer)
    assert not Nomination.objects.exists()


def test_a_dossier_that_came_back_is_mended_in_the_same_steps(made, entered):
    nomination = worlds.nominated(made, name="Cá nhân số 6", post="Nông dân")
    more, client = worlds.record(made, title="Giúp 9 hộ"), clerk_of(entered, made)
    address = reverse("desk:correct-award", args=[nomination.pk])

    page = text(client.get(address))
    assert "Giúp 9 hộ" in page
    assert 'value="Cá nhân số 6"' in page
    sent = {
        "buoc": 4, "ban": 1, "ai": "individual", "don-vi": made["A1.cb"].pk, "ho-ten": "Cá nhân số 6",
        "truc-tiep": "co", "cap": made["N.du"].pk, "thanh-tich": "Giúp dân", "ho-so": f"activity-{more.pk}",
    }  # fmt: skip
    assert client.post(address, sent).status_code == 302
    stale = client.post(address, sent)

    nomination.refresh_from_db()
    assert (nomination.achievement, nomination.merits.get().source_id) == ("Giúp dân", more.pk)
    assert stale.status_code == 400
    assert "vừa đổi" in text(stale)


def test_no_name_stands_in_an_address(made, entered):
    page = text(clerk_of(entered, made).get(reverse("desk:nominate")))

    assert 'method="post"' in page
    assert 'method="get"' not in page


def test_a_dossier_goes_up_when_its_papers_are_there(made, entered):
    nomination, client = worlds.nominated(made), clerk_of(entered, made)

    refused = act(client, nomination, "gui")
    assert refused.status_code == 400
    assert "còn thiếu" in text(refused)
    meeting = {"ngay-hop": "20/11/2026", "thanh-vien": 7, "co-mat": 6, "dong-y": 6}
    act(client, nomination, "giay-to", **meeting)
    act(client, nomination, "xac-nhan")
    act(client, nomination, "gui")

    nomination.refresh_from_db()
    assert nomination.state == "sent"
    for kind in ("to-trinh", "bao-cao", "bien-ban"):
        paper = client.get(reverse("desk:award-paper", args=[nomination.pk, kind]))
        assert paper.content[:2] == b"PK"
    page = text(client.get(reverse("desk:award", args=[nomination.pk])))
    assert "Đủ 5/5 điều kiện" in page
    assert "còn 25 ngày làm việc" in page


def test_an_earlier_award_is_shown_and_the_board_alone_lets_it_be_given_again(made, entered):
    worlds.decided(made, worlds.nominated(made))
    second = worlds.nominated(made)
    client, board = clerk_of(entered, made), enter(made.members[0])

    page = text(client.get(reverse("desk:award", args=[second.pk])))
    assert "Đã khen về thành tích này" in page
    assert "Quyết định số 1 ngày 20/10/2026" in page
    assert act(client, second, "khen-lai", **{"khen-lai": WHY}).status_code == 403
    assert act(board, second, "khen-lai", **{"khen-lai": WHY}).status_code == 302
    assert WHY in text(client.get(reverse("desk:award", args=[second.pk])))


def test_what_is_lacking_is_read_by_whoever_nominated(made, entered):
    nomination = worlds.nominated(made)
    worlds.sent(made, nomination)
    said = "Báo cáo chưa có số người hưởng lợi, bổ sung giúp."

    act(enter(made.members[0]), nomination, "tra-lai", **{"loi-nhan": said})

    client = clerk_of(entered, made)
    assert said in text(client.get(reverse("desk:award", args=[nomination.pk])))
    assert said in text(client.get(reverse("desk:mine")))


def open_now(made, *nominations):
    return worlds.opened(made, *nominations, closes_at=worlds.NOW + dt.timedelta(days=3))


def test_the_ballot_is_one_page_and_can_be_changed_on_this_device_alone(made):
    ballot = open_now(made, worlds.nominated(made))
    client, address = enter(made.members[0]), reverse("desk:ballot", args=[ballot.pk])
    assert "Bỏ phiếu kín" in text(client.get(reverse("desk:mine")))

    client.post(address, {"cau-0": "co"})
    cookie = client.cookies[f"phieu-{ballot.pk}"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", address)
    assert "Bỏ lại bên dưới" in text(client.get(address))
    assert client.post(address, {"cau-0": "khong"}).status_code == 302

    del client.cookies[f"phieu-{ballot.pk}"]
    assert "Chỉ đổi được trên máy đã bỏ phiếu" in text(client.get(address))
    again = client.post(address, {"cau-0": "co"})
    assert again.status_code == 400
    assert "ở trong hòm" in text(again)
    assert "Bỏ phiếu kín" not in text(client.get(reverse("desk:mine")))


def test_the_page_never_shows_what_was_chosen(made):
    ballot = open_now(made, worlds.nominated(made))
    pages = []
    for member, said in zip(made.members[:2], ("co", "khong"), strict=True):
        client, address = enter(member), reverse("desk:ballot", args=[ballot.pk])
        client.post(address, {"cau-0": said})
        page = text(client.get(address))
        pages.append(re.sub(r'value="\w{64}"|data-left="\d+"|thanh-vien-\d+|Đã bỏ \d', "", page))

    assert pages[0] == pages[1]


def test_a_vote_is_not_kept_when_the_login_has_ended(made, rf):
    """Other forms wait in the session until one has entered again; a vote there would be a vote beside a name."""
    ballot = open_now(made, worlds.nominated(made))
    kept = {}
    for address in (reverse("desk:ballot", args=[ballot.pk]), reverse("desk:nominate")):
        request = rf.post(address, {"cau-0": "co"})
        request.session, request.resolver_match = {}, resolve(address)
        kept[address] = typed.keep(request, 1), bool(request.session)

    assert list(kept.values()) == [(False, False), (True, True)]


def test_who_belongs_to_the_unit_reads_why_they_have_no_vote(made):
    insider = made.members[0]
    Post.objects.create(
        person=insider,
        unit=made["A1.cb"],
        line=made.world.party,
        role="leader",
        start_date=dt.date(2026, 1, 1),
    )
    ballot = open_now(made, worlds.nominated(made))

    page = text(enter(insider).get(reverse("desk:ballot", args=[ballot.pk])))

    assert "Đồng chí thuộc đơn vị này nên không bỏ phiếu" in page
    assert 'name="cau-0"' not in page


def test_after_the_end_the_page_says_so_with_the_time(made):
    ballot = worlds.opened(made, worlds.nominated(made))
    client, address = enter(made.members[0]), reverse("desk:ballot", args=[ballot.pk])

    answer = client.post(address, {"cau-0": "co"})

    assert answer.status_code == 400
    assert "Đã hết hạn bỏ phiếu lúc 17:00" in text(answer)


def test_the_desk_of_a_council_goes_from_dossier_to_decision(made):
    nomination = worlds.nominated(made, name="Cá nhân số 8")
    worlds.sent(made, nomination)
    client, unit = enter(made.members[0]), made["N.du"].pk
    desk = reverse("desk:council", args=[unit])

    page = text(client.get(desk))
    assert "Cá nhân số 8" in page
    assert "5/5" in page
    # The share of direct workers is the first thing that the board reads (A6.3).
    assert page.index("Trên bàn: 1/1 cá nhân là người trực tiếp lao động") < page.index(
        "Chờ thẩm định"
    )
    put = reverse("desk:council-put", args=[unit])
    client.post(put, {"viec": "tham-dinh", "ho-so": nomination.pk})
    client.post(put, {"viec": "mo", "ho-so": nomination.pk, "han": "27/11/2026"})
    ballot = Ballot.objects.get()
    for member in made.members:
        worlds.vote(ballot, member, True, at=worlds.NOW)
    early = client.post(reverse("desk:count-ballot", args=[ballot.pk]), {"viec": "kiem"})
    assert "Chưa hết hạn bỏ phiếu" in text(early)

    later = dt.datetime(2026, 11, 27, 11, tzinfo=dt.UTC)
    councils.close(ballot=ballot, by=made.by, at=later)
    assert "Hội đồng đã đồng ý" in text(client.get(desk))


def test_a_council_is_set_up_on_its_desk_each_member_as_what_they_sit_there(made):
    client, unit = enter(made.members[0]), made["N.du"].pk
    there = reverse("desk:council-seat", args=[unit])
    first, second, third, *others = [each.pk for each in made.members]
    sent = {f"tu-cach-{first}": "Chủ tịch Hội đồng", f"tu-cach-{second}": "", "thanh-vien": [first]}

    few = client.post(there, sent)
    assert few.status_code == 400
    assert "ít nhất 3 thành viên" in text(few)
    form = html.fromstring(few.content).get_element_by_id("thanh-vien").getparent()
    assert form.fields[f"tu-cach-{first}"] == "Chủ tịch Hội đồng"
    assert form.xpath("count(.//input[@type='checkbox'][@checked])") == 1

    client.post(there, sent | {"thanh-vien": [first, second, third]})
    sitting = queries.council_of(made["N.du"])
    assert sittings.titles_of(sitting) == {
        first: "Chủ tịch Hội đồng", second: "Ủy viên", third: "Ủy viên"
    }  # fmt: skip
    desk = html.fromstring(client.get(reverse("desk:council", args=[unit])).content)
    ticked = desk.xpath("//input[@name='thanh-vien'][@checked]/@value")
    assert set(map(int, ticked)) == {first, second, third}
    assert len(others) == 2


def test_an_end_of_the_vote_that_has_passed_is_said_and_what_was_ticked_stays(made):
    nominations = [worlds.nominated(made, name=f"Cá nhân số {number}") for number in (1, 2)]
    worlds.sent(made, *nominations)
    client, unit = enter(made.members[0]), made["N.du"].pk
    put = reverse("desk:council-put", args=[unit])
    client.post(put, {"viec": "tham-dinh", "ho-so": [each.pk for each in nominations]})

    answer = client.post(put, {"viec": "mo", "ho-so": nominations[1].pk, "han": "01/11/2026"})

    page = html.fromstring(answer.content)
    assert answer.status_code == 400
    assert page.xpath("//a[@href='#han'][contains(., 'Hạn bỏ phiếu đã qua')]")
    assert page.get_element_by_id("han").value == "01/11/2026"
    ticked = page.xpath("//input[@name='ho-so'][@checked]/@value")
    assert ticked == [str(nominations[1].pk)]


def test_a_ballot_that_is_over_asks_nobody_to_vote(made):
    now = open_now(made, worlds.nominated(made, name="Cá nhân số 1"))
    over = worlds.opened(made, worlds.nominated(made, name="Cá nhân số 2"))
    client = enter(made.members[0])

    desk = text(client.get(reverse("desk:council", args=[made["N.du"].pk])))

    assert reverse("desk:ballot", args=[now.pk]) in desk
    assert f'href="{reverse("desk:ballot", args=[over.pk])}"' not in desk


def test_the_desk_says_in_which_years_somebody_was_commended_before(made):
    worlds.decided(made, worlds.nominated(made))
    worlds.sent(made, worlds.nominated(made, achievement="Thành tích khác"))

    page = text(enter(made.members[0]).get(reverse("desk:council", args=[made["N.du"].pk])))

    assert "Đã khen 3 năm" in page
    assert "<td>2026</td>" in page


def test_a_decision_is_issued_its_files_open_and_it_is_published(made):
    nomination = worlds.nominated(made, name="Cá nhân số 8", consent_date=worlds.TODAY)
    worlds.passed(made, nomination)
    client, address = enter(made.members[0]), reverse("desk:decide-awards", args=[made["N.du"].pk])
    sent = {
        "ho-so": nomination.pk,
        "ngay": "20/10/2026",
        "can-cu": list(worlds.BASES),
        "noi-dung": worlds.ACHIEVEMENT,
        "chuc-vu": "Bí thư",
    }
    wrong = client.post(address, sent | {"can-cu": ["nd-98-2023"], "ngay": "20/10/2026"})
    assert "không viện dẫn được" in text(wrong)
    client.post(address, sent)

    decision = Decision.objects.get()
    page = reverse("desk:award-decision", args=[decision.pk])
    assert "01-QĐ/ĐU" in text(client.get(page))
    file = client.get(reverse("desk:award-file", args=[decision.pk, "quyet-dinh.docx"]))
    assert file.content[:2] == b"PK"
    other = reverse("desk:award-file", args=[decision.pk, "bang-khen.pdf"])
    assert client.get(other).status_code == 404
    file = client.get(reverse("desk:award-file", args=[decision.pk, "giay-khen.pdf"]))
    assert file.content[:4] == b"%PDF"
    client.post(page)
    nomination.refresh_from_db()
    assert nomination.award.published_at

    act(client, nomination, "thu-hoi", **{"ly-do": WHY})
    assert "Đã thu hồi" in text(client.get(reverse("desk:award", args=[nomination.pk])))


@pytest.fixture
def season(made):
    worlds.decided(
        made,
        worlds.nominated(made),
        worlds.nominated(made, name="Cá nhân số 1"),
        worlds.nominated(made, name="Cá nhân số 2", is_direct_worker=False),
    )
    return made


def test_every_count_of_the_balance_opens_and_adds_up(season):
    client = enter(season.members[0])
    page = text(client.get(reverse("desk:awards-balance")))
    doors = re.findall(r'class="fig[^"]*" href="([^"]+)">(?:<[^>]+>)*([\d.]+)', page)

    assert len(doors) >= 6
    for href, count in doors:
        listed = text(client.get(href.replace("&amp;", "&")))
        assert f"{count} hồ sơ" in listed, href


@pytest.mark.parametrize("kind", sources.ROWS)
def test_every_kind_of_record_in_a_dossier_has_a_page(kind):
    shown = sources.Shown(kind, 7, 1, worlds.TODAY, "Việc", "Work", "Tên", home_id=7)

    [told] = awarding.told([shown])

    assert resolve(told["href"]).kwargs == {"pk": 7}


def test_a_year_without_awards_has_nothing_to_balance_and_says_so(season):
    page = text(enter(season.members[0]).get(reverse("desk:awards-balance"), {"nam": "2024"}))

    assert "Năm 2024 chưa có khen thưởng nào" in page
    assert "0/0" not in page


def test_the_parts_of_the_balance_add_up_to_the_awards(season):
    client = enter(season.members[0])
    page = client.get(reverse("desk:awards-balance")).content.decode()
    parts = {
        code: [int(each) for each in re.findall(r'class="fig[^"]*"[^>]*>(?:<[^>]+>)*(\d+)', body)]
        for code, body in re.findall(r'<h2 id="(\w+)">(.*?)</section>', page, re.DOTALL)
    }

    assert sum(parts["level"]) == sum(parts["line"]) == sum(parts["area"]) == 3
    assert sum(parts["direct"]) == 2
    assert sum(parts["often"]) == 3


def test_the_share_of_direct_workers_is_told_year_by_year_and_opens(season):
    later = worlds.nominated(season, name="Cá nhân số 3", is_direct_worker=False, achievement="Việc khác của năm trước")  # fmt: skip
    worlds.decided(season, later, achievement="Việc khác")
    Decision.objects.filter(awards__nomination=later).update(date=dt.date(2025, 12, 1))
    client = enter(season.members[0])

    page = client.get(reverse("desk:awards-balance")).content.decode()
    body = page.split('id="qua-nam"')[1].split("</section>")[0]
    rows = [
        (year, share, *re.findall(r'href="([^"]+)"[^>]*>(?:<[^>]+>)*(\d+)', rest))
        for year, share, rest in re.findall(
            r'"row">(\d{4})<.*?<td class="n">(\d+%)</td>(.*?)</tr>', body, re.DOTALL
        )
    ]

    assert [(year, share, count[1], everybody[1]) for year, share, count, everybody in rows] == [
        ("2025", "0%", "0", "1"),
        ("2026", "50%", "1", "2"),
    ]
    for _, _, *doors in rows:
        for address, number in doors:
            assert f"{number} hồ sơ" in text(client.get(address.replace("&amp;", "&")))


def test_the_list_and_a_decision_are_taken_as_workbooks(season):
    client, decision = enter(season.members[0]), Decision.objects.get()

    listed = opened(client.get(reverse("desk:awards") + "?tai=xlsx&tinh=decided"))
    of_one = opened(client.get(reverse("desk:award-file", args=[decision.pk, "danh-sach.xlsx"])))

    assert sorted(row[0] for row in listed[1:4]) == [
        "Chi bộ 1, Xã A1",
        "Cá nhân số 1",
        "Cá nhân số 2",
    ]
    assert [row[:2] for row in of_one[1:4]] == [(1, "Chi bộ 1, Xã A1"), (2, "Cá nhân số 1"), (3, "Cá nhân số 2")]  # fmt: skip
    assert [row[4] for row in of_one[1:4]] == ["", "Có", "Không"]


def test_no_word_of_a_workbook_is_a_formula(made):
    worlds.nominated(made, name="=HYPERLINK(1)")
    answer = enter(made.members[0]).get(reverse("desk:awards") + "?tai=xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active

    assert "=HYPERLINK(1)" in {cell.value for row in sheet for cell in row}
    assert {cell.data_type for row in sheet for cell in row} <= {"s", "n"}


def opened(answer):
    """The rows of a workbook from its heads on; an empty cell is no text."""
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    return [tuple("" if cell is None else cell for cell in row) for row in sheet.iter_rows(min_row=3, values_only=True)]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tim": "ca nhan hoc tap"}, 2),
        ({"tim": "khong ai ca"}, 0),
        ({"ai": "collective"}, 1),
        ({"truc-tiep": "khong"}, 1),
        ({"tinh": "decided", "nam": "2026"}, 3),
        ({"nam": "2025"}, 0),
        ({"cap": "province"}, 0),
        ({"hinh-thuc": "giay-khen"}, 3),
        ({"tinh": "revoked"}, 0),
    ],
)
def test_the_list_is_searched_and_filtered_by_its_address(season, query, found):
    page = text(enter(season.members[0]).get(reverse("desk:awards"), query))

    assert f"{found} hồ sơ" in page


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("phong-trao", "movement", "Phong trào “Dân vận khéo”"),
        ("dia-ban", "commune", ""),
        ("he-thong", "dia-ban", "Chỉ theo địa bàn"),
        ("lan", "2", "2 lần"),
    ],
)
def test_what_narrows_the_list_from_elsewhere_is_said_kept_and_taken_out(season, key, value, said):
    numbers = {"movement": launched(season.world).pk, "commune": season["N"].pk}
    value = str(numbers.get(value, value))
    asked = {key: value, "nam": "2026", "xep": "ten", "trang": "1"}

    page = html.fromstring(enter(season.members[0]).get(reverse("desk:awards"), asked).content)

    [line] = page.xpath("//main//p[a[.='Bỏ điều kiện này']]")
    assert (said or orgs.name_near(season["N"].pk, worlds.TODAY)) in line.text_content()
    assert parse_qs(line.find("a").get("href")[1:]) == {"nam": ["2026"], "xep": ["ten"]}
    [form] = page.xpath("//form[@role='search']")
    assert (form.fields[key], form.fields["xep"]) == (value, "ten")


def launched(world):
    return movements.launch(
        kind="movement", name="Dân vận khéo", unit=world["TU"], line=world.party,
        start_date=dt.date(2026, 1, 5), by=make.clerk(), at=make.NOON,
    )  # fmt: skip


def test_the_list_is_sorted_exported_and_says_when_it_is_empty(season, entered):
    client = enter(season.members[0])
    named = re.findall(r'<li><a href="/lam-viec/khen-thuong/\d+/"><b>([^<]+)', text(client.get(reverse("desk:awards"), {"xep": "-ten", "tinh": "decided"})))  # fmt: skip
    assert named == sorted(named, reverse=True)
    file = client.get(reverse("desk:awards"), {"tai": "csv"}).content.decode()
    assert len(file.strip().splitlines()) == 4
    other = entered(season["M.du"], Post.Role.RECORDER, line=season.world.party)
    assert "Chưa có đề nghị nào" in text(other.get(reverse("desk:awards")))


def test_the_list_takes_as_many_questions_for_twenty_as_for_three(season):
    client, address = enter(season.members[0]), reverse("desk:awards")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12):
        worlds.nominated(season, name=f"Cá nhân số {20 + number}")
    with CaptureQueriesContext(connection) as many:
        client.get(address)

    assert len(many) == len(few)


def test_the_notice_and_the_suggestions_say_their_rule(made, entered):
    worlds.passed(made, worlds.nominated(made, name="Cá nhân số 9"))
    client = enter(made.members[0])
    assert "Cá nhân số 9" in text(client.get(reverse("desk:awards-notice")))

    page = text(clerk_of(entered, made).get(reverse("desk:awards-suggested")))
    assert "Máy chỉ nêu tên; đề nghị hay không là do người" in page


def test_a_stranger_to_the_council_reads_that_only_members_vote(made, entered):
    ballot = open_now(made, worlds.nominated(made))
    client = entered(made["N.du"], Post.Role.BOARD, line=made.world.party)

    page = text(client.get(reverse("desk:ballot", args=[ballot.pk])))

    assert "Chỉ thành viên hội đồng" in page
    assert not Turnout.objects.filter(has_voted=True).exists()


def test_a_consent_is_written_down_later_and_then_it_is_published(made, entered):
    nomination = worlds.nominated(made, name="Cá nhân số 3")
    decision = worlds.decided(made, nomination)
    client = clerk_of(entered, made)

    act(client, nomination, "dong-y", **{"dong-y": "20/11/2026"})

    assert deciding.publish(decision=decision, by=made.by, at=worlds.NOW) == 0


def test_a_decision_from_above_is_typed_and_shown_and_makes_no_paper_of_ours(settings):
    settings.NOW = worlds.NOW
    made, nomination = worlds.highest()
    client, address = enter(made.members[0]), reverse("desk:record-award-above", args=[made["TU"].pk])  # fmt: skip
    sent = {
        "ho-so": nomination.pk,
        "cap-tren": "Thủ tướng Chính phủ",
        "ngay-cap-tren": "10/11/2026",
    }

    wrong = client.post(address, sent | {"so-cap-tren": "không nhớ"})
    assert wrong.status_code == 400
    assert "như in trên quyết định, ví dụ 1234/QĐ-TTg" in text(wrong)
    assert 'value="không nhớ"' in text(wrong)

    shown = client.post(address, sent | {"so-cap-tren": "1234/QĐ-TTg"}, follow=True)
    decision = Decision.objects.get()
    assert "1234/QĐ-TTg" in text(shown)
    assert "Thủ tướng Chính phủ" in text(shown)
    assert "quyet-dinh.docx" not in text(shown)
    for what, code in (("quyet-dinh.docx", 404), ("giay-khen.pdf", 404), ("danh-sach.xlsx", 200)):
        assert client.get(reverse("desk:award-file", args=[decision.pk, what])).status_code == code


def test_a_long_section_of_the_balance_shows_its_first_rows_and_leads_to_the_rest():
    areas = [fairness.Count(f"Xã {n}", 1, {"dia-ban": str(n)}) for n in range(awarding.FIRST + 2)]
    seen = fairness.View(len(areas), fairness.Share(0, 0), (1, 2), [fairness.Section("area", areas)])  # fmt: skip

    [short], [whole] = (awarding.balance(seen, 2026, is_whole=each) for each in (False, True))

    assert (len(short["rows"]), short["left"]) == (awarding.FIRST, 2)
    assert (len(whole["rows"]), whole["left"]) == (len(areas), 0)
