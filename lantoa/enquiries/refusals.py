"""What cannot be done about a question of a citizen, in words: what, where, what to do."""

from lantoa.enquiries.models import Enquiry
from lantoa.lib import text
from lantoa.lib.errors import LantoaError, RefusedError
from lantoa.lib.numbers import show

LEAST_QUESTION, LONGEST = 10, 4000
LONGEST_REASON = 300


class ChangedMeanwhileError(LantoaError):
    """It is no longer as it was shown."""

    def __init__(self) -> None:
        super().__init__(
            vi="Câu hỏi này vừa có người khác xử lý, hoặc người hỏi vừa nhắn thêm. Hãy xem lại rồi làm tiếp.",
            en="Somebody else has just worked on this question, or the citizen has written again. Look again, then go on.",
        )


class WrongStateError(LantoaError):
    """A step that does not follow on how the enquiry stands."""

    def __init__(self, enquiry: Enquiry) -> None:
        super().__init__(
            vi=f"Câu hỏi đang ở bước “{enquiry.get_state_display()}” nên không làm được việc này.",
            en=f"The question stands at “{enquiry.state}”, so this cannot be done.",
        )


def read_words(said: str, *, where: str, least: int = 1, longest: int = LONGEST) -> str:
    """What was typed into a box, composed and trimmed, its lines kept.

    Raises:
        RefusedError: nothing, too little, or more than the box takes.
    """
    read = "\n".join(text.one_line(line) for line in said.splitlines()).strip()
    if not read:
        raise RefusedError(
            where=where, vi="Ghi nội dung trước khi gửi.", en="Write something before sending."
        )
    if len(read) < least:
        raise RefusedError(
            where=where,
            vi=f"Câu này ngắn quá nên khó trả lời đúng. Ghi thêm: việc gì, ở đâu (từ {least} chữ cái trở lên).",
            en=f"This is too short to answer well. Say what and where, in {least} letters or more.",
        )
    if len(read) > longest:
        raise RefusedError(
            where=where,
            vi=f"Dài {show(len(read))} chữ cái, ô này nhận tới {show(longest)}. Rút gọn, hoặc gửi thành hai lần; chữ đã viết còn nguyên ở đây.",
            en=f"It has {show(len(read), 'en')} letters; this box takes {show(longest, 'en')}. Shorten it or send it in two parts; what you wrote is still here.",
        )
    return read


def wrong_phone() -> RefusedError:
    return RefusedError(
        where="dien-thoai",
        vi="Số điện thoại chưa đúng. Ghi đủ mười số, bắt đầu bằng số 0, hoặc chọn xem trên web.",
        en="This is no telephone number. Write all ten digits beginning with 0, or choose to read the answer on the web.",
    )


def wrong_place() -> RefusedError:
    return RefusedError(
        where="noi",
        vi="Chọn xã, phường nơi có việc.",
        en="Choose the commune or ward it is about.",
    )


def wrong_way() -> RefusedError:
    return RefusedError(
        where="cach", vi="Chọn cách nhận trả lời.", en="Choose how to get the answer."
    )


def same_unit() -> RefusedError:
    return RefusedError(
        where="don-vi",
        vi="Chọn một đơn vị khác để chuyển tới.",
        en="Choose another unit to hand it to.",
    )


def no_one_unit(typed: str) -> RefusedError:
    return RefusedError(
        where="don-vi",
        vi=f"“{typed[:60]}” không chỉ đúng một đơn vị. Ghi tên đầy đủ hoặc mã đơn vị.",
        en=f"“{typed[:60]}” does not mean one unit alone. Write the full name or the code.",
    )
