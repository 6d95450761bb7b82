"""Questions of citizens, illustrative: nobody's name, number or house is in them. By the web form, and a talk by Zalo."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from lantoa.enquiries import actions, asking, conversing, publishing, queries
from lantoa.enquiries.models import Enquiry, Sending, Topic
from lantoa.lib import workhours
from lantoa.orgs import queries as orgs
from lantoa.orgs.models import Person, Unit
from lantoa.project.sample import draw
from lantoa.project.sample.history import HANOI, NOW

COUNT, OPEN, PUBLISHED_IN_100, SOLVED_IN_100 = 48, 7, 55, 70
FIRST = dt.datetime(2026, 1, 5, 8, tzinfo=HANOI)
NOTE = "(minh họa)"


class Told(NamedTuple):
    question: str
    answer: str


TOLD = [
    Told(
        "Đăng ký tạm trú cho người thuê nhà cần giấy tờ gì, nộp ở đâu?",
        "Nộp tờ khai thay đổi thông tin cư trú và giấy tờ chứng minh chỗ ở hợp pháp tại công an xã, phường, hoặc trên Cổng dịch vụ công.",
    ),
    Told(
        "Làm lại căn cước bị mất thì phải đến đâu, bao lâu có?",
        "Đến công an xã, phường nơi cư trú hoặc bộ phận tiếp dân của công an tỉnh. Giấy hẹn ghi ngày nhận.",
    ),
    Told(
        "Đoạn đường trước trường học buổi chiều xe chạy tốc độ cao, đề nghị công an kiểm tra.",
        "Đã bố trí tuần tra giờ tan học và đề nghị đơn vị quản lý đường lắp biển hạn chế tốc độ.",
    ),
    Told(
        "Gần đây có người lạ gọi điện tự xưng công an đòi chuyển tiền, có phải lừa đảo không?",
        "Công an không làm việc qua điện thoại và không yêu cầu chuyển tiền. Không cung cấp mã xác nhận, giữ lại số gọi và báo công an xã.",
    ),
    Told(
        "Quán hát trong xóm mở to tới khuya, gây mất trật tự, báo cho ai?",
        "Công an xã đã nhắc nhở và lập cam kết. Nếu còn tái diễn, gọi trực ban công an xã bất cứ lúc nào.",
    ),
    Told(
        "Khai sinh cho con có phải về quê không hay làm ở nơi đang sống?",
        "Đăng ký khai sinh ở xã, phường nơi cư trú của cha hoặc mẹ; có thể nộp hồ sơ trên Cổng dịch vụ công.",
    ),
    Told(
        "Nhà có thuộc diện hỗ trợ xóa nhà tạm không, hồ sơ gồm những gì?",
        "Xã đang rà soát hộ nghèo, cận nghèo. Nộp đơn và giấy xác nhận của trưởng xóm tại bộ phận một cửa của xã.",
    ),
    Told(
        "Đèn đường ở cầu đã hỏng mấy tuần, bao giờ sửa?",
        "Đơn vị quản lý chiếu sáng đã nhận và sẽ thay trong tuần.",
    ),
    Told(
        "Bảo hiểm y tế của học sinh đóng ở trường hay ở xã?",
        "Học sinh tham gia tại trường. Nếu đã có thẻ theo diện khác thì báo với trường để không đóng trùng.",
    ),
]  # fmt: skip
ASKED_BACK = "Nhờ cho biết thêm: việc ở xóm, tổ dân phố nào?"


def load(by: Person, *, seed: int) -> Iterator[tuple[int, int]]:
    """So many questions through the year; the last of them are open, one waits for its asker, one is late."""
    chance = draw.stream(seed, "enquiries")
    _route(by)
    there = [row.unit_id for row in queries.communes(NOW.date())]
    communes = list(Unit.objects.filter(pk__in=there).order_by("pk"))
    moments = _moments(chance)
    yield 0, COUNT
    for number, at in enumerate(moments, start=1):
        told = chance.choice(TOLD)
        asked = asking.ask(
            text=f"{told.question} {NOTE}",
            place=chance.choice(communes),
            way=Enquiry.Way.WEB,
            phone="",
            form=f"sample-{seed}-{number}",
            at=at,
        )
        _go_on(asked.enquiry, told, number, by, at, chance)
        yield number, COUNT
    _talk(by)


def _route(by: Person) -> None:
    police = Unit.objects.filter(kind=Unit.Kind.POLICE, closed_date=None).order_by("pk").first()
    root = orgs.root_on(orgs.territory(), NOW.date())
    for topic, unit in ((Topic.ORDER, police), (Topic.PROCEDURES, root), (Topic.OTHER, root)):
        if unit:
            actions.route(topic=topic, place=None, unit=unit, by=by, at=NOW)


def _moments(chance: Random) -> list[dt.datetime]:
    minutes = int((NOW - FIRST).total_seconds()) // 60 - 12 * 24 * 60
    early = sorted(chance.randrange(minutes) for _ in range(COUNT - OPEN))
    late = [NOW - dt.timedelta(days=9 - each, hours=each) for each in range(OPEN)]
    return [*(FIRST + dt.timedelta(minutes=each) for each in early), *late]


def _go_on(
    enquiry: Enquiry, told: Told, number: int, by: Person, at: dt.datetime, chance: Random
) -> None:
    if number > COUNT - OPEN:
        if number == COUNT - 1:
            actions.ask_back(enquiry=enquiry, text=ASKED_BACK, seen=1, by=by, at=NOW)
        return
    answered = min(workhours.after(at, chance.randint(60, 5 * 450)), NOW)
    said = f"{told.answer} {NOTE}"
    actions.answer(enquiry=enquiry, text=said, seen=1, by=by, at=answered)
    if chance.randrange(100) < SOLVED_IN_100:
        asking.judge(enquiry=enquiry, is_solved=True, text="", source=f"s{number}", at=answered)
    _publish(enquiry, told, by, answered, chance)


def _publish(enquiry: Enquiry, told: Told, by: Person, at: dt.datetime, chance: Random) -> None:
    """Each kind of question once; who asks the same afterwards counts as asking it too."""
    known = next(iter(publishing.alike(told.question, most=1)), None)
    if known:
        publishing.ask_too(known.pk)
    elif chance.randrange(100) < PUBLISHED_IN_100:
        publishing.publish(
            enquiry=enquiry,
            question=f"{told.question} {NOTE}",
            answer=f"{told.answer} {NOTE}",
            is_read=True,
            by=by,
            at=at,
        )


def _talk(by: Person) -> None:
    """A conversation by Zalo: a question, what is missing asked back, and answered."""
    start = NOW - dt.timedelta(days=1, hours=5)
    _zalo("Công an cho hỏi đăng ký tạm trú cho công nhân thuê trọ thế nào? " + NOTE, 1, start)
    enquiry = Enquiry.objects.filter(channel="zalo").latest("pk")
    asked_at = start + dt.timedelta(hours=1)
    actions.ask_back(enquiry=enquiry, text=ASKED_BACK, seen=1, by=by, at=asked_at)
    _zalo("Ở xóm gần chợ ạ. " + NOTE, 2, asked_at + dt.timedelta(minutes=20))
    # Said already, as far as the sample goes: nothing waits for a Zalo that is not there.
    Sending.objects.filter(asker=enquiry.asker).update(state=Sending.State.SENT, sent_at=asked_at)


def _zalo(text: str, number: int, at: dt.datetime) -> None:
    event = {
        "event_name": "user_send_text",
        "sender": {"id": "246845883529197922"},
        "message": {"msg_id": f"sample-{number}", "text": text},
    }
    conversing.take(event, sent_at=at, at=at)
