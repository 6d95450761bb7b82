"""Why a change of structure is refused before it is written: what, where, and what to do. `checks` refuses the rest."""

import datetime as dt

from lantoa.lib.dates import show_day
from lantoa.lib.errors import LantoaError


class EndedError(LantoaError):
    """A unit that does not live on the day cannot end, move or be renamed."""

    def __init__(self, unit: str, day: dt.date) -> None:
        super().__init__(
            vi=f"{unit} không hoạt động vào ngày {show_day(day)}. Hãy chọn ngày trong thời gian đơn vị hoạt động.",
            en=f"{unit} does not live on {show_day(day)}. Choose a day on which it does.",
        )


class TooSoonError(LantoaError):
    """A unit would end on its opening day, or before something that is recorded of it."""

    def __init__(self, unit: str, day: dt.date, first: dt.date) -> None:
        super().__init__(
            vi=f"{unit} không thể kết thúc ngày {show_day(day)}: ngày {show_day(first)} đơn vị mới thành lập, "
            f"hoặc còn thay đổi đã ghi. Hãy chọn ngày sau ngày {show_day(first)}.",
            en=f"{unit} cannot end on {show_day(day)}: it opens on {show_day(first)}, or a change of it is recorded "
            f"for that day. Choose a day after {show_day(first)}.",
        )


class EndsAlreadyError(LantoaError):
    """The end of a unit is recorded already, for a later day."""

    def __init__(self, unit: str, closed: dt.date) -> None:
        super().__init__(
            vi=f"{unit} đã được ghi là kết thúc từ ngày {show_day(closed)}. Mỗi đơn vị chỉ kết thúc một lần: "
            "hãy bỏ đơn vị này ra.",
            en=f"{unit} is recorded to end on {show_day(closed)}. A unit ends once: leave it out.",
        )


class HeirError(LantoaError):
    """What a unit becomes part of does not live from the day on."""

    def __init__(self, unit: str, heir: str, day: dt.date) -> None:
        super().__init__(
            vi=f"{heir} không thể kế thừa {unit}: từ ngày {show_day(day)} {heir} không hoạt động. "
            "Hãy chọn đơn vị hoạt động từ ngày đó, hoặc lập đơn vị kế thừa trước.",
            en=f"{heir} cannot succeed {unit}: it does not live from {show_day(day)} on. "
            "Choose a unit that does, or open the successor first.",
        )


class HomelessError(LantoaError):
    """A unit stands under one that ends, and nobody said where it goes."""

    def __init__(self, unit: str, above: str, day: dt.date) -> None:
        super().__init__(
            vi=f"{unit} đang trực thuộc {above}, đơn vị kết thúc ngày {show_day(day)}. Hãy nói rõ {unit} về đâu.",
            en=f"{unit} stands under {above}, which ends on {show_day(day)}. Say where {unit} goes.",
        )


class NotThereError(LantoaError):
    """A unit cannot be moved in a line in which it does not stand."""

    def __init__(self, unit: str, line: str, day: dt.date) -> None:
        super().__init__(
            vi=f"{unit} không đứng trong hệ thống {line} vào ngày {show_day(day)}. Hãy “đặt vào” thay vì “chuyển”.",
            en=f"{unit} does not stand in the line {line} on {show_day(day)}. Place it instead of moving it.",
        )


class PartsError(LantoaError):
    """A split into fewer than two, or a merger of none."""

    @classmethod
    def of_split(cls, unit: str) -> "PartsError":
        return cls(
            vi=f"Chia tách {unit} cần ít nhất hai đơn vị. Nếu chỉ có một, hãy dùng “sáp nhập”.",
            en=f"The split of {unit} needs two units at least. If there is only one, use a merger.",
        )

    @classmethod
    def of_merger(cls, into: str) -> "PartsError":
        return cls(
            vi=f"Chưa chọn đơn vị nào để sáp nhập vào {into}. Hãy chọn ít nhất một đơn vị.",
            en=f"No unit is chosen to be merged into {into}. Choose one at least.",
        )


class SharesError(LantoaError):
    """Shares of a split that do not make a whole."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            vi=f"Tỷ lệ chia tách của {unit} phải đủ cho mọi phần và cộng lại bằng 10.000 phần vạn, hoặc để trống cả.",
            en=f"The shares of the split of {unit} must cover every part and add up to 10,000, or all be left out.",
        )


class TwiceError(LantoaError):
    """One change says two things of a unit."""

    def __init__(self, unit: str) -> None:
        super().__init__(
            vi=f"{unit} có hai lần trong cùng một thay đổi. Hãy để lại một lần.",
            en=f"{unit} is in the same change twice. Leave it in once.",
        )
