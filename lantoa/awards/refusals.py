"""What cannot be done about an award, in words: what, where, what to do."""

import datetime as dt
from collections.abc import Iterable

from lantoa.awards.models import Award, Decision, DossierPaper, Nomination
from lantoa.lib.dates import show_day, show_moment
from lantoa.lib.errors import LantoaError, RefusedError

SENTENCE_LENGTH = 300
# A reason of fewer letters says nothing (DOMAIN 6.4, a live comparable).
LEAST_REASON = 20


class ChangedMeanwhileError(LantoaError):
    """It is no longer as it was shown."""

    def __init__(self, now: Nomination | None = None) -> None:
        state = now.get_state_display() if now else "đã đổi"
        super().__init__(
            vi=f"Hồ sơ này vừa đổi: nay là “{state}”. Hãy xem lại rồi làm tiếp.",
            en="This dossier has just changed. Look again, then go on.",
        )


class AlreadyAwardedError(RefusedError):
    """One achievement is not awarded twice (A6.1). `earlier` is the award that there is."""

    def __init__(self, nomination: Nomination, earlier: Award) -> None:
        decision = earlier.decision
        super().__init__(
            where="thanh-tich",
            vi=(
                f"{nomination.called} đã được khen về thành tích này: Quyết định số {decision.said_number} "
                f"ngày {show_day(decision.date)}. Một thành tích không khen hai lần; nếu vẫn cần, hội đồng "
                "thi đua – khen thưởng ghi lý do bằng văn bản."
            ),
            en=(
                f"{nomination.called} has been commended for this achievement already: decision {decision.said_number} "
                f"of {show_day(decision.date)}. One achievement is not awarded twice; if it must be, the emulation "
                "board writes down why."
            ),
        )
        self.earlier = earlier


class NotYoursToVoteError(RefusedError):
    """No member of this council, or a member who belongs to the unit."""


class BallotClosedError(RefusedError):
    def __init__(self, closes_at: dt.datetime) -> None:
        super().__init__(
            where="phieu",
            vi=f"Đã hết hạn bỏ phiếu lúc {show_moment(closes_at)}.",
            en=f"Voting ended at {show_moment(closes_at, 'en')}.",
        )


class VotedAlreadyError(RefusedError):
    def __init__(self) -> None:
        super().__init__(
            where="phieu",
            vi=(
                "Phiếu của đồng chí đã ở trong hòm. Chỉ đổi được, tới khi hết hạn, trên chính máy đã bỏ phiếu: "
                "không nơi nào khác biết phiếu nào là của ai."
            ),
            en=(
                "Your sheet is in the box already. Until the end it can be changed on the very device that cast it: "
                "nowhere else is it known whose sheet is which."
            ),
        )


class BelowQuorumError(RefusedError):
    def __init__(self, voted: int, members: int) -> None:
        super().__init__(
            where="phieu",
            vi=f"Mới có {voted}/{members} thành viên bỏ phiếu, chưa đủ theo quy chế. Gia hạn bỏ phiếu, hoặc hủy rồi mở cuộc khác.",
            en=f"Only {voted} of {members} members have voted, below the quorum. Extend the time, or give it up and open another.",
        )


def wrong_reason(where: str, said: str, *, least: int = 1) -> None:
    """Refuse a reason that is missing, says nothing, or is too long."""
    if not least <= len(said) <= SENTENCE_LENGTH:
        raise RefusedError(
            where=where,
            vi=f"Ghi lý do, từ {least} đến {SENTENCE_LENGTH} ký tự.",
            en=f"Give a reason of {least} to {SENTENCE_LENGTH} characters.",
        )


def wrong_state(nomination: Nomination) -> RefusedError:
    return RefusedError(
        where="tinh-trang",
        vi=f"Hồ sơ đang ở bước “{nomination.get_state_display()}” nên chưa làm được việc này.",
        en=f"The dossier stands at “{nomination.state}”, so this cannot be done.",
    )


def lacks(nomination: Nomination, missing: Iterable[tuple[str, str, str]]) -> RefusedError:
    """What a dossier still lacks; each as (box, Vietnamese, English)."""
    lacking = list(missing)
    return RefusedError(
        where=lacking[0][0],
        vi=f"Hồ sơ của {nomination.called} còn thiếu: {'; '.join(vi for _, vi, _ in lacking)}. Bổ sung rồi gửi.",
        en=f"The dossier of {nomination.called} still lacks: {'; '.join(en for *_, en in lacking)}. Add it, then send.",
    )


PAPERS_EN = {
    DossierPaper.Kind.SUBMISSION: "the submission with its list",
    DossierPaper.Kind.REPORT: "the report of merit, confirmed by the proposing level",
    DossierPaper.Kind.MINUTES: "the minutes of the council of the proposing level",
}


def repealed(titles: Iterable[str], date: dt.date) -> RefusedError:
    named = "; ".join(titles)
    return RefusedError(
        where="can-cu",
        vi=f"Ngày {show_day(date)} không viện dẫn được: {named}. Chọn văn bản còn hiệu lực vào ngày quyết định.",
        en=f"On {show_day(date)} one cannot cite: {named}. Choose texts in force on the day of the decision.",
    )


def number_taken(decision: Decision) -> RefusedError:
    return RefusedError(
        where="so",
        vi=f"Số {decision.number} đã dùng cho quyết định ngày {show_day(decision.date)}. Ghi số khác.",
        en=f"The number {decision.number} belongs to the decision of {show_day(decision.date)}. Choose another.",
    )
