"""What a reviewer should look at, in words."""

import pytest

from lantoa.ledger.models import Measure
from lantoa.submissions.doubts import Shown, doubts
from lantoa.submissions.filling import Filled
from lantoa.submissions.models import Version, VersionValue

HEADS = Measure(pk=1, code="luot-nguoi", name_vi="Lượt người", name_en="Attendances")


def asked(value, recorded, *, reason="", live=None, before=(), nil=False):
    box = VersionValue(measure=HEADS, value=value, recorded=recorded, reason=reason)
    now = {HEADS.pk: Filled(live, 0, live)} if live is not None else {}
    shown = Shown(Version(is_nil=nil), [] if nil else [box], now, {HEADS.pk: list(before)})
    return [each.vi for each in doubts(shown)]


def test_what_agrees_with_its_records_and_its_past_is_not_asked_about():
    assert asked(412, 412, live=412, before=[398, 405, 420]) == []


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"value": 1240, "recorded": 412, "reason": "sổ riêng"},
         "Lượt người: gửi 1.240, hồ sơ 412. Lý do: “sổ riêng”"),
        ({"value": 37, "recorded": None, "reason": "sổ"},
         "Lượt người: gửi 37, hồ sơ chưa có. Lý do: “sổ”"),
        ({"value": None, "recorded": 412}, "Lượt người: để trống, hồ sơ ghi 412."),
        ({"value": 431, "recorded": 431, "live": 433},
         "Lượt người: gửi 431, hồ sơ nay là 433 (+2)."),
        ({"value": 431, "recorded": 431, "live": 400},
         "Lượt người: gửi 431, hồ sơ nay là 400 (−31)."),
        ({"value": 1240, "recorded": 1240, "live": 1240, "before": [398, 405, 420]},
         "Lượt người: 1.240, trong khi 3 kỳ trước thường khoảng 405."),
        ({"value": 0, "recorded": 0, "live": 0, "before": [398, 405, 420]},
         "Lượt người: 0, trong khi 3 kỳ trước thường khoảng 405."),
    ],
)  # fmt: skip
def test_a_doubt_is_a_sentence_with_its_numbers(told, words):
    assert asked(**told) == [words]


def test_two_periods_say_nothing_about_what_is_usual():
    assert asked(1240, 1240, before=[1, 1]) == []


def test_a_unit_that_always_sends_the_same_may_grow_by_half():
    assert asked(60, 60, before=[40, 40, 40]) == []
    assert len(asked(61, 61, before=[40, 40, 40])) == 1


def test_a_unit_whose_numbers_always_jump_is_not_asked_again():
    assert asked(90, 90, before=[10, 50, 100, 20]) == []


def test_nil_is_asked_about_when_there_are_records_now():
    assert asked(None, None, nil=True, live=12) == [
        "Gửi “không phát sinh”, nhưng hồ sơ trong kỳ nay đã có số."
    ]
    assert asked(None, None, nil=True) == []
